"""Bullets become sentences only where that is safe, keep their order, and lists stay lists."""

from __future__ import annotations

import pytest

from generators.material import Passage
from generators.prose_cues import cues


def _prose(passages: tuple[Passage, ...]) -> list[str]:
    return [s.text for p in passages for s in p.prose]


def _lists(passages: tuple[Passage, ...]) -> list[tuple[str, list[str]]]:
    return [(each.lead.text if each.lead else "", [i.text for i in each.items]) for p in passages for each in p.lists]


def test_sentences_get_a_capital_and_a_full_stop(slide, context) -> None:
    ready = context((slide(1, "Answers", ("the board answers most questions", "Nobody reads the manual any more")),))
    assert _prose(ready.materials[0].passages) == ["The board answers most questions.", "Nobody reads the manual any more."]


def test_noun_lists_stay_lists_in_their_order(slide, context) -> None:
    ready = context((slide(1, "Parts", ("Housing of cast iron", "Seal with a lip", "Motor and gearbox")),))
    assert _prose(ready.materials[0].passages) == []
    assert _lists(ready.materials[0].passages) == [("", ["Housing of cast iron", "Seal with a lip", "Motor and gearbox"])]


def test_a_parent_leads_its_children(slide, context) -> None:
    ready = context((slide(1, "Costs", ("What we bought", (1, "Two tablets"), (1, "A pillar with a socket"),
                                        (1, "Forty metres of cable for the hall"), (1, "A lamp"), (1, "Tape"))),))
    assert _lists(ready.materials[0].passages)[0][0] == "What we bought:"
    assert _lists(ready.materials[0].passages)[0][1][0] == "Two tablets"


def test_verbs_take_the_title_as_subject_when_the_deck_knows_it(slide, context) -> None:
    again = tuple(slide(n, f"Part {n}", (), ("The Local Cluster runs on every laptop in the workshop.",)) for n in (2, 3, 4))
    ready = context((slide(1, "Local Cluster", ("Provides a test bench for new pumps", "Can be managed from any laptop")), *again))
    said = _prose(ready.materials[0].passages)
    assert said[:2] == ["Local Cluster provides a test bench for new pumps.", "It can be managed from any laptop."]
    assert ready.materials[0].passages[0].prose[0].sources == ("s1.b1.1", "s1.b2.1")


def test_a_title_that_is_no_thing_is_never_a_subject(slide, context) -> None:
    ready = context((slide(1, "One stop shop for everybody", ("Provides a test bench", "Can be managed from any laptop")),))
    assert not any("One stop shop" in text for text in _prose(ready.materials[0].passages))


def test_a_negation_keeps_its_word(slide, context) -> None:
    ready = context((slide(1, "The board", ("No log-in for readers", "Everybody can see the question", "It has no ranks")),))
    assert _prose(ready.materials[0].passages)[0] == "There is no log-in for readers."


def test_questions_of_a_checklist_stay_a_list(slide, context) -> None:
    asked = ("Is there one question every week?", "Do two people know the answer?", "Is there a place to put it?")
    ready = context((slide(1, "Are we ready?", asked),))
    assert _lists(ready.materials[0].passages) == [("", list(asked))]


def test_an_alone_quotation_takes_its_credit(slide, context) -> None:
    ready = context((slide(1, "Voices", ("“Ask once in the open and a hundred people can read it.”", "— Ada Example")),))
    (passage,) = ready.materials[0].passages
    assert _prose([passage]) == ["“Ask once in the open and a hundred people can read it.”"]
    assert passage.quoted
    assert passage.speaker is not None
    assert passage.speaker.text == "Ada Example"


def test_capitals_are_calmed_and_known_words_keep_theirs(slide, context) -> None:
    ready = context((slide(1, "HOW THE NASA ANSWERS", (), ("We asked the NASA how they answer questions of visitors.",)),))
    assert ready.materials[0].passages[0].heading.text == "How the NASA answers"


def test_dutch_works_without_a_model(slide, context) -> None:
    ready = context((slide(1, "Het bord", ("Het bord is van iedereen in de hal", "Niemand hoeft eerst in te loggen")),), language="nl")
    assert _prose(ready.materials[0].passages) == ["Het bord is van iedereen in de hal.", "Niemand hoeft eerst in te loggen."]


def test_what_stands_below_a_bullet_is_said_once(slide, context) -> None:
    ready = context((slide(1, "Causes", ("Root causes of failing calls are", (1, "Loop back protection"), (1, "Secured services"),
                                         (2, "Embedded credentials"), (2, "A missing section"), (1, "Network setup"))),))
    said = [text for _, items in _lists(ready.materials[0].passages) for text in items]
    assert sum("Embedded credentials" in text for text in said) == 1
    assert sum("A missing section" in text for text in said) == 1


def test_a_wish_or_a_deed_is_no_statement(slide, context) -> None:
    wished = ("New people useful in weeks", "No log-in for readers", "Everybody can see the question")
    ready = context((slide(1, "Three things we wanted", wished),))
    assert not any("There is no" in text for text in _prose(ready.materials[0].passages))
    driving = ("No engineer driving to the same site twice", "Everybody can see the question", "It has no ranks")
    ready = context((slide(1, "The board", driving),))
    assert not any("There is no engineer" in text for text in _prose(ready.materials[0].passages))


def test_sayings_with_their_answers_stay_whole(slide, context) -> None:
    said = ("“We have no time.” You have it twice, once to search and once to guess",
            "“People will write nonsense.” They will, with their name under it")
    ready = context((slide(1, "What to say", said),))
    assert _lists(ready.materials[0].passages) == [("", list(said))]


def test_a_slogan_between_quotation_marks_has_nobody_to_credit(slide, context) -> None:
    ready = context((slide(1, "Mirroring", ("“Backup, Restore, Repeat”", "Read-only secondary copies of the data")),))
    assert not any("—" in text for _, items in _lists(ready.materials[0].passages) for text in items)
    assert not any("—" in text for text in _prose(ready.materials[0].passages))


def test_what_hangs_on_a_line_is_joined_to_it(slide, context) -> None:
    lines = ("Managed relational service", "(Example RDS)", "Options that are not", "available in the service", "Two regions")
    ready = context((slide(1, "Where to run it", lines),))
    assert _lists(ready.materials[0].passages)[0][1] == [
        "Managed relational service (Example RDS)", "Options that are not available in the service", "Two regions"]


@pytest.mark.parametrize(("noun", "language", "several"), [
    ("locks", "en", True), ("people", "en", True), ("token", "en", False), ("bus", "en", False), ("DNS", "en", False),
    ("sloten", "nl", True), ("stoelen", "nl", True), ("foto's", "nl", True), ("slot", "nl", False), ("bus", "nl", False)])
def test_a_plural_is_one_of_its_own_language(noun: str, language: str, several: bool) -> None:
    assert cues(language).has("plural", noun) is several
