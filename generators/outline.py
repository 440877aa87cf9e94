"""Starters: what its author needs to write a piece that the slides cannot give.

A topic of bullets and single words is no draft, however it is set. It becomes a working title, an angle where the title
has one, what the slides say with their numbers, and questions about what they leave open; nothing of it pretends to be
prose. Topics of hardly more than titles share one starter of the talk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.draft import Draft, Sentence
from generators.blog import given_back
from generators.blog_cover import unlabelled, without_number
from generators.blog_form import ARTICLE, by_unit
from generators.blog_front import restricted
from generators.blog_pieces import CODE, planned
from generators.blog_plan import Piece
from generators.blog_refused import MOST, Why
from generators.blog_title import says
from generators.closed import answers
from generators.context import Context
from generators.markdown_files import MarkdownFiles
from generators.material import Material, Passage
from generators.naming import says_something, slug, unit_span
from generators.prose_case import calm, word_forms
from generators.prose_cues import Cues, cues
from generators.prose_noise import has_address
from generators.render import Plain, render, say
from generators.starter_asks import angle_of, questions
from generators.titles import known_title
from language.fold import folded

KIND = "outline"
#: Slides with notes for a trainer, and the share of its slides that they are, that make a starter a trainer's.
_LED, _LED_SHARE = 2, 0.25
#: Starters of a deck at most, lines of text under titles that make a starter of its own, titles and lines that make the one
#: that the rest share, and lines shown of a slide.
_MOST, _OWN, _SHARED, _LINES = 6, 5, 5, 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: where, the slide's title, and what stands on it."""

    where: Plain
    title: Sentence | None
    lines: tuple[Sentence, ...]


class Outline(MarkdownFiles):
    """Writes one Markdown starter for each topic, or neighbours among them, that no blog draft takes."""

    kind = KIND
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The starters in the deck's order."""
        cue = cues(context.cleared.language)
        made = planned(context)
        back = given_back(context)
        groups = _groups([*made.starters, *(m for piece in back for m in _of_piece(piece))], context)
        reasons = {**made.reasons, **{p.unit: Why.REFUSED for piece in back for p in piece.passages}}
        deck = known_title(context)
        taken: set[str] = set()
        out = []
        for number, (group, entries) in enumerate(groups, start=1):
            title = _title(group, entries, taken, deck, cue)
            if title is None:
                continue
            taken.add(folded(title.text))
            out.append(_starter(number, group, title, entries, context, cue, _why(group, reasons, bool(made.drafts))))
        return tuple(out)


GENERATOR = Outline()


def _of_piece(piece: Piece) -> list[Material]:
    """The topics of a piece, each with what the piece tells of it."""
    out = []
    for m in piece.materials:
        own = [p for p in piece.passages if m.topic.first <= p.unit <= m.topic.last]
        if own:
            out.append(restricted(m, own, {p.unit for p in m.passages} - {p.unit for p in own}))
    return out


def _groups(materials: Sequence[Material], context: Context) -> list[tuple[list[Material], list[Entry]]]:
    """Topics with their entries in the deck's order, as few as are allowed; those of titles alone, or nearly, together."""
    found = [([m], _entries(m, context)) for m in materials]
    found = [each for each in found if each[1]]
    out = [each for each in found if _text(each[1]) >= _OWN]
    thin = [each for each in found if _text(each[1]) < _OWN]
    rest = ([m for group, _ in thin for m in group], [entry for _, entries in thin for entry in entries])
    shared = [rest] if len(rest[1]) + _text(rest[1]) >= _SHARED else []
    while len(out) + len(shared) > _MOST:
        small = min(range(len(out)), key=lambda n: _text(out[n][1]))
        first = max(0, small - 1)
        out[first:first + 2] = [([*out[first][0], *out[first + 1][0]], [*out[first][1], *out[first + 1][1]])]
    return sorted([*out, *shared], key=lambda each: each[0][0].topic.first)


def _text(entries: Sequence[Entry]) -> int:
    """Lines of text under the titles of slides."""
    return sum(len(entry.lines) for entry in entries)


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
            *p.prose, *(s for each in p.lists for s in (*((each.lead,) if each.lead else ()), *each.items)))
            if not answers(s.text, (), context.cleared.language)]
        if not lines and (
                not title or cue.has("empty_title", title.text) or has_address(title.text)
                or not says_something(title.text) or title.text.endswith(("…", "..."))):
            continue
        if rows and title and rows[-1][1] and (
                folded(without_number(rows[-1][1].text, cue)) == folded(without_number(title.text, cue))):
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


def _title(group: Sequence[Material], entries: Sequence[Entry], taken: set[str], deck: Sentence | None,
           cue: Cues) -> Sentence | None:
    """The topic's title, or the title of a slide that says more; of several topics, the one with most lines under it. Never
    the deck's, which is not what these slides are about, where any slide has another.

    "Step 1: Look at the case" is a part of a class, and names no piece. None when no slide has a title that says anything.
    """
    own = folded(deck.text) if deck is not None else ""
    size = {entry.title: len(entry.lines) for entry in entries if entry.title}
    heads = [entry.title for entry in entries if entry.title and not cue.has("byline_title", entry.title.text)]
    topics = sorted((m.title for m in group), key=lambda s: -sum(
        n for title, n in size.items() if title.sources == s.sources)) if len(group) > 1 else [m.title for m in group]
    named = [s for s in (*topics, *sorted(heads, key=lambda s: -says(s, cue)))
             if not cue.has("numbered_part", s.text) and not cue.has("byline_title", s.text)]
    good = [s for s in (unlabelled(s, cue) for s in named) if says(s, cue) >= 0]
    ranked = [*good, *heads, *topics]
    for title in sorted(ranked, key=lambda s: folded(s.text) == own):
        if title.sources and folded(title.text) not in taken and says_something(title.text):
            return title
    return None


def _why(group: Sequence[Material], reasons: Mapping[int, Why], drafted: bool = True) -> Why:
    """Why there is no draft: what holds for most of its words. Where nothing was `drafted`, no draft took the room."""
    passages = [p for m in group for p in m.passages]
    if passages and all(reasons.get(p.unit) is Why.REFUSED for p in passages):
        return Why.REFUSED
    if any(m.reading.torn for m in group):
        return Why.TORN
    words = sum(p.words for p in passages)
    if any(p.running for p in passages) and words > MOST:
        return Why.LONG
    directed = {unit for m in group for unit in m.directed}
    units = {p.unit for p in passages} | directed
    if 2 * sum(p.words for p in passages if p.unit in directed) > words or (
            len(directed) >= _LED and len(directed) >= _LED_SHARE * len(units)):
        return Why.TRAINER
    code = sum(why == "code" for m in group for why in m.skipped.values())
    if code and code >= CODE * (len(units) + code) and (words < ARTICLE or not any(unit in reasons for unit in units)):
        return Why.CODE
    size: Counter[Why] = Counter()
    for p in passages:
        size[reasons.get(p.unit, Why.THIN if words < ARTICLE else Why.REST if drafted else Why.LINES)] += p.words
    return max(size, key=lambda why: size[why], default=Why.THIN)


def _starter(number: int, group: Sequence[Material], title: Sentence, entries: Sequence[Entry], context: Context,
             cue: Cues, why: Why) -> Draft:
    language = context.language
    asked = [entry for entry in entries if not (entry.title and cue.has("for_a_class", entry.title.text))]
    wishes = [line for entry in entries if entry.title and cue.has("demand_title", entry.title.text) for line in entry.lines]
    angle = angle_of(title, cue)
    heads, lines = [entry.title for entry in asked if entry.title], [line for entry in asked for line in entry.lines]
    values: dict[str, object] = {
        "held": say(language, "held") if context.held else Plain(""), "title": title,
        "why": say(language, f"starter_{why}"),
        "angle": say(language, f"angle_{angle}") if angle else Plain(""), "about": title,
        "t": {key: say(language, f"starter_{key}") for key in ("angle", "outline", "questions")},
        "outline": entries, "questions": questions(heads, lines, wishes, title, number, language, cue),
    }
    name = f"outlines/{number:02d}-{slug(title.text)}"
    return Draft(kind=KIND, name=name, path=f"{name}.md", topic=group[0].topic.number, title=title, language=language,
                 segments=render("outline.md.j2", language, values), angle=angle, why=str(why))
