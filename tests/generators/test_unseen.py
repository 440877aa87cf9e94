"""What a sentence needs that its piece does not hold. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.prose_cues import cues
from generators.unseen import Lack, Seen, cut, explained, in_rows, lacks, names_in, of_the_talk, unlabelled
from language.words import content_words

_NONE: frozenset[str] = frozenset()
_ALONE = Seen(_NONE, _NONE, _NONE, _NONE, _NONE)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "This is the yard of our mill."), ("en", "And here it is."), ("en", "Look at the miller on the ladder."),
    ("nl", "Dit is de werf van onze molen."), ("nl", "En daar is hij."), ("nl", "Kijk eens naar de molenaar op de ladder.")])
def test_a_sentence_over_a_picture_points_at_it(language, text) -> None:
    assert lacks(text, True, replace(_ALONE, picture=True), cues(language)) is Lack.PICTURE
    assert lacks(text, False, _ALONE, cues(language)) is None


@pytest.mark.parametrize(("language", "text"), [
    ("en", "This is the reason for the new dam."), ("en", "The yard is wet in spring."), ("en", "This mill was ours."),
    ("nl", "Dit is de reden voor de nieuwe dam."), ("nl", "De werf is nat in het voorjaar.")])
def test_what_states_something_over_a_picture_points_at_nothing(language, text) -> None:
    assert lacks(text, True, replace(_ALONE, picture=True), cues(language)) is None


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "And now the third box, the one with the lid.", Lack.BOX), ("en", "And there's the second.", Lack.BOX),
    ("en", "The last bullet is the best.", Lack.BOX), ("en", "The big one is the fifth line.", Lack.BOX),
    ("en", "He opened the third box with a knife.", None), ("en", "The third sack was wet.", None),
    ("nl", "En nu het derde vakje.", Lack.BOX), ("nl", "En daar is de tweede.", Lack.BOX),
    ("nl", "Het laatste bolletje is het mooiste.", Lack.BOX), ("nl", "De derde zak was nat.", None),
    ("en", "We come back to the dam in the last chapter.", Lack.POINTER),
    ("en", "More about sluices stands in the handbook of the board.", Lack.POINTER),
    ("en", "We return to the river every spring.", None), ("en", "More is in the sack than on the scales.", None),
    ("nl", "We komen daar in de discussie op terug.", Lack.POINTER), ("nl", "Meer over sluizen staat in het handboek.", Lack.POINTER),
    ("nl", "We komen elk voorjaar terug bij de rivier.", None)])
def test_boxes_and_pointers_are_known(language, text, expected) -> None:
    assert lacks(text, False, _ALONE, cues(language)) is expected


def test_a_line_of_a_table_that_is_printed_may_be_pointed_at() -> None:
    text = "Do not look at the flour, look at the third line."
    assert lacks(text, False, _ALONE, cues("en")) is Lack.BOX
    assert lacks(text, False, replace(_ALONE, table=True), cues("en")) is None


@pytest.mark.parametrize(("language", "text"), [
    ("en", "This article describes how the dam was built and what it cost."), ("en", "Section 4 gives the figures of the mill."),
    ("nl", "Dit artikel beschrijft hoe de dam werd gebouwd."), ("nl", "Hoofdstuk 4 geeft de cijfers van de molen.")])
def test_what_announces_the_whole_is_no_part_of_a_part(language, text) -> None:
    assert lacks(text, False, replace(_ALONE, part=True), cues(language)) is Lack.WHOLE
    assert lacks(text, False, _ALONE, cues(language)) is None


@pytest.mark.parametrize(("language", "text", "word"), [
    ("en", "In the last course somebody fell into the race.", "course"),
    ("nl", "In de vorige cursus viel iemand in de beek.", "cursus")])
def test_others_are_strange_where_nothing_named_them(language, text, word) -> None:
    assert lacks(text, False, _ALONE, cues(language)) is Lack.GROUP
    assert lacks(text, False, replace(_ALONE, words=content_words(word, language)), cues(language)) is None


def test_a_label_is_strange_where_only_another_part_explains_it() -> None:
    known = in_rows(explained(("W1 Wind: it turns the cap", "W2 Water, the second wish", "a third wish (W3)", "A1 Inn")))
    assert known == {"W1", "W2", "W3"}
    seen = replace(_ALONE, known=known)
    assert lacks("W2 was mere luck.", False, seen, cues("en")) is Lack.LABEL
    assert lacks("W2 was mere luck.", False, replace(seen, labels=frozenset({"W2"})), cues("en")) is None
    assert lacks("The A1 was closed.", False, seen, cues("en")) is None
    assert lacks("The dam (see W2:2019-Water) was repaired.", False, seen, cues("en")) is None
    assert cut("That is water, W2.", seen, cues("en")) == "That is water."
    assert (unlabelled("W1 Wind turns the cap", known), unlabelled("A1 by night", known)) == ("Wind turns the cap", "A1 by night")


@pytest.mark.parametrize(("language", "text", "told"), [
    ("en", "Berend's ladder.", "We asked Berend for his."), ("nl", "Berends ladder.", "We vroegen Berend om de zijne.")])
def test_somebody_who_is_only_named_is_strange(language, text, told) -> None:
    seen = replace(_ALONE, names=names_in([told]))
    assert lacks(text, False, seen, cues(language)) is Lack.PERSON
    assert lacks(text, False, replace(seen, met=seen.names), cues(language)) is None
    assert lacks(text, False, _ALONE, cues(language)) is None


@pytest.mark.parametrize(("language", "text", "left"), [
    ("en", "Then, the red one, a boy from the mill.", "Then, a boy from the mill."),
    ("en", "The dyers do it better, see their page on indigo.", "The dyers do it better."),
    ("en", "It took a year, so I kept my promise by a week.", "It took a year."),
    ("en", "The red one, which leaks, is ours.", "The red one, which leaks, is ours."),
    ("nl", "Dan, de rode, een jongen van de molen.", "Dan, een jongen van de molen."),
    ("nl", "De ververs doen het beter, zie hun pagina over indigo.", "De ververs doen het beter.")])
def test_a_clause_that_points_is_cut_off(language, text, left) -> None:
    assert cut(text, _ALONE, cues(language)) == left


def test_a_promise_that_was_told_of_was_kept() -> None:
    text = "It took a year, so I kept my promise by a week."
    assert cut(text, replace(_ALONE, words=content_words("A promise.", "en")), cues("en")) == text


@pytest.mark.parametrize(("language", "heading", "expected"), [
    ("en", "What this talk is about", True), ("en", "What people talk about", False),
    ("nl", "Waar deze lezing over gaat", True), ("nl", "Een lezing op zolder", False)])
def test_a_heading_that_speaks_of_the_talk_is_known(language, heading, expected) -> None:
    assert of_the_talk(heading, cues(language)) is expected
