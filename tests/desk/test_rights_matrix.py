"""Role x route x owner over all routes of the page and the API. A route that nobody judged here fails the test."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from desk.rights import Forbidden
from desk.services import approvals
from desk.services.material import material
from desk.services.office import reading, writing
from desk.web.app import create_app
from desk.web.site import Site
from store import people
from store.database import now
from store.tables_people import User
from store.tables_review import Build, Correction, Feedback, Missed, Release

ROLES = ("submitter", "reviewer", "approver", "publisher", "auditor", "administrator")
#: Who may: "all" signed in, "open" to everybody, roles by name, "own" the submitter of the thing.
#: What somebody may see but not do is 403; what they may not see is 404.
SEES = {"own", "reviewer", "approver", "publisher", "auditor", "administrator"}
ANY, OPEN, ADMIN, AUDIT = {"all"}, {"open"}, {"administrator"}, {"auditor", "administrator"}
REVIEW, STEER = {"reviewer"}, {"own", "reviewer", "administrator"}
SHAPE, WAY_OUT = {"own", "reviewer"}, {"own", "publisher", "approver"}
COMMENT = {"own", "reviewer", "approver", "publisher"}
MATRIX: dict[str, set[str]] = {
    "GET /": ANY, "GET /sign-in": OPEN, "POST /sign-in": OPEN, "POST /sign-out": ANY, "GET /setup": OPEN, "POST /setup": OPEN,
    "GET /password": OPEN, "POST /password": OPEN,
    # For machines: no text and no names; the readings of /metrics ask for who may audit unless this machine itself asks.
    "GET /healthz": OPEN, "GET /readyz": OPEN, "GET /metrics": AUDIT,
    "GET /me": ANY, "POST /me": ANY, "POST /me/password": ANY, "POST /me/tokens": ANY, "POST /me/tokens/{token}/revoke": ANY,
    "POST /me/sign-out-everywhere": ANY,
    **{f"{each}": ADMIN for each in (
        "GET /admin", "POST /admin/users", "GET /admin/users/{name}", "POST /admin/users/{name}",
        "POST /admin/users/{name}/disable", "POST /admin/users/{name}/enable", "POST /admin/users/{name}/link",
        "GET /admin/rules", "POST /admin/rules/{rule}", "GET /admin/dry-run", "POST /admin/dry-run", "GET /admin/remembered",
        "POST /admin/remembered/{identity}/confirm", "POST /admin/remembered/{identity}/refuse",
        "POST /admin/remembered/{identity}/forget", "GET /admin/ways", "POST /admin/routing", "POST /admin/policy",
        "POST /admin/levels", "GET /admin/retention", "POST /admin/retention", "POST /admin/retention/purge",
        "POST /admin/retention/hold", "POST /admin/retention/let-go")},
    **dict.fromkeys(("GET /history", "POST /history/verify", "GET /history/figures", "GET /history/audit.csv", "GET /history/decisions.csv"), AUDIT),
    "GET /history/{identity}": SEES, "GET /feedback/{identity}": SEES, "POST /feedback/{identity}": SEES,
    "POST /feedback/{identity}/{number}/answer": SEES,
    "GET /submit": {"submitter"}, "POST /submit": {"submitter"}, "GET /check": {"submitter"}, "POST /check": {"submitter"},
    "GET /jobs/{identity}": SEES, "GET /jobs/{identity}/state": SEES, "GET /jobs/{identity}/events": SEES,
    "POST /jobs/{identity}/cancel": STEER, "POST /jobs/{identity}/retry": STEER,
    "GET /review": REVIEW, "POST /review/{identity}/claim": REVIEW, "POST /review/{identity}/unclaim": REVIEW,
    "POST /review/{identity}/here": SEES, "GET /review/{identity}": SEES, "GET /review/{identity}/slides/{name}": SEES,
    "GET /review/{identity}/list": SEES, "POST /review/{identity}/decide": REVIEW, "POST /review/{identity}/confirm": SEES,
    "POST /review/{identity}/bulk": REVIEW, "POST /review/{identity}/undo": REVIEW, "POST /review/{identity}/comment": COMMENT,
    "POST /review/{identity}/missed": REVIEW, "POST /review/{identity}/missed/remove": REVIEW,
    "GET /pieces/{identity}": SEES, "GET /pieces/{identity}/files/{path:path}": SEES,
    "POST /pieces/{identity}/acknowledge": {"service"}, "POST /pieces/{identity}/approve": {"approver"},
    "POST /pieces/{identity}/release": {"publisher"},
    **{f"POST /pieces/{{identity}}/{each}": SHAPE for each in ("build", "edit", "leave-out", "take-back", "topic", "undo")},
    "GET /api/v1/submissions": ANY, "POST /api/v1/submissions": {"submitter"}, "POST /api/v1/check": {"submitter"},
    "GET /api/v1/submissions/{identity}": SEES, "GET /api/v1/submissions/{identity}/download": SEES,
    "GET /api/v1/submissions/{identity}/pieces": SEES, "POST /api/v1/submissions/{identity}/cancel": STEER,
    "POST /api/v1/submissions/{identity}/retry": STEER, "POST /api/v1/submissions/{identity}/approve": {"approver"},
    "POST /api/v1/submissions/{identity}/release": {"publisher"}, "POST /api/v1/submissions/{identity}/withdraw": WAY_OUT,
    "GET /released": ANY, "GET /released/{release}/download": SEES,
    "GET /pieces/{identity}/withdraw": SEES, "POST /pieces/{identity}/withdraw": WAY_OUT,
    "GET /corrections/{identity}": SEES, "POST /corrections/{identity}/write": WAY_OUT,
    "POST /corrections/{identity}/approve": {"approver"}, "POST /corrections/{identity}/release": {"publisher"},
}

#: Forms that are complete, so that what answers is the right and not the form.
FORMS: dict[str, dict[str, str]] = {
    "POST /sign-in": {"name": "x", "password": "y"}, "POST /setup": {"link": "x", "name": "x", "password": "x"},
    "POST /password": {"link": "x", "password": "x"}, "POST /me/password": {"old": "x", "new": "y"},
    "POST /me/tokens": {"scope": "read", "days": "3"}, "POST /admin/users": {"name": "x y"},
    "POST /admin/users/{name}": {"display": "V"}, "POST /admin/levels": {"amber": "2", "red": "1"},
    "POST /admin/retention": {"released_days": "30", "rejected_days": "7"},
    "POST /admin/retention/hold": {"submission": "IT", "reason": "because"},
    "POST /admin/retention/let-go": {"submission": "IT"},
    "POST /pieces/{identity}/withdraw": {"reason": "wrong"},
    "POST /corrections/{identity}/write": {"version": "99", "text": "x"},
    "POST /corrections/{identity}/approve": {"version": "99"}, "POST /corrections/{identity}/release": {"version": "99"},
    "POST /review/{identity}/decide": {"version": "1", "group": "GROUP", "action": "remove", "unit": "1"},
    "POST /review/{identity}/confirm": {"version": "1", "group": "GROUP", "action": "remove"},
    "POST /review/{identity}/bulk": {"version": "1", "group": "GROUP", "action": "remove"},
    "POST /review/{identity}/comment": {"text": "hello"},
    "POST /review/{identity}/missed": {"block": "s1.b1", "text": "travel", "words": "travel", "category": "customer",
                                       "severity": "high", "start": "0", "end": "3", "why": "x"},
    "POST /review/{identity}/missed/remove": {"missed": "MISSED", "id": "MISSED", "finding": "MISSED"},
    "POST /pieces/{identity}/approve": {"content": "0" * 64}, "POST /pieces/{identity}/acknowledge": {"content": "0" * 64},
    "POST /pieces/{identity}/release": {"audience": "all", "content": "0" * 64},
    "POST /pieces/{identity}/edit": {"piece": "x", "segment": "0", "before": "0" * 64, "text": "x", "version": "1"},
    "POST /pieces/{identity}/undo": {"edit": "1", "id": "1", "piece": "x", "version": "1"},
    "POST /pieces/{identity}/leave-out": {"piece": "x", "version": "1"},
    "POST /pieces/{identity}/take-back": {"piece": "x", "version": "1"},
    "POST /pieces/{identity}/topic": {"topic": "1", "first": "2", "version": "1", "number": "1"},
    "POST /check": {"text": "hello"}, "POST /feedback/{identity}": {"kind": "question", "text": "why"},
    "POST /feedback/{identity}/{number}/answer": {"text": "so"},
}
BODIES: dict[str, dict[str, str]] = {
    "POST /api/v1/check": {"text": "hello"}, "POST /api/v1/submissions/{identity}/withdraw": {"reason": "wrong"},
    "POST /api/v1/submissions/{identity}/release": {"audience": "all"},
    "POST /api/v1/submissions/{identity}/approve": {"content_hash": "0" * 64},
}
#: Where those who may do it are told that there is nothing (yet) at this address.
NOTHING_YET = {"GET /released/{release}/download", "GET /api/v1/submissions/{identity}/download",
               "POST /me/tokens/{token}/revoke", "GET /pieces/{identity}/files/{path:path}",
               "POST /admin/rules/{rule}", "POST /admin/remembered/{identity}/confirm",
               "POST /admin/remembered/{identity}/refuse", "POST /admin/remembered/{identity}/forget",
               "POST /review/{identity}/missed/remove", "POST /pieces/{identity}/undo", "POST /pieces/{identity}/edit",
               "POST /pieces/{identity}/leave-out", "POST /pieces/{identity}/take-back", "POST /pieces/{identity}/topic"}


def routes(found: object) -> Iterator[str]:
    """Every route as "METHOD path", those of included routers too."""
    for each in found:  # type: ignore[attr-defined]
        if isinstance(each, APIRoute):
            for method in sorted(each.methods):
                yield f"{method} {each.path}"
        elif hasattr(each, "original_router"):
            yield from routes(each.original_router.routes)


@pytest.fixture
def house(desk, work, make_deck, customer):
    """A submission of Sam's that waits for a decision, with a release, a correction and feedback, and one person a role."""
    sam = desk.actor("own", "submitter")
    it = desk.hand_in(sam, make_deck(customer=customer)).id
    work.drain()
    for role in ROLES:
        with writing(desk.office.engine) as session:
            people.add_user(session, role, "", [(role, "*")], role)
    desk.actor("service", "auditor")  # the team may acknowledge, the role lets them see what
    desk.actor("victim", "submitter")
    with writing(desk.office.engine) as session:
        session.get(User, "service").team = "customer service"
        build = session.query(Build).first()
        session.add(Release(id="aaaa", submission=it, build=build.id, content_hash="0" * 64, signature="0" * 64,
                            audience="pilot", by="x", at=now()))
        session.add(Correction(id="bbbb", submission=it, text="x", by="x", at=now()))
        session.add(Feedback(submission=it, kind="question", text="x", by="x", at=now()))
        session.add(Missed(id="m-1", submission=it, unit=1, block="s1.b1", start=0, end=3, category="customer",
                           severity="low", by="x", at=now()))
    return desk, it


def ask(desk, it: str, name: str, route: str) -> int:
    """The status of the answer to somebody; fresh sign-in, so that no request ends another's."""
    method, _, path = route.partition(" ")
    group = material(desk.office, it).findings[0].group
    real = {"identity": "bbbb" if "/corrections/" in path else "m-1" if "/remembered/" in path else it, "name": "victim",
            "rule": "no.rule", "number": "1", "token": "none", "release": "aaaa", "path": "pack.json"}
    if "/slides/" in path:
        real["name"] = "1.svg"
    address = re.sub(r"{(\w+)(:path)?}", lambda found: real[found[1]], path)
    data = {key: value.replace("GROUP", group).replace("IT", it).replace("MISSED", "m-1") for key, value in FORMS.get(route, {}).items()}
    if path.startswith("/api/"):
        scopes = ("submit", "read", "review", "approve", "release", "administer")
        browser = desk.api(name, *scopes)
    else:
        browser = desk.browser(name, follow=False)
    files = {"files": ("a.txt", b"Some words about travel.")} if route in {"POST /api/v1/submissions", "POST /submit"} else None
    if method == "GET":
        return browser.get(address).status_code
    if route in BODIES:
        return browser.post(address, json=BODIES[route]).status_code
    return browser.post(address, data=data, files=files).status_code


def test_every_route_is_judged(desk):
    there = set(routes(create_app(desk.office, Site()).routes))
    assert there - set(MATRIX) == set(), "judge these routes in MATRIX"
    assert set(MATRIX) - there == set(), "these routes are gone"


def test_nobody_gets_in_without_signing_in(desk):
    desk.actor("ada", "administrator")
    app = create_app(desk.office, Site())
    for route, who in MATRIX.items():
        if who != OPEN:
            method, _, path = route.partition(" ")
            answer = TestClient(app, follow_redirects=False).request(method, re.sub(r"{[^}]+}", "1", path))
            assert answer.status_code in {303, 401}, route
            assert answer.status_code == 401 or answer.headers["location"].startswith("/sign-in"), route


def test_each_role_may_what_the_matrix_says(house):
    desk, it = house
    wrong = []
    for route, who in MATRIX.items():
        if who in (ANY, OPEN):
            continue
        for name in sorted({*ROLES, "own", "service"}, key=lambda name: name in who):  # those who may not come first
            allowed = name in who or (name == "own" and who == {"submitter"}) or (name == "service" and "auditor" in who)
            status = ask(desk, it, name, route)
            missing = status == 404 and route in NOTHING_YET
            if (allowed and status in {401, 403, 404, 422, 500} and not missing) or (not allowed and status not in {403, 404}):
                wrong.append(f"{route} as {name}: {status}, may: {allowed}")
    assert not wrong, "\n".join(wrong)


def test_nobody_approves_their_own_on_any_way(house, monkeypatch, capsys):
    desk, it = house
    with writing(desk.office.engine) as session:
        people.set_roles(session, "own", [("submitter", "*"), ("approver", "*")])
    assert ask(desk, it, "own", "POST /pieces/{identity}/approve") == 403
    assert ask(desk, it, "own", "POST /api/v1/submissions/{identity}/approve") == 403
    with pytest.raises(Forbidden):
        approvals.approve(desk.office, desk.actor("own"), it, "")
    from desk.commands import release

    monkeypatch.setenv("DECKPRISM_TOKEN", desk.token("own", "approve", "read"))
    with pytest.raises(Forbidden, match="own submission"):
        release.approve(it)


def test_a_token_needs_the_scope(house):
    desk, it = house
    answers = {route: desk.api("approver", "submit").request(
        *route.replace("{identity}", it).split(" "), json=BODIES.get(route)).status_code
        for route in MATRIX if route.startswith("POST /api/v1/submissions/{identity}/")}
    assert set(answers.values()) == {403}, answers
    with reading(desk.office.engine) as session:
        assert session.query(Release).count() == 1
