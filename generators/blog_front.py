"""What of a document is for no article: its front matter and its appendices.

A foreword, release notes or a page that says how to use the document speak of the document and not of its subject, and a
table of how it was made is read by nobody alone. Nor do readers want who stood in front of the room, at which minute, or what
a speaker kept behind the last slide in case somebody asks. They give no draft and no starter; other pieces may still quote
them. What a first slide shows is its cover: only what was said over it is told. A preface that tells the parts of a document
is no part of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generators.blog_plan import Piece, without
from generators.material import Material, Passage, length
from generators.prose_cues import Cues

#: Share of a document behind which an account of how it was made is an appendix, and not what it is about.
_BACK = 0.7
#: Share of the slides of a talk in which speakers introduce themselves and say what comes, and lines that do so.
_START, _LINES = 0.2, 2
#: Kinds of slides that are for those who sat there.
_ROOM = frozenset({"agenda", "bio", "title"})
#: Words of a cover or of the imprint under a title, and lines of a cover.
_COVER, _COVER_LINES = 60, 6
#: Words of a preface that is no piece of its own.
_PREFACE = 400


def without_front(materials: Sequence[Material], cue: Cues) -> tuple[Material, ...]:
    """The topics without the passages of front matter, covers and appendices; their slides count as asides of the topic."""
    materials = _uncovered(materials, cue)
    every = [(p, m.titles) for m in materials for p in m.passages]
    room = of_the_room(materials, cue)
    gone = {id(p) for (p, _), away in zip(every, _matter(every, cue), strict=True) if away or p.unit in room}
    if len(gone) == len(every):
        return tuple(materials)
    out = []
    for m in materials:
        kept = tuple(p for p in m.passages if id(p) not in gone)
        units = {p.unit for p in m.passages} - {p.unit for p in kept}
        out.append(m if len(kept) == len(m.passages) else restricted(m, kept, units))
    return tuple(out)


def restricted(material: Material, kept: Sequence[Passage], gone: set[int]) -> Material:
    """A topic of fewer passages, named after the first of them where its title was that of one that is `gone`; the units that
    are gone are asides of it.
    """
    asides = {**material.topic.asides, **dict.fromkeys(sorted(gone), "told")}
    away = any(source.startswith(f"s{unit}.") for unit in gone for source in material.title.sources)
    title = next((p.heading for p in kept if p.heading), material.title) if away else material.title
    return replace(material, title=title, passages=tuple(kept), topic=material.topic.model_copy(update={"asides": asides}))


def _matter(every: Sequence[tuple[Passage, Mapping[int, str]]], cue: Cues) -> list[bool]:
    """For each passage of a document whether it is front matter or an appendix."""
    units = list(dict.fromkeys(p.unit for p, _ in every))
    back = set(units[int(_BACK * len(units)):])
    names = [_name(n, every) for n in range(len(every))]
    fronted = any(cue.has("front_title", name) for name in names if name)
    out: list[bool] = []
    away = False
    for (passage, _), name in zip(every, names, strict=True):
        if all(out) and not passage.heading and _legal(passage, cue):
            away = True  # what stands before the first heading beside the terms of a licence is its page
        if name is not None:
            # "Introduction" between a foreword and release notes introduces the document.
            about = cue.has("about_start", name) and fronted and all(out)
            away = about or cue.has("front_title", name) or (away and cue.has("intro_title", name)) or (
                passage.unit in back and cue.has("appendix_title", name))
        out.append(away)
    return out


def with_preface(pieces: Sequence[Piece], cue: Cues) -> list[Piece]:
    """The pieces of a document, a preface with the first of its sections: a short one that says what the parts are is no
    part. What sends a reader to another part ("read the section on bread") goes, where there are several.
    """
    out = list(pieces)
    if len(out) < 2 or not any(p.running for p in out[0].passages):
        return out
    said = [s for p in out[0].passages for s in p.prose]
    away = [s for s in said if cue.has("to_a_part", s.text)]
    first = replace(out[0], passages=without(out[0], away)) if len(away) < len(said) else out[0]
    if first.words > _PREFACE or not (away or any(cue.has("of_itself", s.text) for s in said)):
        return [first, *out[1:]]
    then = out[1]
    both = replace(then, materials=(*first.materials, *then.materials), passages=(*first.passages, *then.passages))
    return [both, *out[2:]]


def _uncovered(materials: Sequence[Material], cue: Cues) -> tuple[Material, ...]:
    """The topics without what the first slide shows, where that is who speaks and at what, and without the imprint under the
    title of a document.
    """
    every = [p for m in materials for p in m.passages]
    first = min((p.unit for p in every), default=0)
    if first != 1 or not materials:
        return tuple(materials)
    own = [p for p in every if p.unit == first]
    if not (_imprint(own, cue) if own[0].running else _cover(own, cue)):
        return tuple(materials)
    said = {id(p): replace(p, heading=None, lists=()) for p in own if p.prose and p.spoken and not p.running}
    kept = [tuple(said.get(id(p), p) for p in m.passages if p.unit != first or id(p) in said) for m in materials]
    if not any(kept):
        return tuple(materials)
    return tuple(m if len(row) == len(m.passages) and not any(p.unit == first for p in row) else restricted(m, row, {first})
                 for m, row in zip(materials, kept, strict=True))


def _cover(own: Sequence[Passage], cue: Cues) -> bool:
    """Whether a first slide shows who speaks, at what and when, in a few lines that are no sentences."""
    lines = [s.text.strip() for p in own for each in p.lists for s in (*((each.lead,) if each.lead else ()), *each.items)]
    few = 0 < len(lines) <= _COVER_LINES and sum(len(line.split()) for line in lines) <= _COVER
    return few and not any(p.table for p in own) and any(
        cue.has("cover_line", line) or cue.has("named_role", line) for line in lines)


def _imprint(own: Sequence[Passage], cue: Cues) -> bool:
    """Whether a few sentences under the title of a document say which draft it is and whose."""
    said = [s for p in own for s in p.prose]
    return length(said) <= _COVER and not any(p.lists or p.table for p in own) and any(
        cue.has("imprint", s.text) for s in said)


def of_the_room(materials: Sequence[Material], cue: Cues) -> set[int]:
    """The slides that are for those who sat there: who speaks, what comes when, and what is kept behind the last slide."""
    told: dict[int, list[Passage]] = {}
    for p in (p for m in materials for p in m.passages if not p.running):
        told.setdefault(p.unit, []).append(p)
    asides = {unit: kind for m in materials for unit, kind in m.topic.asides.items()}
    units = sorted({*told, *asides})
    first = set(units[:max(1, round(_START * len(units)))])
    thanked = [unit for unit in units[int(_BACK * len(units)):] if asides.get(unit) == "thanks"]
    behind = {unit for unit in told if thanked and unit > thanked[0]}
    named = {unit for unit, kind in asides.items() if kind in _ROOM}
    return behind | named | {unit for unit, own in told.items() if unit in first and (
        any(_timed(p, cue) for p in own) or sum(_introduces(p, cue) for p in own) >= _LINES)}


def _timed(passage: Passage, cue: Cues) -> bool:
    """Whether the table of a slide says at which minute, or on which slide, what comes."""
    head = [cell.text.strip() for cell in passage.table[0]] if passage.table else []
    return len(head) > 1 and sum(cue.has("agenda_head", cell) for cell in head) > 1


def _introduces(passage: Passage, cue: Cues) -> int:
    """How many lines of a slide say who speaks: "I am Ellis", "Ellis, head of the mill"."""
    lines = [s.text.strip(" .") for each in passage.lists for s in each.items]
    said = [s.text for s in passage.prose]
    return sum(cue.has("who_speaks", text) for text in (*said, *lines)) + sum(cue.has("named_role", text) for text in lines)


def _legal(passage: Passage, cue: Cues) -> bool:
    """Whether a passage of a page holds the terms of a licence or of a publisher."""
    return passage.running and any(cue.has("legal_line", s.text) for s in passage.prose)


def _name(place: int, every: Sequence[tuple[Passage, Mapping[int, str]]]) -> str | None:
    """What a passage stands under: its heading or the title of its unit; None where it goes on under the one before."""
    passage, titles = every[place]
    if passage.under:
        return passage.under
    own = titles.get(passage.unit, "")
    first = place == 0 or every[place - 1][0].unit != passage.unit
    if passage.heading is not None:
        return passage.heading.text
    return own if first and own and not passage.running else None
