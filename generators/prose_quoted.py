"""What somebody said, set on a slide with their name: one quotation with its speaker, and never two bullets.

Told by the quotation marks, or by the box of its own in which a name and an office stand under a sentence. The marks and
the words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.draft import Sentence
from generators.material import Passage
from generators.prose_bullets import Said
from generators.prose_cues import Cues
from generators.prose_line import CREDIT, ENDS, Line, ids

_WHOLE = re.compile(r"^[“\"«„‘][^“\"«„]{12,}[”“\"»’][.!?]?$")
#: What somebody said is a sentence; a slogan between quotation marks has nobody to credit.
_SAID = re.compile(r"[.!?…][”“\"»’]|(?:\S+\s+){6,}\S+$")
_MARKS = re.compile(r"^(?:—|–|-{1,3}|~)\s*")
#: Words of the line with the speaker, lines of it, and words of a sentence that is quoted without marks.
_NAME, _LINES, _SENTENCE = 12, 2, 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was said, and the lines that say by whom; none where the slide does not tell."""

    said: tuple[Line, ...]
    by: tuple[Line, ...] = ()


def whole_quotation(text: str) -> bool:
    """Whether a line is what somebody said, from its first mark to its last."""
    return _WHOLE.match(text) is not None and _SAID.search(text) is not None


def names_speaker(text: str, cue: Cues) -> bool:
    """Whether a line can say who spoke: a name, an office, or both with a comma between; no sentence and no quotation."""
    bare = _MARKS.sub("", text)
    words = bare.split()
    if not words or len(words) > _NAME or not bare[0].isupper() or bare[-1] in "!?:" or ": " in bare:
        return False
    if (ENDS.search(bare) and not bare.endswith(".)")) or cue.has("finite", bare) or cue.has("bare_pronoun", bare):
        return False
    named = sum(word[:1].isupper() for word in words if word[:1].isalpha())
    return "," in bare or bare != text or (named >= 2 and 2 * named >= len(words))


def quotations(lines: Sequence[Line], titled: bool, cue: Cues) -> list[Quoted]:
    """The quotations of a slide with their speakers. Without marks a sentence is one where the slide has no title, and a
    box under it names somebody and what they do.
    """
    plain = [line for line in lines if not line.code and any(char.isalpha() for char in line.text)]
    out: list[Quoted] = []
    place = 0
    while place < len(plain):
        line = plain[place]
        if not whole_quotation(line.text):
            place += 1
            continue
        after = plain[place + 1:place + 1 + _LINES]
        by: list[Line] = []
        for each in after:
            if not names_speaker(each.text, cue) or (by and each.shape != by[-1].shape):
                break
            by.append(each)
        own = {id(each) for each in (line, *by)}
        if titled and any(each.shape == line.shape and id(each) not in own and not whole_quotation(each.text)
                          for each in plain):
            by = []  # one line of a list
        elif titled and by and by[0].shape != line.shape and "," not in by[0].text and by[0].text[0].isalpha():
            by = []  # a box beside it
        if by:
            out.append(Quoted((line,), tuple(by)))
        elif len(plain) == 1 and not titled:
            out.append(Quoted((line,)))
        place += 1 + len(by)
    if out or titled or not 1 < len(plain) <= 1 + _LINES:
        return out
    first, by = plain[0], plain[1:]
    apart = first.shape not in {each.shape for each in by} and len({each.shape for each in by}) == 1
    office = len(by) == _LINES or "," in by[0].text
    if apart and office and ENDS.search(first.text) and first.text[-1] != "?" and len(first.text.split()) >= _SENTENCE and (
            all(each.text[:1].isupper() and not ENDS.search(each.text) and len(each.text.split()) <= _NAME for each in by)):
        return [Quoted((first,), tuple(by))]
    return []


def with_quotations(passages: Sequence[Passage], quoted: Sequence[Quoted], unit: int, heading: Sentence | None,
                    shown: bool) -> list[Passage]:
    """The passages of a slide with its quotations: first, where it shows nothing else and the notes comment on them, and
    else last.
    """
    own = [_passage(unit, each) for each in quoted]
    if not passages:
        return [replace(own[0], heading=heading), *own[1:]]
    if shown or heading:
        return [*passages, *own]
    return [*own, *passages]


def block_quote(lines: Sequence[Line]) -> Said:
    """What a document sets as a block quotation, with the credit under it or at its end ("... — Ada Example")."""
    by: Sentence | None = None
    parts = [part for line in lines for part in line.parts]
    name, last = parts[-1]
    text, mark, credit = last.rpartition(" — ")
    if len(parts) > 1 and CREDIT.match(last):
        by, parts = Sentence(text=_MARKS.sub("", last), sources=ids(name)), parts[:-1]
    elif mark and text and len(credit.split()) <= _NAME and not ENDS.search(credit):
        by, parts = Sentence(text=credit, sources=ids(name)), [*parts[:-1], (name, text)]
    return Said(tuple(Sentence(text=text, sources=ids(name)) for name, text in parts), quoted=True, speaker=by)


def _passage(unit: int, quoted: Quoted) -> Passage:
    said = tuple(Sentence(text=line.text, sources=line.sources) for line in quoted.said)
    by = ", ".join(_MARKS.sub("", line.text).strip(" ,") for line in quoted.by)
    speaker = Sentence(text=by, sources=tuple(name for line in quoted.by for name in line.sources)) if by else None
    return Passage(unit, None, said, spoken=False, paragraphs=(said,), quoted=True, speaker=speaker)
