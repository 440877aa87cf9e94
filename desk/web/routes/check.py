"""Check a text before it is posted: what would be found in it. Nothing of it is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from content.errors import InputError
from desk.rights import Act, Actor, Forbidden, require
from desk.services import checking
from desk.web.pages import render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)


@router.get("/check")
def check_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The form."""
    require(actor, Act.SUBMIT)
    return render(request, "check.html", text="", found=None, problem="", longest=checking.LONGEST)


@router.post("/check")
def check(request: Request, actor: Annotated[Actor, Depends(changing)], text: Annotated[str, Form()] = "") -> Response:
    """The same page with what was found."""
    try:
        found = checking.check(office_of(request), actor, text)
    except Forbidden:
        raise
    except InputError as error:
        return render(request, "check.html", 400, text=text[:checking.LONGEST], found=None, problem=str(error),
                      longest=checking.LONGEST)
    return render(request, "check.html", text=text, found=found, problem="", longest=checking.LONGEST)
