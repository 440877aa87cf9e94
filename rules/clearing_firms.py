"""A person's name within the name of a firm: "Harrow & Lisle", "Harrow and Lisle", "Harrow Logistics".

Where a surname is withheld, a firm that carries it is one name: the whole of it is masked, as an organisation. Half of it
masked ("a colleague and Lisle") would be no sentence and no secret. A pair of names is a firm where the document writes it
with "&" somewhere. Nothing here decides what is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from language.fold import folded
from rules.vocabulary import KINDS_OF_COMPANY, LEGAL_FORMS

_NAME = r"[^\W\d_]{3,}"
_AMPERSAND = re.compile(rf"\b({_NAME})\s?&\s?({_NAME})")
_JOINED = r"\s?(?:&|\+)\s?|\s(?:and|en|und|et)\s|[-_]"
_BEHIND = re.compile(rf"(?:['’]s)?(?P<joint>{_JOINED})(?P<name>{_NAME})")
_AHEAD = re.compile(rf"(?P<name>{_NAME})(?P<joint>{_JOINED})$")
_KIND = re.compile(r" (?P<name>[A-Z][\w.]+)")
#: Characters before a name in which the other half of a firm may stand.
_REACH = 40


class Firms:
    """The firms of a document that are called after two people."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are all texts of the document."""
        self._pairs = frozenset((folded(found[1]), folded(found[2])) for text in texts for found in _AMPERSAND.finditer(text)
                                if found[1][0].isupper() and found[2][0].isupper())

    def around(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The span of the firm whose name holds the span of a person's; None where there is none."""
        name = folded(text[start:end]).split()[-1:]
        if not name:
            return None
        behind = _BEHIND.match(text, end)
        if behind and (name[0], folded(behind["name"])) in self._pairs:
            return start, behind.end()
        before = _AHEAD.search(text, max(0, start - _REACH), start)
        if before and (folded(before["name"]), name[0]) in self._pairs:
            return before.start(), end
        kind = _KIND.match(text, end)
        word = kind["name"].replace(".", "").lower() if kind else ""
        if kind and " " not in text[start:end] and (word in KINDS_OF_COMPANY or word in LEGAL_FORMS):
            return start, kind.end()
        return None
