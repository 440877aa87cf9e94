"""The summary is safe to open, whatever files are called."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from flows.summary import rows_of, write_summary
from store.batches import Item


def test_names_can_do_no_harm(tmp_path: Path) -> None:
    name = '=HYPERLINK("http:evil.example")<script>alert(1)</script>.pptx'
    items = (Item("b-1", 1, f"{tmp_path}/{name}", "a" * 64, "failed", code="UnreadableFile", reason=f"{name}: is empty."),
             Item("b-2", 2, "/elsewhere/b.pptx", "b" * 64, "held", pack_state="held", folder="talk-bbbbbb",
                  figures={"open": 2, "found:person": 3, "made:blog": 4, "made:social": 6, "unread": 1, "topics": 4}))
    rows = rows_of(items, tmp_path)
    write_summary(tmp_path, rows, ["sub: cannot be opened."], 1.0, True)
    page = (tmp_path / "summary.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    with (tmp_path / "summary.csv").open(newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["file"] == "'" + name
    assert second["findings"] == "person 3"
    body = json.loads((tmp_path / "summary.json").read_text())
    assert body["files"][1]["pieces"] == 10
    assert body["unread"] == ["/elsewhere/b.pptx"]
    assert body["findings"] == {"person": 3}
    assert body["packs"] == {"held": 1}
    assert not list(tmp_path.glob(".*"))
