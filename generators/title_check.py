"""Is a file's own title nondescript? Residue of a template, the file's name, a person, or about something else.

Three tests catch titles that look sound and are wrong: do the title's words come back in the deck, is there a word in it
that would not stand on any deck (word list `hollow`), and does it say more than one word? A placeholder list catches the
rest. benchmarks/titles.py measures it: recall of useless titles, and how many good ones are flagged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from language.words import content_words, tokens, word_list

_PLACEHOLDER = re.compile(
    r"^\W*(?:(?:microsoft )?(?:office )?power ?point(?:-| )?(?:presentation|presentatie)?|(?:presentation|presentatie|"
    r"présentation|präsentation) ?\d*|slide ?(?:deck|show)|untitled.*|zonder titel|naamloos|title|titel|titre|title slide.*|"
    r"title layout|(?:presentation|document|deck|insert|your|enter|add|main)\s+title.*|titel van.*|click to.*|klik om.*|"
    r"<.*>|\[.*\]|slide \d*|dia \d*|document\d*|(?:word|pdf) document|template|sjabloon|thema.*|office[- ]thema|"
    r"office theme|default design|blank|test|draft|concept|final|version \d.*|copy of.*|kopie van.*|new .*presentation|"
    r"microsoft word.*|no title|no slide title|lorem ipsum.*|"
    r".*\bno more than \d+ lines?\b.*|.*\btitle (?:here|goes)\b.*)\W*$",
    re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:pptx?|docx?|pdf|odp|key|potx)$|^[\w-]*_[\w-]*$|\bv\d+(?:\.\d+)*\b|\bfinal\b", re.IGNORECASE)
_CHATTY = {
    "en": re.compile(
        r"\b(?:enjoy|hope you|here (?:is|are)|this is (?:a|the|my) (?:presentation|deck|talk|file)|feel free|some slides|"
        r"i (?:did|gave|made|held|presented)|check (?:it|this) out|my slides|see attached|as promised|fyi|last week|"
        r"weeks? ago|yesterday)\b|:-?\)|!{1,}", re.IGNORECASE),
    "nl": re.compile(
        r"\b(?:veel plezier|hierbij|dit is (?:een|de|mijn) (?:presentatie|praatje)|ik (?:gaf|deed|maakte|hield)|"
        r"zoals beloofd|mijn (?:slides|dia's)|vorige week|weken geleden|gisteren|ter info)\b|:-?\)|!{1,}", re.IGNORECASE),
}
_MOST = 100
_RECUR = 0.5
#: Words of a title that are enough on one unit, however long the title is.
_MEET = 3


def verdict(title: str, text: str, properties: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Why a title is nondescript, as keys of the wording file; () when nothing is wrong with it.

    `text` is everything the document says, a line for each of its units: words of a title that never meet on one slide are
    no subject of it ("designing", "first" and "architecture" stand somewhere in any technical deck). `properties` are the
    file's own.
    """
    bare = " ".join(title.split())
    if not bare:
        return ("missing",)
    if _PLACEHOLDER.match(bare):
        return ("placeholder",)
    if _FILE_NAME.search(bare):
        return ("file_name",)
    people = {" ".join(properties.get(key, "").lower().split()) for key in ("author", "last_modified_by", "company")} - {""}
    if _names_nobody_else(bare, people, language):
        return ("person",)
    if chatty(bare, language):
        return ("chatty",)
    words = content_words(bare, language)
    if len(tokens(bare)) < 2:
        return ("one_word",)
    if _hollow(tokens(bare), language):
        return ("hollow",)
    if len(bare) > _MOST:
        return ("too_long",)
    met = max(len(words & content_words(unit, language)) for unit in text.split("\n"))
    if met < min(_RECUR * len(words), _MEET):
        return ("not_about",)
    letters = [char for char in bare if char.isalpha()]
    if len(letters) > 12 and all(char.isupper() for char in letters):
        return ("capitals",)
    return ()


def _hollow(said: list[str], language: str) -> bool:
    """Whether every word would stand on any deck: filler, numbers and dates, or one letter over and over ("xxx")."""
    filler = word_list("hollow", language) | word_list("hollow", "en")
    return all(word in filler or word.rstrip("0123456789") in {"", *filler} or word[:1].isdigit()
               or len(set(word)) == 1 for word in said)


def _names_nobody_else(title: str, people: set[str], language: str) -> bool:
    """Whether a title is the name of the file's author or company and nothing besides: filler, or a role after a comma."""
    lower = title.lower()
    for name in people:
        rest = lower.replace(name, " ")
        if rest != lower and (_hollow(tokens(rest), language) or re.match(r"\s*[,|·–-]", rest)):
            return True
    return False


def chatty(text: str, language: str) -> bool:
    """Whether a text talks about the upload ("a presentation I did, enjoy") and not about its subject."""
    return _CHATTY.get(language, _CHATTY["en"]).search(text) is not None or _CHATTY["en"].search(text) is not None
