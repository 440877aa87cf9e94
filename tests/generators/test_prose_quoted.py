"""A quotation and who said it are one thing."""

from __future__ import annotations

import pytest

from content.document import Block, Part, Unit
from generators.prose_cues import cues
from generators.prose_quoted import names_speaker


def _said(*boxes: str, title: str = "", notes: str = "") -> Unit:
    blocks = [Block(id="s1.b1", part=Part.TITLE, text=title)] if title else []
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape=f"box {n}") for n, text in enumerate(boxes, start=2)]
    blocks += [Block(id="s1.b9", part=Part.NOTES, text=notes, shape="notes")] if notes else []
    return Unit(number=1, kind="slide", title=title, blocks=tuple(blocks))


@pytest.mark.parametrize(("boxes", "speaker"), [
    (("“I asked the goose. The goose did not know either.”", "Keeper of the pond, 61"), "Keeper of the pond, 61"),
    (("\"I asked the goose. The goose did not know either.\"", "— Ada Exampleton"), "Ada Exampleton"),
    (("The geese we did not buy have never once bitten anybody.", "Ada Exampleton, Keeper of the pond"),
     "Ada Exampleton, Keeper of the pond"),
])
def test_what_was_said_stands_with_who_said_it(context, boxes: tuple[str, ...], speaker: str) -> None:
    passages = [p for p in context((_said(*boxes),)).materials[0].passages if p.quoted]
    assert [[s.text for s in p.prose] for p in passages] == [[boxes[0]]]
    assert passages[0].speaker is not None
    assert passages[0].speaker.text == speaker
    assert passages[0].speaker.sources


def test_notes_about_a_quotation_come_after_it(context) -> None:
    unit = _said("“Je plant geen boom. Je plant een buurman die niet weggaat.”", "Onze tuinman, Oosterhage",
                 notes="Dit is van onze tuinman. Hij wilde niet op de foto, en dat respecteren wij.")
    passages = context((unit,), language="nl").materials[0].passages
    assert [p.quoted for p in passages] == [True, False]


def test_a_line_in_marks_among_others_stays_in_its_list(context, slide) -> None:
    lines = ("A bell by the gate", "A sign: \"Please ring. Somebody will come.\"", "\"Nobody came. We rang again.\"", "Keys, many")
    assert not any(p.quoted for p in context((slide(1, "The gate", lines),)).materials[0].passages)


@pytest.mark.parametrize(("text", "names"), [
    ("Ada Exampleton", True), ("Keeper of the pond, Lower Meadow", True), ("— Bert", True),
    ("\"And the other one?\"", False), ("(four times)", False), ("Before: the old pond, Tuesday", False),
    ("The garden in one sentence", False), ("It was late, very late.", False),
])
def test_a_speaker_is_a_name_or_an_office(text: str, names: bool) -> None:
    assert names_speaker(text, cues("en")) is names
