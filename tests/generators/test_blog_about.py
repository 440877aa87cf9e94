"""The line under which a draft is found is whole, leans on nothing, and says what the piece is about."""

from __future__ import annotations

import pytest

from content.draft import Origin, Sentence
from content.topic import Topic
from generators.alone import dangling
from generators.blog_about import Frame, described
from generators.blog_plan import Piece
from generators.material import Material, Passage
from generators.prose_cues import cues
from generators.render import Plain
from language.words import content_words

_ENGLISH = Frame(Plain("From “"), Plain("”."), Plain("In it:"), Plain(""))
_DUTCH = Frame(Plain("Uit “"), Plain("”."), Plain("Daarin:"), Plain("Voor bakkers."))


def _about(title: str, told: tuple[str, ...], heads: tuple[str, ...] = (), deck: str = "", language: str = "en",
           frame: Frame = _ENGLISH) -> str:
    said = tuple(Sentence(text=text, sources=(f"s2.b2.{n}",)) for n, text in enumerate(told, start=1))
    first = Passage(2, Sentence(text=title, sources=("s2.b1.1",)), said)
    others = tuple(Passage(n, Sentence(text=head, sources=(f"s{n}.b1.1",)), ()) for n, head in enumerate(heads, start=3))
    piece = Piece((Material(Topic(number=1, title=title, first=2, last=9), first.heading, (first, *others)),), (first, *others))
    own = Sentence(text=deck, sources=("s1.b1.1",)) if deck else None
    printed = [p.heading for p in others if p.heading]
    out = described(piece, Sentence(text=title, sources=("s2.b1.1",)), own, printed, cues(language), frame)
    assert sum(len(each.text) for each in out) <= 160
    assert all(bool(each.sources) != (each.origin is Origin.TEMPLATE) for each in out)
    return "".join(each.text for each in out)


@pytest.mark.parametrize(("title", "told", "language", "expected"), [
    ("One oven for a street", ("She stood in it on a Tuesday and did not know what to do with the bread.",
                               "An oven that nobody owns is cleaned by everybody in the street."), "en",
     "An oven that nobody owns is cleaned by everybody in the street."),
    ("Eén oven voor een straat", ("Zij stond erin op een dinsdag en wist niet wat ze met het brood moest.",
                                  "Een gezamenlijke oven wordt door iedereen in de straat schoongehouden."), "nl",
     "Een gezamenlijke oven wordt door iedereen in de straat schoongehouden.")])
def test_the_sentence_that_stands_alone_is_taken(title, told, language, expected) -> None:
    assert _about(title, told, language=language) == expected


@pytest.mark.parametrize("text", [
    "Now one person checks the bread of the street, and that person has a whole day for it.",
    "We refused, because bakers who must bake something will bake anything for the street.",
    "Ours is the share of loaves of the street that were eaten after two working days.",
    "There is one person in the street whom no baker knows by name and who bakes on Sundays.",
    "Look at the oven in the corner of the second picture, which no street has ever seen.",
    "If the street has an oven, the bakers of the street light it at five in the morning.",
    "One week in which no baker of the street had to light an oven in the morning.",
    "Every baker of the street is invited to ask one such question a week at the oven."])
def test_a_sentence_that_goes_on_from_something_is_not(text: str) -> None:
    assert _about("One oven for a street", (text,), ("Who lights the fire", "What flour costs")) == (
        "In it: Who lights the fire; What flour costs.")


def test_a_question_among_the_headings_needs_no_other_mark() -> None:
    assert _about("One oven for a street", ("It did.",), ("Who lights the fire?", "What flour costs")) == (
        "In it: Who lights the fire? What flour costs.")


@pytest.mark.parametrize(("head", "language"), [
    ("Answer: two lines, then the reasons", "en"), ("Can anybody who lives in the street use it on a Sunday?", "en"),
    ("Antwoord: twee regels, en dan de reden", "nl")])
def test_half_of_a_row_and_a_long_question_are_not_named(head: str, language: str) -> None:
    frame = _ENGLISH if language == "en" else _DUTCH
    found = _about("Koud meel", ("Het deed het.",), (head, "Wat meel kost"), language=language, frame=frame)
    assert head not in found or found == head  # a question that long says more than a list


def test_one_heading_is_named_where_the_talk_has_no_other_name() -> None:
    assert _about("Who bakes", ("It did.",), ("What flour costs",)) == "In it: What flour costs."


def test_without_headings_the_talk_is_named_and_for_whom() -> None:
    assert _about("Koud meel", ("Het deed het.",), deck="Een oven voor de straat", language="nl", frame=_DUTCH) == (
        "Uit “Een oven voor de straat”. Voor bakkers.")
    assert _about("Who bakes?", ("It did.",)) == "Who bakes?"


@pytest.mark.parametrize(("text", "known", "language", "expected"), [
    ("The exception scope is a resource.", "bread oven", "en", 1), ("The oven is warm and the oven is ours.", "oven", "en", 0),
    ("The people who answer go first.", "", "en", 0), ("A baker and the baker's oven.", "", "en", 0),
    ("De lijst hangt aan de deur.", "lijst", "nl", 1), ("De mensen die bakken gaan eerst.", "", "nl", 0)])
def test_what_a_text_calls_the_thing_without_having_said_which(text: str, known: str, language: str, expected: int) -> None:
    assert dangling(text, content_words(known, language), language) == expected


@pytest.mark.parametrize(("language", "frame", "told", "heads", "expected"), [
    ("en", _ENGLISH, "Whoever comes first lights the oven for all others.", ("Who lights the fire", "What flour costs"),
     "Whoever comes first lights the oven for all others."),
    ("en", _ENGLISH, "Two, the oven is swept by the last of all bakers there.", ("And flour?", "Who lights the fire", "The cost"),
     "In it: Who lights the fire; The cost."),
    ("nl", _DUTCH, "Wij bakten.", ("En meel?", "Wie het vuur aansteekt", "Wat het kost"),
     "Daarin: Wie het vuur aansteekt; Wat het kost. Voor bakkers.")])
def test_the_headings_are_the_last_choice(language, frame, told, heads, expected) -> None:
    title = "One oven for a street" if language == "en" else "Eén oven voor een straat"
    assert _about(title, (told,), heads, language=language, frame=frame) == expected


def test_three_headings_are_named_at_most_and_those_that_say_something() -> None:
    heads = ("May", "Who lights the fire", "What flour costs", "Bread without salt", "Where the ashes go")
    assert _about("One oven for a street", (), heads) == "In it: Who lights the fire; What flour costs; Bread without salt."


@pytest.mark.parametrize(("told", "expected"), [
    ("The old oven is warm.", "Bread is a promise. Flour is only a plan."),
    ("An oven that nobody owns is cleaned by everybody in the street.",
     "An oven that nobody owns is cleaned by everybody in the street.")])
def test_what_a_piece_maintains_stands_before_its_headings(told: str, expected: str) -> None:
    said = Sentence(text=told, sources=("s2.b2.1",))
    first = Passage(2, Sentence(text="One oven for a street", sources=("s2.b1.1",)), (said,))
    piece = Piece((Material(Topic(number=1, title="Oven", first=2, last=2), first.heading, (first,)),), (first,))
    line = Sentence(text="Bread is a promise. Flour is only a plan.", sources=("s2.b2.2", "s2.b2.3"))
    heads = [Sentence(text=text, sources=(f"s{n}.b1.1",)) for n, text in enumerate(("Who lights it", "What flour costs"), 3)]
    title = Sentence(text="One oven for a street", sources=("s2.b1.1",))
    assert "".join(s.text for s in described(piece, title, None, heads, cues("en"), _ENGLISH, [line])) == expected


@pytest.mark.parametrize(("told", "heads", "language", "expected"), [
    (("For three winters the stove of the old mill was lit and nobody baked a loaf.",), ("Ash", "Wet wood"), "en",
     "For three winters the stove of the old mill was lit and nobody baked a loaf."),
    (("It was cold.",), ("How the wood was stacked", "Do two bakers ever see the same crust?"), "en",
     "Do two bakers ever see the same crust?"),
    (("Het was koud.",), ("Fout 1: de bakker en de gans", "Fout 2: een zak die er niet had mogen staan"), "nl",
     "Daarin: De bakker en de gans; Een zak die er niet had mogen staan. Voor bakkers.")])
def test_a_sentence_or_a_question_stands_before_a_list_of_headings(told, heads, language, expected) -> None:
    frame = _ENGLISH if language == "en" else _DUTCH
    assert _about("Rooster", told, heads, language=language, frame=frame) == expected
