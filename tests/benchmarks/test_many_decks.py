"""The decks for measuring are different, always the same, and what PowerPoint and we can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from benchmarks.deck_writer import Slide, write_deck
from benchmarks.many_decks import make_deck
from extractors import extract


def test_a_number_gives_the_same_bytes_again_and_another_number_others(tmp_path: Path) -> None:
    sizes = [make_deck(tmp_path / f"{number}.pptx", number) for number in range(12)]
    make_deck(tmp_path / "again.pptx", 3)
    assert (tmp_path / "again.pptx").read_bytes() == (tmp_path / "3.pptx").read_bytes()
    assert len({(tmp_path / f"{number}.pptx").read_bytes() for number in range(12)}) == 12
    assert min(slides for slides, _ in sizes) >= 8
    assert max(slides for slides, _ in sizes) <= 90
    for number, (slides, _) in enumerate(sizes):
        document = extract(tmp_path / f"{number}.pptx")
        assert sum(unit.number > 0 for unit in document.units) == slides
        assert document.language == ("nl" if number == 9 else "en")
        assert document.unread == ()


def test_every_kind_of_slide_says_what_it_was_given(tmp_path: Path) -> None:
    points = (("Kades & kranen", 12), ("Ovens", 7), ("Ponten", 431), ("Loodsen", 9), ("Keukens", 88))
    slides = (Slide("Opening", ("First <line>", "Second"), "Said aloud."), Slide("Table", rows=(("Year", "2024"), ("Boats", "17"))),
              Slide("Orders", points=points))
    write_deck(tmp_path / "a.pptx", slides, "A title", "Wilma Torvik")
    deck = Presentation(str(tmp_path / "a.pptx"))
    first, second, third = deck.slides
    assert first.placeholders[1].text_frame.text == "First <line>\nSecond"
    assert first.notes_slide.notes_text_frame.text == "Said aloud."
    assert [cell.text for row in second.shapes[1].table.rows for cell in row.cells] == ["Year", "2024", "Boats", "17"]
    chart = third.shapes[1].chart
    assert list(chart.plots[0].categories) == [label for label, _ in points]
    assert list(chart.plots[0].series[0].values) == [value for _, value in points]
    assert (deck.core_properties.title, deck.core_properties.author) == ("A title", "Wilma Torvik")


def test_a_chart_with_too_few_points_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="5 points"):
        write_deck(tmp_path / "a.pptx", [Slide("One", points=(("Only", 1),))], "A", "B")
