"""Cues stand where the sound is, and what goes beside it says so."""

from __future__ import annotations

import json
import re
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
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    chapters = tuple((title, tuple(line(text, "en") for text in texts)) for title, texts in _TEXTS)
    clips = voice.clips([each.spoken for _, lines in chapters for each in lines], voice.choose("en"), SoundCache(),
                        tmp_path_factory.mktemp("clips"))
    return chapters, [clip.read() for clip in clips], lay_out(chapters, clips, "en")


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
    whole = np.concatenate(list(track.sound()))
    assert len(whole) == round(track.seconds * RATE)
    assert not whole[:int(LEAD * RATE) - 1].any()
    # Every paragraph begins and ends in silence: nothing clicks.
    for start, sound in zip(expected, sounds, strict=True):
        first = round(start * RATE)
        assert whole[first] == 0
        assert whole[first + len(sound) - 1] == 0
        assert np.abs(whole[first:first + len(sound)]).max() > 0.1


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
        assert min(abs(inside + 0.02 - end) for _, end in gaps) < 0.001
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
    text = companions.vtt(_TIMED, "Synthetic\nvoice --> here")
    blocks = text.split("\n\n")
    assert blocks[0] == "WEBVTT"
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


def test_srt_has_the_cues_of_the_vtt() -> None:
    blocks = companions.srt(_TIMED).rstrip("\n").split("\n\n")
    assert [block.split("\n")[:2] for block in blocks] == [
        ["1", "00:00:00,300 --> 01:01:01,500"], ["2", "01:01:01,500 --> 01:01:09,000"]]
    assert blocks[0].split("\n")[2:] == ["5 < 6 → a long line that has to be broken", "in two"]


def test_paragraphs_stand_where_their_clips_do(parts: tuple) -> None:
    _, sounds, track = parts
    paragraphs = [each for chapter in track.chapters for each in chapter.paragraphs]
    assert [each.text for each in paragraphs] == [text for _, texts in _TEXTS for text in texts]
    assert [each.end - each.start for each in paragraphs] == pytest.approx([len(each) / RATE for each in sounds])
