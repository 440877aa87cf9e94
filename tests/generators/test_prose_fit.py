"""Lists under leads that fit, glossaries in one piece, labels above their text. All sentences are invented."""

from __future__ import annotations

from content.draft import Sentence
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from generators.prose_fit import fitted


def _s(text: str, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s1.b{n}.1",))


def _passage(*rows: tuple[str, ...], items: tuple[str, ...] = (), lead: str = "", running: bool = False) -> Passage:
    paragraphs = tuple(tuple(_s(text, 10 * n + m) for m, text in enumerate(row)) for n, row in enumerate(rows))
    lists = (ItemList(tuple(_s(text, 90 + n) for n, text in enumerate(items)), _s(lead, 80) if lead else None),) if items else ()
    return Passage(1, _s("Boats", 99), tuple(s for row in paragraphs for s in row), lists, paragraphs=paragraphs, running=running)


def test_a_lead_above_whole_sentences_goes_and_one_that_fits_stays() -> None:
    lead = "A landing is in danger if it is:"
    (loose,) = fitted([_passage(items=("Old boats are tied to it.", "The pole stands in sand.", "Made of ash"), lead=lead)], cues("en"))
    assert loose.lists[0].lead is None and len(loose.lists[0].items) == 3
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
    left = fitted([_passage(items=("Count all the boats before the tide turns.", "Ropes For Every Boat"), ), replace_heading(
        _passage(("Ropes are cut in spring.", "They are dried in the hall.")))], cues("en"))
    assert [p.run_in.text if p.run_in else "" for p in left] == ["", "Ropes For Every Boat"]


def replace_heading(passage: Passage) -> Passage:
    return Passage(passage.unit, None, passage.prose, passage.lists, paragraphs=passage.paragraphs)
