"""One page of a PDF as PNG, drawn in a process of its own (`child`) with the limits of every reader; pdfium may abort.

Called as a module by `page_png`: arguments are file, page (from 1) and width in pixels; the PNG goes to standard output.
Page 0 asks for the number of pages.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extractors import child

WIDTH, WALL_SECONDS = 1200, 20
_LARGEST = 16 << 20


def page_png(file: Path, page: int, width: int = WIDTH) -> bytes:
    """The page, or b'' when it cannot be drawn: the text beside it says everything."""
    made = _ask(file, page, width)
    return made if made.startswith(b"\x89PNG") else b""


@cache
def renderer() -> str:
    """What draws pages, with its version and their width: pictures that are kept are kept under it."""
    try:
        return f"pdfium-{version('pypdfium2')}-{WIDTH}"
    except PackageNotFoundError:
        return f"pdfium-{WIDTH}"


def page_count(file: Path) -> int:
    """How many pages the file has; 0 when it cannot be opened."""
    said = _ask(file, 0, 0)
    return int(said) if said.isdigit() else 0


def _ask(file: Path, page: int, width: int) -> bytes:
    done = child.run_module("extractors.page_picture", (str(file.absolute()), str(page), str(width)), WALL_SECONDS,
                            most=_LARGEST)
    return done.output if done.well else b""


def _main(file: str, page: str, width: str) -> int:
    import io

    from extractors.host import limit

    limit()
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    if page == "0":
        sys.stdout.buffer.write(str(len(document)).encode())
        return 0
    drawn = document[int(page) - 1]
    scale = min(int(width) / max(drawn.get_width(), 1.0), 4.0)
    if drawn.get_width() * drawn.get_height() * scale * scale > 8_000_000:
        return 1
    out = io.BytesIO()
    drawn.render(scale=scale).to_pil().save(out, "PNG")
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:4]))
