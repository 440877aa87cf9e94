"""Quote cards: for each topic one sentence of the author as a picture, for a feed and for the preview of a link.

The sentence is verbatim and closed (windows.py): it needs nothing before it in its slide and promises nothing after it. The
picture's description is that same sentence. A sentence that does not fit on
both pictures with its attribution is passed over for another; nothing is shortened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Sentence
from content.errors import Fault
from generators.apart import quotable_alone
from generators.context import Context
from generators.drawing import card
from generators.drawing.logo import logo
from generators.drawing.palette import palette
from generators.drawing.strip import Place
from generators.facts import alike
from generators.hooks import gives_away
from generators.interview import unit_word
from generators.limits import limits
from generators.material import Material
from generators.naming import deck_title, slug
from generators.quotable import quotable, verbatim
from generators.render import say
from generators.windows import closed, common_words, lines, merit, pairs, summed

#: Below this a sentence needs its neighbours too much to stand alone.
_LEAST_WORTH = 0.25


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence of a topic's card and the unit it stands on."""

    material: Material
    sentence: Sentence
    unit: int


class CardGenerator:
    """One card a topic that has a sentence for it: cards/NN-slug.png and, for link previews, cards/NN-slug-wide.png."""

    kind = "card"
    limits = ("card.quote",)
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The cards, topic by topic. Raises BadSettings when the profile's palette cannot be read on."""
        palette(context.profile.palette)
        return tuple(_draft(quote, context) for quote in quotes(context))

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """Two pictures a card."""
        colours = palette(context.profile.palette)
        made = []
        for draft in drafts:
            quote = draft.segments[0]
            unit = context.index.units(quote.sources)[0]
            for form, path in ((card.TALL, draft.path), (card.WIDE, draft.path.replace(".png", "-wide.png"))):
                layout = card.lay_out(words(quote, unit, context), form, logo(context.profile.logo))
                if layout is None:
                    raise Fault(path, "does not fit any more", "Make the pack again from the start")
                data = card.draw(layout, place(context, draft.topic or 0, unit), colours, quote.text)
                made.append(Artefact(path=path, data=data, media_type="image/png"))
        return tuple(made)


GENERATOR = CardGenerator()


def quotes(context: Context) -> tuple[Quote, ...]:
    """The sentence of each topic's card: the best that fits and is unlike those of the other topics; where nothing that was
    told stands alone, a line of the author's summing up, then one of his lists.
    """
    return context.once("quotes", None, lambda: _quotes(context))


def _quotes(context: Context) -> tuple[Quote, ...]:
    language = context.cleared.language
    common = common_words(context)
    taken: list[Quote] = []
    for material in context.materials:
        able = [each for each in quotable(material, context) if closed(each, material, context, common)]
        able += verbatim(pairs(material, context), context)
        told = sorted((each for each in able if merit(each, context) >= _LEAST_WORTH), key=lambda each: -merit(each, context))
        listed = (*summed(material, context), *(each.sentences[0] for each in lines(material, context)))
        for sentence in (*told, *verbatim(_as_written(listed, context), context)):
            unit = context.index.by_id[sentence.sources[0]].unit
            if gives_away(sentence.text, context.cleared) or any(
                    alike(sentence, other.sentence, language) for other in taken):
                continue
            if not quotable_alone(sentence.text, language):
                continue
            said = words(sentence, unit, context)
            if all(card.lay_out(said, form, logo(context.profile.logo)) is not None for form in (card.TALL, card.WIDE)):
                taken.append(Quote(material, sentence, unit))
                break
    return tuple(taken)


def _as_written(found: Iterable[Sentence], context: Context) -> Iterator[Sentence]:
    """Entries of lists without the full stop that only running text gives them, as far as they fit a card."""
    most = limits()["card.quote"].limit
    for each in found:
        (source, *more) = context.index.texts(each.sources)
        if not more and each.text.rstrip(".") == source.rstrip(".") and len(source.split()) <= most:
            yield each.model_copy(update={"text": source})


def words(quote: Sentence, unit: int, context: Context) -> card.Words:
    """What is written on the card of a sentence."""
    title, authors, licence = deck_title(context).text, speakers(context), context.profile.licence
    where = f"{say(context.language, f'span_{unit_word(context)}')} {unit}"
    under = [title] if authors and title else []
    return card.Words(quote.text, authors or title, (*under, " · ".join(filter(None, (where, licence)))), held(context))


def speakers(context: Context) -> str:
    """The authors of the profile, who agreed to be named; nobody is named from the file."""
    return ", ".join(author.name for author in context.profile.authors)


def held(context: Context) -> str:
    """The line that a held pack carries on everything that people see."""
    return say(context.language, "held") if context.held else ""


def place(context: Context, topic: int, unit: int) -> Place:
    """A topic and a unit of it in the strip of the talk; topic 0 stands for the whole."""
    numbers = [each.number for each in context.topics]
    return Place(tuple((each.first, each.last) for each in context.topics),
                 numbers.index(topic) if topic in numbers else -1, unit)


def _draft(quote: Quote, context: Context) -> Draft:
    topic = quote.material.topic.number
    name = f"cards/{topic:02d}-{slug(quote.material.title.text)}"
    return Draft(kind="card", name=name, path=f"{name}.png", topic=topic, title=quote.material.title,
                 language=context.cleared.language, segments=(quote.sentence,), limit=limits()["card.quote"],
                 metadata={"alt": (quote.sentence,)})
