"""Blog drafts: one a topic, each with its own angle, in the author's words and order.

Template wording is confined to labels (source, takeaways, questions for the author) and claims nothing. Numbers, names
and statements all come from the source with their ids. Nothing is padded: a thin topic gives a short piece, or goes
with its neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content.draft import Artefact, Draft, Origin, Sentence
from generators.blog_about import Frame, described
from generators.blog_case import Client
from generators.blog_close import closing, every, split_summary, takeaways
from generators.blog_counts import series
from generators.blog_first import led_by_title
from generators.blog_frame import Parts, Whole, checks, gaps, series_line, standfirst, traced_parts, whole_of
from generators.blog_front import of_the_room, without_front
from generators.blog_hook import angles, openings
from generators.blog_labels import repeated, set_apart
from generators.blog_open import begun, led_in, untold
from generators.blog_over import under_one
from generators.blog_overview import with_parts
from generators.blog_pairs import mostly_asked
from generators.blog_parts import Part, ended, part_of, pictures_of, ranked
from generators.blog_pieces import planned
from generators.blog_plan import Piece, Section, sections, without
from generators.blog_references import listed, references
from generators.blog_return import returned
from generators.blog_thesis import fits_line, opening_question, thesis
from generators.blog_title import WHOLE, claimed, title_of, untitled
from generators.context import Context
from generators.front_matter import blog_files
from generators.hooks import gives_away
from generators.listicle import entry_sections, numbered, opening_of
from generators.material import Passage
from generators.naming import slug, unit_span
from generators.phrases import subjects, traced
from generators.prose_cues import Cues, cues
from generators.prose_sound import promised
from generators.render import Plain, render, say
from generators.slide_pictures import drawings, silent
from language.fold import folded

KIND = "blog"
_TAGS = 6
#: Words of template wording for each hundred of the source that questions to the author may bring a draft to.
_TEMPLATE_SHARE = 0.11
_SHORT = 300
#: Share of the headings of a piece that are questions, where each of them stands above what answers it.
_ASKING = 0.5
#: Share of what a deck tells that may stand before its first piece for that to be its beginning.
_BEFORE = 0.1


#: An entry of a list keeps its heading, even where the list is named after it.
_UNTITLED = Sentence(text="", origin=Origin.TEMPLATE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft stands among those of its talk, and what is known of the talk.

    Its number is that of the plan, which names its file, so that a draft that is left out renames no other. Its place
    counts from 1 among those that are in the pack, of which these are the titles.
    """

    number: int
    place: int
    titles: tuple[Sentence, ...]
    whole: Whole
    #: Slides that show something of which nothing is told, by the unit whose passage speaks about them.
    beside: Mapping[int, tuple[int, ...]]

    @property
    def title(self) -> Sentence:
        """Its own title."""
        return self.titles[self.place - 1]


class Blog:
    """Writes one Markdown draft for each topic that has enough to say."""

    kind = KIND
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One draft a piece, in the deck's order."""
        cue = cues(context.cleared.language)
        made = planned(context)
        plan = made.drafts
        whole = whole_of(context, made.client)
        titles = titles_of(plan, whole.title, context)
        plan = tuple(led_by_title(piece, title, context, cue) for piece, title in zip(plan, titles, strict=True))
        found = [openings(piece, context) if not piece.listicle else opening_of(piece, cue) for piece in plan]
        links = references(plan, context)
        room = of_the_room(context.materials, cue)  # what comes when is no picture either
        beside = {unit: kept for unit, shown in silent([p for piece in plan for p in piece.passages], context).items()
                  if (kept := tuple(each for each in shown if each not in room))}
        chosen = angles(found)
        stay = [n for n, name in enumerate(names_of(titles)) if name not in context.left_out]
        stay = stay[:context.profile.pieces.get(KIND)]
        own = tuple(titles[n] for n in stay)
        out = []
        for place, n in enumerate(stay, start=1):
            hook = found[n][chosen[n]].sentences if chosen[n] else ()
            out.append(_draft(Place(n + 1, place, own, whole, beside), plan[n], chosen[n], hook, links[n], context))
        return tuple(out)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """Each draft with its front matter, and once more for systems that read none; and the drawings that they show."""
        files = tuple(file for draft in drafts for file in blog_files(draft, context))
        return (*files, *drawings("\n".join(draft.text for draft in drafts), context))


GENERATOR = Blog()


def _draft(place: Place, piece: Piece, angle: str, hook: tuple[Sentence, ...], links: tuple[Sentence, ...],
           context: Context) -> Draft:
    language, title = context.language, place.title
    cue = cues(context.cleared.language)
    whole = piece
    piece = untitled(with_parts(piece), title)
    piece, summary = split_summary(piece, context, cue)
    left = without(piece, hook)
    counted = [*series(piece, promised(title.text, cue)), *returned(piece)]
    inquiry = not piece.listicle and (piece.parts or mostly_asked(left) or _inquires(left))
    left = left if piece.listicle else under_one(left, context.index)
    body = entry_sections(untold(left, cue)) if piece.listicle else sections(
        left if hook else led_in(left, cue, _speaks_of(place.whole.client, left)), cue, counted, inquiry)
    forms = repeated(context.materials)
    body = [replace(section, passages=set_apart(begun(section.passages, section.heading, cue), forms)) for section in body]
    said = [*hook, *(s for section in body for p in section.passages for s in every(p))]
    shown = {p.unit: False for p in piece.passages if p.table}
    led = _leads_in(title, body) and not hook and not piece.listicle and body[0].heading not in counted
    parts = [part_of(section, context, position == 0 and led,
                   _UNTITLED if piece.listicle else title, cue, shown, place.beside)
             for position, section in enumerate(body)]
    parts = ended(ranked(parts), cue)
    left_units = {p.unit for section in body for p in section.passages if p.prose}
    opened = [unit for unit in context.index.units(name for s in hook for name in s.sources) if unit not in left_units]
    if opening := pictures_of([each for unit in opened for each in (unit, *place.beside.get(unit, ()))], shown, context):
        parts.insert(0, Part(None, opening, ""))
    heads = [s for part in parts for s in (part.heading, *(each for b in part.blocks for each in (b.asked, b.run_in))) if s]
    above: Parts = standfirst(place.whole, title, [*said, *heads], place.place, len(place.titles), context)
    lessons = takeaways(whole, summary, said, cue)
    last = () if lessons or context.profile.call_to_action else closing(whole, summary, said, cue)
    sourced = listed(links, whole, cue)
    doubts = (*checks(place.whole.clashes, [*said, *heads], context), *gaps(said, context))
    below = series_line(place.titles, place.place, place.whole.title, context)
    values: dict[str, object] = {
        "held": say(language, "held") if context.held else Plain(""),
        "title": title, "standfirst": above, "series": below, "hook": hook, "parts": parts, "ending": last,
        "takeaways": lessons,
        "takeaways_title": say(language, "takeaways"), "links": sourced.read,
        "links_title": say(language, "further_reading"), "figures": sourced.figures,
        "figures_title": say(language, "figure_sources"), "call_to_action": Plain(context.profile.call_to_action),
        "numbered": piece.listicle and numbered(body, title.text, cue), "sources": sources(parts, hook, context),
        "checks": doubts, "notes": (*((say(language, "ask_links"),) if sourced.bare else ()), *_notes(piece, angle, context)),
        "notes_title": say(language, "for_the_author"),
    }
    name = name_of(place.number, title)
    return Draft(kind=KIND, name=name, path=f"{name}.md", topic=piece.materials[0].topic.number, title=title,
                 language=language, segments=render("blog.md.j2", language, values), angle=angle,
                 metadata={"description": _description(piece, place, parts, context, cue), "tags": _tags(piece, context),
                           "frame": traced_parts(above, below, *doubts)})


def name_of(number: int, title: Sentence) -> str:
    """The name of a draft by its number in the plan, from 1, and its title."""
    return f"{KIND}/{number:02d}-{slug(title.text)}"


def names_of(titles: Sequence[Sentence]) -> list[str]:
    """The names of all drafts of a plan."""
    return [name_of(number, title) for number, title in enumerate(titles, start=1)]


def given_back(context: Context) -> tuple[Piece, ...]:
    """The pieces whose draft a gate refused: what they tell goes to its author."""
    if not context.refused:
        return ()
    made = planned(context)
    titles = titles_of(made.drafts, whole_of(context, made.client).title, context)
    return tuple(piece for piece, name in zip(made.drafts, names_of(titles), strict=True) if name in context.refused)


def titles_of(plan: Sequence[Piece], own: Sentence | None, context: Context) -> list[Sentence]:
    """The titles of all drafts, each another one."""
    cue = cues(context.cleared.language)
    titles: list[Sentence] = []
    for piece in plan:
        most, taken = piece.case or holds_most(piece, context), {folded(each.text) for each in titles}
        named = [*(m.title for m in piece.materials), *(p.heading for p in piece.passages if p.heading)]
        taken |= {folded(each.text) for each in named if gives_away(each.text, context.cleared)}
        claim = claimed(piece, context.index, cue)
        titles.append(title_of(piece, own, most, taken, cue, not titles and _begins(piece, context), claim))
    return titles


def _begins(piece: Piece, context: Context) -> bool:
    """Whether a piece begins where the deck does: next to nothing is told before it."""
    first = piece.materials[0].topic.number
    words = {m.topic.number: m.words for m in without_front(context.materials, cues(context.cleared.language))}
    return sum(n for number, n in words.items() if number < first) <= _BEFORE * sum(words.values())


def holds_most(piece: Piece, context: Context) -> bool:
    """Whether the topics of a piece are most of the deck; one topic alone has its own title."""
    units = {unit.number for unit in context.cleared.content_units() if context.index.by_unit.get(unit.number)}
    held = {m.topic.number for m in piece.materials}
    within = {n for topic in context.topics if topic.number in held for n in units if topic.first <= n <= topic.last}
    return bool(units) and len(within) >= WHOLE * len(units) and (len(held) > 1 or piece.listicle)


def _speaks_of(client: Client | None, passages: Sequence[Passage]) -> bool:
    return client is not None and client.named("\n".join(s.text for p in passages for s in (
        *every(p), *((p.run_in,) if p.run_in else ()))))


def _leads_in(title: Sentence, body: Sequence[Section]) -> bool:
    """Whether a title leads into the first section: one that is of another leads into none before it."""
    mine, first = set(title.sources), body[0].heading
    if first is not None and set(first.sources) & mine and _begins_with(title, first):
        return True
    later = [*(p.heading for p in body[0].passages), *(p.heading for section in body[1:] for p in section.passages),
             *(section.heading for section in body[1:])]
    return not any(set(head.sources) & mine for head in later if head)


def _begins_with(title: Sentence, heading: Sentence) -> bool:
    """Whether a title, or what stands in it behind the name of the deck, begins with a heading of some words."""
    text = folded(heading.text).rstrip(" .:")
    return len(text.split()) > 1 and any(
        each.startswith(text) for each in (folded(title.text), folded(title.text).partition(": ")[2]))


def _inquires(passages: Sequence[Passage]) -> bool:
    """Whether a piece has questions as headings, two of them or more and half of all."""
    heads = [p.heading for p in passages if p.heading]
    asked = sum(head.text.endswith("?") for head in heads)
    return asked > 1 and asked >= _ASKING * len(heads)


def sources(parts: Sequence[Part], hook: Sequence[Sentence], context: Context) -> Plain:
    """Where the opening and each section come from, in their order, for the author."""
    lead = unit_span(context.index.units(name for each in hook for name in each.sources), context) if hook else ""
    spans = [each for each in dict.fromkeys((lead, *(part.source for part in parts))) if each]
    return say(context.language, "sources", spans="; ".join(spans)) if spans else Plain("")


def _notes(piece: Piece, angle: str, context: Context) -> tuple[Plain, ...]:
    """Questions to the author about what the source lacks, as many as the share of template wording allows."""
    language = context.language
    wanted = []
    if not any(m.examples or m.stories for m in piece.materials):
        wanted.append("ask_example")
    if piece.words < _SHORT:
        wanted.append("ask_short")
    if not any(m.numbers for m in piece.materials):
        wanted.append("ask_number")
    if not any(m.advice or m.points for m in piece.materials):
        wanted.append("ask_advice")
    wanted.append("ask_reader" if angle else "ask_opening")
    budget = _TEMPLATE_SHARE * piece.words - 30
    out: list[Plain] = []
    for key in wanted:
        text = say(language, key)
        budget -= len(text.split())
        if budget >= 0 or not out:
            out.append(text)
    return tuple(out)


def _description(piece: Piece, place: Place, parts: Sequence[Part], context: Context, cue: Cues) -> tuple[Sentence, ...]:
    """What is said of the piece where only one line is shown."""
    small = (block.asked or block.run_in or (block.lead if block.named else None) for part in parts for block in part.blocks)
    heads = [each for each in (*(part.heading for part in parts), *small) if each is not None]
    language, audiences = context.language, context.profile.audiences
    whom = say(language, "described_for", audience=audiences[0]) if audiences else Plain("")
    frame = Frame(say(language, "described_from"), say(language, "described_end"), say(language, "described_in"), whom)
    whole = place.whole.about if place.number == 1 else None
    lines = [opening_question(piece, cue), thesis(piece, place.title, context, cue),
             whole if whole is not None and fits_line(whole) else None]
    return described(piece, place.title, place.whole.title, heads, cue, frame, [each for each in lines if each is not None])


def _tags(piece: Piece, context: Context) -> tuple[Sentence, ...]:
    """What the piece keeps coming back to, in its own units."""
    units = sorted({p.unit for p in piece.passages})
    phrases = subjects([phrase for m in piece.materials for phrase in m.keyphrases], units, context)
    return traced(phrases, context.index, units, context.cleared.language, _TAGS)
