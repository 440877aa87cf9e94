"""What all routes of the API share: where they lie, how a caller is known, and how errors look."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel

#: Only for the description of the API; desk/web/session.py is what lets anybody in.
_bearer = HTTPBearer(auto_error=False, description="A token from your page at the desk (Authorization: Bearer ...).")


class Problem(BaseModel):
    """What went wrong and what to do, in one line."""

    detail: str


#: Errors that any route may answer with.
_PROBLEMS: dict[int | str, dict[str, object]] = {
    400: {"model": Problem, "description": "What was sent cannot be used."},
    401: {"model": Problem, "description": "No token, or one that has run out."},
    403: {"model": Problem, "description": "Not for this user, or not in the token's scopes."},
    404: {"model": Problem, "description": "Not there, or not for this user to see."},
    409: {"model": Problem, "description": "Somebody was faster, or the step may not follow now."},
    413: {"model": Problem, "description": "Larger than what can be taken."},
    422: {"model": Problem, "description": "What was sent is incomplete or not of the right kind."},
    503: {"model": Problem, "description": "Not available just now."},
}
#: The id of a submission in an address.
Identity = Annotated[str, Path(description="The submission's id.", min_length=1, max_length=40)]


def api_router(tag: str) -> APIRouter:
    """A router under /api/v1 whose routes are documented with token and errors."""
    return APIRouter(prefix="/api/v1", tags=[tag], dependencies=[Security(_bearer)], responses=_PROBLEMS)
