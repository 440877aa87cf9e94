"""What a topic has to say, once, for every kind of piece: prose in the deck's order and its best sentences.

Passages hold sentences that can be printed as they are: notes first, then only what the slide says beyond them, bullets
turned into sentences, noun lists kept as lists. Everything carries the ids of the source sentences it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from content.draft import Sentence
from content.topic import Topic
from generators.page_reading import AS_TEXT, Reading


def length(sentences: Iterable[Sentence]) -> int:
    """Words of a row of sentences."""
    return sum(len(s.text.split()) for s in sentences)


def unit_of(sentence: Sentence) -> int:
    """The unit that a sentence comes from."""
    return int(sentence.sources[0].partition(".")[0].lstrip("s"))


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list that stays a list: the sentence that leads in (or None) and its items."""

    items: tuple[Sentence, ...]
    lead: Sentence | None = None
    #: Steps in an order, to be numbered.
    ordered: bool = False
    #: What is told speaks of its items: it stays as it is, whole.
    kept: bool = False
    #: Items that are told beside it too, and are here so that it is whole.
    told: frozenset[Sentence] = frozenset()
    #: Items that stand one step further in, under the one before them.
    deep: frozenset[Sentence] = frozenset()

    @property
    def own(self) -> tuple[Sentence, ...]:
        """What only the list says."""
        return tuple(s for s in self.items if s not in self.told)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one unit (or one run of builds) says: a heading, prose, and lists after it."""

    unit: int
    heading: Sentence | None
    prose: tuple[Sentence, ...]
    lists: tuple[ItemList, ...] = ()
    #: The prose comes from speaker notes (or running text), not from bullets.
    spoken: bool = True
    #: Running text of a page or section, not a slide.
    running: bool = False
    #: The same sentences as `prose`, in the paragraphs of the author; () means one paragraph.
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    #: A cue inside the notes of a unit ("CLICK - The photograph"): smaller than a heading, it runs into the paragraph.
    run_in: Sentence | None = None
    #: The run-in is a question, or what is left of one, and this answers it.
    asked: bool = False
    #: Program text, a line each: what the prose leads into, and comes after it, or what it explains, and comes before it.
    code: tuple[Sentence, ...] = ()
    explained: bool = False
    #: Table rows, first row the head, each cell traced; () when the unit has no table worth showing.
    table: tuple[tuple[Sentence, ...], ...] = ()
    #: The heading says what the axes of a chart show, and nothing of what is told over it.
    captioned: bool = False
    #: The line that names its table and stands above it, and the remark under it.
    caption: Sentence | None = None
    remark: Sentence | None = None
    #: What it says stands between quotation marks or was set as such, and who said it.
    quoted: bool = False
    speaker: Sentence | None = None
    #: What it stands under where that is no heading ("Foreword"); '' elsewhere.
    under: str = ""

    @property
    def rows(self) -> tuple[tuple[Sentence, ...], ...]:
        """Its prose in paragraphs, none of them empty."""
        return tuple(row for row in self.paragraphs or (self.prose,) if row)

    def retold(self, rows: Iterable[tuple[Sentence, ...]]) -> Passage:
        """The same passage with other paragraphs."""
        kept = tuple(rows)
        return replace(self, paragraphs=kept, prose=tuple(s for row in kept for s in row))

    @property
    def words(self) -> int:
        """Words of prose, lists and table; program text is not counted, nor what a list says over again to be whole."""
        return length(self.prose) + sum(length(each.own) for each in self.lists) + sum(length(row) for row in self.table)


@dataclass(frozen=True, slots=True)
class Material:
    """All that a topic offers. The ranked tuples hold whole source sentences, verbatim, best first."""

    topic: Topic
    title: Sentence
    passages: tuple[Passage, ...]
    numbers: tuple[Sentence, ...] = ()
    questions: tuple[Sentence, ...] = ()
    examples: tuple[Sentence, ...] = ()
    contrasts: tuple[Sentence, ...] = ()
    quotations: tuple[Sentence, ...] = ()
    #: Sentences that tell somebody to do something.
    advice: tuple[Sentence, ...] = ()
    #: Sentences in which the author tells what happened.
    stories: tuple[Sentence, ...] = ()
    #: Sentences that put a common belief right.
    myths: tuple[Sentence, ...] = ()
    #: Bullets that the notes say at more length, and that are therefore not in the passages: the author's own short form.
    points: tuple[Sentence, ...] = ()
    #: The best sentences of the topic whatever their kind, by MMR.
    best: tuple[Sentence, ...] = ()
    keyphrases: tuple[str, ...] = ()
    #: Ids of the source sentences that are whole sentences, with a verb of their own.
    whole: frozenset[str] = frozenset()
    #: Entries of the lists of sources on its units.
    references: tuple[Sentence, ...] = ()
    #: Unit -> why nothing of it is used (code, image, boilerplate, divider, ...).
    skipped: dict[int, str] = field(default_factory=dict)
    #: Units whose notes tell a trainer what to do, and are not used.
    directed: frozenset[int] = frozenset()
    #: Unit -> its own title, also one that is no heading ("Release notes").
    titles: dict[int, str] = field(default_factory=dict)
    #: Units with something open in them: they are in the passages, and in none of the ranked tuples.
    undecided: frozenset[int] = frozenset()
    #: How the pages of its document could be read.
    reading: Reading = AS_TEXT

    @property
    def settled(self) -> tuple[Passage, ...]:
        """The passages of units in which nothing is open that would be read into the rest: for posts, cards, questions."""
        return tuple(passage for passage in self.passages if passage.unit not in self.undecided)

    @property
    def words(self) -> int:
        """Words of all passages."""
        return sum(passage.words for passage in self.passages)
