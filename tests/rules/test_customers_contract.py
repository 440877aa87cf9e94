"""Every way in which people write a customer's name, in a plain text, in Markdown and on slides: one customer, one group."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Cm

from content.document import Document
from content.finding import Category, Finding
from content.settings import Settings
from extractors import extract
from rules import load_customers, scan

NAME = "Vantorel Marine Logistics B.V."
LIST = f"""name;aliases;domain;ticker;code_name
{NAME};Vantolog;vml-portal.example;VTML;Project Bluegannet
Okkerby Foods Ltd;;okkerby.example;OKBF;
"""
#: What is written -> the kind of spelling, which is the name of the case.
SPELLINGS = {
    "full name": NAME,
    "without legal form": "Vantorel Marine Logistics",
    "another legal form": "Vantorel Marine Logistics GmbH",
    "legal form after a comma": "Vantorel Marine Logistics, Inc.",
    "acronym": "VML",
    "acronym with full stops": "V.M.L",
    "acronym, possessive": "VML's",
    "short form": "Vantorel",
    "short form, possessive": "Vantorel's",
    "short form, curly possessive": "Vantorel’s",
    "short form, Dutch genitive": "Vantorels",
    "short form, spelled": "V a n t o r e l",
    "short form, hyphen and line break": "Vanto-\nrel",
    "short form in a compound": "Vantorel-style",
    "short form after a hyphen": "non-Vantorel",
    "possessive": "Vantorel Marine Logistics'",
    "capitals": "VANTOREL MARINE LOGISTICS",
    "lower case": "vantorel marine logistics",
    "hyphens": "Vantorel-Marine-Logistics",
    "line break": "Vantorel Marine\nLogistics",
    "hyphen and line break": "Vantorel Marine Logis-\ntics",
    "two blanks": "Vantorel  Marine Logistics",
    "no-break blanks": "Vantorel\u00a0Marine\u00a0Logistics",
    "narrow no-break blank": "Vantorel\u202fMarine Logistics",
    "look-alike letters": "V\u0430nt\u043erel M\u0430rine L\u043egistics",
    "zero-width blank": "Van\u200btorel Marine Logistics",
    "soft hyphen": "Vantorel Marine Logis\u00adtics",
    "full width": "Ｖａｎｔｏｒｅｌ Ｍａｒｉｎｅ Ｌｏｇｉｓｔｉｃｓ",
    "accents": "Vántorel Marine Logistics",
    "hashtag": "#VantorelMarineLogistics",
    "handle": "@vantorelmarinelogistics",
    "web address": "www.vantorelmarinelogistics.com",
    "link": "https://portal.vantorelmarinelogistics.com/login",
    "e-mail address": "jan@vantorelmarinelogistics.com",
    "domain of the list": "https://vml-portal.example/login",
    "e-mail address at the domain of the list": "jan@vml-portal.example",
    "file name": "VantorelMarineLogistics_Q3_final.pptx",
    "identifier": "vantorel_marine_logistics_users",
    "CamelCase": "VantorelMarineLogistics",
    "CamelCase with more": "VantorelMarineLogisticsPortal",
    "trade mark": "Vantorel Marine Logistics™",
    "letter missing": "Vantorel Marine Logistcs",
    "letter too many": "Vanntorel Marine Logistics",
    "letter wrong": "Vantorel Marime Logistics",
    "letters swapped": "Vantorel Mairne Logistics",
    "blank misplaced": "Vantore lMarine Logistics",
    "alias": "Vantolog",
    "alias in a possessive": "Vantolog's",
    "ticker with an exchange": "NYSE: VTML",
    "ticker with a dollar sign": "$VTML",
    "code name": "Project Bluegannet",
    "code name alone": "Bluegannet",
}
KINDS = tuple(SPELLINGS)


def sentence(number: int, spelling: str) -> str:
    return f"Item {number}: we saw {spelling} this morning"


def as_text(folder: Path) -> Path:
    return _write(folder / "talk.txt", "")


def as_markdown(folder: Path) -> Path:
    return _write(folder / "talk.md", "# What we learned\n\n")


def _write(file: Path, head: str) -> Path:
    lines = [sentence(number, SPELLINGS[kind]) for number, kind in enumerate(KINDS)]
    file.write_text(head + f"The work for {NAME} began in May.\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    return file


def as_slides(folder: Path) -> Path:
    deck = Presentation()
    for first in range(0, len(KINDS), 8):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for place, kind in enumerate(KINDS[first:first + 8]):
            box = slide.shapes.add_textbox(Cm(1), Cm(1 + 2 * place), Cm(20), Cm(1))
            box.text_frame.text = sentence(first + place, SPELLINGS[kind]).replace("\n", "\v")
    slide.notes_slide.notes_text_frame.text = f"The work for {NAME} began in May."
    deck.save(str(folder / "talk.pptx"))
    return folder / "talk.pptx"


FORMS = {"text": as_text, "markdown": as_markdown, "slides": as_slides}


@pytest.fixture(scope="module", params=tuple(FORMS))
def scanned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, list[Finding]]:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "customers.csv").write_text(LIST, encoding="utf-8")
    document = extract(FORMS[request.param](folder))
    found = scan(document, load_customers(folder / "customers.csv"), Settings())
    return document, [finding for finding in found if finding.category is Category.CUSTOMER]


@pytest.mark.parametrize("kind", KINDS)
def test_each_spelling_is_found(scanned: tuple[Document, list[Finding]], kind: str) -> None:
    document, findings = scanned
    mark = f"Item {KINDS.index(kind)}: we saw "
    block = next(block for _, block in document.blocks() if block.text.startswith(mark))
    start, end = len(mark), block.text.rindex(" this morning")
    inside = [f for f in findings if f.block == block.id and f.label == NAME and f.confidence >= 0.5]
    covered = {place for f in inside for place in range(max(start, f.start), min(end, f.end))}
    assert len(covered) >= 0.5 * (end - start), (kind, [(f.text, f.rule) for f in inside])
    assert all(start <= f.start and f.end <= end + 1 for f in inside), "a find reaches into the sentence"


def test_one_customer_is_one_group(scanned: tuple[Document, list[Finding]]) -> None:
    _, findings = scanned
    assert len({f.group for f in findings if f.label == NAME}) == 1
    assert {f.label for f in findings if f.confidence >= 0.5} == {NAME}


def test_every_find_says_why_and_what_instead(scanned: tuple[Document, list[Finding]]) -> None:
    _, findings = scanned
    assert all(f.why and f.suggestion for f in findings)
