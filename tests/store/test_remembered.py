"""Remembered decisions in the store: put, taken over, confirmed, forgotten, and found empty without opening anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.errors import InputError
from store.database import reading, writing
from store.remembered import Remembered, all_marks, all_remembered, confirm, forget, is_empty, put

ONE = Remembered("m-1", "everywhere", "customer", "H****n", "replace", "a food company", None, "Pia", "2026-01-05", "2027-01-01")


def kept(engine: Engine) -> dict[str, Remembered]:
    with reading(engine) as session:
        return {row.id: row for row in all_remembered(session)}


def test_what_is_put_is_listed(engine: Engine) -> None:
    with writing(engine) as session:
        put(session, ONE, ["a", "b", "a"])
    assert kept(engine) == {"m-1": replace(ONE, marks=2)}
    with reading(engine) as session:
        assert all_marks(session) == {"a": "m-1", "b": "m-1"}


def test_a_later_decision_takes_the_marks_over(engine: Engine) -> None:
    with writing(engine) as session:
        put(session, ONE, ["a", "b"])
        put(session, replace(ONE, id="m-2", action="remove", text=None), ["b"])
    assert {name: row.marks for name, row in kept(engine).items()} == {"m-1": 1, "m-2": 1}
    with writing(engine) as session:
        put(session, replace(ONE, id="m-3"), ["a"])
    assert sorted(kept(engine)) == ["m-2", "m-3"], "one without marks is gone"


def test_a_confirmation_holds_for_what_was_confirmed(engine: Engine) -> None:
    with writing(engine) as session:
        put(session, ONE, ["a"])
        assert confirm(session, "m-1", "Noor").confirmed_by == "Noor"
        put(session, replace(ONE, at="2026-02-01"), ["a"])
    assert kept(engine)["m-1"].confirmed_by == "Noor"
    with writing(engine) as session:
        put(session, replace(ONE, text="a retailer"), ["a"])
    assert kept(engine)["m-1"].confirmed_by is None


def test_forgetting_takes_the_marks_along(engine: Engine) -> None:
    with writing(engine) as session:
        put(session, ONE, ["a"])
    with writing(engine) as session:
        forget(session, "m-1")
    with reading(engine) as session:
        assert not all_remembered(session) and not all_marks(session)


@pytest.mark.parametrize("what", [lambda session: confirm(session, "m-9", "Noor"), lambda session: forget(session, "m-9")])
def test_an_id_that_is_none(engine: Engine, what) -> None:
    with pytest.raises(InputError, match="nothing of that id"), writing(engine) as session:
        what(session)


def test_emptiness_is_known_without_opening(engine: Engine, url: str, tmp_path: Path) -> None:
    assert is_empty(url)
    with writing(engine) as session:
        put(session, ONE, ["a"])
    assert not is_empty(url)
    assert is_empty(f"sqlite:///{tmp_path / 'none.db'}") and not (tmp_path / "none.db").exists()
    assert not is_empty("postgresql://somewhere/else")
    (tmp_path / "other.db").write_text("this is no database at all, but it is long enough to be looked at" * 20)
    assert not is_empty(f"sqlite:///{tmp_path / 'other.db'}")


def test_thousands_of_marks(engine: Engine) -> None:
    with writing(engine) as session:
        put(session, ONE, [f"{number:064}" for number in range(3000)])
        put(session, ONE, [f"{number:064}" for number in range(3000)])
    assert kept(engine)["m-1"].marks == 3000
