from __future__ import annotations

import pytest

from content.document import Part
from language.source import SourceSentence
from topics import wording
from topics.keyphrases import keyphrases
from topics.strip import strip
from topics.summary import central, sentences, stands_alone
from topics.titles import clean, is_specific


@pytest.mark.parametrize(("title", "expected"), [
    ("3. Who owns it?", "Who owns it?"), ("Part 2: The people", "The people"), ("The people (1)", "The people"),
    ("1.2 Scope of the work", "Scope of the work"), ("Sharing – continued", "Sharing"), ("Deel 2 – De mensen", "De mensen"),
    ("5 reasons to share", "5 reasons to share"), ("4.5 million calls", "4.5 million calls"),
    ("2024 in figures", "2024 in figures"),
    ("..Moving on", "Moving on"), ("• Moving on", "Moving on"), (".NET in a day", ".NET in a day"),
    ("Costs - 3", "Costs"), ("  Two   blanks ", "Two blanks"), ("(1)", "(1)"), ("So far, so good...", "So far, so good..."),
])
def test_clean(title: str, expected: str) -> None:
    assert clean(title, "nl") == expected


@pytest.mark.parametrize("title", ["Agenda", "INTRODUCTION", "Summary:", "Q&A", "Thank you!", "Example 2", "42", "", "Demo",
                                   "Vragen?", "https://example.org/x"])
def test_generic_titles(title: str) -> None:
    assert not is_specific(title, "nl")


@pytest.mark.parametrize("title", ["Why people share", "Readiness", "The introduction of bread", "Wat gaat er mis?"])
def test_specific_titles(title: str) -> None:
    assert is_specific(title, "nl")


TEXT = ("Knowledge sharing starts with trust. Teams that practise knowledge sharing answer customer questions faster. "
        "A customer question that nobody owns costs a day. Knowledge sharing needs time, and trust needs even more of it.")


def test_keyphrases_come_from_the_text() -> None:
    found = keyphrases(TEXT, "en", 5)
    assert found == keyphrases(TEXT, "en", 5)
    assert "knowledge sharing" in {phrase.lower() for phrase in found[:2]}
    assert all(phrase in TEXT for phrase in found)
    assert len(keyphrases(TEXT, "en", 2)) == 2


def test_keyphrases_without_a_model() -> None:
    text = "Kennis delen begint met vertrouwen. Wie kennis delen lastig vindt, mist tijd. Kennis delen kost een uur."
    assert "kennis delen" in keyphrases(text, "nl", 3)[0].lower()
    assert keyphrases("", "nl", 3) == ()
    assert keyphrases("de het een", "nl", 3) == ()


def test_summary_is_verbatim_and_short(talk) -> None:
    units = talk.content_units()[2:8]
    chosen = central(sentences(units))
    assert len(chosen) == 2
    assert all(sentence.text in "".join(block.text for unit in units for block in unit.blocks) for sentence in chosen)
    assert central([]) == []


def test_a_summary_sentence_that_goes_back_stands_only_behind_the_one_it_goes_back_to() -> None:
    lines = ("The board shows the question of the week.", "The first one was about a pump and its seal.",
             "A fitter answers the question before noon.", "He writes the answer under it in two lines.",
             "Every answer carries a name and a date.")
    found = [SourceSentence(id=f"s1.b{n}.1", unit=1, block=f"s1.b{n}", part=Part.BODY, text=text)
             for n, text in enumerate(lines)]
    chosen = [lines.index(each.text) for each in central(found, "en", 3)]
    assert 1 not in chosen or 0 in chosen
    assert 3 not in chosen or 2 in chosen
    assert lines.index(central(found[1:2] + found[4:], "en", 1)[0].text) == 4


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The keeper who could mend the lamp was the same."), ("en", "A lighthouse is what somebody did keep."),
    ("en", "When it was full, a second lamp came to the tower."), ("en", "Come back to it when the lamp is lit."),
    ("en", "We expect it to have paid for the tower in two years."), ("en", "Look at this lamp before I say a word."),
    ("en", "Promise: mend the lamp before the winter."), ("en", "• The lamp of the tower burns all night."),
    ("en", "Both keepers were the opposite."), ("nl", "Toen de lamp doofde, hing er een tweede aan dezelfde toren."),
    ("nl", "Als ze doven, gaat de wachter naar boven."), ("nl", "Zoals je ziet brandt de lamp de hele nacht."),
])
def test_what_leans_on_its_slide_is_no_summary(language: str, text: str) -> None:
    assert not stands_alone(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The keeper of the tower is the same as the pilot of the harbour."), ("en", "Did anybody mend the lamp?"),
    ("en", "A lamp that has lost its glass burns for an hour."), ("en", "What did not burn was the lamp of the tower."),
    ("nl", "De wachter heeft dezelfde lamp als de loods."), ("nl", "De lamp van de toren brandt tot ze dooft."),
])
def test_what_stands_alone_may_be_a_summary(language: str, text: str) -> None:
    assert stands_alone(text, language)


def test_a_summary_says_what_its_topic_is_about_or_nothing() -> None:
    def told(*lines: str) -> list[str]:
        found = [SourceSentence(id=f"s1.b{n}.1", unit=1, block=f"s1.b{n}", part=Part.BODY, text=text) for n, text in enumerate(lines)]
        return [each.text for each in central(found, "en", about=frozenset({"lamp", "tower", "keeper"}))]

    near = "The lamp of the tower burns all night."
    assert told("Ships came late that year, and nobody knew why.", near) == [near]
    assert told("A lamp needs oil.", "Ships came late that year, and nobody knew why.") == ["A lamp needs oil."]
    assert told("Ships came late that year, and nobody knew why.") == []
    # What goes back to a chosen sentence may stand behind it, and alone it may not.
    assert told(near, "He fills the lamp of the tower at dusk.")[0] == near
    assert told("He fills the lamp of the tower at dusk.") == []


def test_strip_fits_a_terminal(talk) -> None:
    from topics import find_topics

    drawn = strip(find_topics(talk), talk.content_units())
    lines = drawn.splitlines()
    # 27 slides in 80 columns: two columns each.
    assert lines[0] == "····AAAAAAAAAAAABBBBBBBBBBBBCCCCCCCCCCCCDDDDDDDDDDDD··"
    assert max(map(len, lines)) <= 80
    assert all(topic.title[:40] in drawn for topic in find_topics(talk))
    narrow = strip(find_topics(talk), talk.content_units(), width=24)
    assert max(map(len, narrow.splitlines())) <= 24
    assert strip((), ())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_word_lists_are_lists_of_words(language: str) -> None:
    lists = wording._lists(language)
    assert {"agenda", "thanks", "bio", "generic", "weak"} <= lists.keys()
    for entries in lists.values():
        assert len(set(entries)) == len(entries)
        assert all(entry == entry.strip() and entry for entry in entries)
