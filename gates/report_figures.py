"""The figures of each draft as report.html shows them: one row a piece, what was not measured said so."""

from __future__ import annotations

from dataclasses import dataclass

from content.draft import Draft
from content.pack import Pack
from gates.wording import Wording

_NOTHING = "–"
#: Kinds that are read through, of which prose is measured.
_READ = frozenset({"blog", "audio"})


@dataclass(frozen=True, slots=True)
class Figures:
    """The two tables: pieces with their prose, posts with their counts."""

    pieces: list[tuple[str, str, tuple[str, ...]]]
    posts: list[tuple[str, str, str, str]]


def figures(pack: Pack, anchors: dict[str, str], words: Wording) -> Figures:
    """Figures of all drafts: (anchor, name, cells) for a piece, (anchor, name, counted, limit) for a post."""
    by_gate = {gate.gate: gate.drafts for gate in pack.gates}
    unknown = {name for gate in pack.gates for name in gate.not_measured}
    pieces: list[tuple[str, str, tuple[str, ...]]] = []
    posts: list[tuple[str, str, str, str]] = []
    for draft in pack.drafts:
        if draft.limit is not None:
            counted, limit = _counted(draft, by_gate.get("limits", {}).get(draft.name, {}), words)
            posts.append((anchors[draft.name], draft.name, counted, limit))
            continue
        trace = by_gate.get("trace", {}).get(draft.name, {})
        prose = by_gate.get("prose", {}).get(draft.name)
        slips = by_gate.get("proofreading", {}).get(draft.name)
        quality = by_gate.get("quality", {}).get(draft.name, {})
        pieces.append((anchors[draft.name], draft.name, (
            _number(trace.get("words"), words),
            words.say("traced_of", traced=_number(trace.get("traced"), words), all=_number(trace.get("sentences"), words)),
            _share(trace.get("template_share")),
            _measured(prose, "reading_ease", "reading ease", unknown, words, kind=draft.kind),
            _measured(prose, "fragments", "fragments", unknown, words, kind=draft.kind, share=True),
            _measured(slips, "slips_per_100_words", "slips", unknown, words, kind=draft.kind),
            _share(quality.get("overlap")))))
    return Figures(pieces, posts)


def _counted(draft: Draft, found: dict[str, float], words: Wording) -> tuple[str, str]:
    limit = draft.limit
    assert limit is not None
    ceilings = {limit.unit: limit.limit, **limit.also}
    shown = [unit for unit in ceilings if unit in found and (unit == limit.unit or found[unit])]
    return (", ".join(f"{found[unit]:g} {words.name('unit', unit)}" for unit in shown),
            ", ".join(f"{ceilings[unit]:g}" for unit in shown))


def _measured(found: dict[str, float] | None, figure: str, name: str, unknown: set[str], words: Wording, *,
              kind: str, share: bool = False) -> str:
    if found is not None and figure in found:
        return _share(found[figure]) if share else _number(found[figure], words)
    return words.say("not_measured") if name in unknown and kind in _READ else _NOTHING


def _number(value: float | None, words: Wording) -> str:
    return _NOTHING if value is None else words.number(value)


def _share(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.0%}".replace("%", " %")
