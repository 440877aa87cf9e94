"""Nothing points at what is not there, no sentence is cut, no promise of a count is broken. All sentences are invented."""

from __future__ import annotations

import pytest

from content.document import Block, Part, Unit
from content.draft import Sentence
from gates.trace import problems
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from generators.prose_line import goes_on
from generators.prose_sound import of_one_kind, promised, self_contained, uncounted


def _sentences(ready) -> list[Sentence]:
    return [s for p in ready.materials[0].passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]


def _said(ready) -> list[str]:
    return [s.text for s in _sentences(ready)]


@pytest.mark.parametrize(("language", "notes", "left"), [
    ("en", "The mill grinds at night. The following table shows the hours of every wheel. These hours are too long. "
           "Nobody sleeps well near a mill.", ["The mill grinds at night.", "Nobody sleeps well near a mill."]),
    ("en", "The mill grinds at night. More is said on the next page. Nobody sleeps well near a mill. The bakers do not mind.",
     ["The mill grinds at night.", "Nobody sleeps well near a mill.", "The bakers do not mind."]),
    ("en", "A policy of the guild closes the mill at night. The above policy does not close the shop. Nobody sleeps near it.",
     ["A policy of the guild closes the mill at night.", "The above policy does not close the shop.", "Nobody sleeps near it."]),
    ("nl", "Dat scenario sluit de molen in de nacht. Het bovenstaande scenario sluit de winkel niet. De bakkers slapen slecht.",
     ["Dat scenario sluit de molen in de nacht.", "Het bovenstaande scenario sluit de winkel niet.",
      "De bakkers slapen slecht."]),
    ("nl", "De molen maalt in de nacht. In de tabel staan de uren van elk rad. Niemand slaapt goed bij een molen. "
           "De bakkers vinden het best.", ["De molen maalt in de nacht.", "Niemand slaapt goed bij een molen.",
                                           "De bakkers vinden het best."])])
def test_what_points_at_something_absent_goes_with_what_leans_on_it(slide, context, language, notes, left) -> None:
    assert _said(context((slide(1, "The mill", (), (notes, "Flour keeps for a year in a dry loft.")),), language=language))[:-1] == left


def test_a_sentence_about_a_table_stays_with_the_table(slide, context) -> None:
    table = (("Wheel", "Hours"), ("North", "nine"), ("South", "eleven"))
    notes = ("The following table shows the hours of every wheel, and the south wheel is the tired one.",)
    [passage] = context((slide(1, "The mill", (), notes, table),)).materials[0].passages
    assert passage.table and passage.prose[0].text.startswith("The following table")


def test_notes_about_a_drawing_are_no_text(slide, context) -> None:
    notes = ("In this example, the north wheel turns. With these servers we are safe. As we saw in our demo, the south wheel waits. "
             "He is the guy who stops the mill. The bell rings at six.",)
    ready = context((slide(1, "Two wheels", ("The mill has two wheels and one bell",), notes),))
    assert all("wheel turns" not in text and "the guy" not in text for text in _said(ready))


@pytest.mark.parametrize(("language", "before", "text", "expected"), [
    ("en", "They worry that the book of the mill might be missing", "some pages from the wet years", True),
    ("en", "The survey was open from", "May to June", True),
    ("nl", "De molenaar schreef alles op in een boek met", "Drie kolommen", True),
    ("en", "The mill has two wheels", "The bell rings at six", False),
    ("en", "ropes", "and a bell", False),
    ("en", "The mill has two wheels.", "and a bell", False)])
def test_a_line_goes_on_where_the_one_before_breaks_off(language, before, text, expected) -> None:
    assert goes_on(before, text, language) is expected


def test_a_sentence_that_a_row_cut_is_whole_again_and_traced(slide, context) -> None:
    text = "Compare the mill with its neighbours to find out where the\nflour is lost and who pays for it in the end."
    ready = context((slide(1, "Flour", (text, "The bell rings at six in the morning.")),))
    said = _sentences(ready)
    assert said[0].text == "Compare the mill with its neighbours to find out where the flour is lost and who pays for it in the end."
    assert said[0].sources == ("s1.b2.1", "s1.b2.2")
    assert list(problems(said[0], ready.index, "en")) == []


def test_bullets_of_one_sentence_become_one(slide, context) -> None:
    bullets = ("They worry that the book of the mill might be missing", "some pages from the wet years.",
               "Nobody has counted the sacks since the flood.", "The new miller counts them every evening.")
    said = _said(context((slide(1, "The book", bullets),)))
    assert said[0] == "They worry that the book of the mill might be missing some pages from the wet years."


def test_a_sentence_that_was_never_finished_gets_no_full_stop(slide, context) -> None:
    notes = ("The mill has two wheels. Each wheel has its own bell. It makes very little sense to stop one of",
             "The miller sleeps beside the bell. The baker wakes him at six. It makes no sense to wait for bread and flour")
    said = _said(context((slide(1, "Two wheels", (), notes),)))
    assert said == ["The mill has two wheels.", "Each wheel has its own bell.", "The miller sleeps beside the bell.",
                    "The baker wakes him at six."]


def test_a_word_that_a_row_cut_is_whole_where_the_deck_says_so(slide, context) -> None:
    ready = context((slide(1, "The mill", ("Good manage-ment of a mill-race begins in spring when the water is high.",
                                           "The management lives far from the race.")),))
    said = _sentences(ready)
    assert said[0].text == "Good management of a mill-race begins in spring when the water is high."
    assert list(problems(said[0], ready.index, "en")) == []


def test_a_lead_that_promises_two_has_two(slide, context) -> None:
    bullets = ("The miller has two options:", (1, "He can stop the north wheel and sleep until the morning comes."),
               (1, "He can stop the south wheel and wait for the baker in the yard."),
               (1, "With both wheels stopped, the village buys its bread on the other bank of the river."))
    passages = context((slide(1, "The choice", bullets),)).materials[0].passages
    assert [len(each.items) for p in passages for each in p.lists] == [2]
    assert passages[-1].prose[0].text.startswith("With both wheels stopped")


@pytest.mark.parametrize(("language", "text", "count"), [
    ("en", "There are three reasons:", 3), ("en", "We waited three weeks for it.", 0), ("nl", "Er zijn twee manieren:", 2),
    ("nl", "We wachtten drie weken.", 0)])
def test_how_many_things_a_lead_promises(language, text, count) -> None:
    assert promised(text, cues(language)) == count


def test_marks_and_words_that_stand_twice_go(slide, context) -> None:
    notes = ("The the bell of the mill rings at six **. Nobody hears it in the the yard, and everybody knows why.",)
    assert _said(context((slide(1, "The bell", (), notes),))) == [
        "The bell of the mill rings at six.", "Nobody hears it in the yard, and everybody knows why."]


def test_a_title_without_the_kind_of_slide(slide, context) -> None:
    notes = ("The bell of the mill rings at six, and nobody in the village has ever slept longer than that.",)
    [passage] = context((slide(1, "Example - The bell", (), notes),), (("Mills", 1, 1),)).materials[0].passages
    assert passage.heading == Sentence(text="The bell", sources=("s1.b1.1",))


@pytest.mark.parametrize(("language", "notes", "first"), [
    ("en", "The tired wheel stands in the last line. Nobody oils it, because the ladder is too short for it.", True),
    ("nl", "Kijk eens naar de laatste kolom. Niemand smeert dat rad, want de ladder is te kort.", True),
    ("en", "Nobody oils the south wheel, because the ladder of the mill is too short for anybody in the village.", False)])
def test_a_table_stands_above_what_speaks_of_its_lines(slide, context, monkeypatch, language, notes, first) -> None:
    from generators.blog import GENERATOR

    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 10)
    title, table = {
        "en": ("The two wheels of the mill", (("Wheel", "Hours"), ("North", "nine"), ("South", "eleven"))),
        "nl": ("De twee raderen van de molen", (("Het rad", "De uren"), ("Het ene", "negen"), ("Het andere", "elf")))}[language]
    [draft] = GENERATOR.drafts(context((slide(1, title, (), (notes,), table),), language=language))
    rows, told = draft.text.index(f"| {table[1][0]} |"), draft.text.index(notes[:12])
    assert (rows < told) is first


@pytest.mark.parametrize(("language", "said", "expected"), [
    ("en", ["There are three rules for a dry mill.", "The first rule is a roof.", "The second rule is a drain."], [0]),
    ("en", ["Three rules keep the mill dry.", "The first rule is a roof.", "The second rule is a drain.", "The third rule is a dog."], []),
    ("en", ["Three mills stand here.", "The roof is new."], []),
    ("nl", ["Er zijn drie regels.", "De eerste regel is een dak.", "De tweede regel is een goot."], [0]),
    ("nl", ["Er zijn drie regels.", "De eerste regel is een dak.", "De tweede regel is een goot.", "De derde regel is een hond."], [])])
def test_an_announcement_goes_when_the_last_thing_is_not_told(language, said, expected) -> None:
    assert uncounted(said, cues(language)) == expected


@pytest.mark.parametrize(("language", "heads", "first"), [
    ("en", ("Hemp rope", "Steel chain"), "It swims on the water and everybody can see it"),
    ("nl", ("Touw van hennep", "Stalen ketting"), "Het drijft op het water en iedereen kan het zien")])
def test_labels_in_a_list_stand_before_what_they_name(lines, language, heads, first) -> None:
    rows = (heads[0], first, heads[1], first.replace("water", "ijs"), "Net")
    items = of_one_kind(lines(*rows))
    assert [s.text for s in items] == [f"{heads[0]}: {rows[1]}", f"{heads[1]}: {rows[3]}"]
    assert items[0].sources == ("s1.b1.1", "s1.b2.1")


@pytest.mark.parametrize(("language", "lead", "items", "closing"), [
    ("en", "The mill has three friends:", ("The miller of the upper wheel", "The carter with the grey horse"),
     "Finally, we hope that every village builds a mill of its own."),
    ("nl", "De molen heeft drie vrienden:", ("De molenaar van het bovenste rad", "De voerman met het grijze paard"),
     "Tot slot hopen wij dat elk dorp een eigen molen bouwt.")])
def test_what_closes_a_list_is_none_of_its_items(lines, language, lead, items, closing) -> None:
    every = lines(*items, closing, start=2)
    passage = Passage(1, None, (), (ItemList(every, Sentence(text=lead.replace("three ", "").replace("drie ", ""), sources=("s1.b1.1",))),))
    out = self_contained([passage], cues(language))
    assert [s.text for p in out for each in p.lists for s in each.items] == list(items)
    assert [s.text for p in out for s in p.prose] == [closing]


def test_two_cells_in_one_item_are_no_list() -> None:
    items = tuple(Sentence(text=text, sources=("s1.b1.1",)) for text in ("Nobody was there", "Called by letter Answered in the hall"))
    passage = Passage(1, None, (), (ItemList(items),), running=True)
    assert self_contained([passage], cues("en"), {"answered": 1}) == []
    [kept] = self_contained([passage], cues("en"), {"answered": 3})
    assert kept.lists[0].items == items


@pytest.mark.parametrize(("language", "text", "left"), [
    ("en", "The mill was counted twice. Two bakers read the books by night. They agreed in ninety of",
     ["The mill was counted twice.", "Two bakers read the books by night."]),
    ("nl", "De molen is twee keer geteld. Twee bakkers lazen de boeken in de nacht. Ze vonden dat het goed was en",
     ["De molen is twee keer geteld.", "Twee bakkers lazen de boeken in de nacht."])])
def test_a_paragraph_that_breaks_off_loses_its_last_sentence_only(context, language, text, left) -> None:
    blocks = (Block(id="s1.b1", part=Part.TITLE, text="The mill"), Block(id="s1.b2", part=Part.BODY, text=text, shape="one"))
    assert _said(context((Unit(number=1, kind="section", title="The mill", blocks=blocks),), language=language)) == left


@pytest.mark.parametrize(("language", "notes", "left"), [
    ("en", "While the miller is not paid for the night. He wants to be, and he says so.",
     "While the miller is not paid for the night, he wants to be, and he says so."),
    ("nl", "Terwijl de molenaar nog niet betaald is. Hij wil dat wel, en hij zegt het ook.",
     "Terwijl de molenaar nog niet betaald is, hij wil dat wel, en hij zegt het ook."),
])
def test_a_clause_and_what_it_stands_before_are_one(slide, context, language, notes, left) -> None:
    ready = context((slide(1, "The mill", (), (notes + " Flour keeps for a year in a dry loft." if language == "en" else
                                               notes + " Meel blijft een jaar goed op een droge zolder.",)),), language=language)
    assert _said(ready)[0] == left


def _list(lead: str | None, *items: str) -> Passage:
    return Passage(1, None, (), lists=(ItemList(tuple(Sentence(text=text, sources=(f"s1.b{n}.1",)) for n, text in enumerate(
        items, start=2)), Sentence(text=lead, sources=("s1.b1.1",)) if lead else None),))


@pytest.mark.parametrize(("language", "lead", "items", "kept"), [
    ("en", "The boat may sink if it is:", ("The planks are wet at night.", "The bell hangs too low for the crew."), False),
    ("en", "The boat may sink if it is:", ("Wet at night.", "Tied to a post that moves."), True),
    ("en", "The boat may sink if:", ("The planks are wet at night.", "The bell hangs too low for the crew."), True),
])
def test_a_lead_that_breaks_off_has_halves_under_it(language, lead, items, kept) -> None:
    [passage] = self_contained([_list(lead, *items)], cues(language))
    assert (passage.lists[0].lead is not None) == kept


@pytest.mark.parametrize(("language", "items", "after"), [
    ("en", ("Tie the boat.", "Dry the rope.", "Ring the bell.", "There are good books about ropes in the loft of the mill."), 1),
    ("en", ("Tie the boat.", "There are two ropes.", "Ring the bell.", "There are good books about ropes in the loft."), 0),
    ("nl", ("Leg de boot vast.", "Droog het touw.", "Luid de bel.", "Er zijn goede boeken over touwen op de zolder."), 1),
])
def test_what_is_no_measure_stands_below_the_measures(language, items, after) -> None:
    made = self_contained([_list(None, *items)], cues(language))
    assert len(made) == 1 + after and len(made[0].lists[0].items) == len(items) - after
