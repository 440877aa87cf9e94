"""Schedules as Prefect deployments: which there are, made and updated on a server, and as prefect.yaml.

One description (`Served`) is the source of all three ways: `deckprism up` and `deploy --serve` serve it, `deploy` writes it
to the server, `prefect deploy` reads the same from prefect.yaml. Deployments hold the schedule's name and its times only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import Fault
from content.schedule import Schedule
from flows.schedules.work import as_deployed
from flows.team.deployments import team
from flows.team.serving import Served, deployment
from store import schedules
from store.database import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: The flow of every schedule, and the tag by which its deployments are known.
FLOW, TAG = "flows.schedules.flow:scheduled", "deckprism-schedule"
#: The work pool that prefect.yaml names.
POOL = "deckprism"
_SAYS = {"batch": "Makes packs of a folder.", "watch": "Makes packs of what has arrived in a folder.",
         "reconcile": "Does the work that nobody started.", "retention": "Deletes for good what has been kept long enough."}


def served(found: Sequence[Schedule | schedules.Deployed]) -> tuple[Served, ...]:
    """The deployments of some schedules: one run at a time, a run that is due while another one runs is left out."""
    return tuple(Served(FLOW, each.name, {"schedule": each.name}, cron=each.cron, time_zone=each.time_zone, alone=True,
                        description=_SAYS[each.kind], tags=("deckprism", TAG)) for each in found)


def scheduled(engine: Engine) -> tuple[Served, ...]:
    """The deployments of the schedules in the store."""
    with reading(engine) as session:
        return served(schedules.deployed(session))


def upkeep() -> tuple[Served, ...]:
    """Those of the team's flows that run by themselves: reconcile and retention."""
    return tuple(each for each in team() if each.cron or each.every)


def keep(engine: Engine, found: Sequence[Schedule], settings_file: Path | None) -> tuple[str, ...]:
    """Write schedules down in the store; returns the names of those that are gone."""
    with writing(engine) as session:
        return schedules.keep(session, [as_deployed(each, settings_file) for each in found])


def apply(wanted: Sequence[Served], pool: str = "") -> tuple[str, ...]:
    """Make and update deployments on the server that prefect is pointed at, and delete those of schedules that are gone.

    Returns the names that were deleted. Raises Fault when the server refuses them or goes away.
    """
    try:
        return asyncio.run(_apply(wanted, pool))
    except Fault:
        raise
    except Exception as error:  # prefect raises errors of several libraries; what they quote is not for a terminal
        raise Fault("the Prefect server", f"did not take the deployments ({type(error).__name__})",
                    "Look whether it answers, and run deckprism deploy again") from None


async def _apply(wanted: Sequence[Served], pool: str) -> tuple[str, ...]:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags

    from flows.team.serving import make_pool

    if pool:
        await make_pool(pool)
    names = {each.name for each in wanted if TAG in each.tags}
    for each in wanted:
        await (await deployment(each, pool)).aapply()
    gone = []
    async with get_client() as client:
        tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
        for found in await client.read_deployments(deployment_filter=tagged, limit=200):
            if found.name not in names:
                await client.delete_deployment(found.id)
                gone.append(found.name)
    return tuple(sorted(gone))


def prefect_yaml(wanted: Sequence[Served], environment: Mapping[str, str], pool: str = POOL) -> str:
    """The text of a prefect.yaml that makes the same deployments through `prefect deploy --all`.

    `environment` is what runs are handed: the same names on every machine, never paths.
    """
    import yaml

    body = {"name": "deckprism", "deployments": [_as_yaml(each, environment, pool) for each in wanted]}
    return _HEAD + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110)


def _as_yaml(each: Served, environment: Mapping[str, str], pool: str) -> dict[str, object]:
    module, _, function = each.flow.partition(":")
    when: dict[str, object] = {"cron": each.cron, "timezone": each.time_zone} if each.cron else {
        "interval": each.every, "timezone": each.time_zone}
    return {
        "name": each.name,
        "description": each.description,
        "tags": list(each.tags),
        "entrypoint": f"{module.replace('.', '/')}.py:{function}",
        "parameters": dict(each.parameters),
        "schedules": [when] if each.cron or each.every else [],
        **({"concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"}} if each.alone else {}),
        "work_pool": {"name": pool, "job_variables": {"env": dict(environment)}},
    }


_HEAD = """\
# Deckprism for a team with Prefect work pools:
#   prefect work-pool create --type process deckprism
#   prefect --no-prompt deploy --all
#   prefect worker start --pool deckprism
# Schedules of your own are written with: deckprism deploy --yaml prefect.yaml
# What a schedule works on is in deckprism.toml and the store; here are names and times alone.
"""
