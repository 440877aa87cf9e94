"""Sections keep the headings that matter."""

from __future__ import annotations

from content.draft import Sentence
from generators.blog_plan import sections
from generators.material import Passage


def _passage(unit: int, words: int, spoken: bool = True, heading: bool = True) -> Passage:
    said = (Sentence(text=" ".join(["word"] * words) + ".", sources=(f"s{unit}.b2.1",)),)
    title = Sentence(text=f"Heading {unit}", sources=(f"s{unit}.b1.1",)) if heading else None
    return Passage(unit, title, said, spoken=spoken, paragraphs=(said,))


def _cut(*passages: Passage) -> list[list[int]]:
    return [[p.unit for p in section.passages] for section in sections(passages)]


def test_a_short_list_goes_with_the_slide_before_and_not_over_the_next_heading() -> None:
    assert _cut(_passage(1, 130), _passage(2, 30, spoken=False), _passage(3, 130)) == [[1, 2], [3]]


def test_a_section_is_no_single_sentence() -> None:
    assert _cut(_passage(1, 140), _passage(2, 12)) == [[1, 2]]
    assert _cut(_passage(1, 12), _passage(2, 140)) == [[1, 2]]


def test_what_has_no_heading_never_begins_a_section() -> None:
    assert _cut(_passage(1, 150), _passage(1, 150, heading=False), _passage(2, 150)) == [[1, 1], [2]]
