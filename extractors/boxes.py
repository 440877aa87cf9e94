"""How two boxes on a page or slide stand to each other. Only geometry: who is opaque and who is seen is said elsewhere."""

from __future__ import annotations

from content.document import Box


def inside(inner: Box, outer: Box) -> bool:
    """Whether a box lies within another; edges may be the same."""
    return (outer.x <= inner.x and outer.y <= inner.y and inner.x + inner.width <= outer.x + outer.width
            and inner.y + inner.height <= outer.y + outer.height)


def touch(one: Box, two: Box) -> bool:
    """Whether two boxes share an area."""
    return (one.x < two.x + two.width and two.x < one.x + one.width and one.y < two.y + two.height
            and two.y < one.y + one.height)
