"""Questions and their answers: material of workshops and of question hours, kept in pairs.

A slide that asks and answers is read as such: each question stands above its answer, as its small heading. A question
that nobody answers, and an instruction to those who took part, say nothing to a reader and go. No word is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.prose_bullets import Said
from generators.prose_cues import Cues
from generators.prose_line import Line, ids
from generators.prose_notes import Told, clean, tell

#: A label, with what begins small or with a quotation mark behind it.
_BEHIND = re.compile(r"^[^:]{1,40}:\d*:? [a-z“\"«‘„]")
#: Words of a question with what it says before it asks, and of answers, all together, that are worth the name.
_LONGEST, _ANSWER = 110, 12
#: Words of a question that can be a heading, and sentences of one.
_QUESTION, _SENTENCES = 4, 4
#: Words of a question that needs nothing taken off.
_SHORT = 25
#: Share of a slide's numbered paragraphs that must ask for the others to be objections that are answered.
_ASKING = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A question (None: what stands before the first one) and the paragraphs of its answer."""

    question: tuple[Line, ...]
    answer: tuple[tuple[Line, ...], ...]


def pairs(paragraphs: Sequence[Sequence[Line]], cue: Cues, spoken: bool) -> list[Pair]:
    """Paragraphs as questions with their answers; [] where they are no such thing.

    `spoken`: they are notes, where a question by itself may be the turn of a story; two that are answered are not.
    """
    rows = [part for row in paragraphs if row for part in _parted(tuple(row), cue)]
    marked = [_asks(row, cue) for row in rows]
    numbered = [place for place, row in enumerate(rows) if row[0].numbered or _labelled(row, cue)]
    if len(numbered) >= 2 and sum(marked[n] for n in numbered) >= _ASKING * len(numbered):
        # "1. They do not want to pay twice." among numbered questions is an objection that is answered like them.
        for place in numbered:
            marked[place] = marked[place] or _words(rows[place]) <= _LONGEST // 2
    out: list[Pair] = []
    question: tuple[Line, ...] = ()
    answer: list[tuple[Line, ...]] = []
    for row, asks in zip(rows, marked, strict=True):
        if asks:
            if question or answer:
                out.append(Pair(question, tuple(answer)))
            question, answer = row, []
        else:
            answer.append(row)
    out.append(Pair(question, tuple(answer)))
    answered = [each for each in out if each.question and sum(_words(row) for row in each.answer) >= _QUESTION]
    length = sum(_words(row) for each in answered for row in each.answer)
    if not any("?" in line.text for each in answered for line in each.question):
        return []
    asked = [line for each in out if not _labelled(each.question, cue) for line in each.question]
    if not spoken and any(_reported(line.text) for line in asked):
        return []  # a list of what others ask is one, and answers nothing
    fewest = 1 if not spoken or any(each.question[0].numbered or _labelled(each.question, cue) for each in answered) else 2
    if len(answered) < fewest or length < _ANSWER * len(answered) or (not spoken and not marked[0]):
        return []
    return out


def _parted(row: tuple[Line, ...], cue: Cues) -> list[tuple[Line, ...]]:
    """A paragraph of several lines cut where a question of its first lines ends and its answer begins."""
    for place, line in enumerate(row[:-1], start=1):
        if line.text.endswith("?") and (row[0].numbered or _labelled(row, cue)):
            return [row[:place], row[place:]]
    return [row]


def unanswered(paragraphs: Sequence[Sequence[Line]], cue: Cues) -> bool:
    """Whether a slide only asks: two questions or more, half of what stands there or more."""
    rows = [tuple(row) for row in paragraphs if row]
    asked = sum(_asks(row, cue) for row in rows)
    return asked >= 2 and 2 * asked >= len(rows)


def told_pairs(found: Sequence[Pair], cue: Cues, code: bool, finite: dict[str, bool],
               away: frozenset[str] = frozenset()) -> list[Told]:
    """The notes of a slide of questions: each answer under its question. What is not answered is left out."""
    out: list[Told] = []
    for each in found:
        rows = list(each.answer)
        while each.question and rows and rows[-1][-1].text.endswith("?"):
            rows.pop()  # what is asked last is asked, not answered
        answer = tell(rows, cue, code, finite, away=away)
        if not each.question:
            out += answer
            continue
        head = heading(each.question, cue)
        if head and cue.has("absent", head.text):
            continue  # "for the following scenarios?" asks about what a reader does not see
        if head and answer and sum(len(s.text.split()) for t in answer for row in (*t.paragraphs, t.items) for s in row) >= 3:
            answer[0].heading = head
            out += answer
    return out


def said_pairs(found: Sequence[Pair], cue: Cues) -> list[tuple[Said, tuple[Line, ...]]]:
    """The questions of a slide as small headings, each with the lines of its answer."""
    out: list[tuple[Said, tuple[Line, ...]]] = []
    for each in found:
        lines = tuple(line for row in each.answer for line in row)
        head = heading(each.question, cue) if each.question else None
        if lines and (head or not each.question) and not (head and cue.has("absent", head.text)):
            out.append((Said(run_in=head), lines))
    return out


def heading(question: Sequence[Line], cue: Cues) -> Sentence | None:
    """A question as a small heading: its sentences without number and label, and without what only a class is told."""
    texts: list[str] = []
    sources: list[str] = []
    for line in question:
        for number, (name, source) in enumerate(line.parts):
            raw = line.text if len(line.parts) == 1 else source
            text = clean(raw, cue, shown=True) if number or raw != line.parts[0][1] else clean(source, cue, shown=True)
            if not text or (cue.has("instruction", text) and any(each.endswith("?") for each in texts)):
                continue
            if cue.has("order", text):
                # "Explain how it works" asks how it works; "Identify a boat" asks nothing.
                text = cue.single["order"].sub("", text)
                text = text[:1].upper() + text[1:]
            texts.append(text)
            sources += ids(name)
    texts, sources = _short(texts, sources, cue)
    asked = next((n for n in range(len(texts) - 1, -1, -1) if texts[n].endswith("?")), len(texts) - 1)
    texts = texts[:asked + 1]
    if not texts or len(texts) > _SENTENCES or len(" ".join(texts).split()) > _LONGEST:
        return None
    text = " ".join(texts)
    return Sentence(text=text if text[-1] in "?!" else text.rstrip(" .:;,"), sources=tuple(dict.fromkeys(sources)))


def _short(texts: list[str], sources: list[str], cue: Cues) -> tuple[list[str], list[str]]:
    """A question without orders to a class and, where it is long, without what is said before it asks."""
    if any(text.endswith("?") and not cue.has("instruction", text) for text in texts):
        texts = [text for text in texts if not cue.has("instruction", text)]
    asks = [n for n, text in enumerate(texts) if text.endswith("?")]
    if asks and len(" ".join(texts).split()) > _SHORT:
        first = next((n for n in asks if not cue.has("anaphora", texts[n]) and not cue.has("leaning", texts[n])
                      and not cue.has("leans_back", texts[n]) and len(texts[n].split()) >= _QUESTION), None)
        if first is not None:
            texts = [text for n, text in enumerate(texts[first:]) if n == 0 or (
                text.endswith("?") and len(" ".join(texts[first:first + n + 1]).split()) <= _SHORT)]
    return texts, sources


def _asks(row: Sequence[Line], cue: Cues) -> bool:
    """Whether a paragraph asks: it ends with a question, or with an instruction after one, or is one itself."""
    texts = [text for line in row for _, text in line.parts]
    if not texts or _words(row) > _LONGEST or len(texts) > _SENTENCES + 1:
        return False
    first = clean(texts[0], cue, shown=True) or texts[0]
    if _labelled(row, cue) and not cue.has("answer_label", texts[0]):
        return any(text.endswith("?") for text in texts) or cue.has("instruction", first)
    if cue.has("answer_label", texts[0]):
        return False
    while len(texts) > 1 and cue.has("instruction", texts[-1]):
        texts = texts[:-1]
    if cue.has("question", texts[-1]):
        return len(" ".join(texts).split()) >= _QUESTION
    return cue.has("instruction", first) and len(texts) == 1 and len(first.split()) >= _QUESTION


def _reported(text: str) -> bool:
    """Whether a question is told of somebody: in quotation marks, or behind a label ("Wants to know: who pays?")."""
    return text[:1] in "“\"«‘„" or _BEHIND.search(text.partition("?")[0]) is not None


def _labelled(row: Sequence[Line], cue: Cues) -> bool:
    return bool(row) and cue.has("question_label", row[0].parts[0][1])


def _words(row: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in row)
