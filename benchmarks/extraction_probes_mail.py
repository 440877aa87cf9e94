"""The probes of mail: headers, both forms of the text, attachments that hold others."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from benchmarks.extraction_probes import ASIDE, Planted, Planter
from benchmarks.extraction_probes_parts import jpeg, letter, packed, workbook
from content.document import Part


def files() -> Iterator[Planted]:
    """One message with everything, and one of HTML alone in an old encoding."""
    yield _full()
    yield _page_only()


def _full() -> Planted:
    planter = Planter("eml", 6000)

    def prop(place: str) -> str:
        return planter.word(place, Part.PROPERTY, ASIDE, 0)

    def attached(place: str) -> str:
        return planter.word(place, Part.ATTACHMENT, ASIDE, 1)

    message = EmailMessage()
    message["Subject"] = f"Über {planter.word('subject', Part.TITLE, unit=1)}"
    message["From"] = f"{prop('from: name')} <{prop('from: address')}@mail.example>"
    message["To"] = f"{prop('to')} <a@mail.example>"
    message["Cc"] = f"{prop('cc')}@mail.example"
    message["Bcc"] = f"{prop('bcc')}@mail.example"
    message["Reply-To"] = f"{prop('reply-to')}@mail.example"
    message["Received"] = f"from {prop('received')}.example by x.example"
    message["X-Project"] = prop("header of its own")
    message.set_content(f"Dear all,\n\n{planter.word('plain text', Part.BODY, unit=1)} is here.\n\n> {planter.word('quotation', Part.OTHER)}\n")
    message.add_alternative(f"<html><body><p>{planter.word('HTML that the plain text does not say', Part.OTHER, ASIDE)}</p>"
                            f"<p style='display:none'>{planter.word('hidden HTML', Part.HIDDEN_TEXT, ASIDE)}</p>"
                            f"<a href='https://{planter.word('link in the HTML', Part.LINK, ASIDE)}.example/'>x</a></body></html>", subtype="html")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = attached("subject of an attached message"), "b@mail.example"
    inner.set_content(attached("text of an attached message"))
    inner.add_attachment(letter(attached("document attached to an attached message")), maintype="application", subtype="octet-stream",
                         filename="c.bin")
    for data, name in ((letter(attached("attached document")), f"{attached('file name of an attachment')}.docx"),
                       (workbook(attached("attached workbook"), attached("hidden sheet of an attached workbook")), "b.xlsx"),
                       (f"Plain words: {attached('attached text')}\n".encode(), "notes.txt"),
                       (packed({"in/a.txt": f"Some words: {attached('text in an attached zip')} and more".encode()}), "b.zip"),
                       (jpeg(attached("artist of an attached photo"), attached("comment of an attached photo"),
                             attached("creator of an attached photo")), "photo.jpg")):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(inner)
    message.add_attachment(b"\1\2\3\4" * 20, maintype="application", subtype="x-odd", filename="odd.qqq")
    planter.unread("attachment of an unknown kind is listed", "odd.qqq")
    message.preamble = planter.word("text before the parts", Part.HIDDEN_TEXT, ASIDE)
    message.epilogue = planter.word("text after the parts", Part.HIDDEN_TEXT, ASIDE)
    return Planted("places.eml", message.as_bytes(), tuple(planter.probes))


def _page_only() -> Planted:
    planter = Planter("eml, HTML only", 6100)
    text = f"<p>Één {planter.word('text', Part.BODY, unit=1)} hier</p><p style='display:none'>{planter.word('hidden', Part.HIDDEN_TEXT, ASIDE)}</p>"
    head = (f"From: a@mail.example\r\nSubject: =?iso-8859-1?Q?=C9=E9n_{planter.word('encoded subject', Part.TITLE)}?=\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
    return Planted("page.eml", head.encode("ascii") + text.encode("iso-8859-1"), tuple(planter.probes))
