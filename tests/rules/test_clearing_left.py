"""What is left where something was withheld: no false sums, no half rows, no words about what is not shown."""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from rules import scan
from rules.clearing import clear
from rules.clearing_edits import Edit, Kind, apply
from rules.customers import CustomerList


def slide(*blocks: Block, language: str = "en") -> Document:
    unit = Unit(number=1, kind="slide", blocks=blocks)
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language,
                    units=(Unit(number=2, kind="slide"), unit.model_copy(update={"number": 3})))


def left(document: Document) -> list[str]:
    made = clear(document, scan(document, CustomerList.empty(), Settings()), (), Settings(), CustomerList.empty())
    return [block.text for _, block in made.cleared.blocks()]


def cells(*rows: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Block(id=f"s3.b{10 * row + column}", part=Part.TABLE, text=text, shape="t", row=row, column=column)
                 for row, cell in enumerate(rows) for column, text in enumerate(cell))


def body(*lines: str) -> tuple[Block, ...]:
    return tuple(Block(id=f"s3.b{at}", part=Part.BODY, text=line, shape="l") for at, line in enumerate(lines, 1))


def test_a_held_cell_takes_its_row_and_the_total_with_it() -> None:
    table = cells(("Pier", "Cost"), ("Ropes", "48"), ("Profit", "£310,000 profit"), ("Lamps", "35"), ("Total", "310,083"))
    assert left(slide(*table)) == ["Pier", "Cost", "Ropes", "48", "Lamps", "35"]


def test_a_table_that_lost_nothing_keeps_its_total() -> None:
    table = cells(("Pier", "Cost"), ("Ropes", "48"), ("Lamps", "35"), ("Total", "83"))
    assert left(slide(*table)) == [block.text for block in table]


@pytest.mark.parametrize(("lines", "kept", "language"), [
    (("Ropes: 48", "Revenue forecast: £310,000", "Net: 112 better off", "Next: the lamps"), ["Ropes: 48", "Next: the lamps"], "en"),
    (("Touwen: 48", "Omzetprognose: € 310.000", "Saldo: 112 voordelig", "Straks de lampen"), ["Touwen: 48", "Straks de lampen"], "nl"),
    (("Net: 112 better off", "Revenue forecast: £310,000"), ["Net: 112 better off"], "en"),
    (("Ropes: 48", "Lamps: 35", "Net: 83 better off"), ["Ropes: 48", "Lamps: 35", "Net: 83 better off"], "en"),
])
def test_the_line_that_adds_up_goes_with_a_part(lines: tuple[str, ...], kept: list[str], language: str) -> None:
    assert left(slide(*body(*lines), language=language)) == kept


def test_what_is_said_of_a_letter_that_is_not_shown_goes_too() -> None:
    letter = "My husband has been ill with a burn-out since May, and the pier was all he had."
    notes = Block(id="s3.b9", part=Part.NOTES, text="I read this letter out loud. The pier has a roof now, and a bench of oak.")
    assert left(slide(*body(letter), notes)) == ["The pier has a roof now, and a bench of oak."]
    assert left(slide(*body("The pier has a roof, a bench and a lamp."), notes))[1] == notes.text


@pytest.mark.parametrize(("language", "text", "kept"), [
    ("en", "The pier is old. Our bill went to £124,000. About half of that was the price of power. Gulls came back in May.",
     "The pier is old. Gulls came back in May."),
    ("en", "The pier is old. Our bill went to £124,000. The crew was against it, and said so. Gulls came back in May.",
     "The pier is old. Gulls came back in May."),
    ("nl", "De pier is oud. Onze rekening werd € 124.000. De helft daarvan was stroom. Toen kwamen de meeuwen terug.",
     "De pier is oud. Toen kwamen de meeuwen terug."),
    ("nl", "De pier is oud. Onze rekening werd € 124.000. Niemand heeft daarover gebeld. Toen kwamen de meeuwen terug.",
     "De pier is oud. Toen kwamen de meeuwen terug."),
])
def test_no_sentence_stays_whose_ground_went(language: str, text: str, kept: str) -> None:
    at = text.index("124")
    assert apply(text, [Edit(at, at + 7, Kind.SENTENCE)], language) == kept


@pytest.mark.parametrize(("language", "text", "kept"), [
    ("en", "The pier is old. A man brought his lamp. The wire had burned out. Mira gave it back to him. We keep that one in mind. "
     "Gulls came back in May.", "The pier is old. Gulls came back in May."),
    ("nl", "De pier is oud. Een man bracht zijn lamp. De draad was stuk. Mira gaf de lamp aan hem terug. De meeuwen zijn er weer.",
     "De pier is oud. De meeuwen zijn er weer."),
])
def test_a_story_goes_as_far_as_its_person_is_meant(language: str, text: str, kept: str) -> None:
    at = text.index("lamp")
    assert apply(text, [Edit(at, at + 4, Kind.SENTENCE)], language) == kept


def test_somebody_who_stands_before_is_who_is_meant() -> None:
    text = "A pilot came aboard. Our bill went to £124,000. The lamp was lit. Mira thanked him."
    assert apply(text, [Edit(37, 44, Kind.SENTENCE)], "en") == "A pilot came aboard. The lamp was lit. Mira thanked him."


def test_a_stump_of_a_paragraph_is_no_paragraph() -> None:
    text = ("And sometimes it is not about the lamp. Our planner was off sick for three months with a burn-out. His answers grew "
            "shorter. He stopped calling us at all, and nobody asked him why that was. Do as you like.")
    assert left(slide(*body(text))) == []


def talk(*slides: tuple[Block, ...], language: str = "en") -> Document:
    units = tuple(Unit(number=n, kind="slide", blocks=tuple(b.model_copy(update={"id": f"s{n}.b{at}"})
                                                            for at, b in enumerate(blocks, 1)))
                  for n, blocks in enumerate(slides, 1))
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language, units=units)


def said(text: str) -> Block:
    return Block(id="n", part=Part.NOTES, text=text)


@pytest.mark.parametrize(("announced", "kept", "letter", "notes", "rest", "credit", "language"), [
    ("Some people miss the pier. I met one of them, and I'll read you what she wrote.",
     "Some people miss the pier. I met one of them.",
     "My husband has been ill with a burn-out since May, and the pier was all he had.",
     "The bench is of oak now. I wanted you to hear her voice.", "The bench is of oak now.", "From a letter, May", "en"),
    ("Sommigen missen de pier. Ik sprak er een, en ik lees u voor wat zij schreef.",
     "Sommigen missen de pier. Ik sprak er een.",
     "Mijn man zit sinds mei met een burn-out thuis, en de pier was alles wat hij had.",
     "De bank is nu van eiken. Ik wilde u haar stem laten horen.", "De bank is nu van eiken.", "Uit een brief, mei", "nl"),
])
def test_nobody_announces_or_credits_words_that_are_gone(
        announced: str, kept: str, letter: str, notes: str, rest: str, credit: str, language: str) -> None:
    pier = Block(id="t", part=Part.TITLE, text="De pier" if language == "nl" else "The pier")
    made = talk((pier, said(announced)), (*body(letter, credit), said(notes)), language=language)
    assert left(made) == [pier.text, kept, rest]
    harmless = talk((pier, said(announced)), (*body("Lamp, " * 12, credit), said(notes)), language=language)
    assert left(harmless)[1] == announced
    assert left(harmless)[-1] == notes


def test_what_is_pointed_at_by_its_name_goes_though_the_slide_shows_more() -> None:
    lines = body('Our automatic answer: "We will open the pier in March"', "She thought that it could wait a while, so she did",
                 "We had put her at ease with it")
    notes = said("I wrote that answer myself. The pier has a roof now.")
    assert left(talk((*lines, notes)))[-1] == "The pier has a roof now."


def test_a_sum_is_not_told_where_its_parts_are_gone() -> None:
    lines = body("Revenue forecast: £310,000", "Ropes: 48", "Net: £25,000 better off")
    notes = said("Twenty-five thousand pounds to the good. The ropes are of hemp, as they always were.")
    assert left(talk((*lines, notes))) == ["Ropes: 48", "The ropes are of hemp, as they always were."]
    parts = said("The nets brought forty thousand, the lamps took fifteen thousand. Twenty-five thousand to the good.")
    assert left(talk((*lines, parts)))[-1] == parts.text


@pytest.mark.parametrize(("text", "kept", "language"), [
    ("The pier was closed. The roof cost us 48,000 pounds. For this the oaks would go. There were banners.",
     "The pier was closed. There were banners.", "en"),
    ("The pier was closed. It runs in 3 of 14 sheds. In the others the nets do the work. There were banners.",
     "The pier was closed. There were banners.", "en"),
    ("De pier was dicht. Het dak kostte 48.000 euro. Hiervoor gingen de eiken om. De winter was nat.",
     "De pier was dicht. De winter was nat.", "nl"),
])
def test_what_a_withheld_sentence_was_for_goes_with_it(text: str, kept: str, language: str) -> None:
    first = text.index(". ") + 2
    assert apply(text, [Edit(first, first + 5, Kind.SENTENCE)], language) == kept
