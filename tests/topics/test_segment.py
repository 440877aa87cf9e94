from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from topics import segment
from topics.builds import bare, same_as_before

BREAD = [
    "Flour and water make the dough rise.",
    "The baker kneads the dough and the flour.",
    "Bread bakes in the oven of the baker.",
    "Dough, flour and yeast make good bread.",
    "The oven of the baker is hot for the bread.",
]
BOATS = [
    "The sail of the boat fills with wind.",
    "A sailor trims the sail to the wind.",
    "The boat leans when wind fills the sail.",
    "The keel of the boat steadies the sailor.",
    "Wind and sail carry the boat home.",
]


def test_two_subjects_are_cut_between_them() -> None:
    assert segment(BREAD * 2 + BOATS * 2) == [10]


@pytest.mark.parametrize("units", [[], ["one"], [""], ["", ""], ["a", "b"], ["..."] * 50, ["The same line."] * 40])
def test_nothing_to_cut_is_no_cut_or_a_valid_one(units: list[str]) -> None:
    found = segment(units)
    assert found == sorted(set(found))
    assert all(0 < n < len(units) for n in found)


def test_builds_are_never_cut() -> None:
    units = ["Why bread rises\nFlour and water", "Why bread rises (2)\nThe sail of the boat",
             "Why bread rises - cont.\nTax returns", "Why bread rises 3/4\nRoses in winter",
             "Boats and wind\nThe sail of the boat", "Boats and wind, continued\nThe keel"]
    assert set(segment(units)) <= {4}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_gives_ascending_places_the_same_each_time(units: list[str]) -> None:
    found = segment(units)
    assert found == sorted(set(found)) == segment(list(units))
    assert all(0 < n < len(units) for n in found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["Bread and dough", "Boats", "Tax (1)", "Tax (2)", "Wind cont."]),
                          st.sampled_from(BREAD + BOATS)), min_size=2, max_size=11))
def test_no_cut_inside_a_run_of_one_title(slides: list[tuple[str, str]]) -> None:
    again = same_as_before([title for title, _ in slides], "en")
    assert not [n for n in segment([f"{title}\n{body}" for title, body in slides]) if again[n]]


def test_long_documents_stay_in_memory_and_time() -> None:
    found = segment([f"{BREAD[n % 5]} {n % 7}" if n // 40 % 2 else f"{BOATS[n % 5]} {n % 5}" for n in range(3000)])
    assert 30 <= len(found) <= 200


@pytest.mark.parametrize(("one", "other"), [
    ("Why share?", "Why share? (2)"), ("Why share", "Why share – cont."), ("Why share 1/3", "Why share 2/3"),
    ("Waarom delen", "Waarom delen (vervolg)"), ("Costs - 2", "Costs - 3"), ("Costs [1]", "COSTS"),
])
def test_builds_have_one_bare_title(one: str, other: str) -> None:
    assert bare(one, "nl") == bare(other, "nl") != ""


def test_different_titles_stay_different() -> None:
    assert bare("Top 10 of 2013", "en") != bare("Top 5 of 2017", "en")
    assert bare("Continued growth", "en") != ""


def test_importing_loads_nothing_heavy() -> None:
    code = "import topics, sys; print([m for m in ('numpy', 'wordllama', 'spacy', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_title_that_comes_back_with_others_between_is_a_refrain() -> None:
    from topics.cues import CUES, cue_rows
    from topics.embed import vectors
    from topics.reading import of_text

    def refrains(titles: list[str]) -> list[int]:
        readings = [of_text(f"{title}\nSome words below it", "en") for title in titles]
        return [n for n, row in enumerate(cue_rows(readings, vectors(titles), "en")) if row[CUES.index("refrain")]]

    between = [f"Matter {name}" for name in ("of bread", "of wind", "of tax", "of soil")]
    assert refrains(["The deck", "What it costs", *between, "What it costs", "Matter of boats", "The deck"]) == [1, 6]
    # A build, one that comes back at once, exercises, and the title of the deck at its end are none.
    assert refrains(["The deck", "What it costs", "What it costs (2)", *between]) == []
    assert refrains(["The deck", "What it costs", "Bread", "What it costs", *between]) == []
    assert refrains(["The deck", "Exercise", *between, "Exercise"]) == []
