"""The command as people and scripts use it: contracts of the JSON, exit codes, a pack that verifies, quiet lines."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
COMMAND = str(Path(sys.executable).with_name("deckprism"))
CUSTOMERS = SAMPLES / "customers.csv"


def deckprism(*args: object, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DECKPRISM_DATA": str(folder / "data"), "NO_COLOR": "1"}
    environment.pop("PREFECT_API_URL", None)
    return subprocess.run([COMMAND, *map(str, args)], cwd=folder, env=environment, input=text, capture_output=True,
                          text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("held")
    done = deckprism("run", SAMPLES / "social-business.pptx", "--customers", CUSTOMERS, "-o", "out", "--no-audio", folder=folder)
    (pack,) = (folder / "out").iterdir()
    return pack, done


@pytest.fixture(scope="module")
def clear(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("clear")
    done = deckprism("run", SAMPLES / "social-business.pptx", "--customers", CUSTOMERS, "--decisions",
                     SAMPLES / "decisions.json", "-o", "out", "--no-audio", folder=folder)
    (pack,) = (folder / "out").iterdir()
    return pack, done


def test_the_sample_is_held_and_says_why(held):
    pack, done = held
    assert done.returncode == 1, done.stderr
    assert "Held:" in done.stdout and "report.html" in done.stdout and "Next:" in done.stdout
    account = json.loads((pack / "pack.json").read_text())
    assert account["status"] == "held" and account["open_findings"] > 10 and account["held_because"]
    stages = [line for line in done.stderr.splitlines() if line.endswith(" s")]
    assert len(stages) == 8


def test_every_piece_of_a_held_pack_says_so(held):
    pack, _ = held
    for file in pack.rglob("*.md"):
        assert "Held for review" in file.read_text(), file.name
    assert json.loads((pack / "social" / "posts.json").read_text())["held"] is True


def test_with_the_decisions_the_same_pack_is_clear(clear):
    pack, done = clear
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads((pack / "pack.json").read_text())
    assert account["status"] == "clear" and account["open_findings"] == 0 and not account["held_because"]
    assert len(account["decisions"]) > 10 and not any("Held for review" in file.read_text() for file in pack.rglob("*.md"))


def planted() -> list[dict[str, object]]:
    return json.loads((SAMPLES / "planted.json").read_text())


def without_pixels(file: Path) -> bytes:
    """The bytes of a file; of a PNG without its packed pixels, among which any three letters stand somewhere."""
    data = file.read_bytes()
    if not data.startswith(b"\x89PNG"):
        return data
    kept, at = b"", 8
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        kept += b"" if kind == b"IDAT" else kind + data[at + 8:at + 8 + size] + b"\n"
        at += size + 12
    return kept


@pytest.mark.parametrize("which", ["held", "clear"])
def test_no_planted_secret_is_in_any_byte(which, request):
    pack, _ = request.getfixturevalue(which)
    everything = "\n".join(without_pixels(file).decode("utf-8", "replace") for file in sorted(pack.rglob("*")) if file.is_file())
    everything += "\n".join(str(file.relative_to(pack)) for file in pack.rglob("*")) + pack.name
    # The fonts of the report are base64, in which any three letters stand somewhere.
    flat = " ".join(re.sub(r"base64,[A-Za-z0-9+/=]+", "", everything).lower().split())
    leaked = [each["text"] for each in planted() if each["withhold"] and each["severity_at_least"] != "low"
              and re.search(rf"(?<!\w){re.escape(' '.join(str(each['text']).lower().split()))}(?!\w)", flat)]
    assert not leaked


def test_the_pack_holds_what_the_contract_names(clear):
    pack, _ = clear
    account = json.loads((pack / "pack.json").read_text())
    for name in ("report.html", "findings.json", "description.md", "plan.md", "heads-up.md", "social/posts.json",
                 "social/posts.md", "audio/script.md"):
        assert (pack / name).is_file(), name
    for folder in ("blog", "interviews", "webchat"):
        assert list((pack / folder).glob("[0-9][0-9]-*.md")), folder
    for row in account["artefacts"]:
        assert hashlib.sha256((pack / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert pack.name == account["slug"] and pack.name.endswith(account["source"]["sha256"][:6])


def test_the_drafts_reach_what_they_must(clear):
    pack, _ = clear
    account = json.loads((pack / "pack.json").read_text())
    figures = next(gate for gate in account["gates"] if gate["gate"] == "quality")["drafts"]
    blogs = {name: row for name, row in figures.items() if name.startswith("blog/")}
    assert sum(row["words"] >= 400 for row in blogs.values()) >= 6
    assert all(row["template_share"] <= 0.15 for row in blogs.values()), blogs
    assert account["coverage"]["share"] >= 0.7
    assert 4 <= len(account["topics"]) <= 8
    for draft in account["drafts"]:
        for segment in draft["segments"]:
            assert segment.get("sources") or segment.get("origin") == "template" or not segment["text"].strip()


def test_a_second_run_makes_the_same_bytes(held, tmp_path):
    pack, _ = held
    deckprism("run", SAMPLES / "social-business.pptx", "--customers", CUSTOMERS, "-o", "out", "--no-audio", folder=tmp_path)
    (again,) = (tmp_path / "out").iterdir()
    first = {file.relative_to(pack): file.read_bytes() for file in pack.rglob("*") if file.is_file()}
    second = {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    assert again.name == pack.name and first == second


def test_verify_passes_a_good_pack_and_sees_every_harm(clear, tmp_path):
    import shutil

    pack, _ = clear
    known = ("--source", SAMPLES / "social-business.pptx", "--customers", CUSTOMERS, "--decisions", SAMPLES / "decisions.json")
    good = deckprism("verify", pack, *known, folder=tmp_path)
    assert good.returncode == 0, good.stdout
    assert deckprism("verify", pack, folder=tmp_path).returncode == 1, "leak and trace were not run"
    harmed = tmp_path / pack.name
    shutil.copytree(pack, harmed)
    file = next((harmed / "blog").iterdir())
    file.write_text(file.read_text() + "\nWe did it for Halden Foods.\n")
    bad = deckprism("verify", harmed, *known, folder=tmp_path)
    assert bad.returncode == 1 and "leak" in bad.stdout and "Halden" not in bad.stdout
    wrong = deckprism("verify", pack, "--source", SAMPLES / "clean.pptx", folder=tmp_path)
    assert wrong.returncode == 1 and "another file" in wrong.stdout


def test_the_clean_deck_has_nothing_to_decide(tmp_path):
    done = deckprism("scan", SAMPLES / "clean.pptx", "--customers", CUSTOMERS, "--json", folder=tmp_path)
    found = json.loads(done.stdout)["findings"]
    assert done.returncode == 0 and not [each for each in found if each["severity"] != "low"]


def test_scan_reads_standard_input(tmp_path):
    done = deckprism("scan", "-", "--customers", CUSTOMERS, folder=tmp_path, text="We fixed it for Halden Foods last week.")
    assert done.returncode == 1 and "Halden Foods" in done.stdout
    assert deckprism("scan", "-", folder=tmp_path, text="We like to share what we learn.").returncode == 0


@pytest.mark.parametrize(("args", "keys"), [
    (("extract", SAMPLES / "clean.pptx", "--json"), {"source", "title", "language", "properties", "units", "unread"}),
    (("scan", SAMPLES / "clean.pptx", "--json"), {"source", "findings", "unread"}),
    (("topics", SAMPLES / "clean.pptx", "--json"), {"source", "topics"}),
])
def test_json_is_one_object_of_the_contract(tmp_path, args, keys):
    done = deckprism(*args, folder=tmp_path)
    assert set(json.loads(done.stdout)) == keys
    assert set(json.loads(done.stdout)["source"]) == {"name", "sha256", "media_type", "bytes"}


def test_scan_json_rows_have_the_keys_of_the_contract(tmp_path):
    done = deckprism("scan", SAMPLES / "handbook.md", "--customers", CUSTOMERS, "--json", folder=tmp_path)
    rows = json.loads(done.stdout)["findings"]
    assert rows and all(set(row) == {"id", "group", "rule", "category", "severity", "confidence", "text", "unit", "part",
                                     "block", "start", "end", "why", "suggestion"} for row in rows)


def test_rules_speak(tmp_path):
    assert deckprism("rules", "test", folder=tmp_path).returncode == 0
    listed = deckprism("rules", "list", folder=tmp_path).stdout.splitlines()
    assert len(listed) > 20
    explained = deckprism("rules", "explain", listed[0].split()[0], folder=tmp_path)
    assert "Does not match" in explained.stdout
    for language in ("en", "nl"):
        assert len(deckprism("rules", "guide", "--language", language, folder=tmp_path).stdout) > 500


def test_init_writes_a_profile_that_reads_back(tmp_path):
    (tmp_path / "mark.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    answers = "\n".join((
        'Fernhollow "North"', "Wilma Torvik", "She repairs pumps.", "fernhollow.example", "https://fernhollow.example",
        "Fewer calls; More apprentices", "plant engineers", "You get an answer.", "Desk", "desk@fernhollow.example",
        "Tell us how you do it.", "#Pumps", "revolutionary; unique", "", "they", "i", "formal", "soon", "2027-01-04",
        "nowhere.png", "mark.png")) + "\n"
    assert deckprism("init", folder=tmp_path, text=answers).returncode == 0
    from content.settings import Notices, load_settings

    profile = load_settings(tmp_path / "deckprism.toml").profile
    assert profile.company == 'Fernhollow "North"' and profile.authors[0].name == "Wilma Torvik"
    assert profile.hashtags == ("Pumps",)
    # What the file could not hold ("they", "soon", an address without https, a logo that is not there) was asked again.
    assert (profile.person, profile.tone, profile.start, profile.site) == ("i", "formal", "2027-01-04", "https://fernhollow.example")
    assert profile.goals == ("Fewer calls", "More apprentices") and profile.banned_words == ("revolutionary", "unique")
    assert profile.authors[0].bio == "She repairs pumps." and profile.logo == tmp_path / "mark.png"
    assert profile.teams[0].contact == "desk@fernhollow.example" and profile.promises == ("You get an answer.",)
    assert deckprism("init", folder=tmp_path, text=answers).returncode == 2
    assert deckprism("init", "--force", "--yes", folder=tmp_path).returncode == 0
    file = tmp_path / "deckprism.toml"
    assert load_settings(file).notices == Notices()  # nobody is told anything unless somebody asks for it
    # What it shows as comments is what it reads, once the comment sign is gone.
    shown = [line.removeprefix("# ") for line in file.read_text().splitlines() if line.startswith(("# [notices]", "# smtp_", "# webhook",
             "# address", "# events", "# allow_own", "[policy]"))]
    file.write_text("\n".join(shown), encoding="utf-8")
    wanted = load_settings(file)
    assert wanted.policy.allow_own_memory and wanted.notices.webhook and wanted.notices.events == ("waiting", "released")


def test_doctor_and_voices_answer(tmp_path):
    done = deckprism("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "en" in deckprism("voices", folder=tmp_path).stdout
