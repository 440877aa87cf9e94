"""Ids, order, groups and overlaps of findings."""

from __future__ import annotations

from content.document import Block, Document, Part, Source, Unit, Unread
from content.finding import Category, Severity
from content.settings import Author, Profile, Settings
from rules import scan, scan_text
from rules.customers import CustomerList
from rules.detector import Detector
from rules.engine import detectors


def deck(*slides: tuple[str, ...], properties: dict[str, str] | None = None, unread: tuple[Unread, ...] = ()) -> Document:
    units = tuple(
        Unit(number=n, kind="slide", title=lines[0], blocks=tuple(
            Block(id=f"s{n}.b{m}", part=Part.TITLE if m == 1 else Part.BODY, text=line) for m, line in enumerate(lines, start=1)))
        for n, lines in enumerate(slides, start=1))
    return Document(id="d" * 64, source=Source(name="deck.pptx", sha256="d" * 64, media_type="x", bytes=1), units=units,
                    properties=properties or {}, unread=unread)


def found(document: Document, customers: tuple[str, ...] = (), settings: Settings | None = None) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in scan(document, CustomerList.of(customers), settings or Settings())]


SAMPLE = deck(
    ("Answering out loud", "Wilhelmina Torvik"),
    ("Contact", "Mail jo.pasco@kerwick-foods.example or call +44 20 7946 0958", "Kerwick Foods signed. See www.kerwick.example/a"),
    ("Thanks", "Kudos to Hendrika Vermolen", "HENDRIKA VERMOLEN, HEAD OF SALES", "The wifi password is Egel-Tak-58."),
)


def test_the_same_bytes_give_the_same_findings() -> None:
    customers = CustomerList.of(("Kerwick Foods",))
    first, second = (scan(SAMPLE, customers, Settings()) for _ in range(2))
    assert first == second
    assert len({f.id for f in first}) == len(first)
    places = [(f.unit, int(f.block.rpartition("b")[2] or 0), f.start) for f in first]
    assert places == sorted(places)


def test_spans_are_the_text() -> None:
    blocks = {block.id: block.text for _, block in SAMPLE.blocks()}
    for finding in scan(SAMPLE, CustomerList.of(("Kerwick Foods",)), Settings()):
        if finding.block:
            assert blocks[finding.block][finding.start:finding.end] == finding.text


def test_one_group_for_one_person_however_written() -> None:
    groups = {f.group for f in scan(SAMPLE, CustomerList.empty(), Settings()) if f.category is Category.PERSON}
    assert len(groups) == 1
    assert not any("vermolen" in group.lower() for group in groups)


def test_an_email_is_not_also_a_link_and_no_person_is_found_in_it() -> None:
    rules = [rule for rule, text in found(SAMPLE) if "pasco" in text]
    assert rules == ["contact.email"]


def test_a_customer_beats_an_organisation() -> None:
    text = "We built it together with Tolvberg Shipping GmbH."
    assert [f.rule for f in scan_text(text)] == ["entity.organisation"]
    assert [f.category for f in scan_text(text, ["Tolvberg Shipping GmbH"])] == [Category.CUSTOMER]


def test_a_credential_beats_a_link() -> None:
    rules = {f.rule for f in scan_text("postgres://app:kW7zPq2mXx@db.kerwick.example:5432/crm")}
    assert rules == {"credential.connection.url"}


def test_who_gives_the_talk_is_a_credit() -> None:
    assert ("entity.person", "Wilhelmina Torvik") not in found(SAMPLE)
    line = ("A", "We met."), ("B", "Kudos to Hendrika Vermolen")
    assert ("entity.person", "Hendrika Vermolen") in found(deck(*line))
    assert ("entity.person", "Hendrika Vermolen") not in found(deck(*line, properties={"author": "Hendrika Vermolen"}))
    settings = Settings(profile=Profile(authors=(Author(name="Hendrika Vermolen"),)))
    assert ("entity.person", "Hendrika Vermolen") not in found(deck(*line), settings=settings)


def test_the_companys_own_name_is_no_finding() -> None:
    line = ("A", "We met."), ("B", "We built the board together with Fernhollow Pumps Ltd.")
    assert any(rule == "entity.organisation" for rule, _ in found(deck(*line)))
    assert not any(rule == "entity.organisation" for rule, _ in
                   found(deck(*line), settings=Settings(profile=Profile(company="Fernhollow Pumps Ltd"))))


def test_unread_parts_hold_and_say_why() -> None:
    document = deck(("A", "text"), unread=(Unread(where="slide 1, chart 2", why="no cached values", unit=1),))
    [finding] = scan(document, CustomerList.empty(), Settings())
    assert (finding.category, finding.severity, finding.label) == (Category.UNREAD, Severity.MEDIUM, "slide 1, chart 2")
    assert "no cached values" in finding.why


def test_findings_carry_why_and_suggestion_and_no_secret_in_label() -> None:
    for finding in scan(SAMPLE, CustomerList.of(("Kerwick Foods",)), Settings()):
        assert finding.why
        if finding.category in (Category.CREDENTIAL, Category.IDENTIFIER):
            assert finding.text not in finding.label


def test_a_long_text_is_scanned_without_the_model() -> None:
    text = "Nothing to see here, said nobody.\n" * 800 + "the wifi password is Egel2023!x"
    assert [f.rule for f in scan_text(text) if f.category is Category.CREDENTIAL] == ["credential.password"]


def test_every_detector_keeps_the_contract() -> None:
    names = [detector.name for detector in detectors()]
    assert len(names) == len(set(names)) and len(names) >= 10
    assert all(isinstance(detector, Detector) for detector in detectors())


def test_empty_text() -> None:
    assert scan_text("") == []
