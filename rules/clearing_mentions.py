"""Who is who among the edits of one text: second mentions, names in brackets behind the name, two people in a sentence.

Before any words are put in, the edits are looked at together: "Norwick Mutual Insurance (NMI)" is one mention, "Pia
Vermolen of Halden Foods" is no colleague of ours, and two different groups never bear the same words in one text. What a
person decided stays as it is but for "another" and "the". Nothing here changes a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.finding import Category
from language.files import word_set
from language.sentences import sentence_span
from rules.clearing_before import Before
from rules.clearing_edits import Edit, Kind
from rules.clearing_named import named_otherwise
from rules.masks import numbered, the_first, wording
from rules.phrases import articled, bare, head_noun
from rules.roles import behind, elsewhere, is_title, relations, role_of

_CALLED = re.compile(
    r"(?i)(?:^|[.!?]\s+)(?P<word>dear|thanks?|thank you|many thanks|hi|hello|welcome|congratulations|well done|beste|"
    r"bedankt|dank je|dank u|dank jullie wel|hallo|hoi|welkom|gefeliciteerd|proficiat),?\s*$")
#: The same behind what they are there: "Pia Vermolen, head of planning at ", "Pia Vermolen, who plans for ".
_AT = re.compile(r"^,\s+(?:(?:who|die)\s[\w'’ -]{2,80}\s(?:at|for|bij|voor)|[\w'’ -]{3,50}\s(?:at|bij))\s+$")
_OF = re.compile(r"^\s*(?:,?\s*(?:from|of|at|van|bij)\s+|\(\s*)$")
_APPOSED = re.compile(
    r"^,\s+(?P<said>(?:an?|the|one of (?:the|our)|een|de|het|één van (?:de|onze))\s+(?P<noun>[^,.;:()\n]{3,70}?))"
    r"(?P<stop>,\s|(?=[.;:!?]|$|\n))")
_LONG = re.compile(r"[^\W\d_][\w'’-]{2,}")
_SMALL = word_set("the and for with from our your its not but via per")
#: A reference of a list: "Brandt, A. & Olm, B. (2020)"; without its authors it is none.
_REFERENCE = re.compile(r"^\W*[^\n]{0,80}(?:\b[A-Z]\.|&|et al\.)[^\n]{0,80}"
                        r"(?:\((?:19|20)\d\d[a-z]?\)|[\"“„‘].+(?:19|20)\d\d\W*$)")
#: Somebody who only says their own name.
_SELF = re.compile(r"(?i)^\W*(?:(?:hi|hello|hallo|hoi|welkom|welcome),? (?:everyone,? )?)?"
                   r"(?:i['’]m|i am|my name is|ik ben|mijn naam is)\s+$")
#: What somebody in the room is told to do.
_SENT = re.compile(r"(?i)^\W*(?:go on|come on|over to you|toe maar|kom op|ga je gang),?\s+$")
#: Between the names of several people, and how many of them in a row are a crowd.
_AND = re.compile(r"^(?:,\s+|,?\s+(?:and|en|&)\s+)$")
_CROWD = 3
#: What ends a sentence; '' is the end of the text.
_ENDS = ("", ".", "!", "?")
_CROWDS = {"en": ("colleagues", "others"), "nl": ("collega's", "anderen")}
#: Somebody of somewhere else who was spoken of before.
_THAT = {"en": "that person", "nl": "die persoon"}
_THANKS = re.compile(r"(?i)\s*(?:(?:many |special )?thanks to|(?:met )?dank aan)\b")
#: Before a name under a quotation: nothing, or the dash and a title of whoever said it.
_SIGNED = re.compile(r"^\s*(?:[—–-]+\s*(?:[A-Z][\w.]*\s+)?)?$")
#: Before a name: whose colleague it is.
_WHOSE = re.compile(r"(?i)\b(?:their|our|my|your|hun|onze|mijn|jullie)\s+$")
#: Behind the name of a month: "Pia Vermolen, Halden Foods, October 2031" is no title.
_YEAR = re.compile(r"\s+(?:19|20)\d\d\b")
#: Two of these in one text would read as one: "a colleague and a colleague".
_NAMES = frozenset({Category.CUSTOMER, Category.ORGANISATION, Category.PERSON})


def mentions(text: str, edits: Sequence[Edit], language: str, before: Before | None = None) -> list[tuple[Edit, bool]]:
    """The edits in order, some of them reworded or widened, each with whether its thing was mentioned before.

    Who was spoken of in the texts `before` was mentioned; those of this text are added there.
    """
    before = Before({}) if before is None else before
    told = _told(text, _apposed(text, _without_brackets(text, edits, language)), language)
    told = named_otherwise(text, _joined(text, _crowd(text, told, language), language), language)
    seen: set[str] = set()
    result: list[tuple[Edit, bool]] = []
    for edit in _distinct(told, language, before):
        worded = edit.kind in {Kind.MASK, Kind.TEXT}
        named = worded and bool(edit.group)
        if named and edit.group in seen and any(
                other.group != edit.group and other.group in seen and other.text == numbered(edit.text, 2, language)
                for other, _ in result):
            edit = replace(edit, text=the_first(edit.text, language))  # "the insurer" could be either
        elif named and edit.group in seen and edit.about is Category.PERSON and edit.text == wording(language).somebody:
            edit = replace(edit, text=_THAT.get(language, edit.text))
        again = named and (edit.group in seen or (edit.about is Category.PERSON and _known(edit, before, language)))
        result.append((replace(edit, titled=worded and _in_title(text, edit, edits)), again))
        if named or (edit.kind is Kind.CUT and edit.about is Category.PERSON):
            seen.add(edit.group)
    for edit, _ in result:
        if edit.group and edit.about is Category.PERSON and edit.kind in {Kind.MASK, Kind.CUT}:
            before.seen.add(edit.group)
            before.roles[edit.text] = edit.group
    return result


def _known(edit: Edit, before: Before, language: str) -> bool:
    """Whether somebody was spoken of in the texts before by the same words; a role is known in all of the document."""
    if edit.text == wording(language).category[Category.PERSON.value]:
        return edit.group in before.seen
    return edit.kind is Kind.MASK and before.roles.get(edit.text) == edit.group


def _in_title(text: str, edit: Edit, edits: Sequence[Edit]) -> bool:
    """Whether all words of the line, but for the names that go, have capitals, and more than its first word."""
    start, end = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    end = len(text) if end < 0 else end
    if not text[edit.start:edit.start + 1].isupper() or re.search(r"[.!;]\s*$", text[start:end]) or (
            _THANKS.match(text[start:end])):
        return False
    if _SIGNED.match(text[start:edit.start]) and (text[edit.end:edit.end + 1] == "," or text[start:edit.start].strip()):
        return False
    words = [match for match in _LONG.finditer(text, start, end) if match.group().lower() not in _SMALL
             and not any(other.start <= match.start() < other.end for other in edits)]
    telling = [word for word in words if word.group()[0].isupper() and not word.group().isupper()
               and text[start:word.start()].strip(" \t-•*–\"'“‘(") and not _YEAR.match(text, word.end())]
    return bool(telling) and all(word.group()[0].isupper() for word in words)


def _without_brackets(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """A name that only says the one before it again, in brackets, goes with its brackets; a greeting loses its name."""
    kept: list[Edit] = []
    words = wording(language)
    for edit in edits:
        last = kept[-1] if kept else None
        if edit.kind in {Kind.MASK, Kind.TEXT} and edit.about in _NAMES:
            if last is not None and last.group == edit.group and re.fullmatch(
                    r"\s*\((?:[A-Z]{2,8}(?: [A-Z][a-z]+)?:\s*|also |ook |aka |a\.k\.a\. )?", text[last.end:edit.start]) and (
                    text[edit.end:edit.end + 1] == ")"):
                kept[-1] = replace(last, end=edit.end + 1, glued="")
                continue
            if text[:edit.start].endswith("(") and text[edit.end:edit.end + 1] == ")" and any(
                    other.group == edit.group and "\n" not in text[other.end:edit.start] for other in kept):
                kept.append(Edit(edit.start, edit.end, Kind.CUT, "", edit.group))
                continue
            called = _CALLED.search(text[:edit.start])
            if called and re.match(r"\s*(?:[!,.]|$)", text[edit.end:]):
                dear = called["word"].lower() in {"dear", "beste"}
                noun = bare(words.category[edit.about.value if edit.about else Category.CUSTOMER.value])
                kept.append(Edit(edit.start, edit.end, Kind.TEXT if dear else Kind.CUT, noun if dear else "", edit.group))
                continue
        kept.append(edit)
    return kept


def _apposed(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """"Halden Foods, a Norwegian retailer, asked" says already what it is: "A Norwegian retailer asked"."""
    result = []
    for number, edit in enumerate(edits):
        found = _APPOSED.match(text[edit.end:])
        end = edit.end + found.end() if found else 0
        alone = number + 1 == len(edits) or edits[number + 1].start >= end
        if (found and alone and edit.kind is Kind.MASK and edit.about is Category.CUSTOMER and not edit.glued
                and not re.search(r"(?:,|\band|\ben)\s+$", text[:edit.start]) and head_noun(found["noun"]) in relations()):
            edit = replace(edit, end=end - (len(found["stop"]) - 1 if found["stop"] else 0), text=found["said"])
        result.append(edit)
    return result


def _told(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """Undecided people by what the text says of them: their role, or that they are somebody of somewhere else."""
    words = wording(language)
    colleague = words.category[Category.PERSON.value]
    said: dict[str, str] = {}
    for number, edit in enumerate(edits):
        if edit.kind is not Kind.MASK or edit.about is not Category.PERSON or edit.group in said:
            continue
        role = role_of(text, edit.start, edit.end, language)
        if role and not (is_title(role) and edit.text != colleague):
            said[edit.group] = role
        elif (elsewhere(text, edit.end, edit.start) and not _WHOSE.search(text[:edit.start])) or (
                number + 1 < len(edits) and edits[number + 1].about in {Category.CUSTOMER, Category.ORGANISATION}
                and _elsewhere(text, edit, edits[number + 1])):
            said[edit.group] = words.somebody
    edits = [replace(edit, text=colleague) if edit.kind is Kind.MASK and edit.text == words.somebody and _WHOSE.search(
        text[:edit.start]) else edit for edit in edits]
    return [replace(edit, text=said[edit.group]) if edit.kind is Kind.MASK and edit.group in said and (
        edit.about is Category.PERSON and (edit.text == colleague or said[edit.group] != words.somebody)) else edit
        for edit in edits]


def _crowd(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """Three and more colleagues in a row are "colleagues"; a reference, and "I'm Pia.", go with the name."""
    colleague = wording(language).category[Category.PERSON.value]
    result: list[Edit] = []
    at = 0
    while at < len(edits):
        edit = edits[at]
        end = at + 1
        if edit.kind is Kind.MASK and edit.about is Category.PERSON:
            line = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
            line = line[0], line[1] if line[1] >= 0 else len(text)
            if _REFERENCE.match(text[line[0]:line[1]]):
                result.append(Edit(*line, Kind.SENTENCE, "", edit.group))
                at = next((n for n in range(at, len(edits)) if edits[n].start >= line[1]), len(edits))
                continue
            opening, close = sentence_span(text, edit.start, edit.end)
            said, rest = text[opening:edit.start], text[edit.end:close]
            if (_SENT.match(said) and rest.startswith(",")) or (_SELF.match(said) and not re.search(r"\w", rest)):
                result.append(Edit(opening, close, Kind.SENTENCE, "", edit.group))
                at = next((n for n in range(at, len(edits)) if edits[n].start >= close), len(edits))
                continue
            while end < len(edits) and edits[end].kind is Kind.MASK and edits[end].about is Category.PERSON and (
                    _AND.match(text[edits[end - 1].end:edits[end].start])):
                end += 1
        if end - at >= _CROWD:
            crowd = _CROWDS[language if language in _CROWDS else "en"]
            ours = all(each.text == colleague for each in edits[at:end])
            start, words = edit.start, crowd[0 if ours else 1]
            ends = re.search(r"\s+(?:and|en|&)\s+$", text[edits[end - 2].end:edits[end - 1].start])
            if ends and text[:start].endswith(", "):  # the "and" of a list that others begin
                start, words = start - 2, (" en " if language == "nl" else " and ") + words
            result.append(replace(edit, start=start, end=edits[end - 1].end, text=words, glued=""))
        else:
            result += edits[at:end]
        at = end
    return result


def _joined(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """"... again is Jonas. Jonas came over" is one sentence about one colleague; Dutch says "Die kwam langs"."""
    result: list[Edit] = []
    for edit in edits:
        last = result[-1] if result else None
        same = last is not None and edit.kind is Kind.MASK is last.kind and edit.about is Category.PERSON and bool(edit.group)
        if (same and last is not None and edit.group == last.group and re.fullmatch(r"\.[ \t]+", text[last.end:edit.start])
                and not last.text.startswith(("the ", "de ")) and re.match(r"\s+[a-z]", text[edit.end:])):
            edit = replace(edit, start=last.end, text=" who", kind=Kind.TEXT, about=None, group="") if language == "en" else (
                replace(edit, text="die", kind=Kind.TEXT, about=None, group=""))
        elif (same and last is not None and edit.group == last.group and (told := behind(text, edit.end)) and (
                re.fullmatch(r"\.[ \t]+", text[last.end:edit.start])) and not told["stop"] and (
                text[edit.end + len(told["all"]):][:1] in _ENDS)):
            # "There is Pia. Pia Vermolen, a nurse at Kelling." is "There is a nurse at Kelling."
            result.pop()
            edit = replace(edit, start=last.start)
        result.append(edit)
    return result


def _elsewhere(text: str, person: Edit, company: Edit) -> bool:
    """Whether the words between a person and the company named next say that the one is of the other."""
    between = text[person.end:company.start]
    return bool(_OF.match(between)) or (bool(_AT.match(between)) and not re.match(r"\s+\w", text[company.end:]))


def _distinct(edits: Sequence[Edit], language: str, before: Before) -> list[Edit]:
    """No two groups with the same words in one text, or in one and those before: the later is "another" or "a second"."""
    taken = dict(before.taken)
    chosen: dict[tuple[str, str], str] = {}
    result = []
    for edit in edits:
        if edit.kind in {Kind.MASK, Kind.TEXT} and edit.about in _NAMES and edit.group and articled(edit.text):
            key = (edit.group, edit.text)
            if key not in chosen:
                number, words = 1, edit.text
                while taken.get(words, edit.group) != edit.group and number < 40:
                    number += 1
                    words = numbered(edit.text, number, language)
                chosen[key] = words
                taken.setdefault(words, edit.group)
                if edit.about is Category.PERSON and edit.kind is Kind.MASK:
                    before.taken.setdefault(words, edit.group)
            edit = replace(edit, text=chosen[key])
        result.append(edit)
    return result
