"""The episode: a script to record or to be spoken, the spoken file, and what players want beside it.

One draft, audio/script.md. Its text alone is spoken: captions, chapters, tags and feed come from the same lines, so the
gates that judge the draft judge them all. Where no voice is installed, the script is made and a short note says why
there is no episode.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content.document import Part
from content.draft import Artefact, Draft, Sentence
from content.errors import BadSettings
from generators.context import Context
from generators.render import Plain, render
from generators.speech import companions, cover, making, mp3
from generators.speech.episode import LEAD
from generators.speech.story import Story, spoken_title, tell
from generators.speech.voice import NoVoice
from generators.speech.wording import phrase
from language.source import sentences_of

_PATH = "audio/script.md"
#: Share of the ceiling that is aimed at when the profile does not name a length: 9 of 12 minutes.
_AIM = 0.75
_WORDS_A_MINUTE = 140
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
        words = max(60, round(wish / 60 * _WORDS_A_MINUTE) - _FRAME)
        best: tuple[float, Draft] | None = None
        low, high = 0, 0  # words that came out under and over the wish; 0: not known yet
        for _ in range(6):
            story = tell(context.materials, words, context.language)
            if story is None:
                return ()
            draft, seconds = _write(story, context)
            missed = abs(seconds - wish) + (1000.0 if seconds > ceiling else 0.0)
            if best is None or missed < best[0]:
                best = (missed, draft)
            if missed < 0.03 * wish:
                break
            if seconds > wish:
                high = words
            else:
                low = words
            # Stretches are told whole, so length goes in steps: guess once, then halve.
            guess = max(20, round(words + (wish - seconds) / 60 * _WORDS_A_MINUTE))
            fresh = (low + high) // 2 if low and high else guess
            if fresh == words:
                break
            words = fresh
        return (best[1],) if best else ()

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """The script, and with speech allowed and a voice installed the episode and its companions."""
        made: list[Artefact] = []
        for draft in drafts:
            made.append(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown"))
            if not context.audio:
                continue
            try:
                made += _episode(draft, context)
            except NoVoice:
                note = f"{phrase(context.language, 'missing')}\n"
                made.append(Artefact(path="audio/no-episode.txt", data=note.encode(), media_type="text/plain"))
        return tuple(made)


GENERATOR = AudioGenerator()


def _title(context: Context) -> Sentence:
    """The talk's own title with its place in the source; the first topic's where the title stands nowhere in it."""
    wanted = " ".join(context.cleared.title.split())
    for unit in context.cleared.content_units():
        for block in unit.blocks:
            if block.part is Part.TITLE and block.readable and " ".join(block.text.split()) == wanted:
                return Sentence(text=wanted, sources=tuple(each.id for each in sentences_of(unit, block)))
    return context.materials[0].title


def _write(story: Story, context: Context) -> tuple[Draft, float]:
    """The draft of a story and its estimated length in seconds. Rendered twice: times are known after the first."""
    title = _title(context)
    spoken, stop = spoken_title(title)
    language, authors = context.language, ", ".join(author.name for author in context.profile.authors)
    values: dict[str, object] = {
        "title": title, "spoken_title": spoken, "title_stop": stop, "story": story, "parts": story.parts,
        "held": phrase(language, "held") if context.held else "", "authors": Plain(authors),
        "call": Plain(context.profile.call_to_action), "opening_name": phrase(language, "opening"),
        "closing_name": phrase(language, "closing"), "minutes": 0, "seconds": 0, "words": 0, "about": Plain(""),
        "count": _counted(len(story.parts), "parts", language, "count"), "times": [Plain("")] * (len(story.parts) + 2),
    }
    for _ in range(2):
        segments = render("audio_script.md.j2", language, values)
        text = "".join(segment.text for segment in segments)
        chapters = making.chapters_of(text, context.cleared.language, context.profile)
        seconds = making.length(chapters)
        whole = round(seconds)
        values |= {"minutes": whole // 60, "seconds": whole % 60, "times": _times(chapters, language),
                   "words": sum(len(line.display.split()) for _, lines in chapters for line in lines),
                   "about": _counted(max(1, round(seconds / 60)), "length", language, "minutes")}
    segments = render("audio_script.md.j2", language, values)
    draft = Draft(kind="audio", name="audio/script", path=_PATH, title=title, language=context.cleared.language,
                  segments=segments)
    return draft, seconds


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


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _episode(draft: Draft, context: Context) -> list[Artefact]:
    """The spoken file and its companions. Raises NoVoice, LostSpeech and BadSettings."""
    profile, language = context.profile, context.language
    if profile.start and not _is_date(profile.start):
        raise BadSettings("profile.start", "is not a date", "Write it as 2031-01-06")
    authors = ", ".join(author.name for author in profile.authors)
    chapters = making.chapters_of(draft.text, draft.language, profile)
    disclosure = phrase(language, "disclosure")
    comment = f"{phrase(language, 'held')} {disclosure}" if context.held else str(disclosure)
    picture = cover.draw(draft.title.text, authors, profile.palette, len(chapters) - 2)
    transcript = "\n\n".join(line.display for _, lines in chapters for line in lines)
    made = making.make(chapters, mp3.Tags(
        title=draft.title.text, artist=authors or profile.company, album=profile.campaign or phrase(language, "album"),
        language=draft.language, comment=comment, licence=profile.licence, lyrics=transcript, cover=picture,
    ), draft.language, profile)
    about = [str(phrase(language, "held"))] if context.held else []
    about.append(phrase(language, "by", names=authors) if authors else phrase(language, "from_talk"))
    about += [disclosure, phrase(language, "slides")]
    if profile.licence:
        about.append(phrase(language, "licence", licence=profile.licence))
    places = [f"{_clock(each.start if number else 0.0)} {each.title}" for number, each in enumerate(made.chapters)]
    notes = "\n".join([*about, phrase(language, "chapters"), *places])
    base = f"{profile.site.rstrip('/')}/audio/" if profile.site else ""
    feed = companions.feed(companions.Feed(
        title=draft.title.text, description=notes[:4000], author=authors or profile.company, language=draft.language,
        guid=f"deckprism-{context.cleared.source.sha256[:32]}", seconds=made.seconds, length=len(made.data), base=base,
        link=profile.site, licence=profile.licence, published=profile.start))
    return [
        Artefact(path="audio/episode.mp3", data=made.data, media_type="audio/mpeg"),
        Artefact(path="audio/episode.vtt", data=companions.vtt(made.chapters, draft.language, comment).encode(),
                 media_type="text/vtt"),
        Artefact(path="audio/chapters.json", data=companions.chapters_json(made.chapters).encode(),
                 media_type="application/json+chapters"),
        Artefact(path="audio/feed.xml", data=feed.encode(), media_type="application/rss+xml"),
        Artefact(path="audio/cover.png", data=picture, media_type="image/png"),
    ]
