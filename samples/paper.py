"""Sets samples/source/paper.text in two columns as a PDF, written object by object.

Only the fonts that every reader of PDF has are used, nothing is compressed, and no date is taken from a clock, so the
bytes are always the same. It must not become a general typesetter: it knows the few marks of that one text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from samples.deck import SOURCE, Planted

PAGE = (482.0, 680.0)
_MARGIN, _GAP, _TOP, _BOTTOM = 48.0, 20.0, 52.0, 54.0
_COLUMN = (PAGE[0] - 2 * _MARGIN - _GAP) / 2
_SIZE, _LEADING = 11.8, 16.4
_FONTS = {"R": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic", "H": "Helvetica"}
_RUNNING = "Asked in the open"
_NOTE = "Elvanger Shipping Lines asked to be left out of the tables. Please check with Colin Prewett before this goes out."
#: What was put into the paper on purpose.
PLANTED: tuple[Planted, ...] = (
    {"category": "customer", "text": "Eidsbotn Power Grid", "slide": 3, "place": "body", "severity_at_least": "high", "withhold": True},
    {"category": "figures", "text": "operating margin rose to 11.4 per cent", "slide": 10, "place": "body", "severity_at_least": "medium", "withhold": True},
    {"category": "customer", "text": "Elvanger Shipping Lines", "slide": 5, "place": "annotation", "severity_at_least": "high", "withhold": True},
    {"category": "person", "text": "Colin Prewett", "slide": 5, "place": "annotation", "severity_at_least": "low", "withhold": True},
)


@dataclass
class _Page:
    """The drawing commands and annotations of one page."""

    commands: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)


class _Setter:
    """Puts lines into columns, left before right, page after page."""

    def __init__(self, widths: dict[str, dict[str, int]]) -> None:
        self.widths = widths
        self.pages: list[_Page] = []
        self.column, self.top, self.y = 1, 0.0, 0.0
        self.turn_page()

    def turn_page(self) -> None:
        """Begin a page with its running title and number."""
        self.pages.append(_Page())
        number = len(self.pages)
        self.column, self.top = 0, PAGE[1] - _TOP
        self.y = self.top
        if number > 1:
            self.text("I", 9, _MARGIN, PAGE[1] - 34, _RUNNING)
        self.text("R", 9, PAGE[0] / 2 - 4, 28, str(number))

    @property
    def x(self) -> float:
        """The left edge of the current column."""
        return _MARGIN + self.column * (_COLUMN + _GAP)

    def need(self, height: float) -> None:
        """Go to the next column when less than `height` is left in this one."""
        if self.y - height >= _BOTTOM:
            return
        if self.column == 0:
            self.column, self.y = 1, self.top
        else:
            self.turn_page()

    def text(self, font: str, size: float, x: float, y: float, words: str) -> None:
        """Draw a line of text at a place."""
        safe = words.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.pages[-1].commands.append(f"BT /{font} {size:g} Tf {x:.2f} {y:.2f} Td ({safe}) Tj ET")

    def width(self, font: str, size: float, words: str) -> float:
        """Width of a line in points."""
        table = self.widths[_FONTS[font]]
        return sum(table[char] for char in words) * size / 1000

    def wrap(self, font: str, size: float, words: str, room: float) -> list[str]:
        """Break words into lines that fit."""
        lines: list[str] = []
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and self.width(font, size, longer) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def paragraph(self, words: str, *, font: str = "R", size: float = _SIZE, leading: float = _LEADING, indent: float = 0.0) -> None:
        """Set a paragraph and remember a link in it."""
        for number, line in enumerate(self.wrap(font, size, words, _COLUMN - indent)):
            self.need(leading)
            self.y -= leading
            self.text(font, size, self.x + (indent if number else 0), self.y, line)
            start = line.find("https://")
            if start >= 0:
                url = line[start:].split()[0]
                left = self.x + self.width(font, size, line[:start])
                self.pages[-1].annotations.append(
                    f"<< /Type /Annot /Subtype /Link /Rect [{left:.1f} {self.y - 3:.1f} {left + self.width(font, size, url):.1f} {self.y + 9:.1f}] "
                    f"/Border [0 0 0] /A << /Type /Action /S /URI /URI ({url}) >> >>")
        self.y -= 5

    def heading(self, words: str, level: int) -> None:
        """Set a heading that never stands alone at the foot of a column."""
        size = 12.5 if level == 2 else 11.2
        self.need(4 * _LEADING)
        self.y -= 7 if self.y < self.top else 0
        for line in self.wrap("B", size, words, _COLUMN):
            self.y -= size + 3
            self.text("B", size, self.x, self.y, line)
        self.y -= 4

    def table(self, caption: str, rows: list[list[str]]) -> None:
        """Set a table with rules above, below and under its head."""
        size, leading, columns = 9.3, 12.0, len(rows[0])
        shares = (0.4, 0.2, 0.2, 0.2) if columns == 4 else (0.42, 0.2, 0.38)
        rooms = [share * _COLUMN - 4 for share in shares]
        cells = [[self.wrap("R", size, cell, room) for cell, room in zip(row, rooms, strict=True)] for row in rows]
        heights = [max(len(cell) for cell in row) * leading + 4 for row in cells]
        self.need(sum(heights) + 42)
        self.paragraph(caption, font="I", size=9.6, leading=12)
        self._rule()
        for r, row in enumerate(cells):
            x = self.x
            for cell, share in zip(row, shares, strict=True):
                for n, line in enumerate(cell):
                    self.text("B" if r == 0 else "R", size, x, self.y - leading * (n + 1) + 1, line)
                x += share * _COLUMN
            self.y -= heights[r]
            if r in (0, len(cells) - 1):
                self._rule()
        self.y -= 8

    def figure(self, caption: str, bars: list[tuple[str, int]]) -> None:
        """Draw bars with their names and values beside them."""
        self.need(len(bars) * 22 + 60)
        self.y -= 6
        longest = max(value for _, value in bars)
        for label, value in bars:
            self.y -= 22
            self.text("H", 8.5, self.x, self.y + 5, label)
            long = value / longest * (_COLUMN - 90)
            self.pages[-1].commands.append(f"0.12 0.31 0.37 rg {self.x + 58:.2f} {self.y:.2f} {long:.2f} 14 re f 0 g")
            self.text("H", 8.5, self.x + 63 + long, self.y + 4, f"{value}")
        self.y -= 6
        self.paragraph(caption + ", in a hundred", font="I", size=9.6, leading=12)

    def _rule(self) -> None:
        self.pages[-1].commands.append(f"0.6 w {self.x:.2f} {self.y:.2f} m {self.x + _COLUMN:.2f} {self.y:.2f} l S")


def make_paper() -> bytes:
    """The bytes of samples/paper.pdf. Raises ValueError when the text no longer fills twelve pages."""
    setter = _Setter(json.loads((SOURCE / "widths.json").read_text(encoding="utf-8")))
    title = _set(setter, (SOURCE / "paper.text").read_text(encoding="utf-8"))
    if len(setter.pages) != 12:
        raise ValueError(f"the paper has {len(setter.pages)} pages and should have 12")
    setter.pages[4].annotations.append(
        f"<< /Type /Annot /Subtype /Text /Rect [440 600 460 620] /Name /Comment /T (Wilma Torvik) /Contents ({_NOTE}) >>")
    return _write(setter.pages, title)


def _set(setter: _Setter, source: str) -> str:
    title = ""
    for block in source.split("\n\n"):
        first, _, rest = block.strip().partition("\n")
        kind, _, value = first.partition(": ")
        rows = [[cell.strip() for cell in line.split("|")] for line in rest.splitlines()]
        if first.startswith("# "):
            title = first[2:]
            _head(setter, title, rest)
        elif first.startswith("## "):
            setter.heading(first[3:], 2)
        elif first.startswith("### "):
            setter.heading(first[4:], 3)
        elif kind == "table":
            setter.table(f"Table. {value}", rows)
        elif kind == "figure":
            setter.figure(f"Figure. {value}", [(label, int(share)) for label, share in rows])
        elif first.startswith("["):
            for line in block.strip().splitlines():
                setter.paragraph(line, size=9.6, leading=12.5, indent=14)
        else:
            setter.paragraph(block.strip())
    return title


def _head(setter: _Setter, title: str, rest: str) -> None:
    """Title, author and abstract across both columns; the columns of page 1 begin under them."""
    lines = dict(line.split(": ", 1) for line in rest.splitlines())
    y = PAGE[1] - 70
    room = PAGE[0] - 2 * _MARGIN
    for line in setter.wrap("B", 18, title, room):
        setter.text("B", 18, _MARGIN, y, line)
        y -= 22
    setter.text("I", 11, _MARGIN, y - 4, lines["author"])
    y -= 34
    setter.text("B", 11, _MARGIN, y, "Abstract")
    for line in setter.wrap("R", 10.2, lines["abstract"], room - 30):
        y -= 13.4
        setter.text("R", 10.2, _MARGIN + 15, y, line)
    setter.top = setter.y = y - 18


def _write(pages: list[_Page], title: str) -> bytes:
    """Number the objects, write them one after the other and the table of where they are."""
    bodies: list[bytes] = []

    def add(body: str) -> int:
        bodies.append(body.encode("latin-1"))
        return len(bodies)

    catalogue, tree = add(""), add("")
    fonts = {key: add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>") for key, name in _FONTS.items()}
    resources = "<< /Font << " + " ".join(f"/{key} {number} 0 R" for key, number in fonts.items()) + " >> >>"
    kids = []
    for page in pages:
        stream = "\n".join(page.commands)
        content = add(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
        notes = " ".join(f"{add(note)} 0 R" for note in page.annotations)
        kids.append(add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PAGE[0]:g} {PAGE[1]:g}] /Resources {resources} "
                        f"/Contents {content} 0 R" + (f" /Annots [{notes}]" if notes else "") + " >>"))
    info = add(f"<< /Title ({title}) /Author (Wilma Torvik) /Subject (A study of 4,870 questions) /Producer (Deckprism samples) "
               "/CreationDate (D:20251106093000Z) >>")
    bodies[catalogue - 1] = f"<< /Type /Catalog /Pages {tree} 0 R /Lang (en-GB) >>".encode()
    bodies[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root {catalogue} 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
