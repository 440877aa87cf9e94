"""What belongs to a PDF as a whole: metadata and XMP, outline, attachments, actions and scripts, page labels, what the
pictures' own files say. Every other string that stands in any object is found by `pdf_sweep`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Box, Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_objects import (
    DAMAGED,
    data,
    each,
    entries,
    get,
    identity,
    keys,
    said,
    text,
    tree,
)

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_INFO = {"/Title": "title", "/Author": "author", "/Subject": "subject", "/Keywords": "keywords", "/Creator": "program",
         "/Producer": "producer"}
_DATES = {"/CreationDate": "created", "/ModDate": "modified", "/Trapped": "trapped"}
_XMP_TEXT = re.compile(r">([^<>]*[^\W\d_]{2}[^<>]*)<|=\"([^\"]*[^\W\d_]{2}[^\"]*)\"")
_MACHINE = re.compile(r"(uuid|xmp|urn|http|https|adobe)[:.]\S*|[a-z]+/[\w.+-]+|x-default|\d{4}-\d\d-\d\d.*|"
                      r"True|False|default|saved|converted|created|[0-9a-fA-F-]{16,}", re.IGNORECASE)
_MOST_OUTLINE = 5000
_MOST_NODES = 2000
_TOO_DEEP = 40
_RUNS = ("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToR", "GoToE", "Rendition")
#: Texts that stand for what is drawn, by key.
ALTERNATIVES = {"/Alt": "alternative text", "/ActualText": "replacement text", "/E": "what an abbreviation stands for"}

Seen = set[tuple[int, int]]


def metadata(draft: DocumentDraft, pdf: Pdf, seen: Seen) -> None:
    """The info dictionary and the XMP packet of the file."""
    info = get(pdf.trailer, "/Info")
    seen.add(identity(info))
    for key in keys(info):
        own = text(get(info, key))
        if key in _DATES:
            draft.set_property(_DATES[key], own, scan=False)
        else:
            draft.set_property(_INFO.get(key, key.lstrip("/")), own)
    xmp(draft.whole, get(pdf.Root, "/Metadata"), "XMP metadata")


def xmp(unit: UnitDraft, packet: Object | None, where: str) -> None:
    """Words in an XMP packet. It is searched and never parsed, so that nothing in it can expand."""
    for match in _XMP_TEXT.findall(data(packet)[:2_000_000].decode("utf-8", "replace").rpartition("<rdf:RDF")[2]):
        own = (match[0] or match[1]).strip()
        if own and not _MACHINE.fullmatch(own) and "xmlns" not in own:
            unit.add_once(Part.PROPERTY, own, where=where)


def outline(draft: DocumentDraft, pdf: Pdf, seen: Seen) -> None:
    """Titles of the outline, walked by hand so that a loop ends."""
    texts = {unit.title for unit in draft.units}
    stack = [(get(pdf.Root, "/Outlines"), 0)]
    done: Seen = set()
    while stack:
        if len(done) >= _MOST_OUTLINE:
            draft.not_read("outline", f"more than {_MOST_OUTLINE} entries; the rest was not read")
            break
        item, depth = stack.pop()
        if not keys(item) or identity(item) in done or depth > _TOO_DEEP:
            continue
        done.add(identity(item))
        title = text(get(item, "/Title"))
        if title and title not in texts:
            draft.whole.add_once(Part.OTHER, title, where="outline")
        action(draft.whole, get(item, "/A"), "outline", None)
        stack.append((get(item, "/Next"), depth))
        stack.append((get(item, "/First"), depth + 1))
    seen |= done


def attachments(draft: DocumentDraft, pdf: Pdf, seen: Seen) -> None:
    """Files in the name tree of attachments and those that the catalogue names."""
    for name, entry in tree(get(get(pdf.Root, "/Names"), "/EmbeddedFiles"), "/Names", _MOST_NODES):
        draft.whole.add_once(Part.ATTACHMENT, text(name), where="name of an attachment")
        attachment(draft, draft.whole, entry, seen)
    for entry in each(get(pdf.Root, "/AF")):
        attachment(draft, draft.whole, entry, seen)


def attachment(draft: DocumentDraft, unit: UnitDraft, entry: Object | None, seen: Seen) -> None:
    """One file specification: its name, its description, and the file itself where it is inside."""
    from extractors.embedded import read_embedded

    name = text(get(entry, "/UF")) or text(get(entry, "/F"))
    for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac"):
        unit.add_once(Part.ATTACHMENT, text(get(entry, key)), where="name of an attachment")
    unit.add_once(Part.ATTACHMENT, text(get(entry, "/Desc")), where="description of an attachment")
    files = get(entry, "/EF")
    held = get(files, "/F") or get(files, "/UF")
    if held is None or (identity(held) != (0, 0) and identity(held) in seen):
        return
    seen.update((identity(held), identity(entry)))
    where = f"attachment {name or 'without a name'}"
    try:
        content = data(held)
    except (*DAMAGED,):
        draft.not_read(where, "an attached file that is damaged or unpacks to too much", unit.number)
        return
    read_embedded(draft, unit, where, content, name, Part.ATTACHMENT)


def action(unit: UnitDraft, item: Object | None, where: str, box: Box | None) -> None:
    """Target and script of an action and of those that follow it."""
    for _ in range(20):
        held = entries(item)
        if not held:
            return
        target = text(held.get("/URI")) or text(held.get("/F")) or text(get(held.get("/F"), "/F"))
        unit.add_once(Part.LINK, target, where=where, box=box)
        if "/Win" in held:
            for key in ("/F", "/P"):
                unit.add_once(Part.LINK, text(get(held["/Win"], key)), where=where, box=box)
        if "/JS" in held:
            unit.add_once(Part.HIDDEN_TEXT, said(held["/JS"]), where="script (never run)")
        following = held.get("/Next")
        item = each(following)[0] if each(following) else following


def actions(draft: DocumentDraft, pdf: Pdf, pages: list[Object], units: list[UnitDraft]) -> None:
    """What would run on opening the file or a page, and named scripts."""
    waiting = [get(pdf.Root, "/OpenAction"), *(get(get(pdf.Root, "/AA"), key) for key in keys(get(pdf.Root, "/AA")))]
    waiting += [entry for _, entry in tree(get(get(pdf.Root, "/Names"), "/JavaScript"), "/Names", _MOST_NODES)]
    for item in waiting:
        action(draft.whole, item, "action on opening", None)
        if (kind := text(get(item, "/S"))) in _RUNS:
            draft.not_read("action on opening", f"the file would run something when opened ({kind}); it was not run")
    for page, unit in zip(pages, units, strict=False):
        for key in keys(get(page, "/AA")):
            item = get(get(page, "/AA"), key)
            action(unit, item, "action on a page", None)
            if (kind := text(get(item, "/S"))) in _RUNS:
                draft.not_read("action on a page", f"the page would run something when shown ({kind}); it was not run",
                               unit.number)


def labels(draft: DocumentDraft, pdf: Pdf) -> None:
    """Words before the page numbers."""
    for _, label in tree(get(pdf.Root, "/PageLabels"), "/Nums", _MOST_NODES):
        draft.whole.add_once(Part.OTHER, text(get(label, "/P")), where="page label")


def pictures(draft: DocumentDraft, drawings: list[dict[str, Object]], units: list[UnitDraft]) -> None:
    """What the files of pictures say in their metadata; forms are looked into to a small depth."""
    done: Seen = set()
    for drawn, unit in zip(drawings, units, strict=False):
        waiting = [(drawn, 0)]
        while waiting:
            list_, depth = waiting.pop()
            for item in list_.values():
                if identity(item) in done:
                    continue
                done.add(identity(item))
                held = entries(item)
                if depth < 5 and text(held.get("/Subtype")) == "Form":
                    waiting.append((entries(get(held.get("/Resources"), "/XObject")), depth + 1))
                if held:
                    _picture(draft, unit, item, held)


def _picture(draft: DocumentDraft, unit: UnitDraft, item: Object, held: dict[str, Object]) -> None:
    from extractors.pictures import metadata as metadata_of

    try:
        if "/Metadata" in held:
            xmp(unit, held["/Metadata"], "picture metadata (XMP)")
        if text(held.get("/Filter")) in ("DCTDecode", "JPXDecode") and text(held.get("/Subtype")) == "Image":
            for label, own in metadata_of(item.read_raw_bytes()):
                unit.add_once(Part.PROPERTY, own, where=f"picture metadata ({label})")
    except DAMAGED:
        draft.not_read("picture metadata", "the picture is damaged", unit.number)
    for key, where in ALTERNATIVES.items():
        if key in held:
            unit.add_once(Part.ALT_TEXT, text(held[key]), where=where)
