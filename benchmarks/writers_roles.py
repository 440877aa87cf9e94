"""What each of the writers of benchmarks/writers.py does until its time is up: reviewer, worker, command, backup.

Each is a process of its own with an office of its own and calls what the desk itself calls. It says "ready" when it has
loaded everything, begins at the line "go", and tells what it did as one JSON line. A lock error is counted and the role
goes on, as people would.
"""

from __future__ import annotations

import json
import random
import secrets
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import OperationalError

from benchmarks.desk_talk import actor
from content.decision import Action
from desk.services import claims, decisions, marks, users
from desk.services.office import Office, open_office, reading, writing
from store import audit, outbox
from store.database import open_database
from store.submissions import Stale
from store.tables import Base, Submission

#: The kind of work that the command asks for and the workers do.
KIND = "benchmark"
_ME = "the benchmark"
_OPEN = 6  # findings at the end of a talk that nobody decides, so that no pieces are asked for


@dataclass
class Tally:
    """What a role did: milliseconds of each write, and counts by name."""

    role: str
    writes: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, what: str, action: Callable[[], object]) -> bool:
        """Do a write and count it, or what became of it; True when it was done."""
        started = time.perf_counter()
        try:
            action()
        except Stale:
            self.counts["conflicts"] += 1
            return False
        except OperationalError as error:
            self.counts["lock errors" if is_lock(error) else f"fault {type(error.orig).__name__}"] += 1
            return False
        except Exception as error:  # counted by its kind; the run fails and goes on to the end
            self.counts[f"fault {type(error).__name__}"] += 1
            return False
        self.writes.append((time.perf_counter() - started) * 1000)
        self.counts[what] += 1
        return True


def is_lock(error: OperationalError) -> bool:
    """Whether somebody waited for a lock in vain: busy or locked on SQLite, a deadlock or a time-out on PostgreSQL."""
    code = getattr(error.orig, "sqlstate", None) or ""
    return "locked" in str(error.orig) or "busy" in str(error.orig) or code in {"40P01", "40001", "55P03"}


def reviewer(office: Office, tally: Tally, until: float, talks: Sequence[str], chance: random.Random) -> None:
    """Decides, takes back, remarks and shows that they are there, in a talk of their own and in one shared by all."""
    me, number = actor(office, tally.role.replace("web", "rev")), 0
    while time.time() < until:
        number += 1
        talk = talks[number % 4 == 0]
        with reading(office.engine) as session:
            version = session.scalar(select(Submission.version).where(Submission.id == talk)) or 0
        target = f"person-{chance.randrange(int(talks[2]) - _OPEN)}"
        text = f"a colleague in round {number}"

        def decide(talk: str = talk, version: int = version, target: str = target, text: str = text) -> object:
            return decisions.decide(office, me, talk, version, [target], Action.REPLACE, text)

        def undo(talk: str = talk) -> object:
            return decisions.undo(office, me, talk)

        def remark(talk: str = talk, text: str = text) -> object:
            return marks.comment(office, me, talk, text)

        def here(talk: str = talk) -> object:
            return claims.here(office, me, talk)

        decided = tally.write("decided", decide)
        if decided and number % 6 == 0:
            tally.write("undone", undo)
        if number % 7 == 0:
            tally.write("remarks", remark)
        if number % 3 == 0:
            tally.write("signs of life", here)


def worker(office: Office, tally: Tally, until: float) -> None:
    """Takes work from the outbox and does it, as the desk's own threads do."""
    while time.time() < until:
        with reading(office.engine) as session:
            if not outbox.ready(session, (KIND,)):
                time.sleep(0.01)
                continue
        taken: list[outbox.Work] = []

        def lease(taken: list[outbox.Work] = taken) -> None:
            with writing(office.engine) as session:
                work = outbox.lease(session, tally.role, 60, kinds=(KIND,))
                taken += [work] if work else []

        if not tally.write("leases", lease) or not taken:
            continue

        def done(work: outbox.Work = taken[0]) -> None:
            with writing(office.engine) as session:
                if outbox.done(session, work, tally.role):
                    audit.record(session, office.key, _ME, "benchmark_done", f"work:{work.id}")

        while not tally.write("work done", done):
            if time.time() > until + 30:
                return


def command(office: Office, tally: Tally, until: float) -> None:
    """Opens the store anew each time as a command does; adds a user, changes another, asks for work."""
    number = 0
    while time.time() < until:
        number += 1
        mine = open_office()
        name = f"user{number // 10}"

        def change(mine: Office = mine, name: str = name, number: int = number) -> None:
            roles = [("submitter", "*")] if number % 2 else [("submitter", "*"), ("auditor", "*")]
            if number % 10 == 0 or number == 1:
                users.add(mine, users.operator(), name, roles)
            else:
                users.change(mine, users.operator(), name, roles, name, "")

        def ask(mine: Office = mine) -> None:
            with writing(mine.engine) as session:
                for _ in range(5):
                    outbox.put(session, KIND, secrets.token_hex(8), 1)
                audit.record(session, mine.key, _ME, "benchmark_asked", "work:5")

        tally.write("users", change)
        if tally.write("asked", ask):
            tally.counts["asked for"] += 5
        mine.engine.dispose()


def backup(office: Office, tally: Tally, until: float) -> None:
    """Copies the database while it is written (SQLite), or reads all of it in one long look (PostgreSQL), and checks it."""
    url, longest = office.engine.url, 0.0
    while time.time() < until:
        started = time.perf_counter()
        try:
            sound = _copied(str(url.database), office.key) if url.get_backend_name() == "sqlite" \
                else _looked(office.engine, office.key)
        except (OperationalError, sqlite3.OperationalError) as error:
            locked = is_lock(error) if isinstance(error, OperationalError) else "locked" in str(error)
            tally.counts["lock errors" if locked else f"fault {type(error).__name__}"] += 1
            continue
        longest = max(longest, time.perf_counter() - started)
        tally.counts["copies" if sound else "fault broken copy"] += 1
        time.sleep(0.5)
    tally.counts["longest copy, ms"] = round(longest * 1000)


def _copied(database: str, key: bytes) -> bool:
    with tempfile.TemporaryDirectory(prefix="dp-copy-") as folder:
        place = Path(folder) / "copy.db"
        with closing(sqlite3.connect(database, timeout=10)) as source, closing(sqlite3.connect(place)) as target:
            source.backup(target)  # in one step: a step by step copy begins anew at every write of another process
        engine = open_database(f"sqlite:///{place}")
        try:
            with reading(engine) as session:
                fine = session.connection().exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
                return fine and audit.first_broken(session, key) is None
        finally:
            engine.dispose()


def _looked(engine: Engine, key: bytes) -> bool:
    from sqlalchemy.orm import Session

    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        before = _sizes(connection)
        sound = audit.first_broken(Session(connection), key) is None
        time.sleep(1.0)
        return sound and before == _sizes(connection)


def _sizes(connection: Connection) -> dict[str, int]:
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables}


def main() -> None:
    """One role: `name seconds own-talk shared-talk findings`."""
    name, seconds, own, shared, findings = sys.argv[1:]
    office, tally = open_office(), Tally(name)
    if name.startswith("web"):
        from desk.services.material import scanned

        for talk in (own, shared):
            scanned(office, talk)
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.time() + float(seconds)
    if name.startswith("web"):
        reviewer(office, tally, until, (own, shared, findings), random.Random(name))
    elif name.startswith("worker"):
        worker(office, tally, until)
    else:
        {"command": command, "backup": backup}[name](office, tally, until)
    office.engine.dispose()
    print(json.dumps({"role": name, "writes": tally.writes, "counts": tally.counts}), flush=True)


if __name__ == "__main__":
    main()
