"""What opens a post is understood by somebody who has read nothing else; a talk without sentences is announced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.cleared import Doubt
from content.draft import Origin, Sentence
from content.settings import Profile
from gates.trace import GATE as TRACE
from gates.work import Work
from generators import cards
from generators.facts import items
from generators.hooks import is_answered, may_open
from generators.social import GENERATOR


def _opens(text: str, street, language: str) -> bool:
    context = street(language)
    return may_open(Sentence(text=text, sources=("s2.b4.1",)), context.materials[0], context)


@pytest.mark.parametrize(("text", "language"), [
    ("Nobody wanted to run a shop, but everybody wanted bread.", "en"),
    ("Three winters ago a bakery closed, and our street bought its oven.", "en"),
    ("Ask an old baker before you buy anything.", "en"),
    ("Niemand wilde een winkel, maar iedereen wilde brood.", "nl"), ("Vraag een oude bakker voordat je iets koopt.", "nl"),
    ("Een fout die samen wordt opgegeten is sneller vergeven dan een die verstopt wordt.", "nl")])
def test_a_sentence_that_needs_nothing_may_open(text, language, street) -> None:
    assert _opens(text, street, language)


@pytest.mark.parametrize(("text", "language"), [
    ("One of our bakers stood in it on a Tuesday in February.", "en"), ("Ours has baked one kind of loaf for years.", "en"),
    ("Two of the sixteen have brought us flour ever since.", "en"), ("As for the fourth sack, we never opened it again.", "en"),
    ("Scenario #1: The baker forgets to lock a door.", "en"), ("From the book: An oven is a promise.", "en"),
    ("What I got was a letter about bread.", "en"), ("Had he asked aloud, somebody would have told him.", "en"),
    ("You cannot repair that with a board, only with bread.", "en"), ("We took our best one and baked all night.", "en"),
    ("The yellow labels pointed to the shelf behind the green door.", "en"), ("Should be warm as long as possible!", "en"),
    ("Let me start in a cellar.", "en"), ("Four sorts of flour in one sack.", "en"),
    ("De één dacht dat het vanzelf zou rijzen.", "nl"), ("Ik begin met een donderdag in maart.", "nl"),
    ("Een antwoord van iemand die brood heeft gebakken.", "nl"), ("Twee mensen wisten dat al een week.", "nl"),
    ("Drie van de zestien brachten ons meel.", "nl"), ("Moet zo warm mogelijk zijn!", "nl")])
def test_a_sentence_that_leans_may_not(text, language, street) -> None:
    assert not _opens(text, street, language)


def test_words_that_fit_one_customer_open_nothing_and_are_on_no_card(street) -> None:
    context = street("en")
    text = cards.quotes(context)[0].sentence.text
    telling = " ".join(text.split()[1:4])
    told = replace(context, cleared=context.cleared.model_copy(
        update={"doubts": (Doubt(group="g", text="fits one customer", telling=telling),)}))
    assert any(telling in each.sentence.text for each in cards.quotes(context))
    assert not any(telling in each.sentence.text for each in cards.quotes(told))
    sentence = Sentence(text=f"Nobody but {telling} wanted bread.", sources=("s2.b4.1",))
    assert not may_open(sentence, told.materials[0], told)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_question_opens_only_where_it_is_answered(language, street) -> None:
    for material in street(language).materials:
        for question in material.questions:
            assert is_answered(question, material)
    assert not is_answered(Sentence(text="Who?", sources=("s99.b1.1",)), street(language).materials[0])


def test_no_post_is_a_question_and_nothing_else(slide, context) -> None:
    made = GENERATOR.drafts(context((slide(1, "What is bread?", ("What is bread?", "Why should I care?")),)))
    assert made == ()


@pytest.mark.parametrize(("bullets", "language", "expected"), [
    (("Users and their loaves are kept apart in one oven", "Flour", "it is kept dry by the bakers of the hall"), "en",
     ["Users and their loaves are kept apart in one oven."]),
    (("Bakkers en hun broden worden in één oven gescheiden", "Meel", "Use [BakeFirst] to light the oven of the hall"), "nl",
     ["Bakkers en hun broden worden in één oven gescheiden."])])
def test_a_talk_of_bullets_is_posted_by_its_whole_lines(bullets, language, expected, slide, context) -> None:
    made = context((slide(1, "Ovens", bullets),), language=language)
    lines = [fact.sentence.text for material in made.materials for fact in items(material, made.index, language)]
    assert [line for line in lines if line in expected] == lines


@pytest.mark.parametrize(("titles", "language", "within"), [
    (("Ovens of the street", "Cold flour and warm hands", "The keys of a house"), "en", "In it:"),
    (("Ovens van de straat", "Koud meel en warme handen", "De sleutels van een huis"), "nl", "Daarin:")])
def test_a_talk_without_sentences_is_announced(titles, language, within, slide, context) -> None:
    units = tuple(slide(n, title, ("Oven", "Flour") if language == "en" else ("Oven", "Meel")) for n, title in enumerate(titles, 1))
    spans = tuple((title, n, n) for n, title in enumerate(titles, 1))
    made = context(units, spans, language, profile=Profile(platforms=("x", "instagram"), site="https://street.example"))
    drafts = GENERATOR.drafts(made)
    assert [draft.limit.key for draft in drafts] == ["x.post", "instagram.post"]
    for draft in drafts:
        assert draft.text.startswith(titles[0]) and within in draft.text and titles[2] in draft.text
        assert ("https" in draft.text) == (draft.limit.key == "x.post")
        assert all(bool(s.sources) != (s.origin is Origin.TEMPLATE) for s in draft.segments)
    assert TRACE.check(Work(drafts=drafts, index=made.index, cleared=made.cleared)).reasons == ()
