"""Administration and one's own page: users, links, rules, dry run, remembered decisions, arrangements, tokens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from content.decision import Action
from content.errors import BadRule, InputError
from content.finding import Category, Finding, Severity
from desk.rights import Actor, Forbidden, NotThere
from desk.services import administration, arrangements, decisions, dry_run, memories, remembering, tokens, users
from desk.services.approvals import Asked
from desk.services.material import material
from desk.services.office import reading, writing
from desk.services.progress import status
from desk.services.queue import team_of
from desk.services.setup import BadLink
from store import people
from store.remembered import all_remembered
from store.tables import Audit
from store.tables import Finding as FindingRow
from store.tables_people import Setting

GOOD = "a few words in a row"
PACK = """rules:
  - id: house.weeks
    version: 1
    kind: phrase
    category: confidential
    severity: low
    confidence: 0.9
    why: Weeks are promised by whoever plans them.
    terms: ["in week"]
    examples: {match: ["It comes in week 4."], no_match: ["It comes soon."]}
"""


@pytest.fixture
def ada(desk):
    return desk.actor("ada", "administrator")


def test_somebody_is_added_and_sets_their_password_once(desk, ada):
    secret = users.add(desk.office, ada, "Ben", [("reviewer", "customer")], "Ben B", "sales")
    assert users.whose_link(desk.office, secret) == "ben"
    with pytest.raises(InputError, match="12"):
        users.use_link(desk.office, secret, "short")
    assert users.use_link(desk.office, secret, GOOD) == "ben"
    with pytest.raises(BadLink):
        users.use_link(desk.office, secret, GOOD)
    with reading(desk.office.engine) as session:
        assert people.check_password(people.stored_password(session, "ben"), GOOD)
        assert secret not in " ".join(row.name + row.value for row in session.scalars(select(Setting)))


def test_a_newer_link_and_time_end_a_link(desk, ada):
    first = users.add(desk.office, ada, "ben", [])
    second = users.password_link(desk.office, ada, "ben")
    with pytest.raises(BadLink):
        users.whose_link(desk.office, first)
    with writing(desk.office.engine) as session:
        for row in session.scalars(select(Setting).where(Setting.name.startswith("password_link:"))):
            row.value = row.value.replace("202", "201", 1) if "until" in row.value else row.value
    with pytest.raises(BadLink):
        users.whose_link(desk.office, second)
    for wrong in ("", "x", "../.."):
        with pytest.raises(BadLink):
            users.whose_link(desk.office, wrong)


def test_the_last_administrator_stays(desk, ada):
    with pytest.raises(InputError, match="last administrator"):
        users.disable(desk.office, ada, "ada")
    with pytest.raises(InputError, match="last administrator"):
        users.change(desk.office, ada, "ada", [("submitter", "*")], "Ada", "")
    desk.actor("eva", "administrator")
    users.disable(desk.office, ada, "ada")
    with pytest.raises(InputError, match="last administrator"):
        users.disable(desk.office, desk.actor("eva"), "eva")


def test_who_is_shut_out_is_out_at_once(desk, ada):
    desk.actor("ben", "reviewer")
    browser, token = desk.browser("ben"), desk.token("ben", "read")
    assert browser.get("/me").status_code == 200
    users.disable(desk.office, ada, "ben")
    assert browser.get("/me", follow_redirects=False).status_code == 303
    with reading(desk.office.engine) as session:
        assert people.token_person(session, token) is None
    users.enable(desk.office, ada, "ben")
    with reading(desk.office.engine) as session:
        assert people.person(session, "ben") is not None
        assert people.token_person(session, token) is None


def test_roles_are_changed_by_category_and_end_sign_ins(desk, ada):
    desk.actor("ben", "reviewer")
    browser = desk.browser("ben")
    users.change(desk.office, ada, "ben", users.read_roles(["reviewer:customer", "approver"]), "Ben", "sales")
    assert browser.get("/", follow_redirects=False).status_code == 303
    with reading(desk.office.engine) as session:
        found = people.person(session, "ben")
    assert found is not None and Actor(found).reviews("customer") and not Actor(found).reviews("person")
    with pytest.raises(InputError):
        users.change(desk.office, ada, "ben", [("emperor", "*")], "Ben", "")
    with pytest.raises(NotThere):
        users.change(desk.office, ada, "nobody", [], "", "")


def test_nobody_else_administers(desk, ada):
    for kind in ("submitter", "reviewer", "approver", "publisher", "auditor"):
        who = desk.actor(f"x{kind}", kind)
        for call in (lambda who=who: users.users(desk.office, who), lambda who=who: memories.memories(desk.office, who),
                     lambda who=who: administration.rule_rows(desk.office, who),
                     lambda who=who: dry_run.dry_run(desk.office, who, PACK),
                     lambda who=who: arrangements.set_levels(desk.office, who, 1, 2),
                     lambda who=who: users.password_link(desk.office, who, "ada")):
            with pytest.raises(Forbidden):
                call()


# ---------------------------------------------------------------- rules


def finding(rule: str) -> Finding:
    return Finding(id="f-1", group="g-1", rule=rule, category=Category.PROMISE, severity=Severity.HIGH, confidence=0.9,
                   unit=1, part="body", why="because")


def test_findings_are_adjusted():
    found = (finding("a.b"), finding("c.d"))
    assert administration.adjusted(found, {}) == found
    changed = administration.adjusted(found, {"a.b": {"off": True}, "c.d": {"severity": "low"}})
    assert [(each.rule, each.severity) for each in changed] == [("c.d", Severity.LOW)]
    assert administration.adjusted(found, {"c.d": {"severity": "nonsense"}}) == found


def test_a_rule_that_is_off_finds_nothing_from_then_on(desk, ada, work, make_deck, customer):
    ana = desk.actor("ana")
    first = desk.hand_in(ana, make_deck(customer=customer)).id
    work.drain()
    rules = {each.rule for each in material(desk.office, first).findings}
    assert rules
    with pytest.raises(InputError, match="reason"):
        administration.change_rule(desk.office, ada, next(iter(rules)), off=True, severity="", reason=" ")
    with pytest.raises(NotThere):
        administration.change_rule(desk.office, ada, "no.such", off=True, severity="", reason="because")
    for rule in rules:
        administration.change_rule(desk.office, ada, rule, off=True, severity="", reason="too many")
    second = desk.hand_in(ana, make_deck(5, customer=customer)).id
    work.drain()
    assert rules.isdisjoint({each.rule for each in material(desk.office, second).findings})
    assert rules <= {each.rule for each in material(desk.office, first).findings}
    row = next(each for each in administration.rule_rows(desk.office, ada) if each.id in rules)
    assert row.off and row.reason == "too many" and row.figures.found >= 1
    administration.change_rule(desk.office, ada, row.id, off=False, severity="", reason="")
    assert not next(each for each in administration.rule_rows(desk.office, ada) if each.id == row.id).off


def test_figures_count_each_group_once(desk, ada, work, make_deck, customer):
    one = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    rita = desk.actor("rita", "reviewer")
    group = next(each for each in material(desk.office, one).findings if each.category is Category.CUSTOMER)
    decisions.decide(desk.office, rita, one, status(desk.office, rita, one).version, [group.group], Action.KEEP, "", "they agreed")
    row = next(each for each in administration.rule_rows(desk.office, ada) if each.id == group.rule)
    assert (row.figures.found, row.figures.kept, row.figures.changed) == (1, 1, 0)
    assert row.figures.false_alarms == 1.0


def test_a_dry_run_says_what_people_had_kept(desk, ada, work, make_deck, customer):
    one = desk.hand_in(desk.actor("ana"), make_deck(3, customer=customer)).id
    work.drain()
    found = dry_run.dry_run(desk.office, ada, PACK)
    assert (found.documents, found.raised, found.kept, found.failing) == (1, 3, 0, ())
    kept = dry_run.dry_run(desk.office, ada, PACK.replace("[\"in week\"]", f'["{customer}"]')
                           .replace("It comes in week 4.", f"{customer} asked."))
    assert kept.raised >= 1 and all(each.before for each in kept.places)
    with reading(desk.office.engine) as session:
        assert "house.weeks" not in set(session.scalars(select(FindingRow.rule).where(FindingRow.submission == one)))


@pytest.mark.parametrize("text", ["", "rules: 3", "rules: [{id: x}]", PACK.replace("terms:", "wrong:"), "a: &a [*a]",
                                  PACK.replace("phrase", "pattern").replace("terms: [\"in week\"]", "patterns: ['(']")])
def test_a_broken_pack_is_named_without_a_path(desk, ada, text):
    with pytest.raises(BadRule) as caught:
        dry_run.dry_run(desk.office, ada, text)
    assert "/tmp" not in str(caught.value)


def test_a_rule_that_fails_its_own_examples_is_named(desk, ada):
    assert dry_run.dry_run(desk.office, ada, PACK.replace("It comes soon.", "in week 9")).failing == ("house.weeks",)


# ---------------------------------------------------------------- remembered decisions


def test_proposals_are_confirmed_refused_and_forgotten(desk, ada, work, make_deck, customer):
    one = desk.hand_in(desk.actor("ana"), make_deck(customer=customer)).id
    work.drain()
    rita = desk.actor("rita", "reviewer")
    group = next(each.group for each in material(desk.office, one).findings if each.category is Category.CUSTOMER)
    decisions.decide(desk.office, rita, one, status(desk.office, rita, one).version, [group], Action.KEEP, "",
                     f"{customer} agreed", remembering.Remember("everywhere", 30))
    waiting = memories.memories(desk.office, ada).waiting
    assert len(waiting) == 1 and customer not in repr(waiting) and waiting[0].until
    for wrong in ("2001-01-01", "soon"):
        with pytest.raises(InputError):
            memories.confirm(desk.office, ada, waiting[0].id, wrong)
    both = Actor(replace(rita.person, roles=rita.person.roles | ada.person.roles))
    assert memories.memories(desk.office, both).own == {waiting[0].id}
    assert memories.memories(desk.office, ada).own == frozenset()
    with pytest.raises(InputError, match="proposed by you"):
        memories.confirm(desk.office, both, waiting[0].id)
    policy = desk.office.settings.policy.model_copy(update={"allow_own_memory": True})
    free = replace(desk.office, settings=desk.office.settings.model_copy(update={"policy": policy}))
    assert memories.memories(free, both).own == frozenset()
    memories.confirm(free, both, waiting[0].id)
    assert memories.memories(desk.office, ada).acting[0].confirmed_by == "rita"
    memories.confirm(desk.office, ada, waiting[0].id, "2999-01-01")
    acting = memories.memories(desk.office, ada).acting
    assert (acting[0].confirmed_by, acting[0].until) == ("ada", "2999-01-01")
    memories.forget(desk.office, ada, acting[0].id)
    with reading(desk.office.engine) as session:
        assert all_remembered(session) == ()
        said = set(session.scalars(select(Audit.action)))
    assert {"remember_proposed", "remember_confirmed", "remember_forgotten"} <= said
    with pytest.raises(NotThere):
        memories.refuse(desk.office, ada, acting[0].id)


def test_arrangements(desk, ada):
    arrangements.set_routing(desk.office, ada, {"customer": " The  sales desk ", "person": ""})
    with reading(desk.office.engine) as session:
        teams = team_of(desk.office, session)
    assert teams["customer"] == "The sales desk" and teams["person"] == "HR"
    with pytest.raises(InputError):
        arrangements.set_routing(desk.office, ada, {"weather": "x"})
    arrangements.set_policy(desk.office, ada, Asked("high", 3, True, True))
    arrangements.set_levels(desk.office, ada, 4, 8)
    found = arrangements.arrangements(desk.office, ada)
    assert (found.policy, found.amber, found.red) == (Asked("high", 3, True, True), 4, 8)
    for wrong in (lambda: arrangements.set_levels(desk.office, ada, 8, 4),
                  lambda: arrangements.set_policy(desk.office, ada, Asked("huge")),
                  lambda: arrangements.set_levels(desk.office, ada, float("nan"), 4)):
        with pytest.raises(InputError):
            wrong()


# ---------------------------------------------------------------- one's own page


def test_a_token_is_shown_once_and_makes_no_other(desk):
    ben = desk.actor("ben", "reviewer")
    value = tokens.make_token(desk.office, ben, ["read"], 30, "for the board")
    row = tokens.own(desk.office, ben).tokens[0]
    assert value not in repr(row) and row.state == "in force" and row.scopes == ("read",)
    with reading(desk.office.engine) as session:
        found = people.token_person(session, value)
    assert found is not None
    for call in (lambda: tokens.make_token(desk.office, Actor(*found), ["release"], 30), lambda: tokens.own(desk.office, Actor(*found)),
                 lambda: tokens.change_password(desk.office, Actor(*found), "x", GOOD)):
        with pytest.raises(Forbidden):
            call()
    with pytest.raises(NotThere):
        tokens.revoke(desk.office, desk.actor("eva"), row.id)
    tokens.revoke(desk.office, ben, row.id)
    assert tokens.own(desk.office, ben).tokens[0].state == "revoked"
    for scopes, days in ((["fly"], 3), ([], 3), (["read"], 0), (["read"], 9999)):
        with pytest.raises(InputError):
            tokens.make_token(desk.office, ben, scopes, days)


def test_changing_the_password_ends_other_sign_ins(desk):
    ben = desk.actor("ben", "reviewer")
    with writing(desk.office.engine) as session:
        people.set_password(session, "ben", people.hash_password(GOOD))
    other, mine = desk.browser("ben", follow=False), desk.browser("ben", follow=False)
    assert mine.post("/me/password", data={"old": "wrong", "new": GOOD + "!"}).status_code == 400
    assert mine.post("/me/password", data={"old": GOOD, "new": GOOD + "!"}).status_code == 303
    assert other.get("/me").status_code == 303
    assert len(tokens.own(desk.office, ben).sessions) == 1
    assert tokens.sign_out_everywhere(desk.office, ben) == 1


def test_guessing_the_old_password_is_slowed(desk):
    ben = desk.actor("ben", "reviewer")
    for _ in range(people.PER_ACCOUNT):
        with pytest.raises(InputError, match="not right"):
            tokens.change_password(desk.office, ben, "guess", GOOD)
    with pytest.raises(InputError, match="too often"):
        tokens.change_password(desk.office, ben, "guess", GOOD)


def test_the_pages_work_as_plain_forms(desk, ada):
    page = desk.browser("ada", follow=False)
    added = page.post("/admin/users", data={"name": "ben", "display": "<b>Ben", "role": ["submitter", "reviewer:customer"]})
    assert added.status_code == 200 and "/password?link=" in added.text and "<b>Ben" not in added.text
    link = added.text.partition("http://testserver/password?link=")[2].partition('"')[0]
    assert page.get("/password", params={"link": link}).status_code == 200
    assert page.post("/password", data={"link": link, "password": GOOD}).status_code == 303
    assert page.post("/admin/users/ben", data={"role": "approver"}).status_code == 303
    assert page.post("/admin/users/ada/disable").status_code == 400
    assert page.post("/admin/routing", data={"team-customer": "x"}).status_code == 303
    assert page.post("/admin/policy", data={"second_approver_from": "high", "keeps": "2", "acknowledge": "1"}).status_code == 303
    assert page.post("/admin/levels", data={"amber": "1", "red": "2"}).status_code == 303
    assert page.post("/admin/retention", data={"released_days": "1", "rejected_days": "2"}).status_code == 303
    assert page.post("/admin/dry-run", data={"text": PACK}).status_code == 200
    assert "no list of rules" in page.post("/admin/dry-run", files={"pack": ("p.yaml", b"a: 1")}).text
    assert page.post("/me", data={"display": "Ada A", "keys": ""}).status_code == 303
    made = page.post("/me/tokens", data={"scope": ["read"], "days": "3"})
    assert made.status_code == 200 and "dp_" in made.text
    for place in ("/admin", "/admin/users/ben", "/admin/ways", "/admin/rules", "/admin/dry-run", "/admin/remembered",
                  "/admin/retention", "/me"):
        assert page.get(place).status_code == 200, place
    assert page.get("/admin/users/nobody").status_code == 404
