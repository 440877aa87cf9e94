"""How an episode begins and ends: the cold open, and what to remember.

Both are heard without what stands around them in the source, so only sentences that stand by themselves are taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from content.draft import Sentence
from generators.alone import linked, points_away, points_back, whole
from generators.apart import has_place, quotable_alone
from generators.closed import sums
from generators.material import Material, unit_of
from generators.prose_cues import Cues
from generators.quotable import worth
from generators.render import Plain
from generators.speech.runs import Run, points
from generators.speech.wording import pattern

#: Words of a cold open, at most and at least.
_OPEN_WORDS, _OPEN_LEAST = 60, 10
#: Marks of a label or a list: fine in a chapter, no way to begin or to end.
_LABELLED = re.compile(r"[:/()=#]|\betc\b")
# Names out of programs, options of a command, and remarks behind a dash: too much to keep in mind.
_CODED = re.compile(r"[a-z][A-Z]|\s-\w|[–—]|\w_\w")
#: An opening below this is worse than none: the title then opens the episode.
_LEAST = 2.0
#: Sentences to remember, and the words of one.
_MOST, _SHORT, _LONG = 4, 4, 18
#: How much more a line of the author's own summary is worth.
_SUMS_UP = 1.5
_SOURCES = (("stories", 3.2), ("examples", 3.0), ("numbers", 2.6), ("myths", 2.2), ("questions", 2.0), ("contrasts", 1.8))


def opening(materials: Sequence[Material], groups: list[list[list[Run]]], eyes: Cues) -> Run | None:
    """What makes people want the rest: a story, an example or a number with what follows it, clear by itself."""
    best: tuple[float, Run] | None = None
    for material, topic in zip(materials, groups, strict=True):
        if sum(len(passage) for passage in topic) < 3:
            continue
        kinds: dict[str, tuple[Sentence, ...]] = {
            "stories": material.stories, "examples": material.examples, "numbers": material.numbers,
            "myths": material.myths, "questions": material.questions, "contrasts": material.contrasts}
        for name, bonus in _SOURCES:
            for place, sentence in enumerate(kinds[name][:6]):
                found = _opened(sentence, material, topic, eyes)
                if found is None:
                    continue
                run, spoken = found
                score = bonus + 0.3 * run.value - 0.3 * place + 0.01 * min(run.words, 35) - (0.0 if spoken else 3.0)
                score -= 1.0 if points_away(sentence.text, eyes.language) else 0.0
                if score >= _LEAST and (best is None or score > best[0]):
                    best = (score, run)
    return best[1] if best else None


def _opened(sentence: Sentence, material: Material, topic: list[list[Run]], eyes: Cues) -> tuple[Run, bool] | None:
    """The run that starts with a sentence, with the ones after it on the same slide while that is still short.

    Also whether it was spoken (notes, running text) or stood on a slide.
    """
    text = sentence.text
    # A label, a list, a fragment or what leans on something unsaid is no way to begin.
    if _LABELLED.search(text) or not text.endswith((".", "?", "!", "”", '"')) or not text[:1].isupper():
        return None
    if _leans(text, eyes):
        return None
    # An order is no beginning, and "this decision" was taken before the listener came.
    if eyes.has("advice", text) or re.search(pattern(eyes.language, "demonstrative"), text, re.IGNORECASE):
        return None
    if not whole(text, eyes.language) and not text.endswith("?"):
        return None
    for passage, told in zip(material.passages, topic, strict=True):
        for start, run in enumerate(told):
            first = run.pieces[0]
            if isinstance(first, str) or first.sources != sentence.sources or not 7 <= run.words <= _OPEN_WORDS:
                continue
            if start and run.turns:
                continue
            taken = [run]
            for after in told[start + 1:]:
                if sum(each.words for each in taken) + after.words > _OPEN_WORDS or any(
                        _LABELLED.search(each) if isinstance(each, str) else _LABELLED.search(each.text)
                        for each in after.pieces):
                    break
                taken.append(after)
            # Whoever hears it first has to know who is where.
            said = " ".join(t for each in taken for t in each.texts)
            words = sum(each.words for each in taken)
            if words < _OPEN_LEAST or said.endswith((":", "?")) or not has_place(said, eyes.language):
                continue
            pieces = [piece for each in taken for piece in (Plain(" "), *each.pieces)][1:]
            names = frozenset(name for each in taken for name in each.sources)
            return Run(tuple(pieces), names, sum(each.words for each in taken), run.value), passage.spoken
    return None


def recap(told: Sequence[tuple[Material, list[Run]]], said: frozenset[str], eyes: Cues,
          lasting: Mapping[int, Sequence[Sentence]] | None = None) -> tuple[Sentence, ...]:
    """At most four short sentences, one a chapter: what to do, or what holds in general. In the order of the episode.

    Told once and recognised, they stay; what the listener never heard would be no recap. `lasting` are, by the number of a
    topic, the sentences that stand for themselves there, best first: only they are taken. The author's own summing up among
    them (what no chapter tells) comes first.
    """
    out: list[tuple[float, int, Sentence]] = []
    for number, (material, runs) in enumerate(told):
        offers: list[tuple[float, int, Sentence]] = []
        best = {sentence.sources for sentence in material.best[:6]}
        lessons = {each.sources for kind in (material.advice, material.contrasts, material.myths) for each in kind[:8]}
        # What is still to be decided is told, but nobody is to remember it.
        left = {name for passage in material.passages if passage.unit in material.undecided
                for sentence in passage.prose for name in sentence.sources}
        spoken = [piece for run in runs for piece in run.pieces if isinstance(piece, Sentence)]
        own = {each.sources for each in spoken}
        able = None if lasting is None else {each.sources for each in lasting.get(material.topic.number, ())}
        titles = {passage.unit: passage.heading.text for passage in material.passages if passage.heading is not None}
        summing = [each for each in (lasting or {}).get(material.topic.number, ()) if each.sources not in own
                   and sums(titles.get(unit_of(each), ""), eyes.language)]
        for place, sentence in enumerate([*summing, *spoken]):
            if set(sentence.sources) & (said | left) or not _memorable(sentence.text, eyes):
                continue
            if able is not None and sentence.sources not in able:
                continue
            value = worth(sentence.text, eyes.language) + (0.6 if sentence.sources in best else 0.0)
            value += 0.8 if sentence.sources in lessons else 0.0
            value += _SUMS_UP if place < len(summing) else 0.0
            offers.append((value, -place, sentence))
        if offers:
            value, _, sentence = max(offers, key=lambda each: each[:2])
            if value >= 0.5:
                out.append((value, number, sentence))
    kept = sorted(sorted(out, key=lambda each: (-each[0], each[1]))[:_MOST], key=lambda each: each[1])
    return tuple(sentence for _, _, sentence in kept)


def _leans(text: str, eyes: Cues) -> bool:
    """Whether a sentence leans on something that a listener has not heard."""
    leaning = eyes.has("anaphora", text) or eyes.has("leaning", text)
    return leaning or points_back(text, eyes.language) or linked(text, eyes.language)


def _memorable(text: str, eyes: Cues) -> bool:
    if not _SHORT <= len(text.split()) <= _LONG or not text.endswith((".", "!")):
        return False
    if _LABELLED.search(text) or _CODED.search(text):
        return False
    if not quotable_alone(text, eyes.language):
        return False
    unclear = _leans(text, eyes) or points_away(text, eyes.language) or points(text, eyes.language)
    # What one person did is a story, not what it teaches.
    someone = re.search(pattern(eyes.language, "someone"), text, re.IGNORECASE) is not None
    return not unclear and not someone and whole(text, eyes.language)
