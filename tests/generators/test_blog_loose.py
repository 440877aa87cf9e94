"""Ends that only another piece explains go: numbers of a row, counts, and a return to a scene."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_loose import tied_off, unnumbered
from generators.blog_plan import Piece
from generators.material import ItemList, Passage
from generators.prose_cues import cues


def _passage(unit: int, heading: str | None, *said: str, run_in: str = "", items: tuple[str, ...] = ()) -> Passage:
    def s(text: str, n: int) -> Sentence:
        return Sentence(text=text, sources=(f"s{unit}.b2.{n}",))

    row = tuple(s(text, n) for n, text in enumerate(said, start=1))
    lists = (ItemList(tuple(s(text, 20 + n) for n, text in enumerate(items))),) if items else ()
    return Passage(unit, s(heading, 90) if heading else None, row, paragraphs=(row,) if row else (), lists=lists,
                   run_in=s(run_in, 91) if run_in else None)


def _texts(piece: Piece) -> list[str]:
    return [s.text for p in piece.passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]


@pytest.mark.parametrize(("language", "said", "expected"), [
    ("en", ("Scenario #2: a thief copies a key.", "Scenario #3: a door is left open."),
     ["A thief copies a key.", "A door is left open."]),
    ("en", ("Scenario #1: A thief copies a key.", "The lock stays."), ["A thief copies a key.", "The lock stays."]),
    ("en", ("Rule 1: Lock it.", "Rule 2: Count the keys."), ["Rule 1: Lock it.", "Rule 2: Count the keys."]),
    ("nl", ("Stap 3 van 4: Tel de sleutels.", "Daarna gaat de deur dicht."),
     ["Tel de sleutels.", "Daarna gaat de deur dicht."])])
def test_a_row_without_its_first_loses_its_numbers(language, said, expected) -> None:
    assert _texts(unnumbered(Piece((), (_passage(1, None, *said),)), cues(language))) == expected


def test_a_heading_that_is_a_number_goes_and_items_keep_their_text() -> None:
    piece = unnumbered(Piece((), (_passage(1, "Example 2", "The door is open.", run_in="Rule 3: Keys", items=(
        "Step 2: Close it.", "Step 4: Lock it.")),)), cues("en"))
    assert piece.passages[0].heading is None
    assert piece.passages[0].run_in is not None
    assert piece.passages[0].run_in.text == "Keys"
    assert _texts(piece) == ["The door is open.", "Close it.", "Lock it."]


@pytest.mark.parametrize(("language", "head", "scene", "elsewhere"), [
    ("en", "Back in the cellar: eleven seconds", "The cellar was full of water.", "The roof was dry."),
    ("nl", "Terug in de kelder", "De kelder stond vol water.", "Het dak was droog.")])
def test_a_return_to_a_scene_goes_where_the_scene_was_not_told(language, head, scene, elsewhere) -> None:
    back = _passage(2, head, "The pump runs now." if language == "en" else "De pomp loopt nu.")
    (there,) = tied_off([Piece((), (_passage(1, "One", scene), back))], cues(language))
    (away,) = tied_off([Piece((), (_passage(1, "One", elsewhere), back))], cues(language))
    assert ([p.unit for p in there.passages], [p.unit for p in away.passages]) == ([1, 2], [1])


def test_a_count_that_an_earlier_piece_made_goes() -> None:
    first = Piece((), (_passage(1, "One", "He wrote 64 pages.", "Nobody read them."),))
    second = Piece((), (_passage(2, "Two", "Of the 64 pages two are left.", "Callers ask less often.", "The 12 boats came back."),))
    assert _texts(tied_off([first, second], cues("en"))[1]) == ["Callers ask less often.", "The 12 boats came back."]


@pytest.mark.parametrize(("language", "label"), [("en", "Rule"), ("nl", "Regel")])
def test_a_row_that_goes_on_in_another_piece_keeps_its_numbers_in_all_or_in_none(language, label) -> None:
    first = Piece((), (_passage(1, f"{label} 1: oil", "x."), _passage(2, f"{label} 2: glass", "y.")))
    second = Piece((), (_passage(3, f"{label} 3: salt", "z."), _passage(4, f"{label} 4: wind", "w.")))
    again = Piece((), (_passage(3, f"{label} 1: salt", "z."), _passage(4, f"{label} 2: wind", "w.")))
    heads = [p.heading.text for piece in tied_off([first, second], cues(language)) for p in piece.passages]
    assert heads == ["Oil", "Glass", "Salt", "Wind"]
    assert [p.heading.text for piece in tied_off([first, again], cues(language)) for p in piece.passages] == [
        f"{label} 1: oil", f"{label} 2: glass", f"{label} 1: salt", f"{label} 2: wind"]
