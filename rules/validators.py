"""Check digits and formats by real validators: python-stdnum, ipaddress. A validator gives the canonical form or None.

Importing this module loads neither; each is imported by the validator that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from rules import secrets

Validator = Callable[[str], str | None]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def iban(text: str) -> str | None:
    """ISO 13616 with the country's own structure (python-stdnum)."""
    from stdnum import iban as checker

    squeezed = re.sub(r"[\s.-]", "", text).upper()
    return squeezed if checker.is_valid(squeezed, check_country=False) else None


def card(text: str) -> str | None:
    """A payment card: Luhn, and a length and prefix that an issuer uses (ISO/IEC 7812)."""
    from stdnum import luhn

    digits = _digits(text)
    if not luhn.is_valid(digits) or len(set(digits)) < 4:
        return None
    first, length = digits[:4], len(digits)
    number = int(first)
    known = (
        (digits[0] == "4" and length in (13, 16, 19))
        or (length == 16 and (51 <= number // 100 <= 55 or 2221 <= number <= 2720))
        or (length == 15 and number // 100 in (34, 37))
        or (length in (14, 16) and (number // 100 in (36, 38, 39) or 300 <= number // 10 <= 305))
        or (16 <= length <= 19 and (number in (6011,) or 644 <= number // 10 <= 649 or number // 100 == 65))
        or (16 <= length <= 19 and 3528 <= number <= 3589)
        or (length in (12, 13, 14, 15, 16, 17, 18, 19) and number // 100 in (50, 56, 57, 58, 63, 67))
        or (16 <= length <= 19 and number // 100 == 62)
    )
    return digits if known else None


def bsn(text: str) -> str | None:
    """The Dutch citizen number (elfproef)."""
    from stdnum.nl import bsn as checker

    digits = _digits(text)
    return digits if len(digits) == 9 and len(set(digits)) > 2 and checker.is_valid(digits) else None


def kvk(text: str) -> str | None:
    """A number of the Dutch chamber of commerce: eight digits, no date and no round number. It has no check digit."""
    digits = _digits(text)
    return digits if len(digits) == 8 and len(set(digits)) > 2 and not re.match(r"(?:19|20)\d{6}$", digits) else None


def ssn(text: str) -> str | None:
    """The United States social security number: the areas and groups that were never given out are refused."""
    from stdnum.us import ssn as checker

    digits = _digits(text)
    return digits if checker.is_valid(digits) and len(set(digits)) > 2 else None


def nino(text: str) -> str | None:
    """The United Kingdom national insurance number: prefix and suffix letters in use."""
    squeezed = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", squeezed):
        return None
    return None if squeezed[:2] in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"} else squeezed


#: Numbers of persons by python-stdnum's modules: the European Union as far as it has them, its neighbours, UK and US.
_NATIONAL = (
    "be.nn", "be.bis", "de.idnr", "fr.nir", "es.dni", "es.nie", "it.codicefiscale", "pl.pesel", "se.personnummer", "at.vnr",
    "bg.egn", "ch.ssn", "cz.rc", "sk.rc", "dk.cpr", "ee.ik", "lt.asmens", "fi.hetu", "gb.nhs", "gb.utr", "gr.amka", "hr.oib",
    "ie.pps", "is_.kennitala", "nl.onderwijsnummer", "no.fodselsnummer", "pt.nif", "pt.cc", "ro.cnp", "si.emso",
    "tr.tckimlik", "us.itin", "us.atin",
)


def national(text: str) -> str | None:
    """The number of a person in a register of some 30 countries, each by its own check digits (python-stdnum)."""
    from importlib import import_module

    squeezed = re.sub(r"[\s./-]", "", text)
    if len(set(squeezed)) < 4:
        return None
    for name in _NATIONAL:
        module = import_module(f"stdnum.{name}")
        for form in (squeezed, text):
            if module.is_valid(form):
                return f"{name}:{squeezed.upper()}"
    return None


def vat(text: str) -> str | None:
    """A European VAT number by its country's check digits; the Belgian enterprise number, which is one, without "BE" too."""
    from stdnum.eu import vat as checker

    squeezed = re.sub(r"[\s.-]", "", text).upper()
    if re.fullmatch(r"[01]\d{9}", squeezed):
        squeezed = f"BE{squeezed}"
    return squeezed if checker.is_valid(squeezed) else None


def ip(text: str) -> str | None:
    """An IP address of one machine. Loopback, documentation, multicast, masks and 0.0.0.0 are nobody's secret."""
    from ipaddress import AddressValueError, IPv4Address, IPv6Address

    if ":" in text and (len(text) < 7 or not re.search(r"\d", text)):
        return None
    try:
        address = IPv6Address(text) if ":" in text else IPv4Address(text)
    except (AddressValueError, ValueError):
        return None
    if address.is_loopback or address.is_unspecified or address.is_multicast or address.is_link_local:
        return None
    if isinstance(address, IPv4Address):
        octets = address.packed
        documentation = octets[:3] in (bytes((192, 0, 2)), bytes((198, 51, 100)), bytes((203, 0, 113)))
        # Small first octets with small rest are version numbers; 255.x and trailing .0 are masks and networks.
        if documentation or octets[0] in (0, 255) or octets[3] == 0 or max(octets) < 20:
            return None
        if str(address) in {"8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9", "169.254.169.254"}:
            return None
    elif str(address).startswith("2001:db8"):
        return None
    return str(address)


def ip_public(text: str) -> str | None:
    """An address that can be reached from everywhere."""
    from ipaddress import ip_address

    value = ip(text)
    return value if value and not ip_address(value).is_private else None


def ip_private(text: str) -> str | None:
    """An address inside a network (10/8, 172.16/12, 192.168/16, fc00::/7)."""
    from ipaddress import ip_address

    value = ip(text)
    return value if value and ip_address(value).is_private else None


def ip_named(text: str) -> str | None:
    """An address that the words beside it call one; small numbers, which could be a version, count too."""
    from ipaddress import AddressValueError, IPv4Address

    try:
        address = IPv4Address(text)
    except (AddressValueError, ValueError):
        return None
    small = max(address.packed) < 20 and address.packed[3] != 0
    return str(address) if address.is_private and small and not address.is_loopback and address.packed[0] else None


def network(text: str) -> str | None:
    """A private network of one's own; the three blocks that everybody has as a whole say nothing."""
    from ipaddress import AddressValueError, IPv4Network, NetmaskValueError

    try:
        found = IPv4Network(text, strict=False)
    except (AddressValueError, NetmaskValueError, ValueError):
        return None
    documentation = found.network_address.packed[:3] in (bytes((192, 0, 2)), bytes((198, 51, 100)), bytes((203, 0, 113)))
    own = found.is_private and 17 <= found.prefixlen <= 30 and not (found.is_loopback or found.is_link_local)
    common = str(found.network_address) in {"192.168.0.0", "192.168.1.0", "10.0.0.0", "172.16.0.0", "172.17.0.0"}
    return str(found) if own and not common and not documentation else None


def plate(text: str) -> str | None:
    """A number plate of the Netherlands (six signs in three groups) or Belgium (1-ABC-123); letters and digits both."""
    squeezed = re.sub(r"[\s-]", "", text).upper()
    both = any(char.isdigit() for char in squeezed) and any(char.isalpha() for char in squeezed)
    belgian = re.fullmatch(r"[1-9][A-Z]{3}\d{3}", squeezed)
    return squeezed if both and (len(squeezed) == 6 or belgian) else None


_DEGREES = re.compile(r"(\d{1,3})\s?°\s?(\d{1,2})\s?['′]\s?(\d{1,2}(?:[.,]\d+)?)\s?(?:\"|″|'')?\s?([NSEWOZ])", re.IGNORECASE)


def coordinates(text: str) -> str | None:
    """A latitude and longitude with at least four decimals (about ten metres), or in degrees, minutes and seconds."""
    numbers = [float(found) for found in re.findall(r"-?\d{1,3}\.\d{4,}", text)]
    if not numbers:
        parts = _DEGREES.findall(text)
        numbers = [(int(d) + int(m) / 60 + float(s.replace(",", ".")) / 3600) * (-1 if side.upper() in "SWZ" else 1)
                   for d, m, s, side in parts]
    if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return None
    return f"{numbers[0]:.4f},{numbers[1]:.4f}"


VALIDATORS: MappingProxyType[str, Validator] = MappingProxyType({
    "iban": iban, "card": card, "bsn": bsn, "ssn": ssn, "nino": nino, "national": national, "vat": vat, "ip": ip_public,
    "ip_private": ip_private, "ip_named": ip_named, "network": network, "plate": plate, "kvk": kvk,
    "coordinates": coordinates, "password": secrets.password, "pin": secrets.pin, "login": secrets.login,
    "token": secrets.token, "random": secrets.random_token, "url_password": secrets.url_password,
})
