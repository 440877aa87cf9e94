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


def national(text: str) -> str | None:
    """A national number of Belgium, Germany, France, Spain, Italy, Poland or Sweden, each by its own check digits."""
    from importlib import import_module

    squeezed = re.sub(r"[\s./-]", "", text)
    for name in ("be.nn", "de.idnr", "fr.nir", "es.dni", "es.nie", "it.codicefiscale", "pl.pesel", "se.personnummer"):
        module = import_module(f"stdnum.{name}")
        for form in (squeezed, text):
            if module.is_valid(form):
                return f"{name}:{squeezed.upper()}"
    return None


def vat(text: str) -> str | None:
    """A European VAT number by its country's check digits."""
    from stdnum.eu import vat as checker

    squeezed = re.sub(r"[\s.-]", "", text).upper()
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


def coordinates(text: str) -> str | None:
    """A latitude and longitude with at least four decimals (about ten metres)."""
    numbers = [float(found) for found in re.findall(r"-?\d{1,3}\.\d{4,}", text)]
    if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return None
    return f"{numbers[0]:.4f},{numbers[1]:.4f}"


VALIDATORS: MappingProxyType[str, Validator] = MappingProxyType({
    "iban": iban, "card": card, "bsn": bsn, "ssn": ssn, "nino": nino, "national": national, "vat": vat, "ip": ip_public,
    "ip_private": ip_private,
    "coordinates": coordinates, "password": secrets.password, "pin": secrets.pin, "login": secrets.login,
    "token": secrets.token, "random": secrets.random_token, "url_password": secrets.url_password,
})
