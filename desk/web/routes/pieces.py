"""The pieces as they will be: read them, see where a sentence comes from, rewrite it, cut them differently, approve them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from markupsafe import Markup
from starlette.responses import FileResponse, Response

from content import look
from desk.rights import Act, Actor, Case, NotThere, may
from desk.services import approvals, edits, pieces, releases, sound
from desk.services.outgoing import way
from desk.services.pieces import COUNTED, KINDS, MARKDOWN, Line, Overview, Piece
from desk.web import prose
from desk.web.pages import after, render
from desk.web.session import changing, current, office_of

router = APIRouter(include_in_schema=False)

#: What a browser may show in place; everything else is handed over as a download.
_SHOWN = {".png": "image/png", ".mp3": "audio/mpeg"}
Name = Annotated[str, Form(max_length=200)]
Number = Annotated[int, Form(ge=0, le=1_000_000)]


@router.get("/pieces/{identity}")
def pieces_page(request: Request, identity: str, actor: Annotated[Actor, Depends(current)], piece: str = "",
                at: int = -1, view: str = "", start: Annotated[float, Query(ge=0, le=100_000)] = 0) -> Response:
    """One piece beside the list of all; `at` chooses a sentence, `view` the sources, the topics or what was left out.

    `start` is where the episode begins to play, in seconds.
    """
    return _page(request, identity, actor, piece, at, view, start)


@router.get("/pieces/{identity}/files/{path:path}")
def piece_file(request: Request, identity: str, path: str, actor: Annotated[Actor, Depends(current)]) -> Response:
    """A file of the newest build; pictures and sound are shown, the rest is handed over."""
    file = pieces.file(office_of(request), actor, identity, path)
    shown = _SHOWN.get(file.suffix)
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-cache"}
    return FileResponse(file, media_type=shown or "application/octet-stream", headers=headers,
                        filename=None if shown else file.name)


@router.post("/pieces/{identity}/edit")
def edit(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], piece: Name, segment: Number,
         before: Annotated[str, Form(max_length=64)], text: Annotated[str, Form(max_length=8000)]) -> Response:
    """Rewrite a sentence."""
    edits.edit(office_of(request), actor, identity, piece, segment, before, text)
    return after(request, f"{_place(identity, piece)}&at={segment}#sentence",
                 "Written. The pieces are being built again; what the checks say of it shows up here.")


@router.post("/pieces/{identity}/undo")
def undo(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], edit: Number,
         piece: Name = "") -> Response:
    """Take an edit back."""
    edits.undo(office_of(request), actor, identity, edit)
    return after(request, _place(identity, piece), "Taken back. The pieces are being built again.")


@router.post("/pieces/{identity}/topic")
def topic(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], version: Number,
          topic: Number = 0, first: Number = 0) -> Response:
    """Let a topic begin at another slide; without a slide, all topics as they were found."""
    office = office_of(request)
    if first:
        edits.move_boundary(office, actor, identity, topic, first, version)
        said = f"Topic {topic} begins at {first}. The pieces are being built again."
    else:
        edits.topics_as_found(office, actor, identity, version)
        said = "The topics begin where they were found. The pieces are being built again."
    return after(request, f"/pieces/{identity}?view=topics", said)


@router.post("/pieces/{identity}/leave-out")
def leave_out(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], piece: Name,
              version: Number) -> Response:
    """Leave a piece out."""
    edits.leave_out(office_of(request), actor, identity, piece, version)
    return after(request, f"/pieces/{identity}?view=left-out", "Left out. The pieces are being built again.")


@router.post("/pieces/{identity}/take-back")
def take_back(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)], piece: Name,
              version: Number) -> Response:
    """Take a piece back in."""
    edits.leave_out(office_of(request), actor, identity, piece, version, out=False)
    return after(request, f"/pieces/{identity}?view=left-out", "Taken back in. The pieces are being built again.")


@router.post("/pieces/{identity}/build")
def build(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)]) -> Response:
    """Build the pieces again."""
    edits.build_again(office_of(request), actor, identity)
    return after(request, f"/jobs/{identity}", "The pieces are being built from today's decisions.")


@router.post("/pieces/{identity}/approve")
def approve(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
            content: Annotated[str, Form(max_length=64)]) -> Response:
    """Approve what is there."""
    done = approvals.approve(office_of(request), actor, identity, content)
    return after(request, f"/pieces/{identity}", "Approved. It can be released now." if done.enough else
                 f"Approved. {done.given} of {done.needed} approvals are there.")


@router.post("/pieces/{identity}/acknowledge")
def acknowledge(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
                content: Annotated[str, Form(max_length=64)]) -> Response:
    """Customer service has read the heads-up."""
    approvals.acknowledge(office_of(request), actor, identity, content)
    return after(request, f"/pieces/{identity}", "Noted: customer service knows what will be out.")


@router.post("/pieces/{identity}/release")
def release(request: Request, identity: str, actor: Annotated[Actor, Depends(changing)],
            content: Annotated[str, Form(max_length=64)], audience: Annotated[str, Form(max_length=10)]) -> Response:
    """Let it go out."""
    made = releases.release(office_of(request), actor, identity, audience, content)
    return after(request, f"/pieces/{identity}", f"Released to {releases.AUDIENCE_NAMES[made.audience]}.")


def _page(request: Request, identity: str, actor: Actor, name: str, at: int, view: str,
          start: float) -> Response:
    office = office_of(request)
    seen = pieces.overview(office, actor, identity)
    names = [each.name for each in seen.entries]
    if name and name not in names:
        raise NotThere("this piece", "is not among the pieces", "Take one of the list")
    first = next((each.name for kind in KINDS for each in seen.entries if each.kind == kind and not each.refused), "")
    chosen = name or first
    piece = pieces.piece(office, actor, identity, chosen, seen) if chosen else None
    line = next((each for each in piece.lines if each.number == at), None) if piece is not None else None
    before, rest, notes = _drawn(identity, seen, piece, line) if piece is not None else (Markup(), Markup(), ())
    groups = [(kind, said, [each for each in seen.entries if each.kind == kind]) for kind, said in KINDS.items()]
    change = next((each for each in piece.changes if line and each.text.strip() == line.text), None) if piece else None
    return render(request, "pieces.html", seen=seen, piece=piece, line=line, before=before, rest=rest, notes=notes,
                  change=change, groups=[each for each in groups if each[2]], kinds=KINDS,
                  view=view if view in {"topics", "left-out", "sources"} else "", way=way(office, actor, identity),
                  may_shape=may(actor, Act.SHAPE, Case(owner=seen.owner, state=seen.state))
                  and seen.state not in {"released", "received", "scanning", "rejected", "quarantined"},
                  start=start, silence=_silence(seen, piece), hue=look.hue, place=lambda named: _place(identity, named),
                  counted=COUNTED, audience_names=releases.AUDIENCE_NAMES,
                  file_place=lambda path: f"/pieces/{identity}/files/{quote(path)}")


def _silence(seen: Overview, piece: Piece | None) -> str:
    """Why the episode is not to be heard; '' when it is, and for every other piece."""
    if piece is None or piece.entry.kind != "audio" or piece.chapters or piece.entry.refused:
        return ""
    return sound.unspoken(seen.status, seen.status == "held" or "audio/no-episode.txt" in piece.files)


def _drawn(identity: str, seen: Overview, piece: Piece, line: Line | None) -> tuple[Markup, Markup, tuple[str, ...]]:
    """The piece as HTML, cut where the chosen sentence's block ends, and the notes that stand in its comments."""
    base = _place(identity, piece.entry.name)
    anchors = {each.number: (f"{base}&at={each.number}#sentence", origin(seen, each)) for each in piece.lines}
    text = prose.marked(piece.segments)
    chosen = line.number if line is not None else -1
    if piece.entry.kind not in MARKDOWN:
        return prose.plain(text, anchors, chosen), Markup(), ()
    shown, notes = prose.notes_of(text)
    return (*prose.markdown(shown, anchors, chosen), notes)


def origin(seen: Overview, line: Line) -> str:
    """Where a sentence comes from, in a few words."""
    where = f"{seen.unit} {', '.join(str(unit) for unit in line.units)}" if line.units else "the file's own title"
    return f"{where}, written by hand" if line.origin == "editor" else where


def _place(identity: str, piece: str) -> str:
    return f"/pieces/{identity}?piece={quote(piece, safe='')}"
