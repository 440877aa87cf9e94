"""The episode as a whole: from a cleared document to the files of the pack."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as tree
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.audio import loudness
from content import Block, ClearedDocument, Part, Source, Topic, Unit
from content.errors import BadOutput, BadSettings, UnreadableFile
from content.settings import Author, Profile
from gates.trace import GATE as TRACE
from gates.work import Work
from generators import Context, generators
from generators.audio import GENERATOR
from generators.context import prepare
from generators.speech import engines, making, say, sounds
from language.sentences import sentences

_TALES = (
    ("A pump in the cellar", (
        "One spring morning a pump stopped in the cellar of a paper mill. The engineer had the manual with her, all 340 pages "
        "of it, and nobody on the phone could tell her what was wrong. The answer was one sentence long. A packer in the "
        "warehouse had known it for nine years. Nobody had ever asked him.",
        "It took six hours to find the packer and eleven seconds to hear his answer. We had a document system, a chat tool and "
        "a training department. None of them knew that the seal was upside down.")),
    ("Asking in the open", (
        "We put a tablet on a pillar between two racks. After ten weeks the pillar had produced 164 questions, and the laptops "
        "in the office had produced 90. The tablet stood where the questions arise. In the office a question turned into a "
        "private mail as soon as it became awkward.",
        "Write the date under every answer. In the first year 410 of our 1,140 pages turned grey, because nobody had looked at "
        "them. A fitter told me that he reads the grey pages with his full attention, since they may be wrong.")),
    ("What the desk got", (
        "Calls to the desk went down from 620 to 540 a week, which is 13% fewer. Each call grew from four minutes to six. "
        "The short calls have gone, and the calls that remain are the ones for which people want a person.",
        "We called all sixteen readers on the same afternoon and told them what was wrong. Fourteen of the readers had not "
        "begun yet. You do not lose trust through a mistake. You lose it through silence about the mistake.")),
)


def _document() -> tuple[ClearedDocument, tuple[Topic, ...]]:
    units, topics = [], []
    number = 1
    units.append(Unit(number=1, kind="slide", title="What nobody asked us", blocks=(
        Block(id="s1.b1", part=Part.TITLE, text="What nobody asked us"),)))
    for place, (title, notes) in enumerate(_TALES, start=1):
        first = number + 1
        for each in notes:
            number += 1
            units.append(Unit(number=number, kind="slide", title=title, blocks=(
                Block(id=f"s{number}.b1", part=Part.TITLE, text=title),
                Block(id=f"s{number}.b2", part=Part.NOTES, text=each))))
        topics.append(Topic(number=place, title=title, first=first, last=number, title_source=f"s{first}.b1"))
    source = Source(name="talk.pptx", sha256="ab" * 32, media_type="application/x", bytes=1)
    return ClearedDocument(id="ab" * 32, source=source, title="What nobody asked us", units=tuple(units)), tuple(topics)


def _context(**changes: object) -> Context:
    document, topics = _document()
    profile = Profile(authors=(Author(name="Joos Verhulst"),), licence="CC BY 4.0", site="https://halden.example")
    return replace(prepare(document, topics, profile), **changes)


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sounds.VARIABLE, "off")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(sounds.VARIABLE, "off")
        context = _context()
        return {each.path: each.data for each in GENERATOR.artefacts(GENERATOR.drafts(context), context)}


def test_it_is_found() -> None:
    assert "audio" in [each.kind for each in generators()]


def test_the_script_has_its_parts_and_passes_the_trace_gate() -> None:
    context = _context()
    [draft] = GENERATOR.drafts(context)
    headings = re.findall(r"^## (.*)$", draft.text, re.MULTILINE)
    assert headings == ["Opening", *(title for title, _ in _TALES), "To remember"]
    assert "synthetic" in draft.text
    assert "from a talk by Joos Verhulst" in draft.text
    result = TRACE.check(Work(drafts=(draft,), cleared=context.cleared, index=context.index))
    assert result.reasons == ()
    assert any(segment.sources for segment in draft.segments)


def test_sentences_are_short_and_nothing_is_there_that_cannot_be_heard() -> None:
    [draft] = GENERATOR.drafts(_context())
    chapters = making.chapters_of(draft.text, "en", Profile())
    shown = [each for _, lines in chapters for line in lines for each in sentences(line.display)]
    assert sum(len(each.split()) for each in shown) / len(shown) <= 20
    for _, lines in chapters:
        for line in lines:
            assert not re.search(r"https?:|^[-*•|]|\||`", line.display)
            assert not re.search(r"\d", line.spoken)


def test_a_held_pack_says_so_first() -> None:
    [draft] = GENERATOR.drafts(_context(held=True))
    chapters = making.chapters_of(draft.text, "en", Profile())
    assert "Held for review" in chapters[0][1][0].display
    [open_] = GENERATOR.drafts(_context())
    assert "Held for review" not in open_.text


def test_dutch_templates_are_used_for_dutch() -> None:
    [draft] = GENERATOR.drafts(_context(language="nl"))
    assert "De stem in deze aflevering is synthetisch." in draft.text


@pytest.mark.parametrize("minutes", [1, 2])
def test_the_length_asked_for_is_a_ceiling_and_is_met(minutes: int) -> None:
    context = _context(profile=Profile(minutes=minutes))
    [draft] = GENERATOR.drafts(context)
    seconds = making.length(making.chapters_of(draft.text, "en", Profile()))
    if minutes == 2:
        assert seconds <= 120
        assert seconds >= 0.85 * 120
    else:  # the frame alone takes most of a minute
        assert seconds < 100


def test_without_speech_there_is_the_script_alone() -> None:
    context = _context(audio=False)
    assert [each.path for each in GENERATOR.artefacts(GENERATOR.drafts(context), context)] == ["audio/script.md"]


def test_without_a_voice_the_pack_says_that_the_episode_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "voices", lambda: ())
    context = _context()
    made = {each.path: each.data.decode() for each in GENERATOR.artefacts(GENERATOR.drafts(context), context)}
    assert set(made) == {"audio/script.md", "audio/no-episode.txt"}
    assert "There is no episode" in made["audio/no-episode.txt"]


def test_a_source_with_nothing_to_say_has_no_episode() -> None:
    document, _ = _document()
    empty = document.model_copy(update={"units": document.units[:1]})
    context = prepare(empty, (Topic(number=1, title="What nobody asked us", first=1, last=1, title_source="s1.b1"),))
    assert GENERATOR.drafts(context) == ()
    assert GENERATOR.artefacts((), context) == ()


def test_all_companions_are_there(files: dict[str, bytes]) -> None:
    assert set(files) == {f"audio/{name}" for name in (
        "script.md", "episode.mp3", "episode.vtt", "episode.srt", "transcript.html", "chapters.json", "feed.xml",
        "cover.png")}


def test_times_agree_everywhere(files: dict[str, bytes]) -> None:
    listed = json.loads(files["audio/chapters.json"])["chapters"]
    assert [each["title"] for each in listed] == ["Opening", *(title for title, _ in _TALES), "To remember"]
    starts = [float(h) * 3600 + float(m) * 60 + float(s) for h, m, s in
              re.findall(r"^(\d\d):(\d\d):(\d\d\.\d{3}) -->", files["audio/episode.vtt"].decode(), re.MULTILINE)]
    for chapter in listed[1:]:
        assert min(abs(chapter["startTime"] - start) for start in starts) < 0.002
    mp3 = files["audio/episode.mp3"]
    tag = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9])
    # The encoder fills up its last frames (26 ms each).
    assert 0 <= (len(mp3) - tag) * 8 / 64_000 - listed[-1]["endTime"] < 0.15


def test_the_length_is_that_of_the_estimate(files: dict[str, bytes]) -> None:
    text = files["audio/script.md"].decode()
    minutes, seconds = re.search(r"estimated (\d+) min (\d+) s", text).groups()
    real = json.loads(files["audio/chapters.json"])["chapters"][-1]["endTime"]
    assert real == pytest.approx(int(minutes) * 60 + int(seconds), rel=0.15)


def test_disclosure_licence_and_author_in_sound_notes_and_feed(files: dict[str, bytes]) -> None:
    mp3, feed = files["audio/episode.mp3"], files["audio/feed.xml"].decode()
    for said in ("The voice in this episode is synthetic", "CC BY 4.0", "Joos Verhulst"):
        assert said.encode() in mp3[:60_000]
        assert said in feed
    assert "synthetic" in files["audio/episode.vtt"].decode()
    item = tree.fromstring(feed).find("channel/item")
    assert item.find("enclosure").attrib["length"] == str(len(mp3))
    assert item.find("enclosure").attrib["url"] == "https://halden.example/what-nobody-asked-us-ababab/audio/episode.mp3"


def test_captions_show_what_was_written_and_not_what_is_said(files: dict[str, bytes]) -> None:
    captions = files["audio/episode.vtt"].decode().replace("\n", " ")
    assert "1,140 pages" in captions or "13% fewer" in captions or "340 pages" in captions
    assert "three hundred" not in captions


def test_a_second_run_has_the_same_bytes_with_and_without_a_cache(
        files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sounds.VARIABLE, str(tmp_path))
    context = _context()
    for _ in range(2):
        again = {each.path: each.data for each in GENERATOR.artefacts(GENERATOR.drafts(context), context)}
        assert again == files
    assert list(tmp_path.glob("*.wav"))


def test_a_start_that_is_no_date_is_said_so() -> None:
    context = _context(profile=Profile(start="soon"))
    with pytest.raises(BadSettings, match=r"profile\.start"):
        GENERATOR.artefacts(GENERATOR.drafts(context), context)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_players_see_chapters_and_cover(files: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "episode.mp3"
    file.write_bytes(files["audio/episode.mp3"])
    said = subprocess.run(["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", str(file)],
                          capture_output=True, check=True).stdout
    seen = json.loads(said)
    listed = json.loads(files["audio/chapters.json"])["chapters"]
    assert [each["tags"]["title"] for each in seen["chapters"]] == [each["title"] for each in listed]
    assert [float(each["start_time"]) for each in seen["chapters"]] == pytest.approx(
        [each["startTime"] for each in listed], abs=0.001)
    sound, picture = seen["streams"]
    assert (sound["codec_name"], sound["channels"], sound["bit_rate"]) == ("mp3", 1, "64000")
    assert (picture["codec_name"], picture["width"], picture["disposition"]["attached_pic"]) == ("png", 1400, 1)
    assert picture["pix_fmt"].startswith("rgb")
    assert seen["format"]["tags"]["artist"] == "Joos Verhulst"
    assert int(seen["format"]["size"]) / float(seen["format"]["duration"]) * 600 < 5 * 2 ** 20


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_it_is_as_loud_as_promised_when_a_player_decodes_it(files: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "episode.mp3"
    file.write_bytes(files["audio/episode.mp3"])
    measured = loudness(file)
    assert measured is not None
    assert measured[0] == pytest.approx(-16, abs=0.5)
    assert measured[1] <= -1


def test_the_transcript_says_what_was_written_and_that_the_voice_is_synthetic(files: dict[str, bytes]) -> None:
    page = files["audio/transcript.html"].decode()
    assert "The voice in this episode is synthetic" in page
    script = files["audio/script.md"].decode()
    for _, lines in making.chapters_of(script, "en", Profile()):
        for line in lines:
            assert html.escape(line.display) in page


def test_without_a_site_no_address_is_made_up() -> None:
    context = _context(profile=Profile())
    feed = next(each.data.decode() for each in GENERATOR.artefacts(GENERATOR.drafts(context), context)
                if each.path == "audio/feed.xml")
    assert "the profile names no site" in feed
    assert "enclosure" not in feed


class TestSay:
    def test_speaks_a_script(self, tmp_path: Path) -> None:
        out = tmp_path / "x.mp3"
        seconds = say("# Hello\n\nThis is a short script, said once.\n\n> not this\n\nAnd its second part.", out, "en", Profile())
        assert 3 < seconds < 9
        assert out.read_bytes()[:3] == b"ID3"
        assert [file.name for file in tmp_path.iterdir()] == ["x.mp3"]

    @pytest.mark.parametrize("text", ["", "  \n\n", "# Only a title\n", "> a direction", "...\n\n!!!"])
    def test_an_empty_script_is_said_so(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(UnreadableFile, match="nothing in the script to say"):
            say(text, tmp_path / "x.mp3", "en", Profile())
        assert list(tmp_path.iterdir()) == []

    def test_hours_are_refused_before_anything_is_spoken(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="minutes"):
            say("The pump stopped again and nobody knew why it had. " * 4000, tmp_path / "x.mp3", "en", Profile())

    def test_places_that_cannot_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(BadOutput, match="is not a folder"):
            say("Hello there.", tmp_path / "gone" / "x.mp3", "en", Profile())
        with pytest.raises(BadOutput, match="is a folder"):
            say("Hello there.", tmp_path, "en", Profile())

    def test_an_unknown_voice(self, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match="not a voice"):
            say("Hello there.", tmp_path / "x.mp3", "en", Profile(voice="klingon"))
        assert list(tmp_path.iterdir()) == []
