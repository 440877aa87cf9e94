"""What holds at a place in an RTF file: inside a group, and for a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class State:
    """What holds inside a group."""

    place: str = "body"
    hidden: bool = False
    deleted: bool = False
    size: int = 24
    colour: int = 0
    ground: int = 0
    skip: int = 1
    page: str = ""
    own: bool = False
    boxed: bool = False


@dataclass(slots=True)
class Style:
    """What holds for a paragraph."""

    level: int = -1
    listed: bool = False
    table: bool = False
    ground: int = 0
