"""`deckprism say` and `deckprism voices`: one line for whatever is wrong, its exit code, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from content.errors import InputError
from desk.command import app
from generators.speech import engines, sounds

run = CliRunner().invoke


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(sounds.VARIABLE, "off")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hello.md").write_text("# Hello\n\nHello there, friend. It works.\n", encoding="utf-8")
    return tmp_path


def test_say_speaks_a_file_and_says_that_the_voice_is_synthetic(here: Path) -> None:
    done = run(app, ["say", "hello.md", "-o", "x.mp3"])
    assert done.exit_code == 0
    assert "synthetic" in done.stdout
    assert (here / "x.mp3").read_bytes()[:3] == b"ID3"


@pytest.mark.parametrize(("content", "options", "said"), [
    (b"", (), "nothing in the script to say"), (b"\xff\xfe\x00\xd8 binary \x80", (), "cannot be read as text"),
    (b"Hello.", ("--voice", "klingon"), "not a voice of this machine"), (b"Hello.", ("--language", "xx"), "no voice for"),
    (b"Hello.", ("-o", "gone/x.mp3"), "not a folder"), (b"a " * (3 << 20), (), "larger than 4 MB"),
    (b"Word after word after word. " * 6000, (), "Cut it into scripts")])
def test_whatever_is_wrong_is_one_line_and_nothing_is_left(content: bytes, options: tuple[str, ...], said: str,
                                                           here: Path) -> None:
    (here / "bad.md").write_bytes(content)
    before = {each.name for each in here.iterdir()}
    done = run(app, ["say", "bad.md", *options])
    assert done.exit_code != 0
    error = done.exception
    assert isinstance(error, InputError | engines.NoVoice)
    assert error.exit_code == 2
    assert said in str(error)
    assert "\n" not in str(error)
    assert {each.name for each in here.iterdir()} == before


def test_voices_are_listed_and_heard(here: Path) -> None:
    done = run(app, ["voices", "--language", "nl", "--samples", "heard"])
    assert done.exit_code == 0
    assert "gmw/nl" in done.stdout
    assert "1 voice." in done.stdout
    assert [each.name for each in (here / "heard").iterdir()] == ["gmw-nl.mp3"]


def test_no_voice_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No voice speaks xx." in run(app, ["voices", "--language", "xx"]).stdout
    monkeypatch.setattr(engines, "voices", lambda: ())
    done = run(app, ["voices"], standalone_mode=False)
    assert done.return_value == 1
    assert "No voice is installed" in done.stdout
