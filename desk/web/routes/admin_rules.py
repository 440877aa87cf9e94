"""Administration of rules: the list with its figures, off or weighed otherwise, the dry run, remembered decisions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.responses import Response

from content.errors import InputError
from desk.rights import Act, Actor, require
from desk.services import administration, memories
from desk.services.dry_run import MOST_CHARACTERS, dry_run
from desk.services.remembering import SCOPES
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)


@router.get("/admin/rules")
def rules_page(request: Request, actor: Annotated[Actor, Depends(current)], q: str = "") -> Response:
    """Every rule with what it found and what became of it."""
    word = q.strip().casefold()[:60]
    rows = [row for row in administration.rule_rows(office_of(request), actor)
            if not word or word in row.id.casefold() or word in row.why.casefold() or word in row.category]
    return render(request, "admin_rules.html", rows=rows, query=q[:60], problem="")


@router.post("/admin/rules/{rule}")
def change(request: Request, rule: str, actor: Annotated[Actor, Depends(changing)], off: Annotated[str, Form()] = "",
           severity: Annotated[str, Form(max_length=10)] = "", reason: Annotated[str, Form(max_length=400)] = "") -> Response:
    """Switch a rule off or on, or weigh it otherwise."""
    administration.change_rule(office_of(request), actor, rule, off=bool(off), severity=severity, reason=reason)
    return after(request, f"/admin/rules#{rule}", f"{rule} is changed for what is handed in from now on.")


@router.get("/admin/dry-run")
def dry_run_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """The form."""
    require(actor, Act.ADMINISTER)
    return render(request, "admin_dry_run.html", result=None, text="", problem="")


@router.post("/admin/dry-run")
def try_pack(request: Request, actor: Annotated[Actor, Depends(changing)],
             text: Annotated[str, Form(max_length=MOST_CHARACTERS)] = "",
             pack: Annotated[UploadFile | None, File()] = None) -> Response:
    """Try a pack that was pasted or chosen on past documents."""
    require(actor, Act.ADMINISTER)
    if pack is not None and pack.size and not text.strip():
        text = pack.file.read(MOST_CHARACTERS + 1).decode("utf-8", "replace")
    try:
        result = dry_run(office_of(request), actor, text)
    except InputError as error:
        return render(request, "admin_dry_run.html", 400, result=None, text=text[:MOST_CHARACTERS], problem=str(error))
    return render(request, "admin_dry_run.html", result=result, text=text, problem="")


@router.get("/admin/remembered")
def remembered_page(request: Request, actor: Annotated[Actor, Depends(current)]) -> Response:
    """What waits to be confirmed, and what acts."""
    return render(request, "admin_remembered.html", memories=memories.memories(office_of(request), actor), scopes=SCOPES,
                  problem="")


@router.post("/admin/remembered/{identity}/confirm")
def confirm(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
            until: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Let a proposal act."""
    require(actor, Act.ADMINISTER)
    try:
        memories.confirm(office_of(request), actor, identity, until)
    except InputError as error:
        found = memories.memories(office_of(request), actor)
        return render(request, "admin_remembered.html", 400, memories=found, scopes=SCOPES, problem=str(error))
    return after(request, "/admin/remembered", "It is remembered from now on.")


@router.post("/admin/remembered/{identity}/refuse")
def refuse(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Say no to a proposal."""
    memories.refuse(office_of(request), actor, identity)
    return after(request, "/admin/remembered", "It is not remembered.")


@router.post("/admin/remembered/{identity}/forget")
def forget(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Take out what was remembered."""
    memories.forget(office_of(request), actor, identity)
    return after(request, "/admin/remembered", "Forgotten. It is found again in what is handed in next.")
