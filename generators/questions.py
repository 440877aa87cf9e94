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
from generators.render import TEMPLATES, Plain


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
    """Questions of a language around a heading: what stands before it and what after it. `who` is webchat or caller."""
    rows = cast("list[list[str]]", _file(language)[who])
    return tuple((Plain(before), Plain(after)) for before, after in rows)


@cache
def _fits(language: str) -> dict[str, re.Pattern[str]]:
    rows = cast("dict[str, str]", _file(language)["fits"])
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in rows.items()}


@cache
def own_form(language: str) -> re.Pattern[str]:
    """What a heading says that speaks of its own form ("in three lines"): nobody asks about that."""
    return re.compile(cast("str", _file(language)["form"]), re.IGNORECASE)


def ask(found: Iterable[Fact], language: str, most: int, used: set[str], formal: bool = False) -> list[Question]:
    """At most `most` questions, no question twice; `used` remembers what other sheets of the pack asked."""
    out: list[Question] = []
    units: set[int] = set()
    waiting: list[Fact] = []
    for fact in found:
        # A slide is asked about twice only when there is nothing else left to ask about.
        if fact.unit in units:
            waiting.append(fact)
            continue
        units.add(fact.unit)
        _add(fact, language, used, out, formal)
        if len(out) == most:
            return out
    for fact in waiting:
        if len(out) == most:
            break
        _add(fact, language, used, out, formal)
    return out


def _add(fact: Fact, language: str, used: set[str], out: list[Question], formal: bool) -> None:
    known, fits = frames(language), _fits(language)
    fitting = fact.kind not in fits or fits[fact.kind].search(fact.sentence.text)
    # A kind that has run out of questions is asked about as a scene where it tells of one time, as a plain point otherwise.
    rest = "scene" if fits["scene"].search(fact.sentence.text) and fact.kind != "question" else "point"
    for row in (*(known.get(fact.kind, ()) if fitting and fact.kind != "point" else ()), *known[rest]):
        if row["ask"] not in used:
            used.add(row["ask"])
            words = {"ask": row["ask"], "more": row.get("more", "")}
            if formal:
                words = {"ask": row.get("formal", words["ask"]), "more": row.get("more_formal", words["more"])}
            out.append(Question(Plain(words["ask"]), Plain(row.get("why", "")), Plain(words["more"]), fact))
            return
