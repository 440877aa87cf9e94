"""Proofreading: slips of the author that came along into the drafts. They are offered, and nothing is ever changed.

It refuses nothing: whether a slip is one is for a person to say. Each suggestion names its draft and the ids of the
source sentences, so that it can be mended in the deck or at the desk. The figure is slips for each hundred words of the
traced text; template wording is ours and is read by the tests.
"""

from __future__ import annotations

from collections import Counter

from content.draft import Draft, Origin, Sentence
from content.pack import GateResult, Suggestion
from gates.work import Work
from language.markdown import unescaped
from language.proofread import Slip, reads, slips
from language.words import tokens

#: Shorter than this is a heading, a tag or a label, where grammar has nothing to say.
_FEWEST = 4
_AROUND = 40
#: Kinds whose text is spoken or published; the sheets for people inside quote the same sentences again.
_READ = frozenset({"blog", "social", "audio", "description", "card", "carousel"})


class ProofreadingGate:
    """Suggestions for each draft, and slips for each hundred words; never a refusal."""

    name = "proofreading"

    def check(self, work: Work) -> GateResult:
        """Read each sentence once, however many drafts say it."""
        language = work.cleared.language if work.cleared else next((each.language for each in work.drafts), "en")
        if not reads(language):
            return GateResult(gate=self.name, passed=True, not_measured={"slips": f"nothing reads the language {language}"},
                              warnings=(f"nothing here proofreads {language}",) if work.drafts else ())
        vocabulary = _vocabulary(work)
        seen: dict[str, tuple[Slip, ...]] = {}
        found: list[Suggestion] = []
        figures: dict[str, dict[str, float]] = {}
        words = 0
        for draft in work.drafts:
            own = 0
            for segment in _said(draft):
                text = unescaped(segment.text).replace("\n", " ")
                if text not in seen:
                    seen[text] = slips(text, language, lambda word: vocabulary[word] > 1)
                found += [_suggestion(draft, segment, text, slip) for slip in seen[text]]
                own += len(text.split())
            count = sum(each.draft == draft.name for each in found)
            if own:
                figures[draft.name] = {"slips": float(count), "slips_per_100_words": round(100 * count / own, 2)}
            words += own
        total = len(found)
        return GateResult(gate=self.name, passed=True, suggestions=tuple(found), drafts=figures, figures={
            "slips": total, "words": words, "slips_per_100_words": round(100 * total / words, 2) if words else 0.0})


GATE = ProofreadingGate()


def _said(draft: Draft) -> list[Sentence]:
    if draft.kind not in _READ:
        return []
    return [each for each in draft.segments if each.origin is not Origin.TEMPLATE and len(each.text.split()) >= _FEWEST]


def _vocabulary(work: Work) -> Counter[str]:
    """How often the document says each word; without the document, how often the drafts do."""
    if work.index is not None:
        return Counter(word for each in work.index.by_id.values() for word in tokens(each.text))
    return Counter(word for draft in work.drafts for segment in draft.segments for word in tokens(segment.text))


def _suggestion(draft: Draft, segment: Sentence, text: str, slip: Slip) -> Suggestion:
    start, end = max(0, slip.start - _AROUND), min(len(text), slip.end + _AROUND)
    around = ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
    return Suggestion(draft=draft.name, sources=segment.sources, text=slip.text, context=around, offers=slip.offers,
                      why=slip.why)
