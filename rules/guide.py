"""The rules as friendly guidelines for staff, in English or Dutch, made from the rules' own why and suggestion.

So the guide can never say something else than what the scan does. It goes by what people are doing when a rule speaks
up: telling about a customer, showing a screen, passing a file on. What to do stands first, why behind it; rules with
one advice share a line.
"""

from __future__ import annotations

from dataclasses import dataclass

from content.finding import Category
from rules.catalogue import Catalogue, catalogue
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class _Section:
    """What people are doing, what to keep in mind then, and which findings belong to it; English, then Dutch."""

    categories: tuple[Category, ...]
    heading: tuple[str, str]
    opening: tuple[str, str]


_SECTIONS = (
    _Section(
        (Category.CUSTOMER, Category.ORGANISATION, Category.REPUTATION),
        ("When you tell about customers and partners", "Als u over klanten en partners vertelt"),
        ("A story about a customer is a good story without the name: say what kind of company it was, and tell what "
         "you did together. With the name it needs their consent. And write nothing that you would not say with them "
         "in the room.",
         "Een verhaal over een klant is ook zonder naam een goed verhaal: zeg wat voor bedrijf het was en vertel wat u "
         "samen hebt gedaan. Met de naam erbij is toestemming nodig. En schrijf niets wat u niet zou zeggen als zij "
         "erbij zaten.")),
    _Section(
        (Category.PERSON, Category.PRIVATE, Category.CONTACT),
        ("When you write about people", "Als u over mensen schrijft"),
        ("Ask before you name somebody. Health, family, belief, money and home are nobody's business, also when "
         "everybody at work knows. An address or a number that stands in a post stays there.",
         "Vraag het voordat u iemand noemt. Gezondheid, familie, geloof, geld en huis gaan niemand iets aan, ook niet "
         "als iedereen op het werk het weet. Een adres of nummer dat in een bericht staat, blijft daar staan.")),
    _Section(
        (Category.FIGURES,),
        ("When you show figures", "Als u cijfers laat zien"),
        ("What has been published may be told. Plans, prices and results that are not out yet belong to those who will "
         "publish them; the direction is often all that your story needs.",
         "Wat gepubliceerd is, mag u vertellen. Plannen, prijzen en resultaten die nog niet bekend zijn, horen bij wie "
         "ze gaat publiceren; voor uw verhaal is de richting vaak genoeg.")),
    _Section(
        (Category.PROMISE,),
        ("When you promise something", "Als u iets belooft"),
        ("What you promise, somebody else must keep, and readers will remember it. Say what is usual, or what you "
         "measured.",
         "Wat u belooft, moet een ander waarmaken, en lezers onthouden het. Zeg wat gebruikelijk is, of wat u hebt "
         "gemeten.")),
    _Section(
        (Category.CREDENTIAL, Category.IDENTIFIER),
        ("When you show a screen, a setting or a piece of code", "Als u een scherm, een instelling of code laat zien"),
        ("What was on a slide is no secret any more: take it out and have it changed as well. Numbers of accounts, "
         "registers and machines stand for somebody; made-up ones explain just as well.",
         "Wat op een dia stond, is geen geheim meer: haal het weg en laat het ook wijzigen. Nummers van rekeningen, "
         "registers en machines wijzen iemand aan; verzonnen nummers leggen het net zo goed uit.")),
    _Section(
        (Category.CONFIDENTIAL, Category.HIDDEN, Category.UNREAD, Category.INJECTION),
        ("Before you pass the file on", "Voordat u het bestand doorgeeft"),
        ("Whoever gets the file gets all of it: hidden slides, comments, notes and whatever is inside other files. A "
         "mark is somebody's wish, so ask that person. And some text is not written for people at all.",
         "Wie het bestand krijgt, krijgt alles: verborgen dia's, opmerkingen, notities en wat er in andere bestanden "
         "zit. Een merk is iemands wens, dus vraag het die persoon. En sommige tekst is helemaal niet voor mensen "
         "geschreven.")),
    _Section(
        (Category.QUALITY,),
        ("So that somebody opens it", "Zodat iemand het opent"),
        ("Nobody opens what has no name. None of this holds you up; it helps people find your talk.",
         "Niemand opent iets zonder naam. Niets hiervan houdt u tegen; het helpt mensen uw presentatie te vinden.")),
)
_INTRO = (
    ("Before you post", "What is looked at when you share a talk: what to do, and why. Nothing of it forbids you to "
                        "share; most of it takes a minute, and the scan shows you where."),
    ("Voordat u iets plaatst", "Waarnaar wordt gekeken als u een presentatie deelt: wat u kunt doen, en waarom. Niets "
                               "ervan verbiedt u te delen; het meeste kost een minuut, en de scan wijst aan waar."),
)


def guide(language: str = "en", known: Catalogue | None = None) -> str:
    """The guide as Markdown: Dutch for "nl", English for everything else."""
    dutch = language == "nl"
    title, opening = _INTRO[dutch]
    lines = [f"# {title}", "", opening, ""]
    rules = (known or catalogue()).all
    for section in _SECTIONS:
        own = [rule for category in section.categories for rule in rules if rule.category is category]
        if own:
            lines += [f"## {section.heading[dutch]}", "", section.opening[dutch], "", *_lines(own, dutch=dutch), ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(rules: list[Rule], *, dutch: bool) -> list[str]:
    """One line for each advice, with every reason for it."""
    reasons: dict[str, list[str]] = {}
    for rule in rules:
        wording = rule.nl if dutch and rule.nl else rule
        reasons.setdefault(wording.suggestion.strip(), []).append(" ".join(wording.why.split()))
    return [f"- **{instead}** {' '.join(dict.fromkeys(why))}" if instead else f"- {' '.join(dict.fromkeys(why))}"
            for instead, why in reasons.items()]
