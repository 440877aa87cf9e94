"""Display text -> spoken text: what a person would say for what is written. English and Dutch.

Ordered rules, most particular first: the profile's respellings, links and addresses, what is written for machines
(tokens.py), abbreviations, money and measures (amounts.py), other numbers (numerals.py), acronyms, signs. The
result holds no digit, no markup, no link and nothing that an engine could take for a command. The display text is kept
beside it, so captions show what was written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from generators.speech import amounts, numerals, tokens
from generators.speech.clean import plain, unmarked
from generators.speech.wording import Tongue, has_words, tongue
from language.sentences import sentences
from language.words import word_list

#: Part of the key of every cached sound: raise it with any change of what is said.
VERSION = 2
_URL = re.compile(r"(?:https?|ftp)://\S+?(?=[.,;:!?)\]]*(?:\s|$))|\bwww\.\S+?(?=[.,;:!?)\]]*(?:\s|$))"
                  r"|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|info|example|invalid|eu|nl|de|uk|io|dev)"
                  r"(?:/[^\s,;)]*)?(?![\w@])")
_MAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")
_HANDLE = re.compile(r"(?<![\w@])@(\w[\w.]*\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=[^\W\d_])(?!(?=\w*\d)[0-9A-Fa-f]{6}\b)(\w+)")
_CAPS = re.compile(r"(?<![\w.&])([A-Z][A-Z0-9]{0,7}[A-Z])(['’]?s)?(?![\w&])")
_SHOUT = re.compile(r"(?:(?<!\w)[A-Z]{2,}(?:['’][A-Z]+)? ){2,}[A-Z]{2,}(?!\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
          "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16}
# Consonants that a word can begin with, and end on.
_BEGIN = re.compile(
    r"BL|BR|CH|CHR|CL|CR|DR|DW|FL|FR|GL|GR|KL|KN|KR|PH|PHR|PL|PR|SC|SCH|SCR|SH|SHR|SK|SL|"
    r"SM|SN|SP|SPL|SPR|ST|STR|SW|TH|THR|TR|TW|VL|VR|WH|WR|ZW"
)
_END = re.compile(
    r"CH|CK|CT|FF|FT|GH|LD|LF|LK|LL|LM|LP|LS|LT|MP|ND|NG|NK|NS|NT|PS|PT|RD|RF|RK|RL|RM|"
    r"RN|RP|RS|RT|SH|SK|SP|SS|ST|TS|TH|TT|CTS|GHT|NDS|NGS|NTH|NTS|RDS|RKS|RTS|STS"
)
_SILENT = {"Cc", "Cf", "Cs", "Co", "Cn"}
#: In this order: a date before a price, a price before a measure, a measure before a year, and what is left at the end.
_NUMBERS: tuple[numerals.Rule, ...] = (
    numerals.dates, numerals.decades, numerals.times, amounts.money, amounts.percents, numerals.codes, amounts.units,
    amounts.scaled, numerals.years, numerals.ordinals, numerals.ratios, numerals.plain_numbers)
_FIRST_SEAT = 0x100000  # plane 16, which `plain` lets nothing of through


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown and what is said for one paragraph."""

    display: str
    spoken: str


def line(text: str, language: str, lexicon: Mapping[str, str] | None = None) -> Line:
    """A paragraph of a script (Markdown) as a pair of display text and spoken text."""
    shown = plain(text)
    # An engine hears the end of a sentence only where a capital follows: "31 of them" begins with "Thirty-one".
    said = [speak(each, language, lexicon) for each in sentences(shown)]
    return Line(shown, " ".join(each[:1].upper() + each[1:] for each in said if each))


def speak(text: str, language: str, lexicon: Mapping[str, str] | None = None) -> str:
    """The spoken form of plain text; '' when nothing in it has a sound.

    `lexicon` holds the profile's respellings; they go before everything else and are said as they stand.
    """
    words = tongue(language)
    text = html.unescape(unmarked(unicodedata.normalize("NFC", plain(text))))
    if not has_words(language):
        return _unknown(text, lexicon or {})
    text = "".join(char for char in numerals.vulgar(text, words) if unicodedata.category(char) not in _SILENT)
    text = unicodedata.normalize("NFKC", text.replace("⁄", "/"))
    seats: list[str] = []
    text = _respell(text, {**words.tables["lexicon"], **(lexicon or {})}, seats)
    text = _links(text, words)
    for rule in tokens.RULES:
        text = rule(text, words)
    for find, put in words.phrases:
        text = re.sub(find, put, text)
    text = _romans(text, words)
    text = _compared(text, words)
    text = _split_codes(text)
    for rule in _NUMBERS:
        text = rule(text, words)
    text = _acronyms(text, words)
    text = _signs(text, words)
    text = re.sub(r"[\U00100000-\U0010ffff]", lambda match: seats[ord(match.group()) - _FIRST_SEAT], text)
    text = _tidy(text)
    return text if any(char.isalpha() for char in text) else ""


def _unknown(text: str, lexicon: Mapping[str, str]) -> str:
    """A language without rules: numbers and signs are left to the engine, which knows it; links are left out."""
    seats: list[str] = []
    text = _URL.sub("", _respell(unicodedata.normalize("NFKC", text), lexicon, seats))
    text = re.sub(r"[\U00100000-\U0010ffff]", lambda match: seats[ord(match.group()) - _FIRST_SEAT], text)
    text = _tidy(text)
    return text if any(char.isalnum() for char in text) else ""


def _respell(text: str, lexicon: Mapping[str, str], seats: list[str]) -> str:
    """Put the respellings in, each on a seat that no later rule can see into. Longer entries win."""
    for written in sorted(lexicon, key=lambda key: (-len(key), key)):
        if not written.strip():
            continue
        flags = re.IGNORECASE if written.islower() else re.NOFLAG
        seat = chr(_FIRST_SEAT + len(seats))
        text, found = re.subn(rf"(?<!\w){re.escape(written)}(?!\w)", seat, text, flags=flags)
        if found:
            seats.append(unmarked(unicodedata.normalize("NFKC", plain(lexicon[written]))))
    return text


def _links(text: str, words: Tongue) -> str:
    text = re.sub(rf"\(\s*(?:{_URL.pattern})\s*\)", "", text)
    text = _MAIL.sub(lambda m: f"{_address(m[1], words)} {words.say['at']} {_address(m[2], words)}", text)
    text = _URL.sub(words.say["link"], text)
    text = _HANDLE.sub(lambda m: tokens.camel(re.sub(r"[_.]", " ", m[1])), text)
    return _HASHTAG.sub(lambda m: tokens.camel(re.sub(r"[_.]", " ", m[1])), text)


def _address(body: str, words: Tongue) -> str:
    dotted = body.replace(".", f" {words.say['dot']} ")
    return re.sub(r"[-_+]", " ", dotted)


def _romans(text: str, words: Tongue) -> str:
    def said(match: re.Match[str]) -> str:
        value = _ROMAN.get(match[2])
        return f"{match[1]} {numerals.words(value, words.language)}" if value else match.group()

    text = re.sub(rf"\b({words.say['roman_after']}) ([IVX]{{1,5}})\b", said, text)
    # After a name, and as the number of a heading; one letter alone may be anything.
    text = re.sub(r"\b([A-Z][a-z]+) ((?:X?(?:I[IVX]|VI{1,3}|I{2,3}))|X[IV])\b", said, text)
    return re.sub(r"^()(I{2,3}|IV|VI{1,3}|IX|X[IV]+)\.(?=\s+[A-Z])", lambda m: f"{said(m).strip().capitalize()}.", text)


def _compared(text: str, words: Tongue) -> str:
    """Signs before a number: "~40 %", "<5", "±3"."""
    for sign, said in words.tables["compare"].items():
        text = re.sub(rf"{re.escape(sign)}\s?(?=[€$£¥]?\d)", f"{said} ", text)
    return text


def _split_codes(text: str) -> str:
    """"AES-256" -> "AES 256", "SHA256" -> "SHA 256": so that the number is one and the letters are."""
    text = re.sub(r"\b([A-Z]{2,8})/(?=\d)", r"\1 ", text)
    return re.sub(r"\b((?!FY|Q[1-4]\b|H[12]\b|EUR|USD|GBP)[A-Z]{2,6})-?(?=\d{1,5}\b)", r"\1 ", text)


def _acronyms(text: str, words: Tongue) -> str:
    stop = word_list("stop", words.language)
    text = _SHOUT.sub(lambda m: m.group().capitalize(), text)

    def said(match: re.Match[str]) -> str:
        body, ending = match[1], match[2] or ""
        if body in words.spelled:
            pass
        elif body in words.as_words:
            return body.capitalize() + ending
        elif body.lower() in stop or (len(body) >= 4 and _pronounceable(body)):
            return body.lower() + ending
        plural = "'s" if ending else ""
        letters = list(body)
        after = text[match.end():match.end() + 2]
        if plural or not after.startswith(" ") or not after.strip() or after[1:2].isupper():
            return "-".join(letters) + plural  # a dot here would be taken for the end of the sentence
        return "".join(f"{letter}." for letter in letters) + plural

    text = re.sub(r"(?<!\w)([A-Z]{1,3})\s?&\s?([A-Z]{1,3})(?!\w)", lambda m:
                  f"{_letters(m[1])} {words.say['and']} {_letters(m[2])}", text)
    return _CAPS.sub(said, text)


def _letters(body: str) -> str:
    return body if len(body) == 1 else "-".join(body)


def _pronounceable(body: str) -> bool:
    """Whether capitals read as a word: vowels, few consonants running, and a beginning and an end that can be said."""
    if not _VOWEL.search(body):
        return False
    runs = re.split(r"[AEIOUY]+", body)
    most = 3 if len(body) >= 6 else 2
    return all(len(run) <= most for run in runs[1:-1]) and (
        len(runs[0]) < 2 or _BEGIN.fullmatch(runs[0]) is not None) and (
        len(runs[-1]) < 2 or _END.fullmatch(runs[-1]) is not None)


def _signs(text: str, words: Tongue) -> str:
    for sign in ("&", "+", "=", "→", "%", "°", "§", "×", "÷"):
        text = re.sub(rf"\s*{re.escape(sign)}\s*", f" {words.tables['signs'][sign]} ", text)
    text = re.sub(r"(?<=\w)\s?/\s?(?=\w)", ", ", text)
    text = re.sub(r"\s+[–—-]+\s+|—|(?<=\w)–(?=\w)|\s*[|•·]\s*", ", ", text)
    text = re.sub(r"\s*\(\s*([^()]*?)\s*\)", r", \1,", text)
    return re.sub(r"[\"“”„«»‹›()\[\]{}<>*_#`~^\\|@$€£¥]|"
                  r"(?<![\w\U00100000-\U0010ffff])['’‘]|['’‘](?!\w)|(?<=\s)[-–—/]+(?=\s|$)", " ", text)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"…|\.{2,}", ".", text)
    text = re.sub(r"(?<=\b[A-Z])\.(?=\s*[,;:])", "", text)  # "S.Q.L.," is no end of a sentence
    text = re.sub(r"[,;:](?:\s*[,;:])+", lambda m: next(sign for sign in ":;," if sign in m.group()), text)
    text = re.sub(r"[,;:]+\s*([.!?])", r"\1", text)
    text = re.sub(r"([.!?])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"([!?])[.!?]+|\.([!?])[.!?]*", lambda m: m[1] or m[2], text)
    return re.sub(r"^[\s,;:.!?-]+|[\s,;:]+$", "", text).strip()
