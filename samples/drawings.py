"""The pictures of the sample decks, drawn from plain shapes.

No letters are drawn: fonts are rendered differently from machine to machine, and nothing may hide in the pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 720)
INK = (34, 48, 58)
TEAL = (31, 78, 95)
ORANGE = (196, 106, 31)
CREAM = (250, 243, 232)
GREY = (205, 199, 189)
PALE = (221, 232, 234)


def draw(name: str) -> bytes:
    """PNG bytes of a drawing. Raises KeyError when there is none of that name."""
    image = Image.new("RGB", SIZE, CREAM)
    _DRAWINGS[name](ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _sky(pen: ImageDraw.ImageDraw, top: tuple[int, int, int], bottom: tuple[int, int, int], height: int = 720) -> None:
    for y in range(height):
        share = y / height
        pen.line([(0, y), (SIZE[0], y)],
                 fill=tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))


def _tablet(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    pen.rounded_rectangle([x, y, x + 150, y + 210], 16, fill=INK)
    pen.rectangle([x + 14, y + 18, x + 136, y + 186], fill=PALE)
    for row, width in enumerate((90, 60, 100, 74, 40)):
        pen.rectangle([x + 26, y + 34 + row * 28, x + 26 + width, y + 44 + row * 28], fill=TEAL if row % 2 == 0 else ORANGE)
    pen.ellipse([x + 70, y + 192, x + 80, y + 202], fill=GREY)


def _rack(pen: ImageDraw.ImageDraw, x: int, width: int) -> None:
    for shelf in range(4):
        y = 160 + shelf * 140
        pen.rectangle([x, y, x + width, y + 12], fill=INK)
        for box in range(3):
            left = x + 12 + box * (width // 3)
            tall = 60 + ((shelf * 3 + box) * 17) % 40
            pen.rectangle([left, y - tall, left + width // 3 - 26, y], fill=(ORANGE, GREY, TEAL)[(shelf + box) % 3])
    for pole in (x, x + width - 12):
        pen.rectangle([pole, 60, pole + 12, 690], fill=INK)


def _pillar(pen: ImageDraw.ImageDraw) -> None:
    _rack(pen, 40, 290)
    _rack(pen, 630, 290)
    pen.rectangle([410, 0, 550, 720], fill=GREY)
    _tablet(pen, 405, 250)


def _portals(pen: ImageDraw.ImageDraw) -> None:
    for index in range(3):
        x = 50 + index * 200
        pen.rectangle([x, 300, x + 160, 460], outline=INK, width=6)
        pen.polygon([(x, 300), (x + 40, 250), (x + 200, 250), (x + 160, 300)], outline=INK, fill=PALE)
        pen.rectangle([x, 490, x + 160, 520], fill=GREY)
    pen.rectangle([730, 60, 850, 720], fill=GREY)
    _tablet(pen, 715, 250)


def _closer(pen: ImageDraw.ImageDraw) -> None:
    for x in (50, 510):
        pen.rectangle([x, 140, x + 400, 580], fill=PALE, outline=INK, width=5)
    pen.rectangle([90, 170, 410, 320], fill=(255, 255, 255), outline=GREY, width=4)
    for row in range(4):
        pen.rectangle([110, 190 + row * 30, 110 + 240 - row * 40, 200 + row * 30], fill=GREY)
    pen.ellipse([170, 360, 330, 520], fill=TEAL)
    pen.line([(230, 370), (246, 430), (224, 470), (250, 515)], fill=ORANGE, width=6)
    pen.ellipse([540, 180, 880, 550], fill=TEAL)
    pen.line([(670, 190), (720, 330), (650, 430), (740, 545)], fill=ORANGE, width=16)


def _months(pen: ImageDraw.ImageDraw) -> None:
    pen.line([(90, 80), (90, 640), (900, 640)], fill=INK, width=6)
    down = [(110 + month * 150, 130 + round(470 * (1 - 0.55 ** month))) for month in range(6)]
    up = [(110 + month * 150, 610 - round(380 * (1 - 0.7 ** month))) for month in range(6)]
    pen.line(down, fill=ORANGE, width=12, joint="curve")
    pen.line(up, fill=TEAL, width=12, joint="curve")
    for x, y in down:
        pen.ellipse([x - 12, y - 12, x + 12, y + 12], fill=ORANGE)
    for x, y in up:
        pen.ellipse([x - 12, y - 12, x + 12, y + 12], fill=TEAL)


def _tank(pen: ImageDraw.ImageDraw) -> None:
    _sky(pen, (120, 140, 150), (52, 66, 74))
    pen.ellipse([160, 80, 800, 220], fill=(150, 160, 164))
    pen.rectangle([160, 150, 800, 620], fill=(96, 110, 118))
    pen.ellipse([160, 550, 800, 690], fill=(70, 84, 92))
    for y in range(220, 620, 80):
        pen.arc([160, y - 70, 800, y + 70], 0, 180, fill=(76, 90, 98), width=4)
    pen.rectangle([450, 300, 510, 400], fill=ORANGE)
    pen.ellipse([440, 260, 520, 320], fill=(230, 180, 120))


def _garden(pen: ImageDraw.ImageDraw) -> None:
    _sky(pen, (236, 226, 200), (250, 243, 232))
    for index in range(5):
        x = 110 + index * 185
        tall = 140 + (index * 67) % 190
        pen.line([(x, 600), (x, 600 - tall)], fill=TEAL, width=10)
        pen.ellipse([x - 42, 560 - tall, x + 42, 640 - tall], fill=ORANGE if index % 2 else TEAL)
    pen.rectangle([0, 600, 960, 720], fill=(120, 92, 66))


def _path(pen: ImageDraw.ImageDraw) -> None:
    _sky(pen, (208, 224, 228), (250, 243, 232), 400)
    pen.polygon([(0, 400), (960, 400), (960, 720), (0, 720)], fill=(150, 168, 128))
    pen.polygon([(440, 400), (520, 400), (760, 720), (200, 720)], fill=CREAM)
    for step in range(5):
        y = 430 + step * 58
        pen.ellipse([474 - step * 9, y, 492 + step * 9, y + 12 + step * 4], fill=ORANGE)


_DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "pillar": _pillar, "portals": _portals, "closer": _closer, "months": _months, "tank": _tank,
    "garden": _garden, "path": _path,
}
