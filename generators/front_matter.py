"""What a blog draft says of itself to the system that publishes it.

Two files a draft, because two kinds of systems read them:

- The Markdown file's front matter is read by Hugo and by Jekyll alike: one YAML with the keys that both know, each one's
  word for "not yet" (`draft` and `published`) and for the address (`canonicalURL` as Hugo's themes, `canonical_url` as
  jekyll-seo-tag). Neither minds the other's.
- Ghost and WordPress read no front matter; they take JSON with HTML in it. `blog/NN-slug.json` holds the body of each
  one's call (Ghost Admin API with `?source=html`; WordPress REST `/wp/v2/posts`, whose tags are ids of that site and are
  therefore named beside it), and the schema.org description, as data and as a script element that is safe inside HTML.

Everything is a draft there as well. Nothing is claimed that the source or the profile does not say: no date, no address
and no author without the profile's.
"""

from __future__ import annotations

import json
import re
import urllib.parse

from content.draft import Artefact, Draft, Origin
from generators.context import Context
from generators.naming import slug, unit_span
from generators.render import wording
from language.wordcount import words_of

_HUES = 6
#: schema.org takes a headline of any length, search engines show 110 characters.
_HEADLINE = 110
#: Ghost refuses a longer one.
_EXCERPT = 300
_NOTES = re.compile(r"\n*<!--.*?-->\s*", re.DOTALL)
_HEADING = re.compile(r"^# .*\n+", re.MULTILINE)
_LICENCE = re.compile(r"\bCC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)\b", re.IGNORECASE)
#: What ends a script element, or a line of one, in an HTML page.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def blog_files(draft: Draft, context: Context) -> tuple[Artefact, ...]:
    """The Markdown file with its front matter, and the JSON for systems that read none."""
    import yaml

    head = yaml.safe_dump(front_matter(draft, context), sort_keys=False, allow_unicode=True, width=1000)
    body = json.dumps(for_systems(draft, context), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return (Artefact(path=draft.path, data=f"---\n{head}---\n\n{draft.text}".encode(), media_type="text/markdown"),
            Artefact(path=draft.path.removesuffix(".md") + ".json", data=body.encode(), media_type="application/json"))


def front_matter(draft: Draft, context: Context) -> dict[str, object]:
    """The YAML that Hugo and Jekyll read, in the order in which people read it."""
    # Where its sentences come from, as its notes say: the title may be that of the whole talk.
    told = [s for s in draft.told if s.origin is not Origin.TEMPLATE]
    told = told[1:] if len(told) > 1 and told[0].sources == draft.title.sources else told
    sources = [name for s in told for name in s.sources]
    profile = context.profile
    values: dict[str, object] = {
        "title": draft.title.text, "slug": slug(draft.title.text), "description": _description(draft),
        "tags": _tags(draft), "draft": True, "published": False, "lang": draft.language, "topic": draft.topic,
        "hue": ((draft.topic or 1) - 1) % _HUES + 1, "angle": _angle(draft, context),
        "source": unit_span(context.index.units(sources), context),
    }
    address = canonical(draft, context)
    if address:
        values |= {"canonicalURL": address, "canonical_url": address}
    card = _card(draft, context)
    if card is not None:
        values["image"] = {"path": f"../{card.path}", "alt": "".join(s.text for s in card.metadata["alt"])}
    if profile.authors:
        values["author"] = profile.authors[0].name
    if profile.licence:
        values["license"] = profile.licence
    if profile.start:
        values["date"] = profile.start
    return values


def _card(draft: Draft, context: Context) -> Draft | None:
    """The card of a draft's topic; where the topic has several drafts, of the one that tells the slide of the card."""
    found = next((piece for piece in context.pieces if piece.kind == "card" and piece.topic == draft.topic), None)
    if found is None:
        return None
    topic = next(each for each in context.topics if each.number == draft.topic)
    told = context.index.units(name for s in draft.segments if s.origin is not Origin.TEMPLATE for name in s.sources)
    mine = [unit for unit in told if topic.first <= unit <= topic.last]
    few = 2 * len(mine) < topic.last + 1 - topic.first - len(topic.asides)
    shown = context.index.units(name for s in found.segments for name in s.sources)
    return None if few and not set(shown) & set(mine) else found


def canonical(draft: Draft, context: Context) -> str:
    """The address that the piece will have: the profile's site and the slug; '' without a site."""
    if not context.profile.site:
        return ""
    parts = urllib.parse.urlsplit(context.profile.site)
    path = f"{parts.path.rstrip('/')}/{slug(draft.title.text)}/"
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def json_ld(draft: Draft, context: Context) -> dict[str, object]:
    """The piece as schema.org's BlogPosting, based on the talk it was made from."""
    profile = context.profile
    title = draft.title.text
    out: dict[str, object] = {
        "@context": "https://schema.org", "@type": "BlogPosting", "inLanguage": draft.language,
        "headline": title if len(title) <= _HEADLINE else title[:_HEADLINE - 1].rsplit(" ", 1)[0] + "…",
        "description": _description(draft), "wordCount": words_of(draft),
        "isBasedOn": {"@type": "PresentationDigitalDocument", "name": context.cleared.title},
    }
    if draft.metadata.get("tags"):
        out["keywords"] = _tags(draft)
    if profile.authors:
        out["author"] = [{"@type": "Person", "name": author.name, **({"description": author.bio} if author.bio else {})}
                         for author in profile.authors]
    if profile.company:
        out["publisher"] = {"@type": "Organization", "name": profile.company,
                            **({"url": profile.site} if profile.site else {})}
    if profile.licence:
        out["license"] = licence_address(profile.licence) or profile.licence
    address = canonical(draft, context)
    if address:
        out |= {"url": address, "mainEntityOfPage": address}
    return out


def script(values: dict[str, object]) -> str:
    """JSON-LD as a script element: nothing in it can end the element or begin another."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True).translate(_UNSAFE)
    return f'<script type="application/ld+json">{text}</script>'


def licence_address(licence: str) -> str:
    """The address of a Creative Commons licence by its short name ("CC BY 4.0"); '' for any other."""
    found = _LICENCE.search(licence)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if re.search(r"\bCC0\b", licence, re.IGNORECASE) else ""


def for_systems(draft: Draft, context: Context) -> dict[str, object]:
    """The bodies of the calls of Ghost and WordPress, each a draft there, and the schema.org description."""
    described, tags, page = _description(draft), _tags(draft), html(draft)
    linked = json_ld(draft, context)
    ghost: dict[str, object] = {
        "title": draft.title.text, "slug": slug(draft.title.text), "html": page, "status": "draft",
        "custom_excerpt": described if len(described) <= _EXCERPT else "", "meta_description": described,
        "tags": [{"name": tag} for tag in tags], "codeinjection_head": script(linked)}
    address = canonical(draft, context)
    if address:
        ghost["canonical_url"] = address
    wordpress = {"title": draft.title.text, "slug": slug(draft.title.text), "content": page, "excerpt": described,
                 "status": "draft"}
    return {"ghost": {"posts": [ghost]}, "wordpress": wordpress, "wordpress_tags": tags, "json_ld": linked,
            "json_ld_html": script(linked)}


def html(draft: Draft) -> str:
    """The draft as HTML, without its title (the system prints that) and without the questions to the author."""
    from markdown_it import MarkdownIt

    # The text is the author's: markup in it is shown, never passed on.
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(_bare(draft)))


def _bare(draft: Draft) -> str:
    return _HEADING.sub("", _NOTES.sub("\n", draft.text), count=1).strip() + "\n"


def _description(draft: Draft) -> str:
    return "".join(s.text for s in draft.metadata.get("description", ())) or draft.title.text


def _tags(draft: Draft) -> list[str]:
    return [s.text for s in draft.metadata.get("tags", ())]


def _angle(draft: Draft, context: Context) -> str:
    """The angle in the words of the language; the angle's own name where that has none."""
    name = draft.angle or "telling"
    return wording(context.language).get(f"told_as_{name.replace(' ', '_').replace('-', '_')}", name)
