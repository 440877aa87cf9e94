"""Hand in files: the form, what became of each file, and the way on to its job."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from desk.rights import Act, Actor, NotThere, require
from desk.services import submissions
from desk.services.progress import Status, status
from desk.services.submissions import CHANNELS, PURPOSES, Intake, Result
from desk.services.uploads import LARGEST_FILE, MOST_FILES
from desk.web.pages import after, render
from desk.web.receiving import Received, receiving
from desk.web.session import current, office_of

router = APIRouter(include_in_schema=False)


@router.get("/submit")
def submit_page(request: Request, actor: Annotated[Actor, Depends(current)], done: str = "") -> Response:
    """The form; with `done`, above it what was handed in a moment ago."""
    require(actor, Act.SUBMIT)
    taken: list[Status] = []
    for identity in done.split(",")[:MOST_FILES] if done else ():
        try:
            taken.append(status(office_of(request), actor, identity))
        except NotThere:
            continue
    return _page(request, taken=taken)


@router.post("/submit")
async def submit(request: Request, received: Annotated[Received, Depends(receiving)]) -> Response:
    """Take the files in. What was taken is on its own page; what was refused is said here, with what to do."""
    intake = intake_of(received)
    if not received.uploads:
        return _page(request, 400, intake=intake, problem="Choose at least one file, or drop some on the field.")
    results = await run_in_threadpool(submissions.submit, office_of(request), received.actor, received.uploads, intake,
                                      received.first("ticket")[:64])
    refused = [each for each in results if each.refused]
    if not refused:
        ids = [each.id for each in results]
        if len(ids) == 1:
            return after(request, f"/jobs/{ids[0]}", "Handed in. You can close this page; the work goes on.")
        return after(request, f"/submit?done={','.join(ids)}", f"{len(ids)} files were handed in.")
    return _page(request, code_of(results), results=results, intake=intake)


def intake_of(received: Received) -> Intake:
    """What a form says of its files."""
    channels = tuple(each for value in received.fields.get("channels", []) for each in value.replace(",", " ").split())
    purpose = received.first("purpose")
    return Intake(title=received.first("title"), purpose=purpose if purpose in PURPOSES else "",
                  audience=received.first("audience"), channels=tuple(each for each in CHANNELS if each in channels),
                  owner=received.first("owner"), note=received.first("note"))


def code_of(results: tuple[Result, ...]) -> int:
    """The HTTP status of an answer: 200 when something was taken, otherwise why nothing was."""
    codes = {each.refused.code for each in results if each.refused}
    if any(each.id for each in results):
        return 200
    return 413 if codes == {"TooLarge"} else 507 if codes == {"NoRoom"} else 422


def _page(request: Request, code: int = 200, *, results: tuple[Result, ...] = (), taken: list[Status] | None = None,
          intake: Intake | None = None, problem: str = "") -> Response:
    return render(request, "submit.html", code, results=results, taken=taken or [], intake=intake or Intake(),
                  problem=problem, purposes=PURPOSES, channels=CHANNELS, ticket=secrets.token_hex(16),
                  most=MOST_FILES, largest=LARGEST_FILE >> 20)
