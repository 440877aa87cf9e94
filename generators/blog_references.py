"""Where a blog draft sends its reader on, and where its figures come from: the deck's own references, each with one piece.

An entry stands under a piece that holds most of its words, or whose slides name it, and only where somebody outside could
find what it names. Nothing is looked up, completed or reworded; what cannot be followed is asked of the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.document import Part
from content.draft import Sentence
from generators.blog_close import every
from generators.blog_plan import Piece
from generators.context import Context
from generators.material import Passage, unit_of
from generators.prose_cues import Cues, cues
from generators.prose_line import lines_of, untyped
from language.fold import folded
from language.numbers import numbers_in
from language.words import content_words

#: Entries of the reference list of a deck that one piece has.
_LINKS = 5
#: Sources that the slides of a piece name themselves.
_OWN = 4
#: Share of a reference's words that a piece must hold to carry it.
_NEAR = 0.6
#: Words of weight of an entry that can be told from any other.
_NAMED = 2
#: Words of a line with a verb and a full stop that is a sentence and no entry.
_TOLD = 6
#: Words of an entry that names a source without saying where; a longer one is a sentence about it.
_SOURCE = 16
#: Words of a line that is one entry.
_LINE = 60
#: The number of an entry, as a text cites it.
_NUMBER = re.compile(r"(\[\d{1,3}\])\s+(?=\w)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: An address, a number of a book, of a rule or of a fault, or a title in quotation marks: something that a reader can find.
_FOLLOWABLE = re.compile(r"https?://|\bwww\.|\b[\w-]{2,}\.(?:com|org|net|edu|gov|eu|nl|be|de|uk|io)\b|\bdoi\b|\bISBN\b|"
                         r"\b(?:CVE|CWE|RFC|ISO|arXiv)[ :-]?\d[\w-]*|[“\"«][^“”\"«»]{8,}[”\"»]", re.IGNORECASE)
#: An author, a title and a year: "Surname, A. (2019). Ropes", "A. Surname: Ropes, 2019".
_BOOK = re.compile(r"^(?:\[\d{1,3}\]\s+)?(?:[A-Z][\w.’'-]*[ ,]+){1,8}.*(?:[a-z]{3,}\W+){2,}.*\b(?:19|20)\d\d\b|"
                   r"^(?:\[\d{1,3}\]\s+)?[A-Z][\w’'-]+,? .*\((?:19|20)\d\d\w?\)")
#: Sources that make a reading list.
_READING = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """The references of a piece as they are printed: to read on, and of its own figures."""

    read: tuple[Sentence, ...]
    figures: tuple[Sentence, ...]
    #: The author names several works, and none that can be followed.
    bare: bool


def references(plan: Sequence[Piece], context: Context) -> list[tuple[Sentence, ...]]:
    """For each piece the entries of the deck's own references that are nearest to it, each for one piece only, and what its
    slides name themselves.
    """
    asides = sorted({unit for topic in context.topics for unit, kind in topic.asides.items() if kind == "references"})
    language = context.cleared.language
    cue = cues(language)
    words = [content_words(" ".join(_of(piece)), language) for piece in plan]
    out: list[list[Sentence]] = [[] for _ in plan]
    whole = _whole_lines(asides, context)
    listed: set[tuple[str, ...]] = set()
    for entry in (entry for unit in asides for entry in context.index.by_unit.get(unit, ())):
        own = content_words(_ADDRESS.sub(" ", entry.text), language)
        if entry.part == "title" or not 3 <= len(entry.text.split()) <= 40 or not own or not plan:
            continue
        if entry.text.startswith("[") and len(own) < 4:
            continue
        if len({word for word in own if word.isalpha()}) < _NAMED and not followable(Sentence(text=entry.text)):
            continue
        if not is_entry(entry.text, cue):
            continue
        share, best = max((len(own & each) / len(own), -n) for n, each in enumerate(words))
        findable = followable(Sentence(text=entry.text)) or len(entry.text.split()) <= _SOURCE
        line = whole.get(entry.id) or Sentence(text=untyped(entry.text), sources=(entry.id,))
        if share >= _NEAR and (findable or followable(line)) and len(out[-best]) < _LINKS and line.sources not in listed:
            listed.add(line.sources)
            out[-best].append(line)
    for links, piece in zip(out, plan, strict=True):
        links += _cited(piece, _LINKS + _OWN - len(links), cue)
    return [tuple(_unnumbered(entry, piece) for entry in each) for each, piece in zip(out, plan, strict=True)]


def _whole_lines(units: Sequence[int], context: Context) -> dict[str, Sentence]:
    """Id of a sentence -> the whole line that it stands in, on units of sources: authors, year, title and all."""
    lines = (line for unit in context.cleared.content_units() if unit.number in units for block in unit.blocks
             if block.readable and block.part is not Part.TITLE for line in lines_of(unit, block, context.cleared.language))
    out: dict[str, Sentence] = {}
    for line in lines:
        entry = Sentence(text=line.text, sources=line.sources)
        if len(line.text.split()) <= _LINE and followable(entry):
            out.update((name, entry) for name in line.sources)
    return out


def _unnumbered(entry: Sentence, piece: Piece) -> Sentence:
    """An entry without its number where nothing in the piece cites it: "Grey pages." for "[4] Grey pages."."""
    found = _NUMBER.match(entry.text)
    cited = found and any(found[1] in s.text for passage in piece.passages for s in every(passage))
    return entry if found is None or cited else entry.model_copy(update={"text": entry.text[found.end():]})


def _of(piece: Piece) -> Iterator[str]:
    """All that a piece is about: its titles, what it prints, and the short forms of its author."""
    units = {passage.unit for passage in piece.passages}
    for passage in piece.passages:
        yield from (s.text for s in (*every(passage), *((passage.heading,) if passage.heading else ())))
    yield from (s.text for material in piece.materials for s in (*material.points, material.title) if not s.sources
                or unit_of(s) in units)


def _cited(piece: Piece, room: int, cue: Cues) -> list[Sentence]:
    """The sources that the slides of a piece name themselves, as many of each slide as fit."""
    units = {passage.unit for passage in piece.passages}
    known: dict[int, list[Sentence]] = {}
    for entry in (entry for material in piece.materials for entry in material.references):
        if unit_of(entry) in units:
            known.setdefault(unit_of(entry), []).append(entry)
    out: list[Sentence] = []
    while len(out) < room and any(known.values()):
        for entries in known.values():
            if entries and len(out) < room:
                entry = entries.pop(0)
                if is_entry(entry.text, cue) and folded(entry.text) not in {folded(s.text) for s in out}:
                    out.append(entry)
    return out


def listed(links: Sequence[Sentence], piece: Piece, cue: Cues) -> Listed:
    """Of the references of a piece those that a reader can follow, or that it cites by their number, and the sources of its
    own figures: of the others those that a slide with a figure is about, but none of the works that slides name themselves.
    Names alone are no reading list: a reader would have to look them up, line by line.
    """
    cited = {s for m in piece.materials for s in m.references}
    bare = sum(s in cited for s in links) >= _READING and not any(followable(s) for s in links)
    read = [s for s in links if followable(s) or _NUMBER.match(s.text)]
    named = {*read, *cited}
    figures = [s for s in links if s not in named and any(_counts(s, p, cue) for p in piece.passages)]
    if len(figures) == 1 and (_is_told(figures[0], piece, cue) or not any(
            _figured(figures[0], p, cue) for p in piece.passages)):
        figures = []  # one that no figure speaks of, or that is told, is a stray line
    return Listed(() if bare else tuple(read), tuple(figures), bare)


def _is_told(source: Sentence, piece: Piece, cue: Cues) -> bool:
    """Whether a slide tells all that a source says of itself."""
    own = content_words(source.text, cue.language)
    return any(own <= content_words(" ".join(s.text for s in every(p)), cue.language) for p in piece.passages)


def _figured(source: Sentence, passage: Passage, cue: Cues) -> bool:
    """Whether a slide gives a figure in a sentence that speaks of a source, or under a title that does."""
    name = content_words(source.text.partition(",")[0].partition(":")[0], cue.language)
    heads = [each.text for each in (passage.heading, passage.run_in) if each]
    given = [s.text for s in every(passage) if numbers_in(s.text, cue.language)]
    return any(name & content_words(text, cue.language) for text in (*given, *(heads if given else ())))


def _counts(source: Sentence, passage: Passage, cue: Cues) -> bool:
    """Whether a slide gives a figure and speaks of a source: of half of its name in the title, or of what it is first."""
    name = source.text.partition(",")[0]
    words, text = content_words(name, cue.language), " ".join(s.text for s in every(passage))
    first = next((found for each in name.split() for found in content_words(each, cue.language)), "")
    head = content_words(passage.heading.text, cue.language) if passage.heading else frozenset()
    known = head | content_words(text, cue.language)
    about = 2 * len(words & head) >= len(words) or (
        (first in known or bool(words & head)) and len(words & known) >= _NEAR * len(words))
    return bool(words) and about and bool(numbers_in(text, cue.language))


def is_entry(text: str, cue: Cues) -> bool:
    """Whether a line among the sources names one: no thanks to anybody, no half of a list, no sentence that tells."""
    if cue.has("thanks", text) or text.rstrip().endswith(":") or cue.has("question", text):
        return False
    # A sentence tells; an entry has a name, at most with a full stop behind it.
    told = text.rstrip().endswith(".") and len(text.split()) > _TOLD and cue.has("finite", text)
    return not told or followable(Sentence(text=text))


def followable(entry: Sentence) -> bool:
    """Whether a reader outside could find what a reference names; a count of one's own can only be named as a source."""
    return _FOLLOWABLE.search(entry.text) is not None or _BOOK.search(entry.text) is not None
