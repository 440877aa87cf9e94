"""Document properties of Office packages: core, extended and custom ones, and sensitivity labels.

Every one a person could have written becomes a property and a block for scanning; dates and counts become properties
only. The property's name stands in the block's `where`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import DocumentDraft
from extractors.xml import UnsafeXml, local, parse

if TYPE_CHECKING:
    from lxml import etree

    from extractors.package import Package

_CORE = {"title": "title", "creator": "author", "subject": "subject", "description": "description",
         "keywords": "keywords", "category": "category", "lastModifiedBy": "last_modified_by",
         "contentStatus": "content_status", "language": "stated_language", "identifier": "identifier", "version": "version"}
_DATES = {"created": "created", "modified": "modified", "lastPrinted": "last_printed"}
_EXTENDED = {"Company": "company", "Manager": "manager", "HyperlinkBase": "hyperlink_base", "Template": "template"}
#: Ids that programs write.
_MACHINE = re.compile(r"(0x)?\{?[0-9A-Fa-f-]{16,}\}?|\d+([.,:T/-]\d+)*Z?|true|false")
#: Templates that come with Office say nothing about anybody.
_PLAIN_TEMPLATES = frozenset({"office theme", "normal.dotm", "normal.dot", "normal", "default theme", "blank presentation"})


def read_properties(draft: DocumentDraft, package: Package) -> set[str]:
    """Read all property parts; gives their names, so that nobody reads them again."""
    done: set[str] = set()
    for _, kind, target, outside in package.relations(""):
        reader = next((found for ending, found in _READERS if kind.endswith(ending)), None)
        if outside or reader is None or target not in package or target in done:
            continue
        done.add(target)
        try:
            reader(draft, parse(package.read(target)))
        except UnsafeXml as error:
            draft.not_read(target, str(error))
    return done


def _core(draft: DocumentDraft, root: etree._Element) -> None:
    for item in root:
        name, text = local(item.tag), "".join(item.itertext())
        if name in _CORE:
            draft.set_property(_CORE[name], text)
        elif name in _DATES:
            draft.set_property(_DATES[name], text, scan=False)


def _extended(draft: DocumentDraft, root: etree._Element) -> None:
    for item in root:
        name, text = local(item.tag), "".join(item.itertext())
        if name in _EXTENDED and not (name == "Template" and text.strip().lower() in _PLAIN_TEMPLATES):
            draft.set_property(_EXTENDED[name], text)
    _stale_titles(draft, root)


def _stale_titles(draft: DocumentDraft, root: etree._Element) -> None:
    """The titles that the program listed when it last saved: they outlive slides that were deleted since."""
    pairs, titles = root.find("{*}HeadingPairs"), root.find("{*}TitlesOfParts")
    if pairs is None or titles is None:
        return
    counts = [int(item.text) for item in pairs.iter("{*}i4") if item.text and item.text.isdigit()]
    names = [item.text or "" for item in titles.iter("{*}lpstr")]
    if len(counts) < 2 or sum(counts) != len(names):
        return  # fonts and themes only, or a list that does not add up
    draft.stale_titles = tuple(name for name in names[len(names) - counts[-1]:] if name.strip())


def _custom(draft: DocumentDraft, root: etree._Element) -> None:
    for item in root:
        name, text = item.get("name", ""), "".join(item.itertext())
        if name and text.strip():
            draft.set_property(name, text, scan=not _MACHINE.fullmatch(text.strip()))
            draft.whole.add_once(Part.PROPERTY, name, where="name of a custom property")


def _labels(draft: DocumentDraft, root: etree._Element) -> None:
    for item in root.iter():
        if local(item.tag) == "label":
            draft.set_property("sensitivity_label", " ".join(filter(None, (item.get("name"), item.get("id")))))


_READERS = (("/core-properties", _core), ("/extended-properties", _extended), ("/custom-properties", _custom),
            ("/classificationlabels", _labels))
