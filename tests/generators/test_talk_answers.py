"""Answers of web chats and the heads-up: they begin with what was asked and end where the thought ends."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.questions import plainly_asked
from generators.webchat import answer_of, askable, told_of


def said(*texts: str) -> list[Sentence]:
    """The sentences of a slide's notes."""
    return [Sentence(text=text, sources=(f"s2.b1.{n}",)) for n, text in enumerate(texts, start=1)]


ENDS = [
    # What somebody went to find out is told to its result.
    ("en", ("The oven stood cold on Mondays.", "So on the first of May we counted.", "In two weeks 31 houses went without bread."), 3),
    ("nl", ("De oven was op maandag koud.", "Toen de bakker op reis ging, hebben we geteld.",
            "In twee weken zaten 31 huizen zonder brood."), 3),
    # What has no verb, or says that something comes, is no end.
    ("en", ("A neighbour of ours bakes for the whole street.", "She begins at four in the morning.", "Forty loaves.",
            "They are gone by eight."), 4),
    ("en", ("Everybody has a key to the bakery.", "Nobody has ever lost one.", "I am coming to that."), 2),
    ("nl", ("Iedereen heeft een sleutel van de bakkerij.", "Niemand is er ooit een kwijtgeraakt.", "Dat zien we op de volgende dia."), 2)]


@pytest.mark.parametrize(("language", "texts", "sentences"), ENDS)
def test_an_answer_ends_where_the_thought_ends(language, texts, sentences):
    assert [each.text for each in answer_of(said(*texts), language)] == list(texts[:sentences])


def test_an_answer_may_end_with_a_paragraph_of_the_author():
    row = said("On a Monday the baker lost his key.", "He slept in the flour store.", "The street went without bread.",
               "A week later he made forty keys.", "He gave them to forty houses.")
    assert [each.text for each in answer_of(row, "en", frozenset({row[2].sources}))][-1] != row[1].text
    assert len(answer_of(row[:4], "en", frozenset({row[2].sources}))) in {3, 4}


@pytest.mark.parametrize(("heading", "texts", "answered"), [
    # What stands at the end of a slide on something else answers no question about its heading.
    ("The diary of the dough", ("No, it has never been lost.", "There is nothing in it about the price of salt."), False),
    ("The diary of the dough", ("A diary of the dough hangs beside the oven.", "It holds the weather and the hour of each day."), True),
    ("The diary of the dough", ("This one always makes people laugh.", "It is written with flour on the fingers."), False),
    # Of what a title counts all is told, or nothing.
    ("Two rules for the oven", ("Nobody bakes alone at night.", "The door is locked at ten."), True),
    ("Three rules for the oven", ("Nobody bakes alone at night.", "The door is locked at ten."), False),
    ("Rule 3: the door", ("Nobody bakes alone at night.", "The door is locked at ten."), True)])
def test_a_heading_is_asked_about_where_what_stands_under_it_answers(slide, context, heading, texts, answered):
    made = context((slide(1, heading, notes=texts),))
    (passage,) = made.materials[0].passages
    told = [each.text for each in told_of(passage, made.materials[0], made)]
    assert told == (list(texts) if answered else [])


@pytest.mark.parametrize(("language", "title", "asks"), [
    ("en", "Customer needs", False), ("en", "Common objections", False), ("en", "A bakery without a shop", True),
    ("nl", "Wensen van de klant", False), ("nl", "Bezwaren tegen de oven", False), ("nl", "Een bakkerij zonder winkel", True)])
def test_what_others_need_or_say_against_it_is_no_heading_to_ask_about(slide, context, language, title, asks):
    made = context((slide(1, title, notes=("Bread is baked here.",)),), language=language)
    assert askable(Sentence(text=title, sources=("s1.b1.1",)), made) is asks


@pytest.mark.parametrize(("language", "text", "plain"), [
    ("en", "Who bakes on Monday?", True), ("en", "I asked the miller: may I see the stone?", False),
    ("en", "Remember the oven of the first chapter?", False),
    ("en", "Consider three bakers who wait for one oven while the fourth one, who has none, counts loaves and hours: who is late?", False),
    ("nl", "Wie bakt er op maandag?", True), ("nl", "Ik vroeg: mag ik de steen zien?", False)])
def test_only_a_question_that_somebody_would_put_is_a_seed(language, text, plain):
    assert plainly_asked(text, language) is plain
