"""A seeded mutation fuzzer over the readers: changes good files at random and reads them as the product does.

    python -m benchmarks.fuzz --minutes 30 --seed 7

Each file must come out as a Document or as one clear line, within the limits of a child. What is none of these is a fault:
the file that caused it is written to --keep FOLDER, and the exit code is 1. A child that had to be stopped is counted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.extraction_probes_parts import members, packed
from content.errors import EncryptedFile, UnreadableFile

_WORDS = (b"</a:t>", b"<p:sp>", b"r:id=\"rId9\"", b"endobj", b"obj", b"stream", b"/Kids[2 0 R]", b"9999999999", b"-1",
          b"\xff\xfe", b"\x00", b"<<", b">>", b"<!DOCTYPE a>", b"&lt;", b"]]>", b"/Length 1", b"{\\*",
          b"\\bin9999 ", b"%PDF-", b"PK\x03\x04")
_STOPPED = ("was stopped",)
#: A reader that raised something nobody foresaw: the product says so in one line, and the fuzzer counts it as a finding.
_UNFORESEEN = "in a way that the reader does not understand"


@dataclass(slots=True)
class Tally:
    """What came of the mutations: outcomes by kind of file, and what went wrong."""

    outcomes: Counter[str] = field(default_factory=Counter)
    unforeseen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def seeds(only: str = "") -> Iterator[tuple[str, bytes]]:
    """Good files: those of the probes, of all kinds or with one suffix."""
    from benchmarks import extraction_probes, pdf_probes

    for module in (pdf_probes, extraction_probes)[:1 if only == "pdf" else 2]:
        for planted in module.files():
            if planted.name.endswith(only):
                yield planted.name, planted.data


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A changed copy. Packages are changed inside their parts most of the time, so that the change gets past the zip."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        try:
            parts = members(data)
        except (zipfile.BadZipFile, zlib.error):
            return _bytes(data, chance)
        for name in chance.sample(sorted(parts), min(len(parts), chance.randint(1, 3))):
            if chance.random() < 0.1:
                del parts[name]
            else:
                parts[name] = _bytes(parts[name], chance)
        return packed(parts)
    return _bytes(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not changed:
            break
        at, length = chance.randrange(len(changed)), chance.choice((1, 2, 8, 64, 512))
        way = chance.randrange(7)
        if way == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            changed[at:at + length] = chance.randbytes(length)
        elif way == 2:
            del changed[at:at + length]
        elif way == 3:
            changed[at:at] = chance.choice(_WORDS)
        elif way == 4:
            other = chance.randrange(len(changed))
            changed[at:at] = changed[other:other + length]
        elif way == 5:
            changed[at:at + length] = changed[at:at + length] * 50
        else:
            del changed[at:at + len(changed) // 4]
    return bytes(changed)


def fuzz(seed: int, files: Sequence[tuple[str, bytes]], stop: float, most: int, keep: Path | None = None) -> Tally:
    """Read mutations until `most` were read or time (of time.monotonic) is at `stop`."""
    import extractors

    chance = random.Random(seed)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(most):
            if time.monotonic() > stop:
                break
            name, good = chance.choice(files)
            data = mutated(good, chance)
            path = Path(folder) / name
            path.write_bytes(data)
            kind = name.rpartition(".")[2]
            start = time.monotonic()
            odd = False
            try:
                extractors.extract(path)
                outcome = "read"
            except (UnreadableFile, EncryptedFile) as error:
                said = str(error)
                outcome = "stopped" if any(word in said for word in _STOPPED) else "refused"
                odd = _UNFORESEEN in said
                if odd:
                    tally.unforeseen[f"{kind}: {said[said.rfind('('):said.rfind(')') + 1]}"] += 1
            except Exception as error:  # the very thing that is looked for
                outcome = "FAULT"
                tally.faults.append(f"seed {seed}, number {number}, {name}: {type(error).__name__}")
            tally.slowest = max(tally.slowest, time.monotonic() - start)
            tally.outcomes[f"{kind} {outcome}"] += 1
            if keep is not None and (odd or outcome in ("FAULT", "stopped")):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}-{name}").write_bytes(data)
    return tally


def main() -> int:
    """Run for some minutes and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a suffix, such as pdf")
    parser.add_argument("--keep", type=Path, help="folder for files that caused a fault, something unforeseen or a stop")
    asked = parser.parse_args()
    files = tuple(seeds(asked.only))
    tally = fuzz(asked.seed, files, time.monotonic() + 60 * asked.minutes, 1 << 30, asked.keep)
    for outcome, count in sorted(tally.outcomes.items()):
        print(f"{count:8} {outcome}")
    for what, count in tally.unforeseen.most_common():
        print(f"{count:8} not foreseen, {what}")
    print(f"slowest {tally.slowest:.1f} s; {len(tally.faults)} faults")
    for fault in tally.faults:
        print(f"         {fault}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
