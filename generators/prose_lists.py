"""Lists as their author made them, and what stands big on a slide with its caption.

A list of a document stays whole, in its order and with its numbers; one that the notes announce and count off stands where
they do so. A figure and its caption are one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.document import Block
from content.draft import Sentence
from generators.material import ItemList, Passage
from generators.prose_bullets import Kind, Node, in_marks, item
from generators.prose_cues import Cues
from generators.prose_line import ENDS, Line
from generators.prose_notes import Told
from generators.prose_sound import promised
from generators.unseen import taken_up
from language.numbers import numbers_in
from language.words import content_words

#: A figure with its unit, or two with an arrow between them: "17 minutes", "€1.6 million", "26 months → 41 minutes".
_VALUE = r"[^\w\s]{0,2}\s?\d[\d.,:]*(?<![.,:])[^\s)]{0,4}(?:\s?%)?(?:\s+[^\WA-Z]\S*){0,3}"
_FIGURE = re.compile(rf"^{_VALUE}(?:\s*(?:→|->|=>|–|—|-|/)\s*{_VALUE})?$")
#: Boxes of a drawing, the share of them whose second line begins with a small letter, and words of one of their lines.
_BOXES, _GLOSSED, _BOX = 3, 0.66, 12
#: Words of the name of a box whose second line begins like a sentence.
_NAME = 2
#: Lines of a slide that shows one thing, and words of a label on it.
_BIG, _LABEL = 3, 5
#: Words of a title that claims something.
_CLAIM = 4
#: Words of a line that says how to read a table.
_REMARK = 24
#: The fewest things that are announced.
_ANNOUNCED = 3
#: Sentences at the head of the notes that may count whatever is on the slide; later ones count things that are named so.
_EARLY = 2
#: A code that a line begins with: "H1", "R12".
_CODE = re.compile(r"[A-Z]{1,2}\d{1,2}(?=[ :.])")
#: Words of a line that can break off.
_CLAUSE = 4
#: Words of an item; what is longer is a paragraph with a number. And how much longer than the others it may be.
ITEM = 60
_LONGER = 4.0


def remark(groups: Sequence[Sequence[Line]]) -> Sentence | None:
    """The one line beside the table of a slide that says how to read it ("Rounded; summer only"); None where it has
    another one too.
    """
    lines = [line for group in groups for line in group]
    if len(lines) != 1 or lines[0].code or lines[0].text[-1] in ":?" or lines[0].text[0] in "“\"«‘" or (
            len(lines[0].text.split()) > _REMARK):
        return None
    return Sentence(text=lines[0].text, sources=lines[0].sources)


def listed(lines: Sequence[Line]) -> bool:
    """Whether lines of running text are one flat list of items."""
    return len(lines) > 1 and lines[0].level > 0 and len({(line.shape, line.level) for line in lines}) == 1 and not any(
        line.code or len(line.text.split()) > ITEM for line in lines)


def paragraph(line: Line) -> bool:
    """Whether a line is running text: two sentences or more, without a credit joined to them."""
    return len(line.parts) >= 2 and len(line.text.split()) >= 12 and " — " not in line.text and bool(
        ENDS.search(line.parts[0][1])) and not (in_marks(line.text) and line.text[-1] == ")")


def breaks_off(line: Line, cue: Cues) -> bool:
    """Whether a line breaks off: what it says nobody knows."""
    return not line.code and len(line.text.split()) >= _CLAUSE and cue.has("breaks_off", line.text)


def ended(line: Line, cue: Cues) -> Line:
    """A paragraph that breaks off ("They agreed in 91 of", at the end of a page) without its last sentence only."""
    if not paragraph(line) or not breaks_off(line, cue):
        return line
    return replace(line, parts=line.parts[:-1], text=" ".join(text for _, text in line.parts[:-1]))


def replies(lines: Sequence[Line]) -> bool:
    """Whether the lines of a group are sayings with what one answers to them: "“We have no time.” You have it twice"."""
    return len(lines) >= 2 and all(
        len(line.parts) >= 2 and len(line.text.split()) <= 30 and line.text[0] in "“\"«‘" for line in lines)


def few(groups: Sequence[Sequence[Line]]) -> bool:
    """Whether the slide has one list that notes can speak of line by line."""
    return len(groups) == 1 and 2 <= len(groups[0]) <= 10 and not any(paragraph(line) for line in groups[0])


def item_list(lines: Sequence[Line]) -> ItemList:
    """Such lines as a list: numbered where their author numbered them, an item of several sentences in one piece."""
    return ItemList(tuple(item(Node(line, Kind.NOUN)) for line in lines), None, all(line.numbered for line in lines))


def item_length(lines: Sequence[Line]) -> float:
    """Words up to which a line of two sentences is an item of the list that its box holds; 0 where the box holds none."""
    plain = [line for line in lines if not line.code]
    items = sorted(len(line.text.split()) for line in plain if not paragraph(line))
    level = len({line.level for line in plain[1:]}) <= 1
    if len(plain) < 4 or 2 * len(items) < len(plain) or not level:
        return 0.0
    return min(float(ITEM), _LONGER * items[len(items) // 2])


def captioned(heading: Line | None, lines: Sequence[Line], kinds: Sequence[Kind], cue: Cues) -> Sentence | None:
    """A title that is only a figure and the one line under it as a sentence: "17 minutes is how long it took"; as a line, the
    figure first as on the slide, where that line has no verb. None where the slide is no figure with its caption.
    """
    if heading is None or len(lines) != 1 or not _FIGURE.match(heading.text.strip()) or lines[0].code or (
            promised(heading.text, cue)):
        return None
    (line,), (kind,) = lines, kinds
    small = line.text[:1].islower()
    if kind is Kind.VERB or cue.has("finite", line.text.split()[0]):
        text = f"{heading.text} {line.text[:1].lower()}{line.text[1:]}"
    elif small or kind in {Kind.NOUN, Kind.PARTICIPLE}:
        text = f"{heading.text} {line.text}" if small else f"{heading.text}: {line.text}"
    else:
        return None
    return Sentence(text=text if ENDS.search(text) else text.rstrip(" ,;:") + ".", sources=(*heading.sources, *line.sources))


def big_figure(lines: Sequence[Line]) -> bool:
    """Whether a slide without a title is a figure and its caption in two boxes ("31 %", "of the day: nothing to do"), with
    small print under them or without.
    """
    return 2 <= len(lines) <= _BIG and len({line.shape for line in lines}) == len(lines) and (
        _FIGURE.match(lines[0].text.strip()) is not None and lines[1].text[:1].islower() and not any(
            line.code for line in lines))


def standing_big(title: Line | None, lines: Sequence[Line], kinds: Sequence[Kind], cue: Cues) -> Sentence | None:
    """What a slide shows that is one thing to be read from afar: a figure with its caption, or a slogan without the label
    beside it ("Our town in one sentence"). None for any other slide.
    """
    if title is not None or len({line.shape for line in lines}) < len(lines) or not 2 <= len(lines) <= _BIG:
        return captioned(title, lines, kinds, cue)
    said = [line for line in lines if line.text[-1] in ".!" and len(line.text.split()) > _LABEL]
    label = [line for line in lines if line.text[-1] not in ".!?:" and len(line.text.split()) <= _LABEL]
    if len(lines) > len(label) + len(said) or len(said) != 1 or len(label) != 1 or said[0].code:
        return None
    return Sentence(text=said[0].text, sources=said[0].sources)


def glossed(lines: list[Line]) -> list[Line]:
    """The lines of a slide of boxes, each with a name and what it is ("Rent", "what the hall costs us"), as one line a box;
    as they are where the slide holds anything else than a line or two beside them (its number, what closes the row).
    """
    shapes: dict[str, list[Line]] = {}
    for line in lines:
        shapes.setdefault(line.shape, []).append(line)
    boxes = [own for name, own in shapes.items() if name and len(own) == 2]
    beside = [own for own in shapes.values() if own not in boxes]
    alike = len(boxes) >= _BOXES and len(beside) < len(boxes) and all(len(own) == 1 for own in beside) and all(
        own[0].text[-1:] != "?" and not any(
            line.code or line.text[-1:] in ".!:" or len(line.text.split()) > _BOX for line in own) for own in boxes)
    if not alike:
        return lines
    small = sum(own[1].text[:1].islower() or not own[1].text[:1].isalpha() for own in boxes)
    named = all(len(own[0].text.split()) <= _NAME and len(own[1].text.split()) > _NAME + 1 for own in boxes)
    if small < _GLOSSED * len(boxes) and not named:
        return lines
    gloss = {id(own[0]): own[1] for own in boxes}
    gone = {id(each) for each in gloss.values()}
    return [replace(line, parts=(*line.parts, *gloss[id(line)].parts), text=f"{_name(line.text)}: {gloss[id(line)].text}")
            if id(line) in gloss else line for line in lines if id(line) not in gone]


def _name(text: str) -> str:
    """The name of a box: in capitals for the look of it, it is calmed down."""
    letters = sum(char.isalpha() for char in text)
    return text[:1] + text[1:].lower() if text.isupper() and letters > _BOXES else text


@dataclass(frozen=True, slots=True)
class Around:
    """Running text around its table: the lines in their groups, the place of the first group after it, its caption."""

    groups: list[list[Line]]
    place: int
    caption: Sentence | None


def around_table(groups: Sequence[Sequence[Line]], cells: Sequence[Block], cue: Cues) -> Around:
    """The lines of a section cut where its table stands, with the line above it that is its caption ("Table 2. Halls")."""
    first = _number(cells[0].id)
    out: list[list[Line]] = []
    for group in groups:
        before = [line for line in group if _number(line.block) < first]
        out += [part for part in (before, list(group[len(before):])) if part]
    place = next((n for n, group in enumerate(out) if _number(group[0].block) > first), len(out))
    above = out[place - 1][-1] if place else None
    if above is None or above.level or not cue.has("table_caption", above.text):
        return Around(out, place, None)
    out[place - 1].pop()
    place -= not out[place - 1]
    return Around([group for group in out if group], place, Sentence(text=above.text.rstrip(" .:"), sources=above.sources))


def _number(block: str) -> int:
    """Where a block stands in its unit: "s3.b12" is the twelfth."""
    return int(block.rpartition("b")[2])


def with_caption(passages: list[Passage], caption: Sentence) -> list[Passage]:
    """The passages of a section with the caption of their table on the line above it."""
    named = caption.model_copy(update={"text": caption.text + "."})
    return [replace(p, caption=named) if p.table else p for p in passages]


def announcing(told: Sequence[Told], lines: Sequence[Line], missing: bool, cue: Cues) -> Sentence | None:
    """The sentence of the notes after which the lines of a slide must stand: it has them read ("Read these four."), or counts
    so many things ("five things") as there are lines, and they are then spoken of by their number, or (`missing`) some of
    them are not told.
    """
    if len(lines) < _ANNOUNCED or any(line.code for line in lines):
        return None
    said = [s for each in told for row in each.paragraphs for s in row]
    for place, s in enumerate(said):
        counted = missing or any(cue.has("by_number", after.text) for after in said[place:])
        early = place < _EARLY or promised(re.split(r"[,:;–—]", s.text)[0], cue) > 0
        if cue.has("reads_these", s.text) and {len(lines)} & {n.value for n in numbers_in(s.text, cue.language)}:
            return s
        if counted and (promised(s.text.rstrip(" .!"), cue) == len(lines) or (early and counts(s.text, len(lines), cue))):
            return s
    return None


def counts(text: str, many: int, cue: Cues) -> bool:
    """Whether a sentence begins with so many things ("So three outcomes, not two.")."""
    first = next(iter(numbers_in(text, cue.language)), None)
    if first is None or first.percent or first.value != many:
        return False
    return (not text[:first.start].strip() or cue.has("before_count", text[:first.start])) and cue.has(
        "counted_things", text[first.end:])


def spoken_of(told: Sequence[Told], cue: Cues) -> Sentence | None:
    """The sentence of the notes that picks out an item of the list on their slide ("And now the third box"), or begins by
    saying what they are ("These are real letters."); None where none does.
    """
    said = [s for each in told for row in each.paragraphs for s in row]
    numbered = cue.single["numbered_item"]
    by_step = {s for s in said if numbered.search(s.text)}
    if any(found[1] for s in by_step if (found := numbered.search(s.text))):
        by_step = set()  # from the first one on they are told
    return next((s for place, s in enumerate(said) if cue.has("line_reference", s.text) or cue.has("by_item", s.text) or (
        s in by_step) or (place == 0 and cue.has("these_are", s.text))), None)


def coded(told: Sequence[Told], lines: Sequence[Line]) -> Sentence | None:
    """The first sentence of the notes that calls the lines of a slide by the codes that they begin with ("H2, company."), two
    of them or more; None where none is called so.
    """
    codes = [found[0] for line in lines if (found := _CODE.match(line.text))]
    said = [s for each in told for row in each.paragraphs for s in row]
    called = [s for s in said if any(re.search(rf"\b{code}\b", s.text) for code in codes)]
    return called[0] if len(codes) > 1 and len(called) > 1 else None


def leading_in(told: Sequence[Told], picked: Sentence, title: Sentence | None, many: int, cue: Cues) -> Sentence | None:
    """The sentence after which a list of so many items stands whose notes pick out one of them (`picked`): the one that says
    what they are ("These are real letters."), or the one before the item is picked out. None where that begins the notes,
    where their first sentence leans on the list, or where the title of the slide counts it: then the list stands first.
    """
    said = [s for each in told for row in each.paragraphs for s in row]
    place = said.index(picked)
    if place == 0:
        return picked if cue.has("leads_list", picked.text) and len(said) > 1 else None
    counted = title is not None and (promised(title.text, cue) == many or counts(title.text, many, cue))
    first = counted or cue.has("pronoun_start", said[0].text)
    return None if first and not cue.has("numbered_item", picked.text) else said[place - 1]


def takes_up(told: Sequence[Told], lines: Sequence[Line], title: Sentence | None, cue: Cues) -> Sentence | None:
    """The sentence that begins the notes where it speaks of a thing ("I wrote that answer myself.") which only the lines of
    the slide name; None elsewhere.
    """
    first = next((s for each in told for row in each.paragraphs for s in row), None)
    thing = taken_up(first.text, cue) if first else frozenset()
    if not thing or (title and thing <= content_words(title.text, cue.language)):
        return None
    return first if any(thing <= content_words(line.text, cue.language) for line in lines) else None


def earlier(one: Sentence, other: Sentence, told: Sequence[Told]) -> bool:
    """Whether one sentence of the notes is told before another."""
    said = [s for each in told for row in each.paragraphs for s in row]
    return said.index(one) < said.index(other)


def with_title(told: Sequence[Told], title: Line | None, cue: Cues) -> list[Told]:
    """What is told, with the title of the slide as the sentence that it points at ("If you take home one thing, then
    this.").
    """
    if title is None or len(title.text.split()) < _CLAIM or not (ENDS.search(title.text) or cue.has("finite", title.text)):
        return list(told)
    claim = Sentence(text=title.text if ENDS.search(title.text) else title.text.rstrip(" ,;:") + ".", sources=title.sources)
    out = []
    for each in told:
        rows = [tuple(part for s in row for part in ((s, claim) if cue.has("points_title", s.text) else (s,)))
                for row in each.paragraphs]
        out.append(Told(each.heading, rows, each.items))
    return out


def after_sentence(told: Sequence[Told], last: Sentence) -> tuple[list[Told], list[Told]]:
    """What is told up to a sentence and with it, and the rest, each in its paragraphs and under its subheads."""
    before: list[Told] = []
    rest: list[Told] = []
    for each in told:
        if rest:
            rest.append(each)
            continue
        found = next((n for n, row in enumerate(each.paragraphs) if any(s is last for s in row)), -1)
        if found < 0:
            before.append(each)
            continue
        row = each.paragraphs[found]
        cut = next(n for n, s in enumerate(row) if s is last) + 1
        before.append(Told(each.heading, [*each.paragraphs[:found], row[:cut]]))
        rest.append(Told(None, [part for part in (row[cut:], *each.paragraphs[found + 1:]) if part], each.items))
    return before, rest
