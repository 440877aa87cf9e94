"""/metrics, for a machine that watches the desk: from this machine itself, or with a token of somebody who may audit.

A request that came through a proxy also comes from this machine, and is none of this machine: any header that a proxy
sets, or another name than this machine's own, makes a token needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from desk.services.metrics import CONTENT_TYPE, metrics
from desk.web.session import SignInNeeded, current, office_of, site_of

if TYPE_CHECKING:
    from desk.rights import Actor

router = APIRouter(include_in_schema=False)
_THIS = frozenset({"127.0.0.1", "::1"})
_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


@router.get("/metrics")
def figures(request: Request) -> Response:
    """The figures as text."""
    try:
        asked_by = _asked_by(request)
    except SignInNeeded:  # a machine asks: it is told, not led to the page where people sign in
        return PlainTextResponse("Show a token: Authorization: Bearer ...", 401, {"WWW-Authenticate": "Bearer"})
    return Response(metrics(office_of(request), asked_by), media_type=CONTENT_TYPE)


def _asked_by(request: Request) -> Actor | None:
    """Whoever shows a token or is signed in; None for this machine itself. Raises SignInNeeded."""
    site = site_of(request)
    near = request.client is not None and request.client.host in _THIS
    host = request.headers.get("host", "")
    named = host in _NAMES or host.rpartition(":")[0] in _NAMES
    proxied = site.https or bool(site.proxy_header) or any(name in request.headers for name in _OF_PROXIES)
    if near and named and not proxied and "authorization" not in request.headers:
        return None
    return current(request)
