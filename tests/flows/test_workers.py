"""Warm workers: a lost one hurts nobody else, and none outlives its command."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from flows.batch_plan import in_turn
from flows.case import Request
from flows.worker import Builder, decode_request, encode_request
from flows.workers import WorkerLost, Workers, standing_by
from store.batches import Item


def request(tmp_path: Path, name: str) -> Request:
    file = tmp_path / name
    file.write_bytes(b"")
    return Request(file, tmp_path / "out", audio=False)


def test_a_request_survives_the_wire(tmp_path: Path) -> None:
    sent = Request(tmp_path / "a b\nc.pptx", tmp_path / "ö", tmp_path / "c.csv", None, None, False, 5)
    line = encode_request(sent)
    assert line.count(b"\n") == 1
    assert decode_request(line) == sent


def test_a_killed_worker_takes_its_file_with_it_and_no_other(tmp_path: Path) -> None:
    async def go() -> None:
        async with Workers(2) as workers:
            killed = workers.pids()[0]
            os.kill(killed, signal.SIGSTOP)  # it takes its file, and cannot be done with it before it is killed
            both = [asyncio.create_task(workers.build(request(tmp_path, f"{n}.pptx"))) for n in range(2)]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            os.kill(killed, signal.SIGKILL)
            answers = await asyncio.gather(*both, return_exceptions=True)
            (lost,) = [each for each in answers if isinstance(each, WorkerLost)]
            (reply,) = [each for each in answers if not isinstance(each, BaseException)]
            assert (lost.code, lost.detail) == ("WorkerDied", "signal 9")
            assert reply.code == "UnreadableFile"
            assert ".pptx: " in reply.reason
            assert len(workers.pids()) == 2

    asyncio.run(go())


def test_a_worker_that_was_killed_while_idle_costs_no_file(tmp_path: Path) -> None:
    async def go() -> None:
        async with Workers(1) as workers:
            assert (await workers.build(request(tmp_path, "one.pptx"))).code == "UnreadableFile"
            (pid,) = workers.pids()
            os.kill(pid, signal.SIGKILL)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has been told
            assert (await workers.build(request(tmp_path, "two.pptx"))).code == "UnreadableFile"

    asyncio.run(go())


def test_a_file_that_takes_too_long_loses_its_worker(tmp_path: Path) -> None:
    async def go() -> int:
        async with Workers(1, limit=0.05) as workers:
            (pid,) = workers.pids()
            with pytest.raises(WorkerLost, match="TookTooLong"):
                await workers.build(request(tmp_path, "slow.pptx"))
            assert workers.pids() != (pid,)
            return pid

    pid = asyncio.run(go())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_workers_end_with_a_command_that_is_killed(tmp_path: Path) -> None:
    code = ("import asyncio\nfrom flows.workers import Workers\nasync def go():\n"
            "    async with Workers(2) as workers:\n        print(*workers.pids(), flush=True)\n"
            "        await asyncio.sleep(60)\nasyncio.run(go())\n")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert len(pids) == 2
        process.kill()
    deadline = time.monotonic() + 15
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_workers_that_stood_by_are_taken_and_the_others_end(tmp_path: Path) -> None:
    with standing_by(2) as spares:
        first, second = (child.pid for child in spares)

        async def one() -> tuple[int, ...]:
            async with Workers(1, spares=spares) as workers:
                reply = await workers.build(request(tmp_path, "empty.pptx"))
                assert reply.code == "UnreadableFile"
                return workers.pids()

        assert asyncio.run(one()) == (second,)
        assert [child.pid for child in spares] == [first]
    assert not any(Path(f"/proc/{pid}").exists() for pid in (first, second))


def test_workers_are_ended_when_what_is_waited_for_fails() -> None:
    with pytest.raises(KeyboardInterrupt), standing_by(1) as spares:
        pid = spares[0].pid
        raise KeyboardInterrupt
    assert not Path(f"/proc/{pid}").exists()


def test_the_largest_come_first_where_several_are_made_at_once(tmp_path: Path) -> None:
    waiting = []
    for number, (name, size) in enumerate((("a", 10), ("b", 300), ("c", 20), ("d", 300))):
        (tmp_path / name).write_bytes(b"x" * size)
        waiting.append(Item(f"i{number}", number, str(tmp_path / name), "", "waiting"))
    waiting.append(Item("i9", 9, str(tmp_path / "gone"), "", "waiting"))
    assert [item.id for item in in_turn(waiting, 2)] == ["i1", "i3", "i2", "i0", "i9"]
    assert in_turn(waiting, 1) == tuple(waiting)


def test_a_worker_that_has_rehearsed_left_nothing_behind(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Builder().warm()
    assert list(tmp_path.iterdir()) == []
    assert not [file for file in data.rglob("*") if file.is_file()]
