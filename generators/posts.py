"""The posts as files: posts.json for machines, each with its count and what the platform's API wants; posts.md to read.

Nothing is written here: the text of a post is its draft's, cut at the marks of a thread and never changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from content.draft import Draft, Limit
from generators.context import Context
from generators.links import handle, linkedin_mention, shown, tagged
from generators.naming import slug
from generators.platforms import escape_linkedin, facets
from generators.render import escape_markdown, say
from language.counting import count, thread_parts

_NAMES = {"x": "X", "linkedin": "LinkedIn", "bluesky": "Bluesky", "mastodon": "Mastodon", "threads": "Threads",
          "facebook": "Facebook", "instagram": "Instagram"}


def posts_json(drafts: Sequence[Draft], context: Context) -> bytes:
    """The rows of posts.json, sorted keys, UTF-8."""
    pictures = _pictures(context)
    rows = [_row(draft, pictures.get(draft.topic), context) for draft in drafts]
    body = {"held": context.held, **_mark(context), "posts": rows}
    return (json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def page(drafts: Sequence[Draft], context: Context) -> str:
    """posts.md: the same texts to read, a heading a topic with its picture, and what each counts."""
    language, pictures = context.language, _pictures(context)
    lines = [f"# {say(language, 'posts_title')}", ""]
    if context.held:
        lines += [f"> {say(language, 'held')}", ""]
    topic: int | None = None
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            lines += [f"## {escape_markdown(draft.title.text)}", ""]
            if topic in pictures:
                card = pictures[topic]
                lines += [f"{say(language, 'card_picture')}: `{card.path}`. "
                          f"{say(language, 'card_alt')}: {escape_markdown(_alt(card))}", ""]
        limit = _limit(draft)
        platform, parts = _platform(draft), thread_parts(draft.text)
        name = _NAMES.get(platform) or str(say(language, f"platform_{platform}"))
        if len(parts) > 1:
            name = str(say(language, "as_thread", platform=name, parts=len(parts)))
        lines += [f"### {name} ({count(draft.text.strip(), limit.unit)} / {limit.limit})", ""]
        for part in parts:
            lines += ["```text", part.replace("```", "ʼʼʼ"), "```", ""]
    return "\n".join(lines)


def _mark(context: Context) -> dict[str, object]:
    """What a held pack's file says, and each of its posts: a row is taken out and posted by itself."""
    return {"do_not_post": str(say(context.language, "held"))} if context.held else {}


def _pictures(context: Context) -> Mapping[int | None, Draft]:
    return {piece.topic: piece for piece in context.pieces if piece.kind == "card"}


def _limit(draft: Draft) -> Limit:
    assert draft.limit is not None
    return draft.limit


def _platform(draft: Draft) -> str:
    return _limit(draft).key.partition(".")[0]


def _row(draft: Draft, picture: Draft | None, context: Context) -> dict[str, object]:
    text, limit, platform = draft.text.strip(), _limit(draft), _platform(draft)
    row: dict[str, object] = {
        "name": draft.name, "platform": platform, "topic": draft.topic, "text": text,
        "form": limit.key.partition(".")[2],
        "count": {unit: count(text, unit) for unit in (limit.unit, *limit.also)},
        "limit": {limit.unit: limit.limit, **limit.also}, "checked_on": limit.checked_on}
    row |= _mark(context)
    link = tagged(context.profile, platform, slug(draft.title.text))
    if link and platform != "instagram":
        row["link"] = link
    if picture is not None:
        row["picture"] = {"path": picture.path, "alt": _alt(picture)}
    if platform == "linkedin":
        row["api_text"] = escape_linkedin(text, linkedin_mention(context.profile))
    if row["form"] == "thread":
        row["thread"] = [_part(part, platform, link, context) for part in thread_parts(text)]
    elif platform == "bluesky":
        row["facets"] = _facets(text, link, context)
    return row


def _part(text: str, platform: str, link: str, context: Context) -> dict[str, object]:
    unit = {"x": "x_weighted", "bluesky": "graphemes"}[platform]
    out: dict[str, object] = {"text": text, "count": {unit: count(text, unit)}}
    if platform == "bluesky":
        out["facets"] = _facets(text, link, context)
    return out


def _facets(text: str, link: str, context: Context) -> list[dict[str, object]]:
    """Links, tags and the profile's own name, as the AT Protocol writes them; the printed site leads to the tagged link."""
    whole = {shown(context.profile): link} if link else {}
    return [facet.protocol() for facet in facets(text, whole, handle(context.profile, "bluesky"))]


def _alt(picture: Draft) -> str:
    return "".join(sentence.text for sentence in picture.metadata["alt"])
