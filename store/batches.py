"""Runs over many files, and what became of each: enough to go on after a kill and to leave unchanged files alone.

A file is done for good when a pack was made from the same bytes with the same configuration; which pack that was is
remembered across batches. Times and paths are kept here; text of a document never is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.database import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from store.tables import BatchItem


@dataclass(frozen=True, slots=True)
class NewItem:
    """A file to be worked on. Without `sha256` it could not be read, and `code` and `reason` say why."""

    path: str
    sha256: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a batch as it stands. `figures` are counts by name, such as findings by category."""

    id: str
    number: int
    path: str
    sha256: str
    state: str
    attempts: int = 0
    pack_state: str = ""
    folder: str = ""
    same_as: str = ""
    code: str = ""
    reason: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A batch: where its packs go and the options it was started with, as JSON."""

    id: str
    out: str
    configuration: str
    options: str
    state: str


def start(session: Session, identity: str, out: str, configuration: str, options: str,
          files: Sequence[NewItem]) -> None:
    """Write down a batch and its files, in one transaction. What an earlier run left running is interrupted."""
    from sqlalchemy import update

    from store.tables import Batch, BatchItem

    session.execute(update(Batch).where(Batch.out == out, Batch.state == "running").values(state="interrupted"))
    session.add(Batch(id=identity, out=out, configuration=configuration, options=options, state="running",
                      started_at=now()))
    session.flush()
    session.add_all(
        BatchItem(id=f"{identity}-{number:05d}", batch=identity, number=number, path=each.path, sha256=each.sha256,
                  configuration=configuration, state="failed" if each.code else "waiting", code=each.code,
                  reason=each.reason)
        for number, each in enumerate(files, start=1))
    session.flush()


def run(session: Session, identity: str) -> Run:
    """A batch by its id. Raises KeyError when there is none."""
    from store.tables import Batch

    row = session.get(Batch, identity)
    if row is None:
        raise KeyError(identity)
    return Run(row.id, row.out, row.configuration, row.options, row.state)


def end(session: Session, identity: str, state: str) -> None:
    """Close a batch as `done` or `interrupted`; files that were being worked on wait again."""
    from sqlalchemy import update

    from store.tables import Batch, BatchItem

    session.execute(update(BatchItem).where(BatchItem.batch == identity, BatchItem.state == "running")
                    .values(state="waiting"))
    session.execute(update(Batch).where(Batch.id == identity).values(state=state, ended_at=now()))


def items(session: Session, identity: str, state: str = "") -> tuple[Item, ...]:
    """The files of a batch in their order, all or those in one state."""
    from sqlalchemy import select

    from store.tables import BatchItem

    wanted = select(BatchItem).where(BatchItem.batch == identity).order_by(BatchItem.number)
    return tuple(_item(row) for row in session.scalars(wanted.where(BatchItem.state == state) if state else wanted))


def item(session: Session, identity: str) -> Item:
    """One file by its id. Raises KeyError when there is none."""
    from store.tables import BatchItem

    row = session.get(BatchItem, identity)
    if row is None:
        raise KeyError(identity)
    return _item(row)


def change(session: Session, changed: Item) -> None:
    """Write down what became of a file."""
    from store.tables import BatchItem

    row = session.get(BatchItem, changed.id)
    if row is None:
        raise KeyError(changed.id)
    row.state, row.attempts, row.pack_state, row.folder = (changed.state, changed.attempts, changed.pack_state,
                                                           changed.folder)
    row.same_as, row.code, row.reason, row.seconds = changed.same_as, changed.code, changed.reason, changed.seconds
    row.figures = json.dumps(dict(changed.figures), sort_keys=True)


def made_before(session: Session, out: str, sha256: str, configuration: str) -> Item | None:
    """The newest item that ended for good on the same bytes, configuration and output folder: a pack, or quarantine."""
    from sqlalchemy import select

    from store.tables import Batch, BatchItem

    row = session.scalar(
        select(BatchItem).join(Batch, Batch.id == BatchItem.batch)
        .where(BatchItem.sha256 == sha256, BatchItem.configuration == configuration, Batch.out == out,
               BatchItem.state.in_(("clear", "held", "quarantined")))
        .order_by(Batch.started_at.desc(), BatchItem.number).limit(1))
    return _item(row) if row is not None else None


def last_states(session: Session, out: str, before: str) -> dict[str, str]:
    """Path -> how it ended last in this output folder, in batches other than `before`."""
    from sqlalchemy import func, select

    from store.tables import Batch, BatchItem

    newest = func.row_number().over(partition_by=BatchItem.path, order_by=(Batch.started_at.desc(), BatchItem.number))
    rows = (select(BatchItem.path, BatchItem.state, newest.label("place")).join(Batch, Batch.id == BatchItem.batch)
            .where(Batch.out == out, Batch.id != before).subquery())
    ends = session.execute(select(rows.c.path, rows.c.state).where(rows.c.place == 1))
    return {str(path): str(state) for path, state in ends}


def _item(row: BatchItem) -> Item:
    return Item(id=row.id, number=row.number, path=row.path, sha256=row.sha256, state=row.state, attempts=row.attempts,
                pack_state=row.pack_state, folder=row.folder, same_as=row.same_as, code=row.code, reason=row.reason,
                figures=json.loads(row.figures), seconds=row.seconds)
