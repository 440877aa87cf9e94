"""DrawingML text and colour: paragraphs out of a text body, and which of their runs an audience cannot see.

Runs are joined as they stand, with no blank between them: Office splits runs at spelling marks and format changes, in
the middle of names, addresses and keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors import visibility
from extractors.xml import MC, A, M, attributes, local, number

if TYPE_CHECKING:
    from lxml import etree

_P, _R, _BR, _FLD, _T, _PPR, _RPR = (A + name for name in ("p", "r", "br", "fld", "t", "pPr", "rPr"))
_NUMBERS = A + "buAutoNum"
_RUNS = frozenset({_R, _FLD})
_END, _SOLID, _NO_FILL, _CLEAR = A + "endParaRPr", A + "solidFill", A + "noFill", f"*/{A}alpha[@val='0']"
_RGB, _SCHEME, _SYSTEM = A + "srgbClr", A + "schemeClr", A + "sysClr"
_CLEARING = (_NO_FILL, A + "alpha")
_OTHER_FILLS = frozenset({A + "gradFill", A + "blipFill", A + "pattFill"})
_TINY = 400  # hundredths of a point


@dataclass(slots=True)
class Paragraph:
    """A paragraph: what is seen of it, what is hidden in it and why, its list level, largest explicit size (0: inherited)."""

    text: str
    hidden: str
    level: int
    size: int
    why: str = ""
    #: How many characters of the file it was read from.
    letters: int = 0
    #: The program sets a number before it.
    numbered: bool = False


@dataclass(slots=True)
class Palette:
    """A slide's colours: scheme names to RRGGBB through the master's colour map, and its plain background ('' if none)."""

    scheme: dict[str, str] = field(default_factory=dict)
    background: str = ""

    def colour(self, fill: etree._Element | None) -> str:
        """RRGGBB of a solid fill, with its changes of shade behind it; '' for everything else. Good for comparing only."""
        if fill is None or len(fill) != 1:
            return ""
        chosen = fill[0]
        kind, value = chosen.tag, chosen.get("val", "")
        if kind == _SCHEME:
            colour = self.scheme.get(value, "")
        elif kind == _RGB:
            colour = str(value).upper()
        else:
            colour = str(chosen.get("lastClr", "")).upper() if kind == _SYSTEM else ""
        if not colour or not len(chosen):
            return colour
        changes = [(local(change.tag), change.get("val", "")) for change in chosen]
        if any(name.startswith("alpha") for name, _ in changes):
            return ""
        return colour + "".join(f" {name} {amount}" for name, amount in changes)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text looks where its runs say nothing: its colour ('' where not known), its size, the scale of its box."""

    colour: str = ""
    size: int = 0
    scale: float = 1.0


PLAIN = Manner()


def paragraphs(body: etree._Element, beneath: str = "", palette: Palette | None = None, manner: Manner = PLAIN
               ) -> list[Paragraph]:
    """The paragraphs of a text body. `beneath` is the colour the text stands on, '' when it is not known for sure."""
    found = []
    unseen = ""
    if manner is not PLAIN:
        unseen = visibility.TINY if 0 < manner.size * manner.scale < _TINY else ""
        unseen = unseen or (visibility.SAME_COLOUR if beneath and manner.colour == beneath else "")
    # Most texts say nothing of colours, and then only the size of a run is looked at.
    coloured = next(body.iter(*_CLEARING), None) is not None or (
        beneath != "" and next(body.iter(_SOLID), None) is not None)
    for p in body:
        if p.tag != _P:
            continue
        seen: list[str] = []
        hidden: list[str] = []
        why = ""
        level = size = letters = 0
        numbered = False
        for child in p:
            tag = child.tag
            if tag in _RUNS:
                text, properties = None, None
                for inner in child:
                    if inner.tag == _T:
                        text = inner.text
                        letters += len(text) if text else 0
                    elif inner.tag == _RPR:
                        properties = inner
                if not text:
                    continue
                reason = unseen
                if properties is not None:
                    own = properties.get("sz")
                    if own:
                        size = max(size, number(own))
                    if coloured or unseen:
                        reason = _unseen(properties, beneath, palette, manner, unseen)
                    elif own and number(own, _TINY) * manner.scale < _TINY:
                        reason = visibility.TINY
                if reason:
                    hidden.append(text)
                    why = why if reason in why else f"{why}, {reason}" if why else reason
                else:
                    seen.append(text)
            elif tag == _BR:
                seen.append("\n")
            elif tag == _PPR:
                level = number(child.get("lvl"))
                numbered = child.find(_NUMBERS) is not None
            elif tag != _END:
                seen.append(_formula(child))
                letters += len(seen[-1])
        found.append(Paragraph("".join(seen), "".join(hidden), level, size, why, letters, numbered))
    return found


def _formula(element: etree._Element) -> str:
    """A formula in a paragraph, or what mc:AlternateContent shows there first, wrappers opened."""
    if element.tag == MC + "AlternateContent":
        chosen = element.find(MC + "Choice")
        element = element if chosen is None else chosen
    return "".join(t.text or "" for t in element.iter(M + "t", _T))


def _unseen(properties: etree._Element, beneath: str, palette: Palette | None, manner: Manner, inherited: str) -> str:
    """Why an audience cannot see a run, '' when it can. What the run says itself goes before what it inherits."""
    size = properties.get("sz")
    if size and number(size, _TINY) * manner.scale < _TINY:
        return visibility.TINY
    if size and inherited == visibility.TINY:
        inherited = ""
    for child in properties:
        tag = child.tag
        if tag == _NO_FILL:
            return visibility.NO_COLOUR if properties.find(A + "ln") is None else ""
        if tag == _SOLID:
            if child.find(_CLEAR) is not None:
                return visibility.NO_COLOUR
            same = beneath and palette is not None and palette.colour(child) == beneath
            return visibility.SAME_COLOUR if same else "" if inherited == visibility.SAME_COLOUR else inherited
        if tag in _OTHER_FILLS:
            return "" if inherited == visibility.SAME_COLOUR else inherited
    return inherited


def text_of(element: etree._Element) -> str:
    """All text below an element: paragraphs on lines, runs joined without blanks."""
    lines = []
    for p in element.iter(_P):
        line = "".join("\n" if t.tag == _BR else t.text or "" for t in p.iter(_T, _BR, M + "t"))
        if line.strip():
            lines.append(line)
    return "\n".join(lines)


def scheme_of(theme: etree._Element | None, colour_map: etree._Element | None) -> dict[str, str]:
    """Scheme colour names to RRGGBB: the theme's twelve, and the map's aliases (bg1, tx1, ...)."""
    colours: dict[str, str] = {}
    if theme is not None:
        for item in theme.iterfind(f"{A}themeElements/{A}clrScheme/*"):
            if len(item):
                colours[local(item.tag)] = str(item[0].get("lastClr") or item[0].get("val") or "").upper()
    if colour_map is not None:
        for alias, name in attributes(colour_map):
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
