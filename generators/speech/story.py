"""Chooses what an episode tells: a cold open, a chapter for each topic in the deck's order, and what to remember.

Sentences are the author's, taken in runs: a sentence that leans on the one before it comes with it or not at all. Short
sentences go first; a long one is split only where both halves stand as clauses. Nothing is joined, moved or rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.material import ItemList, Material, Passage
from generators.prose_cues import Cues, cues
from generators.render import Plain
from generators.speech.wording import pattern, phrase

Piece = Sentence | Plain
#: A sentence of more words than this is split where that can be done.
_LONG = 20
#: No sentence of more words than this is read out, split or not: a listener cannot go back.
_TOO_LONG = 34
_OPEN_WORDS = 48
#: Words after which a paragraph ends: half a minute, then the voice takes a breath.
_PARAGRAPH = 65
_WEIGHTS = (("stories", 3.0), ("examples", 3.0), ("numbers", 2.5), ("myths", 2.2), ("contrasts", 2.0), ("advice", 2.0),
            ("quotations", 2.0), ("best", 2.0), ("questions", 1.5))


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that stand or fall together, as pieces to print, with what they are worth each."""

    pieces: tuple[Piece, ...]
    sources: frozenset[str]
    words: int
    value: float


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
    groups = [_groups(material, eyes, language) for material in materials]
    opening = _opening(materials, groups, eyes)
    said = opening.sources if opening else frozenset()
    groups = [[[run for run in passage if not run.sources & said] for passage in topic] for topic in groups]
    total = sum(run.words for topic in groups for passage in topic for run in passage)
    parts: list[Part] = []
    for material, topic in zip(materials, groups, strict=True):
        own = sum(run.words for passage in topic for run in passage)
        if not own:
            continue
        chosen = _choose(topic, round(words * own / total))
        spoken, stop = spoken_title(material.title)
        parts.append(Part(material.title, spoken, stop, _paragraphs(chosen), material.topic.first, material.topic.last))
    if not parts:
        return None
    return Story(opening.pieces if opening else (), tuple(parts), _recap(materials, said, eyes))


def spoken_title(title: Sentence) -> tuple[Sentence, Plain]:
    """A title as it is spoken, and the full stop it needs: none after a question."""
    text = title.text.rstrip(" .:;,")
    return title.model_copy(update={"text": text}), Plain("" if text.endswith(("?", "!", "…")) else ".")


def shorten(sentence: Sentence, language: str) -> tuple[Sentence, ...]:
    """The sentence, or its two halves where it is long and both stand as clauses. A quotation is never touched."""
    text = sentence.text
    if len(text.split()) <= _LONG or sentence.quotation or re.match(pattern(language, "subordinate"), text, re.IGNORECASE):
        return (sentence,)
    clause = re.compile(pattern(language, "clause"))
    best: tuple[int, int, int] | None = None
    for match in re.finditer(r"; |, (?=(?:and|but|so|or|yet|en|maar|dus|want) )|: (?=\w)", text):
        left, right = text[:match.start()], text[match.end():]
        enough = min(len(left.split()), len(right.split())) >= 5
        if match.group() == ": " or not enough or not clause.match(right) or left.count("(") != left.count(")"):
            continue
        if re.search(r"[\"“”«»]", text) and text[:match.start()].count('"') % 2:
            continue
        off = abs(len(left) - len(right))
        if best is None or off < best[0]:
            best = (off, match.start(), match.end())
    if best is None:
        return (sentence,)
    left, right = text[:best[1]].rstrip(" ,;") + ".", text[best[2]:]
    first = sentence.model_copy(update={"text": left})
    second = sentence.model_copy(update={"text": right[:1].upper() + right[1:]})
    return (*shorten(first, language), *shorten(second, language))


def _groups(material: Material, eyes: Cues, language: str) -> list[list[Run]]:
    """The runs of each passage of a topic, in order, with their worth."""
    worth: dict[tuple[str, ...], float] = {}
    for name, weight in _WEIGHTS:
        ranked: tuple[Sentence, ...] = {
            "stories": material.stories, "examples": material.examples, "numbers": material.numbers, "myths": material.myths,
            "contrasts": material.contrasts, "advice": material.advice, "quotations": material.quotations,
            "best": material.best, "questions": material.questions}[name]
        for place, sentence in enumerate(ranked):
            worth[sentence.sources] = worth.get(sentence.sources, 0.0) + weight / (1 + 0.25 * place)
    return [_runs(passage, worth, eyes, language) for passage in material.passages]


def _runs(passage: Passage, worth: dict[tuple[str, ...], float], eyes: Cues, language: str) -> list[Run]:
    heads: list[list[Sentence]] = []
    broken = True  # the sentence before was left out, so what leans on it goes too
    for sentence in passage.prose:
        leans = eyes.has("anaphora", sentence.text)
        if not _speakable(sentence, language) or (leans and broken and heads) or (leans and not heads):
            broken = True
            continue
        if leans and heads and sum(len(each.text.split()) for each in heads[-1]) < 70:
            heads[-1].append(sentence)
        elif not leans:
            heads.append([sentence])
        broken = False
    found = [_run(run, worth, language) for run in heads]
    found += [run for each in passage.lists if (run := _listed(each, language)) is not None]
    return found


def _run(sentences: list[Sentence], worth: dict[tuple[str, ...], float], language: str) -> Run:
    short = [half for sentence in sentences for half in shorten(sentence, language)]
    words = sum(len(half.text.split()) for half in short)
    mean = words / len(short)
    value = sum(1.0 + worth.get(sentence.sources, 0.0) for sentence in sentences) / len(sentences) - 0.08 * max(0.0, mean - 15)
    pieces: list[Piece] = []
    for half in short:
        pieces += [half, Plain(" ")]
    return Run(tuple(pieces[:-1]), frozenset(name for each in sentences for name in each.sources), words, value)


def _listed(each: ItemList, language: str) -> Run | None:
    """A short list said as one sentence: only with a sentence that leads in, and two to four short items."""
    if each.lead is None or not 2 <= len(each.items) <= 4 or any(len(item.text.split()) > 6 for item in each.items):
        return None
    lead = each.lead.model_copy(update={"text": each.lead.text.rstrip(" .:;,")})
    items = [item.model_copy(update={"text": item.text.rstrip(" .:;,")}) for item in each.items]
    if not lead.text or not all(item.text for item in items) or len(lead.text.split()) > 14:
        return None
    joint = Plain(f" {phrase(language, 'and')} ")
    pieces: list[Piece] = [lead, Plain(": ")]
    for place, item in enumerate(items):
        pieces += [item, Plain("." if place == len(items) - 1 else joint if place == len(items) - 2 else ", ")]
    words = sum(len(piece.split()) if isinstance(piece, str) else len(piece.text.split()) for piece in pieces)
    return Run(tuple(pieces), frozenset(name for item in (lead, *items) for name in item.sources), words, 0.8)


def _speakable(sentence: Sentence, language: str) -> bool:
    """Whether a sentence can be listened to: not too long, no code, no list in disguise."""
    text = sentence.text
    longest = max(len(half.text.split()) for half in shorten(sentence, language))
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return longest <= _TOO_LONG and letters >= 0.75 * len(text) and text.count("/") < 4 and not re.search(r"[{}\\=<>|]", text)


def _choose(topic: list[list[Run]], budget: int) -> list[list[Run]]:
    """Runs worth most within a budget of words, each passage heard before any is heard twice; order of the deck kept."""
    ranked = [sorted(range(len(passage)), key=lambda place: (-_worth(passage, place), place)) for passage in topic]
    taken: list[set[int]] = [set() for _ in topic]
    left = budget
    for turn in range(max((len(each) for each in ranked), default=0)):
        order = [(-_worth(topic[p], ranked[p][turn]), p) for p in range(len(topic)) if turn < len(ranked[p])]
        for _, place in sorted(order):
            run = topic[place][ranked[place][turn]]
            # A run may run over by half: budgets are shares, and the script is measured as a whole.
            if run.words <= 1.5 * left:
                taken[place].add(ranked[place][turn])
                left -= run.words
    if not any(taken):
        place = max(range(len(topic)), key=lambda p: (max((run.value for run in topic[p]), default=-99.0), -p))
        taken[place].add(ranked[place][0])
    return [[passage[place] for place in sorted(chosen)] for passage, chosen in zip(topic, taken, strict=True) if chosen]


def _worth(passage: list[Run], place: int) -> float:
    # The first run of a slide sets the scene for the others.
    return passage[place].value + (0.4 if place == 0 else 0.0)


def _paragraphs(chosen: list[list[Run]]) -> tuple[tuple[Piece, ...], ...]:
    out: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    words = 0
    for passage in chosen:
        for position, run in enumerate(passage):
            if current and (words + run.words > _PARAGRAPH or (position == 0 and words >= 25)):
                out.append(tuple(current))
                current, words = [], 0
            current += [Plain(" "), *run.pieces] if current else list(run.pieces)
            words += run.words
    if current:
        out.append(tuple(current))
    return tuple(out)


def _opening(materials: Sequence[Material], groups: list[list[list[Run]]], eyes: Cues) -> Run | None:
    """The run that makes people want the rest: an example, a story or a number, short, and clear without a context."""
    best: tuple[float, Run] | None = None
    for material, topic in zip(materials, groups, strict=True):
        runs = [run for passage in topic for run in passage]
        for kind, bonus in ((material.stories, 3.2), (material.examples, 3.0), (material.numbers, 2.6), (material.myths, 2.2),
                            (material.questions, 2.0), (material.contrasts, 1.8)):
            for place, sentence in enumerate(kind[:4]):
                found = next((run for run in runs if set(sentence.sources) <= run.sources), None)
                if found is None or found.words > _OPEN_WORDS or found.words < 7 or eyes.has("anaphora", sentence.text):
                    continue
                if len(runs) < 2 or isinstance(found.pieces[0], str) or found.pieces[0].sources != sentence.sources:
                    continue
                score = bonus + 0.3 * found.value - 0.3 * place - 0.02 * found.words
                if best is None or score > best[0]:
                    best = (score, found)
    return best[1] if best else None


def _recap(materials: Sequence[Material], said: frozenset[str], eyes: Cues) -> tuple[Sentence, ...]:
    """At most four short sentences, one a topic: what to do, or what was said best."""
    out: list[Sentence] = []
    for material in materials:
        for sentence in (*material.advice[:3], *material.best[:6]):
            length = len(sentence.text.split())
            if 4 <= length <= 18 and not set(sentence.sources) & said and not sentence.text.endswith(("?", ":", "…")) \
                    and not eyes.has("anaphora", sentence.text):
                out.append(sentence)
                break
    if len(out) <= 4:
        return tuple(out)
    # Spread over the talk: the first, the last and what lies between at equal steps.
    return tuple(out[round(place * (len(out) - 1) / 3)] for place in range(4))
