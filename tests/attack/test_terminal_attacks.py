"""Files that speak to the terminal, terminals that speak no Unicode, and streams that are closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from content.errors import BadSettings
from content.settings import load_settings

TALK = ("# How people share \u2014 caf\u00e9 \U0001f600\n\n" + "A question costs five minutes and an answer saves an hour. " * 8
        + "\n\nPeople write \u202ereversed\u202c words, \x9b31m and \x1b]0;owned\x07 more.\n")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TALK, encoding="utf-8")
    return file


def run(*args: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "desk.command", *map(str, args)], cwd=ROOT, check=False,  # type: ignore[call-overload]
                          **{"capture_output": True, **more})


@pytest.mark.parametrize("command", ["extract", "scan", "topics"])
def test_nothing_that_a_terminal_obeys_is_printed(talk, command):
    out = run(command, talk).stdout.decode()
    assert "How people share" in out or command == "scan"
    assert not any(char in out for char in "\x1b\x9b\x07\u202e\u202c")


def test_json_escapes_them_and_stays_json(talk):
    out = run("extract", talk, "--json").stdout.decode()
    assert not any(char in out for char in "\x9b\u202e")
    assert any("\u202e" in block["text"] for unit in json.loads(out)["units"] for block in unit["blocks"])


@pytest.mark.parametrize("args", [("extract",), ("extract", "--json"), ("scan",), ("topics",)])
def test_a_terminal_without_unicode_is_no_fault_of_ours(talk, args):
    done = run(args[0], talk, *args[1:], env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert done.returncode in {0, 1}, done.stderr
    if "--json" in args:
        assert "\U0001f600" in json.loads(done.stdout)["units"][1]["blocks"][0]["text"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault_of_ours(talk, tmp_path, closed):
    command = f"{sys.executable} -m desk.command run {talk} -o {tmp_path / 'out'} --no-audio {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode in {0, 1}, done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_closed_input_is_empty_input():
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m desk.command scan - <&-"], cwd=ROOT, check=False,
                          capture_output=True)
    assert done.returncode == 2 and b"standard input" in done.stderr


def test_a_reader_who_leaves_stops_nothing(talk, tmp_path):
    other = tmp_path / "other.md"
    other.write_text(TALK.replace("people", "planners"), encoding="utf-8")
    command = f"{sys.executable} -m desk.command run {talk} {other} -o {tmp_path / 'out'} --no-audio | true"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, check=False, capture_output=True)
    assert b"fault" not in done.stderr and len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said_in_one_line(talk):
    with Path("/dev/full").open("wb") as full:
        done = run("extract", talk, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1 and b"standard output" in done.stderr


def test_a_profile_breaks_no_line_and_links_nowhere_odd(tmp_path):
    file = tmp_path / "deckprism.toml"
    file.write_text('[profile]\ncompany = "Fernhollow\\r\\nEND:VEVENT\\r\\nX:1"\nlicence = "CC\\n---\\ntitle: x"\n', encoding="utf-8")
    profile = load_settings(file).profile
    assert profile.company == "Fernhollow END:VEVENT X:1" and "\n" not in profile.licence
    file.write_text('[profile]\nsite = "javascript:alert(1)"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match="must begin with https"):
        load_settings(file)
