from __future__ import annotations

from generators.speech.script import read

_SCRIPT = """# A talk

> About nine minutes.
> Read calmly.

## Opening

First paragraph
over two lines.

> Pause here.

Second paragraph.

## The *middle*

Third.

---

## Empty

> nothing is said
"""


def test_headings_directions_and_paragraphs() -> None:
    script = read(_SCRIPT)
    assert script.title == "A talk"
    assert [chapter.title for chapter in script.chapters] == ["Opening", "The middle"]
    assert script.paragraphs == ("First paragraph over two lines.", "Second paragraph.", "Third.")


def test_plain_text_is_one_chapter_and_an_empty_file_is_none() -> None:
    assert read("Just words.\n\nMore words.").paragraphs == ("Just words.", "More words.")
    assert read("").chapters == read("\n\n> only a direction\n").chapters == ()


def test_code_and_front_matter_are_not_spoken() -> None:
    assert read("---\ntitle: x\n---\nHello.\n\n```\nrm -rf\n```\n\nBye.").paragraphs == ("Hello.", "Bye.")
