"""Is the deck's own title and description worth anything? Left-over placeholders, shouting, names that nobody searches for.

Quality holds no pack: the description generator offers better ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.document import Block, Part
from language.fold import folded
from language.words import content_words
from rules.detector import Hit, Scan

_PLACEHOLDER = re.compile(
    r"^(?:power ?point(?:[- ]?presentat(?:ion|ie))?|presentation ?\d*|presentat(?:ie|ion) ?\d*|slide ?\d+|dia "
    r"?\d+|untitled.*|naamloos.*|"
    r"title|titel|new presentation|nieuwe presentatie|document ?\d*|click to (?:add|edit).*|klik om .*|lorem ipsum.*|"
    r"microsoft (?:power ?point|word).*|(?:blank|default|corporate|standard|company|our)? ?(?:template|theme|"
    r"sjabloon).*|"
    r"test|draft|final|copy of .*|kopie van .*|office theme|kantoorthema|insert title.*|your title.*|"
    r".*\.(?:pptx?|potx?|docx?|pdf))$",
    re.IGNORECASE,
)
_NO_DESCRIPTION = re.compile(
    r"^(?:this is (?:a|the|my) (?:presentation|deck|talk|document|file)\b.{0,80}|(?:a|my|the) (?:presentation|"
    r"talk|deck)(?: (?:about|i|for|on)\b.{0,40})?|"
    r"dit is (?:een|de|mijn) (?:presentatie|document)\b.{0,80}|enjoy.*|see (?:title|above)|n/?a|none|tbd|todo|"
    r"description|omschrijving|"
    r"test|slides|deck|presentation|presentatie|lorem ipsum.*)$",
    re.IGNORECASE | re.DOTALL,
)


class Quality:
    """The detector for useless titles and descriptions."""

    name = "quality"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield what is wrong with the file's own title and description."""
        document = scan.document
        if not any(unit.kind == "file" for unit in document.units) and not document.title:
            return
        title = document.properties.get("title", "") or document.title
        if title.strip():
            yield from _title(scan, title.strip())
        for key in ("description", "comments", "subject"):
            text = document.properties.get(key, "").strip()
            if text and (_NO_DESCRIPTION.match(text) or _PLACEHOLDER.match(text)):
                yield _hit(scan, "quality.description", text)


def _title(scan: Scan, title: str) -> Iterator[Hit]:
    if _PLACEHOLDER.match(title):
        yield _hit(scan, "quality.title.placeholder", title)
    elif title.isupper() and len(title) > 12:
        yield _hit(scan, "quality.title.capitals", title)
    elif len(title.split()) == 1:
        yield _hit(scan, "quality.title.short", title)
    elif not _recurs(scan, title):
        yield _hit(scan, "quality.title.foreign", title)


def _recurs(scan: Scan, title: str) -> bool:
    """Whether any telling word of the title is said on a slide."""
    wanted = content_words(title, scan.language)
    if not wanted:
        return False
    return any(
        wanted & content_words(block.text, scan.language)
        for unit in scan.document.content_units() for block in unit.blocks if block.readable
    )


def _hit(scan: Scan, rule: str, text: str) -> Hit:
    home = next((unit for unit in scan.document.units if unit.number == 0), None) or scan.document.units[0]
    block = _property(home.blocks, text)
    return Hit(rule, block, home, 0, len(block.text) if block else 0, folded(text), text[:60], 0.9)


def _property(blocks: tuple[Block, ...], text: str) -> Block | None:
    return next((block for block in blocks if block.part is Part.PROPERTY and block.text.strip() == text), None)


DETECTOR = Quality()
