"""Marks of confidentiality: words that stand as a mark, not words of a sentence.

A mark stands alone on its line or between separators, beside nothing but a company's name, a year or a page number; or
in capitals; or in brackets, or cut off by a dash from what follows or goes before. "Confidential data must be
encrypted" is a sentence, "Fernhollow | Confidential" and "Budget of the northern branch (draft)" are marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from content.document import Part
from language.fold import folded
from rules.detector import Hit, Scan
from rules.haystack import Place, plain
from rules.loader import Compiled, compiled
from rules.rule import Kind

_EDGE = re.compile(r"[|•·–—;:,/()\[\]©®™*_.!-]|\s{3,}|\t")
_FILLER = re.compile(
    r"(?:\b(?:19|20)\d\d\b|\b(?:page|slide|pagina|dia|version|versie)\b\s*[\d.]*|\bv\.?\s*\d[\d.]*|"
    r"\bof\s+\d+|\b\d+(?:\.\d+)*\b|©|"
    r"®|™|\(c\)|"
    r"\b(?:copyright|all rights reserved|alle rechten voorbehouden|property of|and|en|&|by|the|only|inc|ltd|bv|"
    r"b\.v|nv|gmbh|plc|llc|corp|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"[|•·–—;:,/()\[\]*_.!-])",
    re.IGNORECASE,
)
#: Other marks may stand beside a mark.
_OTHER_MARK = re.compile(r"\b(?:(?:for |alleen |uitsluitend )?(?:voor )?(?:internal use|internal|"
                         r"intern gebruik|intern)(?: only)?|"
                         r"(?:please )?do not (?:distribute|forward|copy|share)|niet verspreiden|"
                         r"(?:strictly )?confidential|"
                         r"need[- ]to[- ]know|"
                         r"vertrouwelijk|draft|concept|proprietary)\b", re.IGNORECASE)
#: Words that head a line of their own as often as they mark one ("Secret: fresh basil", "Concept - samen sterker").
_HEADS = frozenset({"secret", "sensitive", "internal", "intern", "restricted", "concept", "geheim", "need to know",
                    "besloten", "preliminary", "voorlopig", "unofficial", "proprietary", "classified", "for review",
                    "under review"})
#: What leads a line with a colon and is no subject there.
_LEADS = re.compile(r"(?:strictly |strikt )?(?:confidential|vertrouwelijk|draft|unaudited|conceptversie)\b",
                    re.IGNORECASE)
_OPENED, _CLOSED = re.compile(r"[(\[<{]\s*$"), re.compile(r"^\s*[)\]>}]")
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\s[|•·–—-]\s*$"), re.compile(r"^\s*(?:[|•·–—]|-\s)")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_MARGINS = frozenset({Part.FOOTER, Part.MASTER, Part.HIDDEN_TEXT, Part.OTHER, Part.ANNOTATION})


class Markings:
    """The detector for rules of the kind marking."""

    name = "markings"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield every mark, one group for each wording."""
        for rule in scan.catalogue.of_kind(Kind.MARKING):
            if not scan.speaks(rule.languages):
                continue
            ready = compiled(rule)
            for pattern in ready.patterns:
                for place in scan.hay.find(pattern):
                    if not _is_mark(place) or _too_little(ready, place):
                        continue
                    text = place.block.text[place.start:place.end]
                    yield Hit(rule.id, place.block, place.unit, place.start, place.end, folded(text), text,
                              rule.confidence)


def _too_little(ready: Compiled, place: Place) -> bool:
    """Whether words that are a mark only in a margin or beside a copyright sign stand elsewhere ("Internal")."""
    text = place.block.text
    if place.block.part in _MARGINS or _COPYRIGHT.search(text) or (text.strip() == text[place.start:place.end].upper()):
        return False
    words = plain(text[place.start:place.end]).encode("utf-8", "replace")
    return any(regex.search(words) for regex in ready.exclude_hit)


def _is_mark(place: Place) -> bool:
    text = plain(place.block.text)
    begin = text.rfind("\n", 0, place.start) + 1
    stop = text.find("\n", place.end)
    line = text[begin:stop if stop >= 0 else len(text)]
    start, end = place.start - begin, place.end - begin
    mark = line[start:end]
    before, after = line[:start], line[end:]
    loud = mark.isupper() and not line.isupper() and len(mark) > 4
    left = _EDGE.split(before)[-1].strip()
    right = _EDGE.split(after)[0].strip()
    rest = _FILLER.sub(" ", _OTHER_MARK.sub(" ", before + " | " + after)).split()
    in_margin = place.block.part in _MARGINS
    if mark.lower() in _HEADS and not mark.isupper() and after.startswith(":"):
        return False
    if (loud and not right) or _set_apart(mark, before, after):
        return True
    if not right and not left:
        return len(rest) <= (12 if in_margin else 6) and (in_margin or len(rest) <= 3 or _names(rest))
    # a company's name may stand right before the mark ("Fernhollow Confidential"), never an ordinary word after it
    return not _FILLER.sub(" ", right).split() and _names(_FILLER.sub(" ", left).split()) and len(rest) <= 4 and (
        in_margin or len(line.split()) <= 4 or len(rest) <= 2) and mark[:1].isupper()


def _set_apart(mark: str, before: str, after: str) -> bool:
    """Whether brackets or a dash set a mark apart from a line of any length."""
    if _OPENED.search(before) and _CLOSED.search(after):
        return True
    if mark.lower() in _HEADS and not mark.isupper():
        return False
    leads = not before.strip() and bool(_CUT_AFTER.search(after) or (_LEADS.match(mark) and after.startswith(":")))
    if not after.strip(" .") and before.rstrip().endswith(",") and " " in mark:
        return True
    return leads or (not after.strip(" .") and bool(_CUT_BEFORE.search(before)))


def _names(words: list[str]) -> bool:
    return all(word[:1].isupper() for word in words)


DETECTOR = Markings()
