"""Which blocks are natural language, in which languages, and their parse: one batch for the whole document.

Links, properties, code and bare numbers are not parsed: the statistical model sees names everywhere in them. Lines in
capitals are parsed as recased copies, because the model was trained on normal writing (recall .15 in capitals, .60
recased); a copy has the same length, so offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from content.document import Block, Document, Part, Unit
from language.files import word_set
from language.pipeline import has_model, parse
from rules.vocabulary import KINDS_OF_COMPANY, LEGAL_FORMS, Given, everyday, given, ordinary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NOT_LANGUAGE = frozenset({Part.LINK, Part.PROPERTY, Part.EMBEDDED, Part.ATTACHMENT})
_CODE = re.compile(r"[{};]\s*$|^\s*(?://|/\*|#include|import |def |class |public |private |var |SELECT |<\w+)|"
                   r"=>|::|\(\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_INITIAL_BEFORE = re.compile(r"(?:^|\s)[^\W\d_]\.\s?$")
#: Blocks larger than this are cut by the model's own batches; the parser's memory grows with the text.
_MAX_BLOCK = 60_000
#: Characters of a document that the model reads, in reading order: about 15 s CPU. The rest is read by lists and cues.
MOST = 300_000
_DUTCH = word_set(
    "de het een en van is dat niet met voor zijn wij je we ook op naar maar wat hoe wordt deze dit alleen "
    "wachtwoord vertrouwelijk intern gebruik binnen uur dag altijd mijn onze ons deel verspreiden"
)
_ENGLISH = word_set(
    "the and of to is in that for with you are this it not your can from have what how will our my "
    "only do at be by as an"
)


def languages_of(document: Document) -> frozenset[str]:
    """The languages that rules should expect: the document's, English, and any that a unit is plainly written in.

    Only Dutch is looked for: rules exist in English and Dutch.
    """
    found = {"en", document.language}
    for unit in document.units:
        text = "\n".join(block.text for block in unit.blocks if block.part not in _NOT_LANGUAGE)[:4000]
        said = [word.lower() for word in _WORD.findall(text)]
        dutch, english = sum(word in _DUTCH for word in said), sum(word in _ENGLISH for word in said)
        if dutch > english:
            found.add("nl")
    return frozenset(found)


def is_language(block: Block, *, any_length: bool = False) -> bool:
    """Whether a block is worth parsing for names; one that is too long for the model counts with `any_length`."""
    text = block.text
    if block.part in _NOT_LANGUAGE or len(text) < 3 or (len(text) > _MAX_BLOCK and not any_length):
        return False
    if not any(char.isupper() for char in text):
        return False
    return not (_CODE.search(text) and block.part not in (Part.NOTES, Part.COMMENT))


def is_capitals(line: str) -> bool:
    """Whether a line is written in capitals, short words aside."""
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= 4 and sum(char.isupper() for char in letters) >= 0.85 * len(letters)


def recase(text: str) -> str:
    """Lines in capitals as they would be typed, of the same length: ordinary words small, all else Capitalised."""
    if not is_capitals(text) and "\n" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        lines.append(_WORD.sub(_soften, line) if is_capitals(line) else line)
    recased = "\n".join(lines)
    return recased if len(recased) == len(text) else text


def _soften(match: re.Match[str]) -> str:
    """A word in capitals as it would stand in a sentence: ordinary words small, the rest Capitalised."""
    word = match.group()
    lower = word.lower()
    if len(word) == 1 and match.string[match.end():match.end() + 1] == ".":
        return word
    if lower in LEGAL_FORMS | KINDS_OF_COMPANY or _INITIAL_BEFORE.search(match.string[:match.start()]):
        return word if len(word) <= 3 else word[0] + word[1:].lower()
    if given(lower) is not Given.CLEAR and (everyday(lower) or (len(word) > 3 and ordinary(lower))):
        return lower
    return word if len(word) <= 3 and not given(lower) else word[0] + word[1:].lower()


def parse_blocks(blocks: Sequence[tuple[Unit, Block]], language: str) -> dict[str, Doc]:
    """The parse of every natural-language block by its id; empty when the language has no model."""
    if not has_model(language):
        return {}
    chosen: list[Block] = []
    left = MOST
    for _, block in blocks:
        if is_language(block) and len(block.text) <= left:
            left -= len(block.text)
            chosen.append(block)
    docs = parse([recase(block.text) for block in chosen], language)
    return {block.id: doc for block, doc in zip(chosen, docs, strict=True)}
