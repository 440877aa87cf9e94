"""When a file has settled: by time alone, without files."""

from __future__ import annotations

from pathlib import Path

from flows.watch.sight import Stamp
from flows.watch.waiting import LONGEST, Waiting

A, B = Path("/in/a.pptx"), Path("/in/b.pptx")


def stamp(size: int, changed: int = 1, inode: int = 7) -> Stamp:
    return Stamp(size, changed, 1, inode)


def ready(waiting: Waiting, at: float) -> list[Path]:
    return [path for path, _, _ in waiting.ready(at)]


def test_a_file_is_ready_when_it_stayed_as_it_is_for_so_long() -> None:
    waiting = Waiting(2.0)
    waiting.see({A: stamp(10)}, 0.0)
    assert ready(waiting, 1.9) == []
    waiting.see({A: stamp(11)}, 1.9)
    assert ready(waiting, 3.8) == []
    assert ready(waiting, 3.9) == [A]
    waiting.see({A: stamp(11, changed=2)}, 4.0)
    assert ready(waiting, 5.9) == []
    waiting.see({A: stamp(11, changed=2, inode=8)}, 5.9)
    assert ready(waiting, 7.0) == []


def test_what_was_handed_on_is_left_alone_until_it_changes() -> None:
    waiting = Waiting(2.0)
    waiting.see({A: stamp(10)}, 0.0)
    waiting.handed_on(A, stamp(10))
    waiting.see({A: stamp(10)}, 6.0)
    assert ready(waiting, 60.0) == []
    assert waiting.open() == []
    waiting.see({A: stamp(12)}, 61.0)
    assert ready(waiting, 63.0) == [A]


def test_a_change_during_the_work_is_not_lost() -> None:
    waiting = Waiting(2.0)
    waiting.see({A: stamp(10)}, 0.0)
    waiting.see({A: stamp(12)}, 3.0)
    waiting.handed_on(A, stamp(10))
    assert ready(waiting, 5.0) == [A]


def test_what_failed_waits_longer_each_time_and_is_never_given_up() -> None:
    waiting = Waiting(2.0)
    waiting.see({A: stamp(10), B: stamp(1)}, 0.0)
    pauses, at = [], 2.0
    for _ in range(12):
        waiting.later(A, at)
        soonest = min(moment for moment in (at + step / 4 for step in range(1000)) if A in ready(waiting, moment))
        pauses.append(soonest - at)
        at = soonest
    assert pauses[:4] == [2.0, 4.0, 8.0, 16.0]
    assert pauses[-1] == LONGEST
    waiting.see({A: stamp(10), B: stamp(1)}, at)
    assert A in ready(waiting, at)


def test_what_is_gone_is_forgotten_and_new_when_it_comes_back() -> None:
    waiting = Waiting(2.0)
    waiting.see({A: stamp(10)}, 0.0)
    waiting.see({}, 1.0)
    assert ready(waiting, 9.0) == []
    assert waiting.soonest() is None
    waiting.see({A: stamp(10)}, 9.0)
    assert ready(waiting, 10.0) == []
    assert ready(waiting, 11.0) == [A]
