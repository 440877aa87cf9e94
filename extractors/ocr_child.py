"""The child process of OCR: takes the asked pictures out of a file and has Tesseract read each, by pipes alone.

Called as a module with the file as argument and the wish on standard input, it answers one JSON line a picture, and a last
one with `end` when nothing was left out. It never writes a file.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.ocr import MOST_PICTURES, program

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS_EACH = 25
#: Pixels: smaller pictures are icons, larger ones are drawn smaller.
_SMALLEST, _LARGEST = 24, 4000
_MOST_PIXELS = 40_000_000
_DPI = 200
_MOST_MEDIA = 48 << 20


def main(path: str) -> int:
    """Read what is asked for; the exit code says nothing."""
    from extractors.host import limit

    wish = json.loads(sys.stdin.buffer.read())
    limit()
    left = MOST_PICTURES
    for name, picture in _pictures(Path(path), wish):
        if not left:
            return 0
        text = _words(picture) if picture is not None else ""
        left -= 1
        _say({"name": name, "text": text})
    _say({"end": True})
    return 0


def _say(line: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


def _pictures(path: Path, wish: dict[str, list[str] | list[int]]) -> Iterator[tuple[str, Image | None]]:
    if path.open("rb").read(5) == b"%PDF-":
        yield from _of_pdf(path, {int(page) for page in wish["pages"]})
    elif wish["pictures"]:
        yield from _of_package(path, {str(sha256) for sha256 in wish["pictures"]})


def _of_package(path: Path, wanted: set[str]) -> Iterator[tuple[str, Image | None]]:
    """Pictures of an Office file, known by their hashes."""
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            if info.filename.endswith((".xml", ".rels")) or info.file_size > _MOST_MEDIA:
                continue
            data = package.read(info)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in wanted:
                wanted.discard(sha256)
                yield sha256, _opened(data)


def _opened(data: bytes) -> Image | None:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        opened = Image.open(io.BytesIO(data))
        if opened.width * opened.height > _MOST_PIXELS:
            return None
        opened.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    picture: Image.Image = opened
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        picture = ground
    return picture.convert("L")


def _of_pdf(path: Path, whole: set[int]) -> Iterator[tuple[str, Image | None]]:
    """Whole pages where a page is a picture and nothing else; the pictures on all other pages, each once."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path)
    done: set[bytes] = set()
    for number, page in enumerate(document, start=1):
        if number in whole:
            scale = min(_DPI / 72, _LARGEST / max(page.get_width(), page.get_height(), 1.0))
            yield f"page {number}", page.render(scale=scale, grayscale=True).to_pil()
            continue
        for place, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            try:
                picture = item.get_bitmap(render=False).to_pil().convert("L")
            except (pypdfium2.PdfiumError, ValueError, OSError):
                continue
            print_ = hashlib.sha256(picture.tobytes()).digest()
            if print_ not in done and picture.width * picture.height <= _MOST_PIXELS:
                done.add(print_)
                yield f"page {number}.{place}", picture
        page.close()


def _words(picture: Image) -> str:
    """What Tesseract reads; '' when it fails, takes too long or finds nothing. Small print is enlarged first."""
    if min(picture.size) < _SMALLEST:
        return ""
    longest = max(picture.size)
    factor = _LARGEST / longest if longest > _LARGEST else 2 if longest < 1000 else 1
    if factor != 1:
        picture = picture.resize((max(1, int(picture.width * factor)), max(1, int(picture.height * factor))))
    out = io.BytesIO()
    picture.save(out, "PPM")
    languages = os.environ.get("DECKPRISM_OCR_LANGUAGES", "eng")
    try:
        done = subprocess.run([program(), "stdin", "stdout", "-l", languages, "--psm", "11"], input=out.getvalue(),  # noqa: S603
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS_EACH, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
