"""The facts of a topic that somebody can be asked about: a source sentence, what kind it is, and where it stands.

Interviews, web chats, posts and the heads-up each take other facts and ask other things of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.draft import Sentence
from generators.alone import leans
from generators.material import Material
from language.fold import folded
from language.source import SourceIndex
from language.words import content_words

#: In the order in which they make people talk.
KINDS = ("story", "number", "example", "contrast", "myth", "quotation", "question", "advice", "point")
#: Words of a list entry that says something.
_ITEM = 6
_CODE = re.compile(r"[\[\]{}<>=|\\]|\w\(\)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of the source with its kind and its unit."""

    kind: str
    sentence: Sentence
    unit: int
    heading: Sentence | None = None
    #: The title of its slide, also one that is no heading.
    title: str = ""


def facts(material: Material, index: SourceIndex, language: str) -> Iterator[Fact]:
    """The facts of a topic, kinds in turn so that two neighbours are of different kinds, each sentence once."""
    pools = _pools(material)
    headings = {passage.unit: passage.heading for passage in material.passages}
    queues = {kind: [s for s in pools[kind] if not leans(s.text, language)] for kind in KINDS}
    taken: set[tuple[str, ...]] = set()
    said: set[str] = set()
    while any(queues.values()):
        for kind in KINDS:
            while queues[kind]:
                sentence = queues[kind].pop(0)
                units = index.units(sentence.sources)
                # A title that the notes begin with stands twice in the talk and is one fact.
                if not units or sentence.sources in taken or folded(sentence.text) in said:
                    continue
                taken.add(sentence.sources)
                said.add(folded(sentence.text))
                yield Fact(kind, sentence, units[0], headings.get(units[0]), material.titles.get(units[0], ""))
                break


def _pools(material: Material) -> dict[str, tuple[Sentence, ...]]:
    return {
        "story": material.stories, "number": material.numbers, "example": material.examples,
        "contrast": material.contrasts, "myth": material.myths, "quotation": material.quotations,
        "question": material.questions, "advice": material.advice, "point": material.best,
    }


def kinds_of(material: Material) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each ranked sentence of a topic is (KINDS, by its sources); a sentence may be a story and a number."""
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, pool in _pools(material).items():
        for sentence in pool:
            out[sentence.sources] = (*out.get(sentence.sources, ()), kind)
    return out


def items(material: Material, index: SourceIndex, language: str) -> Iterator[Fact]:
    """The entries of lists that are whole sentences and lean on nothing, in the order of the talk: what a talk of bullets
    has to say. One that leaves out its full stop gets it.
    """
    for passage in material.settled:
        # What a lead began is said by both of them only.
        for item in (item for each in passage.lists if each.lead is None for item in each.items):
            units = index.units(item.sources)
            said = set(item.sources) <= material.whole and len(item.text.split()) >= _ITEM and not _CODE.search(item.text)
            if units and said and item.text[0].isupper() and not leans(item.text, language):
                text = item.text if item.text[-1] in ".!?…”\"’)" else item.text.rstrip(" ,;:") + "."
                yield Fact("point", item.model_copy(update={"text": text}), units[0], passage.heading)


def alike(one: Sentence, other: Sentence, language: str) -> bool:
    """Whether two sentences say much the same: more than half of the shorter one's content words are shared."""
    return shared(one.text, other.text, language) > 0.5


def shared(one: str, other: str, language: str) -> float:
    """Share of the shorter text's content words that the other one has too, 0 to 1; 0 where one has none."""
    first, second = content_words(one, language), content_words(other, language)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
