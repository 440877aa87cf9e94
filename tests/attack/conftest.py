"""A customer list and small documents, for those who try to get something out that was withheld."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest

import rules
from content.decision import Decision
from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from rules.clearing import Clearing
from rules.customers_list import CustomerList

NAMES = ("Quarnholm Logistics", "Pellgrave Marine", "Ostvik Foods", "Brantle & Moor Retail", "Lantern")


@pytest.fixture(scope="session")
def customers() -> CustomerList:
    return CustomerList.of(NAMES)


@pytest.fixture
def document() -> Callable[..., Document]:
    return _document


@pytest.fixture
def text_of() -> Callable[[Clearing], str]:
    return _text_of


def _document(units: Sequence[Sequence[str]], hidden: Sequence[int] = ()) -> Document:
    """A document with a unit for each list of lines, each line a block of one text box."""
    digest = hashlib.sha256(repr(units).encode()).hexdigest()
    made = tuple(
        Unit(number=number, kind="slide", hidden=number in hidden, blocks=tuple(
            Block(id=f"s{number}.b{place}", part=Part.BODY, text=text, shape=f"s{number}.box")
            for place, text in enumerate(lines, start=1)))
        for number, lines in enumerate(units, start=1))
    return Document(id=digest, key=f"key {digest}", units=made,
                    source=Source(name="deck.pptx", sha256=digest, media_type="x/y", bytes=1))


@pytest.fixture
def cleared(customers: CustomerList) -> Callable[..., Clearing]:
    """Scan and clear a document, with decisions."""

    def make(made: Document, *decisions: Decision) -> Clearing:
        return rules.clear(made, rules.scan(made, customers, Settings()), decisions, Settings(), customers)

    return make


def _text_of(clearing: Clearing) -> str:
    return "\n".join(block.text for _, block in clearing.cleared.blocks())
