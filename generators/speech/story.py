"""Chooses what an episode tells: a cold open, a chapter for each topic in the deck's order, and what to remember.

Every topic gets room for at least one thing told to its end, and more by how much it has to say. The sentences and
their order are the author's; how they hang together is the business of runs.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.material import Material
from generators.prose_cues import Cues, cues
from generators.render import Plain
from generators.speech.runs import STRETCH, Piece, Run, choose, points, runs_of

_OPEN_WORDS = 60
#: Words after which a paragraph ends: half a minute, then the voice takes a breath.
_PARAGRAPH = 65
#: Marks of a label or a list: fine in a chapter, no way to begin or to end.
_LABELLED = re.compile(r"[:/()]")


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: the topic's title, the same as it is spoken, and paragraphs of pieces."""

    title: Sentence
    spoken: Sentence
    stop: Plain
    paragraphs: tuple[tuple[Piece, ...], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything of an episode that comes from the source."""

    opening: tuple[Piece, ...]
    parts: tuple[Part, ...]
    recap: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Words of the chapters' paragraphs."""
        return sum(len(piece.split()) if isinstance(piece, str) else len(piece.text.split())
                   for part in self.parts for paragraph in part.paragraphs for piece in paragraph)


def tell(materials: Sequence[Material], words: int, language: str) -> Story | None:
    """An episode of about `words` words of source text, None when the topics have nothing to say aloud."""
    eyes = cues(language)
    groups = [runs_of(material, eyes, language) for material in materials]
    opening = _opening(materials, groups, eyes)
    said = opening.sources if opening else frozenset()
    groups = [[_after_opening(passage, said) for passage in topic] for topic in groups]
    sizes = [sum(run.words for passage in topic for run in passage) for topic in groups]
    # Every topic gets room for one thing told to its end; what is left goes by how much each has to say.
    floor = min(STRETCH, words // max(1, sum(size > 0 for size in sizes)))
    spare = max(0, words - sum(min(floor, size) for size in sizes)) / max(1, sum(sizes))
    parts: list[Part] = []
    for material, topic, own in zip(materials, groups, sizes, strict=True):
        if not own:
            continue
        chosen = choose(topic, round(min(floor, own) + spare * own), said)
        spoken, stop = spoken_title(material.title)
        parts.append(Part(material.title, spoken, stop, _paragraphs(chosen), material.topic.first, material.topic.last))
    if not parts:
        return None
    return Story(opening.pieces if opening else (), tuple(parts), _recap(materials, said, eyes, language))


def spoken_title(title: Sentence) -> tuple[Sentence, Plain]:
    """A title as it is spoken, and the full stop it needs: none after a question."""
    text = title.text.rstrip(" .:;,")
    return title.model_copy(update={"text": text}), Plain("" if text.endswith(("?", "!", "…")) else ".")


def _after_opening(passage: list[Run], said: frozenset[str]) -> list[Run]:
    """A passage that the opening was taken from: nothing when that was half of it, otherwise all, told in full."""
    told = sum(run.words for run in passage if run.sources & said)
    return [] if told and 2 * told >= sum(run.words for run in passage) else passage


def _paragraphs(chosen: list[list[Run]]) -> tuple[tuple[Piece, ...], ...]:
    out: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    words = 0
    for passage in chosen:
        for position, run in enumerate(passage):
            if current and (words + run.words > _PARAGRAPH or (position == 0 and words >= 15)):
                out.append(tuple(current))
                current, words = [], 0
            current += [Plain(" "), *run.pieces] if current else list(run.pieces)
            words += run.words
    if current:
        out.append(tuple(current))
    return tuple(out)


def _opening(materials: Sequence[Material], groups: list[list[list[Run]]], eyes: Cues) -> Run | None:
    """What makes people want the rest: a story, an example or a number with what follows it, clear by itself."""
    best: tuple[float, Run] | None = None
    for material, topic in zip(materials, groups, strict=True):
        if sum(len(passage) for passage in topic) < 3:
            continue
        for kind, bonus in ((material.stories, 3.2), (material.examples, 3.0), (material.numbers, 2.6),
                            (material.myths, 2.2), (material.questions, 2.0), (material.contrasts, 1.8)):
            for place, sentence in enumerate(kind[:4]):
                found = _opened(sentence, topic, eyes)
                if found is None:
                    continue
                score = bonus + 0.3 * found.value - 0.3 * place + 0.01 * min(found.words, 35)
                if best is None or score > best[0]:
                    best = (score, found)
    return best[1] if best else None


def _opened(sentence: Sentence, topic: list[list[Run]], eyes: Cues) -> Run | None:
    """The run that starts with a sentence, and the ones after it on the same slide while that is still short."""
    # A label, a list or a fragment is no way to begin.
    if eyes.has("anaphora", sentence.text) or _LABELLED.search(sentence.text) or not sentence.text.endswith(
            (".", "?", "!", "”", '"')):
        return None
    for passage in topic:
        for start, run in enumerate(passage):
            first = run.pieces[0]
            if isinstance(first, str) or first.sources != sentence.sources or not 7 <= run.words <= _OPEN_WORDS:
                continue
            whole = [run]
            for after in passage[start + 1:]:
                if sum(each.words for each in whole) + after.words > _OPEN_WORDS or any(
                        _LABELLED.search(each) if isinstance(each, str) else _LABELLED.search(each.text)
                        for each in after.pieces):
                    break
                whole.append(after)
            words = sum(each.words for each in whole)
            pieces = [piece for each in whole for piece in (Plain(" "), *each.pieces)][1:]
            return Run(tuple(pieces), frozenset(name for each in whole for name in each.sources), words, run.value)
    return None


def _recap(materials: Sequence[Material], said: frozenset[str], eyes: Cues, language: str) -> tuple[Sentence, ...]:
    """At most four short sentences, one a topic: what to do, or what was said best."""
    out: list[Sentence] = []
    for material in materials:
        for sentence in (*material.advice[:4], *material.contrasts[:3], *material.best[:6]):
            text = sentence.text
            clear = not (_LABELLED.search(text) or eyes.has("anaphora", text) or points(text, language))
            new = not set(sentence.sources) & said
            if clear and new and 4 <= len(text.split()) <= 18 and text.endswith((".", "!")):
                out.append(sentence)
                break
    if len(out) <= 4:
        return tuple(out)
    # Spread over the talk: the first, the last and what lies between at equal steps.
    return tuple(out[round(place * (len(out) - 1) / 3)] for place in range(4))
