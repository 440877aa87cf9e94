"""What an episode tells: whole stretches, nothing that leans on what is not there, short sentences."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from content.topic import Topic
from generators.material import ItemList, Material, Passage
from generators.prose_cues import cues
from generators.render import Plain
from generators.speech.ends import recap
from generators.speech.runs import Run, choose, points, runs_of, whole
from generators.speech.shorten import shorten
from generators.speech.story import Part, Story, shorter, spoken_title, tell


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
    chosen = choose(groups, 150, frozenset(), "en")
    words = sum(run.words for _, passage in chosen for run in passage)
    assert 100 <= words <= 225
    units = [min(run.sources).split(".")[0] for _, passage in chosen for run in passage]
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


def test_nothing_to_tell_is_no_story() -> None:
    assert tell([], 200, "en") is None
    assert tell([_material(1, Passage(unit=1, heading=None, prose=()))], 200, "en") is None


@pytest.mark.parametrize(("title", "said"), [("Why ask?", "Why ask?"), ("The desk.", "The desk."), ("Risks:", "Risks.")])
def test_a_title_gets_the_stop_it_needs(title: str, said: str) -> None:
    spoken, stop = spoken_title(Sentence(text=title, sources=("s1.b1.1",)))
    assert spoken.text + stop == said


def _told(story: Story) -> list[str]:
    """What each chapter says, in one line."""
    return [" ".join("".join(each if isinstance(each, str) else each.text for each in paragraph)
                     for paragraph in part.paragraphs) for part in story.parts]


def _tall(unit: int, *more: str) -> Passage:
    """A passage with a story of its own number, and what is put behind it."""
    return Passage(unit=unit, heading=None, prose=_sentences(
        unit, f"In hall {unit} a mechanic wrote {unit} answers on cards of paper.", f"She put card {unit} on the pillar of hall {unit}.",
        f"Nobody in hall {unit} had asked for {unit} cards before.", *more))


@pytest.mark.parametrize("text", [
    "If you do not fix the frameworks, the platform, and all dependencies in time.", "Especially when nobody has looked.",
    "The cost of a good answer."])
def test_half_a_sentence_is_none(text: str) -> None:
    assert not whole(text, "en")


@pytest.mark.parametrize("text", [
    "If there is an old answer, people believe it.", "Who will answer?", "Ask in front of the thing.", "The list was empty."])
def test_whole_sentences(text: str) -> None:
    assert whole(text, "en")


@pytest.mark.parametrize("text", [
    "Knits Together The Backups And Storage Layers.", "Id (number): the key of the present customer.",
    "There can be differences due to the source, eg.", "Fault domain = one point of failure in the hall.",
    "Some of the resources are listed in the table below.", "On the next page we present what else there is."])
def test_labels_headings_and_pointers_are_not_told(text: str) -> None:
    assert _runs("The pump runs.", text) == ["The pump runs."]


def test_half_a_sentence_for_effect_follows_a_whole_one() -> None:
    assert _runs("Nobody mentioned the points.", "Not one of them.") == ["Nobody mentioned the points. Not one of them."]
    assert _runs("Not one of them.", "The pump runs.") == ["The pump runs."]


@pytest.mark.parametrize("text", [
    "She told me that the pump had been running for a week, and nobody in the hall had heard a sound from it at all.",
    "Assuming that the router was well and truly configured for the hall, and we went out to buy two more of them.",
    "Take the manual with you when you go down to the cellar of the mill, or you will stand there with wet feet again.",
    "It stood – and nobody in the whole hall could say for how long – behind the rack where we had never looked for it."])
def test_what_a_sentence_reports_or_supposes_is_not_cut_off(text: str) -> None:
    found = shorten(Sentence(text=text, sources=("s1.b1.1",)), "en")
    assert [each.text for each in found] == [text]


def test_a_dash_between_two_clauses_becomes_a_full_stop() -> None:
    text = "We went through every answer about the seals in the hall twice last spring – nobody had looked at them for six years."
    assert [each.text for each in shorten(Sentence(text=text, sources=("s1.b1.1",)), "en")] == [
        "We went through every answer about the seals in the hall twice last spring.",
        "Nobody had looked at them for six years."]


def test_no_stretch_begins_with_what_leans_or_ends_on_an_expectation() -> None:
    material = _material(1, Passage(unit=1, heading=None, prose=_sentences(
        1, "One had done its work by the spring of that year.", "The mechanic of the hall kept the list of seals on a card.",
        "He hung it beside the bench in the hall.", "I had expected lawyers.")))
    [(_, chosen)] = choose(runs_of(material, cues("en"), "en"), 200, frozenset(), "en")
    assert [_text(run) for run in chosen] == [
        "The mechanic of the hall kept the list of seals on a card. He hung it beside the bench in the hall."]


def test_an_opening_out_of_the_middle_is_called_back_and_not_repeated() -> None:
    tale = _sentences(1, "The mill makes paper for books and boxes in two halls.", "It has done so for ninety years in the same place.",
                      "In spring a pump stopped in the cellar of the mill.", "Nobody knew that the seal was upside down.",
                      *(f"The mechanic of the mill wrote answer number {n} on a card for the hall." for n in range(9)))
    story = tell([_material(1, Passage(unit=1, heading=None, prose=tale), _passage(2, 6), stories=tale[2:3])], 400, "en")
    assert story is not None
    assert "In spring a pump stopped" in "".join(each if isinstance(each, str) else each.text for each in story.opening)
    [chapter] = _told(story)
    assert "In spring a pump stopped" not in chapter
    assert "What came next is what you heard at the start." in chapter


def test_chapters_are_announced_in_turns_with_their_numbers() -> None:
    story = tell([_material(number, _tall(number, *(f"The cards of hall {number} were read by {n} people." for n in range(12, 20))))
                  for number in range(1, 8)], 900, "en")
    assert story is not None
    turns = [part.turn for part in story.parts]
    assert turns[0] == "Part 1: "
    assert turns[-1] == "And now the last part: "
    assert sum("halfway" in turn for turn in turns) == 1
    listed = [part.listed for part in story.parts]
    assert all(one != other for one, other in zip(turns[1:], turns, strict=False))
    assert all(one != other for one, other in zip(listed[1:], listed, strict=False))


def test_a_topic_named_like_the_talk_is_its_beginning() -> None:
    story = tell([_material(1, _tall(1)), _material(2, _tall(2))], 300, "en", "Topic 1")
    assert story is not None
    assert [part.spoken if isinstance(part.spoken, Plain) else part.spoken.text for part in story.parts] == ["The beginning", "Topic 2"]


def test_the_same_words_on_two_slides_are_told_once() -> None:
    story = tell([_material(1, _tall(1), Passage(unit=3, heading=None, prose=_sentences(
        3, "In hall 1 a mechanic wrote 1 answers on cards of paper.", "The cards hang there to this day in the hall.")))], 300, "en")
    assert story is not None
    assert _told(story)[0].count("wrote 1 answers") == 1


def test_in_little_time_the_topics_with_most_to_say_are_told() -> None:
    materials = [_material(number, _tall(number, *(f"Card {n} of hall {number} was read by many." for n in range(number * 3))))
                 for number in range(1, 9)]
    story = tell(materials, 60, "en")
    assert story is not None
    assert [part.title.text for part in story.parts if isinstance(part.title, Sentence)] == ["Topic 7", "Topic 8"]


def test_only_what_was_told_is_to_be_remembered() -> None:
    told, untold = _sentences(1, "You do not lose trust through a mistake.", "Nobody reads a page without a date on it.")
    material = _material(1, Passage(unit=1, heading=None, prose=(told,)), best=(untold, told))
    run = Run((told,), frozenset(told.sources), 8, 1.0)
    assert recap([(material, [run])], frozenset(), cues("en")) == (told,)
    assert recap([(material, [run])], frozenset(told.sources), cues("en")) == ()


def test_a_stretch_goes_on_to_the_second_half_of_a_pair() -> None:
    row = _sentences(1, *(f"The mechanic of hall {n} wrote the number of each seal on a card beside the bench." for n in range(3)),
                     "You do not have to buy a second bench.", "You have to stop hiding the first one.",
                     *(f"In the cellar of hall {n} the pump of the mill has run for years with the old seal." for n in range(20)))
    [(_, chosen)] = choose(runs_of(_material(1, Passage(unit=1, heading=None, prose=row)), cues("en"), "en"), 60, frozenset(), "en")
    said = " ".join(_text(run) for run in chosen)
    assert ("You do not have to buy" in said) == ("You have to stop hiding" in said)


def test_a_shorter_story_loses_no_second_half() -> None:
    one, other, *rest = _sentences(1, "You do not have to buy a second bench.", "You have to stop hiding the first one.",
                                   "The pump of the mill runs.", "The mechanic went home by bus.")
    title = Sentence(text="Benches", sources=("s1.b0.1",))

    def part(*paragraphs: tuple[Sentence, ...]) -> Part:
        return Part(title, title, Plain("."), Plain(""), Plain(""), paragraphs, 1, 1)

    assert shorter(Story((), (part((rest[0], one), (other,)),), ()), "en") is None
    left = shorter(Story((), (part((one, other), (rest[0],)),), ()), "en")
    assert left is not None and left.parts[0].paragraphs == ((one, other),)


def test_what_is_said_to_the_room_is_not_told() -> None:
    assert _runs("The pump runs.", "As you will see, the bars grow.", "The mill makes paper.") == [
        "The pump runs.", "The mill makes paper."]
