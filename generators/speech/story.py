"""Chooses what an episode tells: a cold open, a chapter for each topic in the deck's order, and what to remember.

Every topic gets room for at least one thing told to its end, and more by how much it has to say. The sentences and
their order are the author's; how they hang together is the business of runs.py, how it begins and ends of ends.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.closed import unfinished
from generators.material import Material, unit_of
from generators.prose_cues import cues
from generators.render import Plain
from generators.speech.ends import opening, recap
from generators.speech.runs import STRETCH, Piece, Run, choose, runs_of
from generators.speech.wording import phrase, phrases
from language.fold import folded
from language.numbers import numbers_in

#: A topic and what is told of it: runs by the place of their passage.
Chosen = tuple[Material, list[tuple[int, list[Run]]]]
#: Words after which a paragraph ends: half a minute, then the voice takes a breath.
_PARAGRAPH = 65
#: Words told since the last signpost after which a new heading of the source is said.
_SIGNPOST = 110
#: Words a topic must at least have room for.
_LEAST = 25
#: Words that make a chapter.
_CHAPTER = 20
#: The number of a step in front of its name.
_STEP = re.compile(r"^[^\W\d_]+ \d+\s*[-–—:.]\s*")
#: Words of a heading that can be said as a signpost.
_HEADING = range(2, 11)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: its name, the same as it is spoken with its stop, how it is announced, and paragraphs of pieces."""

    title: Sentence | Plain
    spoken: Sentence | Plain
    stop: Plain
    #: Before its name in the contents and at its beginning: "Then: ", "On to part three: ".
    listed: Plain
    turn: Plain
    paragraphs: tuple[tuple[Piece, ...], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything of an episode that comes from the source."""

    opening: tuple[Piece, ...]
    parts: tuple[Part, ...]
    recap: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Words of the chapters' paragraphs."""
        return sum(_words(paragraph) for part in self.parts for paragraph in part.paragraphs)


def tell(materials: Sequence[Material], words: int, language: str, name: str = "",
         lasting: Mapping[int, Sequence[Sentence]] | None = None, summary: Sequence[Sentence] = ()) -> Story | None:
    """An episode of about `words` words of source text, None when the topics have nothing to say aloud.

    `name` is the talk's title: a topic of the same name is announced as its beginning, not by the title again. `lasting` are
    the sentences that stand for themselves, by the number of their topic; without it the ends judge by the sentence. The
    `summary` is the talk's own words for what it comes to.
    """
    eyes = cues(language)
    groups = _told_once([runs_of(material, eyes, language) for material in materials])
    first = opening(materials, groups, eyes)
    said = first.sources if first else frozenset()
    groups = [[_after_opening(passage, said) for passage in topic] for topic in groups]
    sizes = [sum(run.words for run in _left(topic)) for topic in groups]
    if sum(size > 0 for size in sizes) > (room := max(2, words // _LEAST)):
        # So little time is given that each topic would get a sentence: those with most to say are told.
        least = sorted(sizes, reverse=True)[room - 1]
        sizes = [size if size >= least else 0 for size in sizes]
    # Every topic gets room for one thing told to its end; what is left goes by how much each has to say.
    floor = min(STRETCH, words // max(1, sum(size > 0 for size in sizes)))
    spare = max(0, words - sum(min(floor, size) for size in sizes)) / max(1, sum(sizes))
    told: list[Chosen] = []
    for material, topic, own in zip(materials, groups, sizes, strict=True):
        chosen = choose(topic, round(min(floor, own) + spare * own), said, language) if own else []
        told += [(material, chosen)] if chosen else []
    told = _worth_a_name(told)
    if not told:
        return None
    half = _half([sum(run.words for _, runs in chosen for run in runs) for _, chosen in told])
    parts = [_part(place, len(told), half, material, chosen, said, language, name)
             for place, (material, chosen) in enumerate(told)]
    again = tuple(summary) or recap(
        [(material, [run for _, runs in chosen for run in runs]) for material, chosen in told], said, eyes, lasting)
    return Story(first.pieces if first else (), tuple(parts), again)


def shorter(story: Story, language: str) -> Story | None:
    """The story without the end of its longest chapter that can go; None when every chapter has but one paragraph, or ends in
    the middle of a thought without its last.

    Stretches are told whole, so a length comes in steps; the end of a chapter is what a listener misses least.
    """
    sizes = [sum(_words(each) for each in part.paragraphs) for part in story.parts]
    for place in sorted(range(len(sizes)), key=lambda each: -sizes[each]):
        part = story.parts[place]
        kept = _shortened(part.paragraphs, language)
        if not kept:
            continue
        told = {piece.sources for each in story.parts for row in (kept if each is part else each.paragraphs)
                for piece in row if isinstance(piece, Sentence)}
        parts = (*story.parts[:place], replace(part, paragraphs=kept), *story.parts[place + 1:])
        before = {piece.sources for each in story.parts for row in each.paragraphs
                  for piece in row if isinstance(piece, Sentence)}
        # A line of the author's own summary was told in no chapter, and stays.
        recap = tuple(each for each in story.recap if each.sources in told or each.sources not in before)
        return Story(story.opening, parts, recap)
    return None


def _shortened(paragraphs: tuple[tuple[Piece, ...], ...], language: str) -> tuple[tuple[Piece, ...], ...]:
    """Paragraphs without the last, and without those that want it; () when nothing is left that ends well."""
    kept = paragraphs[:-1]
    while kept:
        if isinstance(kept[-1][0], str):  # a signpost to what is gone, or a call back
            kept = kept[:-1]
            continue
        said = [piece for piece in kept[-1] if isinstance(piece, Sentence)]
        gone = [piece for row in paragraphs[len(kept):] for piece in row if isinstance(piece, Sentence)]
        after = [piece.text for piece in gone if said and unit_of(piece) == unit_of(said[-1])]
        if not said or unfinished([piece.text for piece in said], after, language) == 0:
            break
        kept = kept[:-1]
    return kept


def _words(paragraph: tuple[Piece, ...]) -> int:
    return sum(len((piece if isinstance(piece, str) else piece.text).split()) for piece in paragraph)


def spoken_title(title: Sentence) -> tuple[Sentence, Plain]:
    """A title as it is spoken, and the full stop it needs: none after a question."""
    text = title.text.rstrip(" .:;,")
    return title.model_copy(update={"text": text}), Plain("" if text.endswith(("?", "!", "…")) else ".")


def _told_once(groups: list[list[list[Run]]]) -> list[list[list[Run]]]:
    """Without what an earlier slide says in the same words: a reader skips it, a listener wonders what went wrong."""
    seen: set[str] = set()

    def fresh(run: Run) -> bool:
        said = {re.sub(r"\W+", "", folded(piece.text)) for piece in run.pieces if isinstance(piece, Sentence)}
        again = 2 * len(said & seen) >= len(said)
        seen.update(said)
        return not again

    return [[[run for run in passage if fresh(run)] for passage in topic] for topic in groups]


def _worth_a_name(told: list[Chosen]) -> list[Chosen]:
    """The chapters without those of a few words, over before their name has sunk in; all of them if all are so."""
    return [each for each in told if sum(run.words for _, runs in each[1] for run in runs) >= _CHAPTER] or told


def _half(sizes: list[int]) -> int:
    """The place of the chapter that begins when half is told, near enough to say so; -1 when none does."""
    shares = [sum(sizes[:place]) / max(1, sum(sizes)) for place in range(len(sizes))]
    near = min(range(len(shares)), key=lambda place: abs(shares[place] - 0.5))
    return near if len(sizes) >= 4 and abs(shares[near] - 0.5) <= 0.08 else -1


def _part(place: int, count: int, half: int, material: Material, chosen: list[tuple[int, list[Run]]],
          said: frozenset[str], language: str, name: str) -> Part:
    own = _named(material, chosen, language)
    if own is not material.title:
        bare = [(at, [each for each in passage if not _promises(each, language)]) for at, passage in chosen]
        chosen = [(at, runs) for at, runs in bare if runs]
    title: Sentence | Plain = own
    spoken, stop = spoken_title(own)
    shown: Sentence | Plain = spoken
    if folded(spoken.text) == folded(name.rstrip(" .:;,")):
        title = shown = phrase(language, "beginning")
        stop = Plain(".")
    return Part(title, shown, stop, _listed(place, count, language), _turn(place, count, half, language),
                _paragraphs(material, own, chosen, said, language), material.topic.first, material.topic.last)


def _named(material: Material, chosen: list[tuple[int, list[Run]]], language: str) -> Sentence:
    """What a chapter is called: like its topic, unless that promises steps, a rule or a checklist which it does not tell;
    then like what most of it is about.
    """
    title = material.title
    if not cues(language).has("n_things", title.text):
        return title
    told = {material.passages[place].unit for place, _ in chosen}
    many = max((int(each.value) for each in numbers_in(title.text, language)), default=1)
    if (len(told) >= many) if many > 1 else (not title.sources or unit_of(title) in told):
        return title
    longest = sorted(chosen, key=lambda each: -sum(run.words for run in each[1]))
    found = [heading for place, _ in longest if (heading := material.passages[place].heading) is not None
             and len(heading.text.split()) in _HEADING and not cues(language).has("n_things", heading.text)]
    if not found:
        return title
    text = _STEP.sub("", found[0].text)
    return found[0].model_copy(update={"text": text[:1].upper() + text[1:]})


def _promises(run: Run, language: str) -> bool:
    """Whether a run only says how many things come."""
    return len(run.texts) == 1 and cues(language).has("says_how_many", run.texts[0])


def _listed(place: int, count: int, language: str) -> Plain:
    """What stands before a chapter's name in the spoken contents; no two neighbours begin alike."""
    if place == 0:
        return phrase(language, "listed_first")
    between = phrases(language, "listed")
    return phrase(language, "listed_last") if place == count - 1 > 1 else between[(place - 1) % len(between)]


def _turn(place: int, count: int, half: int, language: str) -> Plain:
    """How a chapter is announced: always its number, seldom in the same words, and once that half the way is done."""
    number = place + 1
    if count == 1:
        return Plain("")
    if place == 0:
        return phrase(language, "turn_first", number=number)
    if place == count - 1:
        return phrase(language, "turn_last", number=number)
    if place == half:
        return phrase(language, "turn_half", number=number)
    between = phrases(language, "turn", number=number)
    return between[(place - 1) % len(between)]


def _left(topic: list[list[Run]]) -> list[Run]:
    return [run for passage in topic for run in passage]


def _after_opening(passage: list[Run], said: frozenset[str]) -> list[Run]:
    """A passage that the opening was taken from: nothing when that was half of it, otherwise all."""
    told = sum(run.words for run in passage if run.sources & said)
    return [] if told and 2 * told >= sum(run.words for run in passage) else passage


def _paragraphs(material: Material, name: Sentence, chosen: list[tuple[int, list[Run]]], said: frozenset[str],
                language: str) -> tuple[tuple[Piece, ...], ...]:
    """Paragraphs of a chapter: new ones where the author's passage changes, with a signpost where much was told.

    What the opening told is not told again: the listener hears that this is where it belongs.
    """
    out: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    words = since = 0
    posts = phrases(language, "signpost")
    used = {folded(material.title.text), folded(name.text)}
    for number, (place, passage) in enumerate(chosen):
        heading = material.passages[place].heading
        signed = number and since >= _SIGNPOST and heading is not None and (
            len(heading.text.split()) in _HEADING and not {folded(heading.text), folded(_STEP.sub("", heading.text))} & used)
        for position, run in enumerate(_once(passage, said, language)):
            if current and (words + run.words > _PARAGRAPH or (position == 0 and (words >= 15 or signed))):
                out.append(tuple(current))
                current, words = [], 0
            if position == 0 and signed and heading is not None:
                spoken, stop = spoken_title(heading)
                out.append((posts[len(used) % len(posts)], spoken, stop))
                since = 0
                used.add(folded(heading.text))
            current += [Plain(" "), *run.pieces] if current else list(run.pieces)
            words += run.words
            since += run.words
    if current:
        out.append(tuple(current))
    return tuple(out)


def _once(passage: list[Run], said: frozenset[str], language: str) -> list[Run]:
    """The runs of a passage with those of the opening put as one short sentence that calls them back."""
    out: list[Run] = []
    called = False
    for place, run in enumerate(passage):
        if not run.sources & said:
            out.append(run)
        elif not called:
            called = True
            words = phrase(language, "callback" if place else "callback_first")
            out.append(Run((words,), frozenset(), len(words.split()), 0.0))
    return out if any(run.sources for run in out) else []
