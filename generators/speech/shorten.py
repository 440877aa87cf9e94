"""Long sentences in two: only where both halves stand as clauses, so that a listener gets one thought at a time.

No word is added or changed but the joint: the comma becomes a full stop, the next word a capital. What a sentence only
reports, supposes or makes a condition of is never cut off from what says so.
"""

from __future__ import annotations

import re

from content.draft import Sentence
from generators.speech.wording import pattern

#: A sentence of more words than this is split where that can be done.
LONG = 20
#: Words that each half must have.
_LEAST = 5
_JOINT = re.compile(r"; |, (?=(?:and|but|so|or|yet|en|maar|dus|want) )|\s[–—]\s")


def shorten(sentence: Sentence, language: str) -> tuple[Sentence, ...]:
    """The sentence, or its parts where it is long and each stands as a clause. A quotation is never touched."""
    text = sentence.text
    if len(text.split()) <= LONG or sentence.quotation or text.endswith("?"):
        return (sentence,)
    if re.match(pattern(language, "subordinate"), text, re.IGNORECASE):
        return (sentence,)
    clause = re.compile(pattern(language, "clause"))
    reported = re.compile(pattern(language, "reported"), re.IGNORECASE)
    best: tuple[int, int, int] | None = None
    for match in _JOINT.finditer(text):
        left, right = text[:match.start()], text[match.end():]
        if min(len(left.split()), len(right.split())) < _LEAST or not clause.match(right):
            continue
        # A second half after "so" and the like rests on all of the first; after "and" it may rest on "she said that".
        if reported.search(left) and not re.match(r"(?:so|dus)\b", right):
            continue
        # Two dashes hold a remark, and "– that is" explains what stands before it.
        if match.group().strip() in "–—" and (len(re.findall(r"[–—]", text)) > 1 or re.match(r"(?:that|dat|which)\b", right)):
            continue
        if left.count("(") != left.count(")") or _in_quotes(text, match.start()):
            continue
        off = abs(len(left) - len(right))
        if best is None or off < best[0]:
            best = (off, match.start(), match.end())
    if best is None:
        return (sentence,)
    left, right = text[:best[1]].rstrip(" ,;") + ".", text[best[2]:]
    first = sentence.model_copy(update={"text": left})
    second = sentence.model_copy(update={"text": right[:1].upper() + right[1:]})
    return (*shorten(first, language), *shorten(second, language))


def _in_quotes(text: str, place: int) -> bool:
    before = text[:place]
    return bool(before.count('"') % 2) or sum(map(before.count, "“„«")) > sum(map(before.count, "”»"))
