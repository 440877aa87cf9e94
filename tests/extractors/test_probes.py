"""One made-up word in each place where a file can hold text: found, under the right part, and seen or not as it was."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

import extractors
from benchmarks.extraction_probes import ASIDE, HIDDEN_SLIDE, SHOWN, UNREAD, Planted, Probe, files
from content import Document
from desk.command import app
from extractors.strings import sweep

FILES = {planted.name: planted for planted in files()}
PLACES = [(name, probe) for name, planted in FILES.items() for probe in planted.probes]
#: Listed as unread because it was planted so, or because a control's binary form is nobody's business to know.
EXPECTED_UNREAD = ("activeX2.bin",)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("probes")


@cache
def read(name: str, folder: Path) -> Document:
    path = folder / name
    path.write_bytes(FILES[name].data)
    return extractors.extract(path)


def test_words_are_in_one_place_only() -> None:
    words = [probe.word.lower() for _, probe in PLACES if probe.seen != UNREAD and not probe.place.startswith("its own")]
    assert len(set(words)) == len(words)
    assert not [one for one in set(words) for other in set(words) if one != other and one in other]


@pytest.mark.parametrize(("name", "probe"), PLACES, ids=[probe.name for _, probe in PLACES])
def test_place(folder: Path, name: str, probe: Probe) -> None:
    assert probe.wrong(read(name, folder)) == ""


@pytest.mark.parametrize("name", FILES)
def test_nothing_else_is_unread(folder: Path, name: str) -> None:
    planted = [probe.word.lower() for probe in FILES[name].probes if probe.seen == UNREAD]
    rest = [entry for entry in read(name, folder).unread
            if not any(word in f"{entry.where} {entry.why}".lower() for word in (*planted, *map(str.lower, EXPECTED_UNREAD)))]
    assert rest == []


@pytest.mark.parametrize("name", FILES)
def test_command_says_the_same(folder: Path, name: str) -> None:
    planted = FILES[name]
    read(name, folder)
    done = CliRunner().invoke(app, ["extract", str(folder / name), "--json"])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    blocks = [(unit["hidden"], block) for unit in said["units"] for block in unit["blocks"]]
    for probe in planted.probes:
        if probe.seen == UNREAD:
            assert any(probe.word.lower() in f"{entry['where']} {entry['why']}".lower() for entry in said["unread"])
            continue
        fits = [(hidden, block) for hidden, block in blocks
                if probe.word.lower() in block["text"].lower() and block["part"] == probe.part]
        seen = {(hidden, block["visible"]) for hidden, block in fits}
        expected = {SHOWN: (False, True), HIDDEN_SLIDE: (True, True)}.get(probe.seen, (False, False))
        assert expected in seen, probe.name
        if probe.seen not in (SHOWN, HIDDEN_SLIDE, ASIDE):
            assert any(probe.seen in block["where"] for _, block in fits), probe.name


def test_a_probe_that_is_not_there_is_missed(folder: Path) -> None:
    """The measure itself can fail: a wrong word, a wrong part, a wrong visibility are each said."""
    planted: Planted = FILES["kin.ppsx"]
    document = read("kin.ppsx", folder)
    title = planted.probes[0]
    for change, words in (({"word": "Zzquombly"}, "not found"), ({"part": planted.probes[2].part}, "found as title"),
                          ({"seen": ASIDE}, "taken for seen"), ({"unit": 9}, "found on slide 1")):
        kept = {key: getattr(title, key) for key in ("kind", "place", "word", "part", "seen", "unit")}
        assert words in Probe(**{**kept, **change}).wrong(document)


@pytest.mark.parametrize("data", [b"\xff" * 200_000, b"aB" * 100_000, bytes(range(256)) * 800, b"ab" * 9_000 + b"!"])
def test_sweeping_hostile_bytes_ends(data: bytes) -> None:
    """Each of these takes hours with a pattern that can cut a word in two ways."""
    assert sweep(data) == [] or len(sweep(data)) < 5
