"""Lines in capitals only, written as the deck writes the same words elsewhere."""

from __future__ import annotations

import re
from collections import Counter

from content.cleared import ClearedDocument


def word_forms(cleared: ClearedDocument) -> dict[str, str]:
    """Lower-case word -> how it is written in running text, to calm down lines in capitals only."""
    count: dict[str, Counter[str]] = {}
    for _, block in cleared.blocks():
        if not block.readable or block.text.isupper():
            continue
        for position, word in enumerate(re.findall(r"[^\W\d_]+", block.text)):
            if position:
                count.setdefault(word.lower(), Counter())[word] += 1
    return {word: max(sorted(forms), key=lambda form: forms[form]) for word, forms in count.items()}


def calm(text: str, forms: dict[str, str]) -> str:
    """Capitals only -> as the deck writes the words elsewhere, the first one with a capital."""
    letters = [char for char in text if char.isalpha()]
    if len(text.split()) < 2 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return text
    out = re.sub(r"[^\W\d_]+", lambda m: forms.get(m[0].lower(), m[0].lower()), text)
    return out[:1].upper() + out[1:]
