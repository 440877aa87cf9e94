"""History: the audit with filters, whether its chain holds, figures, exports, and the timeline of one submission."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from desk.rights import Actor
from desk.services import exports, figures, history
from desk.services.history import Filter
from desk.web.pages import render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)


def asked(person: Annotated[str, Query(max_length=120)] = "", action: Annotated[str, Query(max_length=60)] = "",
          document: Annotated[str, Query(max_length=64)] = "", since: Annotated[str, Query(max_length=10)] = "",
          until: Annotated[str, Query(max_length=10)] = "") -> Filter:
    """The filter of an address."""
    return Filter(person, action, document, since, until)


Wanted = Annotated[Filter, Depends(asked)]


@router.get("/history")
def history_page(request: Request, actor: Annotated[Actor, Depends(current)], wanted: Wanted,
                 before: Annotated[int, Query(ge=0, le=2**40)] = 0) -> Response:
    """A page of the audit."""
    return _page(request, actor, wanted, before)


@router.post("/history/verify")
def verify(request: Request, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Go over the whole chain and say whether it holds."""
    return _page(request, actor, Filter(), 0, history.verify(office_of(request), actor))


@router.get("/history/figures")
def figures_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """Time to decision, and false alarms by rule."""
    return render(request, "history_figures.html", report=figures.report(office_of(request), actor))


@router.get("/history/audit.csv")
def audit_csv(request: Request, actor: Annotated[Actor, Depends(current)], wanted: Wanted) -> Response:
    """The audit as a table."""
    return _csv(exports.audit_csv(office_of(request), actor, wanted), "audit")


@router.get("/history/decisions.csv")
def decisions_csv(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """Every decision as a table."""
    return _csv(exports.decisions_csv(office_of(request), actor), "decisions")


@router.get("/history/{identity}")
def timeline_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """What happened to one submission."""
    return render(request, "history_timeline.html", timeline=history.timeline(office_of(request), actor, identity))


def _page(request: Request, actor: Actor, wanted: Filter, before: int, verified: history.Verified | None = None) -> Response:
    said = {"person": wanted.person, "action": wanted.action, "document": wanted.document, "since": wanted.since,
            "until": wanted.until}
    return render(request, "history.html", page=history.history(office_of(request), actor, wanted, before), wanted=wanted,
                  query=urlencode({key: value for key, value in said.items() if value}), verified=verified, before=before)


def _csv(lines: object, name: str) -> Response:
    from collections.abc import Iterator

    assert isinstance(lines, Iterator)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="deckprism-{name}.csv"'})
