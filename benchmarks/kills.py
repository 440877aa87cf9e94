"""Kills a running desk again and again while files go from hand-in to release, and says what was lost: nothing may be.

`python -m benchmarks.kills --files 60 --kills 200` is the long run; a short one is part of the tests. Each kill is -9
of the whole command at a random moment (`--seed`), then it is started again. At the end every file must be released
once, nothing may have been done twice, no work may be left, and the audit must verify.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
_ROLES = {"ana": ["submitter"], "bo": ["approver"], "cy": ["publisher"]}
_SCOPES = {"ana": ["submit", "read"], "bo": ["approve", "read"], "cy": ["release", "read"]}


def main() -> int:
    """Run and print one line of figures; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dp-kills-"))
    os.environ["DECKPRISM_DATA"] = str(folder / "data")
    try:
        return run(folder, given.files, given.kills, random.Random(given.seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, files: int, kills: int, chance: random.Random) -> int:
    """The whole of it; returns the exit code."""
    tokens, started = staff(), time.perf_counter()
    waiting = [deck(number) for number in range(files)]
    known: dict[int, str] = {}
    released: set[int] = set()
    slowest = 0.0
    for turn in range(kills + 1):
        process, address = start(folder)
        begun = time.monotonic()
        killer = threading.Timer(chance.uniform(0.05, 6.0) if turn < kills else 3600.0, process.kill)
        killer.start()
        clients = {name: httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=60)
                   for name, token in tokens.items()}
        while len(released) < files:
            try:
                step(clients, waiting, known, released)
            except (httpx.HTTPError, ValueError):  # killed in the middle of an answer
                break
            slowest = time.monotonic() - begun
        if turn < kills:
            process.wait()
        killer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        if len(released) == files and turn >= kills:
            break
        if len(released) == files:  # all is out before the last kill: more to do
            waiting.append(deck(len(waiting)))
            files += 1
    wrong = audit(folder, files)
    print(f"{files} files, {kills} kills, {time.perf_counter() - started:.0f} s; the last start had all released after "
          f"{slowest:.1f} s; wrong: {wrong or 'nothing'}")
    return 1 if wrong else 0


def step(clients: dict[str, httpx.Client], waiting: list[bytes], known: dict[int, str], released: set[int]) -> None:
    """Hand in what is not known yet, approve and release what is ready. A ticket makes hand-ins safe to repeat."""
    for number, content in enumerate(waiting):
        if number not in known:
            sent = clients["ana"].post("/api/v1/submissions", data={"ticket": f"{number:032x}", "channels": "blog"},
                                       files={"files": (f"talk-{number}.pptx", content)})
            known[number] = sent.json()["results"][0]["id"]
            return
    for number, identity in known.items():
        if number in released:
            continue
        state = clients["ana"].get(f"/api/v1/submissions/{identity}").json()["state"]
        if state == "decided":
            pieces = clients["bo"].get(f"/api/v1/submissions/{identity}/pieces").json()
            clients["bo"].post(f"/api/v1/submissions/{identity}/approve", json={"content_hash": pieces["content_hash"]})
        elif state == "approved":
            clients["cy"].post(f"/api/v1/submissions/{identity}/release", json={"audience": "all"})
        elif state == "released":
            released.add(number)


def audit(folder: Path, files: int) -> list[str]:
    """What is not as it should be after the last start."""
    from collections import Counter

    from sqlalchemy import select

    from desk.services.office import open_office, reading
    from flows.local_results import content_hash
    from store import audit, outbox
    from store.tables import Document, Submission
    from store.tables_review import Build, Release

    process, _ = start(folder)
    office, wrong = open_office(), []
    for _ in range(600):
        with reading(office.engine) as session:
            if not outbox.waiting(session):
                break
        time.sleep(0.1)
    process.kill()
    process.wait()
    with reading(office.engine) as session:
        if outbox.waiting(session):
            wrong.append("work is left")
        if audit.first_broken(session, office.key) is not None:
            wrong.append("the audit does not verify")
        states = Counter(session.scalars(select(Submission.state)))
        if states != {"released": files}:
            wrong.append(f"states {dict(states)}")
        if len(session.scalars(select(Document)).all()) != files:
            wrong.append("documents were doubled or lost")
        twice = [one for one, count in Counter(session.scalars(select(Release.submission))).items() if count > 1]
        if twice:
            wrong.append(f"{len(twice)} released twice")
        for build in session.scalars(select(Build).where(Build.state == "done")):
            if content_hash(office.builds() / build.id / build.slug) != build.content_hash:
                wrong.append("a build is not what was written down")
    if len(list(office.files.path("0" * 64).parents[1].glob("??/*"))) != files:
        wrong.append("originals were doubled or lost")
    if list(office.cases().glob(".work-*")):
        wrong.append("staging folders are left")
    return wrong


def start(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """A desk as people start it, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "desk.command", "desk", "--port", "0"], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    if found is None:
        raise SystemExit("the desk did not start")
    return process, found[0]


def staff() -> dict[str, str]:
    """People with their tokens, and the policy that one approval is enough."""
    from desk.services.office import open_office, set_setting, writing
    from store import people

    office = open_office()
    with writing(office.engine) as session:
        for name, roles in _ROLES.items():
            people.add_user(session, name, "", [(role, "*") for role in roles])
        set_setting(session, "policy", {"pilot_first": False, "acknowledge": False, "second_approver_from": ""}, "ana")
        made = {name: people.make_token(session, name, scopes, 1) for name, scopes in _SCOPES.items()}
    office.engine.dispose()
    return made


def deck(number: int) -> bytes:
    """A small deck in which nothing is risky."""
    from pptx import Presentation

    show, stream = Presentation(), io.BytesIO()
    for page in range(1, 4):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"How notes travel, part {number}, step {page}"
        slide.placeholders[1].text = f"Teams that write {page + 2} notes a week find answers sooner, in round {number}."
    show.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
