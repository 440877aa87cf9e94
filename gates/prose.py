"""The prose gate: how the drafts that are read from beginning to end read. It measures and warns, and refuses nothing.

Fragments and reading ease of every draft; slips are proofreading's, overlap is quality's. What cannot be measured in a
language is named, with the reason.
"""

from __future__ import annotations

from content.draft import Draft, Origin
from content.pack import GateResult
from gates.fragments import can_measure, fragments, running
from gates.work import Work
from language.reading import has_formula, reading_ease
from language.sentences import sentences
from language.words import word_list

#: Kinds that are read through; the sentences of the others stand alone.
_READ = frozenset({"blog", "audio"})
_WARN_FRAGMENTS = 0.20


class ProseGate:
    """Measures prose, so that an editor knows where to look first."""

    name = "prose"

    def check(self, work: Work) -> GateResult:
        """Figures for each draft that is read through, and for all of them together."""
        read = [draft for draft in work.drafts if draft.kind in _READ]
        figures: dict[str, dict[str, float]] = {}
        warnings: list[str] = []
        for draft in read:
            figures[draft.name], doubts = _measured(draft)
            warnings += [f"{draft.name}: {doubt}" for doubt in doubts]
        unknown: dict[str, str] = {}
        for language in sorted({draft.language for draft in read}):
            unknown |= _unknown(language)
        return GateResult(gate=self.name, passed=True, warnings=tuple(warnings), drafts=figures,
                          figures=_together(list(figures.values())), not_measured=unknown)


GATE = ProseGate()


def _measured(draft: Draft) -> tuple[dict[str, float], list[str]]:
    said = [each for segment in draft.segments if segment.origin is not Origin.TEMPLATE
            for each in sentences(segment.text)]
    out: dict[str, float] = {}
    doubts: list[str] = []
    if (ease := reading_ease(said, draft.language)) is not None:
        out["reading_ease"] = ease
    whole = list(running(draft))
    if can_measure(draft.language) and whole:
        share = fragments(whole) / len(whole)
        out["fragments"] = round(share, 4)
        if share > _WARN_FRAGMENTS:
            doubts.append(f"{share:.0%} of its sentences have no verb")
    return out, doubts


def _together(figures: list[dict[str, float]]) -> dict[str, float]:
    """The mean of each figure over the drafts that have it."""
    names = sorted({name for each in figures for name in each})
    values = {name: [each[name] for each in figures if name in each] for name in names}
    return {name: round(sum(each) / len(each), 4) for name, each in values.items()}


def _unknown(language: str) -> dict[str, str]:
    out: dict[str, str] = {}
    if not can_measure(language):
        out["fragments"] = f"no tagger for the language {language}"
    if not has_formula(language):
        out["reading ease"] = f"no formula for the language {language}"
    if not word_list("cliche", language):
        out["worn phrases"] = f"no list for the language {language}"
    return out
