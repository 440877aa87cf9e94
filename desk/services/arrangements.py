"""What administrators arrange: who is asked about what, what is asked for before a release, and when it is getting late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from content.errors import InputError
from content.finding import Category, Severity
from desk.rights import Act, Actor, require
from desk.services import approvals
from desk.services.approvals import Asked
from desk.services.office import Office, reading, set_setting, setting, writing
from desk.services.queue import AMBER, RED, team_of
from desk.services.submissions import line
from store import audit


@dataclass(frozen=True, slots=True)
class Arrangements:
    """Category -> team, the policy in force, and the hours from which a row in the queue is marked."""

    teams: Mapping[str, str]
    policy: Asked
    amber: float
    red: float


def arrangements(office: Office, actor: Actor) -> Arrangements:
    """What is in force. Raises Forbidden."""
    require(actor, Act.ADMINISTER)
    with reading(office.engine) as session:
        levels = json.loads(setting(session, "service_levels", "{}"))
        return Arrangements(team_of(office, session), approvals.asked(session), float(levels.get("amber", AMBER)),
                            float(levels.get("red", RED)))


def set_routing(office: Office, actor: Actor, teams: Mapping[str, str]) -> None:
    """Say which team is asked about which category; an empty team means that of the settings file."""
    require(actor, Act.ADMINISTER)
    known = {each.value for each in Category if each is not Category.QUALITY}
    wrong = sorted(set(teams) - known)
    if wrong:
        raise InputError(f"category {wrong[0][:40]}", "is not known", f"Take one of {', '.join(sorted(known))}")
    cleaned = {category: line(team, 80) for category, team in teams.items() if line(team, 80)}
    _keep(office, actor, "routing", cleaned, {"categories": len(cleaned)})


def set_policy(office: Office, actor: Actor, policy: Asked) -> None:
    """Say what has to be there before something goes out."""
    require(actor, Act.ADMINISTER)
    if policy.second_approver_from not in {"", *(each.value for each in Severity)}:
        raise InputError("the second approver", "asks for a severity that is not known", "Take low, medium, high or never")
    if not 0 <= policy.keeps <= 1000:
        raise InputError("the number of kept things", "must lie between 0 and 1000", "0 means never")
    said: dict[str, str | int] = {"second_approver_from": policy.second_approver_from, "keeps": policy.keeps,
                                  "acknowledge": policy.acknowledge, "pilot_first": policy.pilot_first}
    _keep(office, actor, "policy", said, {key: value if isinstance(value, str) else int(value)
                                          for key, value in said.items()})


def set_levels(office: Office, actor: Actor, amber: float, red: float) -> None:
    """Say from how many hours of waiting a row is marked. Raises InputError unless 0 < amber < red."""
    require(actor, Act.ADMINISTER)
    if not 0 < amber < red <= 10_000:
        raise InputError("the service levels", "must rise", "Take fewer hours for the first mark than for the second")
    _keep(office, actor, "service_levels", {"amber": amber, "red": red}, {"amber": int(amber), "red": int(red)})


def _keep(office: Office, actor: Actor, name: str, value: object, detail: Mapping[str, str | int]) -> None:
    require(actor, Act.ADMINISTER)
    with writing(office.engine) as session:
        set_setting(session, name, value, actor.name)
        audit.record(session, office.key, actor.name, "setting_changed", f"setting:{name}", detail)
