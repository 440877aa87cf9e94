"""Puts the page together: routes found in desk/web/routes, guards around them, one way to answer each kind of error.

It holds no state but the office; two processes may serve the same store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from content.errors import DeckprismError, InputError
from content.registry import discover
from content.version import VERSION
from desk.rights import Forbidden, NotThere
from desk.web.guard import Guard
from desk.web.pages import refused
from desk.web.session import SignInNeeded, WrongForm, sign_in_redirect
from flows import logs
from flows.worker import place_of
from store.submissions import Stale

if TYPE_CHECKING:
    from desk.services.office import Office
    from desk.web.site import Site

__all__ = ["NotThere", "create_app", "status_of"]

STATIC = Path(__file__).parent / "static"


def create_app(office: Office, site: Site) -> FastAPI:
    """The application over one office. `site` says under which names and how it is reached."""
    from fastapi import APIRouter

    app = FastAPI(title="Deckprism", version=VERSION, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
                  description="Submit, review and release. Send a token as `Authorization: Bearer ...`.")
    app.state.office = office
    app.state.site = site
    app.add_middleware(Guard, site=site)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in discover("desk.web.routes", "router"):
        assert isinstance(router, APIRouter)
        app.include_router(router)
    app.add_exception_handler(DeckprismError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DataError, _unfit)
    for away in (OperationalError, InterfaceError, NoConnection):
        app.add_exception_handler(away, _away)
    app.add_exception_handler(Exception, _fault)
    return app


def status_of(error: DeckprismError) -> int:
    """The HTTP status of one of our errors."""
    if isinstance(error, Forbidden | WrongForm):
        return 403
    if isinstance(error, SignInNeeded):
        return 401
    if isinstance(error, Stale):
        return 409
    if isinstance(error, NotThere):
        return 404
    return 400 if isinstance(error, InputError) else 503


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, DeckprismError)
    if isinstance(error, SignInNeeded) and not _wants_json(request):
        return sign_in_redirect(request)
    return refused(request, status_of(error), str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing here. Go back to the start and take it from there.",
            405: "This address does not do that. Go back and use the buttons of the page.",
            413: "The file is too large. Files of up to 100 MB can be taken."}
    return refused(request, error.status_code, said.get(error.status_code, str(error.detail)))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(piece) for piece in first["loc"][1:]) or "the request"
    return refused(request, 422, f"{where}: {str(first['msg']).lower()}. Fill it in and send it again.")


async def _unfit(request: Request, error: Exception) -> Response:
    """A value that the database cannot hold, a NUL in PostgreSQL for instance. What it was is not said again."""
    return refused(request, 400, "Something in this cannot be stored. Take out unusual characters and send it again.")


async def _away(request: Request, error: Exception) -> Response:
    """The database is gone, full or locked for too long: its transaction was taken back whole, so nothing is half done."""
    logs.tell("database_away", code=type(error).__name__)
    return refused(request, 503, "The database cannot be used just now. Nothing was changed; try again in a minute.")


async def _fault(request: Request, error: Exception) -> Response:
    """The last net: never a traceback, never what the exception says, which may quote a document."""
    kind, _, place = place_of(error).partition(" at ")
    logs.tell("fault", logs.Ids(place=place), code=kind)
    return refused(request, 500, "A fault of ours. Nothing was changed; please tell your administrator the time.")


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")

