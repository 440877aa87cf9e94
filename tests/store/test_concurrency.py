"""Several processes write at once: nobody fails, nothing is lost, no work is handed out twice."""

from __future__ import annotations

import json
import subprocess
import sys

from sqlalchemy import Engine

from store import outbox
from store.audit import first_broken, head
from store.database import reading, writing
from store.privacy import load_key

_WRITER = """
import sys
from pathlib import Path
from store.audit import record
from store.database import open_database, writing
from store.privacy import load_key
url, folder, name = sys.argv[1:]
engine, key = open_database(url), load_key(Path(folder))
for number in range(25):
    with writing(engine) as session:
        record(session, key, name, "tested", "submission:1", {"number": number})
"""

_DRAINER = """
import json, sys
from store import outbox
from store.database import open_database, writing
url, _folder, name = sys.argv[1:]
engine, mine = open_database(url), []
while True:
    with writing(engine) as session:
        work = outbox.lease(session, name)
    if work is None:
        break
    mine.append(work.key)
    with writing(engine) as session:
        assert outbox.done(session, work, name)
print(json.dumps(mine))
"""


def side_by_side(code: str, url: str, folder: str, count: int) -> list[str]:
    running = [subprocess.Popen([sys.executable, "-c", code, url, folder, f"p{n}"], stdout=subprocess.PIPE, text=True)
               for n in range(count)]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * count
    return told


def test_read_modify_write_from_four_processes(engine: Engine, url: str, tmp_path) -> None:
    key = load_key(tmp_path)
    side_by_side(_WRITER, url, str(tmp_path), 4)
    with reading(engine) as session:
        assert head(session).number == 100
        assert first_broken(session, key) is None


def test_a_fresh_database_and_key_opened_by_four_processes_at_once(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    side_by_side(_WRITER, url, str(tmp_path), 4)


def test_work_is_handed_out_once(engine: Engine, url: str, tmp_path) -> None:
    with writing(engine) as session:
        for number in range(40):
            assert outbox.put(session, "release", f"s{number}", 1)
    told = [json.loads(text) for text in side_by_side(_DRAINER, url, str(tmp_path), 3)]
    keys = [key for mine in told for key in mine]
    assert sorted(keys) == sorted(f"release:s{number}:1" for number in range(40))
    with reading(engine) as session:
        assert outbox.waiting(session) == 0
