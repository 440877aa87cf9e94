"""Names that stand for no person in their place: an event ("the Monday after Pia"), or what somebody is called.

"A cleaner called Pia opened it" is "A cleaner opened it"; "ours is called Pia" is "ours is a colleague"; "the week after Pia
we stopped" is "the week after that we stopped". Nothing here decides what is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.finding import Category
from language.sentences import sentence_span
from rules.clearing_edits import Edit, Kind

_TIME = {
    "en": re.compile(r"(?i)(?:\b(?:\w+day|days?|weeks?|months?|years?|mornings?|nights?|evenings?|everything|ever)\s+|"
                     r"(?:^|[.!?]\s+)(?:(?:so|and|but|then),?\s+)?)(?:after|since)\s+$"),
    "nl": re.compile(r"(?i)(?:\b(?:\w*dag|dagen|week|weken|maand|maanden|jaar|jaren|\w*ochtend|nacht|avond|alles)\s+|"
                     r"(?:^|[.!?]\s+)(?:(?:dus|en|maar)\s+)?)(?P<from>na)\s+$"),
}
#: Behind a name that is no subject of a clause: a mark, or the subject itself.
_NO_SUBJECT = re.compile(
    r"(?i)(?:\s*[,.;:!?)]|\s*$|\s+(?:we|i|they|he|she|you|it|everything|everybody|nobody|nothing|things)\b)")
_LOWER = re.compile(r"\s*(?:[,.;:!?)]|$)|\s+[a-zé]")
_CALLED = {
    "en": re.compile(r"(?i)\b(?:an?|one|another|some)\s+(?:[\w-]+\s+){1,3}?(?P<from>(?:called|named)\s+)$"),
    "nl": re.compile(r"(?i)\b(?:een|één|eén)\s+(?:[\w-]+\s+){1,3}?(?P<from>(?:genaamd|met de naam)\s+)$"),
}
_IS_CALLED = {
    "en": re.compile(r"(?i)(?:\b(?:is|was|are|were)|['’]s)\s+(?P<from>(?:called|named)\s+)$"),
    "nl": re.compile(r"(?i)\b(?P<from>heet(?P<past>te)?\s+)$"),
}
#: "Pia, I have told everybody": somebody is spoken to.
_TOLD = re.compile(r",\s+(?P<who>I|we|ik|wij)\b(?!['’]| (?:think|believe|guess|suppose|know|hope|denk|geloof|hoop|weet)\b)")
_OPENS = re.compile(r"(?:^|[.!?][\"'”’)]*\s+|\n\s*)$")
#: Words before a name that is only called out, at most; and those that bind a name to what was said.
_EXCLAIMED = 3
_BINDS = re.compile(r"(?i)\b(?:to|by|with|of|from|for|at|about|than|like|and|or|is|was|are|were|the|a|an|our|my|their|no|not|"
                    r"met|van|door|voor|aan|bij|over|dan|als|en|of|is|was|de|het|een|onze|mijn|hun|geen|niet)\s+$")
#: What points to a part of a picture that is shown; words of such a label at most.
_CAPTION = re.compile(r"(?i)(?:^|[.!?]\s+|\n\s*)(?:(?:on the )?(?:left|right)|top|bottom|above|below|links|rechts|"
                      r"boven|onder),\s+$")
_LABEL = 7
_YOU = re.compile(r"(?i)\b(?:you|your|je|jou|jij|jouw|jullie)\b")


def named_otherwise(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """The edits of a text; those of people whose name is no subject or object there are worded for that."""
    language = language if language == "nl" else "en"
    return [_worded(text, edit, language) if edit.kind is Kind.MASK and edit.about is Category.PERSON else edit
            for edit in edits]


def _addressed(text: str, edit: Edit) -> bool:
    """Whether somebody is spoken to at the end of a sentence: "Great question Pia!", "We miss you, Pia."."""
    opening, _ = sentence_span(text, edit.start, edit.end)
    said, tail = re.split(r"[\"“‘]", text[opening:edit.start])[-1].lstrip(), text[edit.end:edit.end + 1]
    words = said.split()
    if tail == "!" and 0 < len(words) <= _EXCLAIMED and not _BINDS.search(said):
        return True
    return tail in set(".!?") - {""} and bool(_YOU.search(said)) and said.endswith(", ")


def _alone(text: str, edit: Edit) -> bool:
    """Whether a name is a sentence of its own behind others on its line, as under a message."""
    opening, close = sentence_span(text, edit.start, edit.end)
    if re.search(r"\d[.!?]\s+$", text[opening:edit.start]) and re.fullmatch(r"\W*", text[edit.end:close]):
        opening = edit.start  # "till 6. Pia": a figure ends the sentence
    line = text.rfind("\n", 0, edit.start) + 1
    beside = text[opening:edit.start] + text[edit.end:close]
    return bool(re.search(r"\w", text[line:opening])) and not re.search(r"\w", beside)


def _worded(text: str, edit: Edit, language: str) -> Edit:
    if _addressed(text, edit):
        comma = len(text[:edit.start]) - len(text[:edit.start].rstrip(" ,"))
        return Edit(edit.start - comma, edit.end, Kind.TEXT, "", edit.group)
    whole = sentence_span(text, edit.start, edit.end)
    if _CAPTION.search(text[:edit.start]) and len(text[slice(*whole)].split()) <= _LABEL:
        return Edit(*whole, Kind.SENTENCE, "", edit.group)
    if _alone(text, edit):
        before = text[:edit.start].rstrip()
        return Edit(len(before) - 1, edit.end + (text[edit.end:edit.end + 1] == "."), Kind.TEXT, before[-1], edit.group)
    if (found := _TOLD.match(text[edit.end:])) and _OPENS.search(text[:edit.start]):
        return Edit(edit.start, edit.end + found.end(), Kind.TEXT, found["who"][:1].upper() + found["who"][1:], edit.group)
    head, tail = text[text.rfind("\n", 0, edit.start) + 1:edit.start], text[edit.end:edit.end + 40]
    line = edit.start - len(head)
    if (found := _TIME[language].search(head)) and (_NO_SUBJECT if language == "en" else _LOWER).match(tail):
        if language == "en":
            return replace(edit, kind=Kind.TEXT, text="that", about=None, group="")
        words = "Daarna" if found["from"][0].isupper() else "daarna"
        return replace(edit, start=line + found.start("from"), kind=Kind.TEXT, text=words, about=None, group="")
    if (found := _CALLED[language].search(head)) and re.match(r",?\s+[a-zé]", tail):
        return replace(edit, start=line + found.start("from"), kind=Kind.CUT)
    if found := _IS_CALLED[language].search(head):
        verb = "" if language == "en" else "was " if found["past"] else "is "
        return replace(edit, start=line + found.start("from"), text=verb + edit.text) if language == "en" else (
            replace(edit, start=line + found.start("from"), kind=Kind.TEXT, text=verb + edit.text, about=None))
    return edit
