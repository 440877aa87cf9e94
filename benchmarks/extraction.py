"""What extraction finds and what it costs, beside MarkItDown and the bare libraries, in one run.

    python -m benchmarks.extraction --coverage [--markitdown PYTHON]
    python -m benchmarks.extraction --decks FOLDER --pdfs FOLDER [--repeats 3]

Coverage: a word in every place of every kind of file, place by place. Cost: CPU seconds of reading each file in this
process, next to a bare walk with python-pptx (shapes, groups, tables, notes) and to bare pypdfium2 (the text of each page);
each file is read by both in turn, the least of the repeats counts, and ratios are printed. Isolation: what a child of its
own adds to a document. `--markitdown` names the Python of an environment that has MarkItDown; it is never needed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.extraction_probes import Planted

_PEER = """
import json, sys, time
from markitdown import MarkItDown
reader = MarkItDown()
found = {}
for name in sys.argv[1:]:
    start = time.process_time()
    try:
        text = reader.convert(name).text_content
    except Exception:
        text = None
    found[name] = (text, time.process_time() - start)
print(json.dumps(found))
"""


def planted() -> Iterator[Planted]:
    """The probe files of all kinds."""
    from benchmarks import extraction_probes, pdf_probes

    yield from extraction_probes.files()
    yield from pdf_probes.files()


def coverage(markitdown: str) -> tuple[list[str], bool]:
    """Rows of a Markdown table, one a place, and whether every place was found as it should be."""
    import extractors
    from content.errors import DeckprismError

    files = list(planted())
    rows = ["| file | place | expected | Deckprism | MarkItDown |", "|---|---|---|---|---|"]
    ours = theirs = count = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / each.name for each in files]
        for path, each in zip(paths, files, strict=True):
            path.write_bytes(each.data)
        peer = _peer(markitdown, paths) if markitdown else {}
        for path, each in zip(paths, files, strict=True):
            try:
                document = extractors.extract(path)
            except DeckprismError as error:
                rows.append(f"| {each.name} | all | | not read: {error.what} | |")
                count += len(each.probes)
                continue
            text = peer.get(str(path), (None, 0.0))[0]
            for probe in each.probes:
                wrong = probe.wrong(document)
                seen = text is not None and probe.part is not None and probe.word.lower() in text.lower()
                count, ours, theirs = count + 1, ours + (not wrong), theirs + seen
                expected = f"{probe.part.value}, {probe.seen}" if probe.part is not None else "listed as unread"
                rows.append(f"| {each.name} | {probe.place} | {expected} | {wrong or 'yes'} | "
                            f"{'' if not markitdown else 'not opened' if text is None else 'yes' if seen else '-'} |")
    rows.append(f"| all | {count} places | | {ours} | {theirs if markitdown else ''} |")
    return rows, ours == count


def _peer(python: str, paths: Sequence[Path]) -> dict[str, tuple[str | None, float]]:
    command = [python, "-c", _PEER, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return {name: (text, cpu) for name, (text, cpu) in json.loads(done.stdout).items()}


def bare_deck(path: Path) -> int:
    """A walk with python-pptx over shapes, groups, tables and notes; gives the number of characters."""
    from pptx import Presentation

    def texts(shapes: object) -> Iterator[str]:
        for shape in shapes:  # type: ignore[attr-defined]
            if getattr(shape, "shapes", None) is not None:
                yield from texts(shape.shapes)
            elif getattr(shape, "has_table", False):
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            elif shape.has_text_frame:
                yield shape.text_frame.text

    count = 0
    for slide in Presentation(str(path)).slides:
        count += sum(map(len, texts(slide.shapes)))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            count += len(slide.notes_slide.notes_text_frame.text)
    return count


def bare_pdf(path: Path) -> int:
    """The text of every page by pypdfium2; gives the number of characters."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    count = 0
    for page in document:
        text = page.get_textpage()
        count += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return count


def _ours(path: Path) -> int:
    from extractors.base import InputFile
    from extractors.choose import read

    return sum(len(block.text) for _, block in read(InputFile(path.name, path.read_bytes())).blocks())


def cost(paths: Sequence[Path], bare: Callable[[Path], int], repeats: int) -> tuple[list[str], float]:
    """A line a file, and the ratio of all CPU seconds to those of the bare library. Both read each file in turn."""
    from content.errors import DeckprismError

    rows, total, base = [], 0.0, 0.0
    _timed(_ours, paths[0])
    for path in paths:
        try:
            took = [(_timed(bare, path), _timed(_ours, path)) for _ in range(repeats)]
        except (DeckprismError, ValueError, KeyError, OSError) as error:
            rows.append(f"{path.name[:50]:50} not read by both: {type(error).__name__}")
            continue
        one, two = min(each[0] for each in took), min(each[1] for each in took)
        base, total = base + one, total + two
        rows.append(f"{path.name[:50]:50} bare {one:7.3f} s   Deckprism {two:7.3f} s   x {two / max(one, 1e-6):5.2f}")
    return rows, total / max(base, 1e-6)


def _timed(work: Callable[[Path], int], path: Path) -> float:
    start = time.process_time()
    work(path)
    return time.process_time() - start


def isolation(path: Path, times: int = 40) -> tuple[float, float]:
    """CPU seconds a document by a child of the warm server, and in this process; children are counted in."""
    import threading

    import extractors.host as host

    stay = threading.Event()
    beside = threading.Thread(target=stay.wait, daemon=True)  # with a thread beside, the server is what is used
    beside.start()
    host.run(path)
    start = _all_cpu(host)
    for _ in range(times):
        host.run(path)
    isolated = (_all_cpu(host) - start) / times
    stay.set()
    own = min(_timed(_ours, path) for _ in range(times))
    return isolated, own


def _all_cpu(host: object) -> float:
    """CPU of this process, of the fork server, and of the children that it has waited for."""
    process = host._server._process  # type: ignore[attr-defined]
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(map(int, fields[11:15]))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime + ticks / 100


def preflight(paths: Sequence[Path]) -> list[float]:
    """Milliseconds of CPU to look over each package before anything is parsed."""
    from extractors.base import InputFile

    took = []
    for path in paths:
        data = path.read_bytes()
        if data.startswith(b"PK"):
            start = time.process_time()
            InputFile(path.name, data).package.check()
            took.append(1000 * (time.process_time() - start))
    return sorted(took)


def main() -> int:
    """Print what was asked for. Exit code 1 when a place is not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("--markitdown", default="", metavar="PYTHON")
    parser.add_argument("--decks", type=Path)
    parser.add_argument("--pdfs", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    whole = True
    if asked.coverage:
        rows, whole = coverage(asked.markitdown)
        print("\n".join(rows))
    for folder, pattern, bare, name in ((asked.decks, "*.pptx", bare_deck, "python-pptx walk"),
                                        (asked.pdfs, "*.pdf", bare_pdf, "pypdfium2")):
        if folder is None:
            continue
        paths = sorted(folder.glob(pattern))
        rows, ratio = cost(paths, bare, asked.repeats)
        print("\n".join(rows))
        print(f"all: x {ratio:.2f} of the {name}")
        if asked.markitdown:
            peer = _peer(asked.markitdown, paths)
            print(f"MarkItDown on the same files: {sum(cpu for _, cpu in peer.values()):.1f} CPU s, "
                  f"{sum(text is None for text, _ in peer.values())} not read")
        took = preflight(paths)
        if took:
            print(f"preflight: median {statistics.median(took):.1f} ms, p99 {took[int(0.99 * (len(took) - 1))]:.1f} ms, "
                  f"largest {took[-1]:.1f} ms CPU, {len(took)} packages")
        isolated, own = isolation(min(paths, key=lambda path: path.stat().st_size))
        print(f"isolation: {1000 * isolated:.1f} ms CPU a document in a child, {1000 * own:.1f} ms in process: "
              f"{1000 * (isolated - own):.1f} ms more")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
