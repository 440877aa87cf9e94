"""Lines with a credential in them, and lines that only speak of credentials, made from a seed.

Every secret is random and opens nothing; only its form is real (prefix, alphabet, length, as the makers of these tokens
document them). The halves share no sentence. Nothing here runs a scan.
"""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable

from benchmarks.risk_cases import Case, lines, rng_of, said

_LOWER = string.ascii_lowercase + string.digits
_MIXED = string.ascii_letters + string.digits
_WEB = _MIXED + "-_"
Maker = Callable[[random.Random], str]


def _of(alphabet: str, count: int, prefix: str = "") -> Maker:
    return lambda rng: prefix + "".join(rng.choices(alphabet, k=count))


def _password(rng: random.Random) -> str:
    word = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(3)).capitalize()
    return word + str(rng.randint(10, 9999)) + rng.choice(("", "!", "#", "?"))


def _plain_password(rng: random.Random) -> str:
    return _password(rng).rstrip("!#?")


def _jwt(rng: random.Random) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    claims = f'{{"sub":"{rng.randrange(10**9)}","iat":{rng.randrange(10**9)}}}'
    body = base64.urlsafe_b64encode(claims.encode()).decode().rstrip("=")
    return f"{head}.{body}.{_of(_WEB, 43)(rng)}"


def _key(rng: random.Random) -> str:
    lines = "\n".join(_of(_MIXED + "+/", 64)(rng) for _ in range(4))
    kind = rng.choice(("RSA ", "EC ", "OPENSSH ", ""))
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{lines}\n-----END {kind}PRIVATE KEY-----"


def _base64(size: int) -> Maker:
    return lambda rng: base64.b64encode(rng.randbytes(size)).decode()


def _slack(rng: random.Random) -> str:
    return f"xo{'xb'}-{rng.randrange(10**11, 10**12)}-{rng.randrange(10**12, 10**13)}-{_of(_MIXED, 24)(rng)}"


def _sendgrid(rng: random.Random) -> str:
    return f"S{'G'}.{_of(_WEB, 22)(rng)}.{_of(_WEB, 43)(rng)}"


def _openai(rng: random.Random) -> str:
    return f"sk-{_of(_MIXED, 20)(rng)}T3Blbk{'FJ'}{_of(_MIXED, 20)(rng)}"


#: Kind -> how its secret is made. Prefixes are written in two pieces, so that no scanner takes this file for a leak.
TOKENS: dict[str, Maker] = {
    "github": _of(_MIXED, 36, "gh" + "p_"), "gitlab": _of(_WEB, 20, "glp" + "at-"),
    "aws id": _of(string.ascii_uppercase + "234567", 16, "AK" + "IA"), "google": _of(_WEB, 35, "AI" + "za"),
    "slack": _slack, "stripe": _of(_MIXED, 24, "sk_" + "live_"), "npm": _of(_MIXED, 36, "np" + "m_"), "sendgrid": _sendgrid,
    "jwt": _jwt, "private key": _key, "openai": _openai, "hugging face": _of(string.ascii_letters, 34, "h" + "f_"),
}
#: Kinds without a form of their own: the words around give them away.
VALUES: dict[str, Maker] = {
    "aws secret": _of(_MIXED + "+/", 40), "storage string": _base64(64), "signed url": _base64(32),
    "database": _plain_password, "odbc": _password, "basic auth": _plain_password, "bearer": _of(_WEB, 40),
    "assigned": _of(_MIXED, 28), "password": _password, "wachtwoord": _password, "prose": _password, "login": _password,
    "pin": lambda rng: str(rng.randint(1000, 9999)),
}
#: Passwords said in a sentence.
PROSE = frozenset({"prose", "login"})

def secrets(seed: int, half: str, each: int = 4) -> list[Case]:
    """So many lines of each kind; the span is the value alone."""
    rng, sentences = rng_of(seed, half, "secrets"), lines()["secrets"]
    made = [said(rng.choice(sentences["around"][half]), make(rng), "SECRET", kind)
            for kind, make in TOKENS.items() for _ in range(each)]
    for kind, make in VALUES.items():
        own = sentences["values"][kind][half]
        made += [said(own[number % len(own)], make(rng), "SECRET", kind) for number in range(each)]
    return made


def harmless(half: str) -> list[Case]:
    """Lines that speak of credentials and hold none."""
    return [Case(line) for line in lines()["secrets"]["harmless"][half]]
