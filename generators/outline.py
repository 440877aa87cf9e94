"""Starters: what its author needs to write a piece that the slides cannot give.

A topic of bullets and single words is no draft, however it is set. It becomes a working title, an angle, what the slides
say with their numbers, and five questions; nothing of it pretends to be prose, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Sentence
from generators.blog_form import by_unit
from generators.blog_pieces import plan
from generators.blog_title import says
from generators.context import Context
from generators.material import Material, Passage
from generators.naming import says_something, slug, unit_span
from generators.prose_case import calm, word_forms
from generators.prose_cues import Cues, cues
from generators.prose_noise import has_address
from generators.render import Plain, render, say
from language.fold import folded

KIND = "outline"
#: Starters of a deck at most, slides that make one worth having, lines shown of a slide, and questions asked.
_MOST, _FEWEST, _LINES, _QUESTIONS = 6, 3, 8, 5
_CONTRAST = (" vs ", " vs. ", " versus ", " or ", " of ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: where, the slide's title, and what stands on it."""

    where: Plain
    title: Sentence | None
    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the author, with the words of the slides that it is about, if any."""

    ask: Plain
    about: Sentence | None = None


class Outline:
    """Writes one Markdown starter for each topic, or neighbours among them, that no blog draft takes."""

    kind = KIND
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The starters in the deck's order."""
        cue = cues(context.cleared.language)
        groups = _groups(plan(context.materials, cue).starters, context)
        taken: set[str] = set()
        out = []
        for number, (group, entries) in enumerate(groups, start=1):
            title = _title(group, entries, taken, cue)
            if title is None:
                continue
            taken.add(folded(title.text))
            out.append(_starter(number, group, title, entries, context, cue))
        return tuple(out)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """One file a starter."""
        return tuple(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts)


GENERATOR = Outline()


def _groups(materials: Sequence[Material], context: Context) -> list[tuple[list[Material], list[Entry]]]:
    """Topics with their entries, small ones with the one before; as few as are allowed."""
    out = [([m], _entries(m, context)) for m in materials]
    out = [each for each in out if each[1]]
    while len(out) > 1:
        small = min(range(len(out)), key=lambda n: len(out[n][1]))
        if len(out) <= _MOST and len(out[small][1]) >= _FEWEST:
            break
        first = max(0, small - 1)
        out[first:first + 2] = [([*out[first][0], *out[first + 1][0]], [*out[first][1], *out[first + 1][1]])]
    return [each for each in out if sum(len(entry.lines) + 1 for entry in each[1]) >= _FEWEST]


def _entries(material: Material, context: Context) -> list[Entry]:
    """What the slides of a topic say: titles, and the lines that are worth showing; a title said again joins its slides."""
    cue = cues(context.cleared.language)
    said: dict[int, tuple[Passage, ...]] = {group[0].unit: group for group in by_unit(material.passages)}
    rows: list[tuple[list[int], Sentence | None, list[Sentence]]] = []
    for number in range(material.topic.first, material.topic.last + 1):
        if material.topic.asides.get(number, "divider") not in {"divider", "code", "picture"}:
            continue
        title = _heading(number, said.get(number, ()), context)
        lines = [s for p in said.get(number, ()) for s in (
            *p.prose, *(s for each in p.lists for s in (*((each.lead,) if each.lead else ()), *each.items)))]
        if not lines and (
                not title or cue.has("empty_title", title.text) or has_address(title.text)):
            continue
        if rows and title and rows[-1][1] and folded(rows[-1][1].text) == folded(title.text):
            rows[-1][0].append(number)
            rows[-1][2].extend(lines)
        else:
            rows.append(([number], title, lines))
    return [Entry(Plain(unit_span(numbers, context)), title, tuple(lines[:_LINES])) for numbers, title, lines in rows]


def _heading(number: int, passages: Sequence[Passage], context: Context) -> Sentence | None:
    if passages and passages[0].heading:
        return passages[0].heading
    own = [s for s in context.index.by_unit.get(number, ()) if s.part == "title"]
    text = " ".join(" ".join(s.text.split()) for s in own).strip()
    text = calm(text, word_forms(context.cleared))
    for unit in context.cleared.units:
        # "Layering Separating the data access" where "Layering" is a title of its own.
        if unit.number < number and 3 <= len(unit.title) < len(text) and text.startswith(unit.title + " "):
            text = f"{unit.title}: {text[len(unit.title):].strip(' :-–—')}"
            break
    return Sentence(text=text, sources=tuple(s.id for s in own)) if 3 <= len(text) <= 200 else None


def _title(group: Sequence[Material], entries: Sequence[Entry], taken: set[str], cue: Cues) -> Sentence | None:
    """The topic's title, or the title of a slide that says more; None when the slides have none."""
    heads = [entry.title for entry in entries if entry.title]
    own = [m.title for m in group if m.title.sources and says(m.title, cue) >= 0]
    for title in (*own, *sorted(heads, key=lambda s: -says(s, cue)), *(m.title for m in group)):
        if title.sources and folded(title.text) not in taken and says_something(title.text):
            return title
    return None


def _starter(number: int, group: Sequence[Material], title: Sentence, entries: Sequence[Entry], context: Context,
             cue: Cues) -> Draft:
    language = context.language
    heads = [entry.title for entry in entries if entry.title]
    lines = [line for entry in entries for line in entry.lines]
    angle, about = _angle(title, [*heads, *lines], cue)
    values: dict[str, object] = {
        "held": say(language, "held") if context.held else Plain(""), "title": title,
        "why": say(language, "starter_why"), "angle": say(language, f"angle_{angle}"), "about": about,
        "t": {key: say(language, f"starter_{key}") for key in ("angle", "outline", "questions")},
        "outline": entries, "questions": _questions(heads, lines, about, context, cue),
    }
    name = f"outlines/{number:02d}-{slug(title.text)}"
    return Draft(kind=KIND, name=name, path=f"{name}.md", topic=group[0].topic.number, title=title, language=language,
                 segments=render("outline.md.j2", language, values), angle=angle)


def _angle(title: Sentence, said: Sequence[Sentence], cue: Cues) -> tuple[str, Sentence]:
    """What the piece could be about, by what stands there: a question, a choice of two, steps, or the thing itself."""
    asked = [s for s in said if s.text.endswith("?") and len(s.text.split()) >= 3]
    if asked:
        return "question", max(asked, key=lambda s: (cue.has("question_start", s.text), -len(s.text)))
    choice = [s for s in (title, *said) if any(mark in f" {s.text.lower()} " for mark in _CONTRAST[:3])]
    if choice:
        return "contrast", choice[0]
    steps = [s for s in (title, *said) if cue.has("steps_title", s.text)]
    return ("steps", steps[0]) if steps else ("explain", title)


def _questions(heads: Sequence[Sentence], lines: Sequence[Sentence], about: Sentence, context: Context,
               cue: Cues) -> list[Question]:
    """Five questions: about the slides' own words where they leave something open, then what every piece needs."""
    language = context.language
    out: list[Question] = []
    known = folded(about.text)
    asked = next((s for s in (*lines, *heads) if s.text.endswith("?") and folded(s.text) != known), None)
    if asked:
        out.append(Question(say(language, "starter_answer"), asked))
    # The slide with the fewest words under a title that says something is the one that needs its author most.
    bare = next((s for s in heads if folded(s.text) != known and 2 <= len(s.text.split()) <= 8 and s is not asked
                 and not s.text.endswith("?") and not cue.has("empty_title", s.text)), None)
    if bare:
        out.append(Question(say(language, "starter_mean"), bare))
    keys = ("starter_hear", "starter_story", "starter_why_now", "starter_first", "starter_disagree")
    out += [Question(say(language, key)) for key in keys]
    return out[:_QUESTIONS]
