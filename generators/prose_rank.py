"""Which sentences of a topic can stand alone, best first, by kind: numbers, questions, examples, contrasts and so on.

Whole source sentences by MMR (lambda 0.7) over the deck's tf-idf, with a bonus for a number, a contrast, the second
person and at most 25 words, and a penalty for length. What starts with a pronoun or points elsewhere is not offered.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.prose_cues import Cues
from generators.prose_line import ENDS
from language.numbers import numbers_in
from language.words import content_words

_LAMBDA = 0.7
_KEEP = 12
_OPENER = 0.25
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_QUOTE = re.compile(r"[“\"«][^“”\"«»]{15,}[”\"»]")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The selections of one topic, each best first."""

    numbers: tuple[Sentence, ...]
    questions: tuple[Sentence, ...]
    examples: tuple[Sentence, ...]
    contrasts: tuple[Sentence, ...]
    advice: tuple[Sentence, ...]
    stories: tuple[Sentence, ...]
    myths: tuple[Sentence, ...]
    best: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Inverse unit frequency of the content words of a deck; words unknown to it weigh as the rarest."""

    idf: dict[str, float]
    rarest: float

    def topic(self, texts: Sequence[str], language: str) -> dict[str, float]:
        """How much a word tells of a topic, 0 to 1: said often here (in logarithms), seldom elsewhere in the deck."""
        count: Counter[str] = Counter()
        for text in texts:
            count.update(content_words(text, language))
        raw = {word: math.log(1 + n) * self.idf.get(word, self.rarest) for word, n in count.items() if n > 1}
        top = max(raw.values(), default=1.0)
        return {word: value / top for word, value in raw.items()}


def weigh(units: Sequence[str], language: str) -> Weights:
    """Weights from the texts of a deck's units."""
    count: Counter[str] = Counter()
    for text in units:
        count.update(content_words(text, language))
    total = max(2, len(units))
    return Weights({word: math.log(1 + total / n) for word, n in count.items()}, math.log(1 + total))


def standalone(sentence: Sentence, cues: Cues) -> bool:
    """Whether a sentence can be read without the one before it."""
    words = sentence.text.split()
    return 5 <= len(words) <= 38 and bool(ENDS.search(sentence.text)) and not cues.has("anaphora", sentence.text) and (
        not sentence.text.endswith(("…", "...", ":")))


def rank(pool: Sequence[Sentence], keyphrases: Sequence[str], weights: Weights, cues: Cues,
         openers: frozenset[Sentence] = frozenset()) -> Ranked:
    """Rank the sentences of a topic; `pool` in the deck's order, `openers` begin a paragraph and so need no other."""
    language = cues.language
    alone = [sentence for sentence in dict.fromkeys(pool) if standalone(sentence, cues)]
    words = {sentence: content_words(sentence.text, language) for sentence in alone}
    wanted = content_words(" ".join(keyphrases), language)
    telling = weights.topic([sentence.text for sentence in pool], language)
    score = {sentence: _score(sentence, words[sentence], wanted, telling, cues) + (_OPENER if sentence in openers else 0.0)
             for sentence in alone}

    def pick(kind: Iterable[Sentence], keep: int = _KEEP) -> tuple[Sentence, ...]:
        return mmr(list(kind), score, words, keep)

    statements = [s for s in alone if not cues.has("question", s.text)]
    return Ranked(
        numbers=pick(s for s in statements if telling_number(s.text, language)),
        questions=pick(s for s in alone if cues.has("question", s.text)),
        examples=pick(s for s in statements if cues.has("example", s.text)),
        contrasts=pick(s for s in statements if cues.has("contrast", s.text)),
        advice=pick(s for s in statements if cues.has("advice", s.text) or cues.has("advice_inside", s.text)),
        stories=pick(s for s in statements if cues.has("story", s.text)),
        myths=pick(s for s in statements if cues.has("myth", s.text)),
        best=pick(statements, 20),
    )


def quotations(verbatim: Sequence[Sentence], cues: Cues) -> tuple[Sentence, ...]:
    """Sentences of others with their attribution in the same sentence, word for word as they stand in the source."""
    return tuple(s.model_copy(update={"quotation": True}) for s in verbatim
                 if _QUOTE.search(s.text) and (cues.has("quote_said", s.text) or re.search(r"[”\"»]\s*[–—-]\s*\w", s.text)))


def telling_number(text: str, language: str) -> bool:
    """Whether a number of a sentence says how much: a percentage, a big number, two numbers; not a lone year."""
    found = numbers_in(text, language)
    digits = [n for n in found if n.digits and not _YEAR.match(text[n.start:n.end])]
    return any(n.percent or n.value >= 10 for n in digits) or len(digits) >= 2 or (
        len([n for n in found if not _YEAR.match(text[n.start:n.end])]) >= 2)


def _score(sentence: Sentence, words: frozenset[str], wanted: frozenset[str], telling: dict[str, float], cues: Cues) -> float:
    text = sentence.text
    length = len(text.split())
    weight = sorted((telling.get(word, 0.0) for word in words), reverse=True)[:6]
    value = sum(weight) / 4 + 0.08 * min(3, len(words & wanted))
    value += 0.15 if telling_number(text, cues.language) else 0.0
    value += 0.12 if cues.has("contrast", text) else 0.0
    value += 0.08 if cues.has("second_person", text) else 0.0
    value += 0.10 if 8 <= length <= 25 else 0.0
    value -= 0.02 * max(0, length - 25)
    value -= 0.15 if text.count(",") > 3 or ";" in text or "(" in text else 0.0
    return value


def mmr(pool: list[Sentence], score: dict[Sentence, float], words: dict[Sentence, frozenset[str]],
        keep: int) -> tuple[Sentence, ...]:
    """Maximal marginal relevance: good, and unlike what was picked before. Ties go to the earlier sentence."""
    left = [sentence for sentence in pool if sentence in score]
    picked: list[Sentence] = []
    like = dict.fromkeys(left, 0.0)
    while left and len(picked) < keep:
        best = max(left, key=lambda s: _LAMBDA * score[s] - (1 - _LAMBDA) * like[s])
        picked.append(best)
        left.remove(best)
        for other in left:
            both = len(words[best] | words[other])
            like[other] = max(like[other], len(words[best] & words[other]) / both if both else 0.0)
    return tuple(picked)
