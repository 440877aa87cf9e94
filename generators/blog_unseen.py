"""What needs something that its piece does not hold, taken out when the piece is laid down, with what falls with it.

A sentence goes with those that take it up. A paragraph of which more than half goes, or of which what is left cannot stand
first, goes as a whole; but where only a remark would take a story with it, the remark stays. Clauses, and the numbers of
things whose first ones are told elsewhere, are cut off. Nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from content.document import Part
from content.draft import Sentence
from generators.alone import states
from generators.blog_open import hangs_on, opens
from generators.blog_plan import Piece
from generators.material import Passage, length
from generators.prose_cues import Cues
from generators.unseen import (
    Lack,
    Seen,
    cut,
    explained,
    in_rows,
    lacks,
    names_in,
    of_the_talk,
    owner,
    points_at_picture,
    unlabelled,
)
from language.leaning import concludes, elliptic
from language.source import SourceIndex
from language.words import content_words

#: Words of a scrap, which only adds to the sentence before it, and of a thing that its number was the name of.
_SCRAP, _NAMELESS = 3, 5
#: Share of a paragraph that may go, and sentences in the past that make a story of it.
_GONE, _STORY = 0.5, 3
#: Sentences over a picture that point at it, from which it is about nothing else.
_POINTS = 2
#: What takes the rest of its paragraph with it, where that cannot stand.
_WHOLE = frozenset({Lack.PICTURE, Lack.WHOLE})
#: Words of an introduction that opens a piece by itself.
_INTRODUCTION = 120


@dataclass(frozen=True, slots=True)
class Deck:
    """What a document explains and names anywhere, and its slides that are a picture which is not printed."""

    labels: frozenset[str]
    names: frozenset[str]
    pictured: Collection[int]
    #: Slides and sections that hold a table.
    tabled: frozenset[int] = frozenset()


def deck_of(source: SourceIndex, pictured: Collection[int]) -> Deck:
    """What a document explains and names."""
    texts = [s.text for s in source.by_id.values()]
    tabled = frozenset(unit for unit, own in source.by_unit.items() if any(s.part is Part.TABLE for s in own))
    return Deck(in_rows(explained(texts)), names_in(texts), pictured, tabled)


def seen_only(piece: Piece, deck: Deck, cue: Cues, part: bool) -> Piece:
    """The piece without what needs something that it does not hold. `part`: it is one of several."""
    passages = list(_one_opening(piece.passages, cue))
    labels = explained(s.text for p in passages for s in _said(p))
    passages = [_bare(p, deck.labels - labels, cue) for p in passages]
    if part:
        talk = {p.unit for p in passages if p.heading and of_the_talk(p.heading.text, cue)}
        rest = [p for p in passages if p.unit not in talk]
        passages = rest or passages
    texts = [s.text for p in passages for s in _said(p)]
    held = Seen(frozenset(), labels, deck.labels, deck.names, names_in(texts), part)
    tables = {p.unit for p in passages if p.table}
    lists = {p.unit for p in passages if p.lists}
    left = [p for passage in passages if (p := _read(passage, texts, replace(
        held, table=passage.unit in tables, listed=passage.unit in lists, tabled=passage.unit in deck.tabled),
        deck, cue)) is not None]
    return piece if tuple(left) == piece.passages or not left else replace(piece, passages=tuple(left))


def _said(p: Passage) -> list[Sentence]:
    """What a reader reads of a passage, but for its heading."""
    return [*((p.run_in,) if p.run_in else ()), *p.prose, *(i for each in p.lists for i in each.items),
            *(cell for row in p.table for cell in row)]


def _one_opening(passages: Sequence[Passage], cue: Cues) -> Sequence[Passage]:
    """The passages without the abstract where the introduction behind it opens the piece by itself."""
    above = [bool(p.under) and cue.has("abstract_title", p.under) for p in passages]
    many = next((n for n, each in enumerate(above) if not each), len(above))
    if not many or many == len(passages) or not cue.has("intro_title", passages[many].under.lstrip("0123456789. ")):
        return passages
    rest = passages[many:]
    alike = sum(p.words for p in rest if p.under == rest[0].under) >= _INTRODUCTION
    return rest if alike and rest[0].prose and opens(rest[0].prose[0].text, cue) else passages


def _bare(p: Passage, strange: frozenset[str], cue: Cues) -> Passage:
    """A passage whose heading neither speaks of slides ("Marlow in one slide") nor only goes on ("And?"), and does not begin
    with one of some `strange` labels.
    """
    if p.heading is None or p.running:
        return p
    text = unlabelled(cue.single["slide_tail"].sub("", p.heading.text), strange)
    if cue.has("bare_heading", text):
        return replace(p, heading=None)
    return p if text == p.heading.text else replace(p, heading=p.heading.model_copy(update={"text": text}))


def _read(p: Passage, texts: Sequence[str], held: Seen, deck: Deck, cue: Cues) -> Passage | None:
    """A passage without what needs something; None where nothing of it is left."""
    rows: list[tuple[Sentence, ...]] = []
    for n, row in enumerate(p.paragraphs or ((p.prose,) if p.prose else ())):
        rows += [kept] if (kept := _row(p, row, n == 0, texts, held, deck, cue)) else []
    if tuple(rows) == p.paragraphs:
        return p
    left = replace(p, paragraphs=tuple(rows), prose=tuple(s for row in rows for s in row))
    return left if left.prose or left.lists or left.table or left.code else None


def _row(p: Passage, row: tuple[Sentence, ...], begins: bool, texts: Sequence[str], held: Seen, deck: Deck,
         cue: Cues) -> tuple[Sentence, ...]:
    """A paragraph without what needs something that the piece does not hold."""
    picture = p.unit in deck.pictured
    out: list[Sentence] = []
    kinds: list[Lack] = []
    last: Lack | None = None
    name = ""
    for n, s in enumerate(row):
        seen = replace(held, picture=picture, words=_words(p, s, texts, cue))
        short = _shortened(s, seen, p.running, held.part, texts, cue)
        found = lacks(short.text, begins and n == 0, seen, cue) if short else None
        if found is Lack.PERSON and n + 1 < len(row) and cue.has("unknown_person", row[n + 1].text):
            found = None  # who is named here is who the next sentence speaks of
        also = (last is not None and _follows(s.text, last, cue)) or (bool(name) and owner(s.text, cue) == name)
        if found is None and not also:
            last = None
            out += [short] if short else []
            continue
        last = found or last
        name = owner(s.text, cue) if found is Lack.PERSON else name
        kinds += [found] if found else []
    if not kinds or len(kinds) == len(row):
        return tuple(out)
    gone = length(row) - length(out)
    stands = bool(out) and (out[0].sources == row[0].sources or _stands(out[0], row, cue))
    if stands and gone <= _GONE * length(row):
        return tuple(out)
    points = sum(picture and points_at_picture(s.text, begins and n == 0, cue) for n, s in enumerate(row))
    story = sum(cue.has("past", s.text) for s in row) >= _STORY
    return () if _WHOLE & set(kinds) and (points >= _POINTS or not story) else row


def _stands(first: Sentence, row: Sequence[Sentence], cue: Cues) -> bool:
    """Whether a sentence of a paragraph can begin what is left of it: it hangs on none of those that went."""
    place = next(n for n, s in enumerate(row) if s.sources == first.sources)
    return opens(first.text, cue) and not hangs_on(first.text, row[place - 1].text, cue)


def _words(p: Passage, s: Sentence, texts: Sequence[str], cue: Cues) -> frozenset[str]:
    """The words of what else the piece says, for the few sentences that are asked about them; before a sentence that points
    back ("that answer") and in the list beside it.
    """
    if cue.has("takes_up_noun", s.text):
        items = [i.text for each in p.lists for i in each.items]
        return content_words(" ".join((*texts[:texts.index(s.text)], *items)), cue.language)
    if not any(cue.has(name, s.text) for name in ("other_time", "kept_word")):
        return frozenset()
    return content_words(" ".join(text for text in texts if text != s.text), cue.language)


def _follows(text: str, lost: Lack, cue: Cues) -> bool:
    """Whether a sentence goes with the one before it that needed something."""
    if elliptic(text, cue.language) or (cue.has("anaphora", text) and not cue.has("sequence", text)):
        return lost is not Lack.PERSON or elliptic(text, cue.language)
    if lost not in (Lack.PICTURE, Lack.BOX, Lack.VIEW, Lack.TABLE):
        return False
    if len(text.split()) <= _SCRAP or concludes(text, cue.language) or cue.has("from_there", text):
        return True
    verbless = not states(text, cue.language) or (cue.language != "en" and not cue.has("finite", text))
    return lost is Lack.PICTURE and verbless


def _shortened(s: Sentence, seen: Seen, running: bool, part: bool, texts: Sequence[str], cue: Cues) -> Sentence | None:
    """A sentence without its clauses that need something; None where its number was all that it said."""
    text = cut(s.text, seen, cue)
    found = cue.single["ordinal_lead"].match(text) if part and not running else None
    if found and not any(cue.has("ordinal_lead", each) for each in texts if each != s.text):
        rest = text[found.end():]
        if len(rest.split()) <= _NAMELESS and not states(rest, cue.language) and not names_in([f"a {rest}"]):
            return None
        text = rest[:1].upper() + rest[1:]
    return s if text == s.text else s.model_copy(update={"text": text})
