"""What must not leave, as strings for the leak gate: names in every spelling, statements with their sentences.

A string that rightly stands in the cleared text cannot be forbidden. Nothing here takes anything out of a text.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.cleared import ClearedDocument, Withheld, WithheldString
from content.document import Document
from content.finding import Category, Finding
from language.fold import SQUASHED_LEAST, folded
from language.sentences import sentence_span
from rules.clearing_last import tight
from rules.clearing_needles import distinctive, in_context, sentence_strings
from rules.clearing_plan import STATEMENTS, Plan
from rules.clearing_search import Search
from rules.customers_names import Grade, grade, tokens


def withheld_of(document: Document, plan: Plan, search: Search, cleared: ClearedDocument) -> Withheld:
    """Every string with its variants that must not leave, without those that rightly stand in the cleared text."""
    left = "\n".join([cleared.title, *cleared.properties.values(),
                      *(text for unit in cleared.units for text in (unit.title, unit.section)),
                      *(block.text for _, block in cleared.blocks())])
    standing = (folded(left), tight(left))
    strings: dict[str, WithheldString] = {}
    for string in (*(string for string, _ in search.names()), *_statements(document, plan, standing)):
        key = folded(string.text)
        if sum(char.isalnum() for char in key) < 2 or key in search.words.exempt:
            continue
        if key not in strings or (strings[key].case_sensitive and not string.case_sensitive):
            strings[key] = string
    return Withheld(strings=tuple(strings.values()))


def _statements(document: Document, plan: Plan, left: tuple[str, str]) -> Iterator[WithheldString]:
    """Everything else that is withheld and does not stand in what is `left` (folded, and letters and digits alone)."""
    texts = {block.id: block.text for _, block in document.blocks()}
    for verdict in plan.withheld():
        finding = verdict.finding
        text = texts.get(finding.block, "")
        if finding.category is Category.CUSTOMER:
            around = in_context(text, finding.start, finding.end)
            if around and grade(tokens(finding.text)) >= Grade.CONTEXT and not _stands(around, left):
                yield WithheldString(text=around, group=finding.group, case_sensitive=True)
        elif finding.category is not Category.PERSON:
            yield from _other(finding, text, left)
    for unit in document.units:
        if unit.hidden or unit.number in plan.dropped:
            if len(tokens(unit.title)) >= 3 and not _stands(unit.title, left):
                yield WithheldString(text=unit.title, group=f"unit-{unit.number}", whole_word=True)
            for block in unit.blocks:
                yield from (string for string in sentence_strings(block.text, f"unit-{unit.number}")
                            if not _stands(string.text, left))


def _other(finding: Finding, text: str, left: tuple[str, str]) -> Iterator[WithheldString]:
    if distinctive(finding.text, finding.category) and not _stands(finding.text, left):
        short = sum(char.isalnum() for char in folded(finding.text)) < 8
        yield WithheldString(text=finding.text.rstrip(" .,;:"), group=finding.group, whole_word=short,
                             case_sensitive=short)
    if finding.category in STATEMENTS and text:
        start, end = sentence_span(text, finding.start, finding.end)
        yield from (string for string in sentence_strings(text[start:end], finding.group)
                    if not _stands(string.text, left))


def _stands(text: str, left: tuple[str, str]) -> bool:
    """Whether a text rightly stands in what is left, as the leak gate would read it: then it cannot be forbidden."""
    letters = tight(text)
    return folded(text) in left[0] or (len(letters) >= SQUASHED_LEAST and letters in left[1])
