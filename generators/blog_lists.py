"""Which topics in bullets become listicles, alone or with their neighbours.

A listicle holds nearly all that its topics say, in entries that say something: half of a list would be another talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generators.blog_form import (
    ARTICLE,
    COVERED,
    ENTRIES,
    FEW_WORDS,
    JOINED,
    LISTICLE,
    OWN,
    OWN_WORDS,
    SHORT,
    entries,
    form,
    substance,
)
from generators.blog_plan import Piece
from generators.blog_runs_on import is_article, told, written_out
from generators.listicle import intro, opening_of
from generators.material import Material, Passage
from generators.prose_cues import Cues

#: Entries of one listicle.
_ENTRIES = 12


def listicles(listed: Sequence[Material], whole: frozenset[str], cue: Cues) -> tuple[list[Piece], set[int]]:
    """Listicles out of topics in bullets, and the numbers of the topics that they take.

    A topic is one when its entries hold nearly all that it says; neighbours that are too small alone go together.
    """
    groups: list[list[tuple[Material, list[tuple[Passage, ...]]]]] = []
    last: Material | None = None
    for material in listed:
        own = _entries(material, whole, cue)
        if not own:
            last = None
            continue
        before = [entry for _, each in groups[-1] for entry in each] if last and groups else []
        small = not _enough(own, whole, cue) and not _enough(before, whole, cue)
        if before and len(before) + len(own) <= _ENTRIES and (small or _one_article(before, own, cue)):
            groups[-1].append((material, own))
        else:
            groups.append([(material, own)])
        last = material
    out: list[Piece] = []
    used: set[int] = set()
    for group in groups:
        chosen = [entry for _, own in group for entry in own]
        passages = tuple(p for entry in chosen for p in entry)
        if len(group) > 1 and (len(chosen) < ENTRIES or substance(passages, whole, cue).whole < LISTICLE):
            continue
        if len(group) == 1 and not _enough(chosen, whole, cue):
            continue
        if 2 * sum(_goes_together(entry) or told(entry, cue) for entry in chosen) < len(chosen):
            continue
        if is_article(chosen, cue) and substance(passages, whole, cue).whole >= ARTICLE:
            # Sentences that run on are an article, however they were set.
            written = tuple(written_out(p, cue) for p in _with_tables([m for m, _ in group], passages))
            out.append(Piece(tuple(m for m, _ in group), tuple(p for p in written if p.prose or p.lists or p.table)))
            used |= {m.topic.number for m, _ in group}
            continue
        piece = Piece(tuple(m for m, _ in group), passages, listicle=True)
        if not opening_of(piece, cue) and (lead := intro([m for m, _ in group], chosen, cue)):
            piece = replace(piece, passages=(lead, *passages))
        out.append(piece)
        used |= {m.topic.number for m, _ in group}
    return out, used


def _entries(material: Material, whole: frozenset[str], cue: Cues) -> list[tuple[Passage, ...]]:
    """The entries of a topic for a listicle; [] where they leave out too much of what it says."""
    own = [each for each in entries(Piece((material,), material.passages), whole, cue) if _says(each, cue)]
    held = sum(p.words for entry in own for p in entry)
    return own if held >= COVERED * sum(p.words for p in material.passages) else []


def _enough(own: Sequence[tuple[Passage, ...]], whole: frozenset[str], cue: Cues) -> bool:
    """Whether the entries of one topic make a listicle: four of them, or three that are full."""
    words = sum(substance(entry, whole, cue, _weighed(entry, cue)).whole for entry in own)
    return (len(own) >= OWN and words >= OWN_WORDS) or (len(own) == OWN - 1 and words >= FEW_WORDS)


def _with_tables(materials: Sequence[Material], chosen: Sequence[Passage]) -> list[Passage]:
    """The slides of an article with the tables between and after them: none begins with a table."""
    units = {p.unit for p in chosen}
    return [p for m in materials for p in m.passages if p.unit in units or (
        p.table and p.heading and not p.captioned and p.unit > min(units))]


def _one_article(before: Sequence[tuple[Passage, ...]], own: Sequence[tuple[Passage, ...]], cue: Cues) -> bool:
    """Whether the entries of two topics are the slides of articles, one of them short, and together not long."""
    first, second = (sum(p.words for entry in each for p in entry) for each in (before, own))
    return min(first, second) < SHORT and first + second <= JOINED and is_article(before, cue) and is_article(own, cue)


def _goes_together(entry: Sequence[Passage]) -> bool:
    """Whether an entry says two things that go together, in one paragraph. Readers found lists of lines no articles,
    however whole each line was."""
    return any(len(row) > 1 for p in entry for row in p.rows)


def _weighed(entry: Sequence[Passage], cue: Cues) -> bool:
    return bool(entry[0].heading and cue.has("weighed", entry[0].heading.text))


def _says(entry: Sequence[Passage], cue: Cues) -> bool:
    """Whether an entry is for a reader: not about those who speak, and no form to be filled in."""
    heading = entry[0].heading
    said = [s.text for p in entry for s in (*p.prose, *(i for each in p.lists for i in each.items))]
    if sum(cue.has("mail_line", text) for text in said) > 1:
        return False  # a letter that a slide shows, as nobody should write it
    ours = heading is not None and (cue.has("about_title", heading.text) or cue.has("brief_title", heading.text))
    return not ours and not form(entry, cue)
