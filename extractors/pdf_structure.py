"""What a PDF holds beside its page text, by pikepdf: opens the file, tells the page reader what it must know (layers that
are off, boxes of annotations that cover words), and reads the rest after the pages. Nothing is run and nothing fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_objects import DAMAGED, data, each, entries, get, identity, inherited, number, text

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from extractors.pdf_unseen import Cover

_MOST_CONTENT = 4 << 20
_REPLACED = re.compile(rb"/ActualText\s*(?:\(((?:[^()\\]|\\.){0,4000})\)|<([0-9A-Fa-f]{0,8000})>)", re.DOTALL)
#: Operators that fill shapes. It begins with the letter itself: looking behind only where one stands is three times as quick.
_FILLS = re.compile(rb"[fFbB](?<![^\s\])>}].)\*?(?=[\s/\[(<%]|$)", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_LETTERS = 3
#: A fill of at most this brightness blacks out, and from this opacity on nothing shows through it.
_DARK, _OPAQUE = 0.25, 0.9
_COVERING = frozenset({"Square", "Polygon", "Redact", "Circle", "Stamp"})


@dataclass(slots=True)
class Structure:
    """What the page reader needs to know. All is empty where the file could not be opened by pikepdf."""

    pdf: Pdf | None = None
    pages: list[Object] = field(default_factory=list)
    #: What each page draws by name: pictures and forms.
    drawings: list[dict[str, Object]] = field(default_factory=list)
    #: The forms among them.
    forms: list[list[Object]] = field(default_factory=list)
    off_layers: frozenset[str] = frozenset()
    #: A copy of the file to be read in its place, where its layers need one; b'' of all others.
    instead: bytes = b""
    #: Pages (from 0) that draw forms inside forms without an end that could be waited for.
    endless: set[int] = field(default_factory=set)
    #: Boxes of filled annotations by page (from 0), in the page's own coordinates, each with whether its fill is dark.
    covers: dict[int, list[Cover]] = field(default_factory=dict)
    #: Pages (from 0) on which no shape is filled, but for what pictures and forms hold.
    unfilled: set[int] = field(default_factory=set)
    #: Pages (from 0) on which other text may stand behind the letters.
    replaced: set[int] = field(default_factory=set)
    #: Pages (from 0) with annotations or fields that draw text of their own.
    drawn: set[int] = field(default_factory=set)


def guard(draft: DocumentDraft, what: str, work: Callable[[], None]) -> None:
    """Do a part of the work; where the file is damaged, list the part as unread and go on."""
    from pikepdf import PasswordError, PdfError

    try:
        work()
    except (*DAMAGED, PdfError, PasswordError) as error:
        draft.not_read(what, f"this part of the PDF is damaged ({type(error).__name__})")


def open_structure(draft: DocumentDraft) -> Structure:
    """Open the file with pikepdf. What fails is listed as unread; the pages are read all the same."""
    from extractors import pdf_forms

    found = Structure()

    def opened() -> None:
        import pikepdf

        found.pdf = pikepdf.open(io.BytesIO(draft.file.data), suppress_warnings=True)
        found.pages = [page.obj for page in found.pdf.pages]
        found.drawings = [entries(get(inherited(page, "/Resources"), "/XObject")) for page in found.pages]
        found.forms = _forms(found.drawings)
        _layers(draft, found, found.pdf)

    def counted() -> None:
        found.endless = pdf_forms.endless(found.pages, found.drawings, found.forms)

    guard(draft, "annotations, attachments and metadata", opened)
    guard(draft, "forms inside forms", counted)
    for number_, page in enumerate(found.pages):
        try:
            _look(found, number_, page)
        except DAMAGED:
            found.replaced.add(number_)
    return found


def _forms(drawings: list[dict[str, Object]]) -> list[list[Object]]:
    """The forms among what pages draw: what has resources of its own. Each object is asked once."""
    known: dict[tuple[int, int], bool] = {}
    found: list[list[Object]] = []
    for held in drawings:
        found.append([])
        for item in held.values():
            own = identity(item)
            form = known.get(own)
            if form is None or own == (0, 0):
                form = known[own] = get(item, "/Resources") is not None
            if form:
                found[-1].append(item)
    return found


def _layers(draft: DocumentDraft, found: Structure, pdf: Pdf) -> None:
    """Which layers are off; the names of all are listed for scanning."""
    from extractors.pdf_layers import NOT_SHOWN, SWITCHED_OFF, off_layers, with_names

    for layer in each(get(get(pdf.Root, "/OCProperties"), "/OCGs")):
        draft.whole.add_once(Part.PROPERTY, text(get(layer, "/Name")), where="name of a layer")
    off = off_layers(pdf)
    found.off_layers = frozenset(off.values())
    found.instead = with_names(pdf, found.pages, off)
    if found.instead:
        found.off_layers |= {NOT_SHOWN, SWITCHED_OFF}


def _look(found: Structure, page_number: int, page: Object) -> None:
    contents = get(page, "/Contents")
    held, filled = 0, False
    for stream in each(contents) or ([contents] if contents is not None else []):
        content = data(stream, _MOST_CONTENT)
        held += len(content)
        filled = filled or bool(_FILLS.search(content))
        if b"ActualText" in content and _says(content):
            found.replaced.add(page_number)
        if held > _MOST_CONTENT:
            filled = True
            break
    if not filled:
        found.unfilled.add(page_number)
    properties = get(inherited(page, "/Resources"), "/Properties")
    if properties is not None and b"ActualText" in properties.unparse():
        found.replaced.add(page_number)
    for item in each(get(page, "/Annots")):
        kind = text(get(item, "/Subtype"))
        if kind in ("FreeText", "Stamp", "Widget") and get(item, "/AP") is not None:
            found.drawn.add(page_number)
        fill = _brightness(item) if kind in _COVERING else None
        if kind == "Redact" or fill is not None:
            corners = [number(corner) for corner in each(get(item, "/Rect"))]
            if len(corners) == 4:
                left, right = sorted((corners[0], corners[2]))
                low, high = sorted((corners[1], corners[3]))
                found.covers.setdefault(page_number, []).append(
                    ((left, low, right, high), kind == "Redact" or (fill or 0.0) <= _DARK))


def _brightness(annotation: Object) -> float | None:
    """How bright an annotation is filled, 0 to 1, by its brightest ink as pages are judged; None where one sees through."""
    inks = [number(ink) for ink in each(get(annotation, "/IC"))]
    if not inks or number(get(annotation, "/CA"), 1.0) < _OPAQUE:
        return None
    if len(inks) == 4:
        return max((1 - ink) * (1 - inks[3]) for ink in inks[:3])
    return max(inks)


def _says(content: bytes) -> bool:
    """Whether replacement texts say letters at all: most only stand for blanks, hyphens and ligatures of one piece."""
    letters = 0
    for plain, coded in _REPLACED.findall(content):
        if coded:
            raw = bytes.fromhex(coded.decode("ascii", "replace") + "0" * (len(coded) % 2))
            letters += len(_LETTER.findall(raw.decode("utf-16-be", "replace")))
        else:
            letters += len(_LETTER.findall(plain.decode("latin-1")))
    return letters >= _LETTERS


def read_structure(draft: DocumentDraft, structure: Structure, units: list[UnitDraft]) -> None:
    """Everything beside the page text, after the pages were read."""
    from extractors import pdf_annotations, pdf_rest, pdf_sweep

    pdf = structure.pdf
    if pdf is None:
        return
    seen: set[tuple[int, int]] = set()
    guard(draft, "metadata", lambda: pdf_rest.metadata(draft, pdf, seen))
    guard(draft, "annotations", lambda: pdf_annotations.read_annotations(draft, structure.pages, units, seen))
    guard(draft, "form fields", lambda: pdf_annotations.read_form(draft, pdf, seen))
    guard(draft, "outline", lambda: pdf_rest.outline(draft, pdf, seen))
    guard(draft, "attachments", lambda: pdf_rest.attachments(draft, pdf, seen))
    guard(draft, "actions", lambda: pdf_rest.actions(draft, pdf, structure.pages, units))
    guard(draft, "page labels", lambda: pdf_rest.labels(draft, pdf))
    guard(draft, "pictures", lambda: pdf_rest.pictures(draft, structure.drawings, units))
    guard(draft, "strings of the file", lambda: pdf_sweep.all_else(draft, pdf, structure.pages, units, seen))
