"""Recognises what was decided before: a finding becomes a few marks, and a memory of marks gives decisions back.

A mark says which text, in which category and how far around it: in the same sentence, in the same document, anywhere.
What is kept of it is its keyed hash, made by whoever holds the key; nothing here stores, and nothing here knows what
day it is. Slide numbers, order, blanks and capitals are not part of a mark, so that a deck that was only rearranged
raises nothing anew; another customer, another category or another sentence is another mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.decision import Action, Decision, Scope
from content.document import Document
from content.finding import Category, Finding
from language.fold import folded
from language.sentences import sentence_span

#: In these the figure is what was decided on: another figure is another thing.
_COUNTED = frozenset({Category.FIGURES, Category.PROMISE, Category.IDENTIFIER, Category.CREDENTIAL, Category.CONTACT})
_DIGITS = re.compile(r"\d+")
#: A number that only says where in a document something stands.
_PLACE = re.compile(r"\b((?:slides?|pages?|dia(?:'s)?|pagina(?:'s)?|blad|sheet|p\.?)\s*)\d+")
#: Titles that say nothing about which talk it is.
_ANY_TITLE = re.compile(r"(?:power ?point )?(?:presentation|presentatie|title|titel|untitled|naamloos|document|slides?|"
                        r"deck|microsoft (?:word|powerpoint).*|template|concept|draft|final|new|copy|kopie)?"
                        r"[\s\d_.()-]*")
_NARROW_FIRST = (Scope.WORDS, Scope.DOCUMENT, Scope.EVERYWHERE)

Hashed = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is remembered: what to do again, who said so, and until when (that day included)."""

    id: str
    scope: Scope
    category: Category
    action: Action
    text: str | None
    reason: str | None
    by: str
    at: str
    until: date | None = None
    confirmed_by: str | None = None

    def acts(self, day: date | None) -> bool:
        """Whether it acts on a day: confirmed, and not run out. With no day, only the endless acts."""
        return bool(self.confirmed_by) and (self.until is None or (day is not None and day <= self.until))


@dataclass(frozen=True, slots=True)
class Memory:
    """What acts today, by the hash of its mark, and how a mark is hashed."""

    kept: Mapping[str, Kept]
    hashed: Hashed


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the memory says of a document: decisions as if somebody had just given them, and what is settled."""

    decisions: tuple[Decision, ...] = ()
    #: Findings that a remembered `keep` speaks for.
    settled: frozenset[str] = frozenset()
    #: Finding -> what was decided, of all that the memory knows.
    known: Mapping[str, Kept] = field(default_factory=dict)


def marks(finding: Finding, document: Document, scope: Scope, labels: Iterable[str] = ()) -> tuple[str, ...]:
    """The marks of a finding in a scope, in clear: for hashing only. None when it cannot be remembered that far.

    `labels` are the names by which the thing may be called later (every spelling of a customer); without them it is the
    finding's own. What has no text is recognised by the text of its unit; what could not be read only in the same file.
    """
    said = folded(finding.text)
    customer = finding.category is Category.CUSTOMER
    names = sorted({folded(name) for name in (labels or (finding.label,))}) if customer else [""]
    if finding.category is Category.UNREAD or not said:
        return _of_a_place(finding, document, scope)
    around: tuple[str, ...]
    if scope is Scope.WORDS:
        around = (_context(finding, document),)
    elif scope is Scope.DOCUMENT:
        title = _title(document)
        around = (f"file {document.id}", *([f"talk {title}"] if title else []))
    else:
        around = ("",)
    return tuple(_joined(scope, finding.category.value, name, said, each) for name in names for each in around)


def recall(findings: Sequence[Finding], document: Document, memory: Memory, given: Sequence[Decision] = ()) -> Recalled:
    """What was decided before about these findings. A given decision on a finding or on its group wins."""
    decided = {decision.finding or decision.group for decision in given}
    known: dict[str, Kept] = {}
    for finding in findings:
        if finding.id not in decided and finding.group not in decided and (kept := _known(finding, document, memory)):
            known[finding.id] = kept
    decisions: list[Decision] = []
    for group in dict.fromkeys(finding.group for finding in findings if finding.id in known):
        members = [finding for finding in findings if finding.group == group and finding.id not in decided]
        said = [_decision(known[each.id]) if each.id in known else None for each in members]
        if said[0] is not None and all(each == said[0] for each in said):
            decisions.append(said[0].model_copy(update={"group": group, "finding": None}))
        else:
            decisions += [each.model_copy(update={"finding": member.id})
                          for member, each in zip(members, said, strict=True) if each is not None]
    settled = frozenset(name for name, kept in known.items() if kept.action is Action.KEEP)
    return Recalled(tuple(decisions), settled, known)


def _known(finding: Finding, document: Document, memory: Memory) -> Kept | None:
    """What was decided on a finding: the narrowest first, then the newest."""
    for scope in _NARROW_FIRST:
        found = {kept.id: kept for mark in marks(finding, document, scope)
                 if (kept := memory.kept.get(memory.hashed(mark))) is not None and kept.category is finding.category}
        if found:
            return max(found.values(), key=lambda kept: (kept.at, kept.id))
    return None


def _decision(kept: Kept) -> Decision:
    """Without a target: the caller names it."""
    return Decision.model_construct(group=None, finding=None, action=kept.action, text=kept.text, reason=kept.reason,
                                    by=kept.by, at=kept.at, remember=None)


def _of_a_place(finding: Finding, document: Document, scope: Scope) -> tuple[str, ...]:
    """Marks of what is no text: a hidden slide, a part that could not be read."""
    if scope is Scope.DOCUMENT:
        place = f"{finding.unit} {finding.part} {folded(finding.label)}"
        return (_joined(scope, finding.category.value, finding.rule, place, f"file {document.id}"),)
    if scope is Scope.EVERYWHERE or finding.category is Category.UNREAD:
        return ()
    if finding.unit == 0 or finding.category is Category.QUALITY:  # about the file itself: by what it is called
        return (_joined(scope, finding.category.value, finding.rule, folded(finding.label), folded(document.title)),)
    text = " ".join(_numberless(folded(block.text)) for unit in document.units if unit.number == finding.unit
                    for block in unit.blocks if block.text)
    return (_joined(scope, finding.category.value, finding.rule, text, ""),) if text.strip() else ()


def _context(finding: Finding, document: Document) -> str:
    text = next((block.text for _, block in document.blocks() if block.id == finding.block), finding.text)
    start, end = sentence_span(text, finding.start, finding.end)
    sentence = folded(text[start:end])
    return _PLACE.sub(r"\g<1>0", sentence) if finding.category in _COUNTED else _numberless(sentence)


def _numberless(text: str) -> str:
    return _DIGITS.sub("0", text)


def _title(document: Document) -> str:
    """The talk's title, folded; empty when it does not tell talks apart."""
    title = folded(document.title)
    return "" if len(title) < 4 or _ANY_TITLE.fullmatch(title) else title


def _joined(*pieces: str) -> str:
    """Pieces as one text that no other pieces give: each with its length before it."""
    return " ".join(f"{len(piece)} {piece}" for piece in pieces)
