"""Posts: for each topic one for each platform that it holds a text for, hook first, counted by that platform's own rule.

Each is a window of one slide (windows.py): sentences that need nothing before them and promise nothing after them. Each
platform has a text of its own while there are some, of slides that no two others tell, then of any. What is left without one
shares the text or the list of another platform, rather with near readers, and no three share one; where that does not fit
either there is no post. The plan says both. Beside windows there are the lists of a topic, whole and under the title of their
slide. Every sentence is the author's, and what does not fit is not taken. Where a slide has enough to tell, X and Bluesky get
it as a thread (thread.py); how the posts are written down is in posts.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from content.draft import Artefact, Draft, Limit, Sentence
from generators.alone import orders
from generators.announce import announcements, listing
from generators.apart import only_tried, tells
from generators.closed import paired
from generators.context import Context
from generators.facts import alike, kinds_of
from generators.hashtags import hashtags
from generators.hooks import doubts
from generators.limits import limits
from generators.links import handle, printed
from generators.material import Material
from generators.naming import slug
from generators.posts import page, posts_json
from generators.prose_cues import cues
from generators.quotable import worth
from generators.render import Plain, escape_nothing, render, say
from generators.thread import PLATFORMS as THREADS
from generators.thread import Told as Thread
from generators.thread import thread
from generators.windows import Window, enough, lines, windows
from language.counting import count


@dataclass(frozen=True, slots=True)
class _Form:
    """How a platform likes its posts: what opens them, how many sentences follow, how many tags, how long at best."""

    opens: tuple[str, ...]
    sentences: int
    tags: int
    #: Characters that read best; the hard limit is in limits.yaml.
    best: int


#: Posts and threads of one slide in a topic.
_TWICE = 2
#: Platforms with nearly the same readers.
_NEAR = {"x": "bluesky", "bluesky": "x", "mastodon": "threads", "threads": "mastodon",
         "linkedin": "internal", "internal": "linkedin", "facebook": "instagram", "instagram": "facebook"}
#: Sentences of a point that needs no title, and what the best of them is worth at least.
_POINT, _GOOD = 2, 0.5
#: Share of a window's sentences from which on it was told.
_SAID = 0.5
#: Sentences from which on a form is for telling: one sentence alone looks lost there.
_LONG = 3
#: Share of the best length from which on a post is long enough.
_FULL = 0.6
_FORMS: dict[str, _Form] = {
    "linkedin": _Form(("story", "question", "example"), 6, 4, 1300),
    "x": _Form(("number", "contrast", "point"), 1, 2, 280),
    "bluesky": _Form(("contrast", "myth", "advice"), 1, 2, 300),
    "mastodon": _Form(("example", "number", "point"), 2, 3, 480),
    "threads": _Form(("question", "story", "contrast"), 2, 1, 480),
    "facebook": _Form(("quotation", "question", "story"), 1, 2, 300),
    "instagram": _Form(("advice", "quotation", "myth"), 3, 5, 700),
    "internal": _Form(("point", "advice", "number"), 4, 0, 1200),
}


@dataclass(slots=True)
class _Told:
    """What the posts of a topic have told so far, and what its sentences are: stories, numbers, questions."""

    kinds: Mapping[tuple[str, ...], tuple[str, ...]]
    opened: list[Sentence] = field(default_factory=list)
    said: list[Window] = field(default_factory=list)
    #: The slides whose lists were posted, and those of the other posts and of threads, once for each.
    listed: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    def again(self, window: Window) -> bool:
        """Whether another post has told a window, wholly or for the most part."""
        own = {name for each in window.sentences for name in each.sources}
        said = [{name for each in other.sentences for name in each.sources} for other in self.said]
        return any(len(own & other) > _SAID * min(len(own), len(other)) for other in said)

    def spent(self) -> frozenset[int]:
        """The slides that no further post may tell."""
        return frozenset(unit for unit in self.used if self.used.count(unit) >= _TWICE)

    @property
    def used(self) -> list[int]:
        """The slides of all posts and threads, once for each."""
        return [*self.units, *self.listed]


class SocialGenerator:
    """One post a topic and platform where there is a text for it, and threads; social/posts.json for machines,
    social/posts.md for people.
    """

    kind = "social"
    limits = (*(f"{platform}.post" for platform in _FORMS), *(f"{platform}.thread" for platform in THREADS))
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """All posts, topic by topic, the thread of a platform after its post."""
        made: list[Draft] = []
        tags = hashtags(context)
        for material in context.materials:
            made += _of_topic(material, tags[material.topic.number], context)
        return tuple(made) or announcements(tags, context)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """posts.json with counts, facets and the text as LinkedIn's API wants it; posts.md to read and copy."""
        if not drafts:
            return ()
        return (Artefact(path="social/posts.json", data=posts_json(drafts, context), media_type="application/json"),
                Artefact(path="social/posts.md", data=page(drafts, context).encode(), media_type="text/markdown"))


GENERATOR = SocialGenerator()


def _of_topic(material: Material, tags: list[Sentence | Plain], context: Context) -> list[Draft]:
    """The posts and threads of a topic. A platform whose thread tells a slide has another one in its post."""
    found = (*windows(material, context), *lines(material, context))
    offered = [each for each in found if enough(each, context) and _to_its_point(each, context)]
    told = _Told(kinds_of(material))
    threads = _threads(material, offered, told, tags, context)
    posts: dict[str, Draft] = {}
    known = [each for each in context.profile.platforms if each in _FORMS]
    own = {platform: frozenset({made.unit}) for platform, made in threads.items()}

    def fill(by: _Told, spent: Callable[[], frozenset[int]]) -> None:
        for platform in sorted((each for each in known if each not in posts), key=lambda each: _NEAR[each] not in posts):
            gone = spent() | own.get(platform, frozenset())
            left = [each for each in offered if each.unit not in gone]
            if (draft := _draft(platform, material, left, by, tags, context, gone)) is not None:
                posts[platform] = draft

    fill(told, told.spent)
    fill(told, frozenset)
    fill(_Told(told.kinds), frozenset)
    return [draft for platform in known for draft in (
        *((posts[platform],) if platform in posts else ()), *((threads[platform].draft,) if platform in threads else ()))]


def _to_its_point(window: Window, context: Context) -> bool:
    """Whether a window is no story or order without its end, and no test without what came of it."""
    language, texts = context.cleared.language, [each.text for each in window.sentences]
    if only_tried(window.heading.text if window.heading else "", texts, language):
        return False
    counted = any(cues(language).has("n_things", each) for each in texts)
    if window.closes or (not counted and (window.title is not None or len(texts) == 1)):
        return True
    if counted:
        return False
    return not tells(texts[-1:], language) and not orders(texts[0], language)


def _draft(platform: str, material: Material, offered: Sequence[Window], told: _Told, tags: list[Sentence | Plain],
           context: Context, spent: frozenset[int]) -> Draft | None:
    """A window that is closed and not told yet; a list, whole; what wants a little more; None where all of that is told."""
    fresh = [each for each in offered if not told.again(each)]
    closed = [each for each in fresh if not each.wants]
    return (_post(platform, material, closed, told, tags, context)
            or _list(platform, material, told, tags, context, spent)
            or _post(platform, material, closed, told, tags, context, again=True)
            or (None if told.used else _post(platform, material, fresh, told, tags, context)))


def _list(platform: str, material: Material, told: _Told, tags: list[Sentence | Plain], context: Context,
          spent: frozenset[int]) -> Draft | None:
    """A list of the topic that no other post has told, whole."""
    said = {name for each in told.said for s in each.sentences for name in s.sources}
    draft = listing(platform, material, tags, told.listed, context, told.used, spent, said)
    if draft is not None:
        told.said.append(Window(told.listed[-1], tuple(s for s in draft.segments if s.sources and s.text[0] != "#")))
    return draft


def _post(platform: str, material: Material, offered: Sequence[Window], told: _Told, tags: list[Sentence | Plain],
          context: Context, again: bool = False) -> Draft | None:
    """The post of a topic for a platform: the window that suits it best of those that opened none, or of those that did."""
    form, limit = _FORMS[platform], limits()[f"{platform}.post"]
    tags = tags[:form.tags]
    language = context.cleared.language
    fitting: list[tuple[Window, tuple[Sentence, ...]]] = []
    for window in offered:
        if len(window.sentences) > form.sentences + 1:
            continue
        fresh = not any(alike(window.opening, other, language) for other in told.opened)
        if fresh is again:
            continue
        title = _headed(window, fresh, platform, material, context)
        # A line that says its title over again adds nothing to it.
        if title is not None and len(window.sentences) == 1 and alike(title, window.sentences[0], language):
            continue
        segments = _render(platform, material, title, window, tags, context)
        if _fits(segments, limit, form):
            fitting.append((window, segments))
    if not fitting:
        return None
    window, segments = max(fitting, key=lambda each: _worth(each[0], form, told, context))
    told.opened[:] = [*(each for each in told.opened if each is not window.opening), window.opening]
    told.said.append(window)
    told.units.append(window.unit)
    return Draft(kind="social", name=f"social/{material.topic.number:02d}/{platform}", path="social/posts.json",
                 topic=material.topic.number, title=material.title, language=context.language, segments=segments,
                 limit=limit)


def _headed(window: Window, fresh: bool, platform: str, material: Material, context: Context) -> Sentence | None:
    """The title above a post, None for none: always that of the slide which its text is from.

    An internal post has one, and so has what opened a post of another platform, what begins with an order, and what is told
    from the middle of a slide and is no point by itself: its reader has to know what it is about.
    """
    language = context.cleared.language
    own = window.title or window.heading
    first = window.sentences[0].text
    if platform == "internal":
        return own or _traced(material.title)
    if window.title is not None:
        return window.title
    if not fresh:
        return own or _traced(material.title)
    texts = [each.text for each in window.sentences]
    best = max(worth(each, language) for each in texts)
    pointed = len(texts) <= _POINT and (best >= _GOOD or paired(texts[0], texts[-1], language))
    needs = orders(first, language) or not window.begins
    return own if needs and (not pointed or cues(language).has("no_start", first)) else None


def _traced(title: Sentence) -> Sentence | None:
    return title if title.sources else None


def _worth(window: Window, form: _Form, told: _Told, context: Context) -> float:
    """How well a window suits a platform: told to the end of its slide, well opened, as long as is liked, not told yet."""
    language = context.cleared.language
    text = " ".join(each.text for each in window.sentences)
    value = 2.5 * window.ends + 1.0 * window.begins - 2.0 * window.wants
    value -= doubts(window.sentences[0], context)
    kinds = [kind for kind in form.opens if kind in told.kinds.get(window.sentences[0].sources, ())]
    value += (len(form.opens) - form.opens.index(kinds[0])) * 0.5 if kinds else 0.0
    value += 1.5 * min(1.0, len(text) / (_FULL * form.best))
    if len(window.sentences) == 1:
        value -= 2.0 * (form.sentences >= _LONG)
        value += min(1.0, max(-1.0, worth(text, language))) - 0.5
    elif len(window.sentences) < _LONG <= form.sentences:
        value -= 1.0
    said = {name for other in told.said for each in other.sentences for name in each.sources}
    own = [name for each in window.sentences for name in each.sources]
    value -= 4.0 * sum(name in said for name in own) / max(1, len(own))
    return value - 1.0 * told.used.count(window.unit)


def _threads(material: Material, offered: Sequence[Window], told: _Told, tags: list[Sentence | Plain],
             context: Context) -> dict[str, Thread]:
    """The thread of each platform that has them, each of another slide."""
    out: dict[str, Thread] = {}
    for platform in (each for each in context.profile.platforms if each in THREADS):
        left = [each for each in offered if each.unit not in told.units]
        made = thread(platform, material, left, told.kinds, tags[:_FORMS[platform].tags], context)
        if made is not None:
            out[platform] = made
            told.units.append(made.unit)
            told.said.append(made.window)
    return out


def _render(platform: str, material: Material, title: Sentence | None, window: Window, tags: list[Sentence | Plain],
            context: Context) -> tuple[Sentence, ...]:
    # An internal post names its subject, in the line where others have it only when they need it.
    profile = context.profile
    named = platform == "internal"
    rows = [*((title,) if title is not None and not named else ()), *window.sentences]
    hook, body = rows[0], rows[1:]
    name = handle(profile, platform)
    return render(f"social/{platform}.txt.j2", context.language,
                  {"title": title or material.title, "hook": hook, "body": body, "tags": tags,
                   "link": printed(profile, platform, slug(material.title.text)),
                   "more": say(context.language, "more_from", handle=name) if name else None,
                   "call": Plain(profile.call_to_action)}, escape=escape_nothing)


def _fits(segments: tuple[Sentence, ...], limit: Limit, form: _Form) -> bool:
    text = "".join(segment.text for segment in segments).strip()
    return (count(text, limit.unit) <= min(limit.limit, max(form.best, 1))
            and all(count(text, unit) <= ceiling for unit, ceiling in limit.also.items()))
