"""What people put onto the pages of a PDF: notes and replies, links, form fields with values and choices, XFA forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_objects import data, each, entries, get, identity, inherited, keys, number, said, text
from extractors.xml import UnsafeXml, parse

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_MOST_FIELDS = 20_000
_TOO_DEEP = 40
_STATES = ("Off", "Yes", "On")
#: Flags of an annotation that keep it from being seen: hidden, no view.
_UNSEEN_FLAGS = 2 | 32
#: What is drawn on the page; notes show an icon until somebody opens them.
_DRAWN = frozenset({"FreeText", "Stamp"})

_TEXTS = {"/T": "author of an annotation", "/Subj": "subject of an annotation", "/Contents": "annotation",
          "/RC": "annotation", "/OverlayText": "text over a redaction", "/NM": "name of an annotation"}

#: Keys of annotations that hold words or do something, and those of an action that goes to a place in the file.
_SAYING, _POINTING = frozenset({*_TEXTS, "/PA", "/AA", "/Alt"}), frozenset({"/Type", "/S", "/D", "/SD"})

Seen = set[tuple[int, int]]


def read_annotations(draft: DocumentDraft, pages: list[Object], units: list[UnitDraft], seen: Seen) -> None:
    """Annotations of all pages."""
    from extractors.pdf_rest import attachment

    for page, unit in zip(pages, units, strict=False):
        found = each(get(page, "/Annots"))
        top = _top(page) if found else 0.0
        for item in found:
            seen.add(identity(item))
            _annotation(unit, item, top)
            if text(get(item, "/Subtype")) == "FileAttachment":
                attachment(draft, unit, get(item, "/FS"), seen)


def _annotation(unit: UnitDraft, item: Object, top: float) -> None:
    from extractors.pdf_rest import action

    if _points_inside(item):
        return
    held = entries(item)
    kind, box = text(held.get("/Subtype")), _box(held.get("/Rect"), top)
    for key in ("/A", "/PA"):
        if key in held:
            action(unit, held[key], "link", box)
    for found in entries(held.get("/AA")).values():
        action(unit, found, "link", box)
    shown = not int(number(held.get("/F"))) & _UNSEEN_FLAGS
    if kind == "Widget":
        _field(unit, held, box, seen_by_all=shown)
        return
    if kind == "Popup":
        return
    contents = " ".join(said(held.get("/Contents")).split())
    for key, where in _TEXTS.items():
        if key not in held:
            continue
        own = said(held[key])
        if key == "/RC":
            own = re.sub(r"<[^>]+>", " ", own)
            if " ".join(own.split()) in contents:
                continue
        if key == "/NM" and not re.search(r"[^\W\d_]{3} ", own):
            continue  # a number that a program gave it
        if key == "/Contents" and "/IRT" in held:
            where = "reply to an annotation"
        unit.add_once(Part.ANNOTATION, own, where=where, box=box, visible=kind in _DRAWN and shown and key == "/Contents")
    unit.add_once(Part.ALT_TEXT, text(held.get("/Alt")), where="alternative text", box=box)


def _points_inside(item: Object) -> bool:
    """Whether an annotation is a link to a place in the file and says nothing, as most are."""
    return (_SAYING.isdisjoint(keys(item)) and text(get(item, "/Subtype")) == "Link"
            and _POINTING.issuperset(keys(get(item, "/A"))))


def read_form(draft: DocumentDraft, pdf: Pdf, seen: Seen) -> None:
    """Fields that stand on no page, names of groups of fields, and the XFA form."""
    found = get(pdf.Root, "/AcroForm")
    if get(found, "/XFA") is not None:
        _xfa(draft, get(found, "/XFA"))
    stack = [(item, 0) for item in each(get(found, "/Fields"))]
    done: Seen = set()
    count = 0
    while stack:
        item, depth = stack.pop(0)
        count += 1
        if count >= _MOST_FIELDS or depth >= _TOO_DEEP:
            draft.not_read("form fields", "too many or nested too deep; some were not read")
            break
        if not keys(item) or (identity(item) != (0, 0) and identity(item) in done):
            continue
        done.add(identity(item))
        if get(item, "/Kids") is not None or identity(item) not in seen:
            seen.add(identity(item))
            _field(draft.whole, entries(item), None, seen_by_all=False)
        stack.extend((kid, depth + 1) for kid in each(get(item, "/Kids")))


def _field(unit: UnitDraft, held: dict[str, Object], box: Box | None, *, seen_by_all: bool) -> None:
    """A form field: value, default, choices, tip and name."""
    from extractors.pdf_rest import action

    for key, where in (("/V", "value"), ("/DV", "default"), ("/TU", "tip"), ("/T", "name"), ("/TM", "name"),
                       ("/RV", "value")):
        value = held.get(key)
        own = said(value) or " ".join(filter(None, (text(part) for part in each(value))))
        if key == "/RV":
            own = re.sub(r"<[^>]+>", " ", own)
            if " ".join(own.split()) in said(held.get("/V")):
                continue
        if own not in _STATES:
            unit.add_once(Part.FORM_FIELD, own, where=f"form field, {where}", visible=seen_by_all and key == "/V", box=box)
    for option in each(held.get("/Opt")):
        for own in (text(option), *(text(part) for part in each(option))):
            unit.add_once(Part.FORM_FIELD, own, where="form field, choice", box=box)
    caption = held.get("/MK")
    for key in ("/CA", "/RC", "/AC"):
        unit.add_once(Part.FORM_FIELD, text(get(caption, key)), where="form field, caption", visible=seen_by_all, box=box)
    for found in entries(held.get("/AA")).values():
        action(unit, found, "form field", box)


def _xfa(draft: DocumentDraft, found: Object | None) -> None:
    """Words of an XFA form: its data and its template. The form itself is not laid out, so people have to look."""
    parts = each(found)
    packets = list(zip([text(name) for name in parts[::2]], parts[1::2], strict=False)) if parts else [("form", found)]
    for name, packet in packets:
        if name in ("preamble", "postamble", "config", "xmpmeta", "localeSet", "connectionSet", "PDFSecurity"):
            continue
        try:
            root = parse(data(packet))
        except (UnsafeXml, ValueError):
            draft.not_read(f"XFA form, {name}", "a form of a kind that could not be read")
            continue
        for element in root.iter():
            for own in (element.text, element.tail):
                draft.whole.add_once(Part.FORM_FIELD, own or "", where=f"XFA form, {name}")
    draft.not_read("XFA form", "a form that only some programs show; its words were read, its look was not")


def _top(page: Object) -> float:
    """The upper edge of what is shown of a page, in its own coordinates."""
    sides = [number(side, float("nan")) for side in each(inherited(page, "/CropBox") or inherited(page, "/MediaBox"))]
    return max(sides[1], sides[3]) if len(sides) == 4 and sides[1] == sides[1] and sides[3] == sides[3] else 792.0


def _box(rect: Object | None, top: float) -> Box | None:
    corners = [number(corner, float("nan")) for corner in each(rect)]
    if len(corners) != 4 or any(corner != corner or abs(corner) > 1e9 for corner in corners):
        return None
    left, right = sorted((corners[0], corners[2]))
    low, high = sorted((corners[1], corners[3]))
    return Box(x=round(left, 1), y=round(top - high, 1), width=round(right - left, 1), height=round(high - low, 1))
