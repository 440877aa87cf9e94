"""Recognises what is no language: program text, web and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b[\w.+-]+@[\w-]+\.\w+|\b(?:[\w-]+\.)+(?:com|org|net|io|dev|edu|gov|eu|nl)"
                      r"(?:/\S*)?\b")
_CODE = re.compile(
    r"[;{}]\s*$|^\s*[{}]|=>|==|\(\)|::|->|<-|!=|&&|\|\||</|/>|^\s*<\w|\w\(\w*\)\s*[;.{]|"
    r"^\s*(?:PS |C:|\$ |> |#include|//|/\*|--\w)|"
    r"^\s*#\s|\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b|\(\d{3,}/\d{3,}\)|\([+-]\)|^\s*create mode \d|,\s*done\.$|"
    r"^\s*(?:public|private|protected|static|var|let|const|def|class|import|using|namespace|function|return|await|async|new|"
    r"void|int|string|bool|if|for|foreach|while|try|catch)\b.*(?:[={};]|\(\)|\)\s*$)|"
    r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|EXEC)\s+[\w*\[\"]+.*|\w+\.\w+\.\w+\.\w+|-{5,}|={4,}|\S{45,}|"
    r"^\s*(?:git|npm|pip|docker|kubectl|dotnet|sudo|apt|cd|ls|curl|az|aws)\s+[-\w./]+(?:\s+-|\s*$)|^\s*[\w-]+\s+(?:--?|–)\w+|\s\|\s[A-Z]\w+-|^-{1,2}\w+$|"
    r"^(?:~?/[\w. -]+){2,}$|^[A-Z]:\\|"
    r"\w\([\w.\[\]]+ \w+[^)]*(?:\)|\.\.\.)|^(?:\w+ ){1,3}\w+ \w+ \w+\((?!s\)|en\))|^Name \w+Type Definition$|"
    # What a language without braces and semicolons has: the heads of its blocks, a call that goes on in the next line.
    r"^\s*(?:async )?(?:def|class|for|while|elif|with)\b.*\w\(.*\).*:\s*$|^\s*(?:if|while|elif) not \w+:\s*$|"
    r"^[\w.]+ = \w[\w.]*\($|"
    r"^\w+(?:\.\w+)+\($|^\([\w.]+(?:, [\w.]+)*\)\)+$|^return\b.*\s#\s|^\"(?:SELECT|INSERT|UPDATE|DELETE|ON CONFLICT|WHERE)\b")

#: A line of settings ("every: 30m"), and what only settings have: a key alone, marks around a value, an item of keys.
_SETTING = re.compile(r"^(?:- )?[a-z][\w.-]*:(?: \S.*)?$")
_SET = re.compile(r"^- [a-z][\w.-]*:|^[\w.-]+:$|: [\"'\[{]|^\w*_\w*:")
#: Lines that make settings of a box, and those of them that only settings have.
_SETTINGS, _SETS = 4, 2

#: Words of a paragraph, and the share of them that are plain ones.
_PROSE, _MOST = 20, 0.8
#: Signs that prose and figures have too ("212 ×", "26 → 41", "≥ 2 s").
_MARKS = ".,:;'’‘\"“”-–—?!()&/%€$£+·•…×÷±≈≤≥→←↑↓°½¼¾"
_PLAIN = re.compile(r"[(“\"‘']?[^\W\d_]+(?:[-'’][^\W\d_]+)*[)”\"’']?[.,;:!?]?")


def is_code(text: str) -> bool:
    """Whether a line is program text rather than language."""
    words = text.split()
    if len(words) >= _PROSE and sum(_PLAIN.fullmatch(word) is not None for word in words) >= _MOST * len(words):
        return False  # a paragraph that names a call, as "exec()", is told all the same
    if _CODE.search(text):
        return True
    if len(words) >= 6 and sum(any(char.isdigit() for char in word) for word in words) >= 0.45 * len(words):
        return True  # a log, a dump or a flattened table
    signs = sum(not (char.isalnum() or char.isspace() or char in _MARKS) for char in text)
    return signs > 0.12 * len(text)


def is_settings(texts: Sequence[str]) -> bool:
    """Whether the lines of a box are settings of a program, a key and its value each."""
    return len(texts) >= _SETTINGS and all(_SETTING.match(text) for text in texts) and (
        sum(_SET.search(text) is not None for text in texts) >= _SETS)


def has_address(text: str) -> bool:
    """Whether a text holds a web or mail address."""
    return _ADDRESS.search(text) is not None


def without_addresses(text: str) -> str:
    """The text with its addresses cut out."""
    return _ADDRESS.sub("", text)
