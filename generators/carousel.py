"""carousel.pdf: a cover with the talk's title, one point a page, and a last page with what to take away and the source.

Real text in tagged pages, so that it can be searched, copied, listened to, and read by the gates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Origin, Sentence
from generators.apart import quotable_alone
from generators.cards import held, place, quotes, speakers
from generators.closed import asked_for, believed
from generators.context import Context
from generators.drawing import pages
from generators.drawing.logo import logo
from generators.drawing.palette import palette
from generators.drawing.pdf import Page, write
from generators.facts import alike
from generators.interview import unit_word
from generators.limits import limits
from generators.material import Material
from generators.naming import deck_title, says_something, unit_span
from generators.prose_cues import cues
from generators.recap import recap_of
from generators.render import Plain, say
from generators.windows import merit, single, sums_up, surroundings
from language.fold import folded

#: A carousel of fewer pages says too little, one of more is not read to the end.
_FEWEST, _ENOUGH, _MOST = 3, 4, 10
#: Points of one topic at most.
_EACH = 4
_TAKEAWAYS, _WORDS = 4, range(6, 14)
#: Things to take away, at least.
_LEAST_ITEMS = 2
#: How much less a sentence may be worth than the topic's best, and how little at all, to be fresh beside the card.
_NEAR, _LEAST, _POOREST = 1.0, 0.5, 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """A page between cover and close: a title (of the topic, or of the unit) and one sentence."""

    material: Material
    title: Sentence
    sentence: Sentence
    unit: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, drawn, with its words in reading order."""

    page: Page
    words: tuple[Sentence | Plain, ...]


class CarouselGenerator:
    """One PDF for the pack, where it has points enough."""

    kind = "carousel"
    limits = ("carousel.page",)
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The carousel as one draft, a blank line between pages. Raises BadSettings on a palette that cannot be read."""
        leaves = _leaves(context)
        if not leaves:
            return ()
        return (Draft(kind="carousel", name="carousel", path="carousel.pdf", title=deck_title(context),
                      language=context.language, segments=tuple(_segments(leaves))),)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """carousel.pdf."""
        if not drafts:
            return ()
        data = write([leaf.page for leaf in _leaves(context)], pages.WIDTH, pages.HEIGHT, drafts[0].title.text,
                     context.cleared.language)
        return (Artefact(path="carousel.pdf", data=data, media_type="application/pdf"),)


GENERATOR = CarouselGenerator()


def _leaves(context: Context) -> list[Leaf]:
    """The pages; [] when there are too few points or the title does not fit on a cover."""
    colours = palette(context.profile.palette)
    found = _points(context)
    title = deck_title(context)
    if len(found) < _FEWEST or not title.text:
        return []
    whole = place(context, 0, 0)
    under = [Plain(each) for each in (speakers(context) or context.profile.company, context.profile.event) if each]
    cover = pages.cover(title.text, under, held(context), whole, colours, logo(context.profile.logo))
    middle = [_leaf(each, number, len(found) + 2, context) for number, each in enumerate(found, start=1)]
    close = _close(context, found, title)
    if cover is None or close is None:
        return []
    first = Leaf(cover, (*_held(context), title, *under))
    return [first, *(leaf for leaf in middle if leaf is not None), close]


def _held(context: Context) -> tuple[Plain, ...]:
    """What a page says first where the pack is held: each can be shown by itself."""
    return (Plain(held(context)),) if context.held else ()


def _points(context: Context) -> list[Point]:
    """One point a topic, where a sentence fits: another one than the topic's card where there is one as good.

    A talk of few topics gives more points of each, under the titles of their units.
    """
    carded = {quote.material.topic.number: quote.sentence for quote in quotes(context)}
    found: list[Point] = []
    for share in range(-(-_ENOUGH // max(1, len(context.materials))), _EACH + 1):
        found = _shared(share, carded, context)
        if len(found) >= _ENOUGH:
            break
    return found[:_MOST]


def _shared(share: int, carded: Mapping[int, Sentence], context: Context) -> list[Point]:
    """At most `share` points of each topic."""
    language = context.cleared.language
    cover = deck_title(context)
    found: list[Point] = []
    for material in context.materials:
        taken: list[Point] = []
        own = carded.get(material.topic.number)
        ranked = single(material, context)
        best = max((merit(each, context) for each in ranked), default=0.0)
        able = [each for each in ranked if merit(each, context) >= _POOREST and quotable_alone(each.text, language)]
        fresh = [each for each in able if own is None or not alike(each, own, language)]
        good = [each for each in fresh if merit(each, context) >= max(best - _NEAR, _LEAST)]
        for sentence in (*good, *((own,) if own else ()), *fresh):
            unit = context.index.by_id[sentence.sources[0]].unit
            heading = next((each.heading for each in material.passages if each.unit == unit), None)
            # The cover has said the title of the talk: a topic of the same name goes by its unit's heading.
            if taken or (heading is not None and material.title.text == cover.text):
                title = heading
            else:
                title = material.title
            if title is None or not says_something(title.text):
                continue
            if any(unit == each.unit or alike(title, each.title, language) for each in taken):
                continue
            point = Point(material, title, sentence, unit)
            twice = folded(sentence.text).rstrip(" .") == folded(title.text).rstrip(" .")
            if not twice and _leaf(point, 1, _MOST + 2, context) is not None:
                taken.append(point)
            if len(taken) == share:
                break
        found += sorted(taken, key=lambda each: each.unit)
    return found


def _leaf(point: Point, number: int, total: int, context: Context) -> Leaf | None:
    """The page of a point; None when it has too many words or something does not fit."""
    title, sentence = point.title, point.sentence
    where = Plain(f"{say(context.language, f'span_{unit_word(context)}')} {point.unit}")
    if len(f"{title.text} {sentence.text}".split()) > limits()["carousel.page"].limit:
        return None
    paper = palette(context.profile.palette)
    page = pages.point(number, title.text, sentence.text, where, f"{number + 1} / {total}",
                       place(context, point.material.topic.number, point.unit), paper, held(context))
    return None if page is None else Leaf(page, (*_held(context), title, sentence, where))


def _close(context: Context, found: Sequence[Point], title: Sentence) -> Leaf | None:
    """The last page: what to take away, where there is anything, and where all of it comes from."""
    profile = context.profile
    span = unit_span([point.unit for point in found], context)
    lines: list[Sentence | Plain] = [title, *(Plain(each) for each in (
        speakers(context), " · ".join(filter(None, (span, profile.licence))), profile.site) if each)]
    items = _takeaways(context, found)
    # Without anything to take away the page is the source, under the title of the talk.
    over, *under = [say(context.language, "takeaway_heading"), *lines] if items else lines
    page = pages.closing(_text(over), [item.text for item in items], [_text(line) for line in under], place(context, 0, 0),
                         palette(profile.palette), logo(profile.logo), held(context))
    return None if page is None else Leaf(page, (*_held(context), over, *items, *under))


def _text(words: Sentence | Plain) -> str:
    return words.text if isinstance(words, Sentence) else str(words)


def _takeaways(context: Context, found: Sequence[Point]) -> list[Sentence]:
    """What to take away: the deck's own recap, the last one first; else at most four short sentences that no page has, in the
    order of the talk. [] where there are fewer than two: titles and what is wrong are nothing to take away.
    """
    own = recap_of(context)[:_TAKEAWAYS]
    if len(own) >= _LEAST_ITEMS:
        return own
    language = context.cleared.language
    advice = cues(language)
    offered: list[tuple[float, int, Sentence]] = []
    used = [point.sentence for point in found]
    # One of each page's topic, and another one where that makes no list.
    for turn, point in enumerate((*found, *found)):
        if turn >= len(found) and len(offered) >= _FEWEST:
            break
        short = [each for each in single(point.material, context)
                 if len(each.text.split()) in _WORDS and merit(each, context) >= (_LEAST if turn < len(found) else _POOREST)
                 and _lasts(each, context) and not any(alike(each, other, language) for other in used)]
        if short:
            best = max(short, key=lambda each: (
                sums_up(each, context), advice.has("advice", each.text), merit(each, context)))
            used.append(best)
            unit = context.index.by_id[best.sources[0]].unit
            offered.append((advice.has("advice", best.text) + merit(best, context), unit, best))
    chosen = sorted(sorted(offered, key=lambda each: (-each[0], each[1]))[:_TAKEAWAYS], key=lambda each: each[1])
    return [sentence for _, _, sentence in chosen] if len(chosen) >= _LEAST_ITEMS else []


def _lasts(sentence: Sentence, context: Context) -> bool:
    """Whether a sentence is something to take away: a claim that stands alone, and no line under what is wrong or tried."""
    language = context.cleared.language
    title = surroundings(sentence, context)[0][0]
    wrong = cues(language).has("warning_title", title) or asked_for(title, language) or believed(title, language)
    return quotable_alone(sentence.text, language) and not wrong


def _segments(leaves: Sequence[Leaf]) -> Iterator[Sentence]:
    """The words of all pages, a line each, template wording between them."""
    for leaf in leaves:
        for word in leaf.words:
            if isinstance(word, Sentence):
                yield word
                yield Sentence(text="\n", origin=Origin.TEMPLATE)
            else:
                yield Sentence(text=f"{word}\n", origin=Origin.TEMPLATE)
        yield Sentence(text="\n", origin=Origin.TEMPLATE)
