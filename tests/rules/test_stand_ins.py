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


def cleared(language: str, people: dict[str, str], *texts: str, part: Part = Part.BODY) -> list[str]:
    """The texts of one slide, cleared of people; `people` gives each spelling its group."""
    blocks = tuple(Block(id=f"s1.b{n}", part=part, text=text) for n, text in enumerate(texts, 1))
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
    ("en", "— Sister Pia Vermolen, Quay 11", "— A colleague, Quay 11"),
    ("en", "We asked Sister Pia and Captain Vermolen's crew.", "We asked a colleague and the colleague's crew."),
    ("en", "Doctor Vermolen asked.", "A doctor asked."),
    ("en", "Pia Vermolen, porter, nights. Pia ties ropes.", "A porter, nights. The porter ties ropes."),
    ("en", "Pia Vermolen, harbour manager, Kelling", "A harbour manager, Kelling"),
    ("en", "—Pia Vermolen CTO", "—The CTO"),
    ("en", "A staff nurse, Pia, three weeks qualified, told me to wait.", "A staff nurse, three weeks qualified, told me to wait."),
    ("en", "Our planner, Pia, stopped me and said, no more ropes.", "Our planner stopped me and said, no more ropes."),
    ("en", "So on the Monday after Pia we changed five things.", "So on the Monday after that we changed five things."),
    ("en", "After Pia posted it we slept.", "After a colleague posted it we slept."),
    ("en", "We looked after Pia, and she liked it.", "We looked after a colleague, and she liked it."),
    ("en", "At four a cleaner called Pia walks by.", "At four a cleaner walks by."),
    ("en", "Every shift has one, ours is called Pia and she's worth it.", "Every shift has one, ours is a colleague and she's worth it."),
    ("en", "A cleaner called Pia walks by. And Pia had known.", "A cleaner walks by. And the cleaner had known."),
    ("en", 'He would reply "Great question Pia!" and smile.', 'He would reply "Great question!" and smile.'),
    ("en", "It was fun. Pia laughed!", "It was fun. A colleague laughed!"),
    ("en", "We miss you, Pia. Ropes are dear.", "We miss you. Ropes are dear."),
    ("en", "Shout if not, I am on till six. Pia", "Shout if not, I am on till six."),
    ("en", "Shout if not, I am on till 6. Pia\"", "Shout if not, I am on till 6.\""),
    ("en", "All went well until we met Mr. Pia.", "All went well until we met a colleague."),
    ("en", "Same rope, same knot. Left, Pia in May. Right, Pia in July. Nothing else has changed.",
     "Same rope, same knot. Nothing else has changed."),
    ("en", "Pia, I have said it to all of them since.", "I have said it to all of them since."),
    ("en", "Brackmoor University, Dr Pia Vermolen's group", "Brackmoor University, a researcher's group"),
    ("nl", "Zuster Pia kwam langs.", "Een collega kwam langs."),
    ("nl", "Pia Vermolen, havenmeester en planner, ging mee.", "Een collega, havenmeester en planner, ging mee."),
    ("nl", "Op de maandag na Pia veranderden we alles.", "Op de maandag daarna veranderden we alles."),
    ("nl", "Een schoonmaker genaamd Pia kwam langs.", "Een schoonmaker kwam langs."),
    ("nl", "Onze heet Pia en dat weet iedereen.", "Onze is een collega en dat weet iedereen."),
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
    assert cleared("en", people, "Thanks to Wendo, Pia Vermolen, Hugo Starren and Wim Dekkers.") == [
        "Thanks to Wendo and colleagues."]
    assert cleared("en", people, "Pia Vermolen and Hugo Starren tied it.") == ["A colleague and another colleague tied it."]


def test_a_reference_goes_with_its_author() -> None:
    assert cleared("en", {"Vermolen": "p"}, "Boats are slow.", "Vermolen, P. & Olm, B. (2019). Ropes at sea. Harbour Press.") == [
        "Boats are slow."]


def test_notes_are_read_in_a_row_and_lines_of_a_slide_are_not() -> None:
    people = {**PIA, "Hugo Starren": "h", "Hugo": "h"}
    said = ("Pia Vermolen asked.", "Hugo Starren asked too.", "Pia went home.")
    assert cleared("en", people, *said, part=Part.NOTES) == [
        "A colleague asked.", "Another colleague asked too.", "The colleague went home."]
    assert cleared("en", people, *said) == ["A colleague asked.", "A colleague asked too.", "A colleague went home."]
    assert cleared("nl", PIA, "Pia Vermolen vroeg het.", "Toen ging Pia naar huis.", part=Part.NOTES) == [
        "Een collega vroeg het.", "Toen ging de collega naar huis."]


def test_somebody_whose_role_is_known_is_called_by_it_further_on() -> None:
    assert cleared("en", PIA, "Their Pia sat with us.", "Pia Vermolen, dispatcher, knew why.", "I took Pia along.",
                   part=Part.NOTES) == ["Their dispatcher sat with us.", "The dispatcher knew why.", "I took the dispatcher along."]
    assert cleared("en", PIA, "Their Pia sat with us.", "I took Pia along.", part=Part.NOTES) == [
        "Their colleague sat with us.", "I took the colleague along."]


def test_a_title_says_less_than_where_somebody_is_from() -> None:
    assert cleared("en", PIA, "Brackmoor University, Dr Pia Vermolen's group", "Doctor Pia Vermolen has a group there.",
                   part=Part.NOTES) == ["Brackmoor University, a researcher's group", "The researcher has a group there."]


@pytest.mark.parametrize(("language", "before", "after"), [
    ("en", "This time the board's own engineer, Pia Vermolen, stood up at the back.",
     "This time the board's own engineer stood up at the back."),
    ("en", "And then there is Pia. Pia Vermolen, staff nurse at the harbour. It was dark.",
     "And then there is a staff nurse at the harbour. It was dark."),
    ("en", "One of the photographs from the Vermolen farm is torn.", "One of the photographs from the farm is torn."),
    ("en", "The Pia who came was late.", "The colleague who came was late."),
])
def test_a_stand_in_leaves_no_comma_and_no_second_noun(language: str, before: str, after: str) -> None:
    assert cleared(language, PIA, before) == [after]


def test_nobody_is_of_the_office_that_the_role_names() -> None:
    assert cleared("nl", PIA, "Onze griffier Pia Vermolen hielp.", "Pia van de griffie: een halve dag")[1] == (
        "Onze griffier: een halve dag")
