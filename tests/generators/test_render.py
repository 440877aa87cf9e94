"""Rendering: what has no source cannot be printed, and the segments are the text, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, UndefinedError

from content.draft import Origin, Sentence
from content.errors import Fault
from generators import render as module
from generators.render import (
    TEMPLATES,
    Plain,
    escape_markdown,
    escape_nothing,
    languages,
    render,
    say,
    segments,
    wording,
)

MARKS = "\U0010ff00\U0010ff01\U0010ff02"
SAID = Sentence(text="Of 42 houses, 31 took a key.", sources=("s2.b1.1",))


@pytest.fixture
def template(monkeypatch):
    """Renders a template given as text."""

    def run(text: str, **values: object) -> tuple[Sentence, ...]:
        monkeypatch.setattr(module._environment(), "loader", DictLoader({"en/t": text}))
        monkeypatch.setattr(module._environment(), "cache", None)
        return render("t", "en", values)

    return run


def joined(found: tuple[Sentence, ...]) -> str:
    return "".join(segment.text for segment in found)


@pytest.mark.parametrize("value", ["a bare string", b"bytes", 1.5, None, True, ["list"], ("tuple",), {"a": 1}])
def test_a_value_without_a_source_is_refused(template, value):
    with pytest.raises(Fault, match="has no source"):
        template("{{ value }}", value=value)


@pytest.mark.parametrize("text", ["{{ said.text }}", "{{ said ~ '' }}", "{{ 'own' }}", "{{ said.text | upper }}"])
def test_neither_does_the_text_of_a_sentence_get_past(template, text):
    with pytest.raises(Fault, match="has no source"):
        template(text, said=SAID)


def test_a_missing_value_is_refused(template):
    with pytest.raises(Fault, match="StrictUndefined"):
        template("{{ missing }}")
    with pytest.raises(UndefinedError):
        template("{% if missing %}a{% endif %}")


def test_plain_and_integers_are_template_text(template):
    found = template("{{ name }} has {{ count }} houses", name=Plain("The street"), count=42)
    assert found == (Sentence(text="The street has 42 houses\n", origin=Origin.TEMPLATE),)


def test_sentences_keep_their_sources_and_the_rest_is_template(template):
    found = template("# {{ said }}\n\nAnd {{ said }} too", said=SAID)
    assert [segment.origin for segment in found] == [
        Origin.TEMPLATE, Origin.SOURCE, Origin.TEMPLATE, Origin.SOURCE, Origin.TEMPLATE]
    assert found[1] == SAID
    assert joined(found) == "# Of 42 houses, 31 took a key.\n\nAnd Of 42 houses, 31 took a key. too\n"


def test_three_line_breaks_become_two(template):
    assert joined(template("a\n\n\n\n{{ said }}\n\n\n", said=SAID)) == "a\n\nOf 42 houses, 31 took a key.\n"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_segments_join_to_the_text_and_no_mark_survives(text):
    said = Sentence(text=f"{MARKS[0]}0{MARKS[1]}{text}{MARKS[2]} end", sources=("s1.b1.1",))
    found = render("social/x.txt.j2", "en", {"hook": said, "body": [SAID, said], "tags": [Plain(f"#A{MARKS}")], "link": None, "more": None},
                   escape=escape_nothing)
    whole = joined(found)
    assert not set(whole) & set(MARKS)
    assert " ".join(f"0{text} end".translate(dict.fromkeys(map(ord, MARKS))).split()) in whole
    traced = [segment for segment in found if segment.origin is Origin.SOURCE]
    assert len(traced) == 3 and all(segment.sources for segment in traced)
    assert not any("end" in segment.text for segment in found if segment.origin is Origin.TEMPLATE)


def test_text_without_marks_is_one_segment():
    assert segments("only ours", []) == (Sentence(text="only ours", origin=Origin.TEMPLATE),)
    assert segments("", []) == ()


@pytest.mark.parametrize(("text", "escaped"), [
    ("*key* and _door_", r"\*key\* and \_door\_"),
    ("# not a heading", r"\# not a heading"),
    ("a | b", r"a \| b"),
    ("[text](address)", r"\[text\](address)"),
    ("<b>x</b>", r"\<b\>x\</b\>"),
    ("`code`", r"\`code\`"),
    ("- a dash", r"\- a dash"),
    ("+ a plus", r"\+ a plus"),
    ("1. a number", r"1\. a number"),
    ("12) a number", r"12\) a number"),
    ("3.5 million", "3.5 million"),
    ("-5 degrees", "-5 degrees"),
    ("two\nlines\tand a  gap", "two lines and a gap"),
])
def test_markdown_is_escaped(text, escaped):
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize("text", ["1. a number", "- a dash", "# head", "*a* _b_ [c](d) `e` <f>", "a | b", "2) c"])
def test_a_reader_of_the_markdown_sees_the_text_as_it_was(text):
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(escape_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


def test_wording_files_speak_the_same_keys_in_every_language():
    english = wording("en")
    for language in languages():
        own = wording(language)
        assert set(own) == set(english), language
        assert all(value.strip() for value in own.values())


def test_a_phrase_is_filled_in():
    assert say("en", "week", number=3) == "Week 3"
    assert isinstance(say("nl", "week", number=3), Plain)


def test_every_template_stands_in_every_language():
    names = {language: {str(path.relative_to(TEMPLATES / language)) for path in (TEMPLATES / language).rglob("*.*")}
             for language in languages()}
    assert set(names) >= {"en", "nl"}
    for language, own in names.items():
        assert own == names["en"], language
