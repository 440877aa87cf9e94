"""Refuses a pack when anything withheld stands in any byte of it, file names included.

The reasons name file, place and group, never the text. A part that cannot be searched refuses the pack too: what was not
looked at cannot be promised. Without the withheld strings the gate says that it was not run.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator

from content.draft import Artefact, Draft
from content.pack import GateResult
from gates.leak_bytes import Unsearchable, View, views
from gates.leak_search import Search
from gates.work import Work

#: Where the pictures of slides lie in a pack.
SLIDES = "pictures/slide-"


class LeakGate:
    """Searches drafts, files, file names and the folder's name for every withheld string."""

    name = "leak"

    def check(self, work: Work) -> GateResult:
        """Judge a pack. `refused` names the drafts that hold something withheld themselves."""
        if work.withheld is None:
            return GateResult(gate=self.name, passed=False, run=False,
                              reasons=("the source is not at hand",))
        search = Search(work.withheld.strings)
        reasons: dict[str, None] = {}
        refused = [draft.name for draft in work.drafts if _in_draft(draft, search)]
        for name in refused:
            reasons[f"{name}: holds something withheld"] = None
        for reason in _in_name(work.slug, "the folder's name", search):
            reasons[reason] = None
        size = 0
        for artefact in work.artefacts:
            size += len(artefact.data)
            for reason in _in_file(artefact, search):
                reasons[reason] = None
        return GateResult(
            gate=self.name, passed=not reasons, reasons=tuple(reasons), refused=tuple(refused),
            warnings=tuple(f"{each.path}: the slide as it looks; its pixels are let in by the rule of pictures, not searched"
                           for each in work.artefacts if _is_slide(each)),
            figures={"strings": float(search.count), "files": float(len(work.artefacts)), "bytes": float(size),
                     "hits": float(len(reasons))},
        )


def _in_draft(draft: Draft, search: Search) -> bool:
    texts = [draft.text, draft.title.text, draft.name, draft.path,
             *(sentence.text for values in draft.metadata.values() for sentence in values)]
    return bool(search.find("\n".join(texts)))


def _in_name(name: str, where: str, search: Search) -> Iterator[str]:
    for leak in search.find(f"{name}\n{urllib.parse.unquote(name)}"):
        yield f"{where} holds something withheld (group {leak.group})"


def _in_file(artefact: Artefact, search: Search) -> Iterator[str]:
    """The reasons of one file, one for each group in it: the first place is enough to mend it."""
    named = list(_in_name(artefact.path, "the name of a file", search))
    yield from named
    path = "a file whose name is withheld" if named else artefact.path
    seen: set[str] = set()
    try:
        for view in views(artefact.data):
            for leak in search.find(view.text, view.least):
                if leak.group not in seen:
                    seen.add(leak.group)
                    yield f"{path}, {_label(view, search)}, {_offset(view, leak.at)}: something withheld (group {leak.group})"
    except Unsearchable as error:
        what = str(error.args[0])
        yield f"{path}: {'a part' if search.find(what) else what} and was not searched"


def _is_slide(artefact: Artefact) -> bool:
    """Whether a picture of a slide is the slide itself: a drawing carries its words as a comment, so they are searched."""
    return artefact.path.startswith(SLIDES) and b"Comment\0" not in artefact.data[:64 << 10]


def _label(view: View, search: Search) -> str:
    return "a part whose name is withheld" if search.find(view.where) else view.where


def _offset(view: View, at: int) -> str:
    if view.exact:
        return f"byte {len(view.text[:at].encode('utf-8', 'replace'))}"
    return f"about character {at}"


GATE = LeakGate()
