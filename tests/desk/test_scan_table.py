"""The table of a scan: grouped, with places, certainty, why and what instead, in any width, and without a secret's value."""

from __future__ import annotations

import re

import pytest

from content.document import Block, Document, Part, Source, Unit, Unread
from content.finding import Category, Finding, Severity
from desk import found
from desk.found import InDocument, InText, certainty, closing, rows_of, show


def finding(number: int, text: str, unit: int = 1, **more: object) -> Finding:
    values = {"group": f"customer-{text}", "rule": "customer.name", "category": Category.CUSTOMER, "severity": Severity.HIGH,
              "confidence": 0.9, "part": "body", "why": f"{text} is a customer.", "suggestion": "Write what it is.", "label": text,
              "block": f"s{unit}.b1", "start": 0, "end": len(text), **more}
    return Finding(id=f"f-{number}", unit=unit, text=text, **values)


def document(count: int = 12, unread: tuple[Unread, ...] = ()) -> Document:
    return Document(id="d", source=Source(name="talk.pptx", sha256="d", media_type="x", bytes=1), unread=unread, units=tuple(
        Unit(number=number, kind="slide", blocks=(Block(id=f"s{number}.b1", part=Part.BODY, text="x"),)) for number in range(1, count + 1)))


FINDINGS = (
    finding(1, "Halden Foods", 10), finding(2, "Halden Foods", 3), finding(3, "Halden Foods", 3),
    finding(4, "Maria K", 2, category=Category.PERSON, group="person-1", severity=Severity.MEDIUM, confidence=0.6, why="A person.", suggestion="Ask."),
    finding(5, "Jan L", 4, category=Category.PERSON, group="person-2", severity=Severity.MEDIUM, confidence=0.4, why="A person.", suggestion="Ask."),
    finding(6, "", 0, category=Category.QUALITY, group="quality-1", severity=Severity.LOW, rule="quality.title.short", label="", why="Too short.", suggestion=""),
)


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int = 80, findings=FINDINGS, unread=(), settled: int = 0) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    made = document(unread=unread)
    rows = rows_of(findings)
    show(rows, InDocument(made))
    closing(rows, made, made.unread, settled, typed=False)
    return capsys.readouterr().out


@pytest.mark.parametrize(("confidence", "word"), [(1, "sure"), (0.8, "sure"), (0.79, "likely"), (0.5, "likely"), (0.49, "possible"), (0, "possible")])
def test_certainty_in_three_words(confidence: float, word: str) -> None:
    assert certainty(confidence) == word


@pytest.mark.parametrize("width", [40, 59, 60, 80, 120, 300])
def test_no_line_is_wider_than_the_terminal(width: int, capsys, monkeypatch) -> None:
    long = finding(7, "A" + " very" * 40 + " long name", 7, group="customer-long", why="Because " * 60)
    said = printed(capsys, monkeypatch, width, (*FINDINGS, long))
    assert max(map(len, said.splitlines())) <= min(width, 120)
    for word in ("high", "customer", "Halden Foods", "sure", "likely", "possible"):
        assert word in said


def test_piped_output_has_no_colour(capsys, monkeypatch) -> None:
    assert "\x1b" not in printed(capsys, monkeypatch)


def test_one_row_a_thing_with_its_places(capsys, monkeypatch) -> None:
    said = printed(capsys, monkeypatch)
    assert said.count("Halden Foods   ") == 1
    assert re.search(r"▲ high +customer +Halden Foods +slides 3 and 10 \(3 +sure", said)
    assert said.index("high") < said.index("medium") < said.index("low")
    assert "the file itself" in said and "title short" not in said.split("low")[0]


def test_an_explanation_that_is_shared_is_told_once(capsys, monkeypatch) -> None:
    said = printed(capsys, monkeypatch)
    assert said.count("A person.") == 1 and said.count("→ Ask.") == 1
    assert said.index("Jan L") < said.index("A person.")


def test_the_closing_line_counts_by_weight_and_kind(capsys, monkeypatch) -> None:
    said = " ".join(printed(capsys, monkeypatch).split())
    assert "Found in 12 slides: 1 high (1 customer); 2 medium (2 person); 1 low (1 quality)." in said
    assert "Next:" in said


def test_what_was_not_read_and_what_was_settled(capsys, monkeypatch) -> None:
    unread = tuple(Unread(where=f"slide {number}, chart", why="no values", unit=number) for number in range(1, 13))
    said = printed(capsys, monkeypatch, findings=(), unread=unread, settled=4)
    assert "Nothing was found" in said and "Not read: slide 1, chart: no values" in said and "2 more parts" in said
    assert "4 findings were settled before: deckprism scan --all shows them." in said
    assert "1 finding was settled before: deckprism scan --all shows it." in printed(capsys, monkeypatch, findings=(), settled=1)


def test_hostile_text_stays_text(capsys, monkeypatch) -> None:
    said = printed(capsys, monkeypatch, findings=(finding(1, "Hal\x1b[2Jden\nFoods \u202eevil"),))
    assert "\x1b" not in said and "\u202e" not in said


TEXT = "Hello,\n\nWe sold it to Halden Foods.\n- The password is Zw3lb!Plog7, says Halden Foods.\r\n\nHalden Foods"


def typed() -> tuple[Document, InText, tuple[Finding, ...]]:
    from content.settings import Settings
    from extractors.base import InputFile
    from extractors.text import EXTRACTOR, decode
    from rules.customers import CustomerList
    from rules.engine import scan

    data = TEXT.encode()
    made = EXTRACTOR.extract(InputFile("text", data))
    findings = scan(made, CustomerList.of(("Halden Foods",)), Settings())
    return made, InText(made, decode(data)[0], findings), findings


def test_a_text_is_told_by_lines_and_words() -> None:
    _, places, findings = typed()
    named = [each for each in findings if each.category is Category.CUSTOMER]
    assert [places.line(each) for each in named] == [3, 4, 6]
    assert places.where(named) == "lines 3, 4 and 6" or places.where(named) == "lines 3-4 and 6"
    assert "3: We sold it to »Halden Foods«." in places.excerpts(named)


def test_a_secret_is_shown_in_no_excerpt() -> None:
    _, places, findings = typed()
    assert any(each.category is Category.CREDENTIAL for each in findings)
    assert "Zw3lb" not in "".join(line for each in findings for line in places.excerpts([each]))


def test_rows_are_of_groups() -> None:
    assert [row.what for row in rows_of(FINDINGS)] == ["Halden Foods", "Maria K", "Jan L", "title short"] or [
        row.what for row in rows_of(FINDINGS)][:3] == ["Halden Foods", "Maria K", "Jan L"]
    assert found.rows_of(()) == []
