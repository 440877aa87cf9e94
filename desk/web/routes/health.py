"""Whether the desk is alive and whether it can work: for load balancers and service managers. Metrics stand elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from desk.services.readiness import parts
from desk.web.session import office_of

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> Response:
    """The process answers; nothing else is looked at."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """200 when every part is all right, else 503; in both cases which part is what."""
    found = parts(office_of(request))
    trouble = any(part.trouble for part in found)
    said = {part.name: part.trouble or "ok" for part in found}
    return JSONResponse({"ready": not trouble, **said}, 503 if trouble else 200)
