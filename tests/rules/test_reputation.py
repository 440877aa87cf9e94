"""What a sentence says about a target: ways of saying, bad words that are turned round, negations, and whose clause it is."""

from __future__ import annotations

import pytest

from content.finding import Severity
from rules import scan_text
from rules.reputation_clause import judge
from rules.reputation_targets import supposed, unnamed
from rules.reputation_words import Phrases, tokens

NAME = "Brackwater"


def said(sentence: str) -> str:
    start = sentence.index(NAME)
    return judge(sentence, (start, start + len(NAME)))


@pytest.mark.parametrize(("sentence", "kind"), [
    (f"{NAME} is hopeless and rude", "verdict"),
    (f"It took {NAME} nine reminders to send one file", "ridicule"),
    (f"The delay was the fault of {NAME}", "blame"),
    (f"{NAME} cheated its growers", "deed"),
    (f"{NAME} runs the depot on a machine from 1987", "legacy"),
    (f"{NAME} needed seven months to sign", "late"),
    (f"There were two outages at {NAME}", "trouble"),
    (f"{NAME} has no plan for the winter", "lack"),
    (f"{NAME} liegt tegen zijn leveranciers", "deed"),
    (f"Niemand bij {NAME} kent het wachtwoord", "lack"),
])
def test_each_kind_of_statement_is_told(sentence: str, kind: str) -> None:
    assert said(sentence) == kind


@pytest.mark.parametrize("sentence", [
    f"{NAME} fights fraud with our model",
    f"{NAME} works without a single complaint",
    f"{NAME} never had an outage",
    f"The complaints team of {NAME} sits in the old mill",
    f"The outages at {NAME} have halved since spring",
    f"{NAME} replaced its machine from 1987",
    f"{NAME} does not use paper any more",
    f"Without {NAME} we would not exist",
    f"The mistake was ours, and {NAME} stayed calm",
    f"We failed twice, and {NAME} was patient with us",
    f"{NAME} verliest geen pallets meer",
    f"{NAME} loste de storing op",
])
def test_what_is_turned_round_or_ours_says_nothing_bad(sentence: str) -> None:
    assert said(sentence) == ""


def test_praise_for_us_and_then_the_target_is_a_contrast() -> None:
    assert said(f"Great demo, but {NAME} had invited the neighbours") == "lack"
    assert said(f"Great demo, but {NAME} loved the second half even more") == ""


def test_a_name_is_never_read_as_a_word() -> None:
    name = "Poor Rotten Eggs"
    sentence = f"{name} opened a second hall"
    assert judge(sentence, (0, len(name))) == ""
    other = f"{NAME} and {name} share a yard"
    assert judge(other, (0, len(NAME)), ((other.index(name), other.index(name) + len(name)),)) == ""


def test_only_the_asked_kinds_are_given() -> None:
    sentence = f"{NAME} cheated its growers"
    assert judge(sentence, (0, len(NAME)), (), frozenset({"verdict", "lack"})) == ""


def test_a_sentence_without_name_needs_a_pronoun() -> None:
    assert judge("They are hopeless", None) == "verdict"
    assert judge("Nice weather for a walk", None) == ""


def test_terms_match_whole_words_phrases_and_stems() -> None:
    phrases = Phrases(["fail*, out of stock", "late"])
    words = tokens("Failing again, out of stock, lately")
    assert [phrases.at(words, place) for place in range(len(words))] == [1, 0, 3, 0, 0, 0]


def test_a_supplier_without_a_name_is_a_target_and_weighs_less_than_a_customer() -> None:
    text = "Our supplier lied to us. That customer never pays."
    found = unnamed(text, 0, len(text))
    assert [(target.label, target.severity) for target in found] == [
        ("Our supplier", Severity.LOW), ("That customer", Severity.MEDIUM)]


def test_a_word_nobody_knows_may_be_a_company_and_a_known_one_is_not() -> None:
    text = "Zorvelli lied to us about the price"
    assert [target.label for target in supposed(text, 0, len(text), [])] == ["Zorvelli"]
    for harmless in ("Storage is slow on old disks", "Docker failed twice in the night", "Why Storage Is Always Slow"):
        assert supposed(harmless, 0, len(harmless), []) == []


def test_a_supposed_company_never_holds_a_pack() -> None:
    found = [finding for finding in scan_text("Zorvelli lied to us about the price") if finding.category == "reputation"]
    assert found and all(finding.severity is Severity.LOW for finding in found)


@pytest.mark.parametrize("sentence", [
    "Brackwater Logistics is the most hopeless customer we have ever had.",
    "Brackwater Logistics is de meest hopeloze klant die we ooit hadden.",
])
def test_an_outright_verdict_on_a_name_that_is_on_no_list_holds_a_pack(sentence: str) -> None:
    found = [finding for finding in scan_text(sentence) if finding.rule == "reputation.named"]
    assert [finding.severity for finding in found] == [Severity.MEDIUM]


def test_a_page_of_text_in_one_sentence_is_judged_near_the_name() -> None:
    far = "and then the next item of the list " * 60
    text = f"{NAME} Mills opened a hall, {far} which was a hopeless disaster"
    assert not [finding for finding in scan_text(text, [f"{NAME} Mills"]) if finding.category == "reputation"]
