"""Plain text, Markdown and HTML: told apart by content, cut into sections, the unseen kept apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import extractors
from content import Document, Part
from content.document import LABEL_LEVEL, QUOTE
from extractors.base import InputFile
from extractors.building import Room, UnitDraft
from extractors.choose import choose

Save = Callable[[str, bytes], Path]

MARKDOWN = b"""---
title: About asking
author: Petra Lindqvist
tags:
  - questions
---
# About asking

People *ask* each
other, [mostly](https://w.example/ "wTip").

- one
  - deeper
- two

<!-- wRemark -->

## A table

| Who | What |
|-----|------|
| Petra | asks |

```python
key = "wCode"
```

![wAlt](board.png)

### A detail

Deep down.
"""


@pytest.fixture
def markdown(save: Save) -> Document:
    return extractors.extract(save("handbook.md", MARKDOWN))


def test_markdown_sections_levels_and_cells(markdown: Document) -> None:
    assert [unit.title for unit in markdown.units[1:]] == ["About asking", "A table"]
    first = [(block.text, block.level) for block in markdown.units[1].blocks if block.part is Part.BODY]
    assert first == [("People ask each other, mostly.", 0), ("one", 1), ("deeper", 2), ("two", 1)]
    items = [block.shape for block in markdown.units[1].blocks if block.part is Part.BODY]
    assert items[1] == items[2] == items[3] != items[0]
    cells = [(block.row, block.column, block.text) for block in markdown.units[2].blocks if block.part is Part.TABLE]
    assert cells == [(0, 0, "Who"), (0, 1, "What"), (1, 0, "Petra"), (1, 1, "asks")]
    assert markdown.title == "About asking"
    assert markdown.source.media_type == "text/markdown"


@pytest.mark.parametrize(("word", "part"), [
    ("https://w.example/", Part.LINK), ("wTip", Part.LINK), ("wRemark", Part.HIDDEN_TEXT), ("wCode", Part.OTHER),
    ("wAlt", Part.ALT_TEXT), ("board.png", Part.LINK), ("Petra Lindqvist", Part.PROPERTY), ("questions", Part.PROPERTY)])
def test_markdown_beside_the_text(markdown: Document, word: str, part: Part) -> None:
    found = [block for _, block in markdown.blocks() if word in block.text and block.part is not Part.TITLE]
    assert part in {block.part for block in found}
    assert not any(block.readable for block in found)


@pytest.mark.parametrize(("data", "expected"), [
    (MARKDOWN, "markdown"), (b"# One\n\nwords\n\n# Two\n\nwords\n", "markdown"), (b"A letter.\n\nNothing more to say.\n", "text"),
    (b"# a comment\nx = 1\n", "text"), (b"<!DOCTYPE html>\n<p>hello", "html"), (b"  <html lang='nl'><body>hallo", "html"),
    (b"\xff\xfe" + "Wörter in UTF-16".encode("utf-16-le"), "text"), ("Grüße aus Köln".encode("cp1252"), "text")])
def test_told_apart_by_content(data: bytes, expected: str) -> None:
    chosen = choose(InputFile("file.bin", data))
    assert chosen is not None
    assert chosen.name == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(save: Save, encoding: str) -> None:
    text = "Grüße aus Köln, für 40 Personen.\r\nUnd so weiter."
    document = extractors.extract(save("brief.txt", text.encode(encoding)))
    assert [block.text for block in document.units[1].blocks] == ["Grüße aus Köln, für 40 Personen. Und so weiter."]


def test_html_hides_nothing_from_the_scan(save: Save) -> None:
    page = b"""<html><head><title>Talk</title></head><body><h1>Talk</h1><p>Seen <span style="display:none">wSpan</span>words</p>
    <div hidden><p>wDiv</p></div><input value="wInput"><p data-note="w in an attribute">More</p></body></html>"""
    document = extractors.extract(save("talk.html", page))
    seen = " ".join(block.text for _, block in document.blocks() if block.readable)
    unseen = " ".join(block.text for _, block in document.blocks() if not block.readable)
    assert "Seen" in seen
    assert "words" in seen
    for word in ("wSpan", "wDiv", "wInput", "w in an attribute"):
        assert word in unseen
        assert word not in seen


def test_deep_html_ends(save: Save) -> None:
    document = extractors.extract(save("deep.html", b"<html><body><p>top</p>" + b"<div>" * 100_000 + b"x"))
    assert document.units[1].blocks[0].text == "top"


def test_bold_questions_are_labels_and_boxes_of_tasks_go(save: Save) -> None:
    text = (b"# Bread\n\nWords first.\n\n**Do we need an oven?**\nNot at first.\n\n**Who cleans it?** You do.\n\n"
            b"**Never** open it.\n\n**House rules**\n\n- [ ] Light it\n- [x] Sweep it\n\n"
            b"- **The door.** Opens twice.\n\n> Hot bread\n> is no bread.\n")
    found = [(block.part, block.text, block.level) for block in extractors.extract(save("bread.md", text)).units[1].blocks]
    labels = [text for part, text, level in found if part is Part.TITLE and level == LABEL_LEVEL]
    assert labels == ["Do we need an oven?", "Who cleans it?", "House rules"]
    said = [text for part, text, _ in found if part is Part.BODY]
    assert said == ["Words first.", "Not at first.", "You do.", "Never open it.", "Light it", "Sweep it",
                    "The door. Opens twice.", "Hot bread is no bread."]
    quote = extractors.extract(save("bread.md", text)).units[1].blocks[-1]
    assert QUOTE in quote.shape


def test_blanks_before_a_line_of_a_slide_are_counted_and_not_kept() -> None:
    unit = UnitDraft(number=1, kind="slide", room=Room())
    for text in ("for boat in boats:", "    boat.count()", "\tboat.moor()"):
        unit.add(Part.BODY, text)
    unit.add(Part.NOTES, "  The boats are counted.")
    assert [(block.text, block.indent) for block in unit.blocks] == [
        ("for boat in boats:", 0), ("boat.count()", 4), ("boat.moor()", 4), ("The boats are counted.", 0)]
