"""The episode: a script to record or to be spoken, the spoken file, and what players want beside it.

One draft, audio/script.md. Its text alone is spoken: captions, chapters, tags and feed come from the same lines, so the
gates that judge the draft judge them all. Where no voice is installed, the script is made and a short note says why
there is no episode.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.document import Part
from content.draft import Artefact, Draft, Origin, Sentence
from generators.context import Context
from generators.recap import recap_of
from generators.render import Plain, render
from generators.speech import files, making
from generators.speech.episode import LEAD
from generators.speech.numerals import words
from generators.speech.story import Story, shorter, spoken_title, tell
from generators.speech.voice import NoVoice
from generators.speech.wording import phrase, phrases
from generators.windows import single
from language.source import sentences_of
from language.wordcount import words_heard

_PATH = "audio/script.md"
#: Share of the ceiling that is aimed at when the profile does not name a length: 9 of 12 minutes.
_AIM = 0.75
_WORDS_A_MINUTE = 140
#: Share of the wish that is near enough to stop, and how often a length is tried.
_NEAR, _TRIES = 0.03, 6
#: Share of the wished length by which an episode may be off.
_TOLERANCE = 0.15
#: Seconds below which a script is no episode, frame and all.
_THIN = 120.0
#: Words of the longest line of a recap, what is hard to listen to in one, and how many are said.
_HEARD, _SIGNS, _LINES_LEAST, _LINES = 18, re.compile(r"[/()=#%+→]|\d\s*[–-]\s*\d"), 2, 4
#: Words of the template that are spoken in a script of six parts.
_FRAME = 150


class AudioGenerator:
    """Script, episode, captions, chapters, feed and cover of a talk."""

    kind = "audio"
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The script; () when no topic has a sentence that can be listened to."""
        ceiling = context.profile.minutes * 60.0
        named = "minutes" in context.profile.model_fields_set
        wish = ceiling * (0.97 if named else _AIM)
        budget = max(60, round(wish / 60 * _WORDS_A_MINUTE) - _FRAME)
        best: tuple[float, Draft] | None = None
        longer: tuple[float, Story] | None = None
        lasting = {material.topic.number: single(material, context) for material in context.materials}
        summary = _summary(context)
        low, high = 0, 0  # words that came out under and over the wish; 0: not known yet
        for _ in range(_TRIES):
            story = tell(context.materials, budget, context.language, _title(context).text, lasting, summary)
            if story is None:
                return ()
            draft, seconds = _write(story, context, wish if named else 0.0)
            missed = _missed(seconds, wish, ceiling)
            if best is None or missed < best[0]:
                best = (missed, draft)
            if missed < _NEAR * wish:
                break
            if seconds > wish:
                high = budget
                longer = min(longer or (seconds, story), (seconds, story), key=lambda each: each[0])
            else:
                low = budget
            # Stretches are told whole, so length goes in steps: guess once, then halve.
            guess = max(20, round(budget + (wish - seconds) / 60 * _WORDS_A_MINUTE))
            fresh = (low + high) // 2 if low and high else guess
            if fresh == budget:
                break
            budget = fresh
        if best is not None and best[0] > 2 * _NEAR * wish and longer is not None:
            best = min(best, _shaved(longer[1], context, wish, ceiling, named), key=lambda each: each[0])
        return (best[1],) if best else ()

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """The script, and with speech allowed and a voice installed the episode and its companions."""
        made: list[Artefact] = []
        for draft in drafts:
            made.append(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown"))
            if not context.audio:
                continue
            try:
                made += files.episode(draft, context)
            except NoVoice:
                note = f"{phrase(context.language, 'missing')}\n"
                made.append(Artefact(path="audio/no-episode.txt", data=note.encode(), media_type="text/plain"))
        return tuple(made)


GENERATOR = AudioGenerator()


def _summary(context: Context) -> list[Sentence]:
    """The lines of the deck's own recap that can be listened to, each with a full stop; [] where there are fewer than two."""
    said = [each.model_copy(update={"text": each.text.rstrip(" .;,") + "."}) for each in recap_of(context)
            if len(each.text.split()) <= _HEARD and not _SIGNS.search(each.text)]
    return said[:_LINES] if len(said) >= _LINES_LEAST else []


def _title(context: Context) -> Sentence:
    """The talk's own title with its place in the source; the first topic's where the title stands nowhere in it."""
    wanted = " ".join(context.cleared.title.split())
    for unit in context.cleared.content_units():
        for block in unit.blocks:
            if block.part is Part.TITLE and block.readable and " ".join(block.text.split()) == wanted:
                return Sentence(text=wanted, sources=tuple(each.id for each in sentences_of(unit, block)))
    return context.materials[0].title


def _write(story: Story, context: Context, wish: float = 0.0) -> tuple[Draft, float]:
    """The draft of a story and its estimated length in seconds. Rendered twice: times are known after the first.

    `wish`: seconds that somebody asked for; 0 when nobody did. A script that falls short of it says so.
    """
    title = _title(context)
    spoken, stop = spoken_title(title)
    language, authors = context.language, ", ".join(author.name for author in context.profile.authors)
    medium = "slides" if any(unit.kind == "slide" for unit in context.cleared.content_units()) else "pages"
    values: dict[str, object] = {
        "title": title, "spoken_title": spoken, "title_stop": stop, "story": story, "parts": story.parts,
        "held": phrase(language, "held") if context.held else "", "authors": Plain(authors),
        "call": Plain(context.profile.call_to_action), "opening_name": phrase(language, "opening"),
        "closing_name": phrase(language, "closing"), "minutes": 0, "seconds": 0, "words": 0, "about": Plain(""),
        "count": _counted(len(story.parts), "parts", language, "count"), "times": [Plain("")] * (len(story.parts) + 2),
        "units": phrase(language, f"units_{medium}"),
        "from": phrase(language, f"from_{medium}"), "origin": phrase(language, f"origin_{medium}"),
        "closing": phrase(language, f"closing_{medium}") if context.profile.site else Plain(""),
        "short": Plain(""), **_again(len(story.recap), language),
    }
    for _ in range(2):
        segments = render("audio_script.md.j2", language, values)
        text = "".join(segment.text for segment in segments)
        chapters = making.chapters_of(text, context.cleared.language, context.profile)
        seconds = making.length(chapters)
        whole = round(seconds)
        values |= {"minutes": whole // 60, "seconds": whole % 60, "times": _times(chapters, language),
                   "words": words_heard(text),
                   "about": _counted(max(1, round(seconds / 60)), "length", language, "minutes"),
                   "short": _shortfall(seconds, wish, context)}
    segments = render("audio_script.md.j2", language, values)
    short = _shortfall(seconds, wish, context)
    draft = Draft(kind="audio", name="audio/script", path=_PATH, title=title, language=context.cleared.language,
                  segments=segments,
                  metadata={"short": (Sentence(text=short, origin=Origin.TEMPLATE),)} if short else {}, seconds=whole)
    return draft, seconds


def _missed(seconds: float, wish: float, ceiling: float) -> float:
    """How far a length is off, in seconds: what runs over the ceiling counts double, and far over it not at all."""
    return abs(seconds - wish) + max(0.0, seconds - ceiling) + (1000.0 if seconds > (1 + _TOLERANCE) * ceiling else 0.0)


def _shaved(story: Story, context: Context, wish: float, ceiling: float, named: bool) -> tuple[float, Draft]:
    """The draft nearest to the wish on the way from a story that is too long to one that is too short, and by how much."""
    best: tuple[float, Draft] | None = None
    left: Story | None = story
    while left is not None:
        draft, seconds = _write(left, context, wish if named else 0.0)
        missed = _missed(seconds, wish, ceiling)
        best = min(best or (missed, draft), (missed, draft), key=lambda each: each[0])
        if seconds < wish:
            break
        left = shorter(left, context.cleared.language)
    assert best is not None
    return best


def _shortfall(seconds: float, wish: float, context: Context) -> Plain:
    """What is said when the source cannot fill the minutes that were asked for, or hardly any; '' when it can."""
    if seconds < _THIN:
        return phrase(context.language, "thin", seconds=_clock(seconds))
    if not wish or seconds >= (1 - _TOLERANCE) * wish:
        return Plain("")
    return phrase(context.language, "short", wish=context.profile.minutes, minutes=_clock(seconds))


def _again(count: int, language: str) -> dict[str, object]:
    """The words around what is to be remembered."""
    if count < 2:
        return {"recap_lead": phrase(language, "recap_one"), "recap_turns": (Plain(""),)}
    counted = words(count, language).capitalize()
    between = phrases(language, "recap_next")
    last = phrase(language, "recap_last") if count > 2 else between[0]
    turns = (phrase(language, "recap_first"), *between[:count - 2], last)
    return {"recap_lead": phrase(language, "recap_many", count=counted), "recap_turns": turns}


def _counted(number: int, key: str, language: str, name: str) -> Plain:
    return phrase(language, f"{key}_one") if number == 1 else phrase(language, f"{key}_many", **{name: number})


def _times(chapters: Sequence[making.Spoken], language: str) -> list[Plain]:
    """Where each chapter starts and how long it is, as "1:05, about 0:40"."""
    out: list[Plain] = []
    start = 0.0
    for chapter in chapters:
        own = making.length([chapter]) - LEAD
        out.append(phrase(language, "place", start=_clock(start), length=_clock(own)))
        start += own
    return out


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
