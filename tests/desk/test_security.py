"""Attacks on the page: forged forms, sign-ins, redirects, other people's things, hostile words, headers, cookies."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from desk.services import users
from desk.services.office import reading, writing
from desk.services.submissions import Intake
from desk.web import guard
from desk.web.app import create_app
from desk.web.session import safe_next
from desk.web.site import Site
from store import people
from store.tables_people import Login
from tests.desk.serving import serving

GOOD = "a few words in a row"
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


@pytest.fixture
def staff(desk):
    ada = desk.actor("ada", "administrator")
    desk.actor("ana")
    with writing(desk.office.engine) as session:
        people.set_password(session, "ana", people.hash_password(GOOD))
    return desk, ada


def client(desk, site: Site = Site(), **more) -> TestClient:  # noqa: B008 - frozen
    return TestClient(create_app(desk.office, site), follow_redirects=False, **more)


def signed_in(desk) -> tuple[TestClient, str]:
    """A browser that signed in at the form, and the secret of its forms."""
    browser = client(desk)
    assert browser.post("/sign-in", data={"name": "ana", "password": GOOD}).status_code == 303
    return browser, re.search(r'name="csrf" value="([^"]+)"', browser.get("/me").text)[1]


def test_forms_without_or_with_another_secret_are_refused(staff):
    desk, _ = staff
    browser, csrf = signed_in(desk)
    _, others = signed_in(desk)
    for sent in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": others}, {"csrf": "\u00e9"}):
        assert browser.post("/me", data={"display": "Eve", **sent}).status_code == 403
    with reading(desk.office.engine) as session:
        assert people.person(session, "ana").display == "Ana"
    assert browser.post("/me", data={"display": "Ana B", "csrf": csrf}).status_code == 303


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    {"origin": "http://testserver.evil.example"}])
def test_forms_from_another_site_are_refused(staff, headers):
    desk, _ = staff
    browser, csrf = signed_in(desk)
    assert browser.post("/me", data={"display": "Eve", "csrf": csrf}, headers=headers).status_code == 403
    assert client(desk).post("/sign-in", data={"name": "ana", "password": GOOD}, headers=headers).status_code == 403


def test_a_sign_in_gets_a_fresh_cookie_and_ends_the_old(staff):
    desk, _ = staff
    browser = client(desk)
    browser.cookies.set("deckprism", "chosen-by-the-attacker")
    browser.post("/sign-in", data={"name": "ana", "password": GOOD})
    first = browser.cookies.get("deckprism", domain="testserver.local")
    assert first and first != "chosen-by-the-attacker"
    again = client(desk, cookies={"deckprism": first})
    answer = again.post("/sign-in", data={"name": "ana", "password": GOOD})
    assert first not in answer.headers["set-cookie"]
    assert client(desk, cookies={"deckprism": first}).get("/me").status_code == 303
    assert client(desk, cookies={"deckprism": "chosen-by-the-attacker"}).get("/me").status_code == 303


@pytest.mark.parametrize(("column", "age"), [("seen_at", timedelta(minutes=61)), ("made_at", timedelta(hours=13))])
def test_sign_ins_run_out(staff, column, age):
    desk, _ = staff
    browser = desk.browser("ana", follow=False)
    assert browser.get("/me").status_code == 200
    with writing(desk.office.engine) as session:
        session.execute(update(Login).values({column: (datetime.now(UTC) - age).isoformat(timespec="microseconds")}))
    assert browser.get("/me").headers["location"] == "/sign-in?next=/me"


def test_guessing_is_slowed_and_tells_nothing(staff):
    desk, _ = staff
    said = {re.sub(r'value="[^"]*"', "", client(desk).post("/sign-in", data={"name": name, "password": "x"}).text)
            for name in ("ana", "nobody")}
    assert len(said) == 1
    browser = client(desk)
    for _ in range(people.PER_ACCOUNT):
        browser.post("/sign-in", data={"name": "ana", "password": "guess"})
    assert browser.post("/sign-in", data={"name": "ana", "password": GOOD}).status_code == 429


@pytest.mark.parametrize("place", [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "evil.example",
    "/a\r\nset-cookie: x=1", "http:evil.example", "///evil.example", "/\t/evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(staff, place):
    desk, _ = staff
    assert safe_next(place) == "/"
    answer = client(desk).post("/sign-in", data={"name": "ana", "password": GOOD, "next": place})
    assert answer.headers["location"] == "/"


def test_what_is_somebody_elses_looks_like_nothing(staff, work, make_deck, customer):
    desk, _ = staff
    desk.actor("eva")
    one = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    eva = desk.browser("eva", follow=False)
    for place in ("/jobs/{}", "/jobs/{}/state", "/review/{}", "/pieces/{}", "/history/{}", "/feedback/{}", "/pieces/{}/withdraw"):
        there, not_there = eva.get(place.format(one)), eva.get(place.format("0123456789abcdef"))
        assert there.status_code == not_there.status_code == 404, place
        assert there.text.replace(one, "") == not_there.text.replace("0123456789abcdef", ""), place
    answers = [desk.api("eva", "read").get(f"/api/v1/submissions/{each}") for each in (one, "0123456789abcdef")]
    assert answers[0].status_code == answers[1].status_code == 404 and answers[0].json() == answers[1].json()


def test_hostile_words_are_only_words(staff, work, make_deck):
    desk, ada = staff
    ana = desk.actor("ana")
    one = desk.hand_in(ana, make_deck(subject=NASTY), f"{NASTY}.pptx",
                       Intake(NASTY, "", NASTY, (), NASTY, NASTY)).id
    work.drain()
    with writing(desk.office.engine) as session:
        people.add_user(session, "nasty", "", [("auditor", "*")], NASTY, NASTY)
    desk.actor("rita", "reviewer")
    desk.browser("rita").post(f"/review/{one}/comment", data={"text": NASTY})
    users.change(desk.office, ada, "ana", [("submitter", "*")], NASTY, NASTY, NASTY)
    for name, places in {
        "ana": ("/", f"/jobs/{one}", f"/review/{one}", f"/pieces/{one}", f"/history/{one}", f"/me?note={NASTY}", "/submit", "/check"),
        "rita": ("/review", f"/review/{one}?unit=1&group={NASTY}", f"/review?tab={NASTY}", f"/released?q={NASTY}",
                 f"/feedback/{one}"),
        "ada": ("/admin", "/admin/users/nasty", f"/admin/rules?q={NASTY}", f"/history?person={NASTY}&document={NASTY}",
                "/admin/retention", "/admin/remembered", f"/{NASTY}"),
    }.items():
        browser = desk.browser(name)
        for place in places:
            text = browser.get(place).text
            assert "<script>alert" not in text and "<img src=x" not in text and "49" not in text[text.find("&gt;&lt;img"):][:80], place


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "a\u202etxt.exe", "x" * 400 + ".txt", "", "\0.txt", "con.txt", NASTY + ".txt"])
def test_names_of_uploads_are_only_shown(staff, name, data):
    desk, _ = staff
    result = desk.hand_in(desk.actor("ana"), b"Some words about travelling notes.", name)
    assert len(result.name) <= 150 and "\u202e" not in result.name and "\0" not in result.name
    stored = [file.name for file in (data / "files").rglob("*") if file.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{62}", each) for each in stored)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "evil.example:80"])
def test_only_our_own_names_are_answered(staff, host):
    desk, _ = staff
    answer = client(desk).get("/sign-in", headers={"host": host})
    assert answer.status_code == 400 and (not host or host not in answer.text)


def test_every_answer_has_the_headers(staff):
    desk, _ = staff
    browser = client(desk)
    signed = desk.browser("ada", follow=False)
    answers = [browser.get("/sign-in"), browser.get("/nothing"), browser.get("/"), browser.post("/me"), browser.put("/me"),
               browser.get("/api/v1/submissions"), browser.get("/api/openapi.json"), browser.get("/static/desk.css"),
               browser.get("/", headers={"host": "evil.example"}), signed.get("/admin"), signed.get("/history/audit.csv"),
               signed.get("/jobs/none"), signed.post("/admin/levels", data={"amber": "x", "red": "1"})]
    for answer in answers:
        where = f"{answer.request.method} {answer.request.url} {answer.status_code}"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy, where
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["referrer-policy"] == "no-referrer", where
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", where
        assert "static" in where or answer.headers["cache-control"] == "no-store", where
        assert "server" not in answer.headers and "Traceback" not in answer.text, where


def test_cookies_are_kept_from_scripts_and_other_sites(staff):
    desk, _ = staff
    sent = client(desk).post("/sign-in", data={"name": "ana", "password": GOOD}).headers["set-cookie"].lower()
    assert "httponly" in sent and "samesite=lax" in sent and "path=/" in sent and "domain" not in sent
    secure = TestClient(create_app(desk.office, Site(https=True)), base_url="https://testserver", follow_redirects=False)
    answer = secure.post("/sign-in", data={"name": "ana", "password": GOOD})
    sent = answer.headers["set-cookie"]
    assert sent.startswith("__Host-deckprism=") and "Secure" in sent and "strict-transport-security" in answer.headers


def test_reading_changes_nothing(staff):
    desk, _ = staff
    browser = desk.browser("ada", follow=False)
    for place in ("/sign-out", "/me/sign-out-everywhere", "/admin/users/ana/disable", "/admin/retention/purge"):
        assert browser.get(place).status_code in {404, 405}
    assert browser.get("/me").status_code == 200


def test_a_header_counts_only_from_the_proxy(staff):
    desk, _ = staff
    site = Site(proxy_header="x-user", proxies=frozenset({"10.9.8.7"}))
    assert client(desk, site).get("/me", headers={"x-user": "ada"}).status_code == 303
    trusted = client(desk, Site(proxy_header="x-user", proxies=frozenset({"testclient"})))
    assert trusted.get("/me", headers={"x-user": "ana"}).status_code == 200


def test_a_link_made_elsewhere_cannot_speak_for_the_desk(staff):
    desk, _ = staff
    browser, csrf = signed_in(desk)
    forged = browser.get("/", params={"note": "Call this number", "said": "0123456789abcdef"})
    assert forged.status_code == 200 and "Call this number" not in forged.text
    done = browser.post("/me", data={"display": "Ana", "keys": "on", "csrf": csrf}, follow_redirects=False)
    assert done.status_code == 303 and "note=" in done.headers["location"]
    own = browser.get(done.headers["location"])
    assert 'id="note"' in own.text and not re.search(r'id="note"[^>]*></p>', own.text)


def test_nobody_fills_the_disk_before_they_are_known(staff, monkeypatch):
    """A form without files is cut off at a few megabytes, whatever it calls itself; files come in once the sender is known."""
    desk, _ = staff
    large = {"pack": ("p.yaml", b"x" * (guard.LARGEST_FORM + 1))}
    for place in ("/sign-in", "/me", "/admin/dry-run", "/password"):
        answer = client(desk).post(place, data={"name": "ana", "password": "x"}, files=large)
        assert answer.status_code == 413 and "too large" in answer.text.lower(), place

    def pieces():
        yield b"--b\r\ncontent-disposition: form-data; name=files; filename=a.pptx\r\n\r\n"
        for _ in range(9):
            taken.append(1)
            yield b"x" * 2**20
        yield b"\r\n--b--\r\n"

    for headers, status in (({}, 401), ({"authorization": "Bearer nobody"}, 401)):
        taken: list[int] = []
        answer = client(desk).post("/api/v1/submissions", content=pieces(),
                                   headers={"content-type": "multipart/form-data; boundary=b", **headers})
        assert answer.status_code == status
    taken = []
    answer = client(desk).post("/sign-in", content=pieces(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413  # no length was announced: it is counted while it comes


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_body_that_does_not_come_is_given_up(staff, monkeypatch):
    import socket
    from urllib.parse import urlsplit

    desk, _ = staff
    monkeypatch.setattr(guard, "PATIENCE", 0.3)
    with serving(create_app(desk.office, Site())) as address:
        where = urlsplit(address)
        with socket.create_connection((where.hostname, where.port), 20) as wire:
            wire.sendall(f"POST /sign-in HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Length: 900\r\n"
                         "Content-Type: application/x-www-form-urlencoded\r\n\r\nname=ana".encode())
            assert wire.recv(100).startswith(b"HTTP/1.1 408")


def test_many_guesses_at_once_are_no_more_than_many_in_a_row(staff):
    from concurrent.futures import ThreadPoolExecutor

    desk, _ = staff
    app = create_app(desk.office, Site())

    def guess(number: int) -> int:
        return TestClient(app).post("/sign-in", data={"name": "ana", "password": f"guess {number}"}).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(401) <= people.PER_ACCOUNT and answers.count(401) + answers.count(429) == 12


def test_signing_in_well_does_not_use_up_the_tries(staff):
    desk, _ = staff
    for _ in range(people.PER_ACCOUNT + 2):
        assert client(desk).post("/sign-in", data={"name": "ana", "password": GOOD}).status_code == 303


def test_two_names_from_the_proxy_are_none(staff):
    desk, _ = staff
    browser = client(desk, Site(proxy_header="x-user", proxies=frozenset({"testclient"})))
    assert browser.get("/me", headers=[("x-user", "ada"), ("x-user", "ana")]).status_code == 303
    assert "deckprism" not in browser.cookies


def test_a_link_for_a_password_is_https_where_browsers_use_that(staff):
    desk, _ = staff
    for https, begins in ((True, "https://testserver/password?link="), (False, "http://testserver/password?link=")):
        site = Site(https=https)
        with writing(desk.office.engine) as session:
            cookie = people.sign_in(session, "ada")
            secret = people.signed_in(session, cookie).csrf
        browser = TestClient(create_app(desk.office, site), cookies={site.cookie: cookie}, headers={"x-csrf-token": secret})
        assert begins in browser.post("/admin/users/ana/link").text


def test_a_token_that_may_not_read_learns_no_titles(staff, make_deck):
    desk, _ = staff
    desk.hand_in(desk.actor("ana"), make_deck(), intake=Intake("A title of ours"))
    with writing(desk.office.engine) as session:
        tokens = {scope: people.make_token(session, "ana", (scope,), 3) for scope in ("read", "approve")}
    said = {scope: client(desk).get("/", headers={"authorization": f"Bearer {token}"}).text for scope, token in tokens.items()}
    assert "A title of ours" in said["read"] and "A title of ours" not in said["approve"]
