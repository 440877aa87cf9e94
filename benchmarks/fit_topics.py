"""Makes the cue weights of topics/data/weights.yaml from documents whose topic boundaries are known.

    python -m benchmarks.fit_topics --slides A.json.gz B.json.gz --paragraphs C.json.gz --sentences D.json.gz

The files are sets as benchmarks/topic_measures.py describes them. A ridge logistic regression over the cues of
topics/cues.py is fitted for each kind of text and printed as YAML with two decimals; with `--half` it is fitted on every
other document and the ranking quality (AUC) on the rest is printed, which is the honest figure of the cues; `python -m
benchmarks.topics --folds 8` has that of the whole decision. The five numbers above the cues are not fitted here: those of
`slides` were picked from a grid by such folds, as a middle of values that do alike under the rules of a pack and without
(`base` here is that of the regression, where the words count for nothing).
The data is public, lies outside this project and is not needed to run it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.topic_measures import load
from language.detect import language_of
from topics import embed, reading
from topics.cues import CUES, WIDTHS, cue_rows

#: Cues that say something of the test set and not of texts at large.
LEFT_OUT: dict[str, set[str]] = {
    "slides": {*(f"alike_{width}" for width in WIDTHS), "words_go_forward", "words_leave_behind"},
    "paragraphs": {"same_title", "title_overlap", "title_overlap_3", "same_first_word", "last", "dip", "word_dip",
                   "refrain"},
    "sentences": {name for name in CUES if not name.startswith("alike")} - {
        "connective", "after_colon", "novel", "repeated", "goes_forward", "leaves_behind", "question", "fresh",
        "words_go_forward", "words_leave_behind"},
}


#: The ridge of each kind: slides have fewer documents but cues that speak up.
RIDGE = {"slides": 2.0, "paragraphs": 3.0, "sentences": 3.0}


def pair_of(units: Sequence[str], boundaries: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The cue matrix of a document without its row 0, and for each of those gaps 1 where a topic starts, else 0."""
    language = language_of("\n".join(units)[:60_000])
    readings = [reading.of_text(unit, language) for unit in units]
    rows = embed.centred(embed.vectors([one.text for one in readings]))
    return cue_rows(readings, rows, language)[1:], np.isin(np.arange(1, len(units)), list(boundaries)).astype(float)


def fit(cues: NDArray[np.float64], truth: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method; the last number is the base."""
    design = np.hstack([cues, np.ones((len(cues), 1))])
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    weights = np.zeros(design.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - truth) + penalty @ weights
        step = np.linalg.solve((design * (chance * (1 - chance))[:, None]).T @ design + penalty, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def ranking(score: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """The chance that a true boundary scores above a false one (area under the curve)."""
    rank = np.argsort(np.argsort(score)) + 1
    hits = truth.sum()
    return float((rank[truth == 1].sum() - hits * (hits + 1) / 2) / (hits * (len(truth) - hits)))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for kind in LEFT_OUT:
        parser.add_argument(f"--{kind}", nargs="+", type=Path, default=[])
    parser.add_argument("--half", type=int, choices=(0, 1), help="fit on every other document only")
    args = parser.parse_args()
    for kind, out in LEFT_OUT.items():
        documents = [pair_of(text.units, text.boundaries) for path in getattr(args, kind) for text in load(path)]
        if not documents:
            continue
        keep = [n for n, name in enumerate(CUES) if name not in out]
        chosen = [pair for n, pair in enumerate(documents) if args.half is None or n % 2 == args.half]
        cues = np.vstack([pair[0][:, keep] for pair in chosen])
        weights = fit(cues, np.concatenate([pair[1] for pair in chosen]), RIDGE[kind])
        print(f"{kind}:\n  base: {-weights[-1]:.1f}\n  cues:")
        for n, value in zip(keep, weights[:-1], strict=True):
            if abs(value) >= 0.03:
                print(f"    {CUES[n]}: {value:.2f}")
        if args.half is not None:
            rest = [pair for n, pair in enumerate(documents) if n % 2 != args.half]
            score = np.vstack([pair[0][:, keep] for pair in rest]) @ weights[:-1]
            print(f"  # AUC on the other half: {ranking(score, np.concatenate([pair[1] for pair in rest])):.3f}")


if __name__ == "__main__":
    main()
