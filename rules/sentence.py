"""What stands around a hit: the text near it, and whether it speaks of one person.

A rule about a private matter asks the second: "cancer research" is nobody's business in particular, "our driver has
cancer" is somebody's. One person is told by a pronoun, by a word for a person's role in the singular, by a form of
address, by a given name, by a name that the person detector found, or by a capitalised word of no dictionary that does
something ("Ruud is ..."). Plurals ("nurses", "employees") are never one person. Nothing here decides on its own.
"""

from __future__ import annotations

import re

from content.document import Block
from content.finding import Category
from rules.detector import Scan
from rules.haystack import plain
from rules.vocabulary import Given, given, ordinary, technology

_PRONOUN = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|hij|haar|hem|hemzelf|haarzelf|my|mijn|m'n|diens|mr|mrs|ms|mevrouw|"
    r"meneer|dhr|mevr|mw|"
    r"i'm|i've|i (?:am|was|had|have|got|went|fell|lost)|ik (?:ben|was|had|heb|kreeg|zat|werd|ging)|"
    # "ze" and "zij" are one person before a verb in the singular
    r"(?:ze|zij) (?:is|was|heeft|had|kreeg|ging|wil|kan|zal|mag|moest|[a-z]+t)|"
    # "zijn" is mostly the verb; after a preposition it is "his"
    r"(?:na|met|door|sinds|over|voor|tijdens|om|vanwege|wegens|van|bij|en|aan|uit|op) zijn)\b",
    re.IGNORECASE,
)
#: Singular words for somebody at work or near by, English and Dutch; the ends of Dutch compounds stand apart.
ROLE = re.compile(
    r"\b(?:colleague|co-?worker|manager|director|ceo|cio|cfo|cto|coo|boss|employee|assistant|secretary|nurse|teacher|"
    r"engineer|developer|programmer|tester|planner|driver|operator|consultant|analyst|intern|trainee|apprentice|cleaner|"
    r"receptionist|accountant|controller|lawyer|doctor|surgeon|professor|neighbou?r|friend|team ?lead(?:er)?|supervisor|"
    r"foreman|chef|cook|cashier|caretaker|chairman|chairwoman|treasurer|clerk|architect|designer|trainer|coach|"
    r"scrum master|product owner|project lead(?:er)?|recruiter|technician|mechanic|electrician|plumber|welder|painter|"
    r"worker|guard|pilot|waiter|waitress|editor|guy|lady|gentleman|founder|predecessor|successor|mayor|councillor|"
    r"partner of|applicant|candidate|bookkeeper|one of them|the two of them|author of this|"
    r"collega|directeur|directrice|baas|leidinggevende|ontwikkelaar|chauffeur|verpleegkundige|arts|docente?|leraar|"
    r"lerares|juf|stagiaire?|secretaresse|receptioniste?|boekhouder|jurist|voorzitter|penningmeester|monteur|"
    r"schoonma(?:ker|akster)|buurman|buurvrouw|vriend|vriendin|kok|kassière|wethouder|burgemeester|voorganger|opvolger|"
    r"opvolgster|adviseur|beheerder|loodgieter|lasser|bewaker|huisarts|conciërge|hovenier|kapper|kandidaat|sollicitant|oprichter|"
    r"\w*(?:medewerk(?:er|ster)|leid(?:er|ster)|manager|chef|bestuurder|begeleid(?:er|ster)|verzorgende))\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
#: A capitalised word as the one who does or is something.
_SUBJECT = re.compile(
    r"\b([^\W\d_a-z][^\W\d_A-Z]{2,}) (?:(?:still|also|never|nog|weer|al|ook|nooit) )?"
    r"(?:is|was|has|had|got|can|cannot|can't|will|won't|"
    r"came|went|lost|left|kreeg|zat|lag|werd|ging|kwam|kan|mag|wil|moet|verloor|gets|lives|drinks|earns|"
    r"takes|walks|sleeps|smokes|steals|votes|wears|prays|turns|turned|moved|cries|heeft|krijgt|zit|ligt|woont|werkt|drinkt|"
    r"verdient|wordt|gaat|komt|slikt|slaapt|rookt|steelt|stemt|draagt|bidt|huilt|loopt|herstelt|vertrekt)\b"
)
_PERSON_LIKE = frozenset({Category.PERSON})


def around(text: str, start: int, end: int, within: int) -> bytes:
    """The text within so many characters before and after a span, the span itself blanked, as UTF-8."""
    before, after = text[max(0, start - within):start], text[end:end + within]
    return plain(f"{before} \x1e {after}").encode("utf-8", "replace")


def speaks_of_person(scan: Scan, block: Block, start: int, end: int) -> bool:
    """Whether a sentence speaks of one person: by a pronoun, a role, or a name."""
    sentence = plain(block.text[start:end])
    if _PRONOUN.search(sentence) or ROLE.search(sentence):
        return True
    if any(given(word) is Given.CLEAR for word in _CAPITAL.findall(sentence)):
        return True
    if any(not ordinary(word) and not technology(word) for word in _SUBJECT.findall(sentence)):
        return True
    return any(
        hit.block is not None and hit.block.id == block.id and hit.start < end and hit.end > start
        and scan.catalogue.rule(hit.rule).category in _PERSON_LIKE
        for hit in scan.earlier
    )
