"""Files that are made to cost time or to lose words: HTML, RTF, mail, Markdown, OpenDocument.

The bounds on time are far above what the files take here and far below what the square of their length takes.
"""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from content.document import Document
from content.errors import DeckprismError, UnreadableFile
from extractors.base import InputFile
from extractors.building import Room
from extractors.choose import read
from extractors.html_styles import StyleSheet
from extractors.strings import Said
from extractors.xml import attributes, comments_in, has_doctype, parse

PAGE = "<!DOCTYPE html><html><head><title>T</title>{}</head><body><p>Hello there</p>{}</body></html>"
MAIL = "From: a@example.invalid\nTo: b@example.invalid\nSubject: Minutes\nMIME-Version: 1.0\n"
SECONDS = 12.0
_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("svg", "svg-compatible"), ("form", "form"),
    ("presentation", "presentation"), ("style", "style")))


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def open_document(kind: str, body: str, **more: str) -> bytes:
    content = f"<office:document-content {_NAMES}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, **more})


def taken(name: str, data: bytes | str) -> Document:
    return read(InputFile(name, data.encode() if isinstance(data, str) else data))


def everything(document: Document) -> str:
    return "\n".join(block.text for _, block in document.blocks())


@pytest.mark.parametrize("style", ["a", "a{", "/*", "@a{", "@a", "content:\"", "a,", "@m{a{b}", "a{b:c}"])
def test_style_sheets_take_no_square_of_their_length(style: str) -> None:
    start = time.process_time()
    taken("page.html", PAGE.format("<style>" + style * 150_000 + "</style>", ""))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(("name", "data"), [
    ("page.html", "<!--a-->" * 40 + "<p>No page begins here, only words.</p>"),
    ("text.md", "# A\n\n# B\n\ntext **b**\n\n" + "[" * 66_000), ("text.md", "---\n" + "\n" * 200_000 + "x\n\n# A\n\n# B\n"),
    ("a.eml", MAIL + "\n" + "[" * 300_000), ("a.eml", MAIL + "X-A: " + "=?utf-8?q?" * 50_000 + "\n\nHello"),
    ("a.eml", MAIL + "Content-Type: " + "(" * 300_000 + "\n\nHello"), ("a.eml", MAIL.replace("b@", "a," * 100_000 + "b@") + "\nHello"),
    ("a.eml", MAIL + "Content-Type: text/plain; charset*=us-ascii''a%00b\n\nHello é there"),
    ("a.rtf", r"{\rtf1\ansi " + r"\'41" * 600_000 + "}"), ("a.rtf", r"{\rtf1\ansi " + "\\\\" * 600_000 + "}"),
], ids=range(10))
def test_one_sign_over_and_over_is_read_in_seconds(name: str, data: str) -> None:
    start = time.process_time()
    try:
        taken(name, data)
    except DeckprismError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < SECONDS


def test_shapes_on_one_slide_are_compared_with_those_near_them() -> None:
    frame = ('<draw:frame svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="9cm"><draw:text-box><text:p>Word</text:p>'
             "</draw:text-box></draw:frame>")
    start = time.process_time()
    document = taken("a.odp", open_document("presentation", f"<draw:page>{frame * 1500}</draw:page>"))
    assert len(document.units[1].blocks) == 1500 and time.process_time() - start < SECONDS


def test_comments_without_an_end_are_searched_once() -> None:
    data = b"<!--" * 400_000
    start = time.process_time()
    assert comments_in(data) == [] and has_doctype(data + b"<!DOCTYPE a>")
    assert time.process_time() - start < 2
    assert comments_in(b"<a><!-- one --><!----><!--two--></a>") == ["one", "two"]
    many = comments_in(b"".join(b"<!--c%d-->" % n for n in range(500)))
    assert many[0] == "c0" and many[-1].endswith("c499")
    assert has_doctype(b"<!-- <a> --><!DOCTYPE a><a/>") and not has_doctype(b"<a><!-- x --><!DOCTYPE a></a>")


def test_a_mail_of_too_many_parts_is_refused_in_one_line() -> None:
    with pytest.raises(UnreadableFile, match="more than 50000 parts"):
        taken("a.eml", MAIL + "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n" * 60_000)


@pytest.mark.parametrize(("page", "words"), [
    ("<div>" * 300 + "Deepword" + "</div>" * 300 + "<p>Afterword</p>", ("Deepword", "Afterword")),
    ("<p>" + "word " * (11 << 18) + "</p><p>Afterword</p>", ("Afterword",)),
    ("<p>Hi <?php echo 'Codeword'; ?> there</p><h1>A <!-- Remarkword --> B<?x Otherword?></h1>", ("Codeword", "Remarkword", "Otherword")),
    ("</body></html><p>Endword</p><!-- Lastword -->", ("Endword", "Lastword")),
    ("<svg><a xlink:href='https://Linkword.example'><metadata>Metaword</metadata><foreignObject><p>Drawnword</p></foreignObject></a></svg>",
     ("Linkword", "Metaword", "Drawnword")),
    ("<select><option label=Labelword>x</select><table summary='Sumword'></table><p data-note=Dataword>x<p>a<b>c</b>me",
     ("Labelword", "Sumword", "Dataword", "acme")),
])
def test_a_page_loses_no_word(page: str, words: tuple[str, ...]) -> None:
    document = taken("page.html", PAGE.format("", page))
    text = everything(document)
    assert [word for word in words if word not in text] == []
    assert "php" not in " ".join(block.text for _, block in document.blocks() if block.readable)


def test_a_page_that_is_much_too_deep_says_so() -> None:
    document = taken("page.html", PAGE.format("", "<div>" * 300 + "Far down stands a sentence. " * 30 + "</div>" * 300))
    assert "Far down" in everything(document) and document.unread


@pytest.mark.parametrize(("mail", "word"), [
    ("Content-Type: multipart/mixed\n\nBodyword here\n", "Bodyword"),
    ("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!! Bodyword here\n", "Bodyword"),
    ("Content-Type: text/plain; charset=idna\n\nBodyword here\n", "Bodyword"),
    ("Content-Type: application/x-signature-own\n\nBodyword and other words stand here\n", "Bodyword"),
    ("Content-Type: multipart/report; boundary=a\n\n--a\n\nHi\n--a\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; Hostword\n\n"
     "Final-Recipient: rfc822; Personword\n\n--a--\n", "Personword"),
    ("X-Note: " + "=?utf-8?q?N=C3=A9e?= " * 300 + "\n\nHi\n", "NéeNée"),
])
def test_a_mail_loses_no_word(mail: str, word: str) -> None:
    assert word in everything(taken("a.eml", MAIL + mail))


def test_what_rtf_keeps_beside_its_text_is_read() -> None:
    text = everything(taken("a.rtf", r"{\rtf1\ansi Hello {\*\foo _Underword}{\filetbl{\file\fid1 Fileword.doc}}{\*\ftnsep Lineword}"
                                     r"{\listtext Bulletword}{\listtext\tab 1.}{\*\bkmkstart _Toc123}{\*\bkmkstart _Placeword}Ac{\b m}e}"))
    assert all(word in text for word in ("Underword", "Fileword", "Lineword", "Bulletword", "Placeword", "Acme"))
    assert "_Toc123" not in text


def test_an_open_text_loses_no_word() -> None:
    body = ("<text:p>Ac<text:span>m</text:span>e<text:bookmark text:name='Placeword'/><text:bookmark text:name='__Ref12'/></text:p>"
            "<office:forms><form:form><form:button form:label='Labelword'/><form:textarea><text:p>Formword</text:p></form:textarea></form:form>"
            "</office:forms><table:table table:name='Nameword'><table:desc>Descword</table:desc><table:table-row><table:table-cell><draw:frame>"
            "<draw:text-box><text:p>Cellword</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row></table:table>Bareword")
    text = everything(taken("a.odt", open_document("text", body, **{"VersionList.xml": "<a comment='Versionword and so on'/>"})))
    words = ("Acme", "Placeword", "Labelword", "Formword", "Nameword", "Descword", "Cellword", "Bareword", "Versionword")
    assert [word for word in words if word not in text] == [] and "__Ref12" not in text


def test_an_open_slide_loses_no_word() -> None:
    body = ("<draw:page><draw:frame svg:x='1.2.3cm' svg:y='.cm' svg:width='" + "9" * 400 + "cm' svg:height='9cm'><draw:text-box><text:p>Ac"
            "<text:span>m</text:span>e<draw:frame><draw:text-box><text:p>Insideword</text:p></draw:text-box></draw:frame></text:p></draw:text-box>"
            "</draw:frame><draw:unknown><text:p>Strangeword</text:p></draw:unknown><presentation:notes><draw:frame presentation:class='header'>"
            "<draw:text-box><text:p>Less &lt; 5 Noteword</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>")
    text = everything(taken("a.odp", open_document("presentation", body)))
    assert [word for word in ("Acme", "Insideword", "Strangeword", "Noteword") if word not in text] == []


def test_a_package_with_a_broken_type_is_one_clear_line() -> None:
    data = bytearray(open_document("text", "<text:p>Hi</text:p>"))
    at = data.find(b"application/vnd")
    data[at:at + 4] = b"XXXX"
    with pytest.raises(DeckprismError) as caught:
        taken("a.odt", bytes(data))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["deck.pptx", "paper.pdf", "paper.docx"])
def test_rtf_under_the_name_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="holds rtf, not what the name says"):
        taken(name, r"{\rtf1\ansi Hello}")
    assert "Hello" in everything(taken("old.doc", r"{\rtf1\ansi Hello}"))


def test_rules_that_stand_in_no_other_are_kept() -> None:
    from lxml import html

    sheet = StyleSheet(html.fromstring("<html><style>@import 'x'; p.a{color:red} @media print{p{display:none}} .x,.y{opacity:0}"
                                       "/* said */ q{} b:before{content:'Added'} i{background:url('https://example.invalid/a.png')}</style></html>"))
    assert sheet.rules["p.a"] == {"color": "red"} and sheet.rules[".y"] == {"opacity": "0"} and "p" not in sheet.rules
    assert sheet.said == ["said", "Added", "https://example.invalid/a.png"]


def test_what_was_said_is_found_with_any_blanks() -> None:
    have = Said(["One  two\nthree", "four"])
    assert have.says("two three") and have.says("four") and not have.says("five")


@pytest.mark.parametrize(("name", "data"), [
    ("page.html", PAGE.format("", "<p>a" * 4000)), ("page.html", PAGE.format("", "<h1>a</h1>" * 4000)),
    ("a.eml", MAIL + "\n" + "a\n\n" * 4000), ("a.txt", "a\n\n" * 4000), ("a.md", "# A\n\n" + "a\n\n" * 4000),
    ("a.rtf", r"{\rtf1\ansi " + r"a\par " * 4000 + "}"),
    ("a.odt", open_document("text", "<text:p>a</text:p>" * 4000)),
    ("a.odp", open_document("presentation", '<draw:page><presentation:notes><draw:frame presentation:class="notes"><draw:text-box>'
                            + "<text:p>a</text:p>" * 4000 + "</draw:text-box></draw:frame></presentation:notes></draw:page>")),
])
def test_more_than_a_document_may_hold_is_counted_and_listed(monkeypatch: pytest.MonkeyPatch, name: str, data: bytes | str) -> None:
    whole = taken(name, data)
    room = Room(blocks=1000)
    monkeypatch.setattr("extractors.building.Room", lambda: room)
    document = taken(name, data)
    count = sum(len(unit.blocks) for unit in document.units)
    assert 500 <= count <= 1000 < sum(len(unit.blocks) for unit in whole.units)
    assert not whole.unread
    assert [entry.where for entry in document.unread] == ["end of the file"]
    assert f"{room.refused:,} further pieces" in document.unread[0].why and room.refused >= 3000
    assert [block.text for _, block in document.blocks()] == [block.text for _, block in whole.blocks()][:count]


def test_very_many_parts_that_cannot_be_read_are_counted_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.building.MOST_UNREAD", 50)
    attached = "".join(f'--b\nContent-Type: application/octet-stream; name="x{n}.bin"\n\n\x01\x02\x03{n}\n' for n in range(200))
    document = taken("a.eml", MAIL + f"Content-Type: multipart/mixed; boundary=b\n\n{attached}--b--\n")
    assert len(document.unread) == 51
    assert document.unread[-1].why == "150 more parts could not be read"


def test_an_element_of_very_many_attributes_costs_no_square_and_loses_no_word() -> None:
    many = " ".join(f'data-a{n}="Word {n}>"' for n in range(60_000))
    start = time.process_time()
    document = taken("page.html", PAGE.format("", f"<p {many} title='Lastword'>Shown</p><p>Afterword</p>"))
    assert time.process_time() - start < SECONDS
    text = everything(document)
    assert all(word in text for word in ("Word 0>", "Word 59999>", "Lastword", "Shown", "Afterword"))
    assert [block.text for _, block in document.blocks() if block.readable] == ["Hello there", "Shown", "Afterword"]


def test_attributes_of_xml_cost_no_square() -> None:
    many = " ".join(f'a{n}="Word {n}"' for n in range(100_000))
    start = time.process_time()
    found = attributes(parse(f'<a xmlns:w="urn:w" w:b="c" {many}/>'.encode()))
    assert time.process_time() - start < 5
    assert found[:2] == [("{urn:w}b", "c"), ("a0", "Word 0")] and len(found) == 100_001
