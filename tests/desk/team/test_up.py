"""`deckprism up` as people start it, once for the whole module: what a team does, and a kill of each of its parts."""

from __future__ import annotations

import base64
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.commands.sending import send_to_desk
from desk.rights import Actor
from desk.services import approvals, builds, releases
from desk.services.office import Office, open_office, reading, writing
from desk.services.submissions import Intake, submit
from desk.services.uploads import Upload
from store import people
from store.tables import Outbox, Submission
from store.tables_review import Build, Release
from tests.desk import releasing

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
#: Stand in decks and in names of files: they must never reach Prefect.
PLANTED = ("Quillmarsh", "colleague on a train", "notes a week", "planted-name")
#: Seconds within which work goes on after a kill, and what a test waits at most. On a slow machine as many as the first
#: start of all parts took in this very run: to start one of them anew and do the work of one deck is less than that.
GOES_ON, PATIENCE = 60.0, 240.0


class Up:
    """The command, its processes and its store."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, address: str, office: Office) -> None:
        self.process, self.folder, self.address, self.office = process, folder, address, office
        self.soon = GOES_ON
        with reading(office.engine) as session:
            self.people = {name: Actor(people.person(session, name)) for name in releasing.ROLES}

    def part(self, word: str) -> int:
        """The process id of a part, by a word of its command; 0 when there is none."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    command = (entry / "cmdline").read_text()
                except (OSError, ValueError, IndexError):
                    continue
                if parent == self.process.pid and word in command:
                    return int(entry.name)
        return 0

    def hand_in(self, number: int, customer: str = "") -> str:
        upload = Upload(self.office, f"planted-name-{number}.pptx")
        upload.write(releasing.deck(customer, f"It was tried {number} times."))
        return submit(self.office, self.people["ana"], (upload,), Intake(), "")[0].id

    def state(self, identity: str) -> str:
        with reading(self.office.engine) as session:
            return session.get(Submission, identity).state

    def held(self, identity: str) -> bool:
        with reading(self.office.engine) as session:
            return bool(session.scalar(select(Outbox.leased_by).where(Outbox.subject == identity)))

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def prefect(self, path: str, body: dict[str, object]) -> list[dict[str, object]]:
        state = json.loads((self.folder / "prefect" / "server.json").read_text())
        request = urllib.request.Request(f"http://127.0.0.1:{state['port']}/api{path}", json.dumps(body).encode())
        request.add_header("content-type", "application/json")
        request.add_header("authorization", "Basic " + base64.b64encode(state["password"].encode()).decode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def runs(self, key: str) -> list[dict[str, object]]:
        """Runs whose idempotency key begins so."""
        return [run for run in self.prefect("/flow_runs/filter", {"sort": "START_TIME_DESC"})
                if str(run["idempotency_key"] or "").startswith(key)]


def until(what: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait; returns the seconds it took."""
    began = time.monotonic()
    while not _answer(what):
        assert time.monotonic() - began < seconds, "it never came to be"
        threading.Event().wait(0.2)
    return time.monotonic() - began


def _answer(what: Callable[[], object]) -> object:
    try:
        return what()
    except OSError:  # the server that is asked is being started again
        return False


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    folder = tmp_path_factory.mktemp("team")
    (folder / "customers.csv").write_text(f"name,industry\n{releasing.CUSTOMER},food\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DECKPRISM_"))}
    environment = {**kept, "DECKPRISM_DATA": str(folder / "data"), "PREFECT_HOME": str(folder / "none"), "PYTHONPATH": str(ROOT)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        office = open_office(None, folder / "customers.csv", folder / "out")
        with writing(office.engine) as session:
            for person, roles in releasing.ROLES.items():
                people.add_user(session, person, "", roles, person.title(), "", f"{person}@desk.invalid")
        with (folder / "said").open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "desk.command", "up", "--port", "0", "--customers", str(folder / "customers.csv"),
                 "--publish-to", str(folder / "out")], stdout=said, stderr=said, text=True, env=environment, cwd=folder)
        began = time.monotonic()
        try:
            until(lambda: "Prefect's page" in (folder / "said").read_text() or process.poll() is not None)
            lines = (folder / "said").read_text().splitlines()
            address = next(line for line in lines if line.startswith("The desk is open")).rpartition(" ")[2]
            made = Up(process, folder / "data", address, office)
            until(lambda: made.get("/readyz")[0] == 200)
            # The run that a worker's start asks for would take the work of the first test out of its run's hands. On a slow
            # machine a scheduled one comes before it, and it is cancelled then.
            until(lambda: made.runs("worker:") and not {"SCHEDULED", "PENDING", "RUNNING"} & {
                str(run["state_type"]) for run in made.runs("worker:")})
            made.soon = max(GOES_ON, time.monotonic() - began)
            until(lambda: not any(run["state_type"] == "RUNNING" for run in made.runs("")))
            yield made
        finally:
            process.terminate()
            process.wait(60)
            office.engine.dispose()


def test_a_clean_file_is_decided_and_a_risky_one_waits_for_people(up: Up) -> None:
    with writing(up.office.engine) as session:
        token = people.make_token(session, "ana", ("submit",), 30)
    file = up.folder / "planted-name.pptx"
    file.write_bytes(releasing.deck())
    clean = send_to_desk(up.address, token, file, Intake()).id
    risky = up.hand_in(1, releasing.CUSTOMER)
    until(lambda: (up.state(clean), up.state(risky)) == ("decided", "in_review"))
    until(lambda: {run["state_name"] for run in up.runs("process:")} == {"Decided", "AwaitingReview"})
    assert [run["parameters"] for run in up.runs(f"process:{clean}")] == [{"submission_id": clean}]
    [table] = up.prefect("/artifacts/filter", {"artifacts": {"key": {"any_": [f"submission-{clean}-done"]}}})
    [row] = json.loads(str(table["data"]))
    assert (row["work"], row["id"], row["state"]) == ("process", clean, "done")
    [link] = up.prefect("/artifacts/filter", {"artifacts": {"key": {"any_": [f"submission-{clean}-desk"]}}})
    assert f"{up.address}/jobs/{clean}" in str(link["data"])


def test_an_approval_asked_for_twice_is_one_release(up: Up) -> None:
    identity = up.hand_in(2)
    until(lambda: up.state(identity) == "decided")
    with reading(up.office.engine) as session:
        build = builds.current(up.office, session, identity)
    approvals.approve(up.office, up.people["ben"], identity, build.content_hash)
    made = {releases.release(up.office, up.people["pia"], identity, "all").id for _ in range(2)}
    [release] = made
    published = up.folder.parent / "out" / "all" / build.slug / "release.json"
    until(published.exists)
    assert json.loads(published.read_text())["release"] == release
    until(lambda: [run["state_name"] for run in up.runs(f"{identity}:")] == ["Released"])
    assert [run["idempotency_key"] for run in up.runs(f"{identity}:")] == [f"{identity}:{release}"]
    with reading(up.office.engine) as session:
        assert len(session.scalars(select(Release).where(Release.submission == identity)).all()) == 1


def test_work_goes_on_when_the_worker_is_killed_in_the_middle(up: Up) -> None:
    identity = up.hand_in(3)
    until(lambda: up.held(identity))
    worker = up.part("worker_process")
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: up.state(identity) == "decided") < up.soon
    assert up.part("worker_process") not in {0, worker}
    until(lambda: not [run for run in up.runs("process:") if run["state_type"] in {"RUNNING", "PENDING"}])
    assert "CRASHED" in {run["state_type"] for run in up.runs(f"process:{identity}")}
    with reading(up.office.engine) as session:
        assert len(session.scalars(select(Build).where(Build.submission == identity)).all()) == 1


def test_work_waits_while_prefect_is_away_and_is_done_when_it_is_back(up: Up) -> None:
    server = up.part("server_process")
    address = json.loads((up.folder / "prefect" / "server.json").read_text())["port"]
    os.kill(server, signal.SIGKILL)
    identity = up.hand_in(4)
    # Either it is seen to be away, or it has been started again before anybody could look.
    until(lambda: up.get("/readyz")[0] == 503 or up.part("server_process") not in {0, server})
    assert json.loads(up.get("/readyz")[1])["database"] == "ok"
    assert up.get("/healthz") == (200, "ok")
    assert until(lambda: up.state(identity) == "decided") < up.soon
    assert json.loads((up.folder / "prefect" / "server.json").read_text())["port"] == address


def test_the_desk_is_there_again_when_it_is_killed(up: Up) -> None:
    os.kill(up.part("desk.command"), signal.SIGKILL)
    assert until(lambda: up.get("/healthz") == (200, "ok") and up.get("/readyz")[0] == 200) < up.soon
    identity = up.hand_in(5)
    until(lambda: up.state(identity) == "decided")


def test_no_text_of_a_document_is_in_prefects_database_or_in_a_log(up: Up) -> None:
    files = [*(up.folder / "prefect").rglob("*"), *(up.folder / "team").rglob("*"), up.folder.parent / "said"]
    with sqlite3.connect(up.folder / "prefect" / "prefect.db") as database:
        assert database.execute("SELECT count(*) FROM flow_run WHERE name LIKE 'process-%'").fetchone()[0] >= 2
    read = 0
    for file in files:
        if file.is_file():
            content = file.read_bytes()
            read += len(content)
            assert not [word for word in PLANTED if word.encode() in content], file.name
    assert read > 100_000


def test_it_ends_with_all_it_started_and_gives_work_back(up: Up) -> None:
    """The last of the module: it stops the command."""
    identity = up.hand_in(6)
    until(lambda: up.held(identity))
    parts = [up.part(word) for word in ("server_process", "worker_process", "desk.command")]
    up.process.terminate()
    assert up.process.wait(60) == 0
    assert not [pid for pid in parts if Path(f"/proc/{pid}").exists()]
    with reading(up.office.engine) as session:
        row = session.scalar(select(Outbox).where(Outbox.subject == identity))
        assert row.done_at is not None or row.leased_by == ""
    with sqlite3.connect(up.folder / "prefect" / "prefect.db") as database:
        under_way = database.execute("SELECT count(*) FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING')").fetchone()[0]
    assert under_way == 0
