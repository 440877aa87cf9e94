"""Which names and prompts a person wrote, and which Office did: only the former are worth scanning."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def written_name(name: str, known: set[str]) -> str:
    """A shape's name where a person could have written it; '' for those programs give ("TextBox 3"). Each is given once."""
    if not name or name.startswith("Google Shape;") or name in known:
        return ""
    stem = name.rstrip("0123456789 -_:.()").strip().lower()
    known.add(name)
    words = stem.replace("-", " ").replace(":", " ").replace(",", " ").split()
    if not stem or all(word in _program_words() for word in words):
        return ""
    if stem in known:
        return ""
    known.add(stem)
    return name


@cache
def _program_words() -> frozenset[str]:
    return frozenset(_lines("shape_names.txt", split=True))


@cache
def standard_prompts() -> frozenset[str]:
    """What Office itself writes into masters and layouts, lower case."""
    return frozenset(_lines("prompts.txt", split=False))


def _lines(name: str, *, split: bool) -> list[str]:
    lines = [line for line in (_DATA / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    return [word for line in lines for word in line.lower().split()] if split else [line.strip().lower() for line in lines]
