"""Reading a decisions file: what is right comes through, what is wrong is named by entry and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content.decision import Action
from content.errors import BadDecisions
from rules import load_decisions


def write(folder: Path, content: object) -> Path:
    file = folder / "decisions.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_reads_a_list(tmp_path: Path) -> None:
    file = write(tmp_path, [
        {"group": "customer-1", "action": "replace", "text": "a food company", "by": "pia"},
        {"finding": "f-2", "action": "keep", "reason": "they agreed"},
    ])
    first, second = load_decisions(file)
    assert (first.group, first.action, first.text) == ("customer-1", Action.REPLACE, "a food company")
    assert (second.finding, second.action) == ("f-2", Action.KEEP)


def test_empty_list_and_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "decisions.json"
    file.write_bytes(b"\xef\xbb\xbf[]")
    assert load_decisions(file) == ()


@pytest.mark.parametrize(("content", "says"), [
    ("", "is not valid JSON"), ("[{", "line 1: is not valid JSON"), ({}, "is not a list"), (["x"], "entry 1: is not an object"),
    ([{"group": "a", "action": "keep", "reason": "x"}, {"group": "b", "action": "burn"}], "entry 2, action"),
    ([{"action": "remove"}], "entry 1: name either a group or a finding"),
    ([{"group": "a", "finding": "b", "action": "remove"}], "name either a group or a finding"),
    ([{"group": "a", "action": "replace"}], "replace needs a text"), ([{"group": "a", "action": "keep"}], "keep needs a reason"),
    ([{"group": "a", "action": "remove", "colour": "red"}], "entry 1, colour"), ("[" * 100_000, "decisions.json"),
])
def test_what_is_wrong_is_said(tmp_path: Path, content: object, says: str) -> None:
    with pytest.raises(BadDecisions, match=says) as caught:
        load_decisions(write(tmp_path, content))
    assert caught.value.exit_code == 2
    assert caught.value.todo


def test_missing_and_not_text(tmp_path: Path) -> None:
    with pytest.raises(BadDecisions, match="no such file"):
        load_decisions(tmp_path / "none.json")
    file = tmp_path / "decisions.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadDecisions, match="not UTF-8"):
        load_decisions(file)


def test_values_are_never_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(BadDecisions) as caught:
        load_decisions(write(tmp_path, [{"group": "a", "action": "Halden Foods"}]))
    assert "Halden" not in str(caught.value)
