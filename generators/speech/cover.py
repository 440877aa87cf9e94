"""The cover of an episode: 1400 pixels square, title and authors on the profile's colours. Drawn, never photographed.

Players and Apple's feed want one. Everything on it is text of the draft or of the profile.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from content.errors import BadSettings
from content.look import DARK_TOPIC_HUES, FONTS

#: Apple takes 1400 to 3000 pixels.
SIZE = 1400
_MARGIN = 130
_SIZES = (150, 128, 110, 94, 80, 68, 58)


def draw(title: str, authors: str, palette: tuple[str, str], topics: int) -> bytes:
    """A PNG file. `topics` is how many bands of light leave the prism. Raises BadSettings on colours that are none."""
    from PIL import Image, ImageColor, ImageDraw, ImageFont

    background, ink = palette
    try:
        ImageColor.getrgb(background), ImageColor.getrgb(ink)
    except ValueError:
        raise BadSettings("profile.palette", "is not two colours", "Write both as #RRGGBB") from None
    picture = Image.new("RGB", (SIZE, SIZE), background)
    pen = ImageDraw.Draw(picture)
    bands = max(1, min(topics, 8))
    wide = (SIZE - 2 * _MARGIN) / bands
    for band in range(bands):
        left = _MARGIN + band * wide
        pen.rectangle((round(left), 1150, round(left + wide) - 8, 1170), fill=ink)
        pen.rectangle((round(left), 1182, round(left + wide) - 8, 1240),
                      fill=DARK_TOPIC_HUES[band % len(DARK_TOPIC_HUES)])
    width = SIZE - 2 * _MARGIN
    for size in _SIZES:
        font = ImageFont.truetype(str(FONTS / "Literata.ttf"), size)
        lines = _wrap(title, font.getlength, width)
        if len(lines) * size * 1.2 <= 850 and all(font.getlength(each) <= width for each in lines):
            break
    else:
        lines = lines[:int(850 / (size * 1.2))]
    for place, each in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + round(place * size * 1.2)), each, font=font, fill=ink)
    if authors:
        small = ImageFont.truetype(str(FONTS / "OpenSans.ttf"), 44)
        shown = _wrap(authors, small.getlength, width)[0]
        pen.text((_MARGIN, 1070), shown, font=small, fill=ink)
    out = io.BytesIO()
    # Few colours make it small; Apple wants them as RGB, so a palette is not kept.
    picture.quantize(64, dither=Image.Dither.NONE).convert("RGB").save(out, "PNG", optimize=False, compress_level=9)
    return out.getvalue()


def _wrap(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
