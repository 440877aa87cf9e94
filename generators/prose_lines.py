"""What a unit says, line by line, with the noise taken out and the reason noted when nothing is left.

Noise is what an audience never reads as text: labels of diagrams, single letters, code, addresses, strings that stand on
many slides, what an earlier slide said already. Nothing is rewritten here: a line keeps the words of its block.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from content.document import LABEL_LEVEL, QUOTE, Block, Body, Part, Unit
from content.draft import Sentence
from content.topic import Topic
from generators.alone import open_end
from generators.prose_asked import pairs, unanswered
from generators.prose_cues import Cues, in_any_language
from generators.prose_hyphens import cut_words, mended
from generators.prose_line import CREDIT, Line, goes_on, joined, lines_of
from generators.prose_lists import big_figure, glossed
from generators.prose_noise import has_address
from generators.prose_quoted import Quoted, names_speaker, quotations, whole_quotation
from generators.prose_shapes import (
    code_boxes,
    formulas,
    head_keys,
    program,
    shown_code,
    sort_boxes,
    unfold,
    with_code,
    without_labels,
)
from generators.prose_titles import join_titles, name_parts
from generators.prose_tongue import native
from language.fold import folded

#: Kind of aside (topics) -> reason of the closed list for units that nothing is used of.
_ASIDES = {"agenda": "agenda", "bio": "bio", "thanks": "thanks", "divider": "divider", "references": "references",
           "title": "title", "code": "code", "picture": "picture only", "empty": "too little text"}
#: Words of notes that make a divider worth reading all the same.
_SPOKEN = 25
#: Small headings of an exercise ("Outcome", "Time frame") that make a slide one.
_ORDERS = 2
#: Slides of questions with answers that make a deck one of a class.
_CLASS = 3
#: Slides on which a line must head a box to be known as a small heading.
_KNOWN = 3
_BODY = frozenset({Part.BODY, Part.SMARTART})
#: What is still to be filled in, in brackets.
_BRACKETED = re.compile(r"[\[<{]\s*[A-Za-z][^\]>}]{1,40}\s*[\]>}]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
#: A figure with its name before it: "Saved: £37,200".
_NAMED = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+){0,3}: \W?\d")
#: Words of a line that is not said again.
_AGAIN = 3
#: A line in brackets.
_ASIDE = re.compile(r"^\([^()]{2,60}\)[.;,]?$")
#: Share of the lines of a box that begin with a small letter, over which that is how its author writes.
_SMALL_STARTS = 0.4
#: "(2)", "[2/3]": the number of a build.
_BUILD = re.compile(r"\s*[(\[]\d+(?:\s*(?:/|of|van)\s*\d+)?[)\]]$")


@dataclass(slots=True)
class Sheet:
    """What is left of one unit: title, groups of lines that are siblings, cells of tables, paragraphs of notes."""

    unit: int
    title: Line | None = None
    titles: list[Line] = field(default_factory=list)
    #: The bold start of a paragraph of running text: what it stands under, below its heading.
    label: Line | None = None
    bodies: list[Block] = field(default_factory=list)
    groups: list[list[Line]] = field(default_factory=list)
    tables: list[list[Block]] = field(default_factory=list)
    charts: list[Block] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    #: Shape -> the small heading of its lines.
    labels: dict[str, Line] = field(default_factory=dict)
    #: What somebody said, with who said it.
    quoted: list[Quoted] = field(default_factory=list)
    #: Entries of a list of sources on the unit.
    references: list[Sentence] = field(default_factory=list)
    #: The whole program text of a slide of code, a line each, where it is short enough to be read.
    program: list[Sentence] = field(default_factory=list)
    code: bool = False
    #: A page or section of running text, not a slide.
    running: bool = False
    #: Names of the sentences of the notes that tell a trainer what to do.
    orders: frozenset[str] = frozenset()
    #: Most of its notes were such, and they are not used.
    directed: bool = False
    reason: str = ""


def gather(body: Body, topics: Sequence[Topic], cue: Cues) -> tuple[list[Sheet], dict[int, str]]:
    """Every content unit as Sheets, one for a slide and one for each heading of a page or section, and for those of
    which nothing may be used the reason (closed list).
    """
    asides = {unit: kind for topic in topics for unit, kind in topic.asides.items()}
    read: list[tuple[Sheet, list[Line]]] = []
    skipped: dict[int, str] = {}
    announced: set[str] = set()
    for each_unit in body.content_units():
        unit = native(each_unit, body.language)
        if unit is not each_unit and not any(block.readable for block in unit.blocks):
            skipped[unit.number] = "other language"
            continue
        aside = asides.get(unit.number, "")
        if aside == "agenda":
            announced |= {folded(block.text).rstrip(" .:;,") for block in unit.blocks if block.part in _BODY}
        if aside and not (aside == "divider" and sum(len(block.text.split()) for block in unit.notes) >= _SPOKEN):
            skipped[unit.number] = _ASIDES.get(aside, "boilerplate")
            continue
        fresh = [_read(part, cue.language) for part in _under_headings(unit)]
        for each in fresh:
            each[1][:] = [] if aside else each[1]
        read += fresh
    cut = cut_words(body)
    for sheet, lines in read:
        lines[:] = mended(lines, cut)
        sheet.notes = [mended(row, cut) for row in sheet.notes]
    heads = Counter(key for sheet, lines in read if not sheet.running for key in head_keys(lines))
    known = frozenset(key for key, count in heads.items() if count >= _KNOWN)
    for sheet, lines in read:
        if _exercise(sheet, lines, cue):
            lines[:], sheet.notes, sheet.tables, sheet.reason = [], [], [], "exercise"
        if sheet.title and not sheet.running and cue.has("demo_title", sheet.title.text):
            sheet.notes, sheet.reason = [], "demonstration"  # what is said beside it is said of what is done there
        _sort(sheet, lines, known, cue)
    sheets = [sheet for sheet, _ in read]
    name_parts(sheets, frozenset(folded(unit.title).rstrip(" .:;,") for unit in body.content_units() if unit.title))
    _drop_boilerplate(sheets)
    _drop_questions(sheets, cue)
    _drop_repeats(sheets, announced)
    left = [sheet for sheet in sheets if sheet.quoted or sheet.groups or sheet.notes or sheet.tables or sheet.charts]
    used = {sheet.unit for sheet in left}
    skipped.update((sheet.unit, sheet.reason or "picture only") for sheet in sheets if sheet.unit not in used)
    return left, skipped


def _under_headings(unit: Unit) -> list[Unit]:
    """A page or section cut at its headings; a slide as it is. Of headings in a row the last one, the nearest, stays, and
    with it the bold start of a paragraph below it.
    """
    if unit.kind == "slide":
        return [unit]
    stretches: list[list[Block]] = [[]]
    for block in unit.blocks:
        if block.part is Part.TITLE:
            if any(each.part is not Part.TITLE for each in stretches[-1]) or not stretches[-1]:
                stretches.append([block])
            elif block.level == LABEL_LEVEL:
                stretches[-1] = [each for each in stretches[-1] if each.level != LABEL_LEVEL] + [block]
            else:
                stretches[-1] = [block]
        else:
            stretches[-1].append(block)
    return [unit.model_copy(update={"blocks": tuple(blocks)}) for blocks in stretches if blocks]


def _read(unit: Unit, language: str) -> tuple[Sheet, list[Line]]:
    """The unit as a sheet, and the lines of its boxes, still as they stand."""
    sheet = Sheet(unit.number, running=unit.kind != "slide")
    lines: list[Line] = []
    titles: list[Line] = []
    tables: dict[str, list[Block]] = defaultdict(list)
    for block in unit.blocks:
        if not block.readable or not block.text.strip():
            continue
        if block.part is Part.TITLE and block.level == LABEL_LEVEL and sheet.running:
            sheet.label = next(iter(lines_of(unit, block, language)), None)
        elif block.part is Part.TITLE:
            titles.extend(lines_of(unit, block, language))
        elif block.part in _BODY:
            lines.extend(lines_of(unit, block, language))
            sheet.bodies.append(block)
        elif block.part is Part.TABLE:
            tables[block.shape].append(block)
        elif block.part is Part.CHART:
            sheet.charts.append(block)
        elif block.part is Part.NOTES:
            sheet.notes.append([line for line in lines_of(unit, block, language) if line.text])
    sheet.titles = titles
    sheet.title = join_titles(titles, frozenset())
    if not sheet.running and (cells := unfold(unit, tables, language)):
        place = {block.id: n for n, block in enumerate(unit.blocks)}
        lines = sorted([*lines, *cells], key=lambda line: place[line.block])
    sheet.tables = [cells for cells in tables.values() if cells and cells[0].row is not None]
    sheet.notes = [kept for paragraph in sheet.notes if (kept := [line for line in paragraph if _LETTERS.search(line.text)])]
    return sheet, with_code(lines)


def _sort(sheet: Sheet, lines: Sequence[Line], known: frozenset[str], cue: Cues) -> None:
    """What of the lines says something: in groups, with their small headings; sources and noise apart."""
    if not sheet.running:
        sheet.quoted = quotations(lines, sheet.title is not None, cue)
        said = {id(line) for each in sheet.quoted for line in (*each.said, *each.by)}
        lines = [line for line in lines if id(line) not in said]
        boxes = sort_boxes(glossed(list(lines)), known, cue)
        lines, sheet.labels, sheet.references = boxes.lines, boxes.labels, boxes.references
    if sheet.title is None and not (sheet.notes or sheet.charts or sheet.tables or sheet.running) and big_figure(lines):
        sheet.titles, lines = [lines[0]], lines[1:2]
    # A formula under a chart is no program.
    sheet.code = bool(lines) and not sheet.charts and sum(line.code for line in lines) >= 0.4 * len(lines)
    if sheet.code and sheet.notes:
        sheet.program = program(sheet.bodies)
    elif sheet.code and (beside := code_boxes(lines)):
        sheet.program = program([block for block in sheet.bodies if block.shape in beside])
        lines = [line for line in lines if line.shape not in beside]
    led = shown_code(lines) if not sheet.code else set()
    wordy = [line.as_code() if id(line) in led else line for line in lines
             if id(line) in led or (not line.code and not has_address(line.text) and _wordy(line, sheet.title))]
    if sheet.code:
        wordy = [line for line in wordy if line.text.endswith((".", "!", "?")) and len(line.text.split()) > 6]
        sheet.reason = "code"
    elif lines and not wordy:
        sheet.reason = "too little text"
    if sheet.notes and not sheet.tables and not sheet.running:
        # Mathematics is read out in the notes; torn into bullets it is nothing.
        signs = formulas(wordy)
        wordy = [line for line in wordy if id(line) not in signs]
    kept = without_labels(wordy, lines)
    if wordy and not kept:
        sheet.reason = "too little text"
    sheet.groups = _groups(_credited(kept, cue), sheet.labels)


def _credited(lines: Sequence[Line], cue: Cues) -> list[Line]:
    """Lines with a credit ("- Ada Example") joined to the words that it credits, and what hangs on a line joined to it."""
    out: list[Line] = []
    small = {shape: sum(line.text[:1].islower() for line in lines if line.shape == shape) > _SMALL_STARTS * size
             for shape, size in Counter(line.shape for line in lines).items()}
    for line in lines:
        if line.code or (out and out[-1].code):
            out.append(line)
            continue
        if out and CREDIT.match(line.text) and len(out[-1].text.split()) >= 6 and out[-1].text[-1] in ".!?”\"’":
            said = out.pop()
            name = line.text.lstrip("—–- ")
            line = replace(said, parts=(*said.parts, *line.parts), text=f"{said.text.rstrip()} — {name}.")
        elif out and whole_quotation(out[-1].text) and out[-1].shape == line.shape and names_speaker(line.text, cue):
            said = out.pop()
            line = replace(said, parts=(*said.parts, *line.parts), text=f"{said.text} — {line.text}.")
        elif out and out[-1].shape == line.shape and _hangs(out[-1], line, small[line.shape], cue.language):
            head = out.pop()
            line = replace(head, parts=joined(head.parts, line.parts), text=f"{head.text.rstrip()} {line.text}")
        out.append(line)
    return out


def _hangs(before: Line, line: Line, small: bool, language: str) -> bool:
    """Whether a line only goes on with the one before it: all of it in brackets, or where that one breaks off.

    `small`: the lines of the box begin with small letters anyway, so that one more says nothing.
    """
    if _ASIDE.match(line.text):
        return before.text[-1] not in ".!?:)"
    if line.level != before.level or not line.text[:1].islower():
        return False
    if small:
        return open_end(before.text, language) and line.block == before.block
    return open_end(before.text, language) or goes_on(before.text, line.text, language)


def _wordy(line: Line, title: Line | None) -> bool:
    """Whether a line says something: letters, not a placeholder, not the title over again."""
    text = line.text
    if len(_LETTERS.findall(text)) < 1 or len(text) < 3:
        return False
    if sum(char.isalpha() for char in text) < 0.4 * len(text.replace(" ", "")) and len(text) > 12 and not _NAMED.match(text):
        return False
    if len(text.split()) <= 6 and (_BRACKETED.search(text) or in_any_language("line_to_fill", text)):
        return False
    return title is None or line.key != title.key


def _groups(lines: Sequence[Line], labels: dict[str, Line]) -> list[list[Line]]:
    """Lines by shape; neighbours that stand alone in their shapes, and have no heading, are siblings of each other."""
    groups: list[list[Line]] = []
    size = Counter(line.shape for line in lines)
    for line in lines:
        alone = size[line.shape] == 1 and line.shape not in labels and QUOTE not in line.shape
        if groups and (groups[-1][-1].shape == line.shape or (
                alone and size[groups[-1][-1].shape] == 1 and groups[-1][-1].shape not in labels
                and QUOTE not in groups[-1][-1].shape)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _drop_boilerplate(sheets: Sequence[Sheet]) -> None:
    """Take out body lines that stand on many slides: straplines, event names, trackers."""
    seen: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for sheet in sheets:
        for key in {line.key for line in _all(sheet.groups)}:
            count[key] += 1
            seen[key].add(sheet.title.key if sheet.title else "")
    many = max(3, round(0.05 * len(sheets)))
    gone = {key for key, n in count.items() if n >= many and len(seen[key]) >= 3}
    for sheet in sheets:
        before = bool(sheet.groups)
        sheet.groups = _only(sheet.groups, lambda line: line.key not in gone)
        if before and not sheet.groups:
            sheet.reason = sheet.reason or "boilerplate"


def _exercise(sheet: Sheet, lines: list[Line], cue: Cues) -> bool:
    """Whether a slide is for a class alone: it says what is to be done, in which time and with what outcome."""
    if sheet.running:
        return False
    cells = [cell.text for table in sheet.tables for cell in table]
    orders = sum(cue.has("exercise_label", text) for text in (*(line.text for line in lines), *cells))
    named = sheet.title is not None and cue.has("exercise_title", sheet.title.text)
    return orders >= _ORDERS or (named and sum(len(line.text.split()) for line in _all(sheet.notes)) < _SPOKEN)


def _drop_questions(sheets: Sequence[Sheet], cue: Cues) -> None:
    """Take out slides that only ask what a later slide asks and answers, and in a deck of questions and answers all that
    only ask: whoever reads does not sit in the class.
    """
    answers = [bool(pairs(sheet.notes, cue, spoken=True)) or any(
        pairs([(line,) for line in group], cue, spoken=False) for group in sheet.groups) for sheet in sheets]
    told = [{line.key for line in (*_all(sheet.groups), *_all(sheet.notes))} for sheet in sheets]
    for place, sheet in enumerate(sheets):
        lines = [line for line in _all(sheet.groups) if not line.code]
        objects = sheet.title is not None and cue.has("objection_title", sheet.title.text) and place + 1 < len(sheets) and (
            not answers[place] or not sheet.notes)
        if objects and sum(answers) >= _CLASS and any(
                answers[n] and (later := sheets[n].title) and cue.has("objection_title", later.text)
                for n in range(place + 1, len(sheets))) and not sheet.notes:
            sheet.groups, sheet.reason = [], "unanswered"
            continue
        if answers[place] or not unanswered([(line,) for line in lines], cue) or sheet.running or sum(
                len(line.text.split()) for line in _all(sheet.notes)) >= _SPOKEN:
            continue
        again = any(len({line.key for line in lines} & told[n]) * 2 >= len(lines)
                    for n in range(place + 1, len(sheets)) if answers[n])
        if again or sum(answers) >= _CLASS:
            sheet.groups, sheet.notes, sheet.reason = [], [], "repeats" if again else "unanswered"


def _drop_repeats(sheets: Sequence[Sheet], announced: set[str]) -> None:
    """Merge builds (only the last state stays), take out what an earlier slide said, and agendas shown again."""
    ordered = sheets
    for now, after in pairwise(ordered):
        mine, theirs = _texts(now.groups), _texts(after.groups)
        same = now.title and after.title and _BUILD.sub("", now.title.key) == _BUILD.sub("", after.title.key)
        if mine and same and mine <= theirs:
            now.groups, now.reason = [], "repeats"
    seen: set[str] = set()
    for sheet in ordered:
        lines = _all(sheet.groups)
        if len(lines) >= 2 and all(line.key in announced for line in lines):
            sheet.groups, sheet.reason = [], "agenda"
        fresh = _only(sheet.groups, lambda line: line.key not in seen)
        if sheet.groups and not any(len(line.text.split()) >= 3 or line.key not in seen for line in _all(sheet.groups)):
            fresh = []
        elif fresh:
            fresh = [kept for group in sheet.groups if (kept := _unseen(group, seen, sheet.running))]
        if sheet.groups and not fresh:
            sheet.reason = "repeats"
        spoken = _only(sheet.notes, lambda line: len(line.text.split()) < 3 or line.key not in seen)
        if sheet.notes and not spoken:
            sheet.reason = "repeats"
        sheet.groups, sheet.notes = fresh, spoken
        seen.update(line.key for line in [*_all(sheet.groups), *_all(sheet.notes)])


def _unseen(group: list[Line], seen: set[str], running: bool) -> list[Line]:
    """The lines of a list that were not read before: all of it where only some in the middle of it were. A word or two may
    come back; what stands at its head was shown and is added to.
    """
    old = [len(line.text.split()) >= _AGAIN and line.key in seen for line in group]
    if not running and any(old) and not old[0] and 2 * sum(old) < len(old):
        return group
    return [line for line, again in zip(group, old, strict=True) if not again]


def _texts(groups: Iterable[Sequence[Line]]) -> set[str]:
    """What some lines say, sentence by sentence: lines of a build are joined when it is complete."""
    return {folded(text).rstrip(" .:;,") for line in _all(groups) for _, text in line.parts}


def _all(groups: Iterable[Sequence[Line]]) -> list[Line]:
    return [line for group in groups for line in group]


def _only(groups: Sequence[Sequence[Line]], keep: Callable[[Line], bool]) -> list[list[Line]]:
    return [kept for group in groups if (kept := [line for line in group if keep(line)])]
