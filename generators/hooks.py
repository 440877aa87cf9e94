"""What may open a post or a thread: a sentence that somebody understands who scrolls past it and has read nothing else.

Two measures. Some things no opening may have: a pronoun or a "the" for something that was never named, a label, half a
sentence, a word that goes on from another sentence, a question that nothing answers. Others only make it a poorer opening;
they are counted. Rather no post than one that nobody understands: a topic need not be on every platform.
"""

from __future__ import annotations

import re

from content.draft import Sentence
from generators.blog_close import dangling
from generators.context import Context
from generators.material import Material
from generators.prose_cues import Cues, cues
from generators.quotable import on_screen, points_away, points_back, whole_thought
from language.fold import folded
from language.words import content_words

#: Words of a sentence in which a pronoun has nothing before it that it could stand for.
_EARLY = 8
#: Things that an opening calls "the" without having said which: one may be known to anybody, two are a story half told
#: (Dutch calls more things so).
_LOOSE = {"en": 2, "nl": 3}
#: "Scenario #1: ...", "From the book: ...", "Quick: ...": a label in front of what is said.
_LABEL = re.compile(r"^(?:[\w#’'()./-]+ ){0,4}[\w#’'()./-]+:\s")
#: A noun, and the start of a clause that hangs on one.
_NOUN = re.compile(r"(?:een|de|het|per|geen|elke?|één)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:die|dat|wie|waar\w*)\b", re.IGNORECASE)


def may_open(sentence: Sentence, material: Material, context: Context) -> bool:
    """Whether a sentence may open a post about a topic."""
    language = context.cleared.language
    cue = cues(language)
    text = sentence.text
    early = " ".join(text.split()[:_EARLY])
    if _LABEL.match(text) or cue.has("goes_on", text):
        return False
    if on_screen(text, language) or cue.any("deixis", text):
        return False
    if cue.has("bare_pronoun", early) or points_back(text, language):
        return False
    if cue.has("question", text):
        return is_answered(sentence, material)
    known = content_words(" ".join([material.title.text, context.cleared.title, *material.keyphrases]), language)
    return whole_thought(text, language) and not hangs(text, cue) and dangling(text, known, cue) < _LOOSE.get(cue.language, 2)


def doubts(sentence: Sentence, context: Context) -> int:
    """How many ways of leaning on something unsaid an opening has, 0 to 3."""
    language, text = context.cleared.language, sentence.text
    cue = cues(language)
    return sum((points_away(text, language), cue.has("leaning", text), cue.has("pointing", text)))


def hangs(text: str, cue: Cues) -> bool:
    """Whether the only verb of a Dutch text stands in a clause: "Een antwoord van iemand die de fiets heeft vastgehad."."""
    if cue.language != "nl" or not _NOUN.match(text):
        return False
    verbs, clause = list(cue.single["finite"].finditer(text)), _CLAUSE.search(text)
    return len(verbs) == 1 and clause is not None and clause.start() < verbs[0].start() and "," not in text[clause.start():]


def is_answered(sentence: Sentence, material: Material) -> bool:
    """Whether a question is followed, in its own paragraph or under its own heading, by something that states."""
    for passage in material.passages:
        if passage.heading is not None and folded(passage.heading.text) == folded(sentence.text):
            return any(s.text[-1:] != "?" for s in passage.prose[:2])
        for row in passage.paragraphs or (passage.prose,):
            for place, each in enumerate(row[:-1]):
                if set(each.sources) & set(sentence.sources):
                    return row[place + 1].text[-1:] != "?"
    return False
