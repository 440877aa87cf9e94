"""A word in every place of a PDF comes out, under the right part, with how it was seen, through the public entry point."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractors
from benchmarks.extraction_probes import Planted, Probe
from benchmarks.pdf_probes import files
from content import Document

FILES = tuple(files())
PLACES = [(planted.name, probe) for planted in FILES for probe in planted.probes]
read: dict[str, Document] = {}


def document(name: str, folder: Path) -> Document:
    """The file, read once for all its probes."""
    if name not in read:
        planted = next(each for each in FILES if each.name == name)
        (folder / name).write_bytes(planted.data)
        read[name] = extractors.extract(folder / name)
    return read[name]


@pytest.mark.parametrize(("name", "probe"), PLACES, ids=[probe.place for _, probe in PLACES])
def test_place(name: str, probe: Probe, tmp_path: Path) -> None:
    assert probe.wrong(document(name, tmp_path)) == ""


@pytest.mark.parametrize("planted", FILES, ids=[planted.name for planted in FILES])
def test_command_gives_the_same_words(planted: Planted, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from desk.command import app

    path = tmp_path / planted.name
    path.write_bytes(planted.data)
    done = CliRunner().invoke(app, ["extract", str(path), "--json"])
    told = json.loads(done.stdout)
    said = " ".join(block["text"] for unit in told["units"] for block in unit["blocks"]).lower()
    words = [probe.word.lower() for probe in planted.probes if probe.part is not None]
    assert [word for word in words if word not in said] == []


def test_words_are_each_in_one_place() -> None:
    words = [probe.word for _, probe in PLACES if probe.part is not None]
    assert len(words) == len(set(words)) > 75


def test_a_failed_redaction_is_a_high_finding(tmp_path: Path) -> None:
    from content.finding import Severity
    from content.settings import Settings
    from rules import scan
    from rules.customers_list import CustomerList

    read = document("unseen.pdf", tmp_path)
    found = [each for each in scan(read, CustomerList.of(()), Settings()) if each.rule == "hidden.text"]
    where = {block.id: block.where for _, block in read.blocks()}
    assert [each.severity for each in found] == [Severity.HIGH]
    assert "failed redaction" in where[found[0].block]


def test_a_password_is_asked_for_in_one_line(tmp_path: Path) -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    from content.errors import EncryptedFile

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(next(each for each in FILES if each.name == "page.pdf").data)))
    writer.encrypt(user_password="secret", owner_password="owner", algorithm="AES-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(EncryptedFile, match="password"):
        extractors.extract(tmp_path / "locked.pdf")
