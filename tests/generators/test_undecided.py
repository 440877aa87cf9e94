"""A unit with something open that is read into the rest gives nothing short until it is decided: end to end, from a file."""

from __future__ import annotations

import pytest

from content.cleared import ClearedDocument
from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.draft import Draft
from content.finding import Category, Finding, Severity
from content.settings import Settings
from content.topic import Topic
from generators.cards import GENERATOR as CARDS
from generators.carousel import GENERATOR as CAROUSEL
from generators.context import Context, prepare
from generators.heads_up import GENERATOR as HEADS_UP
from generators.interview import GENERATOR as INTERVIEW
from generators.quotable import standing
from generators.social import GENERATOR as SOCIAL
from generators.webchat import GENERATOR as WEBCHAT
from generators.webchat import own_questions
from rules.clearing import clear
from rules.customers import CustomerList

SHORT = (SOCIAL, CARDS, CAROUSEL, WEBCHAT, INTERVIEW, HEADS_UP)
SLIDES = {
    1: ("The board in the hall", "A board shows what a team knows. We counted 412 questions in a year. "
        "A good question saves 12 hours of work. Write the answer below the question. Keep every answer for a year."),
    2: ("Who asks the most", "The chief of Quarnwick never answered a letter. Some companies ask forty times and never say a word. "
        "One company asked 212 questions in a week. Never let a customer wait for an answer. Why do companies ask so often? "
        "They ask because nobody told them before."),
    3: ("What the board costs", "A board costs nothing but twelve minutes a day. Put the board where people drink coffee. "
        "Nobody needs a course to read a board. What does a team need first? It needs a wall and a pen."),
}
#: The sentences of slide 2 that are not the finding.
LEFT = ("forty times", "212 questions", "customer wait", "ask so often", "Who asks the most")


def document() -> Document:
    units = tuple(Unit(number=n, kind="slide", title=title, blocks=(
        Block(id=f"s{n}.b1", part=Part.TITLE, text=title), Block(id=f"s{n}.b2", part=Part.NOTES, text=notes)))
        for n, (title, notes) in SLIDES.items())
    return Document(id="d" * 64, source=Source(name="talk.pptx", sha256="d" * 64, media_type="x/y", bytes=1), language="en",
                    title="The board", units=units)


def finding(category: Category) -> Finding:
    text = "The chief of Quarnwick never answered a letter."
    return Finding(id="f-1", group=f"{category.value}-1", rule=f"{category.value}.test", category=category,
                   severity=Severity.MEDIUM, confidence=0.9, unit=2, part="notes", block="s2.b2", start=0, end=len(text), text=text,
                   why="because", suggestion="")


def cleared(category: Category, *decisions: Decision) -> ClearedDocument:
    return clear(document(), (finding(category),), decisions, Settings(), CustomerList.empty()).cleared


def context(made: ClearedDocument) -> Context:
    return prepare(made, (Topic(number=1, title="The board in the hall", first=1, last=3, keyphrases=("board", "question")),),
                   held=bool(made.open_findings), audio=False)


def said(made: ClearedDocument) -> str:
    drafts: list[Draft] = [draft for each in SHORT for draft in each.drafts(context(made))]
    assert {draft.kind for draft in drafts} >= {"social", "card", "interview"}
    return "\n".join(draft.text for draft in drafts)


@pytest.mark.parametrize("category", [Category.REPUTATION, Category.PRIVATE, Category.HIDDEN])
def test_an_open_unit_gives_nothing_short(category: Category) -> None:
    made = cleared(category)
    assert made.open_units == {2}
    text = said(made)
    assert "412" in text and not [each for each in LEFT if each in text]


def test_nobody_asks_about_it_and_nothing_of_it_stands_alone() -> None:
    decided = Decision(finding="f-1", action=Action.REMOVE, by="communication", at="2026-01-05")
    for made, wanted in ((cleared(Category.REPUTATION), False), (cleared(Category.REPUTATION, decided), True)):
        ready = context(made)
        (material,) = ready.materials
        asked = [question.text for question, _ in own_questions(material, "en")]
        assert any("ask so often" in text for text in asked) is wanted
        lines = [sentence.text for sentence in (*standing(material, ready), *material.best, *material.numbers)]
        assert any(each in text for text in lines for each in LEFT) is wanted


def test_it_stays_in_the_long_form_where_it_has_its_context() -> None:
    (material,) = context(cleared(Category.REPUTATION)).materials
    assert [passage.unit for passage in material.passages] == [1, 2, 3]
    assert [passage.unit for passage in material.settled] == [1, 3]


def test_once_decided_it_is_as_decided() -> None:
    keep = Decision(finding="f-1", action=Action.KEEP, reason="they agreed", by="communication", at="2026-01-05")
    made = cleared(Category.REPUTATION, keep)
    assert made.open_units == frozenset()
    assert any(each in said(made) for each in LEFT)
    gone = cleared(Category.REPUTATION, Decision(finding="f-1", action=Action.REMOVE, by="communication", at="2026-01-05"))
    assert gone.open_units == frozenset() and "Quarnwick" not in said(gone)


def test_another_open_finding_is_masked_and_closes_no_unit() -> None:
    assert cleared(Category.FIGURES).open_units == frozenset()
