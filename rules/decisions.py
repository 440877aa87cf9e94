"""Reads a decisions file: a JSON list of what people decided, checked entry by entry."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from content.decision import Decision
from content.errors import BadDecisions

_MAX_BYTES = 20_000_000


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a decisions file. Raises BadDecisions naming the file, the entry (counted from 1) and the field.

    Whether the groups and findings exist is not checked here: `clear` reports those that fit nothing as `unused`.
    """
    where = path.name
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadDecisions(where, "is larger than 20 MB", "Check that this is a decisions file")
        loaded = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadDecisions(where, "there is no such file", "Check the path given to --decisions") from None
    except OSError as error:
        raise BadDecisions(where, f"cannot be read ({error.strerror})", "Check the path given to --decisions") from None
    except UnicodeDecodeError:
        raise BadDecisions(where, "is not UTF-8", "Save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadDecisions(f"{where}, line {error.lineno}", f"is not valid JSON ({error.msg.lower()})",
                           "Mend that line") from None
    except RecursionError:
        raise BadDecisions(where, "is nested too deep", "Check that this is a decisions file") from None
    if not isinstance(loaded, list):
        raise BadDecisions(where, "is not a list", "Write a JSON list: [{\"group\": ..., \"action\": ...}, ...]")
    return tuple(_decision(where, number, entry) for number, entry in enumerate(loaded, start=1))


def _decision(where: str, number: int, entry: object) -> Decision:
    place = f"{where}, entry {number}"
    if not isinstance(entry, dict):
        raise BadDecisions(place, "is not an object", 'Write {"group": ..., "action": ...}')
    try:
        return Decision.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(piece) for piece in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise BadDecisions(f"{place}, {field}" if field else place, message[:1].lower() + message[1:],
                           "The actions are replace, remove, keep and drop_unit") from None
