"""How the desk says where something is."""

from __future__ import annotations

import pytest

from desk.words import places


@pytest.mark.parametrize(("numbers", "said"), [
    ([14], "slide 14"), ([0], "the file itself"), ([0, 57], "the file itself and slide 57"),
    ([40, 3, 12, 13, 14], "slides 3, 12-14 and 40"), ([2, 4, 6, 8, 10, 11], "slides 2, 4, 6, 8 and 2 more"), ([], ""),
])
def test_which_slides(numbers, said):
    assert places("slide", numbers) == said
