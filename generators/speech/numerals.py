"""Numbers said in full: money, percentages, years, dates, times, ranges, ratios, units. Ordered rules over num2words.

Each rule takes the text and a Tongue and returns the text with what it knows turned into words. The order is that of
`RULES`: the most particular first, so that "2019" in a date is never read as a price. After the last rule the text
holds no digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from generators.speech.wording import Tongue

#: A number as written: groups of three, then decimals; either mark may group.
NUM = r"\d{1,3}(?:[.,\u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SEP = r"\s?(?:–|—|-|‑|−)\s?"
_YEAR = r"1[1-9]\d\d|20\d\d"
_FREE = r"(?<![\w.,])"  # a number starts here, not inside a word or another number

Rule = Callable[[str, Tongue], str]


@cache
def words(value: int, language: str, kind: str = "cardinal") -> str:
    """A whole number in words, without commas: num2words, with Dutch centuries said as people say them."""
    from num2words import num2words

    lang = language if language in {"en", "nl"} else "en"
    if kind == "year":
        if lang == "nl":
            if 1100 <= value < 2000:
                rest = value % 100
                return words(value // 100, lang) + "honderd" + (words(rest, lang) if rest else "")
            return words(value, lang).replace("tweeduizend", "tweeduizend ", 1).strip()
        return str(num2words(value, to="year")).replace(",", "")
    if value >= 10**15:
        return " ".join(words(int(digit), lang) for digit in str(value))
    return str(num2words(value, lang=lang, to=kind)).replace(",", "").replace("één", "een")


def split_number(body: str, tongue: Tongue) -> tuple[int, str]:
    """Whole part and decimals of a written number, whichever of . and , is the decimal mark in it."""
    flat = re.sub(r"[\u00a0\u202f'’\s]", "", body)
    last = max(flat.rfind("."), flat.rfind(","))
    if last < 0:
        return int(flat), ""
    mark, tail = flat[last], flat[last + 1:]
    head = re.sub(r"[.,]", "", flat[:last])
    both = "." in flat and "," in flat
    several = flat.count(mark) > 1
    if several or (not both and len(tail) == 3 and head != "0" and mark != tongue.say["decimal"]):
        return int(head + tail), ""
    return int(head), tail


def number(body: str, tongue: Tongue) -> str:
    """A written number in words: "1,250.5" becomes "one thousand two hundred and fifty point five"."""
    whole, decimals = split_number(body, tongue)
    flat = re.sub(r"\D", "", body)
    if not decimals and flat == body and ((len(flat) > 1 and flat[0] == "0") or len(flat) > 9):
        return digits(flat, tongue)
    said = words(whole, tongue.language)
    if decimals:
        said += f" {tongue.say['point']} {digits(decimals, tongue)}"
    return said


def digits(body: str, tongue: Tongue) -> str:
    """Digit by digit, as decimals and codes are said."""
    return " ".join(words(int(char), tongue.language) for char in body if char.isdecimal())


def span(first: str, second: str | None, tongue: Tongue) -> str:
    """One number, or a range of two."""
    said = number(first, tongue)
    return f"{said} {tongue.say['to']} {number(second, tongue)}" if second else said


def is_one(first: str, second: str | None, tongue: Tongue) -> bool:
    """Whether what follows is in the singular."""
    return not second and split_number(first, tongue) == (1, "")


def _alternatives(keys: list[str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def vulgar(text: str, tongue: Tongue) -> str:
    """Fractions of one character, squares and cubes; footnote numbers in superscript are dropped."""
    for char, said in tongue.tables["vulgar"].items():
        text = re.sub(rf"(?<=\d)\s?{char}", f" {said}", text)
        text = text.replace(char, tongue.tables["vulgar_alone"][char])
    text = re.sub(r"(?<=[A-Za-z\d])²", f" {tongue.say['squared']}", text)
    text = re.sub(r"(?<=[A-Za-z\d])³", f" {tongue.say['cubed']}", text)
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+", "", text)


def dates(text: str, tongue: Tongue) -> str:
    """ISO dates, and day.month.year or day/month/year where the day cannot be a month."""
    def said(match: re.Match[str]) -> str:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return match.group()
        return tongue.say["date"].format(month=tongue.months[month - 1], day=words(day, tongue.language),
                                         ordinal=words(day, tongue.language, "ordinal"),
                                         year=words(year, tongue.language, "year"))

    text = re.sub(rf"{_FREE}(?P<y>[12]\d{{3}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?![\w-])", said, text)
    text = re.sub(rf"{_FREE}(?P<d>1[3-9]|2\d|3[01])[/.-](?P<m>0?[1-9]|1[0-2])[/.-](?P<y>[12]\d{{3}})(?![\w-])",
                  said, text)
    names, language = "|".join(tongue.months), tongue.language
    if language != "en":
        return text
    text = re.sub(rf"(?:\b[Tt]he\s+)?{_FREE}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({names})\b",
                  lambda m: f"the {words(int(m[1]), language, 'ordinal')} of {m[2]}", text)
    return re.sub(rf"\b({names})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\w.:-])",
                  lambda m: f"{m[1]} {words(int(m[2]), language, 'ordinal')}", text)


def times(text: str, tongue: Tongue) -> str:
    """Times of day. "1:10" alone is a ratio; after "at" or before "pm", or with 00 minutes, it is a time."""
    tails = _alternatives(list(tongue.tables["time_tails"]))

    def said(match: re.Match[str]) -> str:
        hour, minute, tail, cue = int(match["h"]), int(match["m"]), match["tail"], match["cue"] or ""
        clock = minute == 0 or match["h"].startswith("0") or hour >= 13 or (hour >= 6 and minute % 5 == 0)
        if not (cue or tail or clock):
            return match.group()
        ending = f" {tongue.tables['time_tails'][tail.lower()]}".rstrip() if tail else ""
        if minute == 0:
            whole = words(hour, tongue.language)
            return cue + (whole + ending if ending else tongue.say["time_hour"].format(hour=whole))
        low = f"{tongue.say['time_zero']} " if minute < 10 and tongue.say["time_zero"] else ""
        return cue + tongue.say["time"].format(hour=words(hour, tongue.language),
                                               minute=low + words(minute, tongue.language)) + ending

    return re.sub(rf"(?P<cue>\b(?i:{tongue.say['time_cues']})\s+)?{_FREE}(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
                  rf"(?![\d:])(?:\s?(?P<tail>(?i:{tails}))(?!\w))?", said, text)


def money(text: str, tongue: Tongue) -> str:
    """"$2.5M", "EUR 1,250.50", "€4-5 million", "12,50 €"."""
    signs, scales = _alternatives(list(tongue.currencies)), _alternatives(list(tongue.tables["scales"]))
    amount = rf"(?P<a>{NUM})(?:{_SEP}(?P<b>{NUM}))?(?:[\s\u00a0-]?(?P<scale>{scales})(?!\w))?"

    def said(match: re.Match[str]) -> str:
        one, many, cent, cents = tongue.currencies[match["cur"]]
        first, second, scale = match["a"], match["b"], match["scale"]
        sign = f"{tongue.say['minus']} " if match["sign"] else ""
        if scale:
            return f"{sign}{span(first, second, tongue)} {tongue.tables['scales'][scale]} {many}"
        whole, decimals = split_number(first, tongue)
        if len(decimals) == 2 and not second:
            small = int(decimals)
            if whole == 0 and small:
                return f"{sign}{words(small, tongue.language)} {cent if small == 1 else cents}"
            said_whole = f"{words(whole, tongue.language)} {one if whole == 1 else many}"
            return sign + (tongue.say["money_cents"].format(
                whole=said_whole, cents=words(small, tongue.language), cent=cent if small == 1 else cents)
                if small else said_whole)
        return f"{sign}{span(first, second, tongue)} {one if is_one(first, second, tongue) else many}"

    text = re.sub(rf"(?P<sign>[-−](?=\S))?(?<![\w.,])(?P<cur>{signs})\s?(?:{amount})", said, text)
    return re.sub(rf"(?P<sign>(?<!\w)[-−])?{_FREE}(?:{amount})\s?(?P<cur>{signs})(?!\w)", said, text)


def percents(text: str, tongue: Tongue) -> str:
    """Percentages and ranges of them."""
    def said(match: re.Match[str]) -> str:
        sign = {"+": f"{tongue.say['plus']} ", "-": f"{tongue.say['minus']} ", "−": f"{tongue.say['minus']} "}
        return f"{sign.get(match['sign'] or '', '')}{span(match['a'], match['b'], tongue)} {tongue.say['percent']}"

    return re.sub(rf"(?P<sign>(?<!\w)[+\-−])?{_FREE}(?P<a>{NUM})\s?%?(?:{_SEP}(?P<b>{NUM}))?\s?%(?!\w)", said, text)


def units(text: str, tongue: Tongue) -> str:
    """Numbers with a unit, also per another ("5 GB/s"), and ranges of them ("10-20 ms")."""
    names, per = _alternatives(list(tongue.units)), _alternatives(list(tongue.tables["per_units"]))

    def said(match: re.Match[str]) -> str:
        one, many = tongue.units[match["unit"]]
        name = one if is_one(match["a"], match["b"], tongue) else many
        tail = f" {tongue.say['per']} {tongue.tables['per_units'][match['per']]}" if match["per"] else ""
        sign = f"{tongue.say['minus']} " if match["sign"] else ""
        return f"{sign}{span(match['a'], match['b'], tongue)} {name}{tail}"

    text = re.sub(rf"(?P<sign>(?<!\w)[-−])?{_FREE}(?P<a>{NUM})(?:{_SEP}(?P<b>{NUM}))?[\s\u00a0]?(?P<unit>{names})"
                  rf"(?:/(?P<per>{per}))?(?![\w/])", said, text)
    return re.sub(rf"(?<=[a-z])\s?/\s?(?P<per>{per})(?!\w)",
                  lambda match: f" {tongue.say['per']} {tongue.tables['per_units'][match['per']]}", text)


def scaled(text: str, tongue: Tongue) -> str:
    """"2.5M users", "10k", "3-4 million"."""
    scales = _alternatives(list(tongue.tables["scales"]))
    name = rf"(?:[\s\u00a0-](?P<word>{scales})|(?P<tight>{scales}))(?!\w)"
    return re.sub(rf"{_FREE}(?P<a>{NUM})(?:{_SEP}(?P<b>{NUM}))?{name}",
                  lambda m: m.group() if m["word"] and len(m["word"]) < 3 else
                  f"{span(m['a'], m['b'], tongue)} {tongue.tables['scales'][m['word'] or m['tight']]}", text)


def decades(text: str, tongue: Tongue) -> str:
    """"1990s" -> "nineteen nineties", where the language writes them so."""
    def said(match: re.Match[str]) -> str:
        year = words(int(match[1]), tongue.language, "year")
        return (year[:-1] + "ies") if year.endswith("y") else year + "s"

    return re.sub(rf"{_FREE}({_YEAR})['’]?s\b", said, text) if tongue.decade else text


def years(text: str, tongue: Tongue) -> str:
    """1100 to 2099 without a mark: said as a year, also as a range ("2019-2024", "2023/24")."""
    year = _YEAR

    def short(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[1][:2] + match[2])
        return f"{words(first, tongue.language, 'year')} {tongue.say['to']} {words(second, tongue.language, 'year')}"

    text = re.sub(rf"{_FREE}({year}){_SEP}({year})(?![\w%])", lambda m: f"{words(int(m[1]), tongue.language, 'year')} "
                  f"{tongue.say['to']} {words(int(m[2]), tongue.language, 'year')}", text)
    text = re.sub(rf"{_FREE}({year})[/–-](\d\d)(?![\w%.,]\d|\w)", short, text)
    return re.sub(rf"{_FREE}({year})(?![\w%]|[.,]\d)", lambda m: words(int(m[1]), tongue.language, "year"), text)


def codes(text: str, tongue: Tongue) -> str:
    """Quarters, halves, fiscal years, versions."""
    language = tongue.language
    text = re.sub(r"\bQ([1-4])(?!\w)", lambda m: tongue.say["quarter"].format(number=words(int(m[1]), language)), text)
    text = re.sub(r"\bH([12])(?=\s|[.,;:)]|$)(?=(?:\s(?:of|[12]\d{3}|FY))|[^\w\s]|$)",
                  lambda m: tongue.say["half_year"].format(ordinal=words(int(m[1]), language, "ordinal")), text)
    text = re.sub(r"\bFY\s?['’]?(\d{4}|\d{2})\b", lambda m: tongue.say["fiscal"].format(
        year=words(int(m[1]) + (2000 if len(m[1]) == 2 else 0), language, "year")), text)
    text = re.sub(rf"(?:\b(?i:{tongue.say['version']})\s+)?\bv\.?(\d+(?:\.\d+)*)\b",
                  lambda m: f"{tongue.say['version']} {_dotted(m[1], tongue)}", text)
    return re.sub(rf"{_FREE}\d+(?:\.\d+){{2,}}(?!\w)", lambda m: m.group()
                  if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", m.group()) else _dotted(m.group(), tongue), text)


def _dotted(body: str, tongue: Tongue) -> str:
    return f" {tongue.say['point']} ".join(words(int(piece), tongue.language) for piece in body.split("."))


def ordinals(text: str, tongue: Tongue) -> str:
    """1st, 22nd; 1e, 3de."""
    return re.sub(rf"{_FREE}(\d{{1,6}}){tongue.say['ordinal']}(?!\w)",
                  lambda m: words(int(m[1]), tongue.language, "ordinal"), text)


def ratios(text: str, tongue: Tongue) -> str:
    """"3x", "3 x 4", "1:10", "2/3", "4/10"."""
    say = tongue.say
    text = re.sub(rf"{_FREE}({NUM})\s?[x×]\s?(?=\d)", lambda m: f"{number(m[1], tongue)} {say['by']} ", text)
    text = re.sub(rf"{_FREE}({NUM})\s?[x×](?!\w)", lambda m: f"{number(m[1], tongue)} {say['times']}", text)
    text = re.sub(rf"{_FREE}({NUM})((?::(?:{NUM}))+)(?!\w)",
                  lambda m: f" {say['to']} ".join(number(each, tongue) for each in m.group().split(":")), text)
    for written, said in tongue.tables["fractions"].items():
        text = re.sub(rf"{_FREE}{re.escape(written)}(?![\w/]|[.,]\d)", said, text)
    return re.sub(rf"{_FREE}(\d+)/(\d+)(?![\w/])",
                  lambda m: f"{number(m[1], tongue)} {say['out_of']} {number(m[2], tongue)}", text)


def plain_numbers(text: str, tongue: Tongue) -> str:
    """Every digit that is left: ranges, signs, telephone numbers, digits inside words."""
    say = tongue.say
    text = re.sub(r"(?<![\w])\+\d[\d ()\u00a0-]{6,}\d", lambda m: f"{say['plus']} {digits(m.group(), tongue)}", text)
    text = re.sub(r"(?<=[^\W\d_])[-‑]?(?=\d)", " ", text)
    text = re.sub(r"(?<=\d)[-‑]?(?=[^\W\d_])", " ", text)
    text = re.sub(rf"{_FREE}(?P<a>{NUM}){_SEP}(?P<b>{NUM})(?![\w])", lambda m: span(m["a"], m["b"], tongue), text)
    text = re.sub(rf"(?<![\w)])[-−](?=(?:{NUM})(?!\w))", f"{say['minus']} ", text)
    text = re.sub(rf"(?<![\d]){NUM}", lambda m: number(m.group(), tongue), text)
    return re.sub(r"\d+", lambda m: f" {digits(m.group(), tongue)} ", text)


#: In this order; `spoken.py` puts them between its own.
RULES: tuple[Rule, ...] = (dates, decades, times, money, percents, codes, units, scaled, years, ordinals, ratios,
                           plain_numbers)
