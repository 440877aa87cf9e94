"""The picture of a unit: the page of a PDF or the slide of a deck itself with what was found marked on it, or a drawing from
its boxes where there is none.

A deck is drawn whole by LibreOffice, where that is installed, in the background and once; until it is done, and where it
fails, the drawing serves. Pictures are kept by the hash of the original and by what drew them, so that they are made once
however often a file is handed in. They are given to those who may read a submission of it, and go when the original goes.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content.document import Document, Unit
from content.finding import Finding
from content.look import hue
from desk.rights import Actor, NotThere
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
    page = _page_of(office, document, number)
    return Picture(unit, document.size, findings, numbers, hue(topic.number) if topic else -1, page)


def forget(office: Office, sha256: str) -> None:
    """Delete every picture that was made of an original. Raises OSError when one cannot be deleted."""
    folder = office.pictures() / sha256
    if folder.is_dir():
        shutil.rmtree(folder)


def kept_of(office: Office) -> frozenset[str]:
    """The originals of which pictures are kept."""
    return frozenset(each.name for each in office.pictures().iterdir())


def _page_of(office: Office, document: Document, number: int) -> bytes:
    """The page or slide itself as PNG; b'' where there is none, or none yet."""
    from extractors import deck_pictures, page_picture

    kind, sha256 = document.source.media_type, document.source.sha256
    is_pdf = kind == "application/pdf"
    if not is_pdf and not deck_pictures.possible(kind):
        return b""
    original = Path(office.files.path(sha256))
    by = page_picture.renderer() if is_pdf else f"{deck_pictures.renderer()}-{page_picture.renderer()}"
    folder = office.pictures() / sha256 / by

    def there() -> bool:
        return office.files.has(sha256)

    if is_pdf:
        return _page(folder, original, number, there)
    deck = _deck(folder, original, kind, sum(each.number > 0 for each in document.units), there)
    return _page(folder, deck, number, there) if deck is not None else b""


def _made(folder: Path) -> None:
    """Make the folder of a renderer; what another version of it drew of the same original goes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _page(folder: Path, original: Path, number: int, there: Callable[[], bool]) -> bytes:
    """The page as PNG, made once and kept, so that the next who asks does not wait."""
    from extractors.page_picture import page_png

    kept = folder / f"{number}.png"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    made = page_png(original, number)
    if made and there():  # the original may have gone while it was drawn
        try:
            _made(folder)
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


def _deck(folder: Path, original: Path, media_type: str, slides: int, there: Callable[[], bool]) -> Path | None:
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
    threading.Thread(target=_draw_deck, args=(folder, original, media_type, slides, there), daemon=True).start()
    return None


def _draw_deck(folder: Path, original: Path, media_type: str, slides: int, there: Callable[[], bool]) -> None:
    """Draw a deck and keep it, or a note that it cannot be drawn. A PDF with another number of pages would show the wrong
    slide beside a finding, so it is not used."""
    from extractors.deck_pictures import deck_pdf
    from extractors.page_picture import page_count

    try:
        with _one:
            _made(folder)
            made = folder / "deck.part.pdf"
            if deck_pdf(original, media_type, made) and page_count(made) == slides:
                os.replace(made, folder / "deck.pdf")  # noqa: PTH105 - the same call on every system
            else:
                made.unlink(missing_ok=True)
                (folder / "deck.none").touch(mode=0o600)
            if not there():  # it was deleted for good while it was drawn
                shutil.rmtree(folder.parent, ignore_errors=True)
    except OSError:
        pass  # the pictures went while the deck was drawn
    finally:
        with _lock:
            _drawing.discard(folder)
