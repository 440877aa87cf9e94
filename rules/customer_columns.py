"""Names that stand in a column for customers: "Customer", "Asked by", "Klant", "Gesteld door".

The head of a table column (or of a row) says what its cells hold, so that a name there needs neither a list nor a model.
A head that says customer is believed for any name of two words; one that says who asked also holds departments, and there
one word must be of no dictionary. Nothing here knows which customer it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from content.document import Block, Document
from language.files import word_set
from rules.spans import Line, Word, lines_of, runs
from rules.suffixes import kind_word
from rules.vocabulary import Given, technology

_WHOSE = r"(?:(?:our|the|which|onze|de|het|welke)\s+)?"
_CUSTOMER = re.compile(
    _WHOSE + r"(?:customers?|clients?|customer name|client name|account|prospects?|klant(?:en)?|klantnaam|naam klant|"
    r"opdrachtgevers?|afnemers?|relaties?)(?:\s*\([^)]*\))?:?", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:(?:asked|requested|reported|raised|ordered) (?:by|for)|(?:who|wie) (?:asked|vroeg(?: het)?)|"
    r"(?:question|request) (?:of|from|by)|"
    r"requester|(?:gesteld|gevraagd|aangevraagd|gemeld|besteld) door|(?:gevraagd )?voor wie|aanvragers?|vraagstellers?|"
    r"vragers?|vraag van|van wie)(?:\s*\([^)]*\))?:?\??", re.IGNORECASE)
_ACRONYM = re.compile(r"^[A-Z0-9&./-]{1,6}s?$")
_ARTICLES = word_set("the a an our de het een onze")
_LONGEST = 120


def customer_cells(document: Document) -> dict[str, bool]:
    """Block id of every cell under such a head -> whether the head says customer (and not only who asked)."""
    found: dict[str, bool] = {}
    tables: dict[tuple[int, str], list[Block]] = defaultdict(list)
    for unit, block in document.blocks():
        if block.row is not None and block.column is not None and block.shape:
            tables[unit.number, block.shape].append(block)
    for cells in tables.values():
        first_row = min(block.row for block in cells if block.row is not None)
        first_column = min(block.column for block in cells if block.column is not None)
        heads = [(block, said) for block in cells if (said := _says(block.text)) is not None]
        columns = {block.column: said for block, said in heads if block.row == first_row}
        rows = {block.row: said for block, said in heads if block.column == first_column}
        for block in cells:
            if block.row != first_row and block.column in columns:
                found[block.id] = columns[block.column]
            elif block.column != first_column and block.row in rows:
                found[block.id] = rows[block.row]
    return found


def _says(head: str) -> bool | None:
    plain = " ".join(head.split())
    if _CUSTOMER.fullmatch(plain):
        return True
    return False if _ASKED.fullmatch(plain) else None


def names_in_cell(text: str, language: str, customer: bool) -> Iterator[list[Word]]:
    """The words of each name that a cell holds; `customer` is what its head says."""
    if len(text) > _LONGEST:
        return
    for line in lines_of(text, language):
        for run in runs(line):
            words = _name(run)
            if words and _stands(line, words, customer):
                yield words


def _name(run: list[Word]) -> list[Word]:
    words = list(run)
    while len(words) > 1 and words[0].text.lower() in _ARTICLES:
        words.pop(0)
    while words and words[-1].text.isdigit():
        words.pop()
    return words


def _stands(line: Line, words: list[Word], customer: bool) -> bool:
    text = " ".join(word.base for word in words)
    if technology(text) or len(words) > 6 or all(_ACRONYM.match(word.base) for word in words):
        return False
    if words[0].given is Given.CLEAR and len(words) <= 3 and not kind_word(words[-1]):
        return False  # somebody's name: that is found as one
    strange = [word for word in words if not word.ordinary and not _ACRONYM.match(word.base) and word.base[-1:].isalpha()]
    if len(words) > 1 and strange:
        return True
    alone = line.text.strip(" •-") == line.text[words[0].start - line.start:words[-1].end - line.start]
    if not customer or not alone or line.capitals:
        return False
    return bool(strange) if len(words) == 1 else not all(word.everyday for word in words)
