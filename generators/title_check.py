"""Is a file's own title nondescript? Residue of a template, the file's name, a person, or about something else.

Two tests catch titles that look sound and are wrong: do the title's words come back in the deck, and does it say more
than one word? A placeholder list catches the rest (measured by the writing study: 51 of 72 public decks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from language.words import content_words, tokens

_PLACEHOLDER = re.compile(
    r"^\W*(?:(?:microsoft )?(?:office )?power ?point(?:-| )?(?:presentation|presentatie)?|presentation|presentatie|"
    r"présentation|präsentation|slide ?(?:deck|show)|untitled.*|zonder titel|naamloos|title|titel|titre|title slide.*|"
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


def verdict(title: str, text: str, properties: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Why a title is nondescript, as keys of the wording file; () when nothing is wrong with it.

    `text` is everything the document says; `properties` are the file's own.
    """
    bare = " ".join(title.split())
    if not bare:
        return ("missing",)
    if _PLACEHOLDER.match(bare):
        return ("placeholder",)
    if _FILE_NAME.search(bare):
        return ("file_name",)
    people = {" ".join(properties.get(key, "").lower().split()) for key in ("author", "last_modified_by", "company")} - {""}
    if bare.lower() in people:
        return ("person",)
    if chatty(bare, language):
        return ("chatty",)
    words = content_words(bare, language)
    if len(tokens(bare)) < 2:
        return ("one_word",)
    if len(bare) > _MOST:
        return ("too_long",)
    if words and len(words & content_words(text, language)) < _RECUR * len(words):
        return ("not_about",)
    letters = [char for char in bare if char.isalpha()]
    if len(letters) > 12 and all(char.isupper() for char in letters):
        return ("capitals",)
    return ()


def chatty(text: str, language: str) -> bool:
    """Whether a text talks about the upload ("a presentation I did, enjoy") and not about its subject."""
    return _CHATTY.get(language, _CHATTY["en"]).search(text) is not None or _CHATTY["en"].search(text) is not None
