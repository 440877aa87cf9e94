"""What a topic can be is decided by what it holds: an article, a listicle, or a starter that pretends to be nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from content.draft import Origin, Sentence
from gates.coverage import coverage
from gates.quality import GATE as QUALITY
from gates.trace import GATE as TRACE
from gates.work import Work
from generators.blog import GENERATOR as BLOG
from generators.blog_form import by_slide, entries, fit
from generators.blog_plan import Piece
from generators.listicle import intro
from generators.material import ItemList, Passage
from generators.outline import GENERATOR as OUTLINE
from generators.prose_cues import cues

_RULES = (
    ("Oil the gate in autumn", ("A dry hinge squeals for weeks before it breaks.", "Use the thin oil because the thick one freezes.",
                                "Write the date on the post so that nobody oils it twice.")),
    ("Count the boats at dusk", ("Every boat that is out has a name on the board.", "We count the moorings and then we count the names.",
                                 "A missing name is a phone call and never a guess.")),
    ("Keep the path wide", ("Two people with a stretcher need two metres of path.", "Brambles grow half a metre in a wet summer.",
                            "We cut them back before the first frost comes.")),
    ("Lock the shed twice", ("The first lock keeps honest people out of the shed.", "The second lock gives the ferryman time to wake up.",
                             "Both keys hang in the kitchen of the miller.")),
    ("Read the river first", ("The water rises a day after the rain in the hills.", "A brown river carries branches that you cannot see.",
                              "Stay on the bank when the marker stands at three.")),
    ("Write the mistakes down", ("The book on the landing holds forty years of mistakes.", "Nobody is named in it because everybody is in it.",
                                 "New ferrymen read it on their first wet evening.")),
    ("Ask for help early", ("A call at noon costs nothing but a little pride.", "A call at midnight wakes the whole village up.",
                            "We thank everybody who called and was not needed.")),
    ("Leave the ferry clean", ("The next ferryman may need it within the hour.", "A wet rope on the deck has broken two ankles here.",
                               "The last one off the boat hangs up the ropes.")),
)
_LABELS = (("Stages of a crossing", ()), *(
    (f"Stage {name}", (f"{name} layer", "Store", "Gateway")) for name in ("one", "two", "three", "four", "five")))


def _deck(slide, context, rows, title="The ferry at Ostmar", **more):
    units = (slide(1, title), *(slide(n, head, points) for n, (head, points) in enumerate(rows, start=2)))
    return context(units, ((title, 1, len(units)),), asides={1: "title"}, **more)


def test_bullets_in_sentences_become_a_numbered_list(slide, context) -> None:
    ready = _deck(slide, context, _RULES)
    drafts = BLOG.drafts(ready)
    assert len(drafts) == 1
    text = drafts[0].text
    assert [int(n) for n in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)] == list(range(1, 9))
    assert text.split("\n\n")[1] == "## 1. Oil the gate in autumn", "what one entry says opens none of the others"
    assert "- Two people with a stretcher need two metres of path." in text
    work = Work(drafts=drafts, cleared=ready.cleared, index=ready.index)
    assert TRACE.check(work).reasons == QUALITY.check(work).reasons == ()
    assert OUTLINE.drafts(ready) == ()


def test_lines_that_stand_alone_under_each_heading_are_no_listicle(slide, context) -> None:
    split = [(head, (point,)) for head, points in _RULES for point in points[:1]]
    assert BLOG.drafts(_deck(slide, context, split)) == ()
    # Seven words or so under each heading are also too few; as long single lines they are enough words, and still lines.
    long = [(head, (f"{points[0][:-1]} and {points[1][0].lower()}{points[1][1:-1]} and {points[2][0].lower()}{points[2][1:]}",))
            for head, points in _RULES]
    assert BLOG.drafts(_deck(slide, context, long)) == ()


def test_labels_become_a_starter_and_no_draft(slide, context) -> None:
    ready = _deck(slide, context, _LABELS)
    assert BLOG.drafts(ready) == ()
    [starter] = OUTLINE.drafts(ready)
    assert starter.path.startswith("outlines/01-")
    assert "hold too little text to be published" in starter.text
    assert len(re.findall(r"^\d\. ", starter.text, re.MULTILINE)) == 3, "labels leave nothing to ask about"
    assert starter.title.text == "Stages of a crossing", "a starter is named after its slides, and not after the deck"
    assert "Slide 4: Stage two" in starter.text
    assert TRACE.check(Work(drafts=(starter,), cleared=ready.cleared, index=ready.index)).reasons == ()


def test_a_starter_uses_no_slide_and_is_the_reason_of_those_it_shows(slide, context) -> None:
    ready = _deck(slide, context, _LABELS)
    found = coverage(ready.cleared, ready.index, ready.topics, OUTLINE.drafts(ready), {})
    assert found.used_units == ()
    assert {each.reason for each in found.unused if each.unit > 1} == {"in a starter for its author"}


def test_a_thin_topic_does_not_thin_out_the_told_one_beside_it(slide, context) -> None:
    told = " ".join(f"On the {day} of the month the ferryman of Ostmar counts his boats and writes the number on the board."
                    for day in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                                "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"))
    units = (slide(1, "Counting the boats of Ostmar", (), (told,)),
             *(slide(n, head, points) for n, (head, points) in enumerate(_LABELS, start=2)))
    ready = context(units, (("Counting the boats of Ostmar", 1, 1), ("Stages of a crossing", 2, 7)))
    [draft] = BLOG.drafts(ready)
    assert "Gateway" not in draft.text and draft.title.text == "Counting the boats of Ostmar"
    [starter] = OUTLINE.drafts(ready)
    assert starter.title.text == "Stages of a crossing"


def test_topics_of_titles_alone_share_one_starter_of_the_talk(slide, context) -> None:
    full = ("Ropes", ("Wet rope is heavier than dry rope", "Hemp rots by the third winter", "Nylon stretches under a cart",
                      "Each rope is turned in spring", "Spare rope hangs in the shed"))
    rows = (("Boats", ()), ("Oars", ()), ("Sails", ()), full, ("Moorings", ()), ("Lamps", ("One lamp a boat",)))
    units = (slide(1, "The ferry at Ostmar"), *(slide(n, head, points) for n, (head, points) in enumerate(rows, start=2)))
    ready = context(units, (("Boats and oars", 1, 4), ("Ropes", 5, 5), ("Moorings at night", 6, 7)), asides={1: "title"})
    shared, own = OUTLINE.drafts(ready)
    assert own.title.text == "Ropes" and "Boats" not in own.text
    assert shared.title.text == "Boats", "a starter is named after its first slide, and not after the deck"
    assert "Slide 2: Boats" in shared.text and "Slide 6: Moorings" in shared.text and "Ropes" not in shared.text
    assert TRACE.check(Work(drafts=(shared, own), cleared=ready.cleared, index=ready.index)).reasons == ()


def test_a_dutch_starter_has_dutch_wording(slide, context) -> None:
    [starter] = OUTLINE.drafts(_deck(slide, context, _LABELS, language="nl"))
    ours = " ".join(s.text for s in starter.segments if s.origin is Origin.TEMPLATE)
    assert "Vragen aan de auteur" in ours and not re.search(r"\b(?:the|slides?|author|what)\b", ours, re.IGNORECASE)


def test_a_piece_of_the_whole_deck_has_the_decks_title(slide, context) -> None:
    ready = _deck(slide, context, _RULES)
    halves = context(ready.cleared.units, (("Oil the gate in autumn", 1, 5), ("Read the river first", 6, 9)), asides={1: "title"})
    [draft] = BLOG.drafts(halves)
    assert draft.title.text.casefold() == "the ferry at ostmar"


def test_a_paragraph_of_another_slide_leads_into_a_list(slide, context) -> None:
    before = ("Why a ferry has rules", ("The ferry at Ostmar has carried boats and mistakes for forty years, and nobody has drowned yet.",))
    ready = _deck(slide, context, (before, *_RULES))
    groups = by_slide(ready.materials[0].passages)
    found = intro(ready.materials, groups[1:], cues("en"))
    assert found is not None and [s.text for s in found.prose] == list(before[1])
    assert found.heading is None
    assert intro(ready.materials, groups, cues("en")) is None, "what is an entry leads into nothing"


def test_labels_among_sentences_are_no_entry(slide, context) -> None:
    names = ("Blockers", "Ropes", "Bells", "Planks", "Lamps", "Poles", "Nets", "Sails")
    mixed = tuple((head, (*points[:2], name)) for (head, points), name in zip(_RULES, names, strict=True))
    assert BLOG.drafts(_deck(slide, context, mixed)) == ()


def test_a_topic_is_a_list_only_when_its_entries_say_nearly_all_of_it(slide, context) -> None:
    labels = tuple((f"Landing {n}", tuple(f"{word} of the {n} landing" for word in ("Ropes", "Bells", "Lamps", "Nets", "Poles")))
                   for n in ("old", "new", "wet", "dry"))
    assert len(BLOG.drafts(_deck(slide, context, _RULES[:5]))) == 1
    assert BLOG.drafts(_deck(slide, context, (*_RULES[:5], *labels))) == ()


@pytest.mark.parametrize(("language", "leads", "items"), [
    ("en", ("Advantages:", "Disadvantages:"), ("Cheap to build", "Dry in winter", "Slow in spring", "Loud at night")),
    ("nl", ("Voordelen:", "Nadelen:"), ("Goedkoop te bouwen", "Droog in winter", "Traag in voorjaar", "Luid bij nacht"))])
def test_advantages_may_be_put_in_three_words(language, leads, items) -> None:
    said = [Sentence(text=text, sources=(f"s1.b{n}.1",)) for n, text in enumerate((*leads, *items), start=2)]
    lists = (ItemList(tuple(said[2:4]), said[0]), ItemList(tuple(said[4:]), said[1]))
    own = Passage(1, Sentence(text="Ostmar", sources=("s1.b1.1",)), (), lists)
    plain = replace(own, lists=tuple(replace(each, lead=Sentence(text="Ostmar:", sources=("s1.b1.1",))) for each in lists))
    assert entries(Piece((), (own,)), frozenset(), cues(language)) == [(own,)]
    assert entries(Piece((), (plain,)), frozenset(), cues(language)) == []


def test_a_letter_that_is_shown_is_no_entry(slide, context) -> None:
    shown = ("A false ferryman", ("From: The ferry house of Ostmar", "Subject: Your unpaid crossing of last week",
                                  "Please pay the money under the stone at the old landing tonight."))
    [draft] = BLOG.drafts(_deck(slide, context, (*_RULES[:6], shown)))
    assert "unpaid crossing" not in draft.text


def _beside_told(slide, context, title, points, language="en"):
    told = "The ferryman rows us over the river every evening, and nobody has ever asked him what he thinks of it. " * 3
    ready = context((slide(1, "The ferry", (), (told,)), slide(2, title, points), slide(3, "The bell", (), (
        "The bell rings when the water stands higher than the second ring. We hear it in the kitchen of the mill.",))),
        language=language)
    (material,) = ready.materials
    return [p for p in fit(Piece((material,), material.passages), material.whole, cues(language)).passages if p.unit == 2]


@pytest.mark.parametrize(("language", "title", "points"), [
    ("en", "What the deck must hold", ("Two coils of dry rope", "One lamp for the fog", "A bell on a pole")),
    ("nl", "Wat er op het dek hoort", ("Twee bossen droog touw", "Een lamp voor de mist", "Een bel aan een paal"))])
def test_a_list_without_notes_stays_between_what_is_told(slide, context, language, title, points) -> None:
    (kept,) = _beside_told(slide, context, title, points, language)
    assert [s.text for s in kept.lists[0].items] == list(points)


def test_what_stands_under_a_point_of_it_stays_in_its_place(slide, context) -> None:
    under = ("a red glass at night, after nine: no talking", "a white glass at noon, and on Sundays: no bell")
    (kept,) = _beside_told(slide, context, "What the deck must hold", (
        "Two coils of dry rope", "One lamp for every fog", *((1, text) for text in under), "A bell on a pole"))
    assert [[s.text for s in each.items] for each in kept.lists] == [
        ["Two coils of dry rope", "One lamp for every fog", *under, "A bell on a pole"]]


@pytest.mark.parametrize(("title", "points"), [
    ("", ("Two coils of dry rope", "One lamp for the fog", "A bell on a pole")),
    ("Deck", ("Two coils of dry rope", "One lamp for the fog", "A bell on a pole")),
    ("What the deck must hold", ("Rope", "Lamp", "A bell on a pole")),
    ("What the deck must hold", ("Two coils of dry rope", "One lamp for the fog"))])
def test_labels_without_notes_go(slide, context, title, points) -> None:
    assert _beside_told(slide, context, title, points) == []
