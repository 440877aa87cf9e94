"""How a piece and its sections begin: with a sentence that needs nothing before it.

A reader who lands on a piece has heard nothing of the talk. What begins with "On the other hand", "Answer:" or "He" is
left out or stands further in; nothing is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators import alone
from generators.closed import same_subject
from generators.material import Passage
from generators.prose_cues import Cues
from language.verbless import can_tell, verbless
from language.words import content_words

#: Sentences, and their words, that may be left out to come to one that stands alone.
_DROPPED, _WORDS = 4, 90
#: Words of a sentence that can begin a piece where others before it were left out.
_WHOLE = 3
#: Share of a piece that its first slide may be to be left out for that.
_FIRST = 0.25
#: Cues of what nobody begins with: an order to a class, a person, a thing or a place that nobody has named, a part told
#: earlier, a point of a curve, what comes into view.
_NO_START = ("instruction", "unknown_person", "no_start", "told_earlier", "from_there",
             "curve_point", "turns_up")
#: What somebody says, and nobody is named who does.
_QUOTED = re.compile(r"^[\"“«][^\"“”«»]+[.!?]?[\"”»][.!?]?$|^[“«][^”»]*$|^[^“«]*[”»]\W*$")
#: What is quoted within a sentence: its verbs are those of another.
_SAID = re.compile(r"[\"“„«][^\"“”„«»]*[\"”»]")
#: A name in front of a small letter, as authors write it: "iPhone", "e-mail", "npm".
_NAMED = re.compile(r"^[a-z]+[A-Z\-.]")


def opens(text: str, cue: Cues) -> bool:
    """Whether a sentence can stand first: it leans on nothing, answers nothing, and is whole."""
    if not (alone.capital(text) or _NAMED.match(text)) or text.endswith((":", "…")):
        return False
    lost = alone.remnant(text, cue.language) or not any(char.isalpha() for char in text)
    if lost or alone.labelled(text) or _QUOTED.search(text):
        return False
    # "The first step in a repair" says of what it is the first.
    goes_on = alone.goes_on(text, cue.language) and not (cue.has("first_of", text) or cue.has("begins_story", text))
    return not (goes_on or any(cue.has(name, text) for name in _NO_START))


def _adds(text: str, cue: Cues) -> bool:
    """Whether a sentence without a verb says when or how what is said before it holds: its parts begin with small words."""
    states = alone.states(text, cue.language) if cue.language == "en" else cue.has("finite", text)
    parts = [part.split()[0] for part in text.split(",") if part.split()]
    return not states and len(parts) > 1 and all(each.isalpha() and not content_words(each, cue.language) for each in parts)


def hangs_on(text: str, before: str, cue: Cues) -> bool:
    """Whether a sentence needs the one before it, whatever that leans on itself: it answers it, begins with what that one
    names ("A blackboard has no log-in."), or says without a verb what was seen or where ("One photograph, and below it:").
    """
    scrap = len(before.split()) < _WHOLE and not before.endswith("?")
    if text.endswith("?") or scrap or cue.has("turns_up", before):
        return False
    first, _, rest = text.partition(" ")
    subject = rest if cue.has("article", first.lower()) else text
    if before.endswith("?") or same_subject(subject, before, frozenset(), cue.language):
        return True
    bare = _SAID.sub("", text)
    if cue.has("finite", bare) or cue.has("advice", bare):
        return False
    # Where no tagger knows verbs, a row of things is told by its commas: "Café De Sluis, donderdagmiddag, vier man."
    return verbless([bare])[0] if can_tell(cue.language) else "," in bare


def led_in(passages: Sequence[Passage], cue: Cues, met: bool = False) -> tuple[Passage, ...]:
    """The passages of a piece without first sentences that lean on what stood before them.

    Where no sentence of the first paragraphs can stand first, or the one that could hangs on what would be left out, they
    stay as they are. `met`: a line above the piece says who "they" are.
    """
    rest = list(passages)
    first = rest[0] if rest else None
    if first is None or first.run_in or not first.prose:
        return tuple(passages)
    rest_of = next((n for n, p in enumerate(rest) if p.unit != first.unit), 0)
    shows = any(each.kept for p in rest[:rest_of] for each in p.lists)  # "These are the seven questions", and they are there
    if rest_of and not shows and not _comes_to_open(first, cue) and (
            opens_passage(rest[rest_of], cue) and rest[rest_of].heading is not None
            and sum(p.words for p in rest[:rest_of]) <= _FIRST * sum(p.words for p in rest)):
        return tuple(rest[rest_of:])  # a first slide that leans on its own picture or list throughout
    rows = list(first.rows)
    gone = words = 0
    last = ""
    while rows:
        while rows and not rows[0]:
            rows.pop(0)
        first_of = rows[0][0].text if rows else ""
        word = gone and len(first_of.split()) < _WHOLE
        if not rows or (opens(first_of, cue) and not word) or cue.has("condition_start", first_of) or (
                met and cue.has("of_them", first_of)):
            break
        gone, words, last = gone + 1, words + len(rows[0][0].text.split()), rows[0][0].text
        rows[0] = rows[0][1:]
        if gone > _DROPPED or words > _WORDS:
            return tuple(passages)
    if not gone or (rows and (_adds(rows[0][0].text, cue) or hangs_on(rows[0][0].text, last, cue))):
        return tuple(passages)  # "On Tuesdays, from nine to twelve." opens no better
    if not rows and not (first.lists or first.table) and len(rest) > 1:
        # A heading that has nothing left under it goes too: what follows has its own.
        return led_in(tuple(rest[1:]), cue, met)
    if not rows:
        return tuple(passages)
    return (first.retold(rows), *rest[1:])


def _comes_to_open(passage: Passage, cue: Cues) -> bool:
    """Whether a sentence that can stand first comes in a passage, before too much would have to be left out for it."""
    words = 0
    for place, said in enumerate(passage.prose):
        if opens(said.text, cue):
            return True
        words += len(said.text.split())
        if place >= _DROPPED or words > _WORDS:
            break
    return any(opens(row[0].text, cue) for row in passage.paragraphs if row)


def untold(passages: Sequence[Passage], cue: Cues) -> tuple[Passage, ...]:
    """The passages without a first sentence that only goes back to an earlier part, where the next one can stand first."""
    first = passages[0] if passages else None
    row = first.prose if first is not None else ()
    if first is None or len(row) < 2 or not cue.has("told_earlier", row[0].text) or not opens(row[1].text, cue):
        return tuple(passages)
    rows = tuple(kept for each in first.paragraphs if (kept := tuple(s for s in each if s is not row[0])))
    return (replace(first, paragraphs=rows, prose=row[1:]), *passages[1:])


def begins(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """What a reader meets first in a piece: its first paragraph, or the questions of a list before it; () for other lists."""
    first = passages[0] if passages else None
    if first is None:
        return ()
    asked = (tuple(s for s in each.items if s.text.endswith("?")) for each in first.lists)
    return next((row for row in (*first.paragraphs, first.prose, *asked) if row), ())


def opens_passage(passage: Passage, cue: Cues) -> bool:
    """Whether a passage begins with a sentence that can stand first."""
    return not passage.run_in and bool(passage.prose) and opens(passage.prose[0].text, cue)


def leans(passage: Passage, cue: Cues) -> bool:
    """Whether a passage begins with a sentence that leans on the passage before it."""
    if passage.run_in or not passage.prose:
        return False
    return not opens(passage.prose[0].text, cue)


def goes_on(passage: Passage, cue: Cues) -> bool:
    """Whether the first sentence of a passage goes on with what stands before it, whatever its slide is called."""
    text = passage.prose[0].text if passage.prose else ""
    return not cue.has("sets_aside", text) and alone.goes_on(text, cue.language)


def begun(passages: tuple[Passage, ...], heading: Sentence | None, cue: Cues) -> tuple[Passage, ...]:
    """The passages of a section: under a subheading the first sentence stands alone, where a next one does."""
    if heading is None or not passages or not leans(passages[0], cue) or passages[0].running:
        return passages
    rows = list(passages[0].rows)
    first = rows[0][0].text
    # "It is a list" under "The board" speaks of the board; "On the other hand" speaks of nothing there.
    leaning = any(cue.has(name, first) for name in ("connective", "answer_label", "turns_up"))
    if not leaning or len(rows[0]) < 2 or not opens(rows[0][1].text, cue) or hangs_on(rows[0][1].text, first, cue):
        return passages
    rows[0] = rows[0][1:]
    kept = passages[0].retold(rows)
    return (kept, *passages[1:])
