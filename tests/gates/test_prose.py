"""Figures of prose are right where they can be measured, and said to be missing where they cannot."""

from __future__ import annotations

import pytest

from content.draft import Origin, Sentence
from gates.coverage import GATE as COVERAGE
from gates.coverage import coverage
from gates.fragments import fragments
from gates.prose import GATE
from gates.quality import GATE as QUALITY
from gates.trace import GATE as TRACE
from language.reading import reading_ease, syllables
from language.source import index

WHOLE = ("The board answers within a day.", "Ask the oldest first.", "Then hang them on a wall.", "It did not take long.",
         "Nobody was waiting.", "Can we wait?")
BROKEN = ("Four steps, two days.", "The meeting on Thursday.", "A call on a Monday morning.")


def test_a_fragment_has_no_verb_that_says_something():
    assert fragments(WHOLE) == 0
    assert fragments(BROKEN) == len(BROKEN)
    assert fragments((*WHOLE, *BROKEN, BROKEN[0])) == len(BROKEN) + 1


def test_only_running_text_is_asked_for_verbs(work, write):
    said = [Sentence(text="\n- ", origin=Origin.TEMPLATE), Sentence(text="Four steps, two days."),
            Sentence(text="\n\n## ", origin=Origin.TEMPLATE), Sentence(text="The meeting on Thursday"),
            Sentence(text="\n\n", origin=Origin.TEMPLATE), Sentence(text="A call on a Monday morning."),
            Sentence(text=" ", origin=Origin.TEMPLATE), Sentence(text="Nobody was waiting.")]
    assert GATE.check(work(write(*said))).drafts["blog/01-a"]["fragments"] == 0.5


def test_easy_words_read_more_easily_and_dutch_has_its_own_formula():
    easy = ["We ask a question and the one who knows tells it to all of us."] * 5
    hard = ["Organisational knowledge externalisation necessitates continuous interdisciplinary communication "
            "infrastructure rationalisation and comprehensive accountability."] * 5
    assert (reading_ease(easy, "en") or 0) > 80 > 20 > (reading_ease(hard, "en") or 0)
    # 206.84 - 0.93 * 10 - 77 * 1.3: ten words a sentence, of which three have two syllables.
    dutch = ["De oven staat nu in de straat en bakt brood morgen."] * 6
    words = dutch[0].rstrip(".").split()
    mean = sum(syllables(word.lower(), "nl") for word in words) / len(words)
    assert reading_ease(dutch, "nl") == round(206.84 - 0.93 * len(words) - 77 * mean, 1)
    assert reading_ease(easy, "de") is None and reading_ease(easy[:1], "en") is None


@pytest.mark.parametrize("language", ["de", "he"])
def test_what_cannot_be_measured_is_named(cleared, write, language):
    from gates.work import Work

    source = cleared.model_copy(update={"language": language})
    made = Work(drafts=(write(Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)), language=language),),
                cleared=source, index=index(source))
    prose, trace = GATE.check(made), TRACE.check(made)
    assert prose.passed and set(prose.not_measured) == {"fragments", "reading ease", "worn phrases"}
    assert "reading_ease" not in prose.drafts["blog/01-a"]
    assert {"negations", "order of words"} <= set(trace.not_measured)
    assert all(language in why for why in prose.not_measured.values())


def test_names_are_not_measured_in_a_writing_without_capitals(cleared, write):
    from content.document import Block, Part, Unit
    from gates.work import Work

    unit = Unit(number=1, kind="slide", blocks=(Block(id="s1.b1", part=Part.BODY, text="הצוות עונה על כל שאלה בתוך יום אחד"),))
    source = cleared.model_copy(update={"language": "he", "units": (unit,)})
    made = Work(drafts=(write(Sentence(text="הצוות עונה", sources=("s1.b1.1",)), title=Sentence(text="הצוות", sources=("s1.b1.1",))),),
                cleared=source, index=index(source))
    assert "names" in TRACE.check(made).not_measured


@pytest.mark.parametrize("text", ["Click to add title", "Lorem ipsum dolor sit amet", "Klik om tekst toe te voegen", "Third level",
                                  "Your text here", "TODO"])
def test_the_prompt_of_a_layout_refuses_a_draft_whoever_wrote_it(work, write, text):
    for origin in (Origin.SOURCE, Origin.TEMPLATE):
        sources = ("s1.b1.1",) if origin is Origin.SOURCE else ()
        if origin is Origin.TEMPLATE and text in {"Third level", "Your text here"}:
            continue  # ordinary words: only as a whole sentence of a slide are they a prompt
        assert not QUALITY.check(work(write(Sentence(text=text, origin=origin, sources=sources)))).passed


@pytest.mark.parametrize("text", ["The slide still said “Click to add title”.", "The third level of the car park is ours.",
                                  "Todo lists are kept on the wall.", "Add the details of every customer by hand."])
def test_speaking_of_a_prompt_is_none(work, write, text):
    assert QUALITY.check(work(write(Sentence(text=text, sources=("s1.b1.1",))))).passed


def test_a_heading_without_text_refuses_a_blog_draft(work, write):
    said = Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",))
    empty = write(Sentence(text="## One\n\n", origin=Origin.TEMPLATE), said,
                  Sentence(text="\n\n## Two\n\n<!-- For the author -->\n", origin=Origin.TEMPLATE))
    assert not QUALITY.check(work(empty)).passed
    nested = write(Sentence(text="## One\n\n### Deeper\n\n", origin=Origin.TEMPLATE), said)
    assert QUALITY.check(work(nested)).passed


def test_an_account_of_use_that_the_drafts_do_not_bear_out_is_refused(work, write, cleared):
    said = write(Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)))
    true = coverage(cleared, index(cleared), (), (said,), {})
    assert COVERAGE.check(work(said, coverage=true)).passed
    assert not COVERAGE.check(work(said, coverage=true.model_copy(update={"used_units": (1, 2, 3)}))).passed
    assert not COVERAGE.check(work(said, coverage=true.model_copy(update={"uses": {}}))).passed
    assert not COVERAGE.check(work(coverage=true)).passed
    assert not COVERAGE.check(work(said)).run


def test_numbers_names_quotations_and_negations_are_counted(work, write):
    figures = TRACE.check(work(write(
        Sentence(text="Of 412 questions, 61 were answered by people outside the team.", sources=("s1.b2.1",)),
        Sentence(text="The engineers did not wait for a manager.", sources=("s1.b3.1",)),
        Sentence(text="Mara Quist calls it “the cheapest meeting we ever had”.", sources=("s2.b3.1",))))).figures
    assert (figures["numbers"], figures["negations"], figures["quotations"]) == (2, 1, 1)
    assert figures["names"] >= 1
