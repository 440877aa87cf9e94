"""Lists as their author made them: a list of a document stays whole, in its order and with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from generators.material import ItemList
from generators.prose_bullets import Kind, Node, item
from generators.prose_line import Line

#: Words of an item; what is longer is a paragraph with a number.
_ITEM = 60


def listed(lines: Sequence[Line]) -> bool:
    """Whether lines of running text are one flat list of items."""
    return len(lines) > 1 and lines[0].level > 0 and len({(line.shape, line.level) for line in lines}) == 1 and not any(
        line.code or len(line.text.split()) > _ITEM for line in lines)


def item_list(lines: Sequence[Line]) -> ItemList:
    """Such lines as a list: numbered where their author numbered them, an item of several sentences in one piece."""
    return ItemList(tuple(item(Node(line, Kind.NOUN)) for line in lines), None, all(line.numbered for line in lines))
