"""What went out: the list, downloads, taking something back, and the corrections that go with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import Response, StreamingResponse

from desk.rights import Act, Actor, Case, may
from desk.services import corrections, outgoing, releases
from desk.services.outgoing import way
from desk.services.progress import status
from desk.services.releases import AUDIENCE_NAMES, Wrong
from desk.web import prose
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)
Long = Annotated[str, Form(max_length=9000)]
Version = Annotated[int, Form(ge=1, le=1_000_000)]


@router.get("/released")
def released_page(request: Request, actor: Annotated[Actor, Depends(current)],
                  q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """What went out, newest first."""
    return render(request, "released.html", rows=outgoing.released_list(office_of(request), actor, q), query=q,
                  audience_names=AUDIENCE_NAMES)


@router.get("/released/{release}/download")
def download(request: Request, release: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """A release as a zip."""
    name, size, pieces = outgoing.download(office_of(request), actor, release)
    return StreamingResponse(pieces, media_type="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)})


@router.get("/pieces/{identity}/withdraw")
def withdraw_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """Take something back: why, what was wrong, what is right."""
    office = office_of(request)
    found = status(office, actor, identity)
    return render(request, "withdraw.html", job=found, way=way(office, actor, identity), audience_names=AUDIENCE_NAMES)


@router.post("/pieces/{identity}/withdraw")
def withdraw(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], reason: Long,
             wrong: Long = "", right: Long = "") -> Response:
    """Take it back."""
    made = releases.withdraw(office_of(request), actor, identity, Wrong(reason, wrong, right))
    if made:
        return after(request, f"/corrections/{made}", "Withdrawn. Read the correction; a colleague has to approve it.")
    return after(request, "/released", "Withdrawn.")


@router.get("/corrections/{identity}")
def correction_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """A correction: as it will be read, and to change it, approve it or let it go out."""
    office = office_of(request)
    found = corrections.correction(office, actor, identity)
    case = Case(owner=status(office, actor, found.submission).by)
    drawn, _ = prose.markdown(found.text, {})
    return render(request, "correction.html", correction=found, drawn=drawn,
                  may_write=found.state != "released" and may(actor, Act.WITHDRAW, case),
                  may_approve=found.state == "draft" and may(actor, Act.APPROVE, case)
                  and found.by != actor.person.display,
                  may_release=found.state == "approved" and may(actor, Act.RELEASE, case))


@router.post("/corrections/{identity}/write")
def write(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], version: Version,
          text: Long) -> Response:
    """Change the words."""
    corrections.rewrite(office_of(request), actor, identity, version, text)
    return after(request, f"/corrections/{identity}", "Written. A colleague has to approve it.")


@router.post("/corrections/{identity}/approve")
def approve(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], version: Version) -> Response:
    """Approve the words."""
    corrections.approve(office_of(request), actor, identity, version)
    return after(request, f"/corrections/{identity}", "Approved. It can go out now.")


@router.post("/corrections/{identity}/release")
def let_out(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], version: Version) -> Response:
    """Let it go out."""
    corrections.release(office_of(request), actor, identity, version)
    return after(request, f"/corrections/{identity}", "It goes out wherever the withdrawn pieces had been.")
