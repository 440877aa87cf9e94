"""What an episode tells: whole stretches, nothing that leans on what is not there, short sentences."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.material import ItemList, Material, Passage
from generators.prose_cues import cues
from generators.speech.runs import Run, choose, points, runs_of, shorten
from generators.speech.story import spoken_title, tell


def _sentences(unit: int, *texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=text, sources=(f"s{unit}.b1.{n}",)) for n, text in enumerate(texts, start=1))


def _material(number: int, *passages: Passage, **ranked: tuple[Sentence, ...]) -> Material:
    units = [passage.unit for passage in passages]
    topic = Topic(number=number, title=f"Topic {number}", first=min(units), last=max(units))
    title = Sentence(text=f"Topic {number}", sources=(f"s{units[0]}.b0.1",))
    return Material(topic=topic, title=title, passages=passages, **ranked)


def _text(run: Run) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in run.pieces)


def _runs(*texts: str) -> list[str]:
    passage = Passage(unit=1, heading=None, prose=_sentences(1, *texts))
    return [_text(run) for run in runs_of(_material(1, passage), cues("en"), "en")[0]]


def test_a_sentence_that_leans_comes_with_the_one_before() -> None:
    assert _runs("We asked thirty people about it.", "They gave us seventy cards.", "The pump still runs today.") == [
        "We asked thirty people about it. They gave us seventy cards.", "The pump still runs today."]


def test_what_leans_on_a_sentence_that_is_not_told_is_not_told() -> None:
    long = "The list " + "and the list " * 20 + "ended here."
    assert _runs("The pump runs.", long, "That was not much use to anybody.", "A new day began.") == [
        "The pump runs.", "A new day began."]


@pytest.mark.parametrize("text", [
    "Look at the third line of the table.", "As you can see, the bars are taller now.", "Run cleanup(x) = {y} for all.",
    "Click the button to go on."])
def test_what_a_listener_cannot_see_is_not_told(text: str) -> None:
    assert _runs("The pump runs.", text) == ["The pump runs."]


def test_pointing_in_dutch() -> None:
    assert points("Kijk eens naar de laatste kolom.", "nl")
    assert not points("Kijk eens naar de klant.", "nl")


@pytest.mark.parametrize(("text", "halves"), [
    ("We used to believe that knowledge is what stands in documents, so we bought a place for documents and filled it.",
     ["We used to believe that knowledge is what stands in documents.",
      "So we bought a place for documents and filled it."]),
    ("The engineer had asked the right question in the morning; she only asked it where nobody who knew could see it.",
     ["The engineer had asked the right question in the morning.",
      "She only asked it where nobody who knew could see it."]),
    # the second half has no subject of its own
    ("We went through every answer about maintenance in the spring, and put six hundred of them on the public page.", None),
    # the first half is not a clause
    ("If you can only keep one of the two for the next ten years of work here, and you must choose, keep the answers.", None),
    ("We placed every page about seals beside the machine in the hall, so that it could be found by those who need it.",
     None),
])
def test_long_sentences_are_split_only_where_both_halves_stand(text: str, halves: list[str] | None) -> None:
    found = shorten(Sentence(text=text, sources=("s1.b1.1",)), "en")
    assert [each.text for each in found] == (halves or [text])
    assert all(each.sources == ("s1.b1.1",) for each in found)


def test_a_quotation_is_never_split() -> None:
    text = "“We asked every one of them in the hall for an answer, and they told us seven different things,” said the foreman."
    quotation = Sentence(text=text, sources=("s1.b1.1",), quotation=True)
    assert shorten(quotation, "en") == (quotation,)


def test_a_short_list_is_said_as_a_sentence() -> None:
    lead, *items = _sentences(1, "Every page says three things:", "who owns it", "when it was true", "where it is used")
    passage = Passage(unit=1, heading=None, prose=(), lists=(ItemList(tuple(items), lead), ItemList(tuple(items))))
    [run] = runs_of(_material(1, passage), cues("en"), "en")[0]
    assert _text(run) == "Every page says three things: who owns it, when it was true and where it is used."


def _passage(unit: int, sentences: int) -> Passage:
    return Passage(unit=unit, heading=None, prose=_sentences(
        unit, *(f"The mechanic of hall {unit} wrote answer number {n} on a card." for n in range(sentences))))


def test_a_budget_is_kept_and_the_order_of_the_deck() -> None:
    material = _material(1, *(_passage(unit, 6) for unit in range(1, 9)))
    groups = runs_of(material, cues("en"), "en")
    chosen = choose(groups, 150, frozenset())
    words = sum(run.words for passage in chosen for run in passage)
    assert 100 <= words <= 225
    units = [min(run.sources).split(".")[0] for passage in chosen for run in passage]
    assert units == sorted(units)


def test_every_topic_is_told_and_the_opening_is_not_said_twice() -> None:
    story_ = _sentences(1, "In spring a pump stopped in the cellar of a mill.", "Nobody knew the seal was upside down.")
    materials = [
        _material(1, Passage(unit=1, heading=None, prose=story_), _passage(2, 6), stories=story_[:1]),
        _material(2, _passage(3, 6), advice=_sentences(3, "Write the date under every answer.")),
    ]
    story = tell(materials, 200, "en")
    assert story is not None
    opening = "".join(piece if isinstance(piece, str) else piece.text for piece in story.opening)
    assert opening == "In spring a pump stopped in the cellar of a mill. Nobody knew the seal was upside down."
    told = " ".join(piece if isinstance(piece, str) else piece.text
                    for part in story.parts for paragraph in part.paragraphs for piece in paragraph)
    assert "cellar" not in told
    assert [part.title.text for part in story.parts] == ["Topic 1", "Topic 2"]
    assert "Write the date under every answer." in [each.text for each in story.recap]


def test_nothing_to_tell_is_no_story() -> None:
    assert tell([], 200, "en") is None
    assert tell([_material(1, Passage(unit=1, heading=None, prose=()))], 200, "en") is None


@pytest.mark.parametrize(("title", "said"), [("Why ask?", "Why ask?"), ("The desk.", "The desk."), ("Risks:", "Risks.")])
def test_a_title_gets_the_stop_it_needs(title: str, said: str) -> None:
    spoken, stop = spoken_title(Sentence(text=title, sources=("s1.b1.1",)))
    assert spoken.text + stop == said
