"""Video interviews: a couple of question sheets, each question resting on a fact of the talk."""

from __future__ import annotations

from collections.abc import Sequence

from content.draft import Artefact, Draft
from generators.context import Context
from generators.facts import facts
from generators.material import Material
from generators.naming import slug
from generators.questions import Question, ask
from generators.render import render, say

_SHEETS = 2
_FEWEST, _MOST = 5, 10


class InterviewGenerator:
    """Two sheets for a big deck, one for a small one, none where there is nothing to ask about."""

    kind = "interview"
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The sheets for the topics that hold most facts."""
        asked: set[str] = set()
        made: list[Draft] = []
        for material in richest(context):
            questions = ask(facts(material, context.index), context.language, _MOST, asked)
            if len(questions) < _FEWEST:
                continue
            made.append(_sheet(len(made) + 1, material, questions, context))
            if len(made) == _SHEETS:
                break
        return tuple(made)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """One Markdown file a sheet."""
        return tuple(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts)


GENERATOR = InterviewGenerator()


def richest(context: Context) -> list[Material]:
    """The materials by how many different facts they hold, most first; equal ones in the order of the talk."""
    counted = {material.topic.number: sum(1 for _ in facts(material, context.index)) for material in context.materials}
    return sorted(context.materials, key=lambda material: (-counted[material.topic.number], material.topic.number))


def _sheet(number: int, material: Material, questions: list[Question], context: Context) -> Draft:
    name = f"{number:02d}-{slug(material.title.text)}"
    segments = render("interview.md.j2", context.language, {
        "title": material.title, "questions": questions, "held": say(context.language, "held") if context.held else "",
        "unit": say(context.language, unit_word(context)), "minutes": len(questions) * 2})
    return Draft(kind="interview", name=f"interviews/{name}", path=f"interviews/{name}.md", topic=material.topic.number,
                 title=material.title, language=context.language, segments=segments)


def unit_word(context: Context) -> str:
    """Key of the wording file for what the source's units are called."""
    units = context.cleared.content_units()
    return units[0].kind if units and units[0].kind in {"slide", "page", "section"} else "section"
