"""What a starter asks its author, and from which side it could be told.

A question rests on a line of the slides and asks for the gap that the line shows: a figure that was aimed at and not what
came of it, two ways and not which, a claim and not what was seen. A label, a piece of program text or the name of a part
is asked about by nobody. The few questions that every piece could be asked differ from starter to starter, and leave out
what the lines tell already. The angle is that of the topic's own title, or there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.naming import says_something
from generators.prose_cues import Cues
from generators.prose_noise import has_address
from generators.render import Plain, say
from language.fold import folded
from language.words import content_words

#: Questions of a starter at most, about lines at most, and about no line at most and at least.
_QUESTIONS, _LINES, _GENERAL, _ANYHOW = 5, 4, 3, 1
#: Words, and words of weight, of a line that says something; the longest line that is asked about.
_WORDS, _WEIGHT, _LONGEST = 4, 2, 30
#: What any piece can be asked, and the cue of a line that has told it.
_ANY = (("starter_hear", ""), ("starter_story", "story"), ("starter_why_now", "warning_title"), ("starter_first", "advice"),
        ("starter_disagree", "contrast"), ("starter_before", "narrative"), ("starter_who", ""),
        ("starter_limit", "warning_title"))
#: Steps between the first question of one starter and that of the next; shares no factor with the number of them.
_ROUND = 3
#: Words of a line that sets two ways against each other.
_TWO, _CHOICE = 3, 12
#: What is quoted in a line, which says nothing of what the line says; a label; a choice of a quiz; what is worked out.
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»]|(?<!\w)[‘'][^‘’']*[’'](?!\w)")
_NOTED = re.compile(r"(?:[\w-]+ ){0,2}[\w-]+:\s")
_OPTION, _SUM = re.compile(r"^[A-Z]\.\s"), re.compile(r"\s[=÷×+]\s")
#: "WHERE BatchId IS NULL", "SET x = 3": a line of program text begins with a word in capitals.
_PROGRAM = re.compile(r"[A-Z]{3,} .*(?:=|\b[A-Z]{2,}\b)")
_LEANS = ("pronoun_start", "leaning", "pointing", "leans_back")


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the author, with the words of the slides that it is about, if any."""

    ask: Plain
    about: Sentence | None = None


def angle_of(title: Sentence, cue: Cues) -> str:
    """From which side a piece could be told, by its title alone: question, contrast, steps, or '' for none.

    A bullet is about itself, and seldom about the piece.
    """
    if title.text.endswith("?"):
        return "question" if _asks(title, cue) else ""
    if cue.has("choice", title.text):
        return "contrast"
    return "steps" if cue.has("steps_title", title.text) and not cue.has("numbered_part", title.text) else ""


def questions(heads: Sequence[Sentence], lines: Sequence[Sentence], wishes: Sequence[Sentence], title: Sentence,
              number: int, language: str, cue: Cues) -> list[Question]:
    """At most five: about lines that leave something open, each of another kind, then what they do not tell.

    `wishes` are the lines under what a client asks for; `number` is that of the starter, from 1; `language` is that of
    the wording.
    """
    known = {folded(title.text)}
    out: list[Question] = []
    for key, open_ in _GAPS:
        pool = {"starter_answer": (*lines, *heads), "starter_wish": wishes}.get(key, lines)
        found = next((s for s in pool if folded(s.text) not in known and open_(s, cue)), None)
        if found is not None and len(out) < _LINES:
            known.add(folded(found.text))
            out.append(Question(say(language, key), found))
    told = " ".join(s.text for s in lines)
    start = (number - 1) * _ROUND
    turned = [_ANY[(start + n) % len(_ANY)] for n in range(len(_ANY))]
    room = max(_ANYHOW, min(_GENERAL, _QUESTIONS - len(out)))
    fitting = [key for key, cue_name in turned if not cue_name or not cue.has(cue_name, told)]
    return [*out, *(Question(say(language, key)) for key in fitting[:room])]


def substantial(line: Sentence, cue: Cues) -> bool:
    """Whether a line says something that can be asked about: no label, no program text, no half of a line."""
    text = line.text.strip()
    whole = not text.endswith((":", "…", "...", "-", "–")) and not text.startswith(("$", ">", "\\"))
    program = has_address(text) or not says_something(text) or _PROGRAM.match(text) is not None or (
        text[:1].islower() or _OPTION.match(text) is not None or _SUM.search(text) is not None)
    stock = cue.has("empty_title", text) or cue.has("instruction", text) or cue.any("drop", text)
    weighs = _WORDS <= len(text.split()) <= _LONGEST and len(content_words(text, cue.language)) >= _WEIGHT
    return weighs and whole and not program and not stock


def _asks(line: Sentence, cue: Cues) -> bool:
    text = line.text.strip()
    whole = text[:1].isupper() and not _OPTION.match(text) and not _SUM.search(text) and not cue.has("points_last", text)
    return (whole and text.endswith("?") and len(text.split()) >= 3 and bool(content_words(text, cue.language))
            and says_something(text) and not cue.any("drop", text) and not cue.has("empty_title", text))


def _said(line: Sentence, cue: Cues) -> bool:
    return substantial(line, cue) and not line.text.endswith("?")


def _told(name: str, *without: str) -> Callable[[Sentence, Cues], bool]:
    """Whether a line of substance, no question, has one cue and none of others."""
    def found(line: Sentence, cue: Cues) -> bool:
        own = _QUOTED.sub(" ", line.text)
        return _said(line, cue) and cue.has(name, own) and not any(cue.has(each, line.text) for each in without)
    return found


def _stated(name: str, *without: str) -> Callable[[Sentence, Cues], bool]:
    """Whether a line has one cue, advises nothing and is no note behind a label ("Contingent: might never happen")."""
    told = _told(name, "advice", *without)
    return lambda line, cue: told(line, cue) and _NOTED.match(line.text) is None


def _aimed(line: Sentence, cue: Cues) -> bool:
    """A figure that somebody aims at, and nothing of what came of it."""
    return _told("aimed_at", "came_of")(line, cue) and re.search(r"\d", line.text) is not None


def _two(line: Sentence, cue: Cues) -> bool:
    """Two ways, as all that a line is about: no aside in brackets, no long sentence that has one in passing."""
    bare = re.sub(r"\([^)]*\)", " ", line.text).strip()
    short = _TWO <= len(bare.split()) <= _CHOICE and says_something(line.text) and not has_address(line.text)
    open_ = cue.has("choice", bare) and not cue.has("idiom_of_two", bare)
    return short and open_ and bare[:1].isupper() and not cue.has("pronoun_start", bare) and not bare.endswith("?")


def _advised(line: Sentence, cue: Cues) -> bool:
    # "Always On" is a name.
    return _told("advice", "pronoun_start", "to_know")(line, cue) and re.match(r"\S+ [a-z]", line.text) is not None


def _plain(line: Sentence, cue: Cues) -> bool:
    return _said(line, cue) and cue.has("finite", line.text) and not any(cue.has(name, line.text) for name in _LEANS)


#: Kinds of gaps, the widest first.
_GAPS: tuple[tuple[str, Callable[[Sentence, Cues], bool]], ...] = (
    ("starter_answer", _asks), ("starter_wish", _said), ("starter_target", _aimed), ("starter_choice", _two),
    ("starter_figure", _told("measured", "aimed_at")), ("starter_trouble", _stated("trouble_told")),
    ("starter_claim", _stated("claim", "pronoun_start")), ("starter_advice", _advised), ("starter_example", _plain))
