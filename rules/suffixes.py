"""What companies end in: legal forms, and words such as Bank or Holdings."""

from __future__ import annotations

import re

from language.files import word_set
from rules.spans import Line, Word
from rules.vocabulary import KINDS_OF_COMPANY, LEGAL_FORMS

#: Of those, the ones that also end ordinary headings ("Operating Systems", "Cloud Solutions").
_WEAK = word_set(
    "partners technologies industries enterprises systems solutions consulting labs energy resources media retail "
    "communications capital financial group association foundation institute authority trust company council "
    "stores foods "
    "properties ventures instruments electronics healthcare utilities steel hospital insurance logistics "
    "university college bank acquisition entertainment shipping"
)

_DUTCH = word_set(
    "logistiek transport techniek installatietechniek installaties bouw staalbouw infra advocaten notarissen accountants "
    "makelaars makelaardij verzekeringen zorg zorggroep ziekenhuis kliniek uitgevers uitgeverij reizen energie beheer "
    "vastgoed wonen onderwijs meubelen optiek apotheek apotheken supermarkten groothandel scheepvaart machines metaal "
    "hoveniers schoonmaak beveiliging catering detachering adviseurs advies consultancy software automatisering media "
    "telecom dranken voeding veevoeders zuivel vleeswaren drukwerk schilders elektro elektra holding pensioenen bank"
)


def _form(word: Word) -> str:
    return re.sub(r"[.\s]", "", word.base).lower()


def legal_form(word: Word) -> bool:
    """Whether a word is a legal form, written with a capital ("as" and "co" in small letters are words)."""
    if word.base in {"As", "Se", "Pt"}:
        return False
    return word.capital and _form(word) in LEGAL_FORMS


def kind_word(word: Word) -> bool:
    """Whether a word names a kind of company; the kinds that end Dutch names count in Dutch texts."""
    return word.capital and (_form(word) in KINDS_OF_COMPANY or (word.language == "nl" and _form(word) in _DUTCH))


def weak_kind(word: Word) -> bool:
    """Whether the kind also ends ordinary headings."""
    return _form(word) in _WEAK or _form(word) in _DUTCH


def has_suffix(words: list[Word]) -> bool:
    """Whether a name ends in (or is) a legal form or a kind of company."""
    return bool(words) and (legal_form(words[-1]) or kind_word(words[-1]))


def looks_like_organisation(line: Line, words: list[Word]) -> bool:
    """Whether words that look like a person's name belong to a company: a suffix at their end or right behind them."""
    if has_suffix(words) or any(word.text == "&" for word in words):
        return True
    behind = [word for word in line.words if word.start >= words[-1].base_end][:2]
    if not behind:
        return False
    gap = line.text[words[-1].base_end - line.start:behind[0].start - line.start]
    if re.fullmatch(r",?\s*", gap) and (legal_form(behind[0]) or (kind_word(behind[0]) and "," not in gap)):
        return True
    return (behind[0].text == "&" or (len(behind) == 2 and gap == " " and behind[0].capital and has_suffix([behind[1]])
                                      and words[-1].base_end == words[-1].end))
