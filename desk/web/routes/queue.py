"""The queue: what waits for whom, and taking a submission on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from desk.rights import Actor
from desk.services import claims
from desk.services.queue import MINE, queue
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)


@router.get("/review")
def queue_page(request: Request, actor: Annotated[Actor, Depends(current)], tab: str = MINE) -> Response:
    """The list of a tab."""
    return render(request, "queue.html", queue=queue(office_of(request), actor, tab))


@router.post("/review/{identity}/claim")
def claim(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
          take: Annotated[str, Form()] = "") -> Response:
    """Take a submission on."""
    claims.claim(office_of(request), actor, identity, take=bool(take))
    return after(request, f"/review/{identity}", "It is yours for 30 minutes, and longer while you have it open.")


@router.post("/review/{identity}/unclaim")
def unclaim(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Give it back."""
    claims.release_claim(office_of(request), actor, identity)
    return after(request, "/review", "Given back.")


@router.post("/review/{identity}/here")
def here(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """A sign of life from an open page; answers with who else is there."""
    return render(request, "review_here.html", holding=claims.here(office_of(request), actor, identity))
