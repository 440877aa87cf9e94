"""Invented companies and people, and the ways a company's name is written, made from a seed.

Companies are syllables, English words and legal forms; a part of them bears one ordinary word as its name, because such
names are what makes a list of customers hard. First names are common ones, surnames are made of syllables, so that no list
of names can know them. Whoever bears such a name by chance is not meant. Nothing here runs a scan.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from benchmarks.risk_cases import Case, lines, rng_of, said

_MIDDLE = ("", "", "a", "e", "i", "o", "en", "er", "is", "ol", "in")
_LEGAL = ("Inc.", "Ltd", "GmbH", "AG", "S.A.", "plc", "LLC", "B.V.", "AB", "Oy", "N.V.", "", "", "")
_CYRILLIC = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")
_SUFFIX = re.compile(r"(?:,?\s+(?:Inc|Ltd|GmbH|AG|S\.A|plc|LLC|B\.V|AB|Oy|N\.V|Corporation)\.?)+$")


def core(name: str) -> str:
    """A company's name without its legal form."""
    return _SUFFIX.sub("", name)


def _any(rng: random.Random, what: str) -> str:
    return str(rng.choice(lines()["names"][what]))


def invented(rng: random.Random) -> str:
    """A word that could be a name."""
    return _any(rng, "begin") + rng.choice(_MIDDLE) + _any(rng, "end")


def company(rng: random.Random) -> str:
    """A company of one to three words, with or without a legal form."""
    shape = rng.random()
    if shape < 0.15:
        words = [invented(rng)]
    elif shape < 0.6:
        words = [invented(rng), _any(rng, "trade")]
    elif shape < 0.75:
        words = [invented(rng), "&", invented(rng)] + ([_any(rng, "trade")] if rng.random() < 0.5 else [])
    elif shape < 0.9:
        words = [_any(rng, "words"), _any(rng, "words"), _any(rng, "trade")]
    else:
        words = [invented(rng), _any(rng, "trade"), _any(rng, "trade")]
    return " ".join(word for word in (*words, rng.choice(_LEGAL)) if word)


def customers(seed: int, size: int, background: str, ordinary: int = 300) -> list[str]:
    """Names for a list, sorted. `ordinary` of them are words that the background has in small letters.

    A name that the background has by chance is left out, unless it is such a word: each hit on those there is false.
    """
    rng = rng_of(seed, "held", "customers")
    words = re.findall(r"[^\W\d_]{3,}", background)
    seen = Counter(words)
    common = sorted(word for word in seen if word.islower() and seen[word] >= 3 * seen[word.capitalize()])
    names = {f"{word.capitalize()} {rng.choice(_LEGAL)}".strip() for word in rng.sample(common, min(ordinary, len(common)))}
    folded = [word.casefold() for word in words]
    known, pairs = set(folded), set(pairwise(folded))
    while len(names) < size:
        name = company(rng)
        parts = [part.casefold() for part in re.findall(r"[^\W\d_]+", core(name))]
        if parts[0] not in known or (len(parts) > 1 and (parts[0], parts[1]) not in pairs):
            names.add(name)
    return sorted(names)


def person(rng: random.Random) -> str:
    """First name and surname, sometimes with initials or two surnames."""
    shape = rng.random()
    if shape < 0.1:
        return f"{rng.choice('ABDEHJKLMPRST')}. {invented(rng)}"
    if shape < 0.25:
        return f"{_any(rng, 'first')} {rng.choice(('van', 'de', 'van der', 'von', 'El', 'Mc'))} {invented(rng)}"
    if shape < 0.35:
        return f"{_any(rng, 'first')} {invented(rng)}-{invented(rng)}"
    return f"{_any(rng, 'first')} {invented(rng)}"


def organisation(rng: random.Random) -> str:
    """A company, or a public body, school or foundation with an invented place in its name."""
    if rng.random() < 0.75:
        return company(rng)
    return rng.choice(("University of {}", "{} University", "{} City Council", "Municipality of {}", "{} Foundation",
                       "{} Hospital", "Port of {}", "{} Water Authority")).replace("{}", invented(rng))


def fragments(seed: int, half: str, each: int = 90) -> list[Case]:
    """Slide fragments with people and organisations, as typed (kind "typed") and in capitals (kind "capitals")."""
    rng, made = rng_of(seed, half, "fragments"), []
    for label, key, make in (("PERSON", "person", person), ("ORG", "org", organisation)):
        for _ in range(each):
            text, spans = rng.choice(lines()[key][half]), []
            while "{}" in text:
                at, name = text.index("{}"), make(rng)
                spans.append((at, at + len(name), label))
                text = text.replace("{}", name, 1)
            made += [Case(text, tuple(spans), "typed"), Case(text.upper(), tuple(spans), "capitals")]
    return made


def headings(half: str) -> list[Case]:
    """Headings that name nobody, as typed and in capitals."""
    return [case for line in lines()["headings"][half]
            for case in (Case(line, (), "typed"), Case(line.upper(), (), "capitals"))]


def spellings(rng: random.Random) -> dict[str, Callable[[str], str | None]]:
    """Kind -> the name of a company in that spelling, or None where it has none."""

    def typo(name: str) -> str:
        at = rng.choice([i for i in range(2, len(name) - 2) if name[i].isalpha() and name[i + 1].isalpha()])
        return rng.choice((name[:at] + name[at + 1:], name[:at] + rng.choice("aeiourstln") + name[at + 1:],
                           name[:at] + name[at + 1] + name[at] + name[at + 2:]))

    def inside(name: str, put: str) -> str:
        word = max(name.split(), key=len)
        at = name.index(word) + len(word) // 2
        return name[:at] + put + name[at:]

    def squashed(name: str) -> str:
        return re.sub(r"\W", "", core(name))

    return {
        "full": lambda n: n, "core": core,
        "possessive": lambda n: core(n) + "'s", "curly possessive": lambda n: core(n) + "’s",
        "capitals": lambda n: core(n).upper(), "small letters": lambda n: core(n).lower(),
        "other legal form": lambda n: core(n) + rng.choice((" Corp", " Ltd", " GmbH", ", Inc.")),
        "compound": lambda n: core(n) + "-style", "and for &": lambda n: core(n).replace("&", "and") if "&" in n else None,
        "hyphenated": lambda n: core(n).replace(" ", "-"), "double space": lambda n: core(n).replace(" ", "  ", 1),
        "no-break space": lambda n: core(n).replace(" ", "\u00a0"), "line break": lambda n: core(n).replace(" ", "\n", 1),
        "hyphen and line break": lambda n: inside(core(n), "-\n"), "soft hyphen": lambda n: inside(core(n), "\u00ad"),
        "zero width": lambda n: inside(core(n), "\u200b"), "look-alike letters": lambda n: core(n).translate(_CYRILLIC),
        "full width": lambda n: "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in core(n)),
        "hashtag": lambda n: "#" + squashed(n), "handle": lambda n: "@" + squashed(n).lower(),
        "domain": lambda n: f"www.{squashed(n).lower()}.com", "e-mail": lambda n: f"pim.vos@{squashed(n).lower()}.com",
        "CamelCase": lambda n: "".join(w[:1].upper() + w[1:].lower() for w in re.findall(r"\w+", core(n))),
        "one typo": lambda n: typo(core(n)),
    }


def mentions(seed: int, half: str, names: list[str], each: int) -> list[Case]:
    """So many lines of each spelling; the span's type is CUSTOMER and the kind names the spelling."""
    rng, made = rng_of(seed, half, "mentions"), []
    pool = [name for name in names if " " in core(name) and 8 <= len(core(name)) <= 30]
    for kind, spell in spellings(rng).items():
        count = 0
        while count < each:
            text = spell(rng.choice(pool))
            if text:
                made.append(said(rng.choice(lines()["mention"][half]), text, "CUSTOMER", kind))
                count += 1
    rng.shuffle(made)
    return made


def short_mentions(seed: int, half: str, names: list[str], each: int) -> list[Case]:
    """Documents of a few lines with a full name first and its acronym or first word after it."""
    rng, made = rng_of(seed, half, "short"), []
    long = [name for name in names if len(core(name).split()) >= 3 and "&" not in name]
    for kind in ("acronym after the name", "first word after the name"):
        for _ in range(each):
            name = rng.choice(long)
            words = core(name).split()
            short = "".join(word[0] for word in words).upper() if kind.startswith("acronym") else words[0]
            head = f"Agenda\n{name} signed in April.\nThree depots, one plan\nWhy "
            made.append(Case(f"{head}{short} stayed\nQuestions", ((len(head), len(head) + len(short), "CUSTOMER"),), kind))
    return made
