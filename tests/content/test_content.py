"""The nouns refuse what makes no sense, settings say which key is wrong, and the colours can be read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from content import look
from content.decision import Decision, Policy
from content.document import Block, Document, Part, Source, Unit
from content.errors import BadSettings, DeckprismError, PackRefused
from content.finding import Category, Severity
from content.pack import Coverage
from content.settings import load_settings


@pytest.mark.parametrize("wrong", [
    {"action": "keep", "reason": "x"},
    {"group": "a", "finding": "b", "action": "remove"},
    {"group": "a", "action": "replace"},
    {"group": "a", "action": "keep"},
    {"group": "a", "action": "burn"},
    {"group": "a", "action": "remove", "colour": "red"},
])
def test_a_decision_that_says_too_little_is_refused(wrong):
    with pytest.raises(ValidationError):
        Decision.model_validate(wrong)


def test_policy_holds_from_its_threshold_and_never_for_quality():
    policy = Policy()
    assert policy.holds(Category.CUSTOMER, Severity.MEDIUM) and not policy.holds(Category.CUSTOMER, Severity.LOW)
    assert not policy.holds(Category.QUALITY, Severity.HIGH)
    assert policy.team(Category.CREDENTIAL) == "IT security" and policy.team(Category.UNREAD) == "the default team"


def test_only_what_an_audience_sees_is_readable():
    seen = Block(id="s1.b1", part=Part.NOTES, text="x")
    assert seen.readable and not seen.model_copy(update={"visible": False}).readable
    assert not Block(id="s1.b2", part=Part.COMMENT, text="x").readable


def test_content_units_leave_out_the_file_and_what_is_hidden():
    units = (Unit(number=0, kind="file"), Unit(number=1, kind="slide"), Unit(number=2, kind="slide", hidden=True))
    document = Document(id="x", source=Source(name="a", sha256="x", media_type="b", bytes=1), units=units)
    assert [unit.number for unit in document.content_units()] == [1]


@pytest.mark.parametrize(("text", "says"), [
    ("[profile]\nminutes = 0", "profile.minutes"), ("[profile]\ncolour = 1", "profile.colour"),
    ("[policy]\nhold_from = 'loud'", "policy.hold_from"), ("not toml", "is not valid TOML"),
])
def test_a_broken_profile_is_one_line_that_names_the_key(tmp_path, text, says):
    file = tmp_path / "deckprism.toml"
    file.write_text(text)
    with pytest.raises(BadSettings, match=says) as caught:
        load_settings(file)
    assert "\n" not in str(caught.value) and caught.value.exit_code == 2


def test_a_missing_profile_is_one_line(tmp_path):
    with pytest.raises(BadSettings, match="cannot be read"):
        load_settings(tmp_path / "none.toml")


def test_errors_say_what_where_and_what_next():
    assert str(DeckprismError("a.pptx, slide 7", "chart could not be read", "Save it again")) == (
        "a.pptx, slide 7: chart could not be read. Save it again.")
    assert PackRefused("a.pptx", ("one", "two")).exit_code == 1


def test_coverage_of_nothing_is_whole():
    assert Coverage().share == 1.0


@pytest.mark.parametrize("pair", [
    *((colour, look.PAPER) for colour in (look.INK, look.QUIET, look.ACCENT, *look.SEVERITY.values(), *look.TOPIC_HUES)),
    *((colour, look.DARK_PAPER) for colour in (
        look.DARK_INK, look.DARK_QUIET, look.DARK_ACCENT, *look.DARK_SEVERITY.values(), *look.DARK_TOPIC_HUES)),
    (look.ACCENT, look.CREAM),
])
def test_every_pair_of_colours_can_be_read(pair):
    assert look.contrast(*pair) >= 4.5


def test_body_text_is_triple_a_and_bad_colours_are_refused():
    assert look.contrast(look.INK, look.PAPER) >= 7 and look.contrast(look.DARK_INK, look.DARK_PAPER) >= 7
    with pytest.raises(ValueError, match="#RRGGBB"):
        look.luminance("red")
