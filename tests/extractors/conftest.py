"""Makes the files that the tests read: decks with planted words, packages with changed parts, small PDFs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck

Change = bytes | Callable[[bytes], bytes]


def rezip(data: bytes, change: Mapping[str, Change], drop: tuple[str, ...] = ()) -> bytes:
    """The same zip with members replaced (bytes), rewritten (function of the old bytes), added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in drop:
                continue
            own = change.get(name)
            new.writestr(name, own if isinstance(own, bytes) else own(old.read(name)) if own is not None else old.read(name))
        for name, own in change.items():
            if name not in old.namelist():
                assert isinstance(own, bytes)
                new.writestr(name, own)
    return out.getvalue()


def deck_bytes(build: Callable[[Deck], None]) -> bytes:
    """A deck that `build` filled."""
    deck = Presentation()
    build(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def two_slides(deck: Deck) -> None:
    """Two plain slides, the second with notes."""
    for number in (1, 2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Title {number}"
        slide.placeholders[1].text = f"First point {number}\nSecond point {number}"
    slide.notes_slide.notes_text_frame.text = "What I say here"


@pytest.fixture
def plain_deck() -> bytes:
    """A deck of two slides."""
    return deck_bytes(two_slides)


@pytest.fixture
def make_deck() -> Callable[[Callable[[Deck], None]], bytes]:
    """Makes a deck from a function that fills it."""
    return deck_bytes


@pytest.fixture
def change_zip() -> Callable[..., bytes]:
    """Changes members of a zip."""
    return rezip


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes bytes under a name and gives the path."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
