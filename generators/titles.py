"""Title candidates for the deck, of 40 to 70 characters, made of the author's own phrases and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from content.document import Part
from content.draft import Sentence
from generators.context import Context
from generators.prose_case import calm, word_forms
from generators.prose_cues import Cues, cues
from generators.prose_noise import has_address
from generators.title_check import verdict
from language.fold import folded
from language.words import content_words

LEAST, MOST = 40, 70
_WANTED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title with the key of its reason: own, own_subtitle, own_topic, topics, question, statement, topic."""

    title: Sentence
    reason: str


def candidates(context: Context) -> list[Candidate]:
    """Up to three candidates, the best first: those of 40 to 70 characters before shorter and longer ones."""
    cue = cues(context.cleared.language)
    pool = [*_from_title_unit(context, cue), *_from_topics(context), *_from_headings(context, cue)]
    fresh = list({folded(each.title.text): each for each in reversed(pool) if each.title.sources}.values())[::-1]
    ranked = sorted(enumerate(fresh), key=lambda pair: (_misfit(pair[1].title.text), pair[0]))
    picked: list[Candidate] = []
    for _, each in ranked:
        # Three candidates that share their words are one candidate.
        if all(not _alike(each.title.text, other.title.text, cue.language) for other in picked):
            picked.append(each)
        if len(picked) == _WANTED:
            return picked
    rest = [each for _, each in ranked if each not in picked]
    return [*picked, *rest][:_WANTED]


def _misfit(text: str) -> int:
    """0 inside 40 to 70 characters; then by how far off, in steps of ten."""
    off = max(LEAST - len(text), len(text) - MOST, 0)
    return (off + 9) // 10


def _alike(one: str, other: str, language: str) -> bool:
    first, second = content_words(one, language), content_words(other, language)
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) > 0.7 * smaller


def _from_title_unit(context: Context, cue: Cues) -> list[Candidate]:
    """The title slide's title, and title with subtitle; the first unit counts as one when it is an aside of that kind."""
    asides = {unit: kind for topic in context.topics for unit, kind in topic.asides.items()}
    units = context.cleared.content_units()
    if not units or (asides.get(units[0].number) != "title" and units[0].kind == "slide" and len(units) > 1):
        return []
    own = context.index.by_unit.get(units[0].number, ())
    titles = [s for s in own if s.part is Part.TITLE]
    words = " ".join(s.text for s in context.index.by_id.values())
    whole = calm(" ".join(" ".join(s.text.split()) for s in titles), word_forms(context.cleared))
    if not titles or verdict(whole, words, context.cleared.properties, cue.language):
        return []
    main = Sentence(text=whole.rstrip(" .:"), sources=tuple(s.id for s in titles))
    out = []
    people = {value.lower() for value in context.cleared.properties.values()}
    for under in (s for s in own if s.part is Part.BODY):
        named = under.text.lower() in people or any(name and name in under.text.lower() for name in people if len(name) > 4)
        if 3 <= len(under.text.split()) <= 12 and not has_address(under.text) and not named and content_words(
                under.text, cue.language) & content_words(words.replace(under.text, " "), cue.language):
            below = Sentence(text=" ".join(under.text.split()).rstrip(" ."), sources=(under.id,))
            out.append(Candidate(_join(main, ": ", below), "own_subtitle"))
            break
    if len(main.text) < LEAST:
        # A short title gains by saying what is in it; only the fitting joins matter, the order of topics decides.
        with_topic = [Candidate(_join(main, ": " if ":" not in main.text else " – ", m.title), "own_topic")
                      for m in context.materials if m.title.sources and m.passages
                      and not cue.has("empty_title", m.title.text) and not _alike(main.text, m.title.text, cue.language)]
        out += sorted((each for each in with_topic if ":" not in each.title.text[len(main.text) + 2:]),
                      key=lambda each: _misfit(each.title.text))[:1]
    return [*out, Candidate(main, "own")]


def _join(one: Sentence, mark: str, other: Sentence) -> Sentence:
    if one.text.endswith(("?", "!")) and mark == ": ":
        mark = " "
    return Sentence(text=f"{one.text}{mark}{other.text}", sources=(*one.sources, *other.sources))


def _from_topics(context: Context) -> list[Candidate]:
    """Neighbouring topic titles joined: the deck in two of its own phrases."""
    cue = cues(context.cleared.language)
    titles = [m.title for m in context.materials
              if m.title.sources and m.passages and not cue.has("empty_title", m.title.text)]
    out = []
    for first in range(len(titles)):
        for second in range(first + 1, len(titles)):
            a, b = titles[first], titles[second]
            if len(a.text) + len(b.text) + 2 <= MOST and not _alike(a.text, b.text, context.cleared.language):
                mark = ": " if not a.text.endswith("?") and ":" not in a.text + b.text else " – "
                out.append(Candidate(_join(a, mark, b), "topics"))
    out.sort(key=lambda each: _misfit(each.title.text))
    return [*out[:2], *(Candidate(title, "topic") for title in titles)]


def _from_headings(context: Context, cue: Cues) -> list[Candidate]:
    """Slide titles that ask or state something."""
    heads = [p.heading for m in context.materials for p in m.passages if p.heading]
    asked = [Candidate(h, "question") for h in heads if cue.has("question", h.text) and len(h.text.split()) >= 4]
    stated = [Candidate(h, "statement") for h in heads if not cue.has("question", h.text) and len(h.text.split()) >= 5]
    return [*asked, *stated]
