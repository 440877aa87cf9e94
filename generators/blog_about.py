"""The line under which a draft is found: one sentence of its own that says what the piece is about.

A meta description is read by somebody who has read nothing else, so it must be whole, lean on nothing, and speak of what
the title and most of the piece speak of. Where no sentence does, the title stands there with the headings of the piece, or
with the talk it comes from, and for whom where the profile says so. Nothing is shortened to fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Origin, Sentence
from generators.alone import dangling, needs_another, on_screen, only_clause, points_back, whole_thought
from generators.blog_close import stands_alone
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from generators.prose_rank import standalone
from generators.render import Plain
from language.fold import folded
from language.words import content_words

_LEAST, _MOST = 50, 160
#: What a description must be worth to stand where the title could stand, and one that shares no word with the title.
_WORTH, _FAR = 1.0, 1.7
#: Words that tell what a sentence is about, the words that a piece says most, and how many of those it must have where
#: it shares none with the title.
_TELLING, _OFTEN, _SHARED = 3, 6, 2
#: Parts of a description that names a title and two headings.
_HEADS = 5
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
              frame: Frame) -> tuple[Sentence, ...]:
    """The meta description of a piece, at most 160 characters; `deck` is the deck's own title where it has a good one, and
    `heads` are the headings that the piece prints, the main ones first.
    """
    language = cue.language
    phrases = [title.text, deck.text if deck else "", *(k for m in piece.materials for k in m.keyphrases)]
    known = content_words(" ".join(phrases), language)
    said = list(dict.fromkeys(s for p in piece.passages for s in p.prose))
    often = Counter(word for s in said for word in sorted(content_words(s.text, language)))
    most = {word for word, _ in often.most_common(_OFTEN)}
    named = content_words(title.text, language)

    def about(s: Sentence) -> bool:
        words = content_words(s.text, language)
        # What shares one word with the title and none with the rest is about that word.
        return len(words & named) >= _SHARED or bool(words & named and words & most - named) or len(words & most) >= _SHARED

    offered = [(_value(s, title, known, often, cue) - 0.3 * place / len(said), -place, s)
               for place, s in enumerate(said) if _fits(s, cue) and about(s)]
    best = max(offered, key=lambda each: each[:2], default=None)
    if best is None or best[0] < (_WORTH if content_words(best[2].text, language) & named else _FAR):
        return _named(title, deck, heads, frame)
    return (best[2],)


def _fits(sentence: Sentence, cue: Cues) -> bool:
    text, language = sentence.text, cue.language
    if cue.has("told_on", text) or cue.has("such", text) or cue.has("leaning", text) or only_clause(text, language):
        return False
    if language != "en" and not cue.has("finite", text):
        return False
    return (_LEAST <= len(text) <= _MOST and text[-1] in ".!”\"’" and ":" not in text and standalone(sentence, cue)
            and not needs_another(text, language) and not on_screen(text, language)
            and not points_back(text, language) and whole_thought(text, language))


def _value(sentence: Sentence, title: Sentence, known: frozenset[str], often: Counter[str], cue: Cues) -> float:
    """About -3 to 4: near the title and to what the piece keeps coming back to, and standing on nothing."""
    text = sentence.text
    words = content_words(text, cue.language)
    telling = sorted((often[word] for word in words), reverse=True)[:_TELLING]
    top = max(often.values(), default=1)
    value = 0.7 * min(3, len(words & content_words(title.text, cue.language))) + 0.2 * min(3, len(words & known))
    value += 1.2 * sum(telling) / (_TELLING * top)
    value += 0.6 if stands_alone(sentence, cue) else 0.0
    value -= 1.2 if cue.has("bare_pronoun", text) else 0.0
    value -= 0.4 if cue.has("narrative", text) else 0.0
    value -= 0.8 if cue.has("first_person", text) else 0.0
    return value - 0.7 * dangling(text, known, cue.language)


def _named(title: Sentence, deck: Sentence | None, printed: Sequence[Sentence], frame: Frame) -> tuple[Sentence, ...]:
    """"Wrong answers. In it: Who waits; Who corrects." or "... From “Asked in the open”.": as much as there is and fits.

    What is named is printed as a heading, and whole: no question that its slide answers after a colon, no end of a row.
    """
    stop = "" if title.text[-1] in ".?!" else "."
    heads = list({folded(head.text): head for head in printed
                  if head.sources and not set(head.sources) & set(title.sources) and not re.search(r":.*\w", head.text)
                  and folded(head.text) not in folded(title.text) and len(head.text.split()) <= _SHORT}.values())
    out = [title]
    for head in heads:
        mark = f"{stop} {frame.within} " if len(out) == 1 else " " if out[-1].text[-1] in "?!" else "; "
        more = [*out, ours(mark), head.model_copy(update={"text": head.text.rstrip(" .:")})]
        if _long(more) < _MOST:
            out = more
    elsewhere = deck is not None and deck.text not in title.text
    if len(out) >= _HEADS or (len(out) > 1 and not elsewhere):
        out = [*out, ours(".")] if out[-1].text[-1] not in "?!" else out
    elif deck is not None and deck.text not in title.text:
        more = [title, ours(f"{stop} {frame.before}"), deck, ours(frame.after)]
        out = more if _long(more) <= _MOST else [title]
    else:
        out = [title]
    if frame.whom:
        more = [*out, ours(f"{'' if out[-1].text[-1] in '.?!' else '.'} {frame.whom}")]
        out = more if _long(more) <= _MOST else out
    return tuple(out)


def ours(text: str) -> Sentence:
    """Wording of ours between sentences of the source."""
    return Sentence(text=text, origin=Origin.TEMPLATE)


def _long(parts: Sequence[Sentence]) -> int:
    return sum(len(each.text) for each in parts)
