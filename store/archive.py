"""The portable archive of a store: a tar of tables as lines of JSON, originals by hash, and the files of a data folder.

    README.txt            what this is, for whoever finds it
    tables/<name>.jsonl   one row a line, columns by name, as they were at one moment
    files/<sha256>        originals
    data/...              the store's key, the customer list, cases, builds, releases, as they lie in the data folder
    settings/...          deckprism.toml, the customer list and the rules that the operator named
    manifest.json         last: what must be in the archive, each with its size and SHA-256

It is readable for its owner only, since it holds the key and people's words. It appears by rename, so a file of its name
is whole; an archive that was cut off has no manifest and is refused. Nothing here knows a database or a desk.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import ValidationError

from content.errors import BadOutput, InputError
from content.frozen import Frozen

#: Of the archive's own form; a reader refuses a higher one.
FORMAT = 1
MANIFEST, README = "manifest.json", "README.txt"
_PIECE = 1 << 20
_NAME = re.compile(r"README\.txt|tables/[a-z_]{1,60}\.jsonl|files/[0-9a-f]{64}|(?:data|settings)/[^\0]{1,300}")
_LARGEST_MANIFEST = 1 << 30
_ABOUT = """A backup of Deckprism, made {at} by version {version}.

It holds everything of a desk: the originals that were handed in, what was found and decided, who may sign in (passwords
as hashes), the audit and the key that its hashes were made with. Keep it where only its owner can read it.

deckprism restore FILE puts it back, on SQLite or PostgreSQL; deckprism restore FILE --check only reads it.
manifest.json lists every member with its size and SHA-256.
"""


class BadArchive(InputError):
    """The file is not a whole backup."""


class SourceLost(Exception):
    """A file that was to go into an archive could not be read to its end."""


class Member(Frozen):
    """A file of the archive."""

    name: str
    bytes: int
    sha256: str


class Facts(Frozen):
    """What an archive says of itself, beside its members."""

    deckprism: str
    #: The schema of its tables.
    migration: str
    #: ISO 8601, UTC: the moment whose view the tables are.
    made_at: str
    database: str
    #: Rows by table.
    rows: dict[str, int]
    audit_rows: int
    audit_hash: str
    #: What the tables name and the data folder had lost: hashes of originals, ids of builds and releases.
    missing: tuple[str, ...] = ()
    #: Member -> where it lay, for the files under settings/.
    settings: dict[str, str] = {}


class Manifest(Frozen):
    """The last member."""

    format: int
    facts: Facts
    members: tuple[Member, ...]


class ArchiveWriter:
    """`with new_archive(place) as archive: archive.add(...); archive.finish(facts)`."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Made by `new_archive`."""
        self._tar = tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by finish
        self._members: list[Member] = []
        self.finished = False

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Copy `size` bytes in under a name; returns their SHA-256. Raises SourceLost, and OSError when writing fails."""
        reader = _Reader(source)
        self._put(name, reader, size)
        self._members.append(Member(name=name, bytes=size, sha256=reader.digest.hexdigest()))
        return self._members[-1].sha256

    def add_file(self, name: str, file: Path) -> str:
        """The same with a file. Raises SourceLost, OSError."""
        try:
            stream = file.open("rb")
        except OSError as error:
            raise SourceLost(name) from error
        with stream:
            return self.add(name, stream, os.fstat(stream.fileno()).st_size)

    def finish(self, facts: Facts) -> Manifest:
        """Write what must be in the archive, and close it. Raises OSError."""
        said = _ABOUT.format(at=facts.made_at, version=facts.deckprism).encode()
        self.add(README, io.BytesIO(said), len(said))
        manifest = Manifest(format=FORMAT, facts=facts, members=tuple(self._members))
        raw = manifest.model_dump_json().encode()
        self._put(MANIFEST, io.BytesIO(raw), len(raw))
        self._tar.close()
        self.finished = True
        return manifest

    def _put(self, name: str, source: IO[bytes] | _Reader, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, source)


class _Reader:
    """Hashes what is read, and tells a source that fails from a target that does."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._source.read(size)
        except OSError as error:
            raise SourceLost from error
        if size > 0 and len(piece) < size:
            raise SourceLost
        self.digest.update(piece)
        return piece


@contextmanager
def new_archive(place: Path) -> Iterator[ArchiveWriter]:
    """A writer whose file appears at `place` at the end of the block when it was finished, and is gone otherwise.

    Raises BadOutput when it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".deckprism-", suffix=".partial")  # mode 0600
    except OSError as error:
        raise _unwritable(place, error) from None
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            writer = ArchiveWriter(stream)
            yield writer
            stream.flush()
            os.fsync(stream.fileno())
        if writer.finished:
            partial.replace(place)
            folder = os.open(place.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise _unwritable(place, error) from None
    finally:
        partial.unlink(missing_ok=True)


def unpack(archive: Path, into: Path | None) -> Manifest:
    """Read a whole archive, check every member against the manifest, and write the members into a folder when one is named.

    Raises BadArchive when anything is missing, added or changed, BadOutput when the folder cannot be written.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest = None
    try:
        with tarfile.open(archive, "r:") as tar:
            for info in tar:
                source = tar.extractfile(info) if info.isreg() else None
                if source is None or manifest is not None or info.name in found:
                    raise BadArchive(str(archive), "holds what no backup holds", "Take another backup")
                if info.name == MANIFEST:
                    manifest = _manifest(archive, source.read(_LARGEST_MANIFEST))
                else:
                    found[info.name] = _take(info.name, source, into)
    except (tarfile.TarError, EOFError, ValueError):
        raise _broken(archive) from None
    except OSError as error:
        raise BadArchive(str(archive), f"cannot be read ({error.strerror or 'cut off'})", "Take another backup") from None
    if manifest is None:
        raise BadArchive(str(archive), "is no whole backup: it has no manifest, so it was cut off", "Take another backup")
    listed = {member.name: (member.bytes, member.sha256) for member in manifest.members}
    if found != listed:
        wrong = sorted({name for name, _ in found.items() ^ listed.items()})
        raise BadArchive(str(archive), f"is damaged: {len(wrong)} of its {len(listed)} members are not as they were "
                                       "written", "Take another backup")
    return manifest


def _take(name: str, source: IO[bytes], into: Path | None) -> tuple[int, str]:
    parts = PurePosixPath(name).parts
    if not _NAME.fullmatch(name) or ".." in parts or PurePosixPath(name).as_posix() != name:
        raise ValueError(name)
    digest, size = hashlib.sha256(), 0
    with contextlib.ExitStack() as stack:
        out = None
        if into is not None:
            try:
                (into / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                out = stack.enter_context(os.fdopen(os.open(into / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"))
            except OSError as error:
                raise _unwritable(into, error) from None
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            try:
                if out is not None:
                    out.write(piece)
            except OSError as error:
                raise _unwritable(into or Path(name), error) from None
    return size, digest.hexdigest()


def _manifest(archive: Path, raw: bytes) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError:
        raise BadArchive(str(archive), "has a manifest that cannot be read", "Update Deckprism, or take another backup") \
            from None
    if manifest.format > FORMAT:
        raise BadArchive(str(archive), f"has the form {manifest.format}, this Deckprism knows {FORMAT}", "Update Deckprism")
    return manifest


def _broken(archive: Path) -> BadArchive:
    return BadArchive(str(archive), "is no whole backup of Deckprism", "Take another backup")


def _unwritable(place: Path, error: OSError) -> BadOutput:
    return BadOutput(str(place), f"cannot be written ({error.strerror or 'no room'})", "Make room or take another place")
