"""With which angle a piece opens: the author's own first paragraph, or a closed run of sentences from its first half.

The order is the author's. A sentence lifted out of a later section leaves an orphan on top and a stump below, so nothing
is moved but what begins its slide, as a closed window (closed.py), where what follows does not go on from it; never out of
a step or another entry of a row. The angle of a piece is what its opening is; where nothing may be moved it opens as told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.document import Part
from content.draft import Sentence
from generators.blog_open import begins, goes_on, led_in, opens
from generators.blog_plan import Piece, in_rows
from generators.closed import tied
from generators.context import Context
from generators.material import Material, Passage, length
from generators.prose_cues import Cues, cues
from generators.windows import Window, common_words, windows
from language.words import content_words

#: Angles in the order in which a piece that has several of them should take one.
ANGLES = ("myth", "story", "number", "example", "question", "contrast", "how-to")
#: Different angles that a pack must have where its pieces offer them, and what a missing one costs: more than any moving.
_DISTINCT, _MISSING = 6, 8.0
#: Cost of an angle that another draft has already, where there are enough different ones.
_AGAIN = 0.6
#: Sentences at the head of a piece that are its opening.
_FIRST = 3
#: What it costs that the sentence which gives its angle to an opening is the second.
_LATE = 0.2
#: Share of the words of a piece in which what is moved must stand.
_HALF = 0.5
#: Words that may be moved to the front, the fewest of them, and the fewest that must stay where they stood.
_MOVED, _LEAST, _STAY = 110, 15, 40
#: Words of a slide that may go to the front as a whole.
_WHOLE = 130


@dataclass(frozen=True, slots=True)
class Opening:
    """How a piece may open: sentences to be moved to the front, or () when the author's own start is of that angle."""

    sentences: tuple[Sentence, ...] = ()
    #: What it costs the flow: nothing for the author's own start, 1 and more for what is moved.
    cost: float = 0.0


def openings(piece: Piece, context: Context) -> dict[str, Opening]:
    """Angle -> the best way to open this piece with it; angles that cannot be opened with soundly are left out."""
    if any(p.asked for p in piece.passages):
        return {}  # questions with their answers are told in their order
    cue = cues(context.cleared.language)
    start = begins(led_in(piece.passages, cue))[:_FIRST]
    # Running text has a beginning of its own.
    moved = [] if any(p.running for p in piece.passages) else _movable(piece, context, cue)
    found: dict[str, Opening] = {}
    for angle in ANGLES:
        pool = [s for material in piece.materials for s in _pool(material, angle)]
        if any(s in start for s in pool):
            found[angle] = Opening()
            continue
        # What is of that angle stands at the head of what is moved.
        ways = [(cost + _LATE * (way[0] not in pool), way) for cost, way in moved if any(s in pool for s in way[:2])]
        if ways:
            cost, way = min(ways, key=lambda each: each[0])
            found[angle] = Opening(way, cost)
    return found


def _pool(material: Material, angle: str) -> tuple[Sentence, ...]:
    return {"myth": material.myths, "story": material.stories, "number": material.numbers, "example": material.examples,
            "question": material.questions, "contrast": material.contrasts, "how-to": material.advice}[angle]


def _movable(piece: Piece, context: Context, cue: Cues) -> list[tuple[float, tuple[Sentence, ...]]]:
    """The runs of sentences that may be moved to the front of a piece, with what that costs: later ones more."""
    total = piece.words or 1
    begun: dict[int, tuple[Passage, float]] = {}
    words = 0
    units = [p.unit for p in piece.passages]
    # "Turns" and a "Turns (2)" without notes are one section: its beginning is not taken off what goes on with it.
    begins_on = {p.unit for p, after in pairwise(piece.passages)
                 if p.heading and after.heading is None and not after.spoken and after.unit != p.unit}
    row = in_rows(piece.passages, cue)
    items = [content_words(i.text, cue.language) for p in piece.passages for each in p.lists for i in each.items]
    for p in piece.passages:
        # A slide with a list, a table, a chart or program text is read around it, a step or a mistake in its row.
        around = p.lists or p.table or p.code or p.run_in or p.heading in row or _entry(p, items, cue) or (
            p.captioned and p.heading is None)
        plain = p.spoken and not around and units.count(p.unit) == 1 and p.unit not in begins_on
        if plain and p.unit != units[0]:
            begun[p.unit] = p, words / total
        words += p.words
    out = []
    for material in piece.materials:
        for window in windows(material, context):
            if window.unit in begun:
                passage, place = begun[window.unit]
                early = place + length(passage.prose) / total <= _HALF
                if early and _sound(window, passage, context, cue):
                    out.append((1.0 + place, window.sentences))
                elif early and not piece.passages[0].prose and _all(window, passage, piece, context, cue):
                    out.append((1.0 + place, passage.prose))
    return out


def _entry(passage: Passage, items: Sequence[frozenset[str]], cue: Cues) -> bool:
    """Whether a slide tells of one entry of a list of its piece, whose others it would be cut off from."""
    words = content_words(passage.heading.text, cue.language) if passage.heading else frozenset()
    return any(each and each <= words for each in items)


def _all(window: Window, passage: Passage, piece: Piece, context: Context, cue: Cues) -> bool:
    """Whether a slide that is closed can go in front of a piece that begins with a list, as a whole."""
    rest = passage.prose[len(window.sentences):]
    if not window.begins or passage.prose[:len(window.sentences)] != window.sentences or length(passage.prose) > _WHOLE:
        return False
    index = context.index.by_id
    spoken = {s for s in rest if any(index[name].part is Part.NOTES for name in s.sources if name in index)}
    later = next((p for p in piece.passages[piece.passages.index(passage) + 1:] if p.prose), None)
    return not spoken and _may_open(window, cue) and (later is None or not goes_on(later, cue))


def _may_open(window: Window, cue: Cues) -> bool:
    """Whether the sentences of a window can stand first: they need no title and nothing after them, and nobody is quoted."""
    first = window.sentences[0].text
    # What somebody else says opens a piece badly, credited or not, and closes one well.
    return window.title is None and not window.wants and opens(first, cue) and first[0] not in "\"“‘«'" and not any(
        " — " in s.text or cue.has("line_reference", s.text) for s in window.sentences)


def _sound(window: Window, passage: Passage, context: Context, cue: Cues) -> bool:
    """Whether a window can stand first, and what it leaves behind still stands."""
    said, row = window.sentences, passage.prose
    if not _may_open(window, cue) or not _LEAST <= length(said) <= _MOVED or said[0] not in row:
        return False
    if not window.begins or row[:len(said)] != said or length(row) - length(said) < _STAY:
        return False  # from within a slide it leaves what led up to it
    # What is left behind must not speak of what went: judged as if it were the end of the slide, with all that was said.
    language, common = context.cleared.language, common_words(context)
    earlier, after = ["", *(s.text for s in said)], row[len(said):]
    return not cue.has("leaning", after[0].text) and opens(after[0].text, cue) and not any(
        tied(s.text, earlier, common, language) for s in after[:_FIRST])


def angles(found: Sequence[dict[str, Opening]]) -> list[str]:
    """One angle for each piece, '' for a piece that offers none: six different ones where the sources allow, then as
    little moved as possible. Exact, by dynamic programming over the set of angles taken.
    """
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for ways in found:
        after: dict[int, tuple[float, tuple[str, ...]]] = {}
        for used, (cost, chosen) in sorted(best.items()):
            for place, angle in enumerate(ANGLES):
                if angle not in ways:
                    continue
                price = cost + ways[angle].cost + 0.01 * place + (_AGAIN if used >> place & 1 else 0.0)
                key = used | 1 << place
                if key not in after or price < after[key][0]:
                    after[key] = (price, (*chosen, angle))
            if not ways:
                after[used] = min(after.get(used, (cost, (*chosen, ""))), (cost, (*chosen, "")))
        best = after
    wanted = min(_DISTINCT, sum(bool(ways) for ways in found))
    return list(min((cost + _MISSING * max(0, wanted - used.bit_count()), chosen)
                    for used, (cost, chosen) in best.items())[1])
