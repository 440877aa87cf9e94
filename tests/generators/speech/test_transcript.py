"""The page that can be read instead: everything that was written, its chapters, and no marks of the voice."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from content import look
from generators.speech.episode import Cue, Timed
from generators.speech.transcript import Words, clock, page

_WORDS = Words("nl", "Transcript", "Naar de tekst", "Hoofdstukken", "De aflevering, gesproken door een synthetische stem")
_TIMED = (
    Timed("One & <only>", 0.3, 65.4, (Cue(0.3, 9.0, "x"),), (Cue(0.3, 9.0, "13% fewer <b>calls</b>."), Cue(10, 60, "So."))),
    Timed("Two", 65.4, 3700.0, (Cue(65.4, 70.0, "y"),), (Cue(65.4, 70.0, "The end."),)))


class _Reader(HTMLParser):
    """Tags in order, open elements, and what is read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


@pytest.fixture
def read() -> _Reader:
    reader = _Reader()
    reader.feed(page("A < B", ("The voice is synthetic.", "Licence: CC BY 4.0."), _TIMED, _WORDS, "en"))
    reader.close()
    assert reader.open == []
    return reader


def test_what_was_written_is_there_and_cannot_be_markup(read: _Reader) -> None:
    text = " ".join(" ".join(read.text).split())
    for each in ("A < B", "One & <only>", "13% fewer <b>calls</b>.", "So.", "The end.", "The voice is synthetic.",
                 "Licence: CC BY 4.0."):
        assert each in text
    assert "b" not in [tag for tag, _ in read.tags]


def test_it_can_be_found_one_s_way_in_without_eyes(read: _Reader) -> None:
    tags = [tag for tag, _ in read.tags]
    assert tags.count("h1") == tags.count("main") == tags.count("nav") == 1
    assert [given.get("lang") for tag, given in read.tags if tag in {"html", "main"}] == ["nl", "en"]
    ids = {given["id"] for _, given in read.tags if "id" in given}
    assert {given["href"] for tag, given in read.tags if tag == "a"} == {"#text", "#c1", "#c2"}
    assert {"text", "c1", "c2"} == ids
    assert all(given.get("aria-labelledby") in ids for tag, given in read.tags if tag == "section")
    audio = next(given for tag, given in read.tags if tag == "audio")
    assert "synthetisch" in (audio["aria-label"] or "")


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    text = page("T", (), _TIMED, _WORDS, "en")
    assert not re.search(r"https?:|<script|url\(|@import|<link", text)
    assert "prefers-color-scheme:dark" in text


@pytest.mark.parametrize(("paper", "ink", "quiet", "accent"), [
    (look.PAPER, look.INK, look.QUIET, look.ACCENT), (look.DARK_PAPER, look.DARK_INK, look.DARK_QUIET, look.DARK_ACCENT)])
def test_its_colours_can_be_read(paper: str, ink: str, quiet: str, accent: str) -> None:
    assert look.contrast(paper, ink) >= 7
    assert look.contrast(paper, quiet) >= 4.5
    assert look.contrast(paper, accent) >= 4.5
    text = page("T", (), _TIMED, _WORDS, "en")
    assert all(colour in text for colour in (paper, ink, quiet, accent))


@pytest.mark.parametrize(("seconds", "expected"), [(0.0, "0:00"), (5.4, "0:05"), (750.0, "12:30"), (3723.0, "1:02:03")])
def test_clock(seconds: float, expected: str) -> None:
    assert clock(seconds) == expected
