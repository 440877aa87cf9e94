"""Titles of address before a surname: what tells "Mrs. Brand" from a brand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from language.fold import folded

#: A title and the blanks behind it. Of two or three capitals, most are no title: "MS
#: Word", "DR Plan".
_TITLE = (r"(?<![\w@.-])(?:(?:[Mm]rs?|MRS?|[Mm]s|[Mm]iss|MISS|[Mm]x|[Dd]rs?|[Pp]rof|[Ii]r|[Dd]hr|[Mm]evr|[Mm]w|[Mm]vr)\b\.?|"
          r"(?:[Pp]rofessor|[Mm]evrouw|MEVROUW|[Mm]eneer|MENEER|[Mm]ijnheer|[Mm]ejuffrouw|[Dd]e [Hh]e(?:er|ren)|[Dd]okter|"
          r"[Zz]uster|[Bb]roeder|[Ww]ethouder|[Bb]urgemeester|Doctor|Sir|Dame|Lord|Lady|Mister|Madam|Sister|Nurse|Matron|"
          r"Reverend|Rev\.?|Cllr\.?|Councillor|Judge|Juf|juf|Meester|Dominee|[Dd]s\.))"
          r"[ \t\xa0]+")
_PARTICLE = r"(?:van|de|der|den|ter|ten|te|von|di|du)[ \t\xa0]+"
_BEFORE = re.compile(rf"{_TITLE}(?P<particles>(?:{_PARTICLE}){{0,3}})$")
_CALLED = re.compile(rf"{_TITLE}(?:{_PARTICLE}){{0,3}}(?P<name>[^\W\d_a-z][\w-]{{2,}})")
#: Characters of the longest title with its particles, and some.
_NEAR = 36


def surname_start(text: str, start: int) -> int | None:
    """Where the surname begins of which a word at a place is the last, when a title stands before it; None for no title."""
    if not text[max(0, start - 1):start].isspace():
        return None
    found = _BEFORE.search(text[max(0, start - _NEAR):start])
    return start - len(found["particles"]) if found else None


def called(texts: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Folded surname -> how texts call its bearers: "brand" -> "Mrs. Brand", "mevrouw Brand"."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for match in _CALLED.finditer(text):
            found[folded(match["name"])].add(match.group())
    return {name: frozenset(forms) for name, forms in found.items()}
