"""Sending back: a submission that is not for sharing goes no further, and its submitter reads why.

What waited for it in the outbox is dropped and its approvals are void. What is out already is not reached from here: that
is withdrawn (desk/services/releases.py). Nothing is deleted; keeping (retention.py) sees to that after its days.
"""

from __future__ import annotations

import secrets

from content.errors import InputError
from desk.rights import Act, Actor
from desk.services import builds
from desk.services.office import Office, writing
from desk.services.standing import marked_material, settle
from desk.services.submissions import found, paragraph
from desk.services.voiding import void_approvals
from desk.services.worker import announce
from store import audit, outbox
from store.database import now
from store.submissions import Stale, advance

#: States from which a submission can be sent back.
CAN_REJECT = frozenset({"received", "in_review", "decided", "approved", "quarantined"})
_LONGEST = 2000


def reject(office: Office, actor: Actor, submission: str, reason: str) -> None:
    """Send a submission back, with a reason that its submitter reads.

    Raises InputError without a reason, Stale when it is being read, is out, or was sent back before; Forbidden and
    NotThere as desk/rights.py judges.
    """
    from store.tables_review import Comment, Job

    said = paragraph(reason, _LONGEST)
    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.REJECT, lock=True)
        if not said:
            raise InputError("the reason", "is empty", "Say why it is not for sharing; the submitter reads it")
        if row.state not in CAN_REJECT:
            raise Stale("this submission", f"is {row.state.replace('_', ' ')}", _INSTEAD.get(row.state, "Look at it again"))
        before = row.state
        dropped = outbox.drop(session, ("process", "build"), submission, "Rejected")
        void_approvals(session, submission, "rejected")
        advance(session, submission, row.version, "rejected")
        job = session.get(Job, submission)
        if job is not None and dropped:
            job.state, job.stage, job.code, job.changed_at = "cancelled", "", "Rejected", now()
        if job is not None:
            job.reason = said
        session.add(Comment(submission=submission, text=said, by=actor.name, at=now()))
        audit.record(session, office.key, actor.name, "rejected", f"submission:{submission}",
                     {"was": before, "dropped": dropped})
        announce(office, session, "rejected", submission)
    office.wake()


def reopen(office: Office, actor: Actor, submission: str) -> str:
    """Take a submission up again that was sent back: its decisions still stand; one that was never read is read first.

    Returns the state it is in now: in_review, decided or received.

    Raises Stale when it was not sent back, InputError when its file has been deleted since.
    """
    from store.tables_review import Job

    with writing(office.engine) as session:
        row = found(session, actor, submission, Act.REJECT, lock=True)
        if row.state != "rejected":
            raise Stale("this submission", f"is {row.state.replace('_', ' ')}, not rejected", "Look at it again")
        if not office.files.has(row.document):
            raise InputError("its file", "has been deleted since it was sent back", "Ask the submitter to hand it in again")
        read = builds.newest(session, submission) is not None
        moved = advance(session, submission, row.version, "in_review" if read else "received")
        job = session.get(Job, submission)
        if job is not None:
            job.state, job.stage, job.code, job.reason = "done" if read else "waiting", "", "", ""
            job.attempts, job.changed_at = 0, now()
        if read:
            settle(office, session, row, marked_material(office, session, submission), (), "reopened")
        else:
            outbox.put(session, "process", submission, f"{moved.version}-{secrets.token_hex(4)}")
        audit.record(session, office.key, actor.name, "reopened", f"submission:{submission}")
        state = row.state
    office.wake()
    return state


_INSTEAD = {
    "scanning": "Wait until it has been read, or stop the work first",
    "released": "It is out: withdraw it",
}
