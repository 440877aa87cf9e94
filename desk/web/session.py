"""Who is asking: a cookie, a token or a trusted proxy's header becomes an Actor; forms must carry their secret.

Routes take `actor: Actor = Depends(current)`; routes that change something take `Depends(changing)`, which also checks the
form's secret. Tokens need none: no browser sends them by itself.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from content.errors import InputError
from desk.rights import Actor
from desk.services.office import Office, reading, writing
from desk.web.site import Site
from store import people

_NOTED = timedelta(minutes=1)


class SignInNeeded(InputError):
    """Nobody is signed in, or no longer."""


class WrongForm(InputError):
    """The form's secret is missing or not that of this sign-in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request's actor and the secret that the forms of its page must carry."""

    actor: Actor
    csrf: str = ""


def office_of(request: Request) -> Office:
    """The office that this application serves."""
    office = request.app.state.office
    assert isinstance(office, Office)
    return office


def site_of(request: Request) -> Site:
    """How this application is reached."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def visit(request: Request) -> Visit:
    """Who is asking. Raises SignInNeeded when nobody is signed in."""
    found = _by_token(request) or _by_cookie(request)
    if found is None:
        raise SignInNeeded("the desk", "you are not signed in, or were signed out", "Sign in")
    request.state.visit = found
    return found


def current(request: Request) -> Actor:
    """The actor of a request that only reads."""
    return visit(request).actor


async def changing(request: Request) -> Actor:
    """The actor of a request that changes something; its form must carry the secret of the sign-in.

    Raises WrongForm when it does not, SignInNeeded when nobody is signed in.
    """
    from starlette.concurrency import run_in_threadpool

    found = await run_in_threadpool(visit, request)
    if found.actor.scopes is not None:
        return found.actor
    sent = request.headers.get("x-csrf-token", "")
    if not sent:
        form = await request.form(max_files=20, max_fields=600)
        value = form.get("csrf", "")
        sent = value if isinstance(value, str) else ""
    if not found.csrf or not hmac.compare_digest(sent.encode(), found.csrf.encode()):
        raise WrongForm("the form", "is older than your sign-in", "Reload the page and do it again; nothing was changed")
    return found.actor


def set_cookie(response: Response, site: Site, value: str) -> None:
    """Give the browser its cookie."""
    response.set_cookie(site.cookie, value, httponly=True, secure=site.https, samesite="lax", path="/",
                        max_age=int(people.ABSOLUTE.total_seconds()))


def sign_in_redirect(request: Request) -> Response:
    """To the sign-in page, and back here afterwards."""
    back = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?next={quote(back)}", 303)


def safe_next(path: str) -> str:
    """Where to go after signing in: a path of this site, never another one."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return "/"
    return path if path.isprintable() else "/"


def _by_token(request: Request) -> Visit | None:
    value = request.headers.get("authorization", "")
    if not value.startswith("Bearer "):
        return None
    office = office_of(request)
    with reading(office.engine) as session:
        found = people.token_person(session, value.removeprefix("Bearer ").strip())
    if found is None:
        raise SignInNeeded("the token", "is unknown, has run out or was revoked", "Make a new one")
    return Visit(Actor(*found))


def _by_cookie(request: Request) -> Visit | None:
    office, site = office_of(request), site_of(request)
    cookie = request.cookies.get(site.cookie, "")
    proxied = _by_proxy(request, site)
    if proxied:
        return _proxied(request, office, cookie, proxied)
    if not cookie:
        return None
    with reading(office.engine) as session:
        found = people.signed_in(session, cookie)
    if found is None:
        return None
    if datetime.now(UTC) - datetime.fromisoformat(found.seen_at) > _NOTED:
        with writing(office.engine) as session:
            people.seen(session, cookie)
    return Visit(Actor(found.person), found.csrf)


def _by_proxy(request: Request, site: Site) -> str:
    """The user that a trusted proxy names, or nothing. Raises SignInNeeded when two are named: one is the browser's word."""
    if not site.proxy_header or request.client is None or request.client.host not in site.proxies:
        return ""
    named = request.headers.getlist(site.proxy_header)
    if len(named) > 1:
        raise SignInNeeded("the proxy", f"sent {site.proxy_header} more than once",
                           "Let it take away what browsers send under that name")
    return named[0].strip().lower() if named else ""


def _proxied(request: Request, office: Office, cookie: str, name: str) -> Visit | None:
    with reading(office.engine) as session:
        person = people.person(session, name)
        found = people.signed_in(session, cookie) if cookie else None
    if person is None:
        raise SignInNeeded(f"user {name}", "is not known here", "Ask an administrator to add you")
    if found is not None and found.person.name == person.name:
        return Visit(Actor(person), found.csrf)
    with writing(office.engine) as session:  # a sign-in of its own, so that forms have a secret
        cookie = people.sign_in(session, person.name)
        fresh = people.signed_in(session, cookie)
    request.state.new_cookie = cookie
    return Visit(Actor(person), fresh.csrf if fresh else "")
