from __future__ import annotations

from collections import Counter

import numpy as np

from topics import word_gaps as module
from topics.word_gaps import word_gaps


def test_a_change_of_words_is_a_dip_and_both_sides_lean_away() -> None:
    bags = [Counter(["bread", "oven", f"a{n % 2}"]) for n in range(6)] + [Counter(["boat", "sail", f"b{n % 2}"]) for n in range(6)]
    rows = word_gaps(bags)
    assert rows.shape == (11, 3)
    assert int(rows[:, 0].argmin()) == 5 and rows[5, 0] == 0
    assert int(rows[:, 1].argmax()) == 5 and int(rows[:, 2].argmax()) == 5


def test_blocks_do_not_show(monkeypatch) -> None:
    bags = [Counter([f"w{n * 7 % 5}", f"w{n * 3 % 11}", "all"]) for n in range(40)]
    whole = word_gaps(bags)
    monkeypatch.setattr(module, "_BLOCK", 7)
    assert np.allclose(word_gaps(bags), whole)


def test_nothing_to_compare() -> None:
    assert word_gaps([]).shape == (0, 3)
    assert word_gaps([Counter(["a"])]).shape == (0, 3)
    assert not word_gaps([Counter(), Counter(), Counter(["x"])]).any()
