"""What the titles of a form leave behind: "Challenge: ..." and "Result: ..." on slide after slide, "Related work (2): ...".

Where one label stands on several slides of a deck it is a form that its author filled in, and says nothing over a section
of an article. What stands behind it is the heading. Labels that count ("Step 2") or judge ("Myth: ...") are another thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import Cues
from language.fold import folded

#: Slides with one label that make it a form, and words that a heading has behind it.
_SLIDES, _LEFT = 2, 2


def form_labels(materials: Iterable[Material], cue: Cues) -> frozenset[str]:
    """The labels of a form ("challenge") that stand on two slides of a deck or more."""
    return _often((p.unit, found[1]) for m in materials for p in m.passages for head in (p.heading, p.run_in)
                  if head is not None and (found := cue.single["form_label"].match(head.text)))


def unformed(piece: Piece, labels: frozenset[str], cue: Cues) -> Piece:
    """The piece with headings that lost the labels of a form: "The empty sack" for "Problem: the empty sack"."""
    return replace(piece, passages=tuple(_bare(p, labels, cue) for p in piece.passages)) if labels else piece


def repeated(materials: Iterable[Material]) -> frozenset[str]:
    """The small headings that stand on two slides of a deck or more: those of a form."""
    return _often((p.unit, p.run_in.text) for m in materials for p in m.passages if p.run_in is not None)


def set_apart(passages: Sequence[Passage], forms: frozenset[str]) -> tuple[Passage, ...]:
    """The passages with the small headings of a form as subheadings, as questions are, instead of bold words."""
    return tuple(replace(p, asked=True) if p.run_in and folded(p.run_in.text) in forms else p for p in passages)


def _often(said: Iterable[tuple[int, str]]) -> frozenset[str]:
    """The texts, folded, that stand on as many slides as a form has; each comes with its slide."""
    units: dict[str, set[int]] = defaultdict(set)
    for unit, text in said:
        units[folded(text)].add(unit)
    return frozenset(text for text, own in units.items() if len(own) >= _SLIDES)


def _bare(passage: Passage, labels: frozenset[str], cue: Cues) -> Passage:
    return replace(passage, heading=_without(passage.heading, labels, cue), run_in=_without(passage.run_in, labels, cue))


def _without(head: Sentence | None, labels: frozenset[str], cue: Cues) -> Sentence | None:
    found = cue.single["form_label"].match(head.text) if head is not None else None
    if head is None or found is None or folded(found[1]) not in labels:
        return head
    rest = head.text[found.end():].strip()
    return head.model_copy(update={"text": rest[:1].upper() + rest[1:]}) if len(rest.split()) >= _LEFT else head
