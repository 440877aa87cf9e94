"""How many words a piece has: those that a reader reads, or that a listener hears. One definition for all who print it.

Counted are runs between white space that hold a letter or a digit, of the body: without the front matter, the title line,
comments, pictures, addresses and the marks of Markdown. Of a script only what is spoken counts, no heading and no line
for whoever records it.
"""

from __future__ import annotations

import re

from content.draft import Draft

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)\s]*\)")
_LINK = re.compile(r"(?<!\\)\[([^\]]*)\]\([^)\s]*(?: \"[^\"]*\")?\)")
_ADDRESS = re.compile(r"<?\bhttps?://[^\s>]+>?")
_NUMBERED = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]", re.MULTILINE)
#: Lines of a script that nobody hears: headings and stage directions.
_UNHEARD = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|>).*$", re.MULTILINE)


def words_read(text: str) -> int:
    """The words of a Markdown or plain text that a reader reads."""
    body = _TITLE.sub("", _COMMENT.sub("", _FRONT.sub("", text, count=1)), count=1)
    body = _ADDRESS.sub("", _LINK.sub(r"\1", _PICTURE.sub("", body)))
    return _counted(_NUMBERED.sub("", body))


def words_heard(script: str) -> int:
    """The words of a script that are spoken."""
    return _counted(_ADDRESS.sub("", _UNHEARD.sub("", _FRONT.sub("", script, count=1))))


def words_of(draft: Draft) -> int:
    """The words of a draft: heard of an episode's script, read of everything else."""
    return words_heard(draft.text) if draft.kind == "audio" else words_read(draft.text)


def _counted(text: str) -> int:
    return sum(any(char.isalnum() for char in each) for each in text.split())
