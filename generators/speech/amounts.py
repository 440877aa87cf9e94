"""Money, percentages and measures said in full, with ranges of them and what they are per.

The same kind of rules as in numerals.py, in the order that spoken.py gives: a price before a plain number, a measure
before a multiple, so that "5m" is metres, "$5m" millions and "5m users" millions too.
"""

from __future__ import annotations

import re

from generators.speech.numerals import FREE, NUM, SEP, alternatives, is_one, span, split_number, words
from generators.speech.wording import Tongue

# What stands behind a sum or a measure that is no noun it belongs to.
_NO_NOUN = re.compile(
    r"[ -](?:per|for|and|from|than|over|with|that|each|was|were|more|less|would|will|has|had|off|into|out|the|ago|later|"
    r"every|plus|below|above|behind|ahead|away|or)\b")


def money(text: str, tongue: Tongue) -> str:
    """"$2.5M", "EUR 1,250.50", "€4-5 million", "12,50 €"."""
    signs, scales = alternatives(list(tongue.currencies)), alternatives(list(tongue.tables["scales"]))
    amount = rf"(?P<a>{NUM})(?:{SEP}(?P<b>{NUM}))?(?:[\s\u00a0-]?(?P<scale>{scales})(?!\w))?"

    def said(match: re.Match[str]) -> str:
        one, many, cent, cents = tongue.currencies[match["cur"]]
        first, second, scale = match["a"], match["b"], match["scale"]
        sign = f"{tongue.say['minus']} " if match["sign"] else ""
        many = one if _attribute(match, tongue) else many
        if scale:
            return f"{sign}{_scaled(first, second, tongue.tables['scales'][scale], tongue)} {many}"
        whole, decimals = split_number(first, tongue)
        if len(decimals) == 3:  # no money has a thousandth: "€ 1.000" is a thousand in any language
            whole, decimals = int(f"{whole}{decimals}"), ""
            first = str(whole)
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
    return re.sub(rf"(?P<sign>(?<!\w)[-−])?{FREE}(?:{amount})\s?(?P<cur>{signs})(?!\w)", said, text)


def _scaled(first: str, second: str | None, scale: str, tongue: Tongue) -> str:
    whole, decimals = split_number(first, tongue)
    if not second and not decimals and scale in {"thousand", "duizend"}:
        return words(whole * 1000, tongue.language)
    return f"{span(first, second, tongue)} {scale}"


def _attribute(match: re.Match[str], tongue: Tongue) -> bool:
    """Whether a sum or measure stands before its noun: "a five million dollar deal"."""
    if tongue.language != "en":
        return False
    before, after = match.string[:match.start()], match.string[match.end():]
    return re.search(r"\b(?:an?|this|that|our|their|its|his|her|my|your|every|each)\s$", before) is not None and re.match(
        r"[ -][a-z]{3,}", after) is not None and not _NO_NOUN.match(after)


def percents(text: str, tongue: Tongue) -> str:
    """Percentages and ranges of them."""
    def said(match: re.Match[str]) -> str:
        sign = {"+": f"{tongue.say['plus']} ", "-": f"{tongue.say['minus']} ", "−": f"{tongue.say['minus']} "}
        return f"{sign.get(match['sign'] or '', '')}{span(match['a'], match['b'], tongue)} {tongue.say['percent']}"

    return re.sub(rf"(?P<sign>(?<!\w)[+\-−])?{FREE}(?P<a>{NUM})\s?%?(?:{SEP}(?P<b>{NUM}))?\s?%(?!\w)", said, text)


def units(text: str, tongue: Tongue) -> str:
    """Numbers with a unit, also per another ("5 GB/s"), and ranges of them ("10-20 ms")."""
    names, per = alternatives(list(tongue.units)), alternatives(list(tongue.tables["per_units"]))

    def said(match: re.Match[str]) -> str:
        one, many = tongue.units[match["unit"]]
        name = one if is_one(match["a"], match["b"], tongue) or (not match["per"] and _attribute(match, tongue)) else many
        tail = f" {tongue.say['per']} {tongue.tables['per_units'][match['per']]}" if match["per"] else ""
        sign = f"{tongue.say['minus']} " if match["sign"] else ""
        return f"{sign}{span(match['a'], match['b'], tongue)} {name}{tail}"

    # "5m users" are millions, "5m of rope" are metres.
    text = re.sub(rf"{FREE}({NUM})m(?=\s(?:{tongue.say['counted']})\b)",
                  lambda m: f"{m[1]} {tongue.tables['scales']['M']}", text)
    text = re.sub(rf"(?P<sign>(?<!\w)[-−])?{FREE}(?P<a>{NUM})(?:{SEP}(?P<b>{NUM}))?[\s\u00a0]?(?P<unit>{names})"
                  rf"(?:/(?P<per>{per}))?(?![\w/])", said, text)
    text = re.sub(rf"(?<=\b{tongue.say['per']} )(?P<unit>{names})(?![\w/])",
                  lambda match: tongue.units[match["unit"]][0], text)
    text = re.sub(r"(?<!\w)(?:sq|cb)(?:[kcm]?m|ft)(?!\w)", lambda match: tongue.units[match.group()][1], text)
    return re.sub(rf"(?<=[a-z])\s?/\s?(?P<per>{per})(?!\w)",
                  lambda match: f" {tongue.say['per']} {tongue.tables['per_units'][match['per']]}", text)


def scaled(text: str, tongue: Tongue) -> str:
    """"2.5M users", "10k", "3-4 million"."""
    scales = alternatives(list(tongue.tables["scales"]))
    name = rf"(?:[\s\u00a0-](?P<word>{scales})|(?P<tight>{scales}))(?!\w)"
    return re.sub(rf"{FREE}(?P<a>{NUM})(?:{SEP}(?P<b>{NUM}))?{name}",
                  lambda m: m.group() if m["word"] and len(m["word"]) < 3 else
                  _scaled(m["a"], m["b"], tongue.tables["scales"][m["word"] or m["tight"]], tongue), text)
