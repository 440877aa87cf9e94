"""Sections keep the headings that matter."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_parts import part_of
from generators.blog_pieces import half_withheld
from generators.blog_plan import continues, sections
from generators.material import Passage
from generators.prose_cues import cues


def _passage(unit: int, words: int, spoken: bool = True, heading: bool = True) -> Passage:
    said = (Sentence(text=" ".join(["word"] * words) + ".", sources=(f"s{unit}.b2.1",)),)
    title = Sentence(text=f"Heading {unit}", sources=(f"s{unit}.b1.1",)) if heading else None
    return Passage(unit, title, said, spoken=spoken, paragraphs=(said,))


def _cut(*passages: Passage) -> list[list[int]]:
    return [[p.unit for p in section.passages] for section in sections(passages)]


def test_a_short_list_goes_with_the_slide_before_and_not_over_the_next_heading() -> None:
    assert _cut(_passage(1, 130), _passage(2, 30, spoken=False), _passage(3, 130)) == [[1, 2], [3]]


def test_a_section_is_no_single_sentence() -> None:
    assert _cut(_passage(1, 140), _passage(2, 12)) == [[1, 2]]
    assert _cut(_passage(1, 12), _passage(2, 140)) == [[1, 2]]


def test_what_has_no_heading_never_begins_a_section() -> None:
    assert _cut(_passage(1, 150), _passage(1, 150, heading=False), _passage(2, 150)) == [[1, 1], [2]]


def _told(unit: int, heading: str, text: str) -> Passage:
    said = (Sentence(text=text, sources=(f"s{unit}.n1.1",)),)
    return Passage(unit, Sentence(text=heading, sources=(f"s{unit}.b1.1",)), said, paragraphs=(said,))


@pytest.mark.parametrize(("language", "first", "heading", "text", "so"), [
    ("en", "We wrote a letter to the harbour about the crane.", "The letter", "So the letter went out on a Friday.", True),
    ("en", "We wrote a letter to the harbour about the crane.", "Two lamps", "So we lit the lamps on a Friday.", False),
    ("en", "We wrote a letter to the harbour about the crane.", "The letter", "Nobody reads letters on a Friday.", False),
    ("en", "We wrote a letter to the harbour about the crane.", "The siren", "This one was loud.", False),
    ("en", "We wrote a letter to the harbour about the crane.", "8 of 12", "And eight of them came back.", True),
    ("nl", "We schreven een brief aan de haven over de kraan.", "De brief", "Dus de brief ging op vrijdag de deur uit.", True),
    ("nl", "We schreven een brief aan de haven over de kraan.", "De sirene", "Die was hard.", False),
])
def test_a_slide_goes_on_only_where_it_so_begins_and_is_called_nothing_new(language, first, heading, text, so) -> None:
    assert continues((_told(1, "Our harbour", first), _told(2, heading, text)), 1, cues(language)) is so


def test_no_heading_stands_over_three_slides_about_something_else() -> None:
    found = _cut(*(_passage(n, 65) for n in range(1, 7)))
    assert max(len(each) for each in found) == 2


def test_where_few_headings_would_not_do_more_slides_stand_under_one() -> None:
    assert len(_cut(*(_passage(n, 65) for n in range(1, 25)))) <= 8


@pytest.mark.parametrize(("language", "heads", "notes"), [
    ("en", ("The crane", "The siren", "The harbour book"),
     ("The crane was built by a smith.", "That one was louder than the church.", "Every captain writes a line in it.")),
    ("nl", ("De kraan", "De sirene", "Het havenboek"),
     ("De kraan is gebouwd door een smid.", "Die was harder dan de kerk.", "Elke kapitein schrijft er een regel in.")),
])
def test_what_stands_under_the_heading_of_another_slide_keeps_its_title(language, heads, notes, slide, context) -> None:
    units = tuple(slide(n, head, notes=(note,)) for n, (head, note) in enumerate(zip(heads, notes, strict=True), start=1))
    passages = [_told(n, head, note) for n, (head, note) in enumerate(zip(heads, notes, strict=True), start=1)]
    (section,) = sections(passages, cues(language))
    title = Sentence(text="Our harbour", sources=("s1.b1.1",))
    part = part_of(section, context(units, (("Our harbour", 1, 3),), language=language), False, title, cues(language), {}, {})
    assert part.heading == passages[0].heading
    assert [block.run_in.text for block in part.blocks if block.run_in] == list(heads[1:])


def test_a_section_of_which_half_of_the_paragraphs_were_withheld_goes(slide) -> None:
    whole = slide(4, "The crane", ("It was dear.", "Who paid for it?", "We looked at two others."))
    half = whole.model_copy(update={"blocks": (whole.blocks[0], *whole.blocks[2:])})
    most = whole.model_copy(update={"blocks": (whole.blocks[0], whole.blocks[3])})
    assert half_withheld((most,), frozenset({4})) == {4}
    assert half_withheld((half,), frozenset({4})) == half_withheld((whole,), frozenset({4})) == frozenset()
    assert half_withheld((most,), frozenset()) == frozenset()


@pytest.mark.parametrize(("language", "head", "text", "kept"), [
    ("en", "Ferries", "In spring one of mine, Marta, would not start.", True),
    ("en", "Ferries", "In spring a ferry, Marta, would not start.", False),
    ("nl", "Veerboten", "Dit was mijn eerste, en in het voorjaar bleef ze liggen.", True),
    ("nl", "Veerboten", "In het voorjaar bleef een veerboot liggen.", False)])
def test_a_piece_that_begins_with_what_only_its_heading_names_keeps_it(context, slide, language, head, text, kept) -> None:
    said = (Sentence(text=text, sources=("s1.b2.1",)),)
    passage = Passage(1, Sentence(text=head, sources=("s1.b1.1",)), said, paragraphs=(said,))
    (section,) = sections([passage], cues(language))
    title = Sentence(text="Marta", sources=("s9.b1.1",))
    units = (slide(1, head, notes=(text,)),)
    part = part_of(section, context(units, (("Marta", 1, 1),), language=language), True, title, cues(language), {}, {})
    assert (part.heading is not None) is kept
