"""Hashtags in PascalCase, which screen readers can read: the topic's words as the source has them, the profile's own, and
those of the category, which people follow who never heard of the talk.
"""

from __future__ import annotations

import re

from content.document import Part
from content.draft import Sentence
from generators.category import category_tags
from generators.context import Context
from generators.phrases import clean_units, noun_phrases
from generators.render import Plain
from language.fold import folded
from language.numbers import numbers_in
from language.words import tokens, word_list


def hashtags(context: Context) -> dict[int, list[Sentence | Plain]]:
    """The tags of each topic by its number, best first: what the talk keeps coming back to, the profile's, the category's.

    A tag nobody would search for ("FourteenBearings") is worse than none, so a phrase has to recur in the talk.
    """
    profile: list[Sentence | Plain] = [Plain("#" + pascal(tag)) for tag in context.profile.hashtags if pascal(tag)]
    units = set(clean_units(context.index.by_unit, context))
    sentences = [(each.id, _words(each.text)) for each in context.index.by_id.values() if each.unit in units]
    places = {phrase: [name for name, text in sentences if _words(phrase) in text] for phrase in _phrases(context)}
    often = max(4, len(sentences) // 150)
    of_several = [phrase for phrase in places if len({name.partition(".")[0] for name in places[phrase]}) > 1]
    nouns = set(noun_phrases(of_several, sorted(units), context))
    good = [phrase for phrase in places
            if phrase in nouns and len(places[phrase]) >= often and 5 <= len(pascal(phrase)) <= 28]
    tags: dict[int, list[Sentence | Plain]] = {}
    by_id = context.index.by_id
    for material in context.materials:
        own = set(material.keyphrases)
        here = {phrase: [name for name in places[phrase] if material.topic.first <= by_id[name].unit <= material.topic.last]
                for phrase in good}
        # A tag is taken from its topic: that the whole talk keeps coming back to it does not make a post be about it.
        told = [phrase for phrase in good if here[phrase]]
        ranked = sorted(told, key=lambda phrase: (phrase not in own, -len(here[phrase]), -len(places[phrase]), phrase))
        # A label and no sentence: the slides that happen to hold its words are not what the post was made from.
        topical: list[Sentence | Plain] = [Plain(f"#{pascal(p)}") for p in ranked]
        tags[material.topic.number] = _once([*topical[:1], *profile, *topical[1:3], *category_tags(context)])
    return tags


def _phrases(context: Context) -> list[str]:
    """The keyphrases that could be tags: no words of time and measure, and single words only when they are names.

    "Kubernetes" is searched for, "answer" is not.
    """
    language = context.cleared.language
    measures = word_list("measure", language)
    phrases = dict.fromkeys(phrase for each in context.materials for phrase in each.keyphrases)
    return [phrase for phrase in phrases
            if len(phrase.split()) <= 2 and (" " in phrase or _is_name(phrase, context))
            and not measures & set(tokens(phrase)) and not numbers_in(phrase, language)]


def _is_name(word: str, context: Context) -> bool:
    """Whether a word is written with a capital where no sentence begins, and nowhere without one."""
    if not word[:1].isupper():
        return False
    inside = re.compile(rf"(?<=[\w,;)] ){re.escape(word)}(?!\w)")
    small = re.compile(rf"(?<!\w){re.escape(word[0].lower() + word[1:])}(?!\w)")
    # In headings everything may have a capital: only running text says what is a name.
    texts = [each.text for each in context.index.by_id.values() if each.part is not Part.TITLE]
    return any(inside.search(text) for text in texts) and not any(small.search(text) for text in texts)


def _once(tags: list[Sentence | Plain]) -> list[Sentence | Plain]:
    seen: dict[str, Sentence | Plain] = {}
    for tag in tags:
        seen.setdefault((tag.text if isinstance(tag, Sentence) else tag).lower(), tag)
    return list(seen.values())


def pascal(phrase: str) -> str:
    """A phrase as one word with capitals; what cannot stand in a hashtag is left out."""
    words: list[str] = re.findall(r"[^\W_]+", phrase.lstrip("#"))
    if len(words) == 1:
        return words[0][:1].upper() + words[0][1:]
    return "".join(word if word.isupper() else word[:1].upper() + word[1:] for word in words)


def _words(text: str) -> str:
    """The words of a text between blanks, so that a phrase is found as whole words."""
    return f" {' '.join(tokens(folded(text)))} "
