"""Takes marks out of text: Markdown for those who read captions, and what an engine might obey for those who listen.

Nothing that is left can be taken for markup of an engine: no angle-bracket tags, no [[phonemes]], no control or
private-use characters. What was inside a tag stays; the tag itself is dropped, never said.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|#.)+\-!~(])")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!\[)\[([^\[\]^][^\[\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"`+([^`]+)`+")
# "> 5 %" at the beginning of a line is more than five, not a quotation.
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?(?![ \t]*[\d.$€£])|[-*+•▪◦‣][ \t]+|\d+[.)][ \t]+(?=\S))",
                        re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>|<![A-Za-z][^>]*>", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_PHONEMES = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_HELD = "\U0010fff0"


def plain(text: str) -> str:
    """The text as a reader of captions should see it: Markdown marks and invisible characters out, one line.

    Characters that the Markdown escaped stay as they are, whatever they look like.
    """
    text = "".join(char for char in text if _kept(char))
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[1])
        return _HELD

    text = _ESCAPED.sub(hold, text)
    text = _FENCE.sub(" ", text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _FOOTNOTE.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _CODE.sub(r"\1", text)
    for _ in range(3):
        text = _EMPHASIS.sub(lambda match: match[2], text)
    waiting = iter(held)
    text = re.sub(_HELD, lambda _: next(waiting, ""), text)
    return " ".join(text.split())


def unmarked(text: str) -> str:
    """Plain text without engine markup and without anything that has no sound (emoji, control characters)."""
    text = _TAG.sub(" ", _COMMENT.sub(" ", _PHONEMES.sub(" ", text)))
    text = text.replace("[[", " ").replace("]]", " ")
    text = "".join(char if _sounds(char) else " " for char in text)
    return " ".join(text.split())


def _kept(char: str) -> bool:
    """Everything but controls (line breaks and tabs apart), format characters, surrogates and private use."""
    return char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _sounds(char: str) -> bool:
    return char in "°§^" or unicodedata.category(char) not in {"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn"}
