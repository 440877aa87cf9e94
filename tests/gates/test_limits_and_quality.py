"""Over-long posts, residue, clichés and repetition refuse a draft; weak prose only warns."""

from __future__ import annotations

import pytest

from content.draft import Limit, Origin, Sentence
from content.settings import Profile
from gates.limits import GATE as LIMITS
from gates.quality import GATE as QUALITY

TWEET = Limit(key="x.post", limit=280, unit="x_weighted", hard=True, source="test", checked_on="2026-11-22",
              also={"hashtags": 2})


@pytest.mark.parametrize(("text", "passes"), [
    ("a" * 280, True), ("a" * 281, False), ("é" * 280, True), ("漢" * 140, True), ("漢" * 141, False),
    ("x " + "https://example.com/" + "a" * 400, True), ("#One #Two", True), ("#One #Two #Three", False),
])
def test_a_post_is_counted_by_its_platform(work, write, text, passes):
    said = write(Sentence(text=text, origin=Origin.TEMPLATE), kind="social", name="social/01/x", limit=TWEET)
    result = LIMITS.check(work(said))
    assert result.passed is passes
    assert (result.refused == ()) is passes


def test_an_advisory_limit_only_warns(work, write):
    soft = TWEET.model_copy(update={"hard": False})
    result = LIMITS.check(work(write(Sentence(text="a" * 300, origin=Origin.TEMPLATE), limit=soft)))
    assert result.passed and result.warnings


@pytest.mark.parametrize("text", ["Hello {{ name }}", "<gates.work.Work object at 0x7f>", "cafÃ© au lait", "   \n"])
def test_residue_is_refused(work, write, text):
    assert not QUALITY.check(work(write(Sentence(text=text, origin=Origin.TEMPLATE)))).passed


def test_cliches_are_refused_in_templates_and_not_in_what_the_author_said(work, write):
    said = "A deep dive into the board."
    assert not QUALITY.check(work(write(Sentence(text=said, origin=Origin.TEMPLATE)))).passed
    assert QUALITY.check(work(write(Sentence(text=said, sources=("s1.b1.1",))))).passed


def test_banned_words_come_from_the_profile(work, write):
    said = write(Sentence(text="Our synergetic wording.", origin=Origin.TEMPLATE))
    assert not QUALITY.check(work(said, profile=Profile(banned_words=("synergetic",)))).passed


def test_a_banned_phrase_is_found_however_it_is_joined_and_marks_alone_ban_nothing(work, write):
    said = write(Sentence(text="Our world-class wording.\n\n", origin=Origin.TEMPLATE))
    assert not QUALITY.check(work(said, profile=Profile(banned_words=("World-class",)))).passed
    assert QUALITY.check(work(said, profile=Profile(banned_words=("--", "class word")))).passed


def test_two_drafts_that_say_the_same_are_refused(work, write):
    same = Sentence(text="Of 412 questions, 61 were answered by people outside the team.", sources=("s1.b2.1",))
    result = QUALITY.check(work(write(same), write(same, name="blog/02-b")))
    assert result.refused == ("blog/02-b",)
