"""The words of report.html in the language of its source: `templates/report.<language>.yaml`, English where none is.

Another language is one folder of templates for the writers and one such file. What gates and writers say is English; the
file says the same in its language (`told`), and what it does not know is said to stand in pack.json.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases of one language."""

    language: str
    phrases: Mapping[str, str]
    #: Pattern of what is told in English -> the same in this language; empty for English itself.
    patterns: tuple[tuple[re.Pattern[str], str], ...] = field(default=())

    def say(self, key: str, **values: int | str) -> str:
        """One phrase with its named values filled in. Raises KeyError on a phrase that there is not."""
        return self.phrases[key].format(**values)

    def name(self, group: str, code: str) -> str:
        """How a code of the pack ("blog", "not chosen") is called; the code itself, readable, when it has no name yet."""
        return self.phrases.get(f"{group}_{code}", code.replace("_", " "))

    def count(self, key: str, number: int) -> str:
        """A phrase that has one form for one and another for several."""
        return self.say(f"{key}_one") if number == 1 else self.say(f"{key}_many", count=number)

    def number(self, value: float) -> str:
        """A figure as the language writes it."""
        return (f"{value:.0f}" if value == int(value) else f"{value:g}").replace(".", self.phrases["decimal"])

    def told(self, text: str) -> str:
        """What a gate or a writer said in English; a name before a colon stays before it."""
        if self.language == "en":
            return text
        for pattern, said in self.patterns:
            if found := pattern.fullmatch(text):
                return found.expand(said)
        head, colon, rest = text.partition(": ")
        return f"{head}: {self.told(rest)}" if colon and "/" in head else self.phrases["other_reason"]


def languages() -> tuple[str, ...]:
    """The languages that the report can be in."""
    return tuple(sorted(file.name.split(".")[1] for file in FILES.glob("report.*.yaml")))


@cache
def wording(language: str) -> Wording:
    """The phrases of a language, of English when it has no file."""
    import yaml

    known = language if language in languages() else "en"
    read: dict[str, object] = yaml.safe_load((FILES / f"report.{known}.yaml").read_text(encoding="utf-8"))
    told = read.pop("told", {})
    assert isinstance(told, dict)
    return Wording(known, {key: str(value) for key, value in read.items()},
                   tuple((re.compile(str(pattern), re.DOTALL), str(said)) for pattern, said in told.items()))
