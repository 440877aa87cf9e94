"""What a batch came to, for people and for machines: summary.json, summary.csv and summary.html in the output folder.

They hold file names, counts, states and reasons, and of what packs have in common the titles of pieces and, where two
numbers disagree, the cleared sentences; never text that was withheld. Each file appears by rename, the plan of all packs
(plan.md and calendar.ics) with them.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput
from flows.across.compare import Across
from flows.across.packs import PackFindings, read_findings
from flows.across.plan_files import plan_files
from flows.across.wording import wording

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
            return wording()("same_as", name=self.same_as)
        return wording()("unchanged") if self.status == "skipped" else ""


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


def with_earlier(before: Sequence[Row], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a batch with those of earlier ones, the newest of each file, by name; without any, as they are."""
    if not before:
        return tuple(rows)
    by_file = {row.file: row for row in (*before, *rows)}
    return tuple(by_file[file] for file in sorted(by_file))


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


def severities_of(findings: Mapping[str, PackFindings]) -> dict[str, dict[str, int]]:
    """Things found by category and severity over all packs, each pack once."""
    total: dict[str, Counter[str]] = {}
    for pack in findings.values():
        for category, counts in pack.severities.items():
            total.setdefault(category, Counter()).update(counts)
    return {category: dict(sorted(counts.items())) for category, counts in sorted(total.items())}


def write_summary(out: Path, rows: Sequence[Row], notes: Sequence[str], seconds: float, finished: bool,
                  across: Across | None = None) -> Path:
    """Write the files and return the path of summary.json. `seconds` is the wall time of the batch.

    Without `across` (the packs were not compared) an earlier plan stays as it is. Raises BadOutput when the folder
    cannot be written.
    """
    from flows.summary_page import page

    packs = list(dict.fromkeys(row.pack for row in rows if row.pack))
    findings = {pack: read_findings(out / pack) for pack in packs}
    # The start of the server and the comparing are in the rate too: it is what somebody who waits gets.
    worked = sum(row.seconds > 0 for row in rows)
    rate = round(worked / seconds * 60, 1) if seconds > 0 else 0.0
    body: dict[str, object] = {
        "finished": finished,
        "counts": counts_of(rows),
        "packs": dict(sorted(Counter(row.pack_status for row in rows if row.pack_status and not row.same_as).items())),
        "findings": totals_of(rows),
        "severities": severities_of(findings),
        "held": [{"pack": pack, "open": findings[pack].held_by} for pack in packs if findings[pack].held_by],
        "unread": [row.file for row in rows if row.unread],
        "unread_parts": [{"pack": pack, "unit": unit, "why": why} for pack in packs
                         for unit, why in findings[pack].unread],
        "notes": list(notes),
        "seconds": round(seconds, 2),
        "worked": worked,
        "document_seconds": round(sum(row.seconds for row in rows), 2),
        "files_per_minute": rate,
        "files": [asdict(row) for row in rows],
    }
    files: dict[str, str | bytes] = {"summary.csv": _as_csv(rows)}
    if across is not None:
        dated = any(entry.on for entry in across.plan.entries)
        body |= _across_json(across)
        files |= plan_files(across.plan, wording(), dated)
    files["summary.html"] = page(rows, notes, findings, seconds, rate, finished, across)
    files["summary.json"] = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    try:
        for name, content in files.items():
            _replace(out / name, content.encode() if isinstance(content, str) else content)
        if across is not None and "calendar.ics" not in files:
            (out / "calendar.ics").unlink(missing_ok=True)
    except OSError as error:
        raise BadOutput(str(out), f"the summary could not be written ({error.strerror})",
                        "Free some space and run the same command again: it goes on where it was") from None
    return out / "summary.json"


def _across_json(across: Across) -> dict[str, object]:
    plan = across.plan
    return {
        "versions": [asdict(each) for each in across.versions],
        "repeats": [asdict(each) for each in across.repeats],
        "contradictions": [asdict(each) for each in across.contradictions],
        "not_compared": list(across.unprinted),
        "plan": {"entries": len(plan.entries), "weeks": plan.weeks, "left_out": [asdict(each) for each in plan.left_out],
                 "first": str(min((each.on for each in plan.entries if each.on), default=""))},
    }


def sentence(counts: dict[str, int]) -> str:
    """The batch in one line."""
    say = wording()
    told = [f"{count:,} {say(f'state_{state}')}" for state, count in counts.items() if count]
    return f"{say('files', count=sum(counts.values()))}: {', '.join(told) or say('nothing')}"


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


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink()
        raise
