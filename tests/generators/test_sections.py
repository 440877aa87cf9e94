"""Sections of readable length: a slide of few words is a paragraph under the heading before, a row of headings stands."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_plan import in_rows, sections
from generators.material import Passage
from generators.prose_cues import cues


def _passage(unit: int, words: int, heading: str, first: str = "Keepers") -> Passage:
    said = (Sentence(text=" ".join([first, *["oil"] * (words - 1)]) + ".", sources=(f"s{unit}.b2.1",)),)
    return Passage(unit, Sentence(text=heading, sources=(f"s{unit}.b1.1",)), said, paragraphs=(said,))


def _cut(*passages: Passage, language: str = "en") -> list[list[int]]:
    return [[p.unit for p in section.passages] for section in sections(passages, cues(language))]


def test_slides_of_few_words_are_paragraphs_and_not_sections() -> None:
    found = _cut(*(_passage(n, 55, f"Oil of the {n} harbour") for n in range(1, 9)))
    assert len(found) < 5 and all(1 < len(units) < 5 for units in found)


def test_full_slides_keep_their_headings() -> None:
    assert _cut(*(_passage(n, 150, f"Oil of harbour {n}") for n in range(1, 4))) == [[1], [2], [3]]


@pytest.mark.parametrize(("language", "label"), [("en", "Mistake"), ("nl", "Fout"), ("en", "Attempt")])
def test_headings_of_a_row_stand_however_little_is_under_them(language, label) -> None:
    row = [_passage(n, 60, f"{label} {n}: the lamp", "Lamps") for n in (1, 2, 3)]
    assert _cut(*row, language=language) == [[1], [2], [3]]
    assert len(in_rows(row, cues(language))) == 3
    assert in_rows(row[:1], cues(language)) == frozenset(), "one is no row"


def test_a_heading_of_several_lines_is_no_subheading() -> None:
    long = "How the keepers of the northern lamp came to agree on the price of herring oil in a bad year"
    assert _cut(_passage(1, 130, "The lamp"), _passage(2, 130, long)) == [[1, 2]]
    assert _cut(_passage(1, 130, "The lamp"), _passage(2, 130, "The price of oil")) == [[1], [2]]


def test_a_short_slide_that_goes_on_stays_with_the_one_before() -> None:
    assert _cut(_passage(1, 90, "The lamp"), _passage(2, 90, "The price", "Then"), _passage(3, 130, "The oil")) == [[1, 2], [3]]
