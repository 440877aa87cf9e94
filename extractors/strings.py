"""Words in what nobody describes: the texts and telling attributes of unknown XML, and readable runs in unknown binaries.

The last resort of the complete layer, for scanning only: what it gives has no order and may hold words of programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.drawing import text_of
from extractors.xml import A, attributes, local

if TYPE_CHECKING:
    from lxml import etree

_NAMES = frozenset({"name", "title", "descr", "description", "displayName", "author", "userId", "initials", "val", "value",
                    "caption", "tooltip", "contentTypeName", "userName", "providerId", "text", "comment", "label", "alt",
                    "string", "href", "target", "subject", "company", "creator"})
_CODE = re.compile(r"\{?[0-9A-Fa-f-]{20,}\}?|[a-z]+[A-Z]\w*|\w+:\w+|[\d.,\s-]+|"
                   r"(true|false|none|auto|on|off|AD|None|Windows Live)")
_BYTES = re.compile(rb"[\x20-\x7e\xa0-\xff]{5,20000}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff][\x00\x01]|[\x00-\xff][\x02-\x06\x1e\x20\x30-\x9f]){5,20000}")
_WORD = re.compile(r"[^\W\d_]{4,}")
#: Each further piece begins with a capital, so that no word can be cut in two ways: this runs over hostile bytes.
_SHAPE = re.compile(r"[A-Z]?[a-zà-ÿ]{2,40}(?:[A-Z][a-zà-ÿ]{1,40}){0,8}|[A-Z]{4,40}")
_VOWEL = re.compile(r"[aeiouyà-ÿ]", re.IGNORECASE)
_MOST = 200_000
#: Characters that are searched for repetitions, all searches together.
_BUDGET = 2_000_000_000


class Said:
    """What has been said already, for leaving out repetitions. What it cannot afford to look for counts as new."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take in the texts, blanks counted once."""
        lines = [" ".join(text.split()) for text in texts]
        self._lines, self._joined, self._left = set(lines), " ".join(lines), _BUDGET

    def says(self, text: str) -> bool:
        """Whether a text stands in what was said."""
        text = " ".join(text.split())
        if text in self._lines:
            return True
        self._left -= len(self._joined)
        return self._left > 0 and text in self._joined

    def add(self, text: str) -> None:
        """Take in one more."""
        text = " ".join(text.split())
        self._lines.add(text)
        if self._left > 0:
            self._left -= len(self._joined)
            self._joined += f" {text}"


def is_code(text: str) -> bool:
    """Whether a value is a number, an id or a word of a program, which nobody wrote."""
    return bool(_CODE.fullmatch(text))


def words_in(root: etree._Element) -> list[str]:
    """The texts of an element of unknown kind and the attributes that usually hold words, each once, in order."""
    found = [line for line in text_of(root).split("\n") if line.strip()] if root.find(f".//{A}p") is not None else []
    have = Said(found)
    for item in root.iter():
        if not isinstance(item.tag, str):
            continue
        for text in (item.text, item.tail):
            if text and any(char.isalpha() for char in text) and not have.says(text):
                found.append(text)
        found.extend(value for key, value in attributes(item)
                     if local(key) in _NAMES and len(value) > 2 and any(c.isalpha() for c in value) and not is_code(value))
    return list(dict.fromkeys(found))


def sweep(data: bytes) -> list[str]:
    """Readable runs of a binary of unknown kind, of one or two bytes a letter; each once, those without a word left out."""
    found = [run.decode("utf-16-le", "replace") for run in _WIDE.findall(data[:_MOST])]
    found += [run.decode("latin-1") for run in _BYTES.findall(data[:_MOST])]
    return [text.strip() for text in dict.fromkeys(found) if _tells(text)]


def _tells(text: str) -> bool:
    """Whether a run looks like words and not like packed data: nearly all letters and blanks, shaped as words are."""
    words = _WORD.findall(text)
    plain = sum(char.isalnum() or char in " .,:;@'/_-" for char in text)
    if not words or plain < 0.9 * len(text):
        return False
    shaped = sum(len(word) for word in words if _SHAPE.fullmatch(word) and _VOWEL.search(word))
    return 2 * shaped >= sum(char.isalpha() for char in text)
