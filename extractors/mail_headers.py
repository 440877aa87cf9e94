"""Headers of mail, read by the standard library where they are short, and by a few lines of our own where they are not.

The standard parser takes the square of a header's length, recurses at every bracket, and raises what it likes on broken
ones. Nothing is lost by going round it: the words stand in the header as they are, but for those that are encoded.
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from email.message import EmailMessage

#: What the standard parser raises on broken mail.
BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError, MessageError)
_LONGEST = 2000
_LONGEST_SETTING = 1000
#: What all headers of a message together may cost: characters that go to the standard parser.
_BUDGET = 200_000
#: A word of at most 75 characters by the standard, a few more in life.
_ENCODED = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,400}\?=")
_BETWEEN = re.compile(r"(\?=)\s{1,8}(?==\?)")


class Headers:
    """Reads the headers of one message."""

    def __init__(self) -> None:
        self._left = _BUDGET

    def read(self, name: str, raw: str) -> str:
        """The words of a header. Never raises."""
        if len(raw) <= min(_LONGEST, self._left):
            self._left -= len(raw) + 20
            try:
                return str(EmailPolicy().header_fetch_parse(name, raw))
            except BROKEN:
                pass
        return plainly(raw)


def plainly(raw: str) -> str:
    """A header of any length on one line, encoded words decoded."""
    return _ENCODED.sub(_decoded, _BETWEEN.sub(r"\1", " ".join(raw.split())))


def _decoded(found: re.Match[str]) -> str:
    try:
        return "".join(text.decode(charset or "ascii", "replace") if isinstance(text, bytes) else text
                       for text, charset in decode_header(found[0]))
    except BROKEN:
        return found[0]


class _Policy(EmailPolicy):
    """Cuts headers that say what a part is, and reads no others: those are read by `Headers`."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header as the email package wants it. Never raises."""
        if not name.lower().startswith("content-"):
            return value
        try:
            return cast("str", super().header_fetch_parse(name, value[:_LONGEST_SETTING]))
        except BROKEN:
            return cast("str", super().header_fetch_parse(name, ""))


def policy() -> EmailPolicy[EmailMessage]:
    """How messages are parsed."""
    return cast("EmailPolicy[EmailMessage]", _Policy())
