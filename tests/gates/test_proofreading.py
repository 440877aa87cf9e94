"""Suggestions name the draft and the sentence; nothing is refused and nothing is changed."""

from __future__ import annotations

from content.draft import Draft, Origin, Sentence
from gates.proofreading import GATE
from gates.work import Work


def draft(name: str, *segments: Sentence, kind: str = "blog", language: str = "en") -> Draft:
    return Draft(kind=kind, name=name, path=f"{name}.md", title=Sentence(text="Asking"), segments=segments, language=language)


WRONG = Sentence(text="We could of asked the warehouse \\[first\\].", sources=("s3.b2.1",))
SOUND = Sentence(text="Nobody had ever asked the warehouse before.", sources=("s3.b2.2",))
OURS = Sentence(text="This template could of been better.", origin=Origin.TEMPLATE)


def test_each_draft_that_says_it_gets_the_offer_with_its_sentence():
    result = GATE.check(Work(drafts=(draft("blog/01-a", WRONG, SOUND, OURS), draft("social/01/x", WRONG, kind="social"),
                                     draft("interview/01", WRONG, kind="interview"))))
    assert [(each.draft, each.sources, each.text) for each in result.suggestions] == [
        ("blog/01-a", ("s3.b2.1",), "could of"), ("social/01/x", ("s3.b2.1",), "could of")]
    assert result.suggestions[0].offers == ("could have",)
    assert result.suggestions[0].context == "We could of asked the warehouse [first]."
    assert result.passed and not result.refused and not result.reasons


def test_the_figure_is_slips_for_a_hundred_words():
    result = GATE.check(Work(drafts=(draft("blog/01-a", WRONG, SOUND),)))
    assert result.figures == {"slips": 1.0, "words": 14.0, "slips_per_100_words": 7.14}
    assert result.drafts == {"blog/01-a": {"slips": 1.0, "slips_per_100_words": 7.14}}


def test_a_language_that_nobody_reads_is_said():
    result = GATE.check(Work(drafts=(draft("blog/01-a", SOUND, language="de"),)))
    assert result.not_measured and not result.suggestions
