"""Figures of a desk for a machine that watches it, in the text form of Prometheus.

They are counted in the database when somebody asks, so that they are the same whichever process answers and however
often the desk was started anew. What only grows (acts, failures) is counted in the audit, which is only ever added to.
Labels are words of closed lists and codes, never a name, a title or a path.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content.version import VERSION
from desk.rights import Act, Actor, require
from desk.services.backup import LAST
from desk.services.office import Office, reading, setting
from store.database import newest_schema

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from sqlalchemy.orm import Session

#: What is sent back with the figures.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: Upper ends in seconds of the classes of the histograms; a stage may take 900 s.
BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 900)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,59}")
_STAGE = re.compile(r"[a-z]{1,20}")
#: Acts of the audit that say that work could not be done; their detail has the code.
_FAILED = ("set_aside", "not_done")


def metrics(office: Office, actor: Actor | None) -> bytes:
    """The figures; None stands for whoever asks from this machine. Raises Forbidden."""
    from prometheus_client import CollectorRegistry, generate_latest

    if actor is not None:
        require(actor, Act.AUDIT)
    with reading(office.engine) as session:
        found = [*_of_work(session), *_of_batches(session), *_of_acts(session), *_of_place(office, session)]
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Found(found))
    return generate_latest(registry)


class _Found:
    """What the library collects from: figures that were read already."""

    def __init__(self, found: Sequence[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return self._found


def _of_work(session: Session) -> Iterator[Metric]:
    from sqlalchemy import func, select

    from store.tables import Finding, Outbox, Submission
    from store.tables_review import Job

    yield _gauge("submissions", "Submissions by state.", ("state",),
                 session.execute(select(Submission.state, func.count()).group_by(Submission.state)))
    yield _gauge("findings", "Findings by category and what became of them.", ("category", "state"), session.execute(
        select(Finding.category, Finding.state, func.count()).group_by(Finding.category, Finding.state)))
    waits = Outbox.done_at.is_(None)
    yield _gauge("outbox_waiting", "Pieces of work that are not done, by kind.", ("kind",),
                 session.execute(select(Outbox.kind, func.count()).where(waits).group_by(Outbox.kind)))
    oldest = session.scalar(select(func.min(Outbox.put_at)).where(waits))
    yield _gauge("outbox_oldest_seconds", "Age of the oldest piece of work that is not done.", (), [(_age(oldest),)])
    held = session.scalar(select(func.count()).select_from(Outbox).where(waits, Outbox.leased_by != ""))
    yield _gauge("outbox_leased", "Pieces of work that a worker holds.", (), [(held or 0,)])
    yield _gauge("jobs", "Submissions by how far their newest work is.", ("state",),
                 session.execute(select(Job.state, func.count()).group_by(Job.state)))
    spent: dict[str, list[float]] = {}
    for raw in session.scalars(select(Job.seconds).where(Job.seconds != "{}")):
        for stage, seconds in json.loads(raw).items():
            if _STAGE.fullmatch(stage):
                spent.setdefault(stage, []).append(float(seconds))
    yield _histogram("stage_seconds", "Seconds of each stage in the newest work of every submission.", "stage", spent)


def _of_batches(session: Session) -> Iterator[Metric]:
    from sqlalchemy import func, select

    from store.tables import Batch, BatchItem

    yield _gauge("batches", "Batches by state.", ("state",),
                 session.execute(select(Batch.state, func.count()).group_by(Batch.state)))
    yield _gauge("batch_items", "Files of all batches by state.", ("state",),
                 session.execute(select(BatchItem.state, func.count()).group_by(BatchItem.state)))
    codes = Counter[str]()
    for code, count in session.execute(select(BatchItem.code, func.count()).where(BatchItem.code != "")
                                       .group_by(BatchItem.code)):
        codes[_code(code)] += count
    yield _gauge("batch_failures", "Files of all batches that could not be used, by code.", ("code",), codes.items())
    made = session.scalars(select(BatchItem.seconds).where(BatchItem.seconds > 0))
    yield _histogram("batch_item_seconds", "Seconds of a file of a batch.", "", {"": list(made)})


def _of_acts(session: Session) -> Iterator[Metric]:
    from prometheus_client.metrics_core import CounterMetricFamily
    from sqlalchemy import func, select

    from store.tables import Audit

    acts = CounterMetricFamily("deckprism_acts", "Rows of the audit by act.", labels=["act"])
    for act, count in session.execute(select(Audit.action, func.count()).group_by(Audit.action).order_by(Audit.action)):
        acts.add_metric([act], count)
    yield acts
    codes = Counter(_code(str(json.loads(detail).get("code", ""))) for detail in session.scalars(
        select(Audit.detail).where(Audit.action.in_(_FAILED))))
    failures = CounterMetricFamily("deckprism_failures", "Work on submissions that could not be done, by code.",
                                   labels=["code"])
    for code, count in sorted(codes.items()):
        failures.add_metric([code], count)
    yield failures


def _of_place(office: Office, session: Session) -> Iterator[Metric]:
    from prometheus_client.metrics_core import InfoMetricFamily

    disk = shutil.disk_usage(office.folder)
    yield _gauge("disk_free_bytes", "Room on the disk of the data folder.", (), [(disk.free,)])
    yield _gauge("disk_bytes", "Size of the disk of the data folder.", (), [(disk.total,)])
    last = json.loads(setting(session, LAST, "{}"))
    if last:
        yield _gauge("backup_age_seconds", "Seconds since the last backup.", (), [(_age(str(last["at"])),)])
        yield _gauge("backup_bytes", "Size of the last backup.", (), [(int(last["bytes"]),)])
    info = InfoMetricFamily("deckprism_build", "Which Deckprism answers.")
    info.add_metric([], {"version": VERSION, "schema": newest_schema(), "database": session.get_bind().dialect.name})
    yield info


def _gauge(name: str, about: str, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> Metric:
    """Rows are the values of the labels, and the figure last."""
    from prometheus_client.metrics_core import GaugeMetricFamily

    made = GaugeMetricFamily(f"deckprism_{name}", about, labels=list(labels))
    for row in sorted(tuple(each) for each in rows):
        made.add_metric([str(each) for each in row[:-1]], float(str(row[-1])))
    return made


def _histogram(name: str, about: str, label: str, values: dict[str, list[float]]) -> Metric:
    from prometheus_client.metrics_core import HistogramMetricFamily

    made = HistogramMetricFamily(f"deckprism_{name}", about, labels=[label] if label else [])
    for key, seconds in sorted(values.items()):
        classes = [(f"{end:g}", float(sum(each <= end for each in seconds))) for end in BUCKETS]
        made.add_metric([key] if label else [], [*classes, ("+Inf", float(len(seconds)))], sum(seconds))
    return made


def _code(code: str) -> str:
    return code if _CODE.fullmatch(code) else "other"


def _age(moment: str | None) -> float:
    if not moment:
        return 0.0
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds())
