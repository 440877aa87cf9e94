"""The probes of Word: one document with a word in every place, and a small one as each other kind of package."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.extraction_probes import ASIDE, Planted, Planter
from benchmarks.extraction_probes_parts import A, R, letter, native, ole, packed, png, related, svg, typed, workbook
from content.document import Part

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = (f'xmlns:w="{_W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
       'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
       'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:o="urn:schemas-microsoft-com:office:office" '
       'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KIN = {"docm": "ms-word.document.macroEnabled.main+xml", "dotx": "openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "dotm": "ms-word.template.macroEnabledTemplate.main+xml"}


def files() -> Iterator[Planted]:
    """The document of all places; then small ones."""
    planter = Planter("docx", 3000)
    yield Planted("places.docx", _places(planter), tuple(planter.probes))
    for number, (suffix, kind) in enumerate((*_KIN.items(), ("strict.docx", ""))):
        own = Planter(suffix, 3500 + 10 * number)
        parts = _members(letter(own.word("body", Part.BODY)))
        if kind:
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(_MAIN, f"application/vnd.{kind}".encode())
        else:
            for name in ("_rels/.rels", "word/document.xml"):
                for word in (b"wordprocessingml", b"officeDocument"):
                    parts[name] = parts[name].replace(b"http://schemas.openxmlformats.org/" + word + b"/2006/",
                                                      b"http://purl.oclc.org/ooxml/" + word + b"/")
        yield Planted(f"kin.{suffix}", packed(parts), tuple(own.probes))


def _members(data: bytes) -> dict[str, bytes]:
    from benchmarks.extraction_probes_parts import members

    return members(data)


def _p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _part(root: str, body: str) -> bytes:
    return f"<w:{root} {_NS}>{body}</w:{root}>".encode()


def _places(planter: Planter) -> bytes:
    word = planter.word
    body = _body(planter)
    parts = _members(letter("x"))
    parts["word/document.xml"] = _part("document", f"<w:body>{body}</w:body>")
    parts["word/styles.xml"] = _part("styles", (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Own">'
        '<w:name w:val="Own"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Off"><w:name w:val="Off"/>'
        '<w:rPr><w:vanish/></w:rPr></w:style>'))
    for name, place in (("header1", "header"), ("footer1", "footer")):
        parts[f"word/{name}.xml"] = _part("hdr" if name[0] == "h" else "ftr", _p(word(place, Part.FOOTER)) + _p(
            word(f"hidden text in a {place}", Part.HIDDEN_TEXT, "hidden text"), "", "<w:vanish/>"))
    for name in ("footnote", "endnote"):
        parts[f"word/{name}s.xml"] = _part(f"{name}s", f'<w:{name} w:id="2">{_p(word(name, Part.OTHER))}</w:{name}>')
    parts["word/comments.xml"] = _part("comments", (
        f'<w:comment w:id="1" w:author="{word("author of a comment", Part.COMMENT, ASIDE)}" w:initials="{word("initials of an author", Part.PROPERTY, ASIDE)}">'
        f'{_p(word("comment", Part.COMMENT, ASIDE))}</w:comment>'))
    parts["word/people.xml"] = (f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="'
                                f'{word("person in the list of authors", Part.COMMENT, ASIDE)}"><w15:presenceInfo w15:providerId="AD" w15:userId="'
                                f'{word("account in the list of authors", Part.PROPERTY, ASIDE)}"/></w15:person></w15:people>').encode()
    parts["word/settings.xml"] = _part("settings", (
        f'<w:docVars><w:docVar w:name="n" w:val="{word("document variable", Part.PROPERTY, ASIDE)}"/></w:docVars><w:mailMerge><w:query w:val="'
        f'{word("query of a mail merge", Part.PROPERTY, ASIDE)}"/></w:mailMerge>'))
    parts["word/glossary/document.xml"] = _part("glossaryDocument", (
        f'<w:docParts><w:docPart><w:docPartPr><w:name w:val="{word("name of a building block", Part.OTHER, ASIDE)}"/></w:docPartPr>'
        f'<w:docPartBody>{_p(word("building block", Part.OTHER, ASIDE))}</w:docPartBody></w:docPart></w:docParts>'))
    parts["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{word("property: author", Part.PROPERTY, ASIDE)}</dc:creator>'
        f'<cp:lastModifiedBy>{word("property: last modified by", Part.PROPERTY, ASIDE)}</cp:lastModifiedBy></cp:coreProperties>').encode()
    parts["docProps/app.xml"] = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>'
                                 f'{word("property: company", Part.PROPERTY, ASIDE)}</Company></Properties>').encode()
    parts["customXml/item1.xml"] = f'<d xmlns="urn:x"><client>{word("custom XML", Part.PROPERTY, ASIDE)}</client></d>'.encode()
    for name, data in (("a.docx", letter(word("embedded document", Part.EMBEDDED, ASIDE))),
                       ("b.xlsx", workbook(word("embedded workbook", Part.EMBEDDED, ASIDE), word("hidden sheet", Part.EMBEDDED, ASIDE))),
                       ("oleObject1.bin", ole(native=native("n.txt", "n.txt", b"Some text " + word(
                           "file dropped in", Part.EMBEDDED, ASIDE).encode())))):
        parts[f"word/embeddings/{name}"] = data
    parts["word/media/image1.png"] = png(Author=word("text chunk of a picture", Part.PROPERTY, ASIDE))
    parts["word/media/image2.svg"] = svg(word("text of an SVG", Part.IMAGE_TEXT), word("title of an SVG", Part.IMAGE_TEXT, ASIDE))
    parts["word/vbaProject.bin"] = ole(PROJECT=b"Module=Module1")
    planter.unread("macros are listed", "vbaProject.bin")
    parts["word/charts/chart1.xml"] = (
        f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{A}"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>'
        f'{word("title of a chart", Part.CHART)}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>').encode()
    parts["word/diagrams/data1.xml"] = (
        f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="1"><dgm:t>'
        f'<a:p><a:r><a:t>{word("SmartArt", Part.SMARTART)}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>').encode()
    link, template = word("link", Part.LINK, ASIDE), word("path of the template", Part.LINK, ASIDE)
    parts["word/_rels/document.xml.rels"] = related(
        b"", ("s", "styles", "styles.xml"), ("h", "header", "header1.xml"), ("f", "footer", "footer1.xml"), ("n", "footnotes", "footnotes.xml"),
        ("e", "endnotes", "endnotes.xml"), ("c", "comments", "comments.xml"), ("t", "settings", "settings.xml"), ("i", "image", "media/image1.png"),
        ("j", "image", "media/image2.svg"), ("l", "hyperlink", f"https://{link}.example/"), ("k", "chart", "charts/chart1.xml"),
        ("d", "diagramData", "diagrams/data1.xml"), *((f"o{n}", "package", f"embeddings/{name}") for n, name in enumerate(("a.docx", "b.xlsx"))))
    parts["word/_rels/settings.xml.rels"] = related(b"", ("x", "attachedTemplate", f"file:///C:/{template}.dotx"))
    parts["_rels/.rels"] = related(parts["_rels/.rels"], ("p1", "extended-properties", "docProps/app.xml"), (
        "p2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))
    parts["[Content_Types].xml"] = typed(parts["[Content_Types].xml"], png="image/png", svg="image/svg+xml", bin="application/octet-stream",
                                         docx="application/x", xlsx="application/x")
    return packed(parts)


def _body(planter: Planter) -> str:
    def word(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return planter.word(place, part, seen)

    def box(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return f"<w:txbxContent>{_p(word(place, part, seen))}</w:txbxContent>"

    split = word("word split over runs")
    instruction = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDETEXT "C:\\\\{word("field code", Part.OTHER, ASIDE)}.docx" </w:instrText></w:r>'
    old = "shown by old programs only"
    return "".join((
        _p(word("heading", Part.TITLE), '<w:pStyle w:val="H1"/>'), _p(word("body")),
        f"<w:p><w:r><w:t>{split[:4]}</w:t></w:r><w:proofErr/><w:r><w:t>{split[4:]}</w:t></w:r></w:p>",
        _p(word("list item"), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
        f'<w:tbl><w:tr><w:tc>{_p(word("table cell", Part.TABLE))}<w:tbl><w:tr><w:tc>{_p(word("table in a table", Part.TABLE))}</w:tc></w:tr></w:tbl>'
        f'</w:tc><w:tc><w:sdt><w:sdtContent>{_p(word("content control in a cell", Part.TABLE))}</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>',
        f'<w:p><w:ins w:author="{word("author of an insertion", Part.COMMENT, ASIDE)}"><w:r><w:t>{word("tracked insertion")}</w:t></w:r></w:ins>'
        f'<w:del w:author="{word("author of a deletion", Part.COMMENT, ASIDE)}"><w:r><w:delText>{word("tracked deletion", Part.HIDDEN_TEXT, "tracked deletion")}'
        '</w:delText></w:r></w:del></w:p>',
        f'<w:p><w:moveFrom w:author="Q"><w:r><w:t>{word("moved away", Part.HIDDEN_TEXT, "tracked deletion")}</w:t></w:r></w:moveFrom></w:p>',
        _p(word("hidden text", Part.HIDDEN_TEXT, "hidden text"), "", "<w:vanish/>"),
        _p(word("hidden by its paragraph's style", Part.HIDDEN_TEXT, "hidden text"), '<w:pStyle w:val="Own"/>'),
        _p(word("hidden by its character style", Part.HIDDEN_TEXT, "hidden text"), "", '<w:rStyle w:val="Off"/>'),
        _p(word("white on white", Part.HIDDEN_TEXT, "of the colour of its background"), "", '<w:color w:val="FFFFFF"/>'),
        _p(word("black on black", Part.HIDDEN_TEXT, "of the colour of its background"), "", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
        _p(word("one point", Part.HIDDEN_TEXT, "under 4 points"), "", '<w:sz w:val="2"/>'),
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="{word("name of a shape", Part.OTHER, ASIDE)}" '
        f'descr="{word("alternative text", Part.ALT_TEXT, ASIDE)}" title="{word("title of an alternative text", Part.ALT_TEXT, ASIDE)}"/><a:graphic><a:graphicData>'
        f'<wps:wsp><wps:txbx>{box("text box")}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>'
        f'<v:shape><v:textbox>{box("text box in mc:Fallback", Part.OTHER, old)}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>',
        f'<w:p><w:r><w:pict><v:shape alt="{word("alternative text of a VML shape", Part.ALT_TEXT, ASIDE)}"><v:textbox>{box("VML text box")}</v:textbox></v:shape>'
        f'<v:shape><v:textpath string="{word("WordArt, watermark")}"/></v:shape></w:pict></w:r></w:p>',
        f'<w:p><m:oMathPara><m:oMath><m:r><m:t>{word("formula")}</m:t></m:r></m:oMath></m:oMathPara></w:p>',
        f'<w:p><w:hyperlink r:id="l" w:tooltip="{word("tip of a link", Part.LINK, ASIDE)}"><w:r><w:t>{word("text of a link")}</w:t></w:r></w:hyperlink></w:p>',
        f'<w:p>{instruction}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{word("result of a field")}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:statusText w:val="{word("help text of a form field", Part.FORM_FIELD, ASIDE)}"/><w:ddList><w:listEntry '
        f'w:val="{word("choice of a form field", Part.FORM_FIELD, ASIDE)}"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>',
        f'<w:sdt><w:sdtPr><w:alias w:val="{word("title of a content control", Part.FORM_FIELD, ASIDE)}"/><w:tag w:val="{word("tag of a content control", Part.FORM_FIELD, ASIDE)}"/>'
        f'<w:dropDownList><w:listItem w:displayText="{word("choice of a content control", Part.FORM_FIELD, ASIDE)}" w:value="v"/></w:dropDownList></w:sdtPr><w:sdtContent>'
        f'{_p(word("content control"))}</w:sdtContent></w:sdt>',
        f'<w:p><w:bookmarkStart w:id="1" w:name="{word("name of a bookmark", Part.OTHER, ASIDE)}"/><w:r><w:ruby><w:rt><w:r><w:t>{word("ruby text")}</w:t></w:r></w:rt><w:rubyBase>'
        f'<w:r><w:t>{word("ruby base")}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>',
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="k"/>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds '
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
        f'<!-- {word("XML comment", Part.HIDDEN_TEXT, ASIDE)} -->'))
