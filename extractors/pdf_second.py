"""A second reading of a PDF, for what the first cannot see: letters that differ from the text behind them (replacement text,
fonts that lie), what annotations and fields draw, and what earlier revisions said.

Only pages that need it are read again, from a small copy in memory in which the text behind the letters is taken away.
"""

from __future__ import annotations

import io
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import DeckprismError
from extractors.base import DEEPEST, InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_fonts import liars
from extractors.pdf_forms import annotations_endless
from extractors.pdf_objects import DAMAGED, data, each, entries, get, inherited
from extractors.pdf_text import Line, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pikepdf import Object
    from pypdfium2 import PdfDocument

    from extractors.pdf_structure import Structure

BEHIND = "text behind other letters"
_WORD = re.compile(r"[^\W_]{3,}")
_BETWEEN = re.compile(r"[\W_]+")
_MOST_PAGES = 300
_MOST_REVISIONS = 5
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]*")


def as_drawn(draft: DocumentDraft, structure: Structure, pages: list[list[Line]]) -> None:
    """Put what is drawn in the place of what stands behind it, on the pages where the two differ.

    Lines whose words are not drawn are marked hidden; lines that are drawn and not said are added.
    """
    lying = liars(structure.pages, structure.forms)
    asked = sorted({*structure.replaced, *lying} - structure.endless)
    if not asked or structure.pdf is None:
        return
    if len(asked) > _MOST_PAGES:
        draft.not_read("replacement text", f"stands on more than {_MOST_PAGES} pages; only the first were compared")
    document = _open(_without_replacements(structure, asked[:_MOST_PAGES], bool(lying)))
    try:
        for place, number in enumerate(asked[:_MOST_PAGES]):
            page = document[place]
            text = page.get_textpage()
            same = _flat(text.get_text_range()) == _squashed(pages[number])
            text.close()
            drawn = [] if same else read_lines(page, structure.off_layers, structure.covers.get(number, ()))
            page.close()
            if not same and _compare(pages[number], drawn):
                names = " and ".join(sorted({liar.name or "without a name" for liar in lying.get(number, [])}))
                why = (f"the font {names} draws other letters than its text says" if names else
                       "letters are drawn that differ from the text behind them")
                draft.not_read(f"page {number + 1}", f"{why}; both were read: compare them with the page", number + 1)
    finally:
        document.close()


def _open(content: bytes) -> PdfDocument:
    import pypdfium2

    return pypdfium2.PdfDocument(content)


def _without_replacements(structure: Structure, asked: list[int], lying: bool) -> bytes:
    """A PDF of the asked pages, without replacement text and with maps to Unicode that say what is drawn."""
    import pikepdf

    small = pikepdf.new()
    for number in asked:
        small.pages.append(pikepdf.Page(structure.pages[number]))
    copied: list[Object] = [page.obj for page in small.pages]
    for found in liars(copied).values() if lying else ():
        for liar in found:
            liar.font["/ToUnicode"] = pikepdf.Stream(small, liar.map())
    for page in copied:
        contents = get(page, "/Contents")
        for stream in each(contents) or ([contents] if contents is not None else []):
            _drop(stream)
        _drop_properties(inherited(page, "/Resources"), 0)
    out = io.BytesIO()
    small.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _drop(stream: Object) -> None:
    content = data(stream, 4 << 20)
    if b"/ActualText" in content:
        stream.write(content.replace(b"/ActualText", b"/WasText"))


def _drop_properties(resources: Object | None, depth: int) -> None:
    for held in entries(get(resources, "/Properties")).values():
        if get(held, "/ActualText") is not None:
            del held["/ActualText"]
    if depth < 3:
        for item in entries(get(resources, "/XObject")).values():
            if (inner := get(item, "/Resources")) is not None:
                _drop_properties(inner, depth + 1)


def _compare(said: list[Line], drawn: list[Line]) -> bool:
    """Mark and add lines where the two differ; True when anything did."""
    say, draw = _squashed(said), _squashed(drawn)
    behind = [line for line in said if _lacks(line.text, draw)]
    extra = [line for line in drawn if _lacks(line.text, say)]
    for line in behind:
        line.hidden = line.hidden or BEHIND
    said.extend(extra)
    return bool(behind or extra)


def _squashed(lines: list[Line]) -> str:
    return _flat("".join(line.text for line in lines))


def _flat(value: str) -> str:
    return _BETWEEN.sub("", (value if value.isascii() else unicodedata.normalize("NFKD", value)).lower())


def _lacks(line: str, whole: str) -> bool:
    """Whether at least half of a line's words are nowhere on the page, however they are spaced and cut."""
    words = _WORD.findall(line)
    return bool(words) and 2 * sum(_flat(word) not in whole for word in words) >= len(words)


def appearances(draft: DocumentDraft, structure: Structure, units: list[UnitDraft]) -> None:
    """What annotations and form fields draw: the page is flattened in memory and read again."""
    import pypdfium2.raw as raw

    document = _open(draft.file.data)
    try:
        for number in sorted(structure.drawn - structure.endless)[:_MOST_PAGES]:
            if annotations_endless(structure.pages[number]):
                draft.not_read(f"annotations of page {number + 1}", "they draw forms inside forms, too many to be read",
                               number + 1)
                continue
            page = document[number]
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
            unit = units[number]
            known = _flat("".join(block.text for block in unit.blocks))
            for line in read_lines(page, frozenset()):
                if _flat(line.text) and _flat(line.text) not in known:
                    unit.add_once(Part.ANNOTATION, line.text, where="drawn by an annotation or form field",
                                  visible=not line.hidden)
            page.close()
    finally:
        document.close()


def revisions(draft: DocumentDraft, read: Callable[[InputFile], Document]) -> None:
    """What earlier revisions said and this one does not. `read` reads a PDF without looking for its revisions."""
    content = draft.file.data
    ends = list(_ends(content)) if content.count(b"%%EOF") > 1 else []
    if len(ends) > 1 and b"/Linearized" in content[:2048]:
        ends = ends[1:]  # the first end of such a file closes its first page, not a revision
    ends = [end for end, following in pairwise(ends) if b" obj" in content[end:following]]
    if not ends:
        return
    draft.set_property("revisions", str(len(ends) + 1), scan=False)
    if draft.file.depth + 1 > DEEPEST or len(ends) > _MOST_REVISIONS:
        draft.not_read("earlier revisions", "there are more than are read; save the file as a new one")
    said = {block.text for unit in (draft.whole, *draft.units) for block in unit.blocks}
    for number in range(len(ends), max(0, len(ends) - _MOST_REVISIONS), -1):
        try:
            earlier = read(InputFile(draft.file.name, content[:ends[number - 1]], draft.file.depth + 1))
        except (DeckprismError, *DAMAGED):
            draft.not_read(f"earlier revision {number}", "it is in the file and could not be read")
            continue
        for unit, block in earlier.blocks():
            if block.text not in said:
                said.add(block.text)
                place = f"page {unit.number}" if unit.number else "the file itself"
                draft.whole.add_once(Part.HIDDEN_TEXT, block.text, where=f"earlier revision {number}, {place}")


def _ends(content: bytes) -> Iterator[int]:
    """Where each revision ends. Looking for the word first is many times as quick as looking for all of the end."""
    at = content.find(b"startxref")
    while at >= 0:
        if (end := _END.match(content, at)) is not None:
            yield end.end()
        at = content.find(b"startxref", at + 9)
