"""What a blog draft closes with: what to take away, where to read on, where its figures come from.

A takeaway is the author's own short form, understood by somebody who reads nothing else, and true as it stands: a line
under "Signs that you are not ready" is a warning there and advice here, so it is not taken. Three are better than five,
and none is better than one that leans on the text above: nothing is ever made up to fill the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from content.document import Part
from content.draft import Sentence
from generators.alone import dangling, needs_another, whole_thought
from generators.blog_plan import Piece
from generators.context import Context
from generators.facts import shared
from generators.material import Passage, length, unit_of
from generators.prose_cues import Cues, cues
from generators.prose_line import lines_of, untyped
from language.fold import folded
from language.numbers import numbers_in
from language.pipeline import has_model, parse
from language.verbless import FINITE
from language.words import content_words

_MOST, _FEWEST, _SUMMED = 3, 3, 2
#: Things that a line may call "the" without having said which.
_LOOSE = 1
_SHORTEST, _LONGEST = 4, 22
#: A summary may be this share of its piece; one that is longer is the piece.
_SHARE = 0.3
_LIKE = 0.6
#: Share of its words that a take-away must have from the piece, and a line of the author's own summing up; slides that
#: take-aways come from at least, and at the end of a piece those that its last word comes from.
_KNOWN, _SUM, _SLIDES, _LAST = 0.5, 0.34, 2, 2
#: Slides of a piece of which one is not all; words of weight of a full line, and the share that a shorter one must have.
_PIECE, _FULL, _SHORT = 5, 5, 0.75
#: Letters that two forms of one word have in common.
_START = 3
_LINKS = 5
#: Finite verbs of a sentence with a clause as its subject.
_TWO = 2
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


def split_summary(piece: Piece, context: Context, cue: Cues) -> tuple[Piece, tuple[Sentence, ...]]:
    """The piece without the slide that sums it up, and the lines of that slide; the piece as it is when it has none."""
    kept: list[Passage] = []
    lines: list[Sentence] = []
    for passage in piece.passages:
        own = summary_of(passage, context, cue)
        lines += own
        if not own:
            kept.append(passage)
    lines = [s for s in lines if not (cue.has("question", s.text) or _half(s.text, cue) or cue.has("pronoun_start", s.text))]
    if not all(whole_thought(s.text, cue.language) for s in lines):
        return piece, ()
    words = length(lines)
    if not lines or not kept or words > _SHARE * piece.words:
        return piece, ()
    return replace(piece, passages=tuple(kept)), tuple(lines)


def summary_of(passage: Passage, context: Context, cue: Cues) -> list[Sentence]:
    """The lines of a slide that sums up, whole sentences with their full stop; [] for any other."""
    title = next((unit.title for unit in context.cleared.units if unit.number == passage.unit), "")
    own = [*passage.prose, *(s for each in passage.lists for s in each.items)]
    sums_up = not passage.running and not passage.table and cue.has("summary_title", title) and 2 <= len(own) <= 7
    return [_stopped(s) for s in own] if sums_up and all(len(s.text.split()) <= _LONGEST for s in own) else []


def takeaways(piece: Piece, summary: Sequence[Sentence], said: Iterable[Sentence], cue: Cues) -> tuple[Sentence, ...]:
    """The author's own summary, or else three short forms that stand alone; () rather than weak ones.

    `said` is what the piece prints; nothing of it is printed again.
    """
    said = list(said)
    printed = {folded(s.text) for s in said}
    units = {passage.unit for passage in piece.passages}
    warned = _warned(piece, cue)
    known = content_words(" ".join(s.text for s in said), cue.language)
    if summary:
        # The author's own sum is not mixed with lines of other slides.
        own = tuple(s for s in summary if _told(s, known, cue, _SUM))
        return own if len(own) >= _SUMMED else ()
    picked: list[Sentence] = []
    for s in (s for material in piece.materials for s in material.points):
        if unit_of(s) in units - warned and folded(s.text) not in printed and says_alone(s, known, cue) and _told(
                s, known, cue) and (all(shared(s.text, other.text, cue.language) < _LIKE for other in picked)):
            picked.append(s)
    if len(picked) < _FEWEST or (
            len({unit_of(s) for s in picked}) < _SLIDES and len(units) >= _PIECE):
        return ()
    # One of each slide where that is enough, and spread over the piece.
    firsts = list({unit_of(s): s for s in reversed(picked)}.values())[::-1]
    rest = firsts if len(firsts) >= _FEWEST else picked
    few = min(_MOST, len(rest))
    return tuple(rest[place * len(rest) // few] for place in range(few))


def closing(piece: Piece, summary: Sequence[Sentence], said: Iterable[Sentence], cue: Cues) -> tuple[Sentence, ...]:
    """The author's own last word on a piece without take-aways: what its summing up says in a line or two, or a statement
    that is the short form of what its last slides tell; () where none stands alone, or the piece has it in the same words.
    """
    said = list(said)
    words = [content_words(s.text, cue.language) for s in said]
    known = frozenset(word for each in words for word in each)
    own = tuple(s for s in summary if _told(s, known, cue, _SUM))
    if own:
        return own
    last = set(list(dict.fromkeys(p.unit for p in piece.passages))[-_LAST:]) - _warned(piece, cue)
    for s in reversed([s for m in piece.materials for s in m.points if unit_of(s) in last]):
        mine = content_words(s.text, cue.language)
        states = cue.has("finite", s.text) and not cue.has("advice", s.text)
        if len(s.text.split()) >= _TOLD and states and says_alone(s, known, cue) and _told(s, known, cue) and not any(
                len(mine & each) >= _LIKE * len(mine) for each in words):
            return (_stopped(s),)
    return ()


def _told(sentence: Sentence, known: frozenset[str], cue: Cues, least: float = _KNOWN) -> bool:
    """Whether a line speaks of what the piece tells: what is new in the last lines was never shown."""
    words = content_words(sentence.text, cue.language)
    # "owns" and "owner" have no stem in common, and a start.
    met = sum(word in known or any(word.startswith(each) or each.startswith(word) for each in known if len(each) >= _START)
              for word in words if len(word) >= _START or word in known)
    short = len(words) < _FULL and least >= _KNOWN
    return not known or met >= (_SHORT if short else least) * len(words)


def _warned(piece: Piece, cue: Cues) -> set[int]:
    """The units of a piece on which faults, fears or wishes stand."""
    warned = {p.unit for p in piece.passages for head in (p.heading, p.run_in) if head and _warns(head.text, cue)}
    return warned | {m.topic.first + n for m in piece.materials if _demands(m.title.text, cue)
                     for n in range(m.topic.last - m.topic.first + 1)}


def stands_alone(sentence: Sentence, cue: Cues) -> bool:
    """Whether a line is general and needs no other: it tells of no one day, points at nothing, and asks nothing."""
    text = sentence.text
    if not _SHORTEST <= len(text.split()) <= _LONGEST or cue.has("question", text) or text[0] in "“\"«‘" or any(
            char in text for char in "?=+→"):
        return False
    if needs_another(text, cue.language) or cue.has("bare_pronoun", text) or cue.has("narrative", text):
        return False
    # An instruction speaks to anybody; a statement with two bare figures is a line of a table.
    return len(re.findall(r"\d+", text)) < 2


def says_alone(sentence: Sentence, known: frozenset[str], cue: Cues) -> bool:
    """Whether a line that stands alone is also a sentence of its own, and names nothing that the reader has not met.

    `known` are the words of the piece that it closes.
    """
    text = sentence.text
    if not (stands_alone(sentence, cue) and whole_thought(text, cue.language)) or _half(text, cue):
        return False
    return dangling(text, known, cue.language) < _LOOSE


def _half(text: str, cue: Cues) -> bool:
    """"Who answers the fourth.", a clause that begins with its question word and of which nothing is said, and "Restricts
    types to scopes.", of which somebody stands elsewhere.
    """
    asks, known = cue.has("asking_start", text), cue.language == "en" and has_model("en")
    if not known:
        return asks and len(cue.single["finite"].findall(text)) < _TWO
    (doc,) = parse([text], cue.language)
    return doc[0].tag_ == "VBZ" or (asks and sum(token.tag_ in FINITE for token in doc) < _TWO)


def _warns(heading: str, cue: Cues) -> bool:
    """Whether what stands under a heading is a fault, a fear or an objection: as a line of its own it would be advice."""
    return cue.has("warning_title", heading) or _demands(heading, cue)


def _demands(heading: str, cue: Cues) -> bool:
    """Whether what stands under a heading is what a client asks for, which no reader is advised to do."""
    return cue.has("demand_title", heading) or cue.has("wish_title", heading)


def _stopped(sentence: Sentence) -> Sentence:
    text = sentence.text[:1].upper() + sentence.text[1:]
    return sentence.model_copy(update={"text": text if text[-1] in ".!?…”\"’" else text.rstrip(" ,;:") + "."})


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


def listed(links: Sequence[Sentence], piece: Piece, cue: Cues) -> tuple[list[Sentence], list[Sentence]]:
    """Of the references of a piece those that a reader can follow, or that it cites by their number, and the sources of its
    own figures: of the others those that a slide with a figure is about, but none of the works that slides name themselves.
    """
    read = [s for s in links if followable(s) or _NUMBER.match(s.text)]
    named = {*read, *(s for m in piece.materials for s in m.references)}
    return read, [s for s in links if s not in named and any(_counts(s, p, cue) for p in piece.passages)]


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


def every(passage: Passage) -> list[Sentence]:
    """All that a passage prints but its headings."""
    return [*passage.prose, *(s for each in passage.lists for s in each.items), *(c for row in passage.table for c in row)]
