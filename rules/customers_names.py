"""What a company name is made of: its words, its core without legal form, its acronym, and how far to trust it.

A name is graded once, at import, so that a list with "Target" and "New" in it does not flag every page: SAFE names count
wherever they stand, CAPITAL names need capital letters, CONTEXT names (ordinary words) are weighed by their neighbours,
NEVER names count only with their legal form or as a domain. Nothing here looks at a document.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from language.files import word_set
from language.fold import folded
from rules.vocabulary import dictionary, function_words

_TOKEN = re.compile(r"[^\W_]+")


#: Legal forms that say "this is a company" all by themselves when they follow a name.
LEGAL = word_set(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh mbh kgaa kg ag sarl srl spa nv bv ab asa oyj oy tbk "
    "berhad bhd pjsc pao jsc ojsc aps sas vof kk pty pte sdn cooperatie coop ev ug"
)
#: Words and single letters that belong to legal forms but prove nothing alone.
_LOOSE = word_set(
    "co company companies holding holdings group groep gruppe groupe publ s a n v l c p b e g u m h o y d r se sa as pt lp "
    "the de cv sab cl class adr ord reit ua"
)
_LINKS = frozenset({"and", "und", "et", "en"})
_LETTERS = re.compile(r"^(?:s a(?: s)?|n v|b v|l l c|l l p|l p|p l c|s p a|s r l|a s|a b|s e|g m b h|k k|s a r l|"
                      r"s a b de c v|class [abc]|de c v|v o f|u a)$")
#: Squashed legal endings as they are glued to names in hashtags and host names.
GLUED = ("corporation", "company", "holdings", "holding", "limited", "group", "groep", "gmbh", "corp", "inc", "ltd", "llc",
         "plc", "bv", "nv", "ag")
_SMALL = word_set("of and the de for van der den und et en in von la le")
_INITIALISMS = word_set(
    "ai api app b2b b2c bi ceo cfo cio cms cpu crm cto css csv cx dns erp eu faq gdpr hr html http https ict id io iot ip it "
    "js json kpi ml nl ok okr os pc pdf ppt pr qa q1 q2 q3 q4 rfp roi saas sdk seo sla sms sql ssl sso tv ui uk url us usa "
    "usb ux vpn vr xml am pm cc bcc etc vs pro max mini plus"
)
#: Adjectives and the like with which every other heading begins: no cue makes a customer of them.
#: What stands before a hyphen in ordinary words ("pre-built").
_PREFIXES = word_set("pre post non sub co re un anti multi inter intra micro mini mega ultra hyper neo bio eco geo auto")
_HOPELESS = word_set(
    "new old big small good great better more most many much few first second last early late long short high low full free "
    "real true whole other another same different general special main major minor own able ready sure clear easy hard fast "
    "slow young strong open public private local global national international digital social smart happy important people "
    "nieuw nieuwe oud oude goed goede groot grote klein kleine eerste tweede laatste veel meer mensen"
)


class Grade(IntEnum):
    """How much a name needs beside itself to be believed."""

    SAFE = 0
    CAPITAL = 1
    CONTEXT = 2
    NEVER = 3


@cache
def _never() -> frozenset[str]:
    return function_words() | _INITIALISMS | _HOPELESS


def tokens(text: str) -> list[str]:
    """The folded words of a name: letters and digits only."""
    return _TOKEN.findall(text.lower() if text.isascii() else folded(text))


def core(words: list[str]) -> list[str]:
    """The words of a name without legal form, "group" or "holdings" at the end and "the" at the start.

    A name that is nothing but such words keeps all of them.
    """
    end = len(words)
    while end > 1:
        last = words[end - 1]
        if last in LEGAL or (last in _LOOSE and len(last) > 1) or last in _LINKS or (
                last == "public" and end < len(words)) or (end > 2 and len(last) <= 2 and words[end - 2] in {"inc", "corp"}):
            end -= 1
            continue
        for size in (6, 5, 4, 3, 2):
            if end - size >= 1 and _LETTERS.match(" ".join(words[end - size:end])):
                end -= size
                break
        else:
            break
    start = 1 if end > 1 and words[0] == "the" else 0
    kept = words[start:end]
    return kept if sum(map(len, kept)) >= 3 or kept == words else words


def acronyms(words: list[str]) -> set[str]:
    """Initials of a name of three words or more (of two when they make three letters with the small words)."""
    plain = [word for word in words if word[0].isalpha()]
    main = [word for word in plain if word not in _SMALL]
    found = set()
    if len(main) >= 3:
        found.add("".join(word[0] for word in main))
    if len(plain) >= 3:
        found.add("".join(word[0] for word in plain))
    return {name for name in found if name not in _INITIALISMS}


def grade(words: list[str]) -> Grade:
    """How far a name (its words, legal form off) can be trusted on its own."""
    size = sum(map(len, words))
    if len(words) == 1:
        word = words[0]
        if size <= 1 or word.isdigit() or word in _never():
            return Grade.NEVER
        if word in dictionary():
            return Grade.CONTEXT
        return Grade.CAPITAL if size <= 4 else Grade.SAFE
    meaning = [word for word in words if word not in function_words() and len(word) > 1 and not word.isdigit()]
    if not meaning:
        return Grade.NEVER
    if all(word in dictionary() or len(word) <= 2 or word.isdigit() or word in _PREFIXES for word in words):
        return Grade.CAPITAL
    return Grade.SAFE
