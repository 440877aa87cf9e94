"""Reads finished packs back: what their pieces say, how their findings count, and what in them could not be read.

Only pack.json and findings.json are read, which the leak gate has read before. A pack that cannot be read back is left
out; the batch names it elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from content.finding import Severity
from flows.across.prints import Print, kept


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a piece that rests on the source, and the units it rests on."""

    text: str
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft of a pack: what it is, what it is called, where it lies, and what of the source it says."""

    kind: str
    name: str
    path: str
    title: str
    topic: int | None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class PackText:
    """A pack as the comparisons see it. `folder` names it; `released` is when it went out, '' when it did not."""

    folder: str
    sha256: str
    title: str
    status: str
    language: str
    pieces: tuple[Piece, ...] = ()
    released: str = ""
    made_of: Print | None = None


@dataclass(frozen=True, slots=True)
class PackFindings:
    """How the findings of a pack count, each thing once: never what they found.

    `severities` counts category -> severity -> things; `held_by` counts the open ones by category and rule; `unread`
    says where (unit) and why something could not be read.
    """

    severities: dict[str, dict[str, int]] = field(default_factory=dict)
    held_by: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: tuple[tuple[int, str], ...] = ()


def read_pack(folder: Path, prints: Path | None = None) -> PackText | None:
    """The pack in a folder; None when there is none that can be read. `prints` is the folder of prints."""
    try:
        body = json.loads((folder / "pack.json").read_bytes())
        return PackText(
            folder=folder.name, sha256=str(body["source"]["sha256"]), title=str(body["title"]),
            status=str(body["status"]), language=str(body["language"]),
            pieces=tuple(_piece(draft) for draft in body["drafts"]),
            released=str(body.get("release", {}).get("at", "")),
            made_of=kept(prints, body["source"]["sha256"], body["clearing"]) if prints is not None else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def read_findings(folder: Path) -> PackFindings:
    """The findings of the pack in a folder; nothing when they cannot be read."""
    try:
        rows = json.loads((folder / "findings.json").read_bytes())["findings"]
        return count_findings(rows)
    except (OSError, ValueError, KeyError, TypeError):
        return PackFindings()


def count_findings(rows: Iterable[dict[str, str]]) -> PackFindings:
    """Findings of findings.json as counts; a thing counts once, with its highest severity and its first rule."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["category"], row["group"]), []).append(row)
    severities: dict[str, dict[str, int]] = {}
    held_by: dict[str, dict[str, int]] = {}
    unread: list[tuple[int, str]] = []
    for (category, _), places in sorted(groups.items()):
        top = max((Severity(place["severity"]) for place in places), key=lambda each: each.rank)
        _add(severities, category, top.value)
        if any(place["open"] for place in places):
            _add(held_by, category, places[0]["rule"])
        if category == "unread":
            unread += [(int(place["unit"]), place["why"].partition("Reason: ")[2] or place["why"]) for place in places]
    return PackFindings(severities, held_by, tuple(sorted(dict.fromkeys(unread))))


def _add(counts: dict[str, dict[str, int]], first: str, second: str) -> None:
    inner = counts.setdefault(first, {})
    inner[second] = inner.get(second, 0) + 1


def _piece(draft: dict[str, object]) -> Piece:
    title, topic = draft["title"], draft.get("topic")
    segments = draft.get("segments", [])
    assert isinstance(title, dict)
    assert isinstance(segments, list)
    said = tuple(Said(segment["text"], _units(segment["sources"])) for segment in segments
                 if segment.get("sources") and segment.get("origin", "source") != "template")
    return Piece(kind=str(draft["kind"]), name=str(draft["name"]), path=str(draft["path"]),
                 title=str(title["text"]), topic=topic if isinstance(topic, int) else None, said=said)


def _units(sources: Iterable[str]) -> tuple[int, ...]:
    """Unit numbers of source ids such as s12.b3.2."""
    return tuple(dict.fromkeys(int(name[1:].partition(".")[0]) for name in sources))
