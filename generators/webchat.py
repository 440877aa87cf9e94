"""Web chats: seed questions with answers from the talk, ground rules, timing, and what to hand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Draft, Sentence
from generators.alone import asks_alone, leans, on_screen
from generators.closed import unfinished
from generators.context import Context
from generators.interview import people, richest, unit_word
from generators.limits import limits
from generators.markdown_files import MarkdownFiles
from generators.material import Material, Passage
from generators.naming import deck_title, says_something, slug
from generators.prose_cues import cues
from generators.questions import around, own_form
from generators.quotable import worth
from generators.render import Plain, render, say
from generators.windows import windows
from language.counting import count

_CHATS = 2
_FEWEST, _MOST = 6, 10
#: Sentences of the longest answer.
_LONGEST = 5
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
    return [(question, said) for question, said in pairs if said]


def askable(heading: Sentence, context: Context) -> bool:
    """Whether one can ask about a heading: it says something, is no question itself, and does not speak of its own form."""
    return says_something(heading.text) and not heading.text.rstrip().endswith("?") and not own_form(
        context.language).search(heading.text)


def answer_of(prose: Sequence[Sentence], language: str, strict: bool = False) -> list[Sentence]:
    """The sentences of an answer from the first on, as many as fit, up to one that needs the slide in view, and ended where
    nothing is announced and no thought is half told; [] where they cannot be ended so. `strict`: nor may the next sentence
    take up what the last one says.
    """
    known = cues(language)
    ceiling = limits()["webchat.answer"]
    taken: list[Sentence] = []
    ends: dict[int, int] = {}
    for place, sentence in enumerate(prose[:_LONGEST]):
        text = " ".join(each.text for each in [*taken, sentence])
        if on_screen(sentence.text, language) or known.has("line_reference", sentence.text):
            break
        if sentence.text.rstrip().endswith("?") or count(text, ceiling.unit) > ceiling.limit:
            break
        taken.append(sentence)
        wants = unfinished([each.text for each in taken], [each.text for each in prose[place + 1:]], language)
        if wants is not None:
            ends[wants] = place + 1
    if strict and 0 not in ends:
        return []
    return taken[:ends[min(ends)]] if ends else []


def told_of(passage: Passage, material: Material, context: Context) -> list[Sentence]:
    """The answer to a question about a heading: the beginning of what is said under it, or else its best closed window; []
    where neither fits into a chat.
    """
    language = context.cleared.language
    said = answer_of(passage.prose, language, strict=True)
    # A first sentence alone says what it is about, unless that is all there is.
    if said and (len(said) > 1 or len(passage.prose) == 1 or worth(said[0].text, language) > 0):
        return said
    ceiling = limits()["webchat.answer"]
    fitting = [each for each in windows(material, context) if each.unit == passage.unit and not each.wants and count(
        " ".join(s.text for s in each.sentences), ceiling.unit) <= ceiling.limit]
    if fitting:
        return list(max(fitting, key=lambda each: (each.ends, len(each.sentences))).sentences)
    said = answer_of(passage.prose, language)
    return said if len(said) > 1 else []


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
