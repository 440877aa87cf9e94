"""Case studies: what of a workshop is for a reader, and who the client is of whom it speaks.

The brief of a case says what somebody needs and wishes; with nothing answered it is no article, so its slides go to the
author as a starter. What is answered is told in five pairs of question and answer at most, after one sentence of the deck
that says who the client is. Nothing is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues

#: Pairs of question and answer in one piece.
PAIRS = 5
#: Share of the words of a topic that a brief may hold before all of it is one.
_BRIEF = 0.5
#: Times that a brief speaks of its client, and words of the sentence that says who that is.
_NAMED, _WORDS = 2, 45
_CLIENT = re.compile(r"^((?:[A-Z][\w&’'-]*\s){0,4}[A-Z][\w&-]*)(?:,?\s(?:Inc|Ltd|Corp|Co|B\.V|N\.V|S\.A|plc)\.?)?"
                     r"(?:\s\(([A-Z]{2,6})\))?,?\s(.*)$")


def answered(piece: Piece, cue: Cues) -> Piece:
    """The piece without the slides of a case brief; without passages where it is little else."""
    kept: list[Passage] = []
    brief, words, heading = False, 0, ""
    for passage in piece.passages:
        if passage.heading:
            heading = passage.heading.text
            brief = cue.has("brief_title", heading)
        if brief:
            words += passage.words
        else:
            kept.append(passage)
    return replace(piece, passages=() if words > _BRIEF * piece.words else tuple(kept))


@dataclass(frozen=True, slots=True)
class Client:
    """Who a case is about: the forms of the name as a pattern, and the sentence of the deck that says who that is."""

    name: str
    sentence: Sentence

    def named(self, text: str) -> bool:
        """Whether a text speaks of the client."""
        return re.search(self.name, text) is not None


def client(passages: Iterable[Passage], cue: Cues) -> Client | None:
    """The client of a case: "Ostmar Ferries (OF) has two boats on the river."; None without a brief. What he is goes before
    what he has.
    """
    every = list(passages)
    brief = " ".join(s.text for p in every if p.heading and cue.has("brief_title", p.heading.text) for s in p.prose)
    found: list[tuple[bool, Client]] = []
    for passage in every:
        for s in passage.prose:
            parts = _CLIENT.match(s.text)
            if not parts or not cue.has("introduces", parts[3]) or len(s.text.split()) > _WORDS or cue.has("wishes", s.text):
                continue
            first = parts[1].split()[0]
            name = "|".join(rf"\b{re.escape(each)}\b" for each in (parts[1], first, parts[2]) if each)
            if any(mark in parts[1] for mark in ("'s", "’s")):
                continue  # "Ostmar's ferryman" is somebody else
            if len(first) > 2 and not cue.has("article", first) and len(re.findall(name, brief)) >= _NAMED:
                found.append((cue.has("defines", parts[3]), Client(name, s)))
    return max(found, key=lambda each: each[0])[1] if found else None


def paired(piece: Piece, cue: Cues) -> Piece:
    """The piece with five pairs of question and answer at most: those that ask nothing of a pupil ("What would you
    recommend?"), and those with the fullest answers.
    """
    pairs: list[list[Passage]] = []
    rest: list[list[Passage]] = []
    for passage in piece.passages:
        last = rest[-1] if rest else None
        if asks(passage):
            rest.append([passage])
            pairs.append(rest[-1])
        elif last is not None and asks(last[0]) and passage.unit == last[0].unit and not passage.run_in:
            last.append(passage)
        else:
            rest.append([passage])

    def worth(place: int) -> tuple[bool, int, int]:
        asked = pairs[place][0].run_in
        return asked is None or not cue.has("pupil", asked.text), sum(p.words for p in pairs[place]), -place

    worst = sorted(range(len(pairs)), key=worth)[:max(0, len(pairs) - PAIRS)]
    gone = {id(pairs[n]) for n in worst}
    return replace(piece, passages=tuple(_under_their_headings(rest, gone)))


def _under_their_headings(groups: Sequence[Sequence[Passage]], gone: set[int]) -> list[Passage]:
    """What is left, each under the heading that it stood under: one whose passage goes stands above the next of its unit."""
    out: list[Passage] = []
    waiting: tuple[int, Sentence] | None = None
    for group in groups:
        if id(group) in gone:
            waiting = (group[0].unit, group[0].heading) if group[0].heading else waiting
            continue
        first = group[0]
        if waiting and waiting[0] == first.unit and first.heading is None:
            first = replace(first, heading=waiting[1])
        waiting = None
        out += [first, *group[1:]]
    return out


def asks(passage: Passage) -> bool:
    """Whether a passage is an answer with its question above it; what running text asks belongs to it as a whole."""
    return passage.asked or (not passage.running and passage.run_in is not None and passage.run_in.text.endswith("?"))
