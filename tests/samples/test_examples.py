"""docs/examples is what the sample deck gives today; `make examples` makes it anew."""

from __future__ import annotations

import pytest

from samples.examples import EXAMPLES, files


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(tmp_path_factory.mktemp("data")))
        return files()


def test_the_examples_are_current(made):
    there = {file.relative_to(EXAMPLES).as_posix(): file.read_bytes() for file in EXAMPLES.rglob("*") if file.is_file()}
    assert sorted(there) == sorted(made)
    assert [path for path in made if there[path] != made[path]] == []


def test_they_are_small_and_of_every_kind(made):
    assert sum(map(len, made.values())) < 1_500_000
    assert not any(path.endswith((".mp3", ".wav")) for path in made)
    kinds = {path.partition("/")[0] for path in made}
    assert {"blog", "social", "audio", "interviews", "webchat", "cards", "description.md", "plan.md", "heads-up.md",
            "report.html"} <= kinds
