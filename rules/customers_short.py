"""Tickers, and the acronyms and first words of customers whose full name stands in the document.

"OMK" and "Orvell" mean nothing by themselves; in a document that names Orvell Marine Kettering they are that customer.
Which full names stand in a document is the caller's to know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from rules.customers_address import address_around
from rules.customers_context import weigh
from rules.customers_found import Match
from rules.customers_index import Index
from rules.customers_language import dutch
from rules.customers_lens import Lens
from rules.customers_names import Grade, acronyms, core, grade, tokens
from rules.customers_words import Words
from rules.vocabulary import dictionary, function_words

_TICKER = re.compile(r"(?P<mark>\$|\b(?:NYSE|NASDAQ|AMS|LSE|EPA|ETR|Euronext|ticker(?: symbol)?|symbol)\s?[:=]?\s?)?"
                     r"(?<![\w.])(?P<name>[A-Z0-9]{2,6})(?:\.[A-Z]{1,3})?\b(?!\.\w)")
_BREAK = re.compile(r"(?<=[^\W_])[-‐–]\s?(?=[^\W_])")
_EXCHANGE = re.compile(r"(?i)\b(?:ticker|shares?|stock|nyse|nasdaq|aandelen)\b")


def tickers(text: str, index: Index) -> Iterator[Match]:
    """Tickers as given, in capitals: sure with an exchange, a dollar sign or the word beside it, possible without."""
    for match in _TICKER.finditer(text):
        owner = index.tickers.get(match["name"])
        if owner is None or match["name"].isdigit():
            continue
        if match["mark"]:
            yield Match(*match.span(), owner, "ticker", 0.9, "an exchange or ticker stands beside it")
        elif _EXCHANGE.search(text[max(0, match.start() - 40):match.start()]):
            yield Match(*match.span("name"), owner, "ticker", 0.9, "an exchange or ticker stands beside it")
        elif len(match["name"]) >= 3 and match["name"].lower() not in dictionary():
            yield Match(*match.span("name"), owner, "ticker", 0.4, "it is written as the ticker is")


def wanted_forms(index: Index, owners: Sequence[int]) -> Mapping[str, tuple[int, str, Grade]]:
    """Folded short form -> owner, how, grade, for customers that a document names in full."""
    made = index.short_forms(owners)
    if made is not None:
        return made
    wanted: dict[str, tuple[int, str, Grade]] = {}
    for owner in owners:
        row = index.rows[owner]
        words = core(tokens(row.name))
        for name in sorted(acronyms(words)):
            wanted.setdefault(name, (owner, "acronym", Grade.SAFE))
        first = words[0]
        if len(words) > 1 and len(first) >= 4 and first not in function_words() and not first.isdigit():
            wanted.setdefault(first, (owner, "short_form", grade([first])))
    return wanted


def short_forms(words: Words, wanted: Mapping[str, tuple[int, str, Grade]], lens: Lens) -> Iterator[Match]:
    """Acronyms and first words (`wanted`: see wanted_forms) in a text of a document that names their customers."""
    if words.whole:  # a first word such as "NewBuild" is one piece there
        yield from (match for match in short_forms(words.whole, wanted, lens) if match.how != "acronym")
    for number, piece in enumerate(words.pieces):
        form = piece if piece in wanted else piece[:-1] if piece[-1] == "s" and piece[:-1] in wanted else ""
        if not form or not words.capital(number):
            continue
        owner, how, graded = wanted[form]
        start, end = address_around(words.text, *words.span(number, number))
        if how == "acronym":
            if words.upper(number) or end - start > len(piece):
                yield Match(start, end, owner, how, 0.85, "its full name stands in this document")
            continue
        sure = 0.85
        if graded >= Grade.CONTEXT:
            sure = min(0.85, weigh(words, start, end, dutch=dutch(words.text)).confidence + (0.0 if lens.crowd else 0.2))
        yield Match(start, end, owner, how, max(0.2, sure), "its full name stands in this document")
    broken = [bisect_left(words.ends, match.start()) for match in _BREAK.finditer(words.folded.text)]
    for first, last in (*words.spelled(), *((number, number + 1) for number in broken)):
        form = "".join(words.pieces[first:last + 1])
        if form in wanted and (wanted[form][2] < Grade.CONTEXT or last - first > 1):
            start, end = words.span(first, last)
            yield Match(start, end, wanted[form][0], wanted[form][1], 0.85, "its full name stands in this document")
