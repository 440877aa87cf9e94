"""What players show while they play: captions (WebVTT and SubRip) and chapters (JSON, podcast namespace 1.2).

Cues hold the display text, at the times that were measured in the sound. Both kinds of captions have the same cues.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

from generators.speech.episode import Timed


def vtt(chapters: Sequence[Timed], note: str) -> str:
    """WebVTT with a cue for each sentence of the display text; `note` (the disclosure) is a comment at the top."""
    out = ["WEBVTT", "", f"NOTE {_one_line(note)}".rstrip(), ""]
    number = 0
    for chapter in chapters:
        for cue in chapter.cues:
            number += 1
            out += [str(number), f"{clock(cue.start)} --> {clock(cue.end)}", *_wrap(_vtt_text(cue.text)), ""]
    return "\n".join(out)


def srt(chapters: Sequence[Timed]) -> str:
    """SubRip with the cues of `vtt`. It has no comments, and players show < as it is, so nothing is escaped."""
    out: list[str] = []
    cues = [cue for chapter in chapters for cue in chapter.cues]
    for number, cue in enumerate(cues, start=1):
        times = f"{clock(cue.start)} --> {clock(cue.end)}".replace(".", ",")
        # An arrow in the text would be taken for a line of times.
        out += [str(number), times, *_wrap(cue.text.replace("-->", "→")), ""]
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
