"""Few lists in an article: none that repeats, no weak box, none for an ending."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.draft import Sentence
from generators.blog_boxes import few_lists, is_box, left_boxes, with_ending
from generators.blog_plan import Piece
from generators.material import ItemList, Passage
from generators.prose_cues import cues

_TOLD = {
    1: "The ferry leaves at eight, when the water is high enough for it, and whoever comes later waits on the other bank.",
    2: "In winter the pilot writes the hour on a slate beside the bridge, so that nobody has to ask him for it twice.",
    4: "An old miller counted every sack that crossed the river in May, and he found that a third of them came back empty.",
    5: "We asked the guests what they read while they wait, and most of them told us that they look for the heron."}
_NL = {
    1: "De pont vertrekt om acht uur, als het water hoog genoeg is, en wie later komt wacht op de andere oever.",
    2: "In de winter schrijft de loods het uur op een lei naast de brug, zodat niemand er twee keer naar vraagt.",
    4: "Een oude molenaar telde elke zak die in mei over de rivier ging, en een derde daarvan kwam leeg terug."}


def _told(unit: int, text: str) -> Passage:
    s = Sentence(text=text, sources=(f"s{unit}.b2.1",))
    return Passage(unit, Sentence(text=f"Day {unit} at the landing", sources=(f"s{unit}.b1.1",)), (s,), paragraphs=((s,),))


def _box(unit: int, heading: str, *items: str, **more) -> Passage:
    lines = tuple(Sentence(text=text, sources=(f"s{unit}.b2.{n}",)) for n, text in enumerate(items, start=1))
    return Passage(unit, Sentence(text=heading, sources=(f"s{unit}.b1.1",)), (), (ItemList(lines, **more),), spoken=False)


def _whole(*passages: Passage) -> frozenset[str]:
    return frozenset(name for p in passages for each in p.lists for s in each.items for name in s.sources)


_PHRASES = ("A green rope", "Two lamps of brass", "No bell")
_SENTENCES = ("The rope belongs to the town", "The lamps are lit at six", "Nobody rings a bell")


@pytest.mark.parametrize(("heading", "items", "more", "sound", "stays"), [
    ("What hangs on board", _PHRASES, {}, False, False),
    ("What hangs on board", _SENTENCES, {}, True, True),
    ("Three things on board", _PHRASES, {}, False, True),
    ("What hangs on board", _PHRASES, {"ordered": True}, False, True),
    ("How we moor", ("First, a rope on the left", "Then a rope on the right", "Finally, the plank"), {}, False, True)])
def test_a_box_stays_that_holds_steps_sentences_or_what_its_title_counts(heading, items, more, sound, stays) -> None:
    box = _box(3, heading, *items, **more)
    piece = Piece((), (_told(1, _TOLD[1]), _told(2, _TOLD[2]), box, _told(4, _TOLD[4])))
    left = few_lists(piece, _whole(box) if sound else frozenset(), cues("en"))
    assert [p.unit for p in left.passages] == ([1, 2, 3, 4] if stays else [1, 2, 4])
    assert left_boxes([piece], [left]) == (frozenset() if stays else {3})


def test_a_dutch_box_goes_and_one_that_its_title_counts_stays() -> None:
    told = [_told(n, text) for n, text in _NL.items()]
    for heading, units in (("Wat er aan boord hangt", [1, 2, 4]), ("Drie dingen aan boord", [1, 2, 3, 4])):
        box = _box(3, heading, "Een groen touw", "Twee koperen lampen", "Geen bel")
        assert [p.unit for p in few_lists(Piece((), (*told[:2], box, told[2])), frozenset(), cues("nl")).passages] == units


def test_of_two_boxes_in_a_row_one_stays() -> None:
    boxes = _box(2, "What we say", *_SENTENCES), _box(3, "What they say", "They sleep until noon", "They eat at two", "Cold soup")
    piece = Piece((), (_told(1, _TOLD[1]), *boxes, _told(4, _TOLD[4]), _told(5, _TOLD[5])))
    whole = _whole(*boxes) - {"s3.b2.3"}
    assert [p.unit for p in few_lists(piece, whole, cues("en")).passages] == [1, 2, 4, 5]


def test_a_list_that_says_the_paragraph_again_goes_whole() -> None:
    told = _told(2, _TOLD[2])
    again = replace(told, lists=_box(2, "", "Winter: the hour on a slate", "A slate beside the bridge", "Ice").lists)
    other = replace(told, lists=_box(2, "", "Ice", "A slate beside the bridge", "Fog in the reeds", "Rain").lists)
    for passage, lists in ((again, 0), (other, 1)):
        left = few_lists(Piece((), (_told(1, _TOLD[1]), passage, _told(4, _TOLD[4]))), frozenset(), cues("en"))
        assert len(left.passages[1].lists) == lists
        assert not lists or len(left.passages[1].lists[0].items) == 4


def test_lists_of_documents_and_of_list_articles_stay() -> None:
    box = _box(3, "What hangs on board", *_PHRASES)
    running = tuple(replace(p, running=True) for p in (_told(1, _TOLD[1]), _told(2, _TOLD[2]), box))
    for piece in (Piece((), running), Piece((), (_told(1, _TOLD[1]), box), listicle=True)):
        assert few_lists(piece, frozenset(), cues("en")) == with_ending(piece, frozenset(), cues("en")) == piece


def test_a_piece_begins_with_what_is_told() -> None:
    box = _box(1, "Three things on board", *_PHRASES)
    left = few_lists(Piece((), (box, _told(2, _TOLD[2]), _told(4, _TOLD[4]))), frozenset(), cues("en"))
    assert [p.unit for p in left.passages] == [2, 1, 4]


def test_sentences_at_the_end_are_a_paragraph_and_phrases_go() -> None:
    told = [_told(n, _TOLD[n]) for n in (1, 2, 4)]
    box = _box(5, "One thing for tomorrow", *_SENTENCES)
    last = with_ending(Piece((), (*told, box)), _whole(box), cues("en")).passages[-1]
    assert [s.text for s in last.prose] == [f"{text}." for text in _SENTENCES] and not last.lists
    assert with_ending(Piece((), (*told, box)), frozenset(), cues("en")).passages == (*told[:2], box, told[2])
    tail = replace(told[2], lists=_box(4, "", *_PHRASES).lists)
    assert with_ending(Piece((), (*told[:2], tail)), frozenset(), cues("en")).passages == tuple(told)
    assert is_box((box,)) and not is_box((tail,))


def test_a_list_that_its_title_counts_stands_before_the_last_told_slide() -> None:
    told = [_told(n, _TOLD[n]) for n in (1, 2, 4)]
    box = _box(5, "Three things on board", *_PHRASES)
    assert [p.unit for p in with_ending(Piece((), (*told, box)), frozenset(), cues("en")).passages] == [1, 2, 5, 4]


@pytest.mark.parametrize(("language", "said", "items", "stays"), [
    ("en", "The pilot rang at eight, and the second boat came without its lamp, so nobody on the landing knew who was on it.",
     ("08:00: the pilot rings", "08:20: second boat, no lamp", "Nobody at home"), False),
    ("en", "The pilot rang at eight, and the second boat came without its lamp, so nobody on the landing knew who was on it.",
     ("Rope: forty yards", "Second boat, no lamp", "Paint from the mill"), True),
    ("nl", "Wie vraagt, moet toegeven dat de lei bij de brug niet klopt, en dat vond de loods van de pont nooit prettig.",
     ("Vragen is: je geeft toe", "De lei klopte niet", "Veertig gasten"), False)])
def test_phrases_behind_what_is_told_go_where_it_says_two_in_five(language, said, items, stays) -> None:
    told = replace(_told(2, said), lists=_box(2, "", *items).lists)
    around = _NL if language == "nl" else _TOLD
    left = few_lists(Piece((), (_told(1, around[1]), told, _told(4, around[4]))), frozenset(), cues(language))
    assert bool(left.passages[1].lists) == stays


def test_facts_come_before_the_remark_on_them() -> None:
    facts = replace(_told(2, "Twenty-three, and my mother was one of them."), lists=_box(
        2, "", "A poster on the day of the fair", "Guests in May: 23", "Of our own: 14").lists)
    left = few_lists(Piece((), (_told(1, _TOLD[1]), facts, _told(4, _TOLD[4]))), frozenset(), cues("en")).passages
    assert [(p.unit, bool(p.heading), bool(p.lists), bool(p.prose)) for p in left[1:3]] == [
        (2, True, True, False), (2, False, False, True)]


def test_a_count_that_its_list_belies_goes() -> None:
    wishes = replace(_told(2, "Three wishes."), lists=_box(
        2, "", "A lamp", "A bench of oak", "A bell", "Refused: a roof", kept=True).lists)
    left = few_lists(Piece((), (_told(1, _TOLD[1]), wishes, _told(4, _TOLD[4]))), frozenset(), cues("en")).passages
    assert [len(p.prose) for p in left if p.unit == 2] == [0]


def test_the_number_of_a_mistake_counts_nothing() -> None:
    told = replace(_told(2, _TOLD[2]), heading=Sentence(text="Mistake 3: the slate", sources=("s2.b1.1",)), lists=_box(
        2, "", "Winter: the hour on a slate", "A slate beside the bridge", "Ice").lists)
    left = few_lists(Piece((), (_told(1, _TOLD[1]), told, _told(4, _TOLD[4]))), frozenset(), cues("en"))
    assert not left.passages[1].lists


def test_a_last_list_by_whose_figure_the_story_goes_stands_before_it() -> None:
    told = [_told(n, _TOLD[n]) for n in (1, 2)]
    last = _told(4, "The thirty-seven is what the miller talks of, and he has done so ever since the flood of that May.")
    tail = replace(last, lists=_box(4, "", "Sacks on the river", "Half of them wet, 37 of them twice").lists)
    made = with_ending(Piece((), (*told, tail)), frozenset(), cues("en")).passages
    assert [(bool(p.lists), bool(p.prose)) for p in made[2:]] == [(True, False), (False, True)]
    fewer = replace(tail, lists=_box(4, "", "Sacks on the river", "Half of them wet").lists)
    assert with_ending(Piece((), (*told, fewer)), frozenset(), cues("en")).passages == (*told, last)
