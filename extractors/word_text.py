"""WordprocessingML paragraphs: what is seen of them, what is hidden or deleted, and what stands beside them.

Runs are joined as they stand. Inserted text counts as there, deleted text as hidden; text boxes come after the paragraph
that they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.word_styles import Look, Styles, fill
from extractors.xml import MC, M, R, W, local, number

if TYPE_CHECKING:
    from lxml import etree

#: Field codes that can hold an address, a path or a text.
_SAYING = ("HYPERLINK", "INCLUDE", "LINK", "MERGEFIELD", "DATABASE", "QUOTE", "FILLIN")
_WRAPPERS = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "customXml",
                       "ruby", "rt", "rubyBase"})
_PLAIN = Styles(None)


@dataclass(slots=True)
class Paragraph:
    """One paragraph with its parts kept apart. `outline` and `list_level` are -1 where there is none."""

    style: str = ""
    outline: int = -1
    list_level: int = -1
    #: The numbering of the document that it has by itself and not by its style.
    numbering: str = ""
    text: str = ""
    #: Text that nobody sees, with the reason.
    hidden: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    #: Names of shapes and bookmarks, words of form fields, tips of links.
    names: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    #: What only old programs show of a drawing.
    fallbacks: list[str] = field(default_factory=list)
    #: Relationship ids of charts and diagrams in it.
    charts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the runs of a paragraph: the document's styles, the paragraph's look, the colour it stands on."""

    styles: Styles
    look: Look
    ground: str


def paragraphs_of(p: etree._Element, styles: Styles = _PLAIN, ground: str = "") -> Iterator[Paragraph]:
    """The paragraph itself, then those of the text boxes in it. `ground` is RRGGBB under it, '' where not known."""
    found = Paragraph()
    properties = p.find(W + "pPr")
    if properties is not None:
        _properties(properties, found)
        ground = fill(properties.find(W + "shd")) or ground
    _runs(p, found, _Setting(styles, styles.look(found.style), ground), deleted=False)
    found.codes = [code for code in (" ".join(code.split()) for code in found.codes) if _says_something(code)]
    yield found
    for box in found.boxes:
        for inner in box.iter(W + "p"):
            yield from paragraphs_of(inner, styles)


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
                found.numbering = which.get(W + "val", "") if which is not None else ""


def _runs(parent: etree._Element, found: Paragraph, setting: _Setting, *, deleted: bool) -> None:
    for child in parent:
        kind = local(child.tag)
        if kind == "r":
            _run(child, found, setting, deleted)
        elif kind in ("del", "moveFrom"):
            found.authors.append(child.get(W + "author", ""))
            _runs(child, found, setting, deleted=True)
        elif kind in _WRAPPERS:
            if kind in ("ins", "moveTo"):
                found.authors.append(child.get(W + "author", ""))
            elif kind == "fldSimple":
                found.codes.append(child.get(W + "instr", ""))
            elif kind == "hyperlink":
                found.tips.append(child.get(W + "tooltip", ""))
            elif kind == "sdt":
                found.forms.extend(control_words(child))
            _runs(child, found, setting, deleted=deleted)
        elif kind in ("oMath", "oMathPara"):
            found.text += "".join(t.text or "" for t in child.iter(M + "t"))
        elif kind == "bookmarkStart":
            name = child.get(W + "name", "")
            if not name.startswith(("_", "OLE_LINK")):
                found.names.append(name)


def control_words(control: etree._Element) -> list[str]:
    """What a content control says besides its content: title, tag, choices."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return []
    found = [item.get(W + "val", "") for item in properties.iterchildren(W + "alias", W + "tag")]
    for item in properties.iter(W + "listItem"):
        found += [item.get(W + "displayText", ""), item.get(W + "value", "")]
    return [text for text in dict.fromkeys(found) if any(char.isalpha() for char in text)]


def _run(run: etree._Element, found: Paragraph, setting: _Setting, deleted: bool) -> None:
    properties = run.find(W + "rPr")
    look = setting.look
    if properties is not None:
        style = properties.find(W + "rStyle")
        if style is not None:
            look = setting.styles.look(style.get(W + "val", ""), look)
        look = look.over(properties)
    why = "tracked deletion" if deleted else look.unseen(setting.ground)
    text = ""
    for item in run:
        kind = local(item.tag)
        if kind == "t":
            text += item.text or ""
        elif kind == "delText":
            _hide(found, item.text or "", "tracked deletion")
        elif kind in ("tab", "ptab"):
            text += "\t"
        elif kind in ("br", "cr"):
            text += "\n"
        elif kind == "noBreakHyphen":
            text += "-"
        elif kind in ("instrText", "delInstrText"):
            found.codes.append(item.text or "")
        elif kind in ("drawing", "pict", "object", "AlternateContent"):
            _drawing(item, found)
        elif kind == "fldChar" and len(item):
            for word in item.iter(W + "statusText", W + "helpText", W + "default", W + "listEntry",
                    W + "entryMacro", W + "exitMacro"):
                found.forms.append(word.get(W + "val", ""))
        elif kind == "ruby":
            _runs(item, found, setting, deleted=deleted)
    if why:
        _hide(found, text, why)
    else:
        found.text += text


def _hide(found: Paragraph, text: str, why: str) -> None:
    """Runs of one reason that stand together are one text."""
    if found.hidden and found.hidden[-1][1] == why:
        found.hidden[-1] = (found.hidden[-1][0] + text, why)
    elif text:
        found.hidden.append((text, why))


def _drawing(item: etree._Element, found: Paragraph) -> None:
    chosen = item
    if local(item.tag) == "AlternateContent":
        first, other = item.find(MC + "Choice"), item.find(MC + "Fallback")
        chosen = first if first is not None else item
        if first is not None and other is not None:
            said = _words(first)
            found.fallbacks.extend(line for line in _words(other) if line not in said)
    for part in chosen.iter():
        kind = local(part.tag)
        if kind == "txbxContent":
            found.boxes.append(part)
        elif kind in ("docPr", "cNvPr"):
            found.alts.extend(filter(None, (part.get("descr", ""), part.get("title", ""))))
            found.names.append(part.get("name", ""))
        elif kind == "shape":
            found.alts.extend(filter(None, (part.get("alt", ""), part.get("title", ""))))
        elif kind == "textpath":
            found.text += part.get("string", "")
        elif kind == "chart":
            found.charts.append(part.get(R + "id", ""))
        elif kind == "relIds":
            found.charts.append(part.get(R + "dm", ""))


def _words(element: etree._Element) -> list[str]:
    lines = ["".join(t.text or "" for t in p.iter(W + "t")) for p in element.iter(W + "p")]
    lines += [path.get("string", "") for path in element.iter("{urn:schemas-microsoft-com:vml}textpath")]
    return [line for line in lines if line.strip()]


def _says_something(code: str) -> bool:
    """Field codes such as PAGE or TOC say nothing; those with an address, a path or a bookmark text may."""
    return "://" in code or ("\\" in code and any(word in code for word in _SAYING))
