"""Small print: letters of 2 to 4 points that are drawn for everybody, as in a figure that was scaled down.

Whoever comes near can read them, so the labels of a figure are one low finding for the file. But nobody in a room reads
them, and a sender may set anything so small: a passage that says something, or in which a rule finds something, is hidden
text like any other. In doubt it counts as hidden. It never feeds a draft, whatever is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from content.document import Block
from content.finding import Severity
from rules.detector import Hit, Scan
from rules.hidden import hit_of, is_small_print, is_unseen
from rules.vocabulary import function_words

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Words of a passage that are looked at together, and the different function words among them from which on it is told in
#: sentences.
_PASSAGE, _TOLD = 20, 7
#: Fewer words than this say nothing whole.
_FEWEST = 8
#: Languages whose function words are known.
_KNOWN = frozenset({"en", "nl"})


class SmallPrint:
    """The detector for small print."""

    name = "small-print"
    order = 40  # after all others: what they found in it counts

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield a hit for each unit whose small print says something, and a low one for the labels of all the others."""
        found = {hit.block.id for hit in scan.earlier if hit.block is not None and _matters(hit, scan)}
        labels = False
        for unit in scan.document.units:
            if unit.hidden or unit.number == 0:
                continue
            unseen = [block for block in unit.blocks if block.text.strip() and is_unseen(block)]
            small = [block for block in unseen if is_small_print(block)]
            if not small:
                continue
            telling = next((block for block in small if block.id in found), None)
            if telling is not None or _is_prose(small, scan):
                block = telling or max(small, key=lambda block: len(block.text))
                yield hit_of("hidden.text", unit, block, f"small print {unit.number}", block.text, Severity.MEDIUM)
            elif len(small) == len(unseen) and not labels:
                labels = True
                yield hit_of("hidden.text", unit, small[0], "small print", small[0].text, Severity.LOW)


def _matters(hit: Hit, scan: Scan) -> bool:
    return (hit.severity or scan.catalogue.rule(hit.rule).severity).rank >= Severity.MEDIUM.rank


def _is_prose(blocks: Sequence[Block], scan: Scan) -> bool:
    """Whether a passage anywhere in it is told in sentences. Its lines are read as one text: short ones hide nothing."""
    words = [word.lower() for block in blocks for word in _WORDS.findall(block.text)]
    if len(words) < _FEWEST:
        return False
    if any(scan.tongue(block) not in _KNOWN for block in blocks):
        return True
    known = [word if len(word) > 1 and word in function_words() else "" for word in words]
    needed = _TOLD * min(len(known), _PASSAGE) / _PASSAGE
    return any(len(set(known[at:at + _PASSAGE]) - {""}) >= needed for at in range(max(1, len(known) - _PASSAGE + 1)))


DETECTOR = SmallPrint()
