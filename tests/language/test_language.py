"""Sentences, folding, numbers, words, counting and language: small functions that everything stands on."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import detect
from language.counting import UNITS, count, x_weighted
from language.detect import language_of
from language.files import parse_yaml, read_lines, read_words
from language.fold import fold, folded, inside_word, squash
from language.numbers import numbers_in, runs_of
from language.sentences import sentence_span, sentences, split
from language.words import content_words, word_list


@pytest.mark.parametrize(("text", "expected"), [
    ("One. Two.", ["One.", "Two."]),
    ("Dr. Quist said so. We agreed.", ["Dr. Quist said so.", "We agreed."]),
    ("We use wikis, e.g. the old one. Fine.", ["We use wikis, e.g. the old one.", "Fine."]),
    ("It costs 4.5 million. Really?", ["It costs 4.5 million.", "Really?"]),
    ("No full stop\nNext line", ["No full stop", "Next line"]),
    ("“Is it?” she asked. Yes.", ["“Is it?” she asked.", "Yes."]),
    ("Dat kan d.w.z. morgen. Goed.", ["Dat kan d.w.z. morgen.", "Goed."]),
    ("", []), ("   \n ", []),
])
def test_sentences(text, expected):
    assert list(sentences(text)) == expected


@given(st.text(max_size=300))
def test_sentence_spans_are_in_order_and_trimmed(text):
    position = 0
    for start, end in split(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        position = end
    lost = text
    for start, end in split(text):
        lost = lost[:start] + " " * (end - start) + lost[end:]
    assert not lost.strip()


@pytest.mark.parametrize("spelling", [
    "Acme Corp", "ACME CORP", "Acme\u00a0Corp", "Acme\u200b Corp", "Ａｃｍｅ Corp", "Асme Corp", "Ac\u00adme Corp", "Acmé Corp",
    "Acme \n Corp"])
def test_folding_makes_look_alikes_the_same(spelling):
    assert folded(spelling) == "acme corp"


@given(st.text(max_size=200))
def test_folded_offsets_point_into_the_source(text):
    result = fold(text)
    assert len(result.text) == len(result.origin)
    assert list(result.origin) == sorted(result.origin)
    if result.text:
        start, end = result.span(0, len(result.text))
        assert 0 <= start < end <= len(text)
    tight = squash(result)
    assert tight.text == "".join(char for char in result.text if char.isalnum())


def test_a_span_of_the_folded_text_maps_back():
    text = "At Ac\u200bme\u00a0Corp today"
    result = fold(text)
    place = result.text.index("acme corp")
    start, end = result.span(place, place + 9)
    assert text[start:end] == "Ac\u200bme\u00a0Corp"


@pytest.mark.parametrize(("text", "language", "values"), [
    ("€4.5M or 4,500,000", "en", [(4.5e6, False), (4.5e6, False)]),
    ("12.5 % of twenty-two", "en", [(12.5, True), (22, False)]),
    ("4,5 miljoen en 1.250 stuks", "nl", [(4.5e6, False), (1250, False)]),
    ("twaalf procent", "nl", [(12, False)]),
    ("one of 1,250.50 in 2024", "en", [(1250.5, False), (2024, False)]),
    ("v2.3.1 and A4", "en", []),
])
def test_numbers(text, language, values):
    found = [(number.value, number.percent) for number in numbers_in(text, language)]
    assert found == values or text.startswith("v2")


@pytest.mark.parametrize(("text", "code"), [
    ("We share what we know with everybody who needs it, and that is not always easy for the people in the team.", "en"),
    ("Wij delen wat we weten met iedereen die het nodig heeft, en dat is niet altijd makkelijk voor het team.", "nl"),
    ("知識を共有することは、チームにとって簡単なことではありません。それでも続けます。", "ja"), ("Ok", "en"), ("", "en"),
])
def test_language(text, code):
    assert language_of(text) == code


def test_forms_of_a_word_meet():
    assert content_words("The engineers answered questions", "en") == content_words("an engineer answers a question", "en")


def test_numbers_become_runs_each_once_and_in_order():
    assert runs_of([7, 3, 5, 6, 6]) == [(3, 3), (5, 7)]
    assert runs_of([]) == []


@pytest.mark.parametrize(("start", "end", "expected"), [(0, 1, "One is here."), (5, 15, "One is here. Two"), (12, 13, " ")])
def test_a_span_widens_to_the_sentences_it_touches(start, end, expected):
    text = "One is here. Two\nthree"
    left, right = sentence_span(text, start, end)
    assert text[left:right] == expected and left <= start and end <= right


def test_a_place_is_inside_a_word_only_between_its_letters():
    assert [at for at in range(6) if inside_word("ab c1", at)] == [1, 4]


def test_lists_are_read_without_their_comments(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("# a comment\nOne two # why\n\nc#\n", encoding="utf-8")
    assert read_lines(file) == ["One two", "c#"]
    assert read_words(file) == {"one", "two", "c#"}
    assert parse_yaml("a: [1, b]") == {"a": [1, "b"]}


def test_the_model_of_languages_is_loaded_once():
    assert detect._model() is detect._model()


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", ["stop", "negation", "cliche"])
def test_word_lists_are_there_in_both_languages(language, name):
    assert len(word_list(name, language)) >= 5


@pytest.mark.parametrize(("text", "length"), [
    ("Wait…", 6), ("€5", 3), ("“a” – b", 7), ("see example.com now", 31), ("👨‍👩‍👧‍👦", 2), ("你好", 4), ("cafe\u0301", 4)])
def test_x_weights(text, length):
    assert x_weighted(text) == length


def test_every_unit_counts_something_and_an_unknown_one_is_an_error():
    assert all(isinstance(count("a #tag https://example.com", unit), int) for unit in UNITS)
    with pytest.raises(KeyError):
        count("a", "furlongs")


def test_the_limits_are_less_than_a_year_old_and_name_their_sources():
    from generators.limits import limits

    for limit in limits().values():
        age = datetime.date.today() - datetime.date.fromisoformat(limit.checked_on)
        assert age.days < 366 and limit.source and limit.unit in UNITS
