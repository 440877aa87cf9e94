"""A document after people (or the policy) decided: the only text that generators ever see.

Only `rules.clearing` makes a ClearedDocument; a test holds every other module to that. It is not a Document and cannot
be passed for one, so a generator that is handed uncleared text does not pass the type checker.
"""

from __future__ import annotations

from content.document import Body
from content.frozen import Frozen


class WithheldString(Frozen):
    """A string that must not leave, in a form to search for.

    `text` is as it stood in the source. `whole_word` asks the leak gate to find it only between word boundaries, which
    is right for short strings and ordinary words; longer ones are also searched with everything but letters and digits
    taken out.
    """

    text: str
    group: str
    whole_word: bool = False
    #: Only as it stands, capitals included: for names that are also ordinary words ("Orange", "Mark").
    case_sensitive: bool = False


class Withheld(Frozen):
    """Every string, with its known variants, that was masked, replaced, removed or dropped with its unit."""

    strings: tuple[WithheldString, ...] = ()


class Doubt(Frozen):
    """Why a replacement that somebody decided on may still give away who is meant; `text` never quotes the withheld."""

    group: str
    text: str
    #: The words of a replacement that fits one customer alone, without an article: no opening, quotation or title says them.
    telling: str = ""


class ClearedDocument(Body):
    """The same shape as a Document with decisions applied; undecided findings of weight are masked.

    Hidden units, dropped units, units with an open mark of confidentiality and the parts that are scanned only are not in it.
    """

    #: Findings that still hold the pack; 0 means that everything of weight is decided.
    open_findings: int = 0
    #: Units that had something withheld: their own picture may not enter a pack.
    touched_units: frozenset[int] = frozenset()
    #: Units with something open that no mask mends: a line about somebody, something private, something hidden. Until it is
    #: decided nothing short is made of them.
    open_units: frozenset[int] = frozenset()
    #: Units left out, with the reason from a closed list ("dropped", "hidden", "waiting").
    left_out: dict[int, str] = {}
    #: Replacements that may still give somebody away: for the run's output and the report.
    doubts: tuple[Doubt, ...] = ()
    #: Digest of decisions, policy and rule versions, so that a pack says what it was cleared with.
    clearing: str = ""
