"""A script of one's own for the minutes that were asked for: whole paragraphs go, chapters stay."""

from __future__ import annotations

import pytest

from content.settings import Profile
from generators.speech.fitting import fit
from generators.speech.making import chapters_of, length

_CHAPTER = """## Chapter {0}

This is chapter {0}, which has a first paragraph of its own.

Nobody reads a page without a date. You never know whether anybody still stands behind it.

In hall {0} a mechanic went to the pillar, and he put {0} cards on it, and then he went home to his dog and his garden.

Then it rained in hall {0} for a while, because the roof had been taken off that week, and it was mended later on.
"""
_SCRIPT = "# A talk\n\n## Opening\n\nOne spring a pump stopped.\n\n{}\n## End\n\nThat was it.\n\nThe voice is synthetic.\n".format(
    "\n".join(_CHAPTER.format(number) for number in range(2, 8)))


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_the_least_important_paragraphs_go(share: float) -> None:
    chapters = chapters_of(_SCRIPT, "en", Profile())
    wish = share * length(chapters)
    kept, gone = fit(chapters, wish, length(chapters), "en")
    assert gone
    assert 0.85 * wish <= length(kept) <= 1.15 * wish
    assert [title for title, _ in kept] == [title for title, _ in chapters]
    assert kept[0] == chapters[0]
    assert kept[-1] == chapters[-1]
    for (_, lines), (_, before) in zip(kept, chapters, strict=True):
        assert lines[0] == before[0]
        assert [line for line in before if line in lines] == list(lines)


def test_what_holds_in_general_stays_longer_than_what_happened() -> None:
    chapters = chapters_of(_SCRIPT, "en", Profile())
    kept, _ = fit(chapters, 0.75 * length(chapters), length(chapters), "en")
    shown = " ".join(line.display for _, lines in kept for line in lines)
    assert shown.count("Nobody reads a page") == 6
    assert shown.count("it rained") + shown.count("a mechanic went") < 12


def test_what_is_short_enough_or_too_short_stays_as_it_is() -> None:
    chapters = chapters_of(_SCRIPT, "en", Profile())
    assert fit(chapters, 3600, length(chapters), "en") == (chapters, 0)
    assert fit((), 60, 0, "en") == ((), 0)
