"""Which sentences of a draft a model may rewrite, and how what it wrote goes into their places.

Running text only: paragraphs of a blog draft, the lead of the description, the hook of a post. Titles, headings, lists,
tables, tags, quotations and template wording stay as they are, so a piece keeps its shape and its author's words where
they are shown as such. Nothing is lost: a sentence that no accepted one stands for stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.draft import Draft, Origin, Sentence
from generators.render import escape_markdown, escape_nothing
from language.markdown import unescaped

#: The kinds that are rewritten, and how many paragraphs of each piece, from the top; 0 for all of them.
KINDS = {"blog": 0, "description": 1, "social": 1}
_LEAST = 5
_ENDS = re.compile(r"[.!?…]\)?$")
_QUOTES = re.compile(r"[\"“”„«»‘]|(?<!\w)'")


@dataclass(frozen=True, slots=True)
class Slot:
    """One sentence of a draft that may be rewritten, by its place among the segments; `text` is without escapes."""

    id: str
    place: int
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence that stands for one or more neighbouring slots of one paragraph."""

    slots: tuple[str, ...]
    sentence: Sentence


def paragraphs(draft: Draft, first: int = 1) -> tuple[tuple[Slot, ...], ...]:
    """The paragraphs that may be rewritten; slots are named p<n> from `first`."""
    most = KINDS.get(draft.kind)
    if most is None:
        return ()
    found: list[list[Slot]] = []
    number, last = first, -2
    for place, segment in enumerate(draft.segments):
        if not _may_change(draft, place):
            continue
        text = " ".join(unescaped(segment.text).split() if draft.kind != "social" else segment.text.split())
        slot = Slot(f"p{number}", place, text, segment.sources)
        number += 1
        joined = place == last + 2 and draft.segments[place - 1].text == " " and bool(found)
        if draft.kind == "social":
            joined = False  # the hook alone: what follows tells on in the author's own words
        if joined:
            found[-1].append(slot)
        else:
            if most and len(found) == most:
                break
            found.append([slot])
        last = place
    return tuple(tuple(group) for group in found)


def put(draft: Draft, groups: Sequence[Sequence[Slot]], accepted: Sequence[Rewrite]) -> Draft:
    """The draft with what was accepted in it. Slots that several rewrites name keep the first one."""
    by_first: dict[str, Rewrite] = {}
    taken: set[str] = set()
    for each in accepted:
        if not taken & set(each.slots):
            by_first[each.slots[0]] = each
            taken.update(each.slots)
    escape = escape_nothing if draft.kind == "social" else escape_markdown
    new: dict[int, Sentence] = {}
    gone: set[int] = set()
    for slot in (slot for group in groups for slot in group):
        if slot.id in by_first:
            sentence = by_first[slot.id].sentence
            new[slot.place] = sentence.model_copy(update={"text": escape(sentence.text)})
        elif slot.id in taken:
            gone |= {slot.place - 1, slot.place}  # with the blank before it
    segments = tuple(new.get(place, segment) for place, segment in enumerate(draft.segments) if place not in gone)
    return draft.model_copy(update={"segments": segments}) if new else draft


def run_of(names: Sequence[str], groups: Sequence[Sequence[Slot]]) -> tuple[Slot, ...]:
    """The slots of these names where they are neighbours of one paragraph, in its order; () where they are not."""
    wanted = set(names)
    for group in groups:
        places = [n for n, slot in enumerate(group) if slot.id in wanted]
        if places and len(places) == len(wanted) == places[-1] - places[0] + 1:
            return tuple(group[places[0]:places[-1] + 1])
    return ()


def by_name(groups: Sequence[Sequence[Slot]]) -> Mapping[str, Slot]:
    """All slots by their names."""
    return {slot.id: slot for group in groups for slot in group}


def _may_change(draft: Draft, place: int) -> bool:
    segment = draft.segments[place]
    text = segment.text.strip()
    if segment.origin is not Origin.SOURCE or not segment.sources or segment.quotation or text == draft.title.text:
        return False
    if len(text.split()) < _LEAST or not _ENDS.search(text) or _QUOTES.search(text):
        return False
    return _is_running(draft, place)


def _is_running(draft: Draft, place: int) -> bool:
    """Whether a segment stands in running text: it begins a line, follows a sentence and a blank, or follows a small heading
    that runs in. What follows a list mark, a hash or a bar does not.
    """
    while place:
        before = draft.segments[place - 1]
        if before.origin is not Origin.TEMPLATE:
            return False
        if before.text != " ":
            return before.text.endswith(("\n", "** "))
        place -= 2
    return True
