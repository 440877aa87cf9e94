"""The pieces as report.html prints them: every sentence with the place it comes from and what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from content import look
from content.draft import Draft, Origin, Sentence
from content.pack import Pack
from gates.report_rows import ORDER
from gates.wording import Wording
from language.fold import folded
from language.numbers import spans
from language.source import SourceIndex, SourceSentence

#: Source sentences shown for one sentence, and characters of each.
_MOST, _LONG = 3, 320


@dataclass(frozen=True, slots=True)
class Said:
    """A run of text; `place` is '' for wording of the template. `quotes` is what its source says, where that differs."""

    text: str
    place: str = ""
    quotes: tuple[str, ...] = ()
    same: bool = False
    by_hand: bool = False
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One draft."""

    anchor: str
    title: str
    path: str
    name: str
    hue: int
    topic: int | None
    angle: str
    words: int
    units: str
    platform: str
    said: tuple[Said, ...]


def anchors(pack: Pack) -> dict[str, str]:
    """Draft name -> the id of its place on the page."""
    return {draft.name: f"p{number}" for number, draft in enumerate(pack.drafts, start=1)}


def pieces(pack: Pack, index: SourceIndex, kind: str, words: Wording) -> list[tuple[str, list[Piece]]]:
    """The drafts by kind, in the order in which they are read."""
    names = anchors(pack)
    by_kind: dict[str, list[Piece]] = {}
    for draft in pack.drafts:
        by_kind.setdefault(draft.kind, []).append(_piece(draft, names[draft.name], index, kind, words))
    known = [each for each in ORDER if each in by_kind] + sorted(set(by_kind) - set(ORDER))
    return [(each, by_kind[each]) for each in known]


def _piece(draft: Draft, anchor: str, index: SourceIndex, kind: str, words: Wording) -> Piece:
    units = sorted({unit for segment in draft.segments for unit in index.units(segment.sources)})
    return Piece(
        anchor, draft.title.text, draft.path, draft.name, look.hue(draft.topic or 1), draft.topic,
        words.name("angle", draft.angle) if draft.angle else "", len(draft.text.split()),
        f"{words.name('units' if len(units) > 1 else 'unit', kind)} {spans(units)}" if units else "",
        words.name("platform", draft.limit.key.partition(".")[0]) if draft.limit else "",
        tuple(_said(segment, index, kind, words) for segment in draft.segments))


def _said(segment: Sentence, index: SourceIndex, kind: str, words: Wording) -> Said:
    if segment.origin is Origin.TEMPLATE:
        return Said(segment.text)
    sources = [index.by_id[name] for name in segment.sources if name in index.by_id]
    places = dict.fromkeys(_place(each, kind, words) for each in sources)
    same = _plain(segment.text) == _plain(" ".join(each.text for each in sources))
    shown = () if same else tuple(each.text[:_LONG] + ("…" if len(each.text) > _LONG else "") for each in sources[:_MOST])
    return Said(segment.text, "; ".join(places) or "?", shown, same, segment.origin is Origin.EDITOR,
                segment.origin is Origin.MODEL)


def _place(source: SourceSentence, kind: str, words: Wording) -> str:
    return f"{words.name('unit', kind)} {source.unit}, {words.name('part', source.part.value)}"


def _plain(text: str) -> str:
    return " ".join(folded(text.replace("\\", "")).split())
