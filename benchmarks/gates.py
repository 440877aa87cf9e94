"""How many seeded faults the gates see, and how often they complain of a pack that is as it was made.

    python -m benchmarks.gates [DECK...] [--each 200] [--seed 11] [--customers CSV] [--decisions JSON]

Every change is made to one draft of a good pack and judged alone (benchmarks/gate_changes.py). Leaks are withheld strings
put into files in several disguises; the account is changed in places; files are changed byte by byte. Nothing is written.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.gate_changes import CHANGES, Field
from content.cleared import ClearedDocument, Withheld
from content.draft import Artefact, Draft
from content.pack import Pack, UnusedUnit
from flows.case import Request, open_case
from flows.steps import run_stage
from gates import gates
from gates.reading import PackOnDisk, integrity, read_pack
from gates.work import Work
from language.source import index

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "social-business.pptx"
_STAGES = ("extract", "scan", "clear", "topics", "write", "render", "gate", "publish")
_LOOKALIKE = str.maketrans({"a": "а", "e": "е", "o": "о", "c": "с"})


@dataclass(frozen=True, slots=True)
class Made:
    """A good pack, in memory and on disk, with what it must be true to."""

    work: Work
    disk: PackOnDisk


@dataclass(slots=True)
class Row:
    """One kind of change: how many were made and seen, and the texts that were not."""

    kind: str
    gate: str
    made: int = 0
    seen: int = 0
    missed: list[str] = dataclasses.field(default_factory=list)

    @property
    def share(self) -> float:
        """Seen of made, 0 to 1."""
        return self.seen / self.made if self.made else 1.0


def make(deck: Path, customers: Path | None, decisions: Path | None, out: Path) -> Made:
    """Make the pack of a deck, without speech."""
    case = open_case(Request(file=deck, out=out, customers=customers, decisions=decisions, audio=False))
    for stage in _STAGES:
        run_stage(stage, case)
    pack, cleared = case.get("pack", Pack), case.get("cleared", ClearedDocument)
    work = Work(drafts=pack.drafts, artefacts=case.get("files", tuple[Artefact, ...]), cleared=cleared,
                index=index(cleared), withheld=case.get("withheld", Withheld), coverage=pack.coverage, slug=pack.slug)
    return Made(work, read_pack(Path(case.get("folder", str))))


def alarms(made: Made) -> int:
    """Reasons that the gates give against a pack as it was made."""
    return sum(len(gate.check(made.work).reasons) for gate in gates()) + len(integrity(made.disk).reasons)


def measure(made: Made, each: int, seed: int) -> list[Row]:
    """Every kind of change, `each` times."""
    judge = {gate.name: gate for gate in gates()}
    rows = []
    for kind, (gate, _) in CHANGES.items():
        row = Row(kind, gate)
        for turned in _turns(made, kind, each, seed):
            work = dataclasses.replace(made.work, drafts=turned, artefacts=())
            row.made += 1
            seen = bool(judge[gate].check(work).refused)
            row.seen += seen
            if not seen:
                row.missed.append(_difference(made.work.drafts, turned))
        if row.made:
            rows.append(row)
    return [*rows, _leaks(made, each, seed), _accounts(made, each, seed), _files(made, each, seed)]


def _turns(made: Made, kind: str, each: int, seed: int) -> Iterator[tuple[Draft, ...]]:
    assert made.work.index is not None and made.work.cleared is not None
    field = Field(made.work.drafts, made.work.index, made.work.cleared.language, Random(f"{seed} {kind}"))
    left = each
    for _ in range(each * 5):  # a change that would be true is not made; not every deck has a place for every change
        if not left:
            return
        turned = CHANGES[kind][1](field)
        if turned is not None:
            left -= 1
            yield turned


def _difference(before: tuple[Draft, ...], after: tuple[Draft, ...]) -> str:
    known = {draft.name: {(each.text, each.sources) for each in draft.segments} for draft in before}
    return next((f"{draft.name}: {each.text!r} {each.sources}" for draft in after for each in draft.segments
                 if (each.text, each.sources) not in known[draft.name]), "?")


def _leaks(made: Made, each: int, seed: int) -> Row:
    """A withheld string, plain or disguised, in one text file."""
    row, random = Row("withheld text", "leak"), Random(f"{seed} leak")
    gate = next(gate for gate in gates() if gate.name == "leak")
    assert made.work.withheld is not None
    strings = [string for string in made.work.withheld.strings if len(string.text) >= 5]
    files = [file for file in made.work.artefacts if file.path.endswith((".md", ".json", ".html"))]
    for _ in range(each if strings else 0):
        string, file = random.choice(strings), random.choice(files)
        text = string.text
        disguise = random.randrange(4)
        if disguise == 1:
            text = text if string.case_sensitive else text.upper()
        elif disguise == 2:
            text = "\u200b".join((text[:2], text[2:]))
        elif disguise == 3:
            text = text.translate(_LOOKALIKE)
        lines = file.data.decode().split("\n")
        at = random.randrange(len(lines))
        lines[at] = f"{lines[at]} {text} "
        leaky = file.model_copy(update={"data": "\n".join(lines).encode()})
        row.made += 1
        alone = Work(drafts=(), artefacts=(leaky,), cleared=made.work.cleared, withheld=made.work.withheld)
        seen = not gate.check(alone).passed
        row.seen += seen
        if not seen:
            row.missed.append(f"{file.path}, disguise {disguise}")
    return row


def _accounts(made: Made, each: int, seed: int) -> Row:
    """A unit more or less in the account of what was used."""
    row, random = Row("account of use", "coverage"), Random(f"{seed} coverage")
    gate = next(gate for gate in gates() if gate.name == "coverage")
    said = made.work.coverage
    assert said is not None
    for _ in range(each):
        unit = random.choice(said.used_units)
        kind = random.randrange(3)
        if kind == 0:
            turned = said.model_copy(update={"uses": {n: names for n, names in said.uses.items() if n != unit}})
        elif kind == 1:
            turned = said.model_copy(update={"used_units": tuple(n for n in said.used_units if n != unit)})
        else:
            turned = said.model_copy(update={"unused": (*said.unused, UnusedUnit(unit=900 + unit, reason="because"))})
        row.made += 1
        row.seen += not gate.check(dataclasses.replace(made.work, coverage=turned)).passed
    return row


def _files(made: Made, each: int, seed: int) -> Row:
    """One byte of one file changed on disk, as the hashes see it."""
    row, random = Row("a byte of a file", "integrity"), Random(f"{seed} integrity")
    files = [file for file in made.disk.artefacts if file.path != "pack.json"]
    for _ in range(each):
        file = random.choice(files)
        at = random.randrange(len(file.data))
        data = file.data[:at] + bytes([file.data[at] ^ 1]) + file.data[at + 1:]
        rest = tuple(file.model_copy(update={"data": data}) if other is file else other for other in made.disk.artefacts)
        row.made += 1
        row.seen += not integrity(dataclasses.replace(made.disk, artefacts=rest, drafts=())).passed
    return row


def main(arguments: list[str]) -> int:
    """Print a table; 1 when a good pack was complained of."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gates")
    parser.add_argument("deck", nargs="*", type=Path, default=[SAMPLE])
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--customers", type=Path)
    parser.add_argument("--decisions", type=Path)
    parser.add_argument("--missed", action="store_true", help="print what was not seen (it is text of the deck)")
    options = parser.parse_args(arguments)
    false = 0
    with tempfile.TemporaryDirectory() as out:
        for deck in options.deck:
            made = make(deck, options.customers, options.decisions, Path(out))
            found = alarms(made)
            false += found
            print(f"{deck.name}: {len(made.work.drafts)} drafts, {found} complaints as made")
            for row in measure(made, options.each, options.seed):
                print(f"  {row.gate:<10}{row.kind:<18}{row.seen:>4} of {row.made:>4}  {row.share:>7.1%}")
                for text in row.missed if options.missed else ():
                    print(f"      {text}")
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
