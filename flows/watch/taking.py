"""Takes a settled file: a private copy that is proved to be the whole file, or the reason to wait.

A file that somebody still writes is told by four signs: its stamp changed, a program has it open for writing (Linux, local
disks), its container has no end yet (zip formats and PDF have theirs at the end), or what was copied is not what lies
there after the copy. Symbolic links are refused at the moment of opening, not only when they are seen.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import signal
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flows.watch.sight import Stamp

#: A container without an end that has not changed for so many seconds is broken, not unfinished: it is taken as it is.
PATIENCE = 60.0
#: Larger files are not copied; what reads them would refuse them.
LARGEST = 500 << 20
_PIECE = 1 << 20
_ZIPS = frozenset({".pptx", ".ppsx", ".potx", ".pptm", ".docx", ".docm", ".dotx", ".xlsx", ".odp", ".odt", ".zip"})
_ZIP_END, _PDF_END = b"PK\x05\x06", b"%%EOF"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that was taken: where it was, where its copy lies, and its hash."""

    source: Path
    path: Path
    stamp: Stamp
    sha256: str


class Unsettled(Exception):
    """The file cannot be taken yet; says why in half a sentence. `closed` when somebody has to open it to us."""

    def __init__(self, why: str, closed: bool = False) -> None:
        super().__init__(why)
        self.closed = closed


class Refused(Exception):
    """The file will not be taken as it is; says why and what to do in one line."""


def take(source: Path, stamp: Stamp, still: float, into: Path) -> Copy:
    """Copy a file that has not changed for `still` seconds to `into`, which must not be there.

    Raises Unsettled when it is not whole yet or changed, Refused when it is a link or too large, OSError when there is
    no room. Then nothing is left at `into`.
    """
    if stamp.size > LARGEST:
        raise Refused(f"{source.name}: is larger than {LARGEST >> 20} MB. Split it, or make its pictures smaller.")
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Refused(f"{source.name}: is a symbolic link, which is not followed. Put the file itself there.") from None
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise Unsettled("it is gone") from None
        raise Unsettled(f"cannot be opened ({error.strerror})", closed=True) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused(f"{source.name}: is no plain file. Put the file itself there.")
        if Stamp.of(os.fstat(descriptor)) != stamp:
            raise Unsettled("it changed")
        if being_written(descriptor):
            raise Unsettled("a program has it open for writing")
        if still < PATIENCE and not whole(stream.fileno(), source.suffix.lower(), stamp.size):
            raise Unsettled("its end is not there yet")
        into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            copied = _copied(descriptor, into)
            if Stamp.of(os.fstat(descriptor)) != stamp or being_written(descriptor) or _hash(source) != copied:
                raise Unsettled("it changed while it was copied")
            os.utime(into, ns=(stamp.changed, stamp.changed))
        except BaseException:
            with suppress(OSError):
                into.unlink()
            raise
    return Copy(source, into, stamp, copied)


def being_written(descriptor: int) -> bool:
    """Whether a program has the file open for writing. False where that is not told: network disks, other people's files."""
    try:
        # A writer that comes at this very moment breaks the lease by a signal, and the usual one would end the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EBUSY)
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def whole(descriptor: int, suffix: str, size: int) -> bool:
    """Whether a container has its end; True for formats that have none."""
    if suffix not in _ZIPS and suffix != ".pdf":
        return True
    start = os.pread(descriptor, 8, 0)
    tail = os.pread(descriptor, min(size, 66_000), max(0, size - 66_000))
    if start.startswith(b"PK"):
        return _ZIP_END in tail
    if start.startswith(b"%PDF"):
        return _PDF_END in tail[-2048:]
    return size > 0  # another format under this name, which has to say so itself; nothing yet is no file


def _copied(descriptor: int, into: Path) -> str:
    digest = hashlib.sha256()
    written = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(written, "wb") as target:
        offset = 0
        while piece := os.pread(descriptor, _PIECE, offset):
            target.write(piece)
            digest.update(piece)
            offset += len(piece)
            if offset > LARGEST:
                raise Unsettled("it grows")
    return digest.hexdigest()


def _hash(path: Path) -> str:
    """The hash of what lies there now under that name; '' when nothing does."""
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
