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


def test_a_thousand_files_lie_in_groups_and_every_count_is_told(tmp_path: Path) -> None:
    items = [Item(f"b-{number}", number, f"{tmp_path}/talks/talk {number:04d}.pptx", f"{number:064d}", "held",
                  pack_state="held", folder=f"talk-{number:06d}", figures={"open": 2, "found:customer": 2, "unread": 1},
                  seconds=2.0) for number in range(1000)]
    items[7] = Item("b-7", 7, f"{tmp_path}/talks/bad.pptx", "7" * 64, "failed", code="EncryptedFile",
                    reason="bad.pptx: needs a password. Save it without one.")
    for item in items:
        if item.folder:
            (tmp_path / item.folder).mkdir()
            rows = [{"category": "customer", "group": "customer-1", "rule": "customer.name", "severity": "high", "unit": 2,
                     "open": True, "why": "Names a customer."},
                    {"category": "customer", "group": "customer-1", "rule": "customer.alias", "severity": "low", "unit": 3,
                     "open": True, "why": "Names a customer."},
                    {"category": "unread", "group": "unread-1", "rule": "unread.part", "severity": "medium", "unit": 4,
                     "open": False, "why": "Nobody knows what is in it. Reason: only a picture"}]
            (tmp_path / item.folder / "findings.json").write_text(json.dumps({"findings": rows}))
    write_summary(tmp_path, rows_of(items, tmp_path), [], 1200.0, True)
    page = (tmp_path / "summary.html").read_text()
    assert "1,000 files: 999 held, 1 could not be used" in page
    assert "20 min 0 s in all, 50 files a minute" in page
    assert page.count("<details") == page.count("</details>")
    assert 10 <= page.count(" to talks/talk ") <= 11
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "Locked with a password" in page
    body = json.loads((tmp_path / "summary.json").read_text())
    assert body["severities"] == {"customer": {"high": 999}, "unread": {"medium": 999}}
    assert body["held"][0] == {"pack": "talk-000000", "open": {"customer": {"customer.name": 1}}}
    assert body["unread_parts"][0] == {"pack": "talk-000000", "unit": 4, "why": "only a picture"}
    assert (body["worked"], body["files_per_minute"], body["document_seconds"]) == (999, 50.0, 1998.0)
    assert "<code>customer.name</code></td><td class=\"n\">999</td><td class=\"n\">999</td>" in page
    assert "slide or page 4" in page


def test_an_unfinished_batch_says_so_and_keeps_the_plan_there_was(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("the plan of yesterday")
    items = [Item("b-1", 1, f"{tmp_path}/a.pptx", "a" * 64, "waiting")]
    write_summary(tmp_path, rows_of(items, tmp_path), [], 3.0, False)
    page = (tmp_path / "summary.html").read_text()
    assert "The batch was stopped before its end" in page
    assert "still waiting" in page
    assert (tmp_path / "plan.md").read_text() == "the plan of yesterday"
    assert "versions" not in json.loads((tmp_path / "summary.json").read_text())


def test_every_kind_of_failure_and_every_state_has_words() -> None:
    from flows.across.wording import wording
    from flows.summary import STATES

    say = wording()
    assert {f"state_{state}" for state in (*STATES, "waiting", "running")} <= say.names
    assert {f"why_{state}" for state in ("clear", "held", "skipped", "waiting", "running")} <= say.names
    assert say("files", count=1) == "1 file"
    assert say("files", count=1200) == "1,200 files"
