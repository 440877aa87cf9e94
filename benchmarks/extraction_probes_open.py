"""The probes of OpenDocument: a presentation, a text, and a flat file."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.extraction_probes import ASIDE, HIDDEN_SLIDE, Planted, Planter
from benchmarks.extraction_probes_parts import jpeg, letter, packed, png
from content.document import Part

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NS = " ".join((*(f'xmlns:{short}="{_URN}:{name}:1.0"' for short, name in (
    ("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"), ("table", "table"), ("presentation", "presentation"),
    ("meta", "meta"), ("form", "form"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("chart", "chart"), ("config", "config"))),
    'xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:math="http://www.w3.org/1998/Math/MathML"'))
_STYLES = """<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
<style:style style:name="BW" style:family="text"><style:text-properties fo:color="#000000" fo:background-color="#000000"/></style:style>
<style:style style:name="Big" style:family="paragraph"><style:text-properties fo:font-size="40pt"/></style:style>
<style:style style:name="F" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#00ff00"/></style:style>
<style:style style:name="dpH" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>"""


def files() -> Iterator[Planted]:
    """Presentation, text, flat text."""
    yield _deck()
    yield _text("odt", 4200, flat=False)
    yield _text("fodt", 4400, flat=True)


def _styles(planter: Planter, body: str = "") -> str:
    return (f'<office:styles/><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="25.4cm" '
            f'fo:page-height="19.05cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="M" '
            f'style:page-layout-name="L">{body}</style:master-page></office:master-styles>')


def _meta(planter: Planter) -> str:
    def word(place: str) -> str:
        return planter.word(place, Part.PROPERTY, ASIDE, 0)

    plain = "".join(f"<{tag}>{word(f'property: {tag}')}</{tag}>" for tag in ("dc:title", "dc:subject", "dc:description", "dc:creator",
                                                                            "meta:initial-creator", "meta:printed-by", "meta:keyword"))
    return (f'<office:meta>{plain}<meta:user-defined meta:name="{word("name of a custom property")}">{word("custom property")}</meta:user-defined>'
            f'<meta:template xlink:title="{word("name of the template")}"/></office:meta>')


def _package(kind: str, content: str, styles: str, meta: str, **more: bytes) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
                   "META-INF/manifest.xml": b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
                   "content.xml": f"<office:document-content {_NS}>{content}</office:document-content>".encode(),
                   "styles.xml": f"<office:document-styles {_NS}>{styles}</office:document-styles>".encode(),
                   "meta.xml": f"<office:document-meta {_NS}>{meta}</office:document-meta>".encode(), **more})


def _frame(text: str, x: float, y: float, more: str = "", span: str = "", style: str = "", after: str = "") -> str:
    body = f'<text:span text:style-name="{span}">{text}</text:span>' if span else text
    return (f'<draw:frame svg:x="{x}cm" svg:y="{y}cm" svg:width="6cm" svg:height="1cm" {more}><draw:text-box><text:p text:style-name="{style}">{body}'
            f'</text:p></draw:text-box>{after}</draw:frame>')


def _deck() -> Planted:
    planter = Planter("odp", 4000)

    def word(place: str, part: Part = Part.BODY, seen: str = "shown", unit: int | None = 1) -> str:
        return planter.word(place, part, seen, unit)

    def hidden(place: str, why: str) -> str:
        return word(place, Part.HIDDEN_TEXT, why)

    split = word("word split by a span")
    first = "".join((
        _frame(word("title", Part.TITLE), 1, 1, 'presentation:class="title"'),
        _frame(f"{split[:4]}<text:span>{split[4:]}</text:span>", 1, 3, after=f"<svg:title>{word('title of an alternative text', Part.ALT_TEXT, ASIDE)}</svg:title>"
               f"<svg:desc>{word('alternative text', Part.ALT_TEXT, ASIDE)}</svg:desc>"),
        _frame(word("text box"), 1, 4.2, f'draw:name="{word("name of a shape", Part.OTHER, ASIDE)}"'),
        f'<draw:frame svg:x="8cm" svg:y="3cm" svg:width="6cm" svg:height="2cm"><draw:text-box><text:list><text:list-item><text:p>{word("list item")}</text:p></text:list-item>'
        '</text:list></draw:text-box></draw:frame>',
        f'<draw:g><draw:g><draw:custom-shape svg:x="1cm" svg:y="6cm" svg:width="4cm" svg:height="1cm"><text:p>{word("shape in nested groups")}</text:p></draw:custom-shape></draw:g></draw:g>',
        _frame(hidden("hidden text", "hidden text"), 1, 7.5, span="H"), _frame(hidden("white on white", "of the colour of its background"), 1, 9, span="W"),
        _frame(hidden("one point", "under 4 points"), 1, 10.5, span="S"), _frame(hidden("shape beside the slide", "beside the slide"), -20, 1),
        _frame(hidden("shape switched off", "switched off"), 8, 6, 'draw:display="none"'),
        _frame(hidden("under a filled box", "covered by another shape"), 8, 8),
        '<draw:rect draw:style-name="F" svg:x="7.9cm" svg:y="7.9cm" svg:width="6.2cm" svg:height="1.2cm"/>',
        f'<draw:frame svg:x="15cm" svg:y="3cm" svg:width="6cm" svg:height="2cm"><table:table><table:table-row><table:table-cell><text:p>{word("table cell", Part.TABLE)}</text:p>'
        f'</table:table-cell><table:covered-table-cell><text:p>{hidden("cell under a merged one", "a cell that another one covers")}</text:p></table:covered-table-cell>'
        '</table:table-row></table:table></draw:frame>',
        _frame(f'<text:a xlink:href="https://{word("link", Part.LINK, ASIDE)}.example/">{word("text of a link")}</text:a>', 15, 6),
        f'<draw:a xlink:href="https://{word("link of a shape", Part.LINK, ASIDE)}.example/">{_frame(word("shape in a link"), 15, 8)}</draw:a>',
        _frame(word("footer", Part.FOOTER), 1, 17, 'presentation:class="footer"'),
        '<draw:frame svg:x="15cm" svg:y="10cm" svg:width="2cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.jpg"/></draw:frame>',
        '<draw:frame svg:x="18cm" svg:y="10cm" svg:width="2cm" svg:height="2cm"><draw:object xlink:href="./Object 1"/></draw:frame>',
        '<draw:frame svg:x="18cm" svg:y="13cm" svg:width="2cm" svg:height="2cm"><draw:object xlink:href="./Object 2"/></draw:frame>',
        '<draw:frame svg:x="18cm" svg:y="15cm" svg:width="2cm" svg:height="1cm"><draw:object-ole xlink:href="./Object 3"/></draw:frame>',
        f'<draw:frame svg:x="1cm" svg:y="15cm" svg:width="2cm" svg:height="1cm"><draw:image xlink:href="file:///C:/{word("path of a linked picture", Part.LINK, ASIDE)}.png"/></draw:frame>',
        f'<office:annotation><dc:creator>{word("author of a comment", Part.COMMENT, ASIDE)}</dc:creator><text:p>{word("comment", Part.COMMENT, ASIDE)}</text:p></office:annotation>',
        f'<presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>{word("notes", Part.NOTES)}</text:p></draw:text-box></draw:frame>'
        f'<draw:frame><draw:text-box><text:p>{word("text box on the notes page", Part.OTHER, ASIDE)}</text:p></draw:text-box></draw:frame></presentation:notes>'))
    second = (_frame(word("title of a hidden slide", Part.TITLE, HIDDEN_SLIDE, 2), 1, 1, 'presentation:class="title"')
              + f'<presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>{word("notes of a hidden slide", Part.NOTES, HIDDEN_SLIDE, 2)}</text:p></draw:text-box></draw:frame></presentation:notes>')
    third = _frame(word("title without a title frame", Part.TITLE, unit=3), 1, 1, style="Big") + _frame("Smaller words under it", 1, 5)
    name = word("name of a slide", Part.PROPERTY, ASIDE)
    body = (f'<office:automatic-styles>{_STYLES}</office:automatic-styles><office:body><office:presentation><draw:page draw:name="{name}" draw:master-page-name="M">{first}</draw:page>'
            f'<draw:page draw:style-name="dpH" draw:master-page-name="M">{second}</draw:page><draw:page draw:master-page-name="M">{third}</draw:page></office:presentation></office:body>')
    master = f'<draw:frame svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>{word("text on the master", Part.MASTER, unit=0)}</text:p></draw:text-box></draw:frame>'
    chart = (f'<office:document-content {_NS}><office:body><office:chart><chart:chart><chart:title><text:p>{word("chart: title", Part.CHART)}</text:p></chart:title><table:table><table:table-row>'
             f'<table:table-cell/><table:table-cell><text:p>{word("chart: series", Part.CHART)}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>{word("chart: category", Part.CHART)}</text:p>'
             '</table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>')
    sheet = (f'<office:document-content {_NS}><office:body><office:spreadsheet><table:table table:name="Sheet1"><table:table-row><table:table-cell><text:p>{word("embedded sheet", Part.EMBEDDED, ASIDE)}</text:p>'
             '</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>')
    photo = jpeg(word("photo: artist in EXIF", Part.PROPERTY, ASIDE), word("photo: Windows comment in EXIF", Part.PROPERTY, ASIDE), word("photo: creator in XMP", Part.PROPERTY, ASIDE))
    more = {"Pictures/a.jpg": photo, "Object 1/content.xml": chart.encode(), "Object 2/content.xml": sheet.encode(),
            "Object 3": letter(word("embedded document", Part.EMBEDDED, ASIDE)), "Basic/Standard/Module1.xml": b"<module/>", "odd/part.qqq": b"\7\1\2\3" * 20,
            "settings.xml": f'<office:document-settings {_NS}><config:config-item config:name="PrinterName">{word("name of the printer", Part.PROPERTY, ASIDE, 0)}</config:config-item></office:document-settings>'.encode()}
    planter.unread("macros are listed", "Basic/Standard/Module1.xml")
    planter.unread("a part of an unknown kind is listed", "odd/part.qqq")
    data = _package("presentation", body, _styles(planter, master), _meta(planter), **more)
    return Planted("places.odp", data, tuple(planter.probes))


def _text(kind: str, start: int, *, flat: bool) -> Planted:
    planter = Planter(kind, start)

    def word(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return planter.word(place, part, seen)

    def hidden(place: str, why: str) -> str:
        return word(place, Part.HIDDEN_TEXT, why)

    body = "".join((
        f'<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>{word("author of a tracked change", Part.COMMENT, ASIDE)}</dc:creator></office:change-info>'
        f'<text:p>{hidden("tracked deletion", "tracked deletion")}</text:p></text:deletion></text:changed-region></text:tracked-changes>',
        f'<text:user-field-decls><text:user-field-decl office:string-value="{word("field of the document", Part.PROPERTY, ASIDE)}" text:name="f"/></text:user-field-decls>',
        f'<text:h text:outline-level="1">{word("heading", Part.TITLE)}</text:h><text:p>{word("body")}</text:p>',
        f'<text:list><text:list-item><text:p>{word("list item")}</text:p></text:list-item></text:list>',
        f'<table:table><table:table-row><table:table-cell><text:p>{word("table cell", Part.TABLE)}</text:p></table:table-cell></table:table-row></table:table>',
        *(f'<text:p><text:span text:style-name="{style}">{hidden(place, why)}</text:span></text:p>' for style, place, why in (
            ("H", "hidden text", "hidden text"), ("S", "one point", "under 4 points"), ("BW", "black on black", "of the colour of its background"),
            ("W", "white on white", "of the colour of its background"))),
        f'<text:section text:display="none" text:name="x"><text:p>{hidden("hidden section", "hidden text")}</text:p></text:section>',
        f'<text:p>See <text:hidden-text text:string-value="{hidden("hidden field", "hidden text")}"/> x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f'<text:p>{word("footnote", Part.OTHER)}</text:p></text:note-body></text:note></text:p>',
        f'<text:p>More<office:annotation><dc:creator>{word("author of a comment", Part.COMMENT, ASIDE)}</dc:creator><text:p>{word("comment", Part.COMMENT, ASIDE)}</text:p></office:annotation></text:p>',
        f'<text:p><draw:frame draw:name="{word("name of a shape", Part.OTHER, ASIDE)}"><draw:text-box><text:p>{word("text box")}</text:p></draw:text-box><svg:desc>{word("alternative text", Part.ALT_TEXT, ASIDE)}</svg:desc></draw:frame></text:p>',
        f'<text:p><text:a xlink:href="https://{word("link", Part.LINK, ASIDE)}.example/">{word("text of a link")}</text:a></text:p>',
        f'<text:p><text:placeholder text:description="{word("description of a placeholder", Part.OTHER, ASIDE)}">{word("placeholder")}</text:placeholder></text:p>'))
    content = f"<office:automatic-styles>{_STYLES}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    styles = _styles(planter, f'<style:header><text:p>{word("header", Part.FOOTER)}</text:p></style:header><style:footer><text:p>{word("footer", Part.FOOTER)}</text:p></style:footer>')
    meta = _meta(planter)
    if flat:
        data = f'<?xml version="1.0"?><office:document {_NS} office:mimetype="application/vnd.oasis.opendocument.text">{meta}{styles}{content}</office:document>'.encode()
        return Planted("places.fodt", data, tuple(planter.probes))
    picture = png(Author=word("text chunk of a picture", Part.PROPERTY, ASIDE))
    return Planted("places.odt", _package("text", content, styles, meta, **{"Pictures/b.png": picture}), tuple(planter.probes))
