"""What a PDF holds beside its page text, by pypdf: metadata, XMP, annotations and replies, links, form fields, attachments,
outline, layers, scripts, page labels. Nothing is run and nothing fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors.building import DocumentDraft, UnitDraft

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject, PdfObject

_INFO = {"/Title": "title", "/Author": "author", "/Subject": "subject", "/Keywords": "keywords", "/Creator": "program",
         "/Producer": "producer"}
_DATES = {"/CreationDate": "created", "/ModDate": "modified", "/Trapped": "trapped"}
_XMP_TEXT = re.compile(r">([^<>]*[^\W\d_]{2}[^<>]*)<|=\"([^\"]*[^\W\d_]{2}[^\"]*)\"")
_MACHINE = re.compile(r"(uuid|xmp|urn|http|https|adobe)[:.]\S*|[a-z]+/[\w.+-]+|x-default|\d{4}-\d\d-\d\d.*|"
                      r"True|False|default|saved|converted|created|[0-9a-fA-F-]{16,}", re.IGNORECASE)
_MOST_OUTLINE = 5000
_MOST_NODES = 2000
_MOST_FIELDS = 20_000
_TOO_DEEP = 40


@dataclass(slots=True)
class Structure:
    """What the page reader needs to know, and the rest of the reading that comes after the pages."""

    off_layers: frozenset[str]
    finish: Callable[[], None]


def read_structure(draft: DocumentDraft, units: list[UnitDraft]) -> Structure:
    """Open the file with pypdf. What fails is listed as unread; the pages are read all the same."""
    import io

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader: list[PdfReader] = []
    off: list[str] = []

    def opened() -> None:
        found = PdfReader(io.BytesIO(draft.file.data), strict=False)
        if found.is_encrypted:
            found.decrypt("")
        reader.append(found)
        off.extend(_off_layers(draft, found))

    _guard(draft, "annotations, attachments and metadata", opened)

    def finish() -> None:
        if reader:
            _guard(draft, "metadata", lambda: _metadata(draft, reader[0]))
            _guard(draft, "annotations and form fields", lambda: _annotations(draft, reader[0], units))
            _guard(draft, "outline", lambda: _outline(draft, reader[0]))
            _guard(draft, "attachments", lambda: _attachments(draft, reader[0]))
            _guard(draft, "actions", lambda: _actions(draft, reader[0]))
            _revisions(draft)

    return Structure(frozenset(off), finish)


def _guard(draft: DocumentDraft, what: str, work: Callable[[], None]) -> None:
    from pypdf.errors import PyPdfError

    try:
        work()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError,
            RecursionError, AssertionError, OverflowError, ArithmeticError) as error:
        draft.not_read(what, f"this part of the PDF is damaged ({type(error).__name__})")


def _root(reader: PdfReader) -> DictionaryObject:
    return reader.root_object


def _resolved(value: PdfObject | None) -> PdfObject | None:
    return value.get_object() if value is not None else None


def _dict(value: PdfObject | None) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _list(value: PdfObject | None) -> list[PdfObject]:
    from pypdf.generic import ArrayObject

    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []


def _text(value: PdfObject | None) -> str:
    """A string object as text; '' for everything else."""
    from pypdf.generic import ByteStringObject, NameObject, TextStringObject

    found = _resolved(value)
    if isinstance(found, TextStringObject):
        return str(found)
    if isinstance(found, ByteStringObject):
        return bytes(found).decode("latin-1")
    return str(found).lstrip("/") if isinstance(found, NameObject) else ""


def _metadata(draft: DocumentDraft, reader: PdfReader) -> None:
    info = _dict(reader.metadata)
    for key, value in info.items():
        text = _text(value)
        if key in _INFO:
            draft.set_property(_INFO[key], text)
        elif key in _DATES:
            draft.set_property(_DATES[key], text, scan=False)
        else:
            draft.set_property(key.lstrip("/"), text)
    packet = _resolved(_root(reader).get("/Metadata"))
    if packet is None:
        return
    data = packet.get_data()  # type: ignore[attr-defined]  # a metadata object that is no stream is damaged, see _guard
    for match in _XMP_TEXT.findall(data[:2_000_000].decode("utf-8", "replace")):
        text = (match[0] or match[1]).strip()
        if text and not _MACHINE.fullmatch(text) and "xmlns" not in text:
            draft.whole.add_once(Part.PROPERTY, text, where="XMP metadata")


def _off_layers(draft: DocumentDraft, reader: PdfReader) -> Iterator[str]:
    layers = _dict(_root(reader).get("/OCProperties"))
    for layer in _list(layers.get("/OCGs")):
        draft.whole.add_once(Part.PROPERTY, _text(_dict(layer).get("/Name")), where="name of a layer")
    for layer in _list(_dict(layers.get("/D")).get("/OFF")):
        yield _text(_dict(layer).get("/Name"))


def _annotations(draft: DocumentDraft, reader: PdfReader, units: list[UnitDraft]) -> None:
    seen: set[int] = set()
    for page, unit in zip(reader.pages, units, strict=False):
        for reference in _list(page.get("/Annots")):
            item = _dict(reference)
            if not item:
                continue  # nothing there; made on the spot, so its identity is nobody's
            seen.add(id(item))
            _annotation(draft, unit, item, page)
    form = _dict(_root(reader).get("/AcroForm"))
    if "/XFA" in form:
        draft.not_read("XFA form", "a form of a kind that is not read")
    stack = [(field, 0) for field in _list(form.get("/Fields"))]
    while stack:
        reference, depth = stack.pop(0)
        item = _dict(reference)
        if len(seen) >= _MOST_FIELDS or depth >= _TOO_DEEP:
            draft.not_read("form fields", "too many or nested too deep; some were not read")
            break
        if item and ("/Kids" in item or id(item) not in seen):
            seen.add(id(item))
            _field(draft.whole, item)
            stack.extend((kid, depth + 1) for kid in _list(item.get("/Kids")))


def _annotation(draft: DocumentDraft, unit: UnitDraft, item: DictionaryObject, page: DictionaryObject) -> None:
    kind, box = _text(item.get("/Subtype")), _box(item, page)
    action = _dict(item.get("/A"))
    target = _text(action.get("/URI")) or _text(_dict(action.get("/F")).get("/F")) or _text(action.get("/F"))
    unit.add_once(Part.LINK, target, where="link", box=box)
    if "/JS" in action:
        _script(unit, action)
    if kind == "Widget":
        _field(unit, item)
        return
    for key, where in (("/T", "author of an annotation"), ("/Subj", "subject of an annotation"),
                       ("/Contents", "annotation"), ("/RC", "annotation"), ("/Alt", "alternative text")):
        text = _text(item.get(key))
        if key == "/RC":
            text = re.sub(r"<[^>]+>", " ", text)
            if " ".join(text.split()) in " ".join(_text(item.get("/Contents")).split()):
                continue
        if kind != "Popup":
            unit.add_once(Part.ANNOTATION, text, where=where, box=box)
    if kind == "FileAttachment":
        _attachment(draft, unit, _dict(item.get("/FS")))


def _field(unit: UnitDraft, item: DictionaryObject) -> None:
    """A form field: value, default, choices, tip and name."""
    for key, where in (("/V", "value"), ("/DV", "default"), ("/TU", "tip"), ("/T", "name")):
        text = _text(item.get(key)) or " ".join(filter(None, (_text(part) for part in _list(item.get(key)))))
        if text not in ("Off", "Yes", "On"):
            unit.add_once(Part.FORM_FIELD, text, where=f"form field, {where}")
    for option in _list(item.get("/Opt")):
        for text in (_text(option), *(_text(part) for part in _list(option))):
            unit.add_once(Part.FORM_FIELD, text, where="form field, choice")


def _box(item: DictionaryObject, page: DictionaryObject) -> Box | None:
    corners = []
    for value in _list(item.get("/Rect")):
        try:
            corners.append(float(str(_resolved(value))))
        except ValueError:
            return None
    if len(corners) != 4:
        return None
    try:
        height = float(page.mediabox.height)  # type: ignore[attr-defined]
    except (AttributeError, ValueError, TypeError):
        return None
    left, right = sorted((corners[0], corners[2]))
    low, high = sorted((corners[1], corners[3]))
    return Box(x=round(left, 1), y=round(height - high, 1), width=round(right - left, 1), height=round(high - low, 1))


def _outline(draft: DocumentDraft, reader: PdfReader) -> None:
    """Titles of the outline, walked by hand so that a loop ends."""
    texts = {unit.title for unit in draft.units}
    stack = [(_root(reader).get("/Outlines"), 0)]
    seen: set[int] = set()
    while stack:
        if len(seen) >= _MOST_OUTLINE:
            draft.not_read("outline", f"more than {_MOST_OUTLINE} entries; the rest was not read")
            break
        reference, depth = stack.pop()
        item = _dict(reference)
        if not item or id(item) in seen or depth > _TOO_DEEP:
            continue
        seen.add(id(item))
        title = _text(item.get("/Title"))
        if title and title not in texts:
            draft.whole.add_once(Part.OTHER, title, where="outline")
        stack.append((item.get("/Next"), depth))
        stack.append((item.get("/First"), depth + 1))


def _attachments(draft: DocumentDraft, reader: PdfReader) -> None:
    names = _dict(_dict(_root(reader).get("/Names")).get("/EmbeddedFiles"))
    stack = [names]
    seen: set[int] = set()
    while stack:
        if len(seen) >= _MOST_NODES:
            draft.not_read("attachments", f"more than {_MOST_NODES} lists of attachments; the rest was not read")
            break
        node = stack.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        pairs = _list(node.get("/Names"))
        for name, entry in zip(pairs[::2], pairs[1::2], strict=False):
            draft.whole.add_once(Part.ATTACHMENT, _text(name), where="name of an attachment")
            _attachment(draft, draft.whole, _dict(entry))
        stack.extend(_dict(kid) for kid in _list(node.get("/Kids")))
    for entry in _list(_root(reader).get("/AF")):
        _attachment(draft, draft.whole, _dict(entry))


def _attachment(draft: DocumentDraft, unit: UnitDraft, entry: DictionaryObject) -> None:
    from pypdf.generic import StreamObject

    from extractors.embedded import read_embedded

    name = _text(entry.get("/UF")) or _text(entry.get("/F"))
    unit.add_once(Part.ATTACHMENT, name, where="name of an attachment")
    unit.add_once(Part.ATTACHMENT, _text(entry.get("/Desc")), where="description of an attachment")
    files = _dict(entry.get("/EF"))
    held = _resolved(files.get("/F") or files.get("/UF"))
    if isinstance(held, StreamObject):
        read_embedded(draft, unit, f"attachment {name or 'without a name'}", held.get_data(), name, Part.ATTACHMENT)


def _script(unit: UnitDraft, action: DictionaryObject) -> None:
    from pypdf.generic import StreamObject

    code = _resolved(action.get("/JS"))
    text = code.get_data().decode("latin-1") if isinstance(code, StreamObject) else _text(code)
    unit.add_once(Part.HIDDEN_TEXT, text, where="script (never run)")


def _actions(draft: DocumentDraft, reader: PdfReader) -> None:
    """What would run on opening, and named scripts."""
    root = _root(reader)
    waiting = [_dict(root.get("/OpenAction")), *(_dict(value) for value in _dict(root.get("/AA")).values())]
    pairs = _list(_dict(_dict(root.get("/Names")).get("/JavaScript")).get("/Names"))
    waiting += [_dict(entry) for entry in pairs[1::2]]
    for action in waiting:
        kind = _text(action.get("/S"))
        target = _text(action.get("/URI")) or _text(action.get("/F")) or _text(_dict(action.get("/F")).get("/F"))
        draft.whole.add_once(Part.LINK, target, where="action on opening")
        if "/JS" in action:
            _script(draft.whole, action)
        if kind in ("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToR"):
            draft.not_read("action on opening", f"the file would run something when opened ({kind}); it was not run")
    for label in _list(_dict(root.get("/PageLabels")).get("/Nums")):
        draft.whole.add_once(Part.OTHER, _text(_dict(label).get("/P")), where="page label")


def _revisions(draft: DocumentDraft) -> None:
    """Earlier revisions stay in a file that was saved again on top of itself."""
    data = draft.file.data
    if data.count(b"%%EOF") > 1 and b"/Linearized" not in data[:2048] and data.count(b"startxref") > 1:
        draft.set_property("revisions", str(data.count(b"%%EOF")), scan=False)
