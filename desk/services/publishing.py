"""Puts releases in place and takes them down: the desk's own folder, and the one that the operator named.

Everything appears by rename and can be done twice. What is published to readers leaves out what is about the work
(pack.json, report.html, findings.json); release.json lists every signed file, so what lies there can still be checked.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import Fault
from desk.services import builds
from desk.services.office import Office, reading, writing
from desk.services.signing import hash_of, signed_files, verify_signature
from flows.data import private
from flows.local_results import to_disk
from gates.package import to_json
from store import audit
from store.database import now
from store.tables_review import Build, Correction, Release

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Files of a pack that readers do not get: they are about the work.
FOR_THE_DESK = frozenset({"pack.json", "report.html", "findings.json"})
_US = "deckprism"


def publish(office: Office, subject: str, revision: str) -> None:
    """Put a release in place. Raises Fault when its files are not those that were signed, OSError without room."""
    with reading(office.engine) as session:
        row = session.get(Release, subject)
        build = session.get(Build, row.build) if row is not None else None
    if row is None or build is None or row.withdrawn_at is not None or row.published_at is not None:
        return
    pack = builds.folder(office, build)
    files = signed_files(pack)
    if hash_of(files) != row.content_hash or not verify_signature(office.key, row.id, row.audience, row.content_hash,
                                                                  row.signature):
        raise Fault(f"release {row.id}", "its files are not those that were signed", "Withdraw it and build again")
    said = about(row, files)
    _place(releases_folder(office) / row.id / build.slug, row.id, lambda made: _whole(pack, made, said))
    if office.publish_to is not None:
        target = office.publish_to / row.audience / build.slug
        _check_ours(target)
        _place(target, row.id, lambda made: _for_readers(pack, made, said))
    with writing(office.engine) as session:
        known = session.get(Release, subject, with_for_update=True)
        assert known is not None
        gone = known.withdrawn_at is not None  # while the folder was made
        if not gone:
            known.published_at = now()
            audit.record(session, office.key, _US, "published", f"submission:{known.submission}",
                         {"release": subject, "audience": known.audience})
    if gone:
        take_down(office, subject, revision)


def take_down(office: Office, subject: str, _revision: str) -> None:
    """Replace what a withdrawn release published by a notice, unless something else was published there since."""
    from desk.services.corrections import notice, released_text

    with reading(office.engine) as session:
        row = session.get(Release, subject)
        build = session.get(Build, row.build) if row is not None else None
        if row is None or build is None or row.withdrawn_at is None or office.publish_to is None:
            return
        text, correction = notice(office, session, row), released_text(session, row.submission, row.withdrawn_at)
    target = office.publish_to / row.audience / build.slug
    if not target.exists() or _release_in(target) != row.id:
        return
    said = {"release": row.id, "audience": row.audience, "status": "withdrawn", "withdrawn_at": row.withdrawn_at}

    def make(made: Path) -> None:
        (made / "withdrawn.md").write_text(text, encoding="utf-8")
        if correction:
            (made / "correction.md").write_text(correction, encoding="utf-8")
        (made / "release.json").write_bytes(to_json(said))

    _place(target, row.id, make)


def publish_correction(office: Office, subject: str, _revision: str) -> None:
    """Put a released correction beside the notice, wherever what it corrects had been published."""
    from sqlalchemy import select

    with reading(office.engine) as session:
        row = session.get(Correction, subject)
        if row is None or row.state != "released":
            return
        withdrawn = session.scalars(select(Release.id).where(Release.submission == row.submission,
                                                             Release.withdrawn_at.is_not(None))).all()
    for each in withdrawn:
        take_down(office, each, "")


def about(row: Release, files: Mapping[str, str]) -> dict[str, object]:
    """What release.json says."""
    return {"release": row.id, "submission": row.submission, "audience": row.audience, "status": "released",
            "at": row.at, "content_hash": row.content_hash, "signature": row.signature, "files": dict(files)}


def released_account(pack: Path, said: Mapping[str, object]) -> bytes:
    """pack.json of a released pack: its status, and which release it is."""
    account = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    account["status"] = "released"
    account["release"] = {name: said[name] for name in ("release", "audience", "at", "content_hash", "signature")}
    return to_json(account)


def release_file(said: Mapping[str, object]) -> bytes:
    """release.json as bytes."""
    return to_json(said)


def releases_folder(office: Office) -> Path:
    """Where the desk keeps what was released, private."""
    return private(office.folder / "releases")


def held_up(session: Session, release: str) -> str:
    """The code of what keeps a release from being put in place; '' when nothing does."""
    from sqlalchemy import select

    from store.tables import Outbox

    return session.scalar(select(Outbox.error).where(Outbox.kind == "release", Outbox.subject == release,
                                                     Outbox.done_at.is_(None)).limit(1)) or ""


def all_held_up(session: Session) -> dict[str, str]:
    """Release id -> the code of what keeps it from being put in place, for all that something keeps."""
    from sqlalchemy import select

    from store.tables import Outbox

    rows = session.execute(select(Outbox.subject, Outbox.error).where(Outbox.kind == "release", Outbox.done_at.is_(None)))
    return {row.subject: row.error for row in rows if row.error}


HANDLERS: dict[str, Callable[[Office, str, str], None]] = {
    "release": publish, "withdraw": take_down, "correction": publish_correction}


def _whole(pack: Path, made: Path, said: Mapping[str, object]) -> None:
    shutil.copytree(pack, made, dirs_exist_ok=True)
    (made / "pack.json").write_bytes(released_account(pack, said))
    (made / "release.json").write_bytes(to_json(said))


def _for_readers(pack: Path, made: Path, said: Mapping[str, object]) -> None:
    shutil.copytree(pack, made, dirs_exist_ok=True,
                    ignore=lambda folder, names: [n for n in names if Path(folder) == pack and n in FOR_THE_DESK])
    (made / "release.json").write_bytes(to_json(said))


def _place(target: Path, release: str, make: Callable[[Path], None]) -> None:
    """Make a folder beside its place and let it take the place by rename. A killed try leaves nothing in the way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made, old = target.parent / f".making-{release}", target.parent / f".old-{release}"
    for left in (made, old):
        shutil.rmtree(left, ignore_errors=True)
    made.mkdir()
    try:
        make(made)
        to_disk(made)
        if target.exists():
            target.rename(old)
        made.rename(target)
        to_disk(target.parent)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)


def _check_ours(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not _release_in(target)):
        raise Fault("the folder that releases are published to", f"holds something else under {target.name}",
                    "Move it away; it is tried again")


def _release_in(folder: Path) -> str:
    try:
        return str(json.loads((folder / "release.json").read_text(encoding="utf-8"))["release"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
