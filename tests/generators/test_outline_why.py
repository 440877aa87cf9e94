"""A starter says why it is no draft, in the words of its language, and is named after its own slides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gates.wording import wording
from generators.blog_check import counted
from generators.blog_pieces import planned
from generators.blog_plan import Piece
from generators.blog_refused import Seen, Step, Why, why
from generators.outline import GENERATOR as OUTLINE
from generators.prose_cues import cues
from generators.render import say

_JOTTED = {
    "en": "Quay, north. Lamp {n}. Oil from herring. Story about winter {n} here. It burns. Two keepers, one ladder. Fisherman at "
          "the end. No timer. Cold hands. Boats, eleven.",
    "nl": "Kade, noord. Lamp {n}. Olie van haring. Hier verhaal over winter {n}. Hij brandt. Twee wachters, een ladder. Visser aan "
          "het eind. Geen klok. Koude handen. Boten, elf.",
}


def _ready(slide, context, language: str = "en", **more):
    units = tuple(slide(n, f"Part {n} of the quay", (), (_JOTTED[language].format(n=n),)) for n in range(1, 8))
    return context(units, (("The quay of Ostmar", 1, 7),), language=language, **more)


@pytest.mark.parametrize(("language", "said"), [("en", "jotted down for whoever speaks"), ("nl", "steekwoorden voor wie spreekt")])
def test_jotted_notes_are_called_so(slide, context, language, said) -> None:
    ready = _ready(slide, context, language)
    [starter] = OUTLINE.drafts(ready)
    assert said in starter.text and starter.why == "jotted"
    assert set(planned(ready).reasons.values()) == {Why.JOTTED}


def test_labels_alone_are_too_little_and_many_of_them_are_lists(slide, context) -> None:
    few = tuple(slide(n, f"Store {n}", (f"Ropes of store {n}", "Planks", "Lamps")) for n in range(1, 5))
    [starter] = OUTLINE.drafts(context(few, (("Stores", 1, 4),)))
    assert starter.why == "thin" and "too little text" in starter.text
    many = tuple(slide(n, f"Store {n}", tuple(f"{what} for the {where} of store {n} in winter" for what in (
        "Old ropes", "Wet planks", "Clean lamps") for where in ("mill", "lock", "quay"))) for n in range(1, 8))
    [starter] = OUTLINE.drafts(context(many, (("Stores", 1, 7),)))
    assert starter.why == "lists" and "too little text" not in starter.text


def test_titles_alone_were_refused_by_nobody(slide, context) -> None:
    names = ("Ropes of the quay", "Planks by the mill", "Lamps on the lock", "Bells at the gate", "Tins for the toll")
    units = tuple(slide(n, f"{name} in {when}", ("Old rope",)) for n, (name, when) in enumerate(
        ((name, when) for when in ("winter", "May") for name in names), start=1))
    [starter] = OUTLINE.drafts(context(units, (("Stores", 1, 10),)))
    assert starter.why == "thin"


def test_a_starter_is_not_named_after_the_deck(slide, context) -> None:
    units = (slide(1, "The ferry at Ostmar"), *(
        slide(n, f"Store {n} by the quay", (f"Ropes of store {n}", "Planks", "Lamps")) for n in range(2, 6)))
    [starter] = OUTLINE.drafts(context(units, (("The ferry at Ostmar", 1, 5),), asides={1: "title"}))
    assert starter.title.text != "The ferry at Ostmar" and "by the quay" in starter.title.text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_reason_has_its_words(language) -> None:
    said = [str(say(language, f"starter_{why}")) for why in Why]
    assert len(set(said)) == len(Why)
    assert all(f"why_{why}" in wording(language).phrases for why in Why)


_ANSWER = ("The harbour master writes every hour on a board beside the bridge, and nobody has to ask him for it twice. Whoever "
           "comes late reads it there.")


@pytest.mark.parametrize(("case", "first_asked", "answers", "reason"), [
    (True, True, 3, Why.ANSWERS), (True, False, 3, None), (False, True, 3, None), (True, True, 2, None)])
def test_answers_to_a_case_are_no_article_without_the_case(passage, case, first_asked, answers, reason):
    told = tuple(replace(passage(n, *_ANSWER.split(" Whoever"), heading="Boards"), asked=n > 1 or first_asked)
                 for n in range(1, answers + 1))
    piece = Piece((), told)
    cue = cues("en")
    assert why(piece, Step.LAID, Seen(piece, cue, counted(piece, cue), case)) is reason


@pytest.mark.parametrize(("begins", "asked", "reason"), [
    ("Their harbour has two cranes and a bridge.", 3, Why.ANSWERS), ("They have two cranes and a bridge.", 3, Why.ANSWERS),
    ("The harbour at Ostmar has two cranes and a bridge.", 3, None), ("Their harbour has two cranes and a bridge.", 2, None)])
def test_answers_that_begin_with_somebody_unnamed_are_no_article(passage, begins, asked, reason):
    told = tuple(replace(passage(n, *([begins] if n == 1 else _ANSWER.split(" Whoever")), heading="Boards"),
                         asked=1 < n <= asked + 1) for n in range(1, 6))
    piece = Piece((), told)
    cue = cues("en")
    assert why(piece, Step.LAID, Seen(piece, cue, counted(piece, cue), case=True)) is reason


@pytest.mark.parametrize(("wants", "does", "headings", "reason"), [
    (1, 1, 2, None), (2, 1, 2, Why.BRIEF), (1, 2, 1, Why.BRIEF), (1, 2, 3, None)])
def test_a_case_tells_more_of_what_was_done_than_of_its_brief(passage, wants, does, headings, reason):
    brief = passage(1, *[_ANSWER] * 6 * wants)
    done = [passage(n + 2, *[_ANSWER] * (6 * does // headings), heading=f"Crane {n}") for n in range(headings)]
    piece = Piece((), (brief, *done), brief=frozenset({1}))
    assert why(piece, Step.JOINED, Seen(piece, cues("en"))) is reason
    assert why(replace(piece, brief=frozenset()), Step.JOINED, Seen(piece, cues("en"))) is None, "no case"
