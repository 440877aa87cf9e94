"""Whether a sentence says its source's words in its source's order, leaving out none that turn the meaning.

A bag of words cannot tell "A beat B" from "B beat A", "12 stores and 40 teams" from the reverse, or "may save" from
"saves". What is written here comes from the author's own sentences, shortened: of 3,300 sentences of twenty packs 98 %
are one run of words of their source and the rest is cut from it in order. So the words are laid along those of the
sources, and three things are refused: a word that is not there, words in another order, and the loss of a word such as
"some", "may" or "without" out of a clause of which the rest was kept. Leaving out a whole clause is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from language.fold import folded
from language.numbers import numbers_in
from language.words import stem, tokens, word_list

#: What divides clauses; "Top Ten The Most Common Mistakes" has a subtitle that begins with its article.
_CLAUSE = re.compile(r"[;:.!?,()\[\]–—\n\"“”„…|/]|\s-\s|(?<=\w)\s(?=(?:The|A|An|De|Het|Een)(?:\s[A-Z][\w-]+){2})")
#: "You can see that ..." points at a screen: without it the rest claims the same.
_POINTING = re.compile(
    r"\b(?:you|we|i|je|jullie|u|ik) (?:can|could|may|might|will|should|kan|kun|kunt|kunnen|zal|zullen)(?: \w+){0,2}? "
    r"(?:see|notice|read|note|tell|zien|lezen|merken)\b"
    r"|\b(?:kunt?|kan|kunnen) (?:je|jullie|u|we)(?: \w+){0,2}? (?:zien|lezen|merken)\b")
_SHORT = {"can't": "can", "won't": "will", "shan't": "shall"}
_HYPHEN = re.compile(r"\b[A-Za-z][a-z]+-[a-z]{2,}\b")
_CURRENCY = re.compile(r"[$€£¥₹]")
#: Fewer words than this, without a full stop, are a name or a tag and no statement.
_STATEMENT = 4
#: How much a matched word counts, and how much more beside another: of two ways to lay the words, the unbroken one.
_MATCH, _BESIDE = 10, 1


@lru_cache(maxsize=2048)
def disorder(text: str, sources: tuple[str, ...], language: str) -> str:
    """What is wrong, in words that repeat no text; '' when nothing is, or when the language has no word lists."""
    stop = word_list("stop", language)
    said = _words(text, language)
    if not stop or not said:
        return ""
    if not set(_CURRENCY.findall(text)) <= set(_CURRENCY.findall(" ".join(sources))):
        return "has a currency that its source does not have"
    turning = word_list("turning", language) | word_list("negation", language)
    words, clauses = _clauses(tuple(_whole_words(source, said) for source in sources), language)
    pairs = _laid([stem(word, language) for word in said], [stem(word, language) for word in words])
    harmless = (stop - turning) | word_list("glue", language)
    for position, word in enumerate(said):
        elsewhere = word.isdigit() and word not in words  # "12" for "twelve": the numbers are compared on their own
        if position not in pairs and not elsewhere and word not in harmless:
            return "has words that stand in another order, or not at all, in its source"
    if len(said) < _STATEMENT and not text.rstrip().endswith((".", "!", "?")):
        return ""
    kept = set(pairs.values())
    if any(word in turning for run in _left_out(words, clauses, kept, turning)
           if not _POINTING.search(" ".join(run)) for word in run):
        return "leaves out a word that changes what its source says"
    return ""


def _whole_words(source: str, said: list[str]) -> str:
    """A source with the words whole that the end of a row had cut ("manage-ment") and that are said whole."""
    def whole(match: re.Match[str]) -> str:
        word = match[0].replace("-", "")
        return word if word.lower() in said else match[0]

    return _HYPHEN.sub(whole, source)


def _left_out(words: list[str], clauses: list[int], kept: set[int], turning: frozenset[str]) -> Iterator[list[str]]:
    """The runs of words that were left out of clauses of which something was kept.

    What another clause says as well, with no such word beside it, was taken from there: two titles share words.
    """
    whole: dict[int, list[str]] = {}
    taken: dict[int, list[str]] = {}
    for place, word in enumerate(words):
        whole.setdefault(clauses[place], []).append(word)
        if place in kept:
            taken.setdefault(clauses[place], []).append(word)
    told = {clause for clause, run in taken.items() if not any(
        other != clause and not turning & set(said) and _within(run, said) for other, said in whole.items())}
    run: list[str] = []
    for place, word in enumerate(words):
        if place in kept or clauses[place] not in told or (run and clauses[place] != clauses[place - 1]):
            if run:
                yield run
            run = []
        if place not in kept and clauses[place] in told:
            run.append(word)
    if run:
        yield run


def _within(run: list[str], words: list[str]) -> bool:
    return any(words[start:start + len(run)] == run for start in range(len(words) - len(run) + 1))


def _words(text: str, language: str) -> list[str]:
    """The words of a text with numbers as digits and "n't" as "not", so that both ways of writing meet."""
    found: list[str] = []
    for word in tokens(folded(text)):
        if word.endswith("n't"):
            found += [_SHORT.get(word, word.removesuffix("n't")), "not"]
        elif not word[0].isdigit() and (numbers := numbers_in(word, language)):
            found.append(f"{numbers[0].value:g}")
        else:
            found += ["can", "not"] if word == "cannot" else [word]
    return found


def _clauses(sources: tuple[str, ...], language: str) -> tuple[list[str], list[int]]:
    """All words of the sources in order, and for each the number of its clause."""
    words: list[str] = []
    clauses: list[int] = []
    for number, clause in enumerate(part for source in sources for part in _CLAUSE.split(source)):
        found = _words(clause, language)
        words += found
        clauses += [number] * len(found)
    return words, clauses


def _laid(said: list[str], words: list[str]) -> dict[int, int]:
    """Position in `said` -> position in `words`, in order: the unbroken run where there is one, else the best subsequence."""
    for start in range(len(words) - len(said) + 1):
        if words[start:start + len(said)] == said:
            return {position: start + position for position in range(len(said))}
    best = [[0] * (len(words) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) - 1, -1, -1):
        for j in range(len(words) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], _worth(said, words, i, j, best))
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(said) and j < len(words):
        if said[i] == words[j] and best[i][j] == _worth(said, words, i, j, best):
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(said: list[str], words: list[str], i: int, j: int, best: list[list[int]]) -> int:
    if said[i] != words[j]:
        return 0
    beside = said[i + 1:i + 2] == words[j + 1:j + 2] != []
    return best[i + 1][j + 1] + _MATCH + (_BESIDE if beside else 0)
