"""A title of two headings: in one form, of most of the piece, and short."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.blog_join import joined
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import cues


def _joined(*heads: tuple[str, int], named: int = 0, language: str = "en", listicle: bool = False) -> str:
    passages = []
    for unit, (head, words) in enumerate(heads, start=2):
        told = " ".join(["brood" if language == "nl" else "bread"] * words) + "."
        passages.append(Passage(unit, Sentence(text=head, sources=(f"s{unit}.b1.1",)),
                                (Sentence(text=told, sources=(f"s{unit}.b2.1",)),)))
    title = passages[named].heading
    assert title is not None
    topic = Topic(number=1, title=title.text, first=2, last=len(heads) + 1)
    piece = Piece((Material(topic, title, tuple(passages)),), tuple(passages), listicle=listicle)
    out = joined(title, piece, cues(language))
    assert out is title or len(out.sources) == 2
    return out.text


@pytest.mark.parametrize(("heads", "named", "language", "expected"), [
    ((("What stayed in the oven", 30), ("How the street paid for flour", 60), ("Wood", 20)), 0, "en",
     "What stayed in the oven, and how the street paid for flour"),
    ((("The oven matters more than the flour", 45), ("Waiting is harder than kneading", 55)), 1, "en",
     "The oven matters more than the flour, and waiting is harder than kneading"),
    ((("What we baked", 30), ("Who ate", 60)), 0, "en", "What we baked, and who ate"),
    ((("Keeping the sacks dry", 30), ("Ash", 20), ("When it goes cold", 50)), 0, "en",
     "Keeping the sacks dry, and when it goes cold"),
    ((("Loaves without a buyer", 40), ("What did not rise", 60)), 1, "en", "Loaves without a buyer, and what did not rise"),
    ((("Wat er in de oven bleef", 30), ("Hoe de straat het meel betaalde", 60)), 0, "nl",
     "Wat er in de oven bleef, en hoe de straat het meel betaalde")])
def test_two_headings_of_one_form_are_one_title(heads, named, language, expected) -> None:
    assert _joined(*heads, named=named, language=language) == expected


@pytest.mark.parametrize(("heads", "why"), [
    ((("What stayed in the oven", 70), ("How the street paid for flour", 30)), "most of the piece stands under it"),
    ((("What stayed in the oven", 30), ("Light the fire at five", 70)), "an order and a clause are of two forms"),
    ((("What stayed in the oven", 30), ("Who pays for the flour?", 70)), "a question ends its title"),
    ((("What stayed, and what went", 30), ("How the street paid for flour", 70)), "it names two things already"),
    ((("What stayed in the oven", 30), ("Why Westerbrook Mill sent it back", 70)), "within a sentence a name keeps its capital"),
    ((("What stayed in the oven when all had gone to bed", 30), ("How the whole street paid for it in the end", 70)), "too long"),
    ((("What stayed in the oven", 10), ("How the street paid for flour", 20), ("Wood", 70)), "both of them are a small part")])
def test_other_headings_stay_apart(heads, why) -> None:
    assert _joined(*heads) == heads[0][0], why


def test_a_list_of_entries_is_not_named_after_two_of_them() -> None:
    assert _joined(("What stayed in the oven", 40), ("How the street paid for flour", 60), listicle=True) == (
        "What stayed in the oven")
