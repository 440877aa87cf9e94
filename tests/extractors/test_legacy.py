"""Old .ppt and .doc: converted by LibreOffice where it is installed, one clear line where it is not or fails.

LibreOffice itself is not needed: a program of the same name stands in for it, so that what is tested is what we do with it.
"""

from __future__ import annotations

import hashlib
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import extractors
from benchmarks.extraction_probes_parts import letter, ole
from content.errors import UnreadableFile
from extractors import legacy

Save = Callable[[str, bytes], Path]


def program(folder: Path, body: str) -> None:
    """A soffice that runs some Python; `out` and `source` are what it is asked for."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable} -I\nimport pathlib, sys, time\n"
                    "out, source = pathlib.Path(sys.argv[-2]), pathlib.Path(sys.argv[-1])\n" + body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the only one with programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


OLD_DECK = ole(**{"PowerPoint Document": b"old"})
OLD_TEXT = ole(WordDocument=b"old")


@pytest.mark.parametrize(("name", "data", "wanted"), [("talk.ppt", OLD_DECK, ".pptx"), ("letter.doc", OLD_TEXT, ".docx")])
def test_without_libreoffice_one_line_says_so(tools: Path, save: Save, name: str, data: bytes, wanted: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        extractors.extract(save(name, data))
    line = str(caught.value)
    assert "LibreOffice is installed" in line and wanted in line and "\n" not in line


def test_old_deck_is_read_as_itself(tools: Path, save: Save, plain_deck: bytes, tmp_path: Path) -> None:
    (tmp_path / "made.pptx").write_bytes(plain_deck)
    program(tools, f"out.mkdir()\n(out / 'deck.pptx').write_bytes(pathlib.Path({str(tmp_path / 'made.pptx')!r}).read_bytes())\n")
    document = extractors.extract(save("talk.bin", OLD_DECK), "talk.ppt")
    assert [unit.title for unit in document.units[1:]] == ["Title 1", "Title 2"]
    assert document.id == document.source.sha256 == hashlib.sha256(OLD_DECK).hexdigest()
    assert (document.source.name, document.source.media_type) == ("talk.ppt", "application/vnd.ms-powerpoint")
    assert document.properties["converted_by"] == "LibreOffice"


def test_old_text_becomes_a_word_document(tools: Path, save: Save, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(letter("Plain words"))
    program(tools, f"out.mkdir()\n(out / 'deck.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())\n")
    assert "Plain words" in [block.text for _, block in extractors.extract(save("a.doc", OLD_TEXT)).blocks()]


def test_libreoffice_that_fails_is_one_line(tools: Path, save: Save) -> None:
    program(tools, "sys.exit(1)\n")
    with pytest.raises(UnreadableFile, match="LibreOffice could not convert it"):
        extractors.extract(save("talk.ppt", OLD_DECK))


def test_libreoffice_that_hangs_is_ended(tools: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tools, "time.sleep(600)\n")
    monkeypatch.setattr(legacy, "SECONDS", 1)
    with pytest.raises(UnreadableFile, match="did not finish it in 1 seconds"):
        extractors.extract(save("talk.ppt", OLD_DECK))


def test_a_locked_or_other_old_file_is_not_handed_on(tools: Path, save: Save) -> None:
    program(tools, "pathlib.Path(sys.argv[0]).with_name('ran').write_text('x')\n")
    for data in (ole(EncryptedPackage=b"x", EncryptionInfo=b"x"), ole(Workbook=b"x")):
        with pytest.raises(Exception, match=r"password|old Office format"):
            extractors.extract(save("x.ppt", data))
    assert not (tools / "ran").exists()
