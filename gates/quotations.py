"""Whether a draft prints half of a quotation: a mark that opens and none that closes, where the source has both."""

from __future__ import annotations

from collections.abc import Iterator

from content.draft import Draft, Origin, Sentence
from language.quotation import balanced
from language.source import SourceIndex


def halved(draft: Draft, index: SourceIndex | None) -> list[str]:
    """What is wrong with the quotation marks of a draft, [] when nothing is.

    Judged paragraph by paragraph. Marks that the author did not pair, or pairs over paragraphs, are the author's.
    """
    for row in _paragraphs(draft):
        if balanced("".join(each.text for each in row)):
            continue
        odd = [each for each in row if each.sources and each.origin is not Origin.TEMPLATE and not balanced(each.text)]
        if any(_paired(each, index) for each in odd):
            return ["prints half of a quotation"]
    return []


def _paragraphs(draft: Draft) -> Iterator[list[Sentence]]:
    row: list[Sentence] = []
    for segment in draft.segments:
        if "\n" in segment.text and segment.origin is Origin.TEMPLATE:
            if row:
                yield row
            row = []
        else:
            row.append(segment)
    if row:
        yield row


def _paired(segment: Sentence, index: SourceIndex | None) -> bool:
    """Whether the blocks that a segment comes from have their marks in pairs."""
    if index is None:
        return False
    blocks = {index.by_id[name].block for name in segment.sources if name in index.by_id}
    units = index.units(segment.sources)
    rows = [" ".join(each.text for unit in units for each in index.by_unit[unit] if each.block == block) for block in blocks]
    return bool(rows) and all(balanced(row) for row in rows)
