"""What notes and text point at stands with them: lists, tables, program text, quotations and labels; what cannot goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.document import LABEL_LEVEL, QUOTE, Block, Part, Unit
from generators.blog_plan import Piece
from generators.blog_unseen import Deck, seen_only
from generators.material import ItemList
from generators.prose_cues import cues
from generators.prose_noise import is_code, is_settings
from generators.prose_notes import clean

_FOUR = {"en": ("The oven is cold by noon", "Nobody waits for bread", "You cannot bake twice", "Your baker is asleep"),
         "nl": ("De oven is om twaalf uur koud", "Niemand wacht op brood", "Je kunt niet twee keer bakken", "De bakker slaapt")}
_REST = {"en": "A bakery that sells out by ten has no need of an evening batch, and its people have a life.",
         "nl": "Een winkel die om tien uur is uitverkocht heeft geen avondploeg nodig, en zijn mensen hebben een leven."}


def _texts(passages) -> list[str]:
    """What passages print, in their order."""
    return [s.text for p in passages for s in (*p.prose, *(i for each in p.lists for i in each.items))]


@pytest.mark.parametrize(("language", "order"), [("en", "Please read these four."), ("nl", "Lees deze vier even.")])
def test_a_list_that_the_notes_have_somebody_read_follows_the_order(slide, context, language, order) -> None:
    ready = context((slide(1, "Brood", _FOUR[language], (f"{order} {_REST[language]}",)),), language=language)
    said = _texts(ready.materials[0].passages)
    assert said[:5] == [order, *_FOUR[language]]


def test_a_list_of_which_a_line_is_picked_out_is_there_as_a_whole(slide, context) -> None:
    lines = ("Keep the oven", "Sell the van", "Pay per loaf, not per week", "Bake for as long as it takes")
    notes = ("We wrote it on one page. The line that saved us is the first: we never touched the oven. And the line that cost "
             "us most is the last one. It was fourteen months before anybody slept.",)
    said = _texts(context((slide(1, "The plan", lines, notes),)).materials[0].passages)
    assert set(lines) <= set(said)


@pytest.mark.parametrize(("language", "lines", "first"), [
    ("en", ("Our first reply: “Thanks, we open on Monday”", "She thought it could wait"), "I wrote that reply myself."),
    ("nl", ("Ons eerste antwoord: “Dank, maandag weer open”", "Zij dacht: het kan wachten"), "Ik heb dat antwoord zelf geschreven.")])
def test_a_thing_that_only_the_slide_names_is_shown_or_not_spoken_of(slide, passage, context, language, lines, first) -> None:
    rest = {"en": "A gas leak on a Saturday reads like any other mail until somebody opens it.",
            "nl": "Een gaslek op zaterdag leest als elke andere brief, tot iemand hem opent en schrikt."}[language]
    ready = context((slide(1, "What went wrong", lines, (f"{first} {rest}",)),), language=language)
    assert set(lines) <= set(_texts(ready.materials[0].passages))
    alone = Piece((), (passage(1, first, rest),))
    assert _texts(seen_only(alone, Deck(frozenset(), frozenset(), ()), cues(language), False).passages) == [rest]


@pytest.mark.parametrize(("language", "point", "rest"), [
    ("en", "Here's last year, to the nearest pound.", "The jar brings six pounds for each mended lamp."),
    ("en", "The last row of the table hurts.", "Nobody used the model that we sold."),
    ("nl", "De onderste rij doet pijn.", "Niemand gebruikte het model dat wij verkochten.")])
def test_what_points_at_a_table_needs_it(passage, language, point, rest) -> None:
    said = passage(1, point, rest)
    held = Deck(frozenset(), frozenset(), (), frozenset({1}))
    cue = cues(language)
    assert _texts(seen_only(Piece((), (said,)), held, cue, False).passages) == [rest]
    shown = replace(said, table=((said.prose[0], said.prose[1]),))
    assert _texts(seen_only(Piece((), (shown,)), held, cue, False).passages) == [point, rest]
    # Where no table stood, a row is one of beans.
    assert _texts(seen_only(Piece((), (said,)), replace(held, tabled=frozenset()), cue, False).passages) == [point, rest]


def test_what_has_a_list_read_needs_one(passage) -> None:
    said = passage(1, "Read these three.", "A lamp is mended by whoever owns it.")
    none = Deck(frozenset(), frozenset(), ())
    assert _texts(seen_only(Piece((), (said,)), none, cues("en"), False).passages) == [said.prose[1].text]
    shown = replace(said, lists=(ItemList(said.prose[1:]),))
    assert said.prose[0].text in _texts(seen_only(Piece((), (shown,)), none, cues("en"), False).passages)


@pytest.mark.parametrize("line", ["def on_loaf_sold(loaf):", "with shop.till() as till:", "loaf = till.take(", "till.take(",
                                  "(loaf.weight, loaf.price))", "if not loaf:", "return    # sold before"])
def test_lines_without_braces_are_program_text_too(line) -> None:
    assert is_code(line)


@pytest.mark.parametrize("line", ["For example (see the bakery):", "With people like these:", "If not now, when?",
                                  "Return the tray", "Class of 1987:", "While you wait:"])
def test_a_lead_of_a_list_is_no_program_text(line) -> None:
    assert not is_code(line)


def test_settings_are_known_by_the_box_and_words_with_a_colon_are_none() -> None:
    assert is_settings(("shop: corner", "windows:", "- days: mon-fri", 'from: "04:30"', "least_loaves: 5"))
    assert not is_settings(("monday: closed", "tuesday: ten to five", "wednesday: ten to five", "thursday: late"))
    assert not is_settings(("Rent: what the hall costs", "Heat: what the oven costs", "Salt:", "- Flour: the rest"))


def test_settings_are_printed_as_they_stand_where_the_notes_speak_of_them(slide, context) -> None:
    lines = ("shop: corner", "windows:", "- days: mon-fri", 'from: "04:30"', "least_loaves: 5")
    ready = context((slide(1, "A window is a row", lines, (
        "Anybody in the shop may change it, and they do. Our apprentice found two mistakes in hers before we opened at all, "
        "since she knew which Friday was a holiday.",)),))
    (passage,) = ready.materials[0].passages
    assert [s.text for s in passage.code] == list(lines)
    assert not passage.lists


@pytest.mark.parametrize(("language", "said", "left"), [
    ("en", "[switch to the oven, gloves on] The crust tells you the rest.", "The crust tells you the rest."),
    ("en", "He said: “Take [the loaf] home.”", "He said: “Take [the loaf] home.”"),
    ("nl", "[ga naar de oven, handschoenen aan] De korst vertelt de rest.", "De korst vertelt de rest."),
    ("en", "Chair, members of the guild, colleagues.", ""),
    ("en", "I shall read most of this, because I have changed it so often.", ""),
    ("en", "No divider here, sorry, I added this part on the train.", ""),
    ("en", "So that is the subject.", ""),
    ("en", "You have all received the papers, forty pages.", ""),
    ("nl", "Geachte leden, beste collega's.", ""),
    ("nl", "U heeft de stukken gekregen, veertig pagina's.", ""),
    ("nl", "Dat is dus het onderwerp.", ""),
    ("en", "Members of the guild paid for the oven.", "Members of the guild paid for the oven."),
    ("en", "I read most of the letters in one night.", "I read most of the letters in one night."),
    ("nl", "Leden van het gilde betaalden de oven.", "Leden van het gilde betaalden de oven."),
    ("nl", "Mevrouw Dekkers is oud en klaagt graag.", "Mevrouw Dekkers is oud en klaagt graag."),
    ("en", "Members of the guild and friends paid for it.", "Members of the guild and friends paid for it.")])
def test_orders_to_oneself_and_salutations_go_and_what_is_told_stays(language, said, left) -> None:
    assert clean(said, cues(language)) == left


def test_a_demonstration_goes_and_its_result_stays(slide, context) -> None:
    ready = context((
        slide(1, "The oven", (), ("The oven was built in 1931 and has been lit on every day since, save for three.",)),
        slide(2, "DEMO", (), ("I'll open the door now while it is hot. Watch the flame, not the clock. Nobody gets burned.",)),
        slide(3, "What it did", ("Door open for 20 seconds", "About 40 degrees lost", "All loaves rose"), ())))
    assert ready.materials[0].skipped[2] == "demonstration"
    assert not any("flame" in text for text in _texts(ready.materials[0].passages))
    assert "About 40 degrees lost" in _texts(ready.materials[0].passages)


@pytest.mark.parametrize(("language", "title", "left"), [
    ("en", "Part two: what we baked", "What we baked"), ("nl", "Deel 3: wat we bakten", "Wat we bakten")])
def test_a_divider_goes_without_the_number_of_its_part(slide, context, language, title, left) -> None:
    notes = {"en": "We baked rye for eleven years because my uncle had baked rye, and he because the mill had nothing else.",
             "nl": "Elf jaar bakten we rogge omdat mijn oom rogge bakte, en hij omdat de molen niets anders had liggen."}
    ready = context((slide(1, title, (), (notes[language],)),), language=language)
    heading = ready.materials[0].passages[0].heading
    assert heading is not None and heading.text == left


def _running(*blocks: tuple[Part, str, str, int]) -> Unit:
    return Unit(number=1, kind="section", title="Questions", blocks=tuple(
        Block(id=f"s1.b{n}", part=part, text=text, shape=shape, level=level)
        for n, (part, text, shape, level) in enumerate(blocks, start=1)))


def test_a_bold_question_stands_over_its_answer(context) -> None:
    unit = _running((Part.TITLE, "Questions", "", 0), (Part.TITLE, "Do we need an oven?", "", LABEL_LEVEL),
                    (Part.BODY, "Not at first. A neighbour with a big kitchen will do.", "a", 0),
                    (Part.TITLE, "Who cleans it?", "", LABEL_LEVEL), (Part.BODY, "Whoever burned the last loaf in it.", "b", 0))
    first, second = context((unit,)).materials[0].passages
    assert first.heading is not None and first.heading.text == "Questions"
    assert first.run_in is not None and first.run_in.text == "Do we need an oven?"
    assert second.heading is None and second.run_in is not None and second.run_in.text == "Who cleans it?"


@pytest.mark.parametrize(("said", "by"), [
    ("“I came for the bread. I stayed for the heat.” — a baker, second year", "a baker, second year"),
    ("“I came for the bread. I stayed for the heat.”", None)])
def test_a_block_quotation_stays_one_and_is_credited(context, said, by) -> None:
    unit = _running((Part.TITLE, "Questions", "", 0), (Part.BODY, "We sold bread for eleven years.", "a", 0),
                    (Part.BODY, said, f"shape 2{QUOTE}", 0), (Part.BODY, "He still comes on Fridays, with his own bag.", "c", 0))
    before, quoted, after = context((unit,)).materials[0].passages
    assert not (before.quoted or after.quoted) and quoted.quoted
    assert " ".join(s.text for s in quoted.prose) == "“I came for the bread. I stayed for the heat.”"
    assert (quoted.speaker.text if quoted.speaker else None) == by
