"""The title of a topic in the author's own words: a divider's, or the first specific slide title, or a clause.

On real decks the first title of a section comes closest to the name its author gave it (token F1 .52 against .21 for
the best keyphrase). Titles that say nothing ("Introduction", "Demo") are passed over, and no two topics share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from content.document import Block, Part, Unit
from language.sentences import split
from language.words import tokens, word_list
from topics import wording
from topics.agenda import Item
from topics.builds import bare
from topics.reading import Reading

# "3. ", "(b) ", "IV: ", "1.2 Scope"; never the number of "5 reasons" or "4.5 million".
_NUMBER = re.compile(r"^\s*(?:[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[a-zA-Z])[.):\]]+\s+"
                     r"|\d{1,2}(?:\.\d{1,2})+\s+(?=[^\W\d_a-z]))")
_COUNT = re.compile(r"\s*(?:[(\[]\s*(?:\d+|\d+\s*(?:/|of|van)\s*\d+)\s*[)\]]|\b\d+\s*/\s*\d+|\s[-–—]\s*\d{1,2})\s*$")
# A bullet typed by hand, or two dots; one dot may be that of ".NET".
_BULLET = re.compile(r"^(?:\.{2,}|…|[•▪*–—-])\s*")
_CLAUSE = re.compile(r"\s*[,;:–—(]\s+|\s+[-–—]\s+|\s+(?:which|because|so that|but|maar|omdat|zodat)\s+")
# An address, a path, a command, a gap that a template left open.
_CODE = re.compile(r"://|\\|<[^<>]+>|\{\{|^[$>]\s|^[\w.-]+\([^()]*\)$")
#: Longest heading in characters, and words of a clause that is taken for one.
_LONGEST, _FEWEST_WORDS, _MOST_WORDS = 90, 3, 12


def clean(title: str, language: str) -> str:
    """A title as the heading of a piece: numbering, "Part 2:", "(1)" and "cont." off; a piece of what stood there."""
    text = " ".join(title.split())
    part = re.compile(r"^(?:" + "|".join(map(re.escape, wording.phrases("numbering", language)))
                      + r")\s+(?:\d+|[ivx]+|one|two|three|four|five|six)\b\s*[.:–—-]*\s+(?=\w)", re.IGNORECASE)
    end = re.compile(r"[\s(\[–—-]*\b(?:" + "|".join(map(re.escape, wording.phrases("continued", language)))
                     + r")\b\.?[)\]]?\s*$", re.IGNORECASE)
    for pattern in (_BULLET, part, _NUMBER, end, _COUNT):
        shorter = pattern.sub("", text).strip()
        if any(char.isalpha() for char in shorter):
            text = shorter
    return text.rstrip(" :;,–—-").removesuffix(".").strip() if not text.endswith("...") else text


def is_specific(title: str, language: str) -> bool:
    """Whether a title would tell a reader something as the heading of a piece."""
    if not 2 < len(title) <= _LONGEST or _CODE.search(title) or not any(char.isalpha() for char in title):
        return False
    if any(wording.whole(key, language).fullmatch(title) for key in
           ("generic", "agenda", "thanks", "questions", "references", "appendix", "legal", "bio", "summary")):
        return False
    # "Intro and demo": nothing left when the generic words go.
    plain = {word for phrase in wording.phrases("generic", language) for word in phrase.split()}
    plain |= word_list("stop", language)
    left = [word for word in tokens(title) if word not in plain and not word.isdigit()]
    return bool(left) or (title.endswith("?") and len(tokens(title)) >= 4)


def candidates(units: Sequence[Unit], readings: Sequence[Reading], kinds: Sequence[str], language: str,
               common: frozenset[str], item: Item | None = None) -> Iterable[tuple[str, str]]:
    """Titles with the ids of their blocks, best first: an opening divider, the item of the agenda, then slides in order;
    no generic ones.

    `common` are bare titles that come back all over the document and so name no topic.
    """
    content = [n for n, kind in enumerate(kinds) if not kind]
    # A divider opens the topic also where the title page and the agenda of the deck stand before it.
    dividers = [n for n, kind in enumerate(kinds[:content[0] if content else 2]) if kind == "divider"]
    others = [n for n, kind in enumerate(kinds) if kind == "divider" and n not in dividers]
    # A divider that goes on from what was said ("But that is not what happened") names nothing either.
    leaning = wording.starting("leaning", language)
    others += [n for n in dividers if leaning.match(readings[n].title)]
    dividers = [n for n in dividers if n not in others]
    # A one-word title waits behind the next fuller one, unless it is the only one nearby.
    # So does text that stands first on a slide without a title of its own, and a title that leans on the one before.
    ordered = sorted(content, key=lambda n: (content.index(n) + 2.5 * (len(readings[n].title_words) < 2)
                                             + 2.5 * (not units[n].title)
                                             + 2.5 * (leaning.match(readings[n].title) is not None), n))
    for n in [*dividers, None, *ordered, *others]:
        if n is None:
            if item and is_specific(named := clean(item.text, language), language) and not leaning.match(named):
                # Where a slide of the topic says it in so many words, it stands there.
                own = (source_of(unit, named) for unit in units if clean(unit.title, language) == named)
                yield named, next((source for source in own if source), item.source)
            continue
        title = clean(readings[n].title, language)
        if is_specific(title, language) and bare(title, language) not in common:
            yield title, source_of(units[n], title)
        # A page may have several headings, and the one it begins with may be the generic one.
        for block in units[n].blocks if units[n].kind == "page" else ():
            title = clean(block.text, language)
            if block.part is Part.TITLE and block.readable and is_heading(title) and is_specific(title, language):
                yield title, block.id


def is_heading(text: str) -> bool:
    """Whether what a page sets large reads like a heading: words, not a formula, an address or a stray line."""
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return letters >= 0.85 * len(text) and text[:1].isupper() and 2 <= len(text.split()) <= _MOST_WORDS


def source_of(unit: Unit, title: str) -> str:
    """The id of the block that a title stands in, or '' when it is in none."""
    blocks = sorted((block for block in unit.blocks if block.readable), key=lambda block: block.part is not Part.TITLE)
    return next((block.id for block in blocks if title in " ".join(block.text.split())), "")


def clauses(blocks: Iterable[Block], language: str) -> Iterable[tuple[str, str]]:
    """Clauses that can stand as a heading, with the ids of their blocks, in the order of the blocks."""
    leaning = wording.starting("connectives", language)
    for block in blocks:
        for start, end in split(block.text):
            # A clause that leans on the one before ("This is why", "Besides this") cannot stand alone.
            text = " ".join(_CLAUSE.split(block.text[start:end], maxsplit=1)[0].split()).rstrip(".,:;!")
            if not text[:1].isupper() or leaning.match(text):
                continue
            if _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS and is_specific(text, language):
                yield text, block.id


def same(one: str, other: str, language: str) -> bool:
    """Whether two titles would be taken for one."""
    return bare(one, language) == bare(other, language)
