"""Links carry the campaign once, handles are the profile's, and nothing is invented."""

from __future__ import annotations

import pytest

from content.settings import Profile
from generators.links import handle, linkedin_mention, printed, tagged
from generators.platforms import escape_linkedin, facets
from generators.social import GENERATOR

URN = "urn:li:organization:4711"


def test_nothing_without_a_profile():
    assert tagged(Profile(), "x") == "" and printed(Profile(), "x") is None and handle(Profile(), "x") == ""


def test_the_intranet_is_a_medium_of_its_own():
    profile = Profile(site="https://street.example", campaign="doors")
    assert "utm_source=internal&utm_medium=intranet" in tagged(profile, "internal", "bread")


@pytest.mark.parametrize(("platform", "given", "shown"), [
    ("x", "street", "@street"), ("x", "@street", "@street"), ("bluesky", "street.example", "@street.example"),
    ("mastodon", "@street@social.example", "@street@social.example"), ("facebook", "Street Bread", "Street Bread"),
    ("linkedin", URN, "Street Bread"), ("linkedin", "street-bread", "Street Bread")])
def test_a_handle_is_written_as_its_platform_wants_it(platform, given, shown):
    assert handle(Profile(company="Street Bread", handles={platform: given}), platform) == shown


def test_linkedin_s_api_gets_the_mention_and_the_reader_the_name():
    profile = Profile(company="Street (Bread)", handles={"linkedin": URN})
    text = "Street (Bread) bakes.\n\nMore from Street (Bread)\n\n#Bread (a_b)"
    assert escape_linkedin(text, linkedin_mention(profile)) == (
        f"Street \\(Bread\\) bakes.\n\nMore from @[Street (Bread)]({URN})\n\n#Bread \\(a\\_b\\)")


def test_every_platform_with_a_handle_names_it_and_no_other(street):
    profile = Profile(handles={"x": "street", "instagram": "street.bread"}, platforms=("x", "instagram", "threads"))
    for draft in GENERATOR.drafts(street("nl", profile=profile)):
        wanted = {"x": "Meer van @street", "instagram": "Meer van @street.bread"}.get(draft.limit.key.partition(".")[0])
        assert (wanted in draft.text) if wanted else ("Meer van" not in draft.text)


def test_a_mention_is_a_facet_only_as_a_whole():
    found = facets("Één: @street.example, @street.example.org en x@street.example.", handle="@street.example")
    mentions = [each for each in found if each.kind == "mention"]
    assert [(each.byte_start, each.byte_end) for each in mentions] == [(7, 22)]
    assert mentions[0].protocol() == {
        "index": {"byteStart": 7, "byteEnd": 22},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "handle": "street.example"}]}
