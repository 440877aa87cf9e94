"""Plain text in any common encoding: paragraphs are blocks; a short line with a blank line around it opens a section."""

from __future__ import annotations

import re

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.encoding import decode

MEDIA_TYPE = "text/plain"
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
_UNDERLINE = re.compile(r"\s*([=\-~^*_])\1{3,}\s*")
#: Characters that text does not hold: controls, and what could not be decoded.
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")


class PlainText:
    """The extractor of plain text; the last resort, so it is never very sure."""

    name = "text"
    media_types: tuple[str, ...] = (MEDIA_TYPE,)
    suffixes: tuple[str, ...] = (".txt",)

    def sniff(self, file: InputFile) -> int:
        """A little sure of anything that decodes to mostly letters, blanks and marks."""
        return 20 if looks_like_text(file.head) else 0

    def extract(self, file: InputFile) -> Document:
        """Read text. Raises UnreadableFile when there is no word in it."""
        draft = DocumentDraft(file, MEDIA_TYPE)
        text, sure = decode(file.data)
        if not any(char.isalnum() for char in text):
            raise UnreadableFile(file.name, "holds no text", "Check that it is the right file")
        if not sure:
            draft.not_read("encoding", "the encoding is not plain; some letters may be wrong")
        unit: UnitDraft | None = None
        for chunk in re.split(r"\n[ \t]*\n", text.replace("\f", "\n\n")):
            lines = [line.strip() for line in chunk.split("\n") if line.strip() and not _UNDERLINE.fullmatch(line)]
            underlined = any(_UNDERLINE.fullmatch(line) for line in chunk.split("\n")[1:2])
            if not lines:
                continue
            if underlined or (len(lines) == 1 and _is_heading(lines[0])):
                unit = draft.new_unit("section")
                unit.title = lines.pop(0)
                unit.add(Part.TITLE, unit.title)
            if lines:
                unit = unit or draft.new_unit("section")
                _paragraph(unit, lines)
        return draft.build()


EXTRACTOR = PlainText()


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes decode to text: no NUL, hardly any control characters."""
    if not head.strip() or head.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        return False
    if b"\0" in head[:4096] and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in head[:2]:
        return False
    text, _ = decode(head, cut=True)
    odd = len(_ODD.findall(text))
    return odd <= 0.005 * len(text) and any(char.isalpha() for char in text)


def _is_heading(line: str) -> bool:
    return len(line.split()) <= 10 and line[-1] not in ".,;:!?…\"”" and line[:1].isalnum() and not line[:1].islower()


def _paragraph(unit: UnitDraft, lines: list[str]) -> None:
    """A paragraph's hard line breaks become blanks; items of a list stay apart."""
    items: list[tuple[str, int]] = []
    for line in lines:
        if _BULLET.match(line):
            items.append((_BULLET.sub("", line), 1))
        elif items:
            items[-1] = (f"{items[-1][0]} {line}", items[-1][1])
        else:
            items.append((line, 0))
    shape = f"s{unit.number}.paragraph{len(unit.blocks) + 1}"
    for text, level in items:
        unit.add(Part.BODY, text, level=level, shape=shape)
