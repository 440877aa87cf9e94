"""`deckprism customers`: import, show, forget, and what scan makes of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LIST = "Account Name,Website,Ticker Symbol,Aliases,Industry,Code Name\n" \
       "Halden Foods,hfoods.example,HLDF,Haldenkitchen,food,Bluegannet\nOrange,,,,telecom,\nTarnwick Energy,,,,energy,\n"
TEXT = "Halden Foods asked for a pilot."
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def deckprism(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    work = tmp_path / "work"
    work.mkdir()
    (work / "list.csv").write_text(LIST, encoding="utf-8")
    (work / "talk.md").write_text(f"# A talk\n\n{TEXT}\n", encoding="utf-8")

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "desk.command", *args], cwd=work, capture_output=True, text=True,
                              encoding="utf-8", check=False)

    return run


def test_import_show_and_forget(deckprism: Run) -> None:
    assert deckprism("customers", "show").returncode == 1
    done = deckprism("customers", "import", "list.csv")
    assert done.returncode == 0
    assert "name from 'Account Name'" in done.stderr and "ticker from 'Ticker Symbol'" in done.stderr
    assert "3 customers" in done.stdout and "1 of the names" in done.stdout
    shown = deckprism("customers", "show")
    assert shown.returncode == 0 and "3 customers" in shown.stdout and "Halden" not in shown.stdout
    assert deckprism("customers", "show", "--names").stdout.splitlines()[-3:] == ["Halden Foods", "Orange", "Tarnwick Energy"]
    assert "Nothing has changed" in deckprism("customers", "import", "list.csv").stdout
    assert deckprism("customers", "forget").returncode == 0
    gone = deckprism("customers", "forget")
    assert (gone.returncode, gone.stdout, gone.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("hashed", [False, True])
def test_scan_uses_the_imported_list_and_says_so(deckprism: Run, hashed: bool) -> None:
    assert "Customers:" not in deckprism("scan", "talk.md").stderr
    deckprism("customers", "import", "list.csv", *(["--hashed"] if hashed else []))
    found = deckprism("scan", "talk.md", "--json")
    assert '"customer.name"' in found.stdout
    assert [line for line in found.stderr.splitlines() if line.startswith("Customers:")] == [
        f"Customers: the imported list of 3 customers{' (hashed)' if hashed else ''} is used, imported today; "
        "--no-customers does without."]
    without = deckprism("scan", "talk.md", "--json", "--no-customers")
    assert '"customer.' not in without.stdout and "Customers:" not in without.stderr
    both = deckprism("scan", "talk.md", "--no-customers", "--customers", "list.csv")
    assert both.returncode == 2 and "together with --customers" in both.stderr


def test_a_hashed_import_leaves_no_name_behind(deckprism: Run, tmp_path: Path) -> None:
    deckprism("customers", "import", "list.csv")  # in clear first: nothing of it may stay
    deckprism("customers", "import", "list.csv", "--hashed")
    deckprism("scan", "talk.md")
    shown = deckprism("customers", "show", "--names")
    assert shown.returncode == 2 and "holds no names" in shown.stderr
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert files
    for file in files:
        data = file.read_bytes().lower()
        squashed = bytes(byte for byte in data if chr(byte).isalnum() and byte < 128)
        for name in ("halden", "hfoods", "haldenkitchen", "bluegannet", "tarnwick", "orange", "haldenfoods", "hldf"):
            assert name.encode() not in data and name.encode("utf-16-le") not in data
            assert len(name) < 6 or name.encode() not in squashed
    text = b"".join(file.read_bytes() for file in files)
    assert b"telecom" in text


def test_bad_rows(deckprism: Run, tmp_path: Path) -> None:
    file = tmp_path / "work" / "bad.csv"
    file.write_text("name,industry\nHalden Foods,food\n=SUM(A1),x\n,y\n", encoding="utf-8")
    line = ("bad.csv, row 3: the name is a formula (and 1 more row: 4). Mend these rows, or give --good-rows to use "
            "the others.\n")
    for command in (("customers", "import", "bad.csv"), ("scan", "talk.md", "--customers", "bad.csv")):
        refused = deckprism(*command)
        assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", line)
    used = deckprism("scan", "talk.md", "--customers", "bad.csv", "--good-rows")
    assert used.returncode == 1 and "Halden Foods" in used.stdout
    assert used.stderr.count("left out, so not protected") == 2
    (tmp_path / "work" / "deckprism.toml").write_text("[customers]\ngood_rows = true\n", encoding="utf-8")
    assert deckprism("scan", "talk.md", "--customers", "bad.csv").returncode == 1
    assert deckprism("customers", "import", "bad.csv").returncode == 0


def test_a_lost_key_is_said_and_not_scanned_without(deckprism: Run, tmp_path: Path) -> None:
    deckprism("customers", "import", "list.csv", "--hashed")
    (tmp_path / "data" / "key").unlink()
    refused = deckprism("scan", "talk.md")
    assert refused.returncode == 2 and refused.stdout == ""
    assert "hashed with another key" in refused.stderr and "customers import" in refused.stderr
