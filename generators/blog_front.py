"""What of a document is for no article: its front matter and its appendices.

A foreword, release notes or a page that says how to use the document speak of the document and not of its subject, and a
table of how it was made is read by nobody alone. They give no draft and no starter; other pieces may still quote them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generators.material import Material, Passage
from generators.prose_cues import Cues

#: Share of a document behind which an account of how it was made is an appendix, and not what it is about.
_BACK = 0.7


def without_front(materials: Sequence[Material], cue: Cues) -> tuple[Material, ...]:
    """The topics without the passages of front matter and appendices; their slides count as asides of the topic."""
    every = [(p, m.titles) for m in materials for p in m.passages]
    gone = {id(p) for (p, _), away in zip(every, _matter(every, cue), strict=True) if away}
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
