"""The peers find plain changes of subject, and the measures agree with figures worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks import topic_peers
from benchmarks.topic_measures import mean, score

BREAD = ["Flour and water make the dough.", "The oven bakes the dough into bread.", "Bread needs flour, water and an oven.",
         "Dough rises before the oven bakes the bread.", "Bakers knead flour and water into dough.", "An oven bakes bread from dough."]
BOATS = ["The mast carries the sail of the boat.", "Wind fills the sail and the boat leans.", "A sailor trims the sail to the wind.",
         "The boat has a mast and a sail.", "A sailor steers the boat in the wind.", "Wind bends the mast of the boat."]


@pytest.mark.parametrize("method", [topic_peers.text_tiling, topic_peers.c99])
def test_a_change_of_subject_is_found(method) -> None:
    assert 6 in method(BREAD + BOATS)


def test_the_chunker_cuts_where_neighbours_are_furthest_apart() -> None:
    found = topic_peers.semantic_chunker(BREAD + BOATS)
    assert found and all(abs(place - 6) <= 1 for place in found)


def test_baselines() -> None:
    assert topic_peers.none(BREAD) == []
    assert topic_peers.even(["x"] * 36) == [12, 24]


def test_measures_by_hand() -> None:
    perfect = score([5], [5], 10)
    assert (perfect.pk, perfect.window_diff, perfect.f1, perfect.ratio) == (0, 0, 1, 1)
    # Window 2: of the eight pairs (n, n + 2) two span the boundary at 5, and "no boundary" gets those wrong.
    missed = score([5], [], 10)
    assert (missed.pk, missed.f1, missed.ratio) == (2 / 8, 0, 0.5)
    assert mean([perfect, missed]).pk == 1 / 8
