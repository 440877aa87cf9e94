"""Judges one sentence about one target: does it make the target look bad, and by what.

The target's name is put behind a sign first, so that a company called "Poor & Sons" is not poor. Then the sentence is cut
into clauses ("Our platform is fantastic, but their process was a joke"), each clause is given to whom it is about, and
three things are looked for: ways of saying ("it took six reminders"), bad words that nobody turns round ("fights fraud"
turns it, "without a complaint" too), and negations in front of anything else ("never tests its backups"). It gives a kind,
never a verdict: people decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rules.reputation_words import EVERY, OTHER, SURE, TARGET, Lexicon, Token, lexicon, tokens

_CLAUSE = re.compile(
    r"\s*(?:;|:\s|—|\s–\s|\s-\s|,?\s*\b(?:but|yet|although|though|whereas|while|because|since|only after|which is|maar|"
    r"hoewel|terwijl|omdat|pas nadat|doch)\b|"
    r",\s+(?:and |en |so |dus |then )?(?=(?:we|they|it|he|she|our|their|i|ze|zij|hun|wij|onze)\b)|"
    r",\s+(?=(?:the |de |het )?§)|,?\s+(?:and|so|en|dus)\s+(?=(?:the |de |het )?(?:\S+ ){0,2}§)|"
    r",\s+(?=(?:\S+ ){0,4}(?:for|of|at|bij|van|voor) §))\s*",
    re.IGNORECASE,
)
_WE = re.compile(r"^[^\w§¤]*(?:(?:and|so|then|en|dus|luckily|gelukkig) )?(?:we|our|i|my|us|wij|onze|ons|mijn|ik)\b",
                 re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|their|them|its|it|he|she|his|her|ze|zij|hun|hen)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|no|none|nobody|no one|nothing|neither|cannot|hardly|barely|rarely|seldom|without|(?:has|have|"
    r"had) yet to|"
    r"niet|nooit|geen|niemand|niets|niks|nauwelijks|zelden|zonder)\b|n't\b", re.IGNORECASE)
#: What may be negated without blame: "does not use paper any more", "never stops improving", "did not need us".
_NO_BLAME = re.compile(
    r"^\s*(?:only|just|merely|need\w*|want (?:to (?:go back|return)|more|anything|any)|have to|has to|mind\w*|"
    r"hesitat\w*|stop\w*|give up|hide|doubt\w*|regret|differ|"
    r"\S* ?longer|more\b|perfect|alone|(?:be|been) (?:happier|better|prouder|more|so|gelukkiger|beter)|go wrong|"
    r"wait to|wachten om|compromise|compromis|wonder|charge|belong|include|cost|mean|sell|sold|operate|depend|easy|"
    r"small|a small|exception|"
    r"the (?:only|first|largest)|stranger|secret|wonder|coincidence|question|reason|matter|obstacle|alleen|hoeft|"
    r"hoefde|"
    r"hoeven|nodig|stopt|twijfel\w*|langer|meer|verkoop\w*|kost\w*|zomaar|voor niets|toeval)\b|"
    r"\b(?:any ?more|any longer|of its own|on its own|thrown away|wasted|left behind|weggegooid|verspild|like §|"
    r"zoals §)|"
    r"\b(?:meer|langer|weg)\W*$", re.IGNORECASE)
_ENDS_WELL = re.compile(
    r"^\W*(?:\S+\s+){0,4}?(?:fell|falls|dropped|drops|halved|decreas\w*|disappear\w*|vanish\w*|gone|went away|"
    r"gehalveerd|verdwenen|afgenomen|gedaald|over|voorbij|vindt|vinden|shr[au]nk|"
    r"(?:solved|fixed|mended|resolved|prevented|found|caught|detected|noticed|repaired|gevonden|ontdekt)(?: within|"
    r" in| binnen)?|daal\w*|verdwe\w*|verdwijn\w*|opgelost|voorkomen|hersteld|behind (?:it|them))\b|"
    r"\b(?:made (?:it|them)|turned (?:it|them)|fixed|solved|repaired|rebuilt|replaced|recovered|and won|stronger)\b",
    re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|had|having|with|cause\w*|full of|contain\w*|many|hundreds|thousands|most|half|third|series|"
    r"because of|"
    r"due to|after|another|big|huge|serious|constant|from|number of|again|\d+|two|three|four|five|is|was|are|were|in|"
    r"through|heeft|had|hadden|veroorzaakt\w*|vol|veel|honderden|door|na|weer|ernstige?|grote|met|wegens|zijn)\s+"
    r"(?:\S+\s+){0,3}$", re.IGNORECASE)
_AT = re.compile(r"^\s*(?:\S+\s+){0,4}?(?:at|of|with|in|from|by|inside|bij|van|met|door)\s+(?:the |de |het )?"
                 r"(?:\S+\s+){0,2}?§|^\s*§", re.IGNORECASE)
_OWN = re.compile(r"§(?:'s|s'|')?\s+(?:\S+\s+){0,2}$|§\S*:\s*(?:\S+\s+){0,3}$", re.IGNORECASE)
#: Words that deny or overdo what they are made of: "unfinished", "mislabelled", "hopeless", "onbereikbaar", "kansloos".
_SHAPED = re.compile(r"(?:un|dis|mis|mal|over)[a-z]{3,}(?:ed|ing|able|ible|ive|ful|ent|ant|ate|al|y|ly)$|"
                     r"[a-z]{3,}less(?:ly|ness)?$|(?:on|wan)[a-z]{4,}(?:lijk|lijke|baar|bare|d|de|end|ende|ig|ige|t|"
                     r"te|en)$|"
                     r"[a-z]{3,}lo(?:os|ze)$")
#: "We suffered under Kerwick": what went wrong with us came from the target.
_THEIRS = re.compile(r"\b(?:under|because of|due to|thanks to|at the hands of|onder|door|vanwege|dankzij)\b", re.IGNORECASE)
#: "Without Kerwick this would not exist" is praise.
_MISSED = re.compile(r"\b(?:without|zonder) (?:(?:\S+ ){0,2}§|us\b|our\b|ons\b|onze\b)", re.IGNORECASE)
#: Whoever says that it was us blames nobody else.
_OURS = re.compile(r"\b(?:was|were|is|lag|lagen|is) (?:\S+ )?(?:bij )?(?:ours|our own|our fault|ons|aan ons)\b|"
                   r"\b(?:mistakes?|errors?|faults?|fouten|fout) (?:that |which |die )?(?:we|wij) ", re.IGNORECASE)
#: "Kerwick: many meetings, no decisions": the target heads what follows.
_HEADED = re.compile(r"§\s*(?::|–|—|\s-)\s*(?:[^.:]{0,60},\s*)?$")
_BUT = re.compile(r"\b(?:but|yet|although|though|whereas|except that|only|maar|hoewel|terwijl|alleen)\s*$", re.IGNORECASE)
#: "We trained 300 people, Kerwick kept 12": us and them, side by side.
_COMMA = re.compile(r",\s*$")
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
        pronoun = _THEY.search(sentence)
        if not pronoun:
            return ""
        target = pronoun.span()
    text = _blanked(known, _signed(sentence, target, others))
    clauses = _clauses(text)
    if _OURS.search(text):
        return ""
    found = {kind for kind, pattern in known.said
             if (match := pattern.search(text)) and not _turned(known, text, match.start(), clauses, kind)}
    for begin, stop in clauses:
        clause, before = text[begin:stop], text[:begin]
        if begin and TARGET in clause and _WE.match(before) and _COMMA.search(before) and not _said_bad(known, before):
            found |= {"" if known.good.anywhere(tokens(clause)) else "hint"}
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
    for match in _CLAUSE.finditer(text):
        if match.start() > position:
            spans.append((position, match.start()))
        position = match.end()
    spans.append((position, len(text)))
    return spans


def _is_about(clause: str, before: str) -> bool:
    """Whether a clause names the target, speaks of "they" after it was named, or goes on about it."""
    return TARGET in clause or (TARGET in before and (bool(_THEY.search(clause)) or not _WE.match(clause)))


def _words(known: Lexicon, clause: str) -> str:
    said = tokens(clause)
    ours, sign = bool(_WE.match(clause)), clause.find(TARGET)
    for kind, phrases in known.words:
        for place, token in enumerate(said):
            size = phrases.at(said, place)
            if not size:
                continue
            after = said[place + size:]
            end = said[place + size - 1].end
            if _is_trade(known, after) or _ENDS_WELL.search(clause[end:]) or (after and after[0].word in _DUTCH_NOT):
                continue
            if _reversed(known, said[:place]):
                continue
            if ours and (sign < 0 or (end <= sign and not _THEIRS.search(clause[end:sign]))):
                continue
            if kind == "trouble" and (known.good.anywhere(said) or not _has(clause, token.start, end)):
                continue
            return kind
    return ""


def _is_trade(known: Lexicon, after: Sequence[Token]) -> bool:
    """Whether the next word, or the one after it, makes a trade of a bad word: "fraud team", "fire and flood insurance"."""
    if not after:
        return False
    return bool(known.trades.at(after, 0) or (len(after) > 1 and len(after[0].word) > 3 and known.trades.at(after, 1)))


def _has(clause: str, start: int, end: int) -> bool:
    """Whether trouble is the target's: it has it, it is at the target's, or the target's name stands before it."""
    before, after = clause[:start], clause[end:]
    return bool(_OWN.search(before) or _AT.search(after) or (TARGET in before and _HAS.search(before)))


def _reversed(known: Lexicon, before: Sequence[Token]) -> bool:
    """Whether the last few words turn round what follows. Only words after the target's name count, if it is near."""
    near = list(before[-_NEAR:])
    names = [place for place, token in enumerate(near) if token.word == TARGET]
    if names and not any(_NOT.fullmatch(token.word) for token in near):
        near = near[names[-1] + 1:]
    return known.turning.anywhere(near) or any(_NOT.fullmatch(token.word) or token.word == "t" for token in near)


def _lack(known: Lexicon, clause: str, before: str) -> str:
    """A negation about the target in front of something that is not bad: "has no plan", "nobody reads it"."""
    if not (TARGET in clause or _THEY.search(clause) or _HEADED.search(before)):
        return ""
    for match in _NOT.finditer(clause, max(0, clause.find(TARGET)) if _WE.match(clause) else 0):
        if _WE.match(clause) and TARGET not in clause:
            break
        after = clause[match.end():]
        said = tokens(after)
        told = tokens(clause[:match.start()])
        if _NO_BLAME.search(after) or _MISSED.search(clause) or known.good.anywhere(told):
            continue
        if told and (told[-1].word in _NO_NEED or any(phrases.anywhere(told[-2:]) for _, phrases in known.words)):
            continue
        bad = any(phrases.anywhere(said) for _, phrases in known.words)
        if not bad and not any(kind in _TURNABLE and pattern.search(after) for kind, pattern in known.said):
            return "lack"
    return ""


def _said_bad(known: Lexicon, text: str) -> bool:
    """Whether any bad word or negation stands in a text."""
    said = any(kind in _TURNABLE and pattern.search(text) for kind, pattern in known.said)
    return said or bool(_NOT.search(text)) or any(phrases.anywhere(tokens(text)) for _, phrases in known.words)


def _contrast(known: Lexicon, clause: str, before: str) -> str:
    """Praise, then "but", then the target without praise: "Great demo, but Kerwick had invited everybody"."""
    if not _BUT.search(before) or _WE.match(clause) or not known.good.anywhere(tokens(before)):
        return ""
    return "" if known.good.anywhere(tokens(clause)) else "lack"


def _hint(known: Lexicon, clause: str) -> str:
    """A word that only may be meant badly, where nothing good is said and nothing turns it round."""
    said = tokens(clause)
    if _WE.match(clause) or known.good.anywhere(said):
        return ""
    if _ENDS_WELL.search(clause):
        return ""
    for place, token in enumerate(said):
        size = known.hints.at(said, place) or int(bool(_SHAPED.match(token.word)) and not known.shapely.at(said, place))
        if size and not _reversed(known, said[:place]) and not _is_trade(known, said[place + size:]):
            return "hint"
    return ""


def _turned(known: Lexicon, text: str, place: int, clauses: list[tuple[int, int]], kind: str) -> bool:
    """Whether a way of saying is turned round in its clause: "replaced its machine from 1989"."""
    begin, stop = max(((start, stop) for start, stop in clauses if start <= place), default=(0, len(text)))
    before = text[begin:place]
    if kind in _TURNABLE and _WE.match(text[begin:stop]) and TARGET not in text[begin:stop]:
        return True
    return (TARGET in before or kind in _TURNABLE) and _reversed(known, tokens(before))
