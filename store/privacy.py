"""How the store speaks of text that it must not hold: a keyed hash to recognise it, a masked preview to remind people.

The key lies in a file of its own beside the database (mode 0600): with the database alone nobody can test whether a
name is in it. Nothing here may ever return or log the text.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from content.errors import BadOutput
from language.fold import folded

_STARS = 6


def load_key(folder: Path) -> bytes:
    """The secret of this store, 32 bytes, made at first use.

    Raises BadOutput when it cannot be written, others can read it or it is damaged.
    """
    file = folder / "key"
    if not file.exists():
        try:
            _make(file)
        except OSError as error:
            raise BadOutput(str(file), f"the store's key cannot be written ({error.strerror})",
                            "Check the rights of the data folder") from None
    return _read(file)


def _make(file: Path) -> None:
    """Write a key under another name and link it: whoever reads it sees it whole, and the first of two wins."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(32))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()


def _read(file: Path) -> bytes:
    if file.stat().st_mode & 0o077:
        raise BadOutput(str(file), "the store's key can be read by others", f"chmod 600 {file}")
    key = file.read_bytes()
    if len(key) != 32:
        raise BadOutput(str(file), "the store's key is damaged", "Restore it from a backup; without it hashes are lost")
    return key


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA256 of the folded text, in hex: the same for every way of writing the same name."""
    return hmac.new(key, folded(text).encode(), hashlib.sha256).hexdigest()


def masked(text: str) -> str:
    """The first and the last character with stars between ("H****r"); stars only below four characters.

    The number of stars tells the length up to six and no further.
    """
    text = text.strip()
    if len(text) < 4:
        return "*" * len(text)
    return f"{text[0]}{'*' * min(len(text) - 2, _STARS)}{text[-1]}"
