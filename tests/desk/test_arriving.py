"""A watched folder that hands files in at the desk: the owner's rights, each file once, refusals in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.errors import InputError
from desk.rights import Forbidden
from desk.services.arriving import Desk as Sink
from desk.services.office import reading, writing
from flows.watch.packs import Handed
from flows.watch.sight import Stamp
from flows.watch.taking import take
from store import people


class Lines:
    def __init__(self) -> None:
        self.notes: list[str] = []

    def stage(self, name: str, seconds: float) -> None: ...

    def note(self, line: str) -> None:
        self.notes.append(line)

    def advance(self, done: int, total: int) -> None: ...


def hand_on(sink: Sink, folder: Path, room: Path, lines: Lines) -> Handed:
    sources = sorted(folder.glob("*.*"))
    copies = [take(each, Stamp.of(each.stat()), 99.0, room / each.name) for each in sources]
    return sink.hand_on(copies, room, lines)


def submitted(desk) -> list[tuple[str, str, str]]:
    from sqlalchemy import select

    from store.tables import Submission

    with reading(desk.office.engine) as session:
        return [(row.name, row.by, row.state) for row in session.scalars(select(Submission).order_by(Submission.name))]


def test_files_become_submissions_of_the_owner_once(desk, tmp_path: Path) -> None:
    desk.actor("ada")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nWe write down what we learn.\n")
    (folder / "two.md").write_text("# Two\n\nWe read what others wrote.\n")
    (folder / "three.pptx").write_bytes(b"PK\x03\x04 cut short")
    lines = Lines()
    first = hand_on(Sink("ada", None), folder, tmp_path / "room1", lines)
    assert dict(first.counts) == {"handed in": 2, "failed": 1}
    assert first.undone == ()
    assert submitted(desk) == [("one.md", "ada", "received"), ("two.md", "ada", "received")]
    assert lines.notes[0] == "one.md: handed in"
    assert lines.notes[1].startswith("three.pptx: It ")
    assert (folder / "three.pptx").exists()
    hand_on(Sink("ada", None), folder, tmp_path / "room2", lines)  # the same files again, after a restart
    assert len(submitted(desk)) == 2
    (folder / "one.md").write_text("# One\n\nWe wrote it anew.\n")
    hand_on(Sink("ada", None), folder, tmp_path / "room3", lines)
    assert [name for name, _, _ in submitted(desk)] == ["one.md", "one.md", "two.md"]


def test_only_somebody_who_may_hand_in_owns_an_inbox(desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="user nobody: is not known at the desk"):
        Sink("nobody", None)
    desk.actor("otto", "auditor")
    with pytest.raises(Forbidden):
        Sink("otto", None)


def test_files_wait_when_the_owner_is_shut_out(desk, tmp_path: Path) -> None:
    desk.actor("ada")
    sink = Sink("ada", None)
    with writing(desk.office.engine) as session:
        people.disable(session, "ada")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nWe write down what we learn.\n")
    handed = hand_on(sink, folder, tmp_path / "room", Lines())
    assert handed.undone == (folder / "one.md",)
    assert handed.why == "user ada: is not known at the desk. `deckprism users list` shows all. It is tried again."
    assert submitted(desk) == []
