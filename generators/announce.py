"""Posts where there is no sentence to open one with: a title and what is under it, in the author's words.

A deck of pictures, labels or program text has nothing to quote. That it exists can still be told, once a platform. A topic
with other posts shows its lists too, each once, whole and under the title of its slide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from content.document import Part
from content.draft import Draft, Sentence
from generators.blog_title import says
from generators.context import Context
from generators.limits import limits
from generators.links import handle, printed
from generators.material import Material
from generators.naming import deck_title, says_something, slug
from generators.prose_cues import Cues, cues
from generators.render import Plain, escape_nothing, render, say
from language.counting import count
from language.fold import folded
from language.quotation import balanced
from language.source import SourceSentence

#: Topics that are named, at least and at most, tags, and platforms that print no link.
_FEWEST, _MOST, _TAGS = 2, 4, 2
#: Entries of a list that is posted whole.
_ENTRIES = 6
#: Words of an entry that only names something.
_NAME = 2
#: Words of the longest entry: a paragraph of running text is none.
_LINE = 40
#: A word of letters: a figure with its unit is half of what a slide says in large and in small print.
_LETTERS = re.compile(r"[^\W\d_]{2,}")
#: What a program takes or gives back, and the sources of a slide.
_PROGRAM = re.compile(r"[{}<>=|\\]|-{4,}|https?://|\bwww\.|\b[\w-]+\.(?:com|org|net)\b")
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
            segments = _render(platform, title, named[:few], list(tags.get(topic, ()))[:_TAGS], context,
                               say(context.language, "described_in"))
            text = "".join(each.text for each in segments).strip()
            if all(count(text, unit) <= most for unit, most in {limit.unit: limit.limit, **limit.also}.items()):
                made.append(Draft(kind="social", name=f"social/{topic:02d}/{platform}", path="social/posts.json", topic=topic,
                                  title=title, language=context.language, segments=segments, limit=limit))
                break
    return tuple(made)


def listing(platform: str, material: Material, tags: Sequence[Sentence | Plain], listed: list[int],
            context: Context, used: Sequence[int] = (), spent: Collection[int] = (),
            told: Collection[str] = ()) -> Draft | None:
    """The title of a slide and all that the slide lists below it, of the slide that was least `used`; None when each of the
    topic's lists is on one that is `spent`, is `listed` already, or was `told` for the most part (ids of its sentences).
    What is posted is noted in `listed`.
    """
    limit = limits().get(f"{platform}.post")
    if limit is None:
        return None
    rows = [row for row in _lists(material, context) if row[0] not in spent and row[0] not in listed
            and 2 * sum(bool(told) and set(each.sources) <= set(told) for each in row[2]) < len(row[2])]
    for unit, title, named in sorted(rows, key=lambda each: used.count(each[0])):
        for few_tags in (list(tags)[:_TAGS], list(tags)[:1], []):
            segments = _render(platform, title, named, few_tags, context)
            text = "".join(each.text for each in segments).strip()
            if all(count(text, name) <= most for name, most in {limit.unit: limit.limit, **limit.also}.items()):
                listed.append(unit)
                return Draft(kind="social", name=f"social/{material.topic.number:02d}/{platform}", path="social/posts.json",
                             topic=material.topic.number, title=material.title, language=context.language,
                             segments=segments, limit=limit)
    return None


def _lists(material: Material, context: Context) -> list[tuple[int, Sentence, list[Sentence]]]:
    """The slides of a topic that are a title and a short list, with all of the list: a part might say something else."""
    out = []
    cue = cues(context.cleared.language)
    cover = context.cleared.content_units()[0].number
    of_talk = {folded(context.cleared.title), folded(deck_title(context).text)}
    for unit in range(material.topic.first, material.topic.last + 1):
        row = context.index.by_unit.get(unit, ())
        title = [each for each in row if each.part is Part.TITLE]
        # The number of a slide is no entry.
        body = [each for each in row if each.part is Part.BODY and not each.text.strip().isdigit()]
        rest = any(each.part not in {Part.TITLE, Part.BODY, Part.NOTES} for each in row)
        # What stands under the title of the talk is who gives it, and where.
        if not title or unit == cover or cue.has("contents_title", title[0].text) or folded(title[0].text) in of_talk:
            continue
        if len(title) != 1 or rest or unit in material.skipped or unit in context.cleared.touched_units:
            continue
        # A list that goes on from another slide, or begins with somebody who was named there, is half of one.
        first = body[0].text if body else ""
        if cue.has("build_mark", title[0].text) or any(cue.has(name, first) for name in ("anaphora", "leans", "points_last")):
            continue
        entries = _entries(body)
        # Names alone tell nothing.
        if 2 * sum(len(each.text.split()) > _NAME for each in entries) < len(entries):
            continue
        if _FEWEST <= len(entries) <= _ENTRIES and says_something(title[0].text) and all(_prints(e, cue) for e in entries):
            out.append((unit, Sentence(text=title[0].text, sources=(title[0].id,)), entries))
    return out


def _prints(entry: Sentence, cue: Cues) -> bool:
    """Whether a line can stand in a list that is posted: words, whole, not still to be filled in, no program text."""
    text = entry.text
    whole = balanced(text) and text[-1:] not in ":?…" and len(text.split()) <= _LINE
    return whole and len(_LETTERS.findall(text)) >= _FEWEST and not cue.any("drop", text) and _PROGRAM.search(text) is None


def _entries(body: Sequence[SourceSentence]) -> list[Sentence]:
    """The lines of a list as the slide has them: what an objection and its reply say in one line stays one line."""
    rows: dict[str, list[SourceSentence]] = {}
    for each in body:
        rows.setdefault(each.block, []).append(each)
    return [Sentence(text=" ".join(each.text for each in row), sources=tuple(each.id for each in row))
            for row in rows.values()]


def _render(platform: str, title: Sentence, named: Sequence[Sentence], tags: Sequence[Sentence | Plain],
            context: Context, within: Plain | None = None) -> tuple[Sentence, ...]:
    profile = context.profile
    name = handle(profile, platform)
    link = None if platform in _NO_LINK else printed(profile, platform, slug(title.text))
    return render("social/announcement.txt.j2", context.language, {
        "title": title, "named": named, "within": within,
        "tags": [] if platform == "internal" else tags, "link": link,
        "more": say(context.language, "more_from", handle=name) if name else None}, escape=escape_nothing)
