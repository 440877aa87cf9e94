"""Colours and fonts of everything people see: one family for report, desk, cards and carousel.

Values only, and the arithmetic that the contrast tests use. Topic hues are OKLCH colours of equal lightness (0.50 on
paper, 0.78 in the dark) at the hues 38, 85, 145, 200, 260 and 330 degrees.
"""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parent / "assets" / "fonts"

PAPER, INK, QUIET, LINE, ACCENT, CREAM = "#FFFBF5", "#23201C", "#6B6258", "#E7DED2", "#A8432A", "#FFF7ED"
DARK_PAPER, DARK_INK, DARK_QUIET, DARK_LINE, DARK_ACCENT = "#191715", "#F1EBE2", "#B5AB9E", "#3A352F", "#E79A7E"
SEVERITY = {"high": "#9B1C1C", "medium": "#8A5A00", "low": "#3F5B3A"}
DARK_SEVERITY = {"high": "#F2A0A0", "medium": "#E8BE6A", "low": "#A9C9A2"}
TOPIC_HUES = ("#954B34", "#7E5D00", "#38733C", "#00747B", "#3E639F", "#844B80")
DARK_TOPIC_HUES = ("#EAA48E", "#D2B373", "#93C794", "#6AC9CE", "#96B9F1", "#D9A3D3")


def hue(number: int) -> int:
    """Index of the hue of a topic, counted from 1."""
    return (number - 1) % len(TOPIC_HUES)


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB as WCAG 2 defines it, 0 to 1. Raises ValueError on another form."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"a colour is written #RRGGBB, not {colour!r}")
    channels = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
