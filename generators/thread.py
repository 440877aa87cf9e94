"""A topic as a thread: for X and Bluesky, where one post holds two sentences and the topic has ten.

A thread tells one slide, or one build of slides, from a closed window on to its last sentence: two slides have no bridge.
No post parts the two halves of a thought; the last one holds the link, the handle and the tags. Each post is counted and
numbered. A topic without a slide that fills three posts gets none: a thread of two is one post with a cut in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.draft import Draft, Limit, Sentence
from generators.alone import orders
from generators.closed import carries_on, unfinished
from generators.context import Context
from generators.hooks import doubts
from generators.limits import limits
from generators.links import handle, printed
from generators.material import Material
from generators.naming import slug
from generators.render import Plain, escape_nothing, render, say
from generators.windows import Window
from language.counting import count

#: Platforms that have threads.
PLATFORMS = ("x", "bluesky")
_OPENS = {"x": ("story", "number", "question"), "bluesky": ("question", "example", "story")}
_FEWEST, _MOST = 3, 6
#: Room for the number of a post and the blank line before it ("\n\n3/6").
_NUMBER = 5
#: A post that is shorter than this is lost in a thread; more than any thread costs.
_SLIGHT, _NEVER = 70, 1000.0
#: A first post that is longer than this is no hook.
_HOOK = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A thread and the window of a slide that it tells."""

    window: Window
    draft: Draft

    @property
    def unit(self) -> int:
        """The slide."""
        return self.window.unit


def thread(platform: str, material: Material, offered: Sequence[Window], kinds: Mapping[tuple[str, ...], tuple[str, ...]],
           tags: list[Sentence | Plain], context: Context) -> Told | None:
    """The thread of a topic; None when no slide of it has enough to tell in one go.

    `offered` are the topic's windows; a thread is one that goes on to the last sentence of its slide.
    """
    limit = limits()[f"{platform}.thread"]
    opens = _OPENS[platform]
    longest: dict[tuple[str, ...], Window] = {}
    for each in offered:
        if each.title is None and not each.wants and not orders(each.sentences[0].text, context.cleared.language):
            longest[each.sentences[0].sources] = each

    def rank(window: Window) -> tuple[int, bool, int]:
        found = [place for place, kind in enumerate(opens) if kind in kinds.get(window.sentences[0].sources, ())]
        return doubts(window.sentences[0], context), not window.begins, min(found, default=len(opens))

    for first in sorted((each for each in longest.values() if each.closes), key=rank):
        parts = _cut(first.sentences, platform, context, _HOOK)
        if not _FEWEST <= len(parts) <= _MOST:
            continue
        for few in (tags, tags[:1], []):
            segments = _render(platform, material, parts, few, context)
            if _fits(segments, limit):
                return Told(first, Draft(
                    kind="social", name=f"social/{material.topic.number:02d}/{platform}-thread", path="social/posts.json",
                    topic=material.topic.number, title=material.title, language=context.language, segments=segments,
                    limit=limit))
    return None


def _cut(row: Sequence[Sentence], platform: str, context: Context, first: int = 0) -> list[list[Sentence]]:
    """A window as posts, none ended before the point of its last sentence or begun with what takes up the one before, and as
    even as may be; [] when one of its thoughts is longer than a post. The first post holds at most `first` characters where
    that is possible.
    """
    limit = limits()[f"{platform}.post"]
    room = limit.limit - _NUMBER
    for strict in (True, False):
        thoughts = _thoughts(row, context, strict)
        size = len(thoughts)
        # best[n]: what it costs at least to tell the first n thoughts, and where the last post of that begins.
        best: list[tuple[float, int]] = [(0.0, 0)] + [(_NEVER, 0)] * size
        for end in range(1, size + 1):
            for start in range(end):
                length = count(_text([each for thought in thoughts[start:end] for each in thought]), limit.unit)
                if length > room or best[start][0] >= _NEVER:
                    continue
                cost = 1.0 + 2.0 * (length < _SLIGHT) + 2.0 * (first > 0 and start == 0 and length > first and end > 1)
                cost += (1.0 - length / room) ** 2
                best[end] = min(best[end], (best[start][0] + cost, start))
        if best[size][0] < _NEVER:
            cuts, end = [], size
            while end:
                cuts.append((best[end][1], end))
                end = best[end][1]
            posts = [[each for thought in thoughts[start:end] for each in thought] for start, end in reversed(cuts)]
            lost = any(count(_text(post), limit.unit) < _SLIGHT and carries_on(post[0].text, context.cleared.language)
                       for post in posts[1:])
            return [] if lost else posts
    return []


def _thoughts(row: Sequence[Sentence], context: Context, strict: bool) -> list[list[Sentence]]:
    """The sentences in groups that no post may part: not the first half of a turn from the second; where it is `strict`
    neither a sentence from what takes it up ("It is ...").
    """
    language = context.cleared.language
    out: list[list[Sentence]] = [[]]
    for place, sentence in enumerate(row):
        out[-1].append(sentence)
        after = [each.text for each in row[place + 1:]]
        # The steps of a series may stand in posts of their own: the thread goes on.
        if after and unfinished([sentence.text], after, language, series=False) is not None and not (
                strict and carries_on(after[0], language)):
            out.append([])
    return [each for each in out if each]


def _text(row: Sequence[Sentence]) -> str:
    return " ".join(each.text for each in row)


def _render(platform: str, material: Material, parts: list[list[Sentence]], tags: list[Sentence | Plain],
            context: Context) -> tuple[Sentence, ...]:
    profile = context.profile
    name, link = handle(profile, platform), printed(profile, platform, slug(material.title.text))
    # Where there is something to follow it stands in a post of its own, under the title of the topic: the talk is told to
    # its end first, and a post of only a link says nothing.
    closing = [[material.title]] if name or link else []
    return render("social/thread.txt.j2", context.language,
                  {"parts": [*parts, *closing], "tags": tags, "link": link,
                   "more": say(context.language, "more_from", handle=name) if name else None}, escape=escape_nothing)


def _fits(segments: tuple[Sentence, ...], limit: Limit) -> bool:
    text = "".join(segment.text for segment in segments).strip()
    return count(text, limit.unit) <= limit.limit and all(count(text, unit) <= most for unit, most in limit.also.items())
