"""Makes docs/examples/: what comes out of the sample deck once its reviewers have decided, as it comes out.

    python -m samples.examples [FOLDER]

FOLDER is docs/examples unless given; what lies there is replaced. Speech and files over 100 kB are left out, the report
excepted, so that a checkout stays small.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.steps import Request, build_pack

_HERE = Path(__file__).resolve().parent
EXAMPLES = _HERE.parent / "docs" / "examples"
_LARGEST = 100_000
_ALWAYS = frozenset({"report.html"})


def files() -> dict[str, bytes]:
    """Every example by its path in the pack."""
    with tempfile.TemporaryDirectory() as out:
        outcome = build_pack(Request(
            file=_HERE / "social-business.pptx", out=Path(out), customers=_HERE / "customers.csv",
            decisions=_HERE / "decisions.json", audio=False))
        found = {file.relative_to(outcome.folder).as_posix(): file.read_bytes()
                 for file in sorted(outcome.folder.rglob("*")) if file.is_file()}
    return {path: data for path, data in found.items() if path in _ALWAYS or len(data) <= _LARGEST}


def main(folder: Path) -> None:
    """Put the examples in place of what was there, and say so."""
    made = files()
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in made.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
