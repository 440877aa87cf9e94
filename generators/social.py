"""Posts: for each topic one for each platform, hook first, counted by that platform's own rule.

No two platforms open with the same sentence, and every sentence is the author's. Nothing is condensed: a sentence that
does not fit is not taken.
"""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Limit, Sentence
from generators.context import Context
from generators.facts import Fact, alike, facts
from generators.hashtags import hashtags
from generators.limits import limits
from generators.material import Material
from generators.platforms import escape_linkedin, facets
from generators.quotable import points_away
from generators.render import Plain, escape_markdown, escape_nothing, render, say
from language.counting import count


@dataclass(frozen=True, slots=True)
class _Form:
    """How a platform likes its posts: what opens them, how many sentences follow, how many tags, how long at best."""

    opens: tuple[str, ...]
    sentences: int
    tags: int
    #: Characters that read best; the hard limit is in limits.yaml.
    best: int


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
    """One post a topic and platform; social/posts.json for machines, social/posts.md for people."""

    kind = "social"
    limits = tuple(f"{platform}.post" for platform in _FORMS)
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """All posts, topic by topic."""
        made: list[Draft] = []
        tags = hashtags(context)
        for material in context.materials:
            pool = list(facts(material, context.index))
            opened: list[Sentence] = []
            for platform in context.profile.platforms:
                form = _FORMS.get(platform)
                if form is None:
                    continue
                draft = _post(platform, material, pool, opened, tags[material.topic.number][:form.tags], context)
                if draft is not None:
                    made.append(draft)
        return tuple(made)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """posts.json with counts, facets and the text as LinkedIn's API wants it; posts.md to read and copy."""
        if not drafts:
            return ()
        pictures = {piece.topic: piece for piece in context.pieces if piece.kind == "card"}
        rows = [_row(draft, pictures.get(draft.topic)) for draft in drafts]
        body = {"held": context.held, "posts": rows}
        data = json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        return (Artefact(path="social/posts.json", data=data.encode(), media_type="application/json"),
                Artefact(path="social/posts.md", data=_page(drafts, pictures, context).encode(), media_type="text/markdown"))


GENERATOR = SocialGenerator()


def _post(platform: str, material: Material, pool: list[Fact], opened: list[Sentence], tags: list[Sentence | Plain],
          context: Context) -> Draft | None:
    form, limit = _FORMS[platform], limits()[f"{platform}.post"]
    link = _link(platform, context)
    chosen: tuple[Sentence, tuple[Sentence, ...]] | None = None
    for hook in _hooks(form, pool, opened, context):
        body: list[Sentence] = []
        segments = _render(platform, material, hook, body, tags, link, context)
        if not _fits(segments, limit, form):
            continue
        for more in _following(hook, material, form, context):
            tried = _render(platform, material, hook, [*body, more], tags, link, context)
            if not _fits(tried, limit, form):
                break  # what comes after a gap may lean on what is missing
            body.append(more)
            segments = tried
        if body:
            chosen = hook, segments
            break
        # A hook that nothing follows is taken only when there is no other.
        chosen = chosen or (hook, segments)
    if chosen is None:
        return None
    opened.append(chosen[0])
    return Draft(kind="social", name=f"social/{material.topic.number:02d}/{platform}", path="social/posts.json",
                 topic=material.topic.number, title=material.title, language=context.language, segments=chosen[1],
                 limit=limit)


def _hooks(form: _Form, pool: list[Fact], opened: list[Sentence], context: Context) -> list[Sentence]:
    """What may open the post, best first; what opened another post of this topic comes last of all, or not."""
    language = context.cleared.language
    places = {kind: place for place, kind in enumerate(form.opens)}
    ranked = sorted(pool, key=lambda fact: (points_away(fact.sentence.text, language), places.get(fact.kind, len(places))))
    return [fact.sentence for fact in ranked if not any(alike(fact.sentence, other, language) for other in opened)]


def _following(hook: Sentence, material: Material, form: _Form, context: Context) -> list[Sentence]:
    """The sentences that follow the hook where it stands in the talk: a post tells on, it does not jump about."""
    passages = [list(passage.prose) for passage in material.passages]
    for prose in passages:
        places = [place for place, sentence in enumerate(prose) if set(sentence.sources) & set(hook.sources)]
        if places:
            after = prose[places[-1] + 1:places[-1] + 1 + form.sentences]
            return [each for each in after if not alike(each, hook, context.cleared.language)]
    # A hook that is a heading or a list item: what its slide says in prose.
    units = set(context.index.units(hook.sources))
    own = [each for passage in material.passages if passage.unit in units for each in passage.prose]
    return [each for each in own[:form.sentences] if not alike(each, hook, context.cleared.language)]


def _render(platform: str, material: Material, hook: Sentence, body: list[Sentence], tags: list[Sentence | Plain],
            link: Plain | None, context: Context) -> tuple[Sentence, ...]:
    # An internal post names its subject; a hook that is that very title needs no second line of it.
    return render(f"social/{platform}.txt.j2", context.language,
                  {"title": material.title, "hook": hook, "body": body, "tags": tags, "link": link,
                   "call": Plain(context.profile.call_to_action)}, escape=escape_nothing)


def _fits(segments: tuple[Sentence, ...], limit: Limit, form: _Form) -> bool:
    text = "".join(segment.text for segment in segments).strip()
    return (count(text, limit.unit) <= min(limit.limit, max(form.best, 1))
            and all(count(text, unit) <= ceiling for unit, ceiling in limit.also.items()))


def _link(platform: str, context: Context) -> Plain | None:
    """The profile's site, with its campaign tag; no invented address."""
    profile = context.profile
    if not profile.site or platform == "instagram":
        return None
    if not profile.campaign:
        return Plain(profile.site)
    address, hash_mark, anchor = profile.site.partition("#")
    join = "&" if "?" in address else "?"
    query = urllib.parse.urlencode({"utm_source": platform, "utm_campaign": profile.campaign})
    return Plain(f"{address}{join}{query}{hash_mark}{anchor}")


def _row(draft: Draft, picture: Draft | None) -> dict[str, object]:
    text = draft.text.strip()
    limit = draft.limit
    assert limit is not None
    platform = limit.key.partition(".")[0]
    row: dict[str, object] = {
        "name": draft.name, "platform": platform, "topic": draft.topic, "text": text,
        "count": {unit: count(text, unit) for unit in (limit.unit, *limit.also)},
        "limit": {limit.unit: limit.limit, **limit.also}}
    if picture is not None:
        row["picture"] = {"path": picture.path, "alt": _alt(picture)}
    if platform == "linkedin":
        row["api_text"] = escape_linkedin(text)
    if platform == "bluesky":
        row["facets"] = [facet.model_dump(by_alias=True) for facet in facets(text)]
    return row


def _alt(picture: Draft) -> str:
    return "".join(sentence.text for sentence in picture.metadata["alt"])


def _page(drafts: Sequence[Draft], pictures: Mapping[int | None, Draft], context: Context) -> str:
    """posts.md: the same texts to read, a heading a topic with its picture, and what each counts."""
    lines = [f"# {say(context.language, 'posts_title')}", ""]
    if context.held:
        lines += [f"> {say(context.language, 'held')}", ""]
    topic: int | None = None
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            lines += [f"## {escape_markdown(draft.title.text)}", ""]
            if topic in pictures:
                card = pictures[topic]
                lines += [f"{say(context.language, 'card_picture')}: `{card.path}`. "
                          f"{say(context.language, 'card_alt')}: {escape_markdown(_alt(card))}", ""]
        limit = draft.limit
        assert limit is not None
        text = draft.text.strip()
        figures = f"{count(text, limit.unit)} / {limit.limit}"
        lines += [f"### {limit.key.partition('.')[0]} ({figures})", "", "```text", text.replace("```", "ʼʼʼ"), "```", ""]
    return "\n".join(lines)
