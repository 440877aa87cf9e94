"""What of a slide's text can be read where nothing else is: no pointing at what is not there, no promise that is not kept.

A sentence that speaks of a table, an example or a page goes unless that stands with it, and what leans on it goes too. A
lead that promises two options has two items after it, or leads into nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.material import ItemList, Passage
from generators.prose_cues import Cues
from language.numbers import numbers_in

#: A promise of so many things.
_FEWEST, _MOST = 2, 12
#: Words of an item that is text of its own after a list.
_TEXT = 8


def sound(passages: Sequence[Passage], cue: Cues) -> list[Passage]:
    """The passages of a unit without what leads a reader to something that is not there."""
    out: list[Passage] = []
    listed = any(each.items for passage in passages for each in passage.lists)
    for passage in passages:
        kept, after = _kept_promises(_present(passage, cue, listed), cue)
        if kept.prose or kept.lists or kept.table:
            out.append(kept)
            if after:
                out.append(Passage(kept.unit, None, after, spoken=kept.spoken, running=kept.running, paragraphs=(after,)))
        elif out == [] and passage.heading and len(passages) > 1:
            out.append(replace(kept, prose=(), paragraphs=()))
    return _headed(out)


def _headed(passages: Sequence[Passage]) -> list[Passage]:
    """The heading of a passage of which nothing is left stands above the next one."""
    out: list[Passage] = []
    waiting: Sentence | None = None
    for passage in passages:
        if waiting:
            passage = replace(passage, heading=passage.heading or waiting)
            waiting = None
        if passage.prose or passage.lists or passage.table:
            out.append(passage)
        else:
            waiting = passage.heading
    return out


def _present(passage: Passage, cue: Cues, listed: bool) -> Passage:
    rows = passage.paragraphs or ((passage.prose,) if passage.prose else ())
    final = rows[-1][-1] if rows and rows[-1] else None
    left: list[tuple[Sentence, ...]] = []
    lost = False
    for row in rows:
        kept: list[Sentence] = []
        for s in row:
            half = cue.has("half_sentence", s.text) and not (kept and cue.has("question", kept[-1].text))
            there = s is final and bool(passage.lists)
            if half or (_absent(s, passage, cue, listed) and not there) or (
                    lost and (cue.has("anaphora", s.text) or cue.has("leans_back", s.text))):
                lost = True
                continue
            lost = False
            kept.append(s)
        if kept:
            left.append(tuple(kept))
    lists = tuple(replace(each, items=items) for each in passage.lists
                  if (items := tuple(s for s in each.items if not _absent(s, passage, cue, listed))))
    return replace(passage, paragraphs=tuple(left), prose=tuple(s for row in left for s in row), lists=lists)


def _absent(sentence: Sentence, passage: Passage, cue: Cues, listed: bool) -> bool:
    """Whether a sentence points at what its slide does not print; `listed`: it prints a list, of whose lines it may speak."""
    found = cue.single["absent"].search(sentence.text)
    if not found or (passage.running and not cue.has("absent_running", sentence.text)):
        return False
    if listed and cue.has("line_reference", found[0]):
        return False
    return not ((passage.table and cue.has("absent_table", found[0])) or (passage.code and cue.has("absent_code", found[0])))


def _kept_promises(passage: Passage, cue: Cues) -> tuple[Passage, tuple[Sentence, ...]]:
    """Leads whose count is not that of their list: what is too much is text after it, what is too little loses its lead."""
    rows = list(passage.paragraphs or ((passage.prose,) if passage.prose else ()))
    lists: list[ItemList] = []
    after: tuple[Sentence, ...] = ()
    for place, each in enumerate(passage.lists):
        last = rows[-1][-1] if place == 0 and rows and rows[-1] and rows[-1][-1].text.endswith(":") else None
        lead = each.lead or last
        count = promised(lead.text, cue) if lead else 0
        if not lead or not count or count == len(each.items):
            lists.append(each)
        elif count < len(each.items) and count >= _FEWEST and place + 1 == len(passage.lists) and all(
                len(s.text.split()) >= _TEXT and s.text[-1] in ".!?" for s in each.items[count:]):
            lists.append(replace(each, items=each.items[:count]))
            after = each.items[count:]
        else:
            lists.append(replace(each, lead=None))
            if lead is last:
                rows[-1] = rows[-1][:-1]
    rows = [row for row in rows if row]
    return replace(passage, lists=tuple(lists), paragraphs=tuple(rows), prose=tuple(s for row in rows for s in row)), after


def promised(text: str, cue: Cues) -> int:
    """How many things a lead promises ("There are two options:"); 0 where it promises none."""
    if not cue.has("promise", text):
        return 0
    found = [n for n in numbers_in(text, cue.language) if not n.percent and n.value == int(n.value)]
    counts = [int(n.value) for n in found if _FEWEST <= n.value <= _MOST]
    return counts[-1] if len(counts) == 1 else 0
