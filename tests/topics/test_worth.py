from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from content.document import Block, Document, Part, Picture, Source, Unit
from content.topic import Topic
from language.source import index
from topics import find_topics, worth
from topics.strip import drawn, strip


def unit(number: int, title: str, body: str = "", notes: str = "", pictures: tuple[str, ...] = ()) -> Unit:
    parts = [(Part.TITLE, title), (Part.BODY, body), (Part.NOTES, notes)]
    return Unit(number=number, kind="slide", title=title, blocks=tuple(
        Block(id=f"s{number}.b{n}", part=part, text=text) for n, (part, text) in enumerate(parts) if text),
        pictures=tuple(Picture(id=f"s{number}.p{n}", sha256=sha, media_type="image/png")
                       for n, sha in enumerate(pictures)))


def test_strength_counts_words_notes_examples_and_pictures_but_no_logo() -> None:
    units = [unit(n, "How bread rises", "Yeast lets it rise.", "For example, a colleague waited all night.", ("logo", f"p{n}"))
             for n in range(1, 5)]
    furniture = worth.furniture_of(units)
    assert furniture == {"logo"}
    found = worth.strength_of(units[:2], "en", furniture)
    assert (found.words, found.notes, found.examples, found.pictures) == (14, 14, 2, 2)
    assert found.grade == "thin"


@pytest.mark.parametrize("body, notes, pictures, kind", [
    ("Few words.", "", (), "social"),
    ("Few words.", "", ("a", "b", "c"), "carousel"),
    ("Plain words that go on about the same matter. " * 30, "", (), "blog"),
    ("Who pays for all of this? Who reads the invoice then? Who asks why it grew? " + "It is told here. " * 30, "", (), "webchat"),
    ("Plain words that go on about it.", "For example, we waited for the bus. " * 20, (), "interview"),
    ("Plain words that go on about it.", "We waited for the bus in the rain. " * 60, (), "audio"),
])
def test_what_a_topic_holds_decides_what_it_suits(body: str, notes: str, pictures: tuple[str, ...], kind: str) -> None:
    units = [unit(1, "About it", body, notes, pictures)]
    assert worth.suits(units, worth.strength_of(units, "en"), "en") == kind


def test_the_question_is_the_authors_where_one_is_asked_and_is_traced(talk) -> None:
    asked = [unit(1, "Bread", "Why does bread rise at all in the night?"), unit(2, "Who feeds the yeast in the end?")]
    assert worth.question_of(asked, "Bread", ("yeast",), "en") == ("Who feeds the yeast in the end?", "s2.b0.1")
    assert worth.question_of(asked[:1], "Bread", ("night",), "en") == ("Why does bread rise at all in the night?", "s1.b1.1")
    # A line that asks about something else is not what the topic answers.
    assert worth.question_of(asked[:1], "Boats at sea", (), "en")[1] == ""
    assert worth.question_of([], "How bread rises", (), "en") == ("Can you explain: how bread rises?", "")
    assert worth.question_of([], "Brood", (), "nl") == ("Wat is er te weten over “Brood”?", "")
    source = index(talk)
    for topic in find_topics(talk):
        assert topic.strength.words > 0 and topic.suits and topic.question.endswith("?")
        assert not topic.question_source or source.texts((topic.question_source,)) == (topic.question,)


@pytest.mark.parametrize(("asked", "language", "alone"), [
    ("What is the worst that could happen?", "en", True), ("Does it pay to answer in public?", "en", True),
    ("In what order are cards read?", "en", True), ("Wie heeft de sleutel van het magazijn?", "nl", True),
    ("Summary: how do you address problems?", "en", False), ("Business or functional areas first?", "en", False),
    ("Does Azure offer such a solution?", "en", False), ("Would they do the same again?", "en", False),
    ("What can you do about that?", "en", False), ("En elke kaart moet nu ook?", "nl", False), ("Wat doe je er dan aan, en wie doet dit?", "nl", False),
])
def test_a_question_is_taken_when_it_can_be_asked_away_from_its_slide(asked: str, language: str, alone: bool) -> None:
    found, source = worth.question_of([unit(1, asked)], "Bread", (), language)
    assert (found == asked) is alone and bool(source) is alone


def test_a_topic_without_a_word_answers_nothing(talk) -> None:
    empty = talk.model_copy(update={"units": tuple(unit.model_copy(update={"title": "", "blocks": ()}) for unit in talk.units)})
    assert [(topic.title, topic.question) for topic in find_topics(empty)] == [("Slides 1–27", "")]


def test_drawing_is_one_cell_a_unit_and_shows_hostile_titles_as_text(talk) -> None:
    units = talk.content_units()
    topics = (Topic(number=1, title="<script>alert(1)</script> & \x07co", first=1, last=10, asides={1: "title"}),
              Topic(number=2, title="Boats", first=11, last=units[-1].number))
    text = drawn(topics, units)
    root = ET.fromstring(text)
    cells = [rect for rect in root.iter("{http://www.w3.org/2000/svg}rect")
             if rect.find("{http://www.w3.org/2000/svg}title") is not None]
    assert len(cells) == len(units)
    assert len({cell.get("fill") for cell in cells}) == 3
    assert "<script" not in text and "\x07" not in text
    assert drawn(topics, units) == text


def test_a_brush_paints_topics_and_changes_no_text(talk) -> None:
    topics, units = find_topics(talk), talk.content_units()
    painted = strip(topics, units, 60, lambda text, number: f"<{number}>{text}</>")
    plain = strip(topics, units, 60)
    assert painted != plain
    for number in range(1, len(topics) + 1):
        painted = painted.replace(f"<{number}>", "")
    assert painted.replace("</>", "") == plain


@pytest.mark.parametrize("count", [1, 2, 3, 400])
def test_strip_of_any_length_fits(count: int) -> None:
    units = tuple(unit(n, f"T{n}") for n in range(1, count + 1))
    document = Document(id="d" * 64, source=Source(name="a", sha256="d" * 64, media_type="x", bytes=1), language="en", units=units)
    topics = find_topics(document)
    assert topics
    assert max(map(len, strip(topics, document.content_units(), 40).splitlines())) <= 40
    ET.fromstring(drawn(topics, document.content_units()))
