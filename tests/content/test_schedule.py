"""Schedules in deckprism.toml: what they may say, and one line for what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.errors import BadSettings
from content.settings import load_settings
from flows.configuration import settings_digest
from flows.schedules.work import read_schedules

GOOD = 'name = "nightly"\nfolder = "in"\nout = "out"\ncron = "30 2 * * *"\ntime_zone = "Europe/Amsterdam"\n'


def toml(folder: Path, *tables: str, rest: str = "") -> Path:
    (folder / "in").mkdir(exist_ok=True)
    file = folder / "deckprism.toml"
    file.write_text(rest + "".join(f"[[schedule]]\n{table}" for table in tables))
    return file


def test_paths_are_seen_from_the_file(tmp_path: Path) -> None:
    (found,) = read_schedules(toml(tmp_path, GOOD))
    assert (found.folder, found.out) == (tmp_path / "in", tmp_path / "out")
    assert (found.kind, found.audio, found.workers, found.customers) == ("batch", True, 1, None)
    assert read_schedules(None) == ()
    (upkeep,) = read_schedules(toml(tmp_path, 'name = "clean"\nkind = "retention"\ncron = "0 4 * * *"\n'))
    assert upkeep.folder is None


@pytest.mark.parametrize(("table", "said"), [
    (GOOD.replace("30 2 * * *", "half past two"), "'half past two' is no cron line"),
    (GOOD.replace("30 2 * * *", "30 25 * * *"), "is no cron line (bad hour)"),
    (GOOD.replace("Europe/Amsterdam", "Europe/Atlantis"), "'Europe/Atlantis' is no known time zone"),
    (GOOD.replace("Europe/Amsterdam", "../../etc/passwd"), "is no known time zone"),
    (GOOD.replace('"in"', '"gone"'), "is not there"),
    (GOOD.replace('"out"', '"in/out"'), "out lies inside folder"),
    (GOOD.replace('out = "out"\n', ""), "needs out"),
    (GOOD.replace("nightly", "Nightly run"), "must be small letters"),
    (GOOD + 'kind = "weekly"\n', "schedule.0.kind"),
    (GOOD + 'every = "day"\n', "schedule.0.every"),
    ('name = "a"\n', "cron: field required"),
])
def test_what_is_wrong_is_one_line(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        read_schedules(toml(tmp_path, table))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_schedules_have_two_names(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="two schedules are called 'nightly'"):
        load_settings(toml(tmp_path, GOOD, GOOD))


def test_a_schedule_makes_no_pack_anew(tmp_path: Path) -> None:
    profile = '[profile]\ncompany = "Halden Foods"\n'
    before = settings_digest(toml(tmp_path, GOOD, rest=profile))
    assert settings_digest(toml(tmp_path, GOOD.replace("30 2", "45 3"), rest=profile)) == before
    assert settings_digest(toml(tmp_path, rest=profile)) == before
    assert settings_digest(toml(tmp_path, GOOD, rest=profile.replace("Foods", "Farms"))) != before
