"""The script as a listener and a recording person meet it: length, order, language, what is said when there is too little."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from content import Block, ClearedDocument, Part, Source, Topic, Unit
from content.settings import Author, Profile
from gates.trace import GATE as TRACE
from gates.work import Work
from generators import Context
from generators.audio import GENERATOR
from generators.context import prepare
from generators.speech import making
from language.sentences import sentences

_PLACES = ("mill", "harbour", "bakery", "brewery", "quarry", "nursery", "printer", "dairy")
_EN = ("At the {0} a fitter wrote down {1} answers in one spring. She hung them on the wall beside the oldest press. "
       "Nobody at the {0} had ever asked her for a list. The foreman read every card before the first break. "
       "A page without a date is worth little to anybody. You never know who still stands behind it. "
       "The visitors of the {0} took {2} of the cards home with them. They wanted to try the same in their own halls. "
       "Write the date of the day under every answer. The {0} saved {3} hours in the first year of the cards.")
_NL = ("Bij de {0} schreef een monteur in één lente {1} antwoorden op. Zij hing ze aan de muur naast de oudste pers. "
       "Niemand bij de {0} had haar ooit om een lijst gevraagd. De chef las elke kaart voor de eerste pauze. "
       "Een pagina zonder datum is voor niemand veel waard. De bezoekers van de {0} namen {2} kaarten mee naar huis. "
       "Schrijf de datum van de dag onder elk antwoord. De {0} bespaarde {3} uur in het eerste jaar van de kaarten.")
_PLAATSEN = ("molen", "haven", "bakkerij", "brouwerij", "groeve", "kwekerij", "drukkerij", "zuivel")


def _context(language: str = "en", topics: int = 6, slides: int = 4, kind: str = "slide", profile: Profile | None = None) -> Context:
    text, places = (_NL, _PLAATSEN) if language == "nl" else (_EN, _PLACES)
    units = [Unit(number=1, kind=kind, title="Cards", blocks=(Block(id="s1.b1", part=Part.TITLE, text="Cards on the wall"),))]
    found = []
    for topic in range(topics):
        title = f"{places[topic]} {'in' if language == 'en' else 'op'} {2001 + topic}".capitalize()
        first = len(units) + 1
        for slide in range(slides):
            number = len(units) + 1
            seed = 10 * topic + slide + 3
            notes = text.format(places[(topic + slide) % 8], seed, seed + 11, seed + 105)
            units.append(Unit(number=number, kind=kind, title=title, blocks=(
                Block(id=f"s{number}.b1", part=Part.TITLE, text=title),
                Block(id=f"s{number}.b2", part=Part.NOTES if kind == "slide" else Part.BODY, text=notes))))
        found.append(Topic(number=topic + 1, title=title, first=first, last=len(units), title_source=f"s{first}.b1"))
    source = Source(name="talk.pptx", sha256="cd" * 32, media_type="application/x", bytes=1)
    cleared = ClearedDocument(id="cd" * 32, source=source, title="Cards on the wall", language=language, units=tuple(units))
    return prepare(cleared, tuple(found), profile or Profile(), audio=False)


def _script(context: Context) -> str:
    [draft] = GENERATOR.drafts(context)
    assert TRACE.check(Work(drafts=(draft,), cleared=context.cleared, index=context.index)).reasons == ()
    return draft.text


@pytest.mark.parametrize("minutes", [2, 3, 5, 8])
def test_the_length_is_within_fifteen_percent_of_the_wish(minutes: int) -> None:
    profile = Profile(minutes=minutes)
    seconds = making.length(making.chapters_of(_script(_context(profile=profile)), "en", profile))
    assert seconds == pytest.approx(60 * minutes, rel=0.15)


def test_too_little_material_is_said_and_never_padded() -> None:
    context = _context(topics=2, slides=2, profile=Profile(minutes=30))
    [draft] = GENERATOR.drafts(context)
    assert "> 30 minutes were asked for." in draft.text
    assert "nothing was added" in draft.metadata["short"][0].text
    spoken = [line.display for _, lines in making.chapters_of(draft.text, "en", Profile()) for line in lines]
    assert not any("asked for. What the source" in line for line in spoken)
    [whole] = GENERATOR.drafts(_context(profile=Profile(minutes=5)))
    assert not whole.metadata
    assert "were asked for" not in whole.text


def test_almost_nothing_to_say_is_no_episode_and_the_script_says_so() -> None:
    [draft] = GENERATOR.drafts(_context(topics=1, slides=1))
    assert "too little in whole sentences" in draft.metadata["short"][0].text


def test_a_person_can_record_it() -> None:
    text = _script(_context(profile=Profile(authors=(Author(name="Joos Verhulst"),), call_to_action="Come and see us in hall four.")))
    directions = [line for line in text.splitlines() if line.startswith(">")]
    assert re.search(r"estimated \d+ min \d+ s, \d+ words, in 6 parts", directions[0])
    clocks = [re.match(r"> (\d+):(\d\d), about (\d+):(\d\d)\.", line) for line in directions]
    places = [(int(m[1]) * 60 + int(m[2]), int(m[3]) * 60 + int(m[4])) for m in clocks if m]
    assert len(places) == 8
    for (start, long), (after, _) in pairwise(places):
        assert after == pytest.approx(start + long, abs=2)
    assert text.rstrip().endswith("This episode was spoken by a synthetic voice.")
    assert "Come and see us in hall four." in text
    assert "It comes from a talk by Joos Verhulst and takes about" in text


def test_the_parts_of_an_episode_come_in_their_order() -> None:
    text = _script(_context())
    order = ["## Opening", "This is Cards on the wall.", "First: ", "And last: ", "The voice you hear is synthetic.", "Part 1: ",
             "On to part 2: ", "And now the last part: ", "## To remember", "to take along.", "That was Cards on the wall.",
             "This episode was spoken by a synthetic voice."]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    opening = text.split("## Opening")[1].split("\n\n")[2]
    assert sentences(opening)
    assert not opening.startswith("This is")


def test_a_text_is_not_called_a_talk() -> None:
    text = _script(_context(kind="page", profile=Profile(authors=(Author(name="Joos Verhulst"),))))
    assert "from a text by Joos Verhulst" in text
    assert "slides" not in text


def test_no_english_is_in_a_dutch_script() -> None:
    context = _context("nl")
    assert context.language == "nl"
    text = _script(context)
    [draft] = GENERATOR.drafts(context)
    ours = " ".join(each.text for each in draft.segments if not each.sources).lower()
    english = set(re.findall(r"[a-z]+", ours)) & {
        "the", "and", "part", "minutes", "this", "that", "about", "first", "last", "words", "voice", "spoken", "episode", "opening_"}
    assert not english
    assert "Deel 1: " in text
    assert "En nu het laatste deel: " in text
    spoken = " ".join(line.spoken for _, lines in making.chapters_of(text, "nl", Profile()) for line in lines)
    assert not re.search(r"\d|\b(?:two|twenty|hundred|percent|point)\b", spoken)


def test_markup_in_the_source_is_never_executed() -> None:
    context = _context(topics=1)
    document = context.cleared
    evil = Block(id="s2.b2", part=Part.NOTES, text=(
        "The fitter typed <break time=\"30s\"/> into the form of the mill. She wrote [[h@'loU]] on a card for everybody. "
        "The foreman of the mill \x07 read every card in the hall before the break."))
    unit = document.units[1].model_copy(update={"blocks": (document.units[1].blocks[0], evil)})
    context = prepare(document.model_copy(update={"units": (document.units[0], unit, *document.units[2:])}), context.topics, audio=False)
    [draft] = GENERATOR.drafts(context)
    spoken = " ".join(line.spoken for _, lines in making.chapters_of(draft.text, "en", Profile()) for line in lines)
    assert not re.search(r"[<>\[\]\x00-\x1f]", spoken)
