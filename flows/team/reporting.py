"""What a run leaves behind on Prefect's page: a table of what was done and a link to the desk. Ids, states and seconds.

Never names of files, reasons or any text of a document: Prefect keeps artifacts in clear.
"""

from __future__ import annotations

import contextlib

import httpx
from prefect.artifacts import acreate_link_artifact, acreate_table_artifact
from prefect.exceptions import PrefectException

from flows.team.doing import Account


async def report(about: str, account: Account) -> None:
    """Write the table and the link. A server that is away costs the report, never the work."""
    rows = [{"work": each.kind, "id": each.subject, "state": "done" if each.done else "waits", "code": each.code,
             "seconds": each.seconds} for each in account.done]
    with contextlib.suppress(httpx.HTTPError, PrefectException):
        if rows:
            await acreate_table_artifact(table=rows, key=f"{about}-done", description=f"State now: {account.state or '-'}")
        if account.desk and account.state:
            await acreate_link_artifact(link=f"{account.desk.rstrip('/')}/jobs/{about.partition('-')[2]}",
                                        link_text="Open it at the desk", key=f"{about}-desk")
