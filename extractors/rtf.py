r"""RTF: what Word shows of it, and apart from it what it does not (hidden and deleted text, properties, comments, objects).

A tokeniser of our own: striprtf, the one well-kept library, throws away exactly what a scan is for. Groups are kept on a
list, so no nesting is too deep; data of pictures and objects is read by content like any other file inside.
"""

from __future__ import annotations

import copy
import re

from content.document import Document, Part
from content.errors import UnreadableFile
from extractors import visibility
from extractors.base import InputFile
from extractors.building import DocumentDraft, UnitDraft
from extractors.rtf_state import State, Style
from extractors.rtf_tokens import CHARACTERS, PLACES, WORDLESS, WRAPPERS, page_by_number, page_of, tokens
from extractors.word_styles import HEADING

MEDIA_TYPE = "application/rtf"
_MOST_GROUPS = 5000
_DEEPEST_SECTION = 2
_PROPERTIES = frozenset({"title", "subject", "author_", "manager", "company", "last_modified_by", "category", "keywords",
                         "description", "hyperlink_base", "template", "linked_file"})
#: Bookmarks that Word sets itself.
_OWN_MARK = re.compile(r"_(?:Toc|Ref|Hlk|Hlt|GoBack|MON|PictureBullets|ENREF|MailAutoSig|MailOriginal)\w*")
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "cell", "row", "nestcell", "nestrow", "column"})


class Rtf:
    """The extractor of RTF."""

    name = "rtf"
    media_types: tuple[str, ...] = (MEDIA_TYPE, "text/rtf")
    suffixes: tuple[str, ...] = (".rtf",)

    def sniff(self, file: InputFile) -> int:
        """Sure by its first letters, but for a file that is called something else: Word makes none such."""
        return 85 if file.head.lstrip()[:5] == b"{\\rtf" else 0

    def extract(self, file: InputFile) -> Document:
        """Read a document. Raises UnreadableFile when there is nothing in it."""
        draft = DocumentDraft(file, MEDIA_TYPE)
        _Reader(draft).read(file.data)
        if not any(block.where != "file name" for unit in (draft.whole, *draft.units)
                for block in unit.blocks) and not draft.unread:
            raise UnreadableFile(file.name, "holds no text", "Check that it is the right file")
        return draft.build()


EXTRACTOR = Rtf()


class _Reader:
    """Goes through one file."""

    def __init__(self, draft: DocumentDraft) -> None:
        self.draft = draft
        self.state = State()
        self.stack: list[State] = []
        self.held: list[list[tuple[str, str]]] = [[]]
        self.raw: list[bytes] = []
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.colours: list[tuple[int, int, int]] = []
        self.levels: dict[int, int] = {}
        self.font = self.style = self.swallow = self.high = 0
        self.rgb = [0, 0, 0]
        self.starred = self.first = self.shaded = False
        self.para = Style()
        self.row = self.column = self.tables = 0
        self.name = ""

    def read(self, data: bytes) -> None:
        for kind, name, value, raw in tokens(data):
            if kind == "group":
                self._open() if name == "{" else self._close()
            elif kind == "word":
                self._word(name, value)
            elif kind == "sign":
                self._sign(name)
            elif self.swallow:
                taken = min(self.swallow, len(raw))
                self.swallow -= taken
                self._bytes(raw[taken:])
            else:
                self._bytes(raw)
            self.first = kind == "group" and name == "{"
            if kind != "sign" or name != "*":
                self.starred = False
            else:
                self.first = True
        while self.stack:
            self._close()
        self._flush()
        self._paragraph()

    def _open(self) -> None:
        self._flush()
        self.swallow = 0
        if len(self.stack) >= _MOST_GROUPS:
            raise UnreadableFile(self.draft.file.name, "is nested too deep to read", "Save it again from Word and try again")
        self.stack.append(copy.copy(self.state))
        self.state.own = False

    def _close(self) -> None:
        self._flush()
        if not self.stack:
            return
        if self.state.own:
            self._end(self.state.place)
        elif self.state.place == "styles":
            name, self.held[-1] = "".join(text for text, _ in self.held[-1]), []
            found = HEADING.match(name.strip())
            if found:
                self.levels.setdefault(self.style, int(found[1]))
        self.state = self.stack.pop()

    def _bytes(self, raw: bytes) -> None:
        if raw and self.state.place == "colours":
            for _ in range(raw.count(b";")):
                self.colours.append((self.rgb[0], self.rgb[1], self.rgb[2]))
                self.rgb = [0, 0, 0]
        elif raw and self.state.place != "skip":
            self.raw.append(raw)

    def _flush(self) -> None:
        if self.raw:
            page, raw = self.state.page or self.page, b"".join(self.raw)
            self.raw = []
            try:
                text = raw.decode(page, "replace")
            except LookupError:
                text = raw.decode("cp1252", "replace")
            self._say(text)

    def _say(self, text: str) -> None:
        if self.state.place != "skip":
            self.held[-1].append((text, self._why() if self.state.place in ("body", "note", "margin") else ""))

    def _why(self) -> str:
        state = self.state
        if state.deleted:
            return "tracked deletion"
        if state.hidden:
            return visibility.HIDDEN
        if state.size < 8:
            return visibility.TINY
        ink = self.colours[state.colour] if 0 < state.colour < len(self.colours) else None
        which = state.ground or self.para.ground
        if not which and (self.shaded or state.boxed):
            return ""  # on a cell or a shape of some colour
        ground = self.colours[which] if 0 < which < len(self.colours) else (255, 255, 255)
        return visibility.SAME_COLOUR if ink is not None and ink == ground else ""

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif self.swallow:
            self.swallow -= 1
        elif sign in "\\{}":
            self._bytes(sign.encode())
        elif sign in "~_":
            self._flush()
            self._say(" " if sign == "~" else "-")
        elif sign in "\r\n":
            self._word("par", None)

    def _word(self, name: str, value: int | None) -> None:
        state = self.state
        if name == "u" and value is not None:
            self._flush()
            self._unicode(value % 65536)
            self.swallow = state.skip
            return
        if name in CHARACTERS:
            self._flush()
            self._say(CHARACTERS[name])
            return
        if name in ("f", "v", "deleted", "fs", "cf", "cb", "chcbpat", "highlight", "plain"):
            self._flush()
        on = value is None or value != 0
        if name == "uc":
            state.skip = max(0, value or 0)
        elif name == "v":
            state.hidden = on
        elif name == "deleted":
            state.deleted = on
        elif name == "fs":
            state.size = value if value is not None else 24
        elif name == "cf":
            state.colour = value or 0
        elif name in ("cb", "chcbpat", "highlight"):
            state.ground = value or 0
        elif name == "plain":
            state.hidden, state.deleted, state.size, state.colour, state.ground = False, False, 24, 0, 0
        elif name == "f" and value is not None:
            self.font = value
            state.page = "" if state.place == "fonts" else self.fonts.get(value, "")
        elif name == "fcharset" and value is not None:
            self.fonts[self.font] = page_of(value, self.page)
        elif name == "ansicpg" and value:
            self.page = page_by_number(value)
        elif name in ("mac", "pc", "pca"):
            self.page = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[name]
        elif name in ("red", "green", "blue") and state.place == "colours":
            self.rgb[("red", "green", "blue").index(name)] = value or 0
        elif name in _PARAGRAPH_ENDS and state.place in ("body", "note", "margin", "comment"):
            self._break(name)
        elif name in ("pard", "intbl", "ilvl", "ls", "outlinelevel", "s", "trowd", "cbpat", "clcbpat", "clshdng"):
            self._style(name, value)
        elif name == "colortbl":
            self._enter("colours")
        elif name in PLACES and (self.starred or self.first):
            self._enter(PLACES[name])
        elif name == "shptxt":
            self._enter("box")
            state.place, state.boxed = "body", True
        elif name in WORDLESS:
            self._enter("skip")
        elif self.starred and name not in WRAPPERS:
            self._enter("unknown")
        elif name == "background":
            self.shaded = True

    def _enter(self, place: str) -> None:
        if self.state.place == "skip" or self.state.own:
            return
        self._flush()
        self.state.place, self.state.own = place, True
        self.held.append([])

    def _unicode(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000 and self.high:
            self._say(chr(0x10000 + (self.high - 0xD800) * 0x400 + code - 0xDC00))
            self.high = 0
        else:
            self._say(chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd")

    def _style(self, name: str, value: int | None) -> None:
        if name == "pard":
            self.para = Style()
        elif name == "intbl":
            self.para.table = True
        elif name in ("ilvl", "ls"):
            self.para.listed = True
        elif name == "cbpat":
            self.para.ground = value or 0
        elif name in ("clcbpat", "clshdng"):
            self.shaded = self.shaded or bool(value)
        elif name == "trowd":
            self.shaded = False
            self.tables += not self.column and not self.row
        elif name == "s":
            self.style = value or 0
            self.para.level = self.levels.get(self.style,
                self.para.level) if self.state.place != "styles" else self.para.level
        elif name == "outlinelevel" and value is not None and 0 <= value < 9:
            if self.state.place == "styles":
                self.levels[self.style] = value + 1
            else:
                self.para.level = value + 1

    def _break(self, name: str) -> None:
        self._flush()
        if self.state.place != "body":
            self._say("\n")
        elif name in ("row", "nestrow"):
            self._paragraph()
            self.row, self.column = self.row + 1, 0
        elif name in ("cell", "nestcell"):
            self._paragraph(cell=True)
            self.column += 1
        elif self.para.table and name == "par":
            self._say("\n")
        else:
            self._paragraph()

    def _paragraph(self, *, cell: bool = False) -> None:
        pieces, self.held[-1] = self.held[-1], []
        text = "".join(text for text, why in pieces if not why).strip()
        if text and self.para.level >= 0 and not cell:
            title = " ".join(text.split())
            if self.para.level <= _DEEPEST_SECTION and not (self.draft.units and not self.draft.section().blocks):
                self.draft.new_unit("section")
            self.draft.section().title = self.draft.section().title or title
            self.draft.section().add(Part.TITLE, title, level=max(0, self.para.level - _DEEPEST_SECTION))
        elif text and cell:
            self.draft.section().add(Part.TABLE, text, row=self.row, column=self.column,
                             shape=f"s{self.draft.section().number}.table{max(self.tables, 1)}")
        elif text:
            unit = self.draft.section()
            unit.add(Part.BODY, text, level=1 if self.para.listed else 0,
                shape=f"s{unit.number}.paragraph{len(unit.blocks) + 1}")
        if not cell and not self.para.table:
            self.row = 0
        self._hidden(pieces, self.draft.section() if any(why for _, why in pieces) else self.draft.whole)

    def _hidden(self, pieces: list[tuple[str, str]], unit: UnitDraft) -> None:
        last, joined = "", ""
        for text, why in [*pieces, ("", "")]:
            if why != last:
                if last:
                    unit.add_once(Part.HIDDEN_TEXT, joined, where=last)
                last, joined = why, ""
            joined += text

    def _end(self, place: str) -> None:
        """A group with a place of its own ends: what it says goes where it belongs."""
        if place == "body":  # a text box
            self._paragraph()
            self.held.pop()
            return
        pieces = self.held.pop()
        text = "".join(text for text, _ in pieces).strip()
        shown = "".join(text for text, why in pieces if not why).strip()
        whole, unit = self.draft.whole, self.draft.section() if self.draft.units else self.draft.whole
        if place == "margin":
            if any(char.isalpha() for char in shown):
                whole.add_once(Part.FOOTER, shown, where="header or footer", visible=True)
            self._hidden(pieces, whole)
        elif place == "note":
            unit.add_once(Part.OTHER, shown, where="note", visible=True)
            self._hidden(pieces, unit)
        elif place in ("comment", "author", "revisers"):
            for line in text.split(";") if place == "revisers" else [text]:
                where = {"comment": "comment", "author": "author of a comment"}.get(place, "author of a tracked change")
                (unit if place != "revisers" else whole).add_once(Part.COMMENT, "" if line.strip() == "Unknown"
                    else line, where=where)
        elif place == "field":
            self._field(text, unit)
        elif place in _PROPERTIES:
            self.draft.set_property(place.rstrip("_"), text)
        elif place == "propname":
            self.name = text
            whole.add_once(Part.PROPERTY, text, where="name of a custom property")
        elif place in ("property", "variable"):
            if place == "property" and self.name and text:
                self.draft.set_property(self.name, text)
            whole.add_once(Part.PROPERTY, text, where="property" if place == "property" else "document variable")
        elif place == "form":
            unit.add_once(Part.FORM_FIELD, text, where="form field")
        elif place in ("picture", "object"):
            self._inside(place, text, unit)
        elif place == "shape":
            self.name = text
        elif place == "value" and self.name in ("wzDescription", "wzName", "gtextUNICODE", "pihlShape", "wzTooltip"):
            unit.add_once(Part.ALT_TEXT, text, where=f"shape, {self.name}")
        elif place == "marks" and re.search(r"[^\W\d_]{3,}", text):
            whole.add_once(Part.OTHER, text, where="number or bullet of a paragraph")
        elif place == "unknown" and not _OWN_MARK.fullmatch(text) and any(char.isalpha() for char in text) and not _hex(text):
            whole.add_once(Part.OTHER, text, where="a group that is not shown")

    def _field(self, code: str, unit: UnitDraft) -> None:
        code = " ".join(code.split())
        if code.upper().startswith("HYPERLINK"):
            for address in re.findall(r'"([^"]+)"', code) or code.split()[1:2]:
                unit.add_once(Part.LINK, address, where="link")
        elif "://" in code or any(word in code.upper() for word in ("INCLUDE", "LINK", "MERGEFIELD", "DATABASE",
                "QUOTE", "FILLIN")):
            unit.add_once(Part.OTHER, code, where="field code")

    def _inside(self, place: str, text: str, unit: UnitDraft) -> None:
        """A picture or an object, written as digits."""
        digits = re.sub(r"[^0-9A-Fa-f]", "", text)
        data = bytes.fromhex(digits[:len(digits) // 2 * 2])
        if place == "picture":
            from extractors.rtf_inside import read_picture

            read_picture(data, unit)
        elif data:
            from extractors.rtf_inside import read_object

            read_object(self.draft, unit, data)


def _hex(text: str) -> bool:
    return len(text) > 16 and not re.search(r"[^0-9A-Fa-f\s]", text)
