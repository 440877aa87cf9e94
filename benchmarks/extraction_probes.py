"""One word for each place where a file can hold text, and what reading it should say of it: the measure of extraction.

`files()` makes the files, each with the probes planted in it. The tests read every file by `extractors.extract`; the
benchmark counts for us and for the peers. All words are made up, none is in two places, and none holds another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from content.document import Document, Part

#: What a probe expects besides its part: an audience saw it; nobody did, as is the way of that place; or a reason that
#: stands in the block's `where`. `hidden slide` is said by the unit, `unread` by the list of what was not read.
SHOWN, ASIDE, HIDDEN_SLIDE, UNREAD = "shown", "aside", "hidden slide", "unread"


@dataclass(frozen=True, slots=True)
class Probe:
    """A word in one place: the kind of file, the place in plain words, the parts it may come out under, how it was seen."""

    kind: str
    place: str
    word: str
    part: Part | None
    seen: str = SHOWN
    unit: int | None = None

    @property
    def name(self) -> str:
        """For tables and test ids."""
        return f"{self.kind}: {self.place}"

    def wrong(self, document: Document) -> str:
        """What is wrong with the reading of this place, '' when the word is there with the right part and visibility."""
        if self.seen == UNREAD:
            listed = [entry for entry in document.unread if self.word.lower() in f"{entry.where} {entry.why}".lower()]
            return "" if listed else "not listed as unread"
        found = [(unit, block) for unit, block in document.blocks() if self.word.lower() in block.text.lower()]
        if not found:
            return "not found"
        if self.seen not in (SHOWN, HIDDEN_SLIDE) and any(block.readable for _, block in found):
            return "taken for seen by an audience"
        fits = [(unit, block) for unit, block in found if block.part is self.part]
        if not fits:
            return f"found as {', '.join(sorted({block.part for _, block in found}))}"
        if self.unit is not None and all(unit.number != self.unit for unit, _ in fits):
            return f"found on {fits[0][0].kind} {fits[0][0].number}"
        for unit, block in fits:
            if self.seen in (SHOWN, HIDDEN_SLIDE):
                if block.visible and unit.hidden == (self.seen == HIDDEN_SLIDE):
                    return ""
            elif not block.visible and (self.seen == ASIDE or self.seen in block.where):
                return ""
        return f"seen as {fits[0][1].visible}, {fits[0][1].where!r}"


@dataclass(slots=True)
class Planter:
    """Hands out words and notes where each is put. `start` keeps the words of two files apart."""

    kind: str
    start: int
    probes: list[Probe] = field(default_factory=list)

    def word(self, place: str, part: Part | None, seen: str = SHOWN, unit: int | None = None) -> str:
        """The next word, for this place."""
        word = made_up(self.start + len(self.probes))
        self.probes.append(Probe(self.kind, place, word, part, seen, unit))
        return word

    def unread(self, place: str, word: str) -> None:
        """Expect a part to be listed as unread, by its name or its reason."""
        self.probes.append(Probe(self.kind, place, word, None, UNREAD))


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with its probes."""

    name: str
    data: bytes
    probes: tuple[Probe, ...]


def made_up(number: int) -> str:
    """A word of twelve letters that no language has; the same for the same number, never part of another."""
    letters = ""
    for base in (20, 5, 20, 5, 20):
        number, which = divmod(number, base)
        letters += ("bcdfghjklmnprstvwxzq" if base == 20 else "aeiou")[which]
    return f"Quombly{letters}"


def files() -> Iterator[Planted]:
    """Every file of office, markup and mail formats, made anew."""
    from benchmarks import (
        extraction_probes_deck,
        extraction_probes_mail,
        extraction_probes_open,
        extraction_probes_word,
        extraction_probes_written,
    )

    for module in (extraction_probes_deck, extraction_probes_word, extraction_probes_open, extraction_probes_written,
                   extraction_probes_mail):
        yield from module.files()
