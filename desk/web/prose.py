"""A piece as the desk shows it: every sentence is a link to the place where it can be looked at."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from language import drawn
from language.drawn import marked, notes_of

__all__ = ["Anchors", "markdown", "marked", "notes_of", "plain"]

#: What stands in the anchor of a sentence: number of the segment -> address, and what to say of it ("slide 3").
Anchors = Mapping[int, tuple[str, str]]


def markdown(text: str, anchors: Anchors, chosen: int = -1) -> tuple[Markup, Markup]:
    """Marked Markdown as HTML in two parts: up to the end of the block that holds the chosen sentence, and the rest."""
    return drawn.markdown(text, _around(anchors, chosen))


def plain(text: str, anchors: Anchors, chosen: int = -1) -> Markup:
    """Marked plain text as HTML; line breaks stay, the style shows them."""
    return drawn.plain(text, _around(anchors, chosen))


def _around(anchors: Anchors, chosen: int) -> drawn.Around:
    def around(number: int, first: bool) -> tuple[Markup, Markup] | None:
        if number not in anchors:
            return None
        address, said = anchors[number]
        here = Markup(' aria-current="true"') if number == chosen else Markup("")
        return Markup('<a class="said" href="{}" data-from="{}"{}>').format(address, said, here), Markup("</a>")

    return around
