"""Confidence: curves that never fall, thresholds that keep their meaning, and figures that the fit would give again."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fit_confidence import FILE, HEAD, Seen, error, fitted
from content.finding import Category
from rules import scan_text
from rules.calibration import Curve, calibrated, curves
from rules.catalogue import catalogue

SHARES = st.floats(0, 1, allow_nan=False)


@settings(deadline=None)
@given(left=SHARES, right=SHARES)
def test_no_curve_falls_or_leaves_its_range(left: float, right: float) -> None:
    low, high = sorted((left, right))
    for rule in curves():
        assert 0 <= calibrated(rule, low) <= calibrated(rule, high) <= 1


@settings(deadline=None)
@given(raw=SHARES)
def test_a_customer_of_a_half_or_more_stays_one(raw: float) -> None:
    for rule in catalogue().all:
        if rule.category is Category.CUSTOMER:
            assert (calibrated(rule.id, raw) >= 0.5) == (raw >= 0.5)


@pytest.mark.parametrize("raw", [0.0, 0.3, 0.77, 1.0])
def test_a_rule_without_a_curve_keeps_its_number(raw: float) -> None:
    assert calibrated("mine.own_rule", raw) == raw


def test_every_rule_of_a_curve_is_a_rule() -> None:
    assert set(curves()) <= set(catalogue().by_id)


def test_the_scan_shows_the_share_and_not_the_detectors_number() -> None:
    [found] = [each for each in scan_text("Mail pim.vos@brimvale.nl today") if each.rule == "contact.email"]
    assert found.confidence == round(calibrated("contact.email", catalogue().rule("contact.email").confidence), 3)
    assert found.confidence != catalogue().rule("contact.email").confidence


@pytest.mark.parametrize(("raw", "share"), [(0.0, 0.0), (0.2, 0.15), (0.4, 0.3), (0.5, 0.5), (0.6, 0.7), (0.8, 0.9), (1.0, 0.9)])
def test_a_curve_goes_through_its_points(raw: float, share: float) -> None:
    assert Curve((0.4, 0.6, 0.8), (0.3, 0.7, 0.9)).at(raw) == pytest.approx(share)


def test_a_threshold_is_held_from_both_sides() -> None:
    curve = Curve((0.3, 0.6), (0.1, 0.4), holds=0.5)
    assert curve.at(0.49) < 0.5 <= curve.at(0.5)
    assert Curve((0.3,), (0.9,), holds=0.5).at(0.4) < 0.5


def _seen(*groups: tuple[float, int, int]) -> list[Seen]:
    return [Seen("r.x", raw, number < right) for raw, right, every in groups for number in range(every)]


def test_shares_are_pooled_until_they_rise() -> None:
    points = fitted(_seen((0.2, 2, 20), (0.5, 16, 20), (0.7, 12, 20), (0.9, 20, 20)))
    assert [raw for raw, _ in points] == [0.2, 0.5, 0.7, 0.9]
    assert [share for _, share in points] == [round(3 / 22, 3), round(29 / 42, 3), round(29 / 42, 3), round(21 / 22, 3)]


def test_few_finds_are_never_certain() -> None:
    [[_, share]] = fitted(_seen((0.9, 12, 12)))
    assert share == round(13 / 14, 3)


def test_the_fit_of_a_threshold_does_not_reach_over_it() -> None:
    points = fitted(_seen((0.4, 18, 20), (0.6, 4, 20)), holds=0.5)
    assert all((raw >= 0.5) == (share >= 0.5) for raw, share in points)


def test_the_error_is_the_distance_between_word_and_truth() -> None:
    assert error([(0.95, True)] * 9 + [(0.95, False)]) == pytest.approx(0.05)
    assert error([(0.2, False)] * 8 + [(0.2, True)] * 2) == pytest.approx(0.0)
    assert error([]) == 0


def test_the_file_is_as_the_script_writes_it() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    rules = [rule for entry in yaml.safe_load(text)["curves"] for rule in entry["rules"]]
    assert len(rules) == len(set(rules))
