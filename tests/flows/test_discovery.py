"""Which files a batch takes, and which it passes over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from content.errors import BadCustomers, UnreadableFile
from extractors.choose import extractors
from flows.configuration import configuration_hash
from flows.discovery import find_files, suffixes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    for name in ("b.pptx", "A.PDF", "sub/c.docx", "sub/deep/d.md", "README.md", "customers.csv", "decisions.json",
                 "._b.pptx", "~$b.pptx", ".hidden.pptx", ".git/e.md", "photo.jpg", "sub/pack/pack.json",
                 "sub/pack/description.md", "sub/pack/blog/01.md"):
        file = inside / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    (inside / "linked.pptx").symlink_to(inside / "b.pptx")
    (inside / "linked").symlink_to(inside / "sub")
    os.mkfifo(inside / "pipe.txt")
    return inside


def names(folder: Path, *, out: str = "out", **options: tuple[str, ...]) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in find_files([folder], folder / out, **options).files]


def test_known_files_are_taken_in_the_order_of_their_names(folder: Path) -> None:
    assert names(folder) == ["A.PDF", "b.pptx", "sub/c.docx", "sub/deep/d.md"]


def test_every_format_is_looked_for_by_the_suffixes_it_names(folder: Path) -> None:
    assert suffixes() == {suffix for each in extractors() for suffix in each.suffixes} | {".ppt", ".pps", ".pot", ".doc", ".dot"}
    for suffix in suffixes():
        (folder / f"talk{suffix}").write_text("x")
    assert {f"talk{suffix}" for suffix in suffixes()} <= set(names(folder))


def test_patterns_choose(folder: Path) -> None:
    assert names(folder, include=("*.pptx", "sub/deep/*")) == ["b.pptx", "sub/deep/d.md"]
    assert names(folder, exclude=("*.pdf", "sub/*")) == ["b.pptx"]


def test_the_output_inside_the_input_is_no_input(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "notes.md").write_text("x")
    assert "out/notes.md" not in names(folder)
    [note] = find_files([folder], folder / "out").notes
    assert note.startswith(f"{folder / 'out'} lies inside {folder}")
    assert find_files([folder], folder.parent / "beside").notes == ()


def test_patterns_that_leave_nothing_are_blamed_for_it(folder: Path) -> None:
    with pytest.raises(UnreadableFile, match="--include and --exclude leave. They pass over 4"):
        find_files([folder], folder / "out", include=("*.odp",))


def test_side_files_are_no_input_and_named_files_always_are(folder: Path) -> None:
    beside = folder / "sub" / "c.docx"
    assert beside not in find_files([folder], folder / "out", beside=[beside]).files
    named = [folder / "photo.jpg", folder / "linked.pptx", folder / "photo.jpg"]
    assert list(find_files(named, folder / "out").files) == named[:2]


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_nothing_to_read_gets_one_clear_line(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match=what):
        find_files([tmp_path / what], tmp_path / "out")


def test_the_configuration_is_everything_that_decides_what_a_pack_will_be(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("name\nHalden Foods\n")

    def configuration(audio: bool = True, topics: int | None = None) -> str:
        return configuration_hash(customers, None, None, audio, topics)

    first = configuration()
    assert configuration() == first
    assert len({first, configuration(audio=False), configuration(topics=5),
                configuration_hash(None, customers, None, True, None)}) == 4
    customers.write_text("name\nHalden Foods\nTorvane\n")
    assert configuration() != first
    customers.unlink()
    with pytest.raises(BadCustomers, match="--customers"):
        configuration()
