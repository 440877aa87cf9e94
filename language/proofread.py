"""Slips of spelling and grammar in a sentence, with what might stand there instead. Offered, never applied.

English goes through harper (rules and a dictionary in the package, no network, no server). Its opinions on style and
formatting are left out: how somebody speaks is no mistake. A word that it does not know is a slip only where it is
written small, stands once in the whole document, and is wrong in British and in American spelling. Dutch has a list of
common slips (`data/nl/slips.txt`) and doubled words. Other languages have nothing, and `reads` says so.

What it costs (harper-py 0.2, 660 sentences of five decks): 140 MB for the one dictionary, which linters of all dialects
share; 1.5 ms a sentence. Two things would cost more and are kept away: harper remembers what it read (120 kB a sentence),
so a linter is replaced after some; and to find what is near a word that is near nothing it builds a table (57 MB, 0.8 s),
so names are not shown to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from language.files import read_lines

if TYPE_CHECKING:
    import harper

_DATA = Path(__file__).parent / "data"
_LEFT_OUT = frozenset({"Style", "Formatting", "Readability", "Enhancement", "Regionalism", "Capitalization", "WordChoice"})
#: Of the choices of words, what is wrong and not merely unusual ("could of").
_WRONG_WORD = re.compile(r"\b(?:could|would|should|must|might) of\b|\b(?:their|there|they're|your|you're|its|it's|then|than|"
                         r"affect|effect|loose|lose)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})[ \t]+\1\b", re.IGNORECASE)
#: Doubled on purpose, in Dutch: "dat dat", "die die", "heel heel".
_MAY_DOUBLE = frozenset({"dat", "die", "heel", "ja", "nee", "zeer", "zij", "had"})
_OFFERED = 3
_SPELLING = "SpellCheck"
#: Groups of harper's rules whose opinions are left out whole; not asked, they cost nothing.
_GROUPS_LEFT_OUT = frozenset({"Proper Nouns", "Initialisms", "Capitalization and Case", "Regionalisms and Dialect"})
#: What harper says of good English: some thirty people, out of date behind a verb, where a preposition might be missing.
_MISTAKEN = re.compile(
    r"should not be used before a number|missing a preposition|adverbs of frequency|compound adjective|Discourse markers|"
    r"^Consider |instead of `ok`|Add a determiner|disagreement in number|counterfactual", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:more|less|rather|other|else|worse|sooner|better|faster|slower|later|earlier|bigger|higher|lower|larger|smaller|longer|"
    r"shorter|older|newer|greater|fewer|cheaper|easier|harder|stronger|further)\b(?:\W+\w+){0,4}\W+$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:^|[.!?;:,]\s+|\b(?:and|but|so|because|if|when|that)\s+)(?:i|we|you|they|he|she|it)\s+$", re.IGNORECASE)
#: Ends and beginnings that make a word of a word though no dictionary has it: askers, untick, triaging, bursty.
_MADE = (re.compile(r"(?:un|re|non|pre|over|under|mis)(?P<stem>[a-z]{4,})"),
         re.compile(r"(?P<stem>[a-z]{3,})(?:ers?|able|less|ness|ish)"),
         re.compile(r"(?P<stem>[a-z]{2,}[bcdfgkmnprstvwz]{2})y"))
_STEM_E = re.compile(r"(?P<stem>[a-z]{3,})(?:ers?|ing|able)")
#: Letters of the shortest word that a dictionary should know, and of each half of a compound ("backdoors").
_SHORTEST, _HALF = 3, 4
#: Texts after which a linter is replaced, with what it remembers of them (12 MB).
_TEXTS_EACH = 100
#: What is written either way and harper's dictionaries do not always know both of: favour, atomise, electrolyse, analogue,
#: archaeology. No more than that: "finaly" and "advice" for the verb are slips, though travelled and defence look alike.
_VARIANTS = tuple((re.compile(pattern), put) for pattern, put in (
    (r"(?<=\w\w)our", "or"), (r"(?<=\w\w\w)is(?=e|ing|ation)", "iz"), (r"(?<=\w)ys(?=e|ing)", "yz"), (r"(?<=\w)ogue", "og"),
    ("[ao]e", "e")))
_AROUND_WORD = "#@\"'()[]{}<>.,:;!?…*_“”-–—"


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a slip stands in the text that was read, what stands there, what might, and why; offsets in characters."""

    start: int
    end: int
    text: str
    offers: tuple[str, ...]
    why: str


def reads(language: str) -> bool:
    """Whether there is anything to read this language with: for English harper has to be installed."""
    return language == "nl" or (language == "en" and find_spec("harper") is not None)


def slips(text: str, language: str, known: Callable[[str], bool]) -> tuple[Slip, ...]:
    """The slips of a text, in order; () in a language that nothing reads.

    `known` says of a lower-case word that the document uses it on purpose: a name, a term, a word that it repeats.
    """
    if language == "nl":
        return _dutch(text)
    return _english(text, known) if language == "en" else ()


class _Reader:
    """A linter of English that starts anew before what it remembers grows: the dictionary stays, a new one takes 4 ms."""

    def __init__(self, american: bool, spelling: bool) -> None:
        """Only the spelling of words, or everything else that is not left out anyway."""
        self._american = american
        self._spelling = spelling
        self._read = 0
        self._linter = self._new()

    def __call__(self, text: str) -> list[harper.Lint]:
        """What harper finds in a text. It is plain text: an asterisk of a slide is no Markdown."""
        import harper

        if self._read == _TEXTS_EACH:
            self._linter, self._read = self._new(), 0
        self._read += 1
        return self._linter.lint(text, language=harper.Language.PLAINTEXT)

    def _new(self) -> harper.Linter:
        import harper

        linter = harper.Linter(dialect=harper.Dialect.AMERICAN if self._american else harper.Dialect.BRITISH)
        linter.set_lint_config(_rules(self._spelling))
        return linter


@cache
def _reader(*, american: bool = False, spelling: bool = False) -> _Reader:
    return _Reader(american, spelling)


@cache
def _rules(spelling: bool) -> dict[str, bool | None]:
    """Which of harper's rules read: that of spelling alone, or the others without the groups that are never offered."""
    import harper

    linter = harper.Linter()
    rules: dict[str, bool | None] = dict(linter.get_default_lint_config())
    if spelling:
        return {name: name == _SPELLING for name in rules}
    unread = [name for group, name in _grouped(linter.get_structured_lint_config()) if group in _GROUPS_LEFT_OUT]
    return rules | dict.fromkeys([_SPELLING, *unread], False)


def _grouped(found: object, group: str = "") -> Iterator[tuple[str, str]]:
    """The rules of harper's nested configuration as (outermost group, rule)."""
    if isinstance(found, list):
        for each in found:
            yield from _grouped(each, group)
    elif isinstance(found, dict):
        if "name" in found:
            yield group, str(found["name"])
        else:
            for value in found.values():
                yield from _grouped(value, group or str(found.get("label", "")))


def _english(text: str, known: Callable[[str], bool]) -> tuple[Slip, ...]:
    # harper takes a straight apostrophe for what it is; a curved one breaks some of its rules. Same length, same offsets.
    plain = text.replace("’", "'").replace("‘", "'")
    found = list(_listed(text, "en", "A common slip."))
    grammar = [lint for lint in _reader()(plain) if not _mistaken(lint, plain)
               and not any(lint.span.start < slip.end and lint.span.end > slip.start for slip in found)]
    for lint in grammar:
        offers, wrong = _offers(lint), lint.problem_text
        if _variant(wrong, offers):
            continue
        if lint.lint_kind == "Spelling" or any(offer.replace(" ", "") == wrong for offer in offers):
            if _own(wrong, known) or (lint.lint_kind == "Spelling" and (not _misspelt(wrong) or _made(wrong))):
                continue
        elif "mass noun" in lint.message or (lint.lint_kind in _LEFT_OUT and not (
                lint.lint_kind == "WordChoice" and _WRONG_WORD.search(wrong))):
            continue
        found.append(_slip(lint, text, offers))
    for lint in _reader(spelling=True)(_without_own(plain, known)):
        beside = all(lint.span.end <= each.span.start or each.span.end <= lint.span.start for each in grammar)
        offers, wrong = _offers(lint), lint.problem_text
        beside = beside and not any(lint.span.start < slip.end and lint.span.end > slip.start for slip in found)
        if beside and offers and not _own(wrong, known) and not _variant(wrong, offers) and _misspelt(wrong) and not (
                _made(wrong) or _mistaken(lint, plain)):
            found.append(_slip(lint, text, offers))
    return tuple(sorted(found, key=lambda slip: slip.start))


def _mistaken(lint: harper.Lint, text: str) -> bool:
    """Whether harper is wrong, or only of another taste: words joined or taken apart, a comma, "then" that tells of time."""
    offers, wrong = _offers(lint), lint.problem_text
    before, after = text[:lint.span.start], text[lint.span.end:]
    if _MISTAKEN.search(lint.message) or (offers and not any(map(str.isalnum, offers[0])) and offers[0] != "-"):
        return True
    low = wrong.lower()
    if offers and "".join(offers[0].lower().split()) == "".join(low.split()) and offers[0].lower() != low:
        return True
    if low == "then" and offers[:1] == ("than",):
        return not _COMPARES.search(before)
    if low == "whom":
        return bool(re.search(r"\b(?:of|to|for|with|by|from|about|in|on)\s+$", before))
    if low == "a" and offers[:1] and offers[0].lower() == "an":
        return (wrong == "A" and bool(before)) or not re.match(r"\s+\w", after) or before.endswith("-")
    if low == "there" and re.search(r"\b(?:is|are|was|were)\s+$", before):
        return True
    if lint.lint_kind == "Spelling" and (before.endswith("-") or after.startswith("-") or not wrong.isascii()):
        return True
    if low == "no in":
        return bool(re.search(r"\byes\b", before, re.IGNORECASE))
    return "agree with its subject" in lint.message and not _SUBJECT.search(before)


def _made(word: str) -> bool:
    """Whether an unknown word is made of known ones, or too short or too odd to be judged: env, bcrypt, backdoors."""
    if len(word) < _SHORTEST or not re.search("[aeiou]", word):
        return True
    stems = [found["stem"] for each in _MADE if (found := each.fullmatch(word))]
    if found := _STEM_E.fullmatch(word):
        stems.append(found["stem"] + "e")
    if any(not _misspelt(stem) for stem in stems):
        return True
    return any(not _misspelt(word[:at]) and not _misspelt(word[at:]) for at in range(_HALF, len(word) - _HALF + 1))


def _offers(lint: harper.Lint) -> tuple[str, ...]:
    return tuple(each.replacement_text for each in lint.suggestions if each.replacement_text)[:_OFFERED]


def _slip(lint: harper.Lint, text: str, offers: tuple[str, ...]) -> Slip:
    return Slip(lint.span.start, lint.span.end, text[lint.span.start:lint.span.end], offers, lint.message)


def _own(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word is the author's own affair: not written small, not a word at all, or used on purpose."""
    return not word.islower() or not _WORD.fullmatch(word) or known(word)


def _without_own(text: str, known: Callable[[str], bool]) -> str:
    """A text with blanks for the words that are no slips whatever harper says; addresses and the like stay whole."""
    def blank(match: re.Match[str]) -> str:
        word = match.group().strip(_AROUND_WORD)
        return " " * len(match.group()) if _WORD.fullmatch(word) and _own(word, known) else match.group()

    return re.sub(r"\S+", blank, text)


def _variant(word: str, offers: tuple[str, ...]) -> bool:
    """Whether the first offer is the same word as it is written on the other side of the ocean."""
    return bool(offers) and _folded(offers[0]) == _folded(word) and offers[0] != word


def _folded(word: str) -> str:
    for pattern, put in _VARIANTS:
        word = pattern.sub(put, word)
    return word


@lru_cache(maxsize=1000)
def is_word(word: str, language: str) -> bool:
    """Whether a word that is written small stands in the dictionary; False where there is none for the language."""
    return language == "en" and reads(language) and not _misspelt(word)


def _misspelt(word: str) -> bool:
    """Whether American spelling does not know the word either."""
    return bool(_reader(american=True, spelling=True)(f"The {word}"))


def _dutch(text: str) -> tuple[Slip, ...]:
    found = [Slip(match.start(), match.end(), match.group(), (match[1],), "Het woord staat er twee keer.")
             for match in _DOUBLED.finditer(text) if match[1].lower() not in _MAY_DOUBLE]
    found += _listed(text, "nl", "Een veelgemaakte verschrijving.")
    return tuple(sorted(found, key=lambda slip: slip.start))


def _listed(text: str, language: str, why: str) -> Iterator[Slip]:
    """What stands in the list of slips of a language."""
    for pattern, put in _list(language):
        for match in pattern.finditer(text):
            offer = put[:1].upper() + put[1:] if match.group()[:1].isupper() else put
            yield Slip(match.start(), match.end(), match.group(), (offer,), why)


@cache
def _list(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The pairs of slips.txt, "wrong = right", longest first."""
    pairs = [tuple(part.strip() for part in line.split("=", 1)) for line in read_lines(_DATA / language / "slips.txt")]
    return tuple((re.compile(rf"(?<![\w-]){re.escape(pair[0])}(?![\w-])", re.IGNORECASE), pair[1])
                 for pair in sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
