"""Titles and names that attack: the transcript, the feed, the chapters and the drawing of topics stay whole and quiet.

Read as XML, JSON and HTML; and, where Chromium is, opened in it: no dialog, no script, no request to anywhere.
"""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as tree
from html.parser import HTMLParser

import pytest

from content.document import Unit
from content.topic import Topic
from generators.speech.companions import chapters_json
from generators.speech.episode import Cue, Timed
from generators.speech.feed import Feed, feed
from generators.speech.transcript import Words, page
from topics.strip import drawn

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FOREIGN = "http://203.0.113.9"
ATTACKS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)' x='", "]]><script>alert(2)</script>",
    "</title></h1></style></svg><svg/onload=alert(3)>", f"<iframe src={FOREIGN}/f></iframe>", f"<base href={FOREIGN}/>",
    "left \u202eesrever and \u2066inside", "ring\x07 the\x00 bell\x1b[2J\ufffe\uffff", "--><script>alert(4)</script><!-- --- -->",
    "&#x3C;script&#x3E;alert(5)&#x3C;/script&#x3E; &undefined;", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "Long " * 2000, f"<style>*{{background:url({FOREIGN}/c)}}</style>")
WORDS = Words("en", ATTACKS[0], ATTACKS[1], ATTACKS[2], ATTACKS[1])
TIMED = tuple(Timed(attack, 10.0 * n, 10.0 * n + 9, (Cue(10.0 * n, 10.0 * n + 9, "x"),), (Cue(10.0 * n, 10.0 * n + 9, attack),))
              for n, attack in enumerate(ATTACKS))


def _feed(attack: str, base: str) -> str:
    return feed(Feed(attack, attack, attack, attack, attack, 60.0, 1000, base=base, link=f"{FOREIGN}/?{attack}" if base else "",
                     licence=attack, unplaced=f"no address--- {attack}-"))


def _drawn() -> str:
    units = [Unit(number=n + 1, kind="slide", title=attack) for n, attack in enumerate(ATTACKS)]
    return drawn([Topic(number=n + 1, title=attack, first=n + 1, last=n + 1) for n, attack in enumerate(ATTACKS)], units)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("base", ["", "https://halden.example/talk/audio/"])
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_the_feed_is_whole_and_says_the_title_as_text(attack: str, base: str) -> None:
    text = _feed(attack, base)
    root = tree.fromstring(text)
    assert {item.tag.rpartition("}")[2] for item in root.iter()} <= {
        "rss", "channel", "item", "title", "description", "language", "link", "image", "category", "explicit", "type", "author",
        "copyright", "block", "locked", "guid", "enclosure", "duration", "episodeType", "transcript", "chapters"}
    assert not any(sign in text for sign in "\u202e\u2066\x00\x1b\ufffe")
    title = root.findtext("channel/title", "")
    assert title.startswith(attack[:4])
    assert len(root.findtext("channel/description", "").encode()) <= 4000


def test_the_transcript_holds_no_element_of_a_title() -> None:
    plain, hostile = _Tags(), _Tags()
    plain.feed(page("A", ("B",), (Timed("C", 0, 1, (), (Cue(0, 1, "D"),)),), Words("en", "E", "F", "G", "H"), "en"))
    hostile.feed(page(ATTACKS[4], ATTACKS, TIMED, WORDS, "en"))
    assert hostile.tags == plain.tags and hostile.attributes == plain.attributes


def test_the_chapters_are_json_with_the_titles_as_they_are() -> None:
    assert [each["title"] for each in json.loads(chapters_json(TIMED))["chapters"]] == list(ATTACKS)


def test_the_drawing_is_whole_and_small() -> None:
    text = _drawn()
    root = tree.fromstring(text)
    assert {item.tag.rpartition("}")[2] for item in root.iter()} == {"svg", "title", "rect", "text"}
    assert not any(name.startswith("on") or "href" in name for item in root.iter() for name in item.attrib)
    assert max(len(item.text or "") for item in root.iter()) < 300 and "\u202e" not in text


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium; .ci/run installs it)")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_browser_finds_nothing_to_run(tmp_path) -> None:
    from playwright.sync_api import sync_playwright

    files = {"transcript.html": page(ATTACKS[1], ATTACKS, TIMED, WORDS, "en"), "topics.svg": _drawn(), "chapters.json": chapters_json(TIMED),
             **{f"feed{n}.xml": _feed(attack, "https://halden.example/a/") for n, attack in enumerate(ATTACKS)}}
    problems: list[str] = []
    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        seen = launched.new_page()
        seen.on("dialog", lambda dialog: (problems.append(f"dialog {dialog.message}"), dialog.dismiss()))
        seen.on("pageerror", lambda error: problems.append(str(error)))
        seen.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else problems.append(request.url))
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            seen.goto((tmp_path / name).as_uri())
            if seen.evaluate("document.scripts.length + document.querySelectorAll('iframe, object, embed, base, form, parsererror').length"):
                problems.append(f"{name} holds what runs, or is broken")
        seen.goto((tmp_path / "transcript.html").as_uri())
        assert seen.evaluate("document.querySelectorAll('main h2').length") == len(ATTACKS)
        assert seen.evaluate("document.documentElement.scrollWidth") <= seen.viewport_size["width"]
        launched.close()
    assert problems == []
