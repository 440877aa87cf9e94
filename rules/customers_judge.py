"""May a find be meant, and how sure is it: by the name's grade, its capitals, and what stands around it.

The find takes in what belongs to it: its legal form ("Acme Inc."), the address or file name it stands in, the word
"Project" before a code name. Nothing is looked up here; ordinary words are weighed in rules/customers_context.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rules.customers_address import address_around, address_confidence
from rules.customers_context import Verdict, cues, weigh
from rules.customers_found import Match
from rules.customers_index import Spelling
from rules.customers_language import dutch, dutch_word
from rules.customers_lens import Lens
from rules.customers_names import LEGAL, Grade
from rules.customers_words import Words
from rules.vocabulary import dictionary, function_words

_POSSIBLE = 0.48
_SHORT = 4
_LINKING = frozenset({"and", "en", "und"})
_GROUP = frozenset({"group", "groep", "gruppe", "groupe", "holding", "holdings", "company", "co"})
_PAIRS = frozenset({"bv", "nv", "sa", "sas", "llc", "llp", "plc", "spa", "srl", "ab", "as", "ag", "lp", "vof"})
_BEFORE_FORM = re.compile(r"|\s|,\s?|\s?\(|-")
_LINK_OR_CODE = re.compile(r"://|%")
_PROJECT = frozenset({"project", "operation", "codename", "code", "programme", "program", "projectnaam", "operatie"})


def spelling(lens: Lens, entry: int) -> str:
    """The column of the list that a spelling came from, as the rules call it."""
    return Spelling(lens.index.spellings[entry]).name.lower()


def judged(words: Words, lens: Lens, entry: int, first: int, last: int, inner: Sequence[int] = (), *,
           ending: bool = False) -> Iterator[Match]:
    """The find with its confidence, its legal form or address taken in; nothing when it cannot be meant.

    `inner` are pieces that begin inside a word of the name, such as after a hyphen at a line's end. `ending` says that
    the last piece is longer than the name, by a plural "s" or the like.
    """
    index = lens.index
    grade, crowd = _grade_here(words, lens, entry, first, last), lens.crowd
    capitals = [words.capital(number) for number in range(first, last + 1) if number not in inner]
    start, end = words.span(first, last)
    owner, how = index.owners[entry], spelling(lens, entry)
    run_start, run_end = address_around(words.text, start, end)
    if (run_start, run_end) != (start, end):
        sure = address_confidence(words.text[run_start:run_end], start - run_start, end - run_start, grade, how)
        glued = "".join(words.pieces[first:last + 1])
        if how != "domain" and glued in dictionary() and grade <= Grade.CAPITAL:
            sure = min(sure, 0.3)  # "Time Out" in HEALTH_CHECK_TIMEOUT
        if crowd and len(glued) <= _SHORT and "@" not in words.text[run_start:run_end] and words.text[run_start] != "#":
            sure = min(sure, _POSSIBLE)  # three letters stand in every other identifier
        if crowd and _LINK_OR_CODE.search(words.text[run_start:run_end]):
            sure = min(sure, _POSSIBLE)  # a link to some listed company's page is no sign of a customer
        if sure:
            yield Match(run_start, run_end, owner, "domain", sure, "it stands in an address, handle or file name")
        return
    if grade >= Grade.CONTEXT and not any(capitals):
        return
    if first == last and not _LINKING.isdisjoint(lens.forms(entry, words.pieces[first])):
        return  # "cient" is no way to write "CI & T"
    if how == "code_name" and _project_near(words, first, last):
        if first and words.pieces[first - 1] in {"project", "operation", "operatie"} and words.gap(first - 1) == " ":
            start = words.span(first - 1, first - 1)[0]
        yield Match(start, end, owner, how, 0.95, "it is called a project")
        return
    end, legal = _with_legal_form(words, last, end)
    if legal and grade is Grade.CONTEXT and _behind_a_name(words, first):
        yield Match(start, end, owner, how, _POSSIBLE, "it may be the end of another name")
        return
    if legal and (capitals[0] or grade is Grade.SAFE):
        yield Match(start, end, owner, how, 0.97, "a legal form follows")
        return
    if how == "domain" or (grade is Grade.NEVER and (crowd or words.pieces[first] in function_words())):
        return
    least = 0.35 if grade is Grade.NEVER else 0.1
    confidence, reason = _plain_confidence(words, lens, grade, first, last, capitals, start, end)
    if ending and first == last:
        if grade is Grade.CONTEXT:
            confidence, reason = max(0.1, confidence - 0.2), "it is a plural"
        elif crowd:
            confidence, reason = min(confidence, _POSSIBLE), "it may be the plural of a word"
    if confidence >= least:
        yield Match(start, end, owner, how, round(confidence, 2), reason)


def _grade_here(words: Words, lens: Lens, entry: int, first: int, last: int) -> Grade:
    """The grade of a spelling in this text: a Dutch word is an ordinary one only where Dutch is written."""
    grade = Grade(lens.index.grades[entry])
    if first == last and grade <= Grade.CAPITAL and dutch(words.text) and dutch_word(words.pieces[first]):
        return Grade.CONTEXT
    return grade


def _plain_confidence(words: Words, lens: Lens, grade: Grade, first: int, last: int, capitals: list[bool], start: int,
                      end: int) -> tuple[float, str]:
    """How sure a find is that stands in plain text. In a crowd of names ordinary words are doubted more."""
    several, crowd = len(capitals) > 1, lens.crowd
    if grade is Grade.SAFE:
        if not any(capitals):
            return (0.85, "") if several else (0.45, "it is written in lower case")
        if crowd and not several and _in_title(words, first, last):
            return _POSSIBLE, "it may be part of another name"
        if crowd and first < last and not several and first and not words.gap(first - 1):
            return _POSSIBLE, "it stands inside another word"
        return 0.95, ""
    if grade >= Grade.CONTEXT:
        doubt = (0.10 if crowd else 0.0) + (0.15 if grade is Grade.NEVER else 0.0)
        verdict = _weighed(words, lens, start, end, doubt)
        inside = (first and not words.gap(first - 1)) or (last + 1 < len(words.pieces) and not words.gap(last))
        return verdict.confidence - 0.25 * bool(inside), "it stands inside another word" if inside else verdict.reason
    glued = "".join(words.pieces[first:last + 1])
    if several and end - start > 5:
        if glued in dictionary() and not all(capitals):
            return 0.15, "it is an ordinary word too"
        if not all(capitals):
            return (0.3, "only some of its words have capitals") if any(capitals) else (0.2, "it is written in lower case")
        if not LEGAL.isdisjoint(words.pieces[first + 1:last + 1]):
            return 0.9, "its legal form stands there"
        if _in_title(words, first, last):
            return (_POSSIBLE if crowd else 0.6), "it may be part of a heading"
        if crowd and last - first < 2:
            verdict = _weighed(words, lens, start, end, 0.0)
            likely = verdict.confidence >= 0.5 and "\n" not in words.text[start:end]
            return (0.6, verdict.reason) if likely else (_POSSIBLE, "its words are ordinary ones")
        return 0.75, "all its words have capitals"
    if glued in dictionary():
        return 0.15, "it is an ordinary word too"
    if len(glued) > 4:  # several ordinary words written as one: nobody does that by chance
        return (0.75, "") if any(capitals) else (0.45, "it is written in lower case")
    if not any(capitals):
        return (0.4 if len(glued) > 3 and not crowd else 0.2), "it is written in lower case"
    if len(glued) <= 2 and not words.upper(first):
        return 0.15, "it is very short"
    verdict = _weighed(words, lens, start, end, 0.10 if crowd else 0.0)
    least = 0.3 if len(glued) <= 2 or several else 0.4 if crowd else 0.7
    return max(least, verdict.confidence), verdict.reason


def _weighed(words: Words, lens: Lens, start: int, end: int, doubt: float) -> Verdict:
    return weigh(words, start, end, doubt, None if lens.crowd else lens.known, dutch(words.text))


def _in_title(words: Words, first: int, last: int) -> bool:
    """Whether the words beside a find are capitalised too, so that it may be a piece of a longer heading."""
    if _behind_a_name(words, first) and words.gap(first - 1) == " ":
        return True
    return (last + 1 < len(words.pieces) and words.gap(last) == " " and words.capital(last + 1)
            and words.pieces[last + 1] not in cues().nouns | LEGAL | function_words())


def _behind_a_name(words: Words, first: int) -> bool:
    """Whether a capitalised word that is no function word stands right before a piece."""
    return (first > 0 and words.gap(first - 1) in {" ", "-", " & "} and words.capital(first - 1)
            and words.pieces[first - 1] not in function_words())


def _with_legal_form(words: Words, last: int, end: int) -> tuple[int, bool]:
    """Take "Inc." or "B.V." after a name into the span; whether there was one that proves a company."""
    if last + 1 >= len(words.pieces) or not _BEFORE_FORM.fullmatch(words.gap(last)):
        return end, False
    following = words.pieces[last + 1]
    if following in LEGAL:
        stop = words.span(last + 1, last + 1)[1]
        return stop + bool(re.match(r"\.(?:,|\s+[a-z(])", words.text[stop:stop + 3])), True
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
    near = [number for number in (first - 1, first - 2, last + 1) if 0 <= number < len(words.pieces)]
    return any(words.pieces[number] in _PROJECT for number in near)
