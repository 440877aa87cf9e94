"""One content is one document; states move only forward and only from what the caller saw; no text is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from content.errors import InputError
from content.finding import Category, Finding, Severity
from store.database import reading, writing
from store.privacy import keyed_hash
from store.submissions import NEXT, Stale, advance, display_name, receive, record_findings
from store.tables import SUBMISSION_STATES, Document, Submission
from store.tables import Finding as FindingRow

SHA = "a" * 64


def hand_in(engine: Engine, identity: str = "s1") -> None:
    with writing(engine) as session:
        receive(session, identity, SHA, 12, "application/pdf", "talk.pdf", "ann")


def a_finding(number: int, text: str) -> Finding:
    return Finding(id=f"f{number}", group=f"g{number}", rule="customers.customer", category=Category.CUSTOMER,
                   severity=Severity.HIGH, confidence=0.9, unit=1, part="body", block="s1.b1", start=0, end=len(text),
                   text=text, why="It is on the customer list")


def test_the_same_content_fifty_times_is_one_document(engine: Engine) -> None:
    for number in range(50):
        with writing(engine) as session:
            received = receive(session, f"s{number}", SHA, 12, "application/pdf", f"talk {number}.pdf", "ann")
        assert received.known is (number > 0)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1
        assert session.scalar(select(func.count()).select_from(Submission)) == 50


def test_a_step_from_an_old_version_is_refused(engine: Engine) -> None:
    hand_in(engine)
    with writing(engine) as session:
        assert advance(session, "s1", 1, "scanning").version == 2
    with pytest.raises(Stale, match="changed by somebody else"), writing(engine) as session:
        advance(session, "s1", 1, "quarantined")
    with reading(engine) as session:
        assert session.get_one(Submission, "s1").state == "scanning"


def test_a_step_that_may_not_follow_is_refused(engine: Engine) -> None:
    hand_in(engine)
    with pytest.raises(Stale, match="is received and cannot become released"), writing(engine) as session:
        advance(session, "s1", 1, "released")
    with pytest.raises(InputError, match="not known"), writing(engine) as session:
        advance(session, "nobody", 1, "scanning")


def test_every_state_has_its_followers() -> None:
    assert set(NEXT) == set(SUBMISSION_STATES)
    assert all(followers <= set(SUBMISSION_STATES) for followers in NEXT.values())


def test_no_text_of_a_finding_is_in_the_database(engine: Engine, key: bytes, tmp_path: Path) -> None:
    hand_in(engine)
    with writing(engine) as session:
        assert record_findings(session, "s1", [a_finding(1, "Quillmarsh Dairy"), a_finding(2, "Bo")], key) == 2
    with reading(engine) as session:
        row = session.get_one(FindingRow, ("s1", "f1"))
        assert (row.preview, row.text_hash) == ("Q******y", keyed_hash(key, "QUILLMARSH  DAIRY"))
        assert session.get_one(FindingRow, ("s1", "f2")).preview == "**"
    engine.dispose()
    written = b"".join(file.read_bytes() for file in tmp_path.glob("store.db*"))
    assert b"s1.b1" in written
    assert b"uillmarsh" not in written


def test_decided_findings_survive_a_new_scan(engine: Engine, key: bytes) -> None:
    hand_in(engine)
    with writing(engine) as session:
        record_findings(session, "s1", [a_finding(1, "Quillmarsh"), a_finding(2, "Halden")], key)
        session.get_one(FindingRow, ("s1", "f1")).state = "kept"
    with writing(engine) as session:
        assert record_findings(session, "s1", [a_finding(1, "Quillmarsh"), a_finding(3, "Torvane")], key) == 1
    with reading(engine) as session:
        states = {row.id: row.state for row in session.scalars(select(FindingRow))}
    assert states == {"f1": "kept", "f3": "open"}


def test_a_file_name_is_made_safe_to_show() -> None:
    assert display_name("talk\u202efdp.exe\n") == "talkfdp.exe"
    assert display_name("e\u0301t\u00e9.pdf") == "\u00e9t\u00e9.pdf"
    assert display_name("\x00") == "unnamed"
    assert len(display_name("x" * 400)) == 150
