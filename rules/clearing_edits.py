"""Edits on one text: masks that fit the sentence, cuts that leave no stump, whole sentences taken out.

Possessives, "a" and "an", capitals at the start of a sentence, articles before and hyphens around a name are handled
for English and Dutch. Nothing here knows why something is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from language.sentences import sentence_span, split
from rules.masks import article, bare

_DETERMINER = re.compile(
    r"(?i)\b(the|this|that|these|those|our|my|your|their|its|his|her|every|each|any|no|some|another|a|an|de|het|een|deze|die|"
    r"dit|dat|onze|ons|uw|jouw|hun|elke|elk|geen|mijn)(\s+)$")
_ROLE = re.compile(
    r"(?i)(?:^|(?<=\W))((?:(?:the|our|my|your|their|a|an|this|that|one|de|het|een|onze|mijn|deze)\s+)?(?:[a-z]{3,12}\s+){0,2}?)?"
    r"((?:client|customer|company|supplier|partner|vendor|prospect|klant|bedrijf|leverancier|opdrachtgever)\s+)$")
_TITLE = re.compile(r"(?i)\b(?:mr|mrs|ms|dr|prof|ir|ing|drs|dhr|mevr|mevrouw|meneer)\.?\s+$")
_STARTS = re.compile(r"(?:^|[.!?…][\"'”’)]*\s+|\n\s*|^\s*[-•*–▪>]+\s*)[\"'“‘(]*$")
_POSSESSIVE = re.compile(r"^(?:['’]s\b|['’](?=[\s,.;:!?)]|$))")
_GLUED = re.compile(r"[\w™®©]")
_STUMP = re.compile(
    r"(?i)(?:\s*[-–—|:,]\s*|\s*\b(?:at|to|on|via|from|by|with|for|of|in|as|see|and|or|tel|phone|e-?mail|mail|web|website|"
    r"op|naar|aan|bij|van|met|voor|zie|en)\b\.?:?\s*)$")
_ASKS = re.compile(
    r"(?i)\b(?:e-?mail|mail|call|phone|ring|contact|reach|write|text|visit|follow|bel|schrijf|bezoek|volg|stuur|kijk|go|file|"
    r"bestand|log|login|download)\b\W*(?:\w+\W+)?$")
_DANGLING = re.compile(
    r"(?i)\b(?:is|are|was|were|be|the|our|my|your|their|named|called|and|or|zijn|waren|heet|de|het|onze|en|of)\W*$")
_WORD = re.compile(r"[^\W\d_]{2,}")


_ABOUT = re.compile(r"(?i)\b(?:they|them|their|theirs|he|him|his|she|her|hers|zij|ze|hun|hen|hij|hem|haar)\b")
#: Text of a SENTENCE edit that takes the next sentences too, as long as they go on about the same people.
FOLLOWING = "and what follows"


class Kind(IntEnum):
    """How an edit is carried out, the heaviest first."""

    SENTENCE = 0
    TEXT = 1
    CUT = 2
    MASK = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of a text and what becomes of it. `group` tells the first mention of a thing from later ones."""

    start: int
    end: int
    kind: Kind
    text: str = ""
    group: str = ""


def apply(text: str, edits: Sequence[Edit], language: str) -> str:
    """The text with all edits made; overlapping ones are joined, the heaviest deciding. '' when nothing is left."""
    chosen = _settled(text, edits)
    out = text
    mentioned = _mentioned(chosen)
    for number in range(len(chosen) - 1, -1, -1):  # from the end, so that the earlier spans stay true
        edit = chosen[number]
        if edit.kind is Kind.SENTENCE:
            out = _cut(out, edit.start, edit.end)
        elif edit.kind is Kind.CUT:
            out = _cut(out, *_stump(out, edit.start, edit.end))
        else:
            out = _put(out, edit, language, number in mentioned)
    return _tidy(out) if chosen else text


def _settled(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits without overlaps: sentences swallow what lies in them, of the rest the heavier and longer stands."""
    widened = []
    for edit in edits:
        if edit.kind is Kind.SENTENCE:
            start, end = sentence_span(text, edit.start, edit.end)
            end = _last_about(text, end) if edit.text == FOLLOWING else end
            widened.append(Edit(start, end, edit.kind, "", edit.group))
        elif edit.kind is Kind.CUT and _whole_sentence(text, edit):
            start, end = sentence_span(text, edit.start, edit.end)
            widened.append(Edit(start, end, Kind.SENTENCE, "", edit.group))
        elif edit.kind is Kind.MASK:
            widened.append(_whole_token(text, edit))
        else:
            widened.append(edit)
    kept: list[Edit] = []
    for edit in sorted(widened, key=lambda item: (item.kind, item.start - item.end, item.start)):
        over = [other for other in kept if other.start < edit.end and other.end > edit.start]
        if not over:
            kept.append(edit)
        elif edit.kind is Kind.SENTENCE or any(other.start > edit.start or other.end < edit.end for other in over):
            # A part would be left standing: the union goes, in the way of the heaviest.
            first = min(over, key=lambda item: item.kind)
            kept = [other for other in kept if other not in over]
            kept.append(Edit(min(edit.start, *(other.start for other in over)), max(edit.end, *(other.end for other in over)),
                             first.kind, first.text, first.group))
    return sorted(kept, key=lambda item: item.start)


def _last_about(text: str, end: int) -> int:
    """The end of the last of the sentences that go on about "them" after a sentence that is taken out."""
    for left, right in split(text):
        if left >= end:
            if "\n" in text[end:left] or not _ABOUT.search(text[left:right]):
                break
            end = right
    return end


def _whole_token(text: str, edit: Edit) -> Edit:
    """A mask covers the whole word that a name is glued into ("AcmeBank", "Acme™", "Acmes")."""
    start, end = edit.start, edit.end
    while start > 0 and _GLUED.match(text[start - 1]) and _GLUED.match(text[start]):
        start -= 1
    while end < len(text) and _GLUED.match(text[end]) and _GLUED.match(text[end - 1]):
        end += 1
    return Edit(start, end, edit.kind, edit.text, edit.group)


def _whole_sentence(text: str, edit: Edit) -> bool:
    """Whether a sentence makes no sense without the span: too little is left, or it asks to use what was cut."""
    start, end = sentence_span(text, edit.start, edit.end)
    cut_start, cut_end = _stump(text, edit.start, edit.end)
    head, tail = text[start:max(start, cut_start)], text[min(end, cut_end):end]
    left = len(_WORD.findall(head)) + len(_WORD.findall(tail))
    if not head.strip() and re.match(r"\s*[a-z]", tail):  # it was the subject: "#Halden was trending"
        return True
    if not _WORD.search(tail) and _DANGLING.search(head):
        return True
    return left < 2 or (left <= 8 and bool(_ASKS.search(text[start:edit.start])))


def _stump(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with what would dangle without it: brackets around, a preposition or a colon before."""
    left, right = start, end
    while left > 0 and right < len(text) and text[left - 1] in "([<{" and text[right] in ")]>}":
        left, right = left - 1, right + 1
    for _ in range(3):
        found = _STUMP.search(text[:left].rstrip(" "))
        if not found or found.start() == left:
            break
        left = found.start()
    return left, right


def _cut(text: str, start: int, end: int) -> str:
    return text[:start].rstrip(" ") + ("" if not text[:start].strip(" ") else " ") + text[end:].lstrip(" ")


def _mentioned(edits: Sequence[Edit]) -> set[int]:
    """Numbers of the masks whose thing an earlier mask of the same text speaks of."""
    seen: set[str] = set()
    later: set[int] = set()
    for number, edit in enumerate(edits):
        if edit.kind is Kind.MASK and edit.group:
            if edit.group in seen:
                later.add(number)
            seen.add(edit.group)
    return later


def _put(text: str, edit: Edit, language: str, again: bool) -> str:
    """The text with a mask or a person's wording in the place of a span."""
    start, end, mask = edit.start, edit.end, edit.text
    if not mask:
        return _cut(text, *_stump(text, start, end))
    gone = text[start:end]
    title = _TITLE.search(text[:start])
    if title:
        start = title.start()
    tail = text[end:]
    owned = _POSSESSIVE.match(tail)
    owner = ""
    if owned:
        end += owned.end()
        owner = "'s"
        following = re.match(r"\s+([^\W\d_]+)", text[end:])
        if language == "nl" and following:
            return _owned_dutch(text, start, end + following.end(), following[1], mask)
        if language == "nl":
            owner = ""
    line_start = text.rfind("\n", 0, start) + 1
    head, begins = text[:start], bool(_STARTS.search(text[line_start:start]))
    shout = len(gone) > 3 and gone.isupper() and text[line_start:].split("\n")[0].isupper()
    phrase = mask
    if _articled(mask):
        role = _ROLE.search(head[line_start:])
        determiner = _DETERMINER.search(head[line_start:])
        joined = head[-1:] == "-" or re.match(r"-\w", text[end:])
        if role and edit.kind is Kind.MASK:
            return _after_role(text, line_start + role.start(2), start, end, owner, role, mask)
        if determiner:
            phrase = bare(mask)
            word = determiner[1]
            if word.lower() in {"a", "an"}:
                right = article(phrase)
                right = right.capitalize() if word[0].isupper() else right
                head = head[:line_start + determiner.start(1)] + right + determiner[2]
        elif joined:
            phrase = bare(mask)
        elif again and language != "nl":
            phrase = f"the {bare(mask)}"
    if shout:
        phrase = phrase.upper()
    elif begins and (gone[:1].isupper() or not gone[:1].isalpha()):
        phrase = phrase[:1].upper() + phrase[1:]
    return head + phrase + owner + text[end:]


def _articled(mask: str) -> bool:
    return bare(mask) != mask


def _after_role(text: str, role_start: int, start: int, end: int, owner: str, role: re.Match[str], mask: str) -> str:
    """"our customer Halden Foods" becomes "our customer"; "customer Halden Foods" becomes the mask."""
    if (role[1] or "").strip():
        return text[:start].rstrip() + owner + text[end:]
    begins = text[role_start:role_start + 1].isupper() and _STARTS.search(text[:role_start])
    phrase = mask[:1].upper() + mask[1:] if begins else mask
    return text[:role_start] + phrase + owner + text[end:]


def _owned_dutch(text: str, start: int, end: int, thing: str, mask: str) -> str:
    """"Haldens klanten" becomes "klanten van een voedingsbedrijf"."""
    begins = bool(_STARTS.search(text[:start]))
    thing = thing[:1].upper() + thing[1:] if begins else thing
    return f"{text[:start]}{thing} van {mask}{text[end:]}"


def _tidy(text: str) -> str:
    """No double blanks, blanks before marks, empty brackets, or marks with nothing before them."""
    text = re.sub(r"[(\[]\s*[)\]]", "", text)
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r" +([,.;:!?)])", r"\1", text)
    text = re.sub(r",\s*([.;:!?])", r"\1", text)
    text = re.sub(r"(?m)^[ \t]*[,;:.!?|–—][ \t]*(?=\S|$)", "", text)
    text = re.sub(r"(?m)[ \t]+$", "", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return text if _WORD.search(text) or re.search(r"\d", text) else ""
