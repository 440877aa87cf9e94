"""Reads the data files that stand beside the code: lists of words, and YAML.

One reader for all stages, so that a comment, a blank line and an encoding mean the same everywhere. What a file means is
the caller's business; nothing here is for files that people hand in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import CSafeLoader, SafeLoader


def read_lines(path: Path) -> list[str]:
    """The lines of a list without comments (from a `#` at the start of a line or after a blank) and without empty ones."""
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = ("" if line.startswith("#") else line.partition(" #")[0].strip() for line in lines)
    return [line for line in bare if line]


def read_words(path: Path) -> frozenset[str]:
    """All words of a list that has several on a line, lower case."""
    return frozenset(word for line in read_lines(path) for word in line.lower().split())


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: for short lists that stand in the code as lines of words."""
    return frozenset(text.split())


def read_yaml(path: Path) -> object:
    """A YAML file as plain values."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def parse_yaml(text: str) -> object:
    """YAML as plain values, by the C parser where there is one (ten times as fast, and as safe).

    Raises yaml.YAMLError.
    """
    import yaml

    made: object = yaml.load(text, Loader=safe_loader())  # noqa: S506 - one of the two safe loaders
    return made


def safe_loader() -> type[SafeLoader] | type[CSafeLoader]:
    """The fastest loader there is that makes nothing but plain values."""
    try:
        from yaml import CSafeLoader
    except ImportError:
        from yaml import SafeLoader

        return SafeLoader
    return CSafeLoader
