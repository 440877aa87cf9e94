"""Everybody's own page: name, keys, password, tokens, sign-ins; and the one-time link that sets a password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from content.errors import InputError
from desk.rights import SCOPE, Actor, may
from desk.services import tokens, users
from desk.services.setup import BadLink
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of, set_cookie, site_of
from store.tables_people import SCOPES

router = APIRouter(include_in_schema=False)
Password = Annotated[str, Form(max_length=1000)]
#: What a scope lets a program do, with the words of the page.
_SCOPES = {"submit": "Hand in, and look at how far it is", "read": "Read submissions, pieces and history",
           "review": "Decide, remark and send back", "approve": "Approve and acknowledge", "release": "Release and withdraw",
           "administer": "Administer the desk"}


@router.get("/me")
def own_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The page."""
    return _page(request, actor)


@router.post("/me")
def profile(request: Request, actor: Annotated[Actor, Depends(changing)], display: Annotated[str, Form(max_length=150)] = "",
            keys: Annotated[str, Form()] = "") -> Response:
    """Change the name that others see, and whether single-letter keys act."""
    tokens.set_profile(office_of(request), actor, display, keys=bool(keys))
    return after(request, "/me", "Saved.")


@router.post("/me/password")
def password(request: Request, actor: Annotated[Actor, Depends(changing)], old: Password, new: Password) -> Response:
    """Take another password; every other sign-in ends."""
    office = office_of(request)
    address = request.client.host if request.client else ""
    try:
        cookie = tokens.change_password(office, actor, old, new, address)
    except InputError as error:
        if actor.scopes is not None:
            raise
        return _page(request, actor, 400, problem=str(error))
    response = after(request, "/me", "Your password is changed, and all your other sign-ins have ended.")
    set_cookie(response, site_of(request), cookie)
    return response


@router.post("/me/tokens")
def make_token(request: Request, actor: Annotated[Actor, Depends(changing)],
               scope: Annotated[list[str] | None, Form()] = None, days: Annotated[int, Form()] = 90,
               label: Annotated[str, Form(max_length=120)] = "") -> Response:
    """Make a token; its value is on the answer to this form and nowhere else."""
    try:
        value = tokens.make_token(office_of(request), actor, scope or (), days, label)
    except InputError as error:
        if actor.scopes is not None:
            raise
        return _page(request, actor, 400, problem=str(error))
    return _page(request, actor, token=value)


@router.post("/me/tokens/{token}/revoke")
def revoke(request: Request, token: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """End a token."""
    tokens.revoke(office_of(request), actor, token)
    return after(request, "/me", "The token does not work any more.")


@router.post("/me/sign-out-everywhere")
def everywhere(request: Request, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """End every sign-in, this one too."""
    tokens.sign_out_everywhere(office_of(request), actor)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(site_of(request).cookie, path="/")
    return response


@router.get("/password")
def link_page(request: Request, link: str = "") -> Response:
    """The form behind a one-time link."""
    return render(request, "password.html", link=link, name=users.whose_link(office_of(request), link), problem="")


@router.post("/password")
def use_link(request: Request, link: Annotated[str, Form(max_length=200)], password: Password) -> Response:
    """Set the password that the link is for."""
    office = office_of(request)
    try:
        users.use_link(office, link, password)
    except BadLink:
        raise
    except InputError as error:
        return render(request, "password.html", 400, link=link, name=users.whose_link(office, link), problem=str(error))
    return after(request, "/sign-in", "Your password is set. Sign in with it.")


def _page(request: Request, actor: Actor, code: int = 200, problem: str = "", token: str = "") -> Response:
    found = tokens.own(office_of(request), actor, request.cookies.get(site_of(request).cookie, ""))
    useful = {scope for act, scope in SCOPE.items() if may(actor, act)} | {"read"}
    return render(request, "me.html", code, own=found, problem=problem, token=token,
                  scopes=[(each, _SCOPES[each]) for each in SCOPES if each in useful])

