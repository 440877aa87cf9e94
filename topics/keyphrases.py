"""Keyphrases: the phrases a text keeps coming back to, in its own spelling.

Candidates are noun phrases where the language has a model and the text is short, and runs of words between stop words
otherwise; on long texts the latter measured better (F1@10 .203 against .176 on papers) and cost 2 ms. A candidate
counts for how often and how early it comes; on short texts its likeness to the whole text counts as much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from language.pipeline import has_model, parse
from language.words import stem, word_list
from topics import wording

_WORD = re.compile(r"[^\W_]+(?:['’.&+#/-][^\W_]+)*[+#]*")
_RUN = re.compile(r"[^\w\s'’&+#/-]+(?:\s|$)|[\n:;()\[\]{}\"“”«»|•]|\s[-–—]\s")
#: Longest candidate in words, and the longest text in characters that is worth a parse.
_LONGEST, _SHORT = 4, 4000


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words as it stands, and whether an article or the like stood before it, as before a noun."""

    text: str
    led: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase under its stemmed key: how it is spelt most often, how often it comes, and how early (0 to 1)."""

    key: tuple[str, ...]
    text: str
    count: int
    early: float
    #: The share of its places where it stood like a noun.
    led: float


def keyphrases(text: str, language: str, n: int) -> tuple[str, ...]:
    """Up to `n` keyphrases of a text, best first; () for a text without words. Deterministic."""
    phrases = _noun_phrases(text, language) if has_model(language) and len(text) <= _SHORT else None
    found = candidates(phrases if phrases is not None else runs(text, language), language)
    if not found:
        return ()
    scores = {one.key: score(one) * _hollow(one.text, language) for one in found.values()}
    if phrases is not None and len(found) > 1:
        scores = _blend(text, found, scores, language)
    return choose(found, scores, n)


def runs(text: str, language: str) -> list[Phrase]:
    """Runs of up to four words with no stop word, verb of all work or mark between them, in order."""
    # A language without a list of its own is read with the English one: most decks have English in them.
    stop = (word_list("stop", language) or word_list("stop", "en")) | frozenset(wording.phrases("weak", language))
    before_noun = frozenset(wording.phrases("before_noun", language))
    found: list[Phrase] = []
    for piece in _RUN.split(text):
        run: list[str] = []
        led = False
        for match in _WORD.finditer(piece):
            word = match.group()
            if word.lower() in stop or word.isdigit() or len(word) < 2:
                _close(run, led, found)
                run, led = [], word.lower() in before_noun
            else:
                run.append(word)
        _close(run, led, found)
    return found


def _close(run: Sequence[str], led: bool, found: list[Phrase]) -> None:
    if 0 < len(run) <= _LONGEST:
        found.append(Phrase(" ".join(run), led))


def _noun_phrases(text: str, language: str) -> list[Phrase]:
    stop = word_list("stop", language) | frozenset(wording.phrases("weak", language))
    found: list[Phrase] = []
    for doc in parse([text], language):
        for chunk in doc.noun_chunks:
            words = [token for token in chunk if not token.is_space]
            while words and (words[0].lower_ in stop or words[0].pos_ in {"DET", "PRON", "PUNCT", "NUM"}):
                words.pop(0)
            while words and words[-1].pos_ in {"PUNCT", "PRON"}:
                words.pop()
            phrase = doc.text[words[0].idx:words[-1].idx + len(words[-1])] if words else ""
            # Counted as people do: to the parser "time-delay" is three words.
            if 0 < len(phrase.split()) <= _LONGEST:
                found.append(Phrase(phrase, True))
    return found


def candidates(phrases: Sequence[Phrase], language: str) -> dict[tuple[str, ...], Candidate]:
    """Phrases that differ only in endings or case are one candidate, spelt as they are most often."""
    spelt: dict[tuple[str, ...], Counter[str]] = {}
    first: dict[tuple[str, ...], int] = {}
    led: dict[tuple[str, ...], int] = {}
    for place, phrase in enumerate(phrases):
        key = tuple(stem(match.group().lower(), language) for match in _WORD.finditer(phrase.text))
        if key and sum(map(len, key)) > 2:
            spelt.setdefault(key, Counter())[" ".join(phrase.text.split())] += 1
            led[key] = led.get(key, 0) + phrase.led
            first.setdefault(key, place)
    total = max(1, len(phrases))
    return {key: Candidate(key, _usual(forms), forms.total(), 1 - first[key] / total, led[key] / forms.total())
            for key, forms in spelt.items()}


def _usual(forms: Counter[str]) -> str:
    # Of equally common spellings the one with fewest capitals: "Customer service" at the start of a bullet is no name.
    return min(forms, key=lambda form: (-forms[form], sum(char.isupper() for char in form), form))


def score(one: Candidate) -> float:
    """Term frequency by position; two and three words say more than one, four are often an accident.

    A lower-case word that never stands behind an article is more often a verb ("looked") than a thing.
    """
    last = one.text.split()[-1]
    thing = one.led >= 0.25 or one.text[:1].isupper()
    verbal = last.islower() and last.endswith(("ed", "ly"))
    shape = {1: 0.8 if thing else 0.2, 2: 1.5, 3: 1.4}.get(len(one.key), 1.0) * (0.3 if verbal else 1.0)
    return one.count * (0.4 + 0.6 * one.early) * shape * (1.0 if thing else 0.8)


def contrasted(scores: Mapping[tuple[str, ...], float], elsewhere: Mapping[tuple[str, ...], int],
               others: int) -> dict[tuple[str, ...], float]:
    """Scores with what topics have in common marked down; `elsewhere` counts the other topics that have a phrase."""
    rare = {key: math.log(1 + (others + 1) / (1 + elsewhere.get(key, 0))) / math.log(2 + others) for key in scores}
    return {key: value * rare[key] for key, value in scores.items()}


def choose(found: Mapping[tuple[str, ...], Candidate], scores: Mapping[tuple[str, ...], float],
           n: int) -> tuple[str, ...]:
    """The best `n` phrases, none inside another and none with the same words."""
    taken: list[tuple[str, ...]] = []
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if len(taken) == n:
            break
        if not any(set(key) <= set(other) or set(other) <= set(key) for other in taken):
            taken.append(key)
    return tuple(found[key].text for key in taken)


def _hollow(text: str, language: str) -> float:
    """What a phrase of all work ("numerical example") counts for: little."""
    return 0.3 if text.lower() in wording.phrases("hollow", language) else 1.0


def _blend(text: str, found: Mapping[tuple[str, ...], Candidate],
           scores: Mapping[tuple[str, ...], float], language: str) -> dict[tuple[str, ...], float]:
    from topics.embed import vectors

    keys = sorted(found)
    rows = vectors([text, *(found[key].text for key in keys)])
    like = rows[1:] @ rows[0]
    most, best = max(scores.values()), max(float(like.max()), 1e-6)
    return {key: scores[key] / most + max(0.0, float(value)) / best * _hollow(found[key].text, language)
            for key, value in zip(keys, like, strict=True)}
