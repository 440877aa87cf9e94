"""Interviews and web chats: questions that are asked once, rest on the talk, and can be answered from it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from content.draft import Origin, Sentence
from content.settings import Author, Profile
from generators.alone import leans, points_away
from generators.facts import KINDS, Fact, facts
from generators.interview import GENERATOR as INTERVIEW
from generators.interview import richest
from generators.limits import limits
from generators.questions import around, ask, forms, frames, idle, states
from generators.render import languages
from generators.webchat import GENERATOR as WEBCHAT
from generators.webchat import answer_of, askable, own_questions
from language.words import tokens

SAMPLES = {"en": "social-business.pptx", "nl": "kennis-delen.pptx"}


def share(one: str, other: str) -> float:
    first, second = set(tokens(one)), set(tokens(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def asked(text: str) -> list[str]:
    """The questions of a sheet or plan as people read them."""
    return re.findall(r"^## \d+\. (.+)$", text, re.MULTILINE) + re.findall(r"^\*\*\d+\. (.+)\*\*$", text, re.MULTILINE)


# ---------------------------------------------------------------- the wording


@pytest.mark.parametrize("language", languages())
def test_no_two_questions_share_more_than_half_of_their_words(language):
    every = [row["ask"] for rows in frames(language).values() for row in rows]
    every += [f"{before} {after}" for who in ("webchat", "caller", "where") for before, after in around(language, who)]
    assert len(every) >= 30
    formal = [row.get("formal", row["ask"]) for rows in frames(language).values() for row in rows]
    for one, other in combinations(formal, 2):
        assert share(one, other) <= 0.5, (one, other)
    for one, other in combinations(every, 2):
        assert share(one, other) <= 0.5, (one, other)


@pytest.mark.parametrize("language", languages())
def test_every_question_is_open_for_a_reason_and_has_a_follow_up(language):
    assert set(frames(language)) == {*KINDS, "deed", "choice", "scene", "any"}
    for rows in frames(language).values():
        for row in rows:
            assert row["ask"].rstrip().endswith("?") and row["more"].endswith("?"), row
            assert row["why"].endswith("."), row
            assert row["more"] not in row["ask"]
    for before, after in around(language):
        assert before and after.rstrip().endswith("?"), (before, after)


@pytest.mark.parametrize("language", languages())
def test_there_are_questions_enough_for_two_sheets(language):
    assert sum(len(rows) for rows in frames(language).values()) >= 20
    assert len(around(language)) >= 12


# ---------------------------------------------------------------- a whole pack


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_no_two_questions_of_a_pack_are_alike_without_the_words_of_the_talk(sample, language):
    context = sample(SAMPLES[language])
    drafts = [*INTERVIEW.drafts(context), *WEBCHAT.drafts(context)]
    # Two sheets want sixteen facts that can be asked about; the Dutch talk of 24 slides holds enough for one chat.
    assert [draft.kind for draft in drafts] == ["interview"] * 2 + ["webchat"] * (2 if language == "en" else 1)
    bare = []
    for draft in drafts:
        # What came from the talk is taken out: only the wording of the questions is left.
        wording = "".join("" if segment.sources else segment.text for segment in draft.segments)
        bare += [question for question in asked(wording) if len(tokens(question)) > 2]
    # The closing question of an interview is the same in every sheet, and is meant to be.
    closing = {asked(draft.text)[-1] for draft in drafts if draft.kind == "interview"}
    bare = [question for question in bare if question not in closing]
    assert len(closing) == 1 and len(bare) >= 10
    for one, other in combinations(bare, 2):
        assert share(one, other) <= 0.5, (one, other)


@pytest.mark.parametrize("name", SAMPLES.values())
def test_what_is_asked_and_answered_stands_in_the_talk(sample, name):
    context = sample(name)
    for draft in (*INTERVIEW.drafts(context), *WEBCHAT.drafts(context)):
        for segment in draft.segments:
            assert (segment.origin is Origin.TEMPLATE) != bool(segment.sources)
            assert all(source in context.index.by_id for source in segment.sources)


def test_interviews_and_chats_are_about_different_topics_where_there_are_enough(sample):
    context = sample(SAMPLES["en"])
    interviews, chats = INTERVIEW.drafts(context), WEBCHAT.drafts(context)
    assert len(interviews) == len(chats) == 2
    assert not {draft.topic for draft in interviews} & {draft.topic for draft in chats}


# ---------------------------------------------------------------- interviews


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_sheet_has_eight_to_ten_questions_and_a_last_one_each_with_its_source(street, language):
    made = INTERVIEW.drafts(street(language))
    assert made
    for draft in made:
        questions = asked(draft.text)
        assert 9 <= len(questions) <= 11  # the last one is the same everywhere
        assert len(set(questions)) == len(questions)
        quoted = re.findall(r"^> (.+)$", draft.text, re.MULTILINE)
        assert len(quoted) == len(questions) - 1 == len(set(quoted))


def test_a_thin_talk_has_no_sheet_and_no_chat(slide, context):
    thin = context((slide(1, "One oven", notes=("We bought one oven for 300 euros in March.",)),))
    assert INTERVIEW.drafts(thin) == () and WEBCHAT.drafts(thin) == ()


def test_questions_run_out_without_being_asked_twice(street):
    context = street()
    used: set[str] = set()
    found = list(facts(context.materials[0], context.index, "en"))
    every = [question for _ in range(40) for question in ask(found, "en", 10, used)]
    assert len(every) == len({question.ask for question in every}) <= sum(len(rows) for rows in frames("en").values())
    assert ask(found, "en", 10, used) == [] or len(every) < 400


def test_a_slide_is_asked_about_twice_only_at_the_end(street):
    context = street()
    for material in context.materials:
        questions = ask(facts(material, context.index, "en"), "en", 10, set())
        units = [question.fact.unit for question in questions]
        fresh = len(set(units))
        assert len(set(units[:fresh])) == fresh


def test_facts_come_once_and_stand_alone(street):
    for language in ("en", "nl"):
        context = street(language)
        for material in context.materials:
            found = list(facts(material, context.index, language))
            assert found
            assert len({fact.sentence.sources for fact in found}) == len(found)
            assert not any(leans(fact.sentence.text, language) for fact in found)
            assert {fact.kind for fact in found} <= set(KINDS)
            assert all(material.topic.first <= fact.unit <= material.topic.last for fact in found)


def test_the_richest_topics_come_first(street):
    context = street()
    counted = [sum(1 for _ in facts(material, context.index, "en")) for material in richest(context)]
    assert counted == sorted(counted, reverse=True)


# ---------------------------------------------------------------- web chats


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_small_talk_has_one_chat_about_all_of_it(street, language):
    context = street(language)
    (draft,) = WEBCHAT.drafts(context)
    assert draft.topic is None or draft.topic in {topic.number for topic in context.topics}
    assert 6 <= len(asked(draft.text)) <= 10


@pytest.mark.parametrize("name", SAMPLES.values())
def test_answers_fit_a_chat_bubble(sample, name):
    ceiling = limits()["webchat.answer"]
    for draft in WEBCHAT.drafts(sample(name)):
        assert 6 <= len(asked(draft.text)) <= 10
        answers = re.findall(r"^\*\*\d+\. .+\*\*\n\n(.+) \((?:slide|dia) \d+\)$", draft.text, re.MULTILINE)
        assert len(answers) == len(asked(draft.text))
        for answer in answers:
            # Backslashes are Markdown's, not the reader's.
            assert len(re.sub(r"\\(\W)", r"\1", answer)) <= ceiling.limit


def test_own_questions_are_answered_by_what_follows(street):
    context = street()
    pairs = [pair for material in context.materials for pair in own_questions(material, context.cleared.language)]
    said = {question.text: [each.text for each in answer] for question, answer in pairs}
    assert said["Who bakes on Monday?"][0].startswith("Two people bake on each day")
    assert all(not text.endswith("?") for answer in said.values() for text in answer)


@pytest.mark.parametrize(("language", "phrase"), [("en", "Do not publish."), ("nl", "Niet publiceren.")])
def test_held_sheets_and_plans_say_so(street, language, phrase):
    context = street(language, held=True)
    drafts = [*INTERVIEW.drafts(context), *WEBCHAT.drafts(context)]
    assert drafts and all(phrase in draft.text for draft in drafts)
    assert not any(phrase in draft.text for draft in INTERVIEW.drafts(street(language)))


def test_host_and_place_come_from_the_profile(street):
    profile = Profile(authors=(Author(name="Ilka Torvund"),), site="https://street.example")
    (draft,) = WEBCHAT.drafts(street(profile=profile))
    assert "- Host: Ilka Torvund\n" in draft.text and "- Where: https://street.example\n" in draft.text


def test_files_are_named_after_their_topic(street):
    for generator, folder in ((INTERVIEW, "interviews"), (WEBCHAT, "webchat")):
        context = street()
        drafts = generator.drafts(context)
        for draft, artefact in zip(drafts, generator.artefacts(drafts, context), strict=True):
            assert re.fullmatch(rf"{folder}/\d\d-[a-z0-9-]+\.md", artefact.path)
            assert artefact.data.decode() == draft.text and artefact.path == draft.path


def test_sharp_and_plus_plus_keep_their_file_names_apart(slide, context):
    notes = (
        "The oven costs 300 euros a year.", "Nobody guards the open door at night.", "Flour arrives on Tuesday by cart.",
        "Salt was forgotten twice last winter.", "Neighbours read the list before breakfast.", "A diary keeps the weather of years.",
        "Children carry loaves upstairs for a coin.", "Rye needs nine hours in cold weather.", "Ask the miller about spelt.",
        "Burnt crusts feed the hens of the priest.")
    names = set()
    for title in ("C++ for bakers", "C# for bakers"):
        units = tuple(slide(n, f"{title} {n}", notes=(note,)) for n, note in enumerate(notes, start=1))
        names |= {draft.path for draft in INTERVIEW.drafts(context(units, ((title, 1, len(units)),)))}
    assert len(names) == 2


# ---------------------------------------------------------------- what a sheet must not give away


@pytest.mark.parametrize(("language", "never"), [("en", "never slide 5 itself"), ("nl", "nooit dia 5 zelf")])
def test_a_slide_with_something_withheld_is_named_and_never_shown(street, language, never):
    plain = street(language)
    touched = replace(plain, cleared=plain.cleared.model_copy(update={"touched_units": frozenset({5}), "left_out": {99: "hidden"}}))
    texts = [draft.text for draft in INTERVIEW.drafts(touched)]
    assert texts and all(" 5, 99. " in text for text in texts)
    assert any(never in text for text in texts)
    assert not any(never in draft.text for draft in INTERVIEW.drafts(plain))


def test_what_leans_on_a_sentence_that_is_not_read_out_is_not_asked_about(street):
    for language in ("en", "nl"):
        context = street(language)
        quoted = [line[2:] for draft in INTERVIEW.drafts(context) for line in draft.text.splitlines() if line.startswith("> ")]
        assert quoted and not any(points_away(text, language) for text in quoted)


def test_headings_that_speak_of_their_form_are_not_asked_about(slide, context):
    units = tuple(slide(n, title, notes=(f"Bread for house {n} is baked at {n + 4} in the morning.",)) for n, title in enumerate(
        ("Bread in three lines", "<name>", "Why bread?", "Keys and doors"), start=1))
    made = context(units)
    asked_about = [passage.heading.text for passage in made.materials[0].passages if passage.heading and askable(passage.heading, made)]
    assert "Keys and doors" in asked_about
    assert not {"Bread in three lines", "<name>", "Why bread?"} & set(asked_about)


def test_what_is_said_of_ten_things_alike_is_one_fact(slide, context):
    notes = tuple(f"House {n} pays {n + 20} euros a month for its bread." for n in range(12))
    assert INTERVIEW.drafts(context((slide(1, "Everything", notes=notes),))) == ()


#: What is asked about, its kind, and the first form of question that fits it.
FORMS = [
    ("en", "number", "Of 42 houses, 31 took a key.", "number"),
    ("en", "number", "The price of flour fell from 38 to 31 cents a kilo.", "number"),
    ("en", "number", "We have nineteen pages of rules.", "any"),
    ("en", "number", "The oven of 1998 is warm.", "any"),
    ("en", "number", "The tins on shelf 14 carry a blue label.", "any"),
    ("en", "number", "Soaking could save up to 40 % of the yeast.", "any"),
    ("en", "number", "Compare the dough with a list of the 200 best doughs.", "any"),
    ("en", "story", "Three winters ago the last bakery in our street closed.", "story"),
    ("en", "story", "We went through two hundred loaves and threw half of them away.", "deed"),
    ("en", "story", "In March we bought the oven of the last baker.", "story"),
    ("en", "story", "In the summer I burned eighty loaves over a letter.", "scene"),
    ("en", "story", "We were proud of the crust.", "scene"),
    ("en", "example", "One morning a neighbour found flour on the stairs.", "example"),
    ("en", "example", "A neighbour is retired now and sleeps late.", "any"),
    ("en", "myth", "The miller did not believe us about the weight of the sacks.", "scene"),
    ("en", "myth", "People think that an open door is an invitation to thieves.", "myth"),
    ("en", "contrast", "I knew the baker, but we had nothing to say to each other.", "scene"),
    ("en", "contrast", "A key is not a gift, it is a promise.", "contrast"),
    ("en", "advice", "Begin with ten houses and one evening a week.", "advice"),
    ("en", "advice", "Bake, and neighbours will come.", "point"),
    ("en", "advice", "Concerned about the price of flour, the house must know it beforehand.", "point"),
    ("en", "advice", "Remember the oven of the first chapter.", "any"),
    ("en", "question", "Who bakes on Monday?", "question"),
    ("en", "contrast", "Ask one neighbour a week, and do not count the loaves.", "point"),
    ("en", "story", "A recipe holds the answers to what nobody has asked.", "point"),
    ("en", "point", "Nobody counts what is given away.", "point"),
    ("en", "point", "The house has hundreds of tins and one cellar.", "any"),
    ("nl", "number", "Van de 42 huizen nemen er 31 een sleutel.", "number"),
    ("nl", "number", "De bakkerij kreeg elke week 310 briefjes.", "number"),
    ("nl", "number", "We hebben negentien bladzijden met regels.", "any"),
    ("nl", "number", "De blikken op plank 14 en in vak 12 zijn blauw.", "any"),
    ("nl", "story", "In maart kochten we de oven van de laatste bakker.", "story"),
    ("nl", "story", "We hebben het op de proefbank nagedaan en de bakker had gelijk.", "deed"),
    ("nl", "story", "De korst was geen gebrek aan vlijt.", "scene"),
    ("nl", "advice", "Schrijf het weer en het uur op een briefje.", "advice"),
    ("nl", "advice", "Bak brood, dan komen de buren vanzelf.", "point"),
    ("nl", "advice", "Kijk nog even naar de derde oven.", "any"),
    ("nl", "contrast", "De oven is niet duur, maar koud.", "contrast"),
    ("nl", "point", "Niemand telt wat hij weggeeft.", "point"),
    ("nl", "point", "Het huis heeft honderden blikken en één kelder.", "any")]


@pytest.mark.parametrize(("language", "kind", "text", "first"), FORMS)
def test_a_fact_is_asked_about_as_what_it_is(language, kind, text, first):
    fact = Fact(kind, Sentence(text=text, sources=("s2.b1.1",)), 2)
    found = forms(fact, language)
    # What happened is asked about as something that happened, a claim as a claim.
    assert found[0] == first and (kind == "question" or (found[-1] in {"any", "scene"} and len({"any", "scene"} & {*found}) == 1))
    (question,) = ask([fact], language, 1, set())
    assert str(question.ask) in {row["ask"] for row in frames(language)[first]}


def test_a_question_that_only_reports_one_is_not_asked_again():
    text = "Somebody rings, and you ask: may I put this on the list?"
    asked_for = Fact("question", Sentence(text=text, sources=("s2.b1.1",)), 2)
    assert forms(asked_for, "en") == [] and ask([asked_for], "en", 3, set()) == []


@pytest.mark.parametrize(("language", "title", "text"), [
    ("en", "Customer needs", "Monitor the heat of every oven in the street."),
    ("nl", "Wensen van de klant", "Meet de warmte van elke oven in de straat.")])
def test_what_customers_need_is_no_advice_of_the_speaker(language, title, text):
    need = Fact("advice", Sentence(text=text, sources=("s2.b1.1",)), 2, title=title)
    assert forms(need, language) == ["any"]
    assert forms(Fact("advice", need.sentence, 2), language)[0] == "advice"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_document_is_not_asked_about_its_audience(language):
    texts = [Fact("point", Sentence(text=f"{name} lies in the cellar.", sources=("s2.b1.1",)), n)
             for n, name in enumerate("abcdefghijklmnop")]
    heard = {row["ask"] for rows in frames(language).values() for row in rows if row.get("only") == "slide"}
    assert len(heard) >= 6
    assert {str(each.ask) for each in ask(texts, language, 20, set())} & heard
    assert not {str(each.ask) for each in ask(texts, language, 20, set(), unit="section")} & heard


@pytest.mark.parametrize(("language", "text", "stays"), [
    ("en", "The slip, which says where the oven stood.", False), ("en", "The slip says where the oven stood.", True),
    ("nl", "De sleutel van de bakker, naast de deur.", False), ("nl", "Het briefje hangt naast de deur.", True)])
def test_only_a_sentence_with_a_verb_of_its_own_is_asked_about(language, text, stays):
    assert states(text, language) is stays


@pytest.mark.parametrize(("language", "text", "only"), [
    ("en", "Keep that oven in mind until the end.", True), ("en", "I'll do three loaves and then it is your turn.", True),
    ("en", "Keep the oven warm until the end.", False), ("en", "Listen to neighbours who go quiet.", False),
    ("nl", "Let op de buren die stil worden.", False), ("nl", "Kijk eens naar deze oven.", True),
    ("nl", "We komen straks op de oven terug.", True), ("nl", "Houd de oven warm tot het einde.", False)])
def test_what_is_only_said_to_the_room_is_asked_about_nowhere(language, text, only):
    assert idle(text, language) is only


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Look at the third line of the table."), ("nl", "Kijk naar de derde regel van de tabel.")])
def test_an_answer_ends_before_what_needs_the_slide(language, text):
    said = [Sentence(text=each, sources=("s2.b1.1",)) for each in ("Bread is bread.", text, "Flour is flour.")]
    assert [each.text for each in answer_of(said, language)] == ["Bread is bread."]
    assert answer_of(said[1:], language) == []
