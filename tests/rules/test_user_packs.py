"""A folder of rules of one's own: what is good is used, what is broken or hostile is one clear line and nothing more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from content.errors import BadRule, BadSettings
from content.settings import Packs, Settings, load_settings
from rules.catalogue import catalogue, folder_digest
from rules.customers import CustomerList
from rules.engine import document_of, scan

GOOD = """\
rules:
  - id: house.codeword
    version: 1
    kind: phrase
    category: confidential
    severity: medium
    confidence: 0.9
    why: This is the working name of a product that is not out.
    terms: [Quillwort]
    examples:
      match: ["Quillwort ships soon"]
      no_match: ["A plant in a pond"]
"""
SECOND = GOOD.replace("house.codeword", "house.second").replace("Quillwort", "Bramblejack").removeprefix("rules:\n")


def write(folder: Path, text: str | bytes, name: str = "house.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def settings(folder: Path, good_rules: bool = False) -> Settings:
    return Settings(rules=Packs(folder=folder, good_rules=good_rules))


def rules_found(text: str, made: Settings) -> set[str]:
    return {found.rule for found in scan(document_of(text), CustomerList.empty(), made)}


def test_a_scan_uses_the_rules_of_the_settings(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert "house.codeword" in rules_found("We ship Quillwort in spring.", settings(tmp_path))
    assert "house.codeword" not in rules_found("We ship Quillwort in spring.", Settings())


def test_the_folder_is_relative_to_the_settings(tmp_path: Path) -> None:
    write(tmp_path / "my-rules", GOOD)
    file = tmp_path / "deckprism.toml"
    file.write_text('[rules]\nfolder = "my-rules"\n', encoding="utf-8")
    assert load_settings(file).rules.folder == tmp_path / "my-rules"
    assert "house.codeword" in rules_found("Quillwort", load_settings(file))


def test_a_changed_pack_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert "house.codeword" in catalogue(tmp_path).by_id
    first = folder_digest(tmp_path)
    write(tmp_path, GOOD.replace("house.codeword", "house.other"))
    assert folder_digest(tmp_path) != first
    assert "house.other" in catalogue(tmp_path).by_id


def test_both_endings_are_read_and_other_files_are_not(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "rules:\n" + SECOND, "more.YML")
    write(tmp_path, "no rules here", "readme.md")
    write(tmp_path, "{", ".house.yaml.swp.yaml")
    assert {"house.codeword", "house.second"} <= set(catalogue(tmp_path).by_id)


#: What is changed in the good pack, and what the one line must say.
BROKEN = {
    "invalid": (("version: 1", "version: [1"), "line 4: is not valid YAML"),
    "a number that is none": (("rules:", "rules: !!int x\nrest:"), "line 1: holds a number or date that cannot be read"),
    "two documents": (("rules:\n", "---\n---\nrules:\n"), "is not valid YAML"),
    "no list": (("rules:\n", "rules: none\nrest:\n"), "line 1: has no list of rules"),
    "a list alone": (("rules:\n", ""), "has no list of rules"),
    "something beside": (("rules:\n", "author: somebody\nrules:\n"), "line 1: has something beside"),
    "no mapping": (("rules:\n", "rules:\n  - text\n"), "line 2, rule 1: is not a mapping"),
    "unknown key": (("    terms:", "    surprise: 1\n    terms:"), "line 9, rule house.codeword, surprise: there is no such key"),
    "missing key": (("    severity: medium\n", ""), "line 2, rule house.codeword, severity: field required"),
    "bad value": (("severity: medium", "severity: grave"), "line 6, rule house.codeword, severity"),
    "no examples": (("    examples:\n      match: [\"Quillwort ships soon\"]\n      no_match: [\"A plant in a pond\"]\n", ""),
                    "rule house.codeword: has no examples"),
    "no counterexample": (("no_match: [\"A plant in a pond\"]", "no_match: []"), "line 12, rule house.codeword, examples.no_match"),
    "example that does not match": (("Quillwort ships", "It ships"), "line 11, rule house.codeword: example 1 of match does not match"),
    "example that matches": (("A plant in a pond", "Quillwort, a plant"),
                             "line 12, rule house.codeword: example 1 of no_match does match"),
    "back reference": (("terms: [Quillwort]", "patterns: ['Quill', '(a)\\1']\n    terms: [Quillwort]"),
                       "line 9, rule house.codeword, patterns.1: has a pattern that google-re2 refuses"),
    "look-ahead": (("terms: [Quillwort]", "exclude: ['a(?=b)']\n    terms: [Quillwort]"), "exclude.0: has a pattern that google-re2"),
    "too many repetitions": (("terms: [Quillwort]", "terms: [Quillwort]\n    patterns: ['x{1001}']"), "google-re2 refuses"),
    "nested repetitions": (("terms: [Quillwort]", "terms: [Quillwort]\n    patterns: ['((a{100}){100}){100}']"), "google-re2 refuses"),
    "a pattern that grows": (("terms: [Quillwort]", "terms: [Quillwort]\n    patterns: ['(\\pL{1,100}\\s){1,3}z']"), "too large"),
    "a long pattern": (("terms: [Quillwort]", f"terms: [Quillwort]\n    patterns: ['{'ab|' * 2500}c']"), "more than 6,000 characters"),
    "empty match": (("kind: phrase", "kind: pattern\n    patterns: ['x*']"), "patterns.0: has a pattern that matches the empty text"),
    "a term for all": (("terms: [Quillwort]", "terms: [Quillwort, '*']"), "terms.1: matches every word"),
    "an empty term": (("terms: [Quillwort]", "terms: [Quillwort, '']"), "terms.1: matches every word"),
    "no validator": (("kind: phrase", "kind: validator\n    validator: magic"), "has no validator of that name"),
    "a kind of ours": (("kind: phrase", "kind: code"), "come with a detector"),
    "alias": (("terms: [Quillwort]", "terms: &all [Quillwort]"), "line 9: uses YAML anchors or aliases"),
    "bomb": (("rules:\n", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\nrules:\n"), "line 1: uses YAML anchors or aliases"),
    "python tag": (("version: 1", "version: !!python/object/apply:os.system ['true']"), "line 3: uses a YAML tag"),
    "merge key": (("    version: 1", "    <<: {version: 1}"), "line 3: uses a YAML tag"),
    "double key": (("version: 1", "version: 1\n    version: 2"), "line 4: has the same key twice"),
    "a key that is a list": (("version: 1", "version: 1\n    ? [a, b]\n    : c"), "has a key that is no word"),
    "deep": (("version: 1", "version: " + "[" * 60 + "]" * 60), "line 3: is nested too deep"),
    "very deep": (("version: 1", "version: " + "[" * 200_000), "line 3: is nested too deep"),
    "many values": (("terms: [Quillwort]", "terms: [" + "a," * 250_000 + "a]"), "holds too many values"),
    "many terms": (("terms: [Quillwort]", "terms: [Quillwort" + ", x" * 2_000 + "]"), "more than 2,000 terms"),
    "a date that is none": (("version: 1", "version: 2024-13-45"), "number or date that cannot be read"),
    "a number too long": (("version: 1", "version: " + "9" * 6000), "line 3: holds a number or date"),
    "control character": (("This is", "This\x07 is"), "line 8: holds a control character"),
    "escaped control": (("why: This is the working name of a product that is not out.", 'why: "\\e[31mThis is the working name."'),
                        "line 8, rule house.codeword, why: holds a character that cannot be seen"),
    "turned text": (("why: This is the working name of a product that is not out.", 'why: "This is \\u202E the working name."'),
                    "why: holds a character that cannot be seen"),
    "hidden in the suggestion": (("    terms:", '    suggestion: "Go \\u200B on"\n    terms:'), "suggestion: holds a character"),
    "a mask that reaches out": (("    terms:", "    mask: '{name.__class__}'\n    terms:"), "mask: names a group"),
    "a mask that grows": (("    terms:", "    mask: '{name:>999999999}'\n    terms:"), "mask: names a group"),
    "a broken mask": (("    terms:", "    mask: 'a {'\n    terms:"), "mask: has a brace"),
    "the same id twice": (("rules:\n", "rules:\n" + GOOD.removeprefix("rules:\n")), "line 13, rule house.codeword, id: this id is taken"),
    "an id of ours": (("house.codeword", "contact.email"), "line 2, rule contact.email: this id is taken"),
    "an id that is none": (("id: house.codeword", 'id: "x\\n\\e[2J"'), "line 2, rule 1, id"),
    "NUL": (("This is", "This\0 is"), "holds a control character"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_one_line_with_its_place(name: str, tmp_path: Path) -> None:
    (old, new), says = BROKEN[name]
    assert old in GOOD
    write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BadRule) as caught:
        catalogue(tmp_path)
    said = str(caught.value)
    assert says in said
    assert said.startswith(str(tmp_path / "house.yaml")) and caught.value.exit_code == 2 and caught.value.todo
    assert "\n" not in said and said.isprintable() and len(said) < 500


def test_an_example_is_never_quoted(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("Quillwort ships soon", "Halden Foods is a customer"))
    with pytest.raises(BadRule) as caught:
        catalogue(tmp_path)
    assert "Halden" not in str(caught.value)


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    write(tmp_path, GOOD.encode().replace(b"working", b"w\xffrking"))
    with pytest.raises(BadRule, match="line 8: is not UTF-8"):
        catalogue(tmp_path)


def test_utf8_with_a_mark_is_fine(tmp_path: Path) -> None:
    write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())
    assert "house.codeword" in catalogue(tmp_path).by_id


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, GOOD + "#" * 1_000_001)
    with pytest.raises(BadRule, match="larger than 1 MB"):
        catalogue(tmp_path)


def test_too_many_rules_and_files(tmp_path: Path) -> None:
    write(tmp_path, "rules: [" + "x, " * 501 + "]")
    with pytest.raises(BadRule, match="more than 500 rules"):
        catalogue(tmp_path)
    for number in range(101):
        write(tmp_path, GOOD, f"{number}.yaml")
    with pytest.raises(BadRule, match="more than 100 packs"):
        catalogue(tmp_path)


def test_links_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    real = write(tmp_path, GOOD, "elsewhere.txt")
    inside = tmp_path / "rules"
    inside.mkdir()
    (inside / "a.yaml").symlink_to(real)
    with pytest.raises(BadRule, match="is a link"):
        catalogue(inside)
    (inside / "a.yaml").unlink()
    os.mkfifo(inside / "a.yaml")
    with pytest.raises(BadRule, match="is no file"):
        catalogue(inside)
    (inside / "a.yaml").unlink()
    (inside / "a.yaml").mkdir()
    with pytest.raises(BadRule, match="is no file"):
        catalogue(inside)


@pytest.mark.parametrize(("make", "says"), [
    (lambda path: None, "cannot be read"), (lambda path: path.write_text(""), "is not a folder"),
    (lambda path: path.mkdir(), "holds no pack of rules"),
])
def test_a_folder_that_is_none(make, says: str, tmp_path: Path) -> None:
    make(tmp_path / "rules")
    with pytest.raises(BadRule, match=says):
        catalogue(tmp_path / "rules")


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    write(tmp_path, "# nothing yet\n")
    with pytest.raises(BadRule, match="is empty"):
        catalogue(tmp_path)


def test_good_rules_only_when_asked(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("severity: medium", "severity: grave") + SECOND)
    write(tmp_path, "rules: [", "zebra.yaml")
    with pytest.raises(BadRule, match="line 6"):
        scan(document_of("Bramblejack"), CustomerList.empty(), settings(tmp_path))
    made = settings(tmp_path, good_rules=True)
    assert "house.second" in rules_found("Bramblejack comes in spring.", made)
    notes = catalogue(tmp_path, good_rules=True).notes
    assert len(notes) == 2 and "line 6" in notes[0] and "zebra.yaml" in notes[1]


def test_settings_that_name_no_folder_say_so(tmp_path: Path) -> None:
    file = tmp_path / "deckprism.toml"
    file.write_text("[rules]\nfolder = 3\n", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"rules\.folder"):
        load_settings(file)


def test_a_rule_about_people_may_lean_on_the_rules_that_find_them(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("kind: phrase", "kind: phrase\n    about: person")
          .replace("Quillwort ships soon", "Katarzyna Wieczorek works on Quillwort").replace("A plant in a pond", "Quillwort ships soon"))
    assert "house.codeword" in catalogue(tmp_path).by_id
