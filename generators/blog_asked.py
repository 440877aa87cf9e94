"""The questions of a workshop as an article has them: words in front of an answer, and no headings of a worksheet.

A question of a few words makes a heading that a reader looks for. Where one of a piece is longer, all of them stand in bold
in front of their answers, or go where something is told before them and each answer begins by itself. A task ("A timetable
for the boats of ...") is a heading while it is short; a longer one goes where its answer begins by itself. Nothing is
reworded; a question that lost its mark has it again.
"""

from __future__ import annotations

from dataclasses import replace

from content.draft import Sentence
from generators.blog_open import opens
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues

#: Words of a question, and of a task, that can be a heading.
_QUESTION, _TASK = 12, 8


def small_questions(piece: Piece, cue: Cues) -> Piece:
    """The piece with its questions in front of their answers where one is long, or without them; without long tasks."""
    passages = [_without_task(p, cue) for p in piece.passages]
    asked = [p for p in passages if _asked(p)]
    if any(p.run_in and len(p.run_in.text.split()) > _QUESTION for p in asked):
        plain = not _asked(passages[0]) and all(opens(p.prose[0].text, cue) for p in asked)
        passages = [replace(p, asked=False, run_in=None if plain else _marked(p, cue)) if _asked(p) else p for p in passages]
    return piece if tuple(passages) == piece.passages else replace(piece, passages=tuple(passages))


def _asked(p: Passage) -> bool:
    return p.asked and not p.running and p.run_in is not None and bool(p.prose)


def _marked(p: Passage, cue: Cues) -> Sentence | None:
    """The question of a passage with its mark."""
    head = p.run_in
    if head is None or head.text.endswith("?") or not cue.has("question_start", head.text):
        return head
    return head.model_copy(update={"text": head.text.rstrip(" .,;") + "?"})


def _without_task(p: Passage, cue: Cues) -> Passage:
    """A passage without a task above it that is too long for a heading, where what is done can be read without it."""
    if not _asked(p) or p.run_in is None or p.run_in.text.endswith("?") or cue.has("question_start", p.run_in.text):
        return p
    long = len(p.run_in.text.split()) > _TASK and opens(p.prose[0].text, cue)
    return replace(p, asked=False, run_in=None) if long else p
