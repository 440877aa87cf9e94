"""Each page of a reference in running text is a piece of its own, under its own name. All text is invented."""

from __future__ import annotations

from content.draft import Sentence
from content.topic import Topic
from generators.blog_overview import uncoded, with_parts
from generators.blog_pages import labels_of, pages_of
from generators.blog_plan import Piece
from generators.material import Material, Passage

_LONG = " ".join(["The rope lies on the planks where it gets wet."] * 15)


def _s(text: str, unit: int) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b2.1",))


def _section(unit: int, heading: str, running: bool = True) -> Passage:
    return Passage(unit, _s(heading, unit), (_s(_LONG, unit),), running=running)


def _material(*passages: Passage) -> Material:
    return Material(topic=Topic(number=1, first=1, last=12, title=""), title=_s("Landings", 1), passages=passages)


def _rounds(running: bool = True) -> tuple[Passage, ...]:
    return tuple(_section(unit, head, running) for start in (2, 5, 8) for unit, head in (
        (start, "How it is found"), (start + 1, "What helps")))


_NAMES = {1: _s("Loose planks", 1), 4: _s("Wet rope", 4), 7: _s("Lost bells", 7)}


def test_headings_that_come_back_are_the_labels_of_pages() -> None:
    assert labels_of([_material(*_rounds())]) == {"how it is found", "what helps"}
    assert not labels_of([_material(*_rounds(running=False))]), "slides are told in their own way"
    assert not labels_of([_material(*_rounds()[:4])]), "twice is no form"


def test_each_round_is_a_piece_under_the_title_above_it() -> None:
    piece = Piece((_material(*_rounds()),), _rounds())
    found = pages_of(piece, labels_of(piece.materials), _NAMES)
    assert [page.subject.text for page in found if page.subject] == ["Loose planks", "Wet rope", "Lost bells"]
    made = with_parts(Piece((), (*found[0].passages, *(p for p in found[1].passages if p.heading is None))))
    assert [p.heading.text for p in found[0].passages if p.heading] == ["Loose planks"]
    assert [p.run_in.text for p in found[0].passages if p.run_in] == ["How it is found", "What helps"]
    assert made.passages[0].heading is not None
    assert pages_of(piece, labels_of(piece.materials), {}) == [piece], "without names there are no pages"


def test_codes_of_a_title_go() -> None:
    assert uncoded("L2:2031 Wet rope") == "Wet rope" == uncoded("L2:2031-Wet rope")
    assert uncoded("B12 bridge works") == "B12 bridge works"
