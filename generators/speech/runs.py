"""Sentences in runs: what can be listened to, what belongs together, and the stretches that are worth telling.

A sentence that leans on the one before it comes with it or not at all. A long one is split only where both halves stand
as clauses. What points at a picture, holds code or is too long to follow is not spoken. Nothing is joined or rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.draft import Sentence
from generators.material import ItemList, Material, Passage
from generators.prose_cues import Cues
from generators.render import Plain
from generators.speech.wording import pattern, phrase

Piece = Sentence | Plain
#: A sentence of more words than this is split where that can be done.
_LONG = 20
#: No sentence of more words than this is read out, split or not: a listener cannot go back.
_TOO_LONG = 34
#: Words of one passage that are told in one go, and fewer than which nothing new is begun.
STRETCH, _LEAST = 110, 30
#: Worth of a run beyond which it pulls no more: one strong sentence must not leave its story behind.
_ENOUGH = 3.0
_WEIGHTS = (("stories", 3.0), ("examples", 3.0), ("numbers", 2.5), ("myths", 2.2), ("contrasts", 2.0), ("advice", 2.0),
            ("quotations", 2.0), ("best", 2.0), ("questions", 1.5))


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that stand or fall together, as pieces to print, with what they are worth each."""

    pieces: tuple[Piece, ...]
    sources: frozenset[str]
    words: int
    value: float


def runs_of(material: Material, eyes: Cues, language: str) -> list[list[Run]]:
    """The runs of each passage of a topic, in order, with their worth."""
    worth: dict[tuple[str, ...], float] = {}
    for name, weight in _WEIGHTS:
        ranked: tuple[Sentence, ...] = {
            "stories": material.stories, "examples": material.examples, "numbers": material.numbers,
            "myths": material.myths, "contrasts": material.contrasts, "advice": material.advice,
            "quotations": material.quotations, "best": material.best, "questions": material.questions}[name]
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
        if leans:
            heads[-1].append(sentence)
        else:
            heads.append([sentence])
        broken = False
    found = [_run(run, worth, language) for run in heads]
    found += [run for each in passage.lists if (run := _listed(each, language)) is not None]
    return found


def _run(sentences: list[Sentence], worth: dict[tuple[str, ...], float], language: str) -> Run:
    short = [half for sentence in sentences for half in shorten(sentence, language)]
    words = sum(len(half.text.split()) for half in short)
    mean = words / len(short)
    value = sum(1.0 + worth.get(each.sources, 0.0) for each in sentences) / len(sentences) - 0.08 * max(0.0, mean - 15)
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


def points(text: str, language: str) -> bool:
    """Whether a sentence points at something to be seen, which a listener does not see."""
    return re.search(pattern(language, "pointing"), text, re.IGNORECASE) is not None


def _speakable(sentence: Sentence, language: str) -> bool:
    """Whether a sentence can be listened to: not too long, no code, no list in disguise."""
    text = sentence.text
    longest = max(len(half.text.split()) for half in shorten(sentence, language))
    letters = sum(char.isalpha() or char.isspace() for char in text)
    code = text.count("/") >= 4 or re.search(r"[{}\\=<>|$]\S|\w\.\w+\(", text)
    if code or points(text, language):
        return False
    return longest <= _TOO_LONG and letters >= 0.75 * len(text)


def shorten(sentence: Sentence, language: str) -> tuple[Sentence, ...]:
    """The sentence, or its two halves where it is long and both stand as clauses. A quotation is never touched."""
    text = sentence.text
    if len(text.split()) <= _LONG or sentence.quotation:
        return (sentence,)
    if re.match(pattern(language, "subordinate"), text, re.IGNORECASE):
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


def choose(topic: list[list[Run]], budget: int, said: frozenset[str]) -> list[list[Run]]:
    """Passages worth most within a budget of words, each told in one stretch; in the deck's order.

    A listener follows a few things told to their end better than one sentence from every slide. The topic's first
    passage sets the scene; one that the opening began (`said`) is owed its end.
    """
    taken: dict[int, tuple[int, int]] = {}
    left = budget
    for most in (STRETCH, 10 * STRETCH):
        offers: list[tuple[float, int]] = []
        for place, passage in enumerate(topic):
            if passage:
                score, _, _ = _stretch(passage, most)
                first = 5.0 if any(run.sources & said for run in passage) else 2.0 if place == 0 else 0.0
                offers.append((score + first, place))
        for _, place in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
            passage = topic[place]
            owed = any(run.sources & said for run in passage)
            had = sum(run.words for run in passage[slice(*taken.get(place, (0, 0)))])
            if left < _LEAST and taken and not owed:
                continue
            # A stretch may run over a little: budgets are shares, and the script is measured as a whole.
            _, start, end = _stretch(passage, most if owed else min(most, had + round(1.25 * left)), whole=owed)
            words = sum(run.words for run in passage[start:end])
            scrap = words < _LEAST and end - start < len(passage)
            if words > had and (not taken or owed or (words - had <= 1.5 * left and not scrap)):
                taken[place] = (start, end)
                left -= words - had
    return [topic[place][slice(*taken[place])] for place in sorted(taken)]


def _stretch(passage: list[Run], most: int, whole: bool = False) -> tuple[float, int, int]:
    """The best run of runs of at most `most` words (but always one), as (score, start, end).

    `whole` asks for the passage from its beginning, as far as it goes.
    """
    best = (-99.0, 0, 1)
    for start in range(1 if whole else len(passage)):
        words, worth = 0, 0.0
        for end in range(start, len(passage)):
            if end > start and words + passage[end].words > most:
                break
            words += passage[end].words
            worth += min(passage[end].value, _ENOUGH) * passage[end].words
            # Longer is better up to a point, and a story is best told from its beginning and to its end.
            score = worth / max(1, words) + 0.03 * min(words, STRETCH) + (2.0 if start == 0 else 0.0)
            score += 0.8 if end == len(passage) - 1 else 0.0
            if whole or score > best[0]:
                best = (score, start, end + 1)
    return best
