"""How far a submission is: live by server-sent events, by polling without those, by reloading without script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response, StreamingResponse

from content.errors import DeckprismError
from desk import words
from desk.rights import Actor
from desk.services import rejecting, submissions
from desk.services.feedback import hints_for
from desk.services.progress import Status, events, status
from desk.services.sound import asked_for, made_of_it, unspoken
from desk.services.submissions import CHANNELS, PURPOSES
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)
#: What people call one piece of each kind.
_PIECES = {"blog": "blog draft", "social": "post", "audio": "audio script", "interview": "interview sheet",
           "webchat": "web-chat plan", "card": "card", "carousel": "carousel", "outline": "starter"}


@router.get("/jobs/{identity}")
def job_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The page of a submission."""
    found = status(office_of(request), actor, identity)
    return render(request, "job.html", job=found, said=said(found), made=made(found), live=False, purposes=PURPOSES,
                  channels=CHANNELS, can_reject=rejecting.CAN_REJECT, hints=hints_for(office_of(request), actor, identity))


@router.get("/jobs/{identity}/state")
def job_state(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The part of the page that moves, for polling."""
    found = status(office_of(request), actor, identity)
    return render(request, "job_poll.html", job=found, said=said(found), made=made(found), live=False)


@router.get("/jobs/{identity}/events")
async def job_events(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The same as events, until the work has ended."""
    from starlette.concurrency import run_in_threadpool

    office = office_of(request)
    await run_in_threadpool(status, office, actor, identity)  # what is not there is said before the stream begins

    async def stream() -> AsyncIterator[str]:
        try:
            async for found in events(office, actor, identity):
                page = render(request, "job_state.html", job=found, made=made(found), live=True)
                yield _event("stages", bytes(page.body).decode()) + _event("said", said(found))
        except DeckprismError as error:
            yield _event("said", str(error))
        yield _event("end", "")

    return StreamingResponse(stream(), media_type="text/event-stream",
                             headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@router.post("/jobs/{identity}/cancel")
def cancel(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Stop the work."""
    submissions.cancel(office_of(request), actor, identity)
    return after(request, f"/jobs/{identity}", "The work was stopped. You can start it again.")


@router.post("/jobs/{identity}/retry")
def retry(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Start the work again."""
    submissions.retry(office_of(request), actor, identity)
    return after(request, f"/jobs/{identity}", "The work was started again.")


@router.post("/jobs/{identity}/reject")
def reject(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
           reason: Annotated[str, Form(max_length=9000)] = "") -> Response:
    """Send it back."""
    rejecting.reject(office_of(request), actor, identity, reason)
    return after(request, f"/jobs/{identity}", "Sent back. The submitter reads why.")


@router.post("/jobs/{identity}/reopen")
def reopen(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Take it up again."""
    rejecting.reopen(office_of(request), actor, identity)
    return after(request, f"/jobs/{identity}", "Taken up again. Earlier decisions still stand.")


def said(job: Status) -> str:
    """How far it is, in one sentence."""
    if job.state == "rejected":
        return f"Not for sharing: {job.reason}" if job.reason else "Sent back as not for sharing."
    if job.job == "waiting":
        return job.reason or "It waits for its turn."
    if job.job == "running":
        number = next((n for n, each in enumerate(job.stages, start=1) if each.state == "now"), 1)
        does = next((each.does for each in job.stages if each.state == "now"), "Start")
        return f"Step {number} of {len(job.stages)}: {does.lower()}."
    if job.job == "cancelled":
        return job.reason or "The work was stopped."
    if job.job == "failed":
        return job.reason or "The work could not be done."
    return _next_step(job)


def made(job: Status) -> str:
    """What the newest build holds, most telling first: "7 blog drafts, 56 posts and 1 episode."."""
    counts = {name.removeprefix("made:"): count for name, count in job.figures if name.startswith("made:")}
    spoken = dict(job.figures).get("spoken", 0)
    names = _PIECES | {"audio": made_of_it(spoken)}
    told = [words.count(counts[kind], one) for kind, one in names.items() if counts.get(kind)]
    listed = f"{', '.join(told[:-1])} and {told[-1]}." if len(told) > 1 else "".join(f"{each}." for each in told)
    silent = unspoken(job.build_status, asked_for(job.channels)) if counts.get("audio") and not spoken else ""
    return f"{listed} {silent}".strip()


def _next_step(job: Status) -> str:
    if job.state == "in_review":
        return (f"Read, and {job.open} of {job.found} things found wait for a decision." if job.open
                else "Read; everything that was found is decided.")
    return {"decided": "Nothing is open: the pieces wait for somebody to approve them.",
            "approved": "Approved: the pieces wait to be released.", "released": "Released.",
            "withdrawn": "Withdrawn.",
            "quarantined": "It could not be read and was set aside."}.get(job.state, "Done.")


def _event(name: str, data: str) -> str:
    rows = "".join(f"data: {row}\n" for row in data.splitlines() or [""])
    return f"event: {name}\n{rows}\n"
