"""What points back into a private sentence goes with it, and a story about something else stays."""

from __future__ import annotations

import pytest

from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.finding import Finding
from content.settings import Settings
from rules import scan
from rules.clearing import clear
from rules.customers import CustomerList
from rules.goes_with import RULE

ILL = "Our planner was off sick for three months with a burn-out."
ZIEK = "Onze planner zat twee maanden ziek thuis met een burn-out."


def deck(*slides: tuple[str, ...], language: str = "en") -> Document:
    """Slides of blocks; a block that begins with "/" stands in the notes."""
    units = tuple(
        Unit(number=number, kind="slide", blocks=tuple(
            Block(id=f"s{number}.b{at}", part=Part.NOTES if text[0] == "/" else Part.BODY, text=text.lstrip("/"))
            for at, text in enumerate(slide, 1)))
        for number, slide in enumerate(slides, 1))
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language, units=units)


def found(document: Document) -> tuple[Finding, ...]:
    return scan(document, CustomerList.empty(), Settings())


def follows(document: Document) -> list[str]:
    return [each.text for each in found(document) if each.rule == RULE]


def cleared(document: Document, *decisions: Decision) -> str:
    made = clear(document, found(document), decisions, Settings(), CustomerList.empty()).cleared
    return "\n".join(block.text for _, block in made.blocks())


@pytest.mark.parametrize(("after", "language"), [
    ("His answers grew shorter and then they stopped.", "en"),
    ("On the board one could see it: his answers grew shorter.", "en"),
    ("We saw it in the figures first, and I am not proud of that.", "en"),
    ("That was hard for all of us.", "en"),
    ("Somebody who knows him well calls now.", "en"),
    ("Op het bord was het te zien: zijn antwoorden werden korter.", "nl"),
    ("Hij antwoordde steeds minder.", "nl"),
    ("Wij zagen het pas te laat.", "nl"),
    ("Dat hadden wij eerder moeten zien.", "nl"),
    ("Nu belt iemand die hem goed kent.", "nl"),
])
def test_what_points_back_goes_with_it(after: str, language: str) -> None:
    ill = ILL if language == "en" else ZIEK
    document = deck((f"/Watch the board. {ill} {after}",) if language == "en" else (f"/Kijk naar het bord. {ill} {after}",),
                    language=language)
    assert follows(document) == [after]
    assert cleared(document) == ("Watch the board." if language == "en" else "Kijk naar het bord.")


@pytest.mark.parametrize(("after", "language"), [
    ("So the rule is simple.", "en"),
    ("The pump stood still, and nobody had oiled it.", "en"),
    ("It is easy to see who stops.", "en"),
    ("Our welder lost his key that week.", "en"),
    ("Pia Vermolen asked why her question was old.", "en"),
    ("We have a rule that the board is not mentioned.", "en"),
    ("De regel is eenvoudig.", "nl"),
    ("De pomp stond stil, en niemand had hem gesmeerd.", "nl"),
    ("Zijn er nog vragen?", "nl"),
    ("Onze lasser was die week zijn sleutel kwijt.", "nl"),
    ("Het is makkelijk om te zien wie stopt.", "nl"),
    ("Dat bord hangt in de kantine.", "nl"),
])
def test_a_story_about_something_else_stays(after: str, language: str) -> None:
    ill = ILL if language == "en" else ZIEK
    assert follows(deck((f"/{ill} {after}",), language=language)) == []


def test_a_pronoun_reaches_over_one_sentence_that_speaks_of_nobody_and_no_further() -> None:
    assert follows(deck((f"/{ILL} The rule is simple. His answers had grown shorter.",))) == ["His answers had grown shorter."]
    assert follows(deck((f"/{ILL} The rule is simple. A board is enough. His answers had grown shorter.",))) == []


def test_it_joins_blocks_only_by_its_first_word() -> None:
    assert follows(deck((ILL, "His work is done by two others now"))) == ["His work is done by two others now"]
    assert follows(deck((ILL, "Ask what his work was"))) == []
    assert follows(deck((ILL, "It was hard"))) == []


def test_it_joins_slides_only_by_the_first_word() -> None:
    assert follows(deck((f"/{ILL}",), ("Title", "/His answers had grown shorter."))) == ["His answers had grown shorter."]
    assert follows(deck((f"/{ILL}",), ("Title", "/The board hangs there. His answers had grown shorter."))) == []
    assert follows(deck((f"/{ILL}",), ("Title",), ("Other", "/His answers had grown shorter."))) == []


def test_a_plain_name_takes_nothing_with_it() -> None:
    assert follows(deck(("/Pia Vermolen built the board. Her answers are short.",))) == []


def test_one_decision_on_the_group_is_for_both() -> None:
    document = deck((f"/{ILL} His answers grew shorter.",))
    findings = found(document)
    (group,) = {each.group for each in findings if each.category == "private"}
    keep = Decision(group=group, action=Action.KEEP, reason="he tells it himself", by="HR", at="2026-01-05")
    assert cleared(document, keep) == f"{ILL} His answers grew shorter."
    remove = Decision(group=group, action=Action.REMOVE, by="HR", at="2026-01-05")
    assert cleared(document, remove) == ""


def test_other_words_for_the_first_are_no_words_for_the_second() -> None:
    document = deck((f"/{ILL} His answers grew shorter.",))
    (group,) = {each.group for each in found(document) if each.category == "private"}
    said = Decision(group=group, action=Action.REPLACE, text="away", by="HR", at="2026-01-05")
    assert "answers" not in cleared(document, said)
