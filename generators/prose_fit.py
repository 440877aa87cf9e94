"""Lists, the sentences that lead into them, and the labels between them, so that each fits the other.

A lead that asks for half a sentence ("... if it is:") above whole ones leads nowhere; so does one with nothing after it. A
glossary is one list, and a label that stands as a sentence or as the last item of a list is the small heading of what
follows. Nothing is reworded; what is cut is a lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from content.draft import Sentence
from generators.alone import goes_on
from generators.closed import patterns
from generators.material import ItemList, Passage, length
from generators.prose_cues import Cues
from language.pipeline import has_model, parse
from language.verbless import FINITE, can_tell

#: "Asker: the person who needs to know", "Isolation – To reserve resources": a term and what it means, with its words.
_TERM = re.compile(r"^(?:[\w’'()/-]+ ){0,3}[\w’'()/-]+(?:: (?=[a-z])| [–—] (?=\w))")
_DASH = re.compile(r"^[^:.]{3,40} [–—] \w")
_ENTRY, _ENTRIES, _DASHED = 40, 3, 2
#: Share of the items of a list that are whole sentences under half of one, from which its lead goes.
_MISFIT = 0.34
#: Words of a label, the share of them that begin with a capital, and words of what it labels.
_SHORTEST, _LONGEST, _CAPITALS, _BELOW = 3, 7, 0.6, 8
#: Labels of a unit that make a short line without a subject one more.
_AMONG = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows of sentences with the lists after them, under a small heading or none."""

    rows: tuple[tuple[Sentence, ...], ...]
    lists: tuple[ItemList, ...] = ()
    run_in: Sentence | None = None


def fitted(passages: Sequence[Passage], cue: Cues) -> list[Passage]:
    """The passages of a unit with lists under leads that fit, glossaries in one piece, and labels above what they label."""
    out: list[Passage] = []
    waiting: Sentence | None = None
    shown = any(p.lists or p.table or p.code for p in passages)
    among = sum(p.run_in is not None and p.run_in.text[-1:] != "?" for p in passages) >= _AMONG
    for passage in passages:
        if waiting is not None and passage.run_in is None and passage.heading is None:
            passage = replace(passage, run_in=waiting)
        waiting = None
        parts = [passage]
        if not (passage.table or passage.code):
            parts = _glossary(passage)
            parts = [part for each in parts for part in _labelled(each, cue, among)] if not passage.running else parts
        parts = [_led(part, shown, cue) for part in parts]
        if not passage.running and parts and (label := _last_label(parts[-1])):
            waiting = label
            parts[-1] = _without_last(parts[-1])
        out += [part for part in parts if part.prose or part.lists or part.table]
    return out


def _split(passage: Passage, stretches: Sequence[_Stretch]) -> list[Passage]:
    """A passage in several: the first keeps what stood above all of it."""
    out: list[Passage] = []
    for stretch in stretches:
        made = replace(passage, prose=tuple(s for row in stretch.rows for s in row), paragraphs=stretch.rows,
                       lists=stretch.lists)
        if out:
            made = replace(made, heading=None, run_in=stretch.run_in)
        elif stretch.run_in is not None:
            made = replace(made, run_in=stretch.run_in)
        out.append(made)
    return out


def _rows(passage: Passage) -> list[tuple[Sentence, ...]]:
    return [row for row in passage.paragraphs or (passage.prose,) if row]


def _glossary(passage: Passage) -> list[Passage]:
    """Terms with their meanings in one list, wherever they stood: in rows, in sentences of a row, in a list after them."""
    rows = [part for row in _rows(passage) for part in _apart(row)]
    entries = [_entry(row) for row in rows]
    listed = [s for each in passage.lists if each.lead is None for s in each.items]
    for start in range(len(rows)):
        end = next((n for n in range(start, len(rows)) if not entries[n]), len(rows))
        tail = listed if end == len(rows) and all(_TERM.match(s.text) for s in listed) else []
        dashed = sum(_DASH.match(row[0].text) is not None for row in rows[start:end])
        if end > start and (end - start + len(tail) >= _ENTRIES or dashed >= _DASHED):
            items = ItemList((*(_joined(row) for row in rows[start:end]), *tail))
            left = tuple(each for each in passage.lists if not tail or each.lead is not None)
            after = tuple(rows[end:])
            first = _Stretch(tuple(rows[:start]), (items, *(() if after else left)))
            return _split(passage, [first, *([_Stretch(after, left)] if after else [])])
    return [passage]


def _entry(row: Sequence[Sentence]) -> bool:
    return bool(_TERM.match(row[0].text)) and length(row) <= _ENTRY


def _apart(row: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    """A row cut before each sentence that begins with a term and a dash, where it holds two of them."""
    starts = [n for n, s in enumerate(row) if _DASH.match(s.text)]
    if len(starts) < _DASHED:
        return [row]
    cuts = [*dict.fromkeys((0, *starts, starts[-1] + 1)), len(row)]
    return [part for start, end in pairwise(cuts) if (part := row[start:end])]


def _joined(row: Sequence[Sentence]) -> Sentence:
    return Sentence(text=" ".join(s.text for s in row), sources=tuple(dict.fromkeys(n for s in row for n in s.sources)))


def _labelled(passage: Passage, cue: Cues, among: bool = False) -> list[Passage]:
    """"Enable with a Strong Foundation." in front of its text, or at the end before its list: the small heading of that. What
    the next sentence gives the reason for ("As they ...") answers a question that stands elsewhere, and goes. `among`: it
    stands among labels, where a few words without a subject are one too ("Count with care.").
    """
    rows, language = _rows(passage), cue.language
    stretches: list[_Stretch] = [_Stretch(())]
    for place, row in enumerate(rows):
        alone = len(row) == 1 and place + 1 < len(rows) and row[0].text.endswith(".") and _label(row[0].text)
        if alone and not (goes_on(row[0].text, language) or _own(row[0].text, cue)):
            stretches.append(_Stretch((), (), _bare(row[0])))
        elif len(row) > 1 and _label(row[0].text) and patterns(language)["reason"].search(row[1].text):
            stretches[-1] = replace(stretches[-1], rows=(*stretches[-1].rows, row[1:]))
        elif len(row) > 1 and (_label(row[0].text) or (among and _short_label(row, cue))):
            stretches.append(_Stretch((row[1:],), (), _bare(row[0])))
        else:
            stretches[-1] = replace(stretches[-1], rows=(*stretches[-1].rows, row))
    last = stretches[-1]
    if passage.lists and last.rows and (len(last.rows) > 1 or len(last.rows[0]) > 1) and _label(last.rows[-1][-1].text):
        label, rest = last.rows[-1][-1], last.rows[-1][:-1]
        stretches[-1] = replace(last, rows=(*last.rows[:-1], *((rest,) if rest else ())))
        stretches.append(_Stretch((), passage.lists, _bare(label)))
    else:
        stretches[-1] = replace(last, lists=passage.lists)
    stretches = [each for each in stretches if each.rows or each.lists]
    return _split(passage, stretches) if len(stretches) > 1 or (stretches and stretches[0].run_in) else [passage]


def _bare(label: Sentence) -> Sentence:
    return label.model_copy(update={"text": label.text.rstrip(" .:")})


def _label(text: str) -> bool:
    """Whether a sentence is set like a heading: a few words, most of them with a capital, the last one too."""
    words = re.findall(r"[\w’'-]+", text)
    return _SHORTEST <= len(words) <= _LONGEST and words[-1][:1].isupper() and text[-1:] not in "?!" and "," not in text and (
        sum(word[:1].isupper() for word in words) >= _CAPITALS * len(words)) and not any(char.isdigit() for char in text)


def _short_label(row: Sequence[Sentence], cue: Cues) -> bool:
    """Whether a row begins with a few words that have no subject, before a whole sentence, where a tagger knows verbs."""
    words = row[0].text.split()
    return can_tell(cue.language) and 1 < len(words) < _BELOW // 2 + 1 and words[0][:1].isupper() and (
        row[0].text.endswith(".") and "," not in row[0].text and len(row[1].text.split()) >= _BELOW
        and not (goes_on(row[0].text, cue.language) or _own(row[0].text, cue)))


def _last_label(passage: Passage) -> Sentence | None:
    """The last item of a list of sentences, where it is set like a heading."""
    items = passage.lists[-1].items if passage.lists else ()
    plain = [s for s in items[:-1] if len(s.text.split()) >= _BELOW]
    return items[-1] if len(items) > 1 and _label(items[-1].text) and items[-1].text[-1] != "." and (
        2 * len(plain) >= len(items) - 1) else None


def _without_last(passage: Passage) -> Passage:
    last = passage.lists[-1]
    return replace(passage, lists=(*passage.lists[:-1], replace(last, items=last.items[:-1])))


def _led(passage: Passage, shown: bool, cue: Cues) -> Passage:
    """The passage without leads that fit nothing: half a sentence above whole ones, or the announcement of a list where the
    unit shows none.
    """
    rows = _rows(passage)
    kept = rows if shown else [left for row in rows if (left := tuple(s for s in row if not cue.has("announces", s.text)))]
    lists: list[ItemList] = []
    for number, each in enumerate(passage.lists):
        last = kept[-1][-1] if number == 0 and kept and kept[-1][-1].text.endswith(":") else None
        lead = each.lead or last
        # "... when:" wants clauses with a subject of their own, and has them here.
        fits = lead is None or not cue.has("open_stem", lead.text) or cue.has("clause_stem", lead.text)
        if lead is None or fits or not _misfits(each.items, cue):
            lists.append(each)
            continue
        before = cue.single["open_clause"].sub(":", lead.text)
        if before != lead.text and cue.has("finite", before) and len(before.split()) >= _SHORTEST:
            # "A roof may leak if it is:" fits whole sentences badly, and without it nobody knows what they are. Whole: a
            # condition that is cut off would change what it says.
            lists.append(each)
            continue
        lists.append(replace(each, lead=None))
        if lead is last:
            kept = [row for row in (*kept[:-1], kept[-1][:-1]) if row]
    return replace(passage, paragraphs=tuple(kept), prose=tuple(s for row in kept for s in row), lists=tuple(lists))


def _misfits(items: Sequence[Sentence], cue: Cues) -> bool:
    """Whether too many items are sentences of their own to end the sentence that leads into them."""
    return sum(_own(s.text, cue) for s in items) >= _MISFIT * len(items)


def _own(text: str, cue: Cues) -> bool:
    """Whether a text has a subject and a verb of its own, first of all."""
    if cue.language != "en" or not has_model("en"):
        return cue.has("definite_start", text) and cue.has("finite", text)
    (doc,) = parse([text], "en")
    if doc[0].tag_ in {"VB", "VBG", "VBN", "VBZ", "TO", "IN", "WRB"} and doc[0].dep_ not in _SUBJECTS:
        return False
    verb = next((token for token in doc if token.dep_ == "ROOT"), doc[0])
    finite = verb.tag_ in FINITE or any(child.tag_ in FINITE and child.dep_ in {"aux", "auxpass"} for child in verb.children)
    return finite and any(child.dep_ in _SUBJECTS and child.i < verb.i for child in verb.children)
