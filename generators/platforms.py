"""What two platforms want done to a text before their APIs take it: LinkedIn's escapes, Bluesky's facets."""

from __future__ import annotations

import re
from collections.abc import Mapping

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


def escape_linkedin(text: str, mention: tuple[str, str] | None = None) -> str:
    """The text with the reserved characters escaped; hashtags stay hashtags.

    `mention` is a name as printed and the mention that LinkedIn wants at its last place, which is ours and not the talk's.
    """
    if mention and mention[0] and mention[0] in text:
        before, _, after = text.rpartition(mention[0])
        return escape_linkedin(before) + mention[1] + escape_linkedin(after)
    return _HASHTAG_TEMPLATE.sub(r"#\1", _RESERVED.sub(r"\\\1", text))


class Facet(Frozen):
    """A link or tag of a Bluesky post: byte offsets in UTF-8, start included, end not."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    byte_start: int
    byte_end: int
    kind: str
    value: str

    def protocol(self) -> dict[str, object]:
        """As the AT Protocol writes it (lexicon app.bsky.richtext.facet).

        A mention carries the handle: whoever posts it replaces that by the handle's DID, which takes a look-up.
        """
        name = {"link": "uri", "tag": "tag", "mention": "handle"}[self.kind]
        return {"index": {"byteStart": self.byte_start, "byteEnd": self.byte_end},
                "features": [{"$type": f"app.bsky.richtext.facet#{self.kind}", name: self.value}]}


def facets(text: str, links: Mapping[str, str] | None = None, handle: str = "") -> tuple[Facet, ...]:
    """The links and hashtags of a text, in order. Links without a scheme get https; a closing mark is not part of one.

    `links` says where a printed address leads, where that is longer than what is printed; `handle` is the one name that
    is known to be somebody's, with its @.
    """
    found = []
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?'\"”’")
        while link.endswith(")") and link.count("(") < link.count(")"):
            link = link[:-1].rstrip(".,;:!?'\"”’")
        value = (links or {}).get(link) or (link if "//" in link else f"https://{link}")
        found.append(_facet(text, match.start(), match.start() + len(link), "link", value))
    if handle:
        found += [_facet(text, match.start(), match.end(), "mention", handle.lstrip("@"))
                  for match in re.finditer(rf"(?<![\w@]){re.escape(handle)}(?![\w-]|\.\w)", text)]
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
