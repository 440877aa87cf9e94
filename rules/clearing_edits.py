"""Edits on one text: masks in place of names, cuts that leave no stump, whole sentences taken out.

Here it is settled which spans change and how far each reaches; how a mask is worded for its place is in
rules/clearing_fit.py. Nothing here knows why something is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from content.finding import Category
from language.leaning import announces, concludes, elliptic, leaning, means_somebody, takes_up
from language.sentences import sentence_span, split
from rules.clearing_before import Before

_GLUED = re.compile(r"[\w™®©]")
_STUMP = re.compile(
    r"(?i)(?:\s*[-–—|:,]\s*|\s*\b(?:at|to|on|via|from|by|with|for|of|in|as|see|and|or|tel|phone|e-?mail|mail|web|website|"
    r"op|naar|aan|bij|van|met|voor|zie|en)\b\.?:?\s*)$")
_ASKS = re.compile(
    r"(?i)\b(?:e-?mail|mail|call|phone|ring|contact|reach|write|text|visit|follow|bel|schrijf|bezoek|volg|stuur|kijk|go|file|"
    r"bestand|log|login|download)\b\W*(?:\w+\W+)?$")
_DANGLING = re.compile(
    r"(?i)\b(?:is|are|was|were|be|the|our|my|your|their|named|called|and|or|zijn|waren|heet|de|het|onze|en|of)\W*$")
#: The dash before whoever said what is quoted.
_SIGNED = re.compile(r"[—–]\s*(?=\w)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ABOUT = re.compile(r"(?i)\b(?:they|them|their|theirs|he|him|his|she|her|hers|zij|ze|hun|hen|hij|hem|haar)\b")
#: Talk about a tag or an account as such: no company can stand there ("we tagged a food company").
_ABOUT_TAGS = re.compile(
    r"(?i)\b(?:tag\w*|hash-?tag\w*|trend\w*|follow\w*|mention\w*|handles?|accounts?|(?:re)?tweet\w*|(?:re)?post\w*|volg\w*|"
    r"getagd|vermeld\w*|deel(?:de|den)?|shar\w+|like[ds]?|cc|dm|rt|via)\b")
_TAG = re.compile(r"[#@]\w+")
_NOUN_BEFORE = re.compile(
    r"(?i)(?:^|[.!?:]\s+|\b(?:with|by|from|at|for|to|of|and|about|like|than|the|our|a|an|that|because|when|while|if|but|how|why|"
    r"met|door|van|bij|voor|naar|en|over|als|de|het|onze|een|dat|omdat|toen|maar|hoe|waarom)\s+)[\"'“‘(]*$")
#: Text of a SENTENCE edit that takes the next sentences too, as long as they go on about the same people.
FOLLOWING = "and what follows"
#: Sentences in a row that go with one that is taken out because they go on with it; answers and ellipses go all.
_CHAIN = 2
#: Sentences of a story behind the one that named its person, in which a "him" still means that person.
_STORY = 3


class Kind(IntEnum):
    """How an edit is carried out, the heaviest first. TAG is a hashtag or handle: cut, or in words where it is a noun."""

    SENTENCE = 0
    TEXT = 1
    CUT = 2
    MASK = 3
    TAG = 4


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of a text and what becomes of it.

    `group` tells the first mention of a thing from later ones, `about` says what kind of thing it is, `glued` is what was
    written onto the name ("s" of "Haldens"), and `titled` says that it stands in a heading With Capitals On Its Words.
    """

    start: int
    end: int
    kind: Kind
    text: str = ""
    group: str = ""
    about: Category | None = None
    glued: str = ""
    titled: bool = False


def apply(text: str, edits: Sequence[Edit], language: str, before: Before | None = None) -> str:
    """The text with all edits made; overlapping ones are joined, the heaviest deciding. '' when nothing is left.

    `before` is who was spoken of before this text; those of this text are added.
    """
    from rules.clearing_fit import fit
    from rules.clearing_mentions import mentions

    chosen = _settled(text, edits, language)
    out = text
    plan = mentions(text, chosen, language, before)
    for edit, again in reversed(plan):  # from the end, so that the earlier spans stay true
        if edit.kind is Kind.SENTENCE:
            out = _cut(out, edit.start, edit.end)
        elif edit.kind is Kind.CUT or not edit.text:
            out = _cut(out, *_stump(out, edit.start, edit.end))
        else:
            start, end, words = fit(out, edit, language, again)
            out = out[:start] + words + out[end:]
    if not chosen:
        return text
    signed = _SIGNED.match(text)
    out = _tidy(out)
    return signed[0] + out if signed and out and not _SIGNED.match(out) else out


def _settled(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """The edits without overlaps: sentences swallow what lies in them, of the rest the heavier and longer stands."""
    widened = []
    for given in edits:
        edit = _tag(text, given) if given.kind is Kind.TAG else given
        if edit.kind is Kind.SENTENCE:
            start, end = sentence_span(text, edit.start, edit.end)
            end = _last_about(text, end) if edit.text == FOLLOWING else end
            widened.append(Edit(*_with_leaning(text, start, end, language), edit.kind, "", edit.group))
        elif edit.kind is Kind.CUT and _whole_sentence(text, edit):
            start, end = sentence_span(text, edit.start, edit.end)
            widened.append(Edit(*_with_leaning(text, start, end, language), Kind.SENTENCE, "", edit.group))
        elif edit.kind is Kind.MASK or (edit.kind is Kind.TEXT and edit.about is not None):
            widened.append(_whole_token(text, edit))
        else:
            widened.append(edit)
    kept: list[Edit] = []
    for edit in sorted(widened, key=lambda item: (item.kind, item.start - item.end, item.start, item.group)):
        over = [other for other in kept if other.start < edit.end and other.end > edit.start]
        if not over:
            kept.append(edit)
        elif edit.kind is Kind.SENTENCE or any(other.start > edit.start or other.end < edit.end for other in over):
            # A part would be left standing: the union goes, in the way of the heaviest.
            first = min(over, key=lambda item: item.kind)
            kept = [other for other in kept if other not in over]
            kept.append(replace(first, start=min(edit.start, *(other.start for other in over)),
                                end=max(edit.end, *(other.end for other in over))))
    return sorted(kept, key=lambda item: item.start)


def _tag(text: str, edit: Edit) -> Edit:
    """What a hashtag or handle becomes: nothing at the end of a text, words where a noun stands, else its sentence goes."""
    start, end = sentence_span(text, edit.start, edit.end)
    before, after = text[start:edit.start], text[edit.end:end]
    rest = _TAG.sub("", after)
    if not re.search(r"\w", rest):
        return replace(edit, kind=Kind.CUT, text="")
    if _ABOUT_TAGS.search(_TAG.sub("", before) + " " + rest):
        return Edit(start, end, Kind.SENTENCE, "", edit.group)
    if (text[edit.start] == "@" or _NOUN_BEFORE.search(before)) and re.match(r"['’]s?\b|\s+[a-z]|[,.;:!?)]", after):
        return replace(edit, kind=Kind.MASK)
    return replace(edit, kind=Kind.CUT, text="")


def _last_about(text: str, end: int) -> int:
    """The end of the last of the sentences that go on about "them" after a sentence that is taken out."""
    for left, right in split(text):
        if left >= end:
            if "\n" in text[end:left] or not _ABOUT.search(text[left:right]):
                break
            end = right
    return end


def _with_leaning(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """The span of sentences that are taken out, with what leads in to them and what goes on with them on their line."""
    spans = split(text)
    before = [span for span in spans if span[1] <= start and "\n" not in text[span[1]:start]]
    if before and announces(text[slice(*before[-1])], language):
        start = before.pop()[0]
    said = text[slice(before[0][0], before[-1][1])] if before else ""
    behind = [span for span in spans if span[0] >= end and "\n" not in text[end:span[0]]]
    gone = 0
    while behind:
        sentence = text[slice(*behind[0])]
        if not (elliptic(sentence, language) or concludes(sentence, language) or takes_up(sentence, language) or (
                gone < _CHAIN and leaning(sentence, language, alone=not before))):
            story = [number for number, span in enumerate(behind[:_STORY])
                     if means_somebody(text[slice(*span)], said, text[start:end], language)]
            if not story:
                break
            behind = behind[story[0]:]
        end, gone, behind = behind[0][1], gone + 1, behind[1:]
    return start, end


def _whole_token(text: str, edit: Edit) -> Edit:
    """An edit that covers the whole word that a name is glued into ("AcmeBank", "Acme™", "Acmes")."""
    start, end = edit.start, edit.end
    while start > 0 and _GLUED.match(text[start - 1]) and _GLUED.match(text[start]):
        start -= 1
    while end < len(text) and _GLUED.match(text[end]) and _GLUED.match(text[end - 1]):
        end += 1
    return replace(edit, start=start, end=end, glued=(text[edit.end:end] or edit.glued) if start == edit.start else "")


def _whole_sentence(text: str, edit: Edit) -> bool:
    """Whether a sentence makes no sense without the span: too little is left, or it asks to use what was cut."""
    start, end = sentence_span(text, edit.start, edit.end)
    cut_start, cut_end = _stump(text, edit.start, edit.end)
    head, tail = text[start:max(start, cut_start)], text[min(end, cut_end):end]
    left = len(_WORD.findall(head)) + len(_WORD.findall(tail))
    if not head.strip() and re.match(r"\s*[a-z]", tail):  # it was the subject: "halden.example was down"
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
