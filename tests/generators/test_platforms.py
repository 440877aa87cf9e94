"""LinkedIn's escapes and Bluesky's facets; the limits file is dated and counted in known units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generators.limits import limits
from generators.platforms import escape_linkedin, facets
from language.counting import UNITS

RESERVED = "\\|{}@[]()<>#*_~"


@pytest.mark.parametrize("char", RESERVED)
def test_every_reserved_character_of_linkedin_is_escaped_once(char):
    assert escape_linkedin(f"a {char} b") == f"a \\{char} b"


def test_linkedin_hashtags_stay_hashtags_and_numbers_with_a_hash_do_not():
    assert escape_linkedin("Read #OpenAnswers and slide #12") == "Read #OpenAnswers and slide \\#12"


def test_linkedin_leaves_ordinary_text_alone():
    text = "Of 412 questions, 61 were answered: “by people outside”, in 15 % – no less."
    assert escape_linkedin(text) == text


def cut(text: str, start: int, end: int) -> str:
    return text.encode()[start:end].decode()


def test_facets_are_byte_offsets_with_the_end_excluded():
    text = "Één café: zie https://straat.example.com/brood. 🥖 #VersBrood en #één"
    found = facets(text)
    assert [each.kind for each in found] == ["link", "tag", "tag"]
    assert [cut(text, each.byte_start, each.byte_end) for each in found] == [
        "https://straat.example.com/brood", "#VersBrood", "#één"]
    assert [each.value for each in found] == ["https://straat.example.com/brood", "VersBrood", "één"]


@pytest.mark.parametrize(("text", "value"), [
    ("See street.org.", "https://street.org"),
    ("(https://street.org/a_(b))", "https://street.org/a_(b)"),
    ("“https://street.org/a?b=c#d”, and on", "https://street.org/a?b=c#d"),
])
def test_a_link_ends_where_its_sentence_does(text, value):
    (facet,) = facets(text)
    assert facet.value == value
    assert cut(text, facet.byte_start, facet.byte_end) in {value, value.removeprefix("https://")}


@pytest.mark.parametrize("text", ["No. 1 is C#", "me@street.org", "a&#39;b", "#" + "a" * 65, "# heading", "see e.g. this"])
def test_what_is_no_link_and_no_tag_gets_no_facet(text):
    assert facets(text) == ()


def test_a_tag_inside_a_link_is_part_of_the_link():
    assert [each.kind for each in facets("https://street.org/#bread")] == ["link"]


def test_facets_are_written_in_the_names_of_the_protocol():
    (facet,) = facets("#Bread")
    assert facet.model_dump(by_alias=True) == {"byteStart": 0, "byteEnd": 6, "kind": "tag", "value": "Bread"}


def test_limits_are_counted_in_known_units_and_name_their_source():
    for key, limit in limits().items():
        assert limit.key == key and limit.limit > 0 and limit.source
        assert limit.unit in UNITS and set(limit.also) <= set(UNITS), key


def test_limits_were_checked_within_a_year():
    assert all(date.today() - date.fromisoformat(each.checked_on) < timedelta(days=366) for each in limits().values())
