"""A topic as a thread: for X and Bluesky, where one post holds two sentences and the topic has ten.

The first post is the hook alone or with what follows it at once; the others go on in the order of the talk, without a
gap; the last one holds the link, the handle and the tags. Each post is counted and numbered. A topic that does not fill
three posts gets none: a thread of two is one post with a cut in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.document import Part
from content.draft import Draft, Limit, Sentence
from generators.alone import on_screen
from generators.context import Context
from generators.facts import Fact, alike
from generators.hooks import doubts, may_open
from generators.limits import limits
from generators.links import handle, printed
from generators.material import Material, Passage
from generators.naming import slug
from generators.render import Plain, escape_nothing, render, say
from language.counting import count

#: Platforms that have threads.
PLATFORMS = ("x", "bluesky")
_OPENS = {"x": ("story", "number", "question"), "bluesky": ("question", "example", "story")}
_FEWEST, _MOST = 3, 6
#: Room for the number of a post and the blank line before it ("\n\n3/6").
_NUMBER = 5
#: A first post that is longer than this is no hook.
_HOOK = 200


def thread(platform: str, material: Material, pool: Sequence[Fact], tags: list[Sentence | Plain],
           context: Context) -> Draft | None:
    """The thread of a topic; None when the topic has too little to tell in one go."""
    limit = limits()[f"{platform}.thread"]
    opens = _OPENS[platform]

    def rank(fact: Fact) -> tuple[int, int]:
        return doubts(fact.sentence, context), opens.index(fact.kind) if fact.kind in opens else len(opens)

    for fact in sorted((each for each in pool if may_open(each.sentence, material, context)), key=rank):
        parts = _whole(_parts(fact.sentence, list(_told(fact.sentence, material, context)), platform), material, context)
        if len(parts) < _FEWEST:
            continue
        for few in (tags, tags[:1], []):
            segments = _render(platform, material, parts, few, context)
            if _fits(segments, limit):
                return Draft(kind="social", name=f"social/{material.topic.number:02d}/{platform}-thread",
                             path="social/posts.json", topic=material.topic.number, title=material.title,
                             language=context.language, segments=segments, limit=limit)
    return None


def _told(hook: Sentence, material: Material, context: Context) -> Iterator[Sentence]:
    """What is told after the hook, to the end of its passage and on through those after it, as long as it is speech.

    Bullets made into sentences do not tell: an "it" among them stands for what another bullet named.
    """
    language = context.cleared.language
    begun = False
    for passage in material.passages:
        if not (passage.spoken and passage.prose):
            if begun:
                return
            continue
        for sentence in _speech(passage, context):
            if begun:
                if on_screen(sentence.text, language):
                    return
                if any(char.isalpha() for char in sentence.text) and not alike(sentence, hook, language):
                    yield sentence
            begun = begun or bool(set(sentence.sources) & set(hook.sources))


def _speech(passage: Passage, context: Context) -> list[Sentence]:
    """The sentences that come from the notes, where its unit has notes: what the slide says beside them tells nothing on."""
    known = context.index.by_id
    said = [s for s in passage.prose if any(name in known and known[name].part is Part.NOTES for name in s.sources)]
    spoken = any(each.part is Part.NOTES for each in context.index.by_unit.get(passage.unit, ()))
    return said if said or spoken else list(passage.prose)


def _parts(hook: Sentence, told: list[Sentence], platform: str) -> list[list[Sentence]]:
    """The sentences as posts, each as full as it may be; told up to the last that still fits a thread."""
    limit = limits()[f"{platform}.post"]
    room = limit.limit - _NUMBER
    parts: list[list[Sentence]] = [[hook]]
    for sentence in told:
        if count(sentence.text, limit.unit) > room:
            break
        ceiling = room if len(parts) > 1 else _HOOK
        if count(" ".join(s.text for s in (*parts[-1], sentence)), limit.unit) <= ceiling:
            parts[-1].append(sentence)
        elif len(parts) == _MOST:
            break
        else:
            parts.append([sentence])
    return parts if count(hook.text, limit.unit) <= _HOOK else []


def _whole(parts: list[list[Sentence]], material: Material, context: Context) -> list[list[Sentence]]:
    """The posts up to the last sentence with which a passage ends, where enough of them are left: a thread has an end."""
    ends = {row[-1].sources for passage in material.passages if (row := _speech(passage, context))}
    for last in range(len(parts) - 1, _FEWEST - 2, -1):
        for place in range(len(parts[last]) - 1, -1, -1):
            if parts[last][place].sources in ends:
                return [*parts[:last], parts[last][:place + 1]]
    return parts


def _render(platform: str, material: Material, parts: list[list[Sentence]], tags: list[Sentence | Plain],
            context: Context) -> tuple[Sentence, ...]:
    profile = context.profile
    name, link = handle(profile, platform), printed(profile, platform, slug(material.title.text))
    # Where there is something to follow it stands in a post of its own: the talk is told to its end first.
    closing: list[list[Sentence]] = [[]] if name or link else []
    return render("social/thread.txt.j2", context.language,
                  {"parts": [*parts, *closing], "tags": tags, "link": link,
                   "more": say(context.language, "more_from", handle=name) if name else None}, escape=escape_nothing)


def _fits(segments: tuple[Sentence, ...], limit: Limit) -> bool:
    text = "".join(segment.text for segment in segments).strip()
    return count(text, limit.unit) <= limit.limit and all(count(text, unit) <= most for unit, most in limit.also.items())
