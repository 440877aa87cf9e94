"""A case as one piece: who the client is and what is wrong, what he needs, and what was done, in the words of the deck.

A workshop tells its case first and answers it later. Its answers alone are a key to a test nobody has seen, and its brief
alone asks for something that is not there. Told one after the other they are a case: who the client is, the rest of the
brief in whole sentences, then the slides that describe the solution, up to the first that only answers questions. What a
brief says under a heading of its own ("Customer needs: the landing"), or one paragraph of it, stands above the answers that
speak of the same thing. The labels of the worksheet are no headings. Nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.document import Part
from content.draft import Sentence
from generators.blog_case import Client, client
from generators.blog_front import restricted
from generators.blog_open import opens
from generators.blog_pairs import asks, bare_ones
from generators.blog_plan import Piece
from generators.blog_refused import MOST
from generators.blog_sound import Ground
from generators.blog_subjects import alike, subjects_of
from generators.material import Material, Passage
from generators.prose_cues import Cues
from language.fold import folded
from language.pipeline import has_model, parse

#: Words of a brief that tell whom a case is about, and of a solution that answers it.
_BRIEF, _SOLVED = 90, 180
#: Words that the brief may have of a piece that has its solution too; above that its needs go to where they are met.
_SHORT = 900
#: One sentence of so many without a subject makes a slide of a brief a list of wishes.
_JOTTED = 3
#: Words of a slide that describes a solution, and of needs that stand above what meets them.
_TELLS, _NEED = 60, 45
#: Likeness, 0 to 1, from which one paragraph of a need stands above what meets it.
_NEAR = 0.09


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
    told = _introduced(told, client((p for _, p in every), cue), cue)
    needs = tuple(each for each in _by_heading(apart) if each.words >= _NEED)
    return Case(replace(_piece([*told, *solved]), brief=frozenset(p.unit for _, p in told)), needs)


def with_needs(pieces: Sequence[Piece], case: Case, answers: Sequence[Piece], cue: Cues) -> list[Piece]:
    """The pieces of a case, each behind the need that it meets, where the brief has one under a heading that says so, or else
    behind the paragraphs of a need that nothing else of the `answers` is as near to.
    """
    out = list(pieces)
    met: set[int] = set()
    for number, need in enumerate(case.needs):
        said = subjects_of(need, cue)
        ways = [(alike(said, subjects_of(piece, cue), [*pieces, *case.needs], cue), -n) for n, piece in enumerate(pieces)]
        near, place = max(ways, default=(0.0, 0))
        if near > 0 and out[-place] is pieces[-place]:
            met.add(number)
            out[-place] = _behind(out[-place], need.passages)
    rows = [_piece([(need.materials[0], _row(p, row))]) for number, need in enumerate(case.needs) if number not in met
            for p in need.passages for row in p.rows]
    slides = [_piece([(m, p) for p in m.passages if p.unit == unit]) for each in answers for m in each.materials
              for unit in dict.fromkeys(p.unit for p in m.passages)]
    for row in rows:
        said = subjects_of(row, cue)
        near, place = max(((alike(said, subjects_of(slide, cue), [*slides, *rows], cue, _NEAR), -n)
                           for n, slide in enumerate(slides)), default=(0.0, 0))
        unit = slides[-place].passages[0].unit if near else 0
        place = next((n for n, piece in enumerate(pieces) if unit in {p.unit for p in piece.passages}), -1)
        if place >= 0 and out[place] is pieces[place]:
            out[place] = _behind(out[place], row.passages)
    return out


def _behind(piece: Piece, need: Sequence[Passage]) -> Piece:
    """A piece behind the need that it meets."""
    first = [replace(p, heading=None) for p in need]
    return replace(piece, passages=(*first, *piece.passages), subject=piece.subject or piece.passages[0].heading)


def _row(passage: Passage, row: tuple[Sentence, ...]) -> Passage:
    """One paragraph of a passage by itself."""
    return replace(passage, heading=None, run_in=None, lists=(), table=(), code=()).retold([row])


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
            s for s in row if s.text not in bare and (p.unit not in noted or _in_notes(s, under))
            and not (s is row[-1] and cue.has("parts_to_come", s.text)))))
        if kept and _JOTTED * len(bare) < len(texts):
            out.append((m, replace(p, lists=(), table=(), code=()).retold(kept)))
    return out


def _introduced(told: Sequence[Told], whom: Client | None, cue: Cues) -> list[Told]:
    """A brief that begins with the slide that says who the client is, where its first sentence only speaks of something of
    his ("Ostmar's ferryman"); without headings that any brief could have, or that stand first.
    """
    own = next((n for n, (_, p) in enumerate(told) if whom and p.prose[0] == whom.sentence), 0)
    first = told[0][1].prose[0].text.split()[0]
    rows = list(told)
    if whom and own and whom.named(first) and first.endswith(("'s", "’s")):
        rows.insert(0, rows.pop(own))
    return [(m, replace(p, heading=None) if not n or (p.heading and cue.has("brief_title", p.heading.text)) else p)
            for n, (m, p) in enumerate(rows)]


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
    if out and (title := _title(*out[0], cue)):
        out[0] = (out[0][0], replace(out[0][1], heading=title))
    return out


def _title(material: Material, passage: Passage, cue: Cues) -> Sentence | None:
    """What stands between a brief and what was done: the whole title of the slide where its heading is none, or only the end
    of it ("Solution – the bell" for "Preferred solution – the bell").
    """
    text = material.titles.get(passage.unit, "")
    if not text or (passage.heading and not folded(text).endswith(folded(passage.heading.text))):
        return None
    rest = cue.single["solution_label"].sub("", text)
    return Sentence(text=rest[:1].upper() + rest[1:], sources=(f"s{passage.unit}.b1.1",))
