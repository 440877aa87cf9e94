"""WordprocessingML paragraphs: what is seen of them, what is hidden or deleted, and what stands beside them.

Runs are joined as they stand. Inserted text counts as there, deleted text as hidden; text boxes come after the paragraph
that they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.xml import MC, M, W, local, number

if TYPE_CHECKING:
    from lxml import etree

#: Field codes that can hold an address, a path or a text.
_SAYING = ("HYPERLINK", "INCLUDE", "LINK", "MERGEFIELD", "DATABASE", "QUOTE", "FILLIN")
_WRAPPERS = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "customXml"})


@dataclass(slots=True)
class Paragraph:
    """One paragraph with its parts kept apart. `outline` and `list_level` are -1 where there is none."""

    style: str = ""
    outline: int = -1
    list_level: int = -1
    text: str = ""
    hidden: str = ""
    deleted: str = ""
    authors: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)


def paragraphs_of(p: etree._Element) -> Iterator[Paragraph]:
    """The paragraph itself, then those of the text boxes in it."""
    found = Paragraph()
    properties = p.find(W + "pPr")
    if properties is not None:
        _properties(properties, found)
    _runs(p, found, deleted=False)
    found.codes = [code for code in (" ".join(code.split()) for code in found.codes) if _says_something(code)]
    yield found
    for box in found._boxes:
        for inner in box.iter(W + "p"):
            yield from paragraphs_of(inner)


def _properties(properties: etree._Element, found: Paragraph) -> None:
    for item in properties:
        kind = local(item.tag)
        if kind == "pStyle":
            found.style = item.get(W + "val", "")
        elif kind == "outlineLvl":
            level = number(item.get(W + "val"), 9)
            found.outline = level if level < 9 else -1
        elif kind == "numPr":
            level, which = item.find(W + "ilvl"), item.find(W + "numId")
            if which is None or which.get(W + "val") != "0":
                found.list_level = number(level.get(W + "val")) if level is not None else 0


def _runs(parent: etree._Element, found: Paragraph, *, deleted: bool) -> None:
    for child in parent:
        kind = local(child.tag)
        if kind == "r":
            _run(child, found, deleted)
        elif kind in ("del", "moveFrom"):
            found.authors.append(child.get(W + "author", ""))
            _runs(child, found, deleted=True)
        elif kind in _WRAPPERS:
            if kind in ("ins", "moveTo"):
                found.authors.append(child.get(W + "author", ""))
            if kind == "fldSimple":
                found.codes.append(child.get(W + "instr", ""))
            _runs(child, found, deleted=deleted)
        elif kind in ("oMath", "oMathPara"):
            found.text += "".join(t.text or "" for t in child.iter(M + "t"))


def _run(run: etree._Element, found: Paragraph, deleted: bool) -> None:
    vanish = run.find(f"{W}rPr/{W}vanish")
    size = run.find(f"{W}rPr/{W}sz")
    hidden = (vanish is not None and vanish.get(W + "val", "1") not in ("0", "false")) or (
        size is not None and number(size.get(W + "val"), 20) < 8)  # half points: below 4 pt nobody reads it
    text = ""
    for item in run:
        kind = local(item.tag)
        if kind == "t":
            text += item.text or ""
        elif kind == "delText":
            found.deleted += item.text or ""
        elif kind in ("tab", "ptab"):
            text += "\t"
        elif kind in ("br", "cr"):
            text += "\n"
        elif kind == "noBreakHyphen":
            text += "-"
        elif kind == "instrText":
            found.codes.append(item.text or "")
        elif kind in ("drawing", "pict", "object", "AlternateContent"):
            _drawing(item, found)
    if deleted:
        found.deleted += text
    elif hidden:
        found.hidden += text
    else:
        found.text += text


def _drawing(item: etree._Element, found: Paragraph) -> None:
    chosen = item.find(MC + "Choice") if local(item.tag) == "AlternateContent" else item
    chosen = item if chosen is None else chosen
    for part in chosen.iter():
        kind = local(part.tag)
        if kind == "txbxContent":
            found._boxes.append(part)
        elif kind in ("docPr", "cNvPr"):
            found.alts.extend(filter(None, (part.get("descr", ""), part.get("title", ""))))
        elif kind == "shape":
            found.alts.extend(filter(None, (part.get("alt", ""),)))


def _says_something(code: str) -> bool:
    """Field codes such as PAGE or TOC say nothing; those with an address, a path or a bookmark text may."""
    return "://" in code or ("\\" in code and any(word in code for word in _SAYING))
