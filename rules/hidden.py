"""What is in the file and was not on the screen: hidden slides, invisible text, comments, attached files.

One finding for a unit, not one for every line: the point is that somebody looks. Parts that could not be read at all are
findings too, and hold a pack until a person accepts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.document import Block, Part, Unit
from content.finding import Severity
from language.fold import folded
from rules.detector import Hit, Scan

_WORDS = re.compile(r"[^\W\d_]{2,}")
_COMMENTS = frozenset({Part.COMMENT, Part.ANNOTATION})
_FILES = frozenset({Part.EMBEDDED, Part.ATTACHMENT})
_UNSEEN = frozenset({Part.HIDDEN_TEXT})
#: What can be put out of sight by hand; labels and cached values of charts are not shown by nature.
_BY_HAND = frozenset({Part.TITLE, Part.BODY, Part.TABLE})
#: What extractors say of text that somebody meant to take out and only covered. It is the worst place for a word.
_REDACTION = "failed redaction"
#: What extractors say of small letters that are drawn for everybody to see (see `rules.small_print`).
_SMALL_PRINT = "small print"
#: From so many words on, invisible text says something.
_TELLING = 4


class Hidden:
    """The detector for what an audience did not see."""

    name = "hidden"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each hidden unit, each unit with invisible text, each attached file, each comment."""
        for unit in scan.document.units:
            texts = [block for block in unit.blocks if block.text.strip()]
            if unit.hidden and texts:
                yield hit_of("hidden.unit", unit, texts[0], f"unit {unit.number}", unit.title or texts[0].text)
            elif unit.number > 0:
                unseen = [block for block in texts if is_unseen(block) and not is_small_print(block)]
                if unseen:
                    yield from _invisible(unit, texts, unseen)
            yield from _aside(unit, texts)


def hit_of(rule: str, unit: Unit, block: Block, key: str, label: str, severity: Severity | None = None) -> Hit:
    """A hit on a whole block, its label short enough for a line."""
    flat = " ".join(label.split())
    return Hit(rule, block, unit, 0, len(block.text), key, flat if len(flat) <= 60 else flat[:57] + "...", 0.95,
               severity=severity)


def is_small_print(block: Block) -> bool:
    """Whether a text was drawn for everybody, but very small."""
    return block.where.startswith(_SMALL_PRINT)


def is_unseen(block: Block) -> bool:
    """Whether an audience did not see a text that stands on its unit."""
    return block.part in _UNSEEN or (not block.visible and block.part in _BY_HAND)


def _invisible(unit: Unit, texts: list[Block], unseen: list[Block]) -> Iterator[Hit]:
    blacked = [block for block in unseen if _REDACTION in block.where]
    most = max(blacked or unseen, key=lambda block: (len(_WORDS.findall(block.text)), block.id))
    shown = {folded(block.text) for block in texts if block.visible and block.part not in _UNSEEN}
    said = sum(len(_WORDS.findall(block.text)) for block in unseen if folded(block.text) not in shown)
    severity = Severity.HIGH if blacked else Severity.MEDIUM if said >= _TELLING else Severity.LOW
    yield hit_of("hidden.text", unit, most, f"text {unit.number}", most.text, severity)


def _aside(unit: Unit, texts: list[Block]) -> Iterator[Hit]:
    files: set[str] = set()
    for block in texts:
        if block.part in _COMMENTS:
            yield hit_of("hidden.comment", unit, block, "comments", "comments left in the file")
        elif block.part in _FILES and block.where not in files:
            files.add(block.where)
            yield hit_of("hidden.file", unit, block, f"file {block.where}", block.where or "attached file")


DETECTOR = Hidden()
