"""The sentences of a source by their ids, for those who write from them and those who check what was written.

A source sentence's id is `<block id>.<n>`, n counted from 1 in its block. Generators put these ids on what they write;
the trace gate looks them up here. Both use this one index, so an id can never mean two things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from content.document import Block, Body, Part, Unit
from language.sentences import split


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One sentence of the source; `text` is verbatim."""

    id: str
    text: str
    unit: int
    block: str
    part: Part


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """All readable sentences of a document, by id and by unit, in reading order."""

    by_id: dict[str, SourceSentence]
    by_unit: dict[int, tuple[SourceSentence, ...]] = field(default_factory=dict)

    def texts(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The verbatim texts of ids. Raises KeyError on an id that the source does not have."""
        return tuple(self.by_id[name].text for name in ids)

    def units(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The unit numbers of ids, each once, in order of first mention; unknown ids are passed over."""
        return tuple(dict.fromkeys(self.by_id[name].unit for name in ids if name in self.by_id))


def sentences_of(unit: Unit, block: Block) -> tuple[SourceSentence, ...]:
    """The sentences of one block with their ids."""
    return tuple(
        SourceSentence(f"{block.id}.{n}", block.text[start:end], unit.number, block.id, block.part)
        for n, (start, end) in enumerate(split(block.text), start=1)
    )


def index(body: Body) -> SourceIndex:
    """Index every readable sentence of the visible units of a document."""
    by_id: dict[str, SourceSentence] = {}
    by_unit: dict[int, tuple[SourceSentence, ...]] = {}
    for unit in body.content_units():
        own = [s for block in unit.blocks if block.readable for s in sentences_of(unit, block)]
        by_unit[unit.number] = tuple(own)
        by_id.update((sentence.id, sentence) for sentence in own)
    return SourceIndex(by_id, by_unit)
