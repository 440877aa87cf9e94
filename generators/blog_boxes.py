"""The lists of an article: few, none that says again what is told, and none for an ending.

A slide of bullets without notes stands between two told ones as a box under a label, and three such boxes a page read like
slides. An editor keeps those that hold steps, whole sentences, or as many things as their title counts; the others are
left to posts and cards. A list is there whole or not at all, and nothing is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from content.draft import Sentence
from generators.blog_counts import series
from generators.blog_form import by_slide
from generators.blog_open import leans
from generators.blog_plan import Piece
from generators.material import ItemList, Passage, length
from generators.prose_beyond import told_words, words_of
from generators.prose_cues import Cues
from generators.prose_line import ENDS
from generators.prose_sound import in_series, promised
from language.amounts import told_amounts
from language.fold import folded
from language.numbers import numbers_in

#: Share of the words of a piece that stand in paragraphs: one of lists keeps them.
_TOLD = 0.5
#: Told slides, and words of prose, for each box or list of phrases.
_SLIDES, _PROSE = 3, 250
#: Share of the words of an item that the paragraphs around it hold for it to be told, of a full sentence and its words, and
#: share of such items of a list that goes.
_SAID, _WHOLE, _FULL, _AGAIN = 0.5, 0.75, 6, 0.66
#: The same share of phrases behind what is told over them.
_SHORT_FORM = 0.4
#: A time of the day, in front of what happened then; a long vowel; and what a last letter is in the other forms.
_CLOCK = re.compile(r"^\W*(?:\w+, )?\d{1,2}[:.]\d\d\b")
_LONG = re.compile(r"([aeou])\1")
_ENDS = {"v": "f", "z": "s"}
#: A figure by which a list is spoken of; smaller ones count anything.
_FIGURE = 10
#: Letters that two forms of one word have in common.
_START = 5
#: Words told about a list that are a remark on it.
_REMARK = 20
#: Items of a list that can be read as a paragraph, and words of a line that is too short for one.
_MOST, _SHORT = 5, 4

Group = tuple[Passage, ...]


def few_lists(piece: Piece, whole: frozenset[str], cue: Cues) -> Piece:
    """The piece without lists that repeat what is told beside them, without weak boxes, and without list after list.

    `whole` are the ids of what stands in whole sentences. List articles, running text and pieces of lists stay as they are.
    """
    if not _is_told(piece):
        return piece
    groups = by_slide(piece.passages)
    groups = [tuple(_unrepeated(p, groups[max(0, n - 1):n + 2], whole, cue) for p in group) for n, group in enumerate(groups)]
    groups = [kept for group in groups if (kept := tuple(q for p in group for q in _facts_first(p, cue) if _holds(q)))]
    weight = {group[0].unit: _weight(piece, groups, n, whole, cue) for n, group in enumerate(groups) if is_box(group)}
    if _guides(piece, cue):
        gone = _crowded(groups, weight)
    else:
        gone = _weak(groups, weight, _room(groups))
    groups = [group for group in groups if group[0].unit not in gone]
    groups = _without_phrases(groups, whole, cue)
    if len(groups) > 1 and is_box(groups[0]) and not is_box(groups[1]):
        # A piece begins with what is told.
        groups[:2] = [_opening(groups[0], whole, cue), groups[1]] if leans(groups[1][0], cue) else groups[1::-1]
    return replace(piece, passages=tuple(p for group in groups for p in group))


def with_ending(piece: Piece, whole: frozenset[str], cue: Cues) -> Piece:
    """The piece with prose at its end: a last list of sentences is a paragraph, another stands before the last told slide,
    and one of phrases behind what is told there goes.
    """
    groups = by_slide(piece.passages)
    if not _is_told(piece) or not groups or not groups[-1][-1].lists or any(p.table or p.code for p in groups[-1][-1:]):
        return piece
    *before, last = groups[-1]
    (*lists, items) = last.lists
    box = is_box(groups[-1])
    if items.lead is None and len(items.items) <= _MOST and not items.deep and all(_says(s, whole, cue) for s in items.items):
        groups[-1] = (*before, _as_text(last))
    elif box and len(groups) > 2 and _can_follow(groups[-2], groups[-3], cue):
        groups[-2:] = [groups[-1], groups[-2]]
    elif box and 2 * sum(_says(s, whole, cue) for s in items.items) < len(items.items) and len(groups) > 1 and not (
            items.kept or items.ordered or _counted(last, items, cue)):
        groups.pop()
    elif not box and _goes_by(last, items, cue):
        groups[-1] = (*before, replace(last, prose=(), paragraphs=()), replace(last, heading=None, run_in=None, lists=()))
    elif not box and last.prose and not (items.lead or items.kept or items.ordered or _counted(last, items, cue)):
        groups[-1] = (*before, replace(last, lists=tuple(lists)))
    return replace(piece, passages=tuple(p for group in groups for p in group))


def _goes_by(last: Passage, items: ItemList, cue: Cues) -> bool:
    """Whether what is told begins with a figure of its list ("The thirty-seven is ..."): then the list stands before it."""
    told = told_amounts(last.prose[0].text, cue.language) if last.prose and len(last.lists) == 1 else frozenset()
    return any(value >= _FIGURE and value in told_amounts(s.text, cue.language) for value in told for s in items.items)


def is_box(group: Sequence[Passage]) -> bool:
    """Whether a slide is lists and nothing else."""
    return any(p.lists for p in group) and not any(p.prose or p.table or p.code or p.quoted or p.asked for p in group)


def left_boxes(before: Sequence[Piece], after: Sequence[Piece]) -> frozenset[int]:
    """The units of boxes that stand in pieces before they were edited and in none afterwards."""
    here = {p.unit for piece in after for p in piece.passages}
    return frozenset(group[0].unit for piece in before for group in by_slide(piece.passages)
                     if is_box(group) and group[0].unit not in here)


def _opening(group: Group, whole: frozenset[str], cue: Cues) -> Group:
    """A box that stands first because the next slide leans on it, as a paragraph where it is few full lines."""
    (first, *rest), items = group, [s for p in group for each in p.lists for s in each.items]
    full = all(len(s.text.split()) > _SHORT for s in items) and 2 * sum(_says(s, whole, cue) for s in items) >= len(items)
    return (_as_text(first),) if full and not rest and len(first.lists) == 1 and len(items) <= _SLIDES else group


def _is_told(piece: Piece) -> bool:
    told = sum(length(p.prose) for p in piece.passages)
    return not piece.listicle and told >= _TOLD * piece.words and not any(p.running for p in piece.passages)


def _holds(p: Passage) -> bool:
    return bool(p.prose or p.lists or p.table or p.code)


def _unrepeated(passage: Passage, around: Sequence[Group], whole: frozenset[str], cue: Cues) -> Passage:
    """The passage without lists that its own paragraphs, or those of the slides beside it, say for the most part; phrases
    behind what is told over them are short forms of that, and go where it says two in five of them.
    """
    if not passage.lists or passage.asked:
        return passage
    heads = [p.heading for group in around for p in group if p.prose and p.heading and p.unit == passage.unit]
    said = " ".join(s.text for s in (*heads, *(s for group in around for p in group for s in p.prose)))
    known = _forms(told_words(said, cue))

    def again(each: ItemList) -> bool:
        met = sum(_told(s, known, cue) for s in each.items)
        short = passage.spoken and bool(passage.prose) and 2 * sum(_says(s, whole, cue) for s in each.items) < len(each.items)
        return met >= (_SHORT_FORM if short else _AGAIN) * len(each.items)

    lists = tuple(each for each in passage.lists if each.kept or each.ordered or each.lead or _counted(passage, each, cue)
                  or not again(each))
    return passage if len(lists) == len(passage.lists) else replace(passage, lists=lists)


def _told(item: Sentence, known: frozenset[str], cue: Cues) -> bool:
    words = _forms(words_of(_CLOCK.sub("", item.text), cue))
    starts = {each[:_START] for each in known if len(each) >= _START}
    # "Geeft toe" is "toegeven".
    joined = {word for word in words for other in words if other + word in known or word + other in known}
    met = sum(word in known or word[:_START] in starts or word in joined for word in words)
    return met >= (_WHOLE if len(words) >= _FULL and item.text[-1] in ".!?" else _SAID) * len(words)


def _forms(words: frozenset[str]) -> frozenset[str]:
    """Stems as one form of a word has them and another has not: "vraag" and "vrag", "geef" and "gev"."""
    return frozenset(_LONG.sub(r"\1", word[:-1] + _ENDS.get(word[-1], word[-1])) for word in words if word)


def _facts_first(passage: Passage, cue: Cues) -> tuple[Passage, ...]:
    """The passage, with a list before the few words told about it where they repeat a figure of it: "Visitors: 23" comes
    before "Twenty-three, and my mother was one of them."; and without a count that the list under it belies.
    """
    (*other, items) = passage.lists or (None,)
    words = length(passage.prose)
    counted = {number.value for s in passage.prose for number in numbers_in(s.text, cue.language)}
    if items and passage.heading and words <= _SHORT and counted and len(items.items) not in counted:
        return (replace(passage, prose=(), paragraphs=()),)  # "Three wishes." above four lines
    if items is None or other or not passage.spoken or not 0 < words <= _REMARK or items.lead or items.kept or (
            passage.run_in or words > length(items.items) + _REMARK // 2):
        return (passage,)
    told, listed = (words_of(" ".join(s.text for s in each), cue) for each in (passage.prose, items.items))
    if not any(word.isdigit() for word in told & listed):
        return (passage,)
    return (replace(passage, prose=(), paragraphs=(), lists=(replace(items, kept=True),)),
            replace(passage, heading=None, lists=()))


def _counted(passage: Passage, items: ItemList, cue: Cues) -> bool:
    """Whether the title of a slide counts the items of a list: "Four decisions"."""
    head = passage.run_in or passage.heading
    text = cue.single["series_label"].sub("", head.text) if head is not None else ""  # "Mistake 3" counts nothing
    return len(items.items) > 1 and (promised(text, cue) == len(items.items) or any(
        number.value == len(items.items) and not number.percent for number in numbers_in(text, cue.language)))


def _says(item: Sentence, whole: frozenset[str], cue: Cues) -> bool:
    """Whether an item is a sentence of its own, or tells somebody what to do."""
    return set(item.sources) <= whole or cue.has("advice", item.text)


def _weight(piece: Piece, groups: Sequence[Group], place: int, whole: frozenset[str], cue: Cues) -> float:
    """What a box is worth: 2 where it cannot be missed, else the share of its items that are sentences, steps for one."""
    group = groups[place]
    heads = [p.heading for p in group if p.heading]
    lists = [each for p in group for each in p.lists]
    items = [s for each in lists for s in each.items]
    sure = any(each.ordered or each.kept or in_series([s.text for s in each.items], cue) for each in lists)
    sure |= any(_counted(p, each, cue) for p in group for each in p.lists)
    counted = {head for m in piece.materials for head in series(piece, promised(m.title.text, cue))}
    beside = [p.heading.text for other in (groups[place - 1:place], groups[place + 1:place + 2]) for g in other
              for p in g[:1] if p.heading]
    case = len(beside) == 2 and all(cue.has("form_label", text) for text in beside)
    titles = {folded(m.title.text) for m in piece.materials}
    if sure or case or any(head in counted or folded(head.text) in titles for head in heads):
        return 2.0
    steps = sum(cue.has("sequence", s.text) for s in items) > 1
    return max(sum(_says(s, whole, cue) for s in items) / len(items), 0.5 * steps) if heads else 0.0


def _room(groups: Sequence[Group]) -> int:
    """How many boxes, or lists of phrases, a piece has room for."""
    told = [group for group in groups if any(p.prose for p in group)]
    return max(1, round(len(told) / _SLIDES), sum(length(p.prose) for group in told for p in group) // _PROSE)


def _weak(groups: Sequence[Group], weight: dict[int, float], room: int) -> set[int]:
    """The units of boxes that are phrases for the most part, and of those for which there is no room."""
    sure = [unit for unit, worth in weight.items() if worth > 1]
    rank = sorted((unit for unit, worth in weight.items() if _TOLD <= worth <= 1), key=lambda unit: -weight[unit])
    kept = [*sure, *rank[:room]]
    return {*weight} - {*kept} | (_crowded(groups, {unit: weight[unit] for unit in kept}) if len(kept) > 1 else set())


def _crowded(groups: Sequence[Group], weight: dict[int, float]) -> set[int]:
    """The units of boxes that stand beside a stronger one, with nothing told between them."""
    gone: set[int] = set()
    for boxed, run in groupby((g for g in groups if not is_box(g) or g[0].unit in weight), key=is_box):
        units = [group[0].unit for group in run]
        if boxed:
            best = max(units, key=lambda unit: (weight[unit], -unit))
            gone |= {unit for unit in units if unit != best}
    return gone


def _guides(piece: Piece, cue: Cues) -> bool:
    """Whether a piece tells how to do something, by its title: its lists are what it says."""
    return any(cue.has("steps_title", m.title.text) for m in piece.materials)


def _without_phrases(groups: Sequence[Group], whole: frozenset[str], cue: Cues) -> list[Group]:
    """The slides without the lists of phrases behind what is told for which there is no room; the first ones stay."""
    room = _room(groups) - sum(is_box(group) for group in groups)
    out: list[Group] = []
    for group in groups:
        kept: list[Passage] = []
        for p in group:
            weak = [each for each in p.lists if p.prose and not (each.lead or each.kept or each.ordered) and not _counted(
                p, each, cue) and 2 * sum(_says(s, whole, cue) for s in each.items) < len(each.items)]
            if weak and room <= 0:
                p = replace(p, lists=tuple(each for each in p.lists if each not in weak))
            room -= bool(weak)
            kept.append(p)
        out.append(tuple(kept))
    return out


def _as_text(passage: Passage) -> Passage:
    """The passage with the sentences of its last list as its last paragraph."""
    row = tuple(s.model_copy(update={"text": text if ENDS.search(text) else text.rstrip(" ,;:") + "."})
                for s in passage.lists[-1].items for text in (s.text[:1].upper() + s.text[1:],))
    return replace(passage, lists=passage.lists[:-1]).retold((*passage.rows, row))


def _can_follow(last: Group, before: Group, cue: Cues) -> bool:
    """Whether a told slide can stand behind the box that follows it: nothing in it leans back, nor is a box before it."""
    return any(p.prose for p in last) and last[0].heading is not None and not leans(last[0], cue) and not is_box(before)
