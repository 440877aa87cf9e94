"""Title candidates for the deck, of 40 to 70 characters, made of the author's own phrases and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.document import Part
from content.draft import Sentence
from generators.alone import on_screen, points_back
from generators.context import Context
from generators.facts import shared
from generators.hooks import gives_away
from generators.naming import deck_title, says_something
from generators.prose_case import calm, word_forms
from generators.prose_cues import Cues, cues, in_any_language
from generators.prose_noise import has_address
from generators.quotable import standing, worth
from generators.title_check import verdict
from language.fold import folded
from language.source import SourceSentence
from language.words import content_words

LEAST, MOST = 40, 70
_WANTED = 3
#: Cues of a sentence that needs another one, or tells of one day.
_LEANS = ("leaning", "pointing", "bare_pronoun", "anaphora", "narrative", "first_person")
#: Words of weight that name a subject in full.
_FULL = 4
#: Sentences of the talk that are weighed against its headings.
_LINES = 6
#: What is still to be filled in, in brackets.
_BRACKETED = re.compile(r"[\[<{]\s*\w[^\]>}]*[\]>}]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title with the key of its reason: own, own_name, own_subtitle, subtitle, own_topic, topics, question, statement,
    line, topic.
    """

    title: Sentence
    reason: str
    #: The phrases that it is joined from.
    parts: tuple[str, ...] = ()


def candidates(context: Context) -> list[Candidate]:
    """Up to three candidates, the best first: those of 40 to 70 characters before shorter and longer ones."""
    cue = cues(context.cleared.language)
    title, with_topic = _from_title_unit(context, cue)
    pool = [*title, *_that_say(context, cue), *with_topic, *_from_topics(context)]
    fresh = list({folded(each.title.text): each for each in reversed(pool)
                  if each.title.sources and says_something(each.title.text)
                  and not gives_away(each.title.text, context.cleared)}.values())[::-1]
    ranked = [each for _, each in sorted(enumerate(fresh), key=lambda pair: (_rank(pair[1]), pair[0]))]
    picked: list[Candidate] = [each for each in (_first(ranked, cue),) if each is not None]
    # Three candidates that share their words, a phrase or their start are one candidate; the last round takes what is left.
    for unlike in (_unlike, _apart, lambda one, other, language: True):
        for each in ranked:
            if len(picked) < _WANTED and each not in picked and all(unlike(each, other, cue.language) for other in picked):
                picked.append(each)
    return picked


def _first(ranked: Sequence[Candidate], cue: Cues) -> Candidate | None:
    """What the author called it: the title of the title slide where it is long enough, asks, or names its subject in full, or
    else with its subtitle, its subtitle alone, or with a topic; None where the source has no good name.
    """
    best = {each.reason: each for each in reversed(ranked)}
    own = next((best[name] for name in ("own", "own_name") if name in best), None)
    full = own is not None and len(own.title.text) <= MOST + 5 and (
        len(own.title.text) >= LEAST or own.title.text.endswith("?")
        or len(content_words(own.title.text, cue.language)) >= _FULL)
    others = [best[name] for name in ("own_subtitle", "subtitle", "own_topic") if name in best]
    ways = [*([own] if own and full else ()), *others]
    fitting = next((each for each in ways if each is own or not _misfit(each.title.text)), None)
    return fitting or own


def _unlike(one: Candidate, other: Candidate, language: str) -> bool:
    return _apart(one, other, language) and not set(one.parts) & set(other.parts)


def _apart(one: Candidate, other: Candidate, language: str) -> bool:
    starts = [folded(each.title.text).split()[:2] for each in (one, other)]
    return starts[0] != starts[1] and not _alike(one.title.text, other.title.text, language)


def _recurring(text: str, context: Context) -> float:
    """How far the words of a title come back in the deck: mean share of the units that hold them, 0 to 1."""
    language = context.cleared.language
    words = content_words(text, language)
    units = [content_words(" ".join(s.text for s in each), language) for each in context.index.by_unit.values()]
    return sum(word in unit for word in words for unit in units) / (len(words) * len(units)) if words and units else 0.0


def _rank(each: Candidate) -> int:
    """The misfit; a title that the author gave may be a word longer than the others."""
    return 0 if each.reason in {"own", "own_name"} and MOST < len(each.title.text) <= MOST + 5 else _misfit(each.title.text)


def _misfit(text: str) -> int:
    """0 inside 40 to 70 characters; then by how far off, in steps of ten."""
    off = max(LEAST - len(text), len(text) - MOST, 0)
    return (off + 9) // 10


def _alike(one: str, other: str, language: str) -> bool:
    return shared(one, other, language) > 0.7


def subtitle(context: Context) -> Sentence | None:
    """The line under the title of the title slide; None when it has none, or one that names a person or a place to fill.

    A page has no subtitle: what stands under its title is its text.
    """
    cue = cues(context.cleared.language)
    own = _title_unit(context)
    words = " ".join(s.text for s in context.index.by_id.values())
    if not _slides(context):
        return None
    people = {value.lower() for key, value in context.cleared.properties.items() if key in {"author", "company"}}
    for under in (s for s in own if s.part is Part.BODY):
        text = " ".join(under.text.split()).rstrip(" .")
        named = any(name and name in text.lower() for name in people if len(name) > 4)
        to_fill = _BRACKETED.search(text) or in_any_language("to_fill", text)
        recurs = content_words(text, cue.language) & content_words(words.replace(under.text, " "), cue.language)
        if 3 <= len(text.split()) <= 14 and not (
                has_address(text) or named or to_fill or cue.has("role_line", text)) and recurs:
            return Sentence(text=text, sources=(under.id,))
    return None


def _title_unit(context: Context) -> tuple[SourceSentence, ...]:
    """The sentences of the title slide; the first unit counts as one when it is an aside of that kind, the only unit, or
    called what the file is called.
    """
    asides = {unit: kind for topic in context.topics for unit, kind in topic.asides.items()}
    units = context.cleared.content_units()
    if not units:
        return ()
    name = folded(context.cleared.title)
    called = " " in name and re.match(rf"{re.escape(name)}(?:\W|$)", folded(units[0].title))
    if asides.get(units[0].number) != "title" and units[0].kind == "slide" and len(units) > 1 and not called:
        return ()
    return context.index.by_unit.get(units[0].number, ())


def own_title(context: Context) -> Sentence | None:
    """The title of the title slide, None when it has none or one that is nondescript."""
    titles = [s for s in _title_unit(context) if s.part is Part.TITLE]
    words = " ".join(s.text for s in context.index.by_id.values())
    whole = calm(" ".join(" ".join(s.text.split()) for s in titles), word_forms(context.cleared))
    if context.cleared.title and whole.startswith(f"{context.cleared.title} ") and not _slides(context):
        # A page goes on with its first headings.
        whole, titles = context.cleared.title, titles[:1]
    if not titles or verdict(whole, words, context.cleared.properties, cues(context.cleared.language).language):
        return None
    return Sentence(text=whole.rstrip(" .:"), sources=tuple(s.id for s in titles))


def known_title(context: Context) -> Sentence | None:
    """What the deck calls itself: the title of its title slide, or the document's title where a first slide says it and it
    says something; None for a deck without a name.
    """
    own = own_title(context)
    if own is not None:
        return own
    named = deck_title(context)
    words = "\n".join(" ".join(s.text for s in unit) for unit in context.index.by_unit.values())
    known = folded(named.text) == folded(context.cleared.title) and bool(named.sources)
    return named if known and not verdict(named.text, words, context.cleared.properties, context.cleared.language) else None


def _slides(context: Context) -> bool:
    return any(unit.kind == "slide" for unit in context.cleared.content_units()[:1])


def _from_title_unit(context: Context, cue: Cues) -> tuple[list[Candidate], list[Candidate]]:
    """The title slide's title, title with subtitle, and the subtitle alone; and the title with a topic."""
    main = own_title(context)
    if main is None:
        known = known_title(context)
        return ([Candidate(known, "own_name", (known.text,))] if known is not None else []), []
    out, joins = [], []
    under = subtitle(context)
    if under:
        joined = _join(main, ": ", under)
        out.append(Candidate(joined, "own_subtitle", (main.text, under.text)))
        if len(joined.text) > MOST and len(under.text.split()) >= 4:
            out.append(Candidate(under, "subtitle", (under.text,)))
    if len(main.text) < LEAST:
        # A short title gains by saying what is in it; of the fitting joins the one whose words come back most.
        mark = ": " if ":" not in main.text else " – "
        with_topic = [Candidate(_join(main, mark, m.title), "own_topic", (main.text, m.title.text))
                      for m in context.materials if m.title.sources and m.passages and ":" not in m.title.text
                      and not cue.has("empty_title", m.title.text) and not _alike(main.text, m.title.text, cue.language)]
        joins = sorted(with_topic, key=lambda each: (_misfit(each.title.text), -_recurring(each.parts[1], context)))[:1]
    return [*out, Candidate(main, "own" if _slides(context) else "own_name", (main.text,))], joins


def _join(one: Sentence, mark: str, other: Sentence) -> Sentence:
    if one.text.endswith(("?", "!")) and mark == ": ":
        mark = " "
    return Sentence(text=f"{one.text}{mark}{other.text}", sources=(*one.sources, *other.sources))


def _from_topics(context: Context) -> list[Candidate]:
    """Neighbouring topic titles joined: the deck in two of its own phrases."""
    cue = cues(context.cleared.language)
    titles = [m.title for m in context.materials
              if m.title.sources and m.passages and len(m.title.text.split()) > 1
              and not cue.has("empty_title", m.title.text)]
    out = []
    worth = {title.text: _recurring(title.text, context) for title in titles}
    for first in range(len(titles)):
        for second in range(first + 1, len(titles)):
            a, b = titles[first], titles[second]
            if len(a.text) + len(b.text) + 3 <= MOST and not _alike(a.text, b.text, context.cleared.language):
                # A colon would say that the second explains the first; nobody said so.
                out.append(Candidate(_join(a, " – ", b), "topics", (a.text, b.text)))
    out.sort(key=lambda each: (_misfit(each.title.text), -sum(worth[part] for part in each.parts)))
    return [*out[:6], *(Candidate(title, "topic", (title.text,)) for title in titles)]


def _that_say(context: Context, cue: Cues) -> list[Candidate]:
    """Slide titles that ask or state something, and sentences of the talk that do: whole, verbatim, understood alone.

    What a reader would click is a claim or a question; a sentence is taken only when it fits uncut.
    """
    heads = [p.heading for m in context.materials for p in m.passages if p.heading]
    asked = [Candidate(h, "question", (h.text,)) for h in heads if cue.has("question", h.text) and len(h.text.split()) >= 4]
    stated = [Candidate(h, "statement", (h.text,)) for h in heads
              if not cue.has("question", h.text) and len(h.text.split()) >= 5]
    edited = context.cleared.touched_units
    lines = []
    for material in context.materials:
        for sentence in standing(material, context):
            text = sentence.text.rstrip(".")
            clean = not edited.intersection(context.index.units(sentence.sources))
            if LEAST <= len(text) <= MOST and clean and _alone(text, cue):
                lines.append(Candidate(sentence.model_copy(update={"text": text}), "line", (text,)))
    found = [*asked, *stated, *sorted(lines, key=lambda each: -_pull(each, context, cue))[:_LINES]]
    return sorted(found, key=lambda each: -_pull(each, context, cue))


def _alone(text: str, cue: Cues) -> bool:
    """Whether a sentence is understood by somebody who read nothing before it, and is not the speaker's own story."""
    return not (any(cue.has(name, text) for name in _LEANS) or points_back(text, cue.language)
                or on_screen(text, cue.language) or any(mark in text for mark in "“”\"();"))


def _pull(each: Candidate, context: Context, cue: Cues) -> float:
    """How much a title makes one want to know more, about -3 to 4: pointed, general, and about what the deck is about."""
    text = each.title.text
    value = worth(text, cue.language) + 4.0 * _recurring(text, context)
    value += 0.5 if each.reason == "statement" and (cue.has("finite", text) or cue.has("contrast", text)) else 0.0
    # Advice is one step of the talk and seldom the whole of it.
    value -= 1.0 if cue.has("advice", text) else 0.0
    value -= 0.5 if each.reason == "line" else 0.0
    named = content_words(" ".join(m.title.text for m in context.materials), cue.language)
    value += 0.3 * min(3, len(content_words(text, cue.language) & named))
    return value
