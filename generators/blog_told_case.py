"""A case as one piece: who the client is and what is wrong, what he needs, and what was done, in the words of the deck.

A workshop tells its case first and answers it later. Its answers alone are a key to a test nobody has seen, and its brief
alone asks for something that is not there. Told one after the other they are a case: the brief in whole sentences, then
the slides that describe the solution, up to the first that only answers questions. What a brief says under a heading of
its own ("Customer needs: the landing") stands above the answers that speak of the same thing. Nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.document import Part
from content.draft import Sentence
from generators.blog_front import restricted
from generators.blog_open import opens
from generators.blog_pairs import asks, bare_ones
from generators.blog_plan import Piece
from generators.blog_refused import MOST
from generators.blog_sound import Ground
from generators.blog_subjects import alike, subjects_of
from generators.material import Material, Passage
from generators.prose_cues import Cues
from language.pipeline import has_model, parse

#: Words of a brief that tell whom a case is about, and of a solution that answers it.
_BRIEF, _SOLVED = 90, 180
#: Words that the brief may have of a piece that has its solution too; above that its needs go to where they are met.
_SHORT = 900
#: One sentence of so many without a subject makes a slide of a brief a list of wishes.
_JOTTED = 3
#: Words of a slide that describes a solution, and of needs that stand above what meets them.
_TELLS, _NEED = 60, 45


#: A passage with the topic that it stands in.
Told = tuple[Material, Passage]


@dataclass(frozen=True, slots=True)
class Case:
    """The piece that tells a case, and its needs by the heading that they stand under."""

    piece: Piece | None = None
    needs: tuple[Piece, ...] = ()

    @property
    def units(self) -> set[int]:
        """The slides that the piece tells."""
        return {p.unit for p in self.piece.passages} if self.piece else set()


def case_of(materials: Sequence[Material], answers: Sequence[Piece], cue: Cues, under: Ground | None = None) -> Case:
    """The case of a workshop; an empty one where a deck tells none, or not what was done about it. `answers` are its topics
    as they are told, without their briefs; `under` is the document that they are laid beside.
    """
    every = [(m, p) for m in materials for p in m.passages]
    heads = [n for n, (_, p) in enumerate(every) if p.heading and cue.has("brief_told", p.heading.text)]
    if not heads or any(p.running for _, p in every):
        return Case()
    end = next((n for n in range(heads[-1] + 1, len(every)) if every[n][1].heading), len(every))
    brief = _told(every[heads[0]:end], cue, under)
    cut = next((n for n, (_, p) in enumerate(brief) if n and p.heading and cue.has("demand_title", p.heading.text)), 0)
    apart = brief[cut:] if cut and _words(brief) > _SHORT else []
    told = brief[:len(brief) - len(apart)]
    last = every[end - 1][1].unit
    asking = {p.unit for _, p in every if asks(p, cue) or any(cue.has("trainee", s.text) for s in p.prose)}
    after = [(piece.materials[0], p) for piece in answers for p in piece.passages if p.unit > last]
    solved = _solution(after, asking, MOST - _words(told), cue)
    if _words(told) < _BRIEF or _words(solved) < _SOLVED or not opens(told[0][1].prose[0].text, cue):
        return Case()
    told[0] = (told[0][0], replace(told[0][1], heading=None))
    needs = tuple(each for each in _by_heading(apart) if each.words >= _NEED)
    return Case(replace(_piece([*told, *solved]), case=True), needs)


def with_needs(pieces: Sequence[Piece], case: Case, cue: Cues) -> list[Piece]:
    """The pieces of a case, each behind the need that it meets, where the brief has one under a heading that says so."""
    out = list(pieces)
    for need in case.needs:
        said = subjects_of(need, cue)
        ways = [(alike(said, subjects_of(piece, cue), [*pieces, *case.needs], cue), -n) for n, piece in enumerate(pieces)]
        near, place = max(ways, default=(0.0, 0))
        if near > 0 and out[-place] is pieces[-place]:
            own = pieces[-place]
            first = [replace(p, heading=None) for p in need.passages]
            out[-place] = replace(own, passages=(*first, *own.passages), subject=own.subject or own.passages[0].heading)
    return out


def without_told(materials: Sequence[Material], units: set[int]) -> list[Material]:
    """The topics without the slides that a piece tells."""
    out = []
    for m in materials:
        kept = [p for p in m.passages if p.unit not in units]
        if len(kept) < len(m.passages):
            m = restricted(m, kept, {p.unit for p in m.passages} & units)
        if m.passages:
            out.append(m)
    return out


def _piece(said: Sequence[Told]) -> Piece:
    materials = {m.topic.number: m for m, _ in said}
    return Piece(tuple(materials.values()), tuple(p for _, p in said))


def _words(said: Sequence[Told]) -> int:
    return sum(p.words for _, p in said)


def _told(said: Sequence[Told], cue: Cues, under: Ground | None) -> list[Told]:
    """What a brief tells in sentences that have a subject: of a slide its notes, where they tell it, and else itself."""
    noted = {unit for unit in {p.unit for _, p in said} if sum(
        len(s.text.split()) for _, p in said if p.unit == unit for s in p.prose if _in_notes(s, under)) >= _TELLS}
    out: list[Told] = []
    for m, p in said:
        texts = [s.text for s in p.prose]
        bare = {text for text, is_bare in zip(texts, bare_ones(texts, cue), strict=True) if is_bare or _orders(text, cue)}
        kept = tuple(left for row in p.rows if (left := tuple(
            s for s in row if s.text not in bare and (p.unit not in noted or _in_notes(s, under)))))
        if kept and _JOTTED * len(bare) < len(texts):
            out.append((m, replace(p, lists=(), table=(), code=()).retold(kept)))
    return out


def _in_notes(sentence: Sentence, under: Ground | None) -> bool:
    known = under.source.by_id if under else {}
    return any(known[name].part is Part.NOTES for name in sentence.sources if name in known)


def _orders(text: str, cue: Cues) -> bool:
    """Whether a sentence begins with what should be done: "Know the way" under what somebody needs."""
    if cue.language != "en" or not has_model("en"):
        return cue.has("verb_start", text)
    (doc,) = parse([text], "en")
    return doc[0].tag_ in {"VB", "VBP"}


def _by_heading(said: Sequence[Told]) -> list[Piece]:
    """The parts of a brief, each from its heading on."""
    groups: list[list[Told]] = []
    for each in said:
        if groups and each[1].heading is None:
            groups[-1].append(each)
        else:
            groups.append([each])
    return [_piece(group) for group in groups]


def _solution(said: Sequence[Told], asking: set[int], room: int, cue: Cues) -> list[Told]:
    """The first slides behind the brief that describe what was done, up to one that answers questions (`asking`), as many as
    fit.
    """
    out: list[Told] = []
    for unit in dict.fromkeys(p.unit for _, p in said):
        own = [(m, p) for m, p in said if p.unit == unit and p.prose]
        head = own[0][1].heading if own else None
        aside = head is not None and (cue.has("brief_title", head.text) or cue.has("category_title", head.text))
        if aside or (not own and not out) or (_words(own) < _TELLS and not out):
            continue
        if unit in asking or _words(own) < _TELLS or _words(out) + _words(own) > room:
            break
        out += own
    if out and out[0][1].heading is None and (title := _title(*out[0])):
        out[0] = (out[0][0], replace(out[0][1], heading=title))
    return out


def _title(material: Material, passage: Passage) -> Sentence | None:
    """The title of a slide that is any deck's ("Preferred solution"): between a brief and what was done it says something."""
    text = material.titles.get(passage.unit, "")
    return Sentence(text=text, sources=(f"s{passage.unit}.b1.1",)) if text else None
