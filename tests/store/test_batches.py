"""What a batch remembers, and what the next one may leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from store.batches import NewItem, change, end, item, items, made_before, run, start
from store.database import reading, writing

C1, C2, SHA = "1" * 64, "2" * 64, "a" * 64


def begin(engine: Engine, identity: str, configuration: str = C1, out: str = "/out") -> None:
    with writing(engine) as session:
        start(session, identity, out, configuration, "{}",
              [NewItem("/in/a.pptx", SHA), NewItem("/in/b.pptx", code="UnreadableFile", reason="b.pptx: is a folder.")])


def finish(engine: Engine, identity: str, state: str) -> None:
    with writing(engine) as session:
        first = items(session, identity, "waiting")[0]
        change(session, replace(first, state=state, pack_state=state, folder="talk-aaaaaa", figures={"open": 2}))


def test_a_batch_and_its_files_are_written_at_once(engine: Engine) -> None:
    begin(engine, "b1")
    with reading(engine) as session:
        assert run(session, "b1").state == "running"
        assert [(each.number, each.state) for each in items(session, "b1")] == [(1, "waiting"), (2, "failed")]
        with pytest.raises(KeyError):
            run(session, "b9")
        with pytest.raises(KeyError):
            item(session, "b9-00001")


@pytest.mark.parametrize("state", ["clear", "held", "quarantined"])
def test_what_ended_for_good_is_found_again(engine: Engine, state: str) -> None:
    begin(engine, "b1")
    finish(engine, "b1", state)
    with reading(engine) as session:
        known = made_before(session, "/out", SHA, C1)
        assert known is not None
        assert (known.state, known.folder, known.figures) == (state, "talk-aaaaaa", {"open": 2})
        assert made_before(session, "/out", SHA, C2) is None
        assert made_before(session, "/elsewhere", SHA, C1) is None
        assert made_before(session, "/out", "b" * 64, C1) is None


@pytest.mark.parametrize("state", ["failed", "running", "skipped"])
def test_what_did_not_is_done_again(engine: Engine, state: str) -> None:
    begin(engine, "b1")
    finish(engine, "b1", state)
    with reading(engine) as session:
        assert made_before(session, "/out", SHA, C1) is None


def test_an_interrupted_batch_leaves_its_files_waiting(engine: Engine) -> None:
    begin(engine, "b1")
    finish(engine, "b1", "running")
    with writing(engine) as session:
        end(session, "b1", "interrupted")
    with reading(engine) as session:
        assert run(session, "b1").state == "interrupted"
        assert [each.state for each in items(session, "b1")] == ["waiting", "failed"]


def test_a_batch_whose_process_was_killed_is_interrupted_by_the_next(engine: Engine) -> None:
    begin(engine, "b1")
    begin(engine, "b2")
    begin(engine, "b3", out="/elsewhere")
    with reading(engine) as session:
        assert [run(session, each).state for each in ("b1", "b2", "b3")] == ["interrupted", "running", "running"]
