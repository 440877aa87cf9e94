"""The words of a language: what is said for signs and numbers (`words/`), and phrases beside the audio (`audio.yaml`).

Both are data, so another language is two files. For one without them the
engine is left to say numbers as it knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from generators.render import TEMPLATES, Plain

_WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language says what is written. `say` are single words, the tables are keyed by what is written."""

    language: str
    say: dict[str, str]
    tables: dict[str, dict[str, str]]
    currencies: dict[str, tuple[str, str, str, str]]
    units: dict[str, tuple[str, str]]
    phrases: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    as_words: frozenset[str]
    spelled: frozenset[str]
    decade: bool


def has_words(language: str) -> bool:
    """Whether there are rules for saying numbers and signs in a language."""
    return (_WORDS / f"{language}.yaml").is_file()


@cache
def tongue(language: str) -> Tongue:
    """The words of a language, English where there are none."""
    import yaml

    file = _WORDS / f"{language}.yaml"
    if not file.is_file():
        language, file = "en", _WORDS / "en.yaml"
    raw = cast("dict[str, object]", yaml.safe_load(file.read_text(encoding="utf-8")))
    return Tongue(
        language=language,
        say={key: value for key, value in raw.items() if isinstance(value, str)},
        tables={key: {str(k): str(v) for k, v in value.items()} for key, value in raw.items()
                if isinstance(value, dict) and key not in {"currencies", "units"}},
        currencies={key: (a, b, c, d) for key, (a, b, c, d) in cast("dict[str, list[str]]", raw["currencies"]).items()},
        units={key: (one, many) for key, (one, many) in cast("dict[str, list[str]]", raw["units"]).items()},
        phrases=tuple((find, put) for find, put in cast("list[list[str]]", raw["phrases"])),
        months=tuple(cast("list[str]", raw["months"])),
        as_words=frozenset(cast("list[str]", raw["as_words"])),
        spelled=frozenset(cast("list[str]", raw["spelled"])),
        decade=bool(raw["decade"]),
    )


@cache
def _phrases(language: str) -> dict[str, str]:
    import yaml

    file = TEMPLATES / language / "audio.yaml"
    if not file.is_file():
        file = TEMPLATES / "en" / "audio.yaml"
    return cast("dict[str, str]", yaml.safe_load(file.read_text(encoding="utf-8")))


def phrase(language: str, key: str, **values: int | str) -> Plain:
    """One phrase of `templates/<language>/audio.yaml` with its named values filled in. The values are ours."""
    return Plain(_phrases(language)[key].format(**values))


def phrases(language: str, key: str, **values: int | str) -> tuple[Plain, ...]:
    """The phrases of a list in `templates/<language>/audio.yaml`, said in turn so that none is heard twice in a row."""
    return tuple(Plain(each.format(**values)) for each in _phrases(language)[key].split("|"))


def pattern(language: str, key: str) -> str:
    """A regular expression of `templates/<language>/audio.yaml`, as it stands there."""
    return _phrases(language)[key]
