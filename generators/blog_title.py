"""The title of a draft: in the author's words, and saying what the piece says.

A piece that holds most of the deck has the deck's title, a piece of one topic the topic's. Where that says nothing, or
not what the piece is about, the titles of its slides are asked. What would be a label on a page of its own ("Wrong
answers", "Preferred solution - Query") says of which deck it is, and one that leaves out half of its piece names both
(blog_cover).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.document import Part
from content.draft import Sentence
from generators.alone import cut_title
from generators.alone import states as tells
from generators.blog_counts import counts
from generators.blog_cover import covering, generic, states, unlabelled
from generators.blog_form import by_unit
from generators.blog_join import joined
from generators.blog_plan import Piece
from generators.material import Material, length
from generators.prose_cues import Cues
from language.fold import folded
from language.source import SourceIndex
from language.words import content_words

#: Share of a deck's content units that makes a piece the deck.
WHOLE = 0.6
#: Share of the slides of a piece that must hold a word of its title.
_SAID = 0.3
#: The longest title, words of a title that is a label without its deck, and the share of a piece that must answer a
#: question for it to be the title.
_LONGEST, _LABEL, _ASKS = 90, 3, 0.4
#: Words of a deck's name that may say what "it" is.
_NAME = 5
#: Words of a title that names several labels.
_SEVERAL = 9
#: Words of a slide that only opens its section; sections of few headings, and titles of few words.
_OPENS, _FEW = 30, 2
#: Share of the slides whose titles begin alike that makes the beginning a title.
_PART = 0.6
#: Share of a piece that a part further in must be for its heading to be the title.
_DETAIL = 0.12
#: Share of a piece that must stand under a heading, or of its slides that must speak of it, for it to name the piece.
_HALF = 0.5
#: Share that is enough for the heading under which the most of a piece stands.
_LARGEST = 0.35
#: Share of a piece behind which a heading comes too late to name it.
_END = 0.66
#: How often the words of a title come back on the slides of a piece, on average, at the least.
_TAKEN_UP = 0.1
#: Words of a title of which it can be told whether slides speak of it.
_TELLING = 2
#: Letters by which two words are of one family: "secure" and "security".
_STEM = 5
#: Cues of a heading that needs what stands above it, or is of a chart, of a section or of somebody.
_NO_CLAIM = ("bare_pronoun", "pronoun_start", "leaning", "first_person", "chart_title", "stock_title", "empty_title",
             "byline_title", "asking_start")

#: What stands between a label and what it is the label of.
_JOINT = re.compile(r"\s*:\s+|\s+[-–—]\s+|\s*—\s*")


def title_of(piece: Piece, own_deck: Sentence | None, most: bool, taken: set[str], cues: Cues,
             first_part: bool = False, claim: Sentence | None = None) -> Sentence:
    """The title of a piece; never one that another draft has. `own_deck` is the deck's own title, None where it has no
    good one; `most` says that the piece holds most of the deck, `first_part` that it begins where the deck does. `taken` are
    the titles that are gone, folded. `claim` is what stands under a title that is a bare label, and takes its place.
    """
    deck = own_deck if most else None
    own = [m.title for m in piece.materials] if piece.part < 2 else []
    own = [piece.subject] if piece.subject is not None else own
    heads = [p.heading for p in piece.passages if p.heading] or [p.run_in for p in piece.passages if p.run_in]
    if piece.listicle:
        heads = []  # the title of an entry is not that of the list
    about = _about(piece, cues)
    first: list[Sentence] = []
    if deck is not None:
        first.append(deck)
    if not own or says(own[0], cues) < 0 or len(own) > 1:
        first += _parts(heads)
    if own:
        size = {m.title: sum(p.words for p in m.passages) for m in piece.materials}
        first += sorted((t for t in own if says(t, cues) >= 0 and _share(t, about, cues) >= _SAID),
                        key=lambda t: (-round(_share(t, about, cues), 1), -size.get(t, 0)))
    running = any(p.running for p in piece.passages)
    share = _shares(piece)
    told = [t for t in (*own, *heads) if not t.text.endswith("?") or share.get(t.sources, 0.0) >= _ASKS]
    # Headings of a document are parts of it; those of slides often say more than the name of the part.
    rest = sorted(told, key=lambda s: -_worth(s, about, cues) - share.get(s.sources, 0.0) - (0.4 if s in own[:1] else 0.0) - (
        1.0 if running and s in own[:1] else 0.0))
    bare = [unlabelled(each, cues) for each in (*first, *rest) if (
        each is deck or can_name(each, piece, own_deck, cues)) and not cues.has("stand_in_title", each.text)]
    known = {each.text for each in bare}
    good = [each for each in bare if says(each, cues) >= 0]
    covers = [each if each == deck else covering(each, piece, own_deck, cues) for each in good]
    labels = [each for each in bare if len(each.text) <= _LONGEST // 2 and not generic(each.text, cues)]
    short = [covering(each, piece, own_deck, cues) for each in labels]
    # Over a part from the middle the title of the deck would promise all of it.
    whole_deck = (own_deck,) if own_deck is not None and (most or first_part) else ()
    # The title of the deck promises more than a piece holds; that of one of its parts leaves out the others.
    named_so = () if claim else tuple(_of_sections(piece, cues))
    sections = [each for each in named_so if _stands(each, piece, about, cues)]
    ranked = [*((claim,) if claim else named_so), *(each for each in covers if each is not None),
              *(whole_deck if None in covers else ()), *good,
              *(each for each in short if each is not None), *whole_deck, *labels, *bare]
    for each in sorted(ranked, key=lambda each: 0 if each in sections else _misleads(each, piece, about, cues)):
        words = len(each.text.split())
        several = each.text not in known and not states(each.text, cues) and words <= _SEVERAL
        kept = each in sections or (not running and _recurs(each, about, cues) >= _HALF)
        named = _of_deck(each if kept else joined(each, piece, cues), own_deck, cues, several)
        if named.sources and folded(named.text) not in taken and len(named.text) >= 4:
            return named
    return next((p.heading for p in piece.passages if p.heading and p.heading.sources), piece.materials[0].title)


def claimed(piece: Piece, index: SourceIndex, cues: Cues) -> Sentence | None:
    """What the first slide under a bare label claims ("Bread needs salt" under "A myth"); None where the title of a piece
    is no such label, or nothing under it is whole by itself.
    """
    if len(piece.materials) != 1 or piece.part > 1 or piece.subject is not None:
        return None
    (material,) = piece.materials
    title, topic = material.title, material.topic
    bare = says(title, cues) < 1 and not _share(title, _about(piece, cues), cues) and len(title.text.split()) <= _LABEL
    if not (bare or cues.has("bare_title", title.text)):
        return None
    for unit in range(topic.first, topic.last + 1):
        head = next((each for each in index.by_unit.get(unit, ()) if each.part is Part.TITLE), None)
        if head is None or unit in topic.asides or folded(head.text) == folded(title.text):
            continue
        found = Sentence(text=" ".join(head.text.split()).rstrip(" .:"), sources=(head.id,))
        if _claims(found, cues):
            return found
    return None


def _claims(title: Sentence, cues: Cues) -> bool:
    """Whether a heading says something that is understood by itself."""
    text = title.text
    if says(title, cues) < 1 or text.endswith("?") or any(cues.has(name, text) for name in _NO_CLAIM):
        return False
    return len(text.split()) > _LABEL and tells(text, cues.language) and not cut_title(text, cues.language)


def can_name(title: Sentence, piece: Piece, deck: Sentence | None, cues: Cues) -> bool:
    """Whether a heading can name a piece: it is one whole phrase, no byline, and where it is a label among several, the
    piece says a word of it ("Cold path" above a piece that never speaks of one names nothing). `deck` is the deck's title.
    """
    text = title.text
    if cues.has("byline_title", text) or cues.has("chart_title", text) or cut_title(text, cues.language):
        return False
    if any(p.running for p in piece.passages) and text[:1].islower():
        return False
    words = content_words(text, cues.language) - content_words(deck.text if deck else "", cues.language)
    said = " ".join(s.text for p in piece.passages for s in (*p.prose, *(i for each in p.lists for i in (
        *((each.lead,) if each.lead else ()), *each.items)), *(cell for row in p.table for cell in row), *p.code))
    label = len(re.findall(r"\w+", text)) <= _LABEL and not states(text, cues)
    heads = {folded(unlabelled(p.heading, cues).text) for p in piece.passages if p.heading}
    if not label or not words or len(heads) < 2:
        return True
    told = {word[:_STEM] for word in content_words(said, cues.language)}
    return any(word[:_STEM] in told for word in words)


def named(piece: Piece, cues: Cues) -> bool:
    """Whether a piece has a heading that can name it, of its topic or of its own, where it is running text or one subject of
    several: called after the whole deck it would promise all of that. Running text under a byline is somebody else's, and
    what has its only name in its last third has none.
    """
    first = next((p.heading for p in piece.passages if p.heading), None)
    if any(p.running for p in piece.passages) and first is not None and cues.has("byline_title", first.text):
        return False
    heads = [each for p in piece.passages for each in (p.heading, p.run_in) if each]
    heads += [piece.subject] if piece.subject is not None else [m.title for m in piece.materials]
    wanted = piece.subject is not None or any(p.running for p in piece.passages)
    if _late(piece, cues):
        return False
    return not wanted or any(can_name(each, piece, None, cues) for each in heads)


def _late(piece: Piece, cues: Cues) -> bool:
    """Whether all that could name a piece of slides is the heading of its last third."""
    places: dict[tuple[str, ...], float] = {}
    words = 0
    for p in piece.passages:
        if p.heading is not None:
            places.setdefault(p.heading.sources, words / (piece.words or 1))
        words += p.words
    names = [*(p.heading for p in piece.passages if p.heading), *(m.title for m in piece.materials)]
    good = [each for each in names if can_name(each, piece, None, cues) and says(each, cues) >= 0]
    return len(places) > 1 and bool(good) and not any(p.running for p in piece.passages) and all(
        places.get(each.sources, 0.0) > _END for each in good)


def _of_deck(title: Sentence, deck: Sentence | None, cues: Cues, several: bool = False) -> Sentence:
    """"The question board: Wrong answers": a title that could stand on any deck, that is a label of a word or three, or that
    names several subjects, says on which it does; the deck's title up to its colon is enough.
    """
    label = generic(title.text, cues) or len(re.findall(r"\w+", title.text)) <= _LABEL or several
    if deck is None or deck.text == title.text or title.text.endswith("?"):
        return title
    name = deck.text if len(deck.text.split()) <= _LABEL else _JOINT.split(deck.text)[0]
    # "What it changed at our customers": what "it" is the talk says, where its name is short.
    if not label and not (cues.has("bare_pronoun", title.text) and len(name.split()) <= _NAME):
        return title
    if len(name.split()) < 2:
        name = deck.text
    near = content_words(name, cues.language) & content_words(title.text, cues.language)
    if near or ":" in name or name.endswith("?") or len(name) + len(title.text) > _LONGEST:
        return title
    return Sentence(text=f"{name}: {title.text}", sources=(*deck.sources, *title.sources))


def _of_sections(piece: Piece, cues: Cues) -> list[Sentence]:
    """The title that the author gave to the section which is the most of a piece: on a slide of its own, or on one that says
    little before several others; in running text the chapter whose parts the piece holds.
    """
    total = sum(p.words for p in piece.passages)
    heads = {p.heading.sources for p in piece.passages if p.heading}
    out = []
    for m in piece.materials if piece.part < 2 and piece.subject is None else ():
        held = sum(p.words for p in piece.passages if m.topic.first <= p.unit <= m.topic.last)
        own = [n for n in (*m.topic.asides, m.topic.first) if any(s.startswith(f"s{n}.") for s in m.title.sources)]
        divides = any(m.topic.asides.get(n) == "divider" or (
            n == m.topic.first and _divides(n, m, piece, heads)) for n in own)
        if divides and held >= _PART * total and says(m.title, cues) >= 0:
            out.append(unlabelled(m.title, cues))
    return out


def _divides(unit: int, material: Material, piece: Piece, heads: set[tuple[str, ...]]) -> bool:
    """Whether the slide of a title stands before the others as a divider does, whatever its layout. `heads` are the headings
    that the piece prints.
    """
    if unit in material.topic.asides:
        return False
    here = [p for p in piece.passages if p.unit == unit]
    if not here or any(p.running for p in here):
        return (bool(here) and material.title.sources not in heads and len(heads) > 1) or all(
            p.unit != unit for p in material.passages)
    little = sum(p.words for p in here) <= _OPENS and not any(p.lists or p.table for p in here)
    return little and material.title.sources in heads and len(heads) > _FEW


def _stands(title: Sentence, piece: Piece, about: Sequence[frozenset[str]], cues: Cues) -> bool:
    """Whether the title of a section names its piece: it counts what is there, and is taken up where it is a word or two."""
    plain = len(title.text.split()) <= _FEW and _recurs(title, about, cues) < _TAKEN_UP
    return counts(title, piece, cues) and not plain and not _image(title, piece, about, cues)


def _misleads(title: Sentence, piece: Piece, about: Sequence[frozenset[str]], cues: Cues) -> int:
    """How far a title says too much or too little: 2 where it counts what the piece does not count off, or is the heading of
    a part further in; 1 where less than half of the piece stands under it, and it comes later or few slides speak of it.
    """
    heads = [p.heading.sources for p in piece.passages if p.heading]
    if piece.listicle and len(heads) > 1 and title.sources in heads:
        return 2  # the title of an entry is not that of the list
    if (title.sources in heads[1:] and _under(title, piece) < _DETAIL) or not counts(title, piece, cues):
        return 2
    under = {p.heading.sources: _under(p.heading, piece) for p in piece.passages if p.heading}
    if title.sources not in under and _image(title, piece, about, cues):
        return 1
    mine = under.get(title.sources, _of_topic(title, piece))
    largest = mine >= max(under.values(), default=0.0) and says(title, cues) > 0 and _share(title, about, cues) >= _SAID
    detail = len(under) > 1 and mine < (_LARGEST if largest else _HALF)
    few = title.sources in heads[1:] or len(content_words(title.text, cues.language)) < _TELLING
    return int(detail and (few or _recurs(title, about, cues) < _HALF or _of_row(title, piece, cues)))


def _image(title: Sentence, piece: Piece, about: Sequence[frozenset[str]], cues: Cues) -> bool:
    """Whether the title of a part is a label that nothing in the part takes up ("Small, dull and together"), where a heading
    that its slides speak of stands over much of it.
    """
    if states(title.text, cues) or _recurs(title, about, cues) >= _TAKEN_UP:
        return False
    heads = [unlabelled(p.heading, cues) for p in piece.passages if p.heading]
    return any(_under(each, piece) >= _LARGEST and _recurs(each, about, cues) >= _SAID and says(each, cues) > 0
               and can_name(each, piece, None, cues) for each in heads)


def _of_row(title: Sentence, piece: Piece, cues: Cues) -> bool:
    """Whether a title is the heading of one entry of a row that the piece goes through: "Rule 4" before "Rule 5"."""
    heads = {p.heading.sources: p.heading.text for p in piece.passages if p.heading}
    labels = {name: found[1].lower() for name, text in heads.items() if (found := cues.single["series_label"].match(text))}
    return title.sources in labels and list(labels.values()).count(labels[title.sources]) > 1


def untitled(piece: Piece, title: Sentence) -> Piece:
    """The piece without the heading that is its title: printed twice it would begin again. Further in that heading keeps a
    slide apart from what comes before.
    """
    first = next((n for n, p in enumerate(piece.passages) if p.heading), 0)
    led = all(not p.heading for p in piece.passages[:first]) and first > 0
    if not led or not _ends(title, piece.passages[first].heading):
        return piece
    return replace(piece, passages=tuple(
        replace(p, heading=None) if n == first else p for n, p in enumerate(piece.passages)))


def _ends(title: Sentence, heading: Sentence | None) -> bool:
    """Whether a heading is a title, or what stands in it behind the name of the deck."""
    if heading is None:
        return False
    ends = folded(title.text).endswith(folded(heading.text)) or folded(heading.text).endswith(folded(title.text))
    same = ends and set(heading.sources) & set(title.sources)
    return bool(same) and set(heading.sources) <= set(title.sources)


def _under(title: Sentence, piece: Piece) -> float:
    """Which share of a piece stands under the heading that is its title, up to the next one."""
    words, under = 0, False
    for p in piece.passages:
        under = p.heading.sources == title.sources if p.heading else under
        words += p.words if under else 0
    return words / (piece.words or 1)


def _of_topic(title: Sentence, piece: Piece) -> float:
    """Which share of a piece is of the topic that has its title, 1 where the title is that of no topic of several."""
    if len(piece.materials) < 2:
        return 1.0
    own = [m.topic for m in piece.materials if m.title.sources == title.sources]
    words = sum(p.words for p in piece.passages if any(each.first <= p.unit <= each.last for each in own))
    return words / (piece.words or 1) if own else 1.0


def _shares(piece: Piece) -> dict[tuple[str, ...], float]:
    """Which share of a piece, in words of statements, stands under each of its headings; by the heading's sources."""
    out: dict[tuple[str, ...], float] = {}
    total = sum(p.words for p in piece.passages) or 1
    for group in by_unit(piece.passages):
        if group[0].heading is not None:
            said = [s for p in group for s in (*p.prose, *(i for each in p.lists for i in each.items)) if s.text[-1:] != "?"]
            name = group[0].heading.sources
            out[name] = out.get(name, 0.0) + length(said) / total
    return out


def says(title: Sentence, cues: Cues) -> int:
    """How much a title promises: a question or a statement more than a noun; -1 for a single word or a stock phrase."""
    words = title.text.split()
    stock = cues.has("empty_title", title.text) or cues.has("stock_title", title.text) or generic(title.text, cues)
    if stock or not 2 <= len(words) <= 14 or len(title.text) > _LONGEST:
        return -1
    value = 1 if len(content_words(title.text, cues.language)) >= 2 else 0
    value += cues.has("question_start", title.text) or title.text.endswith("?")
    value += cues.has("finite", title.text) or cues.has("advice", title.text)
    return value + (4 <= len(words) <= 10)


def _about(piece: Piece, cues: Cues) -> list[frozenset[str]]:
    """The content words of each slide of a piece."""
    return [content_words(" ".join([*(p.heading.text for p in group if p.heading), *(s.text for p in group for s in p.prose),
                                    *(s.text for p in group for each in p.lists for s in each.items)]), cues.language)
            for group in by_unit(piece.passages)]


def _share(title: Sentence, about: Sequence[frozenset[str]], cues: Cues) -> float:
    """Share of the slides that hold a word of the title."""
    words = content_words(title.text, cues.language)
    return sum(bool(words & each) for each in about) / len(about) if about else 0.0


def _recurs(title: Sentence, about: Sequence[frozenset[str]], cues: Cues) -> float:
    """Share of the slides that hold a word of the title, on average over its words."""
    words = content_words(title.text, cues.language)
    return sum(word in each for word in words for each in about) / (len(words) * len(about)) if words and about else 0.0


def _worth(title: Sentence, about: Sequence[frozenset[str]], cues: Cues) -> float:
    return 0.25 * says(title, cues) + 2.0 * _share(title, about, cues)


def _parts(heads: Sequence[Sentence]) -> list[Sentence]:
    """"Migrating to microservices" where most slide titles are "Migrating to microservices: ..."."""
    count: Counter[str] = Counter()
    first: dict[str, Sentence] = {}
    for head in heads:
        name, mark, _ = head.text.partition(":")
        if mark and len(name.split()) >= 2:
            count[folded(name)] += 1
            first.setdefault(folded(name), head.model_copy(update={"text": name.strip()}))
    return [first[key] for key, n in count.most_common(1) if n >= 3 and n >= _PART * len(heads)]
