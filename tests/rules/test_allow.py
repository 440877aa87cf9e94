"""What deckprism.toml allows is no finding; what is too broad, broken or guarded is refused or has no effect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content.errors import BadSettings
from content.settings import Settings, load_settings
from rules.catalogue import catalogue
from rules.customers import CustomerList
from rules.engine import document_of, scan

KEY = "AKIAQ7ZPLM3XW9RTBV2K"


def settings(folder: Path, toml: str) -> Settings:
    file = folder / "deckprism.toml"
    file.write_text(toml, encoding="utf-8")
    return load_settings(file)


def found(text: str, made: Settings, customers: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    known = CustomerList.of(customers) if customers else CustomerList.empty()
    return {(each.category.value, each.text) for each in scan(document_of(text), known, made)}


def test_a_text_is_allowed_whatever_its_capitals(tmp_path: Path) -> None:
    text = "Write to press@plumwood.example or to jan@plumwood.example."
    made = settings(tmp_path, '[allow]\ntexts = ["PRESS@plumwood.example"]\n')
    assert ("contact", "press@plumwood.example") in found(text, Settings())
    said = found(text, made)
    assert ("contact", "press@plumwood.example") not in said
    assert ("contact", "jan@plumwood.example") in said


def test_it_covers_what_lies_within_it_and_nothing_beside_it(tmp_path: Path) -> None:
    made = settings(tmp_path, '[allow]\ntexts = ["Halden Award"]\n')
    assert not found("Everybody gets the Halden Award's medal.", made, ("Halden",))
    assert ("customer", "Halden") in found("Everybody at Halden gets an award.", made, ("Halden",))
    assert ("customer", "Halden") in found("The Halden Awards came.", made, ("Halden",)) or found(
        "The Halden Awards came.", made, ("Halden",)), "only as whole words"


def test_limits_to_rules_and_categories(tmp_path: Path) -> None:
    text = "Halden pays Halden."
    other = settings(tmp_path, '[allow]\ntexts = [{text = "Halden", categories = ["person"], reason = "a first name"}]\n')
    assert ("customer", "Halden") in found(text, other, ("Halden",))
    same = settings(tmp_path, '[allow]\ntexts = [{text = "Halden", rules = ["customer.name"], reason = "they agreed"}]\n')
    assert not found(text, same, ("Halden",))


@pytest.mark.parametrize(("day", "holds"), [(None, False), (date(2027, 6, 29), True), (date(2027, 6, 30), True),
                                            (date(2027, 7, 1), False)])
def test_until_is_compared_with_the_day_that_is_given(tmp_path: Path, day: date | None, holds: bool) -> None:
    made = settings(tmp_path, '[allow]\ntexts = [{text = "Halden", reason = "campaign", until = 2027-06-30}]\n').with_day(day)
    assert (not found("We met Halden.", made, ("Halden",))) is holds


def test_secrets_are_allowed_only_by_name_and_as_a_whole(tmp_path: Path) -> None:
    text = f"The key is {KEY} today."
    assert ("credential", KEY) in found(text, Settings())
    assert ("credential", KEY) in found(text, settings(tmp_path, f'[allow]\ntexts = ["{KEY}"]\n')), "not by the way"
    assert ("credential", KEY) in found(text, settings(
        tmp_path, f'[allow]\ntexts = [{{text = "key is {KEY}", categories = ["credential"], reason = "x"}}]\n'))
    assert ("credential", KEY) not in found(text, settings(
        tmp_path, f'[allow]\ntexts = [{{text = "{KEY}", categories = ["credential"], reason = "made up for the manual"}}]\n'))


def test_a_pattern_never_allows_a_secret(tmp_path: Path) -> None:
    made = settings(tmp_path, "[allow]\npatterns = ['AKIA[A-Z0-9]{16}']\n")
    assert ("credential", KEY) in found(f"The key is {KEY} today.", made)


def test_a_pattern_allows_whole_texts(tmp_path: Path) -> None:
    made = settings(tmp_path, "[allow]\npatterns = ['(?:press|jobs)@plumwood\\.example']\n")
    said = found("Write to press@plumwood.example, jobs@plumwood.example or mypress@plumwood.example.", made)
    assert said == {("contact", "mypress@plumwood.example")}


@pytest.mark.parametrize("pattern", [
    ".*", ".+", "(?s).+", r"\w+", r"\S+", "[a-z]+", "[A-Z].*", r"\pL+", r".+@.+", r"\S+@\S+\.\S+", "https?://.*", r"\d+",
    r"\+?[\d ]+", "(a|.)*", "[^x]+", "[^V].*", "x*", r".*\.example", "(?i)[A-Z]{3}", "€.*",
])
def test_a_pattern_that_matches_everything_is_refused(tmp_path: Path, pattern: str) -> None:
    made = settings(tmp_path, f"[allow]\npatterns = ['ZWEL-[0-9]{{4}}', '{pattern}']\n")
    with pytest.raises(BadSettings) as caught:
        scan(document_of("x"), CustomerList.empty(), made)
    assert "entry 2" in str(caught.value) and "\n" not in str(caught.value) and caught.value.todo


@pytest.mark.parametrize(("toml", "says"), [
    ("patterns = ['(?=a)b-12']", "google-re2 refuses"), ("patterns = ['([a-c])\\1-12']", "google-re2 refuses"),
    ("patterns = [{pattern = 'ZWEL-\\d{4}', categories = ['credential']}]", "cannot be allowed by a pattern"),
    ("patterns = [{pattern = 'ZWEL-\\d{4}', rules = ['credential.token.aws']}]", "cannot be allowed by a pattern"),
    ("patterns = [{pattern = 'ZWEL-\\d{4}', rules = ['hidden.text']}]", "cannot be allowed by a pattern"),
    ("texts = [{text = 'Zwelb', rules = ['no.such']}]", "names a rule that does not exist"),
    ("texts = [{text = 'Zwelb', categories = ['unread']}]", "decide on them instead"),
    ("texts = [{text = 'Zwelb', until = 'soon'}]", "until"), ("texts = ['x']", "text"), ("texts = 'Zwelb'", "texts"),
    ("texts = [{text = 'Zwelb', colour = 'red'}]", "colour"), ("texts = [3]", "texts"),
])
def test_what_cannot_be_allowed_is_said(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(BadSettings, match=says) as caught:
        scan(document_of("x"), CustomerList.empty(), settings(tmp_path, f"[allow]\n{toml}\n"))
    assert "\n" not in str(caught.value) and caught.value.exit_code == 2


def test_the_companys_own_names_are_never_findings(tmp_path: Path) -> None:
    made = settings(tmp_path, '[profile]\ncompany = "Target Systems"\nown_names = ["Anna Plogarth Prize"]\n'
                              'brands = ["Halden Blue"]\n[[profile.authors]]\nname = "Wilma Torvik"\n')
    text = "Wilma Torvik of Target Systems shows Halden Blue and the Anna Plogarth Prize."
    names = {each for each in found(text, made, ("Target", "Halden")) if each[0] in {"customer", "organisation", "person"}}
    assert names == set()
    beside = "We sold it to Target and to Halden, says Anna Plogarth."
    assert {("customer", "Target"), ("customer", "Halden")} <= found(beside, made, ("Target", "Halden"))


def test_own_names_do_not_allow_other_kinds(tmp_path: Path) -> None:
    made = settings(tmp_path, '[profile]\ncompany = "plumwood.example"\n')
    assert ("contact", "jan@plumwood.example") in found("Write to jan@plumwood.example today.", made)


def test_nothing_allowed_costs_nothing(tmp_path: Path) -> None:
    from rules.allow import without_allowed

    assert without_allowed([], Settings(), catalogue()) == []
