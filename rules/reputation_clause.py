"""Judges one sentence about one target: does it make the target look bad, and by what.

The target's name is put behind a sign first, so that a company called "Poor & Sons" is not poor. Then the sentence is
cut into clauses ("Our platform is fantastic, but their process was a joke"), each clause is given to whom it is about,
and three things are looked for: ways of saying ("it took six reminders"), bad words that nobody turns round ("fights
fraud" turns it, "without a complaint" too), and negations in front of anything else ("never tests its backups"). It
gives a kind, never a verdict: people decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules import reputation_grammar as grammar
from rules.reputation_words import EVERY, OTHER, SURE, TARGET, Lexicon, Token, lexicon, tokens

_TURNABLE = frozenset({"harm", "late", "legacy"})
_NO_NEED = frozenset({"hoeft", "hoefde", "hoeven", "need", "needs"})
#: Dutch denies behind the verb: "verliest geen pallets".
_DUTCH_NOT = frozenset({"geen", "niet", "nooit", "niets", "no", "nothing", "none"})
#: Words before a bad word in which something may turn it round.
_NEAR = 6


def judge(sentence: str, target: tuple[int, int] | None, others: tuple[tuple[int, int], ...] = (),
          kinds: frozenset[str] = EVERY) -> str:
    """The surest kind of statement, among `kinds`, that makes the target look bad; '' when none does.

    `target` and `others` are spans in the sentence; without a target the first pronoun of a third person stands for it.
    """
    known = lexicon()
    if target is None:
        pronoun = grammar.THEY.search(sentence)
        if not pronoun:
            return ""
        target = pronoun.span()
    text = _blanked(known, _signed(sentence, target, others))
    clauses = _clauses(text)
    if grammar.OURS.search(text):
        return ""
    found = {kind for kind, match in known.said(text) if not _turned(known, text, match.start(), clauses, kind)}
    for begin, stop in clauses:
        clause, before = text[begin:stop], text[:begin]
        if TARGET in clause and _beside_us(known, clause, before):
            found.add("hint")
        if _is_about(clause, before):
            found |= {_words(known, clause) or _lack(known, clause, before) or _contrast(known, clause, before)
                      or _hint(known, clause)}
    return max(found & kinds, key=lambda kind: (SURE[kind], kind), default="")


def _signed(sentence: str, target: tuple[int, int], others: tuple[tuple[int, int], ...]) -> str:
    """The sentence with a sign for the target and for each other name."""
    apart = [(*span, OTHER) for span in others if span[1] <= target[0] or span[0] >= target[1]]
    made, position = [], 0
    for start, end, sign in sorted([(*target, TARGET), *apart]):
        if start >= position:
            made += [sentence[position:start], sign]
            position = end
    return "".join([*made, sentence[position:]])


def _blanked(known: Lexicon, text: str) -> str:
    """The text without phrases of a trade ("disaster recovery")."""
    said = tokens(text)
    for place in range(len(said)):
        if size := known.harmless.at(said, place):
            start, end = said[place].start, said[place + size - 1].end
            text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return text


def _clauses(text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    for match in grammar.CLAUSE.finditer(text):
        if match.start() > position:
            spans.append((position, match.start()))
        position = match.end()
    spans.append((position, len(text)))
    return spans


def _is_about(clause: str, before: str) -> bool:
    """Whether a clause names the target, speaks of "they" after it was named, or goes on about it."""
    if TARGET in clause:
        return True
    return TARGET in before and (bool(grammar.THEY.search(clause)) or not grammar.WE.match(clause))


def _words(known: Lexicon, clause: str) -> str:
    said = tokens(clause)
    ours, sign = bool(grammar.WE.match(clause)), clause.find(TARGET)
    for kind, phrases in known.words:
        for place, token in enumerate(said):
            size = phrases.at(said, place)
            if not size:
                continue
            after = said[place + size:]
            end = said[place + size - 1].end
            if (after and after[0].word in _DUTCH_NOT) or _is_trade(known, after):
                continue
            if grammar.ENDS_WELL.search(clause[end:]) or _reversed(known, said[:place]):
                continue
            if ours and (sign < 0 or (end <= sign and not grammar.THEIRS.search(clause[end:sign]))):
                continue
            if kind == "trouble" and (known.good.anywhere(said) or not _has(clause, token.start, end)):
                continue
            return kind
    return ""


def _is_trade(known: Lexicon, after: Sequence[Token]) -> bool:
    """Whether one of the next two words makes a trade of a bad word: "fraud team", "fire damage insurance"."""
    if not after:
        return False
    return bool(known.trades.at(after, 0) or (len(after) > 1 and len(after[0].word) > 3 and known.trades.at(after, 1)))


def _has(clause: str, start: int, end: int) -> bool:
    """Whether trouble is the target's: it has it, it is at the target's, or the target's name stands before it."""
    before, after = clause[:start], clause[end:]
    if grammar.OWN.search(before) or grammar.AT.search(after):
        return True
    return TARGET in before and bool(grammar.HAS.search(before))


def _reversed(known: Lexicon, before: Sequence[Token]) -> bool:
    """Whether the last few words turn round what follows. Only words after the target's name count, if it is near."""
    near = list(before[-_NEAR:])
    names = [place for place, token in enumerate(near) if token.word == TARGET]
    if names and not any(grammar.NOT.fullmatch(token.word) for token in near):
        near = near[names[-1] + 1:]
    return known.turning.anywhere(near) or any(grammar.NOT.fullmatch(token.word) or token.word == "t" for token in near)


def _lack(known: Lexicon, clause: str, before: str) -> str:
    """A negation about the target in front of something that is not bad: "has no plan", "nobody reads it"."""
    if not (TARGET in clause or grammar.THEY.search(clause) or grammar.HEADED.search(before)):
        return ""
    for match in grammar.NOT.finditer(clause, max(0, clause.find(TARGET)) if grammar.WE.match(clause) else 0):
        if grammar.WE.match(clause) and TARGET not in clause:
            break
        after = clause[match.end():]
        said = tokens(after)
        told = tokens(clause[:match.start()])
        if grammar.NO_BLAME.search(after) or grammar.MISSED.search(clause) or known.good.anywhere(told):
            continue
        if told and (told[-1].word in _NO_NEED or any(phrases.anywhere(told[-2:]) for _, phrases in known.words)):
            continue
        bad = any(phrases.anywhere(said) for _, phrases in known.words)
        if not bad and not any(kind in _TURNABLE for kind, _ in known.said(after)):
            return "lack"
    return ""


def _beside_us(known: Lexicon, clause: str, before: str) -> bool:
    """Whether we stand beside the target with a comma between, and nothing bad of us or good of it is said."""
    if not (grammar.WE.match(before) and grammar.COMMA.search(before)):
        return False
    return not _said_bad(known, before) and not known.good.anywhere(tokens(clause))


def _said_bad(known: Lexicon, text: str) -> bool:
    """Whether any bad word or negation stands in a text."""
    if grammar.NOT.search(text) or any(kind in _TURNABLE for kind, _ in known.said(text)):
        return True
    said = tokens(text)
    return any(phrases.anywhere(said) for _, phrases in known.words)


def _contrast(known: Lexicon, clause: str, before: str) -> str:
    """Praise, then "but", then the target without praise: "Great demo, but Kerwick had invited everybody"."""
    if not grammar.BUT.search(before) or grammar.WE.match(clause) or not known.good.anywhere(tokens(before)):
        return ""
    return "" if known.good.anywhere(tokens(clause)) else "lack"


def _hint(known: Lexicon, clause: str) -> str:
    """A word that only may be meant badly, where nothing good is said and nothing turns it round."""
    said = tokens(clause)
    if grammar.WE.match(clause) or known.good.anywhere(said):
        return ""
    if grammar.ENDS_WELL.search(clause):
        return ""
    for place, token in enumerate(said):
        size = known.hints.at(said, place)
        if not size and grammar.SHAPED.match(token.word) and not known.shapely.at(said, place):
            size = 1
        if size and not _reversed(known, said[:place]) and not _is_trade(known, said[place + size:]):
            return "hint"
    return ""


def _turned(known: Lexicon, text: str, place: int, clauses: list[tuple[int, int]], kind: str) -> bool:
    """Whether a way of saying is turned round in its clause: "replaced its machine from 1989"."""
    begin, stop = max(((start, stop) for start, stop in clauses if start <= place), default=(0, len(text)))
    before = text[begin:place]
    if kind in _TURNABLE and grammar.WE.match(text[begin:stop]) and TARGET not in text[begin:stop]:
        return True
    return (TARGET in before or kind in _TURNABLE) and _reversed(known, tokens(before))
