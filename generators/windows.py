"""Windows: runs of sentences of one slide that are closed, so that they can be printed without the rest of it.

What a post, a card, a chat answer or a line to remember takes is a window: in the order of the talk, without a gap, opened
by a sentence that needs nothing before it and ended by one that promises nothing after it (closed.py). A line of a list
goes with the title of its slide where the title is part of what it means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from content.document import Part
from content.draft import Sentence
from generators.alone import asks_alone, on_screen, orders, to_room, whole_thought
from generators.apart import for_the_room, lost
from generators.closed import (
    asked_for,
    believed,
    counts,
    enters,
    needs_title,
    strays,
    subjectless,
    sums,
    tied,
    unfinished,
)
from generators.context import Context
from generators.facts import items
from generators.hooks import gives_away, may_open
from generators.limits import limits
from generators.material import Material, Passage
from generators.naming import says_something
from generators.prose_cues import cues
from generators.quotable import standing, worth
from language.source import SourceSentence
from language.words import content_words

_Said = TypeVar("_Said", Sentence, SourceSentence)
#: Sentences of the longest window.
_MOST = 10
#: A word that so many of the slides have is known to whoever reads a post about the talk.
_COMMON = 0.2
#: What a sentence must be worth to be told without what follows it.
_WORTH = 0.5
#: What the first sentence of a slide must be worth to be told quite alone.
_POINT = 1.5
#: Sentences of a pair, and what its first must be worth more than: below, it tells of one day.
_PAIR, _TOLD = 2, -1.0
#: Words of a window that is told by itself, of one that makes a point, and of a sentence alone; what such a point is worth.
_TELLS, _SHORTEST, _ALONE, _POINTED = 10, 8, 9, 1.0
#: A step or an entry that was typed as one.
_DASHED = re.compile(r"[-–—•*·]\s")
#: Words of what may be the name of something ("Three wishes."), and then tells nothing on.
_STUB = 3


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences of a slide, and whether it begins and ends where its slide does."""

    unit: int
    sentences: tuple[Sentence, ...]
    #: The title that must be printed above it, None where it stands without.
    title: Sentence | None = None
    begins: bool = False
    ends: bool = False
    #: How much the piece wants what follows, 0 or 1.
    wants: int = 0
    #: What its slide is called, where that says something.
    heading: Sentence | None = None
    #: Nothing that is said of its slide comes after it.
    closes: bool = False

    @property
    def opening(self) -> Sentence:
        """What is read first."""
        return self.title or self.sentences[0]


def windows(material: Material, context: Context) -> tuple[Window, ...]:
    """The closed windows of a topic, in the order of the talk, the shorter ones of a start first."""
    def made() -> tuple[Window, ...]:
        common = common_words(context)
        return tuple(each for passage in material.settled for each in _of(passage, material, context, common))

    return context.once("windows", material, made)


def lines(material: Material, context: Context) -> tuple[Window, ...]:
    """The entries of lists that are whole sentences and lean on nothing, under the title of their slide where they need it:
    what a talk of bullets has to say.
    """
    language, common = context.cleared.language, common_words(context)
    out = []
    for fact in items(material, context.index, language):
        title = fact.heading if fact.heading is not None and says_something(fact.heading.text) else None
        if orders(fact.sentence.text, language):
            continue  # it may be a step of several
        if fact.heading is not None and (counts(fact.heading.text, language) or needs_title(fact.heading.text, language)):
            continue  # all of that list or none of it (announce.py)
        if may_open(fact.sentence, material, context) and not tied(fact.sentence.text, [""], common, language) and (
                unfinished([fact.sentence.text], [], language) == 0):
            out.append(Window(fact.unit, (fact.sentence,), title, heading=title))
    return tuple(out)


def enough(window: Window, context: Context) -> bool:
    """Whether a window is worth a post by itself: two sentences that tell something, or one that is news or a point.

    "Two years." and "You know him." were said to people who knew what came before; so was one short sentence of a story.
    """
    language = context.cleared.language
    texts = [each.text for each in window.sentences]
    words, best = sum(len(each.split()) for each in texts), max(worth(each, language) for each in texts)
    if window.title is not None:
        return len(texts) > 1 or words >= _SHORTEST
    if len(texts) == 1:
        if cues(language).has("says_how_many", texts[0]):
            return False
        return words >= _ALONE and best >= _WORTH
    return words >= _TELLS or (words >= _SHORTEST and best >= _POINTED)


def led_ids(context: Context) -> frozenset[str]:
    """The blocks of lists under half a sentence that leads into them ("There they can:"): parts of it wherever they stand."""
    return context.once("led", None, lambda: _led_ids(context))


def _led_ids(context: Context) -> frozenset[str]:
    out: set[str] = set()
    for unit in context.cleared.content_units():
        leads: list[int] = []
        part = None
        for block in unit.blocks:
            leads = [level for level in leads if level < block.level] if block.part is part else []
            part = block.part
            if leads or _DASHED.match(block.text):
                out.add(block.id)
            if block.text.rstrip().endswith(":"):
                leads.append(block.level)
    return frozenset(out)


def _is_led(sentence: Sentence, context: Context) -> bool:
    return any(name.rpartition(".")[0] in led_ids(context) for name in sentence.sources)


def _asked_of_us(sentence: Sentence, title: str, context: Context) -> bool:
    """Whether a line stands under what is wanted or feared, and tells what to do or what is done: nobody advises that."""
    language = context.cleared.language
    return asked_for(title, language) and (orders(sentence.text, language) or subjectless(sentence.text, language))


def common_words(context: Context) -> frozenset[str]:
    """The words that the title of a talk holds, or so many of its slides that they need no introduction."""
    return context.once("common words", None, lambda: _common_words(context))


def _common_words(context: Context) -> frozenset[str]:
    language = context.cleared.language
    units = [row for row in context.index.by_unit.values() if row]
    found = Counter(word for row in units for word in content_words(" ".join(each.text for each in row), language))
    often = {word for word, times in found.items() if times >= max(3, _COMMON * len(units))}
    return frozenset(often) | content_words(context.cleared.title, language)


def surroundings(sentence: Sentence, context: Context) -> tuple[list[str], list[str]]:
    """What is said before a sentence in its slide, the title first, and what after it; what is left out counts too."""
    known = [context.index.by_id[name] for name in sentence.sources if name in context.index.by_id]
    if not known:
        return [""], []
    unit = context.index.by_unit.get(known[0].unit, ())
    title = " ".join(each.text for each in unit if each.part is Part.TITLE)
    row = _without_farewell([each for each in unit if each.part is known[0].part and _prints(each)],
                            context.cleared.language, known[0].text)
    places = [place for place, each in enumerate(row) if each.id in sentence.sources]
    if not places:
        return [title], []
    return [title, *(each.text for each in row[:places[0]])], [each.text for each in row[places[-1] + 1:]]


def single(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a topic that are windows by themselves, best first; the author sums up, or closes a slide."""
    common = common_words(context)
    found = [each for each in standing(material, context) if closed(each, material, context, common)]
    found += [*pairs(material, context), *summed(material, context)]
    found = list({each.sources: each for each in found}.values())
    return tuple(sorted(found, key=lambda each: -merit(each, context)))


def pairs(material: Material, context: Context) -> tuple[Sentence, ...]:
    """Two neighbours that are one thought, joined, of at most as many words as a card holds: "You do not lose trust through a
    mistake. You lose it through the silence after it." Each is its source sentence, character for character.
    """
    index, most = context.index, limits()["card.quote"].limit
    out = []
    for window in windows(material, context):
        if len(window.sentences) != _PAIR or window.title is not None or window.wants:
            continue
        one, other = window.sentences
        names = (*one.sources, *other.sources)
        text = f"{one.text} {other.text}"
        verbatim = len(names) == _PAIR and all(name in index.by_id for name in names)
        if verbatim and " ".join(index.texts(names)) == text and len(text.split()) <= most and whole_thought(
                other.text, context.cleared.language) and worth(one.text, context.cleared.language) > _TOLD:
            out.append(Sentence(text=text, sources=names))
    return tuple(out)


def summed(material: Material, context: Context) -> tuple[Sentence, ...]:
    """The lines under a title such as "In four lines", with the full stop that a slide leaves out."""
    return tuple(
        each for passage in material.settled if passage.heading is not None and not passage.spoken
        and sums(passage.heading.text, context.cleared.language) and passage.unit not in context.cleared.touched_units
        for each in passage.prose if len(each.text.split()) > _STUB and may_open(each, material, context)
        and each.text[-1:] in ".!" and unfinished([each.text], [], context.cleared.language) == 0)


def merit(sentence: Sentence, context: Context) -> float:
    """What a sentence is worth by itself (quotable.worth, -4 to 3), more where it sums up and where it closes its slide."""
    earlier, after = surroundings(sentence, context)
    value = worth(sentence.text, context.cleared.language) + 0.5 * (len(sentence.sources) > 1)
    wants = unfinished([sentence.text], after, context.cleared.language) or 0
    return value + 1.5 * sums_up(sentence, context) + 0.5 * (len(earlier) > 2 and not after) - 0.75 * wants


def sums_up(sentence: Sentence, context: Context) -> bool:
    """Whether a sentence stands under a title such as "In four lines"."""
    return sums(surroundings(sentence, context)[0][0], context.cleared.language)


def closed(sentence: Sentence, material: Material, context: Context, common: frozenset[str]) -> bool:
    """Whether a sentence is a window by itself, and needs no title."""
    language = context.cleared.language
    earlier, after = surroundings(sentence, context)
    part = {context.index.by_id[name].part for name in sentence.sources if name in context.index.by_id}
    # A line of a list says what its title says of it; a document's running text has titles that only sort it.
    listed = Part.NOTES not in part and context.cleared.content_units()[0].kind == "slide"
    if listed and (needs_title(earlier[0], language) or counts(earlier[0], language)):
        return False
    # The first sentence of a slide says what the slide is about, a story what happened next: neither is a point.
    if len(earlier) == 1 and len(after) > 1 and worth(sentence.text, language) < _POINT:
        return False
    if _is_led(sentence, context) or _asked_of_us(sentence, earlier[0], context) or to_room(earlier[0], language):
        return False
    # The first that is said under "A myth" is the myth.
    if believed(earlier[0], language) and len(earlier) == 1:
        return False
    return may_open(sentence, material, context) and not tied(sentence.text, earlier, common, language) and (
        unfinished([sentence.text], after, language) is not None)


def _without_farewell(row: list[_Said], language: str, kept: str = "") -> list[_Said]:
    """Sentences without what only says at their end that this is the end ("That's all I know."), unless that is `kept`."""
    while row and row[-1].text != kept and cues(language).has("sign_off", row[-1].text):
        row = row[:-1]
    return row


def _prints(each: SourceSentence) -> bool:
    return any(char.isalpha() for char in each.text)


def _of(passage: Passage, material: Material, context: Context, common: frozenset[str]) -> Iterator[Window]:
    language = context.cleared.language
    row = _without_farewell([each for each in passage.prose if any(char.isalpha() for char in each.text)], language)
    told = passage.spoken or passage.running
    named = " ".join(each.text for each in context.index.by_unit.get(passage.unit, ()) if each.part is Part.TITLE)
    if to_room(named, language):
        return
    listed = context.index.by_unit.get(passage.unit, ())
    if passage.spoken and any(each.part is Part.NOTES for each in listed):
        # What the slide says beside its notes does not go on from them.
        noted = {each.id for each in listed if each.part is Part.NOTES}
        row = [each for each in row if noted.intersection(each.sources)]
    heading = passage.heading if passage.heading is not None and says_something(passage.heading.text) else None
    asked = heading is not None and heading.text.rstrip().endswith("?") and asks_alone(heading.text, language)
    # Of what a slide lists, all goes or nothing: what became sentences may be a part of it.
    if not told and (passage.lists or len(row) < sum(each.part is Part.BODY for each in listed)):
        return
    for start, first in enumerate(row):
        title = heading if (asked and start == 0) or not told else None
        if not told and title is None and passage.heading is not None and needs_title(passage.heading.text, language):
            return
        if not told and start:
            return
        if not (asked and start == 0) and not _opens(first, start, title, material, context, common):
            continue
        paragraph = {each[-1].sources for each in passage.paragraphs if each}
        outside = [each.text for each in row[:start]]
        for end in range(start, min(start + _MOST, len(row))):
            if end > start and not _follows(row[end - 1], row[end], told, context):
                break
            if end > start and _is_led(row[end], context):
                break
            if for_the_room(row[end].text, language) or _lost(row, start, end, title, language):
                break
            if title is None and _asked_of_us(row[end], surroundings(row[end], context)[0][0], context):
                break
            if strays(row[end].text, [each.text for each in row[start:end]], outside, common, language):
                break
            said = row[start:end + 1]
            wants = _wants(said, told, context)
            if wants is None or (start == end == 0 and believed(named, language)) or (not told and end + 1 < len(row)):
                continue
            last = end + 1 == len(row)
            # The first sentence of a slide alone says what the slide is about, seldom what it says.
            bare = start == end == 0 and not last and worth(first.text, language) < _WORTH
            yield Window(passage.unit, tuple(said), title, begins=start == 0, closes=last,
                         ends=last or said[-1].sources in paragraph, wants=max(wants, bare), heading=heading)


def _lost(row: Sequence[Sentence], start: int, end: int, title: Sentence | None, language: str) -> bool:
    """Whether a sentence of a window speaks of what only the slide before the window has named, or nothing in it."""
    before = [*((title.text,) if title is not None else ()), *(each.text for each in row[start:end])]
    if not lost(row[end].text, before, language):
        return False
    # A role that no list knows ("The cooper ...") may be who "he" is.
    strange = start < end and any(cues(language).has("a_noun", text) for text in before)
    return not strange or not lost(row[end].text, [each.text for each in row[:end]], language)


def _opens(first: Sentence, start: int, title: Sentence | None, material: Material, context: Context,
           common: frozenset[str]) -> bool:
    earlier, _ = surroundings(first, context)
    if gives_away(first.text, context.cleared) or _is_led(first, context) or (
            title is None and _asked_of_us(first, earlier[0], context)):
        return False
    if title is not None:  # it is printed, and entries of a list do not go on from each other
        common = common | content_words(title.text, context.cleared.language)
        earlier = earlier[:1]
    elif start == 0:
        earlier = earlier[:1]
    if tied(first.text, earlier, common, context.cleared.language):
        return False
    return (start == 0 and enters(first.text, context.cleared.language)) or may_open(first, material, context)


def _wants(said: Sequence[Sentence], told: bool, context: Context) -> int | None:
    _, after = surroundings(said[-1], context)
    return unfinished([each.text for each in said], after if told else [], context.cleared.language)


def _follows(one: Sentence, other: Sentence, told: bool, context: Context) -> bool:
    """Whether a sentence goes on where the one before it stopped, and needs no slide in view.

    Bullets made into sentences share a subject that an earlier bullet named, so an "it" among them may mean anything.
    """
    language = context.cleared.language
    if on_screen(other.text, language) or cues(language).any("deixis", other.text):
        return False
    if len(other.text.split()) <= _STUB and not whole_thought(other.text, language):
        return False
    if not told and cues(language).has("anaphora", other.text):
        return False
    block, _, number = one.sources[-1].rpartition(".")
    then, _, place = other.sources[0].rpartition(".")
    return block != then or int(place) == int(number) + 1
