"""How English words a mask for its place: articles, possessives, plurals, nouns used as adjectives, titles in capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content.finding import Category
from language.files import word_set
from rules.phrases import article, articled, bare, definite, head_noun, plural, possessive

if TYPE_CHECKING:
    from rules.clearing_fit import Place

_ADJECTIVE = (r"(?:new|old|whole|entire|latest|current|former|own|local|original|annual|joint|recent|big|biggest|largest|"
              r"typical|"
              r"average|average-sized|famous|early|existing|future|central|global|internal|external|combined|shared|successful|"
              r"ongoing|second|third|next|first|last|only|same|other|usual)")
_DETERMINER = re.compile(
    rf"(?i)\b(?P<word>the|this|these|those|our|my|your|their|its|his|every|each|another|a|an|whose)(?P<rest>\s+(?:{_ADJECTIVE}\s+){{0,2}})$")
_BEFORE = re.compile(
    r"(?i)(?:^|\W)(?:new|old|former|typical|current|average|existing|own|internal|latest|recent|non|ex|pre|post)[\s-]+$")
_POSSESSIVE = re.compile(r"^(?:['’]s\b|['’](?=[\s,.;:!?)]|$))")
#: Plural and mass nouns that take a name before them as an adjective: "Halden Foods dashboards".
_MANY = (r"dashboards|people|staff|data|engineers|colleagues|employees|managers|teams|stores|shops|offices|systems|products|"
         r"plants|sites|"
         r"customers|users|numbers|results|figures|projects|workshops|meetings|emails|e-mails|slides|logos|screens|branches|planners|"
         r"captains|contracts|accounts|invoices|tickets|servers|screenshots|stories|lessons|drivers|buyers|consultants|leaders|"
         r"processes|reports|files|documents|interviews|trucks|machines|members|groups|experts|developers|questions|answers|"
         r"feedback|software|code|branding|leadership|management|equipment|content|material|work|training|research")
_ONE = (r"team|project|pilot|rollout|roll-out|account|case|study|board|results?|story|deal|contract|workshop|meeting|portal|"
        r"platform|"
        r"programme|program|system|site|office|engineer|manager|dashboard|migration|integration|review|update|visit|launch|"
        r"implementation|timeline|roadmap|plan|quote|demo|proposal|budget|kick-off|kickoff|go-live|lessons?|learnings?|logo")
_ATTRIBUTIVE = re.compile(rf"^\s+(?:[a-z]+\s+)?(?:{_MANY})\b")
_NAMES_WHAT = re.compile(rf"(?i)^\s+(?:[a-z-]+\s+)?(?:{_MANY}|{_ONE})\b")
_AGREES = {"are": "is", "were": "was", "have": "has", "aren't": "isn't", "weren't": "wasn't", "haven't": "hasn't",
           "do": "does", "don't": "doesn't"}
_BODIES = frozenset({Category.CUSTOMER, Category.ORGANISATION})
_SMALL = word_set("a an the of in on at and or for to with by from as our your its not but via per")


def worded(place: Place) -> tuple[int, int, str]:
    """The span that changes, and the words for it."""
    start, end, mask = place.start, place.end, place.edit.text
    tail = place.tail
    head = place.head
    owned = _POSSESSIVE.match(tail)
    plural_name = place.edit.glued in {"s", "S"} and not owned
    if not articled(mask):
        words = mask
    else:
        words = mask
        found = _DETERMINER.search(head)
        if plural_name:
            words = plural(mask, "en")
            if found and found["word"].lower() in {"a", "an"}:
                words = bare(mask)
        elif found:
            words = bare(mask)
            if found["word"].lower() in {"a", "an"} and not found["rest"].strip():
                right = article(words)
                right = right.capitalize() if found["word"][0].isupper() else right
                start -= len(head) - found.start("word")
                words = right + found["rest"] + words
        elif head.endswith("-") or re.match(r"-\w", tail) or (place.edit.titled and _NAMES_WHAT.match(tail)):
            words = bare(mask)
        elif _ATTRIBUTIVE.match(tail) or _BEFORE.search(head):
            words = definite(mask, "en") if place.again and not _BEFORE.search(head) else bare(mask)
        elif place.again:
            words = definite(mask, "en")
        repeated = re.match(rf"\s+{re.escape(head_noun(mask))}(?=\W|$)", tail, re.IGNORECASE)
        if repeated and not owned:
            end += repeated.end()
            tail = place.text[end:]
    if owned:
        end += owned.end()
        words = possessive(words)
    elif articled(mask) and place.begins and place.edit.about in _BODIES and not plural_name:
        verb = re.match(rf"\s+({'|'.join(map(re.escape, _AGREES))})\b", tail)
        if verb:
            end += verb.end()
            words = f"{words} {_AGREES[verb[1]]}"
    return start, end, _capitals(words) if place.edit.titled and articled(mask) else words


def _capitals(words: str) -> str:
    return " ".join(word if word.lower() in _SMALL else word[:1].upper() + word[1:] for word in words.split(" "))
