"""The work of one slot in a process of its own: `python -m flows.schedules.child NAME`, one JSON line comes back.

A process of its own can be stopped at any moment and sums up what it has done, as a batch does on Ctrl-C. It ends with its
standard input, so it never outlives the run that started it. What libraries print goes nowhere.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict

from content.errors import DeckprismError
from flows.data import database_url
from flows.schedules.work import Result, deployed, do
from flows.team.parent import end_with_input


def main() -> int:
    """Do the schedule's work once; 0 when a result was written."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    end_with_input()
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    from store.database import open_database

    try:
        engine = open_database(database_url())
        schedule, settings_file = deployed(engine, sys.argv[1])
        engine.dispose()
        result = do(schedule, settings_file)
    except DeckprismError as error:
        result = Result("failed", type(error).__name__, str(error))
    except KeyboardInterrupt:
        result = Result("interrupted", "Stopped", "It was stopped; the next one goes on where it was.")
    except Exception as error:  # what a library says may quote a document
        from flows.worker import place_of

        result = Result("failed", type(error).__name__, f"A fault of ours in {place_of(error)}.")
    answer.write(json.dumps(asdict(result)) + "\n")
    answer.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
