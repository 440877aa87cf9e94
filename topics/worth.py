"""What a topic is worth: how much there is to write from, which kind of piece that suits, and which question it answers.

Everything is counted in the source; the bounds below are hand-set, by what a draft of each kind needs to fill its form
from one topic. A question is the author's own where one is asked, otherwise wording around the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from content.document import Block, Part, Unit
from content.topic import Strength
from language.sentences import split
from language.source import SourceSentence, sentences_of
from language.words import tokens
from topics import wording
from topics.reading import stems

#: Words from which a topic fills a piece on its own, and below which it is a post.
_ENOUGH, _LITTLE = 250, 80
#: Words of a question: shorter ones ("Why?") mean nothing alone, longer ones are rhetoric.
_SHORTEST, _LONGEST = 4, 16


def strength_of(units: Sequence[Unit], language: str, furniture: frozenset[str] = frozenset()) -> Strength:
    """The strength of content units. `furniture` are pictures (by SHA-256) that are no content, such as a logo."""
    signs = wording.within("example_signs", language)
    words = notes = examples = 0
    pictures: set[str] = set()
    for unit in units:
        for block in _told(unit):
            count = len(tokens(block.text))
            notes += count * (block.part is Part.NOTES)
            words += count * (block.part is not Part.NOTES)
            examples += sum(signs.search(block.text[start:end]) is not None for start, end in split(block.text))
        pictures |= {picture.sha256 for picture in unit.pictures} - furniture
        pictures |= {block.id for block in unit.blocks if block.part is Part.CHART and block.visible}
    return Strength(words=words, notes=notes, examples=examples, pictures=len(pictures),
                    grade=_grade(words + notes, examples + len(pictures)))


def _grade(words: int, shown: int) -> str:
    if words < _LITTLE:
        return "thin"
    return "strong" if words >= _ENOUGH and shown else "fair"


def furniture_of(units: Sequence[Unit]) -> frozenset[str]:
    """Pictures that stand on half of at least four units, by SHA-256."""
    often = Counter(one for unit in units for one in {picture.sha256 for picture in unit.pictures})
    return frozenset(one for one, count in often.items() if len(units) >= 4 and count >= 0.5 * len(units))


def suits(units: Sequence[Unit], strength: Strength, language: str) -> str:
    """The kind of draft that content units suit best.

    Little text is a post, or a carousel where it has pictures; several questions are a web chat; notes with examples are
    stories, which a person tells best; long notes were spoken once and can be again; the rest is read.
    """
    told, many = strength.words + strength.notes, max(1, len(units))
    if told < _LITTLE:
        return "carousel" if strength.pictures >= 3 else "social"
    if len(_questions(units, language)) >= 3:
        return "webchat"
    if strength.examples >= 2 and strength.notes >= 100:
        return "interview"
    if strength.pictures >= 0.7 * many and told < 30 * many:
        return "carousel"
    return "audio" if strength.notes >= max(300, 2 * strength.words) else "blog"


def question_of(units: Sequence[Unit], title: str, keyphrases: Sequence[str], language: str) -> tuple[str, str]:
    """The question of an audience that a topic answers, and the id of the source sentence it is, or ''.

    A title that asks goes first, then the line that asks most of what the topic is about, then wording around the title.
    """
    asked = [sentence for sentence in _questions(units, language) if _stands_alone(sentence.text, language)]
    about = frozenset(stems(" ".join([title, *keyphrases]), language))
    near = {sentence.id: len(about & set(stems(sentence.text, language))) for sentence in asked}
    titles = [sentence for sentence in asked if sentence.part is Part.TITLE]
    lines = [sentence for sentence in asked if near[sentence.id] >= 2]
    best = titles[0] if titles else max(lines, key=lambda sentence: near[sentence.id], default=None)
    if best is not None:
        return best.text, best.id
    explain, open_ = wording.frames("asks", language)
    name = title.rstrip("?!. ")
    first = name.split(maxsplit=1)[0].lower() if name else ""
    if first in wording.phrases("question_words", language):
        return (title if title.endswith("?") else explain.format(name[:1].lower() + name[1:])), ""
    return open_.format(name), ""


def _questions(units: Sequence[Unit], language: str) -> list[SourceSentence]:
    polite = wording.whole("questions", language)
    return [sentence for unit in units for block in _told(unit) if "?" in block.text
            for sentence in sentences_of(unit, block)
            if sentence.text.endswith("?") and not polite.fullmatch(sentence.text)
            and _SHORTEST <= len(tokens(sentence.text)) <= _LONGEST]


def _stands_alone(question: str, language: str) -> bool:
    """Whether a question can be asked away from its slide: it begins as one does, without a label, a "this" or a "they"."""
    if (":" in question or wording.within("leaning_in", language).search(question)
            or tokens(question)[-1] in wording.phrases("leaning_at_end", language)):
        return False
    return language not in wording.LANGUAGES or wording.starting("asked_with", language).match(question) is not None


def _told(unit: Unit) -> list[Block]:
    return [block for block in unit.blocks if block.readable]
