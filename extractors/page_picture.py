"""One page of a PDF as PNG, drawn in a process of its own with the limits of every reader; pdfium may abort.

Called as a module by `page_png`: arguments are file, page (from 1) and width in pixels; the PNG goes to standard output.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WIDTH, WALL_SECONDS = 1200, 20
_LARGEST = 16 << 20


def page_png(file: Path, page: int, width: int = WIDTH) -> bytes:
    """The page, or b'' when it cannot be drawn: the text beside it says everything."""
    root = Path(__file__).resolve().parent.parent
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "extractors.page_picture", str(file), str(page), str(width)], check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=WALL_SECONDS,
            start_new_session=True, env={"PYTHONPATH": str(root), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"})
    except (OSError, subprocess.TimeoutExpired):
        return b""
    good = done.returncode == 0 and done.stdout.startswith(b"\x89PNG") and len(done.stdout) <= _LARGEST
    return done.stdout if good else b""


def _main(file: str, page: str, width: str) -> int:
    import io

    from extractors.host import _limit

    _limit()
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
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
