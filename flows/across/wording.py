"""The wording of a batch's summary and plan: English, in one file, `flows/templates/summary.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from language.files import read_yaml

_FILE = Path(__file__).parent.parent / "templates" / "summary.yaml"


class Wording:
    """`say("week", number=3)`; a count chooses between one and many: `say("files", count=3)`."""

    def __init__(self, lines: dict[str, str | dict[str, str]]) -> None:
        """`lines` are texts by name, or two texts, `one` and `many`."""
        self._lines = lines

    @property
    def names(self) -> frozenset[str]:
        """The names that there are lines for."""
        return frozenset(self._lines)

    def __call__(self, name: str, /, **values: str | int | float) -> str:
        """A line with its values filled in. Raises KeyError when there is none of that name, or a value is missing."""
        line = self._lines[name]
        if isinstance(line, dict):
            line = line["one" if values.get("count") == 1 else "many"]
        shown = {key: f"{value:,}" if isinstance(value, int) and key == "count" else value
                 for key, value in values.items()}
        return line.format(**shown)


@cache
def wording() -> Wording:
    """The wording, read once."""
    raw = read_yaml(_FILE)
    assert isinstance(raw, dict)
    return Wording({str(name): {str(key): str(text) for key, text in line.items()} if isinstance(line, dict) else str(line)
                    for name, line in raw.items()})
