"""Lists as their author made them."""

from __future__ import annotations

import pytest

from content.document import Block, Part, Unit
from content.draft import Sentence
from generators.prose_cues import cues
from generators.prose_lists import leading_in, spoken_of
from generators.prose_notes import Told

_LEAD = "We keep the greenhouse together with nine others. Three jobs come back every week:"
_JOBS = ("The watering, at seven. It takes an hour.", "The airing, which nobody likes.", "The compost, turned by hand.")


def _section(*items: str, lead: str = _LEAD, numbered: bool = False) -> Unit:
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="The greenhouse"),
              Block(id="s1.b2", part=Part.BODY, text=lead, shape="one")]
    blocks += [Block(id=f"s1.b{n}", part=Part.BODY, text=text, level=1, shape="two", numbered=numbered)
               for n, text in enumerate(items, start=3)]
    blocks.append(Block(id=f"s1.b{len(blocks) + 1}", part=Part.BODY, shape="three",
                        text="Rule two is the one that people forget. Nobody has been thrown out for it so far."))
    return Unit(number=1, kind="section", title="The greenhouse", blocks=tuple(blocks))


def test_an_announced_list_of_a_document_comes_whole_after_its_lead(context) -> None:
    passages = context((_section(*_JOBS),)).materials[0].passages
    assert [s.text for s in passages[0].prose] == [
        "We keep the greenhouse together with nine others.", "Three jobs come back every week:"]
    assert [s.text for s in passages[0].lists[0].items] == list(_JOBS)
    assert not passages[0].lists[0].ordered
    assert passages[1].prose[0].text == "Rule two is the one that people forget."


def test_what_the_program_numbers_is_numbered(context) -> None:
    rules = ("Nobody waters at noon.", "Whoever comes last shuts the windows.", "Keys stay on the hook.")
    passages = context((_section(*rules, lead="These are the rules of the house. They hang on the door.", numbered=True),)
                       ).materials[0].passages
    assert [s.text for s in passages[0].lists[0].items] == list(rules)
    assert passages[0].lists[0].ordered


def test_sentences_that_nothing_announces_read_as_text(context) -> None:
    told = ("The tap is by the door.", "The key hangs on its hook.")
    passages = context((_section(*told, lead="This is the house we share. It is made of glass."),)).materials[0].passages
    assert not any(p.lists for p in passages)


_CHANGED = ("In April we changed three things. A kettle first. The second is the one that I would never give back: somebody at "
            "the door who knows every name. And then the lamps, which were a present from the school next door.")


def test_a_list_that_notes_count_off_stands_after_the_sentence_that_counts(slide, context) -> None:
    lines = ("A kettle in the hall", "Somebody at the door who knows every name", "Lamps from the school")
    passages = context((slide(1, "What we changed", lines, (_CHANGED,)),)).materials[0].passages
    assert [s.text for s in passages[0].prose] == ["In April we changed three things."]
    assert [s.text for s in passages[0].lists[0].items] == list(lines)
    assert passages[1].prose[0].text == "A kettle first."


def test_a_list_of_another_length_stays_with_the_notes(slide, context) -> None:
    lines = ("A kettle in the hall", "Somebody at the door who knows every name")
    passages = context((slide(1, "What we changed", lines, (_CHANGED,)),)).materials[0].passages
    assert [s.text for p in passages for s in p.prose][:2] == ["In April we changed three things.", "A kettle first."]
    assert len(passages) == 1


@pytest.mark.parametrize(("title", "line", "text"), [
    ("19 minutes", "is what a page of the old form took", "19 minutes is what a page of the old form took."),
    ("31 days → 4 hours", "Time between a complaint and its answer",
     "31 days → 4 hours: Time between a complaint and its answer."),
])
def test_a_big_figure_and_its_caption_are_one_sentence(slide, context, title: str, line: str, text: str) -> None:
    passages = context((slide(1, title, (line,)), slide(2, "The form", ("It has nine pages.", "It asks for nothing twice."))),
                       ).materials[0].passages
    assert [s.text for s in passages[0].prose] == [text]
    assert passages[0].heading is None
    assert not passages[0].lists


@pytest.mark.parametrize("title", ["3 reasons", "1. Why"])
def test_another_title_is_no_figure(slide, context, title: str) -> None:
    passages = context((slide(1, title, ("is what a page of the old form took",)),)).materials[0].passages
    assert not any(title in s.text for p in passages for s in p.prose)


@pytest.mark.parametrize(("title", "heads"), [("Calls to the gate, per month", False), ("Who rings the gate?", True),
                                              ("Number of calls", False), ("The gate in winter", True)])
def test_the_title_of_a_chart_heads_nothing_that_is_told(slide, context, title: str, heads: bool) -> None:
    unit = slide(1, title, (), ("The calls fell by half in the first winter, and they have not come back since then.",))
    cells = tuple(Block(id=f"s1.b{n}", part=Part.CHART, text=text, shape="chart", row=n - 9, column=0)
                  for n, text in enumerate(("May", "June"), start=9))
    ready = context((unit.model_copy(update={"blocks": (*unit.blocks, *cells)}),))
    assert ready.materials[0].passages[0].captioned is not heads


def _boxes(*boxes: tuple[str, str]) -> Unit:
    blocks = [Block(id="s1.b1", part=Part.TITLE, text="Where it goes")]
    for n, pair in enumerate(boxes):
        blocks += [Block(id=f"s1.b{2 * n + k}", part=Part.BODY, text=text, shape=f"box{n}") for k, text in enumerate(pair, start=2)]
    return Unit(number=1, kind="slide", title="Where it goes", blocks=tuple(blocks))


def test_boxes_of_a_name_and_its_gloss_are_a_line_each(context) -> None:
    passages = context((_boxes(("Rent", "what the hall costs us in a month"), ("Lamps", "light, and nobody knows how much"),
                               ("Tea", "paid by those who drink it")),)).materials[0].passages
    assert [s.text for s in passages[0].lists[0].items] == [
        "Rent: what the hall costs us in a month", "Lamps: light, and nobody knows how much", "Tea: paid by those who drink it"]


def test_columns_of_two_bullets_are_not_joined(context) -> None:
    passages = context((_boxes(("Rent of the hall", "Heating in the winter months"), ("Gifts at the door", "Sale of old books"),
                               ("Loan from the town", "Money under the stairs")),)).materials[0].passages
    assert not any(": " in s.text for p in passages for each in p.lists for s in each.items)


def test_a_table_of_a_document_stands_where_it_stood_under_its_caption(context) -> None:
    def body(n: int, text: str) -> Block:
        return Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape=f"p{n}")

    cells = tuple(Block(id=f"s1.b{n + 4}", part=Part.TABLE, text=text, shape="table", row=n // 2, column=n % 2)
                  for n, text in enumerate(("Hall", "Chairs", "North", "40", "South", "38")))
    blocks = (Block(id="s1.b1", part=Part.TITLE, text="The chairs"),
              body(2, "We counted the chairs in two halls. It took a Sunday and the patience of the porter."),
              body(3, "Table 1. Two halls in May"), *cells,
              body(10, "Nobody had counted them for nine years. That is how the cellar filled up with broken ones."))
    passages = context((Unit(number=1, kind="section", title="The chairs", blocks=blocks),)).materials[0].passages
    assert [bool(p.table) for p in passages] == [True, False]
    assert passages[0].caption is not None
    assert passages[0].caption.text == "Table 1. Two halls in May."
    assert passages[1].prose[0].text == "Nobody had counted them for nine years."


def test_a_figure_without_a_title_is_one_line_with_its_caption_and_without_small_print(context) -> None:
    texts = ("31 %", "of the day: wheels turning, nobody on board", "Counted at 12 stops, May 2025. Ferries, trams, the lift.")
    blocks = tuple(Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape=f"box {n}") for n, text in enumerate(texts, start=1))
    passages = context((Unit(number=1, kind="slide", title="", blocks=blocks),)).materials[0].passages
    assert [s.text for p in passages for s in p.prose] == ["31 % of the day: wheels turning, nobody on board."]


def test_a_slogan_stands_without_the_label_beside_it(context) -> None:
    slogan, label = "The right boat at the right landing, and a pilot who knows why.", "Our harbour in one sentence"
    blocks = tuple(Block(id=f"s1.b{n}", part=Part.BODY, text=text, shape=f"box {n}") for n, text in enumerate((slogan, label), 1))
    passages = context((Unit(number=1, kind="slide", title="", blocks=blocks),)).materials[0].passages
    assert [s.text for p in passages for s in (*p.prose, *(i for each in p.lists for i in each.items))] == [slogan]


def _told(*texts: str) -> list[Told]:
    return [Told(None, [tuple(Sentence(text=text, sources=(f"s1.b9.{n}",)) for n, text in enumerate(texts, start=1))])]


@pytest.mark.parametrize(("title", "texts", "picked", "after", "language"), [
    ("What we wanted", ("Three wishes.", "The second one has a story."), 1, 0, "en"),
    ("Post", ("These are real letters.", "I keep them in a tin."), 0, 0, "en"),
    ("Post", ("And now the third box.", "It is the one that others leave out."), 0, None, "en"),
    ("Three wishes", ("The lamp came in May.", "The second one has a story."), 1, None, "en"),
    ("What we did not want", ("That was loudly cheered.", "But the third point counts."), 1, None, "en"),
    ("Post", ("Dit zijn echte brieven.", "Ze liggen in een trommel."), 0, 0, "nl"),
    ("Wat we niet wilden", ("Dat laatste werd met gejuich ontvangen.", "Maar het derde punt telt."), 1, None, "nl")])
def test_a_list_stands_behind_the_sentence_that_leads_into_it(title, texts, picked, after, language) -> None:
    told = _told(*texts)
    said = told[0].paragraphs[0]
    found = leading_in(told, said[picked], Sentence(text=title, sources=("s1.b1.1",)), 3, cues(language))
    assert found == (None if after is None else said[after])


def test_wishes_stand_between_their_count_and_the_story_of_one(slide, context) -> None:
    lines = ("A lamp for the landing", "A bench of oak that nobody paints", "A bell with its own roof")
    notes = "Three wishes. The second one has a story. The pilot waited for a lamp until May, and he read by the moon."
    first, rest = context((slide(1, "What we asked the harbour for", lines, (notes,)),)).materials[0].passages
    assert [s.text for s in first.prose] == ["Three wishes."]
    assert [s.text for s in first.lists[0].items] == list(lines)
    assert rest.prose[0].text == "The second one has a story."


@pytest.mark.parametrize(("title", "lead", "then", "lines", "ordered"), [
    ("Opening a harbour in three steps", "This is the order.", "Step two, and nobody likes it, is the bell.",
     ("Paint the plank twice", "Hang up the old bell", "Ask the pilot about the moon"), True),
    ("What we supposed", "We wrote it down before the ice came.", "H1 is the lamp. H2, the rope, which I did not believe in.",
     ("H1 Lamp: boats come earlier by night", "H2 Rope: fewer crates fall in", "H3 Bell: the guests wait on deck"), False)])
def test_a_list_stands_before_what_takes_its_items_by_number(slide, context, title, lead, then, lines, ordered) -> None:
    more = "It cost us a winter and two friends, and the pilot laughed about it until May."
    first, rest = context((slide(1, title, lines, (f"{lead} {then} {more}",)),)).materials[0].passages
    assert [s.text for s in first.prose] == [lead]
    assert [s.text for s in first.lists[0].items] == list(lines)
    assert (first.lists[0].ordered, first.lists[0].kept) == (ordered, True)
    assert rest.prose[0].text == then.split(". ")[0].rstrip(".") + "."


def test_what_is_told_from_its_first_step_on_needs_no_list_for_its_numbers() -> None:
    told = _told("Step one is the plank.", "Step two is the bell.")
    assert spoken_of(told, cues("en")) is None
    assert spoken_of(_told("Stap twee is de bel."), cues("nl")) is not None


def test_the_last_of_several_steps_is_an_item_of_its_list(slide, context) -> None:
    lines = ("First, read the labels of all the jars", "Then carry them to the long table", "Wipe the lids with warm water",
             "Finally, throw out the grey ones on the same day")
    passages = context((slide(1, "Clearing the pantry in a morning", lines),)).materials[0].passages
    assert [s.text for p in passages for each in p.lists for s in each.items] == list(lines)
