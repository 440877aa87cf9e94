"""Labels of a form over the sections of an article."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_labels import form_labels, repeated, set_apart, unformed
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import cues


def _passages(*heads: str, run_in: str = "") -> tuple[Passage, ...]:
    said = Sentence(text="A baker rises early.", sources=("s1.b2.1",))
    return tuple(Passage(n, Sentence(text=text, sources=(f"s{n}.b1.1",)), (said,),
                         run_in=Sentence(text=run_in, sources=(f"s{n}.b3.1",)) if run_in else None)
                 for n, text in enumerate(heads, start=1))


def _material(passages: tuple[Passage, ...]) -> Material:
    return Material(Topic(number=1, title="Bread", first=1, last=9), Sentence(text="Bread", sources=("s1.b1.1",)), passages)


@pytest.mark.parametrize(("heads", "left", "language"), [
    (("Challenge: the empty sack", "Challenge: a cold oven"), ("The empty sack", "A cold oven"), "en"),
    (("Related work (1): the rates differ", "Related work (2): few ovens"), ("The rates differ", "Few ovens"), "en"),
    (("Challenge: the empty sack", "Result: a warm oven"), ("Challenge: the empty sack", "Result: a warm oven"), "en"),
    (("Myth: bread is old", "Myth: salt is new"), ("Myth: bread is old", "Myth: salt is new"), "en"),
    (("Step 1: the empty sack", "Step 2: a cold oven"), ("Step 1: the empty sack", "Step 2: a cold oven"), "en"),
    (("Resultaat: een volle zak", "Resultaat: een warme oven"), ("Een volle zak", "Een warme oven"), "nl"),
    (("Mythe: brood is oud", "Mythe: zout is nieuw"), ("Mythe: brood is oud", "Mythe: zout is nieuw"), "nl")])
def test_a_label_on_several_slides_is_a_form(heads, left, language) -> None:
    passages, cue = _passages(*heads), cues(language)
    bare = unformed(Piece((), passages), form_labels([_material(passages)], cue), cue)
    assert tuple(p.heading.text for p in bare.passages if p.heading) == left


def test_small_headings_of_a_form_are_subheadings() -> None:
    twice, once = _passages("Rye", "Oats", run_in="How to keep it"), _passages("Malt", run_in="How to drink it")
    forms = repeated([_material((*twice, *once))])
    assert [p.asked for p in set_apart((*twice, *once), forms)] == [True, True, False]
