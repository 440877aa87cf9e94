"""What a flow of a team works with: the desk's own work, opened in the process of the run and closed with it.

The desk stands above the flows, so it is named and not imported: `DECKPRISM_WORK` holds the dotted place of a function
that gives the means ("desk.services.team:means"), or the entry-point group `deckprism.work` does. Prefect is not
imported here.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, cast

from content.errors import Fault
from flows.data import data_folder
from flows.presence import at_work

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from flows.local import LocalWork

#: The environment variable, and the group of entry points, that name the factory.
FACTORY = "DECKPRISM_WORK"
GROUP = "deckprism.work"


@dataclass(frozen=True, slots=True)
class Means:
    """The store, the work on it, the purge of what has been kept long enough, and where people reach the desk."""

    engine: Engine
    work: LocalWork
    #: Deletes for good what is due; gives counts by name ("submissions", "originals", "builds").
    purge: Callable[[], Mapping[str, int]]
    #: The address of the desk for links, '' when it is not known.
    desk: str = ""


@contextmanager
def opened() -> Iterator[Means]:
    """The means for the length of the block. Raises Fault when nobody named them, else what opening a store raises."""
    with at_work(data_folder()):
        means = _factory()()
        try:
            yield means
        finally:
            means.work.stop()
            means.engine.dispose()


def _factory() -> Callable[[], Means]:
    named = os.environ.get(FACTORY, "")
    if not named:
        named = next((point.value for point in entry_points(group=GROUP)), "")
    module, _, function = named.partition(":")
    if not module or not function:
        raise Fault(FACTORY, "does not say what does the work of the desk",
                    "Start the worker with deckprism up, or set it to desk.services.team:means")
    return cast("Callable[[], Means]", getattr(importlib.import_module(module), function))
