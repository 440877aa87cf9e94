"""Blog drafts: different angles, nothing said twice, every sentence traced, the template in the background."""

from __future__ import annotations

import re

import pytest
import yaml

from content.draft import Origin
from content.settings import Author, Profile
from gates.quality import GATE as QUALITY
from gates.trace import GATE as TRACE
from gates.work import Work
from generators.blog import GENERATOR, sources
from generators.blog_parts import Part
from generators.naming import slug

_CELLAR = (
    "A field engineer stood in a cellar on a Tuesday in February. She had the manual with her, all 340 pages of it. "
    "The answer was one sentence long, and it sat in the head of a man in the warehouse. Nobody had ever asked him. "
    "It took six hours to find the man, and it took him eleven seconds to say what he knew.",
    "We had a document system, a chat tool and a training department. Not one of them knew that the seal was upside down.")
_PILLAR = (
    "Why did a tablet on a pillar beat forty laptops? Because it stood where the questions arise. In the office a question "
    "turned into a private mail as soon as it became awkward. On the pillar it stayed until somebody was brave enough.",
    "The warehouse asked more, answered faster and complained less. Nobody in the warehouse had a mailbox worth hiding in.")
_DESK = (
    "Calls went down from 620 to 540 a week, and each call grew from four minutes to six. The short calls have gone. "
    "What remains are the calls for which one wants a person.",
    "Tell the desk before you tell the world. Write a page as you would speak on the telephone. Read it aloud to somebody "
    "from another department before it goes out.")
_MORE = tuple(
    f"The {place} got its own screen that spring, and people there began to read the newest answers while they waited for "
    f"the {thing} to finish. Somebody from the {place} told me that the {thing} had never been so quiet before."
    for place, thing in (("workshop", "lathe"), ("canteen", "oven"), ("gatehouse", "barrier"), ("paint shop", "dryer")))


def _talk(slide, context, **more):
    units = (
        slide(1, "What we know"),
        slide(2, "A pump stopped on a Tuesday", ("It took six hours to find him",), _CELLAR),
        slide(3, "What the workshop saw", (), (_MORE[0],)), slide(4, "What the canteen saw", (), (_MORE[1],)),
        slide(5, "Why the warehouse won", (), _PILLAR), slide(6, "What the gatehouse saw", (), (_MORE[2],)),
        slide(7, "What the paint shop saw", (), (_MORE[3],)),
        slide(8, "What the desk got out of it", ("Each call grew to six minutes", "Tell the desk before the world",
                                                 "Read the page aloud"), _DESK),
        slide(9, "The hours that were saved", ("Two hours a week in the hall", "One drive less for each engineer"),
              ("Second visits to the same site went down from 212 to 131 in a year. I do not claim that the board did that.",)),
        slide(10, "Sources", ("Log of the desk and its calls, two years", "Report of an unrelated zoo")))
    topics = (("A pump stopped on a Tuesday", 1, 4), ("Why the warehouse won", 5, 7), ("What the desk got out of it", 8, 10))
    return context(units, topics, asides={1: "title", 10: "references"}, **more)


@pytest.fixture(autouse=True)
def _short(monkeypatch) -> None:
    """The talks of these tests are short: a few sentences make an article."""
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)


def test_drafts_pass_the_gates(slide, context, monkeypatch) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 60)
    ready = _talk(slide, context)
    drafts = GENERATOR.drafts(ready)
    assert len(drafts) == 3
    work = Work(drafts=drafts, cleared=ready.cleared, index=ready.index)
    assert TRACE.check(work).reasons == ()
    assert QUALITY.check(work).reasons == ()
    assert QUALITY.check(work).figures["largest_overlap"] < 0.10


def test_angles_titles_and_sentences_are_never_shared(slide, context, monkeypatch) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 60)
    drafts = GENERATOR.drafts(_talk(slide, context))
    assert len({draft.title.text for draft in drafts}) == len({draft.angle for draft in drafts}) == 3
    said = [s.text for draft in drafts for s in draft.segments if s.origin is not Origin.TEMPLATE and len(s.text.split()) > 4]
    titles = {draft.title.text for draft in drafts}
    assert sorted(set(said) - titles) == sorted(text for text in said if text not in titles)


def test_the_opening_is_moved_and_not_said_again(slide, context) -> None:
    units = (slide(1, "The board", (), ("The board is a page like any other. People read it at work.",)),
             slide(2, "The figure on the wall", (), (
                 "Two winters ago 410 of our 1,140 pages turned grey. Fitters blamed the rain for it, and only one of them asked "
                 "who had written those pages. Children like to pull at the rope of a bell. Pilots open a tide table before "
                 "breakfast, and bakers open one after it. Nobody in a harbour wears a watch in winter. Light is enough for most "
                 "of what sailors do on a deck.",)),
             slide(3, "After that", (), (" ".join(_MORE[1:]),)))
    draft = GENERATOR.drafts(context(units))[0]
    assert draft.angle in {"number", "story"}
    body = [s.text for s in draft.segments if s.origin is not Origin.TEMPLATE][1:]
    assert "410 of our 1,140" in body[0]
    assert sum("410 of our 1,140" in text for text in body) == 1


def test_the_note_to_the_author_names_the_slide_of_the_opening(slide, context, lines) -> None:
    ready = _talk(slide, context)
    body = [Part(None, (), "Slide 3"), Part(None, (), "Slides 5–6")]
    assert sources(body, lines("A pump stopped.", unit=2), ready).endswith(": Slide 2; Slide 3; Slides 5–6.")
    assert sources(body, lines("What the workshop saw", unit=3), ready).endswith(": Slide 3; Slides 5–6.")
    assert sources(body, (), ready).endswith(": Slide 3; Slides 5–6.")


def test_thin_topics_go_with_a_neighbour(slide, context, monkeypatch) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 150)
    drafts = GENERATOR.drafts(_talk(slide, context))
    assert 1 <= len(drafts) < 3
    units = {name.partition(".")[0] for draft in drafts for s in draft.segments for name in s.sources}
    assert {"s2", "s5", "s8"} <= units


def test_takeaways_are_the_short_forms_of_the_author(slide, context, monkeypatch) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 60)
    last = GENERATOR.drafts(_talk(slide, context))[2].text
    assert "## To take away\n\n- Each call grew to six minutes.\n- Tell the desk before the world.\n- Read the page aloud." in last
    assert "Log of the desk" in last
    assert "unrelated zoo" not in last


def test_front_matter_is_yaml_and_undated(slide, context) -> None:
    ready = _talk(slide, context, profile=Profile(authors=(Author(name="Wilma Example"),)))
    drafts = GENERATOR.drafts(ready)
    texts = [file for file in GENERATOR.artefacts(drafts, ready) if file.path.endswith(".md")]
    for draft, file in zip(drafts, texts, strict=True):
        _, head, body = file.data.decode().split("---\n", 2)
        values = yaml.safe_load(head)
        assert values["draft"] is True
        assert values["title"] == draft.title.text
        assert values["author"] == "Wilma Example"
        assert len(values["description"]) <= 160
        assert "date" not in values
        assert body.lstrip("\n") == draft.text
        assert file.path == draft.path == f"blog/{draft.name[5:7]}-{slug(draft.title.text)}.md"


def test_a_held_draft_says_so_first(slide, context) -> None:
    assert GENERATOR.drafts(_talk(slide, context, held=True))[0].text.startswith("> Held for review")
    assert not GENERATOR.drafts(_talk(slide, context))[0].text.startswith(">")


def test_template_words_stay_in_the_background(slide, context, monkeypatch) -> None:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 240)
    for draft in GENERATOR.drafts(_talk(slide, context)):
        words = [len(s.text.split()) for s in draft.segments]
        ours = sum(n for n, s in zip(words, draft.segments, strict=True) if s.origin is Origin.TEMPLATE)
        assert ours <= 0.15 * sum(words)


def test_a_dutch_draft_has_no_english_wording(slide, context) -> None:
    notes = ("De tablet hangt aan een pilaar tussen twee rekken. Wie erlangs loopt, leest de nieuwste vraag. "
             "Na tien weken stonden er 164 vragen op het bord van 26 mensen.",)
    draft = GENERATOR.drafts(context((slide(1, "Het bord aan de pilaar", (), notes),), language="nl"))[0]
    ours = " ".join(s.text for s in draft.segments if s.origin is Origin.TEMPLATE)
    assert not re.search(r"\b(?:the|slide|slides|author|delete|your|what)\b", ours, re.IGNORECASE)
    assert "Dia 1" in ours


def test_nothing_to_say_gives_no_draft(slide, context) -> None:
    assert GENERATOR.drafts(context((slide(1, "A picture"), slide(2, "Another picture")))) == ()
