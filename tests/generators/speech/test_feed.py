"""The feed against the rules: what RSS 2.0, Apple and the podcast namespace ask, each read from their own guides."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from generators.speech.feed import Feed, base, feed

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_TYPES = {"text/vtt", "application/srt", "text/html", "application/json"}
_BASE = "https://halden.example/talks/what-nobody-asked-abab12/audio/"


def problems(text: str) -> list[str]:
    """Every rule that a feed breaks."""
    root = tree.fromstring(text)
    found: list[str] = []

    def rule(holds: object, what: str) -> None:
        if not holds:
            found.append(what)

    def said(parent: tree.Element, name: str) -> str:
        element = parent.find(name)
        return "" if element is None else (element.text or "").strip()

    def absolute(address: str | None, what: str) -> None:
        parts = urlsplit(address or "")
        rule(parts.scheme in {"http", "https"} and parts.netloc, f"{what} is not an absolute address")

    rule(root.tag == "rss" and root.attrib.get("version") == "2.0", "not RSS 2.0")
    channel = root.find("channel")
    assert channel is not None
    for name in ("title", "description", "language", "link"):  # RSS 2.0 and Apple
        rule(said(channel, name), f"channel without {name}")
    rule(re.fullmatch(r"[a-z]{2}(-[A-Za-z]{2})?", said(channel, "language")), "language is not a code")
    absolute(said(channel, "link"), "channel link")
    image = channel.find(f"{_ITUNES}image")
    absolute(None if image is None else image.attrib.get("href"), "image")
    category = channel.find(f"{_ITUNES}category")
    rule(category is not None and category.attrib.get("text"), "no category")
    rule(said(channel, f"{_ITUNES}explicit") in {"true", "false"}, "explicit is neither true nor false")
    rule(said(channel, f"{_ITUNES}type") in {"episodic", "serial"}, "type is neither episodic nor serial")
    rule(said(channel, f"{_PODCAST}locked") in {"yes", "no", ""}, "locked is neither yes nor no")
    items = channel.findall("item")
    rule(items, "no item")
    for item in items:
        rule(said(item, "title"), "item without title")
        rule(said(item, "guid"), "item without guid")
        enclosure = item.find("enclosure")
        given = {} if enclosure is None else enclosure.attrib
        absolute(given.get("url"), "enclosure")
        rule(given.get("url", "").rpartition(".")[2] == "mp3" and given.get("type") == "audio/mpeg", "enclosure is no MP3")
        rule(given.get("length", "").isdigit() and int(given.get("length", "0")) > 0, "enclosure without its length")
        rule(len(said(item, "description").encode()) <= 4000, "description is longer than Apple takes")
        rule(said(item, f"{_ITUNES}duration").isdigit(), "duration is not in seconds")
        rule(said(item, f"{_ITUNES}episodeType") in {"full", "trailer", "bonus"}, "episodeType is none of Apple's")
        if said(item, "pubDate"):
            rule(parsedate_to_datetime(said(item, "pubDate")).tzinfo, "pubDate is not of RFC 2822")
        transcripts = item.findall(f"{_PODCAST}transcript")
        rule(transcripts, "no transcript")
        for each in transcripts:
            absolute(each.attrib.get("url"), "transcript")
            rule(each.attrib.get("type") in _TYPES, "transcript of no known type")
            rule(each.attrib.get("rel", "captions") == "captions", "rel is not captions")
        chapters = item.find(f"{_PODCAST}chapters")
        absolute(None if chapters is None else chapters.attrib.get("url"), "chapters")
        rule(chapters is not None and chapters.attrib.get("type") == "application/json+chapters", "chapters of another type")
    return found


def _feed(**changes: object) -> str:
    return feed(Feed(**({"title": "A & B", "description": "Synthetic.", "author": "Joos Verhulst", "language": "en",
                         "guid": "g", "seconds": 61.6, "length": 1234, "base": _BASE, "link": "https://halden.example/talks",
                         "unplaced": "No site -- none at all."} | changes)))


def test_it_keeps_the_rules() -> None:
    assert problems(_feed()) == []
    assert problems(_feed(published="2031-01-06", licence="CC BY 4.0", author="")) == []


def test_the_rules_can_be_broken() -> None:
    good = _feed()
    for find, put, what in (
            ("https://halden.example/talks/what-nobody-asked-abab12/audio/episode.mp3", "episode.mp3", "enclosure"),
            ('length="1234"', 'length="0"', "length"), ("<itunes:explicit>false</itunes:explicit>\n    <itunes:type>",
                                                       "<itunes:type>", "explicit"),
            ('type="text/vtt"', 'type="text/plain"', "transcript"), ("application/json+chapters", "text/json", "chapters"),
            ("<itunes:category", "<itunes:kategory", "category"), ("<language>en", "<language>English", "language"),
            ("<itunes:duration>62", "<itunes:duration>1:02 min", "duration")):
        assert find in good
        assert any(what in each for each in problems(good.replace(find, put))), what


def test_every_file_has_its_address() -> None:
    item = tree.fromstring(_feed()).find("channel/item")
    assert item is not None
    assert {each.attrib["url"] for each in item.iter() if "url" in each.attrib} == {
        f"{_BASE}{name}" for name in ("episode.mp3", "episode.vtt", "episode.srt", "transcript.html", "chapters.json")}


def test_without_a_site_there_is_no_address_and_it_says_so() -> None:
    text = _feed(base="", link="")
    assert "No site - - none at all." in text
    root = tree.fromstring(text)
    assert [each.tag for each in root.iter() if "url" in each.attrib or "href" in each.attrib] == []
    assert root.find("channel/link") is None
    assert "://" not in re.sub(r'xmlns:\w+="[^"]*"', "", text)
    assert "channel without link" in problems(text)


@pytest.mark.parametrize(("site", "expected"), [
    ("https://halden.example", "https://halden.example/a-1/audio/"),
    ("https://halden.example/talks/?utm=x#top", "https://halden.example/talks/a-1/audio/"),
    ("", "")])
def test_the_address_of_the_folder(site: str, expected: str) -> None:
    assert base(site, "a-1") == expected


def test_a_long_description_is_cut_at_a_line() -> None:
    item = tree.fromstring(_feed(description="\n".join(f"Line {number} é" for number in range(900)))).find("channel/item")
    assert item is not None
    said = item.find("description").text
    assert 3900 < len(said.encode()) <= 4000
    assert re.fullmatch(r"Line \d+ é", said.rsplit("\n", 1)[1])


def test_the_guid_of_the_feed_is_that_of_its_address() -> None:
    one, other = (re.search(r"<podcast:guid>(.*?)<", _feed(base=each)).group(1) for each in (_BASE, _BASE.replace("https", "http")))
    assert one == other  # the scheme is no part of it


def test_a_date_only_when_the_profile_gives_one() -> None:
    assert "pubDate" not in _feed()
    assert "<pubDate>Mon, 06 Jan 2031 09:00:00 +0000</pubDate>" in _feed(published="2031-01-06")
    with pytest.raises(ValueError, match="isoformat"):
        _feed(published="soon")
