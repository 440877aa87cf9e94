"""Writes samples/article.docx from samples/source/article.text: headings, a quotation, a table, header, footer, a comment.

It must not become a converter of Markdown: it knows the few marks of that one text.
"""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from samples.archive import STAMP, normalise
from samples.deck import SOURCE, Planted

_MARKED = "Callers ask less often for the person who has left."
_COMMENT = "Fenwright Boilers says the opposite. Leave this out until their account owner has called them."
_FOOTER = "Comments to writers@fernhollow.example"
#: What was put into the article on purpose; a place is a part of the document, `slide` counts its sections.
PLANTED: tuple[Planted, ...] = (
    {"category": "customer", "text": "Harrowmere Hospitals Trust", "slide": 5, "place": "body", "severity_at_least": "high", "withhold": True},
    {"category": "customer", "text": "Fenwright Boilers", "slide": 0, "place": "comment", "severity_at_least": "high", "withhold": True},
    {"category": "person", "text": "Colin Prewett", "slide": 0, "place": "comment", "severity_at_least": "low", "withhold": True},
    {"category": "contact", "text": "writers@fernhollow.example", "slide": 0, "place": "footer", "severity_at_least": "medium", "withhold": True},
)


def make_article() -> bytes:
    """The bytes of samples/article.docx."""
    document = Document()
    _dress(document)
    for block in (SOURCE / "article.text").read_text(encoding="utf-8").split("\n\n"):
        _add(document, block.strip())
    section = document.sections[0]
    section.header.paragraphs[0].text = "Handing over a job"
    section.footer.paragraphs[0].text = _FOOTER
    for comment in document.part._comments_part.element.iter(qn("w:comment")):
        comment.set(qn("w:date"), STAMP)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "Twenty hours", "Wilma Torvik", "Wilma Torvik"
    core.comments, core.keywords = "", "handover, questions"
    out = io.BytesIO()
    document.save(out)
    return normalise(out.getvalue())


def _dress(document: Document) -> None:
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Georgia", Pt(11)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = RGBColor(0x1F, 0x4E, 0x5F)


def _add(document: Document, block: str) -> None:
    lines = block.splitlines()
    if block.startswith("# "):
        document.add_heading(block[2:], level=0)
    elif block.startswith("## "):
        document.add_heading(block[3:], level=1)
    elif block.startswith("> "):
        for line in lines:
            document.add_paragraph(line[2:], style="Intense Quote" if line is lines[0] else "Caption")
    elif block.startswith("| "):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        table = document.add_table(len(rows), len(rows[0]), style="Light Grid Accent 1")
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
    else:
        before, found, after = block.partition(_MARKED)
        paragraph = document.add_paragraph(before)
        if found:
            run = paragraph.add_run(found)
            document.add_comment([run], text=_COMMENT, author="Colin Prewett", initials="CP")
            paragraph.add_run(after)
