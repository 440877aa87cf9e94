"""A customer list as tables of bytes, for a store to keep: plain, or as keyed hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple

from rules.customers_list import Customer, CustomerList

Parts = dict[str, bytes]


def to_parts(customers: CustomerList, key: bytes | None) -> Parts:
    """The tables of a list; with a key those of a hashed list, which hold no name."""
    if key is not None:
        from rules.customers_hashed_build import hashed

        return hashed(customers, key)
    rows = [astuple(row) for row in customers.rows]
    return {"customers": json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")}


def from_parts(parts: Mapping[str, bytes], key: bytes | None) -> CustomerList:
    """The list that `to_parts` was given; of a hashed one all but the names, under the same key."""
    if key is not None:
        from rules.customers_hashed import opened

        return opened(parts, key)
    rows = json.loads(parts["customers"].decode("utf-8", "surrogatepass"))
    return CustomerList(tuple(Customer(name, tuple(aliases), *rest) for name, aliases, *rest in rows))
