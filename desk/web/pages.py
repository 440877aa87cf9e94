"""Renders pages: one Jinja2 environment, escaping always on, with what every page needs already in it."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from content.version import VERSION
from desk import words
from desk.rights import Act, Actor, Case, may
from desk.web.session import Visit, office_of, set_cookie, site_of

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates of the page. A value that is not given is an error, never an empty place."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)
    made.filters["when"] = words.when
    made.filters["ago"] = words.ago
    made.filters["count"] = words.count
    made.globals["certainty"] = words.certainty
    return made


def render(request: Request, template: str, code: int = 200, **values: object) -> Response:
    """A page. The actor, the form's secret and a note left by the last action are in every template."""
    found = getattr(request.state, "visit", None)
    here: Visit | None = found if isinstance(found, Visit) else None
    text = environment().get_template(template).render(
        **values, actor=here.actor if here else None, csrf=here.csrf if here else "", version=VERSION,
        path=request.url.path, note=_note(request),
        partial=request.headers.get("hx-request") == "true", can=_can(here.actor if here else None), Act=Act, Case=Case)
    response = HTMLResponse(text, code)
    cookie = getattr(request.state, "new_cookie", "")
    if cookie:
        set_cookie(response, site_of(request), cookie)
    return response


def after(request: Request, place: str, note: str = "") -> Response:
    """Where to go after an action; `note` says what was done."""
    from urllib.parse import urlencode

    joint = "&" if "?" in place else "?"
    before, mark, anchor = place.partition("#")
    target = f"{before}{joint}{urlencode(spoken(request, note))}{mark}{anchor}" if note else place
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


def spoken(request: Request, note: str) -> dict[str, str]:
    """The parameters of an address that make its page say `note`."""
    return {"note": note, "said": _seal(request, note)}


def _seal(request: Request, note: str) -> str:
    """What only the desk can put beside a note, so that a link made elsewhere cannot speak in its name."""
    return hmac.new(office_of(request).key, b"note\0" + note.encode(), hashlib.sha256).hexdigest()[:16]


def _note(request: Request) -> str:
    note = request.query_params.get("note", "")
    sealed = request.query_params.get("said", "")
    return note[:200] if note and hmac.compare_digest(sealed.encode(), _seal(request, note).encode()) else ""


def error_page(request: Request, status: int, message: str) -> Response:
    """An error as a page, or as a line where a part of a page was asked for."""
    return render(request, "error.html", status, message=message, status=status)


def refused(request: Request, status: int, message: str) -> Response:
    """An error for whoever asked: as JSON for a program, as a page for a person."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message}, status)
    return error_page(request, status, message)


def _can(actor: Actor | None) -> object:
    def can(act: Act, case: Case = Case()) -> bool:  # noqa: B008 - frozen
        return actor is not None and may(actor, act, case)

    return can
