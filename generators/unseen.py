"""Whether a sentence needs what does not stand in its piece: the one place that asks it, kind by kind.

A talk points: at a picture, at a box of a drawing, at another part, at a name or a label that was explained an hour ago.
Who reads one piece of it has none of that. Each question is asked here of one sentence; what is taken out, and what falls
with it, is decided in blog_unseen. The words are cues (`templates/<language>/cues.yaml`). Nothing is reworded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from generators.prose_cues import Cues
from language.words import content_words

#: A label of a letter and a number that somebody gave a thing ("H4"), without what it stands for behind it ("A4: locks").
_LABEL = re.compile(r"\b([A-Z]\d{1,2})\b(?!\s?[-–—/:]\s?\w)")
#: What explains a label: it begins a line with what it stands for behind it, or stands behind that in brackets.
_EXPLAINS = re.compile(
    r"^(?:[^\W\d_]+ )?([A-Z]\d{1,2})(?:\s?[:.,)–—-]|\s(?:is|means|says|stands|staat|betekent|zegt)\b|\s(?=[A-Z][a-z]))"
    r"|\(([A-Z]\d{1,2})\)")
#: A label in front of a heading; quarters explain themselves.
_HEADS = re.compile(r"^([A-Z]\d{1,2})(?:\s?[:.)–—-])?\s+(?=[^\W\d_])")
_QUARTER = "Q"
#: Labels of one letter that are a row.
_ROW = 3
#: A name within a sentence, where its capital is its own.
_NAME = re.compile(r"(?<=[a-z,;] )([A-Z][^\W\d_]{2,})")
#: Words of a sentence that only names whose something is ("Gareth's question.").
_SCRAP = 5


class Lack(Enum):
    """What a sentence needs and the piece does not hold."""

    PICTURE = "a picture"
    BOX = "a box or a line by its number"
    VIEW = "what comes into view"
    POINTER = "another part or page"
    WHOLE = "the whole, of which this is a part"
    GROUP = "other people who were told of elsewhere"
    LABEL = "a label that another part explains"
    PERSON = "a person whom another part introduces"
    TABLE = "the table of its slide"
    LIST = "the list of its slide"
    THING = "a thing that only its slide named"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader of the piece has before a sentence: what was said and is listed, the labels and the names in it."""

    #: What the piece says elsewhere, in the words that tell.
    words: frozenset[str]
    #: Labels that it explains, and those that the document explains anywhere.
    labels: frozenset[str]
    known: frozenset[str]
    #: Names that the document uses within sentences, and those that the piece has.
    names: frozenset[str]
    met: frozenset[str]
    #: The piece is one part of several.
    part: bool = False
    #: The slide is a picture, which is not printed.
    picture: bool = False
    #: A table is printed beside it, or a list; its slide holds a table.
    table: bool = False
    listed: bool = False
    tabled: bool = False


def lacks(text: str, first: bool, seen: Seen, cue: Cues) -> Lack | None:
    """What a sentence needs that is not there; None where it can be read. `first`: it begins what is said of its slide."""
    if seen.picture and points_at_picture(text, first, cue):
        return Lack.PICTURE
    if first and cue.has("turns_up", text):
        return Lack.VIEW
    if cue.has("box_number", text) and not seen.table:
        return Lack.BOX
    if cue.has("points_on", text):
        return Lack.POINTER
    if seen.tabled and not seen.table and cue.has("table_pointer", text):
        return Lack.TABLE
    if not seen.listed and cue.has("reads_these", text):
        return Lack.LIST
    if first and (thing := taken_up(text, cue)) and not thing & seen.words:
        return Lack.THING
    if seen.part and cue.has("announces_whole", text):
        return Lack.WHOLE
    found = cue.single["other_time"].search(text)
    if found and not content_words(found[1], cue.language) & seen.words:
        return Lack.GROUP
    if any(name in seen.known and name not in seen.labels for name in _LABEL.findall(text)):
        return Lack.LABEL
    return Lack.PERSON if _only_owned(text, seen, cue) else None


def points_at_picture(text: str, first: bool, cue: Cues) -> bool:
    """Whether a sentence over a picture points at it: it begins with "this is the ..." or has somebody look."""
    return cue.has("look_at", text) or (first and (cue.has("shown_first", text) or cue.has("turns_up", text)))


def taken_up(text: str, cue: Cues) -> frozenset[str]:
    """What a sentence points back at by its name ("I wrote that answer myself.")."""
    found = cue.single["takes_up_noun"].search(text)
    return content_words(" ".join(each for each in found.groups() if each), cue.language) if found else frozenset()


def cut(text: str, seen: Seen, cue: Cues) -> str:
    """The text without a clause that needs something: ", the green one,", ", see their page on ...", ", H1"."""
    out = cue.single["points_tail"].sub("", cue.single["shown_part"].sub("", text))
    found = cue.single["kept_word"].search(out)
    if found and not content_words(found[1], cue.language) & seen.words:
        out = out[:found.start()] + out[found.end():]
    for name in _LABEL.findall(out):
        if name in seen.known and name not in seen.labels:
            out = re.sub(rf"(?:,\s+{name}(?=[.,;:!?])|\s+\({name}\))", "", out)
    return out


def explained(texts: Iterable[str]) -> frozenset[str]:
    """The labels that some texts explain: "H4 Information: a countdown", "a countdown (H4)"."""
    return frozenset(name for text in texts for found in _EXPLAINS.finditer(text) for name in found.groups() if name)


def in_rows(labels: frozenset[str]) -> frozenset[str]:
    """Those of some labels that are counted on from one, three of them or more: H1, H2, H3, and no motorway."""
    letters = {name[0] for name in labels if name[0] != _QUARTER}
    rows = {letter: {int(name[1:]) for name in labels if name[0] == letter} for letter in letters}
    return frozenset(f"{letter}{n}" for letter, row in rows.items() for n in row
                     if set(range(1, _ROW + 1)) <= row and set(range(1, n)) <= row)


def unlabelled(heading: str, strange: frozenset[str]) -> str:
    """A heading without a label in front that is one of some which nobody here knows."""
    found = _HEADS.match(heading)
    rest = heading[found.end():] if found and found[1] in strange else heading
    return rest[:1].upper() + rest[1:]


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """What has a capital of its own within some texts."""
    return frozenset(name for text in texts for name in _NAME.findall(text))


def of_the_talk(heading: str, cue: Cues) -> bool:
    """Whether a heading stands over what is said of the talk as a talk: "What this talk is"."""
    return cue.has("of_talk", heading)


def owner(text: str, cue: Cues) -> str:
    """Whose something a sentence begins with ("Gareth's question"), '' where it begins otherwise."""
    found = cue.single["owned"].match(text)
    return found[1] if found else ""


def _only_owned(text: str, seen: Seen, cue: Cues) -> bool:
    """Whether a sentence only says whose something is, and nothing in the piece says who that is."""
    name = owner(text, cue)
    return bool(name) and name in seen.names and name not in seen.met and len(text.split()) <= _SCRAP and not cue.has(
        "finite", text)
