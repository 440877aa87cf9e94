"""What the styles of an HTML page hide: rules for one tag, class or id, and the style attribute. Nothing is laid out.

Rules that depend on where an element stands, or on the screen, are passed over: a browser would be needed to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import visibility

if TYPE_CHECKING:
    from lxml import etree

_BRACES = re.compile(r"([{}])")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)?)", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*:\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(r"""(?:url\(|@import)\s{0,9}['"]?((?!data:)[^'")\s;]{3,2000})""")
_SIZE = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|)")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_NAMES = {"white": "ffffff", "black": "000000", "red": "ff0000", "transparent": "", "inherit": "", "none": ""}
_OFFSETS = ("left", "top", "right", "text-indent", "margin-left", "margin-top")
_MOST_RULES = 20_000


class StyleSheet:
    """The rules of a page that can be told without laying it out."""

    def __init__(self, root: etree._Element) -> None:
        self.rules: dict[str, dict[str, str]] = {}
        self.said: list[str] = []
        count = 0
        for style in root.iter("style"):
            text, remarks = _without_remarks(style.text or "")
            self.said += remarks
            self.said += [one or two for one, two in _CONTENT.findall(text)]
            self.said += _ADDRESS.findall(text)
            for selectors, body in _rules(text):
                said = declarations(body)
                for selector in selectors.split(","):
                    if count < _MOST_RULES and _SIMPLE.fullmatch(selector.strip()):
                        count += 1
                        self.rules.setdefault(selector.strip(), {}).update(said)

    def of(self, element: etree._Element, tag: str) -> dict[str, str]:
        """The declarations that hold for an element itself."""
        found: dict[str, str] = {}
        for selector in _selectors(element, tag):
            found.update(self.rules.get(selector, {}))
        if element.get("style"):
            found.update(declarations(element.get("style", "")))
        return found


def _without_remarks(text: str) -> tuple[str, list[str]]:
    """A style sheet without its comments, and the comments. One that never ends runs to the end, as in browsers."""
    pieces, remarks, at = [], [], 0
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        end = len(text) if end < 0 else end
        pieces.append(text[at:start])
        remarks.append(text[start + 2:end].strip())
        at = end + 2
    return "".join((*pieces, text[at:])), remarks


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that stand in no other rule. Cut at braces, once from left to right."""
    depth, before = 0, ""
    for piece in _BRACES.split(text):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            before = piece.rpartition(";")[2]
        elif depth == 1 and before and "@" not in before:
            yield before, piece
            before = ""


def _selectors(element: etree._Element, tag: str) -> Iterator[str]:
    yield tag
    for name in (element.get("class") or "").split()[:50]:
        yield f".{name}"
        yield f"{tag}.{name}"
    if element.get("id"):
        yield f"#{element.get('id')}"
        yield f"{tag}#{element.get('id')}"


def declarations(text: str) -> dict[str, str]:
    """Names and values of a list of declarations, lower case."""
    found = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def hides(said: dict[str, str], ground: str) -> str:
    """Why an element with these declarations is not seen, '' when it is; `ground` is the colour it stands on."""
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse") or _zero(said.get("opacity")):
        return "hidden by its style"
    size = _points(said.get("font-size"))
    if size is not None and size < 4:
        return visibility.TINY
    placed = said.get("position") in ("absolute", "fixed", "relative") or "text-indent" in said
    for name in _OFFSETS if placed else ():
        offset = _points(said.get(name))
        if offset is not None and offset <= -500:
            return "beside the page"
    clipped = re.sub(r"[\s,]|px", "", said.get("clip", ""))
    if clipped in ("rect(0000)", "rect(1111)") or (said.get("overflow") == "hidden" and (
            _zero(said.get("height")) or _zero(said.get("width")) or _zero(said.get("max-height")))):
        return "hidden by its style"
    ink = colour(said.get("color", ""))
    return visibility.SAME_COLOUR if ink and ink == (ground_of(said) or ground) else ""


def ground_of(said: dict[str, str]) -> str:
    """The plain colour that an element is painted in, '?' for a picture or a gradient, '' for none."""
    value = said.get("background-color") or said.get("background", "")
    if "url(" in value or "gradient" in value or "background-image" in said:
        return "?"
    return colour(value.split(" ")[0]) if value and not value.startswith("rgb") else colour(value)


def colour(value: str) -> str:
    """RRGGBB of a colour, lower case; '' where it is not known."""
    value = value.strip().lower()
    if value.startswith("#"):
        digits = value[1:7]
        return "".join(char * 2 for char in digits[:3]) if len(digits) in (3, 4) else digits if len(digits) == 6 else ""
    found = re.match(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)", value)
    if found:
        return "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _NAMES.get(value, "")


def _points(value: str | None) -> float | None:
    found = _SIZE.match(value or "")
    try:
        return float(found[1]) * _POINTS[found[2]] if found else None
    except ValueError:
        return None


def _zero(value: str | None) -> bool:
    return bool(value) and re.fullmatch(r"0(\.0+)?(px|pt|em|rem|%)?", value or "") is not None
