"""The samples are what their sources say, hold what was planted in them and nothing of a customer besides."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from content.finding import Category

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DECKS = ("social-business.pptx", "kennis-delen.pptx", "clean.pptx")
ZIPPED = (".pptx", ".docx", ".xlsx")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    from samples.make import files

    return files()


def _members(data: bytes) -> dict[str, object]:
    """Comparable content of a zip file: embedded files unpacked, pictures as pixels (packers differ by platform)."""
    from PIL import Image

    found: dict[str, object] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            body = archive.read(name)
            if name.endswith(ZIPPED):
                found[name] = _members(body)
            elif name.endswith(".png"):
                found[name] = Image.open(io.BytesIO(body)).convert("RGB").tobytes()
            else:
                found[name] = body
    return found


def test_what_is_committed_is_what_the_script_makes(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        committed = (SAMPLES / name).read_bytes()
        if name.endswith(ZIPPED):
            assert _members(committed) == _members(data), f"{name} differs: run python -m samples.make"
        else:
            assert committed == data, f"{name} differs: run python -m samples.make"


def test_the_script_makes_the_same_bytes_twice(made: dict[str, bytes]) -> None:
    from samples.make import files

    assert files() == made


def test_customers_have_the_columns_and_two_hundred_names() -> None:
    with (SAMPLES / "customers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    from samples.customers import COLUMNS

    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 200
    for column in ("name", "domain"):
        assert len({row[column].lower() for row in rows}) == 200
    assert all(row["domain"].endswith(".example") for row in rows)
    assert all(row["industry"] and row["size"] in {"small", "medium", "large"} and row["country"] for row in rows)
    tickers = [row["ticker"] for row in rows if row["ticker"]]
    assert len(tickers) == len(set(tickers)) >= 20
    assert sum(" " not in row["name"] for row in rows) <= 6


def test_the_large_deck_has_the_size_that_the_budgets_speak_of() -> None:
    from pptx import Presentation

    deck = Presentation(str(SAMPLES / "social-business.pptx"))
    slides = list(deck.slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    assert len(slides) == 86
    assert 0.4 <= len(notes) / 86 <= 0.6
    assert all(45 <= len(text.split()) <= 150 for text in notes)
    shown = "".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert 28_000 <= len(re.sub(r"\s", "", shown + "".join(notes))) <= 34_000
    assert deck.core_properties.title == "PowerPoint Presentation"
    assert deck.core_properties.comments == "this is a presentation I did two weeks ago, enjoy"
    shapes = [shape for slide in slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) == 1
    assert sum(shape.has_table for shape in shapes) == 3
    assert sum("diagram" in rel.reltype for slide in slides for rel in slide.part.rels.values()) == 5
    assert [number for number, slide in enumerate(slides, 1) if slide._element.get("show") == "0"] == [69]


def _text_of(name: str) -> str:
    """All text of a file, runs joined, attributes and part names included."""
    data = (SAMPLES / name).read_bytes()
    if name.endswith(".pdf"):
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        pages = " ".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
        return re.sub(r"\s+", " ", pages) + data.decode("latin-1")
    if not name.endswith(ZIPPED):
        return data.decode("utf-8")
    from lxml import etree

    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            found.append(member)
            if member.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(member))
                for element in root.iter():
                    found.extend(element.attrib.values())
                    local = etree.QName(element).localname
                    if local == "p":
                        found.append("".join(element.itertext()))
                    elif not len(element):
                        found.append(element.text or "")
    return "\n".join(found)


def _planted() -> dict[str, list[dict]]:
    others = json.loads((SAMPLES / "planted-others.json").read_text(encoding="utf-8"))
    return {"social-business.pptx": json.loads((SAMPLES / "planted.json").read_text(encoding="utf-8")), **others}


@pytest.mark.parametrize("name", ["social-business.pptx", "kennis-delen.pptx", "paper.pdf", "article.docx", "handbook.md"])
def test_everything_planted_is_really_there(name: str) -> None:
    planted, text = _planted()[name], _text_of(name)
    assert planted
    for item in planted:
        assert item["text"] in text, item
        assert item["severity_at_least"] in {"low", "medium", "high"}


def test_every_category_is_planted_in_the_large_deck() -> None:
    planted = _planted()["social-business.pptx"]
    assert {item["category"] for item in planted} == {category.value for category in Category}
    places = {item["place"] for item in planted if item["category"] == "customer"}
    assert places >= {"body", "notes", "table", "chart", "alt_text", "comment", "property", "link", "hidden_text"}
    assert 18 <= len({item["slide"] for item in planted if item["slide"]}) <= 26


@pytest.mark.parametrize("name", [*DECKS, "paper.pdf", "article.docx", "handbook.md"])
def test_a_customer_is_named_only_where_it_was_planted(name: str) -> None:
    planted = [re.sub(r"\W", "", item["text"]).lower() for item in _planted()[name]]
    text = _text_of(name)
    with (SAMPLES / "customers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for spelling in (row["name"], *row["aliases"].split(";"), row["code_name"], row["ticker"], row["domain"]):
                if spelling and re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text, re.IGNORECASE):
                    squashed = re.sub(r"\W", "", spelling).lower()
                    assert any(squashed in item for item in planted), f"{name} names {spelling}"


def test_the_identifier_is_a_valid_one() -> None:
    from stdnum import iban

    values = [item["text"] for item in _planted()["social-business.pptx"] if item["category"] == "identifier"]
    assert values and all(iban.is_valid(value) for value in values)


def test_the_paper_has_twelve_pages_in_two_columns() -> None:
    import pypdf

    reader = pypdf.PdfReader(SAMPLES / "paper.pdf")
    assert len(reader.pages) == 12
    assert reader.metadata is not None and str(reader.metadata.title).startswith("Asked in the open")
    words = sum(len(page.extract_text().split()) for page in reader.pages)
    assert 4_300 <= words <= 5_500
    kinds = [note.get_object()["/Subtype"] for page in reader.pages for note in page.get("/Annots", [])]
    assert sorted(kinds) == ["/Link", "/Text"]


def test_the_small_samples_have_their_lengths() -> None:
    import docx
    from pptx import Presentation

    article = docx.Document(str(SAMPLES / "article.docx"))
    assert 1_200 <= sum(len(paragraph.text.split()) for paragraph in article.paragraphs) <= 1_600
    assert len(article.tables) == 1 and len(list(article.comments)) == 1
    assert 1_000 <= len((SAMPLES / "handbook.md").read_text(encoding="utf-8").split()) <= 1_400
    assert len(Presentation(str(SAMPLES / "kennis-delen.pptx")).slides) == 24
    clean = Presentation(str(SAMPLES / "clean.pptx"))
    assert len(clean.slides) == 20 and len(clean.core_properties.title) > 30 and len(clean.core_properties.comments) > 60


def test_decisions_fit_the_shape_and_name_only_groups() -> None:
    from content.decision import Decision

    entries = json.loads((SAMPLES / "decisions.json").read_text(encoding="utf-8"))
    decisions = [Decision.model_validate(entry) for entry in entries]
    assert len({decision.group for decision in decisions}) == len(decisions) > 25
    said = json.dumps(entries)
    for item in _planted()["social-business.pptx"]:
        assert item["text"] not in said
