"""How long people wait at the desk: the review page, a decision, the queue, what is out; and the audit's verification.

`python -m benchmarks.desk` starts the desk as people do, with a talk of 500 findings and a queue of 200 submissions, and
beside it a page that says one word on the same server, framework and guard. Requests alternate, so a busy machine slows
both; the ratio tells what is ours. Milliseconds are from the request to the first byte of the answer, over one kept
connection. `--database URL` takes an empty database there instead of SQLite. Exit code 1 when a budget is not kept.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.kills import ROOT, start
from benchmarks.writers import at

#: Milliseconds to the first byte of the review page, and for a decision; seconds to verify 100,000 rows.
PAGE, DECISION, VERIFIED = 150.0, 100.0, 5.0
FINDINGS, SLIDES, QUEUE, RELEASED, ROWS = 500, 60, 200, 100, 100_000
_TRIVIAL = "a page of one word"


@dataclass(frozen=True, slots=True)
class Line:
    """Milliseconds of one kind of request, beside those of the page of one word; `budget` is 0 where there is none."""

    name: str
    taken: tuple[float, ...]
    budget: float = 0.0

    @property
    def kept(self) -> bool:
        """Whether 95 of 100 are within the budget."""
        return not self.budget or at(self.taken, 95) <= self.budget


def main() -> int:
    """Run and print the table; 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the audit that is verified")
    parser.add_argument("--database", default="", help="URL of an empty database; SQLite in a fresh folder without it")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dp-desk-"))
    os.environ["DECKPRISM_DATA"] = str(folder / "data")
    os.environ["DECKPRISM_DATABASE"] = given.database
    try:
        long, cookie, csrf = fill()
        lines = measured(folder, long, cookie, csrf, given.rounds)
        verified = verify(given.rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(lines))
    budget = VERIFIED * given.rows / ROWS
    print(f"audit of {given.rows:,} rows verified in {verified:.2f} s (budget {budget:.1f} s): "
          f"{'kept' if verified <= budget else 'NOT KEPT'}")
    return 0 if all(line.kept for line in lines) and verified <= budget else 1


def fill() -> tuple[str, str, str]:
    """People, the talk of 500 findings, the queue and what is out; the talk's id, a reviewer's cookie and form secret."""
    from benchmarks.desk_talk import put_in, staff, talk
    from desk.services.office import open_office, writing
    from store import people
    from store.tables import Submission
    from store.tables_review import Build, Release

    office = open_office()
    staff(office)
    long = put_in(office, *talk(FINDINGS, SLIDES), title="The long talk")
    for number in range(QUEUE - 1):
        put_in(office, *talk(20, 5), title=f"Talk {number}")
    out = [put_in(office, *talk(20, 5), title=f"Released {number}") for number in range(RELEASED)]
    with writing(office.engine) as session:
        for number, identity in enumerate(out):
            row = session.get(Submission, identity)
            assert row is not None
            row.state = "released"
            session.add(Build(id=f"b{number}", submission=identity, number=1, basis="x", state="done", status="clear",
                              slug="talk", content_hash=f"{number:064x}", figures="{}", reason="", made_at=row.changed_at))
            session.flush()
            session.add(Release(id=f"r{number}", submission=identity, build=f"b{number}", content_hash=f"{number:064x}",
                                signature="0" * 64, audience="all", by="pia", at=row.changed_at,
                                published_at=row.changed_at))
        cookie = people.sign_in(session, "rev1")
        found = people.signed_in(session, cookie)
    office.engine.dispose()
    assert found is not None
    return long, cookie, found.csrf


def measured(folder: Path, long: str, cookie: str, csrf: str, rounds: int) -> list[Line]:
    """The requests of all kinds, so many of each in turn, after three that are not counted."""
    process, address = start(folder)
    other, trivial = _trivial(folder)
    page = f"/review/{long}"
    try:
        headers = {"x-csrf-token": csrf, "cookie": f"deckprism={cookie}"}
        with httpx.Client(base_url=address, headers=headers, timeout=60) as desk, \
                httpx.Client(base_url=trivial, timeout=60) as plain:
            version = [_version(desk, page)]

            def decide(number: int) -> float:
                form = {"version": str(version[0]), "group": f"person-{number % FINDINGS}", "action": "replace",
                        "text": f"a colleague in round {number}", "unit": str(number % SLIDES + 1)}
                taken = _first_byte(desk, "POST", f"{page}/decide", form)
                version[0] = _version(desk, page)
                return taken

            kinds: dict[str, tuple[Callable[[int], float], float]] = {
                _TRIVIAL: (lambda _: _first_byte(plain, "GET", "/word"), 0.0),
                f"review page, {FINDINGS} findings": (
                    lambda number: _first_byte(desk, "GET", f"{page}?unit={number % SLIDES + 1}"), PAGE),
                "a decision": (decide, DECISION),
                f"queue of {QUEUE}": (lambda _: _first_byte(desk, "GET", "/review?tab=all"), 0.0),
                f"what is out, {RELEASED}": (lambda _: _first_byte(desk, "GET", "/released"), 0.0),
            }
            taken: dict[str, list[float]] = {name: [] for name in kinds}
            for number in range(-3, rounds):
                for name, (ask, _) in kinds.items():
                    took = ask(number + 3)
                    if number >= 0:
                        taken[name].append(took)
    finally:
        for each in (process, other):
            each.terminate()
            each.wait()
            if each.stdout is not None:
                each.stdout.close()
    return [Line(name, tuple(taken[name]), budget) for name, (_, budget) in kinds.items()]


def table(lines: Sequence[Line]) -> str:
    """The figures as lines."""
    base = statistics.median(next(line.taken for line in lines if line.name == _TRIVIAL))
    made = [f"{'ms to the first byte':28}{'p50':>8}{'p95':>8}{'ratio':>8}   budget of p95"]
    for line in lines:
        budget = f"   {line.budget:.0f} ms: {'kept' if line.kept else 'NOT KEPT'}" if line.budget else ""
        middle = statistics.median(line.taken)
        made.append(f"{line.name:28}{middle:8.1f}{at(line.taken, 95):8.1f}{middle / base:8.1f}{budget}")
    return "\n".join(made)


def verify(rows: int) -> float:
    """Write so many rows of the audit and verify the chain; the seconds of the second. Raises SystemExit if it is broken."""
    from desk.services.office import open_office, reading, writing
    from store import audit

    office = open_office()
    while (left := rows - _rows(office.engine)) > 0:
        with writing(office.engine) as session:
            for number in range(min(left, 2000)):
                audit.record(session, office.key, "rev1", "decided", "submission:0",
                             {"target": f"person-{number}", "places": 1})
    with reading(office.engine) as session:
        started = time.perf_counter()
        broken = audit.first_broken(session, office.key)
        taken = time.perf_counter() - started
    office.engine.dispose()
    if broken is not None:
        raise SystemExit(f"The audit is broken from row {broken} on.")
    return taken


def _rows(engine: object) -> int:
    from sqlalchemy import Engine

    from desk.services.office import reading
    from store import audit

    assert isinstance(engine, Engine)
    with reading(engine) as session:
        return audit.head(session).number


def _first_byte(client: httpx.Client, method: str, path: str, form: dict[str, str] | None = None) -> float:
    """Milliseconds until the first byte is there. Raises SystemExit when the answer is not what people hope for."""
    started = time.perf_counter()
    with client.stream(method, path, data=form) as answer:
        taken = (time.perf_counter() - started) * 1000
        answer.read()
        if answer.status_code not in {200, 204, 303}:
            raise SystemExit(f"{method} {path} was answered with {answer.status_code}")
    return taken


def _version(desk: httpx.Client, page: str) -> int:
    found = re.search(r'name="version" value="(\d+)"', desk.get(page).text)
    if found is None:
        raise SystemExit("the review page has no form")
    return int(found[1])


def _trivial(folder: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen([sys.executable, "-P", "-c", "from benchmarks.desk import serve_a_word; serve_a_word()"],
                               cwd=folder, text=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def serve_a_word() -> None:
    """The page that the desk is measured against: the same server, framework and guard, and nothing to do."""
    import socket

    import uvicorn
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    from desk.web.guard import Guard
    from desk.web.site import Site

    app = FastAPI()
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    app.add_middleware(Guard, site=Site(frozenset({address})))

    @app.get("/word")
    def word() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Word</title><p>Word")

    print(f"http://{address}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])


if __name__ == "__main__":
    raise SystemExit(main())
