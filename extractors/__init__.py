"""Files become Documents here: one module per format, chosen by content, parsed in a child process with limits.

`extract` is the one function the rest of the product calls. Each format offers an `EXTRACTOR`; `content.registry` finds
them, so a new format is one new module. Nothing here judges what is risky, and nothing is ever fetched or run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from content.document import Document
from extractors.base import Extractor, InputFile

__all__ = ["Extractor", "InputFile", "extract", "judge"]


def extract(path: Path, name: str = "") -> Document:
    """Read a file in an isolated child and say what it says and where.

    `name` is what people call it, where the path says something else (a file of the store lies under its hash).
    Raises UnreadableFile for what is missing, empty, broken, too large or of no known format, EncryptedFile for what
    needs a password. Old .ppt and .doc go through LibreOffice first, where it is installed. Words in
    pictures are read where that is switched on (see `extractors.ocr`). Costs about 20 ms above the parsing itself; safe to
    call from threads.
    """
    from extractors.chart_figures import in_language
    from language.detect import language_of

    document = _read(Path(path), name, _seen)
    readable = "\n".join(block.text for _, block in document.blocks() if block.readable)
    return in_language(document.model_copy(update={"language": language_of(readable)}))


def judge(path: Path, name: str = "") -> Document:
    """The same without words of pictures and without a language: only to know whether a file can be read, and as what.

    Raises what `extract` raises.
    """
    return _read(Path(path), name, lambda document, _: document)


def _read(path: Path, name: str, seen: Callable[[Document, Path], Document]) -> Document:
    """The file as it is read, and what `seen` makes of that and of the file that was read in the end."""
    from extractors import legacy, libreoffice
    from extractors.base import display_name
    from extractors.host import run

    old = legacy.kind_of(path)
    if old is None or not libreoffice.program():
        return seen(run(path, name), path)
    suffix, wanted, media_type = old
    shown = display_name(name or path.name)
    with legacy.converted(path, shown, suffix, wanted) as made:
        return legacy.named(seen(run(made, shown), made), path, media_type)


def _seen(document: Document, path: Path) -> Document:
    """The document with the words of its pictures, where they are to be read."""
    from extractors import ocr

    return ocr.with_words(document, path) if ocr.wanted() else document
