"""The dated limits of the platforms, from limits.yaml beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from content.draft import Limit

_FILE = Path(__file__).with_name("limits.yaml")


@cache
def limits() -> dict[str, Limit]:
    """Every limit by its key ("x.post")."""
    import yaml

    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key: Limit(key=key, checked_on=str(raw["checked_on"]), **row) for key, row in raw["limits"].items()}
