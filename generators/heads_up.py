"""heads-up.md: what customer service and sales should know before anything is out."""

from __future__ import annotations

from collections.abc import Sequence

from content.draft import Artefact, Draft, Sentence
from generators.context import Context
from generators.facts import alike
from generators.interview import unit_word
from generators.plan import deck_title
from generators.render import Plain, render, say
from generators.schedule import slots
from generators.webchat import own_questions

_MOST = 8


class HeadsUpGenerator:
    """Speaks about the other pieces, so it comes after them."""

    kind = "heads_up"
    limits: tuple[str, ...] = ()
    after = True

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One heads-up for the pack."""
        planned = slots(context.pieces, context.profile.start)
        if not planned:
            return ()
        language = context.language
        rows = [{"when": say(language, "week", number=slot.week), "piece": say(language, f"piece_{slot.kind}"),
                 "title": slot.title, "channel": say(language, f"channel_{slot.kind}"),
                 "on": Plain(slot.on.isoformat() if slot.on else "")} for slot in planned]
        teams = [{"name": Plain(team.name), "handles": Plain(team.handles), "contact": Plain(team.contact)}
                 for team in context.profile.teams]
        segments = render("heads_up.md.j2", context.language, {
            "title": deck_title(context), "rows": rows, "likely": _likely(context), "teams": teams,
            "fallbacks": [Plain(each) for each in context.profile.fallbacks],
            "unit": say(context.language, unit_word(context)), "team_missing": say(context.language, "team_missing"),
            "held": say(context.language, "held") if context.held else ""})
        return (Draft(kind="heads_up", name="heads-up", path="heads-up.md", title=deck_title(context),
                      language=context.language, segments=segments),)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """One Markdown file."""
        return tuple(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts)


GENERATOR = HeadsUpGenerator()


def _likely(context: Context) -> list[dict[str, object]]:
    """Questions that the talk itself raises, with its answers: one or two a topic, no two alike."""
    found: list[tuple[Sentence, list[Sentence], int]] = []
    for material in context.materials:
        own = 0
        for question, answer in own_questions(material):
            if own == 2 or any(alike(question, other, context.cleared.language) for other, _, _ in found):
                continue
            own += 1
            found.append((question, answer, context.index.units(question.sources)[0]))
    return [{"ask": question, "answer": answer, "unit": unit} for question, answer, unit in found[:_MOST]]
