"""Pages that came out in pieces, slides without a speaker, books and bylines: starters, and no drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.draft import Sentence
from content.topic import Topic
from generators.blog_front import without_front
from generators.blog_pieces import plan
from generators.blog_plan import Piece, Section
from generators.blog_title import named, title_of
from generators.listicle import numbered
from generators.material import Material, Passage
from generators.page_reading import AS_TEXT, Reading, reading
from generators.prose_cues import cues

_WHOLE = "The bakers of the street share one oven and nobody owns it."
_HALF = "and whoever comes first lights the fire for all the others"
_TOLD = ("The bakers of the street share one oven that nobody owns", "Whoever comes first lights the fire for all the others",
         "The last of them sweeps the floor and locks the door", "Bread that is left over goes to the school on the hill")


def _document(texts: list[str], kind: str = "page", pages: int = 2) -> Document:
    units = tuple(Unit(number=n, kind=kind, blocks=tuple(
        Block(id=f"s{n}.b{k}", part=Part.BODY, text=text) for k, text in enumerate(texts, start=1)))
        for n in range(1, pages + 1))
    return Document(id="x", source=Source(name="x.pdf", sha256="0" * 64, media_type="application/pdf", bytes=1), units=units)


@pytest.mark.parametrize(("texts", "kind", "expected"), [
    ([_WHOLE] * 20, "page", AS_TEXT), ([_WHOLE] * 17 + [_HALF] * 3, "page", Reading(torn=True)),
    ([_WHOLE] * 17 + [_HALF] * 3, "section", AS_TEXT), ([_WHOLE] * 14 + ["The oven of the street"] * 8, "page",
                                                        Reading(torn=True)),
    ([_WHOLE] * 3, "page", Reading(slides=True)), ([], "page", AS_TEXT)])
def test_pages_are_told_apart_by_what_their_blocks_look_like(texts: list[str], kind: str, expected: Reading) -> None:
    assert reading(_document(texts, kind)) == expected


def _passage(unit: int, heading: str, words: int = 300, block: str = "b2", under: str = "", start: str = "") -> Passage:
    texts = [start] if start else []
    while sum(len(text.split()) for text in texts) < words:
        texts.append(f"{_TOLD[len(texts) % len(_TOLD)]} in year {unit * 100 + len(texts)}.")
    prose = tuple(Sentence(text=text, sources=(f"s{unit}.{block}.{n}" if block else f"s{unit}.b{n}.1",))
                  for n, text in enumerate(texts, start=1))
    head = Sentence(text=heading, sources=(f"s{unit}.b1.1",)) if heading else None
    return Passage(unit, head, prose, running=True, paragraphs=(prose,), under=under)


def _material(*passages: Passage, read: Reading = AS_TEXT) -> Material:
    topic = Topic(number=1, title="The oven of the street", first=passages[0].unit, last=passages[-1].unit)
    title = passages[0].heading or Sentence(text="The oven of the street", sources=("s1.b1.1",))
    whole = frozenset(name for p in passages for s in p.prose for name in s.sources)
    return Material(topic, title, passages, whole=whole, reading=read)


def _leaning(unit: int, heading: str) -> Passage:
    first = _passage(unit, heading)
    prose = tuple(s.model_copy(update={"text": f"For each of these bakers {s.text[0].lower()}{s.text[1:]}"}) for s in first.prose)
    return replace(first, prose=prose, paragraphs=(prose,))


@pytest.mark.parametrize(("material", "drafts"), [
    (_material(_passage(1, "The oven of the street")), 1),
    (_material(_passage(1, "The oven of the street"), read=Reading(torn=True)), 0),
    (_material(_passage(1, "The oven of the street"), read=Reading(slides=True)), 1),
    (_material(_passage(1, "The oven of the street", block=""), read=Reading(slides=True)), 0),
    (_material(_passage(1, "Commentary by Ada Example"), _passage(2, "The oven of the street")), 0),
    (_material(_leaning(1, "The oven of the street"), _passage(2, "")), 0)])
def test_what_cannot_be_a_draft_is_a_starter(material: Material, drafts: int) -> None:
    made = plan((material,), cues("en"))
    assert (len(made.drafts), len(made.starters)) == (drafts, 1 - drafts)


def test_running_text_that_would_lose_pages_is_a_starter() -> None:
    book = tuple(_material(*(_passage(unit, f"The oven of the street in its {unit}th year", 900)
                             for unit in range(first, first + 4))) for first in range(1, 29, 4))
    made = plan(tuple(m for m in book), cues("en"))
    assert not made.drafts
    assert sum(len(m.passages) for m in made.starters) == 28


def test_front_matter_is_told_by_its_title_and_its_terms() -> None:
    terms = _passage(1, "", start="This work is licensed under the terms of the street.")
    material = _material(terms, _passage(2, "", under="Foreword"), _passage(3, "How to use the rest of this book"),
                         _passage(4, "The oven of the street"))
    (left,) = without_front((material,), cues("en"))
    assert [p.unit for p in left.passages] == [4]


def test_a_title_is_one_whole_phrase() -> None:
    cue = cues("en")
    piece = Piece((_material(_passage(1, "actions"), _passage(2, "Who shares the oven of the")),), (
        _passage(1, "actions"), _passage(2, "Who shares the oven of the")))
    assert not named(piece, cue)
    whole = _passage(3, "Who shares the oven of the street")
    piece = Piece((_material(_passage(1, "actions"), whole),), (_passage(1, "actions"), whole))
    assert named(piece, cue)
    assert title_of(piece, None, False, set(), cue).text == "Who shares the oven of the street"


def test_a_label_that_the_piece_never_says_is_no_title() -> None:
    cold, fire = _passage(1, "Cold path"), _passage(2, "Street bakers")
    deck = Sentence(text="An oven for all", sources=("s9.b1.1",))
    piece = Piece((_material(cold, fire),), (cold, fire))
    assert "Cold path" not in title_of(piece, deck, False, set(), cues("en")).text


@pytest.mark.parametrize(("title", "heads", "expected"), [
    ("Asking", ("Rule 1: Ask first", "Rule 2: Answer aloud", "Rule 3: Write it down"), False),
    ("Asking", ("Ask first", "Answer aloud", "Write it down"), True),
    ("Asking", ("A1 – Asking", "A2 – Answering", "A3 – Writing"), False),
    ("Asking", ("2024 was cold", "Ask first", "Write it down"), True),
    ("Asking", ("The question", "An answer", "The book"), False),
    ("Three ways to ask", ("The question", "An answer", "The book"), True)])
def test_entries_of_a_series_get_numbers_where_they_have_none(title: str, heads: tuple[str, ...], expected: bool) -> None:
    sections = [Section(Sentence(text=head, sources=("s1.b1.1",)), ()) for head in heads]
    assert numbered(sections, title, cues("en")) is expected


def test_told_paragraphs_get_no_numbers() -> None:
    told = Sentence(text="Somebody asked the keeper of the lamp and he answered the next day.", sources=("s1.b2.1",))
    sections = [Section(Sentence(text=head, sources=("s1.b1.1",)), (Passage(1, None, (told,), paragraphs=((told,),)),))
                for head in ("Ask first", "Answer aloud", "Write it down")]
    assert not numbered(sections, "Asking", cues("en"))
