"""Addresses, handles, paths and identifiers around a customer's name: how far they reach and how sure a name in them is.

A name in an address is withheld with all of the address, since what is left of it would still lead to the customer.
"""

from __future__ import annotations

import re

from rules.customers_context import cues
from rules.customers_names import Grade

_HOST = re.compile(r"(?P<sign>://|@|\bwww\.)?(?<![\w.-])(?P<host>[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,10})(?=$|[/:?#&])")
_TLD = frozenset({"com", "org", "nl", "eu", "io", "de", "fr", "be", "co", "uk", "ch", "at", "info", "biz", "gov", "edu", "us",
                  "ca", "au", "example"})
_RUN = re.compile(r"[\w@.:/\\#%~+\-?=&$]*")
_BESIDE = frozenset("@.:/\\#%~+-?=&$_")
_ADDRESS = re.compile(r"@|://|^www\.|^#|_|\\|\.[a-z]{2,10}(?:[/:?#]|$)", re.IGNORECASE)
#: Characters on either side that are looked at: no address is longer, but what is no address may be (pictures as text).
_REACH = 2000


def alone(text: str, start: int, end: int) -> bool:
    """Whether neither neighbour of a span can belong to an address: the short answer for most words of most texts."""
    before, after = text[start - 1:start], text[end:end + 1]
    return not (before in _BESIDE or before.isalnum() or after in _BESIDE or after.isalnum())


def address_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The address, handle, path or identifier that a span stands in; the span itself when it stands in none."""
    if alone(text, start, end):
        return start, end
    left, right = start, end
    if start and (text[start - 1] in _BESIDE or text[start - 1].isalnum()):
        behind = _RUN.match(text[max(0, start - _REACH):start][::-1])
        left -= behind.end() if behind else 0
    ahead = _RUN.match(text, end, end + _REACH)
    right = ahead.end() if ahead else end
    while right > end and text[right - 1] in ".,:;?!-/":
        right -= 1
    if (left, right) != (start, end) and _ADDRESS.search(text[left:right]):
        return left, right
    if text[left:start].endswith(("$", "@")):
        return start - 1, end
    return start, end


def address_confidence(run: str, at: int, end: int, grade: Grade, how: str) -> float:
    """How sure a find is from `at` to `end` in an address: everybody links to the great platforms, and ordinary words
    stand in many paths and identifiers by chance, so they count only as the very name of a host."""
    host = _HOST.search(run)
    if "utm_" in run or (host and ".".join(host["host"].lower().split(".")[-2:]) in cues().hosts and "@" not in run):
        return 0.3
    if grade <= Grade.CAPITAL or how == "domain":
        return 0.92
    if host and (host["sign"] or host["host"].split(".")[-1] in _TLD):
        labels = host["host"].split(".")
        name = host.end("host") - len(".".join(labels[-2:]))
        if (name, name + len(labels[-2])) == (at, end):
            return 0.7 if grade is Grade.CONTEXT else 0.3
    return 0.3 if run[0] in "#@" and grade is Grade.CONTEXT else 0.0
