"""Bytes to text in any common encoding: by byte order marks and UTF-8 where they are plain, by likely letters otherwise.

Each code page is tried with the alphabets of the languages written in it; the one whose letters come out likeliest wins,
and the Western one where nothing decides. charset-normalizer was measured and takes French and Dutch for Central European.
"""

from __future__ import annotations

import re

_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
          (b"\xfe\xff", "utf-16"))
_LATIN = {"nl": "éëïèêöüáóíç", "fr": "àâçéèêëîïôûùüœ", "de": "äöüß", "es": "áéíñóúü", "pt": "áâãàçéêíóôõú", "it": "àèéìòù",
          "sv": "åäöé", "da": "æøåé", "is": "áðéíóúýþæö"}
_EASTERN = {"cs": "áčďéěíňóřšťúůýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "ro": "ăâîşţ", "hr": "čćđšž",
    "sk": "áäčďéíĺľňóôŕšťúýž"}
_TURKISH = {"tr": "çğıöşüâî"}
_BALTIC = {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"}
#: Commonest letters first, then the others, which count for less.
_CYRILLIC = {"ru": "оеаинтсрвлкмдпуя|бгжзйхцчшщъыьэюёіїєґ"}
_GREEK = {"el": "αοιετσνηυρπκμς|βγδζθλξφχψωάέήίόύώϊϋΐΰ"}
_HEBREW = {"he": "יוהלאמתרבנשכםדקע|גזחטספצןךףץ"}
_ARABIC = {"ar": "اليمنوتربع|دسكقفحهجطشصخزضثغظءآأؤإئةى"}
_SINGLE: tuple[tuple[str, dict[str, str]], ...] = (
    ("cp1252", _LATIN), ("iso8859-15", _LATIN), ("cp1250", _EASTERN), ("iso8859-2", _EASTERN), ("cp1254", _TURKISH),
    ("cp1257", _BALTIC), ("mac-roman", _LATIN), ("cp437", _LATIN), ("cp850", _LATIN), ("cp852", _EASTERN),
        ("cp1251", _CYRILLIC),
    ("koi8-r", _CYRILLIC), ("cp866", _CYRILLIC), ("cp1253", _GREEK), ("cp1255", _HEBREW), ("cp1256", _ARABIC))
_DOUBLE = ("cp932", "euc-jp", "gb18030", "big5", "cp949")
_COMMON = frozenset(
    "的一是不了在人有我他这个们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学之都好看起发当没成只如"
    "事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此"
    "話常與活正感這個們來到時為說國著後會過對學發當沒還樣開總從無經長兒愛給間兩進討論計劃公司今天新未来來向本社月日年会議資料営業先部員"
    "이다는의에가을로고지한하사리도기를인은자시어서대나해있그정과들것수보라우오니면와주일상적성관스제여아문전구원만부회계획습늘야요합새운")
_FAIR = frozenset("’‘“”–—…€°•«»©®™·´¿¡§½„№")
_MOST = 1 << 16


def decode(data: bytes, *, cut: bool = False) -> tuple[str, bool]:
    """Text of bytes, with line feeds alone at line ends, and whether the encoding was plain to see.

    `cut` allows a broken last character.
    """
    text, sure = _decode(data, cut=cut)
    return text.replace("\r\n", "\n").replace("\r", "\n"), sure


def _decode(data: bytes, *, cut: bool) -> tuple[str, bool]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), True
    wide = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else ""
    if wide:
        text = data.decode(wide, "replace")
        return text, sum(char.isalnum() or char.isspace() or char in ".,:;!?-'\"()" for char in text) > 0.9 * len(text)
    for end in (len(data), len(data) - 1, len(data) - 2, len(data) - 3) if cut else (len(data),):
        try:
            text = data[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if "\x1b$" in text:
            return data.decode("iso2022_jp", "replace"), True
        return text, True
    encoding, sure = likeliest(data[:_MOST])
    return data.decode(encoding, "replace"), sure


def likeliest(data: bytes) -> tuple[str, bool]:
    """The likeliest encoding of bytes that are no UTF-8, and whether it fits well."""
    count = sum(byte > 127 for byte in data)
    best, most = "cp1252", _score_single(data, "cp1252", _LATIN)
    for encoding, languages in _SINGLE[1:]:
        score = _score_single(data, encoding, languages)
        if score > most:
            best, most = encoding, score
    for encoding in _DOUBLE:
        score = _score_double(data, encoding)
        if score > most:
            best, most = encoding, score
    return best, most >= 0.25 * count


def _score_single(data: bytes, encoding: str, languages: dict[str, str]) -> float:
    text = data.decode(encoding, "replace")
    upper, fair = 0, 0.0
    neutral: dict[str, float] = {}
    for match in re.finditer(r"[^\x00-\x7f]", text):
        char, at = match[0], match.start()
        before, after = text[at - 1:at], text[at + 1:at + 2]
        if char.isalpha():
            wrong = char.isupper() and before.islower()
            upper += wrong
            alone = not before.isalpha() and not after.isalpha()
            weight = 0.0 if wrong else 0.3 if alone else 0.8 if char.isupper() else 1.0
            neutral[char.lower()] = neutral.get(char.lower(), 0.0) + weight
        elif char in _FAIR and not (before.isalpha() and after.isalpha() and char != "’"):
            fair += 0.5
        else:
            upper += 1
    best = float("-inf")
    for letters in languages.values():
        common, _, others = letters.partition("|")
        rare = 0.4 if others else 1.0
        score = sum(times * (1.0 if char in common else rare if char in others else -2.0) for char, times in neutral.items())
        best = max(best, score)
    return max(best, 0.0 if not neutral else best) + fair - 2.0 * upper


def _score_double(data: bytes, encoding: str) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            return float("-inf")
        text = data[:error.start].decode(encoding, "replace")
    score = 0.0
    for char in text:
        code = ord(char)
        if code < 128:
            continue
        if char in _COMMON or 0x3041 <= code <= 0x30FF:
            score += 2.0
        elif 0x4E00 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3:
            score += 0.6
        elif 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E:
            score += 0.5
        else:
            score -= 2.0
    return score
