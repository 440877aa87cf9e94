r"""RTF cut into tokens, and the destinations that its groups open. No word of RTF is run; `\bin` data is passed over.

The code pages are those of the fonts, because Word writes `\'xx` in the code page of the font that a run is set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb"\\([A-Za-z]{1,32})(-?\d{1,9})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n\x00]+)",
                    re.DOTALL)
_CHARSETS = {77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
             163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}
#: Words that stand for a character.
CHARACTERS = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
              "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " "}
#: Groups of settings, which hold no words a person wrote.
WORDLESS = frozenset({
    "listtable", "listoverridetable", "rsidtbl", "themedata", "colorschememapping", "latentstyles", "datastore",
    "xmlnstbl", "pgdsctbl", "mmathPr", "generator", "wgrffmtfilter", "pnseclvl", "blipuid", "picprop", "nonshppict",
    "falt", "panose", "fontemb", "fname", "listpicture", "defchp", "defpap", "passwordhash", "bkmkend", "atrfstart",
    "atrfend", "atnref", "atnparent", "atntime", "atndate", "atnicn", "objclass", "shprslt", "ffname", "revtim",
    "creatim", "printim", "buptim", "docfmt", "pgptbl", "writereservhash", "protusertbl", "oldcprops", "oldpprops",
    "oldsprops", "oldtprops", "factoidname", "lsdlockedexcept", "fldtype"})
#: Groups that only wrap what is shown.
WRAPPERS = frozenset({"shppict", "shpinst", "do", "dptxbxtext", "upr", "ud", "result", "objattph", "mmath",
    "moMath", "moMathPara",
                      "background", "shpgrp", "cs", "tblstyle", "userprops"})
#: Groups whose text has a place of its own.
PLACES = {
    "header": "margin", "headerl": "margin", "headerr": "margin", "headerf": "margin", "footer": "margin",
        "footerl": "margin",
    "footerr": "margin", "footerf": "margin", "footnote": "note", "annotation": "comment", "atnauthor": "author",
    "atnid": "author", "fldinst": "field", "pict": "picture", "objdata": "object", "fonttbl": "fonts", "stylesheet": "styles",
    "revtbl": "revisers", "docvar": "variable", "ffdeftext": "form", "ffhelptext": "form", "ffstattext": "form",
        "ffl": "form",
    "datafield": "form", "propname": "propname", "staticval": "property", "linkval": "property",
    "title": "title", "subject": "subject", "author": "author_", "manager": "manager", "company": "company",
    "operator": "last_modified_by", "category": "category", "keywords": "keywords", "comment": "description",
    "doccomm": "description", "hlinkbase": "hyperlink_base", "template": "template", "nextfile": "linked_file",
        "objname": "unknown",
    "xe": "unknown", "tc": "unknown", "bkmkstart": "unknown", "sn": "shape", "sv": "value",
    "listtext": "marks", "pntext": "marks", "pntxta": "marks", "pntxtb": "marks", "filetbl": "unknown", "private": "unknown",
    "ftncn": "unknown", "ftnsep": "unknown", "ftnsepc": "unknown", "aftncn": "unknown", "aftnsep": "unknown",
    "aftnsepc": "unknown"}


def tokens(data: bytes) -> Iterator[tuple[str, str, int | None, bytes]]:
    """Kind (word, hex, sign, group, text), name, number, bytes of each token."""
    at, end = 0, len(data)
    while at < end:
        found = _TOKEN.search(data, at)
        if found is None:
            return
        at = found.end()
        word, value, code, sign, brace, text = found.groups()
        if word is not None:
            name, number = word.decode("ascii"), int(value) if value is not None else None
            if name == "bin" and number:
                at += min(max(number, 0), end - at)
            else:
                yield "word", name, number, b""
        elif code is not None:
            yield "hex", "", None, bytes((int(code, 16),))
        elif sign is not None:
            yield "sign", sign.decode("latin-1"), None, b""
        elif brace is not None:
            yield "group", brace.decode("ascii"), None, b""
        else:
            yield "text", "", None, text


def page_of(charset: int, default: str) -> str:
    """The code page of a font's character set; the document's where it is none of its own."""
    return _CHARSETS.get(charset, "cp1252" if charset == 0 else default)


def page_by_number(number: int) -> str:
    """The code page that `\\ansicpg` names."""
    special = {65001: "utf-8", 10000: "mac-roman", 936: "gbk", 950: "big5"}
    return special.get(number, f"cp{number}" if number in _PAGES else "cp1252")


_PAGES = frozenset({437, 708, 720, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 949,
    *range(1250, 1259)})
