"""History, figures, exports and feedback."""

from __future__ import annotations

import csv
import io

import pytest

from content.decision import Action
from content.errors import InputError
from content.topic import Topic
from desk.rights import Forbidden, NotThere
from desk.services import decisions, exports, feedback, figures, history
from desk.services.history import Filter
from desk.services.material import material
from desk.services.office import reading, writing
from desk.services.progress import status
from store import audit
from store.database import now
from store.tables import Submission
from store.tables_review import Build, Comment, Release


@pytest.fixture
def case(desk, work, make_deck, customer):
    one = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    rita = desk.actor("rita", "reviewer")
    group = material(desk.office, one).findings[0].group
    decisions.decide(desk.office, rita, one, status(desk.office, rita, one).version, [group], Action.KEEP, "", "=1+1 they agreed")
    return desk, one


def let_out(desk, one: str, audience: str = "all") -> None:
    """As after a release."""
    with writing(desk.office.engine) as session:
        build = session.query(Build).filter_by(submission=one).first()
        session.add(Release(id=f"r{one[:8]}", submission=one, build=build.id, content_hash="0" * 64, signature="0" * 64,
                            audience=audience, by="pia", at=now()))
        session.get(Submission, one).state = "released"


def test_the_audit_is_filtered_and_paged(case):
    desk, one = case
    ina = desk.actor("ina", "auditor")
    with writing(desk.office.engine) as session:
        for number in range(120):
            audit.record(session, desk.office.key, "bob", "signed_in", "user:bob", {"n": number})
    page = history.history(desk.office, ina, Filter(person="bob"))
    assert (page.total, len(page.rows)) == (120, history.PAGE)
    seen, before = [], 0
    while True:
        page = history.history(desk.office, ina, Filter(person="bob"), before)
        seen += [row.number for row in page.rows]
        if not page.older:
            break
        before = page.older
    assert len(seen) == len(set(seen)) == 120 and seen == sorted(seen, reverse=True)
    about = history.history(desk.office, ina, Filter(document=one)).rows
    assert about and {row.subject for row in about} == {f"submission:{one}"}
    sha256 = material(desk.office, one).document.source.sha256
    assert history.history(desk.office, ina, Filter(document=sha256[:12])).total == len(about)
    assert history.history(desk.office, ina, Filter(action="signed_in")).total == 120
    assert history.history(desk.office, ina, Filter(since="2999-01-01")).total == 0
    assert history.history(desk.office, ina, Filter(document="%")).total == 0
    with pytest.raises(Forbidden):
        history.history(desk.office, desk.actor("ana"), Filter())


def test_a_changed_row_is_found(case):
    desk, _ = case
    ina = desk.actor("ina", "auditor")
    assert history.verify(desk.office, ina).broken == 0
    with writing(desk.office.engine) as session:
        connection = session.connection()
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE audit SET actor = 'eve' WHERE number = 2")
    assert history.verify(desk.office, ina).broken == 2
    page = desk.browser("ina").post("/history/verify")
    assert "Row 2 is not as it was written" in page.text


def test_a_timeline_tells_it_in_order(case):
    desk, one = case
    with writing(desk.office.engine) as session:
        session.add(Comment(submission=one, text="Ask them first.", by="rita", at=now()))
    let_out(desk, one)
    feedback.record(desk.office, desk.actor("rita"), one, "question", "Does it cost more?")
    events = history.timeline(desk.office, desk.actor("ana"), one).events
    said = " | ".join(f"{each.said} {each.text}" for each in events)
    assert [each.at for each in events] == sorted(each.at for each in events)
    for words in ("handed it in", "kept customer", "Ask them first.", "released it to everybody", "Does it cost more?"):
        assert words in said
    with pytest.raises(NotThere):
        history.timeline(desk.office, desk.actor("eva"), one)


def test_figures(case):
    desk, _ = case
    found = figures.report(desk.office, desk.actor("ina", "auditor"))
    assert [each.category for each in found.waiting] == ["customer"] and found.waiting[0].median >= 0
    assert any(row.kept == 1 and row.false_alarms == 1.0 for _, row in found.rules)
    assert figures.percentile([float(each) for each in range(1, 11)], 0.9) == 9.0
    assert figures.percentile([4.0], 0.9) == 4.0


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "\uff1d1"])
def test_no_cell_is_executed(cell):
    assert exports.safe(cell).startswith("'")


def test_exports_are_whole_and_inert(case, customer):
    desk, one = case
    ina = desk.actor("ina", "auditor")
    text = "".join(exports.decisions_csv(desk.office, ina))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["reason"] == "'=1+1 they agreed" and rows[0]["submission"] == one and customer not in text
    answer = desk.browser("ina").get("/history/audit.csv")
    assert answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    number = history.verify(desk.office, ina).rows
    assert len(list(csv.reader(io.StringIO(answer.text)))) == number + 1
    with pytest.raises(Forbidden):
        exports.audit_csv(desk.office, desk.actor("ana"), Filter())


def test_what_customers_say_travels_back_up(case, work, make_deck):
    desk, one = case
    rita = desk.actor("rita")
    let_out(desk, one)
    topics = material(desk.office, one).topics
    feedback.record(desk.office, rita, one, "complaint", "Nobody told us about the notes.", topic=topics[0].title)
    entry = feedback.feedback(desk.office, rita, one).entries[0]
    feedback.answer(desk.office, rita, one, entry.id, "We tell you a week before now.")
    second = desk.hand_in(desk.actor("eva"), make_deck(5)).id
    work.drain()
    hints = feedback.hints_for(desk.office, desk.actor("eva"), second)
    assert [(each.text, each.answer) for each in hints] == [
        ("Nobody told us about the notes.", "We tell you a week before now.")]
    assert hints[0].submission == ""  # Eva may not open Ana's
    assert feedback.hints_for(desk.office, rita, second)[0].submission == one
    assert "Nobody told us about the notes." in desk.browser("eva").get(f"/jobs/{second}").text
    assert "Nobody told us about the notes." in desk.browser("rita").get(f"/review/{second}").text
    other = Topic(number=1, title="Gardening in autumn", first=1, last=2, keyphrases=("roses",))
    assert feedback.for_topics(desk.office, rita, [other]) == ()


def test_feedback_is_for_what_is_out(case):
    desk, one = case
    eva = desk.actor("eva")
    with pytest.raises(NotThere):
        feedback.record(desk.office, eva, one, "question", "why")
    let_out(desk, one, "pilot")
    with pytest.raises(NotThere):
        feedback.record(desk.office, eva, one, "question", "why")
    with writing(desk.office.engine) as session:
        session.query(Release).update({"audience": "all"})
    assert feedback.record(desk.office, eva, one, "question", "why")
    for kind, text in (("shout", "x"), ("question", " ")):
        with pytest.raises(InputError):
            feedback.record(desk.office, eva, one, kind, text)
    with pytest.raises(NotThere):
        feedback.answer(desk.office, eva, one, 999, "x")
    with reading(desk.office.engine) as session:
        assert audit.first_broken(session, desk.office.key) is None
