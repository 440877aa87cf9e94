"""What two platforms want done to a text before their APIs take it: LinkedIn's escapes, Bluesky's facets."""

from __future__ import annotations

import re

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from content.frozen import Frozen

# LinkedIn's "little text format": unescaped, one of these silently cuts the post there, and the call still succeeds.
_RESERVED = re.compile(r"([\\|{}@\[\]()<>#*_~])")
_LINK = re.compile(r"(?<![\w@.])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|eu|nl|io|dev|app|uk|de|fr|be)(?![\w.-]*\w)"
                   r"(?:/[^\s<>\"]*)?)", re.IGNORECASE)
# A tag runs to white space or punctuation and takes emoji; more than 64 characters make it none.
_TAG = re.compile(r"(?<![\w&#])#((?=\S*[^\W\d]|\S*[^\x00-\u2000])[^\s#,.!?;:'\"()\[\]]+)")
_LONGEST_TAG = 64
_HASHTAG_TEMPLATE = re.compile(r"\\#([^\W\d_]\w*)")


def escape_linkedin(text: str) -> str:
    """The text with the reserved characters escaped; hashtags stay hashtags."""
    return _HASHTAG_TEMPLATE.sub(r"#\1", _RESERVED.sub(r"\\\1", text))


class Facet(Frozen):
    """A link or tag of a Bluesky post: byte offsets in UTF-8, start included, end not."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    byte_start: int
    byte_end: int
    kind: str
    value: str


def facets(text: str) -> tuple[Facet, ...]:
    """The links and hashtags of a text, in order. Links without a scheme get https; a closing mark is not part of one."""
    found = []
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?'\"”’")
        while link.endswith(")") and link.count("(") < link.count(")"):
            link = link[:-1].rstrip(".,;:!?'\"”’")
        value = link if "//" in link else f"https://{link}"
        found.append(_facet(text, match.start(), match.start() + len(link), "link", value))
    taken = [(each.byte_start, each.byte_end) for each in found]
    for match in _TAG.finditer(text):
        name = match[1].rstrip("_-")
        if not name or len(name) > _LONGEST_TAG:
            continue
        tag = _facet(text, match.start(), match.start() + 1 + len(name), "tag", name)
        if not any(start <= tag.byte_start < end for start, end in taken):
            found.append(tag)
    return tuple(sorted(found, key=lambda each: each.byte_start))


def _facet(text: str, start: int, end: int, kind: str, value: str) -> Facet:
    first = len(text[:start].encode())
    return Facet(byte_start=first, byte_end=first + len(text[start:end].encode()), kind=kind, value=value)
