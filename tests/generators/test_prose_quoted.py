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


_STORY = ("The pond behind the school was dug in a wet spring by people who had never held a spade. The first geese came before "
          "the water did, looked at the hole, and stayed because somebody had left bread in a bucket. We counted them every "
          "Sunday, and every Sunday there was one more than the count before, which our teacher called a lesson in trust.")


def test_a_draft_sets_a_quotation_off_and_a_caption_apart(slide, context) -> None:
    from generators.blog import GENERATOR

    quoted = _said("“I asked the goose. The goose did not know either.”", "Keeper of the pond, 61")
    moved = quoted.model_copy(update={"number": 5, "blocks": tuple(
        block.model_copy(update={"id": block.id.replace("s1.", "s5.")}) for block in quoted.blocks)})
    told = tuple(slide(n, title, (), (text,)) for n, (title, text) in enumerate((
        ("How the pond was dug", _STORY), ("What the geese did", _STORY.replace("Sunday", "Friday").replace("pond", "lake")),
        ("Who feeds them now", "In winter the baker brings what is left over. He rings twice, since the geese know that sound, and "
         "then he waits on the bench until the last of them has come up from the reeds. Nobody pays him for it, and nobody asks."),
        ("What it cost", "The spades were lent to us by the fire brigade, the bread was old, and the fence came from a field that "
         "was sold. All in all we spent less than a bus ride to the sea, and the sea has no geese that know your name.")), start=1))
    ready = context((*told, moved, slide(6, "The end of it", (), (_STORY.replace("spring", "autumn").replace("geese", "swans"),))))
    text = "\n".join(draft.text for draft in GENERATOR.drafts(ready))
    assert "\n> “I asked the goose. The goose did not know either.”\n>\n> — Keeper of the pond, 61\n\n" in text
