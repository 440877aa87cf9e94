"""What stands in for a person: the role that the text gives, "somebody" for people from elsewhere, one crowd for many.

All names are invented. The pairs of `golden/clearing.yaml` hold the rest.
"""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Settings
from rules.clearing import clear
from rules.customers import CustomerList


def cleared(language: str, people: dict[str, str], *texts: str) -> list[str]:
    """The texts of one slide, cleared of people; `people` gives each spelling its group."""
    blocks = tuple(Block(id=f"s1.b{n}", part=Part.BODY, text=text) for n, text in enumerate(texts, 1))
    doc = Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language=language,
                   units=(Unit(number=1, kind="slide", blocks=blocks),))
    found = []
    for block in blocks:
        at = 0
        while hit := min(((place, name) for name in people if (place := block.text.find(name, at)) >= 0), default=None,
                         key=lambda each: (each[0], -len(each[1]))):
            start, name = hit
            at = start + len(name)
            found.append(Finding(
                id=f"f-{block.id}-{start}", group=people[name], rule="entity.person", category=Category.PERSON,
                severity=Severity.MEDIUM, confidence=0.9, unit=1, part="body", block=block.id, start=start, end=at, text=name,
                why="named", suggestion="", label=name, mask="a colleague"))
    made = clear(doc, found, (), Settings(), CustomerList.empty()).cleared
    return [block.text for _, block in made.blocks()]


PIA = {"Pia Vermolen": "p", "Vermolen": "p", "Pia": "p"}


@pytest.mark.parametrize(("language", "before", "after"), [
    ("en", "According to Pia Vermolen, Chief Technical Officer (CTO), Northpier has nine boats.",
     "According to the chief technical officer, Northpier has nine boats."),
    ("en", "Pia Vermolen, CTO also said that ropes are dear.", "The CTO also said that ropes are dear."),
    ("en", "Pia Vermolen, dispatcher, a lovely woman.", "A dispatcher, a lovely woman."),
    ("en", "Pia Vermolen, field engineer, told us to wait.", "A field engineer told us to wait."),
    ("en", "Our planner, Pia Vermolen, stopped me at the pier.", "Our planner stopped me at the pier."),
    ("en", "Their Pia sat with us for a week.", "Their colleague sat with us for a week."),
    ("en", "What I would pay for again is Pia. Pia Vermolen came over for a week.",
     "What I would pay for again is a colleague who came over for a week."),
    ("en", "Boats are slow. I'm Pia Vermolen. Ropes are dear.", "Boats are slow. Ropes are dear."),
    ("en", "Boats are slow. Go on Pia, hold the rope up. Ropes are dear.", "Boats are slow. Ropes are dear."),
    ("nl", "Raadslid Pia Vermolen zei dat de pont traag is.", "Een raadslid zei dat de pont traag is."),
    ("nl", "En eén redacteur, Pia Vermolen, die er zelf wat aan had.", "En eén redacteur, die er zelf wat aan had."),
    ("nl", "Wat hielp was Pia. Pia Vermolen kwam een week langs.", "Wat hielp was een collega. Die kwam een week langs."),
    ("nl", "Boten zijn traag. Ik ben Pia Vermolen. Touw is duur.", "Boten zijn traag. Touw is duur."),
])
def test_a_name_becomes_what_the_text_says_of_the_person(language: str, before: str, after: str) -> None:
    assert cleared(language, PIA, before) == [after]


def test_a_heading_calls_somebody_what_the_notes_call_them() -> None:
    assert cleared("en", PIA, "What Pia Vermolen asked", "Pia Vermolen, a planner, asked for a rope.") == [
        "What a planner asked", "A planner asked for a rope."]
    assert cleared("en", PIA, "What Pia Vermolen asked", "Pia Vermolen from one of our customers asked for a rope.") == [
        "What somebody asked", "Somebody from one of our customers asked for a rope."]
    assert cleared("nl", PIA, "Wat Pia Vermolen vroeg", "Onze planner Pia Vermolen vroeg om touw.") == [
        "Wat onze planner vroeg", "Onze planner vroeg om touw."]


def test_many_in_a_row_are_a_crowd_and_two_are_not() -> None:
    people = {"Pia Vermolen": "p", "Hugo Starren": "h", "Wim Dekkers": "w"}
    assert cleared("en", people, "Thanks to Pia Vermolen, Hugo Starren and Wim Dekkers.") == ["Thanks to colleagues."]
    assert cleared("nl", people, "Met dank aan Pia Vermolen, Hugo Starren en Wim Dekkers.") == ["Met dank aan collega's."]
    assert cleared("en", people, "Pia Vermolen and Hugo Starren tied it.") == ["A colleague and another colleague tied it."]


def test_a_reference_goes_with_its_author() -> None:
    assert cleared("en", {"Vermolen": "p"}, "Boats are slow.", "Vermolen, P. & Olm, B. (2019). Ropes at sea. Harbour Press.") == [
        "Boats are slow."]
