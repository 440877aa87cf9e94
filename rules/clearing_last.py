"""The last look of clearing: what the leak gate would find in a cleared text, so that no pack is made to be refused.

The rules look for names between word edges. The gate reads as an attacker does: letters and digits in a row, whatever
stands between them ("Pell worth", "myVarndale"), and what is left when tags, entities and escapes are undone. Whatever
it would find there is found here first. Nothing here decides what is withheld.
"""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.cleared import WithheldString
from language.fold import SQUASHED_LEAST, fold, inside_word, squash
from rules.clearing_plan import Verdict

_TAG = re.compile(r"<[^<>]{0,4000}>")
_CODED = re.compile(r"[<&%\\*`~]|_\w")
_MARKUP = re.compile(r"[*_`~\\]")


@dataclass(frozen=True, slots=True)
class Echo:
    """A string as letters and digits alone. One that is not `free` must begin and end at the edge of a word."""

    text: str
    free: bool
    verdict: Verdict


class LastLook:
    """Finds the withheld strings of a document in its texts, read the way the leak gate reads them."""

    def __init__(self, strings: Iterable[tuple[WithheldString, Verdict]], texts: Iterable[str]) -> None:
        """`texts` are all texts that will be searched: what stands in none of them is not looked for again."""
        everything = "\n".join(form for text in texts for form in (tight(text), *map(tight, undone(text))))
        echoes: dict[tuple[str, bool], Echo] = {}
        for string, verdict in strings:
            letters = tight(string.text)
            if len(letters) >= SQUASHED_LEAST and not string.case_sensitive and letters in everything:
                echoes.setdefault((letters, not string.whole_word), Echo(letters, not string.whole_word, verdict))
        self.echoes = sorted(echoes.values(), key=lambda echo: (-len(echo.text), echo.text, echo.free))

    def find(self, text: str) -> Iterator[tuple[int, int, Verdict]]:
        """Every place of every string, as spans of the text; places inside a longer one are left out."""
        if not self.echoes:
            return
        squashed = squash(fold(text))
        taken: list[tuple[int, int]] = []
        for echo in self.echoes:
            at = squashed.text.find(echo.text)
            while at >= 0:
                start, end = squashed.span(at, at + len(echo.text))
                at = squashed.text.find(echo.text, at + 1)
                if not echo.free and (inside_word(text, start) or inside_word(text, end) or not _one_name(text[start:end])):
                    continue
                if not any(left <= start and end <= right for left, right in taken):
                    taken.append((start, end))
                    yield start, end, echo.verdict

    def disguised(self, text: str) -> Verdict | None:
        """The verdict on a string that can only be read when an encoding of the text is undone."""
        if self.echoes:
            for reading in undone(text):
                for _, _, verdict in self.find(reading):
                    return verdict
        return None


def undone(text: str) -> tuple[str, ...]:
    """The text without tags, entities, URL escapes and markup, each by itself and all together; none when it has none."""
    if not _CODED.search(text):
        return ()
    bare = _TAG.sub("", text)
    plain = html.unescape(html.unescape(text))
    link = urllib.parse.unquote(urllib.parse.unquote(text))
    marks = _MARKUP.sub("", text)
    everything = _MARKUP.sub("", urllib.parse.unquote(html.unescape(html.unescape(bare))))
    return tuple(dict.fromkeys(reading for reading in (bare, plain, link, marks, everything) if reading != text))


def tight(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(filter(str.isalnum, fold(text).text))


def _one_name(text: str) -> bool:
    """Whether only blanks, hyphens and marks that nobody sees stand between the letters of a name."""
    return all(char.isalnum() or char.isspace() or char in "-‐‑–_*" or unicodedata.category(char) in {"Cf", "Cc", "Mn"}
               for char in text)
