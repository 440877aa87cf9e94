"""Blog drafts: one a topic, each with its own angle, in the author's words and order.

Template wording is confined to labels (source, takeaways, questions for the author) and claims nothing. Numbers, names
and statements all come from the source with their ids. Nothing is padded: a thin topic gives a short piece, or goes
with its neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content.document import Part as BlockPart
from content.draft import Artefact, Draft, Origin, Sentence
from generators.alone import dangling
from generators.blog_about import Frame, described
from generators.blog_case import Client
from generators.blog_close import closing, every, followable, references, split_summary, takeaways
from generators.blog_frame import Parts, Whole, checks, gaps, series_line, standfirst, traced_parts, whole_of
from generators.blog_open import begun, goes_on, led_in
from generators.blog_pairs import mostly_asked
from generators.blog_pieces import plan as plan_of
from generators.blog_plan import Piece, Section, angles, lead_of, openings, sections, without
from generators.blog_sound import ground
from generators.blog_title import WHOLE, series, title_of, untitled
from generators.context import Context
from generators.front_matter import blog_files
from generators.listicle import entry_sections, numbered, opening_of
from generators.material import ItemList, Passage
from generators.naming import slug, unit_span
from generators.phrases import subjects, traced
from generators.prose_cues import Cues, cues
from generators.prose_sound import promised
from generators.render import Plain, render, say
from generators.slide_pictures import drawings, picture_for, silent, speaks_of, twin
from generators.titles import known_title
from language.fold import folded
from language.words import content_words

KIND = "blog"
_TAGS = 6
#: Words of template wording for each hundred of the source that questions to the author may bring a draft to.
_TEMPLATE_SHARE = 0.11
_SHORT = 300
_LONG = 130
#: Pictures of slides in a piece.
_MOST_PICTURES = 3
_NOWHERE = Plain("")
#: Marks of a subheading, and of one below another.
_RANKS = (Plain("##"), Plain("###"))
#: Share of the headings of a piece that are questions, where each of them stands above what answers it.
_ASKING = 0.5
#: Things that a first sentence may call "the" without its heading; Dutch calls more things so.
_LOOSE = {"en": 0, "nl": 1}


#: An entry of a list keeps its heading, even where the list is named after it.
_UNTITLED = Sentence(text="", origin=Origin.TEMPLATE)


@dataclass(frozen=True, slots=True)
class Block:
    """What a section prints, in order. Exactly one of the first four is set, or the drawing."""

    sentences: tuple[Sentence, ...] = ()
    items: tuple[Sentence, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()
    code: tuple[Sentence, ...] = ()
    lead: Sentence | None = None
    ordered: bool = False
    #: The lead is the title of a slide.
    named: bool = False
    #: A small heading that runs into the paragraph.
    run_in: Sentence | None = None
    #: A question, as a subheading of that rank ("##") above its answer.
    asked: Sentence | None = None
    rank: Plain = _RANKS[0]
    #: A picture of a slide: its description and its path from the draft.
    alt: tuple[Sentence, ...] = ()
    path: Plain = _NOWHERE


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the template prints it."""

    heading: Sentence | None
    blocks: tuple[Block, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft stands among those of its talk: its number from 1, the titles of all, and what is known of the talk."""

    number: int
    titles: tuple[Sentence, ...]
    whole: Whole
    #: Slides that show something of which nothing is told, by the unit whose passage speaks about them.
    beside: Mapping[int, tuple[int, ...]]

    @property
    def title(self) -> Sentence:
        """Its own title."""
        return self.titles[self.number - 1]


class Blog:
    """Writes one Markdown draft for each topic that has enough to say."""

    kind = KIND
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """One draft a piece, in the deck's order."""
        cue = cues(context.cleared.language)
        made = plan_of(context.materials, cue, ground(context.cleared, context.index))
        plan = made.drafts
        whole = whole_of(context, made.client)
        spoken = frozenset(name for name, each in context.index.by_id.items() if each.part is BlockPart.NOTES)
        found = [openings(piece, cue, spoken) if not piece.listicle else opening_of(piece, cue) for piece in plan]
        links = references(plan, context)
        taken: set[str] = set()
        titles = []
        for piece in plan:
            titles.append(title_of(piece, known_title(context), holds_most(piece, context), taken, cue))
            taken.add(folded(titles[-1].text))
        beside = silent([passage for piece in plan for passage in piece.passages], context)
        out = []
        for number, (piece, ways, angle) in enumerate(zip(plan, found, angles(found), strict=True), start=1):
            hook = ways[angle].sentences if angle else ()
            out.append(_draft(Place(number, tuple(titles), whole, beside), piece, angle, hook, links[number - 1], context))
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
    piece = untitled(piece, title)
    piece, summary = split_summary(piece, context, cue)
    left = without(piece, hook)
    counted = series(piece, promised(title.text, cue))
    inquiry = not piece.listicle and (mostly_asked(left) or _inquires(left))
    body = entry_sections(left) if piece.listicle else sections(
        left if hook else led_in(left, cue, _speaks_of(place.whole.client, left)), cue, counted, inquiry)
    body = [replace(section, passages=begun(section.passages, section.heading, cue)) for section in body]
    said = [*hook, *(s for section in body for p in section.passages for s in every(p))]
    shown = {p.unit: False for p in piece.passages if p.table}
    # A title that is of another section leads into none before it.
    led = not any(set(section.heading.sources) & set(title.sources) for section in body[1:] if section.heading)
    led = led and not hook and not piece.listicle and body[0].heading not in counted
    parts = [_part(section, context, position == 0 and led,
                   _UNTITLED if piece.listicle else title, cue, shown, place.beside)
             for position, section in enumerate(body)]
    parts = _ranked(parts)
    left_units = {p.unit for section in body for p in section.passages if p.prose}
    opened = [unit for unit in context.index.units(name for s in hook for name in s.sources) if unit not in left_units]
    if opening := _pictures([each for unit in opened for each in (unit, *place.beside.get(unit, ()))], shown, context):
        parts.insert(0, Part(None, opening, ""))
    cited = {s for m in whole.materials for s in m.references}
    heads = [s for part in parts for s in (part.heading, *(each for b in part.blocks for each in (b.asked, b.run_in))) if s]
    above: Parts = standfirst(place.whole, title, [*said, *heads], place.number, len(place.titles), context)
    lessons = takeaways(whole, summary, said, cue)
    last = () if lessons or context.profile.call_to_action else closing(whole, summary, said, cue)
    doubts = (*checks(place.whole.clashes, [*said, *heads], context), *gaps(said, context))
    below = series_line(place.titles, place.number, context)
    values: dict[str, object] = {
        "held": say(language, "held") if context.held else Plain(""),
        "title": title, "standfirst": above, "series": below, "hook": hook, "parts": parts, "ending": last,
        "takeaways": lessons,
        "takeaways_title": say(language, "takeaways"), "links": [s for s in links if followable(s) or s in cited],
        "links_title": say(language, "further_reading"), "figures": [s for s in links if not (followable(s) or s in cited)],
        "figures_title": say(language, "figure_sources"), "call_to_action": Plain(context.profile.call_to_action),
        "numbered": piece.listicle and numbered(body), "sources": _sources(parts, context),
        "checks": doubts, "notes": _notes(piece, angle, context), "notes_title": say(language, "for_the_author"),
    }
    name = f"blog/{place.number:02d}-{slug(title.text)}"
    return Draft(kind=KIND, name=name, path=f"{name}.md", topic=piece.materials[0].topic.number, title=title,
                 language=language, segments=render("blog.md.j2", language, values), angle=angle,
                 metadata={"description": _description(piece, title, parts, context, cue), "tags": _tags(piece, context),
                           "frame": traced_parts(above, below, *doubts)})


def holds_most(piece: Piece, context: Context) -> bool:
    """Whether the topics of a piece are most of the deck; one topic alone has its own title."""
    units = {unit.number for unit in context.cleared.content_units() if context.index.by_unit.get(unit.number)}
    held = {m.topic.number for m in piece.materials}
    within = {n for topic in context.topics if topic.number in held for n in units if topic.first <= n <= topic.last}
    return bool(units) and len(within) >= WHOLE * len(units) and (len(held) > 1 or piece.listicle)


def _part(section: Section, context: Context, first: bool, title: Sentence, cue: Cues, shown: dict[int, bool],
          beside: Mapping[int, tuple[int, ...]]) -> Part:
    """A section with its blocks; one that begins the piece needs no subheading, since the title leads into it.

    `shown` are the units whose table (False) or picture (True) stands in the piece already; what is shown here joins them.
    `beside` are the units that passages of another unit speak about.
    """
    heading = section.heading
    if first and _same(heading, title):
        heading = None
    blocks = []
    for position, passage in enumerate(section.passages):
        blocks += _blocks(passage, position == 0, cue)
        # Told first, then shown: a picture that no sentence leads into would stand there unexplained.
        last = all(each.unit != passage.unit for each in section.passages[position + 1:])
        others = [each for each in beside.get(passage.unit, ()) if last or speaks_of(passage, each, context)]
        blocks += _pictures([passage.unit, *others] if passage.prose else (), shown, context)
    blocks = [replace(block, lead=None) if first and _same(block.lead, title) else block for block in blocks]
    if first and heading and blocks and blocks[0].items and not blocks[0].lead and not section.passages[0].run_in:
        # A piece that begins with a list says what it is a list of.
        lead = lead_of(replace(section.passages[0], heading=heading), ItemList(()))
        blocks[0] = replace(blocks[0], lead=lead, named=True)
    sources = [name for passage in section.passages for s in every(passage) for name in s.sources]
    source = unit_span(context.index.units(sources), context)
    blocks = [replace(block, asked=None) if first and _same(block.asked, title) else block for block in blocks]
    # A piece that begins with a question keeps the heading that it stands under, and so does one that begins with "the" thing
    # which that heading names.
    opening = section.passages[0].prose[:1]
    known = content_words(title.text, cue.language)
    loose = bool(opening) and dangling(opening[0].text, known, cue.language) > _LOOSE.get(cue.language, 1)
    told = heading is None or content_words(heading.text, cue.language) <= known
    begins = first and (told or not (loose or (blocks and blocks[0].asked)))
    return Part(None if begins else heading, tuple(_merge(blocks)), source)


def _speaks_of(client: Client | None, passages: Sequence[Passage]) -> bool:
    return client is not None and client.named("\n".join(s.text for p in passages for s in (
        *every(p), *((p.run_in,) if p.run_in else ()))))


def _inquires(passages: Sequence[Passage]) -> bool:
    """Whether a piece has questions as headings, two of them or more and half of all."""
    heads = [p.heading for p in passages if p.heading]
    asked = sum(head.text.endswith("?") for head in heads)
    return asked > 1 and asked >= _ASKING * len(heads)


def _ranked(parts: Sequence[Part]) -> list[Part]:
    """The sections with their questions as subheadings of one rank: below the headings, where sections have any."""
    rank = _RANKS[any(part.heading is not None for part in parts)]
    return [replace(part, blocks=tuple(replace(block, rank=rank) for block in part.blocks)) for part in parts]


def _pictures(units: Sequence[int], shown: dict[int, bool], context: Context) -> tuple[Block, ...]:
    """The pictures of some units as far as there is room for them; they join `shown`."""
    out = []
    for unit in units:
        seen = [each for each, pictured in shown.items() if pictured]
        if unit not in shown and len(seen) < _MOST_PICTURES and not twin(unit, seen, context) and (
                drawn := picture_for(unit, context)):
            shown[unit] = True
            out.append(Block(alt=drawn.alt, path=Plain(f"../{drawn.path}")))
    return tuple(out)


def _same(heading: Sentence | None, title: Sentence) -> bool:
    return heading is not None and folded(heading.text).rstrip(":") == folded(title.text).rstrip(":")


def _blocks(passage: Passage, under_heading: bool, cue: Cues) -> list[Block]:
    rows = passage.paragraphs or ((passage.prose,) if passage.prose else ())
    out = [Block(sentences=part) for row in rows for part in _readable(row, cue)]
    # What stands under no subheading of its own keeps its title, run in; what goes on with the text before it needs none.
    own = passage.running or not passage.spoken or (bool(passage.prose) and not goes_on(passage, cue))
    named = passage.heading if not under_heading and own else None
    if passage.asked:
        out[:1] = [replace(out[0] if out else Block(), asked=passage.run_in)]
    elif out and out[0].sentences and (passage.run_in or named) and not _echoes(passage.run_in or named, out[0], cue):
        out[0] = replace(out[0], run_in=passage.run_in or named)
    if passage.code:
        out.insert(0 if passage.explained else len(out), Block(code=passage.code))
    bare = not passage.prose and not passage.asked and (not under_heading or passage.run_in)
    for position, items in enumerate(passage.lists):
        head = replace(passage, heading=passage.run_in or passage.heading)
        lead = lead_of(head, items) if bare and position == 0 else items.lead
        if bare and position == 0 and passage.run_in and items.lead and len(items.items) > 1:
            # "How to lock it" above a list with a sentence of its own: both stand there.
            out.append(Block(sentences=(items.lead,), run_in=passage.run_in))
            lead, items = None, replace(items, lead=None)
        if len(items.items) == 1 and (lead or passage.table):
            # One item is no list: it goes on where its lead ends, or leads into the table below it.
            last = items.items[0]
            if passage.table and not last.text.endswith((".", "!", "?", ":")):
                last = last.model_copy(update={"text": last.text + ":"})
            out.append(Block(sentences=(lead, last) if lead else (last,)))
            continue
        out.append(Block(items=items.items, lead=lead, ordered=items.ordered, named=lead is not items.lead))
    if passage.table:
        # What is said of its lines and columns comes after it; what leads into it before.
        spoken_of = not passage.lists and any(
            cue.has("line_reference", s.text) or (cue.has("absent", s.text) and cue.has("absent_table", s.text)
                                                  and not s.text.endswith(":")) for s in passage.prose)
        out.insert(0 if spoken_of else len(out), Block(rows=passage.table))
    return out


def _echoes(label: Sentence | None, block: Block, cue: Cues) -> bool:
    """Whether a small heading says nothing but what its first sentence says: "Turn it round." before "So we turned it
    round.".
    """
    if label is None:
        return False
    words, first = (content_words(each.text, cue.language) for each in (label, block.sentences[0]))
    return bool(words) and words <= first and len(first) <= len(words) + 1


def _readable(row: tuple[Sentence, ...], cue: Cues) -> list[tuple[Sentence, ...]]:
    """A paragraph of more than 130 words in two or more, cut before a sentence that leans on nothing."""
    total = sum(len(s.text.split()) for s in row)
    if total <= _LONG:
        return [row]
    parts = -(-total // _LONG)
    done, best, gap = 0, 0, float(total)
    for place, sentence in enumerate(row):
        if place and abs(done - total / parts) < gap and not cue.has("leaning", sentence.text):
            best, gap = place, abs(done - total / parts)
        done += len(sentence.text.split())
    return [row[:best], *_readable(row[best:], cue)] if best else [row]


def _merge(blocks: Sequence[Block]) -> list[Block]:
    """Neighbouring paragraphs of one or two short sentences become one paragraph of readable length."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        short = last is not None and (_words(last) < 25 or _words(block) < 25) and _words(last) + _words(block) <= 85
        if last and last.sentences and block.sentences and short and not (block.run_in or last.run_in or block.asked):
            out[-1] = replace(last, sentences=(*last.sentences, *block.sentences))
        elif last and last.items and block.items and not (block.lead or block.asked) and not (last.ordered or block.ordered):
            # Two lists with nothing between them are one list to a reader of Markdown.
            out[-1] = replace(last, items=(*last.items, *block.items))
        else:
            out.append(block)
    return out


def _words(block: Block) -> int:
    return sum(len(s.text.split()) for s in block.sentences)


def _sources(parts: Sequence[Part], context: Context) -> Plain:
    """Where each section comes from, in their order, for the author."""
    spans = [part.source for part in parts if part.source]
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


def _description(piece: Piece, title: Sentence, parts: Sequence[Part], context: Context, cue: Cues) -> tuple[Sentence, ...]:
    """What is said of the piece where only one line is shown."""
    small = (block.asked or block.run_in or (block.lead if block.named else None) for part in parts for block in part.blocks)
    heads = [each for each in (*(part.heading for part in parts), *small) if each is not None]
    language, audiences = context.language, context.profile.audiences
    whom = say(language, "described_for", audience=audiences[0]) if audiences else Plain("")
    frame = Frame(say(language, "described_from"), say(language, "described_end"), say(language, "described_in"), whom)
    return described(piece, title, known_title(context), heads, cue, frame)


def _tags(piece: Piece, context: Context) -> tuple[Sentence, ...]:
    """What the piece keeps coming back to, in its own units."""
    units = sorted({p.unit for p in piece.passages})
    phrases = subjects([phrase for m in piece.materials for phrase in m.keyphrases], units, context)
    return traced(phrases, context.index, units, context.cleared.language, _TAGS)
