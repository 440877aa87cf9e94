"""Word documents: sections by heading, and everything that stands beside the text."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as NewDocument
from docx.oxml import parse_xml

import extractors
from content import Document, Part
from content.document import QUOTE

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def document(save: Callable[[str, bytes], Path]) -> Document:
    new = NewDocument()
    new.core_properties.author = "wAuthor"
    new.add_paragraph("Before any heading.")
    new.add_heading("First part", 1)
    paragraph = new.add_paragraph()
    for piece in ("Split ", "ru", "ns"):
        paragraph.add_run(piece)
    paragraph.add_run("wHidden").font.hidden = True
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="1" w:author="wDeleter"><w:r><w:delText>wDeleted</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="2" w:author="wInserter"><w:r><w:t> inserted</w:t></w:r></w:ins>'))
    new.add_paragraph("One", style="List Bullet")
    new.add_paragraph("Two", style="List Bullet")
    new.add_heading("Second part", 2)
    table = new.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Who", "Petra"
    new.add_heading("A detail", 3)
    new.add_paragraph("Deep down.")
    new.sections[0].header.paragraphs[0].text = "wHeader"
    new.add_comment(paragraph.runs[0], text="wComment", author="wCommenter")
    box = new.add_paragraph("Beside a box.")
    box._p.append(parse_xml(f'<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>'))
    box._p.append(parse_xml(f'<w:r {W}><w:instrText> HYPERLINK "https://w.example/path" \\o "tip" </w:instrText></w:r>'))
    out = io.BytesIO()
    new.save(out)
    return extractors.extract(save("article.docx", out.getvalue()))


def test_headings_open_sections(document: Document) -> None:
    assert [unit.title for unit in document.units[1:]] == ["", "First part", "Second part"]
    assert [unit.kind for unit in document.units] == ["file", "section", "section", "section"]
    titles = [(block.text, block.level) for _, block in document.blocks() if block.part is Part.TITLE]
    assert titles == [("First part", 0), ("Second part", 0), ("A detail", 1)]
    assert document.title == "First part"


def test_runs_are_joined_and_lists_share_a_shape(document: Document) -> None:
    body = [block for block in document.units[2].blocks if block.part is Part.BODY]
    assert [(block.text, block.level) for block in body] == [("Split runs inserted", 0), ("One", 1), ("Two", 1)]
    assert body[1].shape == body[2].shape != body[0].shape


def test_tables_by_cell(document: Document) -> None:
    cells = [(block.row, block.column, block.text) for block in document.units[3].blocks if block.part is Part.TABLE]
    assert cells == [(0, 0, "Who"), (1, 1, "Petra")]


@pytest.mark.parametrize(("word", "part"), [
    ("wHidden", Part.HIDDEN_TEXT), ("wDeleted", Part.HIDDEN_TEXT), ("wDeleter", Part.COMMENT), ("wInserter", Part.COMMENT),
    ("wComment", Part.COMMENT), ("wCommenter", Part.COMMENT), ("wAuthor", Part.PROPERTY), ("wHeader", Part.FOOTER),
    ("https://w.example/path", Part.LINK)])
def test_what_stands_beside_the_text(document: Document, word: str, part: Part) -> None:
    found = [block for _, block in document.blocks() if word in block.text]
    assert part in {block.part for block in found}
    assert not any(block.readable for block in found)


def test_text_boxes_are_read(document: Document) -> None:
    assert [block.text for block in document.units[3].blocks if block.part is Part.BODY][-2:] == ["Beside a box.", "In a box"]


def test_ordinary_file_has_nothing_unread(document: Document) -> None:
    assert document.unread == ()


def test_a_list_that_word_numbers_is_known_by_its_numbering(save: Callable[[str, bytes], Path]) -> None:
    document = NewDocument()
    document.add_heading("Watering", 1)
    for text, style in (("Can", "List Bullet"), ("Hose", "List Bullet"), ("By hand.", "Normal"), ("Fill", "List Number"),
                        ("Pour", "List Number")):
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    read = extractors.extract(save("list.docx", out.getvalue()))
    body = [block for _, block in read.blocks() if block.part is Part.BODY]
    assert [(block.text, block.numbered) for block in body] == [
        ("Can", False), ("Hose", False), ("By hand.", False), ("Fill", True), ("Pour", True)]


def test_a_block_quotation_is_known_by_its_style(save: Callable[[str, bytes], Path]) -> None:
    new = NewDocument()
    new.add_heading("Bread", 1)
    new.add_paragraph("A baker told us this.")
    new.add_paragraph("Hot bread is no bread.", style="Intense Quote")
    out = io.BytesIO()
    new.save(out)
    blocks = extractors.extract(save("bread.docx", out.getvalue())).units[1].blocks
    assert [QUOTE in block.shape for block in blocks] == [False, False, True]
