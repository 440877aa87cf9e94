"""Mail (.eml): headers, the text that a reader sees, what another reader would see instead, and every attachment by content.

Parsed with the standard library's email package; nothing is fetched, and a link is only noted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from content.document import Document, Part
from content.errors import DeckprismError, UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.encoding import decode
from extractors.mail_headers import BROKEN, Headers, policy
from extractors.strings import Said

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

MEDIA_TYPE = "message/rfc822"
_HEADER = re.compile(rb"(?im)^(from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|reply-to|"
                     rb"content-type|x-[a-z-]+):[ \t]?\S")
_FIRST = re.compile(rb"\s*(?:From \S+ .*\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
_NAMES = {"from": "author", "to": "to", "cc": "cc", "bcc": "bcc", "reply-to": "reply_to", "subject": "title", "date": "date",
          "organization": "company", "x-mailer": "program", "user-agent": "program", "sender": "sender"}
_SILENT = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-language",
                     "dkim-signature", "arc-seal", "arc-message-signature", "x-ms-has-attach", "thread-index", "date",
                     "authentication-results", "arc-authentication-results", "importance", "x-priority", "content-id"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
#: Encodings of Python that are none of mail: slow, or for parts of addresses.
_NO_CHARSETS = frozenset({"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"})
_MOST_PARTS = 500
_MOST_LINES = 50_000
_QUOTED = re.compile(r"^(?:>|-{3,}\s*(?:original|forwarded))", re.IGNORECASE)


class Mail:
    """The extractor of mail messages."""

    name = "mail"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".eml",)

    def sniff(self, file: InputFile) -> int:
        """Sure when the text starts with headers and two of them are those of mail."""
        if not _FIRST.match(file.head):
            return 0
        head = re.split(rb"\r?\n\r?\n", file.head.lstrip(), maxsplit=1)[0]
        found = {name.lower() for name in _HEADER.findall(head)}
        lines = head.splitlines()
        plain = all(line[:1] in b" \t" or re.match(rb"[!-9;-~]+:|From ", line) for line in lines if line)
        return 95 if plain and len(found) >= 2 and found & {b"from", b"subject", b"received", b"mime-version"} else 0

    def extract(self, file: InputFile) -> Document:
        """Read a message. Raises UnreadableFile when there is nothing in it."""
        import email

        if file.data.count(b"\n--") > _MOST_LINES:  # each may begin a part, which takes the parser a while
            raise UnreadableFile(file.name, f"holds more than {_MOST_LINES} parts",
                                 "Save what matters of it as a file of its own")
        draft = DocumentDraft(file, MEDIA_TYPE)
        message = email.message_from_bytes(file.data, policy=policy())
        _headers(draft, message)
        unit = draft.new_unit("section")
        unit.title = draft.properties.get("title", "")
        unit.add(Part.TITLE, unit.title)
        _Reader(draft, unit).read(message)
        if len(unit.blocks) == 0 and not draft.properties:
            raise UnreadableFile(file.name, "holds no message", "Check that it is the right file")
        return draft.build()


EXTRACTOR = Mail()


def _headers(draft: DocumentDraft, message: EmailMessage) -> None:
    """Who wrote to whom, and by which machines it went."""
    headers = Headers()
    for name, raw in message.raw_items():
        low, value = name.lower(), headers.read(name, str(raw))
        if low in _NAMES and _NAMES[low] not in draft.properties:
            draft.set_property(_NAMES[low], value, scan=low != "date")
        elif low not in _SILENT:
            draft.whole.add_once(Part.PROPERTY, value, where=f"header {name}")


class _Reader:
    """Goes through the parts of one message."""

    def __init__(self, draft: DocumentDraft, unit: UnitDraft) -> None:
        self.draft, self.unit, self.count = draft, unit, 0
        self.headers = Headers()

    def read(self, message: EmailMessage) -> None:
        body = message.get_body(("plain", "html")) if not message.is_attachment() else None
        for part in _parts(message):
            self.count += 1
            if self.count > _MOST_PARTS:
                self.draft.not_read("message", f"more than {_MOST_PARTS} parts; the rest were not read")
                return
            if part is not message:
                self._heads(part)
            if part.get_content_type() == "message/rfc822":
                self._inner(part)
                continue
            if part.is_multipart():
                for text in (part.preamble, part.epilogue):
                    if text and not text.strip().lower().startswith("this is a multi"):
                        self.draft.whole.add_once(Part.HIDDEN_TEXT, text, where="text beside the parts of the message")
                continue
            self._part(part, shown=part is body)

    def _heads(self, part: MIMEPart) -> None:
        """Headers of a part, such as those of a report on delivery, which is nothing else."""
        for name, raw in part.raw_items():
            if not name.lower().startswith("content-") and name.lower() not in _SILENT:
                self.draft.whole.add_once(Part.PROPERTY, self.headers.read(name, str(raw)), where=f"header {name} of a part")

    def _inner(self, part: MIMEPart) -> None:
        """A message in the message: read like any other attached file."""
        from extractors.embedded import read_embedded

        held = part.get_payload()
        try:
            data = held[0].as_bytes() if isinstance(held, list) and held and not isinstance(held[0], str) else b""
        except BROKEN:
            data = b""
        where = _file_name(part) or f"message {self.count}"
        if data:
            read_embedded(self.draft, self.unit, where, data, "message.eml", Part.ATTACHMENT)
        else:
            self.draft.not_read(where, "a message in the message that is damaged", self.unit.number)

    def _part(self, part: MIMEPart, *, shown: bool) -> None:
        kind, name = part.get_content_type(), _file_name(part)
        data = _bytes(part)
        if kind.startswith("multipart/") and data:  # says that it has parts, and has none
            self._paragraphs(_text(part, data), shown=True)
        elif kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            text = _text(part, data)
            if kind == "text/html":
                self._page(text, shown=shown)
            else:
                self._paragraphs(text, shown=shown)
        elif not data:
            self.draft.whole.add_once(Part.ATTACHMENT, name, where="name of an attachment")
        elif kind == "application/pgp-encrypted" or "pkcs7-mime" in kind:
            self.draft.not_read(name or kind, "an encrypted part of the message", self.unit.number)
        elif kind in _SIGNATURES:
            return
        else:
            from extractors.embedded import read_embedded

            where = name or f"attachment {self.count}"
            self.unit.add_once(Part.ATTACHMENT, name, where="name of an attachment")
            self.unit.add_once(Part.ATTACHMENT, str(part.get("content-description", "")), where=f"{where}, description")
            read_embedded(self.draft, self.unit, where, data, name, Part.ATTACHMENT)

    def _paragraphs(self, text: str, *, shown: bool) -> None:
        have = Said(block.text for block in self.unit.blocks)
        for number, chunk in enumerate(re.split(r"\n[ \t]*\n", text)):
            lines = [line.strip() for line in chunk.split("\n") if line.strip()]
            quoted = bool(lines) and all(_QUOTED.match(line) for line in lines)
            if shown:
                self.unit.add(Part.OTHER if quoted else Part.BODY, "\n".join(lines), visible=True,
                              where="quoted text" if quoted else "", shape=f"s{self.unit.number}.paragraph{number + 1}")
            elif not have.says("\n".join(lines)):
                self.unit.add_once(Part.OTHER, "\n".join(lines), where="another form of the text")

    def _page(self, text: str, *, shown: bool) -> None:
        """HTML: shown where there is no plain text; else only what the plain text does not say."""
        from extractors.html import EXTRACTOR as HTML

        try:
            document = HTML.extract(InputFile("message.html", text.encode("utf-8"), self.draft.file.depth))
        except DeckprismError as error:
            if error.what != "holds no text":
                self.draft.not_read("page in the message", f"it {error.what}", self.unit.number)
            return
        have = Said(block.text for block in self.unit.blocks)
        for inner, block in document.blocks():
            if block.where == "file name":
                continue
            if shown and block.readable:
                part = Part.BODY if block.part is Part.TITLE else block.part
                self.unit.add(part, block.text, level=block.level, row=block.row, column=block.column,
                              shape=f"{inner.number}.{block.shape}")
            elif not block.readable or not have.says(block.text):
                self.unit.add_once(Part.OTHER if block.readable else block.part, block.text,
                                   where=block.where or "another form of the text")
        for entry in document.unread:
            self.draft.not_read(entry.where, entry.why, self.unit.number)


def _parts(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts in order; a message inside the message is one part, and not opened here."""
    yield message
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.iter_parts():
            yield from _parts(part)


def _file_name(part: MIMEPart) -> str:
    try:
        return part.get_filename() or ""
    except BROKEN:
        return ""


def _bytes(part: MIMEPart) -> bytes:
    """The content of a part; as it stands in the file where it is not packed as it says."""
    payload, plain = part.get_payload(decode=True), None
    with suppress(*BROKEN):  # a charset that is none
        plain = part.get_payload()
    broken = any(type(defect).__name__.startswith("InvalidBase64") for defect in part.defects)
    if (not payload or broken) and isinstance(plain, str) and plain.strip():
        return plain.encode("utf-8", "replace")
    return payload if isinstance(payload, bytes) else b""


def _text(part: MIMEPart, data: bytes) -> str:
    try:
        charset = part.get_content_charset("")
        if charset and codecs.lookup(charset).name not in _NO_CHARSETS:
            return data.decode(charset, "replace").replace("\r\n", "\n")
    except BROKEN:
        pass
    return decode(data)[0]
