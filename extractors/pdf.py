"""PDF: page text by pdfium, everything else (annotations, forms, attachments, metadata, outline) by pikepdf.

A page becomes a unit. What pdfium cannot open is unreadable; what pikepdf cannot read is listed as unread.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from content.document import Box, Document, Part
from content.errors import EncryptedFile, UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_text import MOST_LINES, Line, Paragraph, mark_footers, read_lines, to_paragraphs

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from extractors.pdf_structure import Structure

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3000
_CUT = re.compile(r"(\w*)\ufffe\s?(\w*)")
#: Letters on either side of a hyphen in which a word with one is looked for.
_AROUND = 60
_AGAIN = "Open it in a PDF program and save it again"


class Pdf:
    """The extractor of PDF files."""

    name = "pdf"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".pdf",)

    def sniff(self, file: InputFile) -> int:
        """Certain when the header stands at the start, nearly so within the first 1024 bytes (as readers allow)."""
        return 100 if file.head.startswith(b"%PDF-") else 90 if b"%PDF-" in file.head[:1024] else 0

    def extract(self, file: InputFile) -> Document:
        """Read a PDF. Raises EncryptedFile when it needs a password, UnreadableFile when it has no readable page."""
        from extractors.pdf_second import revisions
        from extractors.pdf_structure import guard

        draft = _read(file)
        guard(draft, "earlier revisions", lambda: revisions(draft, lambda earlier: _read(earlier).build()))
        return draft.build()


EXTRACTOR = Pdf()


def _read(file: InputFile) -> DocumentDraft:
    import pypdfium2

    from extractors.pdf_second import appearances
    from extractors.pdf_structure import guard, open_structure, read_structure

    draft = DocumentDraft(file, MEDIA_TYPE)
    document = _open(file)
    try:
        count = len(document)
        if not count:
            raise UnreadableFile(file.name, "has no pages", _AGAIN)
        if count > MOST_PAGES:
            raise UnreadableFile(file.name, f"has more than {MOST_PAGES} pages", "Split it and try again")
        units = [draft.new_unit("page") for _ in range(count)]
        structure = open_structure(draft)
        if structure.instead:
            document.close()
            document = pypdfium2.PdfDocument(structure.instead)
        _read_pages(draft, document, units, structure)
        read_structure(draft, structure, units)
        if structure.drawn:
            guard(draft, "drawings of annotations", lambda: appearances(draft, structure, units))
    finally:
        document.close()
    return draft


def _open(file: InputFile) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise EncryptedFile(file.name, "is protected with a password",
                                "Save a copy without the password and try again") from None
        raise UnreadableFile(file.name, "is damaged or cut short: it cannot be opened as a PDF", _AGAIN) from None


def _read_pages(draft: DocumentDraft, document: PdfDocument, units: list[UnitDraft], structure: Structure) -> None:
    import pypdfium2

    from extractors.pdf_second import as_drawn
    from extractors.pdf_structure import guard

    pages: list[list[Line]] = []
    sizes: list[tuple[float, float]] = []
    pictures: list[bool] = []
    for number, unit in enumerate(units):
        try:
            page = None if number in structure.endless else document[number]
        except pypdfium2.PdfiumError:
            page = None
        if page is None:
            draft.not_read(f"page {unit.number}", "it draws forms inside forms, too many to be read"
                           if number in structure.endless else "the page is damaged", unit.number)
            pages.append([])
            sizes.append((612.0, 792.0))
            pictures.append(False)
            continue
        pages.append(read_lines(page, structure.off_layers, structure.covers.get(number, ()),
                                number not in structure.unfilled))
        if len(pages[-1]) >= MOST_LINES:
            draft.not_read(f"page {unit.number}", f"more than {MOST_LINES} lines; the rest was not read", unit.number)
        sizes.append(page.get_size())
        pictures.append(not pages[-1] and _has_picture(page))
        page.close()
    guard(draft, "replacement text and fonts", lambda: as_drawn(draft, structure, pages))
    draft.size = sizes[0]
    mark_footers(pages, [height for _, height in sizes])
    body = _body_size(pages)
    letters = [sum(len(line.text) for lines in pages for line in lines if line.bold == bold) for bold in (False, True)]
    plain = letters[0] > 2 * letters[1]  # bold is worth something only where most of the text is not
    whole = "\n".join(line.text for lines in pages for line in lines)
    hyphened = _around_hyphens(whole) if "\ufffe" in whole else ""
    told = [to_paragraphs([line for line in lines if not line.footer and not line.hidden], *size)
            for lines, size in zip(pages, sizes, strict=True)]
    _join_over_pages(told, body)
    for unit, lines, paragraphs, picture in zip(units, pages, told, pictures, strict=True):
        _fill(unit, paragraphs, body, (whole, hyphened), plain)
        for line in lines:
            if line.hidden or line.footer:
                unit.add(Part.HIDDEN_TEXT if line.hidden else Part.FOOTER, _mended(line.text, whole, hyphened),
                         box=_box([line]), visible=not line.hidden, where=line.hidden)
        if picture:
            draft.not_read(f"page {unit.number}", "only a picture; its words were not read", unit.number)
    if not any(unit.blocks for unit in units) and not draft.unread:
        draft.not_read("all pages", "no text was found in the file; it may be drawn or scanned")


def _join_over_pages(told: list[list[Paragraph]], body: float) -> None:
    """A sentence that runs over the page's end belongs to the page where it begins, so that it can be read whole."""
    for before, after in pairwise(told):
        if not before or not after:
            continue
        last, first = before[-1], after[0]
        if (abs(last.size - body) < 0.08 * body and abs(first.size - body) < 0.08 * body and len(last.text.split()) > 5
                and last.text[-1:] not in ".!?:;)”\"" and first.text[:1].islower() and not first.bullet
                and last.lines[-1].bold == first.lines[0].bold):
            last.tail = first.text
            after.pop(0)


def _has_picture(page: PdfPage) -> bool:
    import pypdfium2.raw as raw

    drawn = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_PATH]
    return any(True for _ in page.get_objects(filter=drawn, max_depth=2))


def _body_size(pages: list[list[Line]]) -> float:
    """The size most characters are set in."""
    count: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            if not line.footer:
                count[round(line.size * 2) / 2] += len(line.text)
    return count.most_common(1)[0][0] if count else 10.0


def _fill(unit: UnitDraft, paragraphs: list[Paragraph], body: float, whole: tuple[str, str], plain: bool) -> None:
    """Write a page's paragraphs, headings as titles; the first heading is the page's title."""
    texts = [paragraph.text for paragraph in paragraphs]
    few = sum(map(len, map(str.split, texts))) < 150
    biggest = max((p.size for p in paragraphs), default=0.0)
    for position, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        text = _mended(text, *whole)
        heading = _is_heading(paragraph, text, body, few, biggest, position) or (
            plain and _is_bold_heading(paragraph, text, body))
        if heading and not unit.title:
            unit.title = text
        unit.add(Part.TITLE if heading else Part.BODY, text, level=int(paragraph.bullet), box=_box(paragraph.lines),
                 shape=f"s{unit.number}.block{position + 1}")


def _is_heading(paragraph: Paragraph, text: str, body: float, few: bool, biggest: float, position: int) -> bool:
    if paragraph.bullet or not (paragraph.size > 1.15 * body or (few and position == 0)):
        return False
    words = len(text.split())
    if words > 16 or sum(char.isalpha() for char in text) < 3 or text.endswith((",", ";")) or (
            words > 5 and text.endswith(".")):
        return False
    if paragraph.size > 1.15 * body and len(paragraph.lines) <= 3:
        return not few or paragraph.size >= 0.93 * biggest
    return few and position == 0 and words <= 12 and len(paragraph.lines) <= 2 and paragraph.size >= 0.98 * biggest


def _is_bold_heading(paragraph: Paragraph, text: str, body: float) -> bool:
    """A short bold line of its own, no smaller than the text, that starts as headings do and ends as no sentence does."""
    return (paragraph.lines[0].bold and len(paragraph.lines) <= 2 and 1 <= len(text.split()) <= 12
            and paragraph.size >= 0.9 * body and text[-1:] not in ".,;:?!" and (text[:1].isupper() or text[:1].isdigit())
            and sum(char.isalpha() for char in text) > 2 and not paragraph.bullet)


def _around_hyphens(whole: str) -> str:
    """What stands around the hyphens of a text: much less to search for a word with a hyphen than the text itself."""
    found, at = [], whole.find("-")
    while at >= 0:
        start, end = max(0, at - _AROUND), at + _AROUND
        while (following := whole.find("-", at + 1, end)) >= 0:
            at, end = following, following + _AROUND
        found.append(whole[start:end])
        at = whole.find("-", end)
    return "\n".join(found)


@lru_cache(maxsize=1)
def _parts(hyphens: str) -> frozenset[str]:
    """Up to two characters on either side of each hyphen, for a quick no: most words that are cut have none elsewhere."""
    return frozenset(part for match in re.finditer("-", hyphens) for before in (1, 2) for after in (1, 2)
                     if (part := hyphens[max(0, match.start() - before):match.end() + after]))


def _mended(text: str, whole: str, hyphens: str) -> str:
    """Words cut at a line's end put together; the hyphen stays where the rest of the file writes the word with one.

    `whole` is the text of the file, `hyphens` the words in it that have one.
    """
    if "\ufffe" not in text:
        return text

    def join(match: re.Match[str]) -> str:
        hyphened = f"{match[1]}-{match[2]}"
        known = (match[1] and match[2] and f"{match[1][-2:]}-{match[2][:2]}" in _parts(hyphens)
                 and hyphened in (hyphens if len(hyphened) < _AROUND else whole))
        if known and match[1] + match[2] not in whole:
            return hyphened
        return match[1] + match[2] if match[2][:1].islower() or not match[2] else hyphened

    return _CUT.sub(join, text).replace("\ufffe", "")


def _box(lines: list[Line]) -> Box:
    left, top, right, bottom = lines[0].left, lines[0].top, lines[0].right, lines[0].bottom
    for line in lines[1:]:
        if line.left < left:
            left = line.left
        if line.top < top:
            top = line.top
        if line.right > right:
            right = line.right
        if line.bottom > bottom:
            bottom = line.bottom
    return Box(x=round(left, 1), y=round(top, 1), width=round(right - left, 1), height=round(bottom - top, 1))
