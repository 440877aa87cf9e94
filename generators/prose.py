"""Builds the material of each topic from a cleared document: notes first, then what the slide says beyond them.

Nothing is invented and nothing is moved: sentences stand in the order of the deck, bullets become sentences only where
that is safe (see `prose_bullets`), and every unit that gives nothing is named in `skipped` with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from content.cleared import ClearedDocument
from content.draft import Sentence
from content.topic import Topic
from generators.material import Material, Passage
from generators.page_reading import reading
from generators.prose_case import calm, word_forms
from generators.prose_cues import cues
from generators.prose_line import ENDS
from generators.prose_lines import Sheet, gather
from generators.prose_rank import Weights, quotations, rank, weigh
from generators.prose_titles import CHAPTER, without_prefix
from generators.prose_trainer import set_apart
from generators.prose_unit import Deck, one_heading, passages_of
from language.fold import folded
from language.source import SourceIndex
from language.words import content_words, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc


def materials(cleared: ClearedDocument, topics: Sequence[Topic], index: SourceIndex, language: str) -> tuple[Material, ...]:
    """One Material for each topic, in the same order. `language` is the document's own."""
    cue = cues(language)
    sheets, skipped = gather(cleared, topics, cue)
    set_apart(sheets, cue)
    deck = Deck(cue, _parse(cleared, sheets, language), word_forms(cleared),
                 Counter(word for _, block in cleared.blocks() if block.readable for word in set(tokens(block.text))),
                 frozenset(unit.number for unit in cleared.units if unit.kind == "slide"), touched=cleared.touched_units)
    undecided = cleared.open_units
    pages = reading(cleared)
    units = dict.fromkeys(sheet.unit for sheet in sheets)
    weights = weigh([" ".join(s.text for s in index.by_unit.get(number, ())) for number in units], language)
    named = {unit.number: unit.title for unit in cleared.units}
    out = []
    for topic in topics:
        passages: list[Passage] = []
        points: list[Sentence] = []
        cited: list[Sentence] = []
        for sheet in (sheet for sheet in sheets if topic.first <= sheet.unit <= topic.last):
            fresh, short = passages_of(sheet, deck)
            if fresh and sheet.running and sheet.title and not fresh[0].heading:
                fresh[0] = replace(fresh[0], under=sheet.title.text)
            passages += one_heading(passages, fresh)
            points += short
            cited += sheet.references
        said = {passage.unit for passage in passages}
        skipped.update((sheet.unit, sheet.reason or "too little text") for sheet in sheets
                       if topic.first <= sheet.unit <= topic.last and sheet.unit not in said)
        own = {number: why for number, why in skipped.items() if topic.first <= number <= topic.last}
        made = _material(topic, passages, points, own, index, deck, weights, cited, undecided)
        directed = frozenset(sheet.unit for sheet in sheets if sheet.directed and topic.first <= sheet.unit <= topic.last)
        out.append(replace(made, titles={number: named[number] for number in said}, reading=pages, directed=directed))
    return tuple(out)


def _material(topic: Topic, passages: list[Passage], points: list[Sentence], skipped: dict[int, str], index: SourceIndex,
              deck: Deck, weights: Weights, references: Sequence[Sentence], undecided: frozenset[int]) -> Material:
    settled = [passage for passage in passages if passage.unit not in undecided]
    pool = [s for passage in settled for s in passage.prose]
    pool += [s for passage in settled for each in passage.lists for s in each.items if ENDS.search(s.text)]
    asked = [s for passage in settled if (s := passage.heading) and deck.cues.has("question", s.text)]
    openers = frozenset(row[0] for passage in settled for row in passage.paragraphs if row)
    ranked = rank(pool, topic.keyphrases, weights, deck.cues, openers)
    used = {name for sentence in pool for name in sentence.sources}
    verbatim = [Sentence(text=" ".join(s.text.split()), sources=(s.id,)) for unit in {p.unit: None for p in settled}
                for s in index.by_unit.get(unit, ()) if s.id in used]
    return Material(
        topic=topic, title=_title(topic, passages, index, deck), passages=tuple(passages), numbers=ranked.numbers,
        questions=(*asked, *ranked.questions), examples=ranked.examples, contrasts=ranked.contrasts,
        quotations=quotations(verbatim, deck.cues), advice=ranked.advice, stories=ranked.stories, myths=ranked.myths,
        points=tuple(s for s in points if undecided.isdisjoint(index.units(s.sources))),
        whole=frozenset(deck.whole), references=tuple(references), best=ranked.best,
        keyphrases=topic.keyphrases, skipped=skipped, undecided=undecided)


def _title(topic: Topic, passages: Sequence[Passage], index: SourceIndex, deck: Deck) -> Sentence:
    """The topic's title with the ids of the block it was taken from; the first heading when it has none."""
    wanted = folded(topic.title)
    own = [s for number in range(topic.first, topic.last + 1) for s in index.by_unit.get(number, ())]
    sources = tuple(s.id for s in own if topic.title_source and s.block == topic.title_source)
    if not sources:
        sources = tuple(s.id for s in own if wanted and wanted in folded(s.text))[:1]
    if not sources and passages:
        words = content_words(topic.title, deck.cues.language)
        near = (s.id for s in own if words and _in_order(topic.title, s.text, deck.cues.language)
                and len(words & content_words(s.text, deck.cues.language)) >= 0.8 * len(words))
        sources = tuple(near)[:1]
    same = re.sub(r"[\W_]+", "", wanted)
    for passage in passages:
        if passage.heading and re.sub(r"[\W_]+", "", folded(passage.heading.text)) in {same, same.lstrip("0123456789")}:
            return passage.heading
    if sources and topic.title:
        bare = deck.cues.single["build_mark"].sub("", " ".join(topic.title.split()))
        running = all(passage.unit not in deck.slides for passage in passages)
        calmed = calm(CHAPTER.sub("", bare) if running else bare, deck.forms)
        return Sentence(text=without_prefix(calmed, deck.cues), sources=sources)
    return next((p.heading for p in passages if p.heading), Sentence(text=topic.title, sources=sources))


def _in_order(title: str, text: str, language: str) -> bool:
    """Whether a text has the words of a title that mean something in their order: another order says another thing, and
    traces to nothing.
    """
    words = iter(tokens(text))
    return all(word in words for word in tokens(title) if content_words(word, language))


def _parse(cleared: ClearedDocument, sheets: Sequence[Sheet], language: str) -> dict[str, Doc]:
    """Block id -> Doc, one batch for the whole deck; {} where the language has no model."""
    from language.pipeline import has_model, parse

    if not has_model(language):
        return {}
    wanted: dict[str, str] = {}
    blocks = {block.id: block.text for _, block in cleared.blocks()}
    for sheet in sheets:
        for group in sheet.groups:
            wanted.update((line.block, blocks[line.block]) for line in group)
        for paragraph in sheet.notes:
            wanted.update((line.block, blocks[line.block]) for line in paragraph if not ENDS.search(line.text))
    return dict(zip(wanted, parse(list(wanted.values()), language), strict=True))
