"""What a text says of somebody beside the name: "our planner Pia Vermolen", "Pia Vermolen, head of planning"; "our customer".

Only roles of a closed list count; a role is left in words, never a name. Nothing here decides who is a person.
"""

from __future__ import annotations

import re
from functools import cache

from language.files import word_set
from rules.industries import nouns
from rules.phrases import head_noun, with_article

_PLACE = (r"(?:\s+(?:of|for|van|voor)\s+(?:the\s+|de\s+|het\s+)?[a-z]+"
          r"(?:\s+(?!and\b|at\b|en\b|bij\b|told\b|said\b|is\b|was\b)[a-z]+)?)?")
_KINDS = (
    r"(?:(?:senior|junior|chief|deputy|interim|lead|project|product|account|sales|marketing|programme|program|data|software|IT|HR|"
    r"plant|team|service|operations|purchasing|finance|communication|technical|regional|former|new)\s+)*"
    r"(?:head|director|manager|planner|buyer|engineer|developer|designer|analyst|consultant|adviser|advisor|architect|"
    r"scientist|coordinator|officer|secretary|chair(?:man|woman|person)?|president|vice president|professor|researcher|"
    r"editor|founder|owner|partner|trainer|coach|nurse|doctor|teacher|driver|accountant|controller|lawyer|recruiter|supervisor|technician|"
    r"leader|team lead|lead|intern|librarian|journalist|mechanic|operator|"
    r"directeur|projectleider|adviseur|teamleider|ontwikkelaar|bestuurder|voorzitter|medewerker|hoogleraar|planner|inkoper|"
    r"ontwerper|analist|onderzoeker|redacteur|docent|verpleegkundige|arts|chauffeur|monteur|hoofd|jurist|stagiair)")
_SOLE = r"(?:C[EFIOTMD]O|CISO|CHRO|managing director|algemeen directeur)"
_ROLE = rf"(?P<role>(?i:{_KINDS}){_PLACE}|{_SOLE})"
_WHOSE = r"(?P<whose>(?:our|the|their|its|his|her|my|your|a|an|one|de|het|onze|hun|een|mijn|jullie)\s+)?"
_MORE = r"(?P<more>\s+(?:at|of|for|in|from|bij|van)\s+[^,.;:()\n]{2,60}?)?"
_BEFORE = re.compile(rf"(?:^|(?<=\W))(?P<all>(?i:{_WHOSE}){_ROLE},?\s+)$")
_BEHIND = re.compile(rf"^(?P<all>,\s+(?i:{_WHOSE}){_ROLE}{_MORE})"
                     r"(?P<stop>,(?=\s)|(?=[.;:!?)]|\s*$|\s*\n))")
_BRACKETED = re.compile(rf"^(?P<all>\s*\((?i:{_WHOSE}){_ROLE}{_MORE}\))")
_NEAR = 90
#: What companies are to us.
_RELATION = word_set("client customer company supplier partner vendor prospect firm organisation account brand group "
                     "klant bedrijf leverancier opdrachtgever relatie onderneming organisatie concern merk")


def before(text: str, start: int) -> re.Match[str] | None:
    """The role that stands right before a place; its groups are `all`, `whose` and `role`."""
    left = max(0, start - _NEAR, text.rfind("\n", 0, start) + 1)
    return _BEFORE.search(text[left:start])


def behind(text: str, end: int) -> re.Match[str] | None:
    """The role that stands right behind a place, between commas or in brackets, with what goes on about it as `more`."""
    tail = text[end:end + 160]
    return _BEHIND.match(tail) or _BRACKETED.match(tail)


def role_of(text: str, start: int, end: int, language: str) -> str:
    """The role of whoever is named at a span, in the words of the text ("a head of planning", "the CEO"); '' for none."""
    found = before(text, start) or behind(text, end)
    if not found:
        return ""
    role = found["role"].strip()
    if re.fullmatch(_SOLE, role):
        return f"{'de' if language == 'nl' else 'the'} {role}"
    return with_article(" ".join(word if word.isupper() else word[:1].lower() + word[1:] for word in role.split()), language)


@cache
def relations() -> frozenset[str]:
    """Nouns that say what a company is, to us or in itself: "customer", "bank", "verzekeraar"."""
    return _RELATION | {head_noun(name) for noun in nouns() for name in (noun.en, noun.nl)}
