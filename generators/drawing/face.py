"""The shipped faces at a weight: how wide text is, whether a face has its characters, a font to draw with.

Widths are measured once for each word at one large size and scaled: the shipped files carry no hinting, so letters keep
their proportions at every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from content.look import FONTS
from generators.drawing.truetype import TrueType, read

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_REFERENCE = 500


@dataclass(frozen=True, slots=True)
class Face:
    """A file of content/assets/fonts and a weight from 400 to 700."""

    name: str
    weight: int = 400

    def at(self, size: int) -> FreeTypeFont:
        """The font to draw with at a size in pixels."""
        return _font(self.name, self.weight, size)

    def width(self, text: str, size: float) -> float:
        """Width of a line in pixels (or points) at a size."""
        return _width(self.name, self.weight, text) * size / _REFERENCE

    def kerning(self, pair: str) -> float:
        """By how much two letters move together (negative) or apart, in thousandths of the size."""
        return _kerning(self.name, self.weight, pair)

    def covers(self, text: str) -> bool:
        """Whether the face has every character of a text; white space needs no glyph."""
        known = self.file.characters
        return all(char.isspace() or ord(char) in known for char in text)

    @property
    def file(self) -> TrueType:
        """The font file, read; its outlines are those of weight 400."""
        return _file(self.name)


#: Reading text, and everything around it.
SERIF, SANS, SANS_BOLD = Face("Literata"), Face("OpenSans"), Face("OpenSans", 650)
#: A quotation on a dark ground wants a little more weight than ink on paper does.
SERIF_STRONG = Face("Literata", 500)


@cache
def _file(name: str) -> TrueType:
    return read((FONTS / f"{name}.ttf").read_bytes())


@cache
def _font(name: str, weight: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(FONTS / f"{name}.ttf", size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _width(name: str, weight: int, text: str) -> float:
    return _font(name, weight, _REFERENCE).getlength(text)


@cache
def _kerning(name: str, weight: int, pair: str) -> float:
    from PIL import features

    # Ligatures would pass for kerning; without the shaping library there are neither.
    wanted = ["-liga"] if features.check("raqm") else None
    font = _font(name, weight, _REFERENCE)
    together = font.getlength(pair, features=wanted)
    return (together - font.getlength(pair[0]) - font.getlength(pair[1])) * 1000 / _REFERENCE
