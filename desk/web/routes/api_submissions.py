"""The API for handing in: submit, list, look, stop, start again, and check a text. Tokens act as their user."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from content.errors import InputError
from desk.rights import Actor
from desk.services import checking, submissions
from desk.services.progress import Status, status
from desk.services.progress import submissions as listed
from desk.services.submissions import CHANNELS, PURPOSES, Result
from desk.web.api import Identity, api_router
from desk.web.receiving import Received, receiving
from desk.web.routes.submit import code_of, intake_of
from desk.web.session import changing, current, office_of

router = api_router("submissions")


class EarlierOut(BaseModel):
    """The same content, handed in before."""

    id: str
    by: str
    at: str


class FileOut(BaseModel):
    """What became of one file: either `id`, or `code` and `detail` of its refusal."""

    name: str
    id: str = Field("", description="The submission's id; empty when the file was not taken.")
    duplicate_of: EarlierOut | None = None
    code: str = Field("", description="Why it was not taken, for programs: TooLarge, EncryptedFile, ...")
    detail: str = Field("", description="Why it was not taken and what to do, for people.")


class FilesOut(BaseModel):
    """One entry a file, in the order they were sent."""

    results: list[FileOut]


class StageOut(BaseModel):
    """One stage of the work."""

    name: str
    state: Literal["done", "now", "later"]
    seconds: float | None = None


class SubmissionOut(BaseModel):
    """A submission as it stands."""

    id: str
    title: str
    name: str
    by: str
    at: str
    state: str = Field(description="received, scanning, in_review, decided, approved, released, withdrawn, quarantined "
                                   "or rejected.")
    version: int
    job: str = Field(description="The work on it: waiting, running, done, failed or cancelled.")
    stages: list[StageOut]
    code: str
    reason: str
    found: int = Field(description="Things found, however often each was found.")
    open: int = Field(description="Those of them that somebody must decide about.")
    build: str = Field(description="Id of the newest build of the pieces; empty until there is one.")
    build_status: str
    figures: dict[str, int]
    duplicate_of: EarlierOut | None = None


class RowOut(BaseModel):
    """A submission in the list."""

    id: str
    title: str
    name: str
    by: str
    state: str
    job: str
    at: str


class ListOut(BaseModel):
    """Submissions, newest first. `next` goes into `before` for those after these; empty when there are no more."""

    submissions: list[RowOut]
    next: str = ""


class CheckIn(BaseModel):
    """A text to check."""

    text: str = Field(min_length=1, max_length=checking.LONGEST)


class PlaceOut(BaseModel):
    """Where something stands in the text."""

    paragraph: int
    before: str
    text: str
    after: str


class FoundOut(BaseModel):
    """One thing that was found."""

    category: str
    severity: str
    rule: str
    name: str
    certainty: str
    confidence: float
    why: str
    suggestion: str
    holds: bool = Field(description="Whether it would hold a pack until somebody decides.")
    places: list[PlaceOut]


class CheckOut(BaseModel):
    """What was found, the worst first."""

    found: list[FoundOut]


_FORM: dict[str, object] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
    "type": "object", "required": ["files"], "properties": {
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": 20,
                  "description": "Slides or documents, up to 100 MB each."},
        "title": {"type": "string", "maxLength": 200}, "purpose": {"type": "string", "enum": list(PURPOSES)},
        "audience": {"type": "string", "maxLength": 200}, "owner": {"type": "string", "maxLength": 120},
        "channels": {"type": "array", "items": {"type": "string", "enum": list(CHANNELS)}},
        "note": {"type": "string", "maxLength": 2000},
        "ticket": {"type": "string", "description": "Sent twice with the same file, it makes one submission.",
                   "maxLength": 64}}}}}}}


@router.post("/submissions", status_code=201, response_model=FilesOut, openapi_extra=_FORM,
             responses={200: {"model": FilesOut, "description": "Some files were taken and some were not."},
                        422: {"model": FilesOut, "description": "No file was taken."},
                        507: {"model": FilesOut, "description": "There is no room on the desk's disk."}})
async def submit(request: Request, received: Annotated[Received, Depends(receiving)]) -> Response:
    """Hand in files. 201 when all were taken, 200 when some were, otherwise why none was."""
    if not received.uploads:
        raise InputError("the form", "has no file", "Send at least one as files")
    results = await run_in_threadpool(submissions.submit, office_of(request), received.actor, received.uploads,
                                      intake_of(received), received.first("ticket")[:64])
    code = code_of(results)
    body = FilesOut(results=[_file(each) for each in results]).model_dump(mode="json")
    if code != 200:
        body["detail"] = " ".join(f"{each.name}: {each.refused.line}" for each in results if each.refused)
    return JSONResponse(body, 201 if all(each.id for each in results) else code)


@router.get("/submissions", response_model=ListOut)
def submissions_list(
    request: Request, actor: Annotated[Actor, Depends(current)],
    state: Annotated[str, Query(max_length=20, description="Only those in this state.")] = "",
    before: Annotated[str, Query(max_length=40, description="Only those handed in before this time.")] = "",
    most: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ListOut:
    """Submissions that the user may see, newest first."""
    rows = listed(office_of(request), actor, submissions.line(state, 20), submissions.line(before, 40), most)
    return ListOut(next=rows[-1].at if len(rows) == most else "", submissions=[
        RowOut(id=row.id, title=row.title, name=row.name, by=row.by, state=row.state, job=row.job, at=row.at)
        for row in rows])


@router.get("/submissions/{identity}", response_model=SubmissionOut)
def submission(request: Request, identity: Identity, actor: Annotated[Actor, Depends(current)]) -> SubmissionOut:
    """One submission as it stands."""
    return _out(status(office_of(request), actor, identity))


@router.post("/submissions/{identity}/cancel", response_model=SubmissionOut)
def cancel(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)]) -> SubmissionOut:
    """Stop the work on a submission; it can be started again."""
    submissions.cancel(office_of(request), actor, identity)
    return _after(request, actor, identity)


@router.post("/submissions/{identity}/retry", response_model=SubmissionOut)
def retry(request: Request, identity: Identity, actor: Annotated[Actor, Depends(changing)]) -> SubmissionOut:
    """Start the work on a submission again."""
    submissions.retry(office_of(request), actor, identity)
    return _after(request, actor, identity)


@router.post("/check", response_model=CheckOut)
def check(request: Request, given: CheckIn, actor: Annotated[Actor, Depends(changing)]) -> CheckOut:
    """What is risky in a text. Nothing of it is kept."""
    found = checking.check(office_of(request), actor, given.text)
    return CheckOut(found=[
        FoundOut(category=each.category, severity=each.severity, rule=each.rule, name=each.name,
                 certainty=each.certainty, confidence=each.confidence, why=each.why, suggestion=each.suggestion,
                 holds=each.holds,
                 places=[PlaceOut(paragraph=place.paragraph, before=place.before, text=place.text, after=place.after)
                         for place in each.places])
        for each in found])


def _after(request: Request, actor: Actor, identity: str) -> SubmissionOut:
    """How it stands after a change: whoever may change it may see that much, whatever the scopes of their token."""
    return _out(status(office_of(request), Actor(actor.person), identity))


def _file(result: Result) -> FileOut:
    earlier, refused = result.duplicate_of, result.refused
    return FileOut(name=result.name, id=result.id, code=refused.code if refused else "",
                   detail=refused.line if refused else "",
                   duplicate_of=EarlierOut(id=earlier.id, by=earlier.by, at=earlier.at) if earlier else None)


def _out(found: Status) -> SubmissionOut:
    earlier = found.earlier
    return SubmissionOut(
        id=found.id, title=found.title, name=found.name, by=found.by, at=found.at, state=found.state,
        version=found.version, job=found.job, code=found.code, reason=found.reason, found=found.found, open=found.open,
        stages=[StageOut(name=each.name, state=each.state, seconds=each.seconds) for each in found.stages],
        build=found.build, build_status=found.build_status, figures=dict(found.figures),
        duplicate_of=EarlierOut(id=earlier.id, by=earlier.by, at=earlier.at) if earlier else None)
