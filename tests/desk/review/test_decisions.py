"""Deciding: every item by its own right, one winner of two, nothing brought back, everything can be taken back."""

from __future__ import annotations

import secrets
import threading

import pytest
from sqlalchemy import select

from content.decision import Action
from content.errors import InputError
from content.finding import Category, Severity
from desk.rights import Actor, Forbidden, NotThere
from desk.services import builds, decisions, marks
from desk.services.decisions import Choice, decide, decide_each, undo
from desk.services.material import material
from desk.services.office import reading, writing
from desk.services.remembering import Remember
from store import outbox
from store.database import now
from store.submissions import Stale
from store.tables import Audit, Decision, RememberedDecision, Submission
from store.tables import Finding as Row
from store.tables_review import Approval


@pytest.fixture
def given(bench, talk):
    return bench, bench.office, bench.submission(*talk)


def states(office, submission):
    with reading(office.engine) as session:
        return {row.id: row.state for row in session.scalars(select(Row).where(Row.submission == submission))}


def submission_row(office, submission):
    with reading(office.engine) as session:
        return session.get(Submission, submission)


def version(office, submission):
    return submission_row(office, submission).version


def decide_all(bench, submission, name="ben"):
    return decide_each(bench.office, bench.actor(name), submission, version(bench.office, submission), [
        Choice("customer-1", Action.REPLACE, "a food company"), Choice("person-1", Action.REPLACE, "a colleague"),
        Choice("credential-1", Action.REMOVE)])


def test_a_group_is_decided_in_all_its_places(given):
    bench, office, it = given
    result = decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], Action.REPLACE, "a food company")
    assert result.decided == ("f-1", "f-3") and result.open == 2 and not result.refused
    assert states(office, it) == {"f-1": "replaced", "f-3": "replaced", "f-2": "open", "f-4": "open", "f-5": "open"}
    with reading(office.engine) as session:
        row = session.scalars(select(Decision)).one()
        assert (row.group, row.finding, row.text, row.by) == ("customer-1", None, "a food company", "ben")
        assert outbox.pending(session, "build", it) == 0


def test_one_place_can_be_decided_otherwise(given):
    bench, office, it = given
    ben = bench.actor("ben")
    decide(office, ben, it, version(office, it), ["customer-1"], Action.REPLACE, "a food company")
    decide(office, ben, it, version(office, it), ["f-3"], Action.KEEP, reason="They agreed to be named")
    assert (states(office, it)["f-1"], states(office, it)["f-3"]) == ("replaced", "kept")
    decide(office, ben, it, version(office, it), ["customer-1"], Action.REMOVE)
    assert (states(office, it)["f-1"], states(office, it)["f-3"]) == ("removed", "removed")


def test_the_last_decision_asks_for_a_build_and_moves_the_submission_on(given):
    bench, office, it = given
    woken = []
    object.__setattr__(office, "wake", lambda: woken.append(1))
    assert decide_all(bench, it).open == 0
    assert submission_row(office, it).state == "decided" and woken
    with reading(office.engine) as session:
        assert outbox.pending(session, "build", it) == 1


def test_each_item_needs_its_own_right(given):
    bench, office, it = given
    result = decide(office, bench.actor("hr"), it, version(office, it), ["customer-1", "person-1"], Action.REMOVE)
    assert result.decided == ("f-2",)
    assert {each.finding for each in result.refused} == {"f-1", "f-3"} and "customer" in result.refused[0].why
    assert states(office, it)["f-1"] == "open"
    with pytest.raises(Forbidden):
        decide(office, bench.actor("hr"), it, version(office, it), ["customer-1"], Action.REMOVE)
    with pytest.raises(NotThere):  # neither a reviewer nor the owner of somebody else's
        other = bench.submission(*_talk_again(), by="ana")
        decide(office, bench.actor("sam"), other, version(office, other), ["customer-1"], Action.REMOVE)
    with pytest.raises(Forbidden):
        decide(office, bench.actor("ada"), it, version(office, it), ["customer-1"], Action.REMOVE)


def _talk_again():
    from content.document import Document, Source, Unit

    document = Document(id="e", source=Source(name="b.pptx", sha256="e" * 64, media_type="a/b", bytes=1),
                        units=(Unit(number=1, kind="slide"),))
    return document, ()


def test_nobody_keeps_in_their_own_but_may_replace(bench, talk):
    office, it = bench.office, bench.submission(*talk, by="ana")
    ana = bench.actor("ana")
    with pytest.raises(Forbidden, match="own submission"):
        decide(office, ana, it, version(office, it), ["customer-1"], Action.KEEP, reason="fine")
    assert decide(office, ana, it, version(office, it), ["customer-1"], Action.REMOVE).decided
    assert decide(office, bench.actor("ben"), it, version(office, it), ["person-1"], Action.KEEP, reason="fine").decided


def test_a_token_without_the_scope_decides_nothing(given):
    bench, office, it = given
    actor = Actor(bench.actor("ben").person, frozenset({"read"}))
    with pytest.raises(Forbidden, match="scope review"):
        decide(office, actor, it, version(office, it), ["customer-1"], Action.REMOVE)


def test_the_second_of_two_is_told_who_was_first(given):
    bench, office, it = given
    seen = version(office, it)
    decide(office, bench.actor("ben"), it, seen, ["customer-1"], Action.REMOVE)
    with pytest.raises(Stale, match="Ben decided this just now"):
        decide(office, bench.actor("ana"), it, seen, ["customer-1"], Action.REPLACE, "a shop")
    # Something else of the same page is not in the way.
    assert decide(office, bench.actor("ana"), it, seen, ["person-1"], Action.REMOVE).decided == ("f-2",)
    assert states(office, it)["f-1"] == "removed"


def test_a_double_click_is_one_decision(given):
    bench, office, it = given
    seen = version(office, it)
    for _ in range(2):
        result = decide(office, bench.actor("ben"), it, seen, ["customer-1"], Action.REMOVE, text="left in the field")
        assert result.decided == ("f-1", "f-3")
    with reading(office.engine) as session:
        assert len(session.scalars(select(Decision)).all()) == 1
        assert len(session.scalars(select(Audit).where(Audit.action == "decided")).all()) == 1


def test_two_at_the_same_moment(given):
    bench, office, it = given
    seen, ended = version(office, it), []

    def go(name, text):
        try:
            decide(office, bench.actor(name), it, seen, ["customer-1"], Action.REPLACE, text)
            ended.append("done")
        except Stale:
            ended.append("stale")

    threads = [threading.Thread(target=go, args=each) for each in (("ana", "a shop"), ("ben", "a firm"))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(ended) == ["done", "stale"]


@pytest.mark.parametrize("text", ["Halden Foods", "the HALDEN  FOODS group", "Hàlden Foods", "what Rita Vos said", "Blue-Kettle-9"])
def test_a_replacement_brings_nothing_back(given, text):
    bench, office, it = given
    with pytest.raises(InputError) as caught:
        decide(office, bench.actor("ben"), it, version(office, it), ["person-1"], Action.REPLACE, text)
    assert "Halden" not in str(caught.value) and "Kettle" not in str(caught.value)
    assert states(office, it)["f-2"] == "open"


def test_what_is_kept_may_be_said(given):
    bench, office, it = given
    decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], Action.KEEP, reason="public")
    assert decide(office, bench.actor("ben"), it, version(office, it), ["person-1"], Action.REPLACE, "somebody of Halden Foods").decided


def test_words_are_needed(given):
    bench, office, it = given
    for action, text, reason in ((Action.REPLACE, " \u200b ", ""), (Action.KEEP, "", "  ")):
        with pytest.raises(InputError):
            decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], action, text, reason)
    with pytest.raises(NotThere):
        decide(office, bench.actor("ben"), it, version(office, it), ["customer-9"], Action.REMOVE)
    with pytest.raises(InputError, match="place"):
        decide(office, bench.actor("ben"), it, version(office, it), ["quality-1"], Action.REPLACE, "better words")
    with reading(office.engine) as session:
        assert not session.scalars(select(Decision)).all()


def test_a_dropped_slide_decides_what_is_on_it(given):
    bench, office, it = given
    result = decisions.drop_unit(office, bench.actor("ben"), it, version(office, it), 2)
    assert set(result.decided) == {"f-3", "f-4", "f-5"} and result.open == 2
    assert states(office, it)["f-1"] == "open"  # the same name stands on another slide


def test_taking_back_brings_the_earlier_word_back(given):
    bench, office, it = given
    ben = bench.actor("ben")
    decide(office, ben, it, version(office, it), ["customer-1"], Action.KEEP, reason="public")
    decide(office, ben, it, version(office, it), ["customer-1"], Action.REMOVE)
    assert undo(office, ben, it).open == 2
    assert states(office, it)["f-1"] == "kept"
    undo(office, ben, it)
    assert states(office, it)["f-1"] == "open"
    with pytest.raises(NotThere):
        undo(office, ben, it)


def test_a_list_is_taken_back_as_one(given):
    bench, office, it = given
    decide_all(bench, it)
    assert undo(office, bench.actor("ben"), it).open == 3
    assert submission_row(office, it).state == "in_review"
    with pytest.raises(NotThere):
        undo(office, bench.actor("ana"), it)


def test_after_an_undo_an_old_page_is_stale(given):
    bench, office, it = given
    seen = version(office, it)
    decide(office, bench.actor("ben"), it, seen, ["customer-1"], Action.REMOVE)
    undo(office, bench.actor("ben"), it)
    with pytest.raises(Stale, match="took a decision on this back"):
        decide(office, bench.actor("ana"), it, seen, ["customer-1"], Action.REMOVE)


def test_whoever_may_not_decide_takes_nothing_back(given):
    bench, office, it = given
    decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], Action.REMOVE)
    with reading(office.engine) as session:
        made = session.scalars(select(Decision.id)).one()
    with pytest.raises(Forbidden):
        undo(office, bench.actor("hr"), it, made)
    assert undo(office, bench.actor("ana"), it, made).open == 3


def approve(office, it):
    with writing(office.engine) as session:
        session.add(Approval(submission=it, content_hash=secrets.token_hex(32), by="pia", at=now()))
        session.get(Submission, it).state = "approved"


def test_a_change_voids_the_approval(given):
    bench, office, it = given
    decide_all(bench, it)
    approve(office, it)
    decide(office, bench.actor("ben"), it, version(office, it), ["person-1"], Action.REMOVE)
    with reading(office.engine) as session:
        row = session.scalars(select(Approval)).one()
        assert row.void_at and row.void_because == "decisions changed"
    assert submission_row(office, it).state == "decided"
    approve(office, it)
    undo(office, bench.actor("ben"), it)
    assert submission_row(office, it).state == "decided"


@pytest.mark.parametrize("state", ["released", "scanning", "rejected", "quarantined"])
def test_nothing_is_decided_at_the_wrong_time(given, state):
    bench, office, it = given
    with writing(office.engine) as session:
        session.get(Submission, it).state = state
    with pytest.raises(Stale):
        decide(office, bench.actor("ben"), it, version(office, it), ["person-1"], Action.REMOVE)
    with pytest.raises(Stale):
        marks.add_missed(office, bench.actor("ben"), it, "s1.b1", 0, 4, Category.CUSTOMER, Severity.HIGH)


def test_a_missed_place_is_a_finding_like_any_other(given):
    bench, office, it = given
    decide_all(bench, it)
    ben = bench.actor("ben")
    text = "Thank you 👋 everybody at Kelder Works"
    start = text.index("Kelder")
    standing = marks.add_missed(office, ben, it, "s3.b1", start, len(text), Category.CUSTOMER, Severity.HIGH, "It is new")
    assert standing.open == 1 and submission_row(office, it).state == "in_review"
    added = next(each for each in material(office, it).findings if each.rule == "reviewer.missed")
    assert added.text == "Kelder Works" and states(office, it)[added.id] == "open"
    assert decide(office, ben, it, version(office, it), [added.group], Action.REPLACE, "a client").open == 0
    with reading(office.engine) as session:
        kept = session.get(Row, (it, added.id))
        assert "Kelder" not in kept.preview and kept.state == "replaced"
        assert builds.revision(office, session, it).missed[0].text == "Kelder Works"
    assert marks.remove_missed(office, ben, it, added.id).open == 0
    assert added.id not in states(office, it)


def test_a_missed_word_is_marked_everywhere(given):
    bench, office, it = given
    marks.add_by_words(office, bench.actor("ben"), it, "s2.b1", "words", Category.CONFIDENTIAL, Severity.MEDIUM, everywhere=True)
    marks.add_by_words(office, bench.actor("ben"), it, "s2.b2", "nothing", Category.CONFIDENTIAL, Severity.MEDIUM)
    added = [each for each in material(office, it).findings if each.rule == "reviewer.missed"]
    assert sorted(each.text for each in added) == ["nothing", "words"]


@pytest.mark.parametrize(("block", "start", "end"), [("s9.b1", 0, 3), ("s1.b1", 3, 3), ("s1.b1", 0, 999), ("s1.b1", -1, 4)])
def test_a_mark_outside_the_document_is_refused(given, block, start, end):
    bench, office, it = given
    with pytest.raises(InputError):
        marks.add_missed(office, bench.actor("ben"), it, block, start, end, Category.PERSON, Severity.LOW)
    with pytest.raises(Forbidden):
        marks.add_missed(office, bench.actor("hr"), it, "s1.b1", 0, 4, Category.CUSTOMER, Severity.LOW)


def test_a_page_from_before_a_mark_does_not_decide_it(given):
    bench, office, it = given
    marks.add_by_words(office, bench.actor("ben"), it, "s3.b1", "Kelder Works", Category.CUSTOMER, Severity.HIGH)
    seen = version(office, it)
    group = next(each.group for each in material(office, it).findings if each.rule == "reviewer.missed")
    marks.add_by_words(office, bench.actor("ana"), it, "s3.b1", "Kelder Works", Category.CUSTOMER, Severity.HIGH)
    with pytest.raises(Stale):
        decide(office, bench.actor("ben"), it, seen, [group], Action.REMOVE)


def test_comments(given):
    bench, office, it = given
    marks.comment(office, bench.actor("sam"), it, "They said yes on the phone.", "customer-1")
    with pytest.raises(InputError):
        marks.comment(office, bench.actor("ben"), it, "  ")
    with pytest.raises(Forbidden):
        marks.comment(office, bench.actor("ada"), it, "hello")
    with reading(office.engine) as session:
        assert "phone" not in " ".join(session.scalars(select(Audit.detail)))


@pytest.mark.parametrize("scope", ["words", "everywhere", "document"])
def test_remembering_is_a_proposal(given, scope):
    bench, office, it = given
    result = decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], Action.REPLACE, "a food company",
                    remember=Remember(scope, 30))
    assert "confirm" in result.remembered
    with reading(office.engine) as session:
        row = session.scalars(select(RememberedDecision)).one()
        assert row.confirmed_by is None and row.until and row.scope == scope
        assert "Halden" not in row.preview and row.text == "a food company"
    with writing(office.engine) as session:
        session.scalars(select(RememberedDecision)).one().confirmed_by = "ada"
    undo(office, bench.actor("ben"), it)
    assert states(office, it)["f-1"] == "replaced"  # what was confirmed holds where nobody decided


@pytest.mark.parametrize("reason", ["Halden Foods agreed", "HALDÉN FOODS agreed", "Halden\u200b Foods agreed"])
def test_a_reason_is_kept_without_the_name_in_any_spelling(given, reason):
    bench, office, it = given
    decide(office, bench.actor("ben"), it, version(office, it), ["customer-1"], Action.REPLACE, "a food company",
           reason=reason, remember=Remember("words", 30))
    with reading(office.engine) as session:
        kept = session.scalars(select(RememberedDecision)).one().reason
    assert kept.startswith("[...]") and "food" not in kept.lower()


def test_the_audit_says_no_word_of_the_document(given):
    bench, office, it = given
    decide_all(bench, it)
    marks.add_by_words(office, bench.actor("ben"), it, "s3.b1", "Kelder Works", Category.CUSTOMER, Severity.HIGH, "new")
    with reading(office.engine) as session:
        said = " ".join(f"{row.subject} {row.detail}" for row in session.scalars(select(Audit)))
    assert not any(word in said for word in ("Halden", "Rita", "Kettle", "Kelder", "food"))
