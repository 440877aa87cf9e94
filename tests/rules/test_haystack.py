"""Places in the joined text are places in the blocks, whatever characters stand there."""

from __future__ import annotations

import re

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from content.document import Block, Part, Unit
from rules.haystack import Haystack, plain

ALPHABET = st.sampled_from("ab1 é€\u00a0’\n\x0b😀Ａ.")


def joined(texts: list[str]) -> Haystack:
    unit = Unit(number=1, kind="slide")
    return Haystack([(unit, Block(id=f"s1.b{n}", part=Part.BODY, text=text)) for n, text in enumerate(texts, start=1)])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=12), min_size=1, max_size=5))
def test_finds_in_each_block_what_a_search_of_it_alone_finds(texts: list[str]) -> None:
    regex = re2.compile("(?m)[ab1][é€ab1 ]*".encode())
    found = [(place.block.id, place.block.text[place.start:place.end]) for place in joined(texts).find(regex)]
    expected = [
        (f"s1.b{n}", text[match.start():match.end()])
        for n, text in enumerate(texts, start=1) for match in re.finditer("[ab1][é€ab1 ]*", plain(text))
    ]
    assert found == expected


@given(st.text(max_size=50))
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_a_match_never_reaches_over_the_edge_of_a_block() -> None:
    regex = re2.compile(rb"a[^x]*b")
    found = [place.block.text[place.start:place.end] for place in joined(["a1", "1b", "a2b"]).find(regex)]
    assert found == ["a2b"]


def test_the_group_hit_narrows_the_place() -> None:
    regex = re2.compile(rb"pin: (?P<hit>\d+)")
    places = list(joined(["é pin: 42!"]).find(regex))
    assert [(place.start, place.end) for place in places] == [(7, 9)]
