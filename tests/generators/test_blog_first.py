"""Which slide of a piece comes first."""

from __future__ import annotations

import pytest

from generators.blog_first import led_by_title
from generators.blog_plan import Piece
from generators.prose_cues import cues

_CALL = ("One Monday a skipper told us that the fourth lamp on the chart was wrong. He had sailed past it and written the right "
         "place in the margin. Somebody rowed out to look, and the skipper was right. The chart was changed by noon.")
_TWICE = ("Gullwick Ferries asked us in January how deep the old basin is at low water. In June they asked again. Nobody had "
          "marked it on any chart, because people here say basin and strangers say dock. Since then every chart has two names.")
_NEXT = ("Before a new chart goes out, every pilot gets a letter with three questions. Pilots like to be asked, and they answer "
         "within a day. Most of their answers are short.")


def _heads(slide, context, *slides: tuple[str, str], named: int, body: tuple[str, ...] = ()) -> list[str]:
    units = [slide(n, head, body if not told else (), (told,) if told else ()) for n, (head, told) in enumerate(slides, start=1)]
    ready = context(tuple(units))
    piece = Piece(ready.materials, tuple(p for m in ready.materials for p in m.passages))
    title = next(p.heading for p in piece.passages if p.heading and p.heading.text == slides[named][0])
    return [p.heading.text for p in led_by_title(piece, title, ready, cues("en")).passages if p.heading]


_TALK = (("A call on a Monday", _CALL), ("When a ferry asks twice", _TWICE), ("Tell the pilots first", _NEXT))


def test_the_slide_of_the_title_comes_first(slide, context) -> None:
    assert _heads(slide, context, *_TALK, named=1) == ["When a ferry asks twice", "A call on a Monday", "Tell the pilots first"]
    assert _heads(slide, context, *_TALK, named=0) == [head for head, _ in _TALK]


@pytest.mark.parametrize("told", [
    "He asked again in June. " + _TWICE, "So " + _TWICE[0].lower() + _TWICE[1:],
    _TWICE.replace("at low water.", "at low water, where the skipper had been."), "They asked twice."])
def test_it_stays_where_it_goes_on_from_what_came_before(slide, context, told) -> None:
    talk = (_TALK[0], ("When a ferry asks twice", told), _TALK[2])
    assert _heads(slide, context, *talk, named=1)[0] == "A call on a Monday"


def test_what_comes_after_it_may_not_go_on_from_it(slide, context) -> None:
    talk = (*_TALK[:2], ("Tell the pilots first", "On the other hand, they had a point. " + _NEXT))
    assert _heads(slide, context, *talk, named=1)[0] == "A call on a Monday"


def test_a_bare_list_does_not_open_a_piece_where_a_slide_that_is_told_can(slide, context) -> None:
    talk = (("What hangs at the landing", ""), ("When a ferry asks twice", _TWICE), ("Tell the pilots first", _NEXT))
    body = ("A bell with a rope", "A lamp that is green", "A board with the times of the ferry")
    assert _heads(slide, context, *talk, named=0, body=body)[:2] == ["When a ferry asks twice", "What hangs at the landing"]


def test_steps_stay_in_their_order(slide, context) -> None:
    talk = (("Step 1: a call", _CALL), ("Step 2: ask twice", _TWICE), ("Step 3: tell the pilots", _NEXT))
    assert _heads(slide, context, *talk, named=1)[0] == "Step 1: a call"
