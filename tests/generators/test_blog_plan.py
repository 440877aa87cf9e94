"""Sections keep the headings that matter, and only what can stand in front is moved there."""

from __future__ import annotations

from content.draft import Sentence
from generators.blog_plan import Opening, Piece, angles, openings, sections
from generators.material import Passage
from generators.prose_cues import cues


def _passage(unit: int, words: int, spoken: bool = True, heading: bool = True) -> Passage:
    said = (Sentence(text=" ".join(["word"] * words) + ".", sources=(f"s{unit}.b2.1",)),)
    title = Sentence(text=f"Heading {unit}", sources=(f"s{unit}.b1.1",)) if heading else None
    return Passage(unit, title, said, spoken=spoken, paragraphs=(said,))


def _cut(*passages: Passage) -> list[list[int]]:
    return [[p.unit for p in section.passages] for section in sections(passages)]


def test_a_short_list_goes_with_the_slide_before_and_not_over_the_next_heading() -> None:
    assert _cut(_passage(1, 130), _passage(2, 30, spoken=False), _passage(3, 130)) == [[1, 2], [3]]


def test_a_section_is_no_single_sentence() -> None:
    assert _cut(_passage(1, 140), _passage(2, 12)) == [[1, 2]]
    assert _cut(_passage(1, 12), _passage(2, 140)) == [[1, 2]]


def test_what_has_no_heading_never_begins_a_section() -> None:
    assert _cut(_passage(1, 150), _passage(1, 150, heading=False), _passage(2, 150)) == [[1, 1], [2]]


def test_six_different_angles_where_there_are_six_and_then_the_authors_own_start() -> None:
    own, moved = Opening(), Opening((Sentence(text="A.", sources=("s1.b1.1",)),), 2.0)
    names = ("myth", "story", "number", "example", "question", "contrast")
    found = [{name: own} for name in names] + [{"story": own, "how-to": moved}]
    assert angles(found) == [*names, "story"]
    assert angles([{"story": own}, {"story": own, "how-to": moved}]) == ["story", "how-to"]


def _ways(slide, context, *notes: tuple[str, ...], bullets: tuple[str, ...] = ()):
    units = [slide(n, f"Part {n}", bullets if n > 1 else (), each) for n, each in enumerate(notes, start=1)]
    materials = context(tuple(units)).materials
    return openings(Piece(materials, tuple(p for m in materials for p in m.passages)), cues("en"))


_START = ("The hall has a gate and a board. People read the board in the morning when they come.",)


def test_what_begins_a_paragraph_moves_with_all_of_it(slide, context) -> None:
    told = ("Ask a friend to explain how one ties a shoe. Most begin when the laces are crossed. Nobody can see the first step.",)
    way = _ways(slide, context, _START, told)["how-to"].sentences
    assert [s.text for s in way] == [
        "Ask a friend to explain how one ties a shoe.", "Most begin when the laces are crossed.", "Nobody can see the first step."]


def test_an_enumeration_is_not_torn(slide, context) -> None:
    told = ("We went there. How do you know that it is too early? When the first talk is of software. When somebody offers to "
            "approve every reply out of kindness. When nobody laughs at all.",)
    way = _ways(slide, context, _START, told).get("question", Opening()).sentences
    texts = [s.text for s in way]
    assert not texts or texts[-1] == "When nobody laughs at all."


def test_what_speaks_of_a_line_is_never_moved(slide, context) -> None:
    told = ("As for the fourth line, one of our teams was offered a target. We refused, because people who must post will post.",)
    assert all("fourth line" not in s.text for way in _ways(slide, context, _START, told).values() for s in way.sentences)
