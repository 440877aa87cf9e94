"""The scene that a talk returns to ends the piece which told it, where its own would lose it. All sentences are invented."""

from __future__ import annotations

import pytest

from generators.blog_plan import Piece
from generators.blog_return import brought_home
from generators.prose_cues import cues

_SCENE = {"en": ("A baker stood on the dyke with a wet sack.", "She called the lock keeper.", "He came with a lantern and took the sack."),
          "nl": ("Een bakker stond op de dijk met een natte zak.", "Ze belde de sluiswachter.", "Hij kwam met een lantaarn en nam de zak.")}
_BACK = {"en": "The baker called again, and the keeper left his lantern on the dyke.",
         "nl": "De bakker belde weer, en de sluiswachter liet zijn lantaarn op de dijk."}
_AGAIN = {"en": "Back on the dyke", "nl": "Terug op de dijk"}
_REST = {"en": "Flour is dry in spring.", "nl": "Meel is droog in het voorjaar."}


def _pieces(passage, language: str, last: str, *more: str, heading: str = "") -> list[Piece]:
    rest = tuple(passage(n, *(_REST[language],) * 4, heading=f"Part {n}") for n in range(14, 20))
    return [Piece((), (passage(1, *_SCENE[language], heading="The dyke"), passage(2, "Sacks cost money.", heading="Sacks"))),
            Piece((), (*rest, *(passage(12, each, heading="More") for each in more), passage(20, last, heading=heading or _AGAIN[language])))]


def _units(pieces: list[Piece], language: str) -> list[list[int]]:
    return [[p.unit for p in piece.passages] for piece in brought_home(pieces, cues(language))]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_slide_that_takes_up_the_first_scene_ends_the_piece_that_told_it(passage, language) -> None:
    assert _units(_pieces(passage, language, _BACK[language]), language) == [[1, 2, 20], [14, 15, 16, 17, 18, 19]]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_ending_of_its_own_stays(passage, language) -> None:
    assert _units(_pieces(passage, language, _REST[language]), language)[1][-1] == 20


def test_a_return_stays_where_its_own_piece_tells_of_the_scene_too(passage) -> None:
    assert _units(_pieces(passage, "en", _BACK["en"], "The baker and the keeper share a lantern on the dyke."), "en")[1][-1] == 20


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_talk_that_ends_where_it_began_ends_there(passage, language) -> None:
    pieces = _pieces(passage, language, _BACK[language], heading={"en": "The dyke", "nl": "De dijk"}[language])
    assert _units(pieces, language)[1][-1] == 20


def test_one_piece_has_nothing_to_bring_home(passage) -> None:
    (only,) = brought_home(_pieces(passage, "en", _BACK["en"])[1:], cues("en"))
    assert only.passages[-1].unit == 20
