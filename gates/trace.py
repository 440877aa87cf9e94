"""The trace gate: every sentence rests on the source sentences it names, and says nothing they do not say.

Checked for each segment, against exactly the source sentences that it names, never against the whole document (where
one in three negations would look fine): its numbers, its names, its quotations, its negations, and the share of its
content words that the sources hold. The measures and their error rates on real decks are those of the project's
writing study: numbers, names and quotations gave no false alarm in 275 sentences; a negation compared with its own
source sentence none in 189. The order of the words is trace_order's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from content.draft import Draft, Origin, Sentence
from content.pack import GateResult
from gates.trace_order import disorder
from gates.work import Work
from language.fold import folded
from language.markdown import unescaped
from language.numbers import numbers_in
from language.source import SourceIndex
from language.wordcount import words_of
from language.words import content_words, stem, tokens, word_list

#: Less of its content words in the source than this, and a sentence is not taken from there.
CONTAINMENT = 0.5
_QUOTED = re.compile(r"[“«„]([^”»“]{3,})[”»“]|(?<!\w)\"([^\"]{3,})\"(?!\w)")
_NAME = re.compile(r"(?<![\w'’])[A-Z][\w]*(?:[-&.][A-Z]?\w+)*")
_HASHTAG = re.compile(r"#(\w+)")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


class TraceGate:
    """Refuses a draft with a sentence that its sources do not carry."""

    name = "trace"

    def check(self, work: Work) -> GateResult:
        """Judge every segment, title and metadata value of every draft."""
        if work.index is None or work.cleared is None:
            return GateResult(gate=self.name, passed=False, run=False, reasons=("the source is not at hand",))
        reasons: list[str] = []
        warnings: list[str] = []
        refused: list[str] = []
        figures: dict[str, dict[str, float]] = {}
        for draft in work.drafts:
            wrong = list(_problems(draft, work.index, work.cleared.language))
            reasons += [f"{draft.name}: {problem}" for problem in wrong]
            if wrong:
                refused.append(draft.name)
            figures[draft.name] = _figures(draft)
            if by_hand := sum(each.origin is Origin.EDITOR for each in draft.segments):
                figures[draft.name]["by_hand"] = by_hand
                warnings.append(f"{draft.name}: {by_hand} part(s) written by a person at the desk, who answers for it")
            if by_model := sum(each.origin is Origin.MODEL for each in draft.segments):
                figures[draft.name]["by_model"] = by_model
                warnings.append(f"{draft.name}: {by_model} sentence(s) written by a model from the sources that are named")
        total = sum(int(each["sentences"]) for each in figures.values())
        traced = sum(int(each["traced"]) for each in figures.values())
        language = work.cleared.language
        return GateResult(gate=self.name, passed=not refused, reasons=tuple(reasons), refused=tuple(refused),
                          warnings=tuple(warnings), drafts=figures, not_measured=_unknown(work.index, language),
                          figures={"sentences": total, "traced": traced, **_compared(work.drafts, language)})


GATE = TraceGate()


def _said(draft: Draft) -> Iterator[Sentence]:
    yield draft.title
    yield from draft.segments
    for values in draft.metadata.values():
        yield from values


def _problems(draft: Draft, index: SourceIndex, language: str) -> Iterator[str]:
    for position, sentence in enumerate(_said(draft)):
        if sentence.origin is Origin.TEMPLATE:
            if sentence.sources:
                yield f"sentence {position} is marked as template text but names sources"
            continue
        if sentence.origin is Origin.EDITOR:  # a person answers for it; the gate says so and asks for no source
            continue
        for problem in problems(sentence, index, language):
            yield f"sentence {position} {problem}"


def problems(sentence: Sentence, index: SourceIndex, language: str) -> Iterator[str]:
    """What is wrong with one sentence, in words that name places and figures but repeat no text.

    Generators call nothing here (stages do not import each other); a draft is judged after it was written.
    """
    text = unescaped(sentence.text)
    if not any(char.isalnum() for char in text):
        return
    if sentence.origin is Origin.MODEL and not (word_list("stop", language) and word_list("negation", language)):
        yield "was written by a model in a language that cannot be judged"
        return
    if not sentence.sources:
        yield "names no source"
        return
    unknown = [name for name in sentence.sources if name not in index.by_id]
    if unknown:
        yield f"names a source that is not in the cleared document ({unknown[0]})"
        return
    sources = index.texts(sentence.sources)
    source = "\n".join(sources)
    place = sentence.sources[0]
    # A hashtag is words written as one: it stands in the source when its letters do.
    tight = _tight(source)
    text = _HASHTAG.sub(lambda tag: "" if _tight(tag[1]) in tight else tag[1], text)
    if extra := _numbers(text, source, language):
        yield f"has {extra} number(s) that its source {place} does not have"
    if extra := _names(text, source):
        yield f"has {extra} name(s) that its source {place} does not have"
    if not _quotations_stand(sentence, text, source):
        yield f"quotes words that do not stand so in its source {place}"
    if _negation_differs(text, sources, language):
        yield f"negates what its source {place} does not, or the other way round"
    if wrong := disorder(text, sources, language):
        yield f"{wrong} ({place})"
    share = containment(text, source, language)
    if share < CONTAINMENT:
        yield f"shares only {share:.0%} of its words with its source {place}"


def containment(text: str, source: str, language: str) -> float:
    """Share of the content words of `text` that `source` holds, 0 to 1; 1 when it has none."""
    words = content_words(text, language)
    if not words:
        return 1.0
    return len(words & content_words(source, language)) / len(words)


def _numbers(text: str, source: str, language: str) -> int:
    known, values = _figures_in(source, language)
    # A share may be told without its sign ("30 of 100"); a plain number never becomes a share.
    return sum((number.value, number.percent) not in known and (number.percent or number.value not in values)
               for number in numbers_in(text, language))


@lru_cache(maxsize=2048)
def _figures_in(source: str, language: str) -> tuple[frozenset[tuple[float, bool]], frozenset[float]]:
    """The numbers of a source with whether each is a share, and their values alone; 0.35 is 35% said otherwise."""
    own = numbers_in(source, language)
    known = frozenset((number.value, number.percent) for number in own)
    known |= {(round(number.value / 100, 9), False) for number in own if number.percent}
    known |= {(round(number.value * 100, 9), True) for number in own if number.digits and 0 < number.value < 1}
    return known, frozenset(value for value, _ in known)


def _names(text: str, source: str) -> int:
    """Capitalised words inside a sentence, and any word with an inner capital or digit, that the source lacks."""
    have, stems = _forms(source)
    squashed = _tight(source)
    extra = 0
    for word in _named(text):
        keys = tokens(folded(word))
        if all(key in have or stem(key, "en") in stems for key in keys):
            continue
        if _tight(word) in squashed:
            continue
        extra += 1
    return extra


def _named(text: str) -> Iterator[str]:
    """The words of a text that are written as names are; an ordinary word that begins a sentence is none."""
    for match in _NAME.finditer(text):
        word, before = match.group(), text[:match.start()]
        first = not re.search(r"\w", before) or re.search(r"[.!?:]['\"”’)]*\s*$", before)
        if not (first and (word[1:].islower() or len(word) == 1)):
            yield word


@lru_cache(maxsize=2048)
def _forms(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a source, and their stems. Kept, since every piece rests on the same few hundred sentences."""
    words = frozenset(tokens(folded(source)))
    return words, frozenset(stem(word, "en") for word in words)


@lru_cache(maxsize=2048)
def _tight(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


def _quotations_stand(sentence: Sentence, text: str, source: str) -> bool:
    quoted = [_plain(match[1] or match[2]).strip(" .,") for match in _QUOTED.finditer(text)]
    if sentence.quotation:
        quoted.append(_plain(text).strip(" \"'."))
    if not quoted:
        return True
    whole = _plain(source)
    return all(each in whole for each in quoted)


def _plain(text: str) -> str:
    return folded(text.translate(_PLAIN))


def _negation_differs(text: str, sources: tuple[str, ...], language: str) -> bool:
    """Whether a negation stands on other words here than in the sources.

    A negation is compared with the content words around it (three on each side), so that leaving out a clause is no
    flip and turning one round is.
    """
    if not word_list("negation", language):
        return False
    said = _negated(text, language)
    known = [window for source in sources for window in _negated(source, language)]
    words = content_words(text, language)
    if any(window and not any(window & other for other in known) for window in said):
        return True
    if any(not window for window in said) and not known:
        return True
    # A source negation whose whole neighbourhood is here without a negation of its own was dropped.
    for window in known:
        here = window & words
        if len(window) >= 2 and len(here) >= max(2, 0.8 * len(window)) and not any(window & other for other in said):
            return True
    return False


@lru_cache(maxsize=2048)
def _negated(text: str, language: str) -> tuple[frozenset[str], ...]:
    """For each negation of a text the content words around it."""
    marks = word_list("negation", language)
    found = []
    for clause in re.split(r"[;:.!?\n]|,\s", text):
        words = tokens(clause)
        for position, word in enumerate(words):
            if word in marks or word.endswith("n't"):
                near = " ".join(words[max(0, position - 3):position] + words[position + 1:position + 5])
                found.append(content_words(near, language) - {stem(mark, language) for mark in marks})
    return tuple(found)


def _compared(drafts: tuple[Draft, ...], language: str) -> dict[str, float]:
    """How many numbers, names, quotations and negations of the drafts were held against their sources."""
    said = [unescaped(each.text) for draft in drafts for each in _said(draft) if each.sources]
    return {"numbers": float(sum(len(numbers_in(text, language)) for text in said)),
            "names": float(sum(1 for text in said for _ in _named(text))),
            "quotations": float(sum(1 for text in said for _ in _QUOTED.finditer(text))),
            "negations": float(sum(len(_negated(text, language)) for text in said))}


def _unknown(index: SourceIndex, language: str) -> dict[str, str]:
    """What cannot be judged in a language, and why."""
    out: dict[str, str] = {}
    if not word_list("negation", language):
        out["negations"] = f"no list of negations for the language {language}"
    if not word_list("stop", language):
        out["order of words"] = f"no word lists for the language {language}"
    letters = [char for each in index.by_id.values() for char in each.text if char.isalpha()]
    if letters and sum(char.isupper() or char.islower() for char in letters) < 0.5 * len(letters):
        out["names"] = f"the writing of the language {language} has no capitals to know them by"
    return out


def _figures(draft: Draft) -> dict[str, float]:
    said = [segment for segment in draft.segments if any(char.isalnum() for char in segment.text)]
    traced = [segment for segment in said if segment.sources]
    template = sum(len(tokens(segment.text)) for segment in said if segment.origin is Origin.TEMPLATE)
    words = sum(len(tokens(segment.text)) for segment in said)
    return {"sentences": len(said), "traced": len(traced), "words": words_of(draft),
            "template_share": round(template / words, 4) if words else 0.0}
