"""A Dutch pack speaks Dutch: no wording of ours in it is English."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from content.draft import Draft, Origin
from content.settings import Profile
from generators import generators
from generators.render import TEMPLATES, wording
from language.words import tokens

#: Words that no Dutch sentence has. "is", "in", "of" and "was" are Dutch too.
ENGLISH = frozenset(tokens("the and for with this that from what who why how which your our their there here not you they are were "
                    "will would should could about into than then more less most said says ask answer question slide slides "
                    "page pages post posts thread picture text title description speaker chapters audience "
                    "internal reply held review do never always nothing nobody source draft"))
#: What is the same in both languages, or the name of something.
SAME = frozenset({"post", "thread"})

PROFILE = Profile(handles={"x": "straat", "bluesky": "straat.example"}, campaign="open", site="https://straat.example/brood",
                  hashtags=("Brood",), times={2: "0:00", 5: "3:00", 8: "6:30"})


def pieces(context) -> list[Draft]:
    first = [draft for each in generators() if not each.after for draft in each.drafts(context)]
    later = replace(context, pieces=tuple(first))
    return first + [draft for each in generators() if each.after for draft in each.drafts(later)]


@pytest.fixture
def made(street) -> list[Draft]:
    return pieces(street("nl", profile=PROFILE, audio=False, held=True))


def test_no_template_word_of_any_draft_is_english(made):
    assert {"blog", "social", "description"} <= {draft.kind for draft in made}
    for draft in made:
        ours = " ".join(s.text for s in draft.segments if s.origin is Origin.TEMPLATE)
        ours = re.sub(r"https?://\S+|[\w./-]+\.(?:md|png|mp3|pdf|json|xml|vtt|ics)\b", " ", ours)
        assert not (ENGLISH - SAME) & set(tokens(ours)), (draft.name, (ENGLISH - SAME) & set(tokens(ours)))


def test_no_label_of_the_files_for_people_is_english(street):
    context = street("nl", profile=PROFILE.model_copy(update={"platforms": ("x", "internal")}), audio=False, held=True)
    (social,) = [each for each in generators() if each.kind == "social"]
    data, page = social.artefacts(social.drafts(context), context)
    labels = [line for line in page.data.decode().splitlines() if line.startswith(("#", ">"))]
    heads = [line for line in labels if not line.startswith("## ")]
    assert not (ENGLISH - SAME) & set(tokens(" ".join(heads))), heads
    assert "Intern bericht" in " ".join(heads)
    assert json.loads(data.data)["held"] is True


def test_every_phrase_there_is_in_english_there_is_in_dutch():
    english, dutch = wording("en"), wording("nl")
    mine = ("desc_", "own_", "title_", "category_", "posts_", "more_from", "platform_", "as_thread", "told_as_telling", "told_as_how")
    wanted = {key for key in english if key.startswith(mine)}
    assert wanted <= set(dutch)
    same = {key for key in wanted if english[key] == dutch[key] and len(english[key].split()) > 2}
    assert same == set()


def test_the_templates_of_posts_are_there_in_both_languages():
    assert {file.name for file in (TEMPLATES / "en" / "social").iterdir()} == {
        file.name for file in (TEMPLATES / "nl" / "social").iterdir()}
