"""Whether a piece of a slide is closed: its first sentence needs nothing that was said before, its last nothing after it.

Judged from the slide, not from the sentence alone: "the lift" is tied only where a lift was brought in before. The words
to look for are in closed.yaml of each language; a language without one is read with the English ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from generators.alone import dangling, points_away, states, to_room
from generators.prose_cues import cues
from generators.render import TEMPLATES
from language.numbers import numbers_in
from language.quotation import balanced
from language.words import content_words, tokens

#: Words in a row that two neighbours share when they are the two halves of one thought.
_SHARED = 3
#: Things that a sentence from the middle of a slide may call "the" though nobody brought them in.
_LOOSE = 1
#: Words of a later step that only says that it comes.
_SHORT = 8
#: Words of a sentence that only adds to the one before it ("Wipe the rim.").
_BRIEF = 4
#: Words of what may say nothing by itself.
_STUB = 3
#: Words of an answer that does not say what was asked.
_ANSWER = 6
#: How far after a piece the next step of its series may stand.
_SERIES = 12


def tied(text: str, earlier: Sequence[str], common: frozenset[str], language: str) -> bool:
    """Whether an opening needs what was said before it in its slide (`earlier`, its title among them).

    `common` are words that the whole talk keeps coming back to: "the board" needs no introduction there.
    """
    known, cue = patterns(language), cues(language)
    if not balanced(text) or any(known[name].search(text) for name in ("bound", "counted", "later", "shown")):
        return True
    if to_room(text, language) or subjectless(text, language) or answers(text, earlier, language) or stub(text, language):
        return True
    one = known["ones"].search(text)
    if one is not None and not known["kind"].search(text[:one.start()]):
        return True
    before = [each for each in earlier[1:] if each]
    if not before:
        return False
    if any(known[name].search(text) for name in ("turn", "goes_on", "takes_up", "differs")):
        return True
    # The first step of a series is where it begins.
    bare = known["idiom"].sub(lambda found: "x" * len(found[0]), text)
    if points_away(bare, language) and not known["first"].search(text):
        return True
    if known["compared"].search(text) and not known["against"].search(text):
        return True
    if cue.has("narrative", text) and not known["entrance"].search(text):
        return True
    if paired(before[-1], text, language) or known["belief"].search(before[-1]):
        return True
    said = content_words(" ".join(earlier), language) - common
    subject = cue.single["definite"].match(text)
    if subject is not None and content_words(subject[1], language) & content_words(" ".join(earlier), language):
        return True
    if dangling(bare, common, language) >= (_LOOSE if cue.language == "en" else _LOOSE + 1):
        return True
    return same_subject(text, before[-1], common, language) or bool(named(bare, language) & said)


def strays(text: str, inside: Sequence[str], outside: Sequence[str], common: frozenset[str], language: str) -> bool:
    """Whether a sentence within a piece speaks of what was said in its slide before the piece began (`outside`)."""
    if to_room(text, language):
        return True
    if not any(outside):
        return False
    if patterns(language)["differs"].search(text):
        return True
    left = content_words(" ".join(outside), language) - content_words(" ".join(inside), language) - common
    return bool(named(text, language) & left)


def subjectless(text: str, language: str) -> bool:
    """Whether a line says what is done and not who does it: "Allows several filters at once."."""
    return patterns(language)["subjectless"].search(text) is not None and not text.rstrip().endswith("?")


def stub(text: str, language: str) -> bool:
    """Whether two or three words are the name of something, a remark, or half a sentence: "Two years.", "Attempt two."."""
    cue = cues(language)
    if len(text.split()) > _STUB or text.rstrip().endswith("?") or cue.has("advice", text) or cue.has("finite", text):
        return False
    return language != "en" or not states(text, language)


def believed(title: str, language: str) -> bool:
    """Whether a title says that what follows is a belief which is to be put right: "A myth", "We thought so too"."""
    return cues(language).has("myth", title) or patterns(language)["belief"].search(title) is not None


def answers(text: str, earlier: Sequence[str], language: str) -> bool:
    """Whether an opening is the answer to a question: it begins with yes or no, or is too short to say again what was asked.

    `earlier` is what was said before it in its slide, the title first.
    """
    if patterns(language)["answered"].search(text):
        return True
    before = next((each for each in reversed(earlier) if each), "")
    return before.rstrip().endswith("?") and len(text.split()) <= _ANSWER


def carries_on(text: str, language: str) -> bool:
    """Whether a sentence takes up the one before it with its first word: "It is the cheapest of all."."""
    return patterns(language)["resumes"].search(text) is not None


def asked_for(title: str, language: str) -> bool:
    """Whether what stands under a title is wanted, feared or said by others: it is no advice of the speaker's."""
    cue = cues(language)
    return any(cue.has(name, title) for name in ("wish_title", "demand_title", "objection_title"))


def named(text: str, language: str) -> frozenset[str]:
    """The words for what a text calls "the"."""
    return frozenset(word for match in cues(language).single["definite"].finditer(text)
                     for word in content_words(match[1], language))


def same_subject(text: str, before: str, common: frozenset[str], language: str) -> bool:
    """Whether a sentence begins with a word of the one before it: "Grey does not mean wrong." after "... turns grey"."""
    first = next(iter(tokens(text)), "")
    return bool(content_words(first, language) & (content_words(before, language) - common))


def unfinished(said: Sequence[str], after: Sequence[str], language: str, series: bool = True) -> int | None:
    """How much a piece wants what follows it in its slide: 0 not at all, 1 a little, None when it must not end there.

    `said` is the piece, `after` the sentences behind it up to the end of the slide. Without `series` a piece may end between
    two steps, because the next piece goes on with the second.
    """
    known = patterns(language)
    last = said[-1]
    if not balanced(last) or last.rstrip().endswith("?"):
        return None
    if known["announces"].search(last) or cues(language).has("promise", last):
        return None
    if not after:
        return 0
    if known["later"].search(last) and len(last.split()) <= _SHORT:
        return None
    if known["sought"].search(last):
        return None
    then = after[0]
    if known["turns"].search(then) or paired(last, then, language):
        return None
    denied = known["negated"].search(last) is not None
    if denied and known["mends"].search(then):
        return None
    if known["belief"].search(last) or (denied and not known["rounded"].search(last)):
        return None
    if series and (known["first"].search(then) or known["later"].search(then)):
        return None
    begun = series and any(known["first"].search(each) or known["later"].search(each) for each in said)
    if begun and any(known["later"].search(each) or known["goes_on"].search(each) for each in after[:_SERIES]):
        return None
    # "Of 12, of 40 and of 300. With twelve people ...": what is counted up is taken up in turn.
    if {each.value for each in numbers_in(last, language)} & {each.value for each in numbers_in(then, language)}:
        return None
    if len(then.split()) <= _BRIEF:
        return 1
    told = cues(language).has("past", last) and cues(language).has("past", then)
    if len(said) == 1 and known["explains"].search(then):
        return None
    return 1 if told or any(known[name].search(then) for name in ("takes_up", "goes_on", "explains", "belief")) else 0


def paired(one: str, other: str, language: str) -> bool:
    """Whether two neighbours are one thought in two halves: "A document is what somebody ...", "An answer is what ...".

    They begin with the same word of a row, go on alike, or share a run of words.
    """
    first, second = tokens(one), tokens(other)
    if not first or not second:
        return False
    if len(first) > _SHARED and first[1:_SHARED] == second[1:_SHARED]:
        return True
    if first[0] == second[0] and patterns(language)["rows"].search(first[0]):
        return True
    runs = {tuple(first[n:n + _SHARED]) for n in range(len(first) - _SHARED + 1)}
    return any(tuple(second[n:n + _SHARED]) in runs for n in range(len(second) - _SHARED + 1))


def needs_title(title: str, language: str) -> bool:
    """Whether the entries under a title mean something else without it: wishes, faults, steps, a number of things."""
    cue = cues(language)
    kinds = ("wish_title", "warning_title", "demand_title", "objection_title", "steps_title", "promise")
    return any(cue.has(name, title) for name in kinds) or (
        patterns(language)["needed"].search(title) is not None)


def sums(title: str, language: str) -> bool:
    """Whether a title says that what stands under it is what the talk, or a part of it, comes to."""
    return any(cues(language).has(name, title) for name in ("summary_title", "recap_title"))


def enters(text: str, language: str) -> bool:
    """Whether a slide begins so with a story: "I begin with a Thursday on which ..."."""
    return patterns(language)["enters"].search(text) is not None


def counts(title: str, language: str) -> bool:
    """Whether a title says how many entries it has, or that they are steps: then all of them go, in their order."""
    return cues(language).has("steps_title", title) or bool(numbers_in(title, language))


@cache
def patterns(language: str) -> dict[str, re.Pattern[str]]:
    """The patterns of closed.yaml, English where a language has none."""
    import yaml

    file = TEMPLATES / language / "closed.yaml"
    if not file.is_file():
        file = TEMPLATES / "en" / "closed.yaml"
    raw = cast("dict[str, str]", yaml.safe_load(file.read_text(encoding="utf-8")))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in raw.items()}
