"""Which shelf a talk stands on: the category for hosting it, and the tags that people who look at that shelf follow.

The categories, the words that speak for each and their tags are data of each language (wording.yaml). A category is
taken only when its words stand in the source often enough, and two different ones that are not said of everything
("people"); nothing is said about the subject beyond that.
"""

from __future__ import annotations

import re

from generators.context import Context
from generators.render import Plain, wording
from language.words import tokens

GENERAL = "general"
#: Words of a category that must stand in the source, at least, and as a share of all its words.
_FEWEST, _SHARE = 3, 0.004
_WORDS = "category_words_"
#: Different words of a category that must stand in the source, plural and genitive counted as the same one.
_DIFFERENT = 2
_ENDING = re.compile(r"(?:['’]?s|en)$")


def category(context: Context) -> str:
    """The key of the category whose words stand most often in the source; `general` when none stands often enough."""
    phrases = wording(context.language)
    said = [word for s in context.index.by_id.values() for word in tokens(s.text)]
    everywhere = frozenset(phrases["category_everywhere"].split())
    scores = {}
    for key, value in sorted(phrases.items()):
        if key.startswith(_WORDS):
            own = [word for word in said if word in frozenset(value.split())]
            if len({_ENDING.sub("", word) for word in own} - everywhere) >= _DIFFERENT:
                scores[key.removeprefix(_WORDS)] = len(own)
    best = max(scores, key=lambda name: scores[name], default=GENERAL)
    return best if scores.get(best, 0) >= max(_FEWEST, _SHARE * len(said)) else GENERAL


def category_name(context: Context) -> Plain:
    """The category as the templates print it."""
    return Plain(wording(context.language)[f"category_{category(context)}"])


def category_tags(context: Context) -> tuple[Plain, ...]:
    """The hashtags of the category, best first; () where the wording names none."""
    return tuple(Plain(f"#{tag}") for tag in wording(context.language).get(f"category_tags_{category(context)}", "").split())
