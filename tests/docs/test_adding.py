"""What docs/adding.md shows really works: its format reads, its rule finds, its output is in a pack, its tests pass."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from extractors.base import InputFile
from extractors.choose import choose

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
RULE = "confidential.project_name"

ENGLISH = """# Visiting lists

A visiting list shows who saw which customer, and when. Every visiting list has one owner.

# Shared notes

Shared notes hold what was said during a visit. Good shared notes fit on half a page.

# The weekly round

The weekly round is a call of ten minutes. Each weekly round begins with the oldest open question.
"""
DUTCH = """# Bezoeklijsten

Een bezoeklijst laat zien wie welke klant heeft gezien. Elke bezoeklijst heeft een eigenaar.

# Gedeelde notities

Gedeelde notities bewaren wat tijdens een bezoek is gezegd. Goede gedeelde notities passen op een halve pagina.

# De wekelijkse ronde

De wekelijkse ronde is een gesprek van tien minuten. Elke wekelijkse ronde begint met de oudste open vraag.
"""


@pytest.fixture(scope="module")
def packs(project, deckprism):
    """One run over a talk in English and one in Dutch: the folders of the two packs by their language."""
    for name, text in (("talk", ENGLISH), ("praatje", DUTCH)):
        (project / f"{name}.md").write_text(text, encoding="utf-8")
    done = deckprism(project, "run", "talk.md", "praatje.md", "-o", "out", "--no-audio")
    assert done.returncode == 0, done.stdout + done.stderr
    found = {path.parent: json.loads(path.read_text(encoding="utf-8")) for path in project.glob("out/*/pack.json")}
    return {account["language"]: folder for folder, account in found.items()}


def test_extract_says_what_the_page_says(project, deckprism):
    shown = re.search(r"^\$ deckprism extract visit\.srt\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown
    done = deckprism(project, "extract", "tests/extractors/data/visit.srt")
    assert (done.returncode, done.stdout) == (0, shown[1])


def test_the_contract_and_the_test_of_the_output_hold(project, python):
    """The page's commands in one: the golden file is written, and all that the contract asks of the sample is asked."""
    wanted = "visit.srt or every_format or names_of_their_own or glossary"
    done = python(project, "-m", "pytest", "tests/extractors/test_contract.py", "tests/generators/test_glossary.py",
                  "-k", wanted, "--update-golden", "-p", "no:cacheprovider")
    assert done.returncode == 0 and re.search(r"^7 passed", done.stdout, re.MULTILINE), done.stdout
    golden = json.loads((project / "tests/extractors/golden/visit.srt.json").read_text(encoding="utf-8"))
    assert golden["media_type"] == "application/x-subrip" and golden["language"] == "en"


def test_rules_test_tries_the_new_rule(project, deckprism):
    """Beside it stands the same rule with an example that it misses: that one must be named, and it alone of the two."""
    pack = project / "rules/packs/projects.yaml"
    wrong = pack.with_name("wrong.yaml")
    missing = pack.read_text(encoding="utf-8").replace(RULE, "confidential.wrong").replace("Project Bluegannet", "the bluegannet")
    wrong.write_text(missing, encoding="utf-8")
    try:
        done = deckprism(project, "rules", "test")
    finally:
        wrong.unlink()
    assert done.returncode == 1 and "confidential.wrong" in done.stdout
    assert RULE not in done.stdout


def test_the_rule_is_listed_and_explained(project, deckprism):
    listed = deckprism(project, "rules", "list").stdout
    assert re.search(rf"^{re.escape(RULE)} +medium +confidential\s", listed, re.MULTILINE)
    assert "Project Bluegannet" in deckprism(project, "rules", "explain", RULE).stdout


def test_scan_finds_what_the_page_types(project, deckprism):
    typed = re.search(r'^\$ echo "(.*)" \| deckprism scan -$', PAGE, re.MULTILINE)
    assert typed
    done = deckprism(project, "scan", "-", "--json", typed=typed[1])
    assert done.returncode == 1
    hit = next(each for each in json.loads(done.stdout)["findings"] if each["rule"] == RULE)
    assert (hit["text"], hit["severity"], hit["category"]) == ("Project Bluegannet", "medium", "confidential")


@pytest.mark.parametrize(("language", "heading", "term"), [("en", "Glossary", "visiting list"), ("nl", "Woordenlijst", "bezoeklijst")])
def test_the_glossary_is_in_the_pack_and_traced(packs, language, heading, term):
    folder = packs[language]
    account = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    text = (folder / "glossary.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {heading}: ") and f"**{term}**" in text.lower()
    assert "glossary.md" in {each["path"] for each in account["artefacts"]} and not account["refused"]
    (draft,) = [each for each in account["drafts"] if each["kind"] == "glossary"]
    assert "".join(each["text"] for each in draft["segments"]) == text
    traced = [each for each in draft["segments"] if each.get("sources")]
    assert len(traced) >= 6 and all(each.get("origin") == "template" for each in draft["segments"] if each not in traced)
    gates = {gate["gate"]: gate for gate in account["gates"]}
    assert {"leak", "trace", "limits", "quality"} <= set(gates) and all(gate["passed"] for gate in gates.values())
    assert gates["trace"]["drafts"]["glossary"]["traced"] == len(traced)


def test_a_package_of_others_is_found_by_its_entry_point(files, tmp_path, deckprism):
    """Installed by hand: the module, and the metadata that an installer writes from the pyproject.toml of the page."""
    described = tomllib.loads(files["acme-subtitles/pyproject.toml"])
    name, version = described["project"]["name"], described["project"]["version"]
    (tmp_path / "acme_subtitles.py").write_text(files["extractors/subtitles.py"], encoding="utf-8")
    metadata = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    points = [f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
              for group, entries in described["project"]["entry-points"].items()]
    (metadata / "entry_points.txt").write_text("\n".join(points), encoding="utf-8")
    # The fourth subtitle has no times: what cannot be read is said, not dropped.
    said = files["tests/extractors/data/visit.srt"] + "\n4\nWho said this, and when?\n"
    (tmp_path / "visit.srt").write_text(said, encoding="utf-8")
    without = choose(InputFile("visit.srt", said.encode()))
    assert without is not None and without.name == "text"
    document = json.loads(deckprism(ROOT, "extract", str(tmp_path / "visit.srt"), "--json", path=tmp_path).stdout)
    assert document["source"]["media_type"] == "application/x-subrip"
    assert [entry["where"] for entry in document["unread"]] == ["subtitle 4"]
