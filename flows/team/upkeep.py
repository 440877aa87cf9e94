"""The two flows that look after the rest: `reconcile` does what nobody started, `retention` deletes what is due.

Reconcile needs neither the desk nor a run that was started before: whatever stands in the outbox is done, however it
came to be left. Both begin nothing new after ten minutes; the next one goes on.
"""

from __future__ import annotations

import time

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed
from prefect.tasks import exponential_backoff

from flows.local import LONG, Done
from flows.server import NO_RESULTS
from flows.stopping import stoppable
from flows.team.doing import LONGEST, Account, guarded, heals
from flows.team.means import Means
from flows.team.parent import end_with_parent
from flows.team.reporting import report


@flow(name="reconcile", flow_run_name="reconcile", persist_result=False, result_storage=NO_RESULTS, log_prints=False)
async def reconcile() -> object:
    """Free what dead processes hold and do all the work that is ready, the short work first."""
    end_with_parent()
    with stoppable():
        account = await upkeep("reconcile")
        await report("reconcile", account)
    return Completed(name="Reconciled" if account.done else "NothingToDo", message=f"{len(account.done)} pieces of work")


@flow(name="retention", flow_run_name="retention", persist_result=False, result_storage=NO_RESULTS, log_prints=False)
async def retention() -> object:
    """Delete for good what has been kept long enough, as `deckprism purge` does."""
    end_with_parent()
    with stoppable():
        account = await upkeep("retention")
        await report("retention", account)
    return Completed(name="Purged" if account.done else "NothingToDo", message=account.code)


@task(name="upkeep", task_run_name="{what}", cache_policy=NO_CACHE, persist_result=False, result_storage=NO_RESULTS,
      log_prints=False, retries=3, retry_delay_seconds=exponential_backoff(3), retry_jitter_factor=0.5,
      retry_condition_fn=heals)
async def upkeep(what: str) -> Account:
    """Do one of the two. Raises TryLater or Broken."""
    return await guarded(reconciled if what == "reconcile" else purged)


def reconciled(means: Means) -> Account:
    """Free dead leases and drain the outbox: short work, long work, and the notices that came of it."""
    means.work.recover()
    end = time.monotonic() + LONGEST
    done: tuple[Done, ...] = ()
    for kinds, others in (((), LONG), (LONG, ()), ((), LONG)):
        done += means.work.do(kinds, other_than=others, seconds=max(end - time.monotonic(), 0.0))
    return Account(done)


def purged(means: Means) -> Account:
    """Purge what is due; the account counts by kind."""
    started = time.monotonic()
    counts = means.purge()
    seconds = round(time.monotonic() - started, 3)
    done = tuple(Done("purge", name, True, str(count), seconds) for name, count in counts.items() if count)
    return Account(done, code=", ".join(f"{count} {name}" for name, count in counts.items()))
