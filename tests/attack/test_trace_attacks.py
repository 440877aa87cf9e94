"""Sentences that use the source's words to say something else, and true cuts of it that must pass."""

from __future__ import annotations

import pytest

from content.document import Block, Body, Part, Source, Unit
from content.draft import Sentence
from gates.trace import problems
from language.source import SourceIndex, index

FALSE = [
    ("Anvers beat Tilvoort in the final of the competition.", "Tilvoort beat Anvers in the final of the competition."),
    ("Sales rose to 12 stores and 40 teams.", "Sales rose to 40 stores and 12 teams."),
    ("In 2019 the board said yes, in 2021 it said no.", "In 2021 the board said yes, in 2019 it said no."),
    ("The team finds the answers within a day.", "The team fails to find the answers within a day."),
    ("It refused to answer questions of the staff.", "It answered questions of the staff."),
    ("She stopped sharing her notes.", "She is sharing her notes."),
    ("Some teams share what they know.", "All teams share what they know."),
    ("Some teams share what they know.", "Teams share what they know."),
    ("Only experts may answer.", "Experts may answer."),
    ("Almost all of the teams joined.", "All of the teams joined."),
    ("The project may save 40 hours a week.", "The project will save 40 hours a week."),
    ("The project may save 40 hours a week.", "The project saves 40 hours a week."),
    ("We plan to open an office in Tilvoort.", "We opened an office in Tilvoort."),
    ("Costs fell by 30% in the first year.", "Costs rose by 30% in the first year."),
    ("Satisfaction rose by 12 percentage points.", "Satisfaction rose by 12%."),
    ("It took 5 minutes.", "It took 5 hours."),
    ("It costs €5 million.", "It costs $5 million."),
    ("Before the pilot people wrote mails.", "After the pilot people wrote mails."),
    ("At least 40 teams joined.", "At most 40 teams joined."),
    ("It was unlikely to work.", "It was likely to work."),
    ("The old system was faster than the new system.", "The new system was faster than the old system."),
    ("She said “we learn more from questions than answers”.", "She said “we learn less from questions than answers”."),
    (("Anna built the tool.", "Bert broke the tool."), "Bert built the tool. Anna broke the tool."),
]
TRUE = [
    ("And so, as I said, people share what they know when they are asked.", "People share what they know when they are asked."),
    ("You can see that both teams share a board.", "Both teams share a board."),
    ("Here you see two titles of one question.", "Consider two titles of one question."),
    ("We did not wait for a manager.", "We didn't wait for a manager."),
    ("Answering takes 12 minutes a day.", "Answering takes twelve minutes a day."),
    ("Try to draw it in winter, and you end up with a cross over a can.", "And you end up with a cross over a can."),
    (("Ask one question.", "Write the answer down."), "Ask one question. Write the answer down."),
    ("We model the domains of the customers.", "domain"),
]
DUTCH = [
    ("Sommige teams delen wat ze weten.", "Alle teams delen wat ze weten."),
    ("De kosten daalden met 30%.", "De kosten stegen met 30%."),
    ("Niemand schreef iets op.", "Iedereen schreef iets op."),
]


def judged(source: str | tuple[str, ...], text: str, language: str = "en") -> list[str]:
    lines = (source,) if isinstance(source, str) else source
    blocks = tuple(Block(id=f"s1.b{number}", part=Part.BODY, text=line) for number, line in enumerate(lines, start=1))
    known: SourceIndex = index(Body(
        id="d", language=language, units=(Unit(number=1, kind="slide", blocks=blocks),),
        source=Source(name="x", sha256="d", media_type="x", bytes=1)))
    return list(problems(Sentence(text=text, sources=tuple(known.by_id)), known, language))


@pytest.mark.parametrize(("source", "text"), FALSE)
def test_the_same_words_with_another_meaning_are_refused(source, text):
    found = judged(source, text)
    assert found and not any(text in problem for problem in found)


@pytest.mark.parametrize(("source", "text"), DUTCH)
def test_in_dutch_too(source, text):
    assert judged(source, text, "nl")


@pytest.mark.parametrize(("source", "text"), TRUE)
def test_a_true_cut_passes(source, text):
    assert not judged(source, text)
