"""A page of a reference opens with what its list says of it; labels are subheadings and codes go. All text is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_overview import definitions, introduced, with_parts, without_codes
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import cues

_NAMES = ("Loose planks", "Wet rope", "Lost bells", "Open hatches")


def _s(text: str, unit: int, n: int) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b{n}.1",))


def _passage(unit: int, heading: str | None, *said: str, label: str = "", n: int = 2) -> Passage:
    row = tuple(_s(text, unit, n + place) for place, text in enumerate(said))
    return Passage(unit, _s(heading, unit, 1) if heading else None, row, paragraphs=(row,),
                   run_in=_s(label, unit, n + 20) if label else None)


def _reference() -> list[Passage]:
    listed = [_passage(1, "What goes wrong on a landing" if n == 0 else None,
                       f"{name} are found on every landing that nobody looks after.", label=f"L{n + 1}:2031-{name}", n=n + 2)
              for n, name in enumerate(_NAMES)]
    pages = [_passage(n + 2, name, "Most of them are easy to see by day.", f"{name} are found on a landing nobody looks after.")
             for n, name in enumerate(_NAMES)]
    return [*listed, *pages]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_codes_that_count_a_page_off_go_from_its_labels(language) -> None:
    every = _reference()
    assert [p.run_in.text for p in without_codes(every) if p.run_in] == list(_NAMES)
    lone = _passage(9, "One", "It says so.", label="L1:2031-Loose planks")
    assert without_codes([lone]) == [lone], "one label alone is a name"
    assert definitions(every, cues(language)).keys() == {name.lower() for name in _NAMES}


def test_a_page_opens_with_what_the_list_says_and_says_it_once() -> None:
    every, cue = _reference(), cues("en")
    page = next(p for p in every if p.unit == 3)
    made = introduced(Piece((), (page,)), definitions(every, cue), cue)
    assert [s.text for s in made.passages[0].prose] == [
        "Wet rope are found on every landing that nobody looks after.", "Most of them are easy to see by day."]
    assert introduced(Piece((), (page,)), {}, cue).passages == (page,)


def test_labels_that_name_no_page_define_nothing() -> None:
    assert definitions([p for p in _reference() if p.unit == 1], cues("en")) == {}


def test_the_labels_of_one_page_are_its_subheadings() -> None:
    long = " ".join(["The rope lies on the planks where it gets wet."] * 6)
    page = (_passage(2, "Wet rope", long), _passage(2, None, long, label="How it is found"),
            _passage(2, None, long, label="What helps"))
    made = with_parts(Piece((), page))
    assert made.parts and [p.heading.text for p in made.passages] == ["Wet rope", "How it is found", "What helps"]
    assert all(p.run_in is None for p in made.passages)
    short = (page[0], *(replace(p, prose=(), paragraphs=()) for p in page[1:]))
    assert not with_parts(Piece((), short)).parts, "labels over a line or two stay small"
    twice = (page[0], page[1], replace(page[2], run_in=page[1].run_in))
    assert not with_parts(Piece((), twice)).parts
