"""Files become Documents here: one module per format, chosen by content, parsed in a child process with limits.

`extract` is the one function the rest of the product calls. Each format offers an `EXTRACTOR`; `content.registry` finds
them, so a new format is one new module. Nothing here judges what is risky, and nothing is ever fetched or run.
"""

from __future__ import annotations

from pathlib import Path

from content.document import Document
from extractors.base import Extractor, InputFile

__all__ = ["Extractor", "InputFile", "extract"]


def extract(path: Path, name: str = "") -> Document:
    """Read a file in an isolated child and say what it says and where.

    `name` is what people call it, where the path says something else (a file of the store lies under its hash).
    Raises UnreadableFile for what is missing, empty, broken, too large or of no known format, EncryptedFile for what
    needs a password. Costs about 20 ms above the parsing itself; safe to call from threads.
    """
    from extractors.host import run
    from language.detect import language_of

    document = run(Path(path), name)
    readable = "\n".join(block.text for _, block in document.blocks() if block.readable)
    return document.model_copy(update={"language": language_of(readable)})
