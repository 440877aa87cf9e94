"""What a pack may say about its findings: where and why, never what.

A preview shows the first letter and dots, the same number of dots whatever the length. Explanations that name the thing
itself are put in general words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from content.cleared import Withheld
from content.finding import Category, Finding, Severity
from content.frozen import Frozen
from gates.wording import wording
from language.fold import SQUASHED_LEAST, fold, folded, squash

_SECRET = frozenset({Category.CREDENTIAL, Category.IDENTIFIER, Category.CONTACT})


class FindingPreview(Frozen):
    """A finding as findings.json and report.html show it."""

    id: str
    group: str
    rule: str
    category: Category
    severity: Severity
    confidence: float
    unit: int
    part: str
    preview: str
    why: str
    suggestion: str
    open: bool


#: Finding -> its why and its suggestion in the language of the pack.
Said = Mapping[str, tuple[str, str]]


def previews(findings: Iterable[Finding], withheld: Withheld, open_groups: frozenset[str], language: str = "en",
             said: Said | None = None) -> tuple[FindingPreview, ...]:
    """The findings of a pack, masked. In another language than English what `said` does not know is put in general words."""
    keys = _keys(withheld)
    words = wording(language)

    def told(item: Finding) -> tuple[str, str]:
        return (item.why, item.suggestion) if words.language == "en" else (said or {}).get(item.id, ("", ""))

    return tuple(
        FindingPreview(
            id=item.id, group=item.group, rule=item.rule, category=item.category, severity=item.severity,
            confidence=round(item.confidence, 2), unit=item.unit, part=item.part, preview=_mask(item),
            why=_safe(why, item, keys) or words.name("why", item.category.value),
            suggestion=_safe(suggestion, item, keys), open=item.group in open_groups)
        for item in findings for why, suggestion in (told(item),))


def _mask(item: Finding) -> str:
    first = next((char for char in item.text if char.isalnum()), "")
    return "•••" if item.category in _SECRET or not first else f"{first}•••"


def _keys(withheld: Withheld) -> tuple[tuple[str, str], ...]:
    """Every withheld string folded, and squashed where it is long enough to be recognised so ('' otherwise)."""
    texts = dict.fromkeys(folded(each.text) for each in withheld.strings)
    return tuple((text, squash(fold(text)).text if len(text) >= SQUASHED_LEAST else "") for text in texts if text)


def _safe(text: str, item: Finding, keys: tuple[tuple[str, str], ...]) -> str:
    """The text when it names nothing that is withheld or found; otherwise nothing."""
    plain = folded(text)
    tight = squash(fold(text)).text
    own = {folded(item.text), folded(item.label)} - {""}
    if any(key in plain for key in own):
        return ""
    if any(key in plain or (short and short in tight) for key, short in keys):
        return ""
    return text
