"""What of a slide's text can be read where nothing else is: no pointing at what is not there, no promise that is not kept.

A sentence that speaks of a table, an example or a page goes unless that stands with it, and what leans on it goes too. A
lead that promises two options has two items after it, or leads into nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.alone import hangs, remnant, states
from generators.material import ItemList, Passage
from generators.prose_cues import Cues
from generators.prose_notes import names_lost
from language.numbers import numbers_in
from language.words import content_words

#: The fewest things that are counted off one by one, and the most that can be known by their ordinals.
_COUNTED, _ORDINALS = 2, 6
#: A promise of so many things.
_FEWEST, _MOST = 2, 12
#: A capital in the middle of a line, after a small letter.
_JOINT = re.compile(r"(?<=[a-z]) ([A-Z][a-z]{3,})(?= [a-z]+ )")
#: Words of an item that is the label of the next one, and that are more than a label.
_LABEL, _SHORTEST = 3, 4
#: Words of an item that is text of its own after a list, and items of a list that such a one can close.
_TEXT, _MEASURES = 8, 3


def self_contained(passages: Sequence[Passage], cue: Cues, count: Mapping[str, int] | None = None) -> list[Passage]:
    """The passages of a unit without what leads a reader to something that is not there.

    `count` says in how many blocks of the deck a word stands.
    """
    once = count or {}
    out: list[Passage] = []
    listed = any(each.items for passage in passages for each in passage.lists)
    for passage in passages:
        present, closing = _closed(_without_cells(_present(passage, cue, listed), once), cue)
        kept, after = _kept_promises(present, cue)
        after += closing
        if kept.prose or kept.lists or kept.table:
            out.append(kept)
            if after:
                out.append(Passage(kept.unit, None, after, spoken=kept.spoken, running=kept.running, paragraphs=(after,)))
        elif out == [] and passage.heading and len(passages) > 1:
            out.append(replace(kept, prose=(), paragraphs=()))
    return _headed(_without_broken_counts(_headed(out), cue))


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
    gone: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    for row in rows:
        kept: list[Sentence] = []
        for s in _rejoined(row, cue):
            half = cue.has("half_sentence", s.text) and not (kept and cue.has("question", kept[-1].text))
            above = cue.single["told_above"].search(s.text)
            told = above is not None and bool(content_words(above[1], cue.language) & known)
            half = half or hangs(s.text, cue.language) or remnant(s.text, cue.language)
            there = s is final and bool(passage.lists)
            if half or (_absent(s, passage, cue, listed) and not (there or told)) or (
                    lost and (cue.has("anaphora", s.text) or cue.has("leans_back", s.text))
                    and not (s is row[0] and cue.has("counted_start", s.text))) or (
                    gone and not passage.running and names_lost(s.text, gone, known, cue)):
                lost = True
                gone |= content_words(s.text, cue.language)
                continue
            lost = False
            known |= content_words(s.text, cue.language)
            kept.append(s)
        if kept:
            left.append(tuple(kept))
    lists = tuple(replace(each, items=items) for each in passage.lists
                  if (items := tuple(s for s in each.items
                                     if not _absent(s, passage, cue, listed) and not hangs(s.text, cue.language))))
    lists = tuple(replace(each, items=of_one_kind(each.items), lead=_whole_lead(each, cue)) for each in lists)
    return replace(passage, paragraphs=tuple(left), prose=tuple(s for row in left for s in row), lists=lists)


def _whole_lead(each: ItemList, cue: Cues) -> Sentence | None:
    """The lead of a list; None where it breaks off for the half of a sentence ("... if the boat is:") and most of its items
    are whole ones.
    """
    if each.lead is None or not cue.has("half_lead", each.lead.text):
        return each.lead
    return None if 2 * sum(states(s.text, cue.language) for s in each.items) > len(each.items) else each.lead


def _rejoined(row: tuple[Sentence, ...], cue: Cues) -> list[Sentence]:
    """A paragraph in which a clause with a full stop behind it is the front of the sentence after it, which speaks of whom it
    names: "While the crew is not yet paid. They want to be."
    """
    out: list[Sentence] = []
    for s in row:
        last = out[-1].text if out else ""
        if cue.has("half_sentence", last) and cue.has("conceding", last) and cue.has("pronoun_start", s.text):
            rest = s.text[:1].lower() + s.text[1:]
            out[-1] = Sentence(text=f"{last.rstrip('.')}, {rest}", sources=(*out[-1].sources, *s.sources))
        else:
            out.append(s)
    return out


def _closed(passage: Passage, cue: Cues) -> tuple[Passage, tuple[Sentence, ...]]:
    """The passage without what closes a list and is none of its items ("Lastly, we hope ..."), and that as text after it;
    thanks, and the names under them, go.
    """
    if not passage.lists:
        return passage, ()
    last = passage.lists[-1]
    place = next((n for n, s in enumerate(last.items)
                  if cue.has("closing_start", s.text) and len(s.text.split()) >= _TEXT), -1)
    if place < 0 and len(last.items) > _MEASURES and not last.ordered and [
            n for n, s in enumerate(last.items) if cue.has("list_afterword", s.text)] == [len(last.items) - 1]:
        place = len(last.items) - 1  # "There are tools for this." below what should be done
    if place < 0 or any(cue.has("step_start", s.text) for s in last.items[:place]):
        return passage, ()  # "First, ...", "Then ...", "Finally, ..." are the steps of one list
    after = tuple(s for s in last.items[place:] if len(s.text.split()) >= _TEXT and s.text[-1] in ".!?"
                  and not cue.has("thanks", s.text))
    lists = (*passage.lists[:-1], replace(last, items=last.items[:place])) if place else passage.lists[:-1]
    return replace(passage, lists=lists), after


def _without_cells(passage: Passage, count: Mapping[str, int]) -> Passage:
    """Running text without a list whose items are two cells of a table each: "Asked by letter Answered in the hall"."""
    if not passage.running or not count:
        return passage

    def glued(each: ItemList) -> bool:
        # A word that the document holds once is hardly a name; one it calls by name comes again.
        return each.lead is None and any(
            count.get(found[1].lower(), 0) <= 1 for s in each.items if s.text[-1] not in ".!?"
            for found in _JOINT.finditer(s.text))

    return replace(passage, lists=tuple(each for each in passage.lists if not glued(each)))


def of_one_kind(items: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Items of which some are the labels of those after them ("Hemp", "It swims, and it dries fast") as items with their
    labels in front; a label with nothing after it goes. As they are where the first of them is no such label.
    """
    label = [len(s.text.split()) <= _LABEL and s.text[-1] not in ".!?" for s in items]
    text = [len(s.text.split()) > _SHORTEST for s in items]
    leads = [label[n] and text[n + 1] for n in range(len(items) - 1)]
    sorted_ = all(one or other for one, other in zip(label, text, strict=True))
    if label[:1] != [True] or sum(leads) < _FEWEST or not sorted_:
        return items
    out: list[Sentence] = []
    for n, item in enumerate(items):
        if label[n]:
            continue
        head = items[n - 1]
        if n and label[n - 1]:
            item = Sentence(text=f"{head.text.rstrip(' :')}: {item.text}", sources=(*head.sources, *item.sources))
        elif out and head.text.endswith((".", ";")) and head.sources[-1:] == out[-1].sources[-1:]:
            # A second text under one label is no kind of its own.
            last = out.pop()
            item = Sentence(text=f"{last.text} {item.text}", sources=(*last.sources, *item.sources))
        out.append(item)
    return tuple(out)


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


def _without_broken_counts(passages: Sequence[Passage], cue: Cues) -> list[Passage]:
    """The passages of a unit without an announcement ("three policies") of which the last one is not told."""
    said = [s.text for passage in passages for s in passage.prose]
    gone = {said[place] for place in uncounted(said, cue)}
    if not gone:
        return list(passages)
    out: list[Passage] = []
    for passage in passages:
        rows = tuple(kept for row in passage.paragraphs or (passage.prose,)
                     if (kept := tuple(s for s in row if s.text not in gone)))
        out.append(replace(passage, paragraphs=rows, prose=tuple(s for row in rows for s in row)))
    return out


def promised(text: str, cue: Cues) -> int:
    """How many things a lead promises ("There are two options:"); 0 where it promises none."""
    if not cue.has("promise", text):
        return 0
    found = [n for n in numbers_in(text, cue.language) if not n.percent and n.value == int(n.value)]
    counts = [int(n.value) for n in found if _FEWEST <= n.value <= _MOST]
    return counts[-1] if len(counts) == 1 else 0


def uncounted(said: Sequence[str], cue: Cues) -> list[int]:
    """Places of sentences that announce so many things where those are counted off, but not to the last.

    "Three policies do this." goes where a first and a second policy follow and no third; nothing is said of a count whose
    things are not counted off by their ordinals with the same noun.
    """
    ordinals = [each.strip() for each in cue.say["ordinals"].split(",")]
    out: list[int] = []
    for place, text in enumerate(said):
        for number in numbers_in(text, cue.language):
            if number.percent or not _COUNTED < number.value <= _ORDINALS or number.value != int(number.value):
                continue
            after = re.findall(r"[^\W\d_]+", text[number.end:])[:4]
            nouns = {_stem(word) for word in after if len(word) > 3}
            told = {n for n, ordinal in enumerate(ordinals, start=1) for other, each in enumerate(said) if other != place
                    for found in re.finditer(rf"\b{ordinal}\s+((?:\w+\s+)?\w+)", each, re.IGNORECASE)
                    if nouns & {_stem(word) for word in found[1].split()}}
            if len(told) >= _COUNTED and max(told) < number.value:
                out.append(place)
    return sorted(set(out))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|en|es|s|e|y)$", "", word.lower())


def in_series(texts: Sequence[str], cue: Cues) -> bool:
    """Whether most lines of a list count on from each other ("In week one, ...", "In week two, ..."): all of them or none."""
    return len(texts) > _COUNTED and 2 * sum(cue.has("counts_on", text) for text in texts) > len(texts)
