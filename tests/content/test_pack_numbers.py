"""Sizes, lengths and the files that people open: each counted in one place."""

from __future__ import annotations

import json

import pytest

from content.cleared import ClearedDocument
from content.document import Source, Unit
from content.draft import Artefact, Draft, Sentence
from content.length import Length, length_of, measured
from content.opened import opened
from content.pack import Coverage, UnusedUnit
from content.sizes import Size, size_of


def cleared(units: tuple[Unit, ...], left_out: dict[int, str]) -> ClearedDocument:
    return ClearedDocument(id="d", source=Source(name="a.pptx", sha256="0" * 64, bytes=1, media_type="x/y"), title="A",
                           language="en", units=units, left_out=left_out)


def test_a_file_keeps_its_size_whatever_is_cleared_away():
    units = tuple(Unit(number=n, kind="slide") for n in (0, 1, 2, 4))
    assert size_of(cleared(units, {3: "hidden", 5: "dropped"})) == Size(5, hidden=1, dropped=1)
    assert size_of(cleared(units, {})) == Size(3)


def test_content_is_used_or_unused_and_the_rest_is_set_apart():
    said = Coverage(content_units=(1, 2, 3), used_units=(1,), unused=tuple(
        UnusedUnit(unit=n, reason="not chosen") for n in (2, 3, 4, 5)))
    assert [each.unit for each in said.unused_content] == [2, 3]
    assert [each.unit for each in said.set_apart] == [4, 5]
    assert len(said.used_units) + len(said.unused_content) == len(said.content_units)


def script(seconds: int) -> Draft:
    return Draft(kind="audio", name="audio/script", path="audio/script.md", title=Sentence(text="T"), seconds=seconds)


def test_a_measured_length_goes_before_an_estimate():
    rows = {"chapters": [{"startTime": 0.0, "endTime": 200.2}, {"startTime": 200.2, "endTime": 518.4}]}
    file = Artefact(path="audio/chapters.json", data=json.dumps(rows).encode(), media_type="application/json")
    assert length_of((script(528),), (file,)) == Length(518, True)
    assert length_of((script(528),), ()) == Length(528, False)
    assert length_of((), ()) is None
    assert Length(518, True).clock == "8:38" and Length(65, False).clock == "1:05"


@pytest.mark.parametrize("broken", [b"", b"{}", b"[]", b'{"chapters": []}', b'{"chapters": [{"endTime": null}]}'])
def test_chapters_that_cannot_be_read_measure_nothing(broken):
    assert measured(broken) is None


def test_people_open_what_is_for_people():
    post = Draft(kind="social", name="social/01/x", path="social/posts.json", title=Sentence(text="T"))
    assert opened(post) == ("social/posts.md",)
    assert opened(script(1)) == ("audio/script.md",)
    assert opened(script(1), spoken=True) == ("audio/episode.mp3", "audio/script.md")
    assert opened(post, spoken=True) == ("social/posts.md",)
