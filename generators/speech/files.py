"""The files of an episode: sound, cover, captions, chapters, transcript and feed, all from the lines of one script."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from content.draft import Artefact, Draft
from content.errors import BadSettings
from generators.context import Context
from generators.naming import pack_slug
from generators.speech import companions, cover, making, mp3, transcript
from generators.speech.feed import Feed, base, feed
from generators.speech.transcript import clock
from generators.speech.wording import phrase


def episode(draft: Draft, context: Context) -> list[Artefact]:
    """The spoken file of a script and what goes beside it. Raises NoVoice, LostSpeech, BadOutput and BadSettings."""
    profile, language = context.profile, context.language
    if profile.start and not _is_date(profile.start):
        raise BadSettings("profile.start", "is not a date", "Write it as 2031-01-06")
    title, authors = draft.title.text, ", ".join(author.name for author in profile.authors)
    chapters = making.chapters_of(draft.text, draft.language, profile)
    notes = _notes(context, authors)
    picture = cover.draw(title, authors, profile.palette, len(chapters) - 2)
    out = io.BytesIO()
    made = making.make(chapters, mp3.Tags(
        title=title, artist=authors or profile.company, album=profile.campaign or phrase(language, "album"),
        language=draft.language, comment=_disclosed(context), licence=profile.licence, cover=picture,
        published=profile.start, lyrics="\n\n".join(line.display for _, lines in chapters for line in lines),
    ), draft.language, profile, out)
    places = [f"{clock(each.start if number else 0.0)} {each.title}" for number, each in enumerate(made.chapters)]
    words = transcript.Words(
        language=language, heading=phrase(language, "transcript"), skip=phrase(language, "transcript_skip"),
        chapters=phrase(language, "chapters").rstrip(":"), listen=phrase(language, "transcript_listen"))
    about = Feed(
        title=title, description="\n".join([*notes, phrase(language, "chapters"), *places]),
        author=authors or profile.company, language=draft.language, seconds=made.seconds, length=made.size,
        guid=f"deckprism-{context.cleared.source.sha256[:32]}", link=profile.site, licence=profile.licence,
        base=base(profile.site, pack_slug(context.cleared)), unplaced=phrase(language, "no_site"), published=profile.start)
    note = _disclosed(context)
    return [_artefact(name, data, kind) for name, data, kind in (
        ("episode.mp3", out.getvalue(), "audio/mpeg"),
        ("episode.vtt", companions.vtt(made.chapters, note), "text/vtt"),
        ("episode.srt", companions.srt(made.chapters), "application/srt"),
        ("transcript.html", transcript.page(title, notes, made.chapters, words, draft.language), "text/html"),
        ("chapters.json", companions.chapters_json(made.chapters), "application/json+chapters"),
        ("feed.xml", feed(about), "application/rss+xml"),
        ("cover.png", picture, "image/png"))]


def _artefact(name: str, data: str | bytes, kind: str) -> Artefact:
    return Artefact(path=f"audio/{name}", data=data.encode() if isinstance(data, str) else data, media_type=kind)


def _disclosed(context: Context) -> str:
    """What every file says: that the voice is synthetic, and before it that the pack is held, where it is."""
    said = str(phrase(context.language, "disclosure"))
    return f"{phrase(context.language, 'held')} {said}" if context.held else said


def _notes(context: Context, authors: str) -> Sequence[str]:
    """The show notes, a line each: state, origin, disclosure, where the rest is, licence."""
    language = context.language
    about = [phrase(language, "held")] if context.held else []
    about.append(phrase(language, "by", names=authors) if authors else phrase(language, "from_talk"))
    about += [phrase(language, "disclosure"), phrase(language, "slides")]
    if context.profile.site:  # what the episode says of the show notes stands in them
        about.append(phrase(language, "where", site=context.profile.site))
    if context.profile.licence:
        about.append(phrase(language, "licence", licence=context.profile.licence))
    return about


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
