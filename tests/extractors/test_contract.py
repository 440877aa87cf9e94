"""What every format owes: content decides, a sample, a golden file, ids in order, nothing lost between runs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

import extractors
from content import Document
from extractors.base import InputFile
from extractors.choose import choose
from extractors.choose import extractors as formats

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOLDEN = HERE / "golden"
SAMPLES = sorted(path for folder in (ROOT / "samples", HERE / "data") for path in folder.glob("*.*")
                 if path.suffix in {suffix for item in formats() for suffix in item.suffixes} and path.stem != "README")
#: Up to this many blocks the golden file holds the text itself.
SMALL = 40


def compact(document: Document) -> dict[str, object]:
    """The document as a golden file holds it: whole when small, counts and hashes per unit when big."""
    small = sum(len(unit.blocks) for unit in document.units) <= SMALL
    units = []
    for unit in document.units:
        row: dict[str, object] = {"number": unit.number, "kind": unit.kind, "title": unit.title, "hidden": unit.hidden}
        if small:
            row["blocks"] = [[block.part.value, block.level, block.visible, block.text] for block in unit.blocks]
        else:
            text = "\n".join(f"{block.part} {block.level} {block.visible} {block.text}" for block in unit.blocks)
            row |= {"parts": dict(sorted(Counter(block.part.value for block in unit.blocks).items())),
                    "sha": hashlib.sha256(text.encode()).hexdigest()[:16], "pictures": len(unit.pictures)}
        units.append(row)
    return {"title": document.title, "language": document.language, "media_type": document.source.media_type,
            "properties": document.properties, "unread": [entry.where for entry in document.unread], "units": units}


def test_every_format_has_a_sample() -> None:
    chosen = {choose(InputFile(path.name, path.read_bytes())).name for path in SAMPLES}  # type: ignore[union-attr]
    assert chosen == {item.name for item in formats()}


def test_formats_have_names_of_their_own() -> None:
    names = [item.name for item in formats()]
    assert len(set(names)) == len(names)
    assert all(item.media_types and item.suffixes and all(s.startswith(".") for s in item.suffixes) for item in formats())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_reads_as_before(path: Path, update_golden: bool) -> None:
    document = extractors.extract(path)
    found = json.dumps(compact(document), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    golden = GOLDEN / f"{path.name}.json"
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert golden.is_file(), "run pytest --update-golden and look at what it wrote"
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_ids_are_in_order_and_name_decides_nothing(path: Path) -> None:
    data = path.read_bytes()
    document = extractors.extract(path)
    assert document.id == hashlib.sha256(data).hexdigest()
    assert [unit.number for unit in document.units] == list(range(len(document.units)))
    assert document.units[0].kind == "file"
    for unit in document.units:
        assert [block.id for block in unit.blocks] == [f"s{unit.number}.b{n}" for n in range(1, len(unit.blocks) + 1)]
        assert all(block.text and block.text == block.text.strip() for block in unit.blocks)
    one, other = choose(InputFile("a.bin", data)), choose(InputFile(path.name, data))
    assert one is other is not None
