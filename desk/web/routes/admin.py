"""Administration: users and their roles. Each form is a plain POST; what it did is said on the page it leads to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from content.errors import InputError
from content.finding import Category
from desk.rights import Act, Actor, require
from desk.services import memories, users
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of, site_of
from store.tables_people import ROLES

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Form(max_length=200)]
RoleList = Annotated[list[str] | None, Form(max_length=40)]
#: What the roles are for, with the words of the page.
ROLE_WORDS = {"submitter": "hands talks in", "reviewer": "decides about what was found",
              "approver": "says that pieces may go out", "publisher": "lets them go out", "auditor": "reads the history",
              "administrator": "manages users, rules and settings"}


@router.get("/admin")
def admin_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """Users, and where to go on."""
    return _page(request, actor)


@router.post("/admin/users")
def add(request: Request, actor: Annotated[Actor, Depends(changing)], name: Annotated[str, Form(max_length=120)],
        display: Words = "", team: Words = "", email: Words = "", role: RoleList = None) -> Response:
    """Add a user; the answer shows the link with which they set their password."""
    require(actor, Act.ADMINISTER)
    try:
        secret = users.add(office_of(request), actor, name, users.read_roles(role or ()), display, team, email)
    except InputError as error:
        return _page(request, actor, 400, problem=str(error))
    return _page(request, actor, link=secret, whose=name.strip().lower())


@router.get("/admin/users/{name}")
def user_page(request: Request, name: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """One user: roles, details, shut out or let in."""
    return _user(request, actor, name)


@router.post("/admin/users/{name}")
def change(request: Request, name: str, actor: Annotated[Actor, Depends(changing)], display: Words = "", team: Words = "",
           email: Words = "", role: RoleList = None) -> Response:
    """Change roles and details."""
    require(actor, Act.ADMINISTER)
    try:
        users.change(office_of(request), actor, name, users.read_roles(role or ()), display, team, email)
    except InputError as error:
        return _user(request, actor, name, 400, str(error))
    return after(request, "/admin", f"Saved. {name} signs in again where the roles changed.")


@router.post("/admin/users/{name}/disable")
def disable(request: Request, name: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Shut a user out."""
    require(actor, Act.ADMINISTER)
    try:
        users.disable(office_of(request), actor, name)
    except InputError as error:
        return _user(request, actor, name, 400, str(error))
    return after(request, "/admin", f"{name} is shut out; what they did stays under their name.")


@router.post("/admin/users/{name}/enable")
def enable(request: Request, name: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Let a user in again."""
    users.enable(office_of(request), actor, name)
    return after(request, f"/admin/users/{name}", f"{name} can sign in again. Their tokens stay revoked.")


@router.post("/admin/users/{name}/link")
def link(request: Request, name: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Make a one-time link for another password."""
    secret = users.password_link(office_of(request), actor, name)
    return _user(request, actor, name, link=secret)


def _page(request: Request, actor: Actor, code: int = 200, problem: str = "", link: str = "", whose: str = "") -> Response:
    office = office_of(request)
    return render(request, "admin.html", code, users=users.users(office, actor), problem=problem,
                  link=_address(request, link), whose=whose, hours=users.LINK_HOURS,
                  waiting=len(memories.memories(office, actor).waiting),
                  roles=[(each, ROLE_WORDS[each]) for each in ROLES], categories=categories())


def _user(request: Request, actor: Actor, name: str, code: int = 200, problem: str = "", link: str = "") -> Response:
    from desk.rights import NotThere

    found = next((each for each in users.users(office_of(request), actor) if each.name == name), None)
    if found is None:
        raise NotThere("this user", "is not known", "Look at the list of users")
    return render(request, "admin_user.html", code, user=found, problem=problem, link=_address(request, link),
                  hours=users.LINK_HOURS, roles=[(each, ROLE_WORDS[each]) for each in ROLES], categories=categories())


def _address(request: Request, secret: str) -> str:
    scheme = "https" if site_of(request).https else "http"  # the proxy speaks HTTP to us, whatever browsers speak to it
    return f"{scheme}://{request.url.netloc}/password?link={secret}" if secret else ""


def categories() -> list[str]:
    """The categories that somebody can review."""
    return [each.value for each in Category if each is not Category.QUALITY]
