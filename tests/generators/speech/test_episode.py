"""Cues stand where the sound is, and what goes beside it says so."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as tree
from itertools import pairwise

import numpy as np
import pytest

from generators.speech import companions, voice
from generators.speech.episode import CHAPTER, LEAD, PARAGRAPH, TAIL, Cue, Timed, lay_out, pauses, seconds_of
from generators.speech.sounds import SoundCache
from generators.speech.spoken import line
from generators.speech.wave_check import RATE

_TEXTS = (
    ("Opening", ("We have 40 pumps. Nobody knew why one of them stopped, least of all me. Then a man said one sentence.",)),
    ("What then", ("He was right. It took eleven seconds.", "So we wrote it down, with a date & a name.")),
)


@pytest.fixture(scope="module")
def parts() -> tuple:
    chapters = tuple((title, tuple(line(text, "en") for text in texts)) for title, texts in _TEXTS)
    sounds = voice.render([each.spoken for _, lines in chapters for each in lines], voice.choose("en"), SoundCache())
    return chapters, sounds, lay_out(chapters, sounds, "en")


def test_sounds_lie_where_the_times_say(parts: tuple) -> None:
    _, sounds, track = parts
    place = LEAD
    expected = []
    for number, sound in enumerate(sounds):
        if number:
            place += CHAPTER if number == 1 else PARAGRAPH
        expected.append(place)
        place += len(sound) / RATE
    assert track.seconds == pytest.approx(place + TAIL, abs=0.01)
    starts = [track.chapters[0].cues[0].start, track.chapters[1].cues[0].start, track.chapters[1].cues[2].start]
    assert starts == pytest.approx(expected, abs=0.001)
    quiet = track.sound[:int(LEAD * RATE) - 1]
    assert not quiet.any()


def test_a_cue_starts_where_its_sentence_does(parts: tuple) -> None:
    # Each sentence is rendered alone; the cue inside the paragraph must fall on the same place in the sound.
    chapters, sounds, track = parts
    alone = voice.render(["We have forty pumps.", "Nobody knew why one of them stopped, least of all me."],
                         voice.choose("en"), SoundCache())
    cues = track.chapters[0].cues
    assert [cue.text for cue in cues] == [
        "We have 40 pumps.", "Nobody knew why one of them stopped, least of all me.", "Then a man said one sentence."]
    gaps = pauses(sounds[0])
    for cue in cues[1:]:
        inside = cue.start - cues[0].start
        assert min(abs(inside - end) for _, end in gaps) < 0.001
    first = len(alone[0]) / RATE
    assert cues[1].start - cues[0].start - first == pytest.approx(0.35, abs=0.2)
    assert chapters[0][1][0].display.startswith("We have 40")


def test_chapters_and_cues_follow_each_other(parts: tuple) -> None:
    track = parts[2]
    cues = [cue for chapter in track.chapters for cue in chapter.cues]
    assert all(one.end <= other.start + 1e-9 and one.start < one.end for one, other in pairwise(cues))
    assert track.chapters[0].end == track.chapters[1].start
    assert track.chapters[-1].end == pytest.approx(track.seconds)


def test_the_estimate_is_near_the_sound(parts: tuple) -> None:
    chapters, _, track = parts
    assert seconds_of([lines for _, lines in chapters]) == pytest.approx(track.seconds, rel=0.15)


def test_pauses_are_found() -> None:
    loud = np.full(RATE, 9000, np.int16)
    found = pauses(np.concatenate([loud, np.zeros(RATE // 2, np.int16), loud]))
    assert found == [(1.0, 1.5)]


_TIMED = (Timed("One & only", 0.3, 3661.5, (Cue(0.3, 3661.5, "5 < 6 --> a long line that has to be broken in two"),)),
          Timed("Two", 3661.5, 3670.0, (Cue(3661.5, 3669.0, "End."),)))


def test_vtt_is_well_formed() -> None:
    text = companions.vtt(_TIMED, "en", "Synthetic\nvoice --> here")
    blocks = text.split("\n\n")
    assert blocks[0] == "WEBVTT\nLanguage: en"
    assert blocks[1] == "NOTE Synthetic voice --&gt; here"
    assert text.count("-->") == 2
    times = re.findall(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", text)
    assert times == [("00:00:00.300", "01:01:01.500"), ("01:01:01.500", "01:01:09.000")]
    assert "5 &lt; 6 --&gt; a long line that has to be\nbroken in two" in text


def test_chapters_json_is_version_1_2() -> None:
    read = json.loads(companions.chapters_json(_TIMED))
    assert read["version"] == "1.2.0"
    assert read["chapters"][0] == {"startTime": 0.0, "endTime": 3661.5, "title": "One & only"}
    assert read["chapters"][1]["startTime"] == 3661.5


_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


def _feed(**changes: object) -> tree.Element:
    about = companions.Feed(**({"title": "A & B", "description": "Synthetic.", "author": "Joos Verhulst", "language": "en",
                                "guid": "g", "seconds": 61.6, "length": 1234} | changes))
    return tree.fromstring(companions.feed(about))


def test_the_feed_has_what_apple_asks_and_the_podcast_namespace() -> None:
    channel = _feed(base="https://halden.example/audio/").find("channel")
    assert channel is not None
    for tag in ("title", "description", "language", "link", f"{_ITUNES}image", f"{_ITUNES}category", f"{_ITUNES}explicit"):
        assert channel.find(tag) is not None, tag
    item = channel.find("item")
    assert item is not None
    assert item.find("enclosure").attrib == {
        "url": "https://halden.example/audio/episode.mp3", "length": "1234", "type": "audio/mpeg"}
    assert item.find(f"{_ITUNES}duration").text == "62"
    assert item.find(f"{_PODCAST}transcript").attrib["type"] == "text/vtt"
    assert item.find(f"{_PODCAST}chapters").attrib == {
        "url": "https://halden.example/audio/chapters.json", "type": "application/json+chapters"}


def test_a_date_only_when_the_profile_gives_one() -> None:
    assert _feed().find("channel/item/pubDate") is None
    assert _feed(published="2031-01-06").find("channel/item/pubDate").text == "Mon, 06 Jan 2031 09:00:00 +0000"
    with pytest.raises(ValueError, match="isoformat"):
        companions.feed(companions.Feed("t", "d", "a", "en", "g", 1, 1, published="soon"))
