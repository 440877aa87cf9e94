"""Every part that could not be read becomes a finding: what was not read cannot be vouched for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content.document import Unit
from rules.detector import Hit, Scan
from rules.natural import is_language


class NotRead:
    """The detector for unread parts."""

    name = "unread"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each unread part, grouped by where it is."""
        units = {unit.number: unit for unit in scan.document.units}
        for part in scan.document.unread:
            unit = units.get(part.unit) or Unit(number=part.unit, kind="file")
            why = scan.catalogue.rule("unread.part").why
            yield Hit("unread.part", None, unit, 0, 0, part.where, part.where, 1.0, why=f"{why} Reason: {part.why}")
        yield from _unparsed(scan)


def _unparsed(scan: Scan) -> Iterator[Hit]:
    """Say so when names were looked for by lists and cues alone: no model of the language, or too long a text."""
    skipped = [unit for unit, block in scan.texts() if block.id not in scan.docs and is_language(block, any_length=True)]
    if skipped:
        yield Hit("unread.names", None, skipped[0], 0, 0, f"names {scan.language}", f"names, language {scan.language}", 1.0)


DETECTOR = NotRead()
