"""Styles of Word documents: heading levels, lists, and what runs look like where they do not say (hidden, colour, size)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors import visibility
from extractors.xml import W, local, number

if TYPE_CHECKING:
    from lxml import etree

#: Names of heading styles in the languages that Word writes them in, with their level. RTF has the same.
HEADING = re.compile(r"(?:heading|kop|überschrift|titre|título|titolo|nadpis)\s*([1-9])", re.IGNORECASE)
#: Formats of a numbering that count.
_COUNTING = frozenset({"decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "ordinal",
                       "ordinalText", "cardinalText"})
#: Names of the styles of block quotations.
_QUOTE = re.compile(r"(?:intense )?(?:block )?quot(?:e|ation)\b|(?:duidelijk )?citaat\b|bloktekst\b", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: hidden or not, its colour ('' automatic), half points (0 inherited), its fill ('?': some)."""

    hidden: bool = False
    colour: str = ""
    size: int = 0
    ground: str = ""

    def over(self, properties: etree._Element | None) -> Look:
        """The same with what run properties say themselves."""
        if properties is None or not len(properties):
            return self
        hidden, colour, size, ground = self.hidden, self.colour, self.size, self.ground
        for item in properties:
            kind = local(item.tag)
            if kind in ("vanish", "webHidden"):
                hidden = kind == "vanish" and item.get(W + "val", "1") not in _OFF
            elif kind == "color":
                colour = _colour(item.get(W + "val", ""))
            elif kind == "sz":
                size = number(item.get(W + "val"))
            elif kind == "shd":
                ground = fill(item) or ground
            elif kind == "highlight" and item.get(W + "val") != "none":
                ground = "?"
        return Look(hidden, colour, size, ground)

    def unseen(self, ground: str) -> str:
        """Why nobody sees a run on this ground ('' not known), '' when it is seen."""
        if self.hidden:
            return visibility.HIDDEN
        if 0 < self.size < 8:
            return visibility.TINY
        return visibility.SAME_COLOUR if self.colour and self.colour == (self.ground or ground) else ""


def fill(shading: etree._Element | None) -> str:
    """RRGGBB of a shading, '?' for a pattern, '' for none."""
    if shading is None:
        return ""
    colour = _colour(shading.get(W + "fill", ""))
    plain = shading.get(W + "val", "clear") in ("clear", "nil")
    return colour if plain else "?"


def _colour(value: str) -> str:
    return value.upper() if len(value) == 6 else ""


class Styles:
    """All styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self.levels: dict[str, int] = {}
        self.lists: set[str] = set()
        #: Styles of block quotations.
        self.quotes: set[str] = set()
        #: Style -> the numbering that its paragraphs have, and the level there.
        self.numbers: dict[str, tuple[str, int]] = {}
        self._based: dict[str, str] = {}
        self._runs: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        for style in root.iter(W + "style") if root is not None else ():
            self._read(style)
        for name, parent in self._based.items():
            if name not in self.levels and parent in self.levels:
                self.levels[name] = self.levels[parent]

    def _read(self, style: etree._Element) -> None:
        name, shown = style.get(W + "styleId", ""), _value(style.find(W + "name"))
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        match = HEADING.match(shown)
        self._based[name] = _value(style.find(W + "basedOn"))
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            self.numbers[name] = (_value(numbered.find(W + "numId")), number(_value(numbered.find(W + "ilvl"))))
        if numbered is not None or shown.lower().startswith("list"):
            self.lists.add(name)
        if _QUOTE.match(shown):
            self.quotes.add(name)
        if shown.lower() in ("title", "titel", "titre"):
            self.levels[name] = 0
        elif outline is not None and number(outline.get(W + "val"), 9) < 9:
            self.levels[name] = number(outline.get(W + "val")) + 1
        elif match:
            self.levels[name] = int(match[1])
        properties = style.find(W + "rPr")
        if properties is not None:
            self._runs[name] = properties
        shade = style.find(f"{W}pPr/{W}shd")
        if shade is not None and fill(shade):
            self._looks[name] = Look(ground=fill(shade))

    def look(self, style: str, under: Look | None = None) -> Look:
        """How runs of a style look, over what lies under it."""
        chain: list[str] = []
        while style and style not in chain and len(chain) < 30:
            chain.append(style)
            style = self._based.get(style, "")
        found = under or Look()
        for name in reversed(chain):
            shaded = self._looks.get(name)
            if shaded is not None:
                found = replace(found, ground=shaded.ground)
            found = found.over(self._runs.get(name))
        return found


def counted_lists(root: etree._Element | None) -> frozenset[tuple[str, int]]:
    """The numberings of a document (`numbering.xml`) that count, by id and level: 1, 2, 3 or a, b, c, and no bullets."""
    if root is None:
        return frozenset()
    levels = {abstract.get(W + "abstractNumId", ""): {
        number(level.get(W + "ilvl")) for level in abstract.iter(W + "lvl")
        if _value(level.find(W + "numFmt")) in _COUNTING} for abstract in root.iter(W + "abstractNum")}
    return frozenset((num.get(W + "numId", ""), level) for num in root.iter(W + "num")
                     for level in levels.get(_value(num.find(W + "abstractNumId")), ()))


def _value(element: etree._Element | None) -> str:
    return str(element.get(W + "val", "")) if element is not None else ""
