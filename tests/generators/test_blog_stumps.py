"""A slide of one remark between two that are told is no section; entries of a series, lists and answers are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.blog_stumps import without_stumps
from generators.material import ItemList
from generators.prose_cues import cues

_LONG = ("The ferry leaves at eight, when the water is high enough for it, and whoever comes later waits on the other bank.",
         "In winter the pilot writes the hour on a board beside the bridge, so that nobody has to ask him for it twice.")


def _items(count: int) -> ItemList:
    return ItemList(tuple(Sentence(text=f"A rope of {n} yards", sources=(f"s2.b3.{n}",)) for n in range(count)))


@pytest.mark.parametrize(("heading", "texts", "more", "stays"), [
    ("Guests who are late", ("Some never come.", "We keep their place."), {}, False),
    ("Gasten die te laat zijn", ("Sommige komen nooit.",), {}, False),
    ("Guests who are late", ("Some never come.",), {"lists": (_items(1),)}, False),
    ("What lies in the boat", (), {"lists": (_items(3),)}, True),
    ("Guests who are late", _LONG, {}, True),
    ("Guests who are late", ("They wait.", "They pay.", "They go."), {}, True),
    ("Guests who are late", ("Some of them never came, and we kept their place until noon.",), {"spoken": True}, True),
    ("Guests who are late", ("Some never come.",), {"spoken": True}, False),
    ("Mistake 2: the rope", ("It was too short.",), {}, True),
    ("How long is the rope?", ("Nine yards.",), {}, True),
    ("Guests who are late", ("Some never come.",), {"asked": True}, True),
])
def test_a_heading_over_a_remark_goes(passage, heading, texts, more, stays):
    told = [replace(passage(n, *_LONG, heading=f"Day {n} on the river bank"), unit=n) for n in (1, 3)]
    remark = replace(passage(2, *texts, heading=heading, spoken=texts == _LONG), **more)
    left = without_stumps(Piece((), (told[0], remark, told[1])), cues("nl" if "Gasten" in heading else "en"))
    assert [p.unit for p in left.passages] == ([1, 2, 3] if stays else [1, 3])


def test_what_is_made_of_short_lines_stays_as_it_is(passage):
    lines = tuple(passage(n, "A rope lies here.", heading=f"Boat of the {n} pilots", spoken=False) for n in range(1, 6))
    assert without_stumps(Piece((), lines), cues("en")).passages == lines
    assert without_stumps(Piece((), (passage(1, *_LONG), *lines), listicle=True), cues("en")).passages[1:] == lines


def test_a_bare_table_begins_nothing(passage):
    cells = tuple(tuple(Sentence(text=text, sources=(f"s1.b{n}.1",)) for n, text in enumerate(row, start=row_number * 3))
                  for row_number, row in enumerate((("Boat", "Ropes"), ("Ferry", "4")), start=1))
    bare = replace(passage(1, heading="The boats"), prose=(), paragraphs=(), table=cells)
    told = replace(passage(2, *_LONG, heading="A day on the river bank"), unit=2)
    assert [p.unit for p in without_stumps(Piece((), (bare, told)), cues("en")).passages] == [2]
    assert [p.unit for p in without_stumps(Piece((), (told, bare)), cues("en")).passages] == [2, 1]
    spoken_of = replace(bare, prose=told.prose)
    assert [p.unit for p in without_stumps(Piece((), (spoken_of, told)), cues("en")).passages] == [1, 2]
