"""How Dutch words a mask for its place: de and het, "de cijfers van de verzekeraar", "het project van een bank"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.phrases import articled, bare, definite, gender, head_noun, plural

if TYPE_CHECKING:
    from rules.clearing_fit import Place

_DETERMINER = re.compile(
    r"(?i)\b(?P<word>de|het|een|deze|dit|onze|ons|uw|jouw|hun|elke|elk|iedere|ieder|welke|welk|geen|mijn|alle)"
    r"(?P<rest>\s+(?:(?:nieuwe|oude|hele|eigen|huidige|vorige|laatste|grote|andere|nieuw|oud|heel)\s+)?)$")
_POSSESSIVE = re.compile(r"^(?:['’]s\b|['’](?=\s|$))")
#: For each determiner the form before a de-word and before a het-word.
_PAIRS = {"de": ("de", "het"), "het": ("de", "het"), "deze": ("deze", "dit"), "dit": ("deze", "dit"),
          "onze": ("onze", "ons"), "ons": ("onze", "ons"), "elke": ("elke", "elk"), "elk": ("elke", "elk"),
          "iedere": ("iedere", "ieder"), "ieder": ("iedere", "ieder"), "welke": ("welke", "welk"), "welk": ("welke", "welk")}
_NO_NOUN = frozenset({"is", "was", "zijn", "waren", "en", "of", "in", "op", "bij", "van", "met", "heeft", "had", "wil", "kan",
                      "zal", "zei", "voor"})
_OWNED = re.compile(
    r"^\s+(?P<adjectives>(?:(?:nieuwe|oude|jonge|eerste|tweede|derde|laatste|eigen|grote|kleine|hele|huidige|vorige|volgende|beste|"
    r"interne|externe|goede|slechte|lange|hoge|lage|[a-zë]+(?:ische|lijkse|lijke|ële|ale|ieve|aire|elijke|igste|ste|nde))\s+){0,2})(?P<noun>[^\W\d_][\w-]*(?:\s+van\s+(?:bestuur|commissarissen|aanpak|toezicht))?)")
#: Nouns that take a name before them without a hyphen, as slides have it: "het Halden Foods team".
_AFTER = re.compile(
    r"^\s+(?P<noun>team|project|account|portaal|portal|platform|systeem|kantoor|medewerkers?|collega's|directie|cijfers|klanten|data|"
    r"winkels|vestigingen|pilot|proef|workshops?|sessie|contract|dashboards?|implementatie|migratie|planning|uitrol|logo|"
    r"resultaten|verhaal|casus|case|programma|traject|magazijn|gebruikers|mensen)\b")
_COMPOUND = re.compile(r"^-(?P<noun>[^\W\d_][\w-]*)")
_LIKE = re.compile(r"^-(?:achtige?|gerelateerde?|specifieke?|stijl|like)\b")


def worded(place: Place) -> tuple[int, int, str]:
    """The span that changes, and the words for it."""
    start, end, mask = place.start, place.end, place.edit.text
    tail, head = place.tail, place.head
    owner = definite(mask, "nl") if place.again else mask
    found = _DETERMINER.search(head)
    owned = _POSSESSIVE.match(tail)
    genitive = owned or (place.edit.glued == "s" and not found)
    if genitive:
        behind = tail[owned.end():] if owned else tail
        thing = _OWNED.match(behind)
        end += owned.end() if owned else 0
        if thing and thing["noun"] not in _NO_NOUN:
            noun = thing["adjectives"] + thing["noun"]
            return start, end + thing.end(), f"{_the(thing['noun'])} {noun} van {owner}"
    if not articled(mask):
        return start, end, mask
    compound = _COMPOUND.match(tail)
    if compound and _LIKE.match(tail):
        return start, end, head_noun(mask)
    said = compound or _AFTER.match(tail)
    if said and not head.endswith("-"):
        return start, end + said.end(), f"{said['noun']} van {owner}"
    if head.endswith("-"):
        return start, end, head_noun(mask)
    repeated = re.match(rf"\s+{re.escape(head_noun(mask))}(?=\W|$)", tail, re.IGNORECASE)
    end += repeated.end() if repeated else 0
    if not found:
        return start, end, plural(mask, "nl") if place.edit.glued == "s" else owner
    return _after_determiner(place, found, start, end, mask)


def _after_determiner(place: Place, found: re.Match[str], start: int, end: int, mask: str) -> tuple[int, int, str]:
    """The determiner in its right form, and the noun without "een": "dit bedrijf", "onze verzekeraar", "alle banken"."""
    word = found["word"].lower()
    if word == "alle" or place.edit.glued == "s":
        return start, end, plural(mask, "nl")
    if word in {"een", "geen"}:
        return start, end, bare(mask)
    noun = definite(mask, "nl").partition(" ")[2]
    if word not in _PAIRS:
        return start, end, noun
    right = _PAIRS[word][gender(head_noun(mask)) == "het"]
    right = right.capitalize() if found["word"][0].isupper() else right
    left = start - (len(place.head) - found.start("word"))
    return left, end, right + found["rest"] + noun


def _the(noun: str) -> str:
    """"het" or "de" before what somebody owns; plurals are "de"."""
    word = noun.split()[0].lower()
    if word.endswith(("en", "s", "data")) and not word.endswith(("proces", "huis", "adres", "succes")):
        return "de"
    return gender(word)
