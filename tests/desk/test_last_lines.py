"""The last lines of a run: whether anything waits, and what wants a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.pack import Status
from desk.commands.run import closing
from flows.steps import Outcome


@pytest.mark.parametrize(("doubts", "said"), [
    (0, "Clear: nothing is open; somebody still has to approve it."),
    (1, "Nothing is open; one replacement wants a look: report.html lists which. Somebody still has to approve it."),
    (6, "Nothing is open; 6 replacements want a look: report.html lists which. Somebody still has to approve it."),
])
def test_a_pack_with_doubts_is_not_simply_clear(doubts: int, said: str, tmp_path: Path) -> None:
    made = Outcome(slug="a", folder=tmp_path, status=Status.CLEAR, open_findings=0, findings={}, pieces={"blog": 1}, topics=1,
                   coverage=1.0, doubts=doubts)
    assert [line for line in closing(made) if "nothing is open" in line.lower()] == [said]
