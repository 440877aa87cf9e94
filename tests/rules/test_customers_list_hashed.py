"""A hashed list finds what the plain one finds, and holds no name."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from content.document import Block, Document, Part, Unit
from content.finding import Category
from content.settings import Settings
from rules.customers import CustomerList, find_customers
from rules.customers_hashed import HashedList, opened
from rules.customers_hashed_build import hashed
from rules.customers_hashed_words import letter_of, rests_of, unlocked
from rules.customers_stored import from_parts, to_parts
from rules.engine import document_of

KEY = bytes(range(32))
ROWS = [
    "Halden Foods B.V. | alias=Haldenkitchen | ticker=HLDF | code_name=Project Bluegannet | domain=hfoods.example | "
    "industry=food | country=Norway | account_owner=Pia Vos",
    "Orvell Marine Kettering | industry=shipping", "Target Corporation", "Orange", "Zorba Inc.", "Smitt & Zonen", "New",
    "Best Bakers", "Vos, Kok and Sons", "Café Zoë", "Brightwell. Online Group", "Oberholt-Lindqvale Rail Freight", "Kok",
    "Tarnwick Energy | alias=TWE;Tarnwick | ticker=TWEN", "Norwick Mutual Insurance", "Compass Nederland",
]
PLAIN = CustomerList.of(ROWS)


@pytest.fixture(scope="module")
def blind() -> HashedList:
    return opened(hashed(PLAIN, KEY), KEY)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str, "upper": str.upper, "lower": str.lower, "hyphens": lambda n: n.replace(" ", "-"),
    "underscores": lambda n: n.replace(" ", "_"), "glued": lambda n: n.replace(" ", ""), "possessive": lambda n: f"{n}'s",
    "tag": lambda n: "#" + "".join(c for c in n if c.isalnum()), "handle": lambda n: "@" + "".join(c for c in n if c.isalnum()),
    "host": lambda n: "www." + "-".join(n.lower().split()) + ".example", "break": lambda n: n.replace(" ", "\n"),
    "blank": lambda n: n.replace(" ", "\u00a0"), "zero width": lambda n: n[:3] + "\u200b" + n[3:],
    "cyrillic": lambda n: n.replace("a", "а").replace("o", "о"), "missing": lambda n: n[:3] + n[4:],
    "double": lambda n: n[:3] + n[2:], "swapped": lambda n: n[:2] + n[3:4] + n[2:3] + n[4:], "changed": lambda n: n[:3] + "x" + n[4:],
    "spaced": " ".join, "cut": lambda n: n[:4] + "-\n" + n[4:].replace(".", ""), "first word": lambda n: f"{n} and then {n.split()[0]}",
    "initials": lambda n: f"{n} ({''.join(w[0] for w in n.split()).upper()}) and {''.join(w[0] for w in n.split()).upper()}",
    "legal": lambda n: f"{n.split()[0]} Inc.", "mail": lambda n: f"jo@{''.join(c for c in n.lower() if c.isalnum())}.example",
}
FRAMES = ("We built this for {} last year.", "Case study: {}", "- {} (reference)", "the {} workshop", "{}", "Ask {} why")
WORDS = ("HLDF", "$TWEN", "Bluegannet", "project Bluegannet", "jo@hfoods.example", "hfoods.example", "shares of HLDF rose")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ROWS), st.sampled_from(sorted(SPELLINGS)), st.sampled_from(FRAMES)), min_size=1,
                max_size=4), st.sampled_from(WORDS))
def test_both_find_the_same(blind: HashedList, picked: list[tuple[str, str, str]], word: str) -> None:
    texts = [frame.format(SPELLINGS[how](row.partition(" |")[0])) for row, how, frame in picked] + [word]
    assert find_customers(texts, blind) == find_customers(texts, PLAIN)


def test_recall_on_invented_names_in_every_spelling() -> None:
    rng = random.Random(5)
    start = ("Bra", "Kerl", "Tolv", "Mav", "Ostr", "Lind", "Grub", "Vesk")
    end = ("berg", "sen", "wick", "dal", "quist", "marsh", "field", "haus")
    names = sorted({f"{rng.choice(start)}{rng.choice(end)} {rng.choice(start)}{rng.choice(end)} {trade}"
                    for trade in ("Foods", "Marine", "Insurance", "Robotics") for _ in range(40)})
    plain = CustomerList.of(names)
    blind = opened(hashed(plain, KEY), KEY)
    hits = {"plain": 0, "blind": 0}
    count = 0
    for name in names[::2]:
        for how, spell in SPELLINGS.items():
            text = f"Last week we spoke with {spell(name)} about the move."
            if how in {"legal", "lower", "spaced"}:
                continue
            count += 1
            for label, listed in (("plain", plain), ("blind", blind)):
                hits[label] += any(listed.rows[m.owner] is listed.rows[names.index(name)] for m in find_customers([text], listed)[0])
    assert hits["plain"] / count > 0.95
    assert abs(hits["plain"] - hits["blind"]) / count <= 0.01


def _groups(document: Document, customers: CustomerList) -> list[tuple[str, str, int, int, str]]:
    """Findings with their groups numbered in the order in which they come."""
    numbers: dict[str, str] = {}
    return [(finding.rule, finding.block, finding.start, finding.end, numbers.setdefault(finding.group, f"g{len(numbers)}"))
            for finding in rules.scan(document, customers, Settings()) if finding.category is Category.CUSTOMER]


def test_findings_are_grouped_by_row_and_named_as_the_document_names_them(blind: HashedList) -> None:
    text = ("Haldn Foods, Halden Foods and $HLDF. Project Bluegannet. jo@hfoods.example\n"
            "Orvell Marine Kettering (OMK), then OMK and Orvell. Vos, Kok and Sons. Café Zoë asked.")
    document = document_of(text)
    assert _groups(document, blind) == _groups(document, PLAIN)
    found = [f for f in rules.scan(document, blind, Settings()) if f.category is Category.CUSTOMER]
    labels = {f.text: f.label for f in found}
    assert labels["Haldn Foods"] == labels["$HLDF"] == labels["Project Bluegannet"] == "Halden Foods"
    assert labels["OMK"] == "Orvell Marine Kettering"
    assert all(blind.number(f.label) is not None and f.label in f.why for f in found)
    assert any("Pia Vos" in f.suggestion for f in found)


def test_a_name_that_a_line_break_cuts_is_one_customer(blind: HashedList) -> None:
    bare = document_of("x")
    blocks = tuple(Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape="a") for n, text in enumerate(["With Norwick", "Mutual in May"], 1))
    document = bare.model_copy(update={"units": (Unit(number=1, kind="slide", blocks=blocks),)})
    halves = [f for f in rules.scan(document, blind, Settings()) if f.rule == "customer.split"]
    assert _groups(document, blind) == _groups(document, PLAIN)
    for half in halves:
        assert half.label == "Norwick Mutual"
        assert blind.number(half.label) == PLAIN.number("Norwick Mutual Insurance")


def test_clearing_takes_every_spelling_out(blind: HashedList) -> None:
    text = ("Halden Foods moved in May. Then #HaldenFoods grew and Haldn Foods paid. Ask jo@hfoods.example about HLDF shares. "
            "Orvell Marine Kettering (OMK) came later, and OMK stayed with Project Bluegannet.")
    document = document_of(text)
    both = [rules.clear(document, rules.scan(document, listed, Settings()), (), Settings(), listed) for listed in (PLAIN, blind)]
    cleared = [" ".join(block.text for _, block in each.cleared.blocks()) for each in both]
    assert cleared[0] == cleared[1]
    for gone in ("halden", "haldn", "hfoods", "hldf", "orvell", "omk", "bluegannet"):
        assert gone not in cleared[1].lower()
    assert any("halden foods" in string.text.lower() for string in both[1].withheld.strings)


def test_ordinary_names_are_counted(blind: HashedList) -> None:
    assert blind.ordinary() == PLAIN.ordinary() > 0


def test_no_name_is_in_any_table() -> None:
    rows = [*ROWS, "Quillbrook Dairy | status=lost to Quillbrook Dairy in May | industry=dairy"]
    data = b"".join(hashed(CustomerList.of(rows), KEY).values()).lower()
    for word in ("halden", "orvell", "kettering", "bluegannet", "hfoods", "tarnwick", "oberholt", "quillbrook", "hldf"):
        assert word.encode() not in data and word.encode("utf-16-le") not in data
    assert b"pia vos" in data and b"dairy" in data  # what masks and reviewers need


def test_another_key_finds_nothing_and_gives_other_bytes(blind: HashedList) -> None:
    other = bytes(32)
    assert hashed(PLAIN, other)["keys"] != hashed(PLAIN, KEY)["keys"]
    assert not any(find_customers(["Halden Foods and Orvell Marine Kettering"], opened(hashed(PLAIN, KEY), other))[0])


def test_the_same_list_gives_the_same_bytes() -> None:
    assert hashed(CustomerList(PLAIN.rows), KEY) == hashed(PLAIN, KEY)


@given(st.text("abcé", min_size=4, max_size=24))
def test_a_word_comes_back_from_what_is_left_of_it(word: str) -> None:
    for rest in rests_of(word):
        assert unlocked(rest, letter_of(word, rest)) == word


def test_a_plain_list_comes_back_whole() -> None:
    assert from_parts(to_parts(PLAIN, None), None).rows == PLAIN.rows
