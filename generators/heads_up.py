"""heads-up.md: what customer service and sales should know before anything is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Draft, Sentence
from generators.context import Context
from generators.facts import alike
from generators.interview import people, unit_word
from generators.markdown_files import MarkdownFiles
from generators.naming import deck_title
from generators.plan import channel
from generators.questions import around
from generators.render import Plain, render, say, wording
from generators.schedule import planned, working_day_before
from generators.webchat import askable, own_questions, told_of
from language.words import tokens

_MOST = 8
#: So many questions are found where the talk asks fewer itself.
_ENOUGH = 5
_NOTHING = Plain("")
#: A piece that goes out, as the template prints it: when, piece, title, channel, on.
Row = dict[str, Plain | Sentence]


class HeadsUpGenerator(MarkdownFiles):
    """Speaks about the other pieces, so it comes after them."""

    kind = "heads_up"
    limits: tuple[str, ...] = ()
    after = True

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One heads-up for the pack."""
        due = planned(context)
        if not due:
            return ()
        language = context.language
        rows: list[Row] = [
            {"when": say(language, "week", number=slot.week), "piece": say(language, f"piece_{slot.kind}"),
             "title": slot.title, "channel": say(language, f"channel_{slot.kind}"),
             "on": Plain(slot.on.isoformat() if slot.on else "")} for slot in due]
        teams = [{"name": Plain(team.name), "handles": Plain(team.handles), "contact": Plain(team.contact)}
                 for team in context.profile.teams]
        segments = render("heads_up.md.j2", context.language, {
            "title": deck_title(context), "rows": rows, "teams": teams,
            "likely": [*_likely(context), *_where(rows, context)],
            "told": Plain(working_day_before(due[0].on).isoformat() if due[0].on else ""),
            "accounts": channel("social", context) if context.profile.handles else Plain(""),
            "people": people(context), "formal": context.profile.tone == "formal",
            "site": Plain(context.profile.site), "fallbacks": [Plain(each) for each in context.profile.fallbacks],
            "unit": say(context.language, unit_word(context)), "team_missing": say(context.language, "team_missing"),
            "held": say(context.language, "held") if context.held else ""})
        return (Draft(kind="heads_up", name="heads-up", path="heads-up.md", title=deck_title(context),
                      language=context.language, segments=segments),)


GENERATOR = HeadsUpGenerator()


@dataclass(frozen=True, slots=True)
class Likely:
    """A question that people may ask: the talk's own, or wording around one of its headings; with the talk's answer."""

    answer: tuple[Sentence, ...]
    unit: int
    ask: Sentence | None = None
    heading: Sentence | None = None
    before: Plain = _NOTHING
    after: Plain = _NOTHING
    #: What goes out under that title, where the answer is where it stands.
    row: Row | None = None


def _where(rows: Sequence[Row], context: Context) -> list[Likely]:
    """What somebody asks who saw the beginning of the first article, and where the rest stands; [] without an article."""
    due = next(((slot, row) for slot, row in zip(planned(context), rows, strict=True) if slot.kind == "blog"), None)
    frame = next(iter(around(context.language, "where")), None)
    if due is None or frame is None:
        return []
    return [Likely((), 0, heading=due[0].title, before=frame[0], after=frame[1], row=due[1])]


def _likely(context: Context) -> list[Likely]:
    """Questions that the talk itself raises, with its answers, one or two a topic, no two alike; then what callers may ask
    about its headings, those first under which it speaks of customers.
    """
    language = context.cleared.language
    found: list[Likely] = []
    for material in context.materials:
        own = 0
        for question, answer in own_questions(material, language):
            if own == 2 or any(each.ask and alike(question, each.ask, language) for each in found):
                continue
            own += 1
            found.append(Likely(tuple(answer), context.index.units(question.sources)[0], ask=question))
    return (found + _callers(context, {each.unit for each in found})[:max(0, _ENOUGH - len(found))])[:_MOST]


def _callers(context: Context, used: set[int]) -> list[Likely]:
    who = frozenset(wording(context.language)["helps_who"].split())
    ranked = sorted((not who.intersection(word for each in passage.prose for word in tokens(each.text)), -passage.words,
                     passage.unit) for material in context.materials for passage in material.settled)
    passages = {passage.unit: (passage, material) for material in context.materials for passage in material.settled}
    out: list[Likely] = []
    left = iter(around(context.language, "caller"))
    for _, _, unit in ranked:
        passage, material = passages[unit]
        said = told_of(passage, material, context)
        if unit in used or passage.heading is None or not askable(passage.heading, context) or not said:
            continue
        frame = next(left, None)
        if frame is None:
            break
        used.add(unit)
        out.append(Likely(tuple(said), unit, heading=passage.heading, before=frame[0], after=frame[1]))
    return sorted(out, key=lambda each: each.unit)
