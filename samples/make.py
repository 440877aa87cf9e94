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

from samples import article, paper
from samples.customers import customers_csv
from samples.deck import SOURCE, Planted, make_deck

#: What was put into the handbook on purpose; `slide` counts its sections.
_HANDBOOK: tuple[Planted, ...] = (
    {"category": "credential", "text": "Brass.Kettle.91", "slide": 6, "place": "body", "severity_at_least": "high", "withhold": True},
    {"category": "customer", "text": "Quendale Telecom", "slide": 7, "place": "body", "severity_at_least": "high", "withhold": True},
)


def files() -> dict[str, bytes]:
    """Every generated file by its name."""
    social, dutch, clean = make_deck("social"), make_deck("kennis"), make_deck("clean")
    if clean.planted:
        raise ValueError("the clean deck must have nothing planted in it")
    others = {dutch.name: dutch.planted, "paper.pdf": paper.PLANTED, "article.docx": article.PLANTED,
              "handbook.md": _HANDBOOK, clean.name: clean.planted}
    return {
        "customers.csv": customers_csv(),
        social.name: social.data,
        "planted.json": _json(social.planted),
        dutch.name: dutch.data,
        clean.name: clean.data,
        "paper.pdf": paper.make_paper(),
        "article.docx": article.make_article(),
        "handbook.md": (SOURCE / "handbook.text").read_bytes(),
        "planted-others.json": _json(others),
    }


def _json(planted: tuple[Planted, ...] | dict[str, tuple[Planted, ...]]) -> bytes:
    return (json.dumps(planted, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def main(folder: Path) -> None:
    """Write all files into a folder and say so."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)
        print(f"{name}  {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
