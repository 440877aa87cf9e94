"""Names in nasty spellings and decisions that contradict each other: nothing withheld stays, and the gate agrees."""

from __future__ import annotations

import html
import urllib.parse

import pytest

import rules
from content.decision import Action, Decision
from content.settings import Settings
from gates.leak_search import Search
from language.fold import seen

FULL = ["Quarnholm Logistics lost three weeks in every project.", "Pellgrave Marine trains its captains on board."]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, seen(text).lower()))


@pytest.mark.parametrize("line", [
    "Quarn\nholm opened the door to us.", "Quarn\vholm opened the door.", "Quarn holm opened the door.",
    "myquarnholm is what they call the site.", "The Quarnholmian way of working is slow.", "Quarnholmʼs planners told us so.",
    "**Quarn**holm said so last week.", "<b>Quarn</b>holm said so last week.", "Qu&#97;rnholm said so last week.",
    "Qu%61rnholm said so last week.", "Q\u00aduarn\u200bholm opened the door.", "Quarn\U0010ff00holm opened the door.",
    "Quarn\ue000holm opened the door to us.",
])
def test_no_spelling_of_a_name_survives(cleared, line, document, text_of):
    clearing = cleared(document([[text] for text in [*FULL, line]]))
    left = text_of(clearing)
    assert "quarnholm" not in letters(urllib.parse.unquote(html.unescape(left.replace("<b>", "").replace("</b>", ""))))
    assert not Search(clearing.withheld.strings).find(left)


def test_a_name_that_a_line_break_cuts_in_two_blocks(cleared, document, text_of):
    clearing = cleared(document([["What we did for Brantle &", "Moor Retail in spring"], ["The planners of Quarn-", "holm Logistics told us"]]))
    left = text_of(clearing).lower()
    assert not any(word in left for word in ("brantle", "moor", "quarn", "holm"))


def test_a_line_that_ends_or_belongs_elsewhere_is_not_read_on(cleared, document, text_of):
    left = text_of(cleared(document([["We met Pellgrave."], ["Marine life is rich.", "Bread and milk.", "Ostvik.", "Foods we like."]])))
    assert "Marine life is rich." in left and "Foods we like." in left


def test_an_ordinary_word_that_is_a_name_refuses_no_pack(cleared, document, text_of):
    clearing = cleared(document([["Our customer Lantern signed in May and pays us well."], ["Carry a lantern in the dark."]]))
    assert "Carry a lantern in the dark." in text_of(clearing)
    assert "Lantern" not in text_of(clearing)
    assert not Search(clearing.withheld.strings).find(text_of(clearing))


def _findings(made, customers):
    return [each for each in rules.scan(made, customers, Settings()) if each.category.value == "customer"]


def test_what_is_kept_and_what_is_removed_of_one_customer_go_together(cleared, customers, document, text_of):
    made = document([["Quarnholm Logistics shared its recipes."], ["At Quarnholm the plants compete every month."]])
    first, second = _findings(made, customers)
    clearing = cleared(made, Decision(group=first.group, action=Action.REMOVE),
                       Decision(finding=first.id, action=Action.KEEP, reason="they agreed"))
    assert text_of(clearing).startswith("Quarnholm Logistics shared")
    assert "At Quarnholm" not in text_of(clearing) and second.group == first.group
    assert not Search(clearing.withheld.strings).find(text_of(clearing))


def test_a_kept_sentence_shields_no_other_name(cleared, customers, document, text_of):
    made = document([["Quarnholm Logistics lost three weeks because Pellgrave Marine was late, as always."],
                     ["Pellgrave Marine trains its captains on board."]])
    names = {each.text: each for each in _findings(made, customers)}
    everything = [Decision(group=group, action=Action.KEEP, reason="fine") for group in
                  {each.group for each in rules.scan(made, customers, Settings())} - {names["Pellgrave Marine"].group}]
    left = text_of(cleared(made, *everything))
    assert "Quarnholm Logistics" in left and "Pellgrave" not in left


@pytest.mark.parametrize("instead", ["a rival of Pellgrave Marine", "Pellgrave Marine", "Ostvik Foods", "Quarnholm Logistics AS"])
def test_the_words_in_the_place_of_a_name_name_nobody_else(cleared, customers, instead, document, text_of):
    made = document([["Quarnholm Logistics shared its recipes."], ["Pellgrave Marine trains its captains on board."]])
    group = _findings(made, customers)[0].group
    left = text_of(cleared(made, Decision(group=group, action=Action.REPLACE, text=instead)))
    assert not any(name in left for name in ("Pellgrave", "Ostvik", "Quarnholm"))


def test_a_hidden_slide_that_repeats_a_visible_line_forbids_it_not(cleared, document, text_of):
    made = document([["Ask one question each week, and write the answer down."],
                     ["Ask one question each week – and write the answer down."]], hidden=[2])
    clearing = cleared(made)
    assert not Search(clearing.withheld.strings).find(text_of(clearing))


def test_group_ids_cannot_be_guessed_from_the_pack(cleared, customers, document):
    """With the public hash of the file alone nobody can find out which name gives a group's digits."""
    made = document([["Quarnholm Logistics shared its recipes."]])
    (finding,) = _findings(made, customers)
    other = made.model_copy(update={"key": "another"})
    assert _findings(other, customers)[0].group != finding.group
    assert _findings(other, customers)[0].id != finding.id
    assert cleared(made).cleared.clearing != cleared(other).cleared.clearing


def test_what_nobody_sees_is_not_passed_on(cleared, document, text_of):
    left = text_of(cleared(document([["People \u202ewrite\u202c an\u00adswers \x1b[31m\U0010ff000\U0010ff01 at\u2060 work."]])))
    assert left == "People write answers [31m0 at work."
