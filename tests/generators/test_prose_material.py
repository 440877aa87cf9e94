"""The material of a topic: notes first, noise out, every unit used or named with a reason, every id known."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.cleared import ClearedDocument
from content.document import Block, Part, Source, Unit
from content.draft import Origin, Sentence
from content.topic import Topic
from gates.trace import problems
from generators.context import Context, prepare
from generators.material import Material

_NOTES = ("The tablet hangs on a pillar between two racks. Everybody who walks past reads the newest question. "
          "After ten weeks it had produced 164 questions from 26 people.",)


def _everything(material: Material) -> list[Sentence]:
    out = [material.title] if material.title.sources else []
    for passage in material.passages:
        out += [*passage.prose, *([passage.heading] if passage.heading else []), *([passage.run_in] if passage.run_in else [])]
        out += [s for each in passage.lists for s in (*each.items, *([each.lead] if each.lead else []))]
        out += [cell for row in passage.table for cell in row if cell.origin is not Origin.TEMPLATE]
    pools = (material.numbers, material.questions, material.examples, material.contrasts, material.quotations,
             material.advice, material.stories, material.myths, material.points, material.best)
    return [*out, *(s for pool in pools for s in pool)]


def _holds(ready: Context) -> None:
    for material in ready.materials:
        for sentence in _everything(material):
            assert sentence.sources
            assert list(problems(sentence, ready.index, ready.cleared.language)) == [], sentence.text


def test_only_bullets_that_the_notes_do_not_say(slide, context) -> None:
    ready = context((slide(1, "The pillar", ("The tablet hangs on a pillar", "Winter tyres are stored in hall nine"), _NOTES),))
    said = [s.text for p in ready.materials[0].passages for s in p.prose]
    assert said[0] == "The tablet hangs on a pillar between two racks."
    assert "The tablet hangs on a pillar." not in said
    assert "Winter tyres are stored in hall nine." in said
    assert [s.text for s in ready.materials[0].points] == ["The tablet hangs on a pillar."]
    _holds(ready)


def test_of_builds_the_last_state_stays(slide, context) -> None:
    first, second = "We ask in the open", "We answer every question once"
    ready = context((slide(1, "Rules", (first,)), slide(2, "Rules", (first, second)), slide(3, "Rules", (first, second))))
    assert [s.text for p in ready.materials[0].passages for s in p.prose] == [first + ".", second + "."]
    assert ready.materials[0].skipped == {1: "repeats", 2: "repeats"}


def test_strings_on_many_slides_are_boilerplate(slide, context) -> None:
    units = tuple(slide(n, f"Subject number {word}", ("Fernhollow days of knowledge", f"Everybody in hall {word} can see the board"))
                  for n, word in enumerate(("one", "two", "three", "four", "five"), start=1))
    text = " ".join(s.text for p in context(units).materials[0].passages for s in (*p.prose, *(i for x in p.lists for i in x.items)))
    assert "Fernhollow" not in text
    assert "Everybody in hall four can see the board" in text


def test_every_unit_is_used_or_has_a_reason(slide, context) -> None:
    code = ("public void Run() {", "var answer = board.Ask(question);", "}", "return answer;")
    units = (slide(1, "What we know"), slide(2, "Agenda", ("The pillar", "The cellar")), slide(3, "The code", code),
             slide(4, "A picture of the hall"), slide(5, "Short", ("A", "B", "S3")), slide(6, "The pillar", (), _NOTES))
    ready = context(units, asides={1: "title", 2: "agenda"})
    assert ready.materials[0].skipped == {1: "title", 2: "agenda", 3: "code", 4: "picture only", 5: "too little text"}
    assert {p.unit for p in ready.materials[0].passages} == {6}


def test_an_agenda_shown_again_is_no_content(slide, context) -> None:
    points = ("Where answers come from", "What the desk got out of it")
    ready = context((slide(1, "Agenda", points), slide(2, "The pillar", (), _NOTES), slide(3, "Where we are", points)), asides={1: "agenda"})
    assert ready.materials[0].skipped[3] == "agenda"


def test_labels_of_a_diagram_are_dropped(context) -> None:
    words = ("Client", "Gateway", "Service", "Database", "Node 4")
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="How a question travels")]
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=word, shape=f"box{n}") for n, word in enumerate(words, start=2)]
    ready = context((Unit(number=1, kind="slide", title="How a question travels", blocks=tuple(blocks)),))
    assert ready.materials[0].skipped == {1: "too little text"}


def test_a_small_table_is_kept_cell_by_cell(slide, context) -> None:
    rows = (("Question", "Before"), ("Which seal fits?", "2 days"), ("Is it safe to clear?", "5 hours"))
    ready = context((slide(1, "What an answer costs", (), (), rows),))
    table = ready.materials[0].passages[0].table
    assert tuple(tuple(cell.text for cell in row) for row in table) == rows
    big = tuple((f"Row {n}", "x") for n in range(24))
    assert context((slide(1, "All of them", (), (), big),)).materials[0].passages == ()


@pytest.mark.parametrize(("rows", "kept"), [
    ((("", "2021", "2022"), ("Boats", "9", "12"), ("Bells", "2", "1"), ("Ropes", "31", "40")), True),
    ((("Kind", "", "2022"), ("Boats", "9", "12"), ("Bells", "2", "1"), ("Ropes", "31", "40")), False),
    ((("", "2022"), ("Boats", "12"), ("Bells", "1"), ("Ropes", "40"), ("Nets", "7"), ("Oars", "24")), False)])
def test_only_the_corner_of_a_table_may_be_empty(slide, context, rows, kept) -> None:
    ready = context((slide(1, "All of it in one table", (), _NOTES, table=rows),))
    table = ready.materials[0].passages[-1].table
    assert tuple(tuple(cell.text for cell in row) for row in table) == (rows if kept else ())


def test_running_text_keeps_its_paragraphs_and_headings(slide, context) -> None:
    blocks = (
        Block(id="s1.b1", part=Part.TITLE, text="2 Setting"),
        Block(id="s1.b2", part=Part.BODY, text="The company makes pumps. It has eleven sites and two languages in daily use.", shape="a"),
        Block(id="s1.b3", part=Part.TITLE, text="2.1 Who answers"),
        Block(id="s1.b4", part=Part.BODY, text="One answer in seven came from outside. Nobody had been asked to give it.", shape="b"),
    )
    ready = context((Unit(number=1, kind="page", title="2 Setting", blocks=blocks),))
    passages = ready.materials[0].passages
    assert [p.heading.text for p in passages if p.heading] == ["Setting", "Who answers"]
    assert [s.sources for s in passages[1].prose] == [("s1.b4.1",), ("s1.b4.2",)]


def test_selections_are_whole_sentences_of_their_kind(slide, context) -> None:
    notes = ("Calls went down from 620 to 540 a week in two years of work. Last winter a fitter found the drawing of 1998 in a locker. "
             "Why did a tablet on a pillar beat forty laptops in the office? Ask your question where others can see it and answer it. "
             "The warehouse won, but nobody had expected it of the people there.",)
    material = context((slide(1, "What happened", (), notes),)).materials[0]
    assert [s.text for s in material.numbers] == ["Calls went down from 620 to 540 a week in two years of work."]
    assert material.examples[0].text.startswith("Last winter a fitter")
    assert material.questions[0].text.startswith("Why did a tablet")
    assert [s.text for s in material.advice] == ["Ask your question where others can see it and answer it."]
    assert any("The warehouse won" in s.text for s in material.contrasts)


_LINE = st.text(alphabet=string.ascii_letters + string.digits + " .,;:?!()-–—…\"“”’*|/\n\u200bé", min_size=1, max_size=90)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from([Part.TITLE, Part.BODY, Part.NOTES]), st.integers(0, 3), _LINE), min_size=1, max_size=14),
       st.sampled_from(["slide", "page"]))
def test_nothing_is_without_a_known_source(lines: list[tuple[Part, int, str]], kind: str) -> None:
    blocks = tuple(Block(id=f"s1.b{n}", part=part, level=level, text=text, shape=part.value)
                   for n, (part, level, text) in enumerate(lines, start=1))
    cleared = ClearedDocument(id="0", source=Source(name="a", sha256="0", media_type="x", bytes=1), language="nl",
                              units=(Unit(number=1, kind=kind, blocks=blocks),))
    ready = prepare(cleared, (Topic(number=1, title="Een onderwerp", first=1, last=1),))
    for sentence in _everything(ready.materials[0]):
        assert sentence.sources
        assert set(sentence.sources) <= set(ready.index.by_id)


_FULL = ("Two titles of one question were asked a week apart. One of them was called Help, and it waited 31 hours for a reply. The "
         "other named the alarm, the moment and the decision, and it waited twelve minutes. A fitter in the north hall, a planner "
         "on the night shift and an apprentice with a flashlight replied before their coffee was cold. Write your question first "
         "and its title last, because only then do you know what you are after. A fifth of all drafts disappear while somebody types.",)


def _said(material: Material) -> str:
    return " ".join(s.text for p in material.passages for s in (*p.prose, *(i for each in p.lists for i in each.items)))


def test_a_number_is_the_same_in_words_and_in_digits(slide, context) -> None:
    bullets = ("“Help” waited 31 hours for a reply", "A named alarm waited 12 minutes")
    assert "12 minutes" not in _said(context((slide(1, "Two titles", bullets, _FULL),)).materials[0])


def test_a_bullet_left_over_becomes_a_point_and_no_stump(slide, context) -> None:
    bullets = ("Help waited 31 hours for a reply", "The other one waited twelve minutes", "Good titles are a kindness to readers")
    material = context((slide(1, "Two titles", bullets, _FULL),)).materials[0]
    assert "kindness" not in _said(material)
    assert any("kindness" in s.text for s in material.points)


def test_two_new_figures_are_worth_a_line(slide, context) -> None:
    bullets = ("Help waited 31 hours for a reply", "The other one waited twelve minutes",
               "The same question comes 1.4 times, where it used to be 3.2 times")
    assert "1.4 times" in _said(context((slide(1, "Two titles", bullets, _FULL),)).materials[0])


def test_what_was_told_at_the_slide_before_is_not_shown_again(slide, context) -> None:
    second = ("The desk changed its hours in the spring, and nobody in the whole building noticed it for eleven weeks in a row.",)
    ready = context((slide(1, "Two titles", (), _FULL), slide(2, "What came of it", ("Help waited 31 hours for a reply", "The desk changed its hours"), second)))
    assert _said(ready.materials[0]).count("31 hours") == 1


def test_notes_that_speak_of_a_line_come_after_the_whole_list(slide, context) -> None:
    bullets = ("New people useful in weeks", "What somebody knows stays", "Refused: a target for posts")
    notes = ("As for the third line, we were offered a target for posts per person. We refused, because people who must post something "
             "will post anything that comes to their minds, and nobody wants to read it in the end.",)
    passages = context((slide(1, "Three things", bullets, notes),)).materials[0].passages
    assert [s.text for s in passages[0].lists[0].items] == list(bullets)
    assert passages[1].prose[0].text.startswith("As for the third line")


def test_a_numbered_build_is_a_build(slide, context) -> None:
    first, second = "Is there one question that people ask every week?", "Is there a place that everybody walks past?"
    third = "Who takes a post down at seven in the evening?"
    ready = context((slide(1, "Before you begin", (first, second)), slide(2, "Before you begin (2)", (first, second, third))))
    assert [s.text for s in ready.materials[0].passages[0].lists[0].items] == [first, second, third]
    assert ready.materials[0].skipped == {1: "repeats"}


def test_a_stump_around_what_was_taken_out_is_dropped(slide, context) -> None:
    notes = ("Now for the honest part of it. Everybody in the room knows whom I mean anyway.",)
    ready = context((slide(1, "A slide", (), notes), slide(2, "The pillar", (), _NOTES)))
    touched = prepare(ready.cleared.model_copy(update={"touched_units": frozenset({1})}), ready.topics)
    assert 1 in {p.unit for p in ready.materials[0].passages}
    assert 1 not in {p.unit for p in touched.materials[0].passages}
