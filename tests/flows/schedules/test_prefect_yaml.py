"""prefect.yaml in the root says what `deckprism deploy` makes, and neither names a path of anybody's."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path

import pytest
import yaml

from content.schedule import Schedule
from desk.services.team import PLACE
from flows.schedules.deploying import POOL, TAG, prefect_yaml, served, upkeep
from flows.team.means import FACTORY
from flows.team.serving import Served, deployment

ROOT = Path(__file__).resolve().parents[3]
#: What the file in the root was written for, as docs/operations.md has it.
EXAMPLE = Schedule(name="nightly", folder=Path("inbox"), out=Path("packs"), cron="30 2 * * *", time_zone="Europe/Amsterdam")
WANTED = (*upkeep(), *served((EXAMPLE,)))


def test_the_file_in_the_root_is_what_the_command_writes() -> None:
    assert (ROOT / "prefect.yaml").read_text(encoding="utf-8") == prefect_yaml(WANTED, {FACTORY: PLACE})


@pytest.mark.parametrize(("each", "number"), [(each, number) for number, each in enumerate(WANTED)])
def test_it_agrees_with_what_deploy_makes(each: Served, number: int) -> None:
    said = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"][number]
    made = asyncio.run(deployment(each, POOL))
    file, _, function = said["entrypoint"].partition(":")
    assert (ROOT / file).is_file()
    flow = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), function)
    assert flow.name == made.flow_name
    assert said["name"] == made.name
    assert said["parameters"] == made.parameters
    assert set(said["parameters"]) <= {"schedule"}
    assert said["tags"] == made.tags
    assert said["description"] == made.description
    assert made.schedules is not None
    (schedule,) = (entry.schedule for entry in made.schedules)
    if "cron" in said["schedules"][0]:
        assert (said["schedules"][0]["cron"], said["schedules"][0]["timezone"]) == (schedule.cron, schedule.timezone)
    else:
        assert said["schedules"][0]["interval"] == schedule.interval.total_seconds()
    assert said["concurrency_limit"]["limit"] == made.concurrency_limit == 1
    assert made.concurrency_options is not None
    assert said["concurrency_limit"]["collision_strategy"] == made.concurrency_options.collision_strategy.value
    assert said["work_pool"]["name"] == made.work_pool_name


def test_schedules_are_told_by_their_name_alone() -> None:
    (each,) = served((EXAMPLE,))
    assert TAG in each.tags
    assert dict(each.parameters) == {"schedule": "nightly"}
    assert "inbox" not in repr(each)
    assert "inbox" not in (ROOT / "prefect.yaml").read_text(encoding="utf-8")
