"""The title of a topic in the author's own words: a divider's, or the first specific slide title, or a clause.

On real decks the first title of a section comes closest to the name its author gave it (token F1 .52 against .21 for
the best keyphrase). Titles that say nothing ("Introduction", "Demo") are passed over, and no two topics share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count, takewhile

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
# "1 Profit", "Case 2: ...", "Related work (1): ...", "Challenge: ...": a number or label, and what it stands in front of.
_BARE_NUMBER = re.compile(r"(?P<name>)(?P<number>\d{1,2})\s+(?=[^\W\d_])")
_NUMBERED = re.compile(r"(?P<name>[^\W\d_][^:\d]{0,30}?)\s?[(\[]?(?P<number>\d{1,2})[)\]]?\s*(?::\s+|\s[-–—]\s+)")
_LABEL = re.compile(r"(?P<name>(?:[^\W\d_]\S*\s){0,2}[^\W\d_][^\s:]*):\s+")
# "Pass 27", "26 months"; a year is none.
_FIGURE = re.compile(r"(?<!\w)(?!(?:19|20)\d\d\b)\d[\d.,]*")
#: Titles that one label without a number stands in front of, and the words of what stands behind it.
_LABELLED, _BEHIND = 3, 2
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


def labels(titles: Iterable[str]) -> frozenset[str]:
    """What stands in front of titles and counts or sorts them, as it stands there: numbers that go on from 1 ("2  Cash",
    "Rule 3: ...") and a label that several titles share ("Result: ..."). "5 reasons" counts nothing but its reasons.
    """
    found: set[str] = set()
    given = list(dict.fromkeys(" ".join(title.split()) for title in titles))
    for pattern in (_BARE_NUMBER, _NUMBERED):
        series: dict[str, dict[int, str]] = {}
        for match in filter(None, map(pattern.match, given)):
            series.setdefault(match["name"].casefold(), {}).setdefault(int(match["number"]), match[0])
        for numbers in series.values():
            run = list(takewhile(numbers.__contains__, count(1)))
            if len(run) > 1 and [each for each in numbers if each in run] == run:
                found |= {numbers[each] for each in run}
    said: dict[str, set[str]] = {}
    for match in filter(None, map(_LABEL.match, given)):
        said.setdefault(match[0], set()).add(match.string[match.end():])
    return frozenset(found | {label for label, behind in said.items() if len(behind) >= _LABELLED})


def unlabelled(title: str, known: frozenset[str], language: str) -> str:
    """A title without its number or label, where the rest of it is a title of its own; it begins with a capital then."""
    text = " ".join(title.split())
    label = max((each for each in known if text.startswith(each)), key=len, default="")
    rest = text[len(label):]
    leaning = wording.starting("leaning", language)
    if not label or len(rest.split()) < (1 if label.strip().isdigit() else _BEHIND) or not is_specific(rest, language) or (
            leaning.match(rest)):
        return title
    return rest[:1].upper() + rest[1:]


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
               common: frozenset[str], item: Item | None = None, known: frozenset[str] = frozenset()
               ) -> Iterable[tuple[str, str]]:
    """Titles with the ids of their blocks, best first: an opening divider, the item of the agenda, then slides in order;
    no generic ones.

    `common` are bare titles that come back all over the document and so name no topic, `known` the labels of its titles.
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
    # So does text that stands first on a slide without a title of its own, a title that leans on the one before, one of two
    # figures, and a task for the audience.
    ordered = sorted(content, key=lambda n: (content.index(n) + 2.5 * (len(readings[n].title_words) < 2)
                                             + 2.5 * (not units[n].title)
                                             + 2.5 * (len(_FIGURE.findall(clean(readings[n].title, language))) > 1)
                                             + 2.5 * (_exercise(readings[n].title, language))
                                             + 2.5 * (leaning.match(readings[n].title) is not None), n))
    for n in [*dividers, None, *ordered, *others]:
        if n is None:
            if item and is_specific(named := clean(item.text, language), language) and not leaning.match(named):
                # Where a slide of the topic says it in so many words, it stands there.
                own = (source_of(unit, named) for unit in units if clean(unit.title, language) == named)
                yield named, next((source for source in own if source), item.source)
            continue
        title = clean(unlabelled(readings[n].title, known, language), language)
        if is_specific(title, language) and bare(title, language) not in common:
            yield title, source_of(units[n], title)
        # A page may have several headings, and the one it begins with may be the generic one.
        for block in units[n].blocks if units[n].kind == "page" else ():
            title = clean(block.text, language)
            if block.part is Part.TITLE and block.readable and is_heading(title) and is_specific(title, language):
                yield title, block.id


def _exercise(title: str, language: str) -> bool:
    """Whether a title begins with the word for a task of an audience, and its number or what it is."""
    match = wording.starting("exercise", language).match(title)
    return match is not None and re.match(r"\s*(?:\d+\s*)?(?:[:–—]|$)", title[match.end():]) is not None


def is_heading(text: str) -> bool:
    """Whether what a page sets large reads like a heading: words, not a formula, an address or a stray line."""
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return letters >= 0.85 * len(text) and text[:1].isupper() and 2 <= len(text.split()) <= _MOST_WORDS


def source_of(unit: Unit, title: str) -> str:
    """The id of the block that a title stands in, or '' when it is in none."""
    blocks = sorted((block for block in unit.blocks if block.readable), key=lambda block: block.part is not Part.TITLE)
    # Behind a label that was cut off a title may have begun with a small letter.
    small = title[:1].lower() + title[1:]
    return next((block.id for block in blocks if any(each in " ".join(block.text.split()) for each in (title, small))), "")


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
