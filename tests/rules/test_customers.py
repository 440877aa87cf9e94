"""The customer list: reading it, grading its names, finding every spelling and nothing else."""

from __future__ import annotations

import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.errors import BadCustomers
from content.finding import Severity
from content.settings import Settings
from rules import load_customers, scan
from rules.customers import CustomerList, find_customers, severity_of
from rules.customers_match import Match
from rules.customers_names import Grade, acronyms, core, grade, tokens
from rules.customers_typos import one_edit

HALDEN = "Halden Foods B.V."
LIST = CustomerList.of([
    f"{HALDEN} | alias=Haldenkitchen | ticker=HLDF | code_name=Project Bluegannet | domain=hfoods.example",
    "Orvell Marine Kettering", "Target Corporation", "Orange", "Zorba Inc.", "Smitt & Zonen", "New", "I", "Best Bakers",
])


def found(text: str, *before: str, customers: CustomerList = LIST) -> list[tuple[str, str, float]]:
    texts = [*before, text]
    return [(text[match.start:match.end], match.how, match.confidence) for match in find_customers(texts, customers)[-1]]


def sure(text: str, *before: str) -> list[str]:
    return [words for words, _, confidence in found(text, *before) if confidence >= 0.5]


# ------------------------------------------------------------ reading


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    file = tmp_path / "list.csv"
    rows = [["name", "Industry", "Account Owner"], ["Café Zoë", "food", "Pia Vos"], ["Halden", "", ""]]
    file.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    customers = load_customers(file)
    assert [row.name for row in customers.rows] == ["Café Zoë", "Halden"]
    assert customers.rows[0].account_owner == "Pia Vos"


@pytest.mark.parametrize("heading", ["Account Name", "COMPANY NAME", "account_name", "Klantnaam", " name "])
def test_headings_of_crm_exports(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Id,{heading},Website\n1,Halden Foods,https://www.halden.example/start\n", encoding="utf-8")
    row = load_customers(file).rows[0]
    assert (row.name, row.domain) == ("Halden Foods", "halden.example")


def test_name_beats_other_name_columns(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("company,name,aliases\nParent,Halden Foods,Halden; HF Group\n", encoding="utf-8")
    row = load_customers(file).rows[0]
    assert (row.name, row.aliases) == ("Halden Foods", ("Halden", "HF Group"))


def test_quoted_separators_and_line_breaks(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('name,industry\n"Vos, Kok\nand Sons",food\n', encoding="utf-8")
    assert load_customers(file).rows[0].name == "Vos, Kok and Sons"


@pytest.mark.parametrize(("data", "says"), [
    (b"", "is empty"),
    (b"industry,owner\nfood,Pia\n", "row 1: has no column"),
    (b"name\n\n", "has no customer in it"),
    (b"name\nx\n", "has no customer in it"),
    (b"name\nHald\x81en \x8d\n", "row 2: has characters in no known encoding"),
    (b"PK\x03\x04 not a workbook", "is not a workbook"),
    (b"name\nA\x00B\n", "is not text"),
])
def test_what_cannot_be_used_is_said(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    with pytest.raises(BadCustomers, match=says) as caught:
        load_customers(file)
    assert caught.value.exit_code == 2
    assert str(caught.value).startswith("list.csv")
    assert caught.value.todo


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadCustomers, match="no such file"):
        load_customers(tmp_path / "none.csv")


def test_notes_for_odd_rows(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,domain\nHalden,\nhalden,halden.example\nX,\n,\n,lost.example\n=SUM(A1:A9),\n", encoding="utf-8")
    customers = load_customers(file, good_rows=True)
    assert [(row.name, row.domain) for row in customers.rows] == [("Halden", "halden.example")]
    text = " ".join(customers.problems)
    assert "two letters" in text and "merged" in text and "no name" in text and "formula" in text
    assert "halden" not in text.lower()


def test_workbook(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    sheet = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
             + "".join(f'<row r="{number}">' + "".join(
                 f'<c r="{column}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for column, value in zip("AB", row, strict=True))
                 + "</row>" for number, row in enumerate([("Account Name", "Country"), ("Halden Foods", "Norway")], start=1))
             + "</sheetData></worksheet>")
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">'
                      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
                      f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                      f'Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                      f'xmlns:r="{rels}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                      f'Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    row = load_customers(file).rows[0]
    assert (row.name, row.country) == ("Halden Foods", "Norway")


# ------------------------------------------------------------ names


@pytest.mark.parametrize(("name", "words"), [
    ("Halden Foods B.V.", ["halden", "foods"]), ("Zorba, Inc.", ["zorba"]), ("The Orvell Group plc", ["orvell"]),
    ("Vos S.A.", ["vos"]), ("Vos S.A.S.", ["vos"]), ("Kok & Co. KG", ["kok"]), ("AB", ["ab"]),
    ("Bangor Rail Public Company Limited", ["bangor", "rail"]), ("Vos, Kok and Company", ["vos", "kok"]),
])
def test_core(name: str, words: list[str]) -> None:
    assert core(tokens(name)) == words


@pytest.mark.parametrize(("name", "expected"), [
    ("Halden Foods", Grade.SAFE), ("Orvell", Grade.SAFE), ("Zorb", Grade.CAPITAL), ("General Energy", Grade.CAPITAL),
    ("Target", Grade.CONTEXT), ("Orange", Grade.CONTEXT), ("The", Grade.NEVER), ("42", Grade.NEVER), ("X", Grade.NEVER),
    ("Be This", Grade.NEVER), ("Appel", Grade.CONTEXT),
])
def test_grades(name: str, expected: Grade) -> None:
    assert grade(tokens(name)) is expected


def test_risky_names_are_shown_after_an_import() -> None:
    assert {name for name, _ in LIST.risky()} == {"Target Corporation", "Orange", "New"}


def test_acronyms() -> None:
    assert acronyms(["orvell", "marine", "kettering"]) == {"omk"}
    assert acronyms(["halden", "foods"]) == set()


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("halden", "haldn", True), ("halden", "haldeen", True), ("halden", "haldun", True), ("halden", "hadlen", True),
    ("halden", "halden", False), ("halden", "hladne", False), ("a", "abc", False),
])
def test_one_edit(left: str, right: str, expected: bool) -> None:
    assert one_edit(left, right) is expected


# ------------------------------------------------------------ finding


@pytest.mark.parametrize("text", [
    "Halden Foods", "HALDEN FOODS", "halden foods", "Halden Foods’s", "Halden-Foods", "Halden\u00a0Foods", "Halden  Foods",
    "Halden\nFoods", "Hal-\nden Foods", "Hal\u00adden Foods", "Hal\u200bden Foods", "Hаldеn Fооds", "Ｈａｌｄｅｎ Ｆｏｏｄｓ",
    "#HaldenFoods", "@haldenfoods", "www.haldenfoods.com", "pia@haldenfoods.com", "Halden Foods, Inc.", "HaldenFoods",
    "Haldne Foods", "Halde Foods", "Halden Fodos", "Halde nFoods", "s3://haldenfoods-logs/a", "Halden_Foods_Q3.pptx",
    "Haldenkitchen", "Project Bluegannet", "NYSE: HLDF", "www.hfoods.example", "Halden Foods™",
])
def test_spellings(text: str) -> None:
    whole = f"We met {text} in May."
    hits = [match for match in find_customers([whole], LIST)[0] if LIST.rows[match.owner].name == HALDEN]
    assert hits, text
    covered = sum(match.end - match.start for match in hits)
    assert covered >= 0.6 * len(text)
    assert max(match.confidence for match in hits) >= 0.5


@pytest.mark.parametrize("text", ["ZORBA", "Zorbas", "Z o r b a", "Z.O.R.B.A.", "ZorbaBank", "Zor-\nba", "Zorba™", "ZorbaCorp",
                                  "zorba_user_table", "Non-Zorba"])
def test_a_short_name_in_its_disguises(text: str) -> None:
    assert sure(f"the {text} rollout"), text


def test_and_for_ampersand() -> None:
    assert sure("Ask Smitt and Zonen.") == ["Smitt and Zonen"]


def test_short_forms_only_beside_the_full_name() -> None:
    assert sure("OMK asked, Orvell paid.") == []
    assert sure("OMK asked, Orvell paid.", "Orvell Marine Kettering signed.") == ["OMK", "Orvell"]


@pytest.mark.parametrize("text", [
    "Our target is ten a week.", "Oranges and lemons", "the orange line means trouble", "New people join in May.", "I am here.",
    "The best bakers get up early.", "Orange means that a service is slow.", "Target Audience and Tone", "golden floods",
    "A half open door", "the rapist was caught", "Foods from the garden",
])
def test_ordinary_words_are_not_customers(text: str) -> None:
    assert sure(text) == []


@pytest.mark.parametrize("text", [
    "The contract with Orange was signed in May.", "Clients: Orange, Zorba", "Orange asked for a second pilot.",
    "Target Corporation is big.", "Interview with the CIO of Target", "Go-live at Orange",
])
def test_ordinary_names_with_a_cue_are(text: str) -> None:
    assert any(words.startswith(("Orange", "Target")) for words in sure(text))


def test_a_doubtful_name_is_lowered_and_not_dropped() -> None:
    hits = found("Orange in autumn")
    assert [words for words, _, _ in hits] == ["Orange"]
    assert hits[0][2] < 0.5


def test_a_link_to_a_platform_is_no_customer() -> None:
    platform = CustomerList.of(["Reddit, Inc."])
    assert all(confidence < 0.5 for *_, confidence in found("https://www.reddit.com/r/x", customers=platform))
    assert any(confidence > 0.5 for *_, confidence in found("Mail pia@reddit.com now", customers=platform))


def test_names_do_not_reach_over_a_full_stop() -> None:
    assert sure("We flew to Halden. Foods were served.") == []


def test_no_customers_no_hits() -> None:
    assert find_customers(["Halden Foods"], CustomerList.empty()) == [[]]


def test_same_names_same_index() -> None:
    assert CustomerList.of(["Halden", "Orvell"]) is CustomerList.of(["Halden", "Orvell"])


def test_severity_follows_confidence() -> None:
    assert [severity_of(value) for value in (0.95, 0.5, 0.2)] == [Severity.HIGH, Severity.MEDIUM, Severity.LOW]


def test_findings_say_where_why_and_what_instead() -> None:
    customers = CustomerList.of([f"{HALDEN} | industry=food | account_owner=Pia Vos"])
    block = Block(id="s14.b1", part=Part.NOTES, text="We met Halden Foods and HALDEN FOODS.")
    document = Document(id="d", source=Source(name="a.pptx", sha256="d", media_type="x/y", bytes=1),
                        units=(Unit(number=14, kind="slide", blocks=(block,)),))
    findings = [f for f in scan(document, customers, Settings()) if f.category == "customer"]
    assert [block.text[f.start:f.end] for f in findings] == ["Halden Foods", "HALDEN FOODS"]
    assert len({f.group for f in findings}) == 1
    assert findings[0].why == f"Slide 14 names a customer ({HALDEN}) in its notes."
    assert findings[0].suggestion.startswith("Write 'a food company', or ask their account owner, Pia Vos.")
    assert findings[0].mask == "a food company"


def test_spans_are_inside_and_do_not_overlap() -> None:
    text = "HaldenFoods ﬁrst, Halden\u00adFoods™ & #HaldenFoods; Zorba-Orange"
    matches: list[Match] = find_customers([text], LIST)[0]
    assert matches and all(0 <= one.start < one.end <= len(text) for one in matches)
    assert all(one.end <= two.start for one, two in pairwise(matches))


def test_twenty_thousand_names_are_no_burden() -> None:
    """A hundredth of a second a page with a long list; generous, because the machine may be busy."""
    vowels, heads = "aeiou", "bdfgklmnprstvz"
    names = [f"{h1}{v1}{h2}{v2}x {h2}{v2}{h1} Works".title() for h1 in heads for v1 in vowels for h2 in heads for v2 in vowels]
    customers = CustomerList.of([*names, *(f"{name} Two" for name in names), *(f"{name} Three Ltd" for name in names)])
    start = time.process_time()
    assert len(customers.index.keys) >= len(names) * 3
    text = "People share what they know when somebody asks. " * 200 + names[7]
    assert any(customers.rows[match.owner].name == names[7] for match in find_customers([text], customers)[0])
    assert time.process_time() - start < 10
