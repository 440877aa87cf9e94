"""What came back after a release: questions, complaints, results; put down, and answered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.responses import Response

from content.errors import InputError
from desk.rights import Actor, Forbidden, NotThere
from desk.services import feedback
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)
Long = Annotated[str, Form(max_length=9000)]
Short = Annotated[str, Form(max_length=300)]


@router.get("/feedback/{identity}")
def feedback_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """What came back about a submission, and the form."""
    return _page(request, actor, identity)


@router.post("/feedback/{identity}")
def record(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], kind: Short = "question",
           text: Long = "", piece: Short = "", topic: Short = "") -> Response:
    """Put something down."""
    try:
        feedback.record(office_of(request), actor, identity, kind, text, piece, topic)
    except (Forbidden, NotThere):
        raise
    except InputError as error:
        return _page(request, actor, identity, 400, str(error), text)
    return after(request, f"/feedback/{identity}", "Put down. The next talk on this topic shows it.")


@router.post("/feedback/{identity}/{number}/answer")
def answer(request: Request, identity: str, number: Annotated[int, Path(ge=1, le=2**31 - 1)],
           actor: Annotated[Actor, Depends(changing)], text: Long = "") -> Response:
    """Say what became of it."""
    feedback.answer(office_of(request), actor, identity, number, text)
    return after(request, f"/feedback/{identity}#entry-{number}", "Answered.")


def _page(request: Request, actor: Actor, identity: str, code: int = 200, problem: str = "", typed: str = "") -> Response:
    return render(request, "feedback.html", code, page=feedback.feedback(office_of(request), actor, identity),
                  kinds=feedback.KINDS, problem=problem, typed=typed)
