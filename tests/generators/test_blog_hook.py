"""A piece opens with the author's own start, or with what leaves no gap where it stood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_hook import Opening, angles, openings
from generators.blog_plan import Piece
from generators.material import ItemList

_START = "The hall has a gate and a board. People read the board in the morning when they come. " * 3
_PLACES = ("harbour", "market", "school", "library", "bakery", "station", "brewery")


def _told(place: str) -> str:
    return (f"Every {place} has its own clock, and hardly any of them shows the right hour. People in a {place} know how late "
            f"it is by the light. A {place} without windows needs a bell. Somebody rings it at noon and at six, and visitors "
            f"set their watches by it. Children like to pull at the rope.")


_REST = tuple(_told(place) for place in _PLACES)
_WINDOW = ("Two winters ago 410 of our 1,140 boats came home with a torn sail. Skippers blamed the weather for it, and only one "
           "of them asked who had sewn those sails.")
_AFTER = ("People in a harbour know how late it is by the light. Children like to pull at the rope of a bell. Pilots read tide "
          "tables before breakfast, and bakers read them after it. Nobody in a harbour wears a watch in winter.")


def _ways(slide, context, *notes: str, language: str = "en"):
    units = [slide(n, f"Part {n}", (), (each,)) for n, each in enumerate(notes, start=1)]
    ready = context(tuple(units), language=language)
    return openings(Piece(ready.materials, tuple(p for m in ready.materials for p in m.passages)), ready)


def _moved(ways) -> list[str]:
    return [" ".join(s.text for s in way.sentences) for way in ways.values() if way.sentences]


def test_six_different_angles_where_there_are_six_and_then_the_authors_own_start() -> None:
    own, moved = Opening(), Opening((Sentence(text="A.", sources=("s1.b1.1",)),), 2.0)
    names = ("myth", "story", "number", "example", "question", "contrast")
    found = [{name: own} for name in names] + [{"story": own, "how-to": moved}]
    assert angles(found) == [*names, "story"]
    assert angles([{"story": own}, {"story": own, "how-to": moved}]) == ["story", "how-to"]


def test_the_angle_is_what_the_first_paragraph_is(slide, context) -> None:
    ways = _ways(slide, context, "Last year 410 of our 1,140 boats came home with a torn sail. The harbour master counted them. "
                 "Nobody had counted them before.", _REST[0])
    assert ways["number"] == Opening()


@pytest.mark.parametrize(("language", "start", "later"), [
    ("en", "The harbour has two piers. Boats lie along both of them all winter.",
     "The pilots were afraid of the new tide table. I gave them averages. I should have gone out with them at five in the "
     "morning. They wanted to see it. Nobody asked me again after that winter."),
    ("nl", "De haven heeft twee pieren. Daar liggen de hele winter boten aan.",
     "De loodsen waren bang voor de nieuwe getijtafel. Ik gaf ze gemiddelden. Ik had om vijf uur mee naar buiten moeten gaan. "
     "Dat wilden ze zien. Niemand vroeg het mij na die winter nog.")])
def test_nothing_is_lifted_from_the_middle_of_a_thought(slide, context, language, start, later) -> None:
    assert _moved(_ways(slide, context, start, later, language=language)) == []


def test_nothing_comes_from_the_second_half(slide, context) -> None:
    told = f"{_WINDOW} {_AFTER}"
    assert _moved(_ways(slide, context, _START, *_REST[1:], told)) == []


def test_what_is_moved_begins_its_slide_and_leaves_no_gap(slide, context) -> None:
    assert set(_moved(_ways(slide, context, _START, f"{_WINDOW} {_AFTER}", *_REST[1:]))) == {_WINDOW}
    assert _moved(_ways(slide, context, _START, f"{_AFTER} {_WINDOW}", *_REST[1:])) == []
    for after in ("That winter cost us two skippers.", "Each of those sails came from one loft."):
        assert _WINDOW not in _moved(_ways(slide, context, _START, f"{_WINDOW} {after} {_AFTER}", *_REST[1:]))


def test_nothing_leaves_a_step(slide, context) -> None:
    told = (_START, f"{_WINDOW} {_AFTER}", *_REST[1:])
    ready = context(tuple(slide(n, f"Step {n} — part {n}", (), (each,)) for n, each in enumerate(told, start=1)))
    assert _moved(openings(Piece(ready.materials, tuple(p for m in ready.materials for p in m.passages)), ready)) == []


def test_questions_with_answers_keep_their_order(slide, context) -> None:
    notes = (_START, f"{_WINDOW} {_AFTER}", *_REST[1:])
    ready = context(tuple(slide(n, f"Part {n}", (), (each,)) for n, each in enumerate(notes, start=1)))
    told = [p for m in ready.materials for p in m.passages]
    assert openings(Piece(ready.materials, tuple(told)), ready)
    told[-1] = replace(told[-1], run_in=Sentence(text="Who rings the bell?", sources=("s1.b3.1",)), asked=True)
    assert openings(Piece(ready.materials, tuple(told)), ready) == {}


@pytest.mark.parametrize(("spoken", "moved"), [(True, True), (False, False)])
def test_the_beginning_of_a_section_of_two_slides_stays_with_it(slide, context, spoken, moved) -> None:
    notes = (_START, f"{_WINDOW} {_AFTER}", *_REST[1:])
    units = [slide(n, f"The {name} clock", (), (each,)) for n, (name, each) in enumerate(zip("abcdefgh", notes, strict=True), start=1)]
    ready = context(tuple(units))
    told = [p for m in ready.materials for p in m.passages]
    told[2] = replace(told[2], heading=None, spoken=spoken)
    assert bool(_moved(openings(Piece(ready.materials, tuple(told)), ready))) is moved


@pytest.mark.parametrize(("item", "moved"), [("The torn sails", False), ("The missing oars", True)])
def test_nothing_leaves_a_slide_that_the_list_of_another_one_counts(slide, context, item, moved) -> None:
    notes = (_START, f"{_WINDOW} {_AFTER}", *_REST[1:])
    titles = ("Three mistakes", "The torn sails (11 days)", *(f"Clock {n}" for n in range(len(_REST) - 1)))
    units = [slide(n, title, (), (each,)) for n, (title, each) in enumerate(zip(titles, notes, strict=True), start=1)]
    ready = context(tuple(units))
    told = [p for m in ready.materials for p in m.passages]
    items = tuple(Sentence(text=text, sources=(f"s1.b9.{n}",)) for n, text in enumerate((item, "The late bell"), start=1))
    told[0] = replace(told[0], lists=(ItemList(items),))
    assert bool(_moved(openings(Piece(ready.materials, tuple(told)), ready))) is moved
