"""Administration of how things go: who is asked, what is asked for before a release, how long things are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from content.errors import InputError
from desk.rights import Act, Actor, require
from desk.services import arrangements, retention
from desk.services.approvals import Asked
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of
from desk.words import count

router = APIRouter(include_in_schema=False)
Whole = Annotated[int, Form(ge=0, le=100_000)]


@router.get("/admin/ways")
def ways_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """Routing, policy and service levels."""
    return render(request, "admin_ways.html", found=arrangements.arrangements(office_of(request), actor), problem="")


@router.post("/admin/routing")
async def routing(request: Request, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Say which team is asked about which category."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form(max_fields=100)
    teams = {key.removeprefix("team-"): value for key, value in form.items()
             if key.startswith("team-") and isinstance(value, str)}
    await run_in_threadpool(arrangements.set_routing, office_of(request), actor, teams)
    return after(request, "/admin/ways", "The teams are saved.")


@router.post("/admin/policy")
def policy(request: Request, actor: Annotated[Actor, Depends(changing)],
           second_approver_from: Annotated[str, Form(max_length=10)] = "", keeps: Whole = 0,
           acknowledge: Annotated[str, Form()] = "", pilot_first: Annotated[str, Form()] = "") -> Response:
    """Say what has to be there before something goes out."""
    wanted = Asked(second_approver_from, keeps, bool(acknowledge), bool(pilot_first))
    arrangements.set_policy(office_of(request), actor, wanted)
    return after(request, "/admin/ways", "What is asked for before a release is saved.")


@router.post("/admin/levels")
def levels(request: Request, actor: Annotated[Actor, Depends(changing)], amber: Annotated[float, Form()],
           red: Annotated[float, Form()]) -> Response:
    """Say from when a row in the queue is marked."""
    arrangements.set_levels(office_of(request), actor, amber, red)
    return after(request, "/admin/ways", "The service levels are saved.")


@router.get("/admin/retention")
def retention_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """How long things are kept, what is due, what is on hold."""
    return _retention(request, actor)


@router.post("/admin/retention")
def keep(request: Request, actor: Annotated[Actor, Depends(changing)], released_days: Whole,
         rejected_days: Whole) -> Response:
    """Set the periods."""
    retention.set_keeping(office_of(request), actor, released_days, rejected_days)
    return after(request, "/admin/retention", "The periods are saved.")


@router.post("/admin/retention/purge")
def purge(request: Request, actor: Annotated[Actor, Depends(changing)],
          submission: Annotated[list[str] | None, Form(max_length=1000)] = None) -> Response:
    """Delete for good what was on the list and is due still."""
    done = retention.purge(office_of(request), actor, submission or [])
    return after(request, "/admin/retention", f"{count(len(done.submissions), 'submission')} deleted for good, with "
                 f"{count(done.originals, 'original')} and {count(done.builds, 'build')}.")


@router.post("/admin/retention/hold")
def hold(request: Request, actor: Annotated[Actor, Depends(changing)], submission: Annotated[str, Form(max_length=40)],
         reason: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Keep a submission until somebody says otherwise."""
    require(actor, Act.ADMINISTER)
    try:
        retention.hold(office_of(request), actor, submission.strip(), reason)
    except InputError as error:
        return _retention(request, actor, 400, str(error))
    return after(request, "/admin/retention", "It is on hold: no purge touches it.")


@router.post("/admin/retention/let-go")
def let_go(request: Request, actor: Annotated[Actor, Depends(changing)],
           submission: Annotated[str, Form(max_length=40)]) -> Response:
    """End a hold."""
    retention.let_go(office_of(request), actor, submission)
    return after(request, "/admin/retention", "The hold has ended.")


def _retention(request: Request, actor: Actor, code: int = 200, problem: str = "") -> Response:
    office = office_of(request)
    return render(request, "admin_retention.html", code, keeping=retention.keeping(office, actor),
                  due=retention.due(office, actor), problem=problem)
