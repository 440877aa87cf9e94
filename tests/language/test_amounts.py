"""Amounts in words and in digits are one value."""

from __future__ import annotations

import pytest

from language.amounts import amounts_in, told_amounts


@pytest.mark.parametrize(("said", "values"), [
    ("It cost six hundred and forty thousand, or eight a head.", {640_000, 8}),
    ("€640k for 80,000 heads", {640_000, 80_000}),
    ("two point four million", {2_400_000}),
    ("three and a half thousand letters", {3500}),
    ("fifteen hundred", {1500}),
    ("nineteen eighty-four", {19, 1984}),
    ("seven and eight", {7, 8}),
    ("No one came, and one man left.", set()),
])
def test_words_of_one_number_are_one_number(said: str, values: set[float]) -> None:
    assert amounts_in(said) == values


@pytest.mark.parametrize(("said", "values"), [
    ("zeshonderdveertigduizend euro", {640_000}),
    ("achtenzeventig en drieënvijftig", {78, 53}),
    ("twee komma vier miljoen", {2_400_000}),
    ("anderhalf jaar, tweeënhalf kilo", {1.5, 2.5}),
    ("zesentwintig duizend", {26_000}),
    ("Een man keek achterdochtig.", set()),
    ("1.200 brieven", {1200}),
])
def test_dutch_writes_them_as_one_word(said: str, values: set[float]) -> None:
    assert amounts_in(said, "nl") == values


def test_what_is_told_leaves_a_scale_and_a_share_to_be_understood() -> None:
    assert 19_000 in told_amounts("It went from sixty thousand to nineteen.")
    assert 19_000 not in amounts_in("It went from sixty thousand to nineteen.")
    assert {66, 67} <= told_amounts("Two thirds of it never came back.")
    assert 75 in told_amounts("Driekwart kwam terug.", "nl")
    assert 250_000 in told_amounts("A quarter of a million came.")
