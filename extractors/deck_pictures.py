"""A whole deck as PDF by LibreOffice, so that its slides can be shown as they look. Only for eyes that may see the deck.

LibreOffice is a program of its own (`extractors.libreoffice` says within which bounds). Nothing should wait for this: it
takes seconds to minutes. The pictures are of the file as it is: which of them may enter a pack is judged elsewhere.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from extractors import child, libreoffice

if TYPE_CHECKING:
    from extractors.package import Package

#: Media type -> suffix that LibreOffice knows it by, and the filter that writes the PDF.
_IMPRESS = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_KINDS = {
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.ms-powerpoint": "ppt",
}
SECONDS = 120
#: What a slide is drawn with, by the last word of the relationship, and what is not drawn. All else may hold a picture.
_DRAWN_WITH = frozenset({"slideLayout", "slideMaster", "theme", "chart", "diagramData", "diagramLayout", "diagramQuickStyle",
                         "diagramColors", "diagramDrawing", "chartStyle", "chartColorStyle", "themeOverride"})
_PLAIN = frozenset({"notesSlide", "comments", "tags", "slide", "package", "handoutMaster", "notesMaster"})
_LOOK_SECONDS, _MOST_ANSWER = 60, 1 << 20


def possible(media_type: str) -> bool:
    """Whether decks of this kind can be drawn here."""
    return media_type in _KINDS and bool(libreoffice.program())


def renderer() -> str:
    """What draws decks here, with its version; '' where nothing does."""
    known = libreoffice.renderer()
    return f"libreoffice-{known}" if known else ""


def deck_pdf(deck: Path, media_type: str, target: Path) -> bool:
    """Write the deck as PDF, hidden slides and all, to `target` by one rename. False when nothing came of it."""
    suffix = _KINDS.get(media_type)
    if suffix is None or not libreoffice.program():
        return False
    with tempfile.TemporaryDirectory(prefix="deckprism-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"deck.{suffix}"
        shutil.copyfile(deck, source)
        libreoffice.convert(source, _IMPRESS, folder, SECONDS)
        made = folder / "out" / "deck.pdf"
        if not made.is_file() or not made.stat().st_size:
            return False
        partial = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
        try:
            shutil.copyfile(made, partial)
            partial.chmod(0o600)
            os.replace(partial, target)  # noqa: PTH105 - the same call on every system
        except OSError:
            partial.unlink(missing_ok=True)
            return False
    return True


def bare_slides(deck: Path, media_type: str) -> frozenset[int]:
    """The slides of a deck, by number, on which no picture can be: neither the slide nor anything that it is drawn with
    (layout, master, theme, chart, diagram) refers to one. None of them where that is not known for this kind of file."""
    if _KINDS.get(media_type) != "pptx":
        return frozenset()
    done = child.run_module("extractors.deck_pictures", (str(deck.absolute()),), _LOOK_SECONDS, most=_MOST_ANSWER)
    if not done.well:
        return frozenset()
    return frozenset(int(number) for number in json.loads(done.output))


def _main(deck: str) -> int:
    """Write the numbers of the bare slides as JSON, with the limits of every reader."""
    from extractors.host import limit
    from extractors.package import Package
    from extractors.xml import P, R, parse

    limit()
    package = Package(deck, Path(deck).read_bytes())
    main = package.main_part
    targets = {rid: target for rid, _, target, outside in package.relations(main) if not outside}
    entries = parse(package.read(main)).iterfind(f"{P}sldIdLst/{P}sldId")
    bare = [number for number, entry in enumerate(entries, start=1)
            if (name := targets.get(entry.get(R + "id", ""), "")) and not _shows_pictures(package, name)]
    sys.stdout.write(json.dumps(bare))
    return 0


def _shows_pictures(package: Package, slide: str) -> bool:
    """Whether a slide or what it is drawn with refers to anything that has pixels or a look of its own, here or outside."""
    waiting, done = [slide], {slide}
    while waiting:
        part = waiting.pop()
        for _, kind, target, outside in package.relations(part):
            what = kind.rpartition("/")[2]
            # A master names all layouts; a slide is drawn with its own.
            if what in _PLAIN or (outside and what == "hyperlink") or (what == "slideLayout" and part != slide):
                continue
            if what not in _DRAWN_WITH or outside:
                return True
            if target in package and target not in done:
                done.add(target)
                waiting.append(target)
    return False


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
