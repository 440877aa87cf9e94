"""The passages of one unit put together: what was told, then what the slide says beyond it, under its small headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.document import Block
from content.draft import Origin, Sentence
from generators.material import ItemList, Passage
from generators.prose_bullets import Said
from generators.prose_lines import Sheet
from generators.prose_notes import Told
from language.sentences import split

_COLUMNS, _ROWS, _CELL = 6, 16, 30
#: Columns of a table that is no more than a list of pairs: its corner has a name.
_CORNER = 2
#: Share of a table's cells that must hold something, but for its corner.
_FILLED = 0.84
#: Words of a small heading that can stand above a slide.
_HEADING = 14


def assemble(sheet: Sheet, heading: Sentence | None, told: Sequence[Told], said: Sequence[Said],
              list_first: bool = False) -> list[Passage]:
    """Notes first, under their own subheads, then the slide's sentences and lists in their order.

    `list_first`: the notes speak of the lines of the list, so a reader must see it before.
    """
    out: list[Passage] = []
    for each in told:
        lists = (ItemList(tuple(each.items)),) if each.items and not sheet.code else ()
        if each.paragraphs or lists:
            out.append(replace(_passage(sheet.unit, None, each.paragraphs, lists), run_in=each.heading))
    fresh: list[Passage] = []
    rows: list[tuple[Sentence, ...]] = []
    lists_: list[ItemList] = []
    code: list[Sentence] = []
    head: Sentence | None = None

    def close() -> None:
        if rows or lists_:
            fresh.append(replace(_passage(sheet.unit, None, rows, lists_), run_in=head, code=tuple(code)))
        for each in (rows, lists_, code):
            each.clear()

    for piece in said:
        if piece.run_in or piece.quoted or (piece.sentences and (lists_ or code)) or (piece.items and code):
            close()
            head = piece.run_in
        if piece.quoted:
            fresh.append(replace(_passage(sheet.unit, None, (piece.sentences,), ()), quoted=True, speaker=piece.speaker))
            continue
        if piece.sentences:
            rows.append(piece.sentences)
        if piece.items:
            lists_.append(piece.items)
        if rows:
            code += piece.code
    close()
    if list_first:
        out = [*fresh, *out]
    elif fresh and out and not fresh[0].prose and not out[-1].lists:
        out[-1] = replace(out[-1], lists=fresh[0].lists)
        out += fresh[1:]
    else:
        out += fresh
    if out and heading is None and out[0].run_in and len(out[0].run_in.text.split()) <= _HEADING:
        # A slide whose title says nothing is known by its first small heading.
        heading, out[0] = out[0].run_in, replace(out[0], run_in=None)
    if out:
        if sheet.program and not out[0].code:
            out[0] = replace(out[0], code=tuple(sheet.program), explained=True)
        out[0] = replace(out[0], heading=heading, spoken=bool(told) or sheet.running, running=sheet.running)
        if any(p.quoted for p in out):
            out[1:] = [replace(p, running=sheet.running) for p in out[1:]]
    return out


def _passage(unit: int, heading: Sentence | None, rows: Iterable[tuple[Sentence, ...]], lists: Iterable[ItemList]) -> Passage:
    paragraphs = tuple(rows)
    return Passage(unit, heading, tuple(s for row in paragraphs for s in row), tuple(lists), paragraphs=paragraphs)


def readable_table(tables: Sequence[Sequence[Block]]) -> tuple[tuple[Sentence, ...], ...]:
    """The first table that can be read without its slide: at most 6 columns, 16 rows and 30 words a cell, its head complete
    but for the corner, and at most one cell in six empty.
    """
    for given in tables:
        # A row of which nothing is left was withheld: the table goes on without it.
        places = sorted({cell.row or 0 for cell in given if cell.text.strip()})
        cells = [cell.model_copy(update={"row": places.index(cell.row or 0)}) for cell in given if (cell.row or 0) in places]
        if not cells:
            continue
        rows = len(places)
        columns = max(cell.column or 0 for cell in cells) + 1
        filled = [cell for cell in cells if cell.text.strip()]
        if not (2 <= rows <= _ROWS and 2 <= columns <= _COLUMNS) or len(filled) < _FILLED * (rows * columns - 1):
            continue
        head = {cell.column for cell in filled if cell.row == 0}
        # The corner over the names of the rows is often left empty.
        if not head >= set(range(1 if columns > _CORNER else 0, columns)):
            continue
        if any(len(cell.text.split()) > _CELL for cell in cells):
            continue
        grid = {(cell.row, cell.column): cell for cell in cells}
        return tuple(tuple(_cell(grid.get((row, column))) for column in range(columns)) for row in range(rows))
    return ()


def _cell(block: Block | None) -> Sentence:
    if block is None or not block.text.strip():
        return Sentence(text="", origin=Origin.TEMPLATE)
    ids = tuple(f"{block.id}.{n}" for n in range(1, len(split(block.text)) + 1))
    return Sentence(text=" ".join(block.text.split()), sources=ids)
