"""Sends one file to a desk: through its API, or straight into the store of this machine. Both with a token's rights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from content.errors import Fault, InputError

if TYPE_CHECKING:
    from desk.rights import Actor
    from desk.services.office import Office
    from desk.services.submissions import Intake

_PIECE = 1 << 20
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: an id, or '' when it was refused; and the line that says so."""

    id: str
    line: str


def send_to_store(token: str, file: Path, intake: Intake) -> Answer:
    """Hand a file in at the store of this machine. Raises InputError when the token is not valid or lacks the right."""
    from desk.services.submissions import submit
    from desk.services.uploads import Upload

    office, actor = _local(token)
    if not file.is_file():
        return Answer("", f"{file.name}: not taken. It is no file. Check the path.")
    upload = Upload(office, file.name)
    try:
        with file.open("rb") as stream:
            while (piece := stream.read(_PIECE)) and upload.refusal is None:
                upload.write(piece)
    except OSError as error:
        upload.drop()
        return Answer("", f"{file.name}: not taken. It cannot be read ({error.strerror}). Check its permissions.")
    result = submit(office, actor, (upload,), intake)[0]
    if result.refused is not None:
        return Answer("", f"{result.name}: not taken. {result.refused.line}")
    return Answer(result.id, _line(result.name, result.id, result.duplicate_of.by if result.duplicate_of else "",
                                   result.duplicate_of.id if result.duplicate_of else ""))


def send_to_desk(desk: str, token: str, file: Path, intake: Intake) -> Answer:
    """Hand a file in through the API of a desk. Raises InputError when it does not let us in, Fault when it is away."""
    import httpx

    address = urlsplit(desk)
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise InputError(f"--desk {desk}", "is not an address", "Write it as https://desk.example")
    fields = {"title": intake.title, "purpose": intake.purpose, "audience": intake.audience, "owner": intake.owner,
              "note": intake.note, "channels": " ".join(intake.channels)}
    try:
        with file.open("rb") as stream:
            answer = httpx.post(f"{desk.rstrip('/')}/api/v1/submissions", data=fields, timeout=_PATIENCE,
                                files={"files": (file.name, stream, "application/octet-stream")},
                                headers={"Authorization": f"Bearer {token}"})
    except OSError as error:
        return Answer("", f"{file.name}: not taken. It cannot be read ({error.strerror}). Check the path.")
    except httpx.HTTPError as error:
        raise Fault(desk, f"cannot be reached ({type(error).__name__})",
                    "Check the address, and whether it runs") from None
    return _told(desk, file, answer.status_code, _json(answer))


def _told(desk: str, file: Path, code: int, body: dict[str, object]) -> Answer:
    results = body.get("results")
    first = results[0] if isinstance(results, list) and results else None
    if isinstance(first, dict):
        if not first.get("id"):
            return Answer("", f"{first.get('name')}: not taken. {first.get('detail')}")
        earlier = first.get("duplicate_of")
        known = earlier if isinstance(earlier, dict) else {}
        identity = str(first["id"])
        return Answer(identity, _line(str(first.get("name")), f"{desk.rstrip('/')}/jobs/{identity}",
                                      str(known.get("by", "")), str(known.get("id", ""))))
    said = str(body.get("detail", "")) or f"answered {code}"
    if code in {401, 403}:
        raise InputError(desk, said.rstrip("."), "")
    return Answer("", f"{file.name}: not taken. {said}")


def _json(answer: object) -> dict[str, object]:
    import httpx

    assert isinstance(answer, httpx.Response)
    try:
        found = answer.json()
    except ValueError:
        return {"detail": answer.text[:200] or f"answered {answer.status_code}"}
    return found if isinstance(found, dict) else {}


def _line(name: str, where: str, by: str, earlier: str) -> str:
    known = f" The same file was handed in by {by} before ({earlier})." if by else ""
    return f"{name}: handed in, {where}.{known}"


@cache
def _local(token: str) -> tuple[Office, Actor]:
    from desk.commands.run import found_config
    from desk.rights import Actor
    from desk.services.office import open_office, reading
    from store import people

    office = open_office(found_config(None))
    with reading(office.engine) as session:
        found = people.token_person(session, token)
    if found is None:
        raise InputError("DECKPRISM_TOKEN", "is unknown, has run out or was revoked", "Make a new one at the desk")
    return office, Actor(*found)
