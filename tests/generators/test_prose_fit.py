"""Lists under leads that fit, glossaries in one piece, labels above their text. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

from content.document import Block, Part, Unit
from content.draft import Sentence
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from generators.prose_fit import fitted
from generators.prose_line import lines_of


def _s(text: str, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s1.b{n}.1",))


def _passage(*rows: tuple[str, ...], items: tuple[str, ...] = (), lead: str = "", running: bool = False) -> Passage:
    paragraphs = tuple(tuple(_s(text, 10 * n + m) for m, text in enumerate(row)) for n, row in enumerate(rows))
    lists = (ItemList(tuple(_s(text, 90 + n) for n, text in enumerate(items)), _s(lead, 80) if lead else None),) if items else ()
    return Passage(1, _s("Boats", 99), tuple(s for row in paragraphs for s in row), lists, paragraphs=paragraphs, running=running)


def test_a_lead_that_says_something_before_its_clause_stays_whole() -> None:
    lead = "A landing is in danger if it is:"
    (loose,) = fitted([_passage(items=("Old boats are tied to it.", "The pole stands in sand.", "Made of ash"), lead=lead)], cues("en"))
    assert loose.lists[0].lead is not None and loose.lists[0].lead.text == lead
    assert len(loose.lists[0].items) == 3
    (bare,) = fitted([_passage(items=("Old boats are tied to it.", "The pole stands in sand."), lead="When it is:")], cues("en"))
    assert bare.lists[0].lead is None
    (dutch,) = fitted([_passage(items=("De boten zijn er oud.", "De paal staat in het zand."),
                                lead="Een steiger is in gevaar als hij:")], cues("nl"))
    assert dutch.lists[0].lead is not None and dutch.lists[0].lead.text.startswith("Een steiger is in gevaar")
    (fits,) = fitted([_passage(items=("Made of ash", "Older than its boats", "Wet all year"), lead=lead)], cues("en"))
    assert fits.lists[0].lead is not None


def test_an_announcement_of_nothing_goes() -> None:
    (left,) = fitted([_passage(("Ropes are dear.", "The following are some of the ropes that we know."))], cues("en"))
    assert [s.text for s in left.prose] == ["Ropes are dear."]
    (kept,) = fitted([_passage(("The following are some of the ropes that we know:",), items=("Hemp", "Flax"))], cues("en"))
    assert len(kept.prose) == 1


def test_a_glossary_is_one_list() -> None:
    rows = (("Pole: the thing that a boat is tied to.", "Keep it dry."), ("Tide: how high the river stands.",))
    (found,) = fitted([_passage(*rows, items=("Rope: what ties the boat.", "Bell: what rings."), running=True)], cues("en"))
    assert not found.prose and [s.text for s in found.lists[0].items] == [
        "Pole: the thing that a boat is tied to. Keep it dry.", "Tide: how high the river stands.",
        "Rope: what ties the boat.", "Bell: what rings."]


def test_terms_with_a_dash_are_a_list_between_the_paragraphs() -> None:
    rows = (("Boats are kept apart.",), ("Berth – To hold a boat.", "Buoy – To mark a place."), ("The river is low.",))
    first, second = fitted([_passage(*rows)], cues("en"))
    assert [s.text for s in first.prose] == ["Boats are kept apart."] and len(first.lists[0].items) == 2
    assert first.heading is not None and second.heading is None and [s.text for s in second.prose] == ["The river is low."]


def test_a_label_stands_above_what_it_labels() -> None:
    passage = _passage(("Count the boats.", "Tie With a Strong Rope."), items=("Use two ropes for each boat.", "Use one knot."))
    first, second = fitted([passage], cues("en"))
    assert [s.text for s in first.prose] == ["Count the boats."]
    assert second.run_in is not None and second.run_in.text == "Tie With a Strong Rope" and len(second.lists[0].items) == 2
    row = _passage(("Count the boats.",), ("Tie With a Strong Rope.",), ("Use two ropes for each boat.",), ("Use one knot.",))
    first, second = fitted([row], cues("en"))
    assert second.run_in is not None and second.run_in.text == "Tie With a Strong Rope" and len(second.paragraphs) == 2
    (told,) = fitted([_passage(("Count the boats.",), ("This wakes the Harbour Master.",), ("He counts them.",))], cues("en"))
    assert told.run_in is None and len(told.paragraphs) == 3, "a sentence with a subject is no label"
    left = fitted([_passage(items=("Count all the boats before the tide turns.", "Ropes For Every Boat"), ), replace_heading(
        _passage(("Ropes are cut in spring.", "They are dried in the hall.")))], cues("en"))
    assert [p.run_in.text if p.run_in else "" for p in left] == ["", "Ropes For Every Boat"]


def replace_heading(passage: Passage) -> Passage:
    return Passage(passage.unit, None, passage.prose, passage.lists, paragraphs=passage.paragraphs)


def test_among_labels_a_few_words_without_a_subject_are_one() -> None:
    told = ("Tie with care.", "Use two ropes for each of the boats at the quay.")
    sinks = ("Boats are dear.", "Use two ropes for each of the boats at the quay.")
    heads = [replace(_passage(("Count all the boats in the morning.",)), run_in=_s(text)) for text in ("Boats", "Ropes")]
    found = fitted([*heads, _passage(told, sinks)], cues("en"))
    assert [p.run_in.text if p.run_in else "" for p in found] == ["Boats", "Ropes", "Tie with care"]
    assert [p.run_in for p in fitted([_passage(told)], cues("en"))] == [None], "by itself it is advice"


def test_a_line_that_a_break_cut_after_a_comma_goes_on() -> None:
    unit = Unit(number=1, kind="slide", title="Ropes", blocks=())
    block = Block(id="s1.b1", part=Part.BODY, text="Guide to ropes: hemp, flax,\vcotton", shape="one")
    assert [line.text for line in lines_of(unit, block, "en")] == ["Guide to ropes: hemp, flax, cotton"]
    nl = Block(id="s1.b1", part=Part.BODY, text="Gids van touw: hennep, vlas,\n1. Katoen", shape="one")
    assert len(lines_of(unit, nl, "nl")) == 2, "what is numbered begins anew"
