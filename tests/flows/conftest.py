from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from flows.server import Server, prefect_server

#: Stands in every deck and in the names of some: it must never reach Prefect.
CANARY = "Quillmarsh"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for each test, with a store of its own."""
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DECKPRISM_DATABASE", raising=False)
    return tmp_path / "data"


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def server(prefect_home: Path) -> Iterator[Server]:
    """The one Prefect server of the test run, started as the command starts it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(prefect_home))
        patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("PREFECT_HOME", str(prefect_home / "none"))
        with prefect_server() as running:
            yield running


class MakeDeck(Protocol):
    def __call__(self, path: Path, subject: str = "notes", slides: int = 5) -> Path: ...


@pytest.fixture(scope="session")
def make_deck() -> MakeDeck:
    return _make_deck


@pytest.fixture(scope="session")
def canary() -> str:
    return CANARY


def _make_deck(path: Path, subject: str = "notes", slides: int = 5) -> Path:
    """A small deck with speaker notes, an invented customer's name and an e-mail address in it."""
    from pptx import Presentation

    deck = Presentation()
    for number in range(1, slides + 1):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"How {subject} travel, step {number}"
        slide.placeholders[1].text = (f"Teams that write {number + 2} {subject} a week find answers sooner.\n"
                                      f"{CANARY} Dairy asked for this first.")
        place = ("workshop", "canteen", "gatehouse", "paint shop", "foundry", "archive")[number % 6]
        slide.notes_slide.notes_text_frame.text = (
            f"When we began nobody wrote down any {subject}. It took us six months to change that, and it began with "
            f"one question from a colleague on a train. Write to ada{number}@{CANARY.lower()}.example for the list."
            f" The people of the {place} keep a page of their own, and whoever begins there in the morning reads it before the "
            f"coffee is ready. It used to hang on a nail behind the door of the {place}, where only the tallest of us could read "
            f"the last line. Now it lies open on a table, and a question from the {place} has an answer before anybody has to "
            f"walk over and ask. We would not go back to the nail, not even for the prettiest door in the {place}.")
    deck.save(str(path))
    return path
