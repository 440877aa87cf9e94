"""Makes every file of samples/ from samples/source/, always with the same bytes.

    python -m samples.make [FOLDER]

FOLDER is samples/ itself unless given. It must not touch any other file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samples.customers import customers_csv
from samples.deck import Planted, make_deck


def files() -> dict[str, bytes]:
    """Every generated file by its name."""
    social = make_deck("social")
    return {
        "customers.csv": customers_csv(),
        social.name: social.data,
        "planted.json": _json(social.planted),
    }


def _json(planted: tuple[Planted, ...] | dict[str, list[Planted]]) -> bytes:
    return (json.dumps(planted, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def main(folder: Path) -> None:
    """Write all files into a folder and say so."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)
        print(f"{name}  {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
