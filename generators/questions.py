"""Pairs facts of the source with open questions of the wording file, each question once.

The questions are wording: they say nothing about the subject. What they rest on stands beside them, traced. Interviews
ask about a fact by its kind; web chats ask about a heading of the talk, so that the answer, which is what the talk says
under that heading, always fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

from generators.facts import Fact
from generators.prose_cues import cues
from generators.render import TEMPLATES, Plain
from language.verbless import can_tell, verbless

#: A thing and what is said of it in a clause behind a comma.
_NAMED = re.compile(r"([^,]+), (?:which|who|whose|whom|where|when|\w+ed)\b", re.IGNORECASE)
#: Nothing but what somebody said.
_SAID = re.compile(r"[“\"‘][^“”\"]+[”\"’]\.?$")
#: Words of the longest question that somebody asks in a chat.
_ASKED = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the wording file and the fact that it is asked about."""

    ask: Plain
    why: Plain
    more: Plain
    fact: Fact


@cache
def _file(language: str) -> dict[str, object]:
    import yaml

    return cast("dict[str, object]", yaml.safe_load((TEMPLATES / language / "questions.yaml").read_text(encoding="utf-8")))


@cache
def frames(language: str) -> dict[str, tuple[dict[str, str], ...]]:
    """The interview questions of a language, by the kind of fact."""
    by_kind = cast("dict[str, list[dict[str, str]]]", _file(language)["interview"])
    return {kind: tuple(rows) for kind, rows in by_kind.items()}


@cache
def around(language: str, who: str = "webchat") -> tuple[tuple[Plain, Plain], ...]:
    """Questions of a language around a heading: what stands before it and what after it. `who` is webchat, caller or
    where."""
    rows = cast("list[list[str]]", _file(language)[who])
    return tuple((Plain(before), Plain(after)) for before, after in rows)


@cache
def _fits(language: str) -> dict[str, re.Pattern[str]]:
    """What a fact must hold for the questions of a kind; nothing for a language without a wording file."""
    if not (TEMPLATES / language / "questions.yaml").is_file():
        return {}
    rows = cast("dict[str, str]", _file(language)["fits"])
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in rows.items()}


@cache
def own_form(language: str) -> re.Pattern[str]:
    """What a heading says that speaks of its own form ("in three lines"): nobody asks about that."""
    return re.compile(cast("str", _file(language)["form"]), re.IGNORECASE)


def ask(found: Iterable[Fact], language: str, most: int, used: set[str], formal: bool = False,
        said_in: str = "", unit: str = "slide") -> list[Question]:
    """At most `most` questions, no question twice; `used` remembers what other sheets of the pack asked.

    `said_in` is the language of the facts where it is not that of the questions. `unit` is what the source is made of: nobody
    heard a document, and nobody is asked what the audience said to it.
    """
    out: list[Question] = []
    units: set[int] = set()
    waiting: list[Fact] = []
    for fact in found:
        # A slide is asked about twice only when there is nothing else left to ask about.
        if fact.unit in units:
            waiting.append(fact)
            continue
        units.add(fact.unit)
        _add(fact, language, used, out, formal, said_in or language, unit)
        if len(out) == most:
            return out
    for fact in waiting:
        if len(out) == most:
            break
        _add(fact, language, used, out, formal, said_in or language, unit)
    return out


def forms(fact: Fact, language: str) -> list[str]:
    """The kinds of questions that fit a fact, the closest first: a count is asked about as a count only where something was
    counted, advice only where it is an order to the reader; what else it is can be asked about too. What happened is asked
    about as something that happened, what is claimed as a claim ("any" fits every claim). [] for a question that is
    none of the author's.
    """
    fits = _fits(language)
    if not fits:
        return ["any"]
    own, text = fact.kind, fits["label"].sub("", fact.sentence.text)
    order = _advises(fact, language)
    # What is ordered, or may be, was not counted.
    is_one = {name: pattern.search(text) is not None for name, pattern in fits.items()}
    counted = is_one["number"] and not is_one["unsure"] and not _commands(text, language)
    fitting = {"advice": order, "number": counted, "point": False}.get(own, is_one.get(own, False))
    if own == "contrast" and _commands(text, language):
        fitting = False
    # What somebody said is asked about as something said, whatever it tells.
    if _SAID.match(text.strip()) is not None:
        return ["quotation"]
    happened = is_one["scene"] or is_one["deed"] or is_one["past"]
    # An example and a story happened; what is set against something else holds in general.
    fitting = fitting and happened is {"story": True, "example": True, "contrast": False}.get(own, happened)
    out = [own] if fitting else []
    if own == "question" or text.rstrip().endswith("?"):
        return out
    demanded = _demanded(fact, language)
    if happened:
        # What happened once is no claim: nobody can misunderstand it, doubt it or explain it in the lift.
        found = {"number": counted, "choice": is_one["choice"], "deed": is_one["deed"], "scene": True}
        return out + [form for form, fitting in found.items() if fitting and not demanded and form not in out]
    # Of an order, and of what is promised, somebody may doubt whether it holds.
    holds = (own == "advice" and order) or is_one["point"] or is_one["promise"]
    found = {"number": counted, "point": holds}
    out += [form for form, fitting in found.items() if fitting and not demanded and form not in out]
    return [*out, "any"]


def _commands(text: str, language: str) -> bool:
    return cues(language).has("advice", text)


def _advises(fact: Fact, language: str) -> bool:
    """Whether a fact tells a reader to do something: no need of somebody else, no promise, no look at the screen."""
    cue, text = cues(language), fact.sentence.text
    order = _commands(text, language) and not cue.has("to_know", text) and not idle(text, language)
    return order and not _fits(language)["promise"].search(text) and not _demanded(fact, language)


def idle(text: str, language: str) -> bool:
    """Whether a sentence only tells those in the room where to look, or what comes next."""
    fits = _fits(language)
    return bool(fits) and fits["idle"].search(text) is not None


def replies(text: str, language: str) -> bool:
    """Whether a sentence begins as the answer to a question that stands before it: "No, only for small ones."."""
    fits = _fits(language)
    return bool(fits) and fits["reply"].search(text) is not None


def plainly_asked(text: str, language: str) -> bool:
    """Whether a question is one that somebody in a chat would put: of at most 20 words, no report of what another one asked,
    nothing that those in the room are told to do.
    """
    fits = _fits(language)
    plain = not fits or (fits["question"].search(text) is not None and not idle(text, language))
    return plain and len(text.split()) <= _ASKED


def states(text: str, language: str) -> bool:
    """Whether a text has a verb of its own, not only that of a clause: "The slip, which says where it stood." only names."""
    cue = cues(language)
    if not can_tell(language):
        return cue.has("finite", text) or cue.has("advice", text) or _somebody(text, language)
    found = _NAMED.match(text)
    parts = [text] if found is None else [found[1], *text[found.end():].split(", ")[1:]]
    return not all(verbless(parts))


def _somebody(text: str, language: str) -> bool:
    """Whether a person is the subject of something, in a language of which no tagger knows the verbs."""
    fits = _fits(language)
    return bool(fits) and fits["somebody"].search(text) is not None


def _demanded(fact: Fact, language: str) -> bool:
    """Whether a fact stands under what customers need, or under what they say against it."""
    heads = (fact.heading.text if fact.heading is not None else "", fact.title)
    return any(cues(language).has(name, head) for name in ("demand_title", "objection_title") for head in heads)


def _add(fact: Fact, language: str, used: set[str], out: list[Question], formal: bool,
         said_in: str, unit: str) -> None:
    known = frames(language)
    for row in (row for form in forms(fact, said_in) for row in known.get(form, ())):
        if row["ask"] not in used and row.get("only", unit) == unit:
            used.add(row["ask"])
            words = {"ask": row["ask"], "more": row.get("more", "")}
            if formal:
                words = {"ask": row.get("formal", words["ask"]), "more": row.get("more_formal", words["more"])}
            out.append(Question(Plain(words["ask"]), Plain(row.get("why", "")), Plain(words["more"]), fact))
            return
