"""Eight processes at one database at once: does anybody find it locked, is anything lost, how long does a write take?

`python -m benchmarks.writers --seconds 300` takes SQLite in a fresh folder; `--database postgresql://...` takes an empty
database there. Four reviewers use the services of the page, two workers drain the outbox, one command opens the store
anew each time, and one copies everything while the others write. All go as fast as they can, which people do not.
Exit code 1 on any lock error, fault, lost or doubled write, or when the audit does not verify.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROLES = ("web1", "web2", "web3", "web4", "worker1", "worker2", "command", "backup")
#: Milliseconds within which 99 of 100 writes are to be done.
BUDGET = 500
_FINDINGS, _UNITS = 60, 12


@dataclass(frozen=True, slots=True)
class Told:
    """What one process did: milliseconds of each of its writes, and counts by name."""

    role: str
    writes: tuple[float, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of a run; `wrong` is empty when nothing was."""

    told: tuple[Told, ...]
    lock_errors: int
    audit_rows: int
    verified_in: float
    wrong: tuple[str, ...]

    @property
    def writes(self) -> list[float]:
        """Milliseconds of all writes."""
        return [each for one in self.told for each in one.writes]


def main() -> int:
    """Run and print the figures; 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--database", default="", help="URL of an empty database; SQLite in a fresh folder without it")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dp-writers-"))
    try:
        outcome = run(folder, given.seconds, given.database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(account(outcome, given.seconds, given.database))
    return 1 if outcome.wrong else 0


def run(folder: Path, seconds: float, database: str = "") -> Outcome:
    """The whole of it in an empty folder, for so many seconds once everybody is ready. Raises SystemExit when the
    database is not empty."""
    from benchmarks.desk_talk import put_in, staff, talk
    from desk.services.office import open_office, reading
    from store import people

    os.environ["DECKPRISM_DATA"] = str(folder / "data")
    os.environ["DECKPRISM_DATABASE"] = database
    office = open_office()
    with reading(office.engine) as session:
        if people.anybody(session):
            raise SystemExit("This database has users already. Name an empty one: the benchmark fills it.")
    staff(office)
    talks = [put_in(office, *talk(_FINDINGS, _UNITS), title=f"Talk {number}") for number in range(5)]
    running = [_start(role, seconds, talks[number % 4], talks[4]) for number, role in enumerate(ROLES)]
    try:
        told = _together(running)
    finally:
        for process in running:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
    try:
        return _checked(told)
    finally:
        office.engine.dispose()


def account(outcome: Outcome, seconds: float, database: str) -> str:
    """The figures as lines."""
    lines = [f"{'PostgreSQL' if database else 'SQLite'}, {seconds:.0f} s, {len(ROLES)} processes",
             f"{'':10}{'writes':>8}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}"]
    rows = [(one.role, one.writes) for one in outcome.told if one.writes] + [("all", tuple(outcome.writes))]
    lines += [f"{name:10}{len(writes):8}{at(writes, 50):9.1f}{at(writes, 99):9.1f}{max(writes, default=0):9.1f}"
              for name, writes in rows]
    total = Counter[str]()
    for one in outcome.told:
        total.update(one.counts)
    lines.append(", ".join(f"{name} {count:,}" for name, count in sorted(total.items())))
    lines.append(f"p99 of a write: {at(outcome.writes, 99):.0f} ms (budget {BUDGET} ms)")
    lines.append(f"lock errors: {outcome.lock_errors} (budget 0)")
    lines.append(f"audit: {outcome.audit_rows:,} rows, verified in {outcome.verified_in:.2f} s")
    lines.append(f"wrong: {'; '.join(outcome.wrong) or 'nothing'}")
    return "\n".join(lines)


def at(values: Sequence[float], percent: int) -> float:
    """The percentile of some values, 0 without any."""
    if len(values) < 2:
        return sum(values)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _start(role: str, seconds: float, own: str, shared: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "benchmarks.writers_roles", role, str(seconds), own, shared, str(_FINDINGS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _together(running: Sequence[subprocess.Popen[str]]) -> tuple[Told, ...]:
    for process in running:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise SystemExit(f"{process.args} did not start")
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = []
    for role, process in zip(ROLES, running, strict=True):
        assert process.stdout is not None
        line = process.stdout.readline()  # the one line that each of them says at its end
        said = json.loads(line) if line else {"writes": [], "counts": {"fault ended early": 1}}
        told.append(Told(role, tuple(said["writes"]), dict(said["counts"])))
    return tuple(told)


def _checked(told: tuple[Told, ...]) -> Outcome:
    from sqlalchemy import func, select

    from desk.services.office import open_office, reading
    from store import audit
    from store.tables import Audit, Decision, Outbox

    count = Counter[str]()
    for one in told:
        count.update(one.counts)
    office, wrong = open_office(), [f"{number} x {name}" for name, number in count.items() if name.startswith("fault")]
    if count["lock errors"]:
        wrong.append(f"{count['lock errors']} lock errors")
    with reading(office.engine) as session:
        started = time.perf_counter()
        broken = audit.first_broken(session, office.key)
        verified_in = time.perf_counter() - started
        rows = audit.head(session).number
        actions = {row[0]: int(row[1]) for row in
                   session.execute(select(Audit.action, func.count()).group_by(Audit.action))}
        there = {
            "decided": session.scalar(select(func.count()).select_from(Decision)) or 0,
            "undone": session.scalar(select(func.count()).select_from(Decision).where(Decision.undone_at.is_not(None))) or 0,
            "work done": session.scalar(select(func.count()).select_from(Outbox).where(
                Outbox.done_at.is_not(None), Outbox.attempts == 1)) or 0,
            "asked for": session.scalar(select(func.count()).select_from(Outbox)) or 0}
    office.engine.dispose()
    if broken is not None:
        wrong.append(f"the audit is broken from row {broken} on")
    wrong += [f"{name}: {number} in the database, {count[name]} told" for name, number in there.items()
              if number != count[name]]
    wrong += [f"audit of {name}: {actions.get(action, 0)} rows, {count[name]} told" for name, action in (
        ("decided", "decided"), ("undone", "decision_undone"), ("work done", "benchmark_done"), ("remarks", "commented"))
        if actions.get(action, 0) != count[name]]
    return Outcome(told, count["lock errors"], rows, verified_in, tuple(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
