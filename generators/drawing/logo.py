"""The logo of the profile as one ink: it takes the colours of the palette, so that it can be read wherever the text can.

A logo with transparent parts gives its shape by them; any other by how far each pixel is from the colour of its corners.
Nothing of the file but the shape of its pixels is used: no metadata, no colour.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadSettings

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 40_000_000
_LARGEST = 1600
#: Alpha from which a pixel counts as opaque.
_OPAQUE = 250


@dataclass(frozen=True, slots=True)
class Logo:
    """How much ink each pixel takes, 0 to 255, row by row."""

    width: int
    height: int
    ink: bytes

    def within(self, width: float, height: float) -> tuple[int, int]:
        """Width and height at which it fills a box without being stretched, at least a pixel each."""
        scale = min(width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))

    def at(self, width: int, height: int) -> Image:
        """The ink as a picture of one channel at a size in pixels."""
        from PIL import Image

        return Image.frombytes("L", (self.width, self.height), self.ink).resize((width, height), Image.Resampling.LANCZOS)


@cache
def logo(file: Path | None) -> Logo | None:
    """The logo of a file, cut to what has ink; None without a file. Raises BadSettings when it cannot be drawn."""
    if file is None:
        return None
    from PIL import Image, ImageChops, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(file.read_bytes()), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise BadSettings("profile.logo", "has more than 40 million pixels", "Save it smaller")
            opened.thumbnail((_LARGEST, _LARGEST))
            picture = opened.convert("RGBA")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadSettings("profile.logo", "cannot be opened as a picture", "Save it as a PNG once more") from None
    ink = picture.getchannel("A")
    if min(ink.tobytes()) > _OPAQUE:
        ground = Image.new("RGB", picture.size, picture.convert("RGB").getpixel((0, 0)))
        apart = ImageChops.difference(picture.convert("RGB"), ground).convert("L")
        strongest = max(1, *apart.tobytes())
        ink = apart.point([min(255, value * 255 // strongest) for value in range(256)])
    box = ink.getbbox()
    if box is None:
        raise BadSettings("profile.logo", "is empty: every pixel is the same", "Name another picture")
    cut = ink.crop(box)
    return Logo(cut.width, cut.height, cut.tobytes())
