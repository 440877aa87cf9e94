"""What may open a post or a thread: a sentence that somebody understands who scrolls past it and has read nothing else.

Two measures. Some things no opening may have: a pronoun or a "the" for something that was never named, a label, half a
sentence, a word that goes on from another sentence, a question that nothing answers. Others only make it a poorer opening;
they are counted. Rather no post than one that nobody understands: a topic need not be on every platform.
"""

from __future__ import annotations

from content.cleared import ClearedDocument
from content.draft import Sentence
from generators.alone import dangling, labelled, on_screen, only_clause, points_away, points_back, whole_thought
from generators.context import Context
from generators.material import Material
from generators.prose_cues import cues
from language.fold import folded
from language.words import content_words

#: Words of a sentence in which a pronoun has nothing before it that it could stand for.
_EARLY = 8
#: Things that an opening calls "the" without having said which: one may be known to anybody, two are a story half told
#: (Dutch calls more things so).
_LOOSE = {"en": 2, "nl": 3}


def may_open(sentence: Sentence, material: Material, context: Context) -> bool:
    """Whether a sentence may open a post about a topic."""
    language = context.cleared.language
    cue = cues(language)
    text = sentence.text
    early = " ".join(text.split()[:_EARLY])
    if gives_away(text, context.cleared):
        return False
    if labelled(text) or cue.has("goes_on", text):
        return False
    if on_screen(text, language) or cue.any("deixis", text):
        return False
    if cue.has("bare_pronoun", early) or points_back(text, language):
        return False
    if cue.has("question", text):
        return is_answered(sentence, material)
    known = content_words(" ".join([material.title.text, context.cleared.title, *material.keyphrases]), language)
    return whole_thought(text, language) and not only_clause(text, language) and (
        dangling(text, known, language) < _LOOSE.get(cue.language, 2))


def gives_away(text: str, cleared: ClearedDocument) -> bool:
    """Whether a text has words in it that stand for one customer and fit no other: never the first that anybody reads."""
    return any(folded(each.telling) in folded(text) for each in cleared.doubts if each.telling)


def doubts(sentence: Sentence, context: Context) -> int:
    """How many ways of leaning on something unsaid an opening has, 0 to 3."""
    language, text = context.cleared.language, sentence.text
    cue = cues(language)
    return sum((points_away(text, language), cue.has("leaning", text), cue.has("pointing", text)))


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
