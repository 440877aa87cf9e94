"""Windows: what may be printed without the rest of its slide, judged by what stands around it there."""

from __future__ import annotations

import pytest

from content.draft import Sentence
from generators.alone import to_room
from generators.closed import (
    counts,
    needs_title,
    paired,
    strays,
    stub,
    subjectless,
    tied,
    unfinished,
)
from generators.windows import Window, closed, common_words, enough, lines, pairs, single, windows
from language.quotation import balanced

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(("language", "earlier", "text"), [
    ("en", ["The lift test", "Say your answer aloud in a lift."], "There is one person in the lift whom you do not know."),
    ("en", ["The count", "We read both rows."], "If you can only keep one of the two, keep the answers."),
    ("en", ["Fears", "We asked thirty colleagues."], "I had expected lawyers and leaks."),
    ("en", ["What we got", "Second visits went down from 212 to 131."], "What I do claim is that 81 drives less is 81 days."),
    ("en", ["The meeting", "We had a meeting on Thursdays."], "I sat in the corner for four weeks."),
    ("en", ["Managers", "Ask a question.", "Thank one person."], "The third is the hard one."),
    ("en", ["Ready?", "Ask each site."], "If the answer is nothing, I come back in three months."),
    ("en", ["The quiet expert"], "Every site has one."),
    ("en", ["Old pages", "Every page turns grey."], "Grey does not mean wrong."),
    ("nl", ["De lasser", "Wie alleen de deskundige vraagt, krijgt één antwoord."], "Wie het hardop vraagt, krijgt soms de lasser."),
    ("nl", ["De eerste weken", "Begin klein."], "In de vierde week haal je samen iets weg."),
])
def test_an_opening_that_goes_back_into_its_slide_is_tied(language, earlier, text):
    assert tied(text, earlier, NONE, language)


@pytest.mark.parametrize(("language", "earlier", "text"), [
    ("en", ["The board", "Sites differ."], "A board that is added to a full week is a burden."),
    ("en", ["When to stop", "Close it."], "If you let a board die quietly, nobody asks for the next one."),
    ("en", ["The count"], "We counted every question last year."),
    ("nl", ["Antwoorden", "Begin met de zin."], "Iemand met vette handen heeft tijd voor één zin."),
])
def test_an_opening_that_brings_in_what_it_speaks_of_is_free(language, earlier, text):
    assert not tied(text, earlier, NONE, language)


@pytest.mark.parametrize(("language", "last", "then"), [
    ("en", "You do not lose trust through a mistake.", "You lose it through the silence after it."),
    ("en", "A document is what somebody thought you would ask.", "An answer is what somebody did ask."),
    ("en", "Here are four real questions, with the time they took.", "The first took six hours."),
    ("en", "We opened boards for groups of 12 and of 40.", "With twelve people there is no need for a board."),
    ("en", "I had prepared for anger.", "What I got was thanks."),
    ("en", "Take a picture, as you always do.", "Now look at its corners."),
    ("nl", "De rij was geen gebrek aan kennis.", "Het was een gebrek aan een plek."),
    ("nl", "Niemand zou ooit een lasser bellen over een rem.", "En toch staat er nergens zo'n goed antwoord."),
    ("nl", "In de eerste week schrijf je tien vragen op.", "In de tweede week stelt de chef een vraag."),
])
def test_nothing_ends_before_its_point(language, last, then):
    assert unfinished([last], [then], language) is None


@pytest.mark.parametrize("text", ["Here are four real questions.", "What came of it?", "It goes like this:"])
def test_an_announcement_never_ends_a_piece(text):
    assert unfinished([text], [], "en") is None


def test_a_story_that_goes_on_is_wanted_and_a_slide_s_end_is_not():
    assert unfinished(["We walked to the hall."], ["Somebody had locked the door of it."], "en") == 1
    assert unfinished(["We walked to the hall."], [], "en") == 0


def test_titles_that_their_entries_need():
    assert needs_title("Three things we wanted", "en") and needs_title("Wat iedereen fout doet", "nl")
    assert not needs_title("The board at work", "en")
    assert counts("People, in four lines", "en") and not counts("The board at work", "en")
    assert paired("Because it stood there.", "Because everybody saw it.", "en")


def test_half_a_quotation_is_neither_split_nor_balanced():
    from language.sentences import sentences

    said = "“Who knows it, writes it down. Who does not, may ask.”"
    assert sentences(said) == (said,)
    assert balanced(said) and not balanced("“Who knows it, writes it down.") and not balanced("may ask.”")
    assert balanced("„Nein.“") and balanced('A disk of 5" and no more')
    # Hebrew writes a mark before the last letter of an abbreviation.
    assert balanced('נמדד ע"י הבנק') and not balanced('אמר "הבנק ושתק')


def test_windows_are_runs_of_a_slide_in_its_order(street):
    context = street()
    for material in context.materials:
        passages = {passage.unit: [s.sources for s in passage.prose] for passage in material.passages}
        for window in windows(material, context):
            own = [s.sources for s in window.sentences]
            row = passages[window.unit]
            assert own == row[row.index(own[0]):row.index(own[0]) + len(own)]


def test_a_list_under_a_wish_goes_out_whole_or_not_at_all(slide, context):
    bullets = ("What somebody knows stays when that person retires", "A question is asked once and answered once",
               "The answer stands where the question arises")
    made = context((slide(1, "Three things we wanted", bullets=bullets), slide(2, "The board at work", bullets=bullets[:2])))
    (material,) = made.materials
    assert all(len(each.sentences) == len(bullets) for each in (*windows(material, made), *lines(material, made))
               if each.unit == 1)
    assert not any(closed(s, material, made, common_words(made)) for p in material.passages if p.unit == 1 for s in p.prose)


def test_two_halves_of_a_thought_stand_together_or_not_at_all(slide, context):
    notes = ("In October a page was wrong. You do not lose trust through a mistake. You lose it through the silence after it.",)
    made = context((slide(1, "A bad day", notes=notes), slide(2, "Another day", notes=("Bread is baked by everybody.",))))
    (material,) = made.materials
    said = [each.text for each in single(material, made)]
    assert "You do not lose trust through a mistake. You lose it through the silence after it." in [
        each.text for each in pairs(material, made)]
    assert "You do not lose trust through a mistake." not in said


@pytest.mark.parametrize(("language", "text"), [
    ("en", "I am coming to that."), ("en", "As you will see, the oven is small."), ("en", "Hands up, who bakes at home?"),
    ("en", "Some of you have an oven."), ("en", "If you take home one thing, take the key."), ("en", "Very quickly, where we are."),
    ("nl", "Daar kom ik zo op."), ("nl", "Zoals je ziet is de oven klein."), ("nl", "Kijk vooral naar de linkerkolom."),
])
def test_what_is_said_to_the_room_is_no_part_of_a_piece(language, text):
    assert to_room(text, language) and tied(text, [""], NONE, language) and strays(text, ["Bread."], [""], NONE, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Allows two loaves at once."), ("en", "Automatically discovers cold ovens."), ("nl", "Kostte drie zakken meel."),
])
def test_a_line_without_its_subject_stands_nowhere_alone(language, text):
    assert subjectless(text, language) and tied(text, [""], NONE, language)


@pytest.mark.parametrize(("language", "earlier", "text"), [
    ("en", ["Loaves", "Do small houses need an oven?"], "No. They borrow one."),
    ("en", ["Loaves", "Which flour do you use?"], "Rye flour."),
    ("nl", ["Broden", "Heeft een klein huis een oven nodig?"], "Nee, dat leent er een."),
    ("nl", ["Broden"], "Twee winters."),
    ("en", ["Loaves"], "Two winters."),
    ("en", ["Loaves"], "Because that gives you a crust."),
    ("en", ["Loaves"], "Everything else can wait."),
])
def test_an_answer_or_a_stub_goes_with_what_it_answers(language, earlier, text):
    assert tied(text, earlier, NONE, language)


def test_a_statement_that_begins_with_a_verb_s_noun_is_free():
    assert not subjectless("Works and days are two things.", "en")
    assert not subjectless("Komt de bakker als eerste, dan is er brood.", "nl")
    assert not stub("Bread is cheap.", "en") and not stub("Begin klein.", "nl")


def test_what_a_customer_asks_for_is_no_advice_of_ours(slide, context):
    wishes = ("Bake the bread of every house before seven in the morning.", "Keep the flour of all houses in one dry room.")
    made = context((slide(1, "Customer needs", notes=wishes), slide(2, "The oven", notes=(
        "Bake the bread of every house before seven in the morning.", "An oven that is shared is never cold."))))
    (material,) = made.materials
    told = {each.unit for each in windows(material, made)} | {
        made.index.by_id[each.sources[0]].unit for each in single(material, made)}
    assert 1 not in told and 2 in told


def test_lines_under_half_a_sentence_are_told_with_it_or_not_at_all(slide, context):
    notes = ("In the evening every house can:", "- Select a loaf of the next morning, and the hour of it.",
             "An oven that is shared is never cold in the winter.")
    made = context((slide(1, "The oven", notes=notes), slide(2, "The key", notes=("A key is a promise to lock the door.",))))
    (material,) = made.materials
    assert not any("Select" in each.text for window in windows(material, made) for each in window.sentences)


def test_the_first_that_is_said_under_a_myth_is_not_told_alone(slide, context):
    made = context((slide(1, "A myth about bread", notes=("Bread that anybody may bake is always bad bread.",
                                                         "We counted, and it was better.")),
                    slide(2, "The key", notes=("A key is a promise to lock the door.",))))
    (material,) = made.materials
    assert not any(len(each.sentences) == 1 and each.unit == 1 and each.begins for each in windows(material, made))
    assert "Bread that anybody may bake is always bad bread." not in [each.text for each in single(material, made)]


def test_a_window_tells_something_or_is_no_post(slide, context):
    made = context((slide(1, "The street", notes=("You know him.",)),))

    def window(*texts: str, title: str = "") -> Window:
        rows = tuple(Sentence(text=text, sources=(f"s1.b2.{n}",)) for n, text in enumerate(texts, start=1))
        return Window(1, rows, Sentence(text=title, sources=("s1.b1.1",)) if title else None)

    assert not enough(window("You know him."), made) and not enough(window("Say nothing.", "Count to 3."), made)
    assert enough(window("Nobody owns the oven.", "Everybody keeps it clean."), made)
    assert enough(window("An oven that nobody owns is never clean in the morning."), made)


@pytest.mark.parametrize(("language", "notes", "somebody"), [
    ("en", ("Nothing about ovens has changed.", "He has said where to click and what to burn."), False),
    ("en", ("The cooper of our street sold barrels.", "He has said where to click and what to burn."), True),
    ("nl", ("Niets aan ovens is veranderd.", "Nu zegt hij waar je klikt en wat je brandt."), False)])
def test_a_window_names_whom_it_speaks_of(slide, context, language, notes, somebody):
    made = context((slide(1, "Ovens", notes=notes),), language=language)
    assert any(notes[1] in {s.text for s in each.sentences} for each in windows(made.materials[0], made)) is somebody
