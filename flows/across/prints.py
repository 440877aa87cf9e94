"""Prints of the units of a cleared document: enough to tell whether two slides say the same, not what they say.

A print is taken when a pack is made, of cleared text only, and kept in the data folder under the hash of the source and
of the clearing. Two versions of a talk are recognised by their prints; a pack without one is not compared and said so.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from content.cleared import ClearedDocument
from content.document import Part, Unit
from language.words import tokens

#: Words of one shingle, and how many of a unit's smallest shingle hashes are kept (a bottom-k sketch, Broder 1997).
_SHINGLE, _KEPT = 3, 8
#: A unit with fewer words (a divider, "Thank you") says nothing about which talk it is from.
_LEAST = 6
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?")


@dataclass(frozen=True, slots=True)
class UnitPrint:
    """One unit: its number, the hash of all its words in order, and the smallest hashes of its shingles."""

    number: int
    whole: str
    sketch: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """A document: the prints of the units that say enough, how many units it shows, and when it was last saved.

    `saved` is an ISO date, with a time where the file has one; '' when the file does not say.
    """

    units: tuple[UnitPrint, ...]
    shown: int
    saved: str = ""


def print_of(cleared: ClearedDocument, properties: dict[str, str]) -> Print:
    """The print of a cleared document; of the file's properties only the date of its last change is looked at."""
    day = _DAY.match(properties.get("modified", ""))
    saved = "T".join(part for part in day.groups() if part) if day else ""
    units = cleared.content_units()
    return Print(tuple(made for unit in units if (made := _unit_print(unit)) is not None), len(units), saved)


def keep(folder: Path, cleared: ClearedDocument, properties: dict[str, str]) -> None:
    """Write the print of a document into `folder`, by rename. Raises OSError when that cannot be done."""
    made = print_of(cleared, properties)
    body = {"shown": made.shown, "saved": made.saved,
            "units": [[unit.number, unit.whole, list(unit.sketch)] for unit in made.units]}
    target = folder / _name(cleared.source.sha256, cleared.clearing)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".", suffix=".partial", delete=False) as stream:
        try:
            stream.write(json.dumps(body, sort_keys=True))
            stream.close()
            Path(stream.name).replace(target)
        except OSError:
            with suppress(OSError):
                Path(stream.name).unlink()
            raise


def kept(folder: Path, sha256: str, clearing: str) -> Print | None:
    """The print of a source as it was cleared; None when there is none that can be read."""
    try:
        body = json.loads((folder / _name(sha256, clearing)).read_text(encoding="utf-8"))
        units = tuple(UnitPrint(int(number), str(whole), tuple(map(str, sketch)))
                      for number, whole, sketch in body["units"])
        return Print(units, int(body["shown"]), str(body["saved"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name(sha256: str, clearing: str) -> str:
    return hashlib.sha256(f"{sha256} {clearing}".encode()).hexdigest()[:32] + ".json"


def _unit_print(unit: Unit) -> UnitPrint | None:
    """The print of a unit's own words; notes are left out, because they change from one evening to the next."""
    words = [word for block in unit.blocks if block.readable and block.part is not Part.NOTES
             for word in tokens(block.text)]
    if len(words) < _LEAST:
        return None
    shingles = {_hash(" ".join(words[at:at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1)}
    return UnitPrint(unit.number, _hash(" ".join(words), 16), tuple(sorted(shingles)[:_KEPT]))


def _hash(text: str, size: int = 8) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()
