"""The net under readers that walk a tree: what stands in the file and in no block is added for scanning.

A walk knows the elements of its format; a file may hold any others, or more than the parser takes in. Nothing found here is
ever shown: it has no order and no place but that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import DocumentDraft
from extractors.strings import Said
from extractors.xml import clean, local

if TYPE_CHECKING:
    from lxml import etree

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!doctype html\s*>|<!doctype html [^<>]*w3c[^<>]*>|<\?xml[^<>]*>|<!--|-->",
                  re.IGNORECASE)
_STYLE = re.compile(r"<(/?)style\b[^<>]*>", re.IGNORECASE)
#: Fields of pages, which hold a number or their own name; comments have no tag.
_FIELDS = frozenset({"", "page-number", "page-count", "header", "footer", "date-time", "date", "time"})
#: More than this many characters that no block says: a reader is told that some of the page could not be shown.
_MUCH = 400
_PIECE = 8000


def add_left_over(draft: DocumentDraft, runs: Iterable[str], where: str) -> int:
    """Add the runs that hold words which no block says; gives how many characters those are.

    Nothing where the document is full: then no block says the rest, and its draft has counted it.
    """
    if draft.room.refused:
        return 0
    blocks = [block.text for unit in (draft.whole, *draft.units) for block in unit.blocks]
    words = {word for text in blocks for word in _WORD.findall(text)}
    said, found = Said(blocks), 0
    joined: list[str] = []
    size = 0
    for run in dict.fromkeys(runs):
        text = " ".join(clean(run).split())
        if not any(char.isalpha() for char in text) or words.issuperset(_WORD.findall(text)) or said.says(text):
            continue
        found += len(text)
        joined.append(text)
        size += len(text)
        if size > _PIECE:
            draft.whole.add_once(Part.HIDDEN_TEXT, "\n".join(joined), where=where)
            joined, size = [], 0
    draft.whole.add_once(Part.HIDDEN_TEXT, "\n".join(joined), where=where)
    return found


def of_page(draft: DocumentDraft, text: str) -> None:
    """The net under a page: everything between its tags, as it stands in the file."""
    runs = (unescape(run) for run in _TAG.split(_without_styles(text)) if not run.isspace())
    if add_left_over(draft, runs, "elsewhere in the page") > _MUCH:
        draft.not_read("page", "some of it is no proper page; its words were read for scanning only")


def of_tree(draft: DocumentDraft, root: etree._Element, where: str) -> None:
    """The net under a part: every text of its elements."""
    runs = (text for item in root.iter()
            for text in (item.text if local(item.tag) not in _FIELDS else None, item.tail) if text)
    add_left_over(draft, (run for run in runs if not run.isspace()), where)


def _without_styles(text: str) -> str:
    """The page without its style sheets, which are read by themselves."""
    pieces, at, inside = [], 0, False
    for found in _STYLE.finditer(text):
        if not inside:
            pieces.append(text[at:found.start()])
            at, inside = found.end(), not found[1]
        elif found[1]:
            at, inside = found.end(), False
    return "".join((*pieces, "" if inside else text[at:]))
