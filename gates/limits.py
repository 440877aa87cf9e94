"""The limits gate: no text is longer than its platform takes, counted by that platform's own rule."""

from __future__ import annotations

from content.draft import Draft
from content.pack import GateResult
from gates.work import Work
from language.counting import count


class LimitsGate:
    """Refuses a draft over a hard limit; an advisory one only warns."""

    name = "limits"

    def check(self, work: Work) -> GateResult:
        """Count every draft that declares a limit."""
        reasons: list[str] = []
        warnings: list[str] = []
        refused: list[str] = []
        figures: dict[str, dict[str, float]] = {}
        for draft in work.drafts:
            if draft.limit is None:
                continue
            over, figures[draft.name] = _over(draft)
            if over and draft.limit.hard:
                refused.append(draft.name)
                reasons += over
            else:
                warnings += over
        return GateResult(gate=self.name, passed=not refused, reasons=tuple(reasons), warnings=tuple(warnings),
                          refused=tuple(refused), drafts=figures, figures={"counted": len(figures)})


GATE = LimitsGate()


def _over(draft: Draft) -> tuple[list[str], dict[str, float]]:
    limit = draft.limit
    assert limit is not None
    text = draft.text.strip()
    over: list[str] = []
    figures: dict[str, float] = {}
    for unit, ceiling in {limit.unit: limit.limit, **limit.also}.items():
        figures[unit] = count(text, unit)
        if figures[unit] > ceiling:
            over.append(f"{draft.name}: {figures[unit]:.0f} {unit}, and {limit.key} takes {ceiling}")
    return over, figures
