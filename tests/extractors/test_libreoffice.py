"""LibreOffice itself, where it is installed: what an old file says, no network, and nothing left of it when it is ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import extractors
from content.document import Document
from content.errors import UnreadableFile
from extractors import child, deck_pictures, legacy, libreoffice
from extractors.page_picture import page_count

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not libreoffice.program(),
                       reason="needs LibreOffice (Debian packages libreoffice-impress and libreoffice-writer)"),
]
SAMPLES = Path(__file__).parents[2] / "samples"
ROOT = Path(__file__).parents[2]
KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with samples as LibreOffice writes them in the old formats."""
    folder = tmp_path_factory.mktemp("old")
    for name, kind in (("kennis-delen.pptx", "ppt"), ("social-business.pptx", "ppt"), ("article.docx", "doc")):
        source = folder / name
        source.write_bytes((SAMPLES / name).read_bytes())
        assert libreoffice.convert(source, kind, folder, 120) == ""
    return folder / "out"


def said(document: Document) -> set[tuple[int, str, str]]:
    """Where and in which part each piece of text stands; a drawing's nodes are ordinary text in old files."""
    parts = {"smartart": "body"}
    return {(unit.number, parts.get(block.part.value, block.part.value), " ".join(block.text.split()))
            for unit, block in document.blocks() if unit.number and block.part.value != "alt_text"}


@pytest.mark.parametrize("name", ["kennis-delen.ppt", "social-business.ppt", "article.doc"])
def test_an_old_file_says_what_its_source_says(made: Path, name: str) -> None:
    source = extractors.extract(SAMPLES / name.replace(".ppt", ".pptx").replace(".doc", ".docx"))
    old = extractors.extract(made / name)
    assert said(source) <= said(old)
    assert [unit.hidden for unit in old.units] == [unit.hidden for unit in source.units]
    assert [unit.title for unit in old.units] == [unit.title for unit in source.units]
    assert old.language == source.language


def test_two_at_once_say_the_same_and_leave_nothing(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(extractors.extract, [made / "kennis-delen.ppt"] * 2)
    assert first == second
    assert list(tmp_path.iterdir()) == []


def test_it_is_ended_when_its_time_is_up(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(legacy, "SECONDS", 1)
    with pytest.raises(UnreadableFile, match="did not finish it in 1 seconds"):
        extractors.extract(made / "social-business.ppt")
    assert running(tmp_path) == [] and list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to see what runs")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_a_caller_that_is_killed(made: Path, tmp_path: Path, how: signal.Signals) -> None:
    code = f"import extractors, pathlib; extractors.extract(pathlib.Path({str(made / 'social-business.ppt')!r}))"
    with subprocess.Popen([sys.executable, "-P", "-c", code], cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}) as caller:
        until(lambda: bool(running(tmp_path)) or caller.poll() is not None)
        assert caller.poll() is None
        caller.send_signal(how)
    until(lambda: not running(tmp_path) and not list(tmp_path.glob("deckprism-*")))


@pytest.mark.parametrize("alone", [True, False], ids=["no network", "network"])
def test_a_linked_picture_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: bool) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer, args=(listener, asked), daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/picture.png"
        (tmp_path / "letter.fodt").write_text(LINKED.format(address), encoding="utf-8")
        assert libreoffice.convert(tmp_path / "letter.fodt", "doc", tmp_path, 120) == ""
        old = tmp_path / "out" / "letter.doc"
        assert address.encode("utf-16-le") in old.read_bytes() or address.encode() in old.read_bytes()
        if not alone:
            monkeypatch.setattr(child, "alone", tuple)
        assert "Plain words" in [block.text for _, block in extractors.extract(old).blocks()]
    assert asked == []


def test_a_deck_is_drawn_with_its_hidden_slides(tmp_path: Path) -> None:
    assert deck_pictures.deck_pdf(SAMPLES / "social-business.pptx", KIND, tmp_path / "deck.pdf")
    assert page_count(tmp_path / "deck.pdf") == 86
    import pypdfium2

    document = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert "Accounts to watch" in document[68].get_textpage().get_text_range()
    document.close()


def test_a_file_that_is_none_is_one_line(tmp_path: Path) -> None:
    from benchmarks.extraction_probes_parts import ole

    (tmp_path / "x.ppt").write_bytes(ole(**{"PowerPoint Document": b"old"}))
    with pytest.raises(UnreadableFile, match=r"old \.ppt file|damaged|zip"):
        extractors.extract(tmp_path / "x.ppt")
    with zipfile.ZipFile(tmp_path / "x.pptx", "w") as package:
        package.writestr("nothing", "here")
    assert not deck_pictures.deck_pdf(tmp_path / "x.pptx", KIND, tmp_path / "deck.pdf")


LINKED = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Plain words</text:p>'
    '<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{}" '
    'xlink:type="simple"/></draw:frame></text:p></office:text></office:body></office:document>'
)


def _answer(listener: socket.socket, asked: list[bytes]) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            asked.append(caller.recv(1000))


def running(folder: Path) -> list[str]:
    """LibreOffice's processes that work in a folder."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"soffice.bin" in command[0] and any(str(folder).encode() in part for part in command):
            found.append(line.parent.name)
    return found


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; fails when it never is."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)
