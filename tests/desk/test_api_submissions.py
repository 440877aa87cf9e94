"""The API, the command and the pages for handing in: the same rules and rights everywhere, over a real server where it
matters (streams, kills)."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from desk.services import uploads
from desk.services.office import Office, reading, writing
from desk.services.progress import status
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from store.tables import Submission

ROOT = Path(__file__).resolve().parents[2]
#: The tests do not depend on which checkout is installed beside the interpreter.
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def files_in(folder: Path) -> list[Path]:
    return [file for file in (folder / "files").rglob("*") if file.is_file()]


# ---------------------------------------------------------------- the API


def test_files_are_handed_in_listed_looked_at_stopped_and_started(desk, work, make_deck):
    desk.actor("ana")
    api = desk.api("ana", "submit", "read")
    content = make_deck()
    answer = api.post("/api/v1/submissions", data={"title": "How notes travel", "channels": "blog audio", "purpose": "share"},
                      files=[("files", ("talk.pptx", content)), ("files", ("again.pptx", content))])
    assert answer.status_code == 201
    first, second = answer.json()["results"]
    assert first["duplicate_of"] is None
    assert second["duplicate_of"]["id"] == first["id"]
    listed = api.get("/api/v1/submissions?most=1").json()
    assert [row["id"] for row in listed["submissions"]] == [second["id"]]
    rest = api.get("/api/v1/submissions", params={"before": listed["next"]}).json()
    assert [row["id"] for row in rest["submissions"]] == [first["id"]] and rest["next"] == ""
    stopped = api.post(f"/api/v1/submissions/{first['id']}/cancel")
    assert (stopped.status_code, stopped.json()["job"]) == (200, "cancelled")
    assert api.post(f"/api/v1/submissions/{first['id']}/cancel").status_code == 409
    assert api.post(f"/api/v1/submissions/{first['id']}/retry").json()["job"] == "waiting"
    work.drain()
    found = api.get(f"/api/v1/submissions/{first['id']}").json()
    assert (found["state"], found["job"], found["title"]) == ("decided", "done", "How notes travel")
    assert [each["state"] for each in found["stages"]] == ["done"] * 8
    assert found["figures"]["made:blog"] >= 1


def test_scopes_are_enforced_and_errors_are_json(desk, make_deck):
    desk.actor("ana")
    desk.actor("ben")
    body = {"files": ("talk.pptx", make_deck())}
    reader, sender, other = desk.api("ana", "read"), desk.api("ana", "submit"), desk.api("ben", "submit", "read")
    assert reader.post("/api/v1/submissions", files=body).status_code == 403
    assert files_in(desk.office.folder) == []
    made = sender.post("/api/v1/submissions", files=body).json()["results"][0]["id"]
    cases = [
        (sender.get(f"/api/v1/submissions/{made}"), 403), (sender.get("/api/v1/submissions"), 403),
        (reader.post(f"/api/v1/submissions/{made}/cancel"), 403), (other.get(f"/api/v1/submissions/{made}"), 404),
        (other.post(f"/api/v1/submissions/{made}/cancel"), 404), (other.get("/api/v1/submissions/" + "f" * 16), 404),
        (reader.get("/api/v1/submissions?most=0"), 422), (reader.post("/api/v1/check", json={"text": "words"}), 403),
        (sender.post("/api/v1/check", json={"text": ""}), 422), (sender.post("/api/v1/check", content=b"{"), 422),
        (sender.post("/api/v1/submissions", data={"title": "no file"}), 400),
        (sender.post("/api/v1/submissions", content=b"not a form", headers={"content-type": "multipart/form-data"}), 400),
        (sender.post("/api/v1/submissions", json={}), 400),
    ]
    for answer, code in cases:
        assert answer.status_code == code, (answer.request.url, answer.text)
        assert set(answer.json()) == {"detail"}
    anonymous = TestClient(create_app(desk.office, Site()))
    assert anonymous.get("/api/v1/submissions").status_code == 401
    bad = anonymous.get("/api/v1/submissions", headers={"authorization": "Bearer dp_nonsense"})
    assert bad.status_code == 401 and "Make a new one" in bad.json()["detail"]


def test_what_is_refused_is_said_for_programs_and_for_people(desk, monkeypatch, make_deck):
    desk.actor("ana")
    api = desk.api("ana", "submit")
    monkeypatch.setattr(uploads, "LARGEST_FILE", 300_000)
    large = api.post("/api/v1/submissions", files={"files": ("large.pptx", b"0" * 400_000)})
    assert large.status_code == 413
    assert large.json()["results"][0]["code"] == "TooLarge" and "larger than" in large.json()["detail"]
    wrong = api.post("/api/v1/submissions", files={"files": ("photo.pptx", b"\x89PNG" + b"0" * 400)})
    assert (wrong.status_code, wrong.json()["results"][0]["code"]) == (422, "UnreadableFile")
    mixed = api.post("/api/v1/submissions", files=[("files", ("photo.png", b"\x89PNG" + b"0" * 400)),
                                                   ("files", ("talk.pptx", make_deck(2)))])
    assert mixed.status_code == 200
    assert [bool(each["id"]) for each in mixed.json()["results"]] == [False, True]
    assert len(files_in(desk.office.folder)) == 1


def test_the_api_is_described(desk):
    desk.actor("ana")
    described = desk.api("ana", "read").get("/api/openapi.json").json()
    for path in ("/submissions", "/submissions/{identity}", "/submissions/{identity}/cancel", "/check"):
        assert f"/api/v1{path}" in described["paths"]
    post = described["paths"]["/api/v1/submissions"]["post"]
    assert "multipart/form-data" in post["requestBody"]["content"]
    assert post["security"] and {"401", "403", "413"} <= set(post["responses"])


def test_a_text_is_checked_and_nothing_of_it_is_kept(desk, customer):
    desk.actor("ana")
    answer = desk.api("ana", "submit").post("/api/v1/check", json={"text": f"We sold it to {customer} in May."})
    assert answer.status_code == 200
    [found] = [each for each in answer.json()["found"] if each["category"] == "customer"]
    assert (found["name"], found["holds"], found["places"][0]["text"]) == (customer, True, customer)
    for file in desk.office.folder.rglob("*"):
        if file.is_file():
            assert customer.encode() not in file.read_bytes(), file


# ---------------------------------------------------------------- the pages


def ticket_of(page: str) -> str:
    return re.search(r'name="ticket" value="([0-9a-f]+)"', page)[1]


def test_the_form_takes_files_without_script_and_says_what_became_of_each(desk, make_deck):
    desk.actor("ana")
    browser = desk.browser("ana", follow=False)
    csrf = browser.headers.pop("x-csrf-token")
    form = {"csrf": csrf, "ticket": ticket_of(browser.get("/submit").text), "title": "A talk", "channels": ["blog", "social"]}
    content = make_deck()
    one = browser.post("/submit", data=form, files={"files": ("talk.pptx", content)})
    assert one.status_code == 303
    assert re.match(r"/jobs/[0-9a-f]{16}\?note=", one.headers["location"])
    again = browser.post("/submit", data=form, files={"files": ("talk.pptx", content)})
    assert again.headers["location"] == one.headers["location"]  # sent twice by a double click
    form["ticket"] = ticket_of(browser.get("/submit").text)
    mixed = browser.post("/submit", data=form, files=[("files", ("talk <b>.pptx", content)),
                                                      ("files", ("photo.pdf", b"\xff\xd8\xff" + b"0" * 99))])
    assert mixed.status_code == 200
    assert "talk &lt;b&gt;.pptx" in mixed.text and "JPEG picture" in mixed.text
    assert "handed in by Ana on" in mixed.text
    assert 'value="A talk"' in mixed.text  # what was typed is not lost
    none = browser.post("/submit", data=form, files={"files": ("", b"")})
    assert none.status_code == 400 and "Choose at least one file" in none.text


def test_a_form_without_its_secret_keeps_nothing(desk, make_deck):
    desk.actor("ana")
    browser = desk.browser("ana", follow=False)
    del browser.headers["x-csrf-token"]
    for data in ({}, {"csrf": "wrong"}):
        answer = browser.post("/submit", data=data, files={"files": ("talk.pptx", make_deck())})
        assert answer.status_code == 403
    foreign = browser.post("/submit", files={"files": ("talk.pptx", make_deck())}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert files_in(desk.office.folder) == []
    with reading(desk.office.engine) as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_pages_are_for_whom_they_are(desk):
    desk.actor("ana")
    desk.actor("ben")
    desk.actor("olga", kind="auditor")
    identity = desk.hand_in(desk.actor("ana")).id
    for name, path, code in (("ana", f"/jobs/{identity}", 200), ("olga", f"/jobs/{identity}", 200),
                             ("ben", f"/jobs/{identity}", 404), ("ben", f"/jobs/{identity}/state", 404),
                             ("ben", f"/jobs/{identity}/events", 404), ("olga", "/submit", 403), ("olga", "/check", 403),
                             ("ben", "/jobs/nonsense", 404)):
        assert desk.browser(name).get(path).status_code == code, (name, path)
    assert desk.browser("ben").post(f"/jobs/{identity}/cancel").status_code == 404
    assert desk.browser("olga").post(f"/jobs/{identity}/cancel").status_code == 403
    assert status(desk.office, desk.actor("ana"), identity).job == "waiting"
    assert "Stop the work" not in desk.browser("olga").get(f"/jobs/{identity}").text


def test_the_job_page_moves_without_script_and_offers_what_comes_next(desk, work, make_deck, customer):
    desk.actor("ana")
    desk.actor("rita", kind="reviewer")
    identity = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    browser = desk.browser("ana")
    waiting = browser.get(f"/jobs/{identity}")
    assert '<noscript><meta http-equiv="refresh"' in waiting.text and "It waits for its turn." in waiting.text
    assert f'sse-connect="/jobs/{identity}/events"' in waiting.text and 'hx-trigger="every 2s"' in waiting.text
    assert browser.post(f"/jobs/{identity}/cancel", follow_redirects=False).headers["location"].startswith(f"/jobs/{identity}?")
    assert "Start it again" in browser.get(f"/jobs/{identity}").text
    browser.post(f"/jobs/{identity}/retry")
    work.drain()
    done = browser.get(f"/jobs/{identity}")
    assert 'http-equiv="refresh"' not in done.text and "sse-connect" not in done.text
    assert f'href="/pieces/{identity}"' in done.text and f'href="/review/{identity}"' not in done.text
    assert f'href="/review/{identity}"' in desk.browser("rita").get(f"/jobs/{identity}").text
    assert customer not in done.text


def test_a_text_is_checked_on_the_page(desk, customer):
    desk.actor("ana")
    browser = desk.browser("ana")
    found = browser.post("/check", data={"text": f"We sold it to <i>{customer}</i>."})
    assert f"<mark>{customer}</mark>" in found.text and "<i>" not in found.text
    assert "Nothing was found" in browser.post("/check", data={"text": "The weather was fine."}).text
    assert browser.post("/check", data={"text": " "}).status_code == 400
    assert browser.post("/check", data={"text": "a" * 50_001}).status_code == 400


# ---------------------------------------------------------------- a real desk


@contextmanager
def running(office: Office) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`deckprism desk` as people start it."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "desk.command", "desk", "--port", "0", "--customers", str(office.customers_file)],
        cwd=office.folder, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield process, found[0]
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def read_events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    name, data = "", []
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            data.append(line[6:])
        elif not line and name:
            yield name, "\n".join(data)
            name, data = "", []


@pytest.mark.slow
def test_stages_come_live_and_the_stream_ends_with_the_work(desk, make_deck):
    desk.actor("ana")
    with writing(desk.office.engine) as session:
        cookie = people.sign_in(session, "ana")
    token = desk.token("ana", "submit", "read")
    with running(desk.office) as (process, address), httpx.Client(base_url=address, timeout=120) as client:
        sent = client.post("/api/v1/submissions", files={"files": ("talk.pptx", make_deck(6))},
                           headers={"authorization": f"Bearer {token}"})
        identity = sent.json()["results"][0]["id"]
        client.cookies.set("deckprism", cookie)
        seen = []
        with client.stream("GET", f"/jobs/{identity}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for name, data in read_events(stream.iter_lines()):
                seen.append((name, data))
        assert seen[-1] == ("end", "")
        said = [data for name, data in seen if name == "said"]
        assert said[-1].startswith("Nothing is open")
        assert any(re.match(r"Step \d of 8: ", each) for each in said)
        assert all("<html" not in data for _, data in seen)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


@pytest.mark.slow
def test_a_desk_that_is_killed_again_and_again_finishes_what_was_handed_in(desk, make_deck, customer):
    """kill -9 of the whole command while it works, at moments that follow the work's own steps; then it ends its work."""
    desk.actor("ana")
    token = desk.token("ana", "submit", "read")
    headers = {"authorization": f"Bearer {token}"}
    made: list[str] = []
    for step in ("extract", "write", "gate"):
        with running(desk.office) as (process, address), httpx.Client(base_url=address, timeout=120, headers=headers) as client:
            for number in range(2):
                content = make_deck(2 + number, customer=customer, subject=f"{step}{number}")
                sent = client.post("/api/v1/submissions", files={"files": (f"{step}-{number}.pptx", content)})
                made.append(sent.json()["results"][0]["id"])
            while True:
                found = [client.get(f"/api/v1/submissions/{each}").json() for each in made]
                now = [each["name"] for one in found for each in one["stages"] if each["state"] == "now"]
                if step in now or all(one["job"] == "done" for one in found):
                    break
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    with running(desk.office) as (_, address), httpx.Client(base_url=address, timeout=120, headers=headers) as client:
        for _ in range(2000):
            found = [client.get(f"/api/v1/submissions/{each}").json() for each in made]
            if all(one["job"] == "done" for one in found):
                break
    assert [one["state"] for one in found] == ["in_review"] * 6
    assert [one["code"] for one in found] == [""] * 6
    assert len(list(desk.office.builds().iterdir())) == 6
    with reading(desk.office.engine) as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 6


def deckprism(office: Office, token: str, *args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-P", "-m", "desk.command", *map(str, args)], cwd=office.folder, text=True,
                          env={**os.environ, **ENVIRONMENT, "DECKPRISM_TOKEN": token}, capture_output=True, timeout=120)


def test_the_command_hands_in_with_the_rights_of_its_token(desk, make_deck, tmp_path):
    ana = desk.actor("ana")
    talk, photo = tmp_path / "talk.pptx", tmp_path / "photo.pptx"
    talk.write_bytes(make_deck())
    photo.write_bytes(b"\x89PNG" + b"0" * 400)
    token = desk.token("ana", "submit")
    done = deckprism(desk.office, token, "submit", talk, "--title", "A talk", "--channel", "blog")
    assert (done.returncode, done.stderr.splitlines()[-1][:14]) == (0, "The work begin")
    identity = re.search(r"talk\.pptx: handed in, ([0-9a-f]{16})\.", done.stdout)[1]
    assert status(desk.office, ana, identity).title == "A talk"
    again = deckprism(desk.office, token, "submit", talk, photo, tmp_path / "missing.pptx")
    assert again.returncode == 1
    assert "PNG picture" in again.stdout and "missing.pptx: not taken" in again.stdout
    refused = deckprism(desk.office, token, "submit", photo)
    assert refused.returncode == 2
    for wrong, says in (("", "is not set"), ("dp_wrong", "is unknown"), (desk.token("ana", "read"), "no scope submit")):
        failed = deckprism(desk.office, wrong, "submit", talk)
        assert failed.returncode == 2 and says in failed.stderr
        assert len(failed.stderr.splitlines()) == 1 and "Traceback" not in failed.stderr


@pytest.mark.slow
def test_the_command_hands_in_at_a_desk_elsewhere(desk, make_deck, tmp_path):
    desk.actor("ana")
    talk = tmp_path / "talk.pptx"
    talk.write_bytes(make_deck())
    token = desk.token("ana", "submit", "read")
    with running(desk.office) as (_, address):
        done = deckprism(desk.office, token, "submit", talk, "--desk", address)
        assert done.returncode == 0 and f"{address}/jobs/" in done.stdout
        wrong = deckprism(desk.office, "dp_wrong", "submit", talk, "--desk", address)
        assert wrong.returncode == 2 and "is unknown" in wrong.stderr
    away = deckprism(desk.office, token, "submit", talk, "--desk", "http://127.0.0.1:9")
    assert away.returncode == 3 and "cannot be reached" in away.stderr and "Traceback" not in away.stderr
    assert json.dumps(token) not in away.stderr
