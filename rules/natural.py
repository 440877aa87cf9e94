"""Which blocks are natural language, and their parse: one batch for each language of the document that has a model.

Links, properties, code and bare numbers are not parsed: the statistical model sees names everywhere in them. Lines in
capitals are parsed as recased copies, because the model was trained on normal writing (recall .15 in capitals, .60
recased); a copy has the same length, so offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from content.document import Block, Part, Unit
from language.pipeline import has_model, parse
from rules.tongues import CODE, NOT_LANGUAGE, WORD, languages_of
from rules.vocabulary import KINDS_OF_COMPANY, LEGAL_FORMS, Given, everyday, given, ordinary

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["is_capitals", "is_language", "languages_of", "parse_blocks", "recase"]

_INITIAL_BEFORE = re.compile(r"(?:^|\s)[^\W\d_]\.\s?$")
_DUTCH_PARTICLES = frozenset({"van", "der", "den", "de", "het", "ter", "ten", "te", "op"})
_SUFFIXES = LEGAL_FORMS | KINDS_OF_COMPANY
#: Blocks larger than this are cut by the model's own batches; the parser's memory grows with the text.
_MAX_BLOCK = 60_000
#: Characters of a document that the model reads, in reading order: about 15 s CPU. The rest is read by lists and cues.
MOST = 300_000


def is_language(block: Block, *, any_length: bool = False) -> bool:
    """Whether a block is worth parsing for names; one that is too long for the model counts with `any_length`."""
    text = block.text
    if block.part in NOT_LANGUAGE or len(text) < 3 or (len(text) > _MAX_BLOCK and not any_length):
        return False
    if not any(map(str.isupper, text)):
        return False
    return not (CODE.search(text) and block.part not in (Part.NOTES, Part.COMMENT))


def is_capitals(line: str) -> bool:
    """Whether a line is written in capitals, short words aside."""
    letters = list(filter(str.isalpha, line))
    return len(letters) >= 4 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)


def recase(text: str, language: str = "en") -> str:
    """Lines in capitals as they would be typed, of the same length: ordinary words small, all else Capitalised."""
    if not is_capitals(text) and "\n" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        lines.append(WORD.sub(partial(_soften, language=language), line) if is_capitals(line) else line)
    recased = "\n".join(lines)
    return recased if len(recased) == len(text) else text


def _soften(match: re.Match[str], language: str) -> str:
    """A word in capitals as it would stand in a sentence: ordinary words small, the rest Capitalised."""
    word = match.group()
    lower = word.lower()
    if len(word) == 1 and match.string[match.end():match.end() + 1] == ".":
        return word
    if language == "nl" and lower in _DUTCH_PARTICLES:
        return lower
    if lower in _SUFFIXES or _INITIAL_BEFORE.search(match.string[:match.start()]):
        return word if len(word) <= 3 else word[0] + word[1:].lower()
    if given(lower, language) is not Given.CLEAR and (everyday(lower, language)
                                                      or (len(word) > 3 and ordinary(lower, language))):
        return lower
    return word if len(word) <= 3 and not given(lower, language) else word[0] + word[1:].lower()


def entities(doc: Doc | None, label: str) -> list[tuple[int, int]]:
    """Where the model's proposals of one label stand in a text, in order; none for a text that was not parsed."""
    return [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == label] if doc is not None else []


def parse_blocks(blocks: Sequence[tuple[Unit, Block]], language: str, tongues: Mapping[str, str]) -> dict[str, Doc]:
    """The parse of every natural-language block by its id, each by the model of its language; others are left out.

    `language` is the document's; `tongues` names the blocks that are in another one.
    """
    chosen: dict[str, list[Block]] = {}
    left = MOST
    for _, block in blocks:
        spoken = tongues.get(block.id, language)
        if has_model(spoken) and is_language(block) and len(block.text) <= left:
            left -= len(block.text)
            chosen.setdefault(spoken, []).append(block)
    docs: dict[str, Doc] = {}
    for spoken, own in chosen.items():
        parsed = parse([recase(block.text, spoken) for block in own], spoken, names=True)
        docs.update((block.id, doc) for block, doc in zip(own, parsed, strict=True))
    return docs
