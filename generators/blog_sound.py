"""What a finished piece says of things that were left out on the way to it, taken out at the end.

Sentences go for many reasons: they point at the screen, lead into program text, or were answered elsewhere. Whoever reads
"This changes both queries" then looks for queries. So the piece is laid beside its source once more: where something
stood between a sentence and the one before it as printed, what hangs on it goes, and a box or an answer of which most
is gone goes whole, with its label. Nothing is reworded, and nothing is put back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from content.document import Body, Part
from content.draft import Sentence
from generators.blog_loose import unnumbered
from generators.blog_plan import Piece
from generators.blog_unseen import Deck, deck_of, seen_only
from generators.material import ItemList, Passage
from generators.prose_cues import Cues
from generators.prose_noise import is_code
from generators.prose_notes import aside
from language.leaning import elliptic
from language.source import SourceIndex, SourceSentence
from language.verbless import can_tell, verbless
from language.words import content_words

#: Words of a line that says nothing of its own between two sentences ("Click.").
_SCRAP = 3
#: Where words stand on a slide beside its title, and how many of them make a caption.
_SHOWN, _CAPTION = (Part.BODY, Part.TABLE, Part.CHART), 6
#: Share of the words of a line that its slide says in print for it to be told, though not in these words.
_TOLD = 0.6
#: Share of the words of a box or an answer that must be left for it to stand, and words that stand whatever is gone.
_LEFT, _FULL = 0.5, 60
#: Headings with a number that are a row.
_ROW = 3
#: Words of the lead of a list that is a label.
_LABEL = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """What a deck says in its order: what stands before a sentence, and what stands in one box with it."""

    source: SourceIndex
    #: Place of a sentence among those of its stretch: the notes of a unit, or one box of it.
    place: Mapping[str, tuple[tuple[SourceSentence, ...], int]]
    deck: Deck

    def before(self, sentence: Sentence, cue: Cues) -> SourceSentence | None:
        """What stands before a sentence in its notes or its box, but for what was said to the room between the two; None
        where it is the first.
        """
        found = self.place.get(sentence.sources[0]) if sentence.sources else None
        earlier = found[0][:found[1]] if found else ()
        told = (s for s in reversed(earlier) if s.part is not Part.NOTES or not aside(s.text, cue))
        return next(told, earlier[-1] if earlier else None)

    def around(self, sentence: Sentence) -> tuple[SourceSentence, ...]:
        """The notes or the box that a sentence stands in."""
        found = self.place.get(sentence.sources[0]) if sentence.sources else None
        return found[0] if found else ()


def ground(body: Body, source: SourceIndex, pictured: Collection[int] = ()) -> Ground:
    """The stretches of a document: what is said over a slide, and each box on it. `pictured` are the slides that are a
    picture which is not printed.
    """
    box = {block.id: block.shape or block.id for unit in body.content_units() for block in unit.blocks}
    place: dict[str, tuple[tuple[SourceSentence, ...], int]] = {}
    for own in source.by_unit.values():
        stretches: dict[str, list[SourceSentence]] = {}
        for s in own:
            # A cell, a title and a paragraph of running text, which stands in no box, begin anew.
            name = s.part.value if s.part is Part.NOTES else s.block if s.part in (Part.TABLE, Part.TITLE) else box[s.block]
            stretches.setdefault(name, []).append(s)
        for each in stretches.values():
            place.update({s.id: (tuple(each), n) for n, s in enumerate(each)})
    return Ground(source, place, deck_of(source, pictured))


def pictured(body: Body) -> frozenset[int]:
    """The slides that are a picture under a title, and those that go on with one of which nothing was said."""
    out: set[int] = set()
    silent = False
    for unit in body.content_units():
        words = sum(len(block.text.split()) for block in unit.blocks if block.part in _SHOWN)
        alone = bool(unit.pictures) and words <= _CAPTION and not any(
            block.part in (Part.TABLE, Part.CHART) for block in unit.blocks)
        out |= {unit.number} if alone or (silent and words <= _CAPTION) else set()
        silent = alone and not unit.notes
    return frozenset(out)


def grounded(piece: Piece, under: Ground, cue: Cues, part: bool = False) -> Piece:
    """The piece without what needs something that it does not hold, or hangs on something that was left out, and without what
    that leaves of a box or an answer; a row that loses its first number so loses them all, and a list article that loses one
    of its entries has no passages. `part`: it is one of several.
    """
    before, piece = piece.passages, seen_only(piece, under.deck, cue, part)
    passages = piece.passages
    while True:
        left = _without_remnants(_without_hanging(passages, under, cue), under, cue)
        if left == passages:
            break
        passages = left
    if passages == before:
        return piece
    piece = replace(piece, passages=passages)
    return _gapless(piece, cue) if piece.listicle else unnumbered(piece, cue)


def _gapless(piece: Piece, cue: Cues) -> Piece:
    """A list article of which the entries are numbered to the last ("Rule 3"), or nothing of it."""
    found = [each for p in piece.passages if p.heading and (each := cue.single["series_label"].match(p.heading.text))]
    numbers = [int(each[2]) for each in found]
    return piece if len(found) < _ROW or numbers == list(range(numbers[0], numbers[0] + len(numbers))) else replace(
        piece, passages=())


def _every(p: Passage) -> list[Sentence]:
    heads = [each for each in (p.heading, p.run_in) if each]
    lists = [s for each in p.lists for s in (*((each.lead,) if each.lead else ()), *each.items)]
    return [*heads, *p.prose, *lists, *p.code, *(cell for row in p.table for cell in row)]


def _without_hanging(passages: Sequence[Passage], under: Ground, cue: Cues) -> tuple[Passage, ...]:
    """Passages without sentences, lists under a label, and program text that hang on what is not printed."""
    printed = {name for p in passages for s in _every(p) for name in s.sources}
    words: dict[int, frozenset[str]] = {}
    for p in passages:
        words[p.unit] = words.get(p.unit, frozenset()) | content_words(" ".join(s.text for s in _every(p)), cue.language)

    def lost(s: Sentence, unit: int) -> bool:
        """Whether what stands before a sentence was left out, and is not said in other words."""
        before = under.before(s, cue)
        if before is None or before.id in printed:
            return False
        if is_code(before.text):
            return True
        if len(before.text.split()) < _SCRAP:
            return False
        own = content_words(before.text, cue.language)
        return len(own & words[unit]) < _TOLD * len(own) if own else False

    said: list[Sentence] = []
    out: list[Passage] = []
    for p in passages:
        said += [each for each in (p.heading, p.run_in) if each]
        rows: list[tuple[Sentence, ...]] = []
        for row in p.paragraphs or (p.prose,):
            kept: list[Sentence] = []
            gone = False
            for s in row:
                hangs = cue.has("hangs_on", s.text) or elliptic(s.text, cue.language)
                gone = (hangs and lost(s, p.unit)) or (gone and cue.has("anaphora", s.text))
                if gone or (not p.running and (_unshown(s, p.unit, under, cue) or _unnamed(s, said, cue))):
                    printed -= set(s.sources)
                else:
                    kept.append(s)
                said.append(s)
            if kept:
                rows.append(tuple(kept))
        lists = tuple(each for each in p.lists if not (_labelled(each, cue) and each.lead and lost(each.lead, p.unit)))
        said += [i for each in p.lists for i in each.items]
        code = p.code if p.explained or not any(lost(line, p.unit) for line in p.code[:1]) else ()
        out.append(replace(p, paragraphs=tuple(rows), prose=tuple(s for row in rows for s in row), lists=lists, code=code))
    return _headed(out)


def _unshown(sentence: Sentence, unit: int, under: Ground, cue: Cues) -> bool:
    """Whether a sentence points at a column, a bar or a side of a slide that holds neither a table nor a chart."""
    return cue.has("column", sentence.text) and not any(
        s.part in (Part.TABLE, Part.CHART) for s in under.source.by_unit.get(unit, ()))


def _unnamed(sentence: Sentence, said: Sequence[Sentence], cue: Cues) -> bool:
    """Whether a sentence does no more than take up a thing ("And yes, the bell.") that nothing before it names."""
    found = cue.single["takes_up"].match(sentence.text)
    named = content_words(found[1], cue.language) if found else frozenset()
    return bool(named) and not any(named & content_words(each.text, cue.language) for each in said)


def _labelled(each: ItemList, cue: Cues) -> bool:
    """Whether a list stands under a label, and says by itself what it is a list of."""
    return each.lead is not None and len(each.lead.text.split()) <= _LABEL and not cue.has("finite", each.lead.text)


def _without_remnants(passages: Sequence[Passage], under: Ground, cue: Cues) -> tuple[Passage, ...]:
    """Passages without an answer, and without a box under a label, of which more than half was left out."""
    groups: list[list[Passage]] = []
    for p in passages:
        last = groups[-1][0] if groups else None
        if last is not None and last.run_in is not None and p.unit == last.unit and not (p.run_in or p.heading):
            groups[-1].append(p)
        else:
            groups.append([p])
    out: list[Passage] = []
    for group in groups:
        first = group[0]
        if first.run_in is not None and not first.running and _remnant(group, first.run_in, passages, under, cue):
            # The heading above it moves on to what else stands there.
            out.append(replace(first, prose=(), paragraphs=(), lists=(), code=(), table=(), run_in=None))
        elif first.run_in is not None and first.run_in.text.endswith("?"):
            out += [_named_once(p, n == 0, cue) for n, p in enumerate(group)]
        else:
            out += group
    return _headed(out)


def _named_once(passage: Passage, first: bool, cue: Cues) -> Passage:
    """A part of an answer without the bare name of a second one ("A rope."), which the sentence after it says again."""
    rows = tuple(row[1:] if (n or not first) and len(row) > 1 and len(row[0].text.split()) <= _LABEL
                 and can_tell(cue.language) and verbless([row[0].text])[0] else row
                 for n, row in enumerate(passage.paragraphs or (passage.prose,)))
    return replace(passage, paragraphs=rows, prose=tuple(s for row in rows for s in row))


def _remnant(group: Sequence[Passage], label: Sentence, passages: Sequence[Passage], under: Ground, cue: Cues) -> bool:
    """Whether most of what stood under a label is gone."""
    whole = under.around(label)
    if not whole or any(p.table for p in group):
        return False
    start = next((n for n, s in enumerate(whole) if s.id == label.sources[-1]), -1) + 1
    # What stands under a label ends at the next one, and an answer where the next question is asked, printed or not.
    labels = {name for p in passages if p.run_in for name in p.run_in.sources}
    told = [s for s in whole[start:] if not is_code(s.text)]
    end = next((n for n, s in enumerate(told) if s.id in labels or (
        s.text.rstrip().endswith("?") and len(s.text.split()) > _SCRAP)), len(told))
    own = told[:end]
    here = {name for p in group for s in (*p.prose, *(i for each in p.lists for i in (each.lead, *each.items) if i))
            for name in s.sources}
    if not any(s.id in here for s in own):
        return False
    left = sum(len(s.text.split()) for s in own if s.id in here)
    # What the notes say in other words is not gone.
    notes = {s.id for s in under.source.by_unit[group[0].unit] if s.part is Part.NOTES}
    said = content_words(" ".join(s.text for p in passages for s in p.prose if notes & set(s.sources)), cue.language)
    away = sum(len(s.text.split()) for s in own if s.id not in here
               and len(content_words(s.text, cue.language) & said) < _TOLD * len(content_words(s.text, cue.language)))
    return left < _FULL and left < _LEFT * (left + away)


def _headed(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages with something in them; the heading of one that has nothing goes on to the next of its unit."""
    out: list[Passage] = []
    waiting: tuple[int, Sentence] | None = None
    for p in passages:
        if waiting and waiting[0] == p.unit and p.heading is None:
            p = replace(p, heading=waiting[1])
        waiting = None
        if p.prose or p.lists or p.table or p.code:
            out.append(p)
        elif p.heading:
            waiting = (p.unit, p.heading)
    return tuple(out)
