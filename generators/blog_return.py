"""The scene that a talk comes back to at its end, told where the scene was told, if it would be told nowhere else.

A talk that ends where it began does so in its last part, and that is the end of that part. Only "Back in the cellar" over a
part whose reader has never been in that cellar would be left out there (blog_loose): it goes to the end of the piece which
told of the cellar. No word is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_form import by_unit
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues
from language.numbers import numbers_in
from language.words import content_words, stem

#: Sentences in the past that make a scene, and how far into its piece it may stand.
_SCENE, _EARLY = 3, 3
#: Share of the slides behind which a talk ends, and the share of the last piece that may go from its end.
_END, _MOST = 0.9, 0.34
#: Slides on which a word stands that is rare, and such words that a return shares with its scene.
_RARE, _SHARED = 3, 2


def brought_home(pieces: Sequence[Piece], cue: Cues) -> list[Piece]:
    """The pieces of a deck, the slide that returns to the first scene at the end of the piece which told that."""
    out = list(pieces)
    if len(out) < 2 or out[0].listicle or out[-1].listicle or any(p.running for piece in out for p in piece.passages):
        return out
    first, last = out[0], out[-1]
    scene = next((group for group in list(by_unit(first.passages))[:_EARLY] if _told(group, cue) >= _SCENE), None)
    groups = list(by_unit(last.passages))
    spread = Counter(word for piece in out for group in by_unit(piece.passages) for word in _words(group, cue))
    end = _END * max(p.unit for p in last.passages)
    for group in reversed(groups):
        if scene is None or group[0].unit <= end or sum(p.words for p in group) > _MOST * last.words:
            break
        rest = [other for other in groups if other is not group]
        if _returns(group, scene, rest, spread, cue):
            out[0] = replace(first, passages=(*first.passages, *group))
            out[-1] = replace(last, passages=tuple(p for other in rest for p in other))
            break
    return out


def returned(piece: Piece) -> tuple[Sentence, ...]:
    """The heading of a slide that was brought home to a piece: it stands over its own section."""
    last = max((m.topic.last for m in piece.materials), default=0)
    return tuple(p.heading for p in piece.passages[1:] if p.heading and last and p.unit > last)


def _returns(group: Sequence[Passage], scene: Sequence[Passage], rest: Sequence[Sequence[Passage]], spread: Counter[str],
             cue: Cues) -> bool:
    """Whether a slide says in its title that it takes up a scene, of which nothing else in its own piece speaks."""
    found = cue.single["returns"].match(group[0].heading.text) if group[0].heading else None
    if not found or not any(p.prose for p in group):
        return False
    told, place = _words(scene, cue), stem(found[1].lower(), cue.language)
    if place not in told or any(place in _words(other, cue) for other in rest):
        return False
    return sum(spread[word] <= _RARE for word in _words(group, cue) & told) >= _SHARED


def _words(group: Sequence[Passage], cue: Cues) -> frozenset[str]:
    """What is told on a slide, in the words that tell, without numbers."""
    text = " ".join(s.text for p in group for s in p.prose)
    for number in reversed(numbers_in(text, cue.language)):
        text = f"{text[:number.start]} {text[number.end:]}"
    return content_words(text, cue.language)


def _told(group: Sequence[Passage], cue: Cues) -> int:
    return sum(cue.has("past", s.text) for p in group for s in p.prose)
