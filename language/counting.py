"""How long a text is in the eyes of each platform.

Sources of the rules: X's published weights (configuration version 3); AT-Protocol lexicon (graphemes and bytes);
Mastodon's `characters_reserved_per_url`; Meta's Threads documentation (emoji count as their UTF-8 bytes). The figures
themselves, the ceilings, are dated data beside the writers; here is only the counting.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import regex

_LINK_LENGTH = 23
_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(
    r"(?:\p{Regional_Indicator}{2}"
    r"|[0-9#*]\uFE0F?\u20E3"
    r"|(?:\p{Extended_Pictographic}|\p{Emoji_Presentation})(?:\uFE0F|\p{Emoji_Modifier})?[\U000E0020-\U000E007F]*"
    r"(?:\u200D(?:\p{Extended_Pictographic}|\p{Emoji_Presentation})(?:\uFE0F|\p{Emoji_Modifier})?)*)")
_TLD = ("com|org|net|edu|gov|int|info|biz|io|co|eu|uk|nl|de|fr|be|us|app|dev|ai|me|tv|ly|ch|at|it|es|se|no|dk|fi|pl|"
        "pt|ie|ca|au|nz|jp|in|br|za|example|پاکستان")
_DOMAIN = rf"(?:[\p{{L}}\p{{N}}](?:[\p{{L}}\p{{N}}_-]{{0,61}}[\p{{L}}\p{{N}}])?\.)+(?:{_TLD})"
_X_LINK = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@#$._-])(?:https?://)?{_DOMAIN}(?![\p{{L}}\p{{N}}@_-])"
    r"(?::\d+)?(?:[/?#][^\s<>\u2066-\u2069\u202a-\u202e]*)?", regex.IGNORECASE)
_SCHEME_LINK = regex.compile(r"(?<![\p{L}\p{N}_])https?://[^\s<>\"]+", regex.IGNORECASE)
_MENTION = regex.compile(r"(?<![\w/])@(\w+)@[\w.-]+\.\w+")
_BARE_LINK = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@./_-])(?:https?://[^\s<>]+|(?:www\.)?{_DOMAIN}(?:[/?#][^\s<>]*)?)(?![\p{{L}}\p{{N}}])",
    regex.IGNORECASE)
_HASHTAG = regex.compile(r"(?<![\w&])#[^\W\d_]\w*")
_THREAD = regex.compile(r"^---$", regex.MULTILINE)
_MENTIONED = regex.compile(r"(?<![\w@])@\w[\w.-]*")


def x_weighted(text: str) -> int:
    """Weighted length on X: 1 for Latin and its neighbours, 2 for the rest, an emoji 2, a link 23; text in NFC."""
    text = unicodedata.normalize("NFC", text)
    total = 0
    position = 0
    for link in _X_LINK.finditer(text):
        if _too_long_label(link.group()):
            continue
        total += _weights(text[position:link.start()]) + _LINK_LENGTH
        position = link.end()
    return total + _weights(text[position:])


def _too_long_label(link: str) -> bool:
    host = link.split("//")[-1].split("/")[0]
    # A label that is not ASCII travels as punycode, and that may have 63 characters as well.
    return any(len(label if label.isascii() else "xn--" + label.encode("punycode").decode()) > 63
               for label in host.split("."))


def _weights(text: str) -> int:
    total = 0
    position = 0
    for emoji in _EMOJI.finditer(text):
        total += sum(map(_weight, text[position:emoji.start()])) + 2
        position = emoji.end()
    return total + sum(map(_weight, text[position:]))


def _weight(char: str) -> int:
    code = ord(char)
    return 1 if code <= 0x10FF or 0x2000 <= code <= 0x200D or 0x2010 <= code <= 0x201F or 0x2032 <= code <= 0x2037 else 2


def graphemes(text: str) -> int:
    """Extended grapheme clusters: what a reader calls characters."""
    return len(_GRAPHEME.findall(text))


def utf8_bytes(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """UTF-16 code units, as JavaScript and most web forms count."""
    return len(text.encode("utf-16-le")) // 2


def mastodon(text: str) -> int:
    """Graphemes, but 23 for every link with a scheme and only `@name` of a mention on another server."""
    text = _MENTION.sub(r"@\1", text)
    links = _SCHEME_LINK.findall(text)
    return graphemes(_SCHEME_LINK.sub("", text)) + _LINK_LENGTH * len(links)


def threads(text: str) -> int:
    """Characters, but an emoji as its bytes in UTF-8."""
    total = 0
    position = 0
    for emoji in _EMOJI.finditer(text):
        total += emoji.start() - position + utf8_bytes(emoji.group())
        position = emoji.end()
    return total + len(text) - position


def links(text: str) -> int:
    """Different links in a text, with or without a scheme."""
    return len({match.group().rstrip(".,;:!?)").lower() for match in _BARE_LINK.finditer(text)})


def hashtags(text: str) -> int:
    """Hashtags in a text."""
    return len(_HASHTAG.findall(text))


def mentions(text: str) -> int:
    """Mentions in a text."""
    return len(_MENTIONED.findall(text))


def words(text: str) -> int:
    """Words, as white space parts them."""
    return len(text.split())


def thread_parts(text: str) -> tuple[str, ...]:
    """The posts of a thread, which stand in one text between lines of three dashes."""
    return tuple(part.strip() for part in _THREAD.split(text.strip()))


def _longest(counted: Callable[[str], int]) -> Callable[[str], int]:
    """Counts a thread as its longest post: each post has to fit, the whole need not."""
    return lambda text: max(counted(part) for part in thread_parts(text))


UNITS: dict[str, Callable[[str], int]] = {
    "x_weighted": x_weighted, "graphemes": graphemes, "bytes": utf8_bytes, "utf16": utf16_units, "mastodon": mastodon,
    "threads": threads, "links": links, "hashtags": hashtags, "mentions": mentions, "words": words, "characters": len,
    "x_thread": _longest(x_weighted), "graphemes_thread": _longest(graphemes), "bytes_thread": _longest(utf8_bytes),
    "posts": lambda text: len(thread_parts(text)),
}


def count(text: str, unit: str) -> int:
    """Count a text in a unit. Raises KeyError on a unit that nobody counts in."""
    return UNITS[unit](text)
