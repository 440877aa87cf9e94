"""What bullets say beyond the notes of their slide: the rest is said there, and better.

Counted in content words, with every number as digits. Nothing is worded and nothing moved here. Where it is the other way
round, and the notes say half of a bullet ("To the board: within a week"), the bullet stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from content.draft import Sentence
from generators.prose_bullets import Kind, Node, as_text
from generators.prose_bullets import sentence as as_sentence
from generators.prose_cues import Cues
from generators.prose_line import Line
from generators.prose_notes import Told
from generators.prose_sound import in_series
from language.amounts import amounts_in, told_amounts
from language.numbers import numbers_in
from language.words import content_words

#: A bullet that shares this much of its content words with the notes is said by them already.
SAID = 0.6
_HALF = 0.4
#: Content words of notes that are full enough to speak for the slide.
_RICH = 30
#: New figures that are worth what is left of a list.
_FIGURES = 2
#: Words of a label.
_LABEL = 4
#: Words behind a label that say half of what its bullet says.
_STUB = 4
#: Scales, which are part of a number.
_SCALES = frozenset({"million", "billion", "thousand", "miljoen", "miljard", "duizend"})


def beyond(nodes: list[Node], spoken: frozenset[str], cue: Cues) -> tuple[list[Node], list[Node]]:
    """Bullets that the notes do not say, and those that they do. A list stays whole or goes; sentences may go one by one."""
    if not spoken:
        return nodes, []
    leaves = [leaf for node in nodes for leaf in _leaves(node)]
    covered = [leaf for leaf in leaves if overlap(leaf, spoken, cue) >= SAID or _counted(leaf, spoken, cue)]
    rich = len(spoken) >= _RICH
    if rich:
        # Notes this full say it better: a short statement that half repeats them is the author's own summary.
        covered += [leaf for leaf in leaves if leaf not in covered and leaf.kind in {Kind.SENTENCE, Kind.COMMAND}
                    and overlap(leaf, spoken, cue) >= _HALF and len(leaf.line.text.split()) <= 12]
    whole = 2 * len(covered) < len(leaves)
    if rich and whole and cue.has("pronoun_start", leaves[0].line.text) and all(
            leaf.kind in {Kind.SENTENCE, Kind.COMMAND} and len(leaf.line.text.split()) <= 14 for leaf in leaves):
        # Lines that lean on what was said aloud repeat the story in short.
        whole = False
    if not rich and not whole:
        # Of a list that is said for the most part, a label of a few words that is left says nothing by itself.
        covered += [leaf for leaf in leaves if leaf not in covered and leaf.kind is Kind.NOUN
                    and len(leaf.line.text.split()) <= _LABEL and _figures(leaf, cue) <= spoken]
    figures: set[int] = set()
    if rich and not whole:  # what is left of a list that the notes speak for says nothing by itself; two new figures do
        left = [leaf for leaf in leaves if leaf not in covered]
        fresh = [leaf for leaf in left if _figures(leaf, cue) - spoken]
        enough = sum(len(_figures(leaf, cue) - spoken) for leaf in fresh) >= _FIGURES
        covered += [leaf for leaf in left if leaf not in fresh or not enough]
        figures = {id(leaf) for leaf in fresh if enough}
    serial = whole and in_series([leaf.line.text for leaf in leaves], cue)
    gone = {id(leaf) for leaf in covered if not whole or (leaf.kind in {Kind.SENTENCE, Kind.QUESTION} and not serial)}
    for before, leaf in pairwise(leaves):
        # What leans on a bullet that goes has nothing to lean on.
        leaning = leaf.kind is Kind.SENTENCE and cue.has("leaning", leaf.line.text)
        if id(before) in gone and id(leaf) not in figures and (leaning or cue.has("sequence", leaf.line.text)):
            gone.add(id(leaf))
    left = [leaf for leaf in leaves if id(leaf) not in gone]
    if left and gone and not as_text(leaves):
        # What is printed as a list is there as a whole: what is left of it would count off to nothing.
        gone = set()
    if not left and not as_text(leaves):
        return [], covered  # nor does what they hang on stay
    return [kept for node in nodes if (kept := _prune(node, gone, spoken, cue))], covered


def _counted(leaf: Node, spoken: frozenset[str], cue: Cues) -> bool:
    """Whether the notes say every figure of a bullet, in whichever form, and half of its words: "Rent: 48k -> 9k" under
    "rent went from forty-eight thousand to nine".
    """
    figures = _figures(leaf, cue)
    words = words_of(leaf.line.text, cue) - figures
    return bool(figures) and figures <= spoken and 2 * len(words & spoken) >= len(words)


def _leaves(node: Node) -> list[Node]:
    return [leaf for child in node.children for leaf in _leaves(child)] if node.children else [node]


def _prune(node: Node, gone: set[int], spoken: frozenset[str], cue: Cues) -> Node | None:
    if not node.children:
        return None if id(node) in gone else node
    children = [kept for child in node.children if (kept := _prune(child, gone, spoken, cue))]
    if not children and (node.kind is Kind.NOUN or overlap(node, spoken, cue) >= SAID):
        return None
    return Node(node.line, node.kind, children)


def overlap(node: Node, spoken: frozenset[str], cue: Cues) -> float:
    """Share of the content words of a bullet that the notes say, 0 to 1; 1 for one without such words."""
    words = words_of(node.line.text, cue)
    return len(words & spoken) / len(words) if words else 1.0


def words_of(text: str, cue: Cues) -> frozenset[str]:
    """Content words with every number as digits, so that "twelve minutes" and "12 minutes" say the same, and "390k" and
    "three hundred and ninety thousand".
    """
    plain = {f"{value:g}" for value in amounts_in(text, cue.language)}
    for number in reversed(numbers_in(text, cue.language)):
        text = f"{text[:number.start]} {text[number.end:]}"
    return content_words(text, cue.language) - _SCALES | plain


def told_words(text: str, cue: Cues) -> frozenset[str]:
    """The same for what is told, with the numbers that it leaves to be understood ("from 48 thousand to nine")."""
    return words_of(text, cue) | {f"{value:g}" for value in told_amounts(text, cue.language)}


def _figures(node: Node, cue: Cues) -> frozenset[str]:
    return frozenset(f"{value:g}" for value in amounts_in(node.line.text, cue.language))


def fuller(told: Sequence[Told], groups: Sequence[Sequence[Line]], cue: Cues) -> None:
    """Put a bullet for the sentence of the notes that has its label and a few of its words, and no verb: "To the board: every
    complaint is answered within a week" for "To the board: within a week.".
    """
    heads = {line.text.partition(": ")[0].casefold(): line for group in groups for line in group if ": " in line.text}
    for each in told:
        each.paragraphs = [tuple(_full(s, heads, cue) for s in row) for row in each.paragraphs]


def _full(s: Sentence, heads: dict[str, Line], cue: Cues) -> Sentence:
    label, _, rest = s.text.partition(": ")
    line = heads.get(label.casefold()) if rest else None
    if line is None or len(rest.split()) > _STUB or cue.has("finite", rest) or not cue.has("finite", line.text):
        return s
    more = words_of(line.text, cue)
    return as_sentence(line) if words_of(s.text, cue) < more else s
