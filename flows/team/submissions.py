"""The two flows of a submission: reading it and building its pieces, and letting what was approved go out.

Both end and never wait for people: what people decide is in our store, and starts the next run. Both do what the desk
does in process, through the same functions and the same leases, so a run that is started twice does its work once.
"""

from __future__ import annotations

from prefect import flow
from prefect.states import Completed, Failed

from flows.server import NO_RESULTS
from flows.stopping import stoppable
from flows.team.doing import Account, Wanted, work
from flows.team.parent import end_with_parent
from flows.team.reporting import report

#: What a submission's state is called on Prefect's page.
_NAMES = {"in_review": "AwaitingReview", "quarantined": "SetAside"}


@flow(name="process_submission", flow_run_name="process-{submission_id}", persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
async def process_submission(submission_id: str) -> object:
    """Read a submission, or build its pieces with today's decisions: whatever of the two waits for it.

    Ends as AwaitingReview, Decided, Approved ... after the submission's state; as Failed with a code when the file was
    set aside. Asked again it finds nothing to do.
    """
    end_with_parent()
    with stoppable():
        account = await work(Wanted(("process", "build"), submission_id, submission_id))
        await report(f"submission-{submission_id}", account)
    if account.state == "quarantined" or account.code:
        return Failed(name=_NAMES.get(account.state, "NotDone"), message=account.code or "SetAside")
    return Completed(name=_named(account))


@flow(name="release_approved", flow_run_name="release-{submission_id}-{revision}", persist_result=False,
      result_storage=NO_RESULTS, log_prints=False)
async def release_approved(submission_id: str, revision: str) -> object:
    """Put an approved content in its place; `revision` is the id of the release that people asked for.

    Started with the idempotency key `submission:revision`. That its files are those that were signed is looked at by
    the desk's own handler. Ends as Released, or as Failed with a code.
    """
    end_with_parent()
    with stoppable():
        account = await work(Wanted(("release",), revision, submission_id, release=True))
        await report(f"release-{submission_id}", account)
    if account.code:
        return Failed(name="NotReleased", message=account.code)
    return Completed(name=_named(account))


def _named(account: Account) -> str:
    if not account.done:
        return "NothingToDo"
    return _NAMES.get(account.state, "".join(word.capitalize() for word in account.state.split("_"))) or "Completed"
