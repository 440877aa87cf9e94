"""A row of short parts stands under the heading over it. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.document import Part
from content.draft import Sentence
from generators.blog_over import under_one
from generators.material import Passage
from language.source import SourceIndex, SourceSentence

_OVER = "Three things that bakers ask"


def _source() -> SourceIndex:
    title = SourceSentence(id="s4.b1.1", text=_OVER, unit=4, block="s4.b1", part=Part.TITLE)
    return SourceIndex({title.id: title}, {title.unit: (title,)})


def _part(n: int, head: str, words: int = 12, unit: int = 4) -> Passage:
    told = Sentence(text=" ".join(["bread"] * words) + ".", sources=(f"s{unit}.b{n + 1}.1",))
    return Passage(unit, Sentence(text=head, sources=(f"s{unit}.b{n}.1",)), (told,), running=True)


def _told(*parts: Passage) -> list[tuple[str, str]]:
    out = under_one((_part(1, "Why we bake", unit=3), *parts), _source())[1:]
    return [(p.heading.text if p.heading else "", p.run_in.text if p.run_in else "") for p in out]


def test_the_row_has_its_heading_and_each_part_its_own_before_its_text() -> None:
    row = (_part(2, "Who lights it?"), _part(4, "Who sweeps?"), _part(6, "Who pays?"))
    assert _told(*row) == [(_OVER, "Who lights it?"), ("", "Who sweeps?"), ("", "Who pays?")]


@pytest.mark.parametrize("row", [
    (_part(2, "Who lights it?"), _part(4, "Who sweeps?")),
    (_part(2, "Who lights it?", 90), _part(4, "Who sweeps?", 90), _part(6, "Who pays?", 90)),
    (_part(2, _OVER), _part(4, "Who sweeps?"), _part(6, "Who pays?")),
    tuple(replace(_part(n, f"Slide {n}"), running=False) for n in (2, 4, 6))])
def test_long_parts_few_parts_and_slides_keep_their_headings(row) -> None:
    assert _told(*row) == [(p.heading.text, "") for p in row]
