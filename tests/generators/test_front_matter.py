"""Front matter that two systems read, JSON for two that read none, and schema.org that cannot break out of a page."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser

import pytest
import yaml

from content.draft import Draft, Sentence
from content.settings import Author, Profile
from generators.blog import GENERATOR
from generators.front_matter import canonical, html, json_ld, licence_address, script
from generators.naming import slug

PROFILE = Profile(company="Street Bread", authors=(Author(name="Ilka Torvund", bio="Bakes."),), licence="CC BY-SA 4.0",
                  site="https://street.example/bread?page=2#oven", start="2027-01-04")


def files(context) -> list[tuple]:
    drafts = GENERATOR.drafts(context)
    made = {file.path: file.data.decode() for file in GENERATOR.artefacts(drafts, context)}
    assert len(made) == 2 * len(drafts) and drafts
    return [(draft, made[draft.path], json.loads(made[draft.path.removesuffix(".md") + ".json"])) for draft in drafts]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_hugo_and_jekyll_find_their_keys_in_one_head(street, language):
    for draft, text, _ in files(street(language, profile=PROFILE)):
        values = yaml.safe_load(text.split("---\n", 2)[1])
        address = f"https://street.example/bread/{slug(draft.title.text)}/"
        assert values["draft"] is True and values["published"] is False
        assert values["canonicalURL"] == values["canonical_url"] == address == canonical(draft, street(profile=PROFILE))
        assert values["title"] == draft.title.text and values["slug"] == slug(draft.title.text)
        assert values["lang"] == language and values["license"] == "CC BY-SA 4.0"
        assert date.fromisoformat(str(values["date"])) == date(2027, 1, 4)
        assert isinstance(values["tags"], list) and values["author"] == "Ilka Torvund"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_meta_description_is_a_whole_sentence_of_160_characters_at_most(street, language):
    for draft, text, _ in files(street(language)):
        described = yaml.safe_load(text.split("---\n", 2)[1])["description"]
        assert 0 < len(described) <= 160
        assert described[-1] in ".!?”\"" or described == draft.title.text


def test_nothing_is_said_that_the_profile_does_not_say(street):
    for _, text, body in files(street()):
        values = yaml.safe_load(text.split("---\n", 2)[1])
        assert not {"canonicalURL", "canonical_url", "author", "license", "date"} & set(values)
        assert not {"author", "publisher", "license", "url", "datePublished"} & set(body["json_ld"])
        assert "canonical_url" not in body["ghost"]["posts"][0]


def test_no_english_in_the_head_of_a_dutch_draft(street):
    for draft, text, _ in files(street("nl")):
        values = yaml.safe_load(text.split("---\n", 2)[1])
        assert values["angle"] in {"zoals verteld", "misverstand", "verhaal", "getal", "voorbeeld", "vraag", "tegenstelling",
                                   "stap voor stap"}, draft.name
        assert values["source"].startswith("Dia")


def test_schema_org_says_what_it_is_and_what_it_was_made_from(street):
    context = street(profile=PROFILE)
    for draft, _, body in files(context):
        linked = body["json_ld"]
        assert linked == json_ld(draft, context)
        assert (linked["@context"], linked["@type"]) == ("https://schema.org", "BlogPosting")
        assert 0 < len(linked["headline"]) <= 110 and linked["inLanguage"] == "en" and linked["wordCount"] > 0
        assert linked["author"] == [{"@type": "Person", "name": "Ilka Torvund", "description": "Bakes."}]
        assert linked["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
        assert linked["isBasedOn"] == {"@type": "PresentationDigitalDocument", "name": context.cleared.title}
        assert linked["url"] == linked["mainEntityOfPage"] == canonical(draft, context)


class Scripts(HTMLParser):
    """Collects what stands inside script elements, and the names of all elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1] == "script":
            self.found.append(data)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b \u2028 c"])
def test_no_text_ends_the_script_element(text):
    read = Scripts()
    read.feed(script({"headline": text}))
    assert read.elements == ["script"]
    assert json.loads("".join(read.found)) == {"headline": text}
    assert not set("\u2028\u2029&") & set("".join(read.found))


def test_the_page_shows_markup_of_the_source_and_passes_none_on(street):
    text = "# Bread\n\nWe wrote <script>alert(1)</script>.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n<!-- For the author\n- Ask -->\n"
    page = html(Draft(kind="blog", name="blog/01", path="blog/01.md", title=Sentence(text="Bread"), segments=(Sentence(text=text),)))
    assert page.startswith("<p>We wrote &lt;script&gt;alert(1)&lt;/script&gt;.</p>") and "<table>" in page
    assert "Bread" not in page and "author" not in page
    for draft, _, body in files(street()):
        page = body["ghost"]["posts"][0]["html"]
        assert page == body["wordpress"]["content"] == html(draft)
        assert "<h1" not in page and "<!--" not in page and "&lt;!--" not in page


def test_both_systems_get_a_draft_with_tags_and_excerpt(street):
    for draft, _, body in files(street(profile=PROFILE)):
        (ghost,) = body["ghost"]["posts"]
        assert ghost["status"] == body["wordpress"]["status"] == "draft"
        assert ghost["slug"] == body["wordpress"]["slug"] == slug(draft.title.text)
        assert [tag["name"] for tag in ghost["tags"]] == body["wordpress_tags"] == [s.text for s in draft.metadata["tags"]]
        assert ghost["meta_description"] == body["wordpress"]["excerpt"]
        assert ghost["codeinjection_head"] == body["json_ld_html"]


@pytest.mark.parametrize(("licence", "address"), [
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"), ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-NC-ND 3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"), ("All rights reserved", "")])
def test_licences_have_addresses_only_where_they_are_known(licence, address):
    assert licence_address(licence) == address
