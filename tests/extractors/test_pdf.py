"""PDF: columns, paragraphs and headings; what is hidden, attached, annotated or merely set off is found and marked."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

import extractors
from content import Document, Part

Save = Callable[[str, bytes], Path]
Finish = Callable[[PdfWriter], None]


def name(text: str) -> NameObject:
    """A PDF name."""
    return NameObject("/" + text)


def pdf(*pages: str, finish: Finish | None = None, width: int = 600, height: int = 800) -> bytes:
    """A PDF of content streams; /F1 is Helvetica and /F2 its bold."""
    writer = PdfWriter()
    fonts = DictionaryObject()
    for key, base in (("F1", "Helvetica"), ("F2", "Helvetica-Bold")):
        fonts[name(key)] = writer._add_object(DictionaryObject({
            name("Type"): name("Font"), name("Subtype"): name("Type1"), name("BaseFont"): name(base),
            name("Encoding"): name("WinAnsiEncoding")}))
    for content in pages:
        page = writer.add_blank_page(width, height)
        stream = DecodedStreamObject()
        stream.set_data(content.encode("cp1252"))
        page[name("Contents")] = writer._add_object(stream)
        page[name("Resources")] = DictionaryObject({name("Font"): fonts})
    if finish is not None:
        finish(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def line(text: str, x: float, y: float, size: float = 10, font: str = "F1", before: str = "") -> str:
    """One line of text at a place, in points from the lower left."""
    return f"{before} BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"


def lines(texts: list[str], x: float, y: float, size: float = 10) -> str:
    """Lines under each other."""
    return "".join(line(text, x, y - 13 * number, size) for number, text in enumerate(texts))


def blocks(document: Document, part: Part, unit: int = 1) -> list[str]:
    """The texts of one part on one page."""
    return [block.text for block in document.units[unit].blocks if block.part is part]


def read(save: Save, data: bytes) -> Document:
    """The file, read."""
    return extractors.extract(save("paper.pdf", data))


LEFT = ["The left column tells how the work", "began, and it goes on for as long", "as the paper is high."]
RIGHT = ["The right column is read after it", "and never between its lines, even", "where both stand level."]


def test_columns_headings_and_paragraphs(save: Save) -> None:
    mixed = "".join(line(a, 50, 600 - 13 * n) + line(b, 320, 600.4 - 13 * n) for n, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True)))
    page = line("A paper in two columns", 150, 740, 20) + line("1 Why we asked", 50, 630, 10, "F2") + mixed
    document = read(save, pdf(page))
    assert blocks(document, Part.TITLE) == ["A paper in two columns", "1 Why we asked"]
    assert blocks(document, Part.BODY) == [" ".join(LEFT), " ".join(RIGHT)]
    assert document.units[1].title == "A paper in two columns"
    assert document.size == (600.0, 800.0)


def test_running_heads_and_page_numbers_are_footers(save: Save) -> None:
    pages = [line("Asked in the open", 50, 780) + lines(LEFT, 50, 600) + line(str(n), 300, 20) for n in range(1, 6)]
    document = read(save, pdf(*pages))
    assert blocks(document, Part.FOOTER, 3) == ["Asked in the open", "3"]
    assert blocks(document, Part.BODY, 3) == [" ".join(LEFT)]


def test_sentence_over_the_page_end_is_whole(save: Save) -> None:
    first = lines(["Some thought that is long enough to", "run over the end of this page and"], 50, 600)
    document = read(save, pdf(first, lines(["end on the next one.", "Then it goes on with another thought."], 50, 700)))
    assert blocks(document, Part.BODY, 1)[-1].endswith("over the end of this page and end on the next one.")
    assert blocks(document, Part.BODY, 2) == ["Then it goes on with another thought."]


def test_what_stands_beside_a_heading_is_none(save: Save) -> None:
    page = ("BT /F2 18 Tf 50 700 Td (Actions) Tj /F1 10 Tf 270 0 Td (this payment into the book of the counter) Tj ET\n"
            + lines(["and locks the drawer of it again.", *RIGHT], 320, 687) + lines(LEFT, 50, 650))
    document = read(save, pdf(page))
    assert blocks(document, Part.TITLE) == ["Actions"]
    assert blocks(document, Part.BODY)[:2] == [
        " ".join(LEFT), "this payment into the book of the counter and locks the drawer of it again."]


def test_rows_that_a_hyphen_joins_break_no_paragraph(save: Save) -> None:
    text = ["Whoever comes first lights the", "fire and sweeps the floor for every-", "body who bakes after that, and the",
            "last of them locks the door again."]
    document = read(save, pdf(lines(text, 50, 600)))
    assert blocks(document, Part.BODY) == ["Whoever comes first lights the fire and sweeps the floor for everybody who bakes "
                                           "after that, and the last of them locks the door again."]


@pytest.mark.parametrize(("first", "second", "titles"), [
    ("Damage: What the fire would", "leave of the street if it came.", []),
    ("What the fire would leave", "Nothing is left of the street then.", ["What the fire would leave"])])
def test_a_bold_start_of_a_paragraph_is_no_heading(save: Save, first: str, second: str, titles: list[str]) -> None:
    page = line(first, 50, 600, 10, "F2") + line(second, 50, 587) + lines(LEFT, 50, 500) + lines(RIGHT, 50, 400)
    document = read(save, pdf(page))
    assert blocks(document, Part.TITLE) == titles
    assert (f"{first} {second}" in blocks(document, Part.BODY)) == (not titles)


def test_a_bullet_goes_on_in_its_next_line_whatever_its_mark_is_set_in(save: Save) -> None:
    page = (line("• ", 50, 600, 6) + line("the results of staying with it", 58, 600)
            + line("will compound.", 58, 584) + lines(["• ask first"], 50, 560))
    assert blocks(read(save, pdf(page)), Part.BODY) == ["the results of staying with it will compound.", "ask first"]


def test_bullets_are_items(save: Save) -> None:
    document = read(save, pdf(lines(["• ask first", "• answer in the open"], 50, 600)))
    assert [(b.text, b.level) for b in document.units[1].blocks if b.part is Part.BODY] == [("ask first", 1), ("answer in the open", 1)]


@pytest.mark.parametrize(("content", "why"), [
    (line("SECRET", 100, 400, before="1 1 1 rg"), "white"),
    ("BT 3 Tr /F1 10 Tf 100 400 Td (SECRET) Tj ET", "invisible"),
    (line("SECRET", 900, 400), "beside the page"),
    (line("SECRET", 100, 400, 1), "tiny"),
    (line("SECRET", 100, 400) + "0 0 0 rg 90 390 200 30 re f", "failed redaction"),
])
def test_hidden_text_is_found_and_marked(save: Save, content: str, why: str) -> None:
    document = read(save, pdf(lines(LEFT, 50, 700) + content))
    hidden = [block for block in document.units[1].blocks if block.text == "SECRET"]
    assert [(block.part, block.visible) for block in hidden] == [(Part.HIDDEN_TEXT, False)]
    assert why in hidden[0].where


@pytest.mark.parametrize(("fill", "opacity", "why"), [
    ([0, 0, 0], 1, "failed redaction"), ([0, 0, 0, 1], 1, "failed redaction"), ([1, 1, 0], 1, ""), ([0, 0, 0], 0.3, "")])
def test_only_a_dark_and_opaque_annotation_is_a_failed_redaction(save: Save, fill: list[int], opacity: float, why: str) -> None:
    def finish(writer: PdfWriter) -> None:
        box = DictionaryObject({name("Subtype"): name("Square"), name("CA"): FloatObject(opacity),
                                name("Rect"): ArrayObject([NumberObject(n) for n in (90, 390, 300, 420)]),
                                name("IC"): ArrayObject([NumberObject(n) for n in fill])})
        writer.add_annotation(0, box)

    document = read(save, pdf(lines(LEFT, 50, 700) + line("Covered", 100, 400), finish=finish))
    block = next(block for block in document.units[1].blocks if block.text == "Covered")
    assert (why in block.where and not block.visible) if why else "redaction" not in block.where


def test_small_letters_of_a_figure_are_one_low_finding(save: Save) -> None:
    from content.finding import Severity
    from content.settings import Settings
    from rules import scan
    from rules.customers_list import CustomerList

    figure = "".join(line(f"Label number {n} of the figure", 100, 400 - 5 * n, 3) for n in range(10))
    document = read(save, pdf(*[lines(LEFT, 50, 700) + figure] * 3))
    found = [each for each in scan(document, CustomerList.of(()), Settings()) if each.rule == "hidden.text"]
    assert [each.severity for each in found] == [Severity.LOW]
    hidden = [block for _, block in document.blocks() if block.part is Part.HIDDEN_TEXT]
    assert len(hidden) == 30
    assert all("small print" in block.where for block in hidden)


def test_a_lone_small_line_and_a_white_one_are_no_small_print(save: Save) -> None:
    figure = "".join(line(f"Label number {n} of the figure", 100, 300 - 5 * n, 3, before="1 1 1 rg") for n in range(10))
    document = read(save, pdf(lines(LEFT, 50, 700) + line("alone", 100, 400, 3) + figure))
    where = {block.text: block.where for _, block in document.blocks() if block.part is Part.HIDDEN_TEXT}
    assert where.pop("alone") == "tiny"
    assert set(where.values()) == {"white on white"}


@pytest.mark.parametrize("spaced", [b"<77 53 70 61 63 65 64 57 6f 72 64>", b"(w\\123\\160aced\\127ord)", b"(w\\\nSpacedWord)"])
def test_strings_are_found_however_they_are_written(save: Save, spaced: bytes) -> None:
    def finish(writer: PdfWriter) -> None:
        held = DictionaryObject({name("Note"): TextStringObject("PLACEHOLDER")})
        writer._root_object[name("PieceInfo")] = writer._add_object(held)

    document = read(save, pdf(lines(LEFT, 50, 700), finish=finish).replace(b"(PLACEHOLDER)", spaced))
    assert "wSpacedWord" in [block.text for _, block in document.blocks()]


@pytest.mark.parametrize("between", [b"\n", b" % a comment\n"])
def test_objects_are_found_however_they_are_headed(save: Save, between: bytes) -> None:
    def finish(writer: PdfWriter) -> None:
        held = DictionaryObject({name("Note"): TextStringObject("wHeaded words")})
        writer._root_object[name("PieceInfo")] = writer._add_object(held)

    plain = pdf(lines(LEFT, 50, 700), finish=finish)
    number = plain[:plain.index(b"(wHeaded")].rsplit(b" 0 obj", 1)[0].rsplit(b"\n", 1)[1]
    document = read(save, plain.replace(b"\n" + number + b" 0 obj", b"\n" + number + between + b"0 obj"))
    assert "wHeaded words" in [block.text for _, block in document.blocks()]


@pytest.mark.parametrize("held", [
    "/Lang(en-GB)/D(chapter.one)/Note(wSecret words)", "/Note[/D (wSecret words)]", "/Lang(en)/List[1 [2] /ID (wSecret words)]",
    "/ID[<0102><0304>]/Note<77536563726574 20 776f726473>", "/Lang(a\\)b)/Note(wSecret words)", "/Limits[(aa)(bb)]/More<</Note(wSecret words)>>",
])
def test_strings_are_found_among_those_for_programs(save: Save, held: str) -> None:
    def finish(writer: PdfWriter) -> None:
        writer._root_object[name("PieceInfo")] = writer._add_object(DictionaryObject({name("Note"): name("PLACEHOLDER")}))

    document = read(save, pdf(lines(LEFT, 50, 700), finish=finish).replace(b"/Note /PLACEHOLDER", held.encode()))
    assert "wSecret words" in [block.text for _, block in document.blocks()]


def test_strings_for_programs_are_passed_over_and_lose_nothing(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from extractors import pdf_sweep
    from extractors.base import InputFile
    from extractors.pdf import EXTRACTOR

    texts = st.sampled_from(["(wOne two)", "(x)", "(a\\)b)", "<4142>", "<FEFF00410042>", "5", "/Name", "7 0 R"])
    values = st.recursive(texts, lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda held: "[" + " ".join(held) + "]"),
        st.lists(st.tuples(st.sampled_from(["/D", "/ID", "/Lang", "/Note", "/Alt"]), inner), max_size=3).map(
            lambda held: "<<" + "".join(f"{key} {value}" for key, value in held) + ">>")), max_leaves=8)
    plain = pdf(lines(LEFT, 50, 700), finish=lambda writer: writer._root_object.update(
        {name("PieceInfo"): writer._add_object(DictionaryObject({name("Note"): name("PLACEHOLDER")}))}))

    @settings(max_examples=60, deadline=None)
    @given(values, values)
    def holds(one: str, two: str) -> None:
        file = InputFile("paper.pdf", plain.replace(b"/PLACEHOLDER", f"{one} /Other {two}".encode()))
        quick = EXTRACTOR.extract(file)
        with monkeypatch.context() as patch:
            patch.setattr(pdf_sweep, "_says", lambda *part: pdf_sweep._RAW.search(*part) is not None)
            assert EXTRACTOR.extract(file) == quick

    holds()


def test_one_line_drawn_alone_looks_as_on_the_whole_page() -> None:
    import pypdfium2
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from extractors.pdf_unseen import Sight, View

    shapes = "".join(f"{n % 7 / 7} {n % 3 / 3} {n % 2} rg {13 * n % 560} {29 * n % 760} {7 + n % 40} {5 + n % 23} re f " for n in range(120))
    for wide, high in ((600, 800), (1300, 900)):  # the second is drawn smaller than it is
        document = pypdfium2.PdfDocument(pdf(shapes + lines(LEFT, 50, 600), width=wide, height=high))
        page = document[0]
        view = View((0.0, 0.0), page.get_size(), 0, (0.0, 0.0, float(wide), float(high)))
        whole = Sight(page, view, frozenset())
        whole._blanks = 1

        @settings(max_examples=60, deadline=None)
        @given(st.floats(-20, 1350), st.floats(-20, 950), st.floats(0, 60), st.floats(0, 30))
        def holds(x: float, y: float, width: float, height: float) -> None:
            box = (x, y, x + width, y + height)
            assert Sight(page, view, frozenset())._blank(box) == whole._blank(box)  # noqa: B023

        holds()
        page.close()
        document.close()


def test_text_in_a_form_is_not_judged_by_outlines_of_the_form(save: Save) -> None:
    def finish(writer: PdfWriter) -> None:
        form = DecodedStreamObject()
        form.set_data(line("Words in a form", 5, 5, before="0 0 200 40 re W n").encode())
        form.update({name("Type"): name("XObject"), name("Subtype"): name("Form"),
                     name("BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 300, 60)]),
                     name("Resources"): writer.pages[0]["/Resources"]})
        writer.pages[0]["/Resources"][name("XObject")] = DictionaryObject({name("X1"): writer._add_object(form)})  # type: ignore[index]

    document = read(save, pdf(lines(LEFT, 50, 700) + "q 1 0 0 1 200 500 cm /X1 Do Q", finish=finish))
    assert "Words in a form" in [block.text for block in document.units[1].blocks if block.readable]


def nested(times: int, deep: int) -> bytes:
    """A PDF whose page draws a form that draws another so many times, and so on."""
    from benchmarks.pdf_probes_parts import line, paper, stream, written

    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>/XObject<</X %d 0 R>>>>"
    forms = {20 + n: stream(b"/X Do " * times if n < deep - 1 else line("wDeep words", 60, 500), head % (21 + n))
             for n in range(deep)}
    return written(paper(line("wFirst", 60, 700) + b"/X Do", resources=b"/XObject<</X 20 0 R>>", more=forms))


def test_forms_inside_forms_without_end_are_listed_as_unread(save: Save) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = read(save, nested(10, 12))
    assert [(entry.where, "forms" in entry.why) for entry in document.unread] == [("page 1", True)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10
    document = read(save, nested(3, 4))
    assert not document.unread
    assert any("wDeep words" in block.text for block in document.units[1].blocks)


def test_annotations_that_draw_without_end_are_listed_as_unread(save: Save) -> None:
    plain = nested(10, 12).replace(b"/XObject<</X 20 0 R>>>>/", b">>/").replace(b"/X Do\nendstream", b"     \nendstream", 1)
    stamp = b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 20 0 R>>>>]/Contents"
    document = read(save, plain.replace(b"/Contents", stamp, 1))
    assert [(entry.where, "forms" in entry.why) for entry in document.unread] == [("annotations of page 1", True)]


def test_a_form_that_draws_itself_is_read_once(save: Save) -> None:
    document = read(save, nested(2, 3).replace(b"/X 23 0 R", b"/X 20 0 R"))
    assert any("wDeep words" in block.text for block in document.units[1].blocks)


def test_white_text_on_a_dark_ground_is_seen(save: Save) -> None:
    document = read(save, pdf("0 0 0 rg 0 0 600 800 re f " + line("Bright words", 100, 400, before="1 1 1 rg")))
    assert "Bright words" in [block.text for block in document.units[1].blocks if block.readable]


def test_what_stands_beside_the_text(save: Save) -> None:
    def finish(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "About asking", "/Author": "wAuthor", "/Company": "wCompany"})
        note = Text(rect=(50, 50, 90, 90), text="wNote")
        note[name("T")] = TextStringObject("wAnnotator")
        writer.add_annotation(0, note)
        writer.add_annotation(0, FreeText(text="wFree", rect=(50, 50, 90, 90)))
        link = DictionaryObject({name("Subtype"): name("Link"), name("Rect"): ArrayObject([NumberObject(n) for n in (1, 2, 3, 4)]),
                                 name("A"): DictionaryObject({name("S"): name("URI"), name("URI"): TextStringObject("https://w.example/")})})
        writer.add_annotation(0, link)
        writer.add_outline_item(title="wOutline", page_number=0)
        writer.add_attachment("wFile.txt", b"Words in the attachment about Halden Foods.\n")
        field = DictionaryObject({name("T"): TextStringObject("wField"), name("V"): TextStringObject("wValue"),
                                  name("TU"): TextStringObject("wHelp"), name("FT"): name("Tx")})
        writer._root_object[name("AcroForm")] = DictionaryObject({name("Fields"): ArrayObject([writer._add_object(field)])})

    document = read(save, pdf(lines(LEFT, 50, 700), finish=finish))
    found = {block.text: block.part for _, block in document.blocks()}
    expected = {"wAuthor": Part.PROPERTY, "wCompany": Part.PROPERTY, "wNote": Part.ANNOTATION, "wAnnotator": Part.ANNOTATION,
                "wFree": Part.ANNOTATION, "https://w.example/": Part.LINK, "wOutline": Part.OTHER, "wFile.txt": Part.ATTACHMENT,
                "Words in the attachment about Halden Foods.": Part.ATTACHMENT, "wField": Part.FORM_FIELD,
                "wValue": Part.FORM_FIELD, "wHelp": Part.FORM_FIELD}
    assert {word: found.get(word) for word in expected} == expected
    assert not any(block.readable for _, block in document.blocks() if block.text in expected)


def test_script_is_listed_and_never_run(save: Save) -> None:
    def finish(writer: PdfWriter) -> None:
        writer._root_object[name("OpenAction")] = DictionaryObject({
            name("S"): name("JavaScript"), name("JS"): TextStringObject("app.alert('wScript')")})

    document = read(save, pdf(lines(LEFT, 50, 700), finish=finish))
    assert any("wScript" in block.text and not block.visible for _, block in document.blocks())
    assert any("run something" in entry.why for entry in document.unread)


def test_layer_that_is_off(save: Save) -> None:
    def finish(writer: PdfWriter) -> None:
        layer = writer._add_object(DictionaryObject({name("Type"): name("OCG"), name("Name"): TextStringObject("Draft")}))
        page = writer.pages[0]
        page["/Resources"][name("Properties")] = DictionaryObject({name("L1"): layer})  # type: ignore[index]
        writer._root_object[name("OCProperties")] = DictionaryObject({
            name("OCGs"): ArrayObject([layer]), name("D"): DictionaryObject({name("OFF"): ArrayObject([layer])})})

    content = lines(LEFT, 50, 700) + "/OC /L1 BDC " + line("Only in the draft", 100, 400) + " EMC"
    document = read(save, pdf(content, finish=finish))
    block = next(block for _, block in document.blocks() if block.text == "Only in the draft")
    assert block.part is Part.HIDDEN_TEXT
    assert "layer" in block.where


def test_page_without_text_says_so(save: Save) -> None:
    document = read(save, pdf(lines(LEFT, 50, 700), "0 0 0 rg 0 0 600 800 re f"))
    assert [(entry.where, entry.unit) for entry in document.unread] == [("page 2", 2)]


def test_lines_beyond_what_a_page_may_have_are_listed_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors import pdf as format_of_pdf
    from extractors import pdf_text
    from extractors.base import InputFile

    for module in (format_of_pdf, pdf_text):
        monkeypatch.setattr(module, "MOST_LINES", 2)
    lines = "".join(f"1 0 0 1 50 {700 - 40 * n} Tm (Line number {n}) Tj " for n in range(4))
    document = format_of_pdf.EXTRACTOR.extract(InputFile("talk.pdf", pdf(f"BT /F1 12 Tf {lines}ET")))
    assert [(entry.where, entry.unit) for entry in document.unread] == [("page 1", 1)]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other_with_jitter(columns: int) -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from extractors.base import InputFile
    from extractors.pdf import EXTRACTOR

    rows = ("stands in this column as long", "as the paper is high, and then", "the next one is read from its", "top, whatever is level with it.")
    width = 480 // columns
    jitter = st.lists(st.floats(-1.44, 1.44), min_size=columns * len(rows), max_size=columns * len(rows))  # 0.02 inch

    @settings(max_examples=25, deadline=None)
    @given(off=jitter, order=st.permutations(range(columns * len(rows))))
    def holds(off: list[float], order: list[int]) -> None:
        placed = []
        for number in order:
            column, row = divmod(number, len(rows))
            text = f"C{column}R{row} {rows[row]}"
            placed.append(line(text, 50 + column * (width + 20), round(600 - 13 * row + off[number], 2), 20 / columns if columns > 2 else 8))
        document = EXTRACTOR.extract(InputFile("paper.pdf", pdf("".join(placed))))
        text = " ".join(block.text for block in document.units[1].blocks if block.readable)
        found = [text.index(f"C{column}R{row}") for column in range(columns) for row in range(len(rows))]
        assert found == sorted(found)

    holds()
