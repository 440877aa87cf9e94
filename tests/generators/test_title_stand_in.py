"""A title that is nothing but what stands for a name says nothing, and names no draft."""

from __future__ import annotations

import pytest

from generators.prose_cues import cues


@pytest.mark.parametrize(("language", "title", "bare"), [
    ("en", "Case: a colleague (3)", True), ("en", "A colleague", True), ("en", "Why a colleague left the pier", False),
    ("en", "What we do for the customer", False), ("nl", "Casus: een collega (3)", True), ("nl", "Een klant", True),
    ("nl", "De klant centraal", False), ("nl", "Wat een collega zag", False),
])
def test_a_bare_stand_in_is_no_title(language: str, title: str, bare: bool) -> None:
    assert cues(language).has("stand_in_title", title) is bare
