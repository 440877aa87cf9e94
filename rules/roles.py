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
    r"plant|team|service|operations|purchasing|finance|communication|technical|regional|former|new|staff|night|shift|solution|"
    r"solutions|customer|field|site|office|store|ward|school|training|security|network|support|quality|research|city|town|vice)"
    r"\s+)*"
    r"(?:head|director|manager|planner|buyer|engineer|developer|designer|analyst|consultant|adviser|advisor|architect|"
    r"scientist|coordinator|officer|secretary|chair(?:man|woman|person)?|president|vice president|professor|researcher|"
    r"editor|founder|owner|partner|trainer|coach|nurse|doctor|teacher|driver|accountant|controller|lawyer|recruiter|supervisor|technician|"
    r"leader|team lead|lead|intern|librarian|journalist|mechanic|operator|customer|client|visitor|guest|mayor|alderman|"
    r"alderwoman|councillor|minister|registrar|midwife|porter|caretaker|pharmacist|surgeon|physiotherapist|paramedic|headteacher|"
    r"principal|dispatcher|foreman|welder|electrician|cleaner|cook|clerk|treasurer|postmaster|volunteer|resident|student|"
    r"raadslid|wethouder|burgemeester|griffier|gemeentesecretaris|statenlid|kamerlid|portier|conciërge|apotheker|chirurg|"
    r"verloskundige|huisarts|leraar|lerares|leerkracht|planner|lasser|vrijwilliger|bewoner|student|penningmeester|secretaris|"
    r"boekhouder|wijkverpleegkundige|schooldirecteur|data engineer|"
    r"directeur|projectleider|adviseur|teamleider|ontwikkelaar|bestuurder|voorzitter|medewerker|hoogleraar|planner|inkoper|"
    r"ontwerper|analist|onderzoeker|redacteur|docent|verpleegkundige|arts|chauffeur|monteur|hoofd|jurist|stagiair|"
    r"klant|opdrachtgever|bezoeker|gast)")
_SOLE = r"(?:C[EFIOTMD]O|CISO|CHRO|(?i:chief \w+(?: \w+)? officer|managing director|algemeen directeur))"
#: The role, and its letters in brackets behind it: "chief technical officer (CTO)".
_ROLE = rf"(?P<role>{_SOLE}|(?i:{_KINDS}){_PLACE})(?:\s*\([A-Z]{{2,5}}\))?"
_WHOSE = r"(?P<whose>(?:our|the|their|its|his|her|my|your|a|an|one|de|het|onze|hun|een|één|eén|mijn|jullie)\s+)?"
_MORE = r"(?P<more>\s+(?:at|of|for|in|from|bij|van)\s+[^,.;:()\n]{2,60}?)?"
_BEFORE = re.compile(rf"(?:^|(?<=\W))(?P<all>(?i:{_WHOSE}){_ROLE},?\s+)$")
#: Behind a comma a role may have words of its own before it: ", branch manager,".
_ANY = (r"(?:(?!(?:who|which|that|as|is|was|has|had|said|told|and|or|but|not|when|while|for|of|at|in|die|dat|en|als|toen|"
        r"zei|the|our|their|its|his|her|my|your|an?|one|de|het|onze|hun|een|één|mijn)\b)[a-z][a-z-]+\s+){0,2}")
_BEHIND = re.compile(rf"^(?P<all>,\s+(?i:{_WHOSE})(?P<role>{_SOLE}|{_ANY}(?i:{_KINDS}){_PLACE})"
                     rf"(?:\s*\([A-Z]{{2,5}}\))?{_MORE})"
                     r"(?P<stop>,(?=\s)|(?=[.;:!?)]|\s*$|\s*\n))")
#: A title that only one person has needs no comma behind it: "Ada Brandt, CTO also said"; below a quotation none before it.
_TITLED = re.compile(
    rf"^(?P<all>,\s+(?P<whose>(?:the|our|their|de|onze|hun)\s+)?(?P<role>{_SOLE}))(?P<more>)(?P<stop>)(?=\s+[a-z])")
_UNDER = re.compile(rf"^(?P<all>\s+(?P<whose>)(?P<role>{_SOLE}))(?P<more>)(?P<stop>)(?=\s*(?:$|\n))")
_BRACKETED = re.compile(rf"^(?P<all>\s*\((?i:{_WHOSE}){_ROLE}{_MORE}\))")
_NEAR = 90
#: Right behind a name: where somebody comes from, or the clause that says what they do and where.
_FROM = re.compile(r"^(?:,?\s+|\s*\()(?:from|of|at|van|bij|uit)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"^,?\s+(?:who|die)\s+(?P<said>[^,.;:!?()\n]{3,140})", re.IGNORECASE)
_WORKS = re.compile(
    r"\b(?:works?|worked|working|runs?|ran|leads?|led|heads?|headed|manages?|managed|plans?|planned|buys?|bought|drives?|drove|"
    r"builds?|is|employed|werkt|werkte|leidt|leidde|beheert|beheerde|bestuurt|bestuurde|plant|plande|koopt|regelt|regelde|rijdt|"
    r"zit)\b", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:at|for|bij|voor)\s+", re.IGNORECASE)
#: Before a role these say which one is meant.
_KNOWN = word_set("our the onze de het")
_OURS = word_set("our my own onze ons mijn eigen")
_SAID = word_set("the de het")
_OTHERS = word_set("client clients customer customers supplier suppliers partner partners vendor vendors prospect prospects "
                   "competitor competitors klant klanten leverancier leveranciers opdrachtgever opdrachtgevers concurrent "
                   "concurrenten")
#: Right before a name: whose somebody is, or the body that somebody belongs to.
_THEIRS = re.compile(
    r"\b(?:their|hun)\s+$|\b(?:University|College|Institute|Academy|Hospital|Council|Ministry|Universiteit|Hogeschool|Instituut|"
    r"Ziekenhuis|Gemeente|Ministerie)(?: of [A-Z]\w+| [A-Z]\w+)?,\s+(?:(?:Dr|Prof|Mr|Ms|Mrs|Ir|Drs)\.?\s+)?$")
#: The same where those who are named study things.
_ACADEMIC = re.compile(
    r"\b(?:University|College|Institute|Academy|Universiteit|Hogeschool|Instituut)(?: of [A-Z]\w+| [A-Z]\w+)?,\s+"
    r"(?:(?:Dr|Prof|Doctor|Professor|Mr|Ms|Mrs|Ir|Drs)\.?\s+)?$")
#: Between a role and a name: "a cleaner called Pia".
CALLED = re.compile(r"(?:called|named|genaamd|met de naam)\s+$", re.IGNORECASE)
#: A title, which is a role only where nothing else is known.
_TITLES = word_set("doctor")
#: Behind "customer" these are ours again: "our customer team".
_INSIDE = word_set("team service support care desk success department side board experience data list")
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
    return _BEHIND.match(tail) or _BRACKETED.match(tail) or _TITLED.match(tail) or _UNDER.match(tail)


def role_of(text: str, start: int, end: int, language: str) -> str:
    """The role of whoever is named at a span, in the words of the text ("a head of planning", "the CEO"); '' for none."""
    called = CALLED.search(text[max(0, start - _NEAR):start])
    found = before(text, start - len(called[0]) if called else start) or behind(text, end)
    if (not found or found["role"].lower() in _TITLES) and _ACADEMIC.search(text[max(0, start - _NEAR):start]):
        return with_article("onderzoeker" if language == "nl" else "researcher", language)
    if not found:
        return ""
    role = found["role"].strip()
    whose = (found["whose"] or "").strip().lower()
    if whose in _KNOWN:
        return f"{whose} {role[:1].lower() + role[1:] if not role.isupper() else role}"
    if re.fullmatch(_SOLE, role):
        said = role if role.isupper() else role.lower()
        return f"{'de' if language == 'nl' else 'the'} {said}"
    return with_article(" ".join(word if word.isupper() else word[:1].lower() + word[1:] for word in role.split()), language)


def is_title(role: str) -> bool:
    """Whether a role of `role_of` is but the title before a name: "a doctor"."""
    return head_noun(role) in _TITLES


def elsewhere(text: str, end: int, start: int | None = None) -> bool:
    """Whether the words beside a name say that this is somebody at a customer or another company, and no colleague."""
    if start is not None and _THEIRS.search(text[max(0, start - _NEAR):start]):
        return True
    tail = text[end:end + 200]
    if found := _FROM.match(tail):
        return _is_other(tail[found.end():])
    clause = _CLAUSE.match(tail)
    if not clause or not _WORKS.search(clause["said"]):
        return False
    return any(_is_other(clause["said"][place.end():]) for place in _WHERE.finditer(clause["said"]))


def _is_other(text: str) -> bool:
    """Whether a noun phrase at the start of a text is a customer or a company that is not our own."""
    words = re.findall(r"[\w'’-]+", re.split(r"[,.;:!?()\n]", text, maxsplit=1)[0].lower())[:7]
    for at, word in enumerate(words):
        if word in _OTHERS:
            return words[at + 1:at + 2] == [] or words[at + 1] not in _INSIDE
        if word in relations():
            return not (_OURS | _SAID).intersection(words[:at])
    return False


@cache
def relations() -> frozenset[str]:
    """Nouns that say what a company is, to us or in itself: "customer", "bank", "verzekeraar"."""
    return _RELATION | {head_noun(name) for noun in nouns() for name in (noun.en, noun.nl)}
