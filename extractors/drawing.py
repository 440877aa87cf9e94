"""DrawingML text and colour: paragraphs out of a text body, and which of their runs an audience cannot see.

Runs are joined as they stand, with no blank between them: Office splits runs at spelling marks and format changes, in
the middle of names, addresses and keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.xml import MC, A, M, local, number

if TYPE_CHECKING:
    from lxml import etree

_P, _R, _BR, _FLD, _T, _PPR, _RPR = (A + name for name in ("p", "r", "br", "fld", "t", "pPr", "rPr"))
_TINY = 400  # hundredths of a point


@dataclass(slots=True)
class Paragraph:
    """A paragraph: what is seen of it, what is hidden in it, its list level and largest explicit size (0: inherited)."""

    text: str
    hidden: str
    level: int
    size: int


@dataclass(slots=True)
class Palette:
    """A slide's colours: scheme names to RRGGBB through the master's colour map, and its plain background ('' if none)."""

    scheme: dict[str, str] = field(default_factory=dict)
    background: str = ""

    def colour(self, fill: etree._Element | None) -> str:
        """RRGGBB of a solid fill without any change of shade; '' for everything else."""
        if fill is None or len(fill) != 1:
            return ""
        chosen = fill[0]
        if len(chosen):
            return ""
        kind, value = local(chosen.tag), chosen.get("val", "")
        if kind == "srgbClr":
            return str(value).upper()
        if kind == "sysClr":
            return str(chosen.get("lastClr", "")).upper()
        return self.scheme.get(value, "") if kind == "schemeClr" else ""


def paragraphs(body: etree._Element, beneath: str = "", palette: Palette | None = None) -> list[Paragraph]:
    """The paragraphs of a text body. `beneath` is the colour the text stands on, '' when it is not known for sure."""
    found = []
    for p in body.iterchildren(_P):
        seen: list[str] = []
        hidden: list[str] = []
        level = size = 0
        for child in _flat(p):
            tag = child.tag
            if tag in (_R, _FLD):
                properties = child.find(_RPR)
                text_element = child.find(_T)
                if text_element is None or not text_element.text:
                    continue
                if properties is not None:
                    size = max(size, number(properties.get("sz")))
                    (hidden if _unseen(properties, beneath, palette) else seen).append(text_element.text)
                else:
                    seen.append(text_element.text)
            elif tag == _BR:
                seen.append("\n")
            elif tag == _PPR:
                level = number(child.get("lvl"))
            elif isinstance(tag, str) and tag.startswith(M):
                seen.append("".join(t.text or "" for t in child.iter(M + "t")))
        found.append(Paragraph("".join(seen), "".join(hidden), level, size))
    return found


def _flat(p: etree._Element) -> Iterable[etree._Element]:
    """The children of a paragraph, mc:AlternateContent replaced by its first choice, wrappers opened."""
    for child in p:
        if child.tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            if chosen is not None:
                yield from _flat(chosen)
        elif local(child.tag) == "m":
            yield from child
        else:
            yield child


def _unseen(properties: etree._Element, beneath: str, palette: Palette | None) -> bool:
    size = properties.get("sz")
    if size and number(size, _TINY) < _TINY:
        return True
    if not len(properties):
        return False
    for child in properties:
        kind = local(child.tag)
        if kind == "noFill":
            return properties.find(A + "ln") is None
        if kind == "solidFill":
            if child.find(f"*/{A}alpha[@val='0']") is not None:
                return True
            return bool(beneath and palette is not None and palette.colour(child) == beneath)
    return False


def text_of(element: etree._Element) -> str:
    """All text below an element: paragraphs on lines, runs joined without blanks."""
    lines = [paragraph.text + paragraph.hidden for body in element.iter() if _holds_paragraphs(body)
             for paragraph in paragraphs(body)]
    return "\n".join(line for line in lines if line.strip())


def _holds_paragraphs(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.find(_P) is not None


def scheme_of(theme: etree._Element | None, colour_map: etree._Element | None) -> dict[str, str]:
    """Scheme colour names to RRGGBB: the theme's twelve, and the map's aliases (bg1, tx1, ...)."""
    colours: dict[str, str] = {}
    if theme is not None:
        for item in theme.iterfind(f"{A}themeElements/{A}clrScheme/*"):
            if len(item):
                colours[local(item.tag)] = str(item[0].get("lastClr") or item[0].get("val") or "").upper()
    if colour_map is not None:
        for alias, name in colour_map.attrib.items():
            colours[alias] = colours.get(name, "")
    return colours


def background_of(common: etree._Element | None, palette: Palette) -> str | None:
    """The plain background that p:cSld declares: RRGGBB, '' for a picture or gradient, None for none of its own."""
    ground = common.find("{*}bg") if common is not None else None
    if ground is None or not len(ground):
        return None
    first = ground[0]
    if local(first.tag) == "bgRef":
        return palette.colour(first) if number(first.get("idx")) == 1001 else ""
    return palette.colour(first.find(A + "solidFill"))
