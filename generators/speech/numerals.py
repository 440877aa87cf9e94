"""Numbers said in full: dates, times, years, versions, ratios, and every digit that is left. Rules over num2words.

Each rule takes the text and a Tongue and returns the text with what it knows turned into words. spoken.py puts them, and
those for money and measures (amounts.py), in order: the most particular first, so that "2019" in a date is never read as
a price. After the last rule the text holds no digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from generators.speech.wording import Tongue

#: A number as written: groups of three, then decimals; either mark may group.
NUM = r"\d{1,3}(?:[.,\u00a0\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
SEP = r"\s?(?:–|—|-|‑|−)\s?"
_YEAR = r"1[1-9]\d\d|20\d\d"
FREE = r"(?<![\w.,])"  # a number starts here, not inside a word or another number

_LOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

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
    said = str(num2words(value, lang=lang, to=kind)).replace(",", "").replace("één", "een")
    # Alone it is the number and not the article.
    return re.sub(r"^een(?= |$)", "één", said) if lang == "nl" and kind == "cardinal" else said


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


def alternatives(keys: list[str]) -> str:
    """A pattern that finds any of some texts, the longest first."""
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def vulgar(text: str, tongue: Tongue) -> str:
    """Fractions of one character, squares and cubes; footnote numbers in superscript are dropped."""
    text = re.sub(r"(?<![\d.,])1\s?½", tongue.say["one_and_half"], text)
    for char, said in tongue.tables["vulgar"].items():
        text = re.sub(rf"(?<=\d)\s?{char}", f" {said}", text)
        text = text.replace(char, tongue.tables["vulgar_alone"][char])
    text = re.sub(r"(?<![A-Za-z])([kcm]?m|ft)([²³])", lambda m: f"{'sq' if m[2] == '²' else 'cb'}{m[1]}", text)
    text = re.sub(r"(?<=[A-Za-z\d])²", f" {tongue.say['squared']}", text)
    text = re.sub(r"(?<=[A-Za-z\d])³", f" {tongue.say['cubed']}", text)
    # "CO₂" has its number said; the little figures above a word belong to notes.
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", text.translate(_LOW))


def dates(text: str, tongue: Tongue) -> str:
    """ISO dates, and day.month.year or day/month/year where the day cannot be a month."""
    def said(match: re.Match[str]) -> str:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return match.group()
        return tongue.say["date"].format(month=tongue.months[month - 1], day=words(day, tongue.language),
                                         ordinal=words(day, tongue.language, "ordinal"),
                                         year=words(year, tongue.language, "year"))

    text = re.sub(rf"{FREE}(?P<y>[12]\d{{3}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?![\w-])", said, text)
    day = r"(?P<d>0?[1-9]|[12]\d|3[01])" if tongue.say["day_first"] == "always" else r"(?P<d>1[3-9]|2\d|3[01])"
    text = re.sub(rf"{FREE}{day}[/.-](?P<m>0?[1-9]|1[0-2])[/.-](?P<y>[12]\d{{3}})(?![\w-])", said, text)
    text = re.sub(rf"{FREE}(?P<m>0?[1-9]|1[0-2])[/-](?P<d>1[3-9]|2\d|3[01])[/-](?P<y>[12]\d{{3}})(?![\w-])", said, text)
    # Which of the two is the month nobody can know: the figures as they stand.
    text = re.sub(rf"{FREE}(\d\d?)[/-](\d\d?)[/-]([12]\d{{3}})(?![\w-])", lambda m: ", ".join(
        (words(int(m[1]), tongue.language), words(int(m[2]), tongue.language),
         words(int(m[3]), tongue.language, "year"))), text)
    names, language = "|".join(tongue.months), tongue.language
    if language != "en":
        return text
    text = re.sub(rf"(?:\b[Tt]he\s+)?{FREE}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({names})\b",
                  lambda m: f"the {words(int(m[1]), language, 'ordinal')} of {m[2]}", text)
    return re.sub(rf"\b({names})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\w.:-])",
                  lambda m: f"{m[1]} {words(int(m[2]), language, 'ordinal')}", text)


def times(text: str, tongue: Tongue) -> str:
    """Times of day. "1:10" alone is a ratio; after "at" or before "pm", or with 00 minutes, it is a time."""
    tails = alternatives(list(tongue.tables["time_tails"]))
    text = re.sub(r"(?<![\w.,:])([01]?\d|2[0-3])\.([0-5]\d)(?=\s?(?:uur|u)\b)", r"\1:\2", text)
    text = re.sub(r"(?<![\w.,:])(1[0-2]|[1-9])\s?([AaPp])\.?[Mm]\b(?:\.(?!\w))?", lambda m: " ".join(
        (words(int(m[1]), tongue.language), tongue.tables["time_tails"].get(f"{m[2].lower()}m", f"{m[2]}m"))), text)

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

    return re.sub(rf"(?P<cue>\b(?i:{tongue.say['time_cues']})\s+)?{FREE}(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
                  rf"(?![\d:])(?:\s?(?P<tail>(?i:{tails}))(?!\w))?", said, text)


def decades(text: str, tongue: Tongue) -> str:
    """"1990s" -> "nineteen nineties", where the language writes them so."""
    def said(match: re.Match[str]) -> str:
        year = words(int(match[1]), tongue.language, "year")
        return (year[:-1] + "ies") if year.endswith("y") else year + "s"

    def short(match: re.Match[str]) -> str:
        ten = words(int(match["ten"]), tongue.language)
        return f"{match['before'] or ''}{ten[:-1]}ies"

    if not tongue.decade:
        return text
    text = re.sub(r"(?<!\w)['’]0([1-9])(?!\w)", lambda m: f"oh {words(int(m[1]), tongue.language)}", text)
    text = re.sub(r"(?P<before>\b(?i:the|early|late|mid|in)[ -])['’]?(?P<ten>[2-9]0)['’]?s\b", short, text)
    text = re.sub(r"(?<!\w)(?P<before>)['’](?P<ten>[2-9]0)['’]?s\b", short, text)
    return re.sub(rf"{FREE}({_YEAR})['’]?s\b", said, text)


def years(text: str, tongue: Tongue) -> str:
    """1100 to 2099 without a mark: said as a year, also as a range ("2019-2024", "2023/24")."""
    year = _YEAR

    def short(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[1][:2] + match[2])
        return f"{words(first, tongue.language, 'year')} {tongue.say['to']} {words(second, tongue.language, 'year')}"

    text = re.sub(rf"{FREE}({year}){SEP}({year})(?![\w%])", lambda m: f"{words(int(m[1]), tongue.language, 'year')} "
                  f"{tongue.say['to']} {words(int(m[2]), tongue.language, 'year')}", text)
    text = re.sub(rf"{FREE}({year})[/–-]['’]?(\d\d)(?![\w%.,]\d|\w)", short, text)
    return re.sub(rf"{FREE}({year})(?![\w%]|[.,]\d)", lambda m: words(int(m[1]), tongue.language, "year"), text)


def codes(text: str, tongue: Tongue) -> str:
    """Quarters, halves, fiscal years, versions, numbers of ports and standards."""
    language = tongue.language
    text = re.sub(rf"{FREE}(\d{{3,5}}):([12]\d{{3}})(?!\w)", lambda m:
                  f"{number(m[1], tongue)}, {words(int(m[2]), tongue.language, 'year')}", text)
    text = re.sub(r"(?<!\w)([1-4])Q(?=\s?['’]?\d|\b)", r"Q\1 ", text)
    text = re.sub(r"(?<!\w)([12])H(?=['’]?\d\d\b)", r"H\1 ", text)
    text = re.sub(r"(?<!\w)([12]\d{3})\s?(?=[QH][1-4]\b)", r"\1 ", text)
    text = re.sub(r"\b([QH][1-4])\s?['’]?(\d\d)(?![\w%.,:]\d|[\w%])", lambda m: f"{m[1]} {2000 + int(m[2])}", text)
    text = re.sub(r"\bQ([1-4])(?!\w)", lambda m: tongue.say["quarter"].format(number=words(int(m[1]), language)), text)
    text = re.sub(r"\bH([12])\s(?:of\s|van\s)?(?=[12]\d{3}\b)", lambda m: tongue.say["half_year"].format(
        ordinal=words(int(m[1]), language, "ordinal")) + tongue.say["half_of"], text)
    text = re.sub(r"\bH([12])(?=\s|[.,;:)]|$)(?=(?:\s(?:of|[12]\d{3}|FY))|[^\w\s]|$)",
                  lambda m: tongue.say["half_year"].format(ordinal=words(int(m[1]), language, "ordinal")), text)
    text = re.sub(r"\bFY\s?['’]?(\d{4}|\d{2})(?:[/–-](\d\d))?\b", lambda m: _fiscal(m[1], m[2], tongue), text)
    text = re.sub(rf"(?:\b(?i:{tongue.say['version']})\s+)?(?<![\w-])[vV]\.?(\d+(?:\.\d+)*)\b",
                  lambda m: f"{tongue.say['version']} {_dotted(m[1], tongue)}", text)
    text = re.sub(rf"\b((?i:{tongue.say['version']})|{tongue.say['versioned']})\s(\d+(?:\.\d+)+)(?![\w%])",
                  lambda m: f"{m[1]} {_dotted(m[2], tongue)}", text)
    if language == "en":
        text = re.sub(rf"\b((?i:{tongue.say['numbered']}))[ -](\d{{3,4}})(?![\w%.,:]\d|[\w%-])",
                      lambda m: f"{m[1]} {paired(m[2])}", text)
    text = re.sub(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?!\w|\.\d)", lambda m: f" {tongue.say['dot']} ".join(
        words(int(each), language) for each in m[1].split(".")), text)
    return re.sub(rf"{FREE}\d+(?:\.\d+){{2,}}(?!\w)", lambda m: m.group()
                  if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", m.group()) else _dotted(m.group(), tongue), text)


def _fiscal(first: str, second: str | None, tongue: Tongue) -> str:
    year = int(first) + (2000 if len(first) == 2 else 0)
    said = tongue.say["fiscal"].format(year=words(year, tongue.language, "year"))
    if second:
        said += f" {tongue.say['to']} {words(year // 100 * 100 + int(second), tongue.language, 'year')}"
    return said


def paired(body: str) -> str:
    """Three or four figures of a name in English: 404 is "four oh four", 8080 "eighty eighty", 500 "five hundred"."""
    value, low = int(body), int(body[-2:])
    if value % 1000 == 0:
        return words(value, "en")
    head = words(value // 100, "en")
    return f"{head} hundred" if not low else f"{head} oh {words(low, 'en')}" if low < 10 else f"{head} {words(low, 'en')}"


def _dotted(body: str, tongue: Tongue) -> str:
    return f" {tongue.say['point']} ".join(words(int(piece), tongue.language) for piece in body.split("."))


def ordinals(text: str, tongue: Tongue) -> str:
    """1st, 22nd; 1e, 3de."""
    return re.sub(rf"{FREE}(\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}}){tongue.say['ordinal']}(?!\w)",
                  lambda m: words(int(re.sub(r"\D", "", m[1])), tongue.language, "ordinal"), text)


def ratios(text: str, tongue: Tongue) -> str:
    """"3x", "2-3x", "3 x 4", "1:10", "2/3", "1 1/2", "4/10", "10^6", "1e6"."""
    say = tongue.say
    text = re.sub(rf"{FREE}({NUM})[eE]([+-]?\d{{1,3}})(?!\w)", rf"\1 {say['times']} 10^\2", text)
    text = re.sub(r"(?<=\w)\^(?=-?\d)", f" {say['power']} ", text)
    text = re.sub(rf"{FREE}({NUM})\s?[x×]\s?(?=\d)", lambda m: f"{number(m[1], tongue)} {say['by']} ", text)
    text = re.sub(rf"{FREE}({NUM})(?:{SEP}({NUM}))?\s?[x×](?!\w)",
                  lambda m: f"{span(m[1], m[2], tongue)} {say['times']}", text)
    text = re.sub(rf"(?<!\w)[x×](?=(?:{NUM})(?!\w))", f"{say['times']} ", text)
    text = re.sub(rf"{FREE}({NUM})((?::(?:{NUM}))+)(?!\w)",
                  lambda m: f" {say['ratio']} ".join(number(each, tongue) for each in m.group().split(":")), text)
    for written, said in tongue.tables["fractions"].items():
        mixed = f" {say['and']} {tongue.tables['mixed'][written]}"
        text = re.sub(rf"{FREE}(\d+) {re.escape(written)}(?![\w/]|[.,]\d)", rf"\1{mixed}", text)
        text = re.sub(rf"{FREE}{re.escape(written)}(?![\w/]|[.,]\d)", said, text)
    return re.sub(rf"{FREE}({NUM})/(\d+)(?![\w/])",
                  lambda m: f"{number(m[1], tongue)} {say['out_of']} {number(m[2], tongue)}", text)


def plain_numbers(text: str, tongue: Tongue) -> str:
    """Every digit that is left: ranges, signs, telephone numbers, digits inside words."""
    say = tongue.say
    text = re.sub(r"(?<=[^\W\d_])[-‑.]?(?=\d)", " ", text)
    text = re.sub(r"(?<=\d)[-‑]?(?=[^\W\d_])", " ", text)
    text = re.sub(rf"{FREE}(?P<a>{NUM}){SEP}(?P<b>{NUM})(?![\w])", lambda m: span(m["a"], m["b"], tongue), text)
    text = re.sub(rf"(?<![\w)])[-−](?=(?:{NUM})(?!\w))", f"{say['minus']} ", text)
    text = re.sub(rf"(?<![\d]){NUM}", lambda m: number(m.group(), tongue), text)
    return re.sub(r"\d+", lambda m: f" {digits(m.group(), tongue)} ", text)
