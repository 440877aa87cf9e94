"""Originals in another place than the data folder: whatever fsspec opens by URL, as `DECKPRISM_FILES` names it.

`file:///srv/originals` is a folder and keeps all that store/files.py promises: write beside, bring to the disk, rename.
Elsewhere those promises are the other system's. An object store (s3, gcs, az, memory) shows an object whole or not at
all, so a file is written straight to its place. Any other (sftp, smb, webdav) gets it under a name of its own first and
moves it then, which is as atomic as that system's move; where moving is copying, a kill can leave half a file. Nobody
uses one: a file is fetched into the data folder, and only under its name when its SHA-256 is right.

What was fetched is kept in `fetched/`, the newest up to a few GB. The package that speaks to the other system (s3fs,
gcsfs, ...) is the operator's to install, and its credentials are where that package looks for them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadOutput, InputError
from store.files import Files, FileStore, Incoming, checked, copied_in, is_hash

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: Bytes of fetched files that are kept, and seconds for which one that was just asked for is never taken away.
KEPT, IN_USE = 4 << 30, 3600.0
_WHOLE = frozenset({"memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss"})
_OWN = frozenset({"file", "local"})


def open_files(url: str, folder: Path) -> Files:
    """The files of a URL, or those in the data folder when it is ''.

    Raises InputError when the URL cannot be used, BadOutput when its place cannot be written.
    """
    if not url:
        return FileStore(folder / "files")
    kind, _, rest = url.partition("://")
    if kind in _OWN and rest.startswith("/"):
        return FileStore(Path(rest))
    if kind in _OWN or not rest:
        raise _unusable("no address")
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise _unusable(type(error).__name__) from None
    except Exception as error:  # each system's package has errors of its own, whose text may hold a secret
        raise _away(kind, error) from None
    return FilesElsewhere(system, root.rstrip("/"), kind, folder)


class FilesElsewhere:
    """Files by content on another system, fetched when they are read."""

    def __init__(self, system: AbstractFileSystem, root: str, kind: str, folder: Path) -> None:
        """`root` is a path of that system, `folder` the data folder. Raises BadOutput."""
        self._system, self._root, self._kind = system, root, kind
        self._partial, self._fetched = folder / "incoming", folder / "fetched"
        try:
            for each in (self._partial, self._fetched):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BadOutput(str(folder), f"cannot be written ({error.strerror})", "Check the rights") from None

    def put(self, source: Path) -> str:
        """Copy a file in and return its SHA-256. Raises UnreadableFile, BadOutput."""
        return copied_in(self, source)

    def incoming(self, name: str) -> Incoming:
        """A file that comes in piece by piece; it goes to its place when it is kept. Raises BadOutput."""
        return Incoming(self, self._partial, name)

    def path(self, sha256: str) -> Path:
        """Where the fetched bytes lie; nothing lies there when the store has no such file, or a damaged one.

        Raises InputError when it is no hash, BadOutput when the system does not answer or the disk is full.
        """
        kept = self._fetched / checked(sha256)
        with contextlib.suppress(FileNotFoundError):
            os.utime(kept)
            return kept
        self._fetch(sha256, kept)
        return kept

    def has(self, sha256: str) -> bool:
        """Whether a file of this hash is there. Raises BadOutput."""
        try:
            return bool(self._system.isfile(self._place(sha256)))
        except Exception as error:
            raise _away(self._kind, error) from None

    def sound(self, sha256: str) -> bool:
        """Whether it is there and its bytes, read anew, have this hash. Raises BadOutput."""
        (self._fetched / checked(sha256)).unlink(missing_ok=True)
        return self._fetch(sha256, self._fetched / sha256)

    def remove(self, sha256: str) -> None:
        """Delete a file for good, there and here. Raises OSError when the system does not do it."""
        (self._fetched / checked(sha256)).unlink(missing_ok=True)
        try:
            self._system.rm_file(self._place(sha256))
        except FileNotFoundError:
            return
        except Exception as error:
            raise OSError(5, f"the file store does not answer ({type(error).__name__})") from None

    def sweep(self, older_than: float = 3600.0) -> int:
        """Delete half-written files of this machine, and what was fetched beyond the room there is for it."""
        before, gone = time.time() - older_than, 0
        for partial in self._partial.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if partial.stat().st_mtime < before:
                    partial.unlink()
                    gone += 1
        self._make_room()
        return gone

    def older(self, than: float) -> Iterator[str]:
        """The hashes of the files that lie there for more than so many seconds, where the system tells. Raises BadOutput.

        One that does not tell when a file came has none to name, so that nothing young is ever taken for old. A file that
        came again keeps its time: `than` should be as long as anybody needs between storing and writing down.
        """
        before = time.time() - than
        try:
            for place in self._system.find(self._root):
                name = "".join(str(place).rsplit("/", 2)[-2:])
                if is_hash(name) and self._system.modified(place).timestamp() < before:
                    yield name
        except (NotImplementedError, FileNotFoundError):
            return
        except Exception as error:
            raise _away(self._kind, error) from None

    def accept(self, partial: Path, sha256: str) -> None:
        """Send a whole local file to its place. Raises OSError."""
        place = self._place(sha256)
        try:
            if not self._system.isfile(place):
                self._send(partial, place)
        except OSError:
            raise
        except Exception as error:
            raise OSError(5, f"the file store does not answer ({type(error).__name__})") from None
        partial.unlink()

    def probe(self) -> None:
        """Write a file and take it away again. Raises OSError when the system does not do it."""
        place = f"{self._root}/probe-{secrets.token_hex(6)}"
        try:
            self._system.makedirs(self._root, exist_ok=True)
            self._system.pipe_file(place, b"\0")
            self._system.rm_file(place)
        except Exception as error:
            raise OSError(5, f"the file store does not answer ({type(error).__name__})") from None

    def _place(self, sha256: str) -> str:
        checked(sha256)
        return f"{self._root}/{sha256[:2]}/{sha256[2:]}"

    def _send(self, partial: Path, place: str) -> None:
        self._system.makedirs(place.rpartition("/")[0], exist_ok=True)
        if self._kind in _WHOLE:
            self._system.put_file(str(partial), place)
            return
        beside = f"{place}.{secrets.token_hex(6)}.partial"
        self._system.put_file(str(partial), beside)
        self._system.mv(beside, place)

    def _fetch(self, sha256: str, kept: Path) -> bool:
        """Bring a file here; False when it is not there or its bytes are not what its name says."""
        handle, name = tempfile.mkstemp(dir=self._partial)
        os.close(handle)
        partial = Path(name)
        try:
            self._system.get_file(self._place(sha256), name)
            with partial.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    return False
            partial.replace(kept)
            return True
        except FileNotFoundError:
            return False
        except Exception as error:
            raise _away(self._kind, error) from None
        finally:
            partial.unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Take away the fetched files that were not asked for longest, beyond what is kept."""
        seen = []
        for file in self._fetched.iterdir():
            with contextlib.suppress(FileNotFoundError):
                stat = file.stat()
                seen.append((stat.st_mtime, stat.st_size, file))
        room = KEPT
        for asked, size, file in sorted(seen, reverse=True, key=lambda each: each[0]):
            room -= size
            if room < 0 and asked < time.time() - IN_USE:
                file.unlink(missing_ok=True)


def _unusable(why: str) -> InputError:
    return InputError("DECKPRISM_FILES", f"cannot be used ({why})",
                      "Write it as file:///folder or s3://bucket/folder, and install the package for it")


def _away(kind: str, error: Exception) -> BadOutput:
    return BadOutput(f"the file store ({kind})", f"does not answer ({type(error).__name__})",
                     "Check DECKPRISM_FILES, the network and the credentials")
