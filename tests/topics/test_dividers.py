"""Slides that open parts: known by layout, by a style that comes back, and not known where a template only looks so."""

from __future__ import annotations

from benchmarks.topic_measures import Text, families
from topics import find_topics
from topics.dividers import SURE, dividers
from topics.reading import of_unit

PARTS = {
    "Growing bread": ["Flour and water make the dough", "The oven bakes the loaf", "Yeast lets the dough rise",
                      "Bakers knead the dough", "A crust forms in the oven", "Rye bread keeps for a week"],
    "Sailing home": ["The mast carries the sail", "Wind fills the sail", "A sailor trims the jib", "The keel steadies the boat",
                     "Harbours shelter the boat", "Ropes hold the sail"],
    "Paying taxes": ["Income tax is due in spring", "The accountant files the return", "Deductions lower the income",
                     "Receipts prove a deduction", "Late returns cost a fine", "Value added tax each quarter"],
}


def parts(layout: str, content: str = "Title and Content", **divider: object) -> list[dict[str, object]]:
    slides: list[dict[str, object]] = []
    for name, titles in PARTS.items():
        slides.append({"title": name, "layout": layout, **divider})
        slides += [{"title": title, "body": [f"{titles[n - 1]} too", "Three more words here"], "layout": content}
                   for n, title in enumerate(titles)]
    return slides


def sure(deck, slides) -> list[int]:
    units = deck(slides).content_units()
    found = dividers(units, [of_unit(unit, "en") for unit in units], "en")
    return [unit.number for unit, value in zip(units, found, strict=True) if value >= SURE]


def test_header_layouts_named_layouts_and_a_style_of_its_own_are_dividers(deck) -> None:
    for layout in ("Section Header", "2_Divider blue", "Text Only Large"):
        slides = [{"title": "Three things", "body": ["Ilse Varano"], "layout": "Title Slide"}, *parts(layout)]
        assert sure(deck, slides) == [2, 9, 16], layout
        found = find_topics(deck(slides))
        assert [(topic.first, topic.title) for topic in found] == [(1, "Growing bread"), (9, "Sailing home"), (16, "Paying taxes")]
        assert [topic.asides for topic in found] == [{1: "title", 2: "divider"}, {9: "divider"}, {16: "divider"}]


def test_a_header_layout_on_most_slides_or_with_body_text_is_none(deck) -> None:
    assert sure(deck, parts("Section Header", content="Section Header")) == []
    body = ["A line of what this slide has to tell, in more words than an opening needs, " * 2, "and one", "two", "three"]
    assert sure(deck, parts("Section Header", body=body)) == []


def test_of_several_headers_in_a_row_the_first_counts_most(deck) -> None:
    slides = parts("Section Header")
    slides[7:8] = [{"title": name, "layout": "Section Header"} for name in ("Sailing home", "The sea is wide", "And deep")]
    units = deck(slides).content_units()
    first, between, last = dividers(units, [of_unit(unit, "en") for unit in units], "en")[7:10]
    assert first >= SURE > last > between == 0
    assert [topic.first for topic in find_topics(deck(slides))] == [1, 8, 17]


def test_a_layout_met_later_is_for_parts_of_parts(deck) -> None:
    slides = parts("Divider Slide")
    slides.insert(11, {"title": "Knots", "layout": "Divider Slide Green"})
    units = deck(slides).content_units()
    values = dividers(units, [of_unit(unit, "en") for unit in units], "en")
    assert values[0] > values[11] >= SURE


def test_a_divider_after_title_and_agenda_names_the_first_topic(deck) -> None:
    slides = [{"title": "Three things", "body": ["Ilse Varano"], "layout": "Title Slide"},
              {"title": "Agenda", "body": list(PARTS)}, *parts("Section Header")]
    assert [(topic.first, topic.title) for topic in find_topics(deck(slides))] == [
        (1, "Growing bread"), (10, "Sailing home"), (17, "Paying taxes")]


def test_versions_of_one_document_are_one_family() -> None:
    lines = [f"A line of some length about matter number {n}, to be met again" for n in range(8)]
    texts = [Text("a", tuple(lines[:6]), (2,)), Text("b", tuple(line[::-1] for line in lines), (2,)),
             Text("c", tuple(lines[3:]), (1,))]
    assert families(texts) == [0, 1, 0]
