"""The rows of report.html: a piece counts for every topic that it draws on, and what waits is said to wait."""

from __future__ import annotations

from content.draft import Sentence
from content.pack import Pack, Status
from content.topic import Topic
from gates.coverage import coverage
from gates.report_rows import cells, matrix, set_apart
from gates.wording import wording
from language.source import index

TOPICS = (Topic(number=1, title="Why the board works", first=1, last=1, keyphrases=()),
          Topic(number=2, title="What it costs", first=2, last=3, keyphrases=(), asides={3: "thanks"}),
          Topic(number=3, title="Nothing yet", first=4, last=4, keyphrases=()))


def _pack(cleared, *drafts):
    return Pack(slug="a", status=Status.HELD, topics=TOPICS, drafts=drafts,
                coverage=coverage(cleared, index(cleared), TOPICS, drafts, {}))


def test_a_draft_of_two_topics_is_read_in_both(cleared, write):
    both = write(Sentence(text="The engineers did not wait for a manager.", sources=("s1.b3.1",)),
                 Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)), topic=1)
    rows = matrix(_pack(cleared, both), {both.name: "p1"}, wording("en"), cleared, index(cleared))
    assert [row.counts[0] for row in rows] == [1, 1, 0]
    assert [[anchor for _, found in row.pieces for anchor, _ in found] for row in rows] == [["p1"], ["p1"], []]


def test_a_draft_that_names_only_an_aside_of_a_topic_is_none_of_it(cleared, write):
    one = write(Sentence(text="The engineers did not wait for a manager.", sources=("s1.b3.1",)),
                Sentence(text="Thanks", sources=("s3.b1.1",)), topic=1)
    thanked = cleared.model_copy(update={"units": (*cleared.units, cleared.units[1].model_copy(update={"number": 3, "blocks": (
        cleared.units[1].blocks[0].model_copy(update={"id": "s3.b1", "text": "Thanks"}),)}))})
    rows = matrix(_pack(thanked, one), {one.name: "p1"}, wording("en"), thanked, index(thanked))
    assert [row.counts[0] for row in rows] == [1, 0, 0]


def test_a_slide_that_waits_is_said_to_wait(cleared, write):
    waits = cleared.model_copy(update={"left_out": {5: "waiting"}})
    pack = _pack(waits, write(Sentence(text="The engineers did not wait for a manager.", sources=("s1.b3.1",)), topic=1))
    for language, said in (("en", "waits for a decision"), ("nl", "wacht op een besluit")):
        words = wording(language)
        assert [each.aside for each in cells(pack, waits, (), words) if each.number == 5] == [said]
        assert any(reason == said and "5" in units for reason, units in set_apart(pack, "slide", words))
