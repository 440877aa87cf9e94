"""The API for the way out: look at pieces, approve, release, withdraw, download. Tokens act as their user."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from desk.rights import Actor, NotThere
from desk.services import approvals, edits, outgoing, pieces, rejecting, releases
from desk.services.releases import Released, Wrong
from desk.web.api import Identity, api_router
from desk.web.session import changing, current, office_of

router = api_router("release")

Hash = Annotated[str, Field("", max_length=64, description="The content that you saw; empty takes what is there now.")]


class SentenceOut(BaseModel):
    """A sentence of a piece and where it comes from."""

    number: int
    text: str
    before: str = Field(description="Hash that an edit of this sentence has to name.")
    origin: str
    units: list[int]


class PieceOut(BaseModel):
    """A piece; `refused` says why it is not in the pack."""

    name: str
    kind: str
    title: str
    topic: int
    refused: str
    sentences: list[SentenceOut]


class TopicOut(BaseModel):
    """A topic: its title, the units it runs over, and how strong it is (strong, fair, thin)."""

    number: int
    title: str
    first: int
    last: int
    grade: str
    suits: str


class PiecesOut(BaseModel):
    """All pieces of the newest build."""

    id: str
    state: str
    current: bool = Field(description="Whether they are of today's decisions; only such can be approved.")
    status: str
    content_hash: str
    topics: list[TopicOut]
    shaped: int = Field(description="Version of how the pieces are cut; whoever moves a topic has to name it.")
    pieces: list[PieceOut]


class MoveIn(BaseModel):
    """Which topic is to begin where; without a topic all begin where they were found."""

    topic: Annotated[int, Field(0, ge=0)]
    first: Annotated[int, Field(0, ge=0)]
    version: Annotated[int, Field(ge=0, description="The `shaped` that you saw.")]


class MovedOut(BaseModel):
    """Where topics begin by hand (empty: as found), and the version of that. The pieces are being built again."""

    begins: list[int]
    version: int


class ApproveIn(BaseModel):
    """What is approved."""

    content_hash: Hash = ""


class ApprovedOut(BaseModel):
    """How many approvals there are, and how many are needed."""

    content_hash: str
    given: int
    needed: int


class ReleaseIn(BaseModel):
    """To whom."""

    audience: Literal["pilot", "all"] = "all"
    content_hash: Hash = ""


class ReleasedOut(BaseModel):
    """A release."""

    id: str
    submission: str
    audience: str
    content_hash: str
    signature: str
    by: str
    at: str
    published_at: str
    withdrawn_at: str


class WithdrawIn(BaseModel):
    """Why; with `wrong`, a correction is drafted."""

    reason: str = Field(min_length=1, max_length=2000)
    wrong: str = Field("", max_length=2000)
    right: str = Field("", max_length=2000)


class RejectIn(BaseModel):
    """Why it is not for sharing; the submitter reads it."""

    reason: str = Field(min_length=1, max_length=2000)


class StateOut(BaseModel):
    """Where the submission is now."""

    id: str
    state: str


class WithdrawnOut(BaseModel):
    """What was drafted."""

    correction: str = Field(description="Id of the correction; empty without one.")


@router.get("/submissions/{identity}/pieces", response_model=PiecesOut)
def look(request: Request, identity: Identity, actor: Annotated[Actor, Depends(current)]) -> PiecesOut:
    """The pieces, sentence by sentence."""
    office = office_of(request)
    seen = pieces.overview(office, actor, identity)
    made = []
    for entry in seen.entries:
        whole = pieces.piece(office, actor, identity, entry.name, seen)
        made.append(PieceOut(
            name=entry.name, kind=entry.kind, title=entry.title, topic=entry.topic, refused=entry.refused,
            sentences=[SentenceOut(number=each.number, text=each.text, before=each.before, origin=each.origin,
                                   units=list(each.units)) for each in whole.lines]))
    return PiecesOut(id=seen.id, state=seen.state, current=seen.current, status=seen.status,
                     content_hash=seen.content_hash, pieces=made, shaped=seen.shaped.version,
                     topics=[TopicOut(number=each.number, title=each.title, first=each.first, last=each.last,
                                      grade=each.strength.grade, suits=each.suits) for each in seen.topics])


@router.post("/submissions/{identity}/topic", response_model=MovedOut)
def topic(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)], body: MoveIn) -> MovedOut:
    """Let a topic begin at another slide; everything made from it is made again."""
    office = office_of(request)
    if body.topic:
        done = edits.move_boundary(office, actor, identity, body.topic, body.first, body.version)
    else:
        done = edits.topics_as_found(office, actor, identity, body.version)
    return MovedOut(begins=list(done.topics_at), version=done.version)


@router.post("/submissions/{identity}/approve", response_model=ApprovedOut)
def approve(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)], body: ApproveIn) -> ApprovedOut:
    """Approve the content that is there."""
    done = approvals.approve(office_of(request), actor, identity, body.content_hash)
    return ApprovedOut(content_hash=done.content_hash, given=done.given, needed=done.needed)


@router.post("/submissions/{identity}/release", response_model=ReleasedOut)
def release(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)], body: ReleaseIn) -> ReleasedOut:
    """Let an approved content go out; asked for twice, it is one release."""
    return _out(releases.release(office_of(request), actor, identity, body.audience, body.content_hash))


@router.post("/submissions/{identity}/withdraw", response_model=WithdrawnOut)
def withdraw(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)],
             body: WithdrawIn) -> WithdrawnOut:
    """Take back everything that is out of a submission."""
    return WithdrawnOut(correction=releases.withdraw(office_of(request), actor, identity,
                                                     Wrong(body.reason, body.wrong, body.right)))


@router.post("/submissions/{identity}/reject", response_model=StateOut)
def reject(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)], body: RejectIn) -> StateOut:
    """Send a submission back as not for sharing."""
    rejecting.reject(office_of(request), actor, identity, body.reason)
    return StateOut(id=identity, state="rejected")


@router.post("/submissions/{identity}/reopen", response_model=StateOut)
def reopen(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)]) -> StateOut:
    """Take a submission up again that was sent back."""
    return StateOut(id=identity, state=rejecting.reopen(office_of(request), actor, identity))


@router.get("/submissions/{identity}/download", response_class=Response,
            responses={200: {"content": {"application/zip": {}}, "description": "The release as a zip."}})
def download(request: Request, identity: Identity, actor: Annotated[Actor, Depends(current)],
             audience: Annotated[Literal["", "pilot", "all"], Query(description="Empty takes the newest release.")] = "",
             ) -> Response:
    """A release of a submission as a zip."""
    office = office_of(request)
    out = [each for each in outgoing.way(office, actor, identity).releases
           if not each.withdrawn_at and audience in ("", each.audience)]
    if not out:
        raise NotThere("this submission", "has no such release", "Release it first")
    name, size, made = outgoing.download(office, actor, out[0].id)
    return StreamingResponse(made, media_type="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)})


def _out(made: Released) -> ReleasedOut:
    return ReleasedOut(id=made.id, submission=made.submission, audience=made.audience, content_hash=made.content_hash,
                       signature=made.signature, by=made.by, at=made.at, published_at=made.published_at,
                       withdrawn_at=made.withdrawn_at)
