"""Makes a list of keyed hashes of a plain customer list; what is looked up, and why so, stands in customers_hashed.py.

The order of hashes is by their value or by row, never by name, and no name, alias, domain, ticker or code name is in
the result. A column in clear that names its own customer is left out.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rules.customers_hashed import SIZE, Hasher
from rules.customers_hashed_words import letter_of, rests_of
from rules.customers_index import HEAD, Index, entries, ticker_of
from rules.customers_list import CustomerList
from rules.customers_names import core, tokens
from rules.customers_short import wanted_forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARK = re.compile(r",|[^\W_]{5,}\.")


def hashed(customers: CustomerList, key: bytes) -> dict[str, bytes]:
    """Tables by name, ready to be written; `customers_hashed.opened` reads them with the same key."""
    hasher = Hasher(key)
    parts = _clear(customers)
    parts |= _spellings(customers, hasher)
    parts |= _short_forms(customers, hasher)
    parts |= _words(customers, hasher)
    marks = {f"{number} {mark}" for number, row in enumerate(customers.rows) for mark in _MARK.findall(row.name.lower())}
    parts["marks"] = _sorted(_hashes(hasher, b"m", marks))
    return parts


def _clear(customers: CustomerList) -> dict[str, bytes]:
    """Industry, size, country, owner and status, each as a column."""
    columns: list[list[str]] = [[], [], [], [], []]
    for row in customers.rows:
        own = [name for source in (row.name, *row.aliases, row.code_name) if source
               for name in ("".join(core(tokens(source))),) if len(name) >= 4]
        for column, cell in zip(columns, (row.industry, row.size, row.country, row.account_owner, row.status), strict=True):
            said = _squashed(cell) if cell else ""
            column.append("" if said and any(name in said for name in own) else cell)
    return {"rows": json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()}


@lru_cache(maxsize=10_000)
def _squashed(text: str) -> str:
    return "".join(tokens(text))


def _spellings(customers: CustomerList, hasher: Hasher) -> dict[str, bytes]:
    known: dict[str, int] = {}
    owners, offsets, lengths = array("i"), array("i", [0]), array("H")
    spellings, grades = bytearray(), bytearray()
    tickers: dict[str, int] = {}
    for number, row in enumerate(customers.rows):
        for words, spelling, value in entries(row):
            name = "".join(words)
            if name not in known:
                known[name] = len(owners)
                owners.append(number)
                spellings.append(spelling)
                grades.append(value)
                lengths.extend(min(len(word), 65_535) for word in words)
                offsets.append(len(lengths))
        if ticker := ticker_of(row):
            tickers.setdefault(ticker, number)
    heads: dict[str, int] = {}
    for name in known:
        if len(name) >= HEAD:
            heads[name[:HEAD]] = heads.get(name[:HEAD], 0) | 1 << (len(name) - HEAD)
    near = (1 << 64) - 1
    far = [(head, bit) for head, bits in heads.items() if bits > near
           for bit in range(64, bits.bit_length()) if bits >> bit & 1]
    return {
        "keys": _hashes(hasher, b"k", known).tobytes(), "owners": owners.tobytes(), "offsets": offsets.tobytes(),
        "lengths": lengths.tobytes(), "spellings": bytes(spellings), "grades": bytes(grades),
        "heads": _hashes(hasher, b"h", heads).tobytes(),
        "head_lengths": array("Q", (bits & near for bits in heads.values())).tobytes(),
        "long_heads": _hashes(hasher, b"h", (head for head, _ in far)).tobytes(),
        "long_lengths": array("H", (bit for _, bit in far)).tobytes(),
        "tickers": _hashes(hasher, b"t", tickers).tobytes(), "ticker_owners": array("i", tickers.values()).tobytes(),
    }


def _short_forms(customers: CustomerList, hasher: Hasher) -> dict[str, bytes]:
    """Acronyms and first words, row by row, as the search in a document makes them of names."""
    starts = array("i", [0])
    forms: list[str] = []
    grades = bytearray()
    for row in customers.rows:
        for form, (_, how, value) in wanted_forms(Index([row], {}, (), (), (), {}), [0]).items():
            forms.append(form)
            grades.append((how == "short_form") * 4 + value)
        starts.append(len(forms))
    return {"short_at": starts.tobytes(), "shorts": _hashes(hasher, b"s", forms).tobytes(), "short_grades": bytes(grades)}


def _words(customers: CustomerList, hasher: Hasher) -> dict[str, bytes]:
    import numpy as np

    from rules.customers_typos import sources_of

    words: dict[str, None] = {}  # in the order of the rows, so that the same list gives the same bytes
    pairs: set[str] = set()
    for form in sources_of(customers.rows):
        words.update(dict.fromkeys(form))
        pairs.update(f"{left} {right}" for left, right in pairwise(form))
    rests: list[str] = []
    letters = array("I")
    for word in words:
        for rest in rests_of(word):
            rests.append(rest)
            letters.append(letter_of(word, rest))
    raw = np.frombuffer(b"".join([hasher.raw(b"r", rest) for rest in rests]), dtype=[("hash", "<u8"), ("lock", "<u4")])
    order = np.argsort(raw["hash"], kind="stable")
    locked = np.frombuffer(letters.tobytes(), dtype="<u4") ^ raw["lock"] if len(raw) else np.zeros(0, dtype="<u4")
    return {
        "words": _sorted(_hashes(hasher, b"w", words)), "pairs": _sorted(_hashes(hasher, b"p", pairs)),
        "rests": raw["hash"][order].tobytes(), "rest_letters": locked[order].tobytes(),
    }


def _hashes(hasher: Hasher, kind: bytes, texts: Iterable[str]) -> NDArray[np.uint64]:
    import numpy as np

    raw = b"".join([hasher.raw(kind, text) for text in texts])
    return np.ascontiguousarray(np.frombuffer(raw, dtype=[("hash", "<u8"), ("lock", f"V{SIZE - 8}")])["hash"])


def _sorted(values: NDArray[np.uint64]) -> bytes:
    import numpy as np

    return np.sort(values).tobytes()
