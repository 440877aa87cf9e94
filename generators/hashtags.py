"""Hashtags in PascalCase, which screen readers can read: the profile's own, and the topic's words as the source has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.draft import Sentence
from generators.context import Context
from generators.material import Material
from generators.render import Plain
from language.fold import folded


def hashtags(material: Material, context: Context, most: int) -> list[Sentence | Plain]:
    """At most `most` tags: what the piece is about first, then the profile's own."""
    own: list[Sentence | Plain] = [Plain("#" + pascal(tag)) for tag in context.profile.hashtags if pascal(tag)]
    topical: list[Sentence | Plain] = []
    for phrase in material.keyphrases:
        tag = pascal(phrase)
        sources = _where(phrase, material, context)
        if sources and 4 <= len(tag) <= 28 and len(phrase.split()) <= 3:
            topical.append(Sentence(text=f"#{tag}", sources=sources))
    kept = topical[:max(1, most - len(own))] + own
    seen: dict[str, Sentence | Plain] = {}
    for tag_or_plain in kept:
        text = tag_or_plain.text if isinstance(tag_or_plain, Sentence) else tag_or_plain
        seen.setdefault(text.lower(), tag_or_plain)
    return list(seen.values())[:most]


def pascal(phrase: str) -> str:
    """A phrase as one word with capitals; what cannot stand in a hashtag is left out."""
    words = re.findall(r"[^\W_]+", phrase.lstrip("#"))
    if len(words) == 1:
        return words[0][:1].upper() + words[0][1:]
    return "".join(word if word.isupper() else word[:1].upper() + word[1:] for word in words)


def _where(phrase: str, material: Material, context: Context) -> tuple[str, ...]:
    """The first source sentence of the topic that has the phrase word for word."""
    wanted = folded(phrase)
    units: Sequence[int] = [passage.unit for passage in material.passages]
    return next(((s.id,) for unit in units for s in context.index.by_unit.get(unit, ()) if wanted in folded(s.text)), ())
