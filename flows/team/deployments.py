"""The deployments of a team: what their flows are called and when they run by themselves. Prefect is not imported here."""

from __future__ import annotations

from flows.team.serving import Served

#: The name of each of them; the flow's name stands before it: `process_submission/team`.
NAME = "team"
#: Seconds between two looks at what was left, when nobody asks. A look costs a process start.
RECONCILE_EVERY = 120.0
#: When what has been kept long enough is deleted, UTC.
RETENTION_AT = "30 3 * * *"


def team() -> tuple[Served, ...]:
    """The flows of the desk's work, to be served."""
    return (
        Served("flows.team.submissions:process_submission", NAME, tags=("deckprism",),
               description="Reads one submission, or builds its pieces. Started by the desk."),
        Served("flows.team.submissions:release_approved", NAME, tags=("deckprism",),
               description="Puts one approved content in its place. Started by the desk, once for each release."),
        Served("flows.team.upkeep:reconcile", NAME, every=RECONCILE_EVERY, alone=True, tags=("deckprism",),
               description="Does the work that nobody started, and frees what dead workers hold."),
        Served("flows.team.upkeep:retention", NAME, cron=RETENTION_AT, alone=True, tags=("deckprism",),
               description="Deletes for good what has been kept long enough."),
    )
