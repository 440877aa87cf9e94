"""Slides at the start and the end of a deck that are no content, and the numbers and labels in front of titles."""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from topics import find_topics
from topics.titles import labels, unlabelled

LINES = ("A canal boat needs a hand's breadth of water more than it draws.", "Locks fill from the upper reach in nine minutes.",
         "The towpath carries the mail on days when the canal is frozen.")


def unit(number: int, title: str = "", body: tuple[str, ...] = (), notes: str = "",
         table: tuple[tuple[str, ...], ...] = ()) -> Unit:
    blocks: list[Block] = []

    def add(part: Part, text: str, row: int | None = None, column: int | None = None) -> None:
        blocks.append(Block(id=f"s{number}.b{len(blocks) + 1}", part=part, text=text, row=row, column=column))

    if title:
        add(Part.TITLE, title)
    for text in body:
        add(Part.BODY, text)
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            add(Part.TABLE, text, row, column)
    if notes:
        add(Part.NOTES, notes)
    return Unit(number=number, kind="slide", title=title, blocks=tuple(blocks))


def deck(special: dict[int, Unit], count: int = 20, language: str = "en") -> Document:
    units = tuple(special.get(n) or unit(n, f"Lock number {n} of the canal", (LINES[n % 3], f"It was dug in {1700 + n}.")) for n in range(1, count + 1))
    return Document(id="d" * 64, source=Source(name="a.pptx", sha256="d" * 64, media_type="x", bytes=1), language=language, units=units)


def asides(document: Document) -> dict[int, str]:
    return {number: kind for topic in find_topics(document) for number, kind in topic.asides.items()}


FIRST = unit(1, "Canals in winter", ("Odile Brakkevoort, Hendrik Sluyswacht",))


@pytest.mark.parametrize(("language", "lines", "kind"), [
    ("en", ("Odile Brakkevoort – lock keeper, late for most things", "Hendrik Sluyswacht, skipper", "No funding from anybody"), "bio"),
    ("nl", ("Odile Brakkevoort: sluiswachter", "Hendrik Sluyswacht (schipper)"), "bio"),
    ("en", ("Odile Brakkevoort", "Hendrik Sluyswacht"), None),  # names alone, say those who are to decide
    ("en", ("Freda Unheard – lock keeper", "Gus Nobody, skipper"), None),  # nobody whom the title page names
])
def test_who_speaks_is_known_by_the_names_of_the_title_page(language, lines, kind):
    notes = "We are two, and we met on the ice, where both of us had been told that nobody would be that day."
    assert asides(deck({1: FIRST, 2: unit(2, "Who stood on the ice", lines, notes)}, language=language)).get(2) == kind
    # The same slide in the middle of a deck is content.
    assert 9 not in asides(deck({1: FIRST, 9: unit(9, "Who stood on the ice", lines, notes)}, language=language))


@pytest.mark.parametrize(("language", "notes", "kind"), [
    ("en", "A short word on who we are. She keeps the lock, and I sail through it as often as the ice lets me.", "bio"),
    ("nl", "Eerst even over ons. Zij houdt de sluis, en ik vaar erdoor zo vaak als het ijs dat wil.", "bio"),
    ("en", "The canal froze. Nobody asked who we are, and so we told nobody what we had seen that morning.", None)])
def test_who_speaks_is_known_by_how_the_notes_begin(language, notes, kind):
    assert asides(deck({1: FIRST, 3: unit(3, "Two on the ice", ("Keeper of a lock", "Owner of a barge"), notes)}, language=language)).get(3) == kind


def test_a_timetable_is_an_agenda_with_its_own_notes():
    times = (("Time", "What"), ("09.30", "Lock number 5 of the canal"), ("10.45", "Coffee"), ("11.00", "Lock number 12 of the canal"),
             ("12.30", "Lunch"))
    notes = "Do not read out the table, say that we end at four and that there is soup for whoever comes back from the ice in time."
    assert asides(deck({1: FIRST, 3: unit(3, "How this day goes", (), notes, times)}))[3] == "agenda"
    happened = (("Time", "What"), ("09.30", "The gate froze"), ("10.45", "A boat struck it"), ("11.00", "Somebody rang"))
    assert 3 not in asides(deck({1: FIRST, 3: unit(3, "One morning in January", (), notes, happened)}))


def test_topics_begin_where_a_table_of_the_agenda_says_and_are_named_after_it():
    table = (("Minutes", "What", "Slides"), ("10", "Digging by hand", "4–9"), ("20", "Freezing over", "10–15"), ("5", "Thawing", "16-20"))
    found = find_topics(deck({1: FIRST, 2: unit(2, "Forty minutes on the water", (), "", table)}))
    assert {4, 10, 16} <= {topic.first for topic in found}
    assert found[0].asides[2] == "agenda"
    assert not {topic.title for topic in found} & {"Minutes", "Slides"}


@pytest.mark.parametrize(("language", "number", "title", "kind"), [
    ("en", 18, "References and further reading", "references"), ("nl", 18, "Bronnen en meer lezen", "references"),
    ("en", 19, "Thanks! Questions?", "thanks"), ("en", 18, "Backup: the raw counts", "appendix"),
    ("nl", 18, "Bijlage 2 – de tellingen", "appendix"), ("en", 9, "Coffee. Back at 11.35", "legal"), ("nl", 9, "Pauze", "legal"),
    ("en", 12, "Thanks to the lock keepers nobody drowned", None), ("en", 9, "Coffee and how skippers brew it", None),
    ("en", 18, "Backup engines of the pumping station", None),
])
def test_what_closes_a_deck_or_breaks_it_is_known_by_the_parts_of_its_title(language, number, title, kind):
    made = deck({1: FIRST, number: unit(number, title, (LINES[0],) if kind != "legal" else ())}, language=language)
    assert asides(made).get(number) == kind


def test_an_item_of_the_agenda_with_its_number_is_a_divider():
    special = {1: FIRST, 2: unit(2, "Vandaag", ("Graven", "Bevriezen", "Dooien")), 3: unit(3, "", ("1", "Graven")),
               9: unit(9, "", ("2", "Bevriezen")), 15: unit(15, "", ("3", "Dooien"))}
    found = asides(deck(special, language="nl"))
    assert {found.get(n) for n in (3, 9, 15)} == {"divider"}


SERIES = ("1 Digging by hand", "2 Freezing over", "3  Thawing", "5 reasons to dig", "Case (1): the gate froze", "Case (2): it broke",
          "Result: nobody drowned", "Result: two boats less", "Result: a warm hut", "Rule 1: dig", "Rule 2: it is cold", "Sluice: a history")


@pytest.mark.parametrize(("title", "shown"), [
    ("1 Digging by hand", "Digging by hand"), ("3  Thawing", "Thawing"), ("5 reasons to dig", "5 reasons to dig"),
    ("Case (1): the gate froze", "The gate froze"), ("Result: nobody drowned", "Nobody drowned"),
    # What is left must be a title of its own.
    ("Case (2): it broke", "Case (2): it broke"), ("Rule 1: dig", "Rule 1: dig"), ("Sluice: a history", "Sluice: a history"),
])
def test_numbers_and_labels_of_a_series_are_cut_off(title, shown):
    assert unlabelled(title, labels(SERIES), "en") == shown


@pytest.mark.parametrize("titles", [("3 Ways to freeze", "5 reasons to dig"), ("Canal 7: a history", "Canal 8: another history"),
                                    ("2 Freezing over", "1 Digging by hand")])
def test_what_does_not_count_from_one_upwards_is_no_series(titles):
    assert labels(titles) == frozenset()


def test_the_title_of_a_topic_has_no_number_and_is_traced():
    found = find_topics(deck({1: FIRST, 5: unit(5, "1  Digging by hand"), 12: unit(12, "2  Freezing over")}))
    (dug,) = [topic for topic in found if "Digging" in topic.title]
    assert dug.title == "Digging by hand" and dug.title_source == "s5.b1"
