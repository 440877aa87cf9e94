"""One name in two spellings, one figure with two values; and what only looks so. All names are invented."""

from __future__ import annotations

import pytest

from language.clashes import clashes


def _found(*said: str, language: str = "en") -> list[tuple[str, str]]:
    return [(each.one, each.other) for each in clashes([(str(n), text) for n, text in enumerate(said)], language)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_name_in_two_spellings_is_found(language) -> None:
    said = ("We met Quendale in May.", "We met Quendale in June.", "We met Quendalle in July.")
    assert _found(*said, language=language) == [("Quendalle", "Quendale")]


def test_letters_that_changed_places_in_a_name_in_capitals() -> None:
    assert _found(*(["The boats of WWO are wet."] * 5), "The boats of WOO are dry.") == [("WOO", "WWO")]


@pytest.mark.parametrize("said", [
    ("The boats of Quendale are wet.", "The Quendales are dry.", "It is Quendale's boat."),
    ("We use the Contract here.", "We use the Contrast here."),
    ("The XSL is wet.", *(["The XSS is dry."] * 6)),
    ("We saw Quendale and Brendale.",),
])
def test_what_is_two_things_is_left_alone(said) -> None:
    assert _found(*said) == []


@pytest.mark.parametrize(("language", "one", "other"), [
    ("en", "RPO is five minutes", "RPO of 1 hour"), ("nl", "RPO is vijf minuten", "RPO van 1 uur")])
def test_a_figure_with_two_values_is_found(language, one, other) -> None:
    assert _found(f"An {other}.", f"The {one}.", language=language) == [(one, other)]
    assert _found("RPO of 1 hour", "RPO of 60 minutes", "RTO of 6 hours") == []
