"""Original files, each once, under the SHA-256 of its bytes.

A file is written beside its place, flushed to the disk and renamed: after a kill at any moment it is there whole or not
at all. What a killed process left half-written is swept by age. Names that people gave to files never touch the disk.
`Files` is what the rest of Deckprism asks of a store; `store/files_elsewhere.py` has it on object stores and the like.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from content.errors import BadOutput, InputError, UnreadableFile

_PIECE = 1 << 20
_NAME = frozenset("0123456789abcdef")


class Files(Protocol):
    """Files by content, wherever they lie. `FileStore` says what each call raises."""

    def put(self, source: Path) -> str:
        """Copy a file in and return its SHA-256."""

    def incoming(self, name: str) -> Incoming:
        """A file that comes in piece by piece."""

    def path(self, sha256: str) -> Path:
        """A path of this machine from which the bytes can be read; nothing is there when the store has no such file."""

    def has(self, sha256: str) -> bool:
        """Whether a file of this hash is there."""

    def sound(self, sha256: str) -> bool:
        """Whether it is there with the bytes that it should have."""

    def remove(self, sha256: str) -> None:
        """Delete a file for good."""

    def sweep(self, older_than: float = 3600.0) -> int:
        """Delete what killed processes left half-written."""

    def older(self, than: float) -> Iterator[str]:
        """The hashes of the files that came, or came again, more than so many seconds ago."""

    def accept(self, partial: Path, sha256: str) -> None:
        """Take over a whole local file, which is gone afterwards. Raises OSError."""

    def probe(self) -> None:
        """Write a file and take it away again. Raises OSError when the store cannot be written."""


class FileStore:
    """A folder of files by content."""

    def __init__(self, root: Path) -> None:
        """`root` is made when it is missing, for its owner alone. Raises BadOutput when it cannot be."""
        self._root = root
        self._partial = root / "partial"
        try:
            self._partial.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BadOutput(str(root), f"the file store cannot be made ({error.strerror})", "Check the rights") from None

    def put(self, source: Path) -> str:
        """Copy a file in and return its SHA-256. The same content twice is one file.

        Raises UnreadableFile when the source cannot be read, BadOutput when the store cannot be written (disk full).
        """
        return copied_in(self, source)

    def incoming(self, name: str) -> Incoming:
        """A file that comes in piece by piece; `name` is for messages. It is gone unless it is kept.

        Raises BadOutput when the store cannot be written.
        """
        return Incoming(self, self._partial, name)

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies, or would lie. Raises InputError when it is no hash."""
        checked(sha256)
        return self._root / sha256[:2] / sha256[2:]

    def has(self, sha256: str) -> bool:
        """Whether a file of this hash is there."""
        return self.path(sha256).is_file()

    def sound(self, sha256: str) -> bool:
        """Whether the file is there and its bytes still have this hash."""
        if not self.has(sha256):
            return False
        with self.path(sha256).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256

    def remove(self, sha256: str) -> None:
        """Delete a file for good; nothing happens when it is gone already."""
        self.path(sha256).unlink(missing_ok=True)

    def sweep(self, older_than: float = 3600.0) -> int:
        """Delete half-written files older than so many seconds; returns how many."""
        before = time.time() - older_than
        gone = 0
        for partial in self._partial.iterdir():
            try:
                if partial.stat().st_mtime < before:
                    partial.unlink()
                    gone += 1
            except FileNotFoundError:  # another process was first, or its file is whole now
                continue
        return gone

    def older(self, than: float) -> Iterator[str]:
        """The hashes of the files that came, or came again, more than so many seconds ago."""
        before = time.time() - than
        for file in self._root.glob("??/*"):
            name = file.parent.name + file.name
            with contextlib.suppress(FileNotFoundError):  # removed a moment ago
                if is_hash(name) and file.stat().st_mtime < before:
                    yield name

    def accept(self, partial: Path, sha256: str) -> None:
        """Take over a whole local file. Raises OSError."""
        self.settle(partial, self.path(sha256))
        partial.unlink(missing_ok=True)

    def probe(self) -> None:
        """Write a file and take it away again. Raises OSError when the store cannot be written."""
        with tempfile.NamedTemporaryFile(dir=self._partial) as out:
            out.write(b"\0")
            out.flush()

    @staticmethod
    def settle(partial: Path, place: Path) -> None:
        """Give a whole file its place for good. Raises OSError."""
        if place.is_file():
            os.utime(place)  # somebody needs it again: it is as young as if it had come now
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        partial.chmod(0o400)
        partial.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name is as durable as the bytes
        finally:
            os.close(folder)


def copied_in(store: Files, source: Path) -> str:
    """What `put` does, in any store."""
    try:
        stream = source.open("rb")
    except OSError as error:
        raise UnreadableFile(source.name, f"cannot be read ({error.strerror})", "Check the path") from None
    with stream, store.incoming(source.name) as incoming:
        while piece := stream.read(_PIECE):
            incoming.write(piece)
        return incoming.keep()


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 in hex."""
    return len(text) == 64 and _NAME.issuperset(text)


def checked(sha256: str) -> str:
    """The same when it is a SHA-256 in hex. Raises InputError otherwise."""
    if not is_hash(sha256):
        raise InputError("file store", "that is not the SHA-256 of a file", "Use the id that the submission shows")
    return sha256


class Incoming:
    """`with store.incoming(name) as incoming: incoming.write(piece); ...; incoming.keep()`."""

    def __init__(self, store: Files, folder: Path, name: str) -> None:
        """Made by the store."""
        self._store, self._name = store, name
        self._digest = hashlib.sha256()
        self.size = 0
        try:
            handle, path = tempfile.mkstemp(dir=folder)
        except OSError as error:
            raise self._full(error) from None
        self.path = Path(path)
        self._out: BinaryIO | None = os.fdopen(handle, "wb")

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        """What was not kept is taken away."""
        self.drop()

    @property
    def sha256(self) -> str:
        """The hash of what came in so far."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        """Take in some bytes. Raises BadOutput when the disk is full."""
        assert self._out is not None
        try:
            self._out.write(piece)
        except OSError as error:
            raise self._full(error) from None
        self._digest.update(piece)
        self.size += len(piece)

    def flush(self) -> None:
        """Bring everything to the disk, so that another process may read `path`. Raises BadOutput."""
        if self._out is None:
            return
        try:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
        except OSError as error:
            raise self._full(error) from None
        self._out = None

    def keep(self) -> str:
        """Give the file its place and return its hash. Raises BadOutput."""
        self.flush()
        try:
            self._store.accept(self.path, self.sha256)
        except OSError as error:
            raise self._full(error) from None
        return self.sha256

    def drop(self) -> None:
        """Take away what was not kept; nothing happens when it is gone already."""
        if self._out is not None:
            with contextlib.suppress(OSError):  # closing writes what is left, which a full disk refuses
                self._out.close()
            self._out = None
        self.path.unlink(missing_ok=True)

    def _full(self, error: OSError) -> BadOutput:
        return BadOutput(self._name, f"cannot be stored ({error.strerror})",
                         "Free some space in the data folder and try again")
