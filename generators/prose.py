"""Builds the material of each topic from a cleared document: notes first, then what the slide says beyond them.

Nothing is invented and nothing is moved: sentences stand in the order of the deck, bullets become sentences only where
that is safe (see `prose_bullets`), and every unit that gives nothing is named in `skipped` with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from content.cleared import ClearedDocument
from content.document import Block
from content.draft import Sentence
from content.topic import Topic
from generators.material import ItemList, Material, Passage
from generators.prose_bullets import Kind, Node, Said, kind_of, say, tree
from generators.prose_bullets import sentence as as_sentence
from generators.prose_case import calm, word_forms
from generators.prose_cues import Cues, cues
from generators.prose_lines import Line, Sheet, gather, is_code
from generators.prose_notes import Told, clean, tell
from generators.prose_rank import Weights, quotations, rank, weigh
from language.fold import folded
from language.source import SourceIndex
from language.words import content_words, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A bullet that shares this much of its content words with the notes is said by them already.
SAID = 0.6
_HALF = 0.4
#: Content words of notes that are full enough to speak for the slide.
_RICH = 30
_MAX_HEADING = 90
_COLUMNS, _ROWS, _CELL = 6, 10, 30
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(slots=True)
class _Deck:
    """What the building of every passage needs to know of the whole deck."""

    cues: Cues
    docs: dict[str, Doc]
    forms: dict[str, str]
    count: Counter[str]
    seen: set[str] = field(default_factory=set)


def materials(cleared: ClearedDocument, topics: Sequence[Topic], index: SourceIndex, language: str) -> tuple[Material, ...]:
    """One Material for each topic, in the same order. `language` is the document's own."""
    sheets, skipped = gather(cleared, topics)
    deck = _Deck(cues(language), _parse(cleared, sheets, language), word_forms(cleared),
                 Counter(word for _, block in cleared.blocks() if block.readable for word in set(tokens(block.text))))
    weights = weigh([" ".join(s.text for s in index.by_unit.get(number, ())) for number in sheets], language)
    out = []
    for topic in topics:
        passages: list[Passage] = []
        points: list[Sentence] = []
        for number in range(topic.first, topic.last + 1):
            if number in sheets:
                fresh, short = _unit(sheets[number], deck)
                passages += _one_heading(passages, fresh)
                points += short
                if not fresh:
                    skipped[number] = sheets[number].reason or "too little text"
        own = {number: why for number, why in skipped.items() if topic.first <= number <= topic.last}
        out.append(_material(topic, passages, points, own, index, deck, weights))
    return tuple(out)


def _material(topic: Topic, passages: list[Passage], points: list[Sentence], skipped: dict[int, str], index: SourceIndex,
              deck: _Deck, weights: Weights) -> Material:
    pool = [s for passage in passages for s in passage.prose]
    pool += [s for passage in passages for each in passage.lists for s in each.items if _ENDS.search(s.text)]
    asked = [s for passage in passages if (s := passage.heading) and deck.cues.has("question", s.text)]
    openers = frozenset(row[0] for passage in passages for row in passage.paragraphs if row)
    ranked = rank(pool, topic.keyphrases, weights, deck.cues, openers)
    used = {name for sentence in pool for name in sentence.sources}
    verbatim = [Sentence(text=" ".join(s.text.split()), sources=(s.id,)) for unit in {p.unit: None for p in passages}
                for s in index.by_unit.get(unit, ()) if s.id in used]
    return Material(
        topic=topic, title=_title(topic, passages, index, deck), passages=tuple(passages), numbers=ranked.numbers,
        questions=(*asked, *ranked.questions), examples=ranked.examples, contrasts=ranked.contrasts,
        quotations=quotations(verbatim, deck.cues), advice=ranked.advice, stories=ranked.stories, myths=ranked.myths,
        points=tuple(points), best=ranked.best, keyphrases=topic.keyphrases, skipped=skipped)


def _title(topic: Topic, passages: Sequence[Passage], index: SourceIndex, deck: _Deck) -> Sentence:
    """The topic's title with the ids of the block it was taken from; the first heading when it has none."""
    wanted = folded(topic.title)
    own = [s for number in range(topic.first, topic.last + 1) for s in index.by_unit.get(number, ())]
    sources = tuple(s.id for s in own if topic.title_source and s.block == topic.title_source)
    if not sources:
        sources = tuple(s.id for s in own if wanted and wanted in folded(s.text))[:1]
    if not sources and passages:
        words = content_words(topic.title, deck.cues.language)
        sources = tuple(s.id for s in own if words and len(words & content_words(s.text, deck.cues.language)) >= 0.8 * len(words))[:1]
    same = re.sub(r"[\W_]+", "", wanted)
    for passage in passages:
        if passage.heading and re.sub(r"[\W_]+", "", folded(passage.heading.text)) == same:
            return passage.heading
    if sources and topic.title:
        return Sentence(text=calm(deck.cues.single["build_mark"].sub("", " ".join(topic.title.split())), deck.forms), sources=sources)
    return next((p.heading for p in passages if p.heading), Sentence(text=topic.title, sources=sources))


def _parse(cleared: ClearedDocument, sheets: dict[int, Sheet], language: str) -> dict[str, Doc]:
    """Block id -> Doc, one batch for the whole deck; {} where the language has no model."""
    from language.pipeline import has_model, parse

    if not has_model(language):
        return {}
    wanted: dict[str, str] = {}
    blocks = {block.id: block.text for _, block in cleared.blocks()}
    for sheet in sheets.values():
        for group in sheet.groups:
            wanted.update((line.block, blocks[line.block]) for line in group)
        for paragraph in sheet.notes:
            wanted.update((line.block, blocks[line.block]) for line in paragraph if not _ENDS.search(line.text))
    return dict(zip(wanted, parse(list(wanted.values()), language), strict=True))


def _heading(sheet: Sheet, deck: _Deck) -> Sentence | None:
    """The slide's title as a heading, None when it says nothing."""
    if sheet.title is None:
        return None
    text = deck.cues.single["build_mark"].sub("", calm(sheet.title.text, deck.forms)).strip(" .:;-–—,")
    if len(text) < 4 or len(text) > _MAX_HEADING or deck.cues.has("empty_title", text) or is_code(text):
        return None
    return Sentence(text=text, sources=sheet.title.sources)


def _one_heading(before: Sequence[Passage], fresh: Sequence[Passage]) -> list[Passage]:
    """A heading that the passages before carry already is not said again."""
    last = next((p.heading for p in reversed(before) if p.heading), None)
    out = []
    for passage in fresh:
        if passage.heading and last and folded(passage.heading.text) == folded(last.text):
            passage = replace(passage, heading=None)
        out.append(passage)
    return out


def _unit(sheet: Sheet, deck: _Deck) -> tuple[list[Passage], list[Sentence]]:
    """The passages of one unit and the short forms of what its notes say."""
    cue = deck.cues
    commands = {name: _holds_verb(line, deck) for paragraph in sheet.notes for line in paragraph for name in line.sources}
    told = [_fresh(each, deck) for each in tell(sheet.notes, cue, sheet.code, commands)]
    spoken = content_words(" ".join(s.text for each in told for row in each.paragraphs for s in row), cue.language)
    spoken |= content_words(" ".join(s.text for each in told for s in each.items), cue.language)
    heading = _heading(sheet, deck)
    said: list[Said] = []
    points: list[Sentence] = []
    for group in sheet.groups:
        lines = [replace(line, text=_label(text, deck.forms)) for line in group if (text := _shown(line, cue))]
        kinds = {id(line): kind_of(line, deck.docs.get(line.block), cue) for line in lines}
        kept, covered = _beyond(tree(lines, kinds), spoken, cue)
        points += [as_sentence(node.line) for node in covered if node.kind in {Kind.SENTENCE, Kind.COMMAND}]
        steps = heading is not None and cue.has("steps_title", heading.text) and all(
            node.kind is Kind.COMMAND for node in kept)
        definite = heading is not None and _definite(heading.text, deck)
        said += say(kept, sheet.title, definite, cue, steps)
    said = [each for each in (_unsaid(each, deck) for each in said) if each.sentences or each.items]
    passages = _passages(sheet, heading, told, said)
    table = _table(sheet.tables)
    if table:
        passages = [*passages[:-1], replace(passages[-1], table=table)] if passages else [
            Passage(sheet.unit, heading, (), (), table=table)]
    return passages, points


def _label(text: str, forms: dict[str, str]) -> str:
    """A line in capitals calmed down; a word or two of them among other lines is a label, and labels lead lists."""
    calmed = calm(text, forms)
    letters = [char for char in text if char.isalpha()]
    if len(text.split()) <= 3 and len(letters) >= 5 and text.isupper() and text.lower() not in {w.lower() for w in forms if forms[w].isupper()}:
        return text[:1] + text[1:].lower() + ("" if text.endswith((":", "?", "!")) else ":")
    return calmed


def _shown(line: Line, cue: Cues) -> str:
    """What of a bullet may be printed; body text is de-pointed too, but keeps fragments and its own capital."""
    return clean(line.text, cue) if not line.text[:1].islower() else clean(line.text, cue)[:1].lower() + clean(line.text, cue)[1:]


def _holds_verb(line: Line, deck: _Deck) -> bool:
    kind = kind_of(line, deck.docs.get(line.block), deck.cues)
    return kind in {Kind.SENTENCE, Kind.COMMAND, Kind.QUESTION} and len(line.text.split()) >= 4


def _definite(text: str, deck: _Deck) -> bool:
    """Whether a title names one thing that the deck speaks of elsewhere too, so that it can be a subject."""
    words = tokens(text)
    if not words or len(words) > 4 or text.endswith("?"):
        return False
    proper = all(word[:1].isupper() for word in text.split())
    return deck.cues.has("definite_start", text) or (proper and all(deck.count[word] >= 3 for word in words))


def _fresh(told: Told, deck: _Deck) -> Told:
    """Notes without the sentences that were said before anywhere in the deck."""
    told.paragraphs = [kept for row in told.paragraphs if (kept := tuple(s for s in row if _new(s, deck)))]
    return told


def _unsaid(said: Said, deck: _Deck) -> Said:
    return Said(tuple(s for s in said.sentences if _new(s, deck)), said.items)


def _new(sentence: Sentence, deck: _Deck) -> bool:
    key = folded(sentence.text)
    if key in deck.seen and len(key.split()) > 3:
        return False
    deck.seen.add(key)
    return True


def _beyond(nodes: list[Node], spoken: frozenset[str], cue: Cues) -> tuple[list[Node], list[Node]]:
    """Bullets that the notes do not say, and those that they do. A list of which most is new stays whole."""
    if not spoken:
        return nodes, []
    leaves = [leaf for node in nodes for leaf in _leaves(node)]
    covered = [leaf for leaf in leaves if _overlap(leaf, spoken, cue) >= SAID]
    if len(spoken) >= _RICH:
        # Notes this full say it better: a short statement that half repeats them is the author's own summary.
        covered += [leaf for leaf in leaves if leaf not in covered and leaf.kind in {Kind.SENTENCE, Kind.COMMAND}
                    and _overlap(leaf, spoken, cue) >= _HALF and len(leaf.line.text.split()) <= 12]
        lone = [leaf for leaf in leaves if leaf not in covered]
        if len(lone) == 1 and lone[0].kind is Kind.NOUN and len(leaves) > 1:
            return [], covered
    whole = 2 * len(covered) < len(leaves)
    gone = {id(leaf) for leaf in covered if not whole or leaf.kind in {Kind.SENTENCE, Kind.QUESTION}}
    for before, leaf in zip(leaves, leaves[1:], strict=False):
        # What leans on a bullet that goes has nothing to lean on.
        if id(before) in gone and leaf.kind is Kind.SENTENCE and cue.has("leaning", leaf.line.text):
            gone.add(id(leaf))
    return [kept for node in nodes if (kept := _prune(node, gone, spoken, cue))], covered


def _leaves(node: Node) -> list[Node]:
    return [leaf for child in node.children for leaf in _leaves(child)] if node.children else [node]


def _prune(node: Node, gone: set[int], spoken: frozenset[str], cue: Cues) -> Node | None:
    if not node.children:
        return None if id(node) in gone else node
    children = [kept for child in node.children if (kept := _prune(child, gone, spoken, cue))]
    if not children and (node.kind is Kind.NOUN or _overlap(node, spoken, cue) >= SAID):
        return None
    return Node(node.line, node.kind, children)


def _overlap(node: Node, spoken: frozenset[str], cue: Cues) -> float:
    words = content_words(node.line.text, cue.language)
    return len(words & spoken) / len(words) if words else 1.0


def _passages(sheet: Sheet, heading: Sentence | None, told: Sequence[Told], said: Sequence[Said]) -> list[Passage]:
    """Notes first, under their own subheads, then the slide's sentences and lists in their order."""
    out: list[Passage] = []
    for each in told:
        lists = (ItemList(tuple(each.items)),) if each.items and not sheet.code else ()
        if each.paragraphs or lists:
            out.append(replace(_passage(sheet.unit, None, each.paragraphs, lists), run_in=each.heading))
    rows: list[tuple[Sentence, ...]] = []
    lists_: list[ItemList] = []
    for piece in said:
        if piece.sentences and lists_:
            out.append(_passage(sheet.unit, None, rows, lists_))
            rows, lists_ = [], []
        if piece.sentences:
            rows.append(piece.sentences)
        if piece.items:
            lists_.append(piece.items)
    if (rows or lists_) and out and not out[-1].lists and not rows:
        out[-1] = replace(out[-1], lists=tuple(lists_))
    elif rows or lists_:
        out.append(_passage(sheet.unit, None, rows, lists_))
    if out:
        out[0] = replace(out[0], heading=heading)
    return out


def _passage(unit: int, heading: Sentence | None, rows: Iterable[tuple[Sentence, ...]], lists: Iterable[ItemList]) -> Passage:
    paragraphs = tuple(rows)
    return Passage(unit, heading, tuple(s for row in paragraphs for s in row), tuple(lists), paragraphs)


def _table(tables: Sequence[Sequence[Block]]) -> tuple[tuple[Sentence, ...], ...]:
    """The first table that is small enough to be read: at most 6 columns, 10 rows and 30 words a cell."""
    for cells in tables:
        rows = max(cell.row or 0 for cell in cells) + 1
        columns = max(cell.column or 0 for cell in cells) + 1
        if not (2 <= rows <= _ROWS and 2 <= columns <= _COLUMNS) or len(cells) < 0.6 * rows * columns:
            continue
        if any(len(cell.text.split()) > _CELL for cell in cells):
            continue
        grid = {(cell.row, cell.column): cell for cell in cells}
        return tuple(tuple(_cell(grid.get((row, column))) for column in range(columns)) for row in range(rows))
    return ()


def _cell(block: Block | None) -> Sentence:
    from language.sentences import split

    if block is None:
        return Sentence(text="", sources=())
    ids = tuple(f"{block.id}.{n}" for n in range(1, len(split(block.text)) + 1))
    return Sentence(text=" ".join(block.text.split()), sources=ids)
