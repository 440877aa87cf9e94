"""How far a submission is on its way out: what is still asked for, by whom, and what the actor may do next."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from content.errors import Fault
from desk.rights import Act, Actor, Case, NotThere, may
from desk.services import approvals, builds, corrections, publishing, releases
from desk.services.corrections import Correction
from desk.services.material import topic_titles
from desk.services.office import Office, reading
from desk.services.releases import Released
from desk.services.signing import hash_of, signed_files
from desk.services.submissions import found, known_form
from store import outbox
from store.tables_review import AUDIENCES, Acknowledgement, Build, Intake, Release

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Every file of a download carries this time: the same release is the same zip, byte for byte.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Way:
    """The way out of one submission, as the actor sees it."""

    id: str
    state: str
    current: bool
    status: str
    content_hash: str
    #: Who approved the content that is there now, and how many have to.
    approved: tuple[tuple[str, str], ...]
    needed: int
    #: None where nobody asks for it, else whether customer service acknowledged the heads-up.
    acknowledged: bool | None
    releases: tuple[Released, ...]
    #: Audiences that it can be released to now.
    audiences: tuple[str, ...]
    may_approve: bool
    may_acknowledge: bool
    may_release: bool
    may_withdraw: bool
    corrections: tuple[Correction, ...]
    #: What comes next, in one sentence.
    next: str


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """A submission in the list of what went out."""

    id: str
    title: str
    state: str
    topics: tuple[str, ...]
    releases: tuple[Released, ...]
    #: Release id -> why it is not in place yet, '' when it is or is on its way.
    held_up: dict[str, str]
    corrections: tuple[Correction, ...]
    may_withdraw: bool


def way(office: Office, actor: Actor, submission: str) -> Way:
    """How far it is."""
    with reading(office.engine) as session:
        row = found(session, actor, submission)
        case = Case(owner=row.by, state=row.state)
        try:
            build = builds.current(office, session, submission)
        except NotThere:
            build = None
        policy = approvals.asked(session)
        content = build.content_hash if build is not None else ""
        given = approvals.in_force(session, submission, content) if content else []
        acknowledged = (session.get(Acknowledgement, (submission, content)) is not None) if policy.acknowledge else None
        out = releases.releases_of(session, submission)
        ready = build is not None and build.status == "clear"
        wanted = approvals.needed(session, submission, policy)
        there = {each.audience for each in out if each.content_hash == content}
        free = tuple(each for each in AUDIENCES if each not in there
                     and (each == "pilot" or not policy.pilot_first or "pilot" in there)) \
            if ready and row.state in {"approved", "released"} and acknowledged is not False else ()
        if "all" in there:
            free = ()
        mine = any(each.by == actor.name for each in given)
        may_approve = ready and row.state == "decided" and not mine and may(actor, Act.APPROVE, case)
        may_acknowledge = ready and acknowledged is False and may(actor, Act.ACKNOWLEDGE, case)
        return Way(
            row.id, row.state, build is not None, build.status if build is not None else "", content,
            approvals.names(session, given), wanted, acknowledged, out, free, may_approve, may_acknowledge,
            bool(free) and may(actor, Act.RELEASE, case),
            row.state == "released" and may(actor, Act.WITHDRAW, case), corrections.of_submission(session, submission),
            _next(row.state, build is not None, ready, len(given), wanted, acknowledged, free, mine,
                  builds.pending(session, submission)))


def released_list(office: Office, actor: Actor, query: str = "", most: int = 100) -> tuple[ReleasedRow, ...]:
    """What went out and the actor may see, newest first; `query` looks in titles and topics."""
    from sqlalchemy import func, select

    from store.tables import Submission

    wanted = " ".join(query.casefold().split())[:100]
    chosen: list[tuple[Submission, str, tuple[str, ...]]] = []
    with reading(office.engine) as session:
        newest = (select(Release.submission, func.max(Release.at).label("at")).group_by(Release.submission).subquery())
        listed = session.execute(
            select(Submission, Intake.title).join(newest, newest.c.submission == Submission.id)
            .outerjoin(Intake, Intake.submission == Submission.id).order_by(newest.c.at.desc(), Submission.id)).all()
        for row, given in listed:
            if not may(actor, Act.SEE, Case(owner=row.by, state=row.state)):
                continue
            title, topics = given or row.name, topic_titles(office, row.id)
            if wanted and not any(wanted in each.casefold() for each in (title, *topics)):
                continue
            chosen.append((row, title, topics))
            if len(chosen) == most:
                break
        shown = [row.id for row, _, _ in chosen]
        out = releases.releases_by_submission(session, shown)
        corrected, held = corrections.by_submission(session, shown), publishing.all_held_up(session)
    return tuple(
        ReleasedRow(row.id, title, row.state, topics, out.get(row.id, ()),
                    {each.id: held.get(each.id, "") for each in out.get(row.id, ())}, corrected.get(row.id, ()),
                    row.state == "released" and may(actor, Act.WITHDRAW, Case(owner=row.by, state=row.state)))
        for row, title, topics in chosen)


def download(office: Office, actor: Actor, release: str) -> tuple[str, int, Iterator[bytes]]:
    """A release as a zip: its name, its size in bytes, and its bytes piece by piece.

    Raises NotThere for one that is unknown, withdrawn or purged, Fault when its files are not those that were signed.
    """
    with reading(office.engine) as session:
        row = session.get(Release, release) if known_form(release) else None
        if row is None:
            raise NotThere("this release", "is not here", "Look at the list of releases")
        found(session, actor, row.submission)
        if row.withdrawn_at is not None:
            raise NotThere("this release", "was withdrawn", "Look at the correction, if there is one")
        build = session.get(Build, row.build)
    assert build is not None
    pack = builds.folder(office, build)
    files = signed_files(pack)
    if hash_of(files) != row.content_hash:
        raise Fault(f"release {row.id}", "its files are not those that were signed", "Tell an administrator")
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last byte was read
    said = publishing.about(row, files)
    ours = {"pack.json": publishing.released_account(pack, said), "release.json": publishing.release_file(said)}
    names = sorted({*files, *ours, *(name for name in ("report.html",) if (pack / name).is_file())})
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            _add(archive, f"{build.slug}/{name}", ours.get(name), pack / name)
    size = made.tell()
    made.seek(0)
    return f"{build.slug}-{row.audience}.zip", size, _read(made)


def waiting(session: Session, submission: str) -> bool:
    """Whether something about a submission's releases is still to be put in place."""
    return any(outbox.pending(session, kind, each.id) for each in releases.releases_of(session, submission)
               for kind in ("release", "withdraw"))


def _add(archive: zipfile.ZipFile, name: str, data: bytes | None, file: Path) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    if data is not None:
        archive.writestr(info, data)
        return
    info.file_size = file.stat().st_size
    with file.open("rb") as source, archive.open(info, "w") as target:
        while piece := source.read(_PIECE):
            target.write(piece)


def _read(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_PIECE):
            yield piece


def _next(state: str, current: bool, ready: bool, given: int, wanted: int, acknowledged: bool | None,
          free: tuple[str, ...], mine: bool, pending: bool) -> str:
    if state == "released":
        return "It is out." if not free else f"It is out. It can also go to {releases.AUDIENCE_NAMES[free[-1]]}."
    if state == "withdrawn":
        return "It was withdrawn. Change what was wrong, and it takes the same way again."
    if pending:
        return "The pieces are being built from the last decisions."
    if not current:
        return "The pieces are from before the last decisions. Build them again, then they can be approved."
    if not ready or state == "in_review":
        return "Something is still open. Decide it in the review, then the pieces can be approved."
    if state == "decided":
        missing = wanted - given
        whose = "another colleague who may approve has to say so too" if mine or given else \
            "somebody other than the submitter has to approve it" if missing == 1 else "two colleagues have to approve it"
        return f"Nothing is open; {whose}."
    if acknowledged is False:
        return "It is approved. Customer service has to acknowledge the heads-up before it goes out."
    return "It is approved and can be released."
