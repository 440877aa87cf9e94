"""Fonts of a PDF that lie: the map to Unicode (ToUnicode), which copying and searching use, says other letters than the font
draws. What is drawn is told by the glyph names of the font's encoding and by the embedded font's own tables.

Only plain letters and digits are compared, and only where both sides are known: a font of unknown glyphs is no liar.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from pikepdf import Object

from extractors.pdf_objects import DAMAGED, beginning, data, each, entries, get, identity, inherited, keys, text

_MOST_FONTS = 400
_MOST_FONT_BYTES = 4 << 20
#: Bytes of a post table that names no glyph.
_POST_HEAD = 32
#: Letters that must differ before a font is called a liar; one alone may be a slip of the program that made it.
_ENOUGH = 2
_DIGITS = {name: str(value) for value, name in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))}
_CHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
_BUILT_IN = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")


@dataclass(frozen=True, slots=True)
class Liar:
    """A font, its name, and the letters it draws by code where they are known."""

    font: Object
    name: str
    drawn: dict[int, str]
    wide: bool

    def map(self) -> bytes:
        """A map to Unicode that says what is drawn."""
        digits = 4 if self.wide else 2
        lines = [f"<{code:0{digits}X}> <{ord(letter):04X}>" for code, letter in sorted(self.drawn.items())]
        blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
                         for part in (lines[at:at + 100] for at in range(0, len(lines), 100)))
        return (f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<{'0' * digits}> "
                f"<{'F' * digits}>\nendcodespacerange\n{blocks}endcmap end end").encode()


def liars(pages: list[Object], drawn: list[list[Object]] | None = None) -> dict[int, list[Liar]]:
    """The lying fonts of each page (from 0), those of its forms included. `drawn`: the forms of each page, where known."""
    judged: dict[tuple[int, int], Liar | None] = {}
    forms: dict[tuple[int, int], list[Object]] = {}
    found: dict[int, list[Liar]] = {}
    for number, page in enumerate(pages):
        resources = inherited(page, "/Resources")
        for font in _fonts(resources, drawn[number] if drawn else None, 0, forms):
            key = identity(font)
            if key not in judged and len(judged) < _MOST_FONTS:
                judged[key] = _judge(font)
            liar = judged.get(key) if key != (0, 0) else _judge(font)
            if liar is not None:
                found.setdefault(number, []).append(liar)
    return found


def _fonts(resources: Object | None, drawn: list[Object] | None, depth: int,
           forms: dict[tuple[int, int], list[Object]]) -> list[Object]:
    """The fonts of resources and of the forms in them; `forms` keeps what was found in each, by depth and number."""
    fonts = list(entries(get(resources, "/Font")).values())
    if depth < 3:
        for item in entries(get(resources, "/XObject")).values() if drawn is None else drawn:
            key = (depth, identity(item)[0])
            if key not in forms or not key[1]:
                forms[key] = []
                if (held := get(item, "/Resources")) is not None and text(get(item, "/Subtype")) == "Form":
                    forms[key] = _fonts(held, None, depth + 1, forms)
            fonts += forms[key]
    return fonts


def _judge(font: Object) -> Liar | None:
    try:
        kind = text(get(font, "/Subtype"))
        if get(font, "/ToUnicode") is None or kind not in ("Type1", "TrueType", "MMType1", "Type0"):
            return None
        said = _to_unicode(data(get(font, "/ToUnicode"), 1 << 20))
        drawn = _drawn_wide(font) if kind == "Type0" else _drawn_simple(font)
    except (*DAMAGED, struct.error):
        return None
    lies = [code for code, letter in drawn.items()
            if code in said and _plain(said[code]) and _plain(letter) and said[code].lower() != letter.lower()]
    return Liar(font, text(get(font, "/BaseFont")), drawn, kind == "Type0") if len(lies) >= _ENOUGH else None


def _plain(letter: str) -> bool:
    return len(letter) == 1 and letter.isascii() and letter.isalnum()


def _to_unicode(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in _CHAR.findall(cmap):
        for code, value in _PAIR.findall(block):
            found[int(code.replace(b" ", b""), 16)] = _letter(value)
    for block in _RANGE.findall(cmap):
        for low, high, first, several in _TRIPLE.findall(block):
            start, count = int(low, 16), min(int(high, 16) - int(low, 16) + 1, 1 << 16)
            if several:
                for at, value in enumerate(re.findall(rb"<([0-9A-Fa-f\s]+)>", several)[:max(count, 0)]):
                    found[start + at] = _letter(value)
            elif len(_letter(first)) == 1:
                base = ord(_letter(first))
                found.update({start + at: chr(base + at) for at in range(max(count, 0)) if base + at < 0xD800})
    return found


def _letter(value: bytes) -> str:
    return bytes.fromhex(value.decode("ascii")).decode("utf-16-be", "replace")


def _by_name(name: str) -> str:
    """The letter or digit that a glyph name says, '' of all others."""
    if _plain(name):
        return name
    if name in _DIGITS:
        return _DIGITS[name]
    if re.fullmatch(r"uni[0-9A-F]{4}", name):
        return chr(int(name[3:], 16))
    return ""


def _drawn_simple(font: Object) -> dict[int, str]:
    """Letters by code of a font with one-byte codes."""
    descriptor = get(font, "/FontDescriptor")
    program = get(descriptor, "/FontFile2")
    if program is not None:
        face = _Face(_tables(program))
        return {code: letter for code in range(256) if (letter := face.letter(face.glyph(code)))}
    encoding = get(font, "/Encoding")
    base = text(encoding) or text(get(encoding, "/BaseEncoding"))
    drawn: dict[int, str] = {}
    built_in = get(descriptor, "/FontFile")
    if built_in is not None and not base:
        for code, name in _BUILT_IN.findall(built_in.read_bytes()[:200_000].partition(b"eexec")[0]):
            drawn[int(code)] = _by_name(name.decode("latin-1"))
    elif base or get(descriptor, "/FontFile3") is None:
        drawn = {code: chr(code) for code in range(48, 123) if _plain(chr(code))}
    code = 0
    for item in _differences(get(encoding, "/Differences")):
        if isinstance(item, int):
            code = item
        else:
            drawn[code] = _by_name(item)
            code += 1
    return {code: letter for code, letter in drawn.items() if letter}


def _differences(held: Object | None) -> list[int | str]:
    """Codes and glyph names, taken from the array as it is written where it holds nothing else: there are hundreds."""
    if not each(held):
        return []
    found: list[int | str] = []
    for token in held.unparse()[1:-1].split() if held is not None else ():
        if token[:1] == b"/" and b"/" not in token[1:] and b"#" not in token:
            found.append(token[1:].decode("latin-1"))
        elif token.isdigit():
            found.append(int(token))
        else:
            return [item if isinstance(item, int) else text(item) for item in each(held)]
    return found


def _drawn_wide(font: Object) -> dict[int, str]:
    """Letters by code of a font with two-byte codes that are glyph numbers (Identity) of an embedded TrueType font."""
    below = next(iter(each(get(font, "/DescendantFonts"))), None)
    program = get(get(below, "/FontDescriptor"), "/FontFile2")
    if program is None or text(get(font, "/Encoding")) not in ("Identity-H", "Identity-V"):
        return {}
    if keys(get(below, "/CIDToGIDMap")):
        table = data(get(below, "/CIDToGIDMap"), 1 << 20)
        glyphs = {code: int.from_bytes(table[2 * code:2 * code + 2], "big") for code in range(len(table) // 2)}
    else:
        glyphs = {}
    face = _Face(_tables(program))
    if not glyphs:
        return {glyph: letter for glyph in face.known() if (letter := face.letter(glyph))}
    return {code: letter for code, glyph in glyphs.items() if glyph and (letter := face.letter(glyph))}


def _tables(program: Object) -> bytes:
    """A TrueType font as far as its cmap and its glyph names reach: unpacking the glyphs is most of the work, for nothing."""
    head = beginning(program, 4096)
    needed = 0
    for at in range(12, 12 + 16 * min(struct.unpack(">H", head[4:6])[0], 64), 16):
        tag, _, start, length = struct.unpack(">4sIII", head[at:at + 16])
        if tag == b"cmap" or (tag == b"post" and length > _POST_HEAD):
            needed = max(needed, start + length)
    return head if needed <= len(head) else beginning(program, min(needed, _MOST_FONT_BYTES))


class _Face:
    """The tables of a TrueType font that say which glyph is which letter: cmap and post."""

    def __init__(self, program: bytes) -> None:
        count = struct.unpack(">H", program[4:6])[0]
        tables = {}
        for at in range(12, 12 + 16 * min(count, 64), 16):
            tag, _, start, length = struct.unpack(">4sIII", program[at:at + 16])
            tables[tag] = program[start:start + length]
        self._names = _post(tables.get(b"post", b""))
        self._codes: dict[int, int] = {}
        self._unicode: dict[int, str] = {}
        for platform, kind, mapping in _cmaps(tables.get(b"cmap", b"")):
            if (platform, kind) == (3, 0):
                self._codes.update({code & 0xFF: glyph for code, glyph in mapping.items()})
            elif platform == 1:
                self._codes.update({code: glyph for code, glyph in mapping.items() if code not in self._codes})
            else:
                self._unicode.update({glyph: chr(code) for code, glyph in mapping.items()
                                      if code < 128 and chr(code).isalnum()})
        if not self._codes:
            self._codes = {ord(letter): glyph for glyph, letter in self._unicode.items()}

    def glyph(self, code: int) -> int:
        """The glyph of a one-byte code; 0 where there is none."""
        return self._codes.get(code, 0)

    def known(self) -> set[int]:
        """Glyphs of which something is known."""
        return {*self._names, *self._unicode}

    def letter(self, glyph: int) -> str:
        """The letter or digit of a glyph, by the font's map of Unicode or by its name; '' where neither says."""
        return (self._unicode.get(glyph) or _by_name(self._names.get(glyph, ""))) if glyph else ""


def _post(table: bytes) -> dict[int, str]:
    """Glyph names of a post table of format 2; Apple's standard names 3 to 97 are those of ASCII in order."""
    if table[:4] != b"\x00\x02\x00\x00":
        return {}
    count = struct.unpack(">H", table[32:34])[0]
    numbers = struct.unpack(f">{count}H", table[34:34 + 2 * count])
    own, at = [], 34 + 2 * count
    while at < len(table):
        own.append(table[at + 1:at + 1 + table[at]].decode("latin-1"))
        at += 1 + table[at]
    return {glyph: own[number - 258] if 258 <= number < 258 + len(own) else chr(number + 29) if 3 <= number <= 97 else ""
            for glyph, number in enumerate(numbers)}


def _cmaps(table: bytes) -> list[tuple[int, int, dict[int, int]]]:
    """Platform, encoding and code -> glyph of each subtable of format 0, 4, 6 or 12."""
    found = []
    for at in range(4, 4 + 8 * min(struct.unpack(">H", table[2:4])[0] if table else 0, 32), 8):
        platform, kind, start = struct.unpack(">HHI", table[at:at + 8])
        part = table[start:]
        form = struct.unpack(">H", part[:2])[0]
        mapping: dict[int, int] = {}
        if form == 0:
            mapping = dict(enumerate(part[6:262]))
        elif form == 6:
            first, count = struct.unpack(">HH", part[6:10])
            mapping = {first + n: glyph for n, glyph in enumerate(struct.unpack(f">{count}H", part[10:10 + 2 * count]))}
        elif form == 4:
            mapping = _segments(part)
        elif form == 12:
            for group in range(min(struct.unpack(">I", part[12:16])[0], 1000)):
                low, high, glyph = struct.unpack(">III", part[16 + 12 * group:28 + 12 * group])
                mapping.update({code: glyph + code - low for code in range(low, min(high, low + 2000) + 1)})
        found.append((platform, kind, {code: glyph for code, glyph in mapping.items() if glyph}))
    return found


def _segments(part: bytes) -> dict[int, int]:
    count = struct.unpack(">H", part[6:8])[0] // 2
    ends = struct.unpack(f">{count}H", part[14:14 + 2 * count])
    starts = struct.unpack(f">{count}H", part[16 + 2 * count:16 + 4 * count])
    steps = struct.unpack(f">{count}H", part[16 + 4 * count:16 + 6 * count])
    base = 16 + 6 * count
    offsets = struct.unpack(f">{count}H", part[base:base + 2 * count])
    mapping = {}
    for n, (start, end, step, offset) in enumerate(zip(starts, ends, steps, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            if not offset:
                mapping[code] = (code + step) & 0xFFFF
                continue
            at = base + 2 * n + offset + 2 * (code - start)
            glyph = int.from_bytes(part[at:at + 2], "big")
            mapping[code] = (glyph + step) & 0xFFFF if glyph else 0
    return mapping
