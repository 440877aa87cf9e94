"""The way in: sign in, sign out, the one-time link that makes the first administrator, and the start page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from content.errors import InputError
from desk.rights import Actor
from desk.services import setup
from desk.services.office import reading, writing
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of, safe_next, set_cookie, site_of
from store import audit, people

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The start page: what waits for whoever is signed in."""
    from desk.services.lists import home

    return render(request, "home.html", home=home(office_of(request), actor))


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form."""
    with reading(office_of(request).engine) as session:
        if not people.anybody(session):
            raise InputError("the desk", "has no administrator yet", "Open the one-time link that it printed at its start")
    return render(request, "sign_in.html", next=safe_next(next), name="", problem="")


@router.post("/sign-in")
def sign_in(request: Request, name: Annotated[str, Form(max_length=150)], password: Annotated[str, Form(max_length=1000)],
            next: Annotated[str, Form()] = "/") -> Response:
    """Check name and password; five tries a minute for an account, twenty for an address."""
    office, site = office_of(request), site_of(request)
    account, address = name.strip().lower(), request.client.host if request.client else ""
    with writing(office.engine) as session:
        free = people.begin_attempt(session, account, address)
        stored = people.stored_password(session, account) if free else ""
    if not free:
        return render(request, "sign_in.html", 429, next=safe_next(next), name=name,
                      problem="Too many tries. Wait a minute and try again.")
    if not people.check_password(stored, password):
        return render(request, "sign_in.html", 401, next=safe_next(next), name=name,
                      problem="Name and password do not belong together. Try again, or ask an administrator.")
    old = request.cookies.get(site.cookie, "")
    with writing(office.engine) as session:
        people.forgive_attempt(session, account, address)
        if old:
            people.sign_out(session, old)
        cookie = people.sign_in(session, account)
        audit.record(session, office.key, account, "signed_in", f"user:{account}")
    response = RedirectResponse(safe_next(next), 303)
    set_cookie(response, site, cookie)
    return response


@router.post("/sign-out")
def sign_out(request: Request, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """End the sign-in."""
    office, site = office_of(request), site_of(request)
    with writing(office.engine) as session:
        people.sign_out(session, request.cookies.get(site.cookie, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(site.cookie, path="/")
    return response


@router.get("/setup")
def setup_page(request: Request, link: str = "") -> Response:
    """The form for the first administrator."""
    setup.check_link(office_of(request), link)
    return render(request, "setup.html", link=link, name="", display="", problem="")


@router.post("/setup")
def make_first(request: Request, link: Annotated[str, Form()], name: Annotated[str, Form(max_length=120)],
               password: Annotated[str, Form(max_length=1000)],
               display: Annotated[str, Form(max_length=150)] = "") -> Response:
    """Make the first administrator and sign them in."""
    office = office_of(request)
    try:
        cookie = setup.make_first(office, link, name, password, display)
    except setup.BadLink:
        raise
    except InputError as error:
        return render(request, "setup.html", 400, link=link, name=name, display=display, problem=str(error))
    response = after(request, "/", "You are the administrator. Add your colleagues under Administration.")
    set_cookie(response, site_of(request), cookie)
    return response
