"""Sentences in runs: what can be listened to, what belongs together, and the stretches that are worth telling.

A sentence that leans on the one before it comes with it or not at all, and no stretch begins with one. What points at a
picture, holds code, is a label or half a sentence, or is too long to follow is not spoken. Nothing is joined or rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.alone import linked, on_screen, points_back, states, to_room, whole, whole_thought
from generators.apart import for_the_room, lost, only_tried
from generators.closed import answers, paired, patterns, unfinished
from generators.material import ItemList, Material, Passage
from generators.prose_cues import Cues, cues
from generators.render import Plain
from generators.speech.shorten import shorten
from generators.speech.wording import pattern, phrase
from language.leaning import leaning

Piece = Sentence | Plain
#: No sentence of more words than this is read out, split or not: a listener cannot go back.
_TOO_LONG = 30
#: A fragment of at most so many words may follow a whole sentence of speech: "Not in front of the world."
_FRAGMENT = 14
#: Words at the beginning of a stretch that must not lean on what is not told.
_BEGINS = 6
#: Words of one passage that are told in one go, and fewer than which nothing new is begun.
STRETCH, _LEAST = 110, 30
# Program text, formulas and signs that stand for words.
_CODE = re.compile(r"[{}\\=<>|$]\S|\w\.\w+\(|\s(?:=|=>|->|→|<|>)\s")
# What breaks off where something was to follow.
_CUT = re.compile(r"[,;–—-]\.?$")
#: Worth of a run beyond which it pulls no more: one strong sentence must not leave its story behind.
_ENOUGH = 3.0
#: Words after a stretch that are told too: they are its point more often than not.
_TAIL = 18
#: Words that a stretch may go on for, to tell what it began.
_OWED = 80
#: What it costs a stretch to begin with a sentence that leans on one before it.
_DANGLING = 4.0
_WEIGHTS = (("stories", 3.0), ("examples", 3.0), ("numbers", 2.5), ("myths", 2.2), ("contrasts", 2.0), ("advice", 2.0),
            ("quotations", 2.0), ("best", 2.0), ("questions", 1.5))


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that stand or fall together, as pieces to print, with what they are worth each."""

    pieces: tuple[Piece, ...]
    sources: frozenset[str]
    words: int
    value: float
    #: Whether its first sentence needs something that was said before it.
    leans: bool = False
    #: Whether its first sentence turns or goes on from what its passage said before: "When it was full, ...".
    turns: bool = False
    #: Whether it needs what its passage said before it, spoken or not.
    tied: bool = False

    @property
    def texts(self) -> list[str]:
        """Its sentences, without what stands between them."""
        return [piece.text for piece in self.pieces if isinstance(piece, Sentence)]


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
    if passage.heading is not None and only_tried(passage.heading.text, [each.text for each in passage.prose], language):
        return []
    heads: list[tuple[list[Sentence], int]] = []
    broken = True  # the sentence before was left out, so what leans on it goes too
    for place, sentence in enumerate(passage.prose):
        broken = broken or _gap(passage.prose[place - 1], sentence)
        leans = eyes.has("anaphora", sentence.text) or bool(passage.running and broken and sentence.text[:1].isdigit())
        leans = leans or bool(broken and heads and leaning(sentence.text, language, alone=False))
        # What is spoken may end on half a sentence for effect; it never begins with one.
        half = passage.spoken and not broken and len(sentence.text.split()) <= _FRAGMENT
        gone = broken and (leans or lost(sentence.text, (), language))
        if not _speakable(sentence, passage, half, language) or gone:
            broken = True
            continue
        if heads and not broken and (leans or not whole(sentence.text, language)):
            heads[-1][0].append(sentence)
        else:
            heads.append(([sentence], place))
        broken = False
    found = [_run(run, worth, eyes, language, _tied(run[0], passage.prose[:place], language)) for run, place in heads]
    found += [run for each in passage.lists if (run := _listed(each, language)) is not None]
    return found


def _gap(one: Sentence, other: Sentence) -> bool:
    """Whether something between two neighbours of one text was left out."""
    block, _, number = one.sources[-1].rpartition(".")
    then, _, place = other.sources[0].rpartition(".")
    return block == then and int(place) > int(number) + 1


def _tied(first: Sentence, earlier: Sequence[Sentence], language: str) -> bool:
    """Whether a sentence needs what its passage said before it: it answers, counts on, or has another end there."""
    known, texts = patterns(language), [each.text for each in earlier]
    if not texts:
        return False
    return any(known[name].search(first.text) for name in ("bound", "counted", "later", "shown", "differs")) or answers(
        first.text, ["", *texts], language) or known["belief"].search(texts[-1]) is not None


def _run(sentences: list[Sentence], worth: dict[tuple[str, ...], float], eyes: Cues, language: str,
         needs: bool) -> Run:
    short = [half for sentence in sentences for half in shorten(sentence, language)]
    words = sum(len(half.text.split()) for half in short)
    mean = words / len(short)
    value = sum(1.0 + worth.get(each.sources, 0.0) for each in sentences) / len(sentences) - 0.08 * max(0.0, mean - 15)
    pieces: list[Piece] = []
    for half in short:
        pieces += [half, Plain(" ")]
    first = sentences[0].text
    # Only how it begins: "on the same afternoon" further on leans on nothing that would be missed.
    begins = " ".join(first.split()[:_BEGINS])
    leans = eyes.has("leaning", begins) or points_back(begins, language) or linked(first, language)
    known = patterns(language)
    turns = any(known[name].search(first) for name in ("turn", "goes_on", "takes_up", "shown"))
    names = frozenset(name for each in sentences for name in each.sources)
    return Run(tuple(pieces[:-1]), names, words, value, leans, turns, needs)


def _listed(each: ItemList, language: str) -> Run | None:
    """A short list said as one sentence: only with a sentence that leads in, and two to four short items."""
    if each.lead is None or len(each.lead.text.split()) < 3 or not states(each.lead.text, language):
        return None
    if not 2 <= len(each.items) <= 4 or any(len(item.text.split()) > 6 for item in each.items):
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
    return on_screen(text, language) or cues(language).has("to_be_seen", text)


def _speakable(sentence: Sentence, passage: Passage, half: bool, language: str) -> bool:
    """Whether a sentence can be listened to: whole, not too long, no code, no label, no list in disguise.

    `half` allows half a sentence.
    """
    text = sentence.text
    letters = sum(char.isalpha() or char.isspace() for char in text)
    if letters < 0.75 * len(text) or _CODE.search(text) or text.count("/") >= 4 or points(text, language):
        return False
    if max(len(each.text.split()) for each in shorten(sentence, language)) > _TOO_LONG:
        return False
    if to_room(text, language) or for_the_room(text, language) or cues(language).has("sign_off", text):
        return False
    if _titled(text) or _labelled(text, language) or _CUT.search(text) or cues(language).has("leads_on", text):
        return False
    if passage.spoken:
        return half or whole(text, language)
    # What stood on the slide is said when it is a sentence by itself; a heap of labels is for the eye.
    return text.endswith((".", "!", "?")) and whole_thought(text, language) and whole(text, language)


def _labelled(text: str, language: str) -> bool:
    """Whether a sentence is a label and what stands behind it: "Id (number): the key of the customer."."""
    head, colon, _ = text.partition(": ")
    size = len(head.split())
    return bool(colon) and size <= 4 and not cues(language).has("finite", head) and (
        size <= 2 or language != "en" or not states(head, language))


def _titled(text: str) -> bool:
    """Whether most words have a capital, as in a heading."""
    long: list[str] = re.findall(r"[^\W\d_]{4,}", text)
    return len(long) >= 3 and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def choose(topic: list[list[Run]], budget: int, said: frozenset[str], language: str) -> list[tuple[int, list[Run]]]:
    """Passages worth most within a budget of words, each told in one stretch; with their places, in the deck's order.

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
    found = [(place, topic[place][slice(*_trimmed(topic, place, taken, said, language))]) for place in sorted(taken)]
    kept = [(place, runs) for place, runs in found if runs]
    # Where no stretch can begin where it was cut, the first passage that can be told from its beginning is.
    able = [(place, runs) for place, runs in enumerate(topic) if runs and not _needs_more(runs, 0, language)]
    return kept or able[:1]


def _trimmed(topic: list[list[Run]], place: int, taken: dict[int, tuple[int, int]], said: frozenset[str],
             language: str) -> tuple[int, int]:
    """A stretch without a beginning that needs what is not told, and without an end that promises what is not told."""
    start, end = taken[place]
    passage = topic[place]
    follows = start == 0 and taken.get(place - 1, (0, 0))[1] == len(topic[place - 1]) > 0
    while start < end and not follows and not passage[start].sources & said and _needs_more(passage, start, language):
        start += 1
    goes_on = end == len(passage) and taken.get(place + 1, (1, 0))[0] == 0
    while end - start > 1 and not goes_on and _unfinished(passage[end - 1], language):
        end -= 1
    return (start, _closed(passage, start, end, language)) if start < end < len(passage) else (start, end)


def _needs_more(passage: list[Run], start: int, language: str) -> bool:
    """Whether a stretch that begins there begins with what is not told."""
    run = passage[start]
    if run.texts and lost(run.texts[0], (), language):
        return True
    if run.leans or run.tied or not start:
        return run.leans or run.tied
    before, own = passage[start - 1].texts, run.texts
    return run.turns or bool(before and own and paired(before[-1], own[0], language))


def _closed(passage: list[Run], start: int, end: int, language: str) -> int:
    """Where a stretch had better end: not between the halves of a pair, nor before what came of what it tells. A little later
    where that is near, otherwise earlier; at `start` when it can end nowhere.
    """
    def wants(last: int) -> int | None:
        after = [text for run in passage[last:] for text in run.texts]
        said = [text for run in passage[start:last] for text in run.texts]
        return unfinished(said, after, language) if said else 0

    # What little is left after it is its point more often than not.
    if sum(run.words for run in passage[end:]) <= _TAIL and not _unfinished(passage[-1], language):
        return len(passage)
    if wants(end) == 0:
        return end
    more = 0
    for later in range(end + 1, len(passage) + 1):
        more += passage[later - 1].words
        if more > _OWED:
            break
        if wants(later) == 0 and not _unfinished(passage[later - 1], language):
            return later
    for most in (0, 1):
        for earlier in range(end, start, -1):
            found = wants(earlier)
            long = sum(run.words for run in passage[start:earlier]) >= _LEAST
            if found is not None and found <= most and (long or most) and not _unfinished(passage[earlier - 1], language):
                return earlier
    return start


def _unfinished(run: Run, language: str) -> bool:
    """Whether a run ends on a question or on an expectation: a listener waits for what comes of it."""
    last = run.pieces[-1]
    text = last if isinstance(last, str) else last.text
    return text.endswith("?") or re.search(pattern(language, "unfinished"), text, re.IGNORECASE) is not None


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
            # Nothing begins with what the listener has missed.
            needs = passage[start].leans or passage[start].tied or (start and passage[start].turns)
            score -= _DANGLING if needs and not whole else 0.0
            if whole or score > best[0]:
                best = (score, start, end + 1)
    return best
