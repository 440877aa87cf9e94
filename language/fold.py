"""Unicode folding with offsets: what looks the same becomes the same, and every hit maps back to the source.

Used for matching only, never for display. Folding removes zero-width and other format characters, combining marks and
soft hyphens, maps compatibility forms (full-width, ligatures) and look-alike letters of other alphabets to Latin,
lowers the case, and turns every run of white space into one blank.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

# Cyrillic and Greek letters, and a few IPA ones, that look like a Latin letter in common fonts. From the Unicode
# confusables (UTS 39), kept to the letters that a spoofed company name would use; and the letters that look like an
# apostrophe, which would hide a possessive.
_LOOKALIKE = str.maketrans(
    "аеорсхуіјѕԁһԛԝвкмнтАВЕКМНОРСТХУІЅЈԁгѵοαερτικνυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıℓɑɡʼʻ",
    "aeopcxyijsdhqwbkmhtABEKMHOPCTXYISJdrvoaeptiknuxABEZHIKMNOPTYXilag''",
)
_UNEVEN = re.compile(r"  |[\x00-\x1f]")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
#: Letters and digits that a string needs to be looked for squashed: shorter ones stand inside other words by chance.
SQUASHED_LEAST = 6
_GONE = frozenset({"Cf", "Mn", "Me", "Cs", "Cc", "Co"})


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `origin[i]` is the index in the source of the character that `text[i]` came from."""

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the folded text back to the source."""
        if start >= end:
            return (0, 0)
        return (self.origin[start], self.origin[end - 1] + 1)

    def at(self, index: int) -> int:
        """The folded index at or before a source index."""
        return max(0, bisect_right(self.origin, index) - 1)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if unicodedata.category(char) in _GONE and not char.isspace():
        return ""
    piece = unicodedata.normalize("NFKD", char.translate(_LOOKALIKE)).translate(_LOOKALIKE).casefold()
    return "".join(c for c in piece if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def fold(text: str) -> Folded:
    """Fold a text for matching, keeping for each folded character where it came from."""
    if text.isascii():
        return _fold_ascii(text)
    out: list[str] = []
    origin: list[int] = []
    blank = False
    index = 0
    while index < len(text):
        run = _PLAIN.match(text, index)
        if run:  # most of most texts: taken as a whole
            out.extend(run.group().lower())
            origin.extend(range(index, run.end()))
            index, blank = run.end(), False
            continue
        char = text[index]
        piece = char.lower() if char < "\x80" and char >= " " else (" " if char.isspace() else _fold_char(char))
        for c in piece:
            if c.isspace():
                if blank:
                    continue
                c = " "
            blank = c == " "
            out.append(c)
            origin.append(index)
        index += 1
    return Folded("".join(out), tuple(origin), len(text))


def _fold_ascii(text: str) -> Folded:
    lowered = text.lower()
    if not _UNEVEN.search(lowered):
        return Folded(lowered, tuple(range(len(text))), len(text))
    out: list[str] = []
    origin: list[int] = []
    blank = False
    for index, char in enumerate(lowered):
        if char.isspace():
            if blank:
                continue
            char, blank = " ", True
        elif char < " ":
            continue
        else:
            blank = False
        out.append(char)
        origin.append(index)
    return Folded("".join(out), tuple(origin), len(text))


def inside_word(text: str, at: int) -> bool:
    """Whether a position lies inside a word: between two letters or digits."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
                     "\ufff9-\ufffb\U0010ff00-\U0010ff02]")


def seen(text: str) -> str:
    """The text without the characters that nobody sees and that turn, hide or break what is around them: controls, soft
    hyphens, zero-width blanks and direction marks. Joiners stay: emoji and several scripts are written with them."""
    return _UNSEEN.sub("", re.sub("[\x0b\x0c\x85\u2028\u2029]", "\n", text))


def folded(text: str) -> str:
    """The folded text alone, stripped: for keys and comparisons."""
    if text.isascii() and not _UNEVEN.search(text):
        return text.lower().strip()
    return fold(text).text.strip()


def squash(text: Folded) -> Folded:
    """The same with everything but letters and digits taken out: "A c m e", "acme_q3" and "Ac-/me" become one run."""
    keep = [index for index, char in enumerate(text.text) if char.isalnum()]
    return Folded("".join(text.text[i] for i in keep), tuple(text.origin[i] for i in keep), text.length)
