"""The quality gate: what an editor would send back unread.

Hard: residue of templates or of Python, mojibake, an empty piece, half a quotation, a cliché in template wording, two
drafts that share more than a quarter of their five-word runs. Warned of: fragments, long sentences, overlap over a tenth,
much template.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

from content.draft import Draft, Origin, Sentence
from content.pack import GateResult
from gates.quotations import halved
from gates.residue import emptied, placeholders
from gates.work import Work
from language.sentences import sentences
from language.source import SourceIndex
from language.words import tokens, word_list

_RESIDUE = re.compile(
    r"\{\{|\}\}|\{%|%\}|<[\w.]+ object at |\bUndefined\b|(?<![\w])None(?![\w])\s*$|Ã[\x80-\xbf©¨¤]|â€|\ufffd"
    r"|[\U0010ff00-\U0010ff02]",
    re.MULTILINE)
#: Of the residue, what an author may well have written on a slide.
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|(?<![\w])None(?![\w])")
#: HTML, which nobody has to write into a piece.
_MARKUP = re.compile(r"<[A-Za-z/!?]")
#: Wording that is not the author's: ours, that of people at the desk, and a model's.
_OURS = frozenset({Origin.TEMPLATE, Origin.EDITOR, Origin.MODEL})
_WHOSE = {Origin.TEMPLATE: "template wording", Origin.EDITOR: "what was written by hand", Origin.MODEL: "what a model wrote"}
_HARD_OVERLAP, _WARN_OVERLAP = 0.25, 0.10
_LONG = 40
_TEMPLATE_SHARE = 0.15
#: Kinds that are prose of their own, compared with each other; a post may well repeat a line of its blog draft.
_COMPARED = frozenset({"blog"})


class QualityGate:
    """Refuses residue and repetition, warns of weak prose."""

    name = "quality"

    def check(self, work: Work) -> GateResult:
        """Judge each draft alone, then the prose drafts against each other."""
        reasons: list[str] = []
        warnings: list[str] = []
        refused: set[str] = set()
        figures: dict[str, dict[str, float]] = {}
        language = work.cleared.language if work.cleared else "en"
        phrases = _phrases(language, frozenset(work.profile.banned_words))
        for draft in work.drafts:
            wrong = (_residue(draft, work.index) + placeholders(draft) + emptied(draft) + halved(draft, work.index)
                     + _cliches(draft, phrases))
            if wrong:
                refused.add(draft.name)
                reasons += [f"{draft.name}: {problem}" for problem in wrong]
            figures[draft.name], doubts = _prose(draft)
            warnings += [f"{draft.name}: {doubt}" for doubt in doubts]
        overlaps = _overlaps([draft for draft in work.drafts if draft.kind in _COMPARED])
        for first, second, share in overlaps:
            for name in (first, second):
                figures[name]["overlap"] = max(figures[name].get("overlap", 0.0), round(share, 4))
            if share > _HARD_OVERLAP:
                refused.add(second)
                reasons.append(f"{second}: {share:.0%} of its five-word runs also stand in {first}")
            elif share > _WARN_OVERLAP:
                warnings.append(f"{second}: {share:.0%} of its five-word runs also stand in {first}")
        worst = max((share for _, _, share in overlaps), default=0.0)
        return GateResult(gate=self.name, passed=not refused, reasons=tuple(reasons), warnings=tuple(warnings),
                          refused=tuple(sorted(refused)), drafts=figures, figures={"largest_overlap": round(worst, 4)})


GATE = QualityGate()


def _residue(draft: Draft, index: SourceIndex | None) -> list[str]:
    if not any(char.isalnum() for char in draft.text):
        return ["is empty"]
    for segment in draft.segments:
        if segment.origin in {Origin.EDITOR, Origin.MODEL} and _MARKUP.search(segment.text):
            return [f"holds markup in {_WHOSE[segment.origin]}"]
    # A talk about templates shows templates: what the author wrote is blanked out before the search.
    text = "".join(segment.text if segment.origin in _OURS or index is None else _without_own(segment, index)
                   for segment in draft.segments)
    found = _RESIDUE.search(text)
    return [f"holds residue at character {found.start()} (a template or encoding was not resolved)"] if found else []


def _without_own(segment: Sentence, index: SourceIndex) -> str:
    own = " ".join(index.by_id[name].text for name in segment.sources if name in index.by_id)
    return _BRACES.sub(lambda match: " " * len(match[0]) if match[0] in own else match[0], segment.text)


@lru_cache(maxsize=8)
def _phrases(language: str, banned: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What template wording must not say: the phrase as words with blanks around, and what to call it."""
    named = [("cliche", entry) for entry in word_list("cliche", language)] + [("banned", entry) for entry in banned]
    return tuple(sorted((f" {' '.join(tokens(entry))} ", f"{kind} word ({entry.lower()})") for kind, entry in named
                        if tokens(entry)))


def _cliches(draft: Draft, phrases: tuple[tuple[str, str], ...]) -> list[str]:
    """Clichés and the profile's banned words, in our own words only: the author may say what the author says."""
    out = []
    for segment in draft.segments:
        if segment.origin not in _OURS:
            continue
        text = f" {' '.join(tokens(segment.text))} "
        out += [f"{_WHOSE[segment.origin]} holds a {name}" for phrase, name in phrases if phrase in text]
    return out


def _prose(draft: Draft) -> tuple[dict[str, float], list[str]]:
    said = [s for segment in draft.segments if segment.origin is not Origin.TEMPLATE for s in sentences(segment.text)]
    lengths = [len(sentence.split()) for sentence in said]
    words = sum(lengths)
    template = sum(len(tokens(segment.text)) for segment in draft.segments if segment.origin is Origin.TEMPLATE)
    share = template / (words + template) if words + template else 0.0
    figures = {"words": float(words + template), "mean_sentence": round(words / len(said), 1) if said else 0.0,
               "long_sentences": float(sum(length > _LONG for length in lengths)), "template_share": round(share, 4)}
    doubts = []
    if figures["long_sentences"]:
        doubts.append(f"{figures['long_sentences']:.0f} sentence(s) of more than {_LONG} words")
    if draft.kind == "blog" and share > _TEMPLATE_SHARE:
        doubts.append(f"{share:.0%} of its words are template wording")
    return figures, doubts


def _overlaps(drafts: list[Draft]) -> list[tuple[str, str, float]]:
    runs = {draft.name: _runs(draft) for draft in drafts}
    out = []
    for first, second in combinations(sorted(runs), 2):
        smaller = min(len(runs[first]), len(runs[second]))
        if smaller:
            out.append((first, second, len(runs[first] & runs[second]) / smaller))
    return out


def _runs(draft: Draft) -> frozenset[tuple[str, ...]]:
    """The five-word runs of the traced text: template wording, and what says where a piece stands among the others of its
    talk, are meant to be the same everywhere."""
    found: set[tuple[str, ...]] = set()
    for segment in draft.told:
        if segment.origin is Origin.TEMPLATE:
            continue
        words = tokens(segment.text)
        found.update(tuple(words[i:i + 5]) for i in range(len(words) - 4))
    return frozenset(found)
