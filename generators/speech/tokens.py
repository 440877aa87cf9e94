"""What is written for the eye or for a machine, said for the ear: file names, paths, identifiers, colours, short dates.

These rules go before those for numbers (numerals.py), so that "report_v2.docx" is a file and "Q1-Q3" a stretch of time
before anybody reads the figures in them. Each takes the text and a Tongue and returns the text.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePosixPath

from generators.speech import numerals
from generators.speech.numerals import NUM, Rule
from generators.speech.wording import Tongue

_DASH = r"\s?[–—-]\s?"
_NAME = r"[\w-]+(?:\.[\w-]+)*"


def notes(text: str, tongue: Tongue) -> str:
    """Reference numbers in brackets are for readers; so are the brackets of a call and of "module(s)"."""
    text = re.sub(r"\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]", "", text)
    text = re.sub(r"(?<=[^\W\d_])\((s|es|n|en|e|r|rs)\)(?!\w)", r"\1", text)
    return re.sub(r"(?<=\w)\(\)", "", text)


def phones(text: str, tongue: Tongue) -> str:
    """Telephone numbers go figure by figure; blanks that group a large number go, and so does the colon of a port."""
    text = re.sub(r"(?<!\w)\+\d[\d ()\u00a0-]{6,}\d",
                  lambda m: f"{tongue.say['plus']} {numerals.digits(m.group(), tongue)}", text)
    text = re.sub(r"(?<![\w-])(?:0\d{1,3}[ -]\d{6,8}|\d{3}-\d{4})(?![\w-])",
                  lambda m: numerals.digits(m.group(), tongue), text)
    text = re.sub(r"(?<=[a-z]):(?=\d{2,5}\b)", " ", text)
    return re.sub(r"(?<![\w.,])\d{1,3}(?: \d{3}){2,}(?![\d.,]\d|\d)", lambda m: m.group().replace(" ", ""), text)


def arrows(text: str, tongue: Tongue) -> str:
    """Signs made of several keys become the one that they stand for."""
    text = re.sub(r"[-=]{1,2}>", " → ", text)
    for keys, sign in ((">=", "≥"), ("<=", "≤"), ("!=", "≠"), ("===", "="), ("==", "=")):
        text = text.replace(keys, f" {sign} ")
    text = text.replace("≠", tongue.say["unequal"])
    text = re.sub(r"(?<=\w)\s>\s(?=\w)", f" {tongue.tables['compare']['>']} ", text)
    return re.sub(r"(?<=\w)\s<\s(?=\w)", f" {tongue.tables['compare']['<']} ", text)


def paths(text: str, tongue: Tongue) -> str:
    """A path is its last name, a file name its words and its ending: "src/main.py" is "main dot P.Y."."""
    endings = "|".join(sorted(tongue.tables["endings"], key=lambda each: (-len(each), each)))

    def ending(match: re.Match[str]) -> str:
        tail = tongue.tables["endings"][match["ending"].lower()]
        body = re.sub(r"[-_.]+", " ", match["body"])
        return f"{camel(body)} {tongue.say['dot']} {tail}"

    text = re.sub(r"(?<![\w/\\])[A-Za-z]:\\(?:[\w .-]+\\)*(?P<last>[\w.-]+)", lambda m: m["last"], text)
    text = re.sub(rf"(?<![\w/.])(?:~/|\.{{1,2}}/|/(?={_NAME}/))(?:{_NAME}/)*\.?(?P<last>{_NAME})/?(?!\w)",
                  lambda m: m["last"], text)
    text = re.sub(rf"(?<![\w/])(?:{_NAME}/)+(?P<last>{_NAME}\.(?:{endings}))(?!\w)",
                  lambda m: PurePosixPath(m.group()).name, text)
    return re.sub(rf"(?<![\w@.])(?P<body>{_NAME})\.(?P<ending>{endings})(?![\w-]|\.\w)", ending, text)


def identifiers(text: str, tongue: Tongue) -> str:
    """Names out of programs come apart: "getUserName" is three words, "foo.bar" has a dot, "#A8432A" is spelled."""
    text = re.sub(r"(?<!\w)(?:#(?=\w*\d)([0-9A-Fa-f]{6})|0x([0-9A-Fa-f]+))(?!\w)",
                  lambda m: " ".join((m[1] or m[2]).upper()), text)
    text = re.sub(r"(?<!\w)[a-z]{2,}(?:[A-Z][a-z]+)+(?!\w)", lambda m: camel(m.group()), text)
    text = re.sub(r"(?<!\w)([A-Z]{2,4})([a-z]{3,})(?!\w)", r"\1 \2", text)
    text = re.sub(r"(?<=[^\W\d_])_+(?=\w)", " ", text)
    return re.sub(r"(?<=\w\w)\.(?=[a-z]\w)|(?<=\d)\.(?=[a-z]{3})", f" {tongue.say['dot']} ", text)


def camel(body: str) -> str:
    """Words that were written as one come apart where a capital begins."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", body)


def calendar(text: str, tongue: Tongue) -> str:
    """"Mar 3", "Jan-Mar", "Mon-Fri": short names of months beside a number, of both in a range."""
    months, days = tongue.tables["months_short"], tongue.tables["days_short"]
    for table in (months, days):
        names = "|".join(table)
        text = re.sub(rf"\b(?P<a>{names})\.?{_DASH}(?P<b>{names})\b(?!\.\w)\.?", partial(_both, table, tongue), text)
    names, full = "|".join(months), "|".join(tongue.months)
    text = re.sub(rf"\b(?P<a>{full}){_DASH}(?P<b>{full})\b", lambda m: f"{m['a']} {tongue.say['to']} {m['b']}", text)
    date = rf",? (?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{full}|{names})\b"
    text = re.sub(rf"\b(?P<day>{'|'.join(days)})\b\.?(?={date})",
                  lambda m: days[m["day"]], text)
    text = re.sub(rf"\b(?P<a>{names})\b\.?(?=\s['’]?\d)", lambda m: months[m["a"]], text)
    return re.sub(rf"(?<=\d)\s(?P<a>{names})\b(?:\.(?=\s[\da-z,]))?", lambda m: f" {months[m['a']]}", text)


def _both(table: dict[str, str], tongue: Tongue, match: re.Match[str]) -> str:
    return f"{table[match['a']]} {tongue.say['to']} {table[match['b']]}"


def stretches(text: str, tongue: Tongue) -> str:
    """A dash between two clocks, two prices, two quarters or two letters is "to"."""
    to = f" {tongue.say['to']} "
    tails = numerals.alternatives(list(tongue.tables["time_tails"]))
    scales = numerals.alternatives(list(tongue.tables["scales"]))
    text = re.sub(rf"(?<=\d)(?P<tail>:\d\d(?:\s?(?i:{tails}))?|\s?(?i:[ap]\.?m\.?)){_DASH}(?=\d)",
                  lambda m: m["tail"] + to, text)
    text = re.sub(rf"(?P<a>(?:{NUM})\s?(?:{scales})?){_DASH}(?=[€$£¥₹]\s?\d)", lambda m: m["a"] + to, text)
    text = re.sub(rf"(?<=\d0s){_DASH}(?=\d)", to, text)
    text = re.sub(rf"\b(?P<a>Q[1-4]|H[12]){_DASH}(?=[QH]\d\b)", lambda m: m["a"] + to, text)
    text = re.sub(rf"\b(?P<a>[A-Z]){_DASH}(?=Z\b)", lambda m: m["a"] + to, text)
    # "3-2-1" is counted down, not a range.
    return re.sub(r"(?<![\w.,-])\d{1,2}(?:-\d{1,2}){2,}(?![\w-])", lambda m: m.group().replace("-", ", "), text)


#: In this order, before those of numerals.py.
RULES: tuple[Rule, ...] = (notes, phones, arrows, paths, calendar, stretches, identifiers)
