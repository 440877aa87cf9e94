"""Which of two hits in the same place stands: one finding for one thing.

Hits compete only within a family. Names: a customer beats an organisation, the longer beats the shorter. Tokens: a
credential beats an identifier beats a contact; an e-mail is not also a link; no person is found inside an address. What
a sentence says (a promise, a figure, a rant) competes only with its own kind. A customer is never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from content.finding import Category
from rules.catalogue import Catalogue
from rules.detector import Hit

_TOKENS = (Category.CREDENTIAL, Category.IDENTIFIER, Category.CONTACT)
_NAMES = (Category.CUSTOMER, Category.PERSON, Category.ORGANISATION)
#: Among contacts, the more telling first.
_CONTACTS = ("email", "phone", "handle", "url")


def resolve(hits: Sequence[Hit], known: Catalogue) -> list[Hit]:
    """The hits that stand, in no particular order."""
    families: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    free: list[Hit] = []
    for hit in hits:
        category = known.rule(hit.rule).category
        if hit.block is None:
            free.append(hit)
        elif category in _TOKENS:
            families["tokens", hit.block.id].append(hit)
        elif category in _NAMES:
            families["names", hit.block.id].append(hit)
        else:
            families[category.value, hit.block.id].append(hit)
    kept: list[Hit] = list(dict.fromkeys(free))
    tokens: dict[str, list[Hit]] = defaultdict(list)
    for (family, block), members in sorted(families.items(), key=lambda item: item[0][0] != "tokens"):
        taken: list[Hit] = []
        for hit in sorted(members, key=lambda hit: _rank(hit, known)):
            category = known.rule(hit.rule).category
            if any(other.start < hit.end and other.end > hit.start for other in taken):
                continue
            if family == "names" and category is not Category.CUSTOMER and _inside(hit, tokens[block]):
                continue
            taken.append(hit)
        if family == "tokens":
            tokens[block] = taken
        kept.extend(taken)
    return kept


def _inside(hit: Hit, tokens: Sequence[Hit]) -> bool:
    return any(token.start < hit.end and token.end > hit.start for token in tokens)


def _rank(hit: Hit, known: Catalogue) -> tuple[int, float, float, int, str]:
    """Smaller stands first."""
    category = known.rule(hit.rule).category
    length = hit.end - hit.start
    if category in _TOKENS:
        last = hit.rule.rpartition(".")[2]
        kind = _CONTACTS.index(last) if last in _CONTACTS else 0
        return (_TOKENS.index(category), kind, -length, -int(hit.confidence * 1000), hit.rule)
    if category in _NAMES:
        return (0 if category is Category.CUSTOMER else 1, -length, -hit.confidence, hit.start, hit.rule)
    severity = hit.severity or known.rule(hit.rule).severity
    return (-severity.rank, -length, -hit.confidence, hit.start, hit.rule)
