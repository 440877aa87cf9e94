"""The doctor: each thing that can be wrong is found, said with what to do, and nothing is changed by looking."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desk.checkup import installed, served, stored
from desk.checkup.result import Result, ok
from desk.command import app
from desk.commands import doctor
from desk.services.backup import LAST, back_up
from desk.services.office import set_setting, writing
from store import audit, outbox
from store.tables import Outbox

ROOT = Path(__file__).resolve().parents[3]


def ago(**since: float) -> str:
    return (datetime.now(UTC) - timedelta(**since)).isoformat(timespec="microseconds")


def is_bad(found: Result, state: str, said: str) -> bool:
    """Whether it is said with what to do, in one line."""
    assert (found.state, bool(found.todo), "\n" in found.said) == (state, True, False), found
    assert not found.todo.endswith(".")
    return re.search(said, found.said) is not None


def test_a_fresh_machine_is_well_and_stays_untouched(data):
    for check in (stored.folder, stored.room, stored.key, stored.database, stored.originals, stored.work, stored.backup,
                  stored.clock, served.prefect, served.server, installed.fonts, installed.programs, installed.log):
        assert check().state == "ok", check
    assert not data.exists()


def test_a_desk_in_use_is_well(desk, operator, tmp_path):
    desk.hand_in(desk.actor("ana"))
    assert is_bad(stored.backup(), "warning", "none was ever made")
    back_up(desk.office, operator, tmp_path)
    assert [check().state for check in (stored.folder, stored.key, stored.database, stored.originals, stored.work,
                                        stored.backup, stored.clock)] == ["ok"] * 7
    assert stored.work().said == "1 piece waiting"


def test_a_key_that_others_can_read(desk, data):
    (data / "key").chmod(0o644)
    assert is_bad(stored.key(), "failure", "can be read by others")
    (data / "key").chmod(0o600)
    (data / "key").write_bytes(b"short")
    assert is_bad(stored.key(), "failure", "damaged")


def test_a_folder_that_others_can_enter(desk, data):
    data.chmod(0o755)
    assert is_bad(stored.folder(), "warning", "entered by others")


def test_a_folder_that_is_a_file(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "file"))
    assert is_bad(stored.folder(), "failure", "no folder")


@pytest.mark.parametrize(("free", "state"), [(1 << 20, "failure"), (1 << 30, "warning"), (1 << 40, "ok")])
def test_room(data, monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "total used free")(1 << 41, 0, free))
    assert stored.room().state == state


@pytest.mark.parametrize(("schema", "state"), [("9999", "failure"), ("0001", "warning")])
def test_a_schema_of_another_day(desk, schema, state):
    with writing(desk.office.engine) as session:
        session.connection().exec_driver_sql(f"UPDATE alembic_version SET version_num = '{schema}'")
    assert is_bad(stored.database(), state, schema)
    assert stored.work().state == stored.backup().state == "ok"


def test_a_database_that_does_not_answer(data, monkeypatch):
    monkeypatch.setenv("DECKPRISM_DATABASE", "postgresql://ann:secret-word@127.0.0.1:1/store")
    found = stored.database()
    assert is_bad(found, "failure", "does not answer")
    assert "secret-word" not in found.said + found.todo
    monkeypatch.setenv("DECKPRISM_DATABASE", "nosuch://ann:secret-word@db.invalid/store")
    assert "secret-word" not in str(stored.database())


def test_a_file_that_is_no_database(data):
    data.mkdir()
    (data / "deckprism.db").write_text("minutes of the meeting " * 100)
    assert is_bad(stored.database(), "failure", "does not answer")


def test_originals_that_cannot_be_kept(data, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DECKPRISM_FILES", f"file://{tmp_path}/file")
    assert is_bad(stored.originals(), "failure", "cannot be made")
    monkeypatch.setenv("DECKPRISM_FILES", "nosuch://ann:secret-word@bucket")
    found = stored.originals()
    assert found.state == "failure" and "secret-word" not in str(found)


def test_a_lease_of_a_worker_that_is_gone(desk):
    with writing(desk.office.engine) as session:
        outbox.put(session, "release", "s1", 1)
        outbox.lease(session, "elsewhere:1:2:3")
    assert stored.work().state == "ok"
    with writing(desk.office.engine) as session:
        session.query(Outbox).one().leased_until = ago(minutes=10)
    assert is_bad(stored.work(), "warning", "1 piece of work held by a worker that has gone")


def test_work_that_lies_there(desk):
    with writing(desk.office.engine) as session:
        outbox.put(session, "notice", "s1", 1)
        row = session.query(Outbox).one()
        row.put_at, row.error = ago(hours=5), "ConnectionError"
    assert is_bad(stored.work(), "warning", r"5 hours ago \(ConnectionError\)")


def test_an_old_backup(desk):
    with writing(desk.office.engine) as session:
        set_setting(session, LAST, {"at": ago(days=30), "bytes": 5_000_000, "files": 1, "rows": 1}, "ada")
    assert is_bad(stored.backup(), "warning", "30 days ago, 5.0 MB")


def test_a_clock_that_went_back(desk):
    with writing(desk.office.engine) as session:
        audit.record(session, desk.office.key, "ana", "looked", "store", at=ago(hours=-3))
    assert is_bad(stored.clock(), "failure", "before the newest act")


def test_the_pins_are_those_of_the_project():
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    for name, (least, below) in (("prefect", served.PREFECT), ("fastapi", served.FASTAPI)):
        assert f"{name}>={'.'.join(map(str, least))},<{'.'.join(map(str, below))}" in needs


@pytest.mark.parametrize(("name", "found"), [("fastapi", "0.165.0"), ("prefect", "3.10.1"), ("prefect", "3.8.7")])
def test_versions_that_do_not_go_together(monkeypatch, name, found):
    real = served.version
    monkeypatch.setattr(served, "version", lambda each: found if each == name else real(each))
    assert is_bad(served.prefect(), "failure", found)


def test_a_server_that_is_configured_and_away(data, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert is_bad(served.server(), "failure", "does not answer")


@pytest.mark.parametrize(("name", "value"), [("DECKPRISM_LOG", "xml"), ("DECKPRISM_LOG_LEVEL", "loud")])
def test_a_log_that_is_not_understood(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert is_bad(installed.log(), "warning", value)


def test_the_command_says_all_of_it(monkeypatch, data):
    def breaks() -> Result:
        raise RuntimeError("torn\nin two")

    checks = [("well", lambda: ok("fine")), ("odd", lambda: Result("warning", "strange", "Look at it"))]
    monkeypatch.setattr(doctor, "_checks", lambda: tuple(checks))
    plain = CliRunner().invoke(app, ["doctor"], standalone_mode=False)
    assert plain.return_value == 0
    assert plain.stdout.splitlines() == ["ok     well         fine", "look   odd          strange. Look at it.",
                                         "Everything that a pack needs is there. 1 thing to look at."]
    checks.append(("torn", breaks))
    told = CliRunner().invoke(app, ["doctor", "--json"], standalone_mode=False)
    assert told.return_value == 1
    said = json.loads(told.stdout)
    assert (said["failures"], said["warnings"]) == (1, 1)
    assert said["checks"][2] == {"name": "torn", "state": "failure", "said": "torn", "todo": ""}


def test_every_check_has_a_name_of_its_own():
    names = [name for name, _ in doctor._checks()]
    assert len(set(names)) == len(names) and max(map(len, names)) < 13
    assert os.environ.get("DECKPRISM_LOG", "") == ""
