"""Lines with an identifier or a contact in them, and lines that only look like it, made from a seed.

Every number is made anew with its real check digit, so no number belongs to anybody on purpose and none stands in this
file. The two halves (`dev`, `held`) share neither a sentence nor a number: what was looked at while tuning is not what is
measured. Nothing here runs a scan.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
import yaml
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

HALVES = ("dev", "held")
#: Locale, and whether numbers are written as at home or with the country's code.
_PHONES = (("US", "NATIONAL"), ("NL", "INTERNATIONAL"), ("GB", "INTERNATIONAL"), ("DE", "INTERNATIONAL"), ("FR", "E164"),
           ("NL", "NATIONAL"), ("BE", "INTERNATIONAL"), ("SE", "E164"), ("US", "INTERNATIONAL"), ("GB", "NATIONAL"))


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what is in it (`start`, `end`, type), and its kind ("" when there is nothing to find)."""

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    kind: str = ""


def said(sentence: str, value: str, label: str, kind: str = "") -> Case:
    """The sentence with a value in the place of its `{}`."""
    at = sentence.index("{}")
    return Case(sentence.replace("{}", value, 1), ((at, at + len(value), label),), kind or label)


@cache
def lines() -> Mapping[str, Any]:
    """The sentences, by part and half."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("risk_lines.yaml").read_text(encoding="utf-8"))
    return read


def rng_of(seed: int, half: str, what: str) -> random.Random:
    """A generator of its own for each part and half, so that parts do not move each other."""
    return random.Random(f"{seed}|{half}|{what}")


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))


def _word(rng: random.Random, count: int = 3) -> str:
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(count))


def email(rng: random.Random) -> str:
    """An address at a domain of random syllables; Presidio knows no reserved top-level domains."""
    name = rng.choice((f"{_word(rng, 2)}.{_word(rng)}", _word(rng), f"{_word(rng, 2)}_{rng.randrange(9)}",
                       f"{_word(rng)}+talk"))
    return f"{name}@{_word(rng, 5)}.{rng.choice(('eu', 'com', 'nl', 'co.uk', 'org'))}"


def phone(rng: random.Random) -> str:
    """A number that its country could give out."""
    region, form = rng.choice(_PHONES)
    kind = phonenumbers.PhoneNumberType.MOBILE if rng.random() < 0.5 else phonenumbers.PhoneNumberType.FIXED_LINE
    base = str(phonenumbers.example_number_for_type(region, kind).national_number)
    while True:
        made = phonenumbers.parse(f"+{phonenumbers.country_code_for_region(region)}{base[:-4]}{_digits(rng, 4)}")
        if phonenumbers.is_valid_number(made):
            return phonenumbers.format_number(made, getattr(phonenumbers.PhoneNumberFormat, form))


def iban(rng: random.Random) -> str:
    """An account number with its check digits; half in groups of four."""
    country, bank = rng.choice((("NL", "".join(rng.choices(string.ascii_uppercase, k=4)) + _digits(rng, 10)),
                                ("DE", _digits(rng, 18)), ("AT", _digits(rng, 16)), ("DK", _digits(rng, 14)),
                                ("GB", "".join(rng.choices(string.ascii_uppercase, k=4)) + _digits(rng, 14))))
    number = country + mod_97_10.calc_check_digits(bank + country) + bank
    return " ".join(number[i:i + 4] for i in range(0, len(number), 4)) if rng.random() < 0.5 else number


def card(rng: random.Random) -> str:
    """A card number that passes the Luhn check."""
    start, length = rng.choice((("4" + _digits(rng, 3), 16), (f"5{rng.randint(1, 5)}" + _digits(rng, 2), 16),
                                (f"3{rng.choice('47')}" + _digits(rng, 2), 15), ("6011", 16)))
    body = start + _digits(rng, length - 5)
    number = body + luhn.calc_check_digit(body)
    mark = rng.choice(("", " ", "-")) if length == 16 else ""
    return mark.join(number[i:i + 4] for i in range(0, 16, 4)) if mark else number


def ssn(rng: random.Random) -> str:
    """An American number of an area and group that were given out."""
    area = rng.choice([n for n in range(1, 899) if n != 666])
    return f"{area:03}-{rng.randint(1, 99):02}-{rng.randint(1, 9999):04}"


def bsn(rng: random.Random) -> str:
    """A Dutch number that passes the test of eleven."""
    while True:
        body = str(rng.randint(10_000_000, 39_999_999))
        rest = sum(int(d) * w for d, w in zip(body, range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return body + str(rest)


def address(rng: random.Random) -> str:
    """An IP address, version 4 or 6."""
    if rng.random() < 0.75:
        return f"{rng.choice((10, 172, 192, 81, 145, 203))}." + ".".join(str(rng.randint(1, 254)) for _ in range(3))
    return "2a0f:" + ":".join(f"{rng.randint(1, 0xffff):x}" for _ in range(7))


def link(rng: random.Random) -> str:
    """A web address."""
    name = _word(rng, 5)
    host = rng.choice((f"www.{name}.com", f"{name}.eu", f"intranet.{name}.nl", f"{name}.org"))
    return f"https://{host}" + rng.choice(("", f"/{_word(rng)}", f"/{_word(rng)}/{rng.randrange(90)}?v={rng.randrange(9)}"))


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "EMAIL": email, "PHONE": phone, "IBAN": iban, "CARD": card, "SSN": ssn, "BSN": bsn, "IP": address, "URL": link}


def structured(seed: int, half: str, each: int = 40) -> list[Case]:
    """So many lines of each type."""
    rng, sentences = rng_of(seed, half, "structured"), lines()
    return [said(rng.choice(sentences["structured"][label][half]), make(rng), label)
            for label, make in MAKERS.items() for _ in range(each)]


def look_alikes(seed: int, half: str, rounds: int = 3) -> list[Case]:
    """Lines with a number or a dotted name that is none of the types above. A run of nines becomes random digits."""
    rng = rng_of(seed, half, "look-alikes")
    made: list[Case] = []
    for _ in range(rounds):
        card_body = "4" + _digits(rng, 14)
        wrong = {"card": card_body + str((int(luhn.calc_check_digit(card_body)) + 1) % 10)}
        good = iban(rng).replace(" ", "")
        wrong["iban"] = good[:2] + f"{(int(good[2:4]) + 7) % 97:02}" + good[4:]
        for line in lines()["look-alikes"][half]:
            text = line.replace("<card>", wrong["card"]).replace("<iban>", wrong["iban"])
            made.append(Case(re.sub("9+", lambda found: _digits(rng, len(found[0])), text)))
    return made
