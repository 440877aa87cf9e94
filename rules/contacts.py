"""Ways to reach somebody: e-mail addresses, telephone numbers, links. A number is a telephone number only if it could be.

Numbers without a country code are believed when a word such as "call" stands near, or when they are written the way a
country writes them and are valid there (phonenumbers). The company's own addresses are low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from content.document import Block, Part
from content.finding import Severity
from language.fold import folded
from rules.detector import Hit, Scan
from rules.haystack import plain

_EMAIL = re.compile(r"(?<![\w.+/-])[\w][\w.+'&-]{0,63}@(?:[\w](?:[\w-]{0,61}[\w])?\.){1,6}[^\W\d_]{2,24}(?![\w-])")
_CANDIDATE = re.compile(r"(?<![\w.,:/#-])(?:\+|00)?\(?\+?\d(?:[\s().\-/–]{0,3}\d){5,16}(?:\s?(?:x|ext\.?|"
                        r"toestel)\s?\d{1,6})?(?![\w]|[.,]\d)")
_CUE = re.compile(r"\b(?:call|calls|tel|telephone|phone|mobile|cell|fax|ring|dial|whatsapp|signal|sms|text|"
                  r"reach|contact|hotline|"
                  r"helpdesk|bel|bellen|telefoon|mobiel|gsm|nummer|bereikbaar|telefon|handy|m|"
                  r"t)\b[^\n]{0,25}$", re.IGNORECASE)
_CUE_BEHIND = re.compile(r"\s*[(,]?\s*(?:mobile|mob|cell|office|fax|work|home|direct|tel|phone|mobiel|kantoor|"
                         r"thuis)\b", re.IGNORECASE)
#: Hours of service, which are no number: "24/7", "8.00 - 16.30".
_HOURS = re.compile(r"\b24\s?/\s?7\b|(?<![\d.+/-])(?:[01]?\d|2[0-4])[.:][0-5]\d\s?(?:[-–]|to|tot)\s?"
                    r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?![\d/-]|\.\d)")
_NOT = re.compile(r"\b(?:isbn|issn|ean|gtin|order|part|invoice|room|rfc|build|version|sku|serial|account|kpis?|"
                  r"revenue|issue|"
                  r"ticket|bug|kb|factuur|kamer|artikel|kvk|btw|vat|doi|arxiv|iban|card|ssn|bsn|rsin|kbo|kenteken|polis|dossier|order|"
                  r"port|id|cve|sha|patent)(?:[\s-]*(?:no|nr|id|number|nummer))?\b[.:#\s]{0,4}$|"
                  r"\b(?!(?:tele|mobiel|gsm|fax|nood|service|info|bel|contact|doorkies|huis)\w*)\w{3,}nummers?\b[.:#\s]{0,4}$",
                  re.IGNORECASE)
_DATE = re.compile(r"^(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d\d|(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}|(?:19|"
                   r"20)\d\d\s?[–/-]\s?(?:19|20)?\d\d|"
                   r"(?:19|20)\d{6}(?:[.-]?\d{1,6})?)$")
_REGIONS = ("US", "GB", "NL", "DE", "FR", "BE", "SE", "IT", "ES", "FI", "NO", "DK", "CH", "AT", "IE", "AU", "CA", "IN",
            "PL", "PT", "IS", "CZ", "NZ", "ZA", "BR")
_URL = re.compile(r"(?<![\w@./-])(?:(?:https?|ftps?|sftp|s3|gs|wss?|ssh|git)://|www\.)[^\s<>\"'{}|"
                  r"^`\\]{3,400}", re.IGNORECASE)
_TLDS = ("com|org|net|info|biz|io|ai|app|dev|eu|nl|be|de|fr|uk|co\\.uk|org\\.uk|ac\\.uk|ie|es|it|pt|at|ch|se|no|"
         "dk|fi|pl|cz|hu|"
         "ro|us|ca|au|com\\.au|nz|in|jp|cn|br|com\\.br|tv|me|cc|cloud|tech|online|shop|site|edu|gov|mil|example|int")
_DOMAIN = re.compile(rf"(?<![\w@./\\-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:{_TLDS})(?![\w-]|\.[a-z0-9])"
                     r"(?:/[^\s<>\"'{}|^`\\]{0,300})?")
_NO_DOMAIN = re.compile(r"^(?:asp|ado|vb|ml|system|paint|socket|node|next|nuxt|vue|d3|three|deno|booking\.me|e|"
                        r"i|f|c|a|b|x|y|z|this|self|"
                        r"console|app|obj|my|window|file|data|user|index|main|readme|setup|test|log)\.(?:net|io|"
                        r"me|in|at|no|app|info|is|it|dev|js)$")
_INTERNAL = re.compile(r"^[a-z0-9+.-]+://(?:[^/\s:]+\.(?:local|internal|corp|lan|intranet|intra|home|private)|"
                       r"(?!localhost\b)[a-z0-9-]+)"
                       r"(?::\d+)?(?:/|$)", re.IGNORECASE)
_SHARED = re.compile(r"^https?://(?:[\w-]+(?:-my)?\.sharepoint\.com/:|drive\.google\.com/|docs\.google\.com/|"
                     r"(?:www\.)?dropbox\.com/s|"
                     r"1drv\.ms/|onedrive\.live\.com/|we\.tl/|[\w-]+\.box\.com/s/|teams\.microsoft\.com/l/|"
                     r"[\w.]*zoom\.us/j/)", re.IGNORECASE)
_UNC = re.compile(r"\\\\[A-Za-z][\w.-]{1,30}\\[^\s\\/:*?\"<>|]{1,60}(?:\\[^\s\\/:*?\"<>|]{0,60}){0,8}")


#: What has a full stop inside: the only runs a domain can stand in.
_DOTTED = re.compile(r"(?<!\S)[^\s.]*+\.\S+")
#: Digits of the shortest telephone number.
_SEVEN_DIGITS = re.compile(r"(?:\d\D*+){7}")


class Contacts:
    """The detector for e-mail addresses, telephone numbers and links."""

    name = "contacts"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield every way to reach somebody."""
        own = _own_domains(scan)
        for unit, block in scan.texts():
            text = plain(block.text)
            mails: list[tuple[int, int]] = []
            if "@" in text:
                for match in _EMAIL.finditer(text):
                    if match.group().startswith(("git@", "noreply@", "no-reply@")):
                        mails.append(match.span())
                        continue
                    mails.append(match.span())
                    value = folded(match.group())
                    ours = value.rpartition("@")[2] in own
                    yield Hit("contact.email", block, unit, *match.span(), value, match.group(), 0.97,
                              severity=Severity.LOW if ours else None)
            for start, end, value, sure in _phones(text):
                yield Hit("contact.phone", block, unit, start, end, value, text[start:end], sure,
                          severity=None if sure >= 0.5 else Severity.LOW)
            for start, end, inside in _links(text, block):
                if not any(start < other[1] and end > other[0] for other in mails):
                    found = text[start:end]
                    yield Hit("contact.url.internal" if inside else "contact.url", block, unit, start, end, _host(found),
                              _host(found), 0.85)


def _own_domains(scan: Scan) -> frozenset[str]:
    site = scan.settings.profile.site
    host = _host(site) if site else ""
    return frozenset({host, host.removeprefix("www.")} - {""})


def _host(url: str) -> str:
    if url.startswith("\\\\"):
        return folded(url[2:].partition("\\")[0])
    found = re.match(r"(?:[a-z0-9+.-]+://)?(?:[^/@\s]*@)?([^/\s:?#]+)", url, re.IGNORECASE)
    return folded(found.group(1) if found else url).removeprefix("www.")


def _links(text: str, block: Block) -> Iterator[tuple[int, int, bool]]:
    taken: list[tuple[int, int]] = []
    if "://" in text or "www." in text.lower():
        for match in _URL.finditer(text):
            found = match.group().rstrip(".,;:!?)]»”'")
            if found.count("(") > found.count(")") and match.group().rstrip(".,;:!?").endswith(")"):
                found = match.group().rstrip(".,;:!?")
            span = (match.start(), match.start() + len(found))
            taken.append(span)
            host = _host(found)
            if host in {"localhost", "127.0.0.1"} or host.startswith(("localhost", "127.")) or len(host) < 3:
                continue
            internal = bool(_INTERNAL.match(found) or _SHARED.match(found)) and not host.startswith(("{", "<", "$", "%"))
            yield (*span, internal)
    if "\\\\" in text:
        for match in _UNC.finditer(text):
            yield (*match.span(), True)
    if "." in text and block.part is not Part.LINK:
        for match in chain.from_iterable(_DOMAIN.finditer(text, *run.span()) for run in _DOTTED.finditer(text)):
            name = match.group().partition("/")[0]
            if not _NO_DOMAIN.match(name) and not any(match.start() < e and match.end() > s for s, e in taken):
                yield (match.start(), match.start() + len(match.group().rstrip(".,;:!?)")), False)


def _phones(text: str) -> Iterator[tuple[int, int, str, float]]:
    if not _SEVEN_DIGITS.search(text):
        return
    text = _HOURS.sub(lambda m: "x" * len(m.group()), text)
    for match in _CANDIDATE.finditer(text):
        raw = match.group()
        digits = re.sub(r"\D", "", re.split(r"x|ext|toestel", raw)[0])
        if not 7 <= len(digits) <= 15 or _DATE.match(raw.strip()) or len(set(digits)) < 3:
            continue
        before = text[max(0, match.start() - 40):match.start()]
        if _NOT.search(before) or re.search(r"[€$£]\s?$", before):
            continue
        if re.match(r"\s?(?:%|€|\$|euro|million|"
            r"miljoen|mln|bytes|km|kg|ms)",
                                                                                text[match.end():]):
            continue
        cue = bool(_CUE.search(before) or _CUE_BEHIND.match(text[match.end():]))
        sure = _likely(raw.strip(), digits, cue)
        if sure:
            yield (match.start(), match.start() + len(raw.rstrip()), digits, sure)


@lru_cache(maxsize=5000)
def _likely(raw: str, digits: str, cue: bool) -> float:
    """How sure a run of digits is a telephone number: 0 when it cannot be one."""
    import phonenumbers

    number = re.split(r"x|ext|toestel", raw)[0].strip()
    if number.startswith(("+", "00", "(+")):
        plus = "+" + digits.removeprefix("00") if not number.startswith("+") else "+" + re.sub(r"\(0\)", "", number)[1:]
        try:
            parsed = phonenumbers.parse(plus, None)
        except phonenumbers.NumberParseException:
            return 0.0
        if phonenumbers.is_valid_number(parsed):
            return 0.95
        return 0.85 if cue and phonenumbers.is_possible_number(parsed) else 0.0
    if re.search(r"\d[,/]|\s[-–/]\s|\d{1,2}[:.]\d\d(?:\s|$)", number) and not cue:
        return 0.0
    groups = re.findall(r"\d+", number)
    national = bool(re.match(r"\(?0[1-9]", number)) and (len(groups) > 1 or cue)
    american = bool(re.fullmatch(r"(?:1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?[2-9]\d{2}[-. "
                                 r"]\d{4}", number)) and len(groups) >= 3
    if not (cue or national or american):
        return 0.0
    regions = ("US",) if american and not cue else _REGIONS
    for region in regions:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return 0.9 if cue else (0.75 if len(groups) >= 2 and len(digits) >= 9 else 0.0)
    if cue and len(digits) >= 7:
        for region in regions:
            try:
                if phonenumbers.is_possible_number(phonenumbers.parse(number, region)):
                    return 0.7
            except phonenumbers.NumberParseException:
                continue
    return 0.0


DETECTOR = Contacts()
