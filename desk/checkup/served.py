"""What is served: Prefect's version, the pin that goes with it, and its server when one is configured."""

from __future__ import annotations

import re
from importlib.metadata import version

from desk.checkup.result import Result, failure, ok, warning

#: From (included) and to (excluded), as pyproject.toml has them: a newer FastAPI breaks Prefect's server on import.
PREFECT = ((3, 8, 8), (3, 10))
FASTAPI = ((0, 139), (0, 151))


def prefect() -> Result:
    """Whether Prefect and FastAPI go together."""
    wrong = [f"{name} {version(name)}" for name, (least, below) in (("prefect", PREFECT), ("fastapi", FASTAPI))
             if not least <= _numbers(version(name)) < below]
    if wrong:
        return failure(f"{' and '.join(wrong)}: batches and schedules would not start",
                       "Install with the pins of requirements.lock: make demo")
    return ok(f"prefect {version('prefect')} with fastapi {version('fastapi')}")


def server() -> Result:
    """Whether the configured server answers, or a local one runs."""
    from flows.data import data_place
    from flows.server import configured
    from flows.team.api import find_api, healthy

    address = configured()
    api = find_api() if address or (data_place() / "prefect").is_dir() else None
    if api is None:
        return ok("none configured; batches start one of their own")
    if not healthy(api):
        said = "the configured server does not answer" if address else "the local server does not answer"
        return failure(said, "Start it, or unset PREFECT_API_URL") if address else warning(said, "Start deckprism up again")
    return ok("the configured server answers" if address else "a local server answers")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", text)[:3])
