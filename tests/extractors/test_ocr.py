"""Words in pictures: read by Tesseract where it is there and asked for, labelled, for scanning only, in a child with limits."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Inches

import extractors
from content import Part
from extractors import ocr

Save = Callable[[str, bytes], Path]
needed = pytest.mark.skipif(not ocr.program(), reason="the Tesseract program is not installed: apt-get install tesseract-ocr")


def picture(text: str) -> bytes:
    """A picture of a line of text."""
    image = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(image).text((40, 60), text, fill="black", font=ImageFont.load_default(64))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def deck(text: str) -> bytes:
    """A deck whose second slide is a picture and nothing else."""
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "What we ask"
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_picture(io.BytesIO(picture(text)), Inches(1), Inches(1))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scan_of(text: str) -> bytes:
    """A PDF of one page that is a picture."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(text))).save(out, "PDF", resolution=72)
    return out.getvalue()


@needed
@pytest.mark.parametrize(("name", "make"), [("talk.pptx", deck), ("scan.pdf", scan_of)])
def test_words_in_a_picture_are_read_and_labelled(save: Save, monkeypatch: pytest.MonkeyPatch, name: str,
                                                  make: Callable[[str], bytes]) -> None:
    monkeypatch.setenv(ocr.SWITCH, "1")
    document = extractors.extract(save(name, make("Halden Foods renewal")))
    found = [block for _, block in document.blocks() if block.part is Part.IMAGE_TEXT]
    assert "Halden Foods renewal" in " ".join(block.text for block in found)
    assert all("OCR" in block.where and block.visible and not block.readable for block in found)
    assert not [entry for entry in document.unread if entry.why.startswith("only a picture")]


@pytest.mark.parametrize(("name", "make"), [("talk.pptx", deck), ("scan.pdf", scan_of)])
def test_without_it_a_unit_that_is_a_picture_needs_a_look(save: Save, monkeypatch: pytest.MonkeyPatch, name: str,
                                                          make: Callable[[str], bytes]) -> None:
    monkeypatch.delenv(ocr.SWITCH, raising=False)
    document = extractors.extract(save(name, make("Halden Foods renewal")))
    last = document.units[-1].number
    assert [entry.unit for entry in document.unread if entry.why.startswith("only a picture")] == [last]


def test_asked_for_and_not_installed_changes_nothing(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.SWITCH, "1")
    monkeypatch.setenv("PATH", "")
    document = extractors.extract(save("talk.pptx", deck("Halden Foods renewal")))
    assert any(entry.why.startswith("only a picture") for entry in document.unread)


def test_a_reader_that_hangs_is_stopped_and_it_is_said(save: Save, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "bin" / "tesseract"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")
    monkeypatch.setenv(ocr.SWITCH, "1")
    monkeypatch.setattr(ocr, "WALL_SECONDS", 2)
    start = time.monotonic()
    document = extractors.extract(save("talk.pptx", deck("Halden Foods renewal")))
    assert time.monotonic() - start < 40
    assert {entry.where for entry in document.unread} == {"slide 2", "words in pictures"}
