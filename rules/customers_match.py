"""Finds customers in a text by the index, and says how sure it is of each find.

Exact spellings first (longest wins), then tickers and single wrong letters. A find in an address, handle, file name or
identifier covers all of it. What needs knowledge of the rest of the document is in rules/customers.py.
"""

from __future__ import annotations

from rules.customers_address import address_around
from rules.customers_found import Match, without_overlaps
from rules.customers_index import Index
from rules.customers_lens import CROWD, lens_of
from rules.customers_lookup import exact
from rules.customers_short import short_forms, tickers
from rules.customers_slips import slips
from rules.customers_words import words_of

__all__ = ["CROWD", "Match", "address_around", "matches", "short_forms", "without_overlaps"]

#: A find of less does not keep a slip of the pen from being looked for in its place.
_HOLDS = 0.3


def matches(text: str, index: Index) -> list[Match]:
    """All finds in a text that need no knowledge of the rest of the document, in order, without overlaps."""
    if not index.keys or not text:
        return []
    words, lens = words_of(text), lens_of(index)
    found = list(exact(words, lens))
    found += tickers(text, index) if index.tickers else []
    taken = bytearray(len(text) + 1)
    for match in found:
        if match.confidence >= _HOLDS:
            taken[match.start:match.end] = b"\1" * (match.end - match.start)
    found += slips(words.whole or words, lens, taken)
    lens.forget()
    return without_overlaps(found)
