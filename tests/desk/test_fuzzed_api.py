"""Odd input over the whole desk: schemathesis at the documented API, hostile values in every form, hostile headers.

Whatever comes, the answer is none of 5xx, is one that is documented, and quotes no traceback. The seed is fixed.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from desk.services.office import writing
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from store.tables_people import SCOPES
from tests.desk.serving import serving
from tests.desk.test_rights_matrix import MATRIX, about, prepared
from tests.desk.whole_house import House, make_house

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth"
#: Already percent-encoded, so that bytes that are no text can be sent too.
HOSTILE = ("", "-1", "9" * 40, "1e999", "NaN", quote("٣"), "0", "%00", "%ED%A0%80", "%FF%FE", quote("'; DROP TABLE users;--"),
           quote("../../etc/passwd"), quote("{{7*7}}"), quote("<script>alert(1)</script>"), quote("\r\nset-cookie: x=1"),
           quote("a\u202e\u0000b"), "x" * 20_000, quote("🧨" * 500))
#: What any address is asked with.
ASKED = ("q", "tab", "unit", "group", "page", "at", "start", "piece", "view", "before", "since", "until", "person", "document", "done",
         "most", "state", "link", "note", "said", "audience", "next", "category")
HEADERS = (
    {"content-type": "application/json; charset=bogus"}, {"content-type": "multipart/form-data"}, {"content-type": "\xff"},
    {"content-type": "multipart/form-data; boundary=" + "x" * 500}, {"content-type": "application/x-www-form-urlencoded; charset=utf-16"},
    {"content-encoding": "gzip"}, {"accept": "*/*;q=x"}, {"cookie": "deckprism=\xe9; =; deckprism"}, {"cookie": "x" * 8000},
    {"authorization": "Bearer"}, {"authorization": "Bearer \xe9"}, {"authorization": "Bearer " + "x" * 9000}, {"authorization": "Basic x"},
    {"x-forwarded-for": "' OR 1=1"}, {"x-forwarded-user": "administrator"}, {"x-forwarded-host": "evil.example"},
    {"hx-request": "true"}, {"x-csrf-token": "\xe9"}, {"origin": "http://[bad"}, {"origin": "\xff"}, {"range": "bytes=9-1,-5"},
    {"if-modified-since": "yesterday"}, {"x-http-method-override": "DELETE"}, {"referer": "http://[bad"})


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        made = make_house(folder)
        made.keep()
        yield made
        made.office.engine.dispose()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("known", [True, False], ids=["with a token", "without"])
def test_the_documented_api_answers_as_documented(house, tmp_path, known):
    house.back()
    with writing(house.office.engine) as session:
        token = people.make_token(session, "colleague", SCOPES, 3) if known else ""
    more = ["-H", f"Authorization: Bearer {token}"] if known else []
    with serving(create_app(house.office, Site())) as address:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/openapi.json", "--checks", CHECKS,
             "--phases", "examples,coverage,fuzzing", "--max-examples", "8" if known else "2", "--seed", "7",
             "--generation-deterministic", "--continue-on-failure", "--no-color", "--request-timeout", "20", *more],
            cwd=tmp_path, capture_output=True, text=True, timeout=170, check=False, env={**os.environ, "COLUMNS": "150"})
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-500:]
    count = int(re.search(r"Tested: (\d+)", done.stdout)[1])
    assert count == sum("/api/" in route for route in MATRIX)


def test_hostile_values_in_every_form(house):
    """One field after the other; what is left of the state between them does not matter, only that nothing breaks."""
    house.back()
    app = create_app(house.office, Site())
    wrong, asked = [], 0
    for route in MATRIX:
        method, _, path = route.partition(" ")
        if method != "POST" or path.startswith("/api/") or "sign-out" in path or path.endswith("/submit"):
            continue
        house.back()
        place, sent = prepared(house, route, about(house, route), "colleague")
        fields = {"/sign-in": {"name": "x", "password": "x"}, "/setup": {"link": "x", "name": "x", "password": "x"},
                  "/password": {"link": "x", "password": "x"}, "/admin/routing": {"team-customer": "x", "team-x": "x"},
                  "/admin/retention/purge": {"submission": "x"}}.get(path, sent["data"])
        address = re.sub(r"{(\w+)(:path)?}", lambda found: place[found[1]], path)  # noqa: B023
        with writing(house.office.engine) as session:
            cookie = people.sign_in(session, "colleague")
            headers = {"x-csrf-token": people.signed_in(session, cookie).csrf, "content-type": "application/x-www-form-urlencoded"}
        client = TestClient(app, cookies={Site().cookie: cookie}, headers=headers, follow_redirects=False, raise_server_exceptions=False)
        for number, name in enumerate([*fields, *({"unit", "note"} - set(fields))]):
            for value in HOSTILE[number % 2::2]:
                rest = urlencode({key: each for key, each in fields.items() if key != name})
                answer = client.post(address, content=f"{rest}&{name}={value}".encode())
                asked += 1
                if answer.status_code >= 500 or "Traceback" in answer.text or answer.headers.get("set-cookie", "").startswith("x="):
                    wrong.append(f"{route} {name}={value[:40]}: {answer.status_code}")
    assert asked > 700 and not wrong, "\n".join(wrong)


def test_hostile_values_in_every_address(house):
    house.back()
    client = _signed_in(house)
    wrong = []
    for turn, route in enumerate(each for each in MATRIX if each.startswith("GET ")):
        path = route.removeprefix("GET ")
        real = re.sub(r"{(\w+)(:path)?}", lambda found: house.open if found[1] == "identity" else "1.svg", path)
        targets = [f"{real}?{name}={HOSTILE[(number + turn) % len(HOSTILE)]}" for number, name in enumerate(ASKED)]
        if "{" in path:
            targets += [re.sub(r"{[^}]+}", value, path) for value in HOSTILE[1:]]
        for target in targets:
            answer = client.get(target)
            if answer.status_code >= 500:
                wrong.append(f"{target[:120]}: {answer.status_code}")
    assert not wrong, "\n".join(wrong[:40])


def test_hostile_headers(house):
    house.back()
    wrong = []
    client = _signed_in(house)
    for sent in HEADERS:
        headers = {key: value.encode("latin-1") for key, value in sent.items()}
        for method, place, body in (("GET", "/", b""), ("GET", f"/review/{house.open}", b""), ("GET", "/static/desk.css", b""),
                                    ("POST", "/me", b"display=x"), ("POST", "/submit", b"x"), ("POST", "/sign-in", b"name=x&password=y"),
                                    ("POST", "/api/v1/check", b'{"text": "\\ud800"}'), ("POST", "/api/v1/submissions", b"--x\r\n\r\n"),
                                    ("GET", "/api/v1/submissions", b"")):
            answer = client.request(method, place, headers=headers, content=body)
            if answer.status_code >= 500 or "Traceback" in answer.text or "evil.example" in answer.text:
                wrong.append(f"{method} {place} with {sent}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(("line", "status"), [
    (b"Content-Length: -1", {400}), (b"Content-Length: x", {400}), (b"Content-Length: 99999999999999999999", {400, 413}),
    (b"Content-Length: 9999999", {413}), (b"Transfer-Encoding: nonsense", {400, 501}), (b"Host: evil.example", {400}),
    (b"Cookie: deckprism=\xff\xfe", {303, 400, 403}), (b"X: " + b"y" * 90_000, {303, 400, 431})])
def test_hostile_lines_on_the_wire(house, line, status):
    with serving(create_app(house.office, Site())) as address:
        where = urlsplit(address)
        host = b"" if line.startswith(b"Host") else f"Host: {where.netloc}\r\n".encode()
        with socket.create_connection((where.hostname, where.port), 10) as wire:
            wire.sendall(b"POST /me HTTP/1.1\r\n" + host + line + b"\r\n\r\n")
            got = wire.recv(400)
    assert got.startswith(b"HTTP/1.1") and int(got.split()[1]) in status, got[:60]


def _signed_in(house: House) -> TestClient:
    with writing(house.office.engine) as session:
        cookie = people.sign_in(session, "colleague")
        secret = people.signed_in(session, cookie).csrf
    return TestClient(create_app(house.office, Site()), cookies={Site().cookie: cookie}, headers={"x-csrf-token": secret},
                      follow_redirects=False, raise_server_exceptions=False)
