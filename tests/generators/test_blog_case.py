"""A brief is no article, a client is and five questions are enough. Names and sentences are invented."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.blog_case import answered, client, paired
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import cues


def _s(text: str, unit: int, n: int = 1) -> Sentence:
    return Sentence(text=text, sources=(f"s{unit}.b2.{n}",))


def _passage(unit: int, heading: str | None, *said: str, asked: str = "") -> Passage:
    row = tuple(_s(text, unit, n) for n, text in enumerate(said, start=1))
    return Passage(unit, _s(heading, unit) if heading else None, row, paragraphs=(row,),
                   run_in=_s(asked, unit) if asked else None)


_BRIEF = {
    "en": ("Customer needs", "Ostmar Ferries (OF) has two boats on the river.", "Ostmar Ferries wants a third boat.",
           "OF would like a bell.", "What Ostmar Ferries should do"),
    "nl": ("Wensen van de klant", "Veerdienst Ostmar (VO) heeft twee boten op de rivier.", "Veerdienst Ostmar wil een derde boot.",
           "VO zou graag een bel willen.", "Wat Veerdienst Ostmar moet doen"),
}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_brief_is_left_to_its_author(language) -> None:
    head, *wishes, other = _BRIEF[language]
    brief = _passage(1, head, *wishes)
    more = _passage(2, None, *wishes)
    told = _passage(3, other, *(f"{wishes[0]} {wishes[1]}" for _ in range(4)))
    assert answered(Piece((), (brief, more)), cues(language)).passages == ()
    assert answered(Piece((), (brief, told)), cues(language)).passages == (told,)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_client_is_known_by_the_sentence_that_says_who_that_is(language) -> None:
    head, who, wish, bell, other = _BRIEF[language]
    brief = _passage(1, head, who, wish, bell)
    found = client((brief, _passage(3, other, wish)), cues(language))
    assert found is not None and found.sentence.text == who
    assert found.named(bell) and not found.named("The river is low.")


def test_what_a_client_is_goes_before_what_he_has() -> None:
    said = ("Ostmar Ferries has two boats on the river.", "Ostmar Ferries, Inc. is a ferry on the lower river.",
            "Ostmar Ferries wants a third boat.")
    found = client((_passage(1, "Customer needs", *said),), cues("en"))
    assert found is not None and found.sentence.text == said[1]


def test_what_somebody_of_the_client_does_introduces_nobody() -> None:
    brief = _passage(1, "Customer needs", "Ostmar's ferryman is fond of bells.", "Ostmar wants a bell.", "Ostmar needs a boat.")
    assert client((brief,), cues("en")) is None


def test_five_pairs_are_enough_and_those_for_pupils_go_first() -> None:
    pairs = [_passage(n, f"Part {n}", *(["The boat is tied to the pole."] * n), asked=f"Who ties boat number {n}?") for n in range(1, 7)]
    pupil = _passage(7, "Part 7", *(["The boat is tied to the pole."] * 9), asked="Which boat would you recommend?")
    left = paired(Piece((), (*pairs, pupil)), cues("en")).passages
    assert [p.unit for p in left] == [2, 3, 4, 5, 6]


def test_a_heading_stays_when_its_first_pair_goes() -> None:
    first = replace_heading(1, "The landing", "Yes.", "Is it wet?")
    rest = [replace_heading(1, None, *(["The boat is tied to the pole."] * 2), f"Who ties boat number {n}?") for n in range(5)]
    left = paired(Piece((), (first, *rest)), cues("en")).passages
    assert len(left) == 5 and left[0].heading is not None and left[0].heading.text == "The landing"


def replace_heading(unit: int, heading: str | None, *said: str) -> Passage:
    return _passage(unit, heading, *said[:-1], asked=said[-1])
