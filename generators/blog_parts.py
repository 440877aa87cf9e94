"""What the sections of a blog draft print: paragraphs, lists, tables, code and pictures, each under its own heading.

Nothing is worded here and nothing moved past its neighbours; what follows what is decided in blog_plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.alone import dangling
from generators.blog_close import every
from generators.blog_plan import Section, lead_of
from generators.context import Context
from generators.material import ItemList, Passage, length
from generators.naming import unit_span
from generators.prose_cues import Cues
from generators.render import Plain
from generators.slide_pictures import picture_for, speaks_of, twin
from language.fold import folded
from language.words import content_words

#: Words of a paragraph that is too long to read.
_LONG = 130
#: Words of prose that end a piece behind its last table or picture.
_LAST = 6
#: Pictures of slides in a piece.
_MOST_PICTURES = 3
_NOWHERE = Plain("")
#: Marks of a subheading, and of one below another.
_RANKS = (Plain("##"), Plain("###"))
#: Words of weight in a small heading that its first sentence need not say twice.
_LINE = 4
#: Things that a first sentence may call "the" without its heading; Dutch calls more things so.
_LOOSE = {"en": 0, "nl": 1}


@dataclass(frozen=True, slots=True)
class Block:
    """What a section prints, in order. Exactly one of the first four is set, or the drawing."""

    sentences: tuple[Sentence, ...] = ()
    items: tuple[Sentence, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()
    code: tuple[Sentence, ...] = ()
    lead: Sentence | None = None
    ordered: bool = False
    #: The lead is the title of a slide.
    named: bool = False
    #: A small heading that runs into the paragraph.
    run_in: Sentence | None = None
    #: A question, as a subheading of that rank ("##") above its answer.
    asked: Sentence | None = None
    rank: Plain = _RANKS[0]
    #: The sentences are what somebody said, set off as such, and who said it.
    quoted: bool = False
    speaker: Sentence | None = None
    #: The sentences are the line above a table or below it.
    beside: bool = False
    #: Items that stand one step further in.
    deep: frozenset[Sentence] = frozenset()
    #: A picture of a slide: its description and its path from the draft.
    alt: tuple[Sentence, ...] = ()
    path: Plain = _NOWHERE


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the template prints it."""

    heading: Sentence | None
    blocks: tuple[Block, ...]
    source: str


def part_of(section: Section, context: Context, first: bool, title: Sentence, cue: Cues, shown: dict[int, bool],
          beside: Mapping[int, tuple[int, ...]]) -> Part:
    """A section with its blocks; one that begins the piece needs no subheading, since the title leads into it.

    `shown` are the units whose table (False) or picture (True) stands in the piece already; what is shown here joins them.
    `beside` are the units that passages of another unit speak about.
    """
    heading = section.heading
    if first and _same(heading, title, cue):
        heading = None
    blocks = []
    for position, passage in enumerate(section.passages):
        blocks += _blocks(passage, position == 0, cue)
        # Told first, then shown: a picture that no sentence leads into would stand there unexplained.
        last = all(each.unit != passage.unit for each in section.passages[position + 1:])
        others = [each for each in beside.get(passage.unit, ()) if last or speaks_of(passage, each, context)]
        blocks += pictures_of([passage.unit, *others] if passage.prose else (), shown, context)
    blocks = [replace(block, lead=None) if first and _same(block.lead, title, cue) else block for block in blocks]
    if first and heading and blocks and blocks[0].items and not blocks[0].lead and not section.passages[0].run_in:
        # A piece that begins with a list says what it is a list of.
        lead = lead_of(replace(section.passages[0], heading=heading), ItemList(()))
        blocks[0] = replace(blocks[0], lead=lead, named=True)
    sources = [name for passage in section.passages for s in every(passage) for name in s.sources]
    source = unit_span(context.index.units(sources), context)
    blocks = [replace(block, asked=None) if first and _same(block.asked, title, cue) else block for block in blocks]
    # A piece that begins with a question keeps the heading that it stands under, and so does one that begins with "the" thing
    # which that heading names, or with "one of mine".
    opening = section.passages[0].prose[:1]
    known = content_words(title.text, cue.language)
    loose = bool(opening) and (cue.has("of_these", opening[0].text) or dangling(
        opening[0].text, known, cue.language) > _LOOSE.get(cue.language, 1))
    told = heading is None or content_words(heading.text, cue.language) <= known
    begins = first and (told or not (loose or (blocks and blocks[0].asked)))
    return Part(None if begins else heading, tuple(_merge(blocks)), source)


def ended(parts: Sequence[Part], cue: Cues) -> list[Part]:
    """The sections of a piece with prose at its end: a last table or picture stands within the paragraph before it, or in
    front of it under its own heading.
    """
    if not parts or len(parts[-1].blocks) < 2:
        return list(parts)
    *rest, told, shown = parts[-1].blocks
    bare = not (told.quoted or told.asked or told.beside)
    if not (shown.rows or shown.alt) or not told.sentences or not bare:
        return list(parts)
    cut = next((n for n in range(2, len(told.sentences)) if length(told.sentences[n:]) >= _LAST and not cue.has(
        "leaning", told.sentences[n].text)), 0)
    if cut:
        halves = replace(told, sentences=told.sentences[:cut]), replace(told, sentences=told.sentences[cut:], run_in=None)
        blocks = (*rest, halves[0], shown, halves[1])
    elif told.run_in is None and parts[-1].heading is not None and not rest:
        blocks = (shown, told)
    else:
        return list(parts)
    return [*parts[:-1], replace(parts[-1], blocks=blocks)]


def ranked(parts: Sequence[Part]) -> list[Part]:
    """The sections with their questions as subheadings: below the headings, and of the first rank before there is one."""
    first = next((n for n, part in enumerate(parts) if part.heading is not None), len(parts))
    return [replace(part, blocks=tuple(replace(block, rank=_RANKS[n >= first]) for block in part.blocks))
            for n, part in enumerate(parts)]


def pictures_of(units: Sequence[int], shown: dict[int, bool], context: Context) -> tuple[Block, ...]:
    """The pictures of some units as far as there is room for them; they join `shown`."""
    out = []
    for unit in units:
        seen = [each for each, pictured in shown.items() if pictured]
        if unit not in shown and len(seen) < _MOST_PICTURES and not twin(unit, seen, context) and (
                drawn := picture_for(unit, context)):
            shown[unit] = True
            out.append(Block(alt=drawn.alt, path=Plain(f"../{drawn.path}")))
    return tuple(out)


def _same(heading: Sentence | None, title: Sentence, cue: Cues) -> bool:
    if heading is None:
        return False
    # A title goes without the label of its heading: "The empty sack" over "Problem: the empty sack".
    named, own = folded(title.text).rstrip(":"), folded(heading.text).rstrip(":")
    return own == named or (set(heading.sources) == set(title.sources) and own.endswith(f" {named}") and not cue.has(
        "series_label", heading.text))


def _blocks(passage: Passage, under_heading: bool, cue: Cues) -> list[Block]:
    rows = passage.rows
    if passage.quoted:
        above = lead_of(passage, ItemList(())) if passage.heading and not under_heading else None
        return [Block(sentences=passage.prose, quoted=True, speaker=passage.speaker, lead=above)]
    out = [Block(sentences=part) for row in rows for part in _readable(row, cue)]
    # What stands under no subheading of its own keeps its title, run in.
    named = passage.heading if not under_heading else None
    code_first: list[Block] = []
    if passage.asked:
        out[:1] = [replace(out[0] if out else Block(), asked=passage.run_in)]
    elif passage.code and passage.explained and named and not passage.run_in:
        code_first.append(Block(sentences=(_above(passage),)))
    elif out and out[0].sentences and (passage.run_in or named) and not _echoes(passage.run_in or named, out[0], cue):
        out[0] = replace(out[0], run_in=passage.run_in or named)
    if passage.code:
        place = 0 if passage.explained else len(out)
        out[place:place] = [*code_first, Block(code=passage.code)]
    bare = not passage.prose and not passage.asked and (not under_heading or passage.run_in)
    for position, items in enumerate(passage.lists):
        head = replace(passage, heading=passage.run_in or passage.heading)
        lead = lead_of(head, items) if bare and position == 0 else items.lead
        if bare and position == 0 and passage.run_in and items.lead and len(items.items) > 1:
            # "How to lock it" above a list with a sentence of its own: both stand there.
            out.append(Block(sentences=(items.lead,), run_in=passage.run_in))
            lead, items = None, replace(items, lead=None)
        if len(items.items) == 1 and (lead or passage.table):
            # One item is no list: it goes on where its lead ends, or leads into the table below it.
            last = items.items[0]
            if passage.table and not last.text.endswith((".", "!", "?", ":")):
                last = last.model_copy(update={"text": last.text + ":"})
            out.append(Block(sentences=(lead, last) if lead else (last,)))
            continue
        out.append(Block(items=items.items, lead=lead, ordered=items.ordered, named=lead is not items.lead, deep=items.deep))
    if passage.table:
        # What is said of its lines and columns comes after it; what leads into it before.
        spoken_of = not passage.lists and any(
            cue.has("line_reference", s.text) or (cue.has("absent", s.text) and cue.has("absent_table", s.text)
                                                  and not s.text.endswith(":")) for s in passage.prose)
        if named and not out:
            out.append(Block(sentences=(_above(passage),)))
        around = [Block(sentences=(each,), beside=True) if each else None for each in (passage.caption, passage.remark)]
        shown = [each for each in (around[0], Block(rows=passage.table), around[1]) if each]
        place = 0 if spoken_of else len(out)
        out[place:place] = shown
    return out


def _above(passage: Passage) -> Sentence:
    """The title of a slide as the line that leads into its program text or its table."""
    head = lead_of(passage, ItemList(()))
    if head is None:
        raise ValueError("a passage without a heading leads into nothing")
    return head


def _echoes(label: Sentence | None, block: Block, cue: Cues) -> bool:
    """Whether a small heading says nothing but what its first sentence says: "Turn it round." before "So we turned it
    round.", and a whole line before the sentence that holds it.
    """
    if label is None:
        return False
    words, first = (content_words(each.text, cue.language) for each in (label, block.sentences[0]))
    return bool(words) and words <= first and (len(first) <= len(words) + 1 or len(words) >= _LINE)


def _readable(row: tuple[Sentence, ...], cue: Cues) -> list[tuple[Sentence, ...]]:
    """A paragraph of more than 130 words in two or more, cut before a sentence that leans on nothing and answers nothing."""
    total = length(row)
    if total <= _LONG:
        return [row]
    parts = -(-total // _LONG)
    done, best, gap = 0, 0, float(total)
    for place, sentence in enumerate(row):
        answers = place > 0 and row[place - 1].text.endswith("?")
        if place and abs(done - total / parts) < gap and not (answers or cue.has("leaning", sentence.text)):
            best, gap = place, abs(done - total / parts)
        done += len(sentence.text.split())
    return [row[:best], *_readable(row[best:], cue)] if best else [row]


def _merge(blocks: Sequence[Block]) -> list[Block]:
    """Neighbouring paragraphs of one or two short sentences become one paragraph of readable length."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        short = last is not None and (_words(last) < 25 or _words(block) < 25) and _words(last) + _words(block) <= 85
        comment = len(out) > 1 and out[-2].quoted  # what is said of a quotation is said of nothing after it
        if last and last.sentences and block.sentences and short and not comment and not (
                block.run_in or last.run_in or block.asked or any(each.quoted or each.beside for each in (last, block))):
            out[-1] = replace(last, sentences=(*last.sentences, *block.sentences))
        elif last and last.items and block.items and not (block.lead or block.asked) and not (last.ordered or block.ordered):
            # Two lists with nothing between them are one list to a reader of Markdown.
            out[-1] = replace(last, items=(*last.items, *block.items), deep=last.deep | block.deep)
        else:
            out.append(block)
    return out


def _words(block: Block) -> int:
    return length(block.sentences)
