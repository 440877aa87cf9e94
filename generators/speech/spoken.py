"""Display text -> spoken text: what a person would say for what is written. English and Dutch.

Ordered rules, most particular first: the profile's respellings, links and addresses, abbreviations, numbers
(numerals.py), acronyms, signs. The result holds no digit, no markup, no link and nothing that an engine could take for
a command. The display text is kept beside it, so captions show what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from generators.speech import numerals
from generators.speech.clean import plain, unmarked
from generators.speech.wording import Tongue, has_words, tongue
from language.words import word_list

#: Part of the key of every cached sound: raise it with any change of what is said.
VERSION = 1
_URL = re.compile(r"(?:https?|ftp)://\S+?(?=[.,;:!?)\]]*(?:\s|$))|\bwww\.\S+?(?=[.,;:!?)\]]*(?:\s|$))"
                  r"|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|info|example|invalid|eu|nl|de|uk|io|dev)"
                  r"(?:/[^\s,;)]*)?(?![\w@])")
_MAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")
_HANDLE = re.compile(r"(?<![\w@])@(\w[\w.]*\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=[^\W\d_])(\w+)")
_CAPS = re.compile(r"(?<![\w.&])([A-Z][A-Z0-9]{0,7}[A-Z])(['’]?s)?(?![\w&])")
_SHOUT = re.compile(r"(?:(?<!\w)[A-Z]{2,}(?:['’][A-Z]+)? ){2,}[A-Z]{2,}(?!\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_FIRST_SEAT = 0x100000  # plane 16, which `plain` lets nothing of through


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown and what is said for one paragraph."""

    display: str
    spoken: str


def line(text: str, language: str, lexicon: Mapping[str, str] | None = None) -> Line:
    """A paragraph of a script (Markdown) as a pair of display text and spoken text."""
    shown = plain(text)
    return Line(shown, speak(shown, language, lexicon))


def speak(text: str, language: str, lexicon: Mapping[str, str] | None = None) -> str:
    """The spoken form of plain text; '' when nothing in it has a sound.

    `lexicon` holds the profile's respellings; they go before everything else and are said as they stand.
    """
    words = tongue(language)
    text = unmarked(unicodedata.normalize("NFC", plain(text)))
    if not has_words(language):
        return _unknown(text, lexicon or {})
    text = numerals.vulgar(text, words)
    text = unicodedata.normalize("NFKC", text.replace("⁄", "/"))
    seats: list[str] = []
    text = _respell(text, {**words.tables["lexicon"], **(lexicon or {})}, seats)
    text = _links(text, words)
    for find, put in words.phrases:
        text = re.sub(find, put, text)
    text = _romans(text, words)
    text = _compared(text, words)
    text = _split_codes(text)
    for rule in numerals.RULES:
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
    text = _HANDLE.sub(lambda m: _camel(m[1]), text)
    return _HASHTAG.sub(lambda m: _camel(m[1]), text)


def _address(body: str, words: Tongue) -> str:
    dotted = body.replace(".", f" {words.say['dot']} ")
    return re.sub(r"[-_+]", " ", dotted)


def _camel(body: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]", " ", body)


def _romans(text: str, words: Tongue) -> str:
    def said(match: re.Match[str]) -> str:
        value = _ROMAN.get(match[2])
        return f"{match[1]} {numerals.words(value, words.language)}" if value else match.group()

    return re.sub(rf"\b({words.say['roman_after']}) ([IVX]{{1,4}})\b", said, text)


def _compared(text: str, words: Tongue) -> str:
    """Signs before a number: "~40 %", "<5", "±3"."""
    for sign, said in words.tables["compare"].items():
        text = re.sub(rf"{re.escape(sign)}\s?(?=[€$£¥]?\d)", f"{said} ", text)
    return text


def _split_codes(text: str) -> str:
    """"AES-256" -> "AES 256", "SHA256" -> "SHA 256": so that the number is one and the letters are."""
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

    text = re.sub(r"(?<![\w])([A-Z])\s?&\s?([A-Z])(?![\w])", rf"\1 {words.say['and']} \2", text)
    return _CAPS.sub(said, text)


def _pronounceable(body: str) -> bool:
    """Whether capitals read as a word: a vowel, and never three consonants running."""
    if not _VOWEL.search(body):
        return False
    return all(len(run) < 3 for run in re.split(r"[AEIOUY]+", body))


def _signs(text: str, words: Tongue) -> str:
    for sign in ("&", "+", "=", "→", "%", "°", "§", "×", "÷"):
        text = re.sub(rf"\s*{re.escape(sign)}\s*", f" {words.tables['signs'][sign]} ", text)
    text = re.sub(r"(?<=\w)\s?/\s?(?=\w)", ", ", text)
    text = re.sub(r"\s+[–—-]+\s+|—|(?<=\w)–(?=\w)|\s*[|•·]\s*", ", ", text)
    text = re.sub(r"\s*\(\s*([^()]*?)\s*\)", r", \1,", text)
    return re.sub(r"[\"“”„«»‹›()\[\]{}<>*_#`~^\\|@$€£¥]|(?<!\w)['’‘]|['’‘](?!\w)|(?<=\s)[-–—/]+(?=\s|$)", " ", text)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"…|\.{2,}", ".", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:]+\s*([.!?])", r"\1", text)
    text = re.sub(r"([.!?])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"([!?])[.!?]+|\.([!?])[.!?]*", lambda m: m[1] or m[2], text)
    return re.sub(r"^[\s,;:.!?-]+", "", text).strip()
