"""Bullets that run on are a paragraph, what stands side by side a list, and a slide without its program text is nothing."""

from __future__ import annotations

import pytest

from content.document import Part
from content.draft import Sentence
from generators.blog import GENERATOR as BLOG
from generators.blog_runs_on import in_a_row, is_article, runs_on, without_lost, written_out
from generators.listicle import entry_sections, numbered
from generators.material import ItemList, Passage
from generators.prose_cues import cues
from language.source import SourceIndex, SourceSentence

_RUN = {
    "en": ("The wick of a lamp draws its oil from a brass bowl below the glass.", "It draws more on a warm night, and the bowl is "
           "then empty before the morning.", "A keeper who knows this fills it twice and sleeps in between."),
    "nl": ("De lont van een lamp haalt de olie uit een koperen bak onder het glas.", "Op een warme nacht gaat er meer doorheen, en dan "
           "is de bak voor de ochtend leeg.", "Een wachter die dat weet vult hem twee keer en slaapt ertussenin."),
}
_LIST = {
    "en": ("Fill the bowl of the lamp before the sun is gone.", "Trim the wick of the lamp with the small brass scissors.",
           "Write the hour in the book that hangs beside the door."),
    "nl": ("Controleer de bak van de lamp voordat de zon weg is.", "Gebruik de kleine koperen schaar om de lont te knippen.",
           "Schrijf het uur in het boek dat naast de deur hangt."),
}


def _row(texts: tuple[str, ...]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=text, sources=(f"s1.b{n}.1",)) for n, text in enumerate(texts, start=2))


def _slide(texts: tuple[str, ...], listed: bool = False) -> Passage:
    row = _row(texts)
    head = Sentence(text="The lamp", sources=("s1.b1.1",))
    return Passage(1, head, (), (ItemList(row),), spoken=False) if listed else Passage(1, head, row, spoken=False, paragraphs=(row,))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("listed", [False, True])
def test_sentences_that_run_on_are_a_paragraph_and_commands_a_list(language, listed) -> None:
    cue = cues(language)
    told, kept = written_out(_slide(_RUN[language], listed), cue), written_out(_slide(_LIST[language], listed), cue)
    assert told.paragraphs == (_row(_RUN[language]),) and told.lists == ()
    assert kept.prose == () and [each.items for each in kept.lists] == [_row(_LIST[language])]


def test_labels_questions_and_two_lines_do_not_run_on() -> None:
    cue = cues("en")
    assert runs_on(_row(_RUN["en"]), cue)
    assert not runs_on(_row(_RUN["en"][:2]), cue)
    assert not runs_on(_row(tuple(f"Night {n}: {text}" for n, text in enumerate(_RUN["en"]))), cue)
    assert not runs_on(_row(tuple(f"No lamp of {name} was filled before the boats came home." for name in ("Ost", "Mar", "Lo"))), cue)


def test_a_number_above_the_rest_of_its_sentence_is_one_sentence() -> None:
    head = Sentence(text="40 minutes", sources=("s1.b1.1",))
    item = Sentence(text="is how long the bowl lasts on a warm night.", sources=("s1.b2.1",))
    found = written_out(Passage(1, head, (), (ItemList((item,)),), spoken=False), cues("en"))
    assert [s.text for s in found.prose] == ["40 minutes is how long the bowl lasts on a warm night."]
    assert found.heading is None and found.lists == () and found.prose[0].sources == ("s1.b1.1", "s1.b2.1")


def test_headings_in_a_row() -> None:
    assert in_a_row(("Fill the bowl", "Trim the wick", "Write the hour"), cues("en"))
    assert in_a_row(("Reden 1: de olie", "Reden 2: de lont", "De wachter"), cues("nl"))
    assert not in_a_row(("The bowl", "The wick of a lamp", "A warm night"), cues("en"))


def _entry(unit: int, head: str, texts: tuple[str, ...], listed: bool) -> tuple[Passage, ...]:
    passage = _slide(texts, listed)
    return (Passage(unit, Sentence(text=head, sources=(f"s{unit}.b1.1",)), passage.prose, passage.lists, spoken=False,
                    paragraphs=passage.paragraphs),)


@pytest.mark.parametrize(("language", "heads"), [("en", ("Rule 2: the wick", "Rule 3: the bowl", "A warm night")),
                                                 ("nl", ("Regel 2: de lont", "Regel 3: de bak", "Een warme nacht"))])
@pytest.mark.parametrize("listed", [False, True])
def test_slides_that_run_on_are_an_article_whatever_numbers_their_headings_have(language, heads, listed) -> None:
    cue = cues(language)
    assert is_article([_entry(n, head, _RUN[language], listed) for n, head in enumerate(heads, start=1)], cue)
    assert not is_article([_entry(n, head, _LIST[language], listed) for n, head in enumerate(heads, start=1)], cue)


def test_no_number_stands_before_a_label_with_a_number() -> None:
    rows = [_entry(n, head, _LIST["en"], True)[0] for n, head in enumerate(("Rule 2: fill the bowl", "Trim the wick", "Write the hour"), 1)]
    assert not numbered(entry_sections(rows), "The lamp", cues("en"))
    rows[0] = _entry(1, "Fill the bowl", _LIST["en"], True)[0]
    assert numbered(entry_sections(rows), "The lamp", cues("en"))


@pytest.mark.parametrize(("language", "texts"), [
    ("en", ("“The bowl is too small.” A small bowl is filled twice and lasts until the morning.",
            "“The oil is too dear.” It costs less than the boat that was lost here last winter.",
            "“Nobody sleeps any more.” The keeper of the southern tower sleeps from one until four.")),
    ("nl", ("‘De bak is te klein.’ Een kleine bak wordt twee keer gevuld en haalt de ochtend.",
            "‘De olie is te duur.’ Zij kost minder dan de boot die hier vorige winter verging.",
            "‘Niemand slaapt nog.’ De wachter van de zuidelijke toren slaapt van een tot vier.")),
])
def test_answers_to_what_somebody_says_stand_side_by_side(language, texts) -> None:
    assert not runs_on(_row(texts), cues(language))


def test_a_slide_that_lost_its_program_text_goes_unless_it_is_told() -> None:
    lines = [SourceSentence(f"s1.b{n}.1", text, 1, f"s1.b{n}", Part.BODY) for n, text in enumerate(
        ("lamp = Lamp(oil=True)", "lamp.fill(bowl, twice=True)", "We lit forty of these."), start=2)]
    source = SourceIndex({s.id: s for s in lines}, {1: tuple(lines)})
    code = frozenset(s.id for s in lines[:2])
    short, told = _slide(("We lit forty of these.",)), _slide(_RUN["en"] * 2)
    assert without_lost((short,), source, code) == ()
    assert without_lost((told,), source, code) == (told,)
    assert without_lost((short,), source, frozenset()) == (short,)


def test_a_deck_of_bullets_that_run_on_is_an_article_without_numbers(slide, context) -> None:
    heads = ("The bowl", "The glass", "The stairs", "The boat house", "The harbour book")
    rows = tuple((f"{head} of the northern tower was made by a smith who had never seen the sea.",
                  f"He asked {who} for a drawing, and the drawing showed a church with a very small door.",
                  f"Since that winter everybody in the village has called {head.lower()} a little crooked, and nobody mends it.")
                 for head, who in zip(heads, ("a priest", "his aunt", "the teacher", "two sailors", "a painter"), strict=True))
    units = tuple(slide(n, head, row) for n, (head, row) in enumerate(zip(heads, rows, strict=True), start=1))
    drafts = BLOG.drafts(context(units, (("The crooked tower", 1, 5),)))
    assert len(drafts) == 1
    assert "\n- " not in drafts[0].text.split("<!--")[0] and "## 1." not in drafts[0].text
