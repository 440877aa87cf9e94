"""Very long lists: nearly every ordinary word is somebody's name there, so more is asked of a name; nothing is dropped."""

from __future__ import annotations

import pytest

from rules.customers import CustomerList, find_customers
from rules.customers_found import Match, without_overlaps
from rules.customers_lens import CROWD, lens_of
from rules.customers_words import words_of

NAMED = ["Life Science REIT", "Data Fabric Holdings", "Open Ledger Systems Corp", "DLC Holdings Corp.", "Linkera Global Inc",
         "Okkerby Foods Ltd", "Time Out Group plc", "Design Co., Ltd.", "Enterprise Group, Inc.", "Net Holding A.S.",
         "Young Poong Corporation", "SpareNord 1 SMN"]
SMALL = CustomerList.of(NAMED)
LARGE = CustomerList.of([*NAMED, *(f"Zq{number}x Wv{number % 97}q Ltd" for number in range(CROWD + 1))])


def finds(text: str, names: CustomerList, *before: str) -> list[tuple[str, bool]]:
    return [(text[match.start:match.end], match.confidence >= 0.5)
            for match in find_customers([*before, text], names)[-1]]


@pytest.mark.parametrize(("text", "name"), [
    ("Our units: Electronics, Life Science, Retail", "Life Science"),
    ("The column is called doc_dlc_item", "doc_dlc_item"),
    ("Two Linkeras were seen", "Linkeras"),
    ("Layout by RRD Design LLC, printed in May", "Design LLC"),
    ("SET (HEALTH_CHECK_TIMEOUT = 3)", "HEALTH_CHECK_TIMEOUT"),
    ("The president is Kang Young Joong.", "Young Joong"),
])
def test_what_is_sure_on_no_long_list_is_still_shown(text: str, name: str) -> None:
    assert (name, False) in finds(text, LARGE)


@pytest.mark.parametrize("text", [
    "Okkerby Foods was happy", "OKKERBY FOODS", "Mail jan@okkerbyfoods.com", "#OkkerbyFoods", "Okkerby Fods",
    "The contract with Life Science ends", "Life Science REIT", "Open Ledger Systems", "A talk of Open Ledger Systems Corp",
    "Linkera", "Design Co., Ltd. signed",
])
def test_names_that_tell_stay_sure_on_a_long_list(text: str) -> None:
    assert any(sure for _, sure in finds(text, LARGE)), text


def test_a_short_list_asks_less() -> None:
    assert finds("Our units: Electronics, Life Science, Retail", SMALL) == [("Life Science", True)]
    assert ("Linkeras", True) in finds("Two Linkeras were seen", SMALL)


def test_first_words_with_capitals_inside_are_found_beside_the_full_name() -> None:
    assert ("SpareNord", True) in finds("Why SpareNord chose us", LARGE, "SpareNord 1 SMN signed in May.")


def test_what_was_learned_changes_no_answer() -> None:
    texts = ["Okkerby Fods and Okkerby Foods", "Linkera; Linkeras; LinkeraBank", "Time Out, TIMEOUT"]
    lens_of(LARGE.index).forget()
    first = find_customers(texts, LARGE)
    assert find_customers(texts, LARGE) == first
    assert lens_of(LARGE.index) is lens_of(LARGE.index)


def test_of_finds_that_overlap_the_surer_then_the_longer_stays() -> None:
    low, high, long = Match(0, 9, 1, "name", 0.4), Match(3, 6, 2, "name", 0.9), Match(2, 8, 3, "name", 0.6)
    apart = Match(9, 12, 4, "name", 0.2)
    assert without_overlaps([low, high, long, apart]) == [long, apart]
    assert without_overlaps([apart, low]) == [low, apart]


@pytest.mark.parametrize(("text", "pieces"), [
    ("HaldenFoods-Bank x", ["halden", "foods", "bank", "x"]), ("Acme™ AG", ["acme", "tm", "ag"]), ("a1B2", ["a1", "b2"]),
    ("ÉcoleÜber", ["ecole", "uber"]), ("Ha\u200bLden", ["halden"]), ("", []), ("...", []),
])
def test_pieces_are_cut_at_capitals(text: str, pieces: list[str]) -> None:
    words = words_of(text)
    assert words.pieces == pieces
    assert "".join(pieces) == words.squashed
    spans = [words.span(number, number) for number in range(len(pieces))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
