"""One piece, one subject: a reference is cut into its chapters, a talk is not, and front matter is neither."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_front import without_front
from generators.blog_pieces import plan
from generators.blog_plan import Piece
from generators.blog_subjects import OWN, chapters, in_chapters, main_subject, subjects_of
from generators.blog_title import named
from generators.material import Material, Passage
from generators.prose_cues import cues

_OVEN = "The oven of the street wants dry wood and a slow fire before anybody brings dough to it."
_ROOF = "A roof of slate carries snow because each stone lies on two others and lets water run."
_BOAT = "The ferry crosses at low water only when its pilot has seen the third pole on the bank."
_SHORT = 5
_FULL = -(-OWN // len(_OVEN.split())) + 1


def _s(text: str, unit: int, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b2.{n}",))


def _passage(unit: int, heading: str | None, text: str, times: int, spoken: bool = True) -> Passage:
    row = tuple(_s(f"{text[:-1]} {n}.", unit, n) for n in range(1, times + 1))
    head = Sentence(text=heading, sources=(f"s{unit}.b1.1",)) if heading else None
    return Passage(unit, head, row, paragraphs=(row,), spoken=spoken)


def _material(number: int, title: str, *passages: Passage, titles: dict[int, str] | None = None) -> Material:
    units = [p.unit for p in passages]
    whole = frozenset(name for p in passages for s in p.prose for name in s.sources)
    return Material(Topic(number=number, title=title, first=units[0], last=units[-1]), Sentence(
        text=title, sources=(f"s{units[0]}.b1.1",)), tuple(passages), whole=whole, titles=titles or {})


def _found(material: Material, language: str = "en") -> list[list[str]]:
    pieces = [Piece((material,), material.passages)]
    assert in_chapters(pieces, (material,), cues(language))
    return [[str(p.unit) for p in each.passages] for each in chapters(pieces, (material,), cues(language))[0]]


@pytest.mark.parametrize(("language", "heads"), [
    ("en", ("Dry wood", "Slate roofs", "Low water")), ("nl", ("Droog hout", "Daken van lei", "Laag water"))])
def test_each_chapter_of_a_reference_is_a_piece_and_what_is_thin_a_starter(language, heads) -> None:
    material = _material(1, "The street", _passage(1, heads[0], _OVEN, _FULL), _passage(2, heads[1], _ROOF, _FULL),
                         _passage(3, heads[2], _BOAT, _SHORT))
    assert _found(material, language) == [["1"], ["2"]]
    found = plan((material,), cues(language))
    assert [piece.subject.text for piece in found.drafts if piece.subject] == list(heads[:2])
    (starter,) = found.starters
    assert starter.title.text == heads[2]
    assert [p.unit for p in starter.passages] == [3]
    assert starter.topic.asides == {1: "told", 2: "told"}


def test_a_thin_subject_goes_with_the_neighbour_whose_title_it_shares() -> None:
    material = _material(1, "The street", _passage(1, "Slate roofs", _ROOF, _FULL), _passage(2, "Cold ovens", _OVEN, _FULL),
                         _passage(3, "Warm ovens", _BOAT, _SHORT))
    assert _found(material) == [["1"], ["2", "3"]]


def test_slides_that_go_on_are_one_subject() -> None:
    piece = Piece((), (_passage(1, "Slate roofs", _ROOF, 2), _passage(2, "Slate roofs - 2", _ROOF, 2), _passage(3, None, _ROOF, 2),
                       _passage(4, "Low water", _BOAT, 2)))
    assert [[p.unit for p in each.passages] for each in subjects_of(piece, cues("en"))] == [[1, 2, 3], [4]]


def test_a_talk_of_small_slides_stays_whole() -> None:
    passages = tuple(_passage(n, f"Morning {n} at the oven", _OVEN, _SHORT) for n in range(1, 8))
    material = _material(1, "An oven for the street", *passages)
    piece = Piece((material,), passages)
    assert not in_chapters([piece], (material,), cues("en"))
    assert main_subject(piece, cues("en")) == piece


def test_what_stands_under_a_label_of_any_deck_is_no_chapter() -> None:
    material = _material(1, "The street", _passage(1, "Slate roofs", _ROOF, _FULL), _passage(2, "Cold ovens", _OVEN, _FULL),
                         _passage(3, "Objections", _BOAT, _FULL))
    assert _found(material) == [["1"], ["2"]]


def test_one_told_slide_goes_without_the_labels_beside_it() -> None:
    told = _passage(1, "Why does nobody own the oven?", _OVEN, 2 * _FULL)
    piece = main_subject(Piece((), (told, _passage(2, "Buying wood", _BOAT, 2), _passage(
        3, "Nobody has ever locked the door", _ROOF, 2))), cues("en"))
    assert [p.unit for p in piece.passages] == [1, 3]
    assert piece.subject is not None
    assert piece.subject.text == "Why does nobody own the oven?"


@pytest.mark.parametrize(("language", "heads"), [
    ("en", ("About the guild", "Foreword", "Introduction", "Slate roofs", "Low water", "Dry wood", "Bells", "Ropes", "Methodology")),
    ("nl", ("Over het gilde", "Voorwoord", "Inleiding", "Daken van lei", "Laag water", "Droog hout", "Bellen", "Touwen",
            "Verantwoording"))])
def test_front_matter_and_appendices_are_no_article(language, heads) -> None:
    passages = [_passage(n, head if head not in {"Introduction", "Inleiding"} else None, _ROOF, 3)
                for n, head in enumerate(heads, start=1)]
    material = _material(1, heads[0], *passages, titles=dict(enumerate(heads, start=1)))
    (left,) = without_front((material,), cues(language))
    assert [p.unit for p in left.passages] == [4, 5, 6, 7, 8]
    assert left.title.text == heads[3]


def test_a_talk_about_something_is_no_front_matter() -> None:
    material = _material(1, "About our ovens", _passage(1, "About our ovens", _OVEN, 3), _passage(2, "Methods", _ROOF, 3),
                         *(_passage(n, f"Morning {n}", _BOAT, 3) for n in range(3, 9)))
    assert without_front((material,), cues("en")) == (material,)


def test_a_subject_under_labels_that_it_never_speaks_of_has_no_name() -> None:
    own = (_passage(1, "Cold path", _ROOF, _FULL), _passage(2, "Hot path", _ROOF, _FULL))
    said = (_passage(1, "Slate roofs", _ROOF, _FULL), _passage(2, "Hot path", _ROOF, _FULL))
    heads = [each[0].heading for each in (own, said)]
    assert not named(Piece((), own, subject=heads[0]), cues("en"))
    assert named(Piece((), own), cues("en"))  # a topic that is told whole may be called after its talk
    assert named(Piece((), said, subject=heads[1]), cues("en"))
