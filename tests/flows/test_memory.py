"""Remembered decisions on their way: into the store without a word of the text, back as decisions in a pack."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from content.decision import Action, Decision, Remember, Scope
from content.errors import BadDecisions
from content.settings import Settings
from flows import memory, steps
from flows.batch import BatchOptions
from flows.case import Request, load_case, open_case
from flows.configuration import acting
from flows.worker import decode_request, encode_request
from language.fold import folded
from rules.customers import CustomerList
from rules.engine import document_of, scan
from rules.remembered import recall

TEXT = "Halden Foods asked us twice. We met Castellan Pharmacies in spring."
CUSTOMERS = CustomerList.of(("Halden Foods", "Castellan Pharmacies"))


def looked_at(text: str = TEXT):
    document = document_of(text)
    return document, scan(document, CUSTOMERS, Settings())


def decided(findings, label: str, scope: Scope, **more: object) -> Decision:
    group = next(each.group for each in findings if each.label == label)
    values = {"action": Action.KEEP, "reason": f"{label} agreed, and HALDEN FOODS too", "by": "Pia", "at": "2026-01-05", **more}
    until = values.pop("until", None)
    return Decision(group=group, remember=Remember(scope=scope, until=until), **values)


def store(scope: Scope = Scope.WORDS, label: str = "Halden Foods", **more: object):
    document, findings = looked_at()
    return memory.remember(document, findings, [decided(findings, label, scope, **more)])


def settled(day: date | None = None, text: str = TEXT) -> set[str]:
    document, findings = looked_at(text)
    known = memory.load_memory(day)
    names = recall(findings, document, known).settled if known else frozenset()
    return {each.text for each in findings if each.id in names}


def test_a_fresh_data_folder_stays_unmade(data: Path) -> None:
    assert memory.load_memory(None) is None
    assert memory.listed() == ()
    assert not data.exists()


def test_there_and_back(data: Path) -> None:
    stored = store()
    assert [(row.category, row.scope) for row in stored.remembered] == [("customer", "words")]
    assert settled() == {"Halden Foods"}
    assert settled(text="We asked Halden Foods.") == set()


def test_no_byte_of_the_data_folder_tells_the_name(data: Path) -> None:
    store()
    for file in data.rglob("*"):
        if file.is_file():
            bytes_ = folded(file.read_bytes().decode("latin-1"))
            assert "halden" not in bytes_ and "castellan" not in bytes_ and "asked us twice" not in bytes_, file.name


def test_a_replacement_that_holds_what_it_replaces_is_refused(data: Path) -> None:
    with pytest.raises(BadDecisions, match="replaces a text by one that holds it") as caught:
        store(action=Action.REPLACE, text="the people of HALDEN  foods")
    assert "alden" not in str(caught.value)


def test_everywhere_waits_for_a_confirmation(data: Path) -> None:
    name = store(Scope.EVERYWHERE).remembered[0].id
    assert settled() == set()
    memory.confirm(name, "Noor")
    assert settled(text="We asked Halden Foods.") == {"Halden Foods"}
    memory.forget(name, "Noor")
    assert settled() == set()


def test_what_ran_out_does_not_act(data: Path) -> None:
    store(until=date(2026, 6, 30))
    assert settled(date(2026, 6, 30)) == {"Halden Foods"}
    assert settled(date(2026, 7, 1)) == settled(None) == set()


def test_what_cannot_be_remembered_is_counted(data: Path) -> None:
    document, findings = looked_at()
    unknown = Decision(group="customer-none", action=Action.REMOVE, remember=Remember())
    plain = Decision(group=findings[0].group, action=Action.REMOVE)
    stored = memory.remember(document, findings, [unknown, plain])
    assert (stored.remembered, stored.unused) == ((), 1)


def test_the_configuration_knows_what_acts_and_not_what_day_it_is(data: Path) -> None:
    def now(day: date | None) -> str:
        return acting(Settings(on=day), memory.load_memory(day))

    nothing = now(date(2026, 1, 1))
    assert now(date(2026, 1, 2)) == nothing
    store(until=date(2026, 6, 30))
    during = now(date(2026, 1, 1))
    assert during != nothing and now(date(2026, 1, 2)) == during and now(date(2026, 7, 1)) == nothing


def test_the_configuration_knows_the_folder_of_rules(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.yaml").write_text("rules: []\n")
    first = acting(Settings().with_rules(folder), None)
    (folder / "a.yaml").write_text("rules: [] \n")
    assert len({first, acting(Settings().with_rules(folder), None), acting(Settings(), None)}) == 3


def test_requests_travel_whole(tmp_path: Path) -> None:
    sent = Request(tmp_path / "a.pptx", tmp_path / "out", rules=tmp_path / "rules", good_rules=True, on=date(2026, 1, 5), memory=True)
    assert decode_request(encode_request(sent)) == sent
    case = open_case(sent, tmp_path / "cases")
    assert load_case(case.id, tmp_path / "cases").request == sent
    assert BatchOptions(on=date(2026, 1, 5)).on


def test_a_pack_applies_and_records_what_was_remembered(data: Path, tmp_path: Path) -> None:
    file, names = tmp_path / "talk.md", tmp_path / "customers.csv"
    lines = "\n\n".join(f"Question {number} came by post and we answered it with a drawing." for number in range(8))
    file.write_text(f"# How we listened\n\nHalden Foods asked us twice. {lines}\n\nWe learned to wait for it.\n")
    names.write_text("name,industry\nHalden Foods,Food\n")

    def pack(remembering: bool, decisions: Path | None = None) -> dict:
        request = Request(file, tmp_path / "out", names, decisions, audio=False, memory=remembering)
        return json.loads((steps.build_pack(request).folder / "pack.json").read_text())

    before = pack(True)
    assert before["status"] == "held"
    case = open_case(Request(file, tmp_path / "out", names, audio=False))
    for stage in ("extract", "scan"):
        steps.run_stage(stage, case)
    document, findings = case.memory["document"], case.memory["findings"]
    memory.remember(document, findings, [Decision(group=each.group, action=Action.REPLACE, text="a maker of soup", by="Pia", at="2026",
                                                  remember=Remember()) for each in findings if each.category == "customer"])
    after = pack(True)
    assert [(each["action"], each["by"]) for each in after["decisions"]] == [("replace", "Pia")]
    assert (after["status"], after["held_because"]) == ("clear", []) and after == pack(True)
    assert pack(False)["status"] == "held", "only where the request lets it act"
    given = tmp_path / "d.json"
    given.write_text(json.dumps([{"group": each.group, "action": "remove", "by": "Noor"} for each in findings if each.category == "customer"]))
    assert [(each["action"], each["by"]) for each in pack(True, given)["decisions"]] == [("remove", "Noor")]
