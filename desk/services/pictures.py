"""The picture of a unit: the page of a PDF or the slide of a deck itself with what was found marked on it, or a drawing from
its boxes where there is none.

A deck is drawn whole by LibreOffice, where that is installed, in the background and once; until it is done, and where it
fails, the drawing serves. All pictures lie with the case, are given to those who may read the submission, and go with it.
"""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

from content.document import Document, Unit
from content.finding import Finding
from content.look import hue
from desk.rights import Actor, NotThere
from desk.services.material import case_folder
from desk.services.office import Office, reading
from desk.services.standing import marked_material
from desk.services.submissions import found


@dataclass(frozen=True, slots=True)
class Picture:
    """What there is to draw: the unit, the size of the document, what was found on it, and the page where there is one."""

    unit: Unit
    size: tuple[float, float]
    findings: tuple[Finding, ...]
    numbers: dict[str, int]
    hue: int
    page: bytes


def picture(office: Office, actor: Actor, submission: str, number: int) -> Picture:
    """A unit to draw. Raises NotThere when there is none, or it has no place on any slide."""
    with reading(office.engine) as session:
        found(session, actor, submission)
        material = marked_material(office, session, submission)
    document = material.document
    unit = next((each for each in document.units if each.number == number and number > 0), None)
    if unit is None or document.size is None:
        raise NotThere("this picture", "is not there", "Read the text: it says everything")
    findings = tuple(each for each in material.findings if each.unit == number)
    numbers = {name: count for count, name in enumerate(dict.fromkeys(each.group for each in findings), start=1)}
    topic = next((each for each in material.topics if each.first <= number <= each.last), None)
    page = _page_of(office, submission, document, number)
    return Picture(unit, document.size, findings, numbers, hue(topic.number) if topic else -1, page)


def _page_of(office: Office, submission: str, document: Document, number: int) -> bytes:
    """The page or slide itself as PNG; b'' where there is none, or none yet."""
    from extractors.deck_pictures import possible

    kind, folder = document.source.media_type, case_folder(office, submission) / "pages"
    if kind != "application/pdf" and not possible(kind):
        return b""
    original: Path | None = Path(office.files.path(document.source.sha256))
    if original is not None and kind != "application/pdf":
        original = _deck(folder, original, kind, sum(each.number > 0 for each in document.units))
    return _page(folder, original, number) if original is not None else b""


def _page(folder: Path, original: Path, number: int) -> bytes:
    """The page as PNG, made once and kept with the case, so that it goes when the case goes."""
    from extractors.page_picture import page_png

    kept = folder / f"{number}.png"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    made = page_png(original, number)
    if made:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            partial = folder / f".{number}-{secrets.token_hex(4)}"
            partial.write_bytes(made)
            os.replace(partial, kept)  # noqa: PTH105 - the same call on every system
        except OSError:
            return made
    return made


#: Decks that are being drawn now. One at a time: LibreOffice takes a core and some hundred MB.
_drawing: set[Path] = set()
_lock = threading.Lock()
_one = threading.Lock()


def _deck(folder: Path, original: Path, media_type: str, slides: int) -> Path | None:
    """The deck as PDF when it was drawn; None when it is still to come (it is begun here) or cannot be."""
    kept = folder / "deck.pdf"
    if kept.is_file():
        return kept
    if (folder / "deck.none").exists():
        return None
    with _lock:
        if folder in _drawing:
            return None
        _drawing.add(folder)
    threading.Thread(target=_draw_deck, args=(folder, original, media_type, slides), daemon=True).start()
    return None


def _draw_deck(folder: Path, original: Path, media_type: str, slides: int) -> None:
    """Draw a deck and keep it, or a note that it cannot be drawn. A PDF with another number of pages would show the wrong
    slide beside a finding, so it is not used."""
    from extractors.deck_pictures import deck_pdf
    from extractors.page_picture import page_count

    try:
        with _one:
            folder.mkdir(mode=0o700, exist_ok=True)
            made = folder / "deck.part.pdf"
            if deck_pdf(original, media_type, made) and page_count(made) == slides:
                os.replace(made, folder / "deck.pdf")  # noqa: PTH105 - the same call on every system
            else:
                made.unlink(missing_ok=True)
                (folder / "deck.none").touch(mode=0o600)
    except OSError:
        pass  # the case went while its deck was drawn
    finally:
        with _lock:
            _drawing.discard(folder)
