"""What Dutch organisations begin with: "Stichting ...", "Gemeente ...", "Universiteit ...", "Bakkerij ...", "De ...".

English puts the kind of an organisation last, Dutch first, often in small letters ("de gemeente Rietbergen"). A kind with
ordinary words behind it in a heading ("Gemeente Centraal") names nobody. Which of two readings stands is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from language.files import word_set
from rules.spans import Line, Word, adjacent
from rules.vocabulary import Given, technology

#: Articles with which the name of an organisation begins.
_ARTICLES = frozenset({"The", "De", "Het", "La", "Le", "Les", "Die"})
#: Kinds that a name follows, in small letters too. Those of the second set take "en" and ordinary words into the name.
_KINDS = word_set(
    "gemeente provincie waterschap hoogheemraadschap universiteit hogeschool ziekenhuis hospitaal kliniek huisartsenpraktijk "
    "apotheek zorggroep thuiszorg verpleeghuis woonzorgcentrum ggz ggd basisschool school lyceum college gymnasium "
    "scholengemeenschap woningcorporatie corporatie pensioenfonds omroep veiligheidsregio omgevingsdienst rechtbank "
    "bakkerij slagerij brouwerij drukkerij uitgeverij boekhandel kwekerij rederij garage restaurant hotel museum theater "
    "bibliotheek fietsfabriek fabriek machinefabriek scheepswerf havenbedrijf bouwbedrijf aannemersbedrijf transportbedrijf "
    "installatiebedrijf schoonmaakbedrijf adviesbureau ingenieursbureau architectenbureau advocatenkantoor "
    "notariskantoor accountantskantoor uitzendbureau reisbureau supermarkt warenhuis verzekeraar bank busbedrijf "
    "taxibedrijf centrum zwembad sportvereniging voetbalvereniging kinderopvang academie"
)
_FOUNDATIONS = word_set("stichting vereniging coöperatie cooperatie ministerie vzw bv federatie vakbond maatschap "
                        "departement inspectie instituut koninklijke")
#: Words right before a company that say what it is to us; they are no part of its name.
_ROLES = word_set(
    "concurrent leverancier klant klantcase opdrachtgever partner aannemer afnemer zusterbedrijf moederbedrijf marktleider "
    "dochteronderneming ketenpartner netbeheerder prospect"
)
_BEFORE_KIND = word_set("technische koninklijke vrije katholieke openbare regionale universitair medisch algemeen academisch "
                        "nationale christelijke hogere regionaal landelijke stedelijk nederlandse vlaamse sint")
_FIRST = _KINDS | _FOUNDATIONS | _ROLES
_JOINING = word_set("van de het der den voor 't 's ter ten te op aan in")
_OPENING = word_set("van de het der den voor 't")
#: What ends a sentence that begins like a name.
_NO_NAME = word_set("en of als die dat waar wat hoe wie waarom wanneer centraal")


def named_by_kind(line: Line) -> Iterator[tuple[list[Word], float]]:
    """The words of each organisation whose kind or role stands before its name, and how sure."""
    if _FIRST.isdisjoint(line.said):
        return
    index = 0
    words = line.words
    while index < len(words):
        kind = words[index].base.lower()
        stop = index + 1
        if kind in _FIRST:
            found = _named(line, index, kind)
            if found:
                name, stop, sure = found
                yield name, sure
        index = stop


def _named(line: Line, at: int, kind: str) -> tuple[list[Word], int, float] | None:
    words = line.words
    stop = _reach(line, at, joined=kind in _FOUNDATIONS)
    name = words[at + 1:stop]
    if not name or name[0].base.lower() in _NO_NAME or technology(" ".join(word.base for word in name)):
        return None
    opened = name[0].base.lower() in _OPENING and (words[at].capital or kind in _FOUNDATIONS)
    if not (name[0].capital or opened):
        return None  # "school in Rotterdam"
    telling = [word for word in name if word.capital and word.base.lower() not in _JOINING]
    strange = [word for word in telling if not word.ordinary and not re.fullmatch(r"[A-Z0-9&./-]{1,5}", word.base)]
    begin = at
    while (begin and (words[begin - 1].capital or line.capitals) and words[begin - 1].base.lower() in _BEFORE_KIND
           and adjacent(line, words[begin - 1], words[begin])):
        begin -= 1
    if kind in _ROLES:
        # "klant Tolvberg", never "Partner Programma" or "partner Anna"
        if not strange or len(strange) < len(telling) or line.headline or telling[0].given:
            return None
        return list(name), stop, 0.65
    if strange:
        return list(words[begin:stop]), stop, 0.8
    # ordinary words are a name when capitals mean something: in a sentence, or behind a label
    labelled = ":" in line.text[:words[begin].start - line.start]
    firm = kind in _FOUNDATIONS and words[at].capital and len(telling) >= 2
    if not line.capitals and (not line.headline or (firm and labelled)):
        return list(words[begin:stop]), stop, 0.6 if len(telling) > 1 else 0.5
    return None


def _reach(line: Line, at: int, *, joined: bool) -> int:
    """The index behind the last word of a name that starts behind the word at `at`."""
    words = line.words
    stop = position = at + 1
    for left, right in pairwise(words[at:]):
        lower = right.text.lower()
        if not adjacent(line, left, right) or lower in _KINDS or lower in _FOUNDATIONS:
            break
        if right.capital or (right.text[0].isdigit() and stop == position and position > at + 1):
            stop = position + 1
        elif not (lower in _JOINING or right.text == "&" or (joined and lower == "en" and position > at + 1)):
            break
        position += 1
        if right.text.endswith(("'s", "’s")):
            break
    return stop


def articled_name(line: Line, start: int, end: int) -> bool:
    """Whether an article with a capital stands before a span of two words or more: "the board of De Lage Venen". That is the
    name of an organisation or a place. Where the article begins a sentence, or is "The", the span may still be a person.
    """
    words = [word for word in line.words if word.start >= start and word.base_end <= end]
    before = [word for word in line.words if word.end <= start][-2:]
    if len(words) < 2 or words[0].initial or not before or before[-1].text not in _ARTICLES or (
            line.text[before[-1].end - line.start:start - line.start] != " "):
        return False
    amid = len(before) > 1 and line.text[before[0].end - line.start:before[1].start - line.start] == " "
    return words[0].given is not Given.CLEAR or (amid and before[-1].text != "The")
