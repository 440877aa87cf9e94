"""What a draft closes with stands alone, or is not there."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog import GENERATOR
from generators.blog_close import says_alone, stands_alone, takeaways
from generators.blog_plan import Piece
from generators.blog_references import followable, is_entry
from generators.material import Material, Passage
from generators.prose_cues import cues

_STORY = ("The board hangs beside the gate of the north hall, and forty fitters walk past it on their way to the canteen. In the "
          "first spring they asked ninety questions there, and most of the replies came from people whom no list had named. "
          "Somebody in the paint shop knew more about lightning than the whole office. We began to read the open ones aloud.")
_MORE = tuple(
    f"The {place} got a screen of its own in that summer, and people read the newest replies while they waited for the {thing} "
    f"to finish. A welder from the {place} told me that the {thing} had never been so quiet, and that she liked it."
    for place, thing in (("workshop", "lathe"), ("gatehouse", "barrier"), ("foundry", "furnace")))


def _draft(slide, context, last, asides=None, **more):
    units = (slide(1, "The board by the gate", (), (_STORY,)), *(slide(n, f"What hall {n} saw", (), (text,))
             for n, text in enumerate(_MORE, start=2)), *last)
    return GENERATOR.drafts(context(units, asides=asides, **more))[0].text


@pytest.fixture(autouse=True)
def _short(monkeypatch) -> None:
    """The talks of these tests are short: a few sentences make an article."""
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)


@pytest.mark.parametrize("text", [
    "Ask where others can see the question.", "What somebody knows stays when that person retires.",
    "A question that comes twice is a finding about us."])
def test_general_lines_stand_alone(text: str) -> None:
    assert stands_alone(Sentence(text=text, sources=("s1.b1.1",)), cues("en"))


@pytest.mark.parametrize(("text", "language"), [
    ("The eleven did not agree with one another.", "en"), ("She asked why we tighten the bolts in that order.", "en"),
    ("The tablet stood where the questions arise.", "en"), ("He has serviced one kind of gauge for 26 years.", "en"),
    ("Tell the person it is about before somebody else does.", "en"), ("What will be out, and on which day.", "en"),
    ("Read often + old = check first.", "en"), ("Under a fifth? Stop, a board helps nobody.", "en"),
    ("620 calls a week became 540.", "en"), ("Is there a place that everybody walks past?", "en"), ("Then name the thing.", "en"),
    ("Not: “The unit should be de-energised”.", "en"), ("Een uur later stond het goed.", "nl"),
    ("In week twee stelt de chef er een.", "nl"),
    ("Hij had stap drie geprobeerd.", "nl")])
def test_lines_that_lean_do_not(text: str, language: str) -> None:
    assert not stands_alone(Sentence(text=text, sources=("s1.b1.1",)), cues(language))


@pytest.mark.parametrize(("heading", "language", "demanded"), [
    ("Customer needs", "en", True), ("Requirements", "en", True), ("What our clients want", "en", True), ("Our wishes", "en", True),
    ("What a reader needs", "en", False), ("Needles and thread", "en", False), ("Klantwensen", "nl", True),
    ("Eisen van de opdrachtgever", "nl", True), ("Wat de klant wil", "nl", True), ("Wat een lezer nodig heeft", "nl", False),
    ("Diagnosis 2: the gate sticks", "en", True), ("Diagnose 2: het hek klemt", "nl", True)])
def test_what_a_client_asks_for_is_nothing_to_take_away(heading: str, language: str, demanded: bool) -> None:
    lines = tuple(Sentence(text=text, sources=(f"s2.b2.{n}",)) for n, text in enumerate((
        "Paint every gate before frost comes.", "Count all boats each evening.", "Keep spare rope on board."), start=1))
    passages = (Passage(2, Sentence(text=heading, sources=("s2.b1.1",)), ()),)
    material = Material(Topic(number=1, title="Boats", first=2, last=2), Sentence(text="Boats", sources=("s1.b1.1",)), passages,
                        points=lines)
    assert bool(takeaways(Piece((material,), passages), (), (), cues(language))) is not demanded


def test_a_slide_that_sums_up_is_what_to_take_away(slide, context) -> None:
    lines = ("We read the open questions aloud", "We hang the board where people walk past", "We give the newest replies a screen")
    text = _draft(slide, context, (slide(5, "The board, in three lines", lines),))
    assert text.split("## To take away")[1].split("<!--")[0].split("\n- ")[1:] == [
        "We read the open questions aloud.", "We hang the board where people walk past.",
        "We give the newest replies a screen.\n\n"]
    assert text.count("We hang the board") == 1
    assert "in three lines" not in text


def test_a_line_that_the_piece_never_told_is_nothing_to_take_away(slide, context) -> None:
    lines = ("We read the open questions aloud", "Otters sleep afloat", "We give the newest replies a screen")
    text = _draft(slide, context, (slide(5, "The board, in three lines", lines),))
    assert text.split("## To take away")[1].count("\n- We ") == 2
    assert "Otters" not in text
    assert "To take away" not in _draft(slide, context, (slide(5, "The board, in three lines", (
        "We read the open questions aloud", "Otters sleep afloat", "Herons fish alone")),))


def test_too_few_lines_that_stand_alone_give_no_list(slide, context) -> None:
    told = ("The caller had printed the page and corrected it by hand before he rang us on that Monday morning, and he was right "
            "about every step of it, so the desk thanked him and changed the page by noon of the same day.",)
    text = _draft(slide, context, (slide(5, "A call", ("He had printed it", "He was right about it"), told),))
    assert "To take away" not in text


def test_counts_of_ones_own_are_no_further_reading(slide, context) -> None:
    last = (slide(5, "Sources", ("The board by the gate, own count of questions",
                                 "Example, W., Questions in the open: board and gate, 2019")),)
    text = _draft(slide, context, last, asides={5: "references"})
    # One entry is no list.
    assert "\nFurther reading: Example, W., Questions in the open: board and gate, 2019\n" in text
    assert "\nSources of the figures: The board by the gate, own count of questions\n" in text
    other = _draft(slide, context, (slide(5, "Sources", ("Log of the canteen, questions on ninety replies",)),),
                   asides={5: "references"})
    assert "Log of the canteen" not in other, "no slide is about it"
    told = _draft(slide, context, (slide(5, "Sources", ("The board beside the gate in the first spring",)),), asides={5: "references"})
    assert "Sources of the figures" not in told, "it says what is told, and names no count"


@pytest.mark.parametrize(("text", "so"), [
    ("Log of the support desk, two years", False), ("Question board, own count, March of last year", False),
    ("Board statistics, March 2024", False), ("Wetboek van de waag, wetten.example.nl", True), ("CVE-2031-0007, a valve", True),
    ("Example, W. (2019). Asking in the open.", True), ("The guide at https://example.org/guide", True),
    ("“How a hall learned to ask”, Example Press", True)])
def test_followable(text: str, so: bool) -> None:
    assert followable(Sentence(text=text, sources=("s1.b1.1",))) is so


@pytest.mark.parametrize(("text", "language"), [
    ("Who answers the fourth.", "en"), ("Restricts certain flour to certain ovens.", "en"),
    ("What stands on the door.", "en"), ("The three questions of the bakers.", "en"), ("Wie de vierde beantwoordt.", "nl"),
    ("Wat er aan de deur hangt.", "nl")])
def test_half_sentences_are_nothing_to_take_away(text: str, language: str) -> None:
    assert not says_alone(Sentence(text=text, sources=("s1.b1.1",)), frozenset(), cues(language))


@pytest.mark.parametrize(("text", "language"), [
    ("What nobody owns goes away.", "en"), ("Ask an old baker before you buy anything.", "en"),
    ("Begin met tien huizen en één avond.", "nl")])
def test_whole_ones_are(text: str, language: str) -> None:
    known = frozenset({"baker", "last", "bakers"})
    assert says_alone(Sentence(text=text, sources=("s1.b1.1",)), known, cues(language))


_TOLD = ("Somebody offers to approve each reply before the others read it, and means it kindly. A board on which one person "
         "reads first is a queue with a door in front of it. Start with forty fitters who share one kind of trouble, and count "
         "the replies after a month. The gate of the hall is where all of them pass twice a day.")


@pytest.mark.parametrize("title", ["Signs that you are not ready", "What went wrong in the foundry", "Who reads first?"])
def test_a_warning_is_not_turned_into_advice(slide, context, monkeypatch, title) -> None:
    monkeypatch.setattr("generators.blog_close._PIECE", 9)  # the lines of one slide will do
    lines = ("Somebody approves each reply first", "Start with forty fitters who share trouble", "All fitters pass the gate twice a day")
    assert "Somebody approves" not in _draft(slide, context, (slide(5, title, lines, (_TOLD,)),))
    sound = _draft(slide, context, (slide(5, "How to begin at the gate", lines, (_TOLD,)),))
    assert "- Somebody approves each reply first." in sound.partition("## To take away")[2]


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("We’d like to thank the many bakers who lent us their ovens:", "en", False),
    ("Also, Wendel Example provided invaluable support in the writing of the new chapter.", "en", False),
    ("The survey was answered by bakers of every street and is described elsewhere.", "en", False),
    ("Example, W., The open oven, 2019.", "en", True), ("Oven Guide: Lighting the fire", "en", True),
    ("Met dank aan alle bakkers van de straat", "nl", False), ("Voorbeeld, W., De open oven, 2019.", "nl", True)])
def test_thanks_and_sentences_are_no_further_reading(text: str, language: str, expected: bool) -> None:
    assert is_entry(text, cues(language)) is expected


def test_addresses_in_further_reading_are_links(slide, context) -> None:
    last = (slide(5, "Sources", ("Questions on a board by the gate: https://example.org/open_boards/gate_2.html.",)),)
    text = _draft(slide, context, last, asides={5: "references"})
    assert "Questions on a board by the gate: <https://example.org/open_boards/gate_2.html>." in text.split("Further reading: ")[1]


def test_a_source_keeps_its_whole_line(slide, context) -> None:
    entry = "Kade, M., Ost, L. (2013). Questions beside the gate. Journal of Boards 12, 40–51."
    text = _draft(slide, context, (slide(5, "References", (entry,)),), asides={5: "references"})
    assert entry in text.split("Further reading: ")[1]
    assert text.count("Questions beside the gate") == 1
