"""Two numbers for one thing are told; two things with a number each are not."""

from __future__ import annotations

import pytest

from flows.across.contradictions import claims_in, contradictions


def told(make_pack, first: str, second: str, language: str = "en") -> int:
    return len(contradictions([make_pack("a", first, language=language), make_pack("b", second, language=language)]))


@pytest.mark.parametrize(("first", "second"), [
    ("The harbour library lends 340 maps a year to schools.", "The harbour library lends 290 maps a year to schools."),
    ("In 2025 the festival drew 1,200 visitors from the region.", "In 2025, the festival drew 1,450 visitors from the region."),
    ("Some 40% of readers answer within an hour.", "45 percent of readers answer within an hour."),
    ("The new oven costs €450 to build.", "The new oven costs €600 to build."),
    ("Our readers wrote twelve letters to the mayor.", "Our readers wrote 15 letters to the mayor."),
])
def test_another_number_for_the_same_thing(make_pack, first: str, second: str) -> None:
    (found,) = contradictions([make_pack("a", first), make_pack("b", second)])
    assert (found.pack, found.text, found.other_pack, found.other_text) == ("b", second, "a", first)
    assert not found.out
    assert contradictions([make_pack("a", first), make_pack("b", first)]) == ()


@pytest.mark.parametrize(("first", "second"), [
    # another year, another subject, another unit, another verb
    ("In 2024 the festival drew 1,200 visitors.", "In 2025 the festival drew 1,450 visitors."),
    ("The harbour library lends 340 maps a year.", "The castle library lends 290 maps a year."),
    ("The harbour library lends 340 maps a year.", "The harbour library lends 290 books a year."),
    ("The harbour library lends 340 maps a year.", "The harbour library lost 290 maps a year."),
    # bounds, ranges, suppositions, conditions, questions
    ("The library lends more than 300 maps to schools.", "The library lends 340 maps to schools."),
    ("The library lends 300 to 400 maps to schools.", "The library lends 500 to 600 maps to schools."),
    ("If the library lends 300 maps schools are happy.", "If the library lends 400 maps schools are happy."),
    ("Does the library lend 300 maps to schools?", "Does the library lend 400 maps to schools?"),
    # something indefinite, which is how masks read
    ("A customer saved 40 hours of work in spring.", "A customer saved 60 hours of work in spring."),
    # names, ordinals, dates, times, years
    ("Step 3 of the harbour plan begins in spring.", "Step 4 of the harbour plan begins in spring."),
    ("The 3rd harbour festival begins in spring.", "The 4th harbour festival begins in spring."),
    ("The harbour festival begins at 10:30 in spring.", "The harbour festival begins at 11:30 in spring."),
    ("The harbour festival came back in 2019 with music.", "The harbour festival came back in 2021 with music."),
    # denied or not
    ("The library does not lend 300 maps to schools.", "The library does lend 400 maps to schools."),
    # too little to be a subject
    ("See 12 slides.", "See 14 slides."),
])
def test_two_things_are_two_things(make_pack, first: str, second: str) -> None:
    assert told(make_pack, first, second) == 0


def test_dutch(make_pack) -> None:
    assert told(make_pack, "De havenbibliotheek leent jaarlijks 340 kaarten uit aan scholen.",
                "De havenbibliotheek leent jaarlijks 290 kaarten uit aan scholen.", "nl") == 1
    assert told(make_pack, "Een klant bespaarde 40 uur werk in het voorjaar.",
                "Een klant bespaarde 60 uur werk in het voorjaar.", "nl") == 0


def test_a_series_is_left_alone(make_pack) -> None:
    form = "The harbour library lends {} maps to schools."
    assert contradictions([make_pack("a", form.format(3), form.format(4)), make_pack("b", form.format(5))]) == ()
    assert contradictions([make_pack(f"p{n}", form.format(n + 2)) for n in range(6)]) == ()


def test_what_is_out_is_the_other_piece_and_versions_are_marked(make_pack) -> None:
    new = make_pack("new", "The harbour library lends 340 maps a year to schools.")
    old = make_pack("old (released)", "The harbour library lends 290 maps a year to schools.", status="released")
    (found,) = contradictions([new], [old])
    assert (found.pack, found.other_pack, found.out, found.versions) == ("new", "old (released)", True, False)
    (update,) = contradictions([new], [old], {"new": "new", "old (released)": "new"})
    assert update.versions
    assert contradictions([], [old, make_pack("too", "The harbour library lends 1 maps a year to schools.")]) == ()


def test_a_claim_is_its_number_and_its_subject() -> None:
    (claim,) = claims_in("In 2025 the festival drew 1,200 visitors.", "en")
    assert claim.value == 1200
    assert "=2025" in claim.subject
    assert "visitor" in claim.subject
