"""The parts of an Office package as a graph: each parsed once, each list of relationships read once, broken ones listed.

What python-pptx does for this costs a third of reading a deck: it makes an object for every part and every relationship
and a class for every element, parses parts that hold no words, refuses slide shows, templates and ISO-Strict decks, and
gives up on one broken part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.package import Package
from extractors.xml import UnsafeXml, parse

if TYPE_CHECKING:
    from lxml import etree

_AUTO_NAMES = re.compile(r"(image|media|audio|video|hdphoto|thumbnail|picture|ppt|oleObject|chart|model3d|font|\.)[\d_]*",
                         re.IGNORECASE)


class Parts:
    """Looks parts up by name. `owners` say which unit a part hangs on, `done` which need not be read again."""

    def __init__(self, draft: DocumentDraft, package: Package, done: set[str]) -> None:
        """Nothing is read yet; `done` are parts that somebody has read already."""
        self.draft, self.package, self.done = draft, package, done
        self.owners: dict[str, UnitDraft] = {}
        #: Roots that are asked for more than once (layouts, charts, what the rest of the package still reads).
        self.trees: dict[str, etree._Element] = {}
        self._targets: dict[str, dict[str, tuple[str, str]]] = {}

    def unit(self, name: str) -> UnitDraft:
        """The unit that a part hangs on: its slide, or the whole file."""
        return self.owners.get(name, self.draft.whole)

    def data(self, name: str) -> bytes | None:
        """A part's bytes; None where it is missing, or damaged and listed as unread."""
        if name not in self.package:
            return None
        try:
            return self.package.read(name)
        except UnsafeXml as error:
            self._broken(name, str(error))
            return None

    def parsed(self, name: str) -> etree._Element | None:
        """The root of a part, not kept; None where it is missing, or damaged and listed as unread."""
        data = self.data(name)
        if data is None:
            return None
        try:
            return parse(data)
        except UnsafeXml as error:
            self._broken(name, str(error))
            return None

    def tree(self, name: str) -> etree._Element | None:
        """The root of a part, kept for whoever asks next."""
        root = self.trees.get(name)
        if root is None and name not in self.done:
            root = self.parsed(name)
            if root is not None:
                self.trees[name] = root
        return root

    def _broken(self, name: str, why: str) -> None:
        self.done.add(name)
        self.draft.not_read(name, why, self.unit(name).number)

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points to inside the package: relationship id -> kind (last word of its type) and part."""
        found = self._targets.get(name)
        if found is None:
            found = {rid: (kind.rpartition("/")[2], target)
                     for rid, kind, target, outside in self.package.relations(name) if not outside}
            self._targets[name] = found
        return found

    def target(self, name: str, rid: str) -> str:
        """The part behind a relationship, '' where there is none or it is missing."""
        _, found = self.targets(name).get(rid, ("", ""))
        return found if found in self.package else ""

    def kin(self, name: str, kind: str) -> str:
        """The first part that a part points to by a kind of relationship ("slideLayout"), '' where there is none."""
        return next((target for found, target in self.targets(name).values() if found == kind and target in self.package), "")

    def own(self, name: str, unit: UnitDraft, shared: frozenset[str], depth: int = 0) -> None:
        """Note that a part and what hangs on it belong to the unit; kinds in `shared` belong to the whole file."""
        if not name or name in self.owners or depth > 8:
            return
        self.owners[name] = unit
        for kind, target in self.targets(name).values():
            if kind not in shared and target in self.package:
                self.own(target, unit, shared, depth + 1)

    def named(self, name: str) -> None:
        """Add the file name of a picture, film or embedded file where a person gave it."""
        if "/media/" in name or "/embeddings/" in name:
            file = name.rpartition("/")[2]
            base = file.rpartition(".")[0]
            if not (_AUTO_NAMES.fullmatch(base) or base.startswith("Microsoft_")):
                self.unit(name).add_once(Part.PROPERTY, file, where="name of a file inside")

    def links(self, name: str) -> None:
        """Addresses outside the file that a part names: link targets, linked pictures, linked workbooks, templates."""
        for _, kind, target, outside in self.package.outside(name):
            if outside:
                what = kind.rpartition("/")[2]
                where = "link" if what == "hyperlink" else f"linked {what}"
                self.unit(name).add_once(Part.LINK, target, where=where)
