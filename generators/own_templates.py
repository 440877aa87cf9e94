"""Templates of one's own: Jinja2 files in a folder, used in the place of ours of the same name.

A template is a program. It runs in a process of its own (`own_child.py`), in Jinja2's sandbox, with a ceiling for time,
memory and output, and it is handed nothing but the values that ours would get. What it prints is held to the same rule as
ours: sentences with their sources, or the template's own wording. It never reads a file outside its folder and ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path

from content.draft import Sentence
from content.errors import BadSettings, InputError

#: Ceilings of one rendering: seconds of wall and of CPU, bytes of address space, characters of output.
WALL_SECONDS, CPU_SECONDS, MEMORY, OUTPUT = 20, 5, 768 << 20, 1 << 20
_LARGEST_FILE = 256 << 10
_ROOT = Path(__file__).resolve().parent.parent
_folder: ContextVar[Path | None] = ContextVar("own_templates", default=None)


class BadTemplate(InputError):
    """A template of one's own cannot be used."""


@contextlib.contextmanager
def own_templates(folder: Path | None) -> Iterator[None]:
    """Within it, templates of a folder are used in the place of ours; None changes nothing."""
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def own_file(template: str, language: str) -> Path | None:
    """The file to use instead of ours: `<language>/<template>` of the folder, then `<template>`; None where there is none."""
    folder = _folder.get()
    if folder is None:
        return None
    return next((each for each in (folder / language / template, folder / template) if each.is_file()), None)


def check_folder(folder: Path | None, known: frozenset[str]) -> None:
    """Raises BadSettings when a template of the folder has a name that none of ours (`known`) has: it would never be used."""
    for file in sorted(folder.rglob("*.j2")) if folder is not None else ():
        name = file.relative_to(folder).as_posix() if folder is not None else ""
        if name not in known and name.partition("/")[2] not in known:
            raise BadSettings(f"templates, {name}", "has a name that no template of Deckprism has",
                              f"Name it after the one it replaces: {', '.join(sorted(known)[:20])}")


def render_own(file: Path, language: str, values: dict[str, object],
               escape: Callable[[str], str]) -> tuple[str, list[Sentence]]:
    """Render a template of one's own; returns the marked text and the sentences it printed.

    Raises BadTemplate with the line of the template when it is wrong, prints what has no source, or passes a ceiling.
    """
    folder = _folder.get() or file.parent
    where = file.relative_to(folder).as_posix()
    # The process begins in the folder, where a path from here would lead nowhere and ours would be printed instead.
    folder = folder.absolute()
    with contextlib.suppress(OSError):
        if file.stat().st_size > _LARGEST_FILE:
            raise BadTemplate(where, "is larger than 256 kB", "Make it smaller")
    job = pickle.dumps({"folder": str(folder), "name": where, "language": language, "values": values,
                        "escape": escape.__name__, "cpu": CPU_SECONDS, "memory": MEMORY, "output": OUTPUT})
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "generators.own_child"], input=job, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=WALL_SECONDS, check=False, start_new_session=True, cwd=folder,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"})
    except subprocess.TimeoutExpired:
        raise BadTemplate(where, f"took longer than {WALL_SECONDS} seconds", "Look for a loop without an end") from None
    except OSError as error:
        raise BadTemplate(where, f"could not be started ({error.strerror})", "Try again") from None
    if done.returncode or not done.stdout:
        raise BadTemplate(where, f"needed more than {CPU_SECONDS} seconds or {MEMORY >> 20} MB and was stopped",
                          "Look for a loop or a repetition without an end")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise BadTemplate(f"{where}{answer['line']}", answer["error"], answer["todo"])
    return answer["text"], [Sentence.model_validate(each) for each in answer["printed"]]
