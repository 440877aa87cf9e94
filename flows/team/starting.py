"""Starts runs for the work that waits: what a team's desk has in the place of doing the work itself.

One request for each piece of work, with an idempotency key, so asking again is free of harm: the oldest work that waits
is asked for every few seconds until somebody holds it. When Prefect is away the work stays in the outbox, and is asked
for, or reconciled, when it is back. It must not import prefect, and sends ids alone.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.local import LONG
from flows.team import api as prefect_api
from flows.team.api import Api, Away, Missing
from flows.team.deployments import NAME
from store import outbox
from store.database import reading
from store.outbox import Work

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: Seconds between two looks without being woken, and until a piece of work that still waits is asked for again.
LOOK_EVERY, AGAIN_AFTER = 5.0, 20.0
_LONGEST_PAUSE = 8.0
_MOST = 50


@dataclass(frozen=True, slots=True)
class Ask:
    """A run to be started. `key` makes it one run however often it is asked for."""

    flow: str
    parameters: tuple[tuple[str, str], ...]
    key: str


class Starter:
    """`starter = Starter(engine); starter.start(); ...; starter.stop()`. `wake` is called after a commit that put work."""

    def __init__(self, engine: Engine) -> None:
        """Over the store that the work waits in."""
        self._engine = engine
        self._woken, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._asked: dict[str, float] = {}
        self._generation: dict[str, int] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._trouble = "NotAskedYet"

    def start(self) -> None:
        """Begin to look for work."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="starter", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; nothing that was started is stopped."""
        self._stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join(timeout=15)

    def wake(self) -> None:
        """There may be work: look now."""
        self._woken.set()

    def trouble(self) -> str:
        """The code of why runs cannot be started, '' when they can."""
        return self._trouble

    def once(self) -> int:
        """Ask for what waits; returns how many runs were asked for. Raises Away, and what the database raises."""
        api = prefect_api.find_api()
        if api is None:
            raise Away("NoServer")
        with reading(self._engine) as session:
            waiting = outbox.ready_work(session, _MOST)
            belongs = {each.subject: _submission_of(session, each.subject) for each in waiting if each.kind == "release"}
        now = time.monotonic()
        asks = {ask.key: ask for ask in _asks(waiting, belongs)}
        self._asked = {key: at for key, at in self._asked.items() if key in asks}
        self._generation = {key: n for key, n in self._generation.items() if key in asks}
        count = 0
        for key, ask in asks.items():
            if now - self._asked.get(key, -AGAIN_AFTER) >= AGAIN_AFTER:
                self._ask(api, ask)
                self._asked[key] = now
                count += 1
        if not asks and not prefect_api.healthy(api):
            raise Away("NoAnswer")
        return count

    def _ask(self, api: Api, ask: Ask) -> None:
        """Start a run; when the one of this key has ended although its work still waits, the next one."""
        for _ in range(2):
            generation = self._generation.get(ask.key, 0)
            key = f"{ask.key}:again{generation}" if generation else ask.key
            if not self._send(api, ask, key):
                return
            self._generation[ask.key] = generation + 1

    def _send(self, api: Api, ask: Ask, key: str) -> bool:
        """Whether the run that answers to the key is over."""
        place = (api.url, ask.flow)
        try:
            if place not in self._ids:
                self._ids[place] = prefect_api.deployment_id(api, ask.flow, NAME)
            return prefect_api.start_run(api, self._ids[place], dict(ask.parameters), key).over
        except Missing:
            self._ids.pop(place, None)
            raise

    def _run(self) -> None:
        pause = LOOK_EVERY
        while not self._stopping.is_set():
            try:
                self.once()
                self._trouble, pause = "", LOOK_EVERY
            except Away as away:
                self._trouble, pause = away.code, min(2 * pause, _LONGEST_PAUSE)
            except Exception as error:  # the database is away: nothing is lost, look again
                self._trouble, pause = type(error).__name__, min(2 * pause, _LONGEST_PAUSE)
            self._woken.wait(pause)
            self._woken.clear()


def _asks(waiting: tuple[Work, ...], belongs: dict[str, str]) -> list[Ask]:
    """Runs for pieces of work: one for each submission and each release, one for all the short rest."""
    found: list[Ask] = []
    rest = [each for each in waiting if each.kind not in LONG and not belongs.get(each.subject)]
    for each in waiting:
        tries = f":{each.attempts}" if each.attempts else ""
        if each.kind in LONG:
            found.append(Ask("process_submission", (("submission_id", each.subject),), f"{each.key}{tries}"))
        elif belongs.get(each.subject):
            submission = belongs[each.subject]
            found.append(Ask("release_approved", (("revision", each.subject), ("submission_id", submission)),
                             f"{submission}:{each.subject}{tries}"))
    if rest:
        newest = max(each.id for each in rest)
        found.append(Ask("reconcile", (), f"rest:{newest}:{sum(each.attempts for each in rest)}"))
    return found


def _submission_of(session: object, release: str) -> str:
    from sqlalchemy.orm import Session

    from store.tables_review import Release

    assert isinstance(session, Session)
    row = session.get(Release, release)
    return row.submission if row is not None else ""
