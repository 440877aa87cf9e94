"""Who speaks in short sentences between long ones is told; who jots says nothing else."""

from __future__ import annotations

import pytest

from generators.blog import GENERATOR as BLOG
from generators.blog_form import ROUGH, Jotted, all_told, rough
from generators.outline import GENERATOR as OUTLINE
from generators.prose_cues import cues

_SPOKEN = {
    "en": ("I walked along the quay with my brother in the second week of that wet November.", "Alone. At night.",
           "The harbour master showed us a lamp that had burned since his grandfather lit it.", "No wires. No timer.",
           "My brother asked him what he would do when the oil ran out one winter.", "Silence.",
           "Then he laughed and told us that a fisherman had always come by before it did."),
    "nl": ("Ik liep met mijn broer over de kade in de tweede week van die natte novembermaand.", "Alleen. In de nacht.",
           "De havenmeester wees ons een lamp die nog door zijn grootvader was aangestoken.", "Geen draad. Geen klok.",
           "Mijn broer vroeg hem wat hij zou doen als de olie op een winter op was.", "Stilte.",
           "Toen moest hij lachen en zei dat er altijd een visser langs was gekomen."),
}
_JOTTED = {
    "en": ("Quay with brother.", "November, wet.", "Lamp of the harbour master.", "Oil from herring.", "Story about the winter here.",
           "It burns.", "Two keepers, one ladder.", "Fisherman at the end."),
    "nl": ("Kade met broer.", "November, nat.", "Lamp van de havenmeester.", "Olie van haring.", "Hier verhaal over de winter.",
           "Hij brandt.", "Twee wachters, een ladder.", "Visser aan het eind."),
}


def _said(name: dict[str, tuple[str, ...]], language: str, times: int) -> list[str]:
    return [each for text in name[language] * times for each in text.replace(". ", ".|").split("|")]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_short_sentences_between_long_ones_are_no_jotting(passage, language) -> None:
    spoken, jotted = _said(_SPOKEN, language, 2), _said(_JOTTED, language, 2)
    assert rough((passage(1, *spoken),), cues(language)) < 0.15 < ROUGH
    assert rough((passage(1, *jotted),), cues(language)) > 0.5


def test_few_words_are_judged_with_their_talk() -> None:
    few, talk = Jotted(30, 100), Jotted(150, 2000)
    assert few.share > ROUGH > few.within(talk)
    assert Jotted(30, 100).within(Jotted(800, 2000)) > ROUGH
    assert Jotted(300, 1000).within(talk) > ROUGH, "so much of its own is judged by itself"
    assert all_told([few, talk]) == Jotted(180, 2100)
    assert Jotted().share == 0.0


_NIGHTS = (
    ("The lamp on the quay", "I walked along the quay with my brother in the second week of that wet November. Alone. At night. "
     "The harbour master showed us a lamp that had burned since his grandfather lit it. No wires. No timer. My brother asked "
     "what he would do when the oil ran out one winter. Silence. A fisherman had always come by before it did."),
    ("The ferry in the fog", "Two summers later the ferry lost its way in a fog that smelled of burning peat. Forty metres from "
     "home. The passengers sang old school songs so that somebody on the bank could hear them. Badly. Loudly. A girl with a "
     "bicycle bell answered every line until the bow touched the landing. Luck, mostly."),
    ("The mill that would not stop", "The miller bought a second stone because the baker wanted finer flour for his cakes. A mistake. "
     "The brake was made for one stone, and in the first storm the sails turned until morning. Sparks everywhere. Three "
     "neighbours threw wet sacks against the shaft and burned their hands on it. Every half hour. All night."),
    ("The lock and its keeper", "For thirty years the keeper of the upper lock wrote the name of each boat in a green book. Every "
     "boat. When the county wanted to close the lock, that book was the only proof of how many had passed. Eleven thousand. "
     "The county engineer read it for a week and then he asked for a copy. A quiet man."),
    ("A bridge with two owners", "The bridge belongs to two villages which have not agreed on its colour since the war. Green or "
     "red. Each spring both of them send a painter, and the painters meet in the middle with their buckets. Always friendly. "
     "They share their bread there and leave the last plank bare, because neither wants to finish first."),
)


def test_a_talk_told_in_short_sentences_is_an_article_and_no_numbered_list(slide, context) -> None:
    units = tuple(slide(n, head, (), (told,)) for n, (head, told) in enumerate(_NIGHTS, start=1))
    [draft] = BLOG.drafts(context(units, (("Nights on the water", 1, 5),)))
    assert "## 1." not in draft.text and "Alone. At night." in draft.text


def test_jottings_are_a_starter(slide, context) -> None:
    units = tuple(slide(n, f"Part {n} of the quay", (), (" ".join(_JOTTED["en"]).replace("quay", f"quay {n}"),))
                  for n in range(1, 8))
    ready = context(units, (("The quay of Ostmar", 1, 7),))
    assert BLOG.drafts(ready) == ()
    assert len(OUTLINE.drafts(ready)) == 1
