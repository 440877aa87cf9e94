"""Tables for a spreadsheet, written so that no spreadsheet executes what stands in them.

A cell that begins with = + - @, a tab or a line break is told to be text by an apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from desk.rights import Act, Actor, require
from desk.services.history import Filter, rows_of
from desk.services.office import Office, reading

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(cell: object) -> str:
    """A cell that is text wherever it is opened."""
    text = str(cell if cell is not None else "").replace("\0", "")
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table, each cell quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    for cells in rows:
        writer.writerow([safe(cell) for cell in cells])
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def audit_csv(office: Office, actor: Actor, wanted: Filter) -> Iterator[str]:
    """The audit as CSV. Raises Forbidden before the first line."""
    rows = rows_of(office, actor, wanted)
    return csv_lines(("number", "at", "actor", "action", "subject", "detail", "hash"),
                     ((row.number, row.at, row.actor, row.action, row.subject, row.said, row.hash) for row in rows))


def decisions_csv(office: Office, actor: Actor) -> Iterator[str]:
    """Every decision with what it was about, never the words of a document. Raises Forbidden before the first line."""
    require(actor, Act.AUDIT)
    return csv_lines(("submission", "at", "by", "action", "text", "reason", "rule", "category", "severity", "preview",
                      "places", "taken back at", "taken back by"), _decisions(office))


def _decisions(office: Office) -> Iterator[Sequence[object]]:
    from sqlalchemy import select

    from store.tables import Decision, Finding

    last = 0
    while True:
        with reading(office.engine) as session:
            rows = session.scalars(select(Decision).where(Decision.id > last).order_by(Decision.id).limit(500)).all()
            of = {each.submission for each in rows}
            found: dict[tuple[str, str], list[Finding]] = {}
            for each in session.scalars(select(Finding).where(Finding.submission.in_(of))):
                found.setdefault((each.submission, each.group), []).append(each)
                found.setdefault((each.submission, each.id), []).append(each)
        for row in rows:
            places = found.get((row.submission, row.group or row.finding or ""), [])
            one = places[0] if places else None
            yield (row.submission, row.at, row.by, row.action, row.text, row.reason, one.rule if one else "",
                   one.category if one else "", one.severity if one else "", one.preview if one else "", len(places),
                   row.undone_at, row.undone_by)
        if len(rows) < 500:
            return
        last = rows[-1].id
