"""What the exports of customer systems look like: how they call their columns, and which lines are no customers.

Headings are those of Salesforce (list views, reports, data loader), Dynamics 365 and HubSpot in English and Dutch, and
what people write by hand. Nothing here reads a file or judges a name; a heading that nobody knows is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from language.fold import folded

#: Column of ours -> headings, letters and digits only, those that say it best first.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "accountname", "accountnaam", "companyname", "bedrijfsnaam", "customername", "klantnaam", "relatienaam",
        "organizationname", "organisationname", "organisatienaam", "debiteurnaam", "clientname", "name", "naam",
        "account", "company", "bedrijf", "customer", "klant", "organization", "organisation", "organisatie", "client",
        "relatie", "debiteur", "associatedcompany", "gekoppeldbedrijf"),
    "aliases": ("aliases", "alias", "alsoknownas", "aka", "tradename", "tradenames", "tradestyle", "shortname", "dba",
                "handelsnaam", "handelsnamen", "accountnamelocal", "kortenaam", "afkorting"),
    "domain": ("domain", "domains", "companydomainname", "domainname", "website", "websiteurl", "web", "url", "homepage",
               "webpage", "domein", "domeinnaam", "domeinnaamvanbedrijf", "bedrijfsdomeinnaam", "websiteurladres"),
    "ticker": ("ticker", "tickersymbol", "stocksymbol", "tickersymbool", "beurssymbool", "aandelensymbool", "symbol"),
    "industry": ("industry", "branche", "bedrijfstak", "sector", "industrie", "vertical", "industrycode",
                 "industrygroup", "bedrijfssector"),
    "size": ("size", "companysize", "grootte", "omvang", "bedrijfsgrootte", "employees", "numberofemployees",
             "noofemployees", "employeecount", "werknemers", "medewerkers", "aantalwerknemers", "aantalmedewerkers",
             "numberofemployeesrange", "segment"),
    "country": ("country", "land", "billingcountry", "billingcountryregion", "countryregion", "landregio",
                "address1country", "address1countryregion", "adres1land", "adres1landregio", "factuurland",
                "factureringsland", "facturatieland", "billingcountrycode", "countryregioncode", "mailingcountry",
                "billingaddresscountry", "shippingcountry"),
    "account_owner": ("accountowner", "accounteigenaar", "eigenaarvanaccount", "companyowner", "eigenaarvanbedrijf",
                      "bedrijfseigenaar", "accountmanager", "owner", "eigenaar", "ownername", "ownerfullname",
                      "hubspotowner", "owneralias", "accountowneralias", "ownerid"),
    "status": ("status", "accountstatus", "klantstatus", "statuscode", "statusreason", "statusreden", "type",
               "accounttype", "customertype", "relationshiptype", "lifecyclestage", "levenscyclusfase"),
    "code_name": ("codename", "codenames", "codenaam", "projectname", "projectnaam", "project"),
}
_RANK = {heading: (column, rank) for column, headings in HEADINGS.items() for rank, heading in enumerate(headings)}
#: Headings that only a list of people has: a bare "Name" beside them is a person's.
_PEOPLE = frozenset({
    "firstname", "lastname", "voornaam", "achternaam", "surname", "givenname", "salutation", "aanhef", "jobtitle",
    "functie", "functietitel", "contactname", "contactnaam", "contactid", "email", "emailaddress", "emailadres"})
_BARE = frozenset({"name", "naam"})
_OF_THE_ACCOUNT = re.compile(r"^(?:account|company|organi[sz]ation|bedrijf|klant|customer)(?=.)")

_FOOTER = re.compile(
    r"^(?:copyright\b|\(c\)|©).*salesforce|^confidential information\b.*do not distribute|^vertrouwelijke informatie\b|"
    r"^(?:generated|exported|report run|gegenereerd|geexporteerd) (?:by|on|at|door|op)\b|^as of \d|^filtered by\b|"
    r"^end of report\b|^einde (?:van het )?rapport\b")
_TOTAL = re.compile(
    r"^(?:(?:grand|sub|eind|sub-)\s?-?(?:totals?|totaal|summar(?:y|ies))|totals|total (?:records?|count|rows)|"
    r"totaal aantal(?: \w+)?)\b[\s:]*(?:\(?[\d.,]+(?: \w+)?\)?)?$|"
    r"^(?:total|totaal|count|aantal)\s*[:(]?\s*[\d.,]+(?: \w+)?\)?$|"
    r"^[\d.,]+ (?:records?|rows|rijen|accounts?|companies|bedrijven)$")
_BARE_TOTAL = re.compile(r"^(?:total|totaal):?$")
_AMOUNT = re.compile(r"^[-+€$£]?\s?(?:[A-Z]{3}\s)?[\d.,\s]+%?$")

#: Employees up to which a company is small or medium: Recommendation 2003/361/EC of the European Commission.
SMALL, MEDIUM = 50, 250


def plain(heading: str) -> str:
    """A heading as the tables above write it; the suffix of custom fields ("Code_Name__c") is off."""
    return re.sub(r"[\W_]+", "", re.sub(r"__[cr]$", "", folded(heading)))


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Column of ours -> position in the header row. Of several headings for one column the one that says it best."""
    found: dict[str, tuple[int, int]] = {}
    headings = [plain(cell) for cell in header]
    people = not _PEOPLE.isdisjoint(headings)
    for at, heading in enumerate(headings):
        known = _RANK.get(heading) or _RANK.get(_OF_THE_ACCOUNT.sub("", heading))
        if known is None:
            continue
        column, rank = known
        if column == "name" and people and heading in _BARE:
            rank += 100  # a contact's name, unless nothing else is there
        if column not in found or rank < found[column][0]:
            found[column] = (rank, at)
    return {column: at for column, (_, at) in found.items()}


def header_of(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Which of the first rows is the header: the one with most known headings, one for the name among them."""
    best, most = None, 0
    for at, (_, row) in enumerate(rows):
        known = columns_of(row)
        if "name" in known and len(known) > most:
            best, most = at, len(known)
    return best


def is_footer(text: str) -> bool:
    """Whether a cell is a line that a report writes below its rows."""
    return bool(_FOOTER.match(folded(text)))


def is_total(text: str, others: Sequence[str], columns: int) -> bool:
    """Whether a row adds up the rows above it: `text` is its first cell, `others` are its other filled cells.

    There are companies called Total, so the bare word counts only where a row of more columns says nothing else.
    """
    low = folded(text)
    if any(not _AMOUNT.match(cell) for cell in others):
        return False
    return bool(_TOTAL.match(low)) or (columns > 1 and bool(_BARE_TOTAL.match(low)))


def size_word(text: str) -> str:
    """A number of employees as small, medium or large ("51-200", "10,001+", "1.5K"); words stay as they are."""
    if re.search(r"[^\W\d_]{3,}", re.sub(r"(?i)\b(?:employees|werknemers|medewerkers|fte)\b", "", text)):
        return text
    numbers = [float(whole) * (1000 if thousand else 1) for whole, thousand in re.findall(
        r"(\d+(?:\.\d+)?)\s*([kK])?", re.sub(r"(?<=\d)[.,\s](?=\d{3}(?!\d))", "", text))]
    if not numbers:
        return text
    most = max(numbers)
    return "small" if most <= SMALL else "medium" if most <= MEDIUM else "large"
