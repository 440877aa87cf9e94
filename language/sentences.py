"""Splits a block's text into sentences, without a model, the same way everywhere.

Trace ids count these sentences, so the split must never depend on what is installed. Rules: a full stop, question or
exclamation mark (with closing quotes) followed by white space and something that can start a sentence; never after a
known abbreviation, an initial or inside a number, nor inside a quotation of a few sentences: half of what somebody said
is not what that person said. A line break always ends a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\s\W_a-z]|\s*$|\s*\n)")
_BREAK = re.compile(r"[\n\r\x0b\u2028\u2029]\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|ca|approx|no|nr|fig|vol|ed|eds|pp?|st|mr|mrs|ms|dr|prof|jr|sr|inc|ltd|co|corp|dept|est|"
    r"bijv|bv|d\.w\.z|o\.a|enz|blz|mevr|dhr|drs|ir|ing|m\.b\.t|t\.o\.v|a\.s|jl|resp|incl|excl|max|min|gem|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)


#: A quotation with its marks, within a line, of so many characters at most: a longer one is told in sentences of its own.
_QUOTED = re.compile(r"[“„][^“”„\n]{1,400}[”“]|«[^«»\n]{1,400}»|(?<![\w\"])\"(?=[^\s\"])[^\"\n]{1,400}(?<=[^\s\"])\"(?!\w)")
#: Characters of the longest abbreviation, and some.
_LONGEST = 12
_start_of, _end_of = itemgetter(0), itemgetter(1)


@lru_cache(maxsize=2048)
def split(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of a text, trimmed of white space, in order. Empty text gives none."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line_end, next_start in _lines(text):
        start = position
        quoted = [match.span() for match in _QUOTED.finditer(text, position, line_end)]
        for match in _END.finditer(text, position, line_end):
            end = match.end()
            if end < line_end and _keeps_going(text, start, match.start()):
                continue
            if any(begin < match.start() and end < stop for begin, stop in quoted):
                continue
            _add(text, start, end, spans)
            start = end
        _add(text, start, line_end, spans)
        position = next_start
    return tuple(spans)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as strings."""
    return tuple(text[start:end] for start, end in split(text))


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The half-open span from the first to the last sentence that a span touches, the span itself always in it."""
    spans = split(text)
    first = bisect_right(spans, start, key=_end_of)
    last = bisect_left(spans, end, key=_start_of)
    return (min(spans[first][0], start), max(spans[last - 1][1], end)) if first < last else (start, end)


def _lines(text: str) -> list[tuple[int, int]]:
    ends: list[tuple[int, int]] = []
    for match in _BREAK.finditer(text):
        end = match.start()
        while end and text[end - 1].isspace():
            end -= 1
        ends.append((end, match.end()))
    return [*ends, (len(text), len(text))]


def _keeps_going(text: str, start: int, stop: int) -> bool:
    """Whether the mark at `stop` does not end a sentence."""
    if text[stop] != ".":
        return False
    found = _ABBREVIATION.search(text, max(start, stop - _LONGEST), stop + 1)
    if not found:
        return False
    word = found.group().rstrip(".").lower()
    # "... and so on, etc. The next" ends; a lone "I." does too when it closes a longer sentence.
    return not (word in {"etc", "enz", "jr", "sr", "inc", "ltd", "co", "corp", "bv"} and stop - start > 20)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
