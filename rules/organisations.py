"""Finds organisations that no list knows: legal forms, lists of customers, "for X", and the model's proposals.

All are low ("ask"): a company named in a talk is a question and no verdict. Under a head that says customer it is medium.
Technologies and their makers are subjects of talks and not reported; the company's own names never are. Customers are
found by their own detector and win.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from content.document import Block, Part, Unit
from content.finding import Severity
from language.files import word_set
from language.fold import folded
from rules.cues import after_cue, listed
from rules.customer_columns import customer_cells, names_in_cell
from rules.detector import Hit, Scan
from rules.natural import entities, is_language
from rules.prefixes import named_by_kind
from rules.spans import PARTICLES, Line, Word, lines_of, proposals, runs
from rules.suffixes import has_suffix, kind_word, legal_form, weak_kind
from rules.vocabulary import Given, technology

_RULE = "entity.organisation"
_IN_COLUMN = 0.75
_JOINERS = PARTICLES | {"&"}
#: Words right before a company in running text.
_BEFORE = re.compile(
    r"(?:\b(?:for|with|at|from|by|lessons from|together with|workshop with|migrating|helping|joined|left|"
    r"acquired|merged with|"
    r"sold to|hired by|visited|compete with|like|voor|met|bij|van|door|naar|samen met|overgenomen door|zoals)|"
    r"^(?:project owner at|case study:?|how|why|what|when|meet|about|over))\s+(?:the\s+|de\s+)?$",
    re.IGNORECASE,
)
#: The last words of `_BEFORE`: a quick look before the slow one. Read backwards, as a search would start at every place.
_LAST_BEFORE = word_set(
    "for with at from by migrating helping joined left acquired to visited like voor met bij van door naar zoals study how "
    "why what when meet about over the de"
)
_LAST_WORD = re.compile(r"\s+:?(\w+)")
#: Characters of the longest of them with an article, and some.
_LONGEST = 40
_AFTER_HEAD = re.compile(r"^\s*(?:[|–—]\s*\S|\s-\s)")
_POSSESSED = re.compile(r"^['’]s?\s+(?:\w+\s+){0,2}(?:board|data|team|process|platform|staff|ceo|cio|cto|cfo|"
                        r"management|it|customers|"
                        r"systems?|people|offices?|website|app|project|programme|warehouse|network|stack|strategy|"
                        r"department|employees|servers?|migration|journey|story|nurses|engineers|"
                        r"budget)\b", re.IGNORECASE)
_LEGAL_TAIL = re.compile(r"^,?\s*(?:\([A-Z][a-z]+\)\s*)?(?P<tail>(?:CO\.?,?\s*)?(?:Inc|Incorporated|Corp|"
                         r"Corporation|Ltd|Limited|LLC|"
                         r"L\.L\.C|LLP|PLC|plc|GmbH|AG|KGaA|SE|S\.A|SA|S\.p\.A|SpA|N\.V|NV|B\.V|BV|AB|ASA|A/S|"
                         r"Oyj|Oy|Pty|Pte|BVBA|CVBA|VZW|vzw|bvba|bv|nv|U\.A|UA|VOF|vof|V\.O\.F|"
                         r"LTD|CO|Co)\b\.?)")
_ACRONYM = re.compile(r"^[A-Z0-9&./-]{1,6}s?$")


_OPENERS = word_set(
    "the a an our de het een onze client customer migrating case welcome next workshop lessons why how what when project "
    "meet at in for with from working before after since while today thanks speaker presented see and"
)


class Organisations:
    """The detector for organisations."""

    name = "organisations"
    order = 12

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield a hit for every mention of an organisation."""
        profile = scan.settings.profile
        names = (profile.company, *profile.own_names, scan.document.properties.get("company", ""))
        own = {form for name in names if name for form in (folded(name), _key(name), folded(name).split()[0])}
        seen: dict[str, list[tuple[Unit, Block, int, int, str, float]]] = defaultdict(list)
        cells = customer_cells(scan.document)
        for unit, block in scan.texts():
            if not (is_language(block, any_length=True) or block.part is Part.EMBEDDED) or len(block.text) > 2_000_000:
                continue
            for start, end, sure in _in_block(scan, block, cells.get(block.id)):
                name = " ".join(block.text[start:end].split())
                key = _key(name)
                if key and key not in own and folded(name) not in own:
                    seen[key].append((unit, block, start, end, name, sure))
        for key, mentions in seen.items():
            label = mentions[0][4]
            for unit, block, start, end, _, sure in mentions:
                yield Hit(_RULE, block, unit, start, end, key, label, sure,
                          severity=Severity.MEDIUM if block.id in cells else None)


def _key(name: str) -> str:
    words = re.findall(r"[^\W_]+", folded(name))
    while len(words) > 1 and words[-1] in {"inc", "ltd", "llc", "plc", "gmbh", "ag", "nv", "bv", "sa", "se", "corp", "co",
                                           "corporation", "company", "limited", "incorporated", "ab", "oy"}:
        words.pop()
    return " ".join(words)


def _in_block(scan: Scan, block: Block, customers: bool | None) -> Iterator[tuple[int, int, float]]:
    """Span and confidence of each name; `customers` is what the head over a cell says, None for what is no such cell."""
    proposed = entities(scan.docs.get(block.id), "ORG")
    in_cell = [] if customers is None else list(names_in_cell(block.text, scan.tongue(block), customers))
    for line in lines_of(block.text, scan.tongue(block)):
        found = list(_by_shape(line))
        found += [(words[0].start, _end(line, words), sure) for words, sure in named_by_kind(line)]
        found += [(words[0].start, _end(line, words), sure) for words, sure in listed(line, person=False)]
        found += [(words[0].start, _end(line, words), _IN_COLUMN) for words in in_cell
                  if line.start <= words[0].start <= line.start + len(line.text)]
        for words in proposals(line, proposed):
            sure = _believe(line, words)
            if sure:
                found.append((words[0].start, _end(line, words), sure))
        taken: list[tuple[int, int]] = []
        for start, end, sure in sorted(found, key=lambda s: (s[0] - s[1], -s[2], s[0])):
            if not any(start < other[1] and end > other[0] for other in taken):
                taken.append((start, end))
                yield (start, end, sure)


def _end(line: Line, words: list[Word]) -> int:
    end = words[-1].base_end
    tail = _LEGAL_TAIL.match(line.text[end - line.start:])
    if tail:
        return end + tail.end()
    if legal_form(words[-1]) and line.text[end - line.start:end - line.start + 1] == ".":
        return end + 1
    return end


def _by_shape(line: Line) -> Iterator[tuple[int, int, float]]:
    announced = -1  # where a company ended that a word such as "for" announced: "for Kerwick and Tolvberg"
    for run in runs(line, frozenset(_JOINERS)):
        words = _trim(line, run)
        if not words:
            continue
        text = " ".join(word.base for word in words)
        end = _end(line, words)
        if technology(text):
            continue
        strange = [word for word in words if not word.ordinary and not _ACRONYM.match(word.base)]
        behind = line.text[words[-1].base_end - line.start:]
        before = line.text[:words[0].start - line.start]
        kind = len(words) > 1 and kind_word(words[-1])
        firm = "&" in [word.text for word in words] and len(words) > 2
        if end > words[-1].base_end + 1 or (len(words) > 1 and legal_form(words[-1])):
            yield (words[0].start, end, 0.9)
        elif (strange and (kind or firm)) or (kind and not line.headline and (
                not weak_kind(words[-1]) or (words[0].language == "nl" and _announces(before)))):
            yield (words[0].start, end, 0.7)
        elif not line.capitals and not _is_name(words) and after_cue(line, words[0]) < 2 and (
            (_POSSESSED.match(behind) and (strange or (len(words) > 1 and before.strip())))
            or ((_announces(before) or _follows(line, announced, words[0])) and _odd(line, words, strange))
        ):
            announced = end
            yield (words[0].start, end, 0.6 if line.running else 0.5)
        elif strange and not before.strip(" •-") and _AFTER_HEAD.match(behind) and not _is_name(words):
            yield (words[0].start, end, 0.55)


def _announces(before: str) -> bool:
    """Whether the words before a place announce a company."""
    if not before[-1:].isspace():
        return False
    last = _LAST_WORD.match(before[:-60:-1])
    if last and last.end() < 59 and last[1][::-1].lower() not in _LAST_BEFORE:
        return False
    return bool(_BEFORE.search(before, max(0, len(before.rstrip()) - _LONGEST)))


def _follows(line: Line, announced: int, word: Word) -> bool:
    return announced >= 0 and line.text[announced - line.start:word.start - line.start].strip() in {"and", "en", ",", "&"}


def _odd(line: Line, words: list[Word], strange: list[Word]) -> bool:
    """Whether a capitalised run inside a sentence can only be a name."""
    if strange or not line.running:
        return bool(strange)
    return len(words) >= 2 and not all(word.everyday for word in words) and not _ACRONYM.match(words[-1].base)


def _is_name(words: list[Word]) -> bool:
    return words[0].given is Given.CLEAR or (words[0].initial and len(words) == 2)


def _trim(line: Line, run: list[Word]) -> list[Word]:
    """Without an ordinary first word that only starts the line, and without bare numbers and months at the end."""
    words = list(run)
    while words and words[-1].text.isdigit():
        words.pop()
    first = words[0].start - line.start if words else 0
    while len(words) > 1 and first <= 3 and words[0].text.lower() in _OPENERS:
        words.pop(0)
    if len(words) > 2 and first <= 3 and words[0].language == "nl" and words[0].everyday and not words[1].capital:
        words = words[2:]  # "Overgestapt van Kabelaar Telecom"
    if len(words) == 1 and words[0].start - line.start <= 2 and words[0].ordinary:
        return []
    return [] if not words or words[0].text == "&" else words


def _believe(line: Line, words: list[Word]) -> float:
    """How far a proposal of the model is believed; 0 for not at all."""
    words = [word for word in words if word.text.lower() not in {"the", "a", "de", "het"}]
    if any("," in line.text[left.end - line.start:right.start - line.start] and not legal_form(right)
           for left, right in pairwise(words)):
        return 0.0
    if not words or len(words) > 6 or not words[0].capital or technology(" ".join(word.base for word in words)):
        return 0.0
    if has_suffix(words) and len(words) > 1:
        return 0.75
    if all(_ACRONYM.match(word.base) for word in words) or _is_name(words):
        return 0.0
    strange = [word for word in words if not word.ordinary and not _ACRONYM.match(word.base)]
    if line.headline and not line.capitals:
        return 0.5 if len(strange) == len(words) else 0.0
    if line.capitals:
        return 0.5 if len(strange) == len(words) else 0.0
    if strange and (line.running or words[0].start > line.start):
        return 0.6
    inside = words[0].start - line.start > 2 and len(words) >= 2
    return 0.5 if inside and line.running and not all(word.everyday for word in words) else 0.0


DETECTOR = Organisations()
