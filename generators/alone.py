"""Whether a text can be read, or heard, where nothing else is: the questions that are asked of one sentence or heading.

Each question is asked once, here: does it lean on what went before, does it begin or end in the air, is it a label, does
it point at something to be seen, does it state anything. What a caller makes of the answers, and how long a text may be
for its purpose, stays with the caller. The words are the cues of a language (`templates/<language>/cues.yaml`); nothing
is mended here, and nothing is said of a language without cues that English ones do not find in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generators.prose_cues import cues
from language.pipeline import has_model, parse
from language.verbless import FINITE
from language.words import content_words

_CAPITAL = re.compile(r"[\"“„‘'«(\[]*[^\W_a-z]")
# "Good: uses add-ins.", "Scenario #1: ...", "Get-Command: shows ...": a label and what stands behind it, no sentence.
_LABEL = re.compile(r"(?:[\w#’'()./-]+ ){0,4}[\w#’'()./-]+:\s")
#: A number that the end of a cut sentence left behind, up to its semicolon, and the words of such an end.
_COUNT = re.compile(r"\d[\d.,]*\s+([^.!?;]{1,60});")
_REMNANT = 5
#: Words of a heading that may begin with a small letter.
_HEADING = 5
_LAST = re.compile(r"[\s.,;…–—-]*$")
#: Cues of a line that goes back to something said, whose subject stands elsewhere, or that points at another line.
_ANOTHER = ("pronoun_start", "anaphora", "pointing", "line_reference", "verb_start")
#: Words of a question so short that a pronoun in it has nothing to stand for; the fewest of a statement, and of a question.
_SHORT, _STATES, _ASKS = 8, 4, 3
#: Answers that are kept: those of one long deck, and no text of hundreds.
_KEPT = 4096


def leans(text: str, language: str) -> bool:
    """Whether a sentence leans on its neighbours: by how it begins, by what it ends on, or because it is a scrap."""
    cue, bare = cues(language), text.lstrip("\"'“‘")
    return cue.has("leans", bare) or cue.has("points_last", bare) or len(bare.split()) < _STATES


def goes_on(text: str, language: str) -> bool:
    """Whether a sentence goes on with the one before it: a pronoun, a connective or the label of an answer begins it."""
    cue = cues(language)
    return cue.has("anaphora", text) or cue.has("connective", text) or cue.has("answer_label", text)


def needs_another(text: str, language: str) -> bool:
    """Whether a line says its part of something that another line began."""
    cue = cues(language)
    return any(cue.has(name, text) for name in _ANOTHER)


def asks_alone(text: str, language: str) -> bool:
    """Whether a question is understood by somebody who heard nothing before it: "Who knew it?" is not."""
    cue, words = cues(language), len(text.split())
    return words >= _ASKS and not (words <= _SHORT and cue.has("bare_thing", text)) and not cue.has("leans", text)


def points_away(text: str, language: str) -> bool:
    """Whether a sentence points at something that stands outside it: a poor opening as well as a poor card."""
    return cues(language).has("points_away", text)


def points_back(text: str, language: str) -> bool:
    """Whether a sentence speaks of things by "those" and "these", which the reader has not met."""
    return cues(language).has("points_back", text)


def on_screen(text: str, language: str) -> bool:
    """Whether a sentence needs the slide in view ("look at the last column"): nobody who reads it has that."""
    return cues(language).has("on_screen", text)


def to_room(text: str, language: str, sure: bool = False) -> bool:
    """Whether a sentence speaks to those who sit in the room, or of the talk itself: "I am coming to that.".

    `sure`: it is nothing else, and no text for a reader anywhere; the others stand in an article and open no post.
    """
    cue = cues(language)
    return cue.any("room", text) or (not sure and cue.any("room_weak", text))


def linked(text: str, language: str) -> bool:
    """Whether a sentence carries on a thought by its second or third word: "Ultimately, though, …"."""
    return cues(language).has("linked", text)


def dangling(text: str, known: frozenset[str], language: str) -> int:
    """How many things a text calls "the" such that nothing before it, nor what is `known`, brought them in."""
    cue = cues(language)
    met = set(known)
    loose = 0
    place = 0
    for match in cue.single["definite"].finditer(text):
        met |= content_words(text[place:match.start()], cue.language)
        # What begins a clause points at something only at the very start of a sentence.
        if match.start() and cue.has("relative", match[0].split()[0]):
            continue
        named = content_words(match[1], cue.language)
        # "The people who answer" brings them in itself.
        loose += bool(named) and not named & met and not cue.has("brings_in", text[match.end():])
        met |= named
        place = match.end()
    return loose


def capital(text: str) -> bool:
    """Whether a text begins with a capital or a figure, after opening marks."""
    return _CAPITAL.match(text) is not None


def labelled(text: str) -> bool:
    """Whether a label stands in front of what is said: "Step 4: click on it."."""
    return _LABEL.match(text) is not None


def remnant(text: str, language: str) -> bool:
    """Whether a sentence is the end of one whose beginning is lost: a number, no verb, and a semicolon."""
    found = _COUNT.match(text)
    return found is not None and len(found[1].split()) < _REMNANT and not cues(language).has("finite", found[1])


def open_end(text: str, language: str) -> bool:
    """Whether a line breaks off: after a word that ends no sentence, without a full stop."""
    return cues(language).has("open_end", text.rstrip())


def hangs(text: str, language: str) -> bool:
    """Whether a sentence ends in the air: its last word is an article, a conjunction, or a preposition or an auxiliary
    that nothing in it lets stand last ("what we are proud of"). What ends with a question mark or a colon is judged
    elsewhere.
    """
    cue, bare = cues(language), _LAST.sub("", text)
    if not bare or bare[-1] in "?!:”\"’')]":
        return False
    if cue.has("never_last", bare):
        return True
    found = cue.single["seldom_last"].search(bare)
    return found is not None and len(bare.split()) >= 3 and not cue.has("lets_stand_last", bare)


def cut_title(text: str, language: str) -> bool:
    """Whether a heading is a piece of a sentence: it ends in the air, or begins with a small letter and goes on for long."""
    bare = text.strip()
    return bare.endswith((",", ";", "-", "–", "—")) or hangs(bare, language) or (
        bare[:1].islower() and len(bare.split()) > _HEADING)


def only_clause(text: str, language: str) -> bool:
    """Whether the only verb of a Dutch text stands in a clause: "Een antwoord van iemand die de fiets heeft vastgehad."."""
    cue = cues(language)
    if not cue.has("noun_start", text):
        return False
    verbs, clause = list(cue.single["finite"].finditer(text)), cue.single["clause_start"].search(text)
    return len(verbs) == 1 and clause is not None and clause.start() < verbs[0].start() and "," not in text[clause.start():]


def whole_thought(text: str, language: str) -> bool:
    """Whether a text states, asks or advises something: no label, no list that trails off, no terms of use, no fragment."""
    cue = cues(language)
    if labelled(text) or cue.has("et_cetera", text) or text.isupper() or cue.has("boilerplate", text):
        return False
    return states(text, language)


@lru_cache(maxsize=_KEPT)
def states(text: str, language: str) -> bool:
    """Whether it has a finite verb or tells somebody to do something: "Not for scalability!" is half a sentence."""
    cue = cues(language)
    if language != "en" or cue.has("finite", text) or cue.has("advice", text) or not has_model(language):
        return True
    (doc,) = parse([text], language)
    verbs = [token for token in doc if token.tag_ in FINITE]
    return bool(verbs) or (doc[0].tag_ == "VB" and doc[0].dep_ == "ROOT")


def orders(text: str, language: str) -> bool:
    """Whether a sentence or a line tells somebody to do something."""
    if cues(language).has("advice", text):
        return True
    return language == "en" and has_model(language) and parse([text], language)[0][0].tag_ == "VB"


def parse_ahead(texts: Sequence[str], language: str) -> None:
    """Parses in one batch what `states` would parse of these texts one by one."""
    if language == "en" and has_model(language):
        cue = cues(language)
        parse([text for text in texts if not cue.has("finite", text) and not cue.has("advice", text)], language)


def whole(text: str, language: str) -> bool:
    """Whether a text is a whole sentence: "If you do not mend the roof in time." is none, whatever verbs it has."""
    cue = cues(language)
    # A pronoun with a word behind it has a verb near; parsing each sentence to see it would cost a second a deck.
    if not cue.has("subject", text) and not states(text, language):
        return False
    if text.endswith("?") or not cue.has("hanging", text):
        return True
    rest = re.split(r"[,:–—] ?", text)[1:]
    return any(len(each.split()) > 1 and states(each, language) for each in rest)
