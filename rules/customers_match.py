"""Finds customers in a text by the index, and says how sure it is of each find.

Exact spellings first (longest wins), then single wrong letters, and acronyms and first words of customers whose full
name is known to stand in the document. A find in an address, handle, file name or identifier covers all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.customers_context import cues, weigh
from rules.customers_index import HEAD, Index, Spelling, forms_of
from rules.customers_names import GLUED, LEGAL, Grade
from rules.customers_words import Words, words_of
from rules.vocabulary import dictionary, function_words

_GLUED = frozenset({*GLUED, *LEGAL, "s", "es", "reit"})
_LINKING = frozenset({"and", "en", "und"})
_GROUP = frozenset({"group", "groep", "gruppe", "groupe", "holding", "holdings", "company", "co"})
_PAIRS = frozenset({"bv", "nv", "sa", "sas", "llc", "llp", "plc", "spa", "srl", "ab", "as", "ag", "lp", "vof"})
_LINK = re.compile(r"(?:\s|[-–'’&+./_,:·|]){1,4}$")
_INSIDE = re.compile(r"^(?:[-‐–/*.]\s?|\s?[-‐–/*.])$")
_HOST = re.compile(r"(?P<sign>://|@|\bwww\.)?(?<![\w.-])(?P<host>[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,10})(?=$|[/:?#&])")
_TLD = frozenset({"com", "org", "nl", "eu", "io", "de", "fr", "be", "co", "uk", "ch", "at", "info", "biz", "gov", "edu", "us",
                  "ca", "au", "example"})
#: From so many rows on, an ordinary word is more likely the word than the customer.
CROWD = 5000
_RUN = re.compile(r"[\w@.:/\\#%~+\-?=&$]")
_ADDRESS = re.compile(r"@|://|^www\.|^#|_|\\|\.[a-z]{2,10}(?:[/:?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A customer at a span of a text. `how` is the rule's last word: name, alias, code_name, domain, ticker, ..."""

    start: int
    end: int
    owner: int
    how: str
    confidence: float
    reason: str = ""


def matches(text: str, index: Index) -> list[Match]:
    """All finds in a text that need no knowledge of the rest of the document, in order, without overlaps."""
    if not index.keys or not text:
        return []
    words = words_of(text)
    found = list(_exact(words, index))
    found += _tickers(text, index) if index.tickers else []
    from rules.customers_slips import slips

    taken = bytearray(len(text) + 1)
    for match in found:
        if match.confidence >= 0.3:
            taken[match.start:match.end] = b"\1" * (match.end - match.start)
    found += slips(words_of(text, inner=False), index, taken)
    return without_overlaps(found)


def without_overlaps(found: list[Match]) -> list[Match]:
    """The finds in order; of those that overlap the surer of two, then the longer."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda item: (item.confidence < 0.5, item.start - item.end, -item.confidence, item.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda item: item.start)


def _exact(words: Words, index: Index) -> Iterator[Match]:
    keys, heads, squashed, at, pieces = index.keys, index.heads, words.squashed, words.at, words.pieces
    for number, piece in enumerate(pieces):
        place = at[number]
        lengths = heads.get(squashed[place:place + HEAD])
        if lengths:
            yield from _long(words, index, number, lengths)
        if len(piece) < HEAD:
            entry = keys.get(piece)
            if entry is not None:
                yield from _judged(words, index, entry, number, number)
            for more in (1, 2, 3):
                if number + more >= len(pieces) or at[number + more + 1] - place >= HEAD:
                    break
                entry = keys.get(squashed[place:at[number + more + 1]])
                if entry is not None:
                    yield from _joined(words, index, entry, number, number + more, place, at[number + more + 1])
        if len(piece) > 3 and (piece[-1] == "s" or piece.endswith(GLUED)):
            yield from _with_ending(words, index, number)
    for first, last in words.spelled():
        for length in range(at[last + 1] - at[first], 2, -1):
            entry = keys.get(squashed[at[first]:at[first] + length])
            if entry is not None and index.grades[entry] < Grade.NEVER:
                start, end = words.span(first, first + length - 1)
                end += words.text[end:end + 1] == "." and words.text[end - 2:end - 1] == "."
                yield Match(start, end, index.owners[entry], _how(index, entry), 0.8 if length > 3 else 0.6,
                            "it is spelled letter by letter")
                break


def _long(words: Words, index: Index, number: int, lengths: int) -> Iterator[Match]:
    place, bit = words.at[number], lengths.bit_length() - 1
    while bit >= 0:
        if lengths >> bit & 1:
            end = place + HEAD + bit
            entry = index.keys.get(words.squashed[place:end]) if end <= len(words.squashed) else None
            if entry is not None:
                last = words.piece_at(end)
                rest = words.squashed[end:words.at[last + 1]]
                if not rest or rest in _GLUED or rest.isdigit():
                    got = list(_joined(words, index, entry, number, last, place, end))
                    if got:
                        yield from got
                        return
        bit -= 1


def _with_ending(words: Words, index: Index, number: int) -> Iterator[Match]:
    """Short names with a plural s or a legal form glued to them ("Acmes", "acmecorp")."""
    piece = words.pieces[number]
    for ending in ("s", *GLUED):
        stem = piece.removesuffix(ending)
        if stem != piece and 2 < len(stem) < HEAD:
            entry = index.keys.get(stem)
            if entry is not None and index.grades[entry] <= Grade.CAPITAL and stem + "s" not in dictionary():
                yield from _judged(words, index, entry, number, number)
                return


def _joined(words: Words, index: Index, entry: int, first: int, last: int, place: int, end: int) -> Iterator[Match]:
    """A find over several pieces, if what stands between them can stand inside a name."""
    if first == last:
        yield from _judged(words, index, entry, first, last)
        return
    key = words.squashed[place:end]
    edges, position = set(), 0
    for word in forms_of(index, entry, key):
        position += len(word)
        edges.add(position)
    sure = 1.0
    single = all(len(piece) == 1 for piece in words.pieces[first:last + 1])
    for number in range(first, last):
        gap = words.gap(number)
        edge = words.at[number + 1] - place
        if not gap:
            continue
        if edge in edges:
            if not _LINK.match(gap) or (gap[0] in ".!?:;" and gap[1:] and len(words.pieces[number]) > 4
                                        and f"{words.pieces[number]}." not in index.rows[index.owners[entry]].name.lower()):
                return
            if "," in gap and "," not in index.rows[index.owners[entry]].name:
                return
        elif _INSIDE.match(gap):
            sure = min(sure, 0.9)
        elif not single and not (len(key) >= 8 and {edge - 1, edge + 1} & edges and gap == " "):
            return
        else:
            sure = min(sure, 0.7)
    inner = [number for number in range(first + 1, last + 1) if words.at[number] - place not in edges]
    if len(edges) == 1 and all(piece in dictionary() for piece in words.pieces[first:last + 1]) and "\n" not in (
            words.text[slice(*words.span(first, last))]):
        sure = min(sure, 0.5)
    for match in _judged(words, index, entry, first, last, inner):
        yield Match(match.start, match.end, match.owner, match.how, round(match.confidence * sure, 2), match.reason)


def _how(index: Index, entry: int) -> str:
    return Spelling(index.spellings[entry]).name.lower()


def _judged(words: Words, index: Index, entry: int, first: int, last: int, inner: Sequence[int] = ()) -> Iterator[Match]:
    """The find with its confidence, its legal form or address taken in; nothing when it cannot be meant.

    `inner` are pieces that begin inside a word of the name, such as after a hyphen at a line's end.
    """
    grade = Grade(index.grades[entry])
    capitals = [words.capital(number) for number in range(first, last + 1) if number not in inner]
    start, end = words.span(first, last)
    owner, how = index.owners[entry], _how(index, entry)
    run_start, run_end = address_around(words.text, start, end)
    if (run_start, run_end) != (start, end):
        sure = _address_confidence(words.text[run_start:run_end], start - run_start, end - run_start, grade, how)
        if len(index.rows) > CROWD and re.search(r"://|%", words.text[run_start:run_end]):
            sure = min(sure, 0.48)  # a link to some listed company's page is no sign of a customer
        if sure:
            yield Match(run_start, run_end, owner, "domain", sure, "it stands in an address, handle or file name")
        return
    if grade >= Grade.CONTEXT and not any(capitals):
        return
    if first == last and set(forms_of(index, entry, words.pieces[first])) & _LINKING:
        return  # "cient" is no way to write "CI & T"
    if how == "code_name" and _project_near(words, first, last):
        if first and words.pieces[first - 1] in {"project", "operation", "operatie"} and words.gap(first - 1) == " ":
            start = words.span(first - 1, first - 1)[0]
        yield Match(start, end, owner, how, 0.95, "it is called a project")
        return
    end, legal = _with_legal_form(words, last, end)
    if legal and (capitals[0] or grade is Grade.SAFE):
        yield Match(start, end, owner, how, 0.97, "a legal form follows")
        return
    if grade is Grade.NEVER or how == "domain":
        return
    confidence, reason = _plain_confidence(words, grade, first, last, capitals, start, end, len(index.rows) > CROWD)
    if confidence >= 0.1:
        yield Match(start, end, owner, how, confidence, reason)


def _plain_confidence(words: Words, grade: Grade, first: int, last: int, capitals: list[bool], start: int, end: int,
                      crowd: bool) -> tuple[float, str]:
    """How sure a find is that stands in plain text. In a `crowd` of names ordinary words are doubted more."""
    several = len(capitals) > 1
    if grade is Grade.SAFE:
        if any(capitals):
            alone = crowd and not several and _in_title(words, first, last)
            return (0.48, "it may be part of another name") if alone else (0.95, "")
        return (0.85, "") if several else (0.45, "it is written in lower case")
    if grade is Grade.CONTEXT:
        verdict = weigh(words, start, end, 0.10 if crowd else 0.0)
        return verdict.confidence, verdict.reason
    if several and end - start > 5:
        if "".join(words.pieces[first:last + 1]) in dictionary() and not all(capitals):
            return 0.15, "it is an ordinary word too"
        if all(capitals):
            return (0.48 if crowd else 0.6, "it may be part of a heading") if _in_title(words, first, last) else (
                0.75, "all its words have capitals")
        return (0.3, "only some of its words have capitals") if any(capitals) else (0.2, "it is written in lower case")
    glued = "".join(words.pieces[first:last + 1])
    if glued in dictionary():
        return 0.15, "it is an ordinary word too"
    if len(glued) > 4:  # several ordinary words written as one: nobody does that by chance
        return (0.75, "") if any(capitals) else (0.45, "it is written in lower case")
    if not any(capitals):
        return (0.4 if len(glued) > 3 and not crowd else 0.2), "it is written in lower case"
    if len(glued) <= 2 and not words.upper(first):
        return 0.15, "it is very short"
    verdict = weigh(words, start, end)
    least = 0.3 if len(glued) <= 2 or several else 0.4 if crowd else 0.7
    return max(least, verdict.confidence), verdict.reason


def _in_title(words: Words, first: int, last: int) -> bool:
    """Whether the words beside a find are capitalised too, so that it may be a piece of a longer heading."""
    if first and words.gap(first - 1) == " " and words.capital(first - 1) and words.pieces[first - 1] not in function_words():
        return True
    return (last + 1 < len(words.pieces) and words.gap(last) == " " and words.capital(last + 1)
            and words.pieces[last + 1] not in cues().nouns | LEGAL | function_words())


def _with_legal_form(words: Words, last: int, end: int) -> tuple[int, bool]:
    """Take "Inc." or "B.V." after a name into the span; whether there was one that proves a company."""
    if last + 1 >= len(words.pieces) or not re.fullmatch(r"|\s|,\s?|\s?\(|-", words.gap(last)):
        return end, False
    following = words.pieces[last + 1]
    if following in LEGAL:
        stop = words.span(last + 1, last + 1)[1]
        return stop + bool(re.match(r"\.(?:,|\s+[a-z(])", words.text[stop:])), True
    letters, number = "", last + 1
    while number < len(words.pieces) and len(words.pieces[number]) == 1 and len(letters) < 4:
        letters += words.pieces[number]
        number += 1
        if letters in _PAIRS and words.upper(number - 1):
            stop = words.span(number - 1, number - 1)[1]
            return stop + (words.text[stop:stop + 1] == "." and "." in words.text[stop - 3:stop]), True
    if following in _GROUP and words.capital(last + 1):
        return words.span(last + 1, last + 1)[1], False
    return end, False


def _project_near(words: Words, first: int, last: int) -> bool:
    cue = {"project", "operation", "codename", "code", "programme", "program", "projectnaam", "operatie"}
    near = [number for number in (first - 1, first - 2, last + 1) if 0 <= number < len(words.pieces)]
    return any(words.pieces[number] in cue for number in near)


def address_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The address, handle, path or identifier that a span stands in; the span itself when it stands in none."""
    left, right = start, end
    while left > 0 and _RUN.match(text[left - 1]):
        left -= 1
    while right < len(text) and _RUN.match(text[right]):
        right += 1
    while right > end and text[right - 1] in ".,:;?!-/":
        right -= 1
    run = text[left:right]
    if (left, right) != (start, end) and _ADDRESS.search(run):
        return left, right
    if text[left:start].endswith("$") or text[left:start].endswith("@"):
        return start - 1, end
    return start, end


def _address_confidence(run: str, at: int, end: int, grade: Grade, how: str) -> float:
    """How sure a find is from `at` to `end` in an address: everybody links to the great platforms, and ordinary words
    stand in many paths and identifiers by chance, so they count only as the very name of a host."""
    host = _HOST.search(run)
    if "utm_" in run or (host and ".".join(host["host"].lower().split(".")[-2:]) in cues().hosts and "@" not in run):
        return 0.3
    if grade <= Grade.CAPITAL or how == "domain":
        return 0.92
    if host and (host["sign"] or host["host"].split(".")[-1] in _TLD):
        labels = host["host"].split(".")
        name = host.end("host") - len(".".join(labels[-2:]))
        if (name, name + len(labels[-2])) == (at, end):
            return 0.7 if grade is Grade.CONTEXT else 0.3
    return 0.3 if run[0] in "#@" and grade is Grade.CONTEXT else 0.0


_TICKER = re.compile(r"(?P<mark>\$|\b(?:NYSE|NASDAQ|AMS|LSE|EPA|ETR|Euronext|ticker(?: symbol)?|symbol)\s?[:=]?\s?)?"
                     r"(?<![\w.])(?P<name>[A-Z0-9]{2,6})(?:\.[A-Z]{1,3})?\b(?!\.\w)")


def _tickers(text: str, index: Index) -> Iterator[Match]:
    """Tickers as given, in capitals: sure with an exchange, a dollar sign or the word beside it, possible without."""
    for match in _TICKER.finditer(text):
        owner = index.tickers.get(match["name"])
        if owner is None or match["name"].isdigit():
            continue
        if match["mark"]:
            yield Match(*match.span(), owner, "ticker", 0.9, "an exchange or ticker stands beside it")
        elif re.search(r"(?i)\b(?:ticker|shares?|stock|nyse|nasdaq|aandelen)\b", text[:match.start()][-40:]):
            yield Match(*match.span("name"), owner, "ticker", 0.9, "an exchange or ticker stands beside it")
        elif len(match["name"]) >= 3 and match["name"].lower() not in dictionary():
            yield Match(*match.span("name"), owner, "ticker", 0.4, "it is written as the ticker is")


def short_forms(words: Words, wanted: Mapping[str, tuple[int, str, Grade]], crowd: bool) -> Iterator[Match]:
    """Acronyms and first words (`wanted`: folded form -> owner, how, grade) of customers that the document names."""
    for number, piece in enumerate(words.pieces):
        form = piece if piece in wanted else piece[:-1] if piece[-1] == "s" and piece[:-1] in wanted else ""
        if not form or not words.capital(number):
            continue
        owner, how, grade = wanted[form]
        start, end = address_around(words.text, *words.span(number, number))
        if how == "acronym":
            if words.upper(number) or end - start > len(piece):
                yield Match(start, end, owner, how, 0.85, "its full name stands in this document")
            continue
        sure = 0.85
        if grade >= Grade.CONTEXT:
            sure = min(0.85, weigh(words, start, end).confidence + (0.0 if crowd else 0.2))
        yield Match(start, end, owner, how, max(0.2, sure), "its full name stands in this document")
    for first, last in words.spelled():
        form = "".join(words.pieces[first:last + 1])
        if form in wanted and wanted[form][1] == "acronym":
            start, end = words.span(first, last)
            yield Match(start, end, wanted[form][0], "acronym", 0.85, "its full name stands in this document")
