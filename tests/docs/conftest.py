"""Takes the files out of docs/adding.md and puts them into a copy of the project, where the command is then run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("content", "language", "extractors", "rules", "topics", "generators", "gates", "store", "flows", "desk")
#: A fenced block whose first line names a language and a path is a file; any other is only shown.
_FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_python(folder: Path, *arguments: str, typed: str = "", path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run this Python in a folder whose packages come first, and with no settings of whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DECKPRISM_", "PREFECT_", "COV_"))}
    search = os.pathsep.join(str(each) for each in (folder, path) if each)
    return subprocess.run([sys.executable, *arguments], cwd=folder, input=typed, text=True, encoding="utf-8",
                          capture_output=True, check=False, timeout=120,
                          env={**own, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80",
                               "DECKPRISM_DATA": str(folder / "data"), "NO_COLOR": "1"})


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """The files in docs/adding.md by their paths."""
    page = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    found = _FILE.findall(page)
    assert len(found) == len(dict(found)), "a file is shown twice"
    return dict(found)


@pytest.fixture(scope="session")
def project(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with those files in it, except what belongs to another package."""
    folder = tmp_path_factory.mktemp("project")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "samples", folder / "samples")
    shutil.copy2(ROOT / "tests" / "conftest.py", _made(folder / "tests" / "conftest.py"))
    shutil.copytree(ROOT / "tests" / "extractors", folder / "tests" / "extractors")
    for path, text in files.items():
        if not path.startswith("acme-"):
            assert not (folder / path).exists(), f"{path} is there already; show another example"
            _made(folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def deckprism() -> Run:
    """deckprism(folder, *arguments, typed=..., path=...): the command, run from the packages of a folder."""
    return lambda folder, *arguments, **more: run_python(folder, "-m", "desk.command", *arguments, **more)


@pytest.fixture(scope="session")
def python() -> Run:
    """python(folder, *arguments): this Python with the packages of a folder first."""
    return run_python


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
