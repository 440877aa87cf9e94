"""Windows: what may be printed without the rest of its slide, judged by what stands around it there."""

from __future__ import annotations

import pytest

from generators.closed import counts, needs_title, paired, tied, unfinished
from generators.windows import closed, common_words, lines, pairs, single, windows
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
