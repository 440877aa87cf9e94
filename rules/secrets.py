"""Is a string a secret, or only where a secret would stand? Placeholders, policies and ordinary words are refused.

Used by the credential rules as validators: each takes the text that a pattern caught and gives it back, or None.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from urllib.parse import unquote

_PLACEHOLDER = re.compile(
    r"example|placeholder|changeme|change_me|your[-_ ]?|dummy|sample|redacted|xxxx|\*\*\*|\.\.\.|…|<|>|\$\{|\{\{|"
    r"^\$[A-Za-z_]+$|%[A-Z_]+%|^(?:pass(?:word)?\d{0,3}|pwd|secret|token|key|test|foo|bar|user|none|null|true|"
    r"false|wachtwoord)$",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"^(?:1password|lastpass|keepass|bitwarden|oauth2?|saml2?|sha-?\d+|md5|base64|web3|x509|2fa|mfa|rsa-?\d+|aes-?\d+|"
    r"\d{1,2}(?:st|nd|rd|th)|\d+-?(?:days?|chars?|characters?|tekens|dagen|months?|minutes?|x)|v\d[\d.]*|q[1-4]|"
    r"(?:https?|ftp)://.*)$",
    re.IGNORECASE,
)


def entropy(text: str) -> float:
    """Shannon entropy in bits per character; random base64 of 20 or more has about 4, English words about 3."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values()) if text else 0.0


def is_placeholder(text: str) -> bool:
    """Whether a value only shows where a secret would go."""
    return bool(_PLACEHOLDER.search(text)) or len(set(text)) <= 3


def random_token(text: str) -> str | None:
    """A value that looks drawn at random: no placeholder, mixed characters, enough entropy for its length."""
    if is_placeholder(text) or len(text) < 12:
        return None
    if re.fullmatch(r"[a-z]+(?:[-_./][a-z]+)*|[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Za-z]+", text):
        return None  # words, snake_case, CamelCase
    return text if entropy(text) >= min(3.0, 0.75 * math.log2(len(text))) else None


def token(text: str) -> str | None:
    """A value in a format that only one issuer uses: anything but a placeholder is believed."""
    return None if is_placeholder(text) else text


def password(text: str) -> str | None:
    """A word that somebody made up as a password: letters with digits, or a sign that words do not have."""
    value = text.rstrip(".,;:)\"'")
    if text.endswith("!") and not value.endswith("!"):
        value = text
    if len(value) < 5 or len(value) > 128 or is_placeholder(value) or _WORDS.match(value):
        return None
    letters, digits = any(c.isalpha() for c in value), any(c.isdigit() for c in value)
    signs = sum(not c.isalnum() for c in value.rstrip("!?"))
    if letters and digits:
        return value
    if letters and signs and re.search(r"[!@#$%^&*+=_~|\\]", value.rstrip("!?")):
        return value
    mixed = re.search(r"[a-z][A-Z]", value) is not None
    return value if mixed and letters else None


def login(text: str) -> str | None:
    """A user name and a password in one phrase; the last word must look like a password."""
    value = password(text.split()[-1].rpartition(":")[2])
    return text[:text.rindex(value) + len(value)] if value else None


def pin(text: str) -> str | None:
    """A number of four to eight digits that is no year."""
    digits = re.sub(r"\D", "", text)
    return digits if 4 <= len(digits) <= 8 and not re.fullmatch(r"(?:19|20)\d\d", digits) else None


def url_password(text: str) -> str | None:
    """A URL with a user and a real password in it."""
    found = re.match(r"[a-z][a-z0-9+.-]*://([^\s:/@]*):(\S+)@([^\s@]+)$", text, re.IGNORECASE)
    if not found:
        return None
    value = unquote(found.group(2))
    return None if is_placeholder(value) or len(value) < 4 else text
