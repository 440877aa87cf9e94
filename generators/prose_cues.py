"""The cues of a language: what counts as pointing at a slide, as advice, as an example, as an empty title.

They live in `templates/<language>/cues.yaml`, so that another language is one folder. A document in a language without
cues is read with the English ones: they find nothing in it, and everything passes as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from content.errors import Fault
from generators.render import TEMPLATES, languages

_LISTS = ("stage", "labels", "deixis", "drop", "directions", "room", "room_weak", "trainer", "trainer_weak", "code_drop")
#: Answers that are kept: those of one long deck.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cues. `lists` are tried one after the other, `single` hold one pattern each, `say` are printed words."""

    language: str
    lists: dict[str, tuple[re.Pattern[str], ...]]
    single: dict[str, re.Pattern[str]]
    rewrite: tuple[tuple[re.Pattern[str], str], ...]
    say: dict[str, str]

    def any(self, name: str, text: str) -> bool:
        """Whether one pattern of a list is found in a text."""
        return _any(self.language, name, text)

    def cut(self, name: str, text: str) -> str:
        """The text without what the patterns of a list find."""
        for pattern in self.lists[name]:
            text = pattern.sub("", text)
        return text

    def has(self, name: str, text: str) -> bool:
        """Whether the single pattern of that name is found in a text."""
        return self.single[name].search(text) is not None


@lru_cache(maxsize=_KEPT)
def _any(language: str, name: str, text: str) -> bool:
    """Kept, since a deck asks the same of a sentence five times: each list is twenty long patterns."""
    return any(pattern.search(text) for pattern in cues(language).lists[name])


@cache
def cues(language: str) -> Cues:
    """The cues of a language, English where it has none. Raises Fault when the file holds a broken expression."""
    import yaml

    file = TEMPLATES / language / "cues.yaml"
    if not file.is_file():
        language, file = "en", TEMPLATES / "en" / "cues.yaml"
    raw = cast("dict[str, object]", yaml.safe_load(file.read_text(encoding="utf-8")))
    try:
        return Cues(
            language=language,
            lists={name: tuple(_compile(each) for each in cast("list[str]", raw[name])) for name in _LISTS},
            single={name: _compile(value) for name, value in raw.items() if isinstance(value, str)},
            rewrite=tuple((_compile(find), put) for find, put in cast("list[tuple[str, str]]", raw["rewrite"])),
            say=cast("dict[str, str]", raw["say"]),
        )
    except (re.error, KeyError, ValueError) as error:
        raise Fault(str(file.name), f"has a cue that cannot be used ({error})", "Mend that line") from None


def in_any_language(name: str, text: str) -> bool:
    """Whether the pattern of that name of any language is found: what a program writes by itself is in the language of the
    program, not in that of the deck.
    """
    return any(cues(each).has(name, text) for each in languages())


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
