"""Words that were cut at the end of a row and set again in one: "manage-ment" is "management".

Told by the deck itself: the joined word stands elsewhere in it, and what comes after the hyphen never stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.document import Body
from generators.prose_line import Line
from language.words import tokens

_CUT = re.compile(r"\b([A-Za-z][a-z]+)-([a-z]{2,})\b")


def cut_words(body: Body) -> dict[str, str]:
    """Word with the hyphen that a row's end left in it -> the word, both as they stand; {} where there is none."""
    alone: set[str] = set()
    cut: dict[str, str] = {}
    for unit in body.content_units():
        for block in unit.blocks:
            if block.readable:
                alone.update(tokens(_CUT.sub(" ", block.text)))
                cut.update({match[0]: match[1] + match[2] for match in _CUT.finditer(block.text)})
    return {word: whole for word, whole in cut.items()
            if whole.lower() in alone and word.rpartition("-")[2].lower() not in alone}


def mended(lines: Sequence[Line], cut: dict[str, str]) -> list[Line]:
    """The lines with such words whole."""
    if not cut:
        return list(lines)

    def mend(text: str) -> str:
        return _CUT.sub(lambda match: cut.get(match[0], match[0]), text)

    return [replace(line, text=mend(line.text), parts=tuple((name, mend(text)) for name, text in line.parts))
            for line in lines]
