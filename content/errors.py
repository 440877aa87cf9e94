"""Everything that can go wrong, in one small hierarchy.

    DeckprismError                 what failed, where, what to do next; never the sensitive text
    ├── InputError           (2)   the input cannot be used
    │   ├── UnreadableFile         missing, empty, broken, of no known format
    │   ├── EncryptedFile          needs a password
    │   ├── BadCustomers           the customer list
    │   ├── BadDecisions           the decisions file
    │   ├── BadSettings            deckprism.toml
    │   ├── BadRule                a rule pack
    │   ├── BadOutput              the output folder cannot be written, or holds something else
    │   └── Stale                  somebody else changed a submission in between (store.submissions)
    ├── PackRefused          (1)   a gate refused the whole pack
    ├── NoVoice              (2)   no speech engine, or no voice for the language (generators.speech.voice)
    ├── LostSpeech           (3)   a paragraph could not be spoken (generators.speech.voice)
    └── Fault                (3)   a fault of ours

The number is the exit code of the command. The three with a place behind them stand where they are raised.
"""

from __future__ import annotations


class DeckprismError(Exception):
    """One clear line: what failed, where, and what to do next."""

    exit_code = 3

    def __init__(self, where: str, what: str, todo: str = "") -> None:
        """`where` names the file (and slide), `what` failed, `todo` is the next step, each without a full stop."""
        self.where = where
        self.what = what
        self.todo = todo
        super().__init__(f"{where}: {what}." + (f" {todo}." if todo else ""))


class InputError(DeckprismError):
    """The input cannot be used."""

    exit_code = 2


class UnreadableFile(InputError):
    """The file is missing, empty, broken or of no known format."""


class EncryptedFile(InputError):
    """The file needs a password."""


class BadCustomers(InputError):
    """The customer list cannot be used."""


class BadDecisions(InputError):
    """The decisions file cannot be used."""


class BadSettings(InputError):
    """deckprism.toml cannot be used."""


class BadRule(InputError):
    """A rule pack cannot be used."""


class BadOutput(InputError):
    """The output folder cannot be written, or something else stands in the pack's place."""


class PackRefused(DeckprismError):
    """A gate refused the whole pack; nothing was written."""

    exit_code = 1

    def __init__(self, where: str, reasons: tuple[str, ...]) -> None:
        """`reasons` come from the gates and never hold withheld text."""
        self.reasons = reasons
        super().__init__(where, "the pack was refused: " + "; ".join(reasons[:5]).rstrip("."), "Nothing was written")


class Fault(DeckprismError):
    """A fault of ours: please report it."""
