"""What goes beside the sound: WebVTT, chapters JSON (podcast namespace 1.2) and an RSS feed of one episode.

Written with the standard library: feedgen refuses Apple's own values and knows neither transcript nor chapters. No
dates but those that the profile gives.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generators.speech.episode import Timed

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"


def vtt(chapters: Sequence[Timed], language: str, note: str) -> str:
    """WebVTT with a cue for each sentence of the display text; `note` (the disclosure) is a comment at the top."""
    out = ["WEBVTT", f"Language: {language}", "", f"NOTE {_one_line(note)}".rstrip(), ""]
    number = 0
    for chapter in chapters:
        for cue in chapter.cues:
            number += 1
            out += [str(number), f"{clock(cue.start)} --> {clock(cue.end)}", *_wrap(_vtt_text(cue.text)), ""]
    return "\n".join(out)


def clock(seconds: float) -> str:
    """Seconds as HH:MM:SS.mmm."""
    total = round(seconds * 1000)
    return f"{total // 3_600_000:02d}:{total // 60_000 % 60:02d}:{total // 1000 % 60:02d}.{total % 1000:03d}"


def _vtt_text(text: str) -> str:
    # "-->" may not stand in a cue, and < starts a tag.
    return escape(text)


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()))


def _wrap(text: str, width: int = 42) -> list[str]:
    """Lines of about 42 characters, which captions are read best in."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def chapters_json(chapters: Sequence[Timed]) -> str:
    """Chapters for players that read JSON: version 1.2.0, start and end in seconds."""
    listed = [{"startTime": round(chapter.start, 3) if number else 0.0, "endTime": round(chapter.end, 3),
               "title": chapter.title} for number, chapter in enumerate(chapters)]
    return json.dumps({"version": "1.2.0", "chapters": listed}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True, slots=True)
class Feed:
    """All that the feed says. `base` is the address of the pack's folder, '' for relative links."""

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
    cover: str = "cover.png"
    #: ISO date of publication, '' for none.
    published: str = ""
    #: Whether players may show it: "No" while the pack is not released.
    blocked: bool = False


def feed(about: Feed) -> str:
    """RSS 2.0 with Apple's required tags and the podcast namespace's transcript and chapters."""
    def at(name: str) -> str:
        return f"{about.base}{name}"

    channel = [
        _tag("title", about.title), _tag("description", about.description), _tag("language", about.language),
        _tag("link", about.link or at("feed.xml")), _empty("itunes:image", href=at(about.cover)),
        _empty("itunes:category", text="Business"), _tag("itunes:explicit", "false"), _tag("itunes:type", "episodic"),
        _tag("itunes:author", about.author) if about.author else "",
        _tag("copyright", about.licence) if about.licence else "",
        # A feed for colleagues: directories should not take it, and nobody else may import it.
        _tag("itunes:block", "Yes"), _tag("podcast:locked", "yes"),
    ]
    item = [
        _tag("title", about.title), _tag("description", about.description),
        _empty("enclosure", url=at("episode.mp3"), length=str(about.length), type="audio/mpeg"),
        f'<guid isPermaLink="false">{escape(about.guid)}</guid>',
        _tag("pubDate", _rfc822(about.published)) if about.published else "",
        _tag("itunes:duration", str(round(about.seconds))), _tag("itunes:episodeType", "full"),
        _tag("itunes:explicit", "false"),
        _empty("podcast:transcript", url=at("episode.vtt"), type="text/vtt", language=about.language, rel="captions"),
        _empty("podcast:chapters", url=at("chapters.json"), type="application/json+chapters"),
    ]
    inside = "".join(f"    {each}\n" for each in channel if each)
    inside += "    <item>\n" + "".join(f"      {each}\n" for each in item if each) + "    </item>\n"
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<rss version="2.0" xmlns:itunes="{_ITUNES}" xmlns:podcast="{_PODCAST}">\n'
            f"  <channel>\n{inside}  </channel>\n</rss>\n")


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def _empty(name: str, **attributes: str) -> str:
    return f"<{name} " + " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items()) + "/>"


def _rfc822(iso: str) -> str:
    """A date as RSS wants it, at nine in the morning UTC. English names, whatever the locale."""
    day = date.fromisoformat(iso)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[day.weekday()]}, {day.day:02d} {months[day.month - 1]} {day.year} 09:00:00 +0000"
