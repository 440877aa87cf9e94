"""Every part that could not be read becomes a finding: what was not read cannot be vouched for."""

from __future__ import annotations

from collections.abc import Iterable

from content.document import Unit
from rules.detector import Hit, Scan


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


DETECTOR = NotRead()
