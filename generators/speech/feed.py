"""An RSS feed of one episode: RSS 2.0, the tags that Apple requires, transcript and chapters of the podcast namespace.

Written with the standard library: feedgen refuses Apple's own values and knows neither transcript nor chapters. A feed
needs absolute addresses; where the profile names no site there are none, and the feed says so rather than make them up.
No dates but those that the profile gives.
"""

from __future__ import annotations

import re
import urllib.parse
import uuid
from dataclasses import dataclass
from datetime import date
from xml.sax import saxutils

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
#: The namespace that podcast:guid is made in, as the podcast namespace lays it down.
_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
#: Apple's ceiling for descriptions, in bytes.
_DESCRIPTION = 4000


@dataclass(frozen=True, slots=True)
class Feed:
    """All that the feed says. `base` is the address of the folder of the episode, with its slash; '' where none is known."""

    title: str
    description: str
    author: str
    language: str
    guid: str
    seconds: float
    length: int
    base: str = ""
    link: str = ""
    licence: str = ""
    #: What is said at the head of the file where there are no addresses.
    unplaced: str = ""
    #: ISO date of publication, '' for none.
    published: str = ""


def base(site: str, folder: str) -> str:
    """The address of the pack's audio folder under a site, whose query and anchor are no part of it; '' without a site."""
    if not site:
        return ""
    parts = urllib.parse.urlsplit(site)
    path = f"{parts.path.rstrip('/')}/{urllib.parse.quote(folder)}/audio/"
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def feed(about: Feed) -> str:
    """The feed as XML. What needs an address is left out where `base` is ''."""
    def at(name: str) -> str:
        return f"{about.base}{name}"

    placed = bool(about.base)
    description = _cut(_plain(about.description))
    channel = [
        _tag("title", about.title), _tag("description", description), _tag("language", about.language),
        _tag("link", about.link or about.base) if placed else "",
        _empty("itunes:image", href=at("cover.png")) if placed else "",
        _empty("itunes:category", text="Business"), _tag("itunes:explicit", "false"), _tag("itunes:type", "episodic"),
        _tag("itunes:author", about.author) if about.author else "",
        _tag("copyright", about.licence) if about.licence else "",
        # A feed for colleagues: directories should not take it, and nobody else may import it.
        _tag("itunes:block", "Yes"), _tag("podcast:locked", "yes"),
        _tag("podcast:guid", str(uuid.uuid5(_GUIDS, at("feed.xml").split("://", 1)[1]))) if placed else "",
    ]
    item = [
        _tag("title", about.title), _tag("description", description),
        _empty("enclosure", url=at("episode.mp3"), length=str(about.length), type="audio/mpeg") if placed else "",
        f'<guid isPermaLink="false">{escape(about.guid)}</guid>',
        _tag("pubDate", _rfc822(about.published)) if about.published else "",
        _tag("itunes:duration", str(round(about.seconds))), _tag("itunes:episodeType", "full"),
        _tag("itunes:explicit", "false"),
    ]
    if placed:
        item += [_empty("podcast:transcript", url=at(name), type=kind, language=about.language, **rel)
                 for name, kind, rel in (("episode.vtt", "text/vtt", {"rel": "captions"}),
                                         ("episode.srt", "application/srt", {"rel": "captions"}),
                                         ("transcript.html", "text/html", {}))]
        item.append(_empty("podcast:chapters", url=at("chapters.json"), type="application/json+chapters"))
    inside = "".join(f"    {each}\n" for each in channel if each)
    inside += "    <item>\n" + "".join(f"      {each}\n" for each in item if each) + "    </item>\n"
    # Two hyphens may not stand in a comment.
    note = "" if placed or not about.unplaced else f"<!-- {re.sub('-(?=-)', '- ', escape(about.unplaced))} -->\n"
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'{note}<rss version="2.0" xmlns:itunes="{_ITUNES}" xmlns:podcast="{_PODCAST}">\n'
            f"  <channel>\n{inside}  </channel>\n</rss>\n")


def _cut(text: str) -> str:
    """The text up to the last whole line that Apple takes."""
    lines = text.split("\n")
    while len(lines) > 1 and len("\n".join(lines).encode()) > _DESCRIPTION:
        lines.pop()
    return "\n".join(lines).encode()[:_DESCRIPTION].decode("utf-8", "ignore")


def escape(text: str) -> str:
    """Text as XML has it."""
    return saxutils.escape(_plain(text))


def _plain(text: str) -> str:
    """The text without what XML does not allow, and without marks that turn the direction of what stands beside it."""
    return _UNFIT.sub("", text)


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def _empty(name: str, **attributes: str) -> str:
    return f"<{name} " + " ".join(f"{key}={saxutils.quoteattr(_plain(value))}" for key, value in attributes.items()) + "/>"


def _rfc822(iso: str) -> str:
    """A date as RSS wants it, at nine in the morning UTC. English names, whatever the locale."""
    day = date.fromisoformat(iso)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[day.weekday()]}, {day.day:02d} {months[day.month - 1]} {day.year} 09:00:00 +0000"
