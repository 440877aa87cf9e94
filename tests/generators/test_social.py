"""Posts: within every limit, no two alike, whole sentences in the order of the talk, and files to publish them from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from content.draft import Draft, Origin, Sentence
from content.settings import Profile
from generators.facts import alike
from generators.hashtags import hashtags, pascal
from generators.naming import slug
from generators.plan import GENERATOR as PLAN
from generators.social import GENERATOR
from language.counting import count

PLATFORMS = Profile().platforms


def drafts_of(context) -> dict[str, list[Draft]]:
    by_platform: dict[str, list[Draft]] = {}
    for draft in GENERATOR.drafts(context):
        by_platform.setdefault(draft.limit.key, []).append(draft)
    return by_platform


@pytest.mark.parametrize("name", ["social-business.pptx", "kennis-delen.pptx"])
def test_every_post_fits_its_platform_and_every_topic_has_posts(sample, name):
    context = sample(name)
    made = GENERATOR.drafts(context)
    assert {draft.topic for draft in made} == {topic.number for topic in context.topics}
    # What a topic of one slide holds is enough for few platforms; nothing is said twice to reach the others.
    assert all(sum(d.topic == topic.number for d in made) >= 2 for topic in context.topics)
    assert {d.limit.key.split(".")[0] for d in made} == set(PLATFORMS) if name.endswith("business.pptx") else True
    for draft in made:
        text = draft.text.strip()
        for unit, ceiling in {draft.limit.unit: draft.limit.limit, **draft.limit.also}.items():
            assert count(text, unit) <= ceiling, draft.name


@pytest.mark.parametrize("language", ["en", "nl"])
def test_posts_are_whole_sentences_of_the_source(street, language):
    context = street(language)
    for draft in GENERATOR.drafts(context):
        for segment in draft.segments:
            if segment.origin is Origin.TEMPLATE:
                continue
            assert segment.sources
            if not segment.text.startswith("#"):
                assert segment.text in " ".join(context.index.texts(segment.sources)), draft.name


@pytest.mark.parametrize("language", ["en", "nl"])
def test_platforms_open_a_topic_with_other_sentences_while_it_has_any(street, language):
    hooks: dict[int, list[Sentence]] = {}
    for draft in GENERATOR.drafts(street(language)):
        if draft.name.endswith("-thread"):
            continue  # it is the other form of the post of its platform
        said = [segment for segment in draft.segments if segment.sources]
        hooks.setdefault(draft.topic, []).append(said[1] if draft.name.endswith("internal") and len(said) > 1 else said[0])
    for row in hooks.values():
        assert 1 <= len(row) <= len(PLATFORMS)
        # Two may share a text.
        again = [sum(alike(hook, other, language) for other in row[:place]) for place, hook in enumerate(row)]
        assert max(again) <= 2 and again.count(0) >= min(3, len(row) // 2), "one opens again only when no other is left"


@pytest.mark.parametrize(("name", "share"), [("social-business.pptx", 0.9), ("kennis-delen.pptx", 0.5)])
def test_each_platform_has_a_post_and_no_three_share_one(sample, name, share):
    context = sample(name)
    said: dict[int, list[tuple[str, ...]]] = {}
    posts: dict[int, set[str]] = {}
    for draft in GENERATOR.drafts(context):
        own = [s for s in draft.segments if s.sources and s.text[0] != "#"]
        said.setdefault(draft.topic, []).append(tuple(s.text for s in own))
        if not draft.name.endswith("-thread"):
            posts.setdefault(draft.topic, set()).add(draft.name)
    for topic, texts in said.items():
        assert max(texts.count(text) for text in texts) <= 2, topic
    assert sum(len(names) for names in posts.values()) >= share * len(PLATFORMS) * len(posts)


def test_the_only_text_of_a_topic_goes_to_two_near_platforms_and_the_plan_says_so(slide, context):
    made = context((slide(1, "The key", notes=("Nobody guards a door that everybody has a key for.",)),))
    drafts = GENERATOR.drafts(made)
    assert [draft.limit.key for draft in drafts] == ["x.post", "bluesky.post"]
    (plan,) = PLAN.drafts(replace(made, pieces=drafts))
    assert "X and Bluesky share a text" in plan.text and "No post for LinkedIn" in plan.text


@pytest.mark.parametrize(("language", "notes", "point"), [
    ("en", ("Before you open the oven, knock at its door.", "Everybody laughs at that in the first week.",
            "What knocks back is no bread."), "What knocks back"),
    ("nl", ("Klop op de deur voordat je de oven opent.", "Iedereen lacht daarom in de eerste week.",
            "Wat terugklopt is geen brood."), "Wat terugklopt")])
def test_no_order_is_posted_without_its_point(slide, context, language, notes, point):
    made = GENERATOR.drafts(context((slide(1, "Oven", notes=notes),), language=language))
    assert all(point in draft.text for draft in made if notes[0] in draft.text and notes[1] in draft.text)


def test_a_test_is_posted_with_what_came_of_it_only(slide, context):
    tried = ("We drew four hundred loaves at random.", "Our two bakers tasted each loaf with closed eyes.")
    bare = GENERATOR.drafts(context((slide(1, "How we tested it", notes=tried),)))
    assert not any("at random" in draft.text for draft in bare)
    full = GENERATOR.drafts(context((slide(1, "How we tested it", notes=(*tried, "Nobody ever sends back more than one loaf out of a hundred.")),)))
    assert any("at random" in draft.text and "out of a hundred" in draft.text for draft in full)


def test_sentences_follow_each_other_as_in_the_talk(street):
    context = street()
    order = {sentence: place for place, sentence in enumerate(
        s for unit in sorted(context.index.by_unit) for s in (each.id for each in context.index.by_unit[unit]))}
    for draft in GENERATOR.drafts(context):
        if draft.name.endswith("internal"):
            continue  # it begins with the title of its topic
        places = [order[segment.sources[0]] for segment in draft.segments if segment.sources and segment.text[0] != "#"]
        assert places == sorted(places), draft.name


def test_a_longer_form_does_not_open_with_a_sentence_that_nothing_follows(street):
    for language in ("en", "nl"):
        for draft in drafts_of(street(language))["linkedin.post"]:
            assert len([segment for segment in draft.segments if segment.sources and segment.text[0] != "#"]) >= 2


def test_only_the_platforms_of_the_profile_are_written_for(street):
    made = GENERATOR.drafts(street(profile=Profile(platforms=("x", "town-crier"))))
    assert {draft.limit.key for draft in made} == {"x.post"}


def test_nothing_is_shortened_to_fit(slide, context):
    long = "The oven " + "and the oven after that one " * 12 + "was sold to a neighbour for 300 euros."
    made = GENERATOR.drafts(context((slide(1, "Ovens of the street", notes=(long,)),), profile=Profile(platforms=("x",))))
    assert made == () or all("and the oven" not in draft.text for draft in made)


@pytest.mark.parametrize(("site", "campaign", "link"), [
    ("https://street.example", "", "https://street.example"),
    ("https://street.example/bread", "open doors", "https://street.example/bread?utm_source=x&utm_medium=social&utm_campaign=open+doors&utm_content="),
    ("https://street.example/?page=2", "doors", "https://street.example/?page=2&utm_source=x&utm_medium=social&utm_campaign=doors&utm_content="),
    ("https://street.example/#oven", "doors", "https://street.example/?utm_source=x&utm_medium=social&utm_campaign=doors&utm_content=SLUG#oven"),
    ("https://street.example/?utm_source=mail&page=2", "doors",
     "https://street.example/?page=2&utm_source=x&utm_medium=social&utm_campaign=doors&utm_content="),
])
def test_the_link_is_the_profile_s_site_with_its_campaign(street, site, campaign, link):
    made = GENERATOR.drafts(street(profile=Profile(site=site, campaign=campaign, platforms=("x",))))
    assert made
    for draft in made:
        name = slug(draft.title.text)
        wanted = link.replace("SLUG", name) if "SLUG" in link else link + name if campaign else link
        assert f"\n{wanted}\n" in draft.text


def test_instagram_has_no_link_and_closes_with_the_call(street):
    made = GENERATOR.drafts(street(profile=Profile(
        site="https://street.example", call_to_action="Come and smell it.", platforms=("instagram",))))
    assert made and all("https" not in draft.text and "Come and smell it." in draft.text for draft in made)


def test_blocks_of_a_post_stand_apart(street):
    profile = Profile(site="https://street.example", hashtags=("Bread", "Street"), call_to_action="Come by.")
    for draft in GENERATOR.drafts(street(profile=profile)):
        if "#Bread" in draft.text:
            assert "\n\n#" in draft.text, draft.name
        assert "\n\n\n" not in draft.text


# ---------------------------------------------------------------- files


def files(context, **more) -> tuple[dict, str]:
    made = GENERATOR.drafts(context)
    data, page = GENERATOR.artefacts(made, replace(context, **more) if more else context)
    assert (data.path, page.path) == ("social/posts.json", "social/posts.md")
    return json.loads(data.data), page.data.decode()


def cuts_of(text: str, found: list[dict]) -> list[str]:
    return [text.encode()[each["index"]["byteStart"]:each["index"]["byteEnd"]].decode() for each in found]


def test_posts_json_counts_what_it_carries(street):
    body, _ = files(street(profile=Profile(site="https://street.example", hashtags=("Bread",))))
    assert body["held"] is False
    for row in body["posts"]:
        for unit, figure in row["count"].items():
            assert figure == count(row["text"], unit) <= row["limit"][unit]
        assert ("api_text" in row) == (row["platform"] == "linkedin")
        assert ("facets" in row) == (row["platform"] == "bluesky" and row["form"] == "post")
        assert ("thread" in row) == (row["form"] == "thread") == row["name"].endswith("-thread")
    tagged = [row for row in body["posts"] if "facets" in row and "#Bread" in row["text"]]
    assert tagged
    for row in tagged:
        cuts = cuts_of(row["text"], row["facets"])
        assert "#Bread" in cuts and any(each.startswith("https://street.example") for each in cuts)


def test_a_post_names_the_card_of_its_topic_with_its_alt_text(street):
    from generators.cards import GENERATOR as cards

    context = street()
    drawn = cards.drafts(context)
    body, page = files(context, pieces=drawn)
    assert drawn
    for draft in drawn:
        rows = [row for row in body["posts"] if row["topic"] == draft.topic]
        assert rows and all(row["picture"] == {"path": draft.path, "alt": draft.text} for row in rows)
        assert f"`{draft.path}`" in page


def test_a_held_pack_says_so_in_both_files(street):
    body, page = files(street("nl", held=True))
    assert body["held"] is True and body["do_not_post"].endswith("Niet publiceren.")
    assert all(row["do_not_post"] == body["do_not_post"] for row in body["posts"])
    free, _ = files(street("nl"))
    assert "do_not_post" not in free and all("do_not_post" not in row for row in free["posts"])
    assert "> Wacht op beoordeling" in page


def test_text_cannot_break_out_of_its_fence_or_heading(slide, context):
    notes = ("We wrote ``` in the diary of 42 houses and everybody laughed.", "Nobody in 42 houses wanted it back.")
    _, page = files(context((slide(1, "Why <b>we</b> count *loaves*", notes=notes),)))
    assert page.count("```") % 2 == 0
    assert all(line in {"```text", "```"} for line in page.splitlines() if "```" in line)
    assert r"## Why \<b\>we\</b\> count \*loaves\*" in page


def test_no_drafts_no_files(street):
    assert GENERATOR.artefacts((), street()) == ()


# ---------------------------------------------------------------- hashtags


@pytest.mark.parametrize(("phrase", "tag"), [
    ("open answers", "OpenAnswers"), ("#bread", "Bread"), ("API design", "APIDesign"), ("night-shift", "NightShift"),
    ("één oven", "ÉénOven"), ("iPhone", "IPhone"), ("!", ""),
])
def test_hashtags_can_be_read_by_screen_readers(phrase, tag):
    assert pascal(phrase) == tag


def tags_of(slide, context, texts: tuple[str, ...], phrases: tuple[str, ...], **more) -> list[str]:
    made = context(tuple(slide(n, f"Slide about {n} things", notes=(text,)) for n, text in enumerate(texts, start=1)), **more)
    material = replace(made.materials[0], keyphrases=phrases)
    found = hashtags(replace(made, materials=(material,)))
    return [tag.text if isinstance(tag, Sentence) else str(tag) for tag in found[1]]


def test_a_word_with_a_capital_only_where_sentences_begin_is_no_tag(slide, context):
    texts = ("First we ask, and then we bake.", "First the keys.", "First the flour.", "First the oven.", "First the rest.")
    assert tags_of(slide, context, texts, ("First",)) == []
    named = tuple(f"We bought the Torvumatic for oven number {n}." for n in range(5))
    assert tags_of(slide, context, named, ("Torvumatic",)) == ["#Torvumatic"]


def test_nobody_s_name_is_a_tag(slide, context):
    said = tuple(f"Then Ilka said that oven number {n} was cold." for n in range(5))
    assert tags_of(slide, context, said, ("Ilka",)) == []


def test_the_profile_s_tags_are_used_once(slide, context):
    texts = tuple(f"The sour dough rises in house {n}." for n in range(5))
    profile = Profile(hashtags=("SourDough", "street bread"))
    assert tags_of(slide, context, texts, ("sour dough",), profile=profile) == ["#SourDough", "#StreetBread"]


# ---------------------------------------------------------------- what a post says, and where else it is said


def posts_of(context, topic: int = 1) -> dict[str, Draft]:
    return {draft.limit.key.split(".")[0]: draft for draft in GENERATOR.drafts(context)
            if draft.topic == topic and draft.limit.key.endswith(".post")}


def test_the_headline_of_a_post_is_that_of_its_own_slide(street):
    for language in ("en", "nl"):
        context = street(language)
        for draft in GENERATOR.drafts(context):
            if not draft.name.endswith("internal"):
                continue
            title, *body = [segment for segment in draft.segments if segment.sources]
            assert context.index.units(title.sources)[0] in {context.index.units(each.sources)[0] for each in body}


def test_a_line_that_says_its_title_over_again_is_no_post(slide, context):
    made = context((slide(1, "We stopped counting loaves", notes=("We have stopped counting all loaves in the street.",)),
                    slide(2, "The key", notes=("Nobody guards a door that everybody has a key for.",))))
    assert posts_of(made)
    assert not any("We stopped counting loaves" in draft.text and "We have stopped counting all" in draft.text
                   for draft in posts_of(made).values())


def test_an_objection_and_its_reply_stay_one_bullet(slide, context):
    bullets = ("“We have no flour.” You have it twice, in two cupboards", "“Nobody will come.” Then bake the first ten yourself")
    made = context((slide(1, "Bread for a street"), slide(2, "What to say to those who doubt", bullets=bullets),
                    slide(3, "The key", notes=("Nobody guards a door that everybody has a key for.",))))
    listed = [draft.text for draft in posts_of(made).values() if "no flour" in draft.text]
    assert listed and all("– “We have no flour.” You have it twice, in two cupboards" in text for text in listed)


def test_a_list_goes_to_two_platforms_at_most(slide, context):
    bullets = ("Ask the last baker first", "Begin with ten houses", "Buy no second oven in winter")
    notes = ("Three winters ago the last bakery in our street closed, and we bought its oven for 300 euros.",
             "Nobody wanted to run a shop, but everybody wanted bread.", "Of 42 houses, 31 took a key in the first month.")
    made = context((slide(1, "Bread for a street"), slide(2, "How to begin", bullets=bullets),
                    slide(3, "A bakery without a shop", notes=notes)))
    listed = [draft for draft in posts_of(made).values() if "– Begin with ten houses" in draft.text]
    assert 1 <= len(listed) <= 2 < len(posts_of(made))


def test_a_figure_and_what_it_counts_are_no_list(slide, context):
    made = context((slide(1, "Bread for a street"), slide(2, "How long it takes", bullets=("47 min", "until a burnt loaf is replaced")),
                    slide(3, "The key", notes=("Nobody guards a door that everybody has a key for.",))))
    assert posts_of(made) and not any("– 47 min" in draft.text for draft in GENERATOR.drafts(made))
