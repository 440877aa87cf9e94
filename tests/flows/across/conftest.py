from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from flows.across.packs import PackText, Piece, Said
from flows.across.prints import Print

MakePack = Callable[..., PackText]


@pytest.fixture
def make_pack() -> MakePack:
    return _make_pack


def _make_pack(folder: str, *texts: str, title: str = "", kind: str = "blog", status: str = "clear",
               language: str = "en", made_of: Print | None = None, titles: Sequence[str] = ()) -> PackText:
    """A pack with one piece for each text, titled by `titles` in turn."""
    pieces = tuple(
        Piece(kind=kind, name=f"{kind}/{number:02d}", path=f"{kind}/{number:02d}.md",
              title=titles[number - 1] if titles else f"{folder} {number}", topic=number,
              said=tuple(Said(each, (number,)) for each in re.split(r"(?<=[.?]) ", text)))
        for number, text in enumerate(texts, start=1))
    return PackText(folder=folder, sha256=folder, title=title or folder, status=status, language=language, pieces=pieces,
                    made_of=made_of)
