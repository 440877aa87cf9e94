"""Tags: what a text keeps coming back to, each with the first source sentence that holds it word for word.

A tag is a noun or two words that end in one, said in several places. Without a model a noun is known by what stands
before it ("the board", "our desk"); words for times, persons and slides are no subject and are listed in the cues.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from content.document import Part
from content.draft import Sentence
from generators.context import Context
from generators.prose_cues import Cues, cues
from language.numbers import numbers_in
from language.source import SourceIndex
from language.subjects import names_somebody, noun_phrase
from language.words import content_words, stem, tokens, word_list

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+")
_MARK = re.compile(r"[^\w\s'’-]+(?:\s|$)|[\n:;()\[\]{}\"“”«»|•/]|\s[-–—]\s")
#: Source sentences of a text in which a single word must stand in three places to be a subject.
_LONG = 60
#: Share of its places where a phrase must stand like a noun.
_LED = 0.2
#: Share of the places of a word where it stands before the same other word.
_TIED = 0.8
#: Phrases of two words that come first.
_PAIRS = 4
_FEW = 3
#: Units of a text of which one says little about the whole.
_MANY = 4
#: How much more two words say than one.
_TWO = 3.0


def traced(phrases: Iterable[str], index: SourceIndex, units: Iterable[int], language: str,
           most: int) -> tuple[Sentence, ...]:
    """At most `most` phrases, each once, in their order; one that stands in none of the units is left out."""
    sentences = [s for unit in sorted(set(units)) for s in index.by_unit.get(unit, ())]
    negated = word_list("negation", language)
    # A phrase out of a negated sentence would say the opposite of it.
    held = [(s.id, _key(s.text, language)) for s in sentences
            if not any(word in negated or word.endswith(("n't", "n’t")) for word in tokens(s.text))]
    out: dict[str, Sentence] = {}
    for phrase in phrases:
        key = _key(phrase, language)
        if content_words(phrase, language) and key not in out:
            found = next((name for name, text in held if key in text), "")
            if found:
                out[key] = Sentence(text=phrase, sources=(found,))
        if len(out) == most:
            break
    return tuple(out.values())


@dataclass(slots=True)
class _Seen:
    """A phrase in the places where it stands: the blocks, the spellings, and how often it stood like a noun."""

    blocks: set[str] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    led: int = 0


def subjects(phrases: Iterable[str], units: Sequence[int], context: Context) -> list[str]:
    """What the units keep coming back to, best first: `phrases` (found by the topics) count for more, two words for more
    than one, and none is a part of a better one.
    """
    language = context.cleared.language
    cue = cues(language)
    units = clean_units(units, context)
    seen = _count(units, context, cue)
    # What only masks say ("large food" of "a large food company") is no subject of the talk.
    held = [_key(s.text, language) for unit in units for s in context.index.by_unit.get(unit, ())]
    phrases = [phrase for phrase in phrases if any(_key(phrase, language) in text for text in held)]
    known = {_key(phrase, language).strip() for phrase in phrases}
    named = _key(" ".join([context.cleared.title, *(topic.title for topic in context.topics)]), language)
    fewest = 2 if sum(len(context.index.by_unit.get(unit, ())) for unit in units) < _LONG else 3
    scores: dict[str, float] = {}
    for key, each in seen.items():
        two = " " in key
        total = each.forms.total()
        if len(each.blocks) < (2 if two else fewest) or each.led < _LED * total:
            continue
        first, _, last = key.partition(" ")
        # Two words of which the first never comes alone are one thing.
        tied = two and first in seen and total >= _TIED * seen[first].forms.total()
        if two and not tied and _verbal(each, seen.get(last)):
            continue
        value = len(each.blocks) * (_TWO if two else 1.0)
        scores[key] = value * (1.5 if key in known else 1.0) * (1.3 if f" {key} " in named else 1.0)
    out: list[str] = []
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    # A phrase of two words comes before the words that it is made of.
    for key in [*[each for each in ranked if " " in each][:_PAIRS], *ranked]:
        words = set(key.split())
        if not any(words & set(other.split()) for other in out):
            out.append(key)
    shown = noun_phrases([_spelt(seen[key].forms) for key in out], units, context)
    # What one slide says is no subject of a text of many, where it has others.
    wide = [phrase for phrase in shown if len(units) < _MANY or len(seen[_key(phrase, language).strip()].units) > 1]
    shown = wide if len(wide) >= _FEW else [*wide, *(phrase for phrase in shown if phrase not in wide)]
    if len(shown) >= _FEW:
        return shown
    # A phrase of the topics is said once or twice: its last word must at least be called "the" or "a" somewhere.
    led = [p for p in phrases if p not in shown and not _empty(p, cue) and (one := seen.get(
        _key(p.split()[-1], language).strip())) is not None and one.led and not cue.has("finite", p.split()[-1])]
    return [*shown, *noun_phrases(led, units, context)]


def noun_phrases(phrases: Sequence[str], units: Sequence[int], context: Context) -> list[str]:
    """The phrases that are noun phrases in most of their places and nobody's name, told by the model of the language: "the
    boss asks" is none. In a language without a model all that are nobody's name.
    """
    language = context.cleared.language
    everything = [s.text for unit in units for s in context.index.by_unit.get(unit, ())]
    told = [s.text for unit in units for s in context.index.by_unit.get(unit, ()) if s.part is not Part.TITLE]
    return [phrase for phrase in phrases
            if not names_somebody(phrase, everything, language) and noun_phrase(phrase, told, language)]


def clean_units(units: Iterable[int], context: Context) -> list[int]:
    """The units in which nothing was withheld; all of them when there is none."""
    given = list(units)
    return [unit for unit in given if unit not in context.cleared.touched_units] or given


def _verbal(phrase: _Seen, last: _Seen | None) -> bool:
    """"apprentice asks", "questions arise": a last word that never stands with an article is a verb, or may be one."""
    names = any(any(char.isupper() for char in form[1:]) for form in phrase.forms)
    ending = all(form.endswith(("s", "ed")) for form in phrase.forms)
    return not names and (last is None or not last.led or (ending and last.led < _LED * last.forms.total()))


def _count(units: Sequence[int], context: Context, cue: Cues) -> dict[str, _Seen]:
    language = context.cleared.language
    stop = word_list("stop", language)
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for sentence in (s for unit in units for s in context.index.by_unit.get(unit, ())):
        for run in _MARK.split(sentence.text):
            words = _WORD.findall(run)
            plain = [word.lower() not in stop and len(word) > 2 and not numbers_in(word, language)
                     and not cue.has("finite", word) for word in words]
            for place, word in enumerate(words):
                if not plain[place] or cue.has("empty_tag", word):
                    continue
                for first in {place, place - 1} if place and plain[place - 1] else {place}:
                    if first < place and cue.has("empty_tag", words[first]):
                        continue
                    text = " ".join(words[first:place + 1])
                    each = seen[_key(text, language).strip()]
                    each.blocks.add(sentence.block)
                    each.units.add(sentence.unit)
                    each.forms[text] += 1
                    before = words[first - 1] if first else ""
                    named = (first and text[:1].isupper()) or any(char.isupper() for char in text[1:])
                    # "the quiet expert": what another word follows may be an adjective.
                    last = place + 1 == len(words) or not plain[place + 1]
                    each.led += bool((cue.has("before_noun", before) and last) or named)
    return seen


def _spelt(forms: Counter[str]) -> str:
    """As it is written most often; without capitals where it also stands so inside a sentence."""
    best = max(forms, key=lambda form: (forms[form], form))
    small = best[:1].lower() + best[1:]
    return small if forms[small] * 3 >= forms[best] else best


def _empty(phrase: str, cue: Cues) -> bool:
    words = phrase.split()
    return len(words) > 2 or any(cue.has("empty_tag", word) or any(c.isdigit() for c in word) for word in words)


def _key(text: str, language: str) -> str:
    """Words by their stems, with blanks on both sides, so that only whole words are found."""
    return " " + " ".join(stem(word, language) for word in tokens(text)) + " "
