"""Bullets that are whole sentences and run on: who reads them reads a paragraph that somebody cut into lines.

A slide whose sentences go on from each other is a paragraph, and a topic of such slides an article; what stands side by
side (commands, questions, labels, lines that begin alike) stays a list. Nothing is reworded but for a heading that is the
first words of the only sentence under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.alone import labelled, orders, states
from generators.blog_form import bullets
from generators.material import ItemList, Passage, length
from generators.prose_cues import Cues
from language.source import SourceIndex
from language.words import content_words

#: Sentences that run on, and their words on average.
_RUN, _FULL = 3, 8
#: Share of lines of one kind that makes them a list, of entries that run on that makes an article of them, of headings of
#: one kind that makes a series.
_SIDE, _MOST, _KIND = 0.6, 0.6, 0.6
#: Headings that can be a series.
_FEWEST = 3
#: Words of a heading that can be the subject of a sentence.
_SUBJECT = 5
#: Words that tell something of program text or of a table that is not shown, whatever was left out.
_TELLS = 40
_QUOTES = ('"', "“", "„", "«", "‘")
_ENDS = (".", "!", "?", "”", '"')


def runs_on(row: Sequence[Sentence], cue: Cues) -> bool:
    """Whether the lines of a slide are one paragraph: three whole sentences or more that do not stand side by side."""
    texts = [s.text for s in row]
    return len(row) >= _RUN and length(row) >= _FULL * len(row) and all(text.endswith(_ENDS) for text in texts) and (
        not side_by_side(texts, cue))


def side_by_side(texts: Sequence[str], cue: Cues, labels: bool = True) -> bool:
    """Whether most of several lines are of one kind: commands, questions, answers to what somebody says, labels (where these
    tell), what is not, or of one first word of weight.
    """
    many = _SIDE * len(texts)
    first = Counter(word for text in texts if (word := text.split()[0].casefold()) and content_words(word, cue.language))
    return ((labels and sum(labelled(text) for text in texts) >= many) or sum(text.endswith("?") for text in texts) >= many
            or sum(text.startswith(_QUOTES) for text in texts) >= many
            or sum(orders(text, cue.language) for text in texts) >= many
            or sum(cue.has("negative_start", text) for text in texts) >= many or max(first.values(), default=0) >= many)


def is_article(entries: Sequence[Sequence[Passage]], cue: Cues) -> bool:
    """Whether entries in bullets are the slides of an article: most of them run on, and their headings are not all of one
    kind; a label with a number before them ("Rule 2: ...") makes them none.
    """
    heads = [cue.single["series_label"].sub("", entry[0].heading.text) for entry in entries if entry[0].heading]
    return sum(told(entry, cue) for entry in entries) >= _MOST * len(entries) and not (
        len(heads) >= _FEWEST and side_by_side([head for head in heads if head], cue, labels=False))


def told(entry: Sequence[Passage], cue: Cues) -> bool:
    """Whether an entry has lines that run on, in a paragraph or in a list that nothing leads into."""
    return any(runs_on(row, cue) for p in entry for row in (
        *p.rows, *(each.items for each in p.lists if each.lead is None and not each.ordered)))


def in_a_row(heads: Sequence[str], cue: Cues) -> bool:
    """Whether headings are a series: commands, questions, or of one label with a number ("Rule 1", "Rule 2")."""
    if len(heads) < _FEWEST:
        return False
    found = Counter(each[1].casefold() for head in heads if (each := cue.single["series_label"].match(head)))
    return max(found.values(), default=0) >= _KIND * len(heads) or side_by_side(heads, cue)


def written_out(passage: Passage, cue: Cues) -> Passage:
    """A passage of an article: lines that run on are its paragraph, others its list; a heading that its only sentence goes
    on with is the beginning of that sentence.
    """
    passage = _with_subject(passage, cue)
    rows: list[tuple[Sentence, ...]] = []
    lists: list[ItemList] = []
    for row in passage.rows:
        if len(row) >= _RUN and bullets(row, passage) and not runs_on(row, cue):
            lists.append(ItemList(row))
        else:
            rows.append(row)
    for each in passage.lists:
        if each.lead is None and not each.ordered and not passage.table and runs_on(each.items, cue):
            rows.append(each.items)
        elif each.lead or passage.prose or passage.table or len(each.items) > 1 or states(each.items[0].text, cue.language):
            lists.append(each)  # the caption of a chart alone says nothing
    return replace(passage, lists=tuple(lists)).retold(rows)


def _with_subject(passage: Passage, cue: Cues) -> Passage:
    """ "17 minutes" above "is how long it took." is one sentence."""
    head, items = passage.heading, [s for each in passage.lists for s in each.items]
    if head is None or passage.prose or passage.table or passage.code or len(items) != 1 or passage.lists[0].lead:
        return passage
    (only,) = items
    if len(head.text.split()) > _SUBJECT or head.text.endswith(_ENDS) or not only.text[:1].islower() or (
            not cue.has("verb_start", only.text)):
        return passage
    end = "" if only.text.endswith(_ENDS) else "."
    said = Sentence(text=f"{head.text} {only.text}{end}", sources=(*head.sources, *only.sources))
    return replace(passage, heading=None, prose=(said,), paragraphs=((said,),), lists=())


def without_lost(passages: Sequence[Passage], source: SourceIndex, code: frozenset[str]) -> tuple[Passage, ...]:
    """Passages without the slides that showed program text, of which nothing is printed, and tell little besides.

    `code` are the ids of lines of program text. "Wrong, then right" above one line says neither.
    """
    by_unit: dict[int, list[Passage]] = {}
    for p in passages:
        by_unit.setdefault(p.unit, []).append(p)
    gone = set()
    for unit, own in by_unit.items():
        lost = sum(len(s.text.split()) for s in source.by_unit.get(unit, ()) if s.id in code)
        said = sum(p.words for p in own)
        if lost and not any(p.code or p.table for p in own) and said < _TELLS and lost >= said / 2:
            gone.add(unit)
    return tuple(p for p in passages if p.unit not in gone)
