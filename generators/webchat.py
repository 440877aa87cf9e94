"""Web chats: seed questions with answers from the talk, ground rules, timing, and what to hand on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from content.draft import Draft, Sentence
from generators.alone import asks_alone, leans, on_screen
from generators.apart import for_the_room, tells
from generators.closed import tied, unfinished
from generators.context import Context
from generators.interview import people, richest, unit_word
from generators.limits import limits
from generators.markdown_files import MarkdownFiles
from generators.material import Material, Passage
from generators.naming import deck_title, says_something, slug
from generators.prose_cues import cues
from generators.questions import around, idle, own_form, plainly_asked, replies, states
from generators.quotable import worth
from generators.render import Plain, render, say
from generators.windows import windows
from language.counting import count
from language.fold import folded
from language.numbers import numbers_in
from language.words import content_words

_CHATS = 2
_FEWEST, _MOST = 6, 10
#: Sentences of the longest answer that is cut at its end, and words of the shortest.
_LONGEST, _SHORTEST = 8, 5
#: The most things that a title counts ("Three mistakes"): more are a figure.
_COUNTED = 12
#: What is no count in a title: the number of a part ("Rule 4: ...") and what stands in brackets.
_LABEL = re.compile(r"^\w+ \d+\b|\b\w+ \d+(?=\s*[:–—])|\([^)]*\)")
#: Words of a beginning without a verb that says something.
_SAYS = 4
_NOTHING = Plain("")


class WebchatGenerator(MarkdownFiles):
    """One or two plans, for other topics than the interviews where there are enough."""

    kind = "webchat"
    limits = ("webchat.answer",)
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """Plans for the topics that hold most facts after those that are interviewed about; one for all of a small talk."""
        ranked = richest(context)
        frames = list(around(context.language))
        made: list[Draft] = []
        # The richest two are for the interviews; where the others fill no chat, not even together, they are asked about too.
        for pool in (ranked[2:], ranked):
            for material in pool:
                seeds = _seeds(material, context, frames) if len(made) < _CHATS else []
                if len(seeds) < _FEWEST:
                    continue
                # Only what a plan asks is used up: no question of a pack is asked twice.
                frames = frames[sum(seed.heading is not None for seed in seeds):]
                made.append(_plan(len(made) + 1, material.title, material.topic.number, seeds, context))
            told = {draft.topic for draft in made}
            if len(made) < _CHATS:
                made += _together(len(made) + 1, [m for m in pool if m.topic.number not in told], frames, context)
            if made:
                break
        return tuple(made)


GENERATOR = WebchatGenerator()


@dataclass(frozen=True, slots=True)
class Seed:
    """A question and its answer: the author's own question, or wording around a heading of the talk."""

    answer: tuple[Sentence, ...]
    unit: int
    question: Sentence | None = None
    heading: Sentence | None = None
    before: Plain = _NOTHING
    after: Plain = _NOTHING


def _together(number: int, materials: Sequence[Material], frames: Sequence[tuple[Plain, Plain]],
              context: Context) -> list[Draft]:
    """One plan with questions of every topic of some that fill no chat alone; [] when all of them do not either."""
    share = -(-_MOST // max(1, len(materials)))
    seeds: list[Seed] = []
    for material in sorted(materials, key=lambda each: each.topic.first):
        own = _seeds(material, context, frames)[:share]
        frames = frames[sum(seed.heading is not None for seed in own):]
        seeds += own
    return [_plan(number, deck_title(context), None, seeds[:_MOST], context)] if len(seeds) >= _FEWEST else []


def _seeds(material: Material, context: Context, frames: Sequence[tuple[Plain, Plain]]) -> list[Seed]:
    """Questions with answers: the author's own first, then those about what the talk has a heading for."""
    seeds: list[Seed] = []
    used: set[int] = set()
    left = iter(frames)
    for question, said in own_questions(material, context.cleared.language):
        unit = context.index.units(question.sources)[0]
        if len(seeds) < _MOST // 2 and unit not in used:
            used.add(unit)
            seeds.append(Seed(tuple(said), unit, question=question))
    for passage in sorted(material.settled, key=lambda each: -each.words):
        if len(seeds) == _MOST:
            break
        said = told_of(passage, material, context)
        if passage.heading is None or not said or passage.unit in used or not askable(passage.heading, context):
            continue
        frame = next(left, None)
        if frame is None:
            break
        used.add(passage.unit)
        seeds.append(Seed(tuple(said), passage.unit, heading=passage.heading, before=frame[0], after=frame[1]))
    return seeds


def own_questions(material: Material, language: str) -> list[tuple[Sentence, list[Sentence]]]:
    """Questions that the talk itself asks, with the sentences that answer them there."""
    pairs = []
    for passage in material.settled:
        prose = list(passage.prose)
        head = passage.heading
        if head and head.text.rstrip().endswith("?") and asks_alone(head.text, language) and prose:
            pairs.append((head, answer_of(prose, language)))
        for place, sentence in enumerate(prose[:-1]):
            text = sentence.text
            if text.rstrip().endswith("?") and asks_alone(text, language) and not leans(text, language):
                pairs.append((sentence, answer_of(prose[place + 1:], language)))
    return [(question, said) for question, said in pairs
            if plainly_asked(question.text, language) and sum(len(each.text.split()) for each in said) >= _SHORTEST]


def askable(heading: Sentence, context: Context) -> bool:
    """Whether one can ask about a heading: it says something, is no question itself, does not speak of its own form, and is
    not the title of what customers need or say against it, of which each line is another one's word.
    """
    known = cues(context.cleared.language)
    others = known.has("demand_title", heading.text) or known.has("objection_title", heading.text)
    return says_something(heading.text) and not others and not heading.text.rstrip().endswith("?") and not own_form(
        context.language).search(heading.text)


def answer_of(prose: Sequence[Sentence], language: str,
              closing: frozenset[tuple[str, ...]] = frozenset()) -> list[Sentence]:
    """An answer up to the last sentence of what is said, or up to one that needs the slide in view: whole where it fits into
    a chat; otherwise cut in its middle, so that its point stays, or ended where a thought ends that tells no story and gives
    no order; [] where none of these can be done. What is only said to the room goes first.

    `closing`: the sources of the sentences with which a paragraph of the author ends.
    """
    said = list(takewhile(lambda each: not _stops(each, language), _to_readers(prose, language)))
    whole = len(said) == len(_to_readers(prose, language))
    if whole and said and _fits(said) and not said[-1].text.rstrip().endswith("?"):
        return said if _ended(said, [], language) else []
    shorter = _without_middle(said, language) if whole else []
    return shorter or _beginning(said, prose, language, closing)


def _to_readers(prose: Sequence[Sentence], language: str) -> list[Sentence]:
    """Sentences without those to the room, and without a clause that points at a part of a picture."""
    part = cues(language).single["shown_part"]
    rows = [each.model_copy(update={"text": part.sub("", each.text)}) if part.search(each.text) else each for each in prose]
    return [each for each in rows if _stops(each, language) or not (
        for_the_room(each.text, language) or idle(each.text, language))]


def _stops(each: Sentence, language: str) -> bool:
    return on_screen(each.text, language) or cues(language).has("line_reference", each.text)


def _fits(said: Sequence[Sentence]) -> bool:
    ceiling = limits()["webchat.answer"]
    return count(" ".join(each.text for each in said), ceiling.unit) <= ceiling.limit


def _ended(said: Sequence[Sentence], after: Sequence[str], language: str) -> bool:
    # "Five minutes later, the same." goes on, whatever comes next.
    return unfinished([each.text for each in said], after, language) == 0 and (not after or states(said[-1].text, language))


def _without_middle(said: Sequence[Sentence], language: str) -> list[Sentence]:
    """The beginning and the end of what is said, as much of both as fits: an aside of the middle goes, never the point."""
    texts = [each.text for each in said]
    found = []
    for last in range(len(said) - 1, 0, -1):
        if tied(texts[last], ["", *texts[:last]], frozenset(), language) or not _ended(said[last:], [], language):
            continue
        for first in range(last - 1, 0, -1):
            kept = [*said[:first], *said[last:]]
            if _fits(kept) and _ended(said[:first], texts[first:], language):
                found.append(kept)
                break
    return max(found, key=lambda each: sum(len(s.text) for s in each), default=[])


def _beginning(said: Sequence[Sentence], prose: Sequence[Sentence], language: str,
               closing: frozenset[tuple[str, ...]]) -> list[Sentence]:
    """The longest beginning of what is said that ends where its thought does, and neither in a story nor after an order."""
    for end in range(min(len(said), _LONGEST), 0, -1):
        kept, last = said[:end], said[end - 1]
        goes_on = last in prose and last.sources not in closing
        # What needs the slide in view is not what the thought goes on with.
        rest = takewhile(lambda each: not _stops(each, language), prose[prose.index(last) + 1:]) if goes_on else ()
        after = [each.text for each in rest]
        if not _fits(kept) or last.text.rstrip().endswith("?") or not _ended(kept, after, language):
            continue
        if after and (tells([last.text], language) or cues(language).has("advice", kept[0].text)):
            continue
        return list(kept)
    return []


def told_of(passage: Passage, material: Material, context: Context) -> list[Sentence]:
    """The answer to a question about a heading: the beginning of what is said under it, or else its best closed window that
    begins there or names what the heading names; [] where neither fits into a chat. What is said at the end of a slide on
    something else answers nothing.
    """
    language = context.cleared.language
    title = passage.heading.text if passage.heading is not None else ""
    # What repeats the heading, or is only said to the room, comes before the answer.
    prose = list(dropwhile(lambda each: folded(each.text) == folded(title) or idle(each.text, language), passage.prose))
    if not prose:
        return []
    said = answer_of(prose, language, frozenset(row[-1].sources for row in passage.paragraphs if row))
    # Of what a title counts all is told, or nothing.
    counted = [each.value for each in numbers_in(_LABEL.sub(" ", title), language) if 1 < each.value <= _COUNTED]
    if counted or cues(language).has("steps_title", title):
        return said if len(prose) == len(said) >= min(counted, default=2) else []
    named = content_words(title, language)
    # A first sentence alone says what it is about, unless that is all there is or it says what the heading names.
    alone = bool(said) and (len(prose) == 1 or (worth(said[0].text, language) > 0 and bool(
        named & content_words(said[0].text, language))))
    if said and (len(said) > 1 or alone) and _begins(said[0].text, language) and any(states(s.text, language) for s in said):
        return said
    ceiling = limits()["webchat.answer"]
    fitting = [each for each in windows(material, context) if each.unit == passage.unit and not each.wants and (
        each.begins or named & content_words(each.sentences[0].text, language)) and count(
        " ".join(s.text for s in each.sentences), ceiling.unit) <= ceiling.limit]
    fitting = [each for each in fitting if _begins(each.sentences[0].text, language) and states(
        each.sentences[-1].text, language) and (len(each.sentences) > 1 or each.ends)]
    return list(max(fitting, key=lambda each: (each.begins, each.ends, len(each.sentences))).sentences) if fitting else []


def _begins(text: str, language: str) -> bool:
    """Whether an answer can begin so: "No, not for all." answers another question, "This one ..." points at a slide."""
    if replies(text, language) or idle(text, language) or cues(language).has("leans", text.lstrip("\"'“‘")):
        return False
    return len(text.split()) >= _SAYS or states(text, language)


def _plan(number: int, title: Sentence, topic: int | None, seeds: Sequence[Seed], context: Context) -> Draft:
    name = f"{number:02d}-{slug(title.text)}"
    profile = context.profile
    teams = [{"name": Plain(team.name), "handles": Plain(team.handles), "contact": Plain(team.contact)}
             for team in profile.teams]
    segments = render("webchat.md.j2", context.language, {
        "title": title, "seeds": seeds, "held": say(context.language, "held") if context.held else "",
        "unit": say(context.language, unit_word(context)), "host": next(iter(people(context)), Plain("")),
        "site": Plain(profile.site), "teams": teams,
        "alone": profile.person == "i", "formal": profile.tone == "formal"})
    return Draft(kind="webchat", name=f"webchat/{name}", path=f"webchat/{name}.md", topic=topic,
                 title=title, language=context.language, segments=segments)
