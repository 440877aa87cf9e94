"""The line under which a draft is found: one sentence of its own that says what the piece is about.

A meta description is read by somebody who has read nothing else, so it must be whole, lean on nothing, and speak of what
the title and most of the piece speak of. Where no sentence does, there stands the first of the piece if it is whole, one that
is worth something, or a question of several words among the headings; then the headings themselves, or the talk it comes
from, and for whom where the profile says so; the title, which stands above it wherever it is shown, is not said again.
Nothing is shortened to fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Origin, Sentence
from generators.alone import asks_alone, dangling, needs_another, on_screen, only_clause, points_back, whole_thought
from generators.blog_cover import unnumbered
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from generators.prose_rank import standalone
from generators.render import Plain
from language.fold import folded
from language.pipeline import has_model, parse
from language.words import content_words

_LEAST, _MOST = 50, 160
#: An abbreviation, and paragraphs and items that make one known.
_CAPITALS, _KNOWN = re.compile(r"\b[A-Z]{2,}\b"), 3
#: What a sentence must be worth to stand where the headings could stand, where it also speaks of what the title does and
#: tells no story, and where there are none.
_WORTH, _NEAR, _ANY = 1.3, 0.6, 0.5
#: Words of a heading that asks something by itself.
_ASKS = 5
#: Words that tell what a sentence is about, what it weighs that all of the piece speaks of them, and that the title does; the
#: words of a title that are few; the share of a piece that leads into the rest, and the words that begin a sentence.
_TELLING, _CENTRAL, _TITLE, _FEW, _FIRST, _START = 4, 2.0, 1.5, 2, 0.3, 5
#: Cues of what rests on another sentence, holds for some only, or puts a belief that the piece will not share.
_ELSEWHERE = ("told_on", "such", "leaning", "this_thing", "myth", "holds_for_some")
#: Cues of a heading that names no part: one of a chart, of an exercise, or one that goes on with the heading before it.
_NO_HEAD = ("pupil", "chart_title", "bare_title", "empty_title")
#: Parts of a description that names two headings, and one.
_HEADS, _HEAD = 4, 2
#: Headings that a description names at most.
_NAMED = 3
#: Words of a heading that can be named among others.
_SHORT = 9


@dataclass(frozen=True, slots=True)
class Frame:
    """Wording for where no sentence serves; `whom` may be empty."""

    before: Plain
    after: Plain
    within: Plain
    whom: Plain


def described(piece: Piece, title: Sentence, deck: Sentence | None, heads: Sequence[Sentence], cue: Cues,
              frame: Frame, lines: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """The meta description of a piece, at most 160 characters; `deck` is the deck's own title where it has a good one,
    `heads` are the headings that the piece prints, the main ones first, and `lines` what it asks or maintains, best first.
    """
    phrases = [title.text, deck.text if deck else "", *(k for m in piece.materials for k in m.keyphrases)]
    known = content_words(" ".join(phrases), cue.language)
    said = list(dict.fromkeys(s for p in piece.passages for s in p.prose))
    rows = [" ".join(s.text for s in row) for p in piece.passages for row in p.rows]
    rows += [s.text for p in piece.passages for each in p.lists for s in each.items]
    held = Counter(word for row in rows for word in sorted(content_words(row, cue.language)))
    named = content_words(_of_itself(title, deck), cue.language)
    report = any(p.running for p in piece.passages)
    offered = [(_value(s, place / len(said), named, known, held, report, cue), -place, s)
               for place, s in enumerate(said) if _fits(s, cue)]
    ranked = sorted((each for each in offered if each[0] >= _ANY), key=lambda each: each[:2], reverse=True)
    best = next((each for each in ranked if _told(each[2].text, cue.language)), None)
    sure = best is not None and best[0] >= _WORTH and not (lines and _abbreviated(best[2].text, title, rows))
    if best is not None and (sure or (not lines and best[0] >= _NEAR and _sums(best[2].text, named, cue))):
        return (best[2],)
    if lines:
        return (lines[0],)
    least = _ANY if has_model(cue.language) else _NEAR
    plain = [s for value, _, s in ranked
             if value >= least and _told(s.text, cue.language) and not s.text.split()[0].endswith(",")]
    first = [s for s in said[:1] if s.text[-1] != "?" and _fits(s, cue) and _told(s.text, cue.language)]
    asked = [head for head in heads if head.text.endswith("?") and len(head.text.split()) >= _ASKS
             and not set(head.sources) & set(title.sources) and not cue.has("pupil", head.text)
             and asks_alone(head.text, cue.language)]
    for each in (*first, *plain[:1], *asked[:1]):
        return _for_whom([each], frame)
    elsewhere = deck is not None and deck.text not in title.text
    charts = {p.heading.sources for p in piece.passages if p.captioned and p.heading}
    printed = [each for each in heads
               if each.sources not in charts and not any(cue.has(name, each.text) for name in _NO_HEAD)]
    printed = [head.model_copy(update={"text": unnumbered(head.text, cue)}) for head in printed]
    several = _heads(title, printed, frame, _HEADS, cue.language)
    if not several and best is not None:
        return (best[2],)
    single = [] if elsewhere else _heads(title, printed, frame, _HEAD, cue.language)
    return _for_whom(several or single or _from(title, deck, frame), frame)


def _abbreviated(text: str, title: Sentence, rows: Sequence[str]) -> bool:
    """Whether a sentence holds capitals that neither the title beside it nor the piece (`rows`) keeps coming back to."""
    return any(each not in title.text and sum(each in row for row in rows) < _KNOWN for each in _CAPITALS.findall(text))


def _sums(text: str, named: frozenset[str], cue: Cues) -> bool:
    """Whether a sentence speaks of what the title does, and is of no story and no count, no order and nobody’s words."""
    told = cue.has("narrative", text) or cue.has("advice", text)
    if told or text[0] in "\"“‘«'" or text.split()[0].endswith(","):
        return False
    return bool(named & content_words(text, cue.language))


def _of_itself(title: Sentence, deck: Sentence | None) -> str:
    """A title without the name of the deck in front of it, which is said of every piece."""
    name, mark, rest = title.text.partition(": ")
    return rest if mark and deck is not None and deck.text != title.text and deck.text.startswith(name) else title.text


def _fits(sentence: Sentence, cue: Cues) -> bool:
    text, language = sentence.text, cue.language
    if only_clause(text, language) or any(cue.has(name, text) for name in _ELSEWHERE):
        return False
    if language != "en" and not cue.has("finite", text):
        return False
    return (_LEAST <= len(text) <= _MOST and text[-1] in ".!”\"’" and ":" not in text and standalone(sentence, cue)
            and not needs_another(text, language) and not on_screen(text, language)
            and not points_back(text, language) and whole_thought(text, language))


def _told(text: str, language: str) -> bool:
    """Whether the verb of an English sentence is its own: "A week in which nobody baked." has one in its clause only."""
    if language != "en" or not has_model(language):
        return True
    return any(token.dep_ == "ROOT" and token.tag_.startswith(("V", "MD")) for token in parse([text], language)[0])


def _value(sentence: Sentence, place: float, named: frozenset[str], known: frozenset[str], held: Counter[str],
           report: bool, cue: Cues) -> float:
    """How well a sentence sums its piece up, about -2 to 4.

    `place` is where it stands, 0 to 1: what comes first leads into the rest, and what comes late is of its section. `named`
    are the words of the title, `held` how many paragraphs and items hold a word.
    """
    text = sentence.text
    words = content_words(text, cue.language)
    telling = sorted((held[word] for word in words), reverse=True)[:_TELLING]
    value = _CENTRAL * sum(telling) / (_TELLING * max(held.values(), default=1))
    # A title of one word is soon said.
    value += _TITLE * len(words & named) / max(_FEW, len(named))
    value += 0.6 * (1 - place / _FIRST) if place < _FIRST else -0.5 * min(1.0, (place - _FIRST) / _FIRST)
    value += 0.3 if named & content_words(" ".join(text.split()[:_START]), cue.language) else 0.0
    value -= 1.2 if cue.has("bare_pronoun", text) else 0.0
    # What a report found it tells in the past; a talk tells a story so.
    value -= (0.2 if report else 0.4) if cue.has("narrative", text) else 0.0
    value -= 0.8 if cue.has("first_person", text) else 0.0
    return value - 0.3 * dangling(text, known, cue.language)


def _heads(title: Sentence, printed: Sequence[Sentence], frame: Frame, least: int, language: str) -> list[Sentence]:
    """"In it: Who waits; Who corrects.", as much as fits; [] where that is under `least` parts. The title stands beside it
    and is not said again.

    What is named is printed as a heading, and whole: no question that its slide answers after a colon, no end of a row.
    """
    heads = list({folded(head.text): head for head in printed
                  if head.sources and not set(head.sources) & set(title.sources) and not re.search(r":.*\w", head.text)
                  and folded(head.text) not in folded(title.text) and len(head.text.split()) <= _SHORT}.values())
    # What says something by itself before what is a label.
    telling = [head for head in heads if len(content_words(head.text, language)) > 1 and not head.text[:1].isdigit()]
    chosen = [folded(head.text) for head in (telling if len(telling) > 1 else heads)][:_NAMED]
    out: list[Sentence] = []
    for head in (each for each in heads if folded(each.text) in chosen):
        mark = f"{frame.within} " if not out else " " if out[-1].text[-1] in "?!" else "; "
        more = [*out, ours(mark), head.model_copy(update={"text": head.text.rstrip(" .:")})]
        if _long(more) < _MOST:
            out = more
    if len(out) < least:
        return []
    return [*out, ours(".")] if out[-1].text[-1] not in "?!" else out


def _from(title: Sentence, deck: Sentence | None, frame: Frame) -> list[Sentence]:
    """"From “Asked in the open”.", or the title of a piece of which nothing else is known."""
    if deck is not None and deck.text not in title.text:
        out = [ours(str(frame.before)), deck, ours(str(frame.after))]
        return out if _long(out) <= _MOST else [title]
    return [title]


def _for_whom(out: list[Sentence], frame: Frame) -> tuple[Sentence, ...]:
    if frame.whom:
        more = [*out, ours(f"{'' if out[-1].text[-1] in '.?!' else '.'} {frame.whom}")]
        out = more if _long(more) <= _MOST else out
    return tuple(out)


def ours(text: str) -> Sentence:
    """Wording of ours between sentences of the source."""
    return Sentence(text=text, origin=Origin.TEMPLATE)


def _long(parts: Sequence[Sentence]) -> int:
    return sum(len(each.text) for each in parts)
