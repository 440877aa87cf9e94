"""Notes that tell a trainer how to lead a room: "Give them five minutes", "Don't let the tables swap cards".

They are orders to whoever stands in front and no text for a reader. What names a room by itself (its tables, its flipchart,
its minutes) is sure; "Ask them what they need" is advice in an article about colleagues and counts only beside what is
sure. A story that stands among them ("In June they could not pay anybody ...") is told all the same. Nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.alone import goes_on
from generators.prose_cues import Cues
from generators.prose_lines import Sheet

#: Share of the sentences of a slide's notes that are orders, from which the others are read as orders too; and from which
#: the notes are no text.
_MOST = 0.5
#: Slides with such notes that make a deck a trainer's, and the share of its slides with notes that they are at least.
_SLIDES, _SHARE = 3, 0.34
#: Sure orders on a slide, from which the others count too: one by itself may be an exercise that is told on.
_SURE = 2
#: Sentences in the past that make a story of a stretch without orders, and the share of it that they are at least.
_STORY, _PAST = 3, 0.5
#: What the coverage of a pack says of such a slide.
REASON = "notes for the trainer"


def orders(said: Sequence[str], cue: Cues, sure: bool = False) -> list[bool]:
    """Of each sentence of the notes of one slide whether it is an order to the trainer. `sure`: the deck is a trainer's."""
    strong = [cue.any("trainer", text) for text in said]
    weak = [one or cue.any("trainer_weak", text) for one, text in zip(strong, said, strict=True)]
    return weak if sure or (sum(strong) >= _SURE and sum(weak) >= _MOST * len(said)) else strong


def set_apart(sheets: Sequence[Sheet], cue: Cues) -> None:
    """Mark the orders in the notes of slides; where most of the notes are orders, or most notes of the deck, they go."""
    spoken = [sheet for sheet in sheets if sheet.notes and not sheet.running]
    parted = [[(name, text) for row in sheet.notes for line in row for name, text in line.parts] for sheet in spoken]
    strong = sum(any(cue.any("trainer", text) for _, text in parts) for parts in parted)
    sure = strong >= _SLIDES and strong >= _SHARE * len(spoken)
    full = []
    for sheet, parts in zip(spoken, parted, strict=True):
        found = orders([text for _, text in parts], cue, sure)
        sheet.orders = frozenset(name for (name, _), order in zip(parts, found, strict=True) if order)
        if any(found) and sum(found) >= _MOST * len(found):
            full.append(sheet)
    every = sure and 2 * len(full) > len(spoken)
    for sheet, parts in zip(spoken, parted, strict=True):
        if sheet not in full and not every:
            continue
        if told := story(parts, orders([text for _, text in parts], cue, sure), cue, lesson=sheet not in full):
            sheet.orders = frozenset(name for name, _ in parts) - told
            continue
        sheet.notes, sheet.orders, sheet.directed = [], frozenset(), True
        sheet.reason = sheet.reason or REASON


def story(parts: Sequence[tuple[str, str]], found: Sequence[bool], cue: Cues, lesson: bool = False) -> frozenset[str]:
    """The sentences (by id) of notes to a trainer that tell what happened, and begin with one that goes on with nothing.
    `found` says which sentences are orders. `lesson`: most of the notes are none, and what they teach is told too.
    """
    out: set[str] = set()
    run: list[tuple[str, str]] = []
    for part, order in zip([*parts, ("", "")], [*found, True], strict=True):
        if not order and (run or not (goes_on(part[1], cue.language) or part[1].endswith("?"))):
            run.append(part)
            continue
        past = [cue.has("past", text) for _, text in run]
        if order and (sum(past) >= max(_STORY, _PAST * len(run)) or (lesson and len(run) >= _STORY)):
            out.update(name for name, _ in run)
        run = [] if order else run
    return frozenset(out)
