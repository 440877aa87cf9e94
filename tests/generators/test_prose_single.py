"""A list of one item is none."""

from __future__ import annotations

from generators.blog_plan import Piece
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from generators.prose_single import without_captions, without_single


def _piece(*passages: Passage) -> Piece:
    return Piece((), passages)


def _listed(passage, lines, unit: int, item: str, *texts: str, **more: object) -> Passage:
    return passage(unit, *texts, lists=(ItemList(lines(item, unit=unit, start=40)),), **more)


def test_a_label_under_a_paragraph_goes(passage, lines) -> None:
    piece = _piece(_listed(passage, lines, 1, "One shelf, 40 jars", "The jars came back empty.", heading="Jars"))
    (left,) = without_single(piece, frozenset(), cues("en")).passages
    assert not left.lists
    assert [s.text for s in left.prose] == ["The jars came back empty."]


def test_a_whole_sentence_becomes_one_of_the_paragraph(passage, lines) -> None:
    piece = _piece(_listed(passage, lines, 1, "nobody had written a name on them", "The jars came back empty."))
    (left,) = without_single(piece, frozenset(piece.passages[0].lists[0].items[0].sources), cues("en")).passages
    assert not left.lists
    assert [s.text for s in left.prose] == ["The jars came back empty.", "Nobody had written a name on them."]


def test_a_heading_with_a_lone_label_goes_whole(passage, lines) -> None:
    piece = _piece(passage(1, "The jars came back empty.", heading="Jars"),
                   _listed(passage, lines, 2, "Your part: an hour a week", heading="The first month"))
    assert [p.unit for p in without_single(piece, frozenset(), cues("en")).passages] == [1]


def test_a_list_that_goes_on_and_one_with_a_lead_stay(passage, lines) -> None:
    first = _listed(passage, lines, 1, "Lids", "We need these.", heading="Jars")
    second = _listed(passage, lines, 2, "Labels")
    led = _listed(passage, lines, 3, "string", "Nobody ever brings:", heading="Missing")
    piece = _piece(first, second, led)
    assert without_single(piece, frozenset(), cues("en")).passages == piece.passages


def test_a_sentence_with_its_condition_first_is_whole(passage, lines) -> None:
    piece = _piece(_listed(passage, lines, 1, "When the shelf is full, call the school", "The jars came back empty."))
    (left,) = without_single(piece, frozenset(), cues("en")).passages
    assert left.prose[-1].text == "When the shelf is full, call the school."


def test_the_title_of_a_chart_is_no_heading_within_a_story(passage) -> None:
    first = passage(1, "The calls fell by half.", heading="Calls a month", captioned=True)
    later = passage(2, "The letters did not.", heading="Letters a month", captioned=True)
    assert [p.heading.text if p.heading else "" for p in without_captions(_piece(first, later)).passages] == [
        "Calls a month", ""]
