"""Original files, each once, under the SHA-256 of its bytes.

A file is written beside its place, flushed to the disk and renamed: after a kill at any moment it is there whole or not
at all. What a killed process left half-written is swept by age. Names that people gave to files never touch the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path

from content.errors import BadOutput, InputError, UnreadableFile

_PIECE = 1 << 20
_NAME = frozenset("0123456789abcdef")


class FileStore:
    """A folder of files by content."""

    def __init__(self, root: Path) -> None:
        """`root` is made when it is missing, for its owner alone."""
        self._root = root
        self._partial = root / "partial"
        self._partial.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, source: Path) -> str:
        """Copy a file in and return its SHA-256. The same content twice is one file.

        Raises UnreadableFile when the source cannot be read, BadOutput when the store cannot be written (disk full).
        """
        try:
            stream = source.open("rb")
        except OSError as error:
            raise UnreadableFile(source.name, f"cannot be read ({error.strerror})", "Check the path") from None
        handle, name = tempfile.mkstemp(dir=self._partial)
        partial = Path(name)
        try:
            digest = hashlib.sha256()
            with stream, os.fdopen(handle, "wb") as out:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            sha256 = digest.hexdigest()
            self._settle(partial, self.path(sha256))
        except OSError as error:
            raise BadOutput(source.name, f"cannot be stored ({error.strerror})",
                            "Free some space in the data folder and try again") from None
        finally:
            partial.unlink(missing_ok=True)
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies, or would lie. Raises InputError when it is no hash."""
        if len(sha256) != 64 or not _NAME.issuperset(sha256):
            raise InputError("file store", "that is not the SHA-256 of a file", "Use the id that the submission shows")
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

    @staticmethod
    def _settle(partial: Path, place: Path) -> None:
        if place.is_file():
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        partial.chmod(0o400)
        partial.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name is as durable as the bytes
        finally:
            os.close(folder)
