"""A line an event, ids and figures only: nothing that a document or a file's name says gets through."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path

import pytest

from flows import logs


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The lines told so far."""
    file = tmp_path / "deckprism.log"
    monkeypatch.setenv(logs.FORM, "json")
    monkeypatch.setenv(logs.FILE, str(file))
    monkeypatch.setenv(logs.LEVEL, "debug")
    yield lambda: [json.loads(line) for line in file.read_text().splitlines()]
    for name in (logs.FORM, logs.FILE, logs.LEVEL):
        monkeypatch.delenv(name)
    logs.set_up()


def test_an_event_is_one_json_object(log):
    logs.tell("work_done", logs.Ids(submission="s1f", work="build:s1f:9", kind="build"), seconds=1.23456, count=3)
    [line] = log()
    assert line.pop("at").endswith("+00:00") and line.pop("process")
    assert line == {"level": "info", "event": "work_done", "submission": "s1f", "work": "build:s1f:9", "kind": "build",
                    "seconds": 1.235, "count": 3}


def test_what_has_a_code_is_a_warning(log):
    logs.tell("item_done", logs.Ids(item="b1-3", state="failed"), code="EncryptedFile")
    assert log()[0]["level"] == "warning"


@pytest.mark.parametrize("value", ["Halden Foods", "talk.pptx asked", "line\nbreak", '{"a": 1}', "a" * 200, "é"])
def test_what_is_no_id_is_not_told(log, value):
    logs.tell("work_done", logs.Ids(submission=value, state=value, place=value), code=value)
    assert set(log()[0].values()) >= {"?"}
    assert value not in json.dumps(log()[0], ensure_ascii=False)


def test_of_libraries_only_who_spoke_is_told(log):
    logs.set_up()
    try:
        raise ValueError("Halden Foods owes us")
    except ValueError:
        logging.getLogger("some_library._reader").exception("could not read Halden Foods")
    logging.getLogger("some_library").info("quiet")
    [line] = log()
    assert (line["event"], line["logger"], line["code"]) == ("library", "some_library._reader", "ValueError")
    assert "Halden" not in json.dumps(line)


def test_a_file_that_was_renamed_is_made_anew(log, tmp_path):
    logs.tell("first")
    (tmp_path / "deckprism.log").rename(tmp_path / "deckprism.log.1")
    logs.tell("second")
    assert [each["event"] for each in log()] == ["second"]
    assert (tmp_path / "deckprism.log").stat().st_mode & 0o777 == 0o600


def test_lines_of_many_threads_stay_whole(log):
    def many(number: int) -> None:
        for each in range(50):
            logs.tell("work_done", logs.Ids(work=f"build:s{number}:{each}"))

    threads = [threading.Thread(target=many, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({each["work"] for each in log()}) == 300


def test_text_is_for_people(monkeypatch, capsys):
    monkeypatch.setenv(logs.FORM, "text")
    monkeypatch.delenv(logs.FILE, raising=False)
    monkeypatch.setenv(logs.LEVEL, "warning")
    logs.tell("not_told")
    logs.tell("work_given_back", logs.Ids(work="build:s1:2"), code="NoRoom", seconds=2)
    said = capsys.readouterr().err.splitlines()
    monkeypatch.delenv(logs.FORM)
    logs.set_up()
    assert len(said) == 1
    assert said[0].split(" ", 1)[1] == "warning work_given_back work=build:s1:2 code=NoRoom seconds=2"


def test_without_being_asked_nothing_is_told(monkeypatch, capsys):
    monkeypatch.delenv(logs.FORM, raising=False)
    logs.tell("work_done")
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_stops_nothing(log, tmp_path):
    logs.tell("first")
    ours = next(each for each in logging.getLogger("deckprism").handlers if isinstance(each.formatter, logs.Lines))
    ours.stream.close()
    logs.tell("second")
    assert Path(tmp_path / "deckprism.log").exists()
