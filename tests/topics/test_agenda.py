"""An agenda beside its deck: where items begin, what they name, and what it does not decide."""

from __future__ import annotations

import pytest

from content.document import Document
from topics import agenda, find_topics, segment
from topics.asides import asides_of
from topics.reading import of_unit

PARTS = {
    "Baking with a starter": ["Flour and water make the dough", "A starter eats flour every day", "Bakers knead the dough",
                              "The oven bakes the loaf", "A crust forms in the heat"],
    "Sailing in any wind": ["The mast carries the sail", "A sailor trims the jib", "The keel steadies the boat",
                            "Harbours shelter boats", "Knots hold the ropes"],
    "Filing a tax return": ["Income is counted in spring", "The accountant signs", "Deductions lower what is due",
                            "Receipts prove a deduction", "Late returns cost a fine"],
}


def slides_of(title: str = "Agenda", *, last: str = "Thank you") -> list[dict[str, object]]:
    """A title page, an agenda of three parts, and the slides of the parts with no divider and no layout."""
    slides: list[dict[str, object]] = [{"title": "Three trades", "body": ["Ilse Varano"]}, {"title": title, "body": list(PARTS)}]
    for titles in PARTS.values():
        slides += [{"title": title, "body": [f"{titles[n - 1]} too", "More of it"]} for n, title in enumerate(titles)]
    return [*slides, {"title": last}]


def plan(document: Document) -> agenda.Plan | None:
    units = document.content_units()
    readings = [of_unit(unit, document.language) for unit in units]
    kinds = asides_of(units, readings, document.language)
    return agenda.plan_of({n: agenda.lines_of(units[n]) for n, kind in kinds.items() if kind == "agenda"}, readings,
                          document.language)


def test_items_begin_where_slides_take_up_their_words_and_name_the_topics(deck) -> None:
    slides = slides_of()
    slides[2]["title"], slides[7]["title"], slides[12]["title"] = "Why baking with a starter", "Sailing in wind", "A tax return"
    document = deck(slides)
    found = plan(document)
    assert found is not None and [item.text for item in found.items] == list(PARTS)
    # The first item begins with the talk, so its place says nothing.
    assert sorted(int(n) + 1 for n in found.begins.argsort()[-2:]) == [8, 13]
    topics = find_topics(document)
    assert [(topic.first, topic.title) for topic in topics] == [
        (1, "Baking with a starter"), (8, "Sailing in any wind"), (13, "Filing a tax return")]
    assert [topic.title_source for topic in topics] == ["s2.b2", "s2.b3", "s2.b4"]


def test_the_order_of_the_agenda_names_a_part_between_two_that_are_known(deck) -> None:
    slides = slides_of()
    slides[2]["title"], slides[12]["title"] = "Baking with a starter today", "Filing a return"
    assert [topic.title for topic in find_topics(deck(slides), starts=[8, 13])] == list(PARTS)


def test_an_item_that_is_the_title_of_a_slide_names_the_topic_of_that_slide_alone(deck) -> None:
    slides = slides_of()
    slides[2:2] = [{"title": "The loaf that fell", "body": ["A baker filing a starter away forgot it: baking stopped."]}]
    slides[3]["title"] = "Baking with a starter"
    topics = find_topics(deck(slides), starts=[1, 4, 9, 14])
    assert [topic.title for topic in topics][:2] == ["The loaf that fell", "Baking with a starter"]
    assert topics[1].title_source == "s4.b1"


def test_an_agenda_that_nothing_speaks_for_decides_nothing(deck) -> None:
    strange = [{"title": "Agenda", "body": ["Quarks", "Volcanoes", "Chess"]} if slide["title"] == "Agenda" else slide
               for slide in slides_of()]
    found = plan(deck(strange))
    assert found is None or agenda.boosts_of(found).max() < 1.5
    titles = [topic.title for topic in find_topics(deck(strange), starts=[8, 13])]
    assert not {"Quarks", "Volcanoes", "Chess"} & set(titles)


@pytest.mark.parametrize("title", ["What it comes down to", "Three things"])
def test_a_slide_that_lists_later_titles_is_an_agenda_whatever_it_is_called(deck, title: str) -> None:
    slides = slides_of(title)
    for n, name in zip((2, 7, 12), PARTS, strict=True):
        slides[n]["title"] = name
    document = deck(slides)
    units = document.content_units()
    assert asides_of(units, [of_unit(unit, "en") for unit in units], "en")[1] == "agenda"
    slides[1]["body"] = ["Bread", "Boats", "Fines"]
    units = deck(slides).content_units()
    assert 1 not in asides_of(units, [of_unit(unit, "en") for unit in units], "en")


def test_the_speaker_is_no_part_and_neither_are_labels(deck) -> None:
    slides = slides_of()
    slides[1]["body"] = ["About me", "Introduction", *PARTS]
    found = plan(deck(slides))
    assert found is not None and [item.text for item in found.items] == ["Introduction", *PARTS]
    assert "Introduction" not in {topic.title for topic in find_topics(deck(slides))}


def test_plain_texts_are_cut_where_their_agenda_says() -> None:
    named = dict(zip((2, 7, 12), PARTS, strict=True))
    units = ["\n".join([named.get(n, str(slide["title"])), *map(str, slide.get("body", ()))]) for n, slide in enumerate(slides_of())]  # type: ignore[call-overload]
    assert {7, 12} <= set(segment(units))


def test_builds_are_not_cut_for_an_agenda(deck) -> None:
    slides = slides_of()
    slides[7]["title"] = slides[6]["title"] = "Sailing in any wind"
    assert 8 not in {topic.first for topic in find_topics(deck(slides))}


@pytest.mark.parametrize("count", [2, 3, 5])
def test_decks_of_an_agenda_and_little_else(deck, count: int) -> None:
    slides = slides_of()[:count]
    topics = find_topics(deck(slides))
    assert topics[0].first == 1 and topics[-1].last == count
    assert find_topics(deck([{"title": "Agenda", "body": list(PARTS)}] * count))
