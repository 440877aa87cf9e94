"""Words that announce a name: roles with a colon, "thanks to", "said", a title behind a comma. English and Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.files import word_set
from rules.spans import PARTICLES, Line, Word
from rules.suffixes import has_suffix
from rules.vocabulary import Given, everyday, family, given, ordinary, technology

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
    r"sprekers?|auteurs?|contactpersoon|contactpersonen|aanwezig(?:en)?|deelnemers|projectleiders?|opdrachtgevers?|"
    r"stuurgroep|eigenaar|verantwoordelijke?|gasten?|teamleden|door)\b"
    r"(?P<at>\s+(?:at|of|for|bij|van|voor)\s+[^:\n]{2,60})?\s*:\s*",
    re.IGNORECASE,
)
#: What companies are to us, before a colon at the start of a line.
_COMPANY = re.compile(
    r"(?:^|[|•–-]\s*)\W*(?:(?:our|new|key|main|large|reference|onze|nieuwe)\s+)?"
    r"(?:clients?|customers?|references?|partners?|suppliers?|accounts?|prospects?|case stud(?:y|ies)|competitors?|"
    r"vendors?|companies|company|employers?|klant(?:en)?|referenties?|leveranciers?|prospects?|concurrent(?:en)?|"
    r"bedrij(?:f|ven)|opdrachtgevers?|won at|lost to|sold to)\s*:\s*",
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
    r"dhr\.?|mevr\.?|mevrouw|meneer|de heer|dank aan|met dank aan|volgens|collega'?s?|mijn (?:vrouw|man|zoon|dochter|"
    r"broer|zus|moeder|vader|baas|collega)|hun (?:zoon|dochter)|quote by|spoke (?:to|with)|told by|reports? to|"
    r"[\"”»]\s*[—–-]+|and our own|(?:^|[|•–-]\s*)(?:welcome|welkom))[\s,:]*$",
    re.IGNORECASE,
)
_BEFORE_WEAK = re.compile(
    r"(?:\bby|\bask|\bcontact|\bcall|\bmail|\be-mail|\bphone|\bmeet|\bwelcome|\bwith|\bfrom|\bhi|\bhello|\bdear|\bto|"
    r"\band|\bvraag|\bbel|\bdoor|\bmet|\bbeste|\bhoi|\ben|\bfor|\bvoor|\bvan|\bnaar|\babout|\bover|,)\s*$",
    re.IGNORECASE,
)
_ROLE_WORDS = (
    r"head|director|vice|vp|svp|evp|chief|c[eitfo]o|ciso|cmo|cdo|manager|lead|leader|senior|sr\.?|junior|"
    r"principal|architect|"
    r"engineer|developer|consultant|professor|founder|co-?founder|president|analyst|scientist|designer|partner|owner|"
    r"coordinator|officer|secretary|chair(?:man|woman|person)?|product|programme|program|project|account|sales|"
    r"marketing|hr|"
    r"hoofd|directeur|projectleider|adviseur|teamleider|ontwikkelaar|bestuurder|voorzitter|medewerker|hoogleraar"
)
_AFTER = re.compile(
    rf"^(?:,\s*(?:the |our |an? |de |het |onze )?(?:global |group |chief |deputy |interim )?(?:{_ROLE_WORDS})\b|"
    rf"\s*\((?:{_ROLE_WORDS})\b|\s+[–-]\s+(?:{_ROLE_WORDS})\b|"
    r"\s+(?:said|says|told|wrote|writes|asked|explained|joined|resigned|retired|left us|is on leave|zei|zegt|vertelde|"
    r"schreef|vroeg|legde)\b)",
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


_MARK = re.compile(r"[,\"”»—–:|•]")
#: The last words of all cues: a quick look before the slow one.
_LAST = word_set(
    "to thanks you by with introducing says said wife husband son daughter brother sister mother father boss "
    "manager colleague "
    "colleagues friend partner director cio ceo cto cfo mr mrs ms dr prof sir dhr mevr mevrouw meneer heer aan "
    "volgens collega "
    "collegas s vrouw man zoon dochter broer zus moeder vader baas own welcome welkom congratulations out from "
    "ask contact call "
    "mail phone meet hi hello dear and vraag bel door met beste hoi en for voor van naar about over credit credits"
)


def after_cue(line: Line, word: Word) -> int:
    """2 when the words before announce a person, 1 when they often do, 0 otherwise."""
    end = word.start - line.start
    last = re.search(r"([^\W\d_]+)[^\w\n]{0,4}$", line.text[max(0, end - 24):end])
    if end and last and last.group(1).lower() not in _LAST and not _MARK.search(last.group()):
        return 0
    before = line.text[max(0, end - _NEAR):end]
    if _BEFORE_STRONG.search(before):
        return 2
    joined = re.search(r"(?P<head>.*\S)\s*(?:,|\band|\ben)\s+$", before)
    if joined and _BEFORE_STRONG.search(re.sub(r"(?:\s+[^\W\d_a-z][\w.'’-]*){1,3}$", "", joined.group("head")) + " "):
        return 2
    return 1 if _BEFORE_WEAK.search(before) else 0


def before_role(line: Line, word: Word) -> bool:
    """Whether a role or a verb of saying follows a word."""
    return bool(_AFTER.match(line.text[word.base_end - line.start:]))


def quoted_source(text: str, start: int, end: int, title: str) -> bool:
    """Whether a name is only cited: after a dash, with a year, a law of that name, or on a slide of references."""
    return bool(_CITED_BEFORE.search(text[:start]) or _CITED_AFTER.match(text[end:]) or _REFERENCES.search(title))


def listed(line: Line, *, person: bool) -> Iterator[tuple[list[Word], float]]:
    """The items of a list behind a role ("Speaker: A, B") or behind what companies are ("Customers: A, B").

    With `person` the people, without it the companies; both kinds of list can hold some of either.
    """
    role, company = _ROLE.search(line.text), _COMPANY.search(line.text)
    if role and role.start() <= 3:
        if role.group("at") and not person:
            yield from _company_items(line, role.start("at"), role.end("at"), skip=1)
        yield from _role_items(line, role.end(), person=person)
    elif company and company.start() <= 3 and not person:
        yield from _company_items(line, company.end(), len(line.text), skip=0)


def role_place(line: Line) -> tuple[int, int]:
    """The span (in the block) of the company in "Project owner at Kerwick: ..."; (0, 0) when there is none."""
    role = _ROLE.search(line.text)
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
    if given(words[0].base) is not Given.NO or words[0].initial or family(words[-1].base) is Given.CLEAR:
        return True
    return first and len(words) <= 3 and not any(ordinary(word.base) and not family(word.base) for word in words
                                                 if word.text.lower() not in PARTICLES)


def _plain(words: list[Word]) -> bool:
    """Whether all words are ordinary ones that no name is made of."""
    return all(ordinary(word.base) and not (given(word.base) or family(word.base)) for word in words)


def _company_items(line: Line, start: int, stop: int, *, skip: int) -> Iterator[tuple[list[Word], float]]:
    for words in _company_split(line, start, stop):
        words = words[skip:] if skip and words and not words[0].capital else words
        if words and len(words) <= 7 and (words[0].capital or line.capitals or words[0].text[0].isdigit()):
            if len(words) == 1 and everyday(words[0].base) and not words[0].base.isupper():
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
