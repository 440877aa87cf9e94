"""Slips of spelling and grammar in a sentence, with what might stand there instead. Offered, never applied.

English goes through harper (rules and a dictionary in the package, no network, no server). Its opinions on style and
formatting are left out: how somebody speaks is no mistake. A word that it does not know is a slip only where it is
written small, stands once in the whole document, and is wrong in British and in American spelling. Dutch has a list of
common slips (`data/nl/slips.txt`) and doubled words. Other languages have nothing, and `reads` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from language.files import read_lines

_DATA = Path(__file__).parent / "data"
_LEFT_OUT = frozenset({"Style", "Formatting", "Readability", "Enhancement", "Regionalism", "Capitalization", "WordChoice"})
#: Of the choices of words, what is wrong and not merely unusual ("could of").
_WRONG_WORD = re.compile(r"\b(?:could|would|should|must|might) of\b|\b(?:their|there|they're|your|you're|its|it's|then|than|"
                         r"affect|effect|loose|lose)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})[ \t]+\1\b", re.IGNORECASE)
#: Doubled on purpose, in Dutch: "dat dat", "die die", "heel heel".
_MAY_DOUBLE = frozenset({"dat", "die", "heel", "ja", "nee", "zeer", "zij", "had"})
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a slip stands in the text that was read, what stands there, what might, and why; offsets in characters."""

    start: int
    end: int
    text: str
    offers: tuple[str, ...]
    why: str


def reads(language: str) -> bool:
    """Whether there is anything to read this language with: for English harper has to be installed."""
    return language == "nl" or (language == "en" and find_spec("harper") is not None)


def slips(text: str, language: str, known: Callable[[str], bool]) -> tuple[Slip, ...]:
    """The slips of a text, in order; () in a language that nothing reads.

    `known` says of a lower-case word that the document uses it on purpose: a name, a term, a word that it repeats.
    """
    if language == "nl":
        return _dutch(text)
    return _english(text, known) if language == "en" else ()


@cache
def _linter(american: bool) -> Callable[[str], list[tuple[int, int, str, str, tuple[str, ...]]]]:
    """A reader of English: text -> (start, end, kind, message, offers). It holds its dictionary for good (140 MB)."""
    import harper

    linter = harper.Linter(dialect=harper.Dialect.AMERICAN if american else harper.Dialect.BRITISH)

    def read(text: str) -> list[tuple[int, int, str, str, tuple[str, ...]]]:
        return [(each.span.start, each.span.end, each.lint_kind, each.message,
                 tuple(offer.replacement_text for offer in each.suggestions if offer.replacement_text)[:_OFFERED])
                for each in linter.lint(text)]

    return read


def _english(text: str, known: Callable[[str], bool]) -> tuple[Slip, ...]:
    # harper takes a straight apostrophe for what it is; a curved one breaks some of its rules. Same length, same offsets.
    plain = text.replace("’", "'").replace("‘", "'")
    found = []
    for start, end, kind, message, offers in _linter(american=False)(plain):
        wrong = plain[start:end]
        if kind == "Spelling" or any(offer.replace(" ", "") == wrong for offer in offers):
            own = not wrong.islower() or not _WORD.fullmatch(wrong) or known(wrong)
            if own or (kind == "Spelling" and not _misspelt(wrong)):
                continue
        elif "mass noun" in message or (kind in _LEFT_OUT and not (kind == "WordChoice" and _WRONG_WORD.search(wrong))):
            continue
        found.append(Slip(start, end, text[start:end], offers, message))
    return tuple(found)


@cache
def _misspelt(word: str) -> bool:
    """Whether American spelling does not know the word either."""
    return any(kind == "Spelling" for _, _, kind, _, _ in _linter(american=True)(f"The {word}"))


def _dutch(text: str) -> tuple[Slip, ...]:
    found = [Slip(match.start(), match.end(), match.group(), (match[1],), "Het woord staat er twee keer.")
             for match in _DOUBLED.finditer(text) if match[1].lower() not in _MAY_DOUBLE]
    for pattern, put in _dutch_list():
        for match in pattern.finditer(text):
            offer = put[:1].upper() + put[1:] if match.group()[:1].isupper() else put
            found.append(Slip(match.start(), match.end(), match.group(), (offer,), "Een veelgemaakte verschrijving."))
    return tuple(sorted(found, key=lambda slip: slip.start))


@cache
def _dutch_list() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The pairs of slips.txt, "wrong = right", longest first."""
    pairs = [tuple(part.strip() for part in line.split("=", 1)) for line in read_lines(_DATA / "nl" / "slips.txt")]
    return tuple((re.compile(rf"(?<![\w-]){re.escape(pair[0])}(?![\w-])", re.IGNORECASE), pair[1])
                 for pair in sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
