"""Words that announce a name: roles with a colon, "thanks to", "said", a title behind a comma. English and Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from language.files import word_set
from rules.spans import PARTICLES, Line, Word
from rules.suffixes import has_suffix
from rules.vocabulary import Given, technology

#: Roles that a person holds, before a colon at the start of a line.
_ROLE = re.compile(
    r"(?:^|[|•–-]\s*)\W*(?:(?:project|product|executive|account|technical|team|programme|program|business|data|"
    r"key)[ -])?"
    r"(?P<role>speakers?|presenters?|presented by|presentation by|sponsors?|owners?|authors?|contacts?|contact "
    r"person|hosts?|"
    r"moderators?|leads?|leaders?|managers?|team(?: members?)?|members?|attendees|participants|present|attending|"
    r"steering (?:committee|group|board)|committee|trainers?|facilitators?|interviewers?|interviewees?|guests?|"
    r"panel(?:l?ists?)?|reviewers?|approvers?|assigned to|written by|prepared by|approved by|responsible|driver|"
    r"architects?|developers?|consultants?|coach(?:es)?|directors?|c[eitfo]o|"
    r"sprekers?|auteurs?|contactpersoon|contactpersonen|aanwezig(?:en)?|deelnemers?|projectleiders?|opdrachtgevers?|"
    r"(?:gast|hoofd)?sprekers?|stuurgroep|eigenaar|eigenaren|verantwoordelijken?|gasten?|teamleden|door|voorzitters?|"
    r"notulist(?:en)?|trekkers?|actie(?:houders?)?|begeleiders?|docent(?:en)?|trainers|coördinator(?:en)?|teamleiders?|"
    r"afdelingshoofd|(?:onze )?ambassadeurs?|werkgroep(?:leden)?|kernteam|projectgroep|commissie(?:leden)?|bestuur|"
    r"bestuursleden|directie|jury(?:leden)?|panelleden|genodigden|redactie|tekst|foto'?s?|beeld|vormgeving|interview|"
    r"aan het woord|gastvrouw|gastheer|presentatie|presentator|bijdragen?|met medewerking van|met dank aan|dank aan|"
    r"(?:ingediend|opgesteld|geschreven|goedgekeurd|gemaakt|verzorgd|begeleid) door|namens [\w ]{3,30}|afwezig|"
    r"vervanger|waarnemer|aanspreekpunt|contact|cliënt|patiënt|medewerker|collega'?s?|wie)\b"
    r"(?P<at>\s+(?:at|of|for|bij|van|voor)\s+[^:\n]{2,60})?\s*:\s*",
    re.IGNORECASE,
)
#: What companies are to us, before a colon at the start of a line.
_COMPANY = re.compile(
    r"(?:^|[|•–-]\s*)\W*(?:(?:our|new|key|main|large|reference|onze|nieuwe)\s+)?"
    r"(?:clients?|customers?|references?|partners?|suppliers?|accounts?|prospects?|case stud(?:y|ies)|competitors?|"
    r"vendors?|companies|company|employers?|klant(?:en)?|referenties?|leveranciers?|prospects?|concurrent(?:en)?|"
    r"bedrij(?:f|ven)|opdrachtgevers?|afnemers?|klantcases?|partijen|organisaties?|werkgevers?|case|won at|lost to|"
    r"sold to|verkocht aan|verloren aan)\s*:\s*",
    re.IGNORECASE,
)
#: Words right before a name. Two: nothing but a person follows. One: often a person.
_BEFORE_STRONG = re.compile(
    r"(?:kudos to|thanks to|thank you,?|many thanks to|shout-?out to|congratulations(?: to|,)?|credits? to|"
    r"presented by|"
    r"interview with|introducing|says|said|according to|my (?:wife|husband|son|daughter|brother|sister|mother|"
    r"father|boss|"
    r"manager|colleague|friend|partner)|(?:his|her|their) (?:wife|husband|son|daughter|brother|sister|mother|father)|"
    r"our (?:colleague|manager|director|boss|friend|cio|ceo|cto|cfo)|colleagues?|mr\.?|mrs\.?|ms\.?|dr\.?|prof\.?|sir|"
    r"dhr\.?|mevr\.?|mw\.?|mevrouw|meneer|mijnheer|de heer|de heren|drs\.?|ir\.?|ing\.?|ds\.?|dokter|zuster|broeder|"
    r"pater|juf|meester|professor|wethouder|burgemeester|minister|staatssecretaris|gedeputeerde|commissaris|notaris|"
    r"(?:^|[\s,])(?:beste|geachte|hoi|hallo|dag|ha|dankjewel|dank je wel|dank je|dank u|bedankt|gefeliciteerd|proficiat)|"
    r"(?:dat|dit|zo|die) (?:zei|zegt|vindt|vond)|aldus|zoals|het verhaal van|vervanging voor|opvolger van|het vertrek van|"
    r"het afscheid van|de tip van|het idee van|een idee van|dank aan|met dank aan|volgens|collega'?s?|"
    r"mijn (?:vrouw|man|zoon|dochter|broer|zus|moeder|vader|baas|collega)|"
    r"hun (?:zoon|dochter)|quote by|spoke (?:to|with)|told by|reports? to|"
    r"[\"”»]\s*[—–-]+|and our own|(?:^|[|•–-]\s*)(?:welcome|welkom))[\s,:]*$",
    re.IGNORECASE,
)
#: A comma does as well.
_BEFORE_WEAK = word_set(
    "by ask contact call mail phone meet welcome with from hi hello dear to and vraag bel belde mailde aan sprak "
    "moet heeft heb wil dat bij op door met beste hoi en for voor van naar about over"
)
_ROLE_WORDS = (
    r"head|director|vice|vp|svp|evp|chief|c[eitfo]o|ciso|cmo|cdo|manager|lead|leader|senior|sr\.?|junior|"
    r"principal|architect|"
    r"engineer|developer|consultant|professor|founder|co-?founder|president|analyst|scientist|designer|partner|owner|"
    r"coordinator|officer|secretary|chair(?:man|woman|person)?|product|programme|program|project|account|sales|"
    r"marketing|hr|"
    r"hoofd|directeur|directrice|projectleider|adviseur|teamleider|ontwikkelaar|bestuurder|voorzitter|medewerker|hoogleraar|"
    r"[a-z]*(?:leider|manager|hoofd|adviseur|medewerker|kundige|specialist|coördinator|arts|secretaris|penningmeester|"
    r"wethouder|docent|onderzoeker|inkoper|planner|monteur|begeleider|eigenaar|oprichter|redacteur|beheerder|analist|"
    r"jurist|consulent|ambtenaar|bestuurslid|trainer|ontwerper|verzorgende|therapeut|psycholoog)|verpleegkundig|"
    r"medisch|afdelingshoofd|communicatie|inkoop|verkoop|financiën|personeelszaken"
)
_AFTER = re.compile(
    rf"(?:,\s*(?:the |our |an? |de |het |onze )?(?:global |group |chief |deputy |interim )?(?:{_ROLE_WORDS})\b|"
    rf"\s*\((?:{_ROLE_WORDS})\b|\s+[–-]\s+(?:{_ROLE_WORDS})\b|"
    r"\s+(?:said|says|told|wrote|writes|asked|explained|joined|resigned|retired|left us|is on leave|zei|zegt|vertelde|"
    r"schreef|vroeg|legde|vertelt|denkt|belde|mailde)\b)",
    re.IGNORECASE,
)
#: A name in such a place is cited: an author, a law, a quotation.
_CITED_BEFORE = re.compile(r"(?:^|\s)[—–―~-]{1,2}\s*$|[\"”»]\s*[-—–,]?\s*$|\bet al|©|\(c\)|copyright", re.IGNORECASE)
_CITED_AFTER = re.compile(
    r"^(?:['’]s (?:law|theorem|principle|razor|paradox|pyramid|triangle|hierarchy|curve|rule)|\s+et al|"
    r",?\s*\(?(?:19|20)\d\d|"
    r"\s*\((?:19|20)\d\d|,?\s*[\"“])",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"\b(?:references?|further reading|bibliography|resources|sources|literature|books?|credits|"
    r"acknowledge?ments?|links|"
    r"reading list|bronnen|literatuur|lezen|boeken|quotes?|citaat)\b",
    re.IGNORECASE,
)
#: Roles of which a list holds people alone; behind "Speaker:" the second item is often the company.
_PEOPLE_ONLY = re.compile(r"\b(?:steering|committee|team|members?|attendees|participants|present|attending|"
                          r"guests|panel\w*|authors|"
                          r"speakers|aanwezig\w*|deelnemers|stuurgroep|teamleden)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\s&\s|\s\+\s|\band\b|\ben\b|\|)\s*")


#: Characters before a name in which a cue may stand; a search for the end of a long line is slow.
_NEAR = 90
#: Characters of the longest cue, and some.
_LONGEST_CUE = 40


_MARK = re.compile(r"[,\"”»—–:|•]")
#: The last word before a place and what stands behind it, read backwards: from the front, the search would start anew
#: at every character.
_LAST_WORD = re.compile(r"[^\w\n]{0,4}([^\W\d_]+)")
_WORD_BACKWARDS = re.compile(r"\w+")
#: An item of a list before a name, and up to three capitalised words that end it.
_ITEM = re.compile(r"(?P<head>.*\S)\s*(?:,|\band|\ben)\s+$")
_NAMES_AT_END = re.compile(r"(?:\s+[^\W\d_a-z][\w.'’-]*){1,3}$")
#: The last words of all cues: a quick look before the slow one.
_LAST = word_set(
    "to thanks you by with introducing says said wife husband son daughter brother sister mother father boss "
    "manager colleague "
    "colleagues friend partner director cio ceo cto cfo mr mrs ms dr prof sir dhr mevr mevrouw meneer heer aan "
    "volgens collega "
    "collegas s vrouw man zoon dochter broer zus moeder vader baas own welcome welkom mw drs ir ing ds mijnheer heren dokter "
    "zuster broeder pater juf meester professor wethouder burgemeester minister staatssecretaris gedeputeerde commissaris "
    "notaris geachte hallo dag ha dankjewel wel je u bedankt gefeliciteerd proficiat zei zegt vindt vond aldus zoals belde "
    "mailde sprak moet heeft heb wil dat bij op congratulations out from "
    "ask contact call "
    "mail phone meet hi hello dear and vraag bel door met beste hoi en for voor van naar about over credit credits"
)


def after_cue(line: Line, word: Word) -> int:
    """2 when the words before announce a person, 1 when they often do, 0 otherwise."""
    end = word.start - line.start
    if not end:
        return 0
    last = _LAST_WORD.match(line.text[max(0, end - 24):end][::-1])
    if last and last[1][::-1].lower() not in _LAST and not _MARK.search(last[0]):
        return 0
    return _announced(line.text[max(0, end - _NEAR):end])


@lru_cache(maxsize=4096)
def _announced(before: str) -> int:
    """What `after_cue` says of the words before a place."""
    if _strong(before):
        return 2
    said = before.rstrip()
    joined = _ITEM.search(before) if said.endswith((",", "and", "en")) else None
    if joined and _strong(_NAMES_AT_END.sub("", joined["head"]) + " "):
        return 2
    if said.endswith(","):
        return 1
    last = _WORD_BACKWARDS.match(said[::-1])
    return 1 if last and last[0][::-1].lower() in _BEFORE_WEAK else 0


def _strong(before: str) -> bool:
    """Whether the words before a place announce nothing but a person; only their end is searched."""
    return bool(_BEFORE_STRONG.search(before, max(0, len(before.rstrip(" ,:\t\xa0")) - _LONGEST_CUE)))


def before_role(line: Line, word: Word) -> bool:
    """Whether a role or a verb of saying follows a word."""
    return bool(_AFTER.match(line.text, word.base_end - line.start))


def quoted_source(text: str, start: int, end: int, title: str) -> bool:
    """Whether a name is only cited: after a dash, with a year, a law of that name, or on a slide of references."""
    return bool(_CITED_BEFORE.search(text[:start]) or _CITED_AFTER.match(text[end:]) or _REFERENCES.search(title))


def listed(line: Line, *, person: bool) -> Iterator[tuple[list[Word], float]]:
    """The items of a list behind a role ("Speaker: A, B") or behind what companies are ("Customers: A, B").

    With `person` the people, without it the companies; both kinds of list can hold some of either.
    """
    if ":" not in line.text:
        return
    role, company = _ROLE.search(line.text), _COMPANY.search(line.text)
    if role and role.start() <= 3:
        if role.group("at") and not person:
            yield from _company_items(line, role.start("at"), role.end("at"), skip=1)
        yield from _role_items(line, role.end(), person=person)
    elif company and company.start() <= 3 and not person:
        yield from _company_items(line, company.end(), len(line.text), skip=0)


def role_place(line: Line) -> tuple[int, int]:
    """The span (in the block) of the company in "Project owner at Kerwick: ..."; (0, 0) when there is none."""
    role = _ROLE.search(line.text) if ":" in line.text else None
    if not role or role.start() > 3 or not role.group("at"):
        return (0, 0)
    return (line.start + role.start("at"), line.start + role.end("at"))


def _items(line: Line, start: int, stop: int) -> Iterator[list[Word]]:
    position = start
    for match in [*_SEPARATOR.finditer(line.text, start, stop), None]:
        end = match.start() if match else stop
        words = [w for w in line.words if w.start - line.start >= position and w.end - line.start <= end]
        position = match.end() if match else stop
        if words:
            yield words


def _role_items(line: Line, start: int, *, person: bool) -> Iterator[tuple[list[Word], float]]:
    people_only = bool(_PEOPLE_ONLY.search(line.text[:start]))
    for number, words in enumerate(_items(line, start, len(line.text))):
        while words and not (words[-1].capital or words[-1].initial):
            words = words[:-1]
        if not words or len(words) > 5 or not (words[0].capital or line.capitals) or (_plain(words) and number == 0):
            continue
        human = _human(words, first=number == 0 or people_only)
        if human == person:
            yield (words, 0.85 if human else 0.7)


def _human(words: list[Word], *, first: bool) -> bool:
    if has_suffix(words) or technology(" ".join(word.base for word in words)):
        return False
    if words[0].given is not Given.NO or words[0].initial or words[-1].family is Given.CLEAR:
        return True
    return first and len(words) <= 3 and not any(word.ordinary and not word.family for word in words
                                                 if word.text.lower() not in PARTICLES)


def _plain(words: list[Word]) -> bool:
    """Whether all words are ordinary ones that no name is made of."""
    return all(word.ordinary and not (word.given or word.family) for word in words)


def _company_items(line: Line, start: int, stop: int, *, skip: int) -> Iterator[tuple[list[Word], float]]:
    for words in _company_split(line, start, stop):
        words = words[skip:] if skip and words and not words[0].capital else words
        if words and len(words) <= 7 and (words[0].capital or line.capitals or words[0].text[0].isdigit()):
            if len(words) == 1 and words[0].everyday and not words[0].base.isupper():
                continue
            yield (words, 0.85)
        skip = 0


def _company_split(line: Line, start: int, stop: int) -> Iterator[list[Word]]:
    """Companies are separated by commas, but ", Inc." belongs to the one before."""
    waiting: list[Word] = []
    position = start
    text = line.text
    for match in [*re.finditer(r"\s*[,;/|]\s*|\s+and\s+(?=[A-Z0-9])|\s+en\s+(?=[A-Z0-9])|"
                               r"\s*\(\d", text[start:stop]), None]:
        end = start + match.start() if match else stop
        words = [w for w in line.words if w.start - line.start >= position and w.start - line.start < end]
        position = start + match.end() if match else stop
        if waiting and words and has_suffix(words) and len(words) == 1:
            waiting += words
            continue
        if waiting:
            yield waiting
        waiting = words
    if waiting:
        yield waiting
