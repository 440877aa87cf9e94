"""Role x route x owner x scope over all routes of the page and the API. A route that nobody judged here fails the test.

Each request is about something that is really there and in a state in which the step may follow, so that who may do it gets
it done (2xx or 3xx) and everybody else 403, or 404 where they may not even see it. The database is put back before each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response

from content.decision import Action
from desk.rights import Forbidden
from desk.services import (
    approvals,
    arrangements,
    builds,
    corrections,
    decisions,
    edits,
    rejecting,
    releases,
    submissions,
)
from desk.services.approvals import Asked
from desk.services.material import scanned
from desk.services.office import reading, writing
from desk.web.app import create_app
from desk.web.site import Site
from flows.editing import FIXED, segment_hash
from rules.catalogue import rules
from store import people
from store.tables import Decision, Submission
from store.tables_people import SCOPES
from tests.desk.whole_house import ROLES, House, make_house

#: Who may: "all" signed in, "open" to everybody, roles by name, "own" the submitter of the thing.
#: What somebody may see but not do is 403; what they may not see is 404.
SEES = {"own", "reviewer", "approver", "publisher", "auditor", "administrator"}
ANY, OPEN, ADMIN, AUDIT = {"all"}, {"open"}, {"administrator"}, {"auditor", "administrator"}
REVIEW, STEER = {"reviewer"}, {"own", "reviewer", "administrator"}
SHAPE, WAY_OUT = {"own", "reviewer"}, {"own", "publisher", "approver"}
COMMENT, SEND_BACK = {"own", "reviewer", "approver", "publisher"}, {"reviewer", "approver"}
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
    "POST /jobs/{identity}/reject": SEND_BACK, "POST /jobs/{identity}/reopen": SEND_BACK,
    "POST /api/v1/submissions/{identity}/reject": SEND_BACK, "POST /api/v1/submissions/{identity}/reopen": SEND_BACK,
    "POST /api/v1/submissions/{identity}/topic": SHAPE,
    "GET /released": ANY, "GET /released/{release}/download": SEES,
    "GET /pieces/{identity}/withdraw": SEES, "POST /pieces/{identity}/withdraw": WAY_OUT,
    "GET /corrections/{identity}": SEES, "POST /corrections/{identity}/write": WAY_OUT,
    "POST /corrections/{identity}/approve": {"approver"}, "POST /corrections/{identity}/release": {"publisher"},
}

PACK = """rules:
  - id: house.weeks
    version: 1
    kind: phrase
    category: confidential
    severity: low
    confidence: 0.9
    why: Weeks are promised by whoever plans them.
    terms: ["in week"]
    examples: {match: ["It comes in week 4."], no_match: ["It comes soon."]}
"""
#: Scopes of which a token needs one, by the beginning of the route; the first that fits counts. "" is never for tokens.
SCOPE_OF = (
    (r"\w+ /admin", "administer"), (r"(GET|POST) /me", ""), (r"POST /sign-out", ""), (r".* /history", "read"),
    (r".*(/submit|/check|/cancel|/retry)$", "submit"), (r"POST /api/v1/submissions$", "submit"), (r"POST /feedback", "submit"),
    (r".*/(approve|acknowledge)$", "approve"), (r"POST .*/(release|withdraw)$", "release"), (r"POST /corrections/.*/write", "release"),
    (r"POST .*/(reject|reopen|topic)$", "review"), (r"POST /review/.*/(here|confirm)$", "read"), (r"(POST /(review|pieces)|GET /review$)", "review"), (r"GET /feedback", "submit"), (r"GET ", "read"))


#: What a token without the scope gets as well, with nothing in it: the start, an empty list, and signing nobody out.
NOT_REFUSED = {"GET /", "GET /released", "POST /sign-out"}


def routes(found: object) -> Iterator[str]:
    """Every route as "METHOD path", those of included routers too."""
    for each in found:  # type: ignore[attr-defined]
        if isinstance(each, APIRoute):
            for method in sorted(each.methods):
                yield f"{method} {each.path}"
        elif hasattr(each, "original_router"):
            yield from routes(each.original_router.routes)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("rights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        patch.delenv("DECKPRISM_DATABASE", raising=False)
        made = make_house(folder)
        made.keep()
        yield made
        made.office.engine.dispose()


@pytest.fixture(scope="module")
def app(house) -> FastAPI:
    return create_app(house.office, Site())


#: Which submission a route is about, where it is not the one that waits for decisions.
ABOUT = {
    "out": r"/feedback/|/released/|/download|withdraw$", "approved": r"/release$",
    "decided": r"POST /pieces/\{identity\}/(?!release)|/pieces/\{identity\}/files|POST .*submissions/.*/approve|/acknowledge",
    "stopped": r"/retry$"}


def about(house: House, route: str) -> str:
    for state, pattern in ABOUT.items():
        if re.search(pattern, route) and "/corrections/" not in route:
            return getattr(house, state)
    return house.open


def prepared(house: House, route: str, it: str, name: str) -> tuple[dict[str, str], dict[str, object]]:
    """What stands in the address, and the form or body, for somebody; what the step needs is done first."""
    office, colleague = house.office, house.actor("colleague")
    group = next(each.group for each in scanned(office, house.open).findings)
    with reading(office.engine) as session:
        version = session.get(Submission, it).version
    place = {"identity": it, "name": "1.svg" if "/slides/" in route else "victim", "rule": rules()[0].id, "token": "none",
             "number": str(house.entry), "release": house.release, "path": "pack.json"}
    form: dict[str, object] = {}
    if "/corrections/" in route:
        place["identity"] = house.correction
        if route.endswith("/release"):
            corrections.approve(office, colleague, house.correction, 1)
        form = {"version": "2" if route.endswith("/release") else "1", "text": "It was 31 people, and not 30."}
    elif "/remembered/" in route:
        place["identity"] = "d-1"
    elif route == "POST /me/tokens/{token}/revoke":
        with writing(office.engine) as session:
            place["token"] = people.make_token(session, name, ("read",), 3).split("_")[1]
    elif route == "POST /jobs/{identity}/cancel" or route.endswith("submissions/{identity}/cancel"):
        submissions.retry(office, colleague, house.stopped)
        place["identity"] = house.stopped
    elif route.endswith("/reopen"):
        rejecting.reject(office, colleague, it, "because")
    elif route == "POST /pieces/{identity}/acknowledge":
        arrangements.set_policy(office, colleague, Asked("", 0, True, False))
        form = {"content": content(house, it)}
    elif route.startswith("POST /pieces/{identity}/"):
        form = shape(house, route, it, version)
    known = {
        "POST /me": {"display": "N"}, "POST /me/tokens": {"scope": "read", "days": "3"},
        "POST /admin/users": {"name": "fresh"}, "POST /admin/users/{name}": {"display": "V", "role": "submitter"},
        "POST /admin/levels": {"amber": "2", "red": "4"}, "POST /admin/policy": {"keeps": "0"},
        "POST /admin/dry-run": {"text": PACK},
        "POST /admin/rules/{rule}": {"off": "1", "reason": "because"},
        "POST /admin/retention": {"released_days": "30", "rejected_days": "7"},
        "POST /admin/retention/hold": {"submission": it, "reason": "because"}, "POST /admin/retention/let-go": {"submission": it},
        "POST /pieces/{identity}/withdraw": {"reason": "wrong"}, "POST /jobs/{identity}/reject": {"reason": "because"},
        "POST /review/{identity}/decide": {"version": str(version), "group": group, "action": "remove", "unit": "2"},
        "POST /review/{identity}/confirm": {"version": str(version), "group": group, "action": "remove"},
        "POST /review/{identity}/bulk": {"version": str(version), "group": group, "action": "remove"},
        "POST /review/{identity}/comment": {"text": "hello"},
        "POST /review/{identity}/missed": {"block": first_block(house), "words": "notes", "category": "figures", "severity": "low"},
        "POST /review/{identity}/missed/remove": {"finding": "m-1"},
        "POST /check": {"text": "hello"}, "POST /feedback/{identity}": {"kind": "question", "text": "why"},
        "POST /feedback/{identity}/{number}/answer": {"text": "so"}}
    if route == "POST /review/{identity}/undo":
        decisions.decide(office, colleague, it, version, [group], Action.REMOVE, "", "")
        with reading(office.engine) as session:
            form = {"decision": str(session.query(Decision).order_by(Decision.id.desc()).first().id), "unit": "2", "group": group}
    bodies = {"POST /api/v1/check": {"text": "hello"}, "POST /api/v1/submissions/{identity}/withdraw": {"reason": "wrong"},
              "POST /api/v1/submissions/{identity}/reject": {"reason": "because"},
              "POST /api/v1/submissions/{identity}/release": {"audience": "all"},
              "POST /api/v1/submissions/{identity}/approve": {"content_hash": ""},
              "POST /api/v1/submissions/{identity}/topic": {"version": 0}}
    if route in bodies:
        return place, {"json": bodies[route]}
    files = {"files": ("a.txt", b"Some words about travel.")} if route in {"POST /api/v1/submissions", "POST /submit"} else None
    return place, {"data": known.get(route, form), "files": files}


def content(house: House, it: str) -> str:
    with reading(house.office.engine) as session:
        build = builds.current(house.office, session, it)
    assert build is not None
    return build.content_hash


def first_block(house: House) -> str:
    return next(block.id for _, block in scanned(house.office, house.open).document.blocks() if "notes" in block.text)


def shape(house: House, route: str, it: str, version: int) -> dict[str, object]:
    """A form that shapes the pieces, after what has to come before it."""
    colleague = house.actor("colleague")
    draft = next(each for each in scanned(house.office, it).drafts if each.kind not in FIXED and each.kind == "blog")
    number, said = next((n, each) for n, each in enumerate(draft.segments) if each.origin.value != "template" and any(map(str.isalnum, each.text)))
    match route.rsplit("/", 1)[-1]:
        case "edit":
            return {"piece": draft.name, "segment": str(number), "before": segment_hash(said.text), "text": "One way to say it."}
        case "undo":
            made = edits.edit(house.office, colleague, it, draft.name, number, segment_hash(said.text), "Another way to say it.")
            return {"edit": str(made), "piece": draft.name}
        case "take-back":
            edits.leave_out(house.office, colleague, it, draft.name, 0)
            return {"piece": draft.name, "version": "1"}
        case "leave-out":
            return {"piece": draft.name, "version": "0"}
        case "topic":
            return {"version": "0"}  # all topics as they were found
        case "approve" | "release":
            return {"content": content(house, it), "audience": "pilot"}
    return {}


def ask(app: FastAPI, house: House, name: str, route: str, scopes: tuple[str, ...] | None = None,
        roles: tuple[str, ...] = (), fresh: bool = True) -> Response:
    """What somebody is answered, in a fresh sign-in or with a fresh token of some scopes."""
    if fresh:
        house.back()
    method, _, path = route.partition(" ")
    it = about(house, route)
    place, sent = prepared(house, route, it, name)
    address = re.sub(r"{(\w+)(:path)?}", lambda found: place[found[1]], path)
    headers, cookies = {}, {}
    with writing(house.office.engine) as session:
        if roles:
            people.set_roles(session, name, [(each, "*") for each in roles])
        if path.startswith("/api/") or scopes is not None:
            headers = {"authorization": f"Bearer {people.make_token(session, name, SCOPES if scopes is None else scopes, 3)}"}
        else:
            cookies = {Site().cookie: people.sign_in(session, name)}
            found = people.signed_in(session, cookies[Site().cookie])
            headers = {"x-csrf-token": found.csrf}
    client = TestClient(app, cookies=cookies, headers=headers, follow_redirects=False)
    return client.get(address) if method == "GET" else client.request(method, address, **sent)


def allowed(who: set[str], name: str) -> bool:
    """`name` is a role, "own" (who also has the role submitter) or "service" (who also has the role auditor)."""
    return who == ANY or name in who or (name == "own" and "submitter" in who) or (name == "service" and "auditor" in who)


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


@pytest.mark.parametrize("name", sorted({*ROLES, "own", "service"}))
def test_each_role_may_what_the_matrix_says(house, app, name):
    wrong = []
    for route, who in MATRIX.items():
        if who == OPEN or (who == ANY and route.startswith("POST /me/password")):
            continue
        answer = ask(app, house, name, route)
        fits = answer.status_code < 400 if allowed(who, name) else answer.status_code in {403, 404}
        if not fits:
            wrong.append(f"{route}: {answer.status_code}, may: {allowed(who, name)} {answer.text[-300:] if allowed(who, name) else ''}")
    assert not wrong, "\n".join(wrong)


def test_a_password_is_changed_with_the_old_one_alone(house, app):
    house.back()
    assert ask(app, house, "own", "POST /me/password").status_code == 422
    house.back()


def test_a_token_may_what_its_scopes_say_and_no_more(house, app):
    """For each route somebody who may do it: with the one scope it needs, and with all others."""
    wrong = []
    for route, who in MATRIX.items():
        if who == OPEN or route == "GET /metrics":  # this machine may read them without any
            continue
        scope = next(scope for pattern, scope in SCOPE_OF if re.match(pattern, route))
        name = next(each for each in ("own", "service", *ROLES) if allowed(who, each))
        others = tuple(each for each in SCOPES if each != scope)
        needed = {scope, "read"} if scope == "review" else {scope}  # what is decided about is shown too
        without = ask(app, house, name, route, others)
        within = ask(app, house, name, route, tuple(needed)).status_code if scope else 200
        harmless = route in NOT_REFUSED and "One that" not in without.text
        if (without.status_code < 400 and not harmless) or within >= 400:
            wrong.append(f"{route} as {name}: {within} with {scope!r}, {without.status_code} without")
    assert not wrong, "\n".join(wrong)


def test_what_belongs_to_another_submission_is_not_there(house, app):
    """Ids of one submission in the address of another, by somebody who may do all of it in both."""
    wrong = []
    for route, other in {
        "POST /review/{identity}/undo": "decided", "POST /review/{identity}/missed/remove": "decided",
        "POST /pieces/{identity}/undo": "approved", "POST /feedback/{identity}/{number}/answer": "withdrawn",
        "POST /review/{identity}/decide": "decided", "POST /review/{identity}/bulk": "decided",
    }.items():
        house.back()
        place, sent = prepared(house, route, about(house, route), "colleague")
        with reading(house.office.engine) as session:
            sent["data"]["version"] = str(session.get(Submission, getattr(house, other)).version)
        with writing(house.office.engine) as session:
            token = people.make_token(session, "colleague", SCOPES, 3)
        place["identity"] = getattr(house, other)
        address = re.sub(r"{(\w+)(:path)?}", lambda found: place[found[1]], route.partition(" ")[2])  # noqa: B023
        answer = TestClient(app, headers={"authorization": f"Bearer {token}"}, follow_redirects=False).post(address, data=sent["data"])
        if answer.status_code not in {404, 409}:
            wrong.append(f"{route} in one that is {other}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_of_what_went_to_everybody_everybody_may_speak(house, app):
    for route in ("GET /feedback/{identity}", "POST /feedback/{identity}"):
        assert ask(app, house, "victim", route).status_code == 404
        house.back()
        releases.release(house.office, house.actor("colleague"), house.out, "all")
        assert ask(app, house, "victim", route, fresh=False).status_code < 400


def test_nobody_approves_their_own_on_any_way(house, app, monkeypatch):
    for route in ("POST /pieces/{identity}/approve", "POST /api/v1/submissions/{identity}/approve"):
        assert ask(app, house, "own", route, roles=("submitter", "approver")).status_code == 403, route
    with pytest.raises(Forbidden):
        approvals.approve(house.office, house.actor("own"), house.decided, "")
    from desk.commands import release

    with writing(house.office.engine) as session:
        monkeypatch.setenv("DECKPRISM_TOKEN", people.make_token(session, "own", ("approve", "read"), 3))
    with pytest.raises(Forbidden, match="own submission"):
        release.approve(house.decided)
