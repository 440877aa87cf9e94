"""A rule for anybody, what somebody once tried, and an idiom hold no pack; what is near to them does."""

from __future__ import annotations

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.finding import Severity
from content.settings import Settings
from rules import scan
from rules.customers import CustomerList
from rules.tongues import tongues_of


def held(text: str) -> list[str]:
    """The rules that hold a slide with a text."""
    document = Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), language="en",
                        units=(Unit(number=1, kind="slide"), Unit(number=2, kind="slide", blocks=(
                            Block(id="s2.b1", part=Part.NOTES, text=text),))))
    document = document.model_copy(update={"language": tongues_of(document).get("s2.b1", "en")})
    return [each.rule for each in scan(document, CustomerList.empty(), Settings()) if each.severity.at_least(Severity.MEDIUM)]


@pytest.mark.parametrize("text", [
    "If one of them is ill and we find nobody else, the pier stays shut.", "If anybody on the crew is off sick, we do not sail.",
    "It survives a wet March with four volunteers off sick.", "Als een van ons ziek is en er is niemand anders, blijft de pont dicht.",
    "I cannot tell you how much our pilot loved that map.", "Ik wil niet dat u ja zegt om het geld.",
    "We tried a fixed price, and people began to complain.", "We hebben een vaste prijs geprobeerd, en dat werkte niet.",
    'Our automatic reply: "Thank you! We answer within one working day"',
    'Ons automatische antwoord: "Dank u! We reageren binnen een werkdag"', "What a batch gives you for free",
    "Ask whether the shop still owes them a repair under its guarantee.", "What is over in December goes into a tool box.",
    "Telephone again, and longer: 8.00 - 16.30", "A van on hire: it depends, so just say \"probably\".",
    "It cost £55 and we have never regretted it.",
])
def test_a_rule_a_story_of_the_past_and_an_idiom_hold_nothing(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize("text", [
    "Our planner is ill again, so the pier stays shut.", "When our planner was off sick with a burn-out, the pier was shut.",
    "Two of our pilots are off sick with a burn-out.", "I cannot tell you how much they pay us.", "Ze wil niet dat haar naam bekend wordt.",
    "We give you a fixed price for five years.", "We answer every mail within one working day.", "Support is free of charge for you.",
    "Our repair comes with a guarantee of ten years.", "The tool will be available in December.", "Call 020 7946 0958 for support.",
    "It cost us £5,500 a year.", "Als onze planner ziek thuis zit, valt het stil.",
])
def test_what_is_near_to_those_is_held(text: str) -> None:
    assert held(text)
