"""What a batch came to, for people and for machines: summary.json, summary.csv and summary.html in the output folder.

They hold file names, counts, states and reasons, and no text of any document. Each file appears by rename.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput

if TYPE_CHECKING:
    from store.batches import Item

STATES = ("clear", "held", "failed", "skipped")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One file. `status` is what happened to it in this batch, `pack_status` what its pack is."""

    file: str
    status: str
    pack: str
    pack_status: str
    open: int
    unread: int
    pieces: int
    topics: int
    findings: dict[str, int]
    code: str
    reason: str
    same_as: str
    seconds: float
    #: What a model did: sentences, refused, tokens, requests, and its cost in millionths. {} where none was asked.
    model: dict[str, int] = field(default_factory=dict)

    @property
    def remark(self) -> str:
        """The reason, or why nothing was done."""
        if self.reason:
            return self.reason
        if self.same_as:
            return f"The same content as {self.same_as}."
        return "Not changed since its pack was made." if self.status == "skipped" else ""


def rows_of(items: Sequence[Item], root: Path | None) -> tuple[Row, ...]:
    """The files of a batch as rows; paths inside `root` are shown without it."""
    shown = {item.id: _shown(item.path, root) for item in items}
    return tuple(
        Row(file=shown[item.id], status="failed" if item.state == "quarantined" else item.state, pack=item.folder,
            pack_status=item.pack_state, open=item.figures.get("open", 0), unread=item.figures.get("unread", 0),
            pieces=sum(count for name, count in item.figures.items() if name.startswith("made:")),
            topics=item.figures.get("topics", 0), findings=_named(item, "found:"), code=item.code, reason=item.reason,
            same_as=shown.get(item.same_as, ""), seconds=round(item.seconds, 2),
            model=_named(item, "model:"))
        for item in items)


def counts_of(rows: Sequence[Row]) -> dict[str, int]:
    """How many files are in each state, all of STATES named."""
    counted = Counter(row.status for row in rows)
    return {state: counted[state] for state in STATES} | {k: v for k, v in sorted(counted.items()) if k not in STATES}


def totals_of(rows: Sequence[Row]) -> dict[str, int]:
    """Things found by category; what has the same content counts once."""
    total: Counter[str] = Counter()
    for row in rows:
        if not row.same_as:
            total.update(row.findings)
    return dict(sorted(total.items()))


def write_summary(out: Path, rows: Sequence[Row], notes: Sequence[str], seconds: float, finished: bool) -> Path:
    """Write the three files and return the path of summary.json. Raises BadOutput when the folder cannot be written."""
    counts, totals = counts_of(rows), totals_of(rows)
    body = {
        "finished": finished,
        "counts": counts,
        "packs": dict(sorted(Counter(row.pack_status for row in rows if row.pack_status and not row.same_as).items())),
        "findings": totals,
        "unread": [row.file for row in rows if row.unread],
        "notes": list(notes),
        "seconds": round(seconds, 2),
        "files": [asdict(row) for row in rows],
    }
    try:
        _replace(out / "summary.json", json.dumps(body, ensure_ascii=False, indent=2) + "\n")
        _replace(out / "summary.csv", _as_csv(rows))
        _replace(out / "summary.html", _as_html(rows, counts, totals))
    except OSError as error:
        raise BadOutput(str(out), f"the summary could not be written ({error.strerror})",
                        "Free some space and run the same command again: it goes on where it was") from None
    return out / "summary.json"


def sentence(counts: dict[str, int]) -> str:
    """The batch in one line."""
    total = sum(counts.values())
    told = [f"{count} {state}" for state, count in counts.items() if count]
    return f"{total} {'file' if total == 1 else 'files'}: {', '.join(told) or 'nothing to do'}"


def _as_html(rows: Sequence[Row], counts: dict[str, int], totals: dict[str, int]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True)
    held = sum(row.pack_status == "held" and not row.same_as for row in rows)
    next_step = (f"{held} {'pack waits' if held == 1 else 'packs wait'} for decisions: open its report to see which."
                 if held else "Nothing waits for a decision.")
    return environment.get_template("summary.html.j2").render(
        total=len(rows), sentence=sentence(counts), next_step=next_step, totals=totals, items=rows,
        failed=[row for row in rows if row.status == "failed"])


def _as_csv(rows: Sequence[Row]) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["file", "status", "pack", "pack_status", "open", "unread", "topics", "pieces", "findings", "code",
                     "reason", "same_as", "seconds"])
    for row in rows:
        found = "; ".join(f"{category} {count}" for category, count in row.findings.items())
        cells = (row.file, row.status, row.pack, row.pack_status, row.open, row.unread, row.topics, row.pieces, found,
                 row.code, row.reason, row.same_as, row.seconds)
        writer.writerow([_inert(cell) if isinstance(cell, str) else cell for cell in cells])
    return table.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _named(item: Item, prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): count for name, count in sorted(item.figures.items()) if name.startswith(prefix)}


def _shown(path: str, root: Path | None) -> str:
    file = Path(path)
    return file.relative_to(root).as_posix() if root is not None and file.is_relative_to(root) else path


def _replace(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
