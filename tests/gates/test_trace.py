"""The trace gate lets true sentences through and refuses what its sources do not say."""

from __future__ import annotations

import pytest

from content.draft import Origin, Sentence
from gates.trace import GATE

GOOD = [
    ("Of 412 questions, 61 were answered by people outside the team.", ("s1.b2.1",)),
    ("The engineers didn't wait for a manager.", ("s1.b3.1",)),
    ("Answering takes twelve minutes a day.", ("s2.b2.1",)),
    ("Mara Quist calls it “the cheapest meeting we ever had”.", ("s2.b3.1",)),
    ("#WhyTheBoardWorks", ("s1.b1.1",)),
    ("Why the board works\\*", ("s1.b1.1",)),
]
BAD = {
    "made-up number": ("Of 512 questions, 61 were answered by people outside the team.", ("s1.b2.1",)),
    "percentage for a count": ("61% were answered by people outside the team.", ("s1.b2.1",)),
    "words turned round": ("61 of 412 questions were answered by people outside the team.", ("s1.b2.1",)),
    "made-up name": ("People outside the team of Orla Vint answered the questions.", ("s1.b2.1",)),
    "flipped negation": ("The engineers did wait for a manager.", ("s1.b3.1",)),
    "added negation": ("Answering never takes 12 minutes a day.", ("s2.b2.1",)),
    "made-up quotation": ("Mara Quist calls it “the dearest meeting we ever had”.", ("s2.b3.1",)),
    "another sentence": ("Nobody reads manuals in the rain because paper gets wet.", ("s2.b2.1",)),
    "unknown source": ("Answering takes 12 minutes a day.", ("s9.b2.1",)),
    "no source": ("Answering takes 12 minutes a day.", ()),
    "number of another slide": ("The engineers did not wait 12 minutes for a manager.", ("s1.b3.1",)),
}


@pytest.mark.parametrize(("text", "sources"), GOOD)
def test_true_sentences_pass(work, write, text, sources):
    result = GATE.check(work(write(Sentence(text=text, sources=sources))))
    assert result.passed, result.reasons


@pytest.mark.parametrize("case", BAD)
def test_untrue_sentences_refuse_the_draft(work, write, case):
    text, sources = BAD[case]
    result = GATE.check(work(write(Sentence(text=text, sources=sources))))
    assert not result.passed
    assert result.refused == ("blog/01-a",)
    assert result.reasons and not any(text in reason for reason in result.reasons)


def test_a_quotation_must_be_word_for_word(work, write):
    said = Sentence(text="the cheapest meeting we had", sources=("s2.b3.1",), quotation=True)
    assert not GATE.check(work(write(said))).passed


def test_template_text_may_not_claim_a_source(work, write):
    said = Sentence(text="Read on", origin=Origin.TEMPLATE, sources=("s1.b1.1",))
    assert not GATE.check(work(write(said))).passed


def test_titles_and_metadata_are_judged_too(work, write):
    bad = Sentence(text="99 ways", sources=("s1.b1.1",))
    good = Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",))
    assert not GATE.check(work(write(good, metadata={"description": (bad,)}))).passed
    assert not GATE.check(work(write(good, title=bad))).passed


def test_without_a_source_it_says_that_it_was_not_run(write):
    from gates.work import Work

    result = GATE.check(Work(drafts=(write(),)))
    assert not result.run and not result.passed


def test_figures_count_traced_sentences_and_template_words(work, write):
    result = GATE.check(work(write(Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)),
                                   Sentence(text="\n\nRead on\n", origin=Origin.TEMPLATE))))
    assert result.drafts["blog/01-a"] == {"sentences": 2, "traced": 1, "words": 8, "template_share": 0.25}


def test_a_title_may_stand_without_its_subtitle_and_beside_another_title() -> None:
    from gates.trace_order import disorder

    source = "Ferry Handbook - 2031 The Nine Most Dangerous River Crossings"
    assert disorder("Ferry Handbook - 2031", (source,), "en") == ""
    assert disorder("Ferry Handbook: River Crossings at Night", (source, "River Crossings at Night"), "en") == ""
    assert disorder("The nine dangerous river crossings are here.", (source,), "en") != ""
    assert disorder("We cross the river.", ("We never cross the river.",), "en") != ""


def test_a_word_that_a_row_cut_may_be_whole() -> None:
    from gates.trace_order import disorder

    assert disorder("The manage-ment of a mill is hard.", ("The manage-ment of a mill is hard.",), "en") == ""
    assert disorder("The management of a mill is hard.", ("The manage-ment of a mill is hard.",), "en") == ""
    assert disorder("The manager of a mill is hard.", ("The manage-ment of a mill is hard.",), "en") != ""
