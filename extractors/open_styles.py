"""Styles of OpenDocument files: what a style says itself, or the one it is based on; lengths in points.

Only what tells whether an audience sees a text is looked up: colour, size, display, fill, visibility.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.xml import attributes, local

if TYPE_CHECKING:
    from lxml import etree

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, DRAW, STYLE, TABLE, OFFICE = (f"{_URN}{name}:1.0}}" for name in ("text", "drawing", "style", "table", "office"))
PRESENTATION, META, FORM = (f"{_URN}{name}:1.0}}" for name in ("presentation", "meta", "form"))
FO, SVG = f"{_URN}xsl-fo-compatible:1.0}}", f"{_URN}svg-compatible:1.0}}"
XLINK, DC = "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
_LENGTH = re.compile(r"(-?(?:[0-9]{1,7}(?:\.[0-9]*)?|\.[0-9]+))\s*(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_MOVE = re.compile(r"translate\s*\(\s*([^\s,)]+)[\s,]+([^\s,)]+)\s*\)")


def length(value: str | None) -> float | None:
    """A length in points, None where there is none or nothing can be that long."""
    found = _LENGTH.match(value or "")
    return float(found[1]) * _POINTS[found[2]] if found else None


def moved(transform: str | None) -> tuple[float, float] | None:
    """Where a transformation moves a shape to, in points."""
    found = _MOVE.search(transform or "")
    if not found:
        return None
    x, y = length(found[1]), length(found[2])
    return None if x is None or y is None else (x, y)


class Styles:
    """All styles of a document, by family and name."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
        self.masters: dict[str, etree._Element] = {}
        self._layouts: dict[str, tuple[float, float]] = {}

    def add(self, root: etree._Element) -> None:
        """Take in the styles of a part."""
        for style in root.iter(STYLE + "style", STYLE + "default-style"):
            said = {key: value for item in style if local(item.tag).endswith("-properties") for key,
                value in attributes(item)}
            outline = style.get(STYLE + "default-outline-level", "")
            if outline:
                said["outline"] = outline
            self._found[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = (
                style.get(STYLE + "parent-style-name", ""), said)
        for layout in root.iter(STYLE + "page-layout"):
            page = layout.find(STYLE + "page-layout-properties")
            width = length(page.get(FO + "page-width")) if page is not None else None
            height = length(page.get(FO + "page-height")) if page is not None else None
            if width and height:
                self._layouts[layout.get(STYLE + "name", "")] = (width, height)
        for master in root.iter(STYLE + "master-page"):
            self.masters[master.get(STYLE + "name", "")] = master

    def get(self, family: str, name: str | None, key: str) -> str:
        """What a style says, itself or by the one it is based on; '' where nobody says."""
        seen = 0
        while name and seen < 30:
            parent, said = self._found.get((family, name), ("", {}))
            if key in said:
                return said[key]
            name, seen = parent, seen + 1
        return ""

    def page(self, master: str) -> tuple[float, float] | None:
        """Width and height of the pages of a master, in points."""
        found = self.masters.get(master)
        return self._layouts.get(found.get(STYLE + "page-layout-name", "")) if found is not None else None

    def fill(self, family: str, name: str | None) -> str:
        """RRGGBB of a plain opaque fill; '' for none or any other."""
        if self.get(family, name, DRAW + "fill") not in ("solid", "") or self.get(family, name,
                DRAW + "opacity") not in ("", "100%"):
            return ""
        return self.get(family, name, DRAW + "fill-color").lstrip("#").upper()

    def based(self, family: str, name: str | None, wanted: str) -> bool:
        """Whether a style is another one, or based on it."""
        for _ in range(30):
            if not name or name == wanted:
                break
            name = self._found.get((family, name), ("", {}))[0]
        return name == wanted
