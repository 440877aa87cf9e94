"""Loads a PowerPoint package with python-pptx, from members that passed our limits instead of from the file.

python-pptx reads every member of a zip without limits, refuses slide shows, templates and ISO-Strict decks, and gives up
on one broken part. So it is given a reader over our own package: types mended, broken parts left out and listed.
The leading underscore keeps this module, and python-pptx with it, from being imported when formats are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.package import Part as DeckPart
from pptx.opc.package import _ContentTypeMap, _PackageLoader
from pptx.opc.packuri import PACKAGE_URI, PackURI
from pptx.opc.serialized import PackageReader
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from content.errors import UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft
from extractors.xml import UnsafeXml, parse

_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True, slots=True)
class Deck:
    """A loaded package: its presentation part, and every part that a relationship reaches, by name."""

    main: DeckPart
    parts: dict[str, DeckPart]


class _Members(PackageReader):
    """What python-pptx asks of a package reader, answered from our package. `broken` parts do not exist for it."""

    def __init__(self, file: InputFile) -> None:
        super().__init__("")
        self.package = file.package
        self.broken: set[str] = set()

    def __contains__(self, pack_uri: object) -> bool:
        name = str(pack_uri).lstrip("/")
        return name in self.package and name not in self.broken

    def __getitem__(self, pack_uri: PackURI) -> bytes:
        name = str(pack_uri).lstrip("/")
        try:
            return self.package.read(name)
        except UnsafeXml as error:
            raise _Broken(name, str(error)) from None

    def rels_xml_for(self, partname: PackURI) -> bytes | None:
        """The relationships of a part, None where it has none."""
        name = str(partname.rels_uri).lstrip("/")
        if name not in self.package or name in self.broken:
            return None
        data = self[partname.rels_uri]
        return data or _NO_RELATIONS


class _Broken(Exception):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(name)
        self.name, self.why = name, why


def load(file: InputFile, draft: DocumentDraft) -> Deck:
    """Load the deck; parts that are broken are left out and listed in the draft's unread.

    Raises UnreadableFile when the frame itself cannot be read.
    """
    members = _Members(file)
    for attempt in range(3):
        try:
            return _load(file, members)
        except _Broken as error:
            members.broken.add(error.name)
            draft.not_read(error.name, error.why)
        except RecursionError:
            raise UnreadableFile(file.name, "has too long a chain of parts",
                                 "Open it in PowerPoint and save it again") from None
        except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, IndexError):  # lxml's errors are SyntaxErrors
            if attempt:
                break
        _find_broken(members, draft)
    raise UnreadableFile(file.name, "is damaged: its slides cannot be found", "Open it in PowerPoint and save it again")


def _find_broken(members: _Members, draft: DocumentDraft) -> None:
    """Try every XML part on its own; what does not parse is left out from now on."""
    for name in members.package.names:
        if name.lower().endswith((".xml", ".rels")) and name not in members.broken:
            try:
                parse(members.package.read(name))
            except UnsafeXml as error:
                members.broken.add(name)
                draft.not_read(name, str(error))


class _Types(_ContentTypeMap):
    """Content types where anything unknown is a plain part and the main part is always a presentation."""

    def __init__(self, file: InputFile) -> None:
        super().__init__({}, {})
        self.package = file.package

    def __getitem__(self, partname: PackURI) -> str:
        name = str(partname).lstrip("/")
        if name == self.package.main_part:
            return CT.PML_PRESENTATION_MAIN
        return self.package.type_of(name) or "application/octet-stream"


class _Loader(_PackageLoader):
    """python-pptx's loader over our members instead of its own reading of the zip."""

    def __init__(self, file: InputFile, members: _Members, package: Package) -> None:
        super().__init__("", package)
        self._members, self._types = members, _Types(file)

    @property
    def _package_reader(self) -> PackageReader:
        return self._members

    @property
    def _content_types(self) -> _ContentTypeMap:
        return self._types


def _load(file: InputFile, members: _Members) -> Deck:
    package = Package("")
    relations, parts = _Loader(file, members, package)._load()
    package._rels.load_from_xml(PACKAGE_URI, relations, parts)
    main = parts.get(PackURI("/" + file.package.main_part))
    if not isinstance(main, PresentationPart):
        raise KeyError(file.package.main_part)
    return Deck(main, {str(name).lstrip("/"): part for name, part in parts.items()})
