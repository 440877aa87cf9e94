"""The customer list that was imported, in one file of the data folder, whole or not at all.

The file says in clear when it was imported, how many names there are and whether they are hashed; what its tables mean
is the rules' business (rules/customers_stored.py). It lies beside the store's key, which opens a hashed list, and is
readable for its owner only. A list that is replaced or forgotten is written over before its file goes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from content.errors import BadCustomers, BadOutput
from store.database import now

MAGIC = b"deckprism customers 1\n"
_NAME = "customers.list"
_PARTIAL = "customers-"
_AGAIN = "Import it again: deckprism customers import FILE"


@dataclass(frozen=True, slots=True)
class StoredList:
    """What may be known of a list without opening it. `ordinary` names are words of the language too."""

    hashed: bool
    names: int
    ordinary: int
    #: ISO 8601, UTC.
    imported_at: str
    #: SHA-256 of the tables: the same list under the same key gives the same.
    digest: str
    #: What tells whether the key is still the one that hashed it; '' for a plain list.
    lock: str


def list_file(folder: Path) -> Path:
    """Where the list of a data folder lies, or would lie."""
    return folder / _NAME


def is_list(file: Path) -> bool:
    """Whether a file is a list of the store."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def list_key(key: bytes) -> bytes:
    """The key of a hashed list, made of the store's: other hashes of the store say nothing of the list."""
    return hmac.digest(key, b"customer list", "sha256")


def write_list(folder: Path, parts: Mapping[str, bytes], names: int, ordinary: int, key: bytes | None) -> StoredList:
    """Put a list in the place of the one that is there. `key` is the key of a hashed list, None for a plain one.

    Raises BadOutput when it cannot be written (disk full); the list that was there is then untouched.
    """
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name} {len(parts[name])}\n".encode() + parts[name])
    about = StoredList(key is not None, names, ordinary, now(), digest.hexdigest(), _lock(key) if key else "")
    head = json.dumps({**asdict(about), "parts": [[name, len(parts[name])] for name in sorted(parts)]})
    for left in folder.glob(f"{_PARTIAL}*"):
        _wipe(left)
    file = list_file(folder)
    old = file.open("r+b") if file.is_file() else None
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=_PARTIAL)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(MAGIC + head.encode() + b"\n")
                for part in sorted(parts):
                    stream.write(parts[part])
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(file)
        except OSError:
            _wipe(partial)
            raise
        if old is not None:
            _blank(old.fileno())
    except OSError as error:
        raise BadOutput(str(file), f"the customer list cannot be stored ({error.strerror})",
                        "Free some space in the data folder and try again") from None
    finally:
        if old is not None:
            old.close()
    return about


def about_list(file: Path) -> StoredList:
    """What a stored list says of itself. Raises BadCustomers when the file is damaged."""
    return _head(file)[0]


def read_list(file: Path, key: bytes | None) -> tuple[StoredList, dict[str, bytes]]:
    """A stored list with its tables; `key` is needed for a hashed one.

    Raises BadCustomers when the file is damaged, or the key is not the one that hashed it: nothing would be found then,
    and nobody would know.
    """
    about, sizes, start = _head(file)
    data = file.read_bytes()[start:]
    digest = hashlib.sha256()
    parts: dict[str, bytes] = {}
    at = 0
    for name, size in sizes:
        parts[name] = data[at:at + size]
        digest.update(f"{name} {size}\n".encode() + parts[name])
        at += size
    if digest.hexdigest() != about.digest:
        raise BadCustomers(file.name, "the imported customer list is damaged", _AGAIN)
    if about.hashed and (key is None or not hmac.compare_digest(_lock(key), about.lock)):
        raise BadCustomers(file.name, "the imported customer list was hashed with another key than the data folder has",
                           _AGAIN)
    return about, parts


def forget_list(folder: Path) -> bool:
    """Write over the list and delete it; whether there was one. Raises BadOutput when it cannot be deleted."""
    file = list_file(folder)
    left = list(folder.glob(f"{_PARTIAL}*")) if folder.is_dir() else []
    try:
        for path in left:
            _wipe(path)
        if not file.is_file():
            return False
        _wipe(file)
    except OSError as error:
        raise BadOutput(str(file), f"the customer list cannot be deleted ({error.strerror})",
                        "Check the rights of the data folder") from None
    return True


def _head(file: Path) -> tuple[StoredList, list[tuple[str, int]], int]:
    try:
        with file.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                raise ValueError
            line = stream.readline(100_000)
            raw = json.loads(line)
            sizes = [(str(name), int(size)) for name, size in raw.pop("parts")]
            return StoredList(**raw), sizes, len(MAGIC) + len(line)
    except OSError as error:
        raise BadCustomers(file.name, f"cannot be read ({error.strerror})", "Check the rights of the data folder") from None
    except (ValueError, TypeError, KeyError):
        raise BadCustomers(file.name, "the imported customer list is damaged", _AGAIN) from None


def _lock(key: bytes) -> str:
    return hmac.new(key, b"lock", hashlib.sha256).hexdigest()


def _wipe(file: Path) -> None:
    with file.open("r+b") as stream:
        _blank(stream.fileno())
    file.unlink()


def _blank(handle: int) -> None:
    """Write zeros over a file; file systems that copy on write may keep the old blocks all the same."""
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    piece = bytes(1 << 20)
    while left > 0:
        left -= os.write(handle, piece[:min(left, len(piece))])
    os.fsync(handle)
