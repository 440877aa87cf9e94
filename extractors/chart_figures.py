"""How a chart shows its figures: 0.35 as "35%", 43000 as "43,000", by the number format of labels, axis or cells.

A chart keeps plain numbers; its format says what people see. What is read here is the form of a number, never what it
means. Words are English until the language of the document is known; `in_language` puts the marks of another in.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from content.document import Document, Part
from extractors.xml import C, local

if TYPE_CHECKING:
    from lxml import etree

#: Shares of a whole are drawn, and not the values: the format of labels and axis then speaks of the shares.
_STACKED = "percentStacked"
#: Without a format of its own a number is grouped from here on; below, it may be a year.
_GROUPED = 10_000
_MOST_DECIMALS = 6
#: Parts of a format: quoted text, a sign taken as it is, a currency in brackets, colours and conditions, fillers, digits.
_PART = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<plain>.)|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|'
                   r"(?P<digits>[0#?][0#?,.]*)|(?P<other>.)", re.DOTALL)
#: Dates, fractions and powers are none of ours: such a number stays plain.
_BEYOND = re.compile(r"[ymdhs/@]|E[+-]", re.IGNORECASE)
#: A figure as `shown` writes it; the marks of English may stand in nothing else.
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def format_of(series: etree._Element) -> str:
    """The format in which the values of a series (`c:ser`) are shown: of its labels, else of its axis, else of its cells."""
    plot = series.getparent()
    if plot is not None and not _shares(plot):
        for holder in (series, plot):
            labels = holder.find(C + "dLbls")
            if labels is not None and not _percent_labels(labels) and (form := _own(labels.find(C + "numFmt"))):
                return form
        if form := _of_axis(plot):
            return form
    return next((form for kind in ("val", "yVal") for code in series.iterfind(f"{C}{kind}//{C}formatCode")
                 if (form := code.text or "")), "")


def figure(text: str) -> float | None:
    """The number of a cached value; None where it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def shown(text: str, form: str, *, grouped: bool = True) -> str:
    """A cached number as the chart shows it. Without a format: at most 12 digits, large ones grouped if `grouped`."""
    value = figure(text)
    if value is None:
        return text
    forms = _sections(form)
    chosen = forms[1] if value < 0 and len(forms) > 1 else forms[2] if value == 0 and len(forms) > 2 else forms[0]
    signed = "-" if value < 0 and len(forms) < 2 else ""
    made = _formatted(abs(value), chosen)
    if made is not None:
        return signed + made
    large = grouped and abs(value) >= _GROUPED and not _BEYOND.search(_bare(form))
    plain = f"{value:.12g}"
    return f"{value:,.0f}" if large and value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".") if large else plain


def in_language(document: Document) -> Document:
    """The document with the figures of its charts in the marks of its language: Dutch writes "43.000" and "7,6"."""
    if document.language != "nl":
        return document
    units = []
    for unit in document.units:
        if any(block.value is not None for block in unit.blocks):
            unit = unit.model_copy(update={"blocks": tuple(
                block.model_copy(update={"text": _FIGURE.sub(_turned, block.text)})
                if block.value is not None and block.part is Part.CHART else block for block in unit.blocks)})
        units.append(unit)
    return document.model_copy(update={"units": tuple(units)})


def _turned(match: re.Match[str]) -> str:
    return match.group().translate(str.maketrans(",.", ".,"))


def _shares(plot: etree._Element) -> bool:
    grouping = plot.find(C + "grouping")
    return grouping is not None and grouping.get("val") == _STACKED


def _percent_labels(labels: etree._Element) -> bool:
    """Whether labels show the share of each slice: the format then is not that of the value."""
    share = labels.find(C + "showPercent")
    return share is not None and share.get("val", "1") in ("1", "true")


def _own(form: etree._Element | None) -> str:
    """The format that is set here and not taken from the cells; '' for none."""
    if form is None or form.get("sourceLinked", "0") in ("1", "true"):
        return ""
    code = form.get("formatCode", "")
    return "" if code.lower() in ("general", "standaard") else code


def _of_axis(plot: etree._Element) -> str:
    """The format of the last axis of values that a plot is drawn against: the other one of two is that of the x values."""
    wanted = {axis.get("val") for axis in plot.iterfind(C + "axId")}
    area = plot.getparent()
    return "" if area is None else next(
        (form for axis in reversed(list(area.iterfind(C + "valAx")))
         if any(local(each.tag) == "axId" and each.get("val") in wanted for each in axis)
         and (form := _own(axis.find(C + "numFmt")))), "")


def _sections(form: str) -> list[str]:
    """The parts of a format for positive numbers, negative ones and nothing."""
    parts, quoted = [""], False
    for char in form:
        quoted = quoted != (char == '"')
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _formatted(value: float, form: str) -> str | None:
    """A number without its sign in one part of a format; None where the format says nothing or what is not known here."""
    bare = _bare(form)
    if bare.lower() in ("", "general", "standaard") or _BEYOND.search(bare) or not re.search(r"[0#?]", bare):
        return None
    out, done = "", False
    value *= 100 if "%" in bare else 1
    for part in _PART.finditer(form):
        if part["digits"]:
            out += "" if done else _digits(value, part["digits"])
            done = True
        else:
            out += part["quoted"] or part["plain"] or part["sign"] or part["other"] or ""
    return " ".join(out.split())


def _bare(form: str) -> str:
    """A format without its literal text, colours and fillers."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].', "", form)


def _digits(value: float, pattern: str) -> str:
    """A number in a run of 0, #, comma and point; halves are rounded up, as charts do."""
    scaled = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    value /= 1000 ** scaled
    most, least = min(len(decimals), _MOST_DECIMALS), min(decimals.count("0"), _MOST_DECIMALS)
    exact = Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = f"{exact:,f}" if "," in whole or value >= _GROUPED else f"{exact:f}"
    for _ in range(most - least):
        text = text[:-1] if text.endswith("0") else text
    return text.rstrip(".")
