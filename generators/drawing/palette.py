"""The two colours of the profile and what is mixed from them; nothing is drawn that cannot be read.

A card has one ink on one ground. Every tint is a mix of the two, so a picture needs one channel and a ramp of 256
colours, and the contrast of all its text is the contrast of the pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from content import look
from content.errors import BadSettings

#: WCAG 2.2, success criterion 1.4.3: the least contrast of text with its ground.
LEAST = 4.5


@dataclass(frozen=True, slots=True)
class Palette:
    """`ground` behind `ink`, both #RRGGBB, at least 4.5 to 1."""

    ground: str
    ink: str

    @property
    def turned(self) -> Palette:
        """The same pair the other way round: it has the same contrast."""
        return Palette(self.ink, self.ground)

    @property
    def reading(self) -> str:
        """The colour for longer text on the ground: what contrasts most of the ink and the two colours of all text."""
        return max((self.ink, look.INK, look.PAPER), key=lambda colour: look.contrast(self.ground, colour))

    def tint(self, share: float) -> str:
        """The ground with a share of the ink in it, 0 to 1."""
        return "#" + "".join(
            f"{round(a + (b - a) * share):02X}" for a, b in zip(rgb(self.ground), rgb(self.ink), strict=True))

    def ramp(self) -> bytes:
        """256 RGB triples from the ground to the ink: what a channel of coverage is coloured with."""
        pairs = list(zip(rgb(self.ground), rgb(self.ink), strict=True))
        return bytes(round(a + (b - a) * step / 255) for step in range(256) for a, b in pairs)


def palette(pair: tuple[str, str]) -> Palette:
    """The palette of a profile: ground and ink.

    Raises BadSettings when a colour is not written #RRGGBB or the two are less than 4.5 to 1 apart (WCAG 2.2, 1.4.3).
    """
    try:
        ratio = look.contrast(*pair)
    except ValueError:
        raise BadSettings("profile.palette", "has a colour that is not written #RRGGBB",
                          'Write it as palette = ["#A8432A", "#FFF7ED"], background first') from None
    if ratio < LEAST:
        raise BadSettings("profile.palette", f"has a contrast of {ratio:.2f} to 1, and text needs {LEAST} to 1",
                          "Take a darker and a lighter colour")
    return Palette(*pair)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #RRGGBB, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
