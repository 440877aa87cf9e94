"""The grammar of noun phrases that stand in for names: articles, plurals, "another", "the"; English and Dutch.

"an insurer" becomes "the insurer", "a second insurer", "insurers"; "een groot voedingsbedrijf" becomes "het grote
voedingsbedrijf". Only phrases with an indefinite article are changed; anything else is a person's wording and stays as it
is. Nothing here knows what is withheld or why.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.industries import dutch_nouns

_ARTICLE = re.compile(r"^(?:(?:an?|een)\s+(?=\S)|(?=another\s))", re.IGNORECASE)
_HOUR = re.compile(r"^(?:hour|heir|honest|honour)", re.IGNORECASE)
_YOU = re.compile(r"^(?:uni(?!n|m)|eu|one\b|us[ae]|ut[ei]|ub)", re.IGNORECASE)
#: Letters that begin with a vowel when they are read one by one: "an HR team", "an NGO".
_SPELLED = re.compile(r"^[AEFHILMNORSX][A-Z]{1,4}\b")
#: Behind these the head noun of a phrase is over: "chain of pharmacies", "bedrijf in de voedselsector".
_TAIL = re.compile(r"\s(?:of|in|from|with|for|at|that|van|uit|met|voor|bij|die|dat)\s")
#: Ends of Dutch nouns with the article "het"; compounds take that of their last part.
_HET = re.compile(
    r"(?:bedrijf|bureau|kantoor|huis|concern|merk|team|project|platform|fonds|ministerie|instituut|agentschap|centrum|park|"
    r"museum|laboratorium|label|netwerk|college|collectief|consortium|restaurant|hotel|theater|station|schip|land|"
    r"bestuur|systeem|contract|personeel|plan|beleid|budget|resultaat|rapport|onderzoek|verhaal|logo|product|programma|"
    r"magazijn|portaal|account|probleem|voorstel|kwartaal|jaar|jaarverslag|management|advies|gebruik|aandeel|belang|"
    r"(?<!organ)isme|ment|tje|etje|pje)$")
_ODD = {"groot": "grote", "goed": "goede", "wit": "witte", "nat": "natte", "dik": "dikke", "grof": "grove"}


def article(noun: str) -> str:
    """"a" or "an" before an English noun phrase."""
    if _SPELLED.match(noun):
        return "an"
    vowel = noun[:1].lower() in set("aeiou") or bool(_HOUR.match(noun))
    return "an" if vowel and not _YOU.match(noun) else "a"


def bare(phrase: str) -> str:
    """A phrase without its indefinite article; "another colleague" becomes "other colleague"."""
    if phrase[:8].lower() == "another ":
        return phrase[2:]
    return _ARTICLE.sub("", phrase)


def articled(phrase: str) -> bool:
    """Whether a phrase begins with an indefinite article, so that it can be made definite, plural or another."""
    return bool(_ARTICLE.match(phrase))


def with_article(noun: str, language: str) -> str:
    """"a bank", "een bank"."""
    return f"een {noun}" if language == "nl" else f"{article(noun)} {noun}"


def definite(phrase: str, language: str) -> str:
    """"the insurer" of "an insurer", "het grote bedrijf" of "een groot bedrijf"; other phrases as they are."""
    if not articled(phrase):
        return phrase
    noun = bare(phrase)
    if language != "nl":
        return f"the {noun}"
    head = _head(noun)
    before, word = noun[:head].rpartition(" ")[0], noun[:head].rpartition(" ")[2]
    if gender(word) != "het":
        return f"de {noun}"
    adjectives = " ".join(with_e(adjective) for adjective in before.split())
    return f"het {adjectives} {noun[len(before):].lstrip()}" if adjectives else f"het {noun}"


def plural(phrase: str, language: str) -> str:
    """"insurers" of "an insurer", "chains of pharmacies", "public bodies"; Dutch by the list of industries, else by rule."""
    noun = bare(phrase)
    head = _head(noun)
    front, word = (f"{noun[:head].rpartition(' ')[0]} ".lstrip(), noun[:head].rpartition(" ")[2])
    if language == "nl":
        known = dutch_nouns().get(noun)
        if known:
            return known[1]
        adjectives = " ".join(with_e(adjective) for adjective in front.split())
        return f"{adjectives} {_dutch_plural(word)}{noun[head:]}".lstrip()
    return f"{front}{_english_plural(word)}{noun[head:]}"


def possessive(phrase: str) -> str:
    """The English possessive: "the insurer's", "a group of hotels'"."""
    return phrase + ("'" if phrase.endswith("s") else "'s")


def head_noun(phrase: str) -> str:
    """The noun that a phrase is about, in small letters: "company" of "a Dutch food company"."""
    noun = bare(phrase)
    return noun[:_head(noun)].rpartition(" ")[2].lower()


@lru_cache(maxsize=2048)
def gender(word: str) -> str:
    """"het" or "de" for a Dutch noun; plurals and nouns that no ending tells are "de"."""
    low = word.lower()
    for noun, (article_of, _) in dutch_nouns().items():
        if noun.rpartition(" ")[2] == low:
            return article_of
    return "het" if _HET.search(low) else "de"


def with_e(adjective: str) -> str:
    """The Dutch adjective with its ending: Nederlandse, grote, financiële, Portugese."""
    if adjective.endswith(("e", "a")) or not adjective.isalpha() or adjective in {"tweede", "andere"}:
        return adjective
    if adjective in _ODD:
        return _ODD[adjective]
    for end, changed in (("eel", "ële" if adjective.endswith("ieel") else "ele"), ("ees", "ese"), ("air", "aire"),
                         ("isch", "ische"), ("aal", "ale"), ("ief", "ieve")):
        if adjective.endswith(end):
            return adjective.removesuffix(end) + changed
    return adjective + "e"


def _head(noun: str) -> int:
    tail = _TAIL.search(noun)
    return tail.start() if tail else len(noun)


def _english_plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def _dutch_plural(word: str) -> str:
    known = dutch_nouns().get(word)
    if known:
        return known[1]
    if word.endswith("bedrijf"):
        return word.removesuffix("f") + "ven"
    if word.endswith(("el", "er", "em", "en", "je", "aar", "eur", "or", "team", "bureau")):
        return word + "s"
    if word.endswith("a"):
        return word + "'s"
    return word + ("n" if word.endswith("e") else "en")
