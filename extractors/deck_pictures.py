"""A whole deck as PDF by LibreOffice, so that its slides can be shown as they look. Only for eyes that may see the deck.

LibreOffice is a program of its own (`extractors.libreoffice` says within which bounds). Nothing should wait for this: it
takes seconds to minutes. The pictures are of the file as it is, so they never enter a pack.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from extractors import libreoffice

#: Media type -> suffix that LibreOffice knows it by, and the filter that writes the PDF.
_IMPRESS = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_KINDS = {
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.ms-powerpoint": "ppt",
}
SECONDS = 120


def possible(media_type: str) -> bool:
    """Whether decks of this kind can be drawn here."""
    return media_type in _KINDS and bool(libreoffice.program())


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
