"""What a format has to offer, and the file as it is handed to it.

An extractor gets bytes that are already in memory and returns a Document; it opens no other file, no network and no
window. Which extractor a file goes to is decided by what is in the file, never by its name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from content.document import Document, Source
from content.errors import InputError

if TYPE_CHECKING:
    from extractors.package import Package

#: How deep files inside files are opened.
DEEPEST = 3


@dataclass(frozen=True)
class InputFile:
    """A file's bytes with its name for display; `depth` counts the files it is embedded in."""

    name: str
    data: bytes
    depth: int = 0

    @cached_property
    def head(self) -> bytes:
        """The first 64 kB, enough to tell the format."""
        return self.data[:65536]

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes: the document's id."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def key(self) -> str:
        """Another hash of the bytes, which cannot be told from the first: for ids that must not be guessable."""
        hashed = hashlib.sha256(b"deckprism key\0")
        hashed.update(self.data)
        return hashed.hexdigest()

    @cached_property
    def package(self) -> Package:
        """The zip package in the file. Raises UnreadableFile or EncryptedFile where it is unsafe or none."""
        from extractors.package import Package

        return Package(self.name, self.data)

    @cached_property
    def main_type(self) -> str:
        """Content type of the package's main part ('' where the file is no Office package)."""
        if not self.head.startswith(b"PK\x03\x04"):
            return ""
        try:
            return self.package.main_type
        except InputError:
            return ""

    def source(self, media_type: str) -> Source:
        """The file as the Document names it."""
        return Source(name=self.name, sha256=self.sha256, media_type=media_type, bytes=len(self.data))


class Extractor(Protocol):
    """One format. Stateless; heavy libraries are imported inside `extract`."""

    name: str
    media_types: tuple[str, ...]
    #: For information (file dialogs, watched folders); never used to decide.
    suffixes: tuple[str, ...]

    def sniff(self, file: InputFile) -> int:
        """How sure this is the format, 0 (no) to 100 (certain), by content alone. Never raises."""
        ...

    def extract(self, file: InputFile) -> Document:
        """Read it. Raises UnreadableFile or EncryptedFile; language is left to the caller."""
        ...


def display_name(name: str) -> str:
    """A file name that is safe to show: composed, without control and direction characters, at most 150 characters."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8", "replace"))
    shown = "".join(char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") else "?" for char in text)
    return shown if len(shown) <= 150 else shown[:100] + "…" + shown[-49:]
