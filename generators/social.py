"""Posts: for each topic one for each platform, hook first, counted by that platform's own rule.

Platforms open with different sentences for as long as a topic has such, and every sentence is the author's. Nothing is
condensed: a sentence that does not fit is not taken. Where a topic has enough to tell, X and Bluesky get it as a thread too
(thread.py); how the posts are written down is in posts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Limit, Sentence
from generators.alone import on_screen, whole_thought
from generators.announce import announcements
from generators.context import Context
from generators.facts import Fact, alike, facts, items
from generators.hashtags import hashtags
from generators.hooks import doubts, may_open
from generators.limits import limits
from generators.links import handle, printed
from generators.material import Material, Passage
from generators.naming import slug
from generators.posts import page, posts_json
from generators.prose_cues import cues
from generators.render import Plain, escape_nothing, render, say
from generators.thread import PLATFORMS as THREADS
from generators.thread import thread
from language.counting import count


@dataclass(frozen=True, slots=True)
class _Form:
    """How a platform likes its posts: what opens them, how many sentences follow, how many tags, how long at best."""

    opens: tuple[str, ...]
    sentences: int
    tags: int
    #: Characters that read best; the hard limit is in limits.yaml.
    best: int


#: Ways of leaning on something unsaid that a first sentence may not have together.
_TOO_MANY = 2
#: Words of what may be the name of something ("Three wishes."), and then tells nothing on.
_STUB = 3
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


class SocialGenerator:
    """One post a topic and platform, and threads; social/posts.json for machines, social/posts.md for people."""

    kind = "social"
    limits = (*(f"{platform}.post" for platform in _FORMS), *(f"{platform}.thread" for platform in THREADS))
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """All posts, topic by topic, the thread of a platform after its post."""
        made: list[Draft] = []
        tags = hashtags(context)
        language = context.cleared.language
        for material in context.materials:
            pool = [*facts(material, context.index, language), *items(material, context.index, language)]
            opened: list[Sentence] = []
            threaded: list[Draft] = []
            for platform in context.profile.platforms:
                form = _FORMS.get(platform)
                if form is None:
                    continue
                own = tags[material.topic.number][:form.tags]
                draft = _post(platform, material, pool, opened, own, context)
                if draft is not None:
                    made.append(draft)
                if platform in THREADS:
                    threaded += _threads(platform, material, pool, own, threaded, context)
                    made += threaded[-1:] if threaded and threaded[-1] not in made else []
        return tuple(made) or announcements(tags, context)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """posts.json with counts, facets and the text as LinkedIn's API wants it; posts.md to read and copy."""
        if not drafts:
            return ()
        return (Artefact(path="social/posts.json", data=posts_json(drafts, context), media_type="application/json"),
                Artefact(path="social/posts.md", data=page(drafts, context).encode(), media_type="text/markdown"))


GENERATOR = SocialGenerator()


def _post(platform: str, material: Material, pool: list[Fact], opened: list[Sentence], tags: list[Sentence | Plain],
          context: Context) -> Draft | None:
    # Where all have opened a post, the one of longest ago does so again: who follows one platform misses nothing.
    chosen = (_best(platform, material, _hooks(_FORMS[platform], pool, opened, material, context), tags, context)
              or _best(platform, material, opened, tags, context))
    if chosen is None:
        return None
    opened[:] = [*(each for each in opened if each is not chosen[0]), chosen[0]]
    return Draft(kind="social", name=f"social/{material.topic.number:02d}/{platform}", path="social/posts.json",
                 topic=material.topic.number, title=material.title, language=context.language, segments=chosen[1],
                 limit=limits()[f"{platform}.post"])


def _best(platform: str, material: Material, hooks: Sequence[Sentence], tags: list[Sentence | Plain],
          context: Context) -> tuple[Sentence, tuple[Sentence, ...]] | None:
    """The first hook that something follows within the limit, with all of its post; else the first that stands alone."""
    form, limit = _FORMS[platform], limits()[f"{platform}.post"]
    lone: tuple[Sentence, tuple[Sentence, ...]] | None = None
    for hook in hooks:
        body: list[Sentence] = []
        segments = _render(platform, material, hook, body, tags, context)
        if not _fits(segments, limit, form):
            continue
        for more in _following(hook, material, form, context):
            tried = _render(platform, material, hook, [*body, more], tags, context)
            if not _fits(tried, limit, form):
                break  # what comes after a gap may lean on what is missing
            body.append(more)
            segments = tried
        if body:
            return hook, segments
        # A hook that nothing follows is taken only when there is no other, and a question never.
        if hook.text[-1:] != "?":
            lone = lone or (hook, segments)
    return lone


def _threads(platform: str, material: Material, pool: list[Fact], tags: list[Sentence | Plain],
             others: list[Draft], context: Context) -> list[Draft]:
    """The thread of a platform, which opens otherwise than those of the others where the topic offers it; [] for none."""
    language = context.cleared.language
    clean = _clean(pool, context)
    taken = [next(s for s in other.segments if s.sources) for other in others]
    fresh = [fact for fact in clean if not any(alike(fact.sentence, hook, language) for hook in taken)]
    made = thread(platform, material, fresh, tags, context) or (
        thread(platform, material, clean, tags, context) if taken else None)
    return [made] if made else []


def _clean(pool: list[Fact], context: Context) -> list[Fact]:
    """The facts that somebody understands who sees no slide."""
    language = context.cleared.language
    cue = cues(language)
    return [fact for fact in pool
            if not on_screen(fact.sentence.text, language) and not cue.any("deixis", fact.sentence.text)]


def _hooks(form: _Form, pool: list[Fact], opened: list[Sentence], material: Material, context: Context) -> list[Sentence]:
    """What may open the post, best first: what points at nothing outside itself, then what the platform likes.

    What opened another post of this topic is left out.
    """
    language = context.cleared.language
    places = {kind: place for place, kind in enumerate(form.opens)}

    def rank(fact: Fact) -> tuple[int, int]:
        return doubts(fact.sentence, context), places.get(fact.kind, len(places))

    # Rather no post than one that nobody understands.
    able = [fact for fact in _clean(pool, context) if may_open(fact.sentence, material, context)]
    ranked = [fact.sentence for fact in sorted(able, key=rank) if rank(fact)[0] < _TOO_MANY]
    return [hook for hook in ranked if not any(alike(hook, other, language) for other in opened)]


def _following(hook: Sentence, material: Material, form: _Form, context: Context) -> list[Sentence]:
    """The sentences that follow the hook where it stands in the talk: a post tells on, it does not jump about."""
    language = context.cleared.language
    for passage in material.passages:
        places = [place for place, sentence in enumerate(passage.prose) if set(sentence.sources) & set(hook.sources)]
        if places:
            after = list(passage.prose[places[-1] + 1:places[-1] + 1 + form.sentences])
            return _told(after, hook, passage, language)
    # A hook that is a heading or a list item: what its slide says in prose.
    units = set(context.index.units(hook.sources))
    own = [(passage, list(passage.prose)) for passage in material.passages if passage.unit in units]
    told = [each for passage, prose in own for each in _told(prose[:form.sentences], hook, passage, language)]
    return told[:form.sentences]


def _told(row: list[Sentence], hook: Sentence, passage: Passage, language: str) -> list[Sentence]:
    """A run of sentences up to the first that needs the slide in view.

    Bullets made into sentences share a subject that an earlier bullet named, so an "it" among them may mean anything.
    """
    out: list[Sentence] = []
    for sentence in row:
        if not any(char.isalpha() for char in sentence.text):
            continue  # a sign by itself
        if on_screen(sentence.text, language):
            break
        if len(sentence.text.split()) <= _STUB and not whole_thought(sentence.text, language):
            break
        if not passage.spoken and not passage.running and cues(language).has("anaphora", sentence.text):
            break
        if not alike(sentence, hook, language):
            out.append(sentence)
    return out


def _render(platform: str, material: Material, hook: Sentence, body: list[Sentence], tags: list[Sentence | Plain],
            context: Context) -> tuple[Sentence, ...]:
    # An internal post names its subject; a hook that is that very title needs no second line of it.
    profile = context.profile
    name = handle(profile, platform)
    return render(f"social/{platform}.txt.j2", context.language,
                  {"title": material.title, "hook": hook, "body": body, "tags": tags,
                   "link": printed(profile, platform, slug(material.title.text)),
                   "more": say(context.language, "more_from", handle=name) if name else None,
                   "call": Plain(profile.call_to_action)}, escape=escape_nothing)


def _fits(segments: tuple[Sentence, ...], limit: Limit, form: _Form) -> bool:
    text = "".join(segment.text for segment in segments).strip()
    return (count(text, limit.unit) <= min(limit.limit, max(form.best, 1))
            and all(count(text, unit) <= ceiling for unit, ceiling in limit.also.items()))
