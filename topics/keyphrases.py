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
class Candidate:
    """A phrase under its stemmed key: how it is spelt most often, how often it comes, and how early (0 to 1)."""

    key: tuple[str, ...]
    text: str
    count: int
    early: float


def keyphrases(text: str, language: str, n: int) -> tuple[str, ...]:
    """Up to `n` keyphrases of a text, best first; () for a text without words. Deterministic."""
    phrases = _noun_phrases(text, language) if has_model(language) and len(text) <= _SHORT else None
    found = candidates(phrases if phrases is not None else runs(text, language), language)
    if not found:
        return ()
    scores = {one.key: score(one) for one in found.values()}
    if phrases is not None and len(found) > 1:
        scores = _blend(text, found, scores)
    return choose(found, scores, n)


def runs(text: str, language: str) -> list[str]:
    """Runs of up to four words with no stop word, verb of all work or mark between them, in order."""
    # A language without a list of its own is read with the English one: most decks have English in them.
    stop = (word_list("stop", language) or word_list("stop", "en")) | frozenset(wording.phrases("weak", language))
    found: list[str] = []
    for piece in _RUN.split(text):
        run: list[str] = []
        for match in _WORD.finditer(piece):
            word = match.group()
            if word.lower() in stop or word.isdigit() or len(word) < 2:
                _close(run, found)
                run = []
            else:
                run.append(word)
        _close(run, found)
    return found


def _close(run: Sequence[str], found: list[str]) -> None:
    if 0 < len(run) <= _LONGEST:
        found.append(" ".join(run))


def _noun_phrases(text: str, language: str) -> list[str]:
    stop = word_list("stop", language)
    found: list[str] = []
    for doc in parse([text], language):
        for chunk in doc.noun_chunks:
            words = [token for token in chunk if not token.is_space]
            while words and (words[0].lower_ in stop or words[0].pos_ in {"DET", "PRON", "PUNCT", "NUM"}):
                words.pop(0)
            while words and words[-1].pos_ in {"PUNCT", "PRON"}:
                words.pop()
            if 0 < len(words) <= _LONGEST:
                found.append(doc.text[words[0].idx:words[-1].idx + len(words[-1])])
    return found


def candidates(phrases: Sequence[str], language: str) -> dict[tuple[str, ...], Candidate]:
    """Phrases that differ only in endings or case are one candidate, spelt as they are most often."""
    spelt: dict[tuple[str, ...], Counter[str]] = {}
    first: dict[tuple[str, ...], int] = {}
    for place, phrase in enumerate(phrases):
        key = tuple(stem(match.group().lower(), language) for match in _WORD.finditer(phrase))
        if key and sum(map(len, key)) > 2:
            spelt.setdefault(key, Counter())[" ".join(phrase.split())] += 1
            first.setdefault(key, place)
    total = max(1, len(phrases))
    return {key: Candidate(key, _usual(forms), forms.total(), 1 - first[key] / total) for key, forms in spelt.items()}


def _usual(forms: Counter[str]) -> str:
    # Of equally common spellings the one with fewest capitals: "Customer service" at the start of a bullet is no name.
    return min(forms, key=lambda form: (-forms[form], sum(char.isupper() for char in form), form))


def score(one: Candidate) -> float:
    """Term frequency by position; two and three words say more than one, four are often an accident."""
    return one.count * (0.4 + 0.6 * one.early) * {1: 0.6, 2: 1.5, 3: 1.4}.get(len(one.key), 1.0)


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


def _blend(text: str, found: Mapping[tuple[str, ...], Candidate],
           scores: Mapping[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    from topics.embed import vectors

    keys = sorted(found)
    rows = vectors([text, *(found[key].text for key in keys)])
    like = rows[1:] @ rows[0]
    most, best = max(scores.values()), max(float(like.max()), 1e-6)
    return {key: scores[key] / most + max(0.0, float(value)) / best for key, value in zip(keys, like, strict=True)}
