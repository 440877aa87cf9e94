"""Video interviews: a couple of question sheets, each question resting on a fact of the talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from content.draft import Draft, Sentence
from generators.alone import asks_alone, capital, points_away, whole_thought
from generators.apart import for_the_room, long_enough, lost
from generators.context import Context
from generators.facts import Fact, alike, facts
from generators.hooks import may_open
from generators.markdown_files import MarkdownFiles
from generators.material import Material
from generators.naming import deck_title, slug
from generators.prose_cues import cues
from generators.questions import Question, ask, idle, states
from generators.render import Plain, render, say

_SHEETS = 2
_FEWEST, _MOST = 8, 10


class InterviewGenerator(MarkdownFiles):
    """Two sheets for a big deck, one for a small one, none where there is nothing to ask about."""

    kind = "interview"
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The sheets for the topics that hold most facts; what no topic fills alone is asked about over the whole talk."""
        asked: set[str] = set()
        made: list[Draft] = []
        ranked = richest(context)
        for material in ranked:
            tried = set(asked)
            questions = _questions(_clear(material, context), context, tried)
            if len(questions) < _FEWEST:
                continue
            asked = tried
            made.append(_sheet(len(made) + 1, material.title, material.topic.number, questions, context))
            if len(made) == _SHEETS:
                return tuple(made)
        done = {draft.topic for draft in made}
        left = [material for material in context.materials if material.topic.number not in done]
        questions = _questions(_in_turn(left, context), context, asked)
        if len(questions) >= _FEWEST:
            made.append(_sheet(len(made) + 1, deck_title(context), None, questions, context))
        return tuple(made)


GENERATOR = InterviewGenerator()


def richest(context: Context) -> list[Material]:
    """The materials by how many different facts they hold, most first; equal ones in the order of the talk."""
    language = context.cleared.language
    counted = {material.topic.number: sum(1 for _ in facts(material, context.index, language))
               for material in context.materials}
    return sorted(context.materials, key=lambda material: (-counted[material.topic.number], material.topic.number))


def _questions(found: Iterable[Fact], context: Context, asked: set[str]) -> list[Question]:
    # Ten houses that each pay another sum are one fact, not ten.
    unlike: list[Fact] = []
    for fact in found:
        if not any(alike(fact.sentence, other.sentence, context.cleared.language) for other in unlike):
            unlike.append(fact)
    return ask(unlike, context.language, _MOST, asked, context.profile.tone == "formal", context.cleared.language,
               unit_word(context))


def _clear(material: Material, context: Context) -> list[Fact]:
    """The facts that a viewer understands who hears only them and sees no slide: whole sentences, in their order."""
    language = context.cleared.language
    clear = [fact for fact in facts(material, context.index, language) if not points_away(fact.sentence.text, language)
             and (capital(fact.sentence.text) and whole_thought(fact.sentence.text, language)
                  and asks_alone(fact.sentence.text, language)
                  if fact.kind == "question" else may_open(fact.sentence, material, context))]
    return [fact for fact in clear if states(fact.sentence.text, language) and not idle(fact.sentence.text, language)
            and _read_alone(fact.sentence.text, language)]


def _read_alone(text: str, language: str) -> bool:
    """Whether a sentence that is read aloud before a question is words enough, names whom it speaks of, and is no word to
    those in the room.
    """
    cue = cues(language)
    bare = cue.has("no_claim", text) or cue.has("says_how_many", text)
    return long_enough(text) and not bare and not lost(text, (), language) and not for_the_room(text, language)


def _in_turn(left: Sequence[Material], context: Context) -> list[Fact]:
    """The facts of several topics, one of each in turn."""
    each = [_clear(material, context) for material in left]
    return [fact for row in zip_longest(*each) for fact in row if fact is not None]


def _sheet(number: int, title: Sentence, topic: int | None, questions: list[Question], context: Context) -> Draft:
    name = f"{number:02d}-{slug(title.text)}"
    profile = context.profile
    touched = sorted(number for number in {*context.cleared.touched_units, *context.cleared.left_out} if number > 0)
    segments = render("interview.md.j2", context.language, {
        "title": title, "questions": questions, "held": say(context.language, "held") if context.held else "",
        "unit": say(context.language, unit_word(context)), "minutes": len(questions) * 2, "touched": touched,
        "withheld": Plain(", ".join(map(str, touched))), "licence": Plain(profile.licence),
        "formal": profile.tone == "formal", "people": people(context)})
    return Draft(kind="interview", name=f"interviews/{name}", path=f"interviews/{name}.md", topic=topic,
                 title=title, language=context.language, segments=segments)


def people(context: Context) -> list[Plain]:
    """The authors of the profile, each with the line about them where there is one."""
    return [Plain(f"{author.name}: {author.bio}" if author.bio else author.name) for author in context.profile.authors]


def unit_word(context: Context) -> str:
    """Key of the wording file for what the source's units are called."""
    units = context.cleared.content_units()
    return units[0].kind if units and units[0].kind in {"slide", "page", "section"} else "section"
