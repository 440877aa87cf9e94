"""What a clause tells beside a first name: the person's role, place or years, or something of their job, health or quarrels.

"Kev in radiology" and "Ann has worked here for sixteen years" say who is meant as well as a full name does, to everybody who
works there. Only words of closed lists count, in the same clause as the name. Nothing here decides who is a person.
"""

from __future__ import annotations

import re

from rules.roles import CALLED, before, behind

#: Where somebody works. Words that are also places of things ("production", "the cloud") are left out.
_PLACES = (
    r"(?:radiology|cardiology|oncology|pathology|(?:information |data )?governance|finance|accounts|accounting|"
    r"accounts payable|bookkeeping|payroll|hr|human resources|personnel|legal|compliance|internal audit|marketing|"
    r"sales|purchasing|procurement|"
    r"logistics|dispatch|communications|facilities|maintenance|reception|the (?:front |service |help |support )?desk|"
    r"customer (?:service|care|support)|the (?:warehouse|workshop|lab|laboratory|pharmacy|kitchen|canteen|mailroom|"
    r"post room|office|archive|library|ward|stores|depot|(?:night|day|late|early) shift|call centre|control room|"
    r"[a-z]+ (?:team|department|office|desk|shift|ward|depot|branch))|"
    r"planning|engineering|housekeeping|catering|admissions|billing|quality assurance|it support|second line|ward \d+|"
    r"de (?:griffie|administratie|receptie|balie|boekhouding|werkplaats|meldkamer|keuken|kantine|nachtdienst|"
    r"avonddienst|dagdienst|helpdesk|postkamer|apotheek|thuiszorg|afdeling(?: [a-z]+)?|planning|inkoop|verkoop)|"
    r"het (?:magazijn|lab|secretariaat|archief|depot|[a-z]*team)|inkoop|verkoop|verkeer|financiën|personeelszaken|"
    r"communicatie|juridische zaken|burgerzaken|vergunningen|groen|beheer|kwaliteit)"
)
_AT = re.compile(rf"^\s+(?:(?:over |down |up )?(?:in|from|at|on)|van|uit|op|in|bij)\s+(?:our\s+|onze\s+)?{_PLACES}\b"
                 r"(?!\s+(?:to|of)\b)", re.IGNORECASE)
_NUMBER = (r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
           r"seventeen|eighteen|nineteen|twenty|thirty|forty|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|"
           r"vijftien|twintig|dertig|veertig|(?:twenty|thirty)-\w+)")
_YEARS = rf"{_NUMBER}\s+(?:years?|months?|weeks?|jaar|maanden|weken|weeks)"
#: How long somebody has been there: ", three weeks qualified", "has worked here for sixteen years".
_SINCE = re.compile(
    rf"^(?:,\s+{_YEARS}\s+(?:qualified|in(?:to)? (?:the|her|his) (?:job|post|role)|with us|"
    rf"from (?:his |her )?(?:pension|retirement)|in dienst|bij ons|voor (?:zijn|haar) pensioen)\b|"
    rf"\s+(?:has |had |['’]s )(?:worked|been) (?:here|there|with us|at \w+|in \w+) (?:for )?{_YEARS}\b|"
    rf"\s+(?:werkt|werkte|zit|zat) (?:hier |er |daar )?al {_YEARS}\b(?: (?:hier|bij ons))?)", re.IGNORECASE)
_OWN = (r"(?:retirement|resignation|dismissal|redundancy|demotion|probation|appraisal|sick leave|sick note|illness|operation|"
        r"divorce|maternity leave|pension|salary|quarrel|row|grievance|warning|contract|last day|farewell|"
        r"pensioen|ontslag|ziekte|ziekmelding|scheiding|operatie|salaris|ruzie|afscheid|contract|verlof|beoordeling|proeftijd)")
#: What is told of them: "Ann's part-time retirement plan", "Ann is retiring", "Ann and the manager fell out".
_TOLD = re.compile(
    rf"^(?:(?:['’]s?)\s+(?:(?!['’]|and\b|or\b|en\b)[\w-]+\s+){{0,2}}{_OWN}\b|"
    r"\s+(?:is|was|had|has|has been|had been|got|will be)\s+(?:just\s+|about to\s+|now\s+)?"
    r"(?:retir(?:e|ed|ing)|sacked|fired|dismissed|made redundant|laid off|demoted|suspended|off sick|signed off|"
    r"on sick leave|on maternity leave|handed in (?:his|her) notice|resign(?:ed|ing)|leaving (?:us|the company|next|in)|"
    r"fallen out with|fell out with)\b|"
    r"\s+(?:retired|resigned|fell out with|quarrelled with|rowed with|was off sick|handed in (?:his|her) notice|"
    r"gave (?:his|her) notice)\b|"
    r"\s+(?:gaat met pensioen|ging met pensioen|is met pensioen|nam ontslag|is ontslagen|werd ontslagen|zit ziek thuis|"
    r"viel uit|kreeg ontslag|heeft ruzie|had ruzie|kreeg ruzie)\b)", re.IGNORECASE)
#: Dutch puts the name behind: "het pensioen van Ann".
_OF = re.compile(rf"\b{_OWN}\s+van\s+$", re.IGNORECASE)
_ACTS = re.compile(r"\s+(?:said|says|told|asked|wrote|rang|called|replied|answered|knew|knows|thought|wanted|zei|zegt|vroeg|"
                   r"vertelde|schreef|belde|antwoordde|wist|weet|vond|wilde)\b", re.IGNORECASE)
#: What companies and readers are too.
_NOT = frozenset({"customer", "client", "partner", "owner", "visitor", "guest", "user", "klant", "opdrachtgever", "bezoeker",
                  "gast", "lead"})
_FIRMS = frozenset({"consultant", "adviser", "advisor", "accountant", "lawyer", "recruiter", "adviseur"})
_PROGRAMS = frozenset({"editor", "planner", "driver", "operator", "controller", "registrar", "analyst", "assistant", "coach",
                       "designer", "architect", "trainer", "secretary", "manager", "dispatcher", "supervisor", "chair"})


def told_beside(text: str, start: int, end: int) -> bool:
    """Whether the clause of a first name says who of all who have that name is meant, or something of their own."""
    head, tail = text[max(0, start - 90):start], text[end:end + 120]
    if _AT.match(tail) or _SINCE.match(tail) or _TOLD.match(tail) or _OF.search(head):
        return True
    called = CALLED.search(head)
    role = before(text, start - len(called[0]) if called else start)
    if role:
        return role["role"].lower() not in _NOT and bool(role["whose"] or called)
    follows = behind(text, end)
    return follows is not None and follows["role"].lower() not in _NOT


def placed(text: str, start: int, end: int) -> bool:
    """Whether a name that no list has is that of a person: by the place of work behind it and what is done there, by
    "a cleaner called" before it, or between commas ("our porter, Wendo, said"). A planner that is called something may be a
    program.
    """
    head, tail = text[max(0, start - 90):start], text[end:end + 120]
    found = _AT.match(tail)
    if found is not None:
        return bool(_ACTS.match(tail[found.end():]))
    called = CALLED.search(head)
    if not called and not (tail.startswith(",") and head.endswith(", ")):
        return False
    role = before(text, start - len(called[0]) if called else start)
    if role is None or not role["whose"]:
        return False
    return role["role"].lower().split()[-1] not in _NOT | _PROGRAMS | (frozenset() if called else _FIRMS)
