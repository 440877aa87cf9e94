"""Pictures of slides for blog drafts, where the look of a slide says more than its words do.

What is placed is a drawing made from the ClearedDocument: the boxes of the slide with the text that was cleared for them,
masks included. It can show nothing that a draft may not. Where the rule of pictures lets a slide's own picture into a
pack (`flows.slide_pictures`), that takes the place of the drawing under the same path, and its pixels never come here.
Drawn are tables, charts, diagrams and labels in rows and columns; a slide of bullets never is, and one
with a photograph only where the slide itself may be shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from content.document import Block, Box, Part, Unit
from content.draft import Artefact, Sentence
from generators.context import Context
from generators.drawing import slide
from generators.drawing.palette import palette
from generators.material import Passage
from generators.render import say
from language.words import content_words

#: Parts whose place on the slide says something: elsewhere a picture would be a picture of text (WCAG 1.4.5).
_GRIDS = frozenset({Part.TABLE, Part.CHART})
_FEWEST, _MOST = 4, 60
#: Words of a cell that holds text: a table of such cells is a layout, and its drawing would be a picture of text.
_TEXT = 13
#: A diagram has so many points, a layout so many labels, a label at most so many words.
_POINTS, _LABELS, _LABEL_WORDS = 3, 4, 16
#: Share of the labels that differ; of the width that a box across takes; of a box's height by which a row may be uneven.
_OWN, _ACROSS, _LOOSE = 0.75, 0.7, 0.2
#: Share of its cells that a column has: one that is empty held ticks or colours, which nobody reads here.
_FILLED = 0.5
#: Share of the slide from which on a photograph or screenshot is what it shows.
_LARGE = 0.1
#: ... and below which it is an icon: labels around a picture say nothing without it.
_SMALL = 0.005
#: How many slides away a paragraph may stand that speaks about a slide, and the share of its title's words that it holds.
_NEAR, _MOSTLY = 6, 0.6
#: Share of the words of two slides that both have, from which they are one picture.
_TWIN = 0.8
#: Characters of a description that also says what the cells hold.
_ALT = 300
_PATH = re.compile(r"pictures/slide-(\d{3,})\.png")


class _Look(Enum):
    """What a slide shows that its words do not say."""

    GRID = "table or chart"
    DIAGRAM = "diagram"
    LABELS = "labels"
    PHOTOGRAPH = "photograph"


@dataclass(frozen=True, slots=True)
class SlidePicture:
    """A picture of a unit: its path in the pack and the traced words that are its description."""

    unit: int
    path: str
    alt: tuple[Sentence, ...]

    @property
    def described(self) -> str:
        """The description as one text."""
        return " ".join(each.text for each in self.alt)


def picture_for(unit: int, context: Context) -> SlidePicture | None:
    """The picture of a unit, for the place where it is discussed; None where there is none worth a place.

    None without a title to describe it by, without boxes, where the unit was left out, and where it is words alone. A
    draft prints `path`; `drawings` makes the files of the paths that the drafts print.
    """
    found = next((each for each in context.cleared.content_units() if each.number == unit), None)
    look = _look(found, context) if found is not None else None
    if found is None or look is None:
        return None
    title = next((each for each in context.index.by_unit.get(unit, ()) if each.part is Part.TITLE), None)
    if title is None:
        return None
    named = Sentence(text=" ".join(title.text.split()).rstrip(" .:"), sources=(title.id,))
    alt = _described(found, named, context) if look is _Look.GRID else _listed(found, named, context)
    return SlidePicture(unit, f"pictures/slide-{unit:03d}.png", alt)


def silent(told: Sequence[Passage], context: Context) -> dict[int, tuple[int, ...]]:
    """Slides that show something and of which nothing is told, by the unit whose passage speaks about them.

    That is the nearest of a few slides before and after with a paragraph that holds most words of the slide's title. A
    chart that nobody speaks about stands nowhere.
    """
    spoken: dict[int, list[frozenset[str]]] = {}
    for passage in told:
        if passage.prose or passage.table:
            spoken.setdefault(passage.unit, []).append(_words(passage, context) if passage.prose else frozenset())
    out: dict[int, tuple[int, ...]] = {}
    for unit in context.cleared.content_units():
        near = sorted((each for each in spoken if abs(each - unit.number) <= _NEAR),
                      key=lambda each: (abs(each - unit.number), each))
        if unit.number in spoken or not near or _held(unit, context) not in (_Look.GRID, _Look.DIAGRAM):
            continue
        wanted = content_words(unit.title, context.cleared.language)
        where = next((each for each in near if any(_speaks(words, wanted) for words in spoken[each])), None)
        if where is not None and picture_for(unit.number, context) is not None:
            out[where] = (*out.get(where, ()), unit.number)
    return out


def speaks_of(passage: Passage, unit: int, context: Context) -> bool:
    """Whether a paragraph holds most words of a slide's title."""
    title = next((each.title for each in context.cleared.content_units() if each.number == unit), "")
    return _speaks(_words(passage, context), content_words(title, context.cleared.language))


def twin(unit: int, shown: Sequence[int], context: Context) -> bool:
    """Whether a slide shows nearly what one of the `shown` ones does: a build of it, or the same drawing once more. Charts
    and tables have the same words and other figures, and are never twins.
    """
    def words(number: int) -> frozenset[str]:
        own = context.index.by_unit.get(number, ())
        if any(each.part in _GRIDS for each in own):
            return frozenset()
        texts = [each.text for each in own if each.part is not Part.NOTES]
        return frozenset(" ".join(texts).casefold().split())

    own = words(unit)
    return bool(own) and any(len(own & (other := words(each))) >= _TWIN * len(own | other) for each in shown)


def _speaks(words: frozenset[str], wanted: frozenset[str]) -> bool:
    shared = len(words & wanted)
    return shared >= 2 and shared >= _MOSTLY * len(wanted)


def _words(passage: Passage, context: Context) -> frozenset[str]:
    return content_words(" ".join(each.text for each in passage.prose), context.cleared.language)


def _described(unit: Unit, title: Sentence, context: Context) -> tuple[Sentence, ...]:
    """The title, then what the cells hold, for those who hear the page (WCAG 1.1.1): "Loaves by place: The hall 40; The
    yard 12", and with the heads where there are several columns. The title alone where that would be long.

    Each cell is traced to itself.
    """
    blocks = sorted((block for block in unit.blocks
                     if block.part in _GRIDS and block.row is not None and block.visible and block.text.strip()),
                    key=lambda block: (block.row or 0, block.column or 0))
    heads = {block.column: block for block in blocks if not block.row}
    several = len({block.column for block in blocks}) > 2
    said: list[tuple[Block, str]] = []
    for _, group in groupby((block for block in blocks if block.row), key=lambda block: block.row):
        row = list(group)
        said += [(said.pop()[0], ";")] if said else []
        for place, block in enumerate(row):
            named = several and place > 0 and block.column in heads
            said += [(heads[block.column], "")] if named else []
            said.append((block, "," if several and 0 < place < len(row) - 1 else ":" if several and place == 0 else ""))
    if not said or len(title.text) + sum(len(block.text) + 2 for block, _ in said) > _ALT:
        return (title,)
    own: dict[str, list[str]] = {}
    for each in context.index.by_unit.get(unit.number, ()):
        own.setdefault(each.block, []).append(each.id)
    cells = [Sentence(text=" ".join(b.text.split()) + mark, sources=tuple(own.get(b.id, ()))) for b, mark in said]
    return (title.model_copy(update={"text": f"{title.text}:"}), *cells)


def _listed(unit: Unit, title: Sentence, context: Context) -> tuple[Sentence, ...]:
    """The title, then the lines of the slide as far as they have room: "Four steps: Ask; Answer; Check"."""
    own = {each.block: each.id for each in reversed(context.index.by_unit.get(unit.number, ()))}
    lines: list[Sentence] = []
    left = _ALT - len(title.text)
    for block in unit.blocks:
        text = " ".join(block.text.split()).rstrip(" .:;")
        if block.part in (Part.BODY, Part.SMARTART, *_GRIDS) and block.visible and text and block.id in own:
            left -= len(text) + 2
            if left < 0:
                break
            sources = tuple(each.id for each in context.index.by_unit[unit.number] if each.block == block.id)
            lines.append(Sentence(text=f"{text};", sources=sources))
    if not lines:
        return (title,)
    lines[-1] = lines[-1].model_copy(update={"text": lines[-1].text[:-1]})
    return (title.model_copy(update={"text": f"{title.text}:"}), *lines)


def drawings(texts: str, context: Context) -> tuple[Artefact, ...]:
    """The files of every picture that some texts name, sorted by path: drawings, all of them."""
    colours = palette(context.profile.palette)
    units = {each.number: each for each in context.cleared.content_units()}
    made = []
    for number in sorted({int(each) for each in _PATH.findall(texts)}):
        picture = picture_for(number, context)
        if picture is None:
            continue
        data = slide.draw(context.cleared, number, colours, picture.described,
                          say(context.language, "drawing_of_slide", number=number),
                          _look(units[number], context) is _Look.LABELS)
        made.append(Artefact(path=picture.path, data=data, media_type="image/png"))
    return tuple(made)


def picture_number(path: str) -> int | None:
    """Which slide a file of a pack shows; None for a file that is no picture of a slide."""
    found = _PATH.fullmatch(path)
    return int(found[1]) if found else None


def _look(unit: Unit, context: Context) -> _Look | None:
    """What the unit shows, where that can be drawn; None where it is words alone."""
    held = _held(unit, context)
    return held if held is not None and slide.fits(context.cleared, unit.number, held is _Look.LABELS) else None


def _held(unit: Unit, context: Context) -> _Look | None:
    size = context.cleared.size
    if size is None or unit.kind != "slide":
        return None
    told = [block for block in unit.blocks if block.visible and block.box is not None and block.text.strip()]
    if any(block.part in _GRIDS for block in told):
        return _Look.GRID if _is_grid([block for block in told if block.part in _GRIDS]) else None
    points = {block.box for block in told if block.part is Part.SMARTART}
    if points:
        return _Look.DIAGRAM if len(points) >= _POINTS else None
    largest = max((each.box.width * each.box.height / (size[0] * size[1]) for each in unit.pictures if each.box), default=0.0)
    if unit.number in context.own_pictures and largest >= _LARGE:
        return _Look.PHOTOGRAPH
    alone = largest < _SMALL and _is_layout([block for block in told if block.part is Part.BODY])
    return _Look.LABELS if alone else None


def _is_grid(shown: Sequence[Block]) -> bool:
    """Whether a table or chart has a size that can be read in a drawing; the titles of axes are no cells."""
    cells = [block for block in shown if block.row is not None and block.column is not None]
    if any(block.part is Part.TABLE for block in shown if block.row is None or block.column is None):
        return False
    if any(len(block.text.split()) >= _TEXT for block in shown) or len({block.row for block in cells}) < 2:
        return False
    rows = max(block.row or 0 for block in cells) + 1
    columns = Counter(block.column for block in cells)
    full = all(columns[column] >= _FILLED * rows for column in range(max(block.column or 0 for block in cells) + 1))
    return full and _FEWEST <= len(cells) <= _MOST and len({block.shape for block in cells}) == 1


def _is_layout(blocks: Sequence[Block]) -> bool:
    """Whether the text is labels in the cells of a raster: rows of boxes of one height, and boxes across a whole row.

    What stands in rows and columns says so by its place. Boxes strewn over a slide are joined by arrows, which nobody
    reads here: drawn without them they would say nothing.
    """
    words: dict[Box, list[str]] = {}
    for block in blocks:
        if block.box is not None:
            words.setdefault(block.box, []).extend(block.text.casefold().split())
    if len(words) < _LABELS or any(len(each) > _LABEL_WORDS for each in words.values()):
        return False
    if len({" ".join(each) for each in words.values()}) < _OWN * len(words):
        return False
    wide = max(box.x + box.width for box in words) - min(box.x for box in words)
    rows: list[list[Box]] = []
    for box in words:
        row = next((each for each in rows if _level(each[0], box)), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return sum(len(row) > 1 for row in rows) > 0 and len(rows) > 1 and all(
        len(row) > 1 or row[0].width >= _ACROSS * wide for row in rows)


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes begin and end at the same height."""
    loose = _LOOSE * max(one.height, other.height)
    return abs(one.y - other.y) <= loose and abs(one.y + one.height - other.y - other.height) <= loose
