"""Words in pictures, read by the Tesseract program where it is installed and asked for (DECKPRISM_OCR=1 or --ocr).

One child process for a document takes the pictures out of the file and hands them to Tesseract one by one, with the limits
of every reader and without writing a file. What it reads is for scanning only: it never feeds a draft. Nothing waits for it
longer than WALL_SECONDS, and what was not read by then is said.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from content.document import Block, Document, Part, Picture, Unit, Unread
from extractors import child
from extractors.xml import clean

WHERE = "read from a picture (OCR)"
SWITCH = "DECKPRISM_OCR"
#: Settings of Tesseract that reach it: where its languages lie, and which it reads ("eng" unless said, such as "eng+nld").
_PASSED = ("TESSDATA_PREFIX", "DECKPRISM_OCR_LANGUAGES")
WALL_SECONDS = 240
MOST_PICTURES = 60
_ON = frozenset({"1", "on", "yes", "true"})
#: How extractors say that a unit is a picture and nothing else.
_ONLY = "only a picture"
_LARGEST_ANSWER = 8 << 20


def program() -> str:
    """Where the Tesseract program is; '' where it is not installed."""
    return shutil.which("tesseract") or ""


def wanted() -> bool:
    """Whether words in pictures are to be read: asked for, and possible here."""
    return os.environ.get(SWITCH, "").strip().lower() in _ON and bool(program())


def with_words(document: Document, path: Path) -> Document:
    """The document with the words of its pictures as blocks of their own; the same document where there are none."""
    shas = sorted({picture.sha256 for unit in document.units for picture in unit.pictures})
    is_pdf = document.source.media_type == "application/pdf"
    if not shas and not is_pdf:
        return document
    only = [entry.unit for entry in document.unread if entry.why.startswith(_ONLY)]
    found, whole = _ask(path, {"pictures": [] if is_pdf else shas, "pages": only if is_pdf else []})
    units = tuple(_added(unit, found) for unit in document.units)
    read = {unit.number for unit, before in zip(units, document.units, strict=True) if len(unit.blocks) > len(before.blocks)}
    unread = tuple(entry for entry in document.unread if not (entry.why.startswith(_ONLY) and entry.unit in read))
    if not whole:
        unread += (Unread(where="words in pictures", why="not all pictures could be read in the time that is allowed"),)
    return document.model_copy(update={"units": units, "unread": unread})


def _added(unit: Unit, found: Mapping[str, str]) -> Unit:
    """The unit with a block for each line that its pictures say; a page of a PDF is named by its number."""
    asked: list[tuple[str, Picture | None]] = [(picture.sha256, picture) for picture in unit.pictures]
    asked += [(name, None) for name in found if name.partition(".")[0] == f"page {unit.number}"]
    blocks: list[Block] = []
    said: set[str] = set()
    for name, picture in asked:
        for line in found.get(name, "").splitlines():
            text = clean(line)
            if sum(char.isalnum() for char in text) < 2 or text in said:
                continue
            said.add(text)
            blocks.append(Block(id=f"s{unit.number}.b{len(unit.blocks) + len(blocks) + 1}", part=Part.IMAGE_TEXT, text=text,
                                box=picture.box if picture else None, shape=picture.id if picture else "", where=WHERE))
    return unit.model_copy(update={"blocks": (*unit.blocks, *blocks)}) if blocks else unit


def _ask(path: Path, wish: Mapping[str, list[str] | list[int]]) -> tuple[dict[str, str], bool]:
    """Text by picture from a child of its own, and whether it came to its end."""
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    done = child.run_module("extractors.ocr_child", (str(path.absolute()),), WALL_SECONDS, wish=json.dumps(wish).encode(),
                            most=_LARGEST_ANSWER, environment={"OMP_THREAD_LIMIT": "1", **passed})
    found: dict[str, str] = {}
    ended = False
    for line in done.output.splitlines():
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            ended = ended or "end" in told
            if "name" in told:
                found[str(told["name"])] = str(told["text"])
    return found, ended
