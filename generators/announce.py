"""Posts for a talk that holds no sentence to open one with: its title and what is in it, in the author's words.

A deck of pictures, labels or program text has nothing to quote. That it exists can still be told, once a platform.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.draft import Draft, Sentence
from generators.blog_title import says
from generators.context import Context
from generators.limits import limits
from generators.links import handle, printed
from generators.naming import deck_title, says_something, slug
from generators.prose_cues import cues
from generators.render import Plain, escape_nothing, render, say
from language.counting import count
from language.fold import folded

#: Topics that are named, at least and at most, tags, and platforms that print no link.
_FEWEST, _MOST, _TAGS = 2, 4, 2
_NO_LINK = frozenset({"instagram"})


def announcements(tags: Mapping[int, Sequence[Sentence | Plain]], context: Context) -> tuple[Draft, ...]:
    """One post a platform of the profile; () when the talk has no name, or fewer than two topics that say something."""
    title = deck_title(context)
    cue = cues(context.cleared.language)
    named = list({folded(m.title.text): m.title for m in context.materials
                  if m.title.sources and says(m.title, cue) >= 0 and folded(m.title.text) != folded(title.text)}.values())
    if not title.sources or not says_something(title.text) or len(named) < _FEWEST:
        return ()
    topic = context.materials[0].topic.number
    known = limits()
    made = []
    for platform in context.profile.platforms:
        limit = known.get(f"{platform}.post")
        if limit is None:
            continue
        for few in range(min(_MOST, len(named)), _FEWEST - 1, -1):
            segments = _render(platform, title, named[:few], list(tags.get(topic, ()))[:_TAGS], context)
            text = "".join(each.text for each in segments).strip()
            if all(count(text, unit) <= most for unit, most in {limit.unit: limit.limit, **limit.also}.items()):
                made.append(Draft(kind="social", name=f"social/{topic:02d}/{platform}", path="social/posts.json", topic=topic,
                                  title=title, language=context.language, segments=segments, limit=limit))
                break
    return tuple(made)


def _render(platform: str, title: Sentence, named: Sequence[Sentence], tags: Sequence[Sentence | Plain],
            context: Context) -> tuple[Sentence, ...]:
    profile = context.profile
    name = handle(profile, platform)
    link = None if platform in _NO_LINK else printed(profile, platform, slug(title.text))
    return render("social/announcement.txt.j2", context.language, {
        "title": title, "named": named, "within": say(context.language, "described_in"),
        "tags": [] if platform == "internal" else tags, "link": link,
        "more": say(context.language, "more_from", handle=name) if name else None}, escape=escape_nothing)
