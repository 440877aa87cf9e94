"""Our segmentation beside TextTiling, C99, a semantic chunker and two baselines, in one run, as a table.

    python -m benchmarks.topics SET.json.gz...            Pk, WindowDiff, F1, segments for each true one, ms for 100 units
    python -m benchmarks.topics --folds 8 SET.json.gz...  adds ours with weights that never saw the document
    python -m benchmarks.topics --deck FILE               CPU seconds and memory of `deckprism topics` on one file

The sets lie outside this project (benchmarks/topic_measures.py says what they look like); it says nothing of titles or
keyphrases. The weights in topics/data were fitted on such sets, so the row with folds is the one to believe. For folds the
kind of text is taken from the first document, and several sets of one kind may be given to learn from together.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import fit_topics, topic_peers
from benchmarks.topic_measures import Score, Text, families, load, mean, score
from content.document import Block, Body, Part, Source, Unit
from language.detect import language_of
from topics import find_topics, reading, segment
from topics.cues import CUES
from topics.segmenting import Weights, kind_of, starts_of, weights


def _in_a_pack(units: Sequence[str]) -> list[int]:
    """Slides as a deck without layouts, cut under the rules of a pack: four to eight topics, three units each."""
    readings = [reading.of_text(unit, "en") for unit in units]
    slides = tuple(Unit(number=number, kind="slide", title=one.title, blocks=tuple(
        Block(id=f"s{number}.b{n}", part=Part.BODY if n or not one.title else Part.TITLE, text=piece)
        for n, piece in enumerate(one.pieces))) for number, one in enumerate(readings, start=1))
    body = Body(id="0" * 64, source=Source(name="set", sha256="0" * 64, media_type="text/plain", bytes=0),
                language=language_of("\n".join(units)[:60_000]), units=slides)
    return [topic.first - 1 for topic in find_topics(body)[1:]]


METHODS: dict[str, Callable[[Sequence[str]], list[int]]] = {
    "no boundary": topic_peers.none, "even": topic_peers.even, "TextTiling": topic_peers.text_tiling, "C99": topic_peers.c99,
    "semantic chunker": topic_peers.semantic_chunker, "ours": segment, "ours, for a pack": _in_a_pack,
}
#: Ways of making folds whose mean is taken: one alone is off by .03 with so few documents.
_ROUNDS = 5


def measured(method: Callable[[Sequence[str]], list[int]], texts: Sequence[Text]) -> tuple[Score, float]:
    """The mean score of a method, and CPU milliseconds for 100 units."""
    started = time.process_time()
    found = [method(text.units) for text in texts]
    spent = time.process_time() - started
    scores = [score(text.boundaries, cuts, len(text.units)) for text, cuts in zip(texts, found, strict=True)]
    return mean(scores), 100_000 * spent / sum(len(text.units) for text in texts)


def crossed(texts: Sequence[Text], folds: int) -> list[Score]:
    """The score of each document with cue weights fitted on the other folds, the mean of _ROUNDS ways of making folds.

    Versions of one talk are of one fold. The five numbers above the cues are those of the committed table: what folds test
    is the learning of the cues.
    """
    kinds = [_kind(text) for text in texts]
    kind = max(sorted(set(kinds)), key=kinds.count)
    keep = [n for n, name in enumerate(CUES) if name not in fit_topics.LEFT_OUT[kind]]
    pairs = [fit_topics.pair_of(text.units, text.boundaries) for text in texts]
    kin = families(texts)
    result: list[list[Score]] = [[] for _ in texts]
    for turn in range(_ROUNDS):
        # Every round has other company, and the same at every run.
        order = sorted(set(kin))
        random.Random(turn).shuffle(order)
        at = [order.index(family) % folds for family in kin]
        for fold in range(folds):
            learnt = fit_topics.fit(
                np.vstack([cues[:, keep] for (cues, _), its in zip(pairs, at, strict=True) if its != fold]),
                np.concatenate([truth for (_, truth), its in zip(pairs, at, strict=True) if its != fold]),
                fit_topics.RIDGE[kind])
            named = {CUES[n]: float(value) for n, value in zip(keep, learnt[:-1], strict=True)}
            table = replace(weights(kind), cues=named)
            for n, text in enumerate(texts):
                if at[n] == fold:
                    result[n].append(score(text.boundaries, _cut(text.units, table), len(text.units)))
    return [mean(scores) for scores in result]


def _kind(text: Text) -> str:
    language = language_of("\n".join(text.units)[:60_000])
    return kind_of([reading.of_text(unit, language) for unit in text.units])


def _cut(units: Sequence[str], table: Weights) -> list[int]:
    language = language_of("\n".join(units)[:60_000])
    return starts_of([reading.of_text(unit, language) for unit in units], language, table)


def _row(name: str, result: Score, tail: str = "") -> None:
    print(f"| {name:22} | {result.pk:.3f} | {result.window_diff:.3f} | {result.f1:.3f} | {result.ratio:5.2f} | {tail:>6} |")


def cost_of(file: Path) -> None:
    """Print what finding topics costs once everything is loaded, and the peak memory of the process."""
    import resource

    from extractors import extract

    document = extract(file)
    segment(["The first call loads the model.", "Nothing of it is measured."])
    started = time.process_time()
    found = find_topics(document)
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{file.name}: {len(document.content_units())} units, {len(found)} topics, {spent:.2f} CPU s, peak {peak:.0f} MB")


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--deck", action="append", type=Path, default=[])
    args = parser.parse_args()
    for file in args.deck:
        cost_of(file)
    segment(["The first call loads the model.", "Nothing of it is measured."])
    texts = {file: load(file) for file in args.sets}
    folded: dict[Path, list[Score]] = {}
    if args.folds and texts:
        by_kind: dict[str, list[Path]] = {}
        for file, own in texts.items():
            by_kind.setdefault(_kind(own[0]), []).append(file)
        for files in by_kind.values():
            scores = crossed([text for file in files for text in texts[file]], args.folds)
            for file in files:
                folded[file], scores = scores[:len(texts[file])], scores[len(texts[file]):]
    for file, own in texts.items():
        print(f"\n{file.name}: {len(own)} documents, {sum(len(text.units) for text in own)} units")
        print("| method                 | Pk    | WD    | F1    | ratio | ms/100 |\n|---|---|---|---|---|---|")
        for name, method in METHODS.items():
            if method is _in_a_pack and _kind(own[0]) != "slides":
                continue
            result, spent = measured(method, own)
            _row(name, result, f"{spent:.1f}")
        if file in folded:
            _row(f"ours, {args.folds} folds", mean(folded[file]))


if __name__ == "__main__":
    main()
