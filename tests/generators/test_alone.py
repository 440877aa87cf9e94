"""Whether a sentence or a heading can be read where nothing else is. All sentences are invented."""

from __future__ import annotations

import pytest

from generators.alone import asks_alone, capital, hangs, labelled, leans, only_clause, open_end, remnant, whole


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "Perhaps this risk should", True), ("en", "A list of the", True), ("nl", "Een lijst van de", True),
    ("en", "The bell rings at six", False), ("en", "Keys, codes and anything that opens a door", False)])
def test_an_open_end_is_known_by_its_last_word(language, text, expected) -> None:
    assert open_end(text, language) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "Follow the old signs from.", True),
    ("en", "Verify that every sluice is guarded by.", True),
    ("en", "The wheel starts and.", True),
    ("en", "This flood causes.", True),
    ("en", "That is what we are proud of.", False),
    ("en", "She had nobody to talk to.", False),
    ("en", "The rope is as good as it is.", False),
    ("en", "The bell is well cared for.", False),
    ("nl", "Volg de oude borden van.", True),
    ("nl", "De molen draait en.", True),
    ("nl", "Daar houd ik van.", False),
    ("nl", "Dan hoort iemand anders het", False)])
def test_a_sentence_that_ends_in_the_air_is_known(language, text, expected) -> None:
    assert hangs(text, language) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "40 sacks; the rest was counted by hand.", True), ("en", "40 sacks are wet; the rest is dry.", False),
    ("nl", "40 zakken; de rest werd met de hand geteld.", True), ("nl", "40 zakken zijn nat; de rest is droog.", False)])
def test_the_end_of_a_lost_sentence_is_known(language, text, expected) -> None:
    assert remnant(text, language) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "Who knew it already?", False), ("en", "How did they do that?", False), ("en", "Who?", False),
    ("nl", "Wie wist het al?", False), ("en", "And who bakes on Monday?", False), ("en", "Who bakes on Monday?", True),
    ("nl", "Wie bakt er op maandag?", True), ("en", "Why does nobody mind that the door of the oven is never locked?", True)])
def test_a_question_is_understood_by_somebody_who_heard_nothing_before(language, text, expected):
    assert asks_alone(text, language) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "It grinds at night and in the morning.", True), ("en", "“This mill grinds at night.”", True),
    ("en", "Nobody in the village asked for that.", True), ("en", "The wheel turns.", True),
    ("en", "Want of water stops the mill in summer.", False), ("en", "Die wheels of brass last for a century.", False),
    ("en", "The mill grinds at night.", False), ("nl", "Want het water staat laag in de zomer.", True),
    ("nl", "Die raderen van koper gaan lang mee.", True), ("nl", "De molen maalt in de nacht.", False)])
def test_a_sentence_leans_by_the_words_of_its_own_language(language, text, expected) -> None:
    assert leans(text, language) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Step 4: open the sluice.", True), ("Scenario #1: the river is high.", True), ("Open-Sluice: lets the water in.", True),
    ("From the book (1890): the river is high.", True), ("The river is high: nobody crosses it in spring or in autumn.", True),
    ("Nobody who lives on the bank of the river says: it is low.", False), ("The boat leaves at 6:30 in the morning.", False)])
def test_a_label_stands_in_front_of_what_is_said(text, expected) -> None:
    assert labelled(text) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("The mill grinds.", True), ("“The mill grinds.”", True), ("(Élan is the name of the boat.)", True), ("40 sacks are wet.", True),
    ("the mill grinds.", False), ("„de molen maalt.", False), ("", False)])
def test_a_sentence_begins_with_a_capital_or_a_figure(text, expected) -> None:
    assert capital(text) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "If you do not mend the roof in time.", False), ("en", "If you do not mend the roof, the flour is wet.", True),
    ("en", "Not for the flour of the village!", False), ("en", "Because of the roof?", False), ("en", "We mend the roof.", True),
    ("nl", "Vooral als het dak lekt.", False), ("nl", "We maken het dak.", True)])
def test_a_whole_sentence_is_told_from_half_of_one(language, text, expected) -> None:
    assert whole(text, language) is expected


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("nl", "Een antwoord van iemand die het rad heeft gemaakt.", True), ("nl", "Een molen die maalt, is een goede buur.", False),
    ("nl", "De molen maalt als het waait.", False), ("en", "An answer of somebody who has made the wheel.", False)])
def test_a_clause_alone_is_no_sentence_in_dutch(language, text, expected) -> None:
    assert only_clause(text, language) is expected
