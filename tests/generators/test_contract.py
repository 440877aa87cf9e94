"""Every generator there is keeps the contract: sources, limits, files, language, the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from content.draft import Draft, Origin
from content.settings import Profile
from generators import generators
from generators.context import Context
from generators.limits import limits
from generators.render import TEMPLATES, languages
from language.words import tokens

KINDS = [each.kind for each in generators()]
PROFILE = Profile(start="2027-01-04", goals=("Xyzzy",), audiences=("Xyzzy",))
DECKS = ["social-business.pptx", "kennis-delen.pptx", "clean.pptx"]


def write(context: Context) -> dict[str, tuple[Draft, ...]]:
    """All drafts by kind, those that speak about others last."""
    made: dict[str, tuple[Draft, ...]] = {}
    for each in generators():
        if not each.after:
            made[each.kind] = each.drafts(context)
    later = replace(context, pieces=tuple(draft for drafts in made.values() for draft in drafts))
    for each in generators():
        if each.after:
            made[each.kind] = each.drafts(later)
    return made


def files(context: Context) -> dict[str, bytes]:
    made = write(context)
    whole = replace(context, pieces=tuple(draft for drafts in made.values() for draft in drafts))
    found: dict[str, bytes] = {}
    for each in generators():
        for artefact in each.artefacts(made[each.kind], whole):
            assert artefact.path not in found, f"{artefact.path} is written twice"
            found[artefact.path] = artefact.data
    return found


@pytest.fixture(scope="module", params=DECKS)
def written(request, sample) -> tuple[Context, dict[str, tuple[Draft, ...]]]:
    context = sample(request.param, profile=PROFILE, audio=False)
    return context, write(context)


def test_kinds_are_known_by_their_own_name():
    assert len(set(KINDS)) == len(KINDS) >= 10
    assert {"audio", "blog", "card", "carousel", "description", "heads_up", "interview", "plan", "social", "webchat"} <= set(KINDS)


def test_every_kind_writes_something_about_the_samples(written):
    _, made = written
    assert set(made) == set(KINDS)
    # A talk that is told in full leaves nothing for a starter.
    assert [kind for kind, drafts in made.items() if not drafts and kind != "outline"] == []


def test_drafts_carry_the_kind_of_their_generator_and_names_of_their_own(written):
    _, made = written
    drafts = [draft for each in made.values() for draft in each]
    assert all(draft.kind == kind for kind, each in made.items() for draft in each)
    names = [draft.name for draft in drafts]
    assert len(set(names)) == len(names)


def test_every_segment_has_sources_or_is_template_wording(written):
    context, made = written
    for each in made.values():
        for draft in each:
            assert draft.segments and draft.text.strip()
            for segment in (*draft.segments, draft.title, *(s for values in draft.metadata.values() for s in values)):
                if segment.origin is Origin.TEMPLATE:
                    assert not segment.sources, draft.name
                elif any(char.isalnum() for char in segment.text):
                    assert segment.sources, (draft.name, segment.text)
                    assert set(segment.sources) <= set(context.index.by_id), draft.name


def test_the_trace_and_limits_gates_let_every_draft_through(written):
    from gates.limits import GATE as limits_gate
    from gates.trace import GATE as trace_gate
    from gates.work import Work

    context, made = written
    work = Work(drafts=tuple(draft for each in made.values() for draft in each), cleared=context.cleared,
                index=context.index, profile=context.profile)
    for gate in (trace_gate, limits_gate):
        result = gate.check(work)
        assert result.passed, result.reasons


def test_limits_are_declared_and_dated(written):
    _, made = written
    declared = {each.kind: set(each.limits) for each in generators()}
    for kind, drafts in made.items():
        assert declared[kind] <= set(limits()), kind
        for draft in drafts:
            if draft.limit is not None:
                assert draft.limit.key in declared[kind] and draft.limit.checked_on


def test_no_mark_of_the_rendering_survives(written):
    _, made = written
    for each in made.values():
        for draft in each:
            assert not re.search("[\U0010ff00-\U0010ffff]", draft.text), draft.name
            assert not re.search(r"\{\{|\}\}|\{%|Undefined|\bNone\b", "".join(
                segment.text for segment in draft.segments if not segment.sources)), draft.name


@pytest.mark.parametrize("language", ["en", "nl"])
def test_files_are_named_plainly_and_lie_inside_the_pack(street, language):
    for path in files(street(language, profile=PROFILE, audio=False)):
        assert not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts
        assert re.fullmatch(r"[a-z0-9./-]+", path), path


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_same_talk_gives_the_same_files(street, language):
    assert files(street(language, profile=PROFILE, audio=False)) == files(street(language, profile=PROFILE, audio=False))


def test_nothing_is_written_about_an_empty_talk(slide, context):
    empty = context((slide(1), slide(2)))
    made = write(replace(empty, audio=False))
    assert not any(made[kind] for kind in KINDS)
    assert files(replace(empty, audio=False)) == {}


def test_a_held_pack_says_so_wherever_people_read(street):
    for path, data in files(street(held=True, profile=PROFILE, audio=False)).items():
        if path.endswith((".md", ".ics")) and not path.startswith(("audio/", "description", "blog/")):
            assert "Do not publish." in re.sub(r"\r\n ", "", data.decode()), path
        if path == "social/posts.json":
            assert json.loads(data)["held"] is True


# ---------------------------------------------------------------- language


def vocabulary(language: str) -> set[str]:
    """Every word that the wording of a language prints: templates without their code, values of the YAML files."""
    words: set[str] = set()
    for path in sorted((TEMPLATES / language).rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".j2":
            words |= set(tokens(re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)))
        elif path.stem.startswith(("wording", "questions", "audio")):
            words |= {word for value in re.findall(r'"((?:[^"\\]|\\.)*)"', text) for word in tokens(value)}
    return words


def test_templates_stand_in_every_language_folder():
    found = {language: {str(path.relative_to(TEMPLATES / language)) for path in (TEMPLATES / language).rglob("*.*")}
             for language in languages()}
    assert set(found) >= {"en", "nl"} and all(each == found["en"] for each in found.values())


@pytest.mark.parametrize("held", [False, True])
def test_no_english_wording_in_a_dutch_pack(street, held):
    context = street("nl", held=held, profile=PROFILE, audio=False)
    said = {word for sentence in context.index.by_id.values() for word in tokens(sentence.text)}
    english = vocabulary("en") - vocabulary("nl") - said
    assert {"about", "which", "people", "held"} <= english
    for drafts in write(context).values():
        for draft in drafts:
            wording = "".join(segment.text for segment in draft.segments if segment.origin is Origin.TEMPLATE)
            assert not set(tokens(re.sub(r"[\w-]+(?:/[\w.-]+)+|\w+\.(?:md|pdf|png|json)", " ", wording))) & english, draft.name


def test_a_talk_in_another_language_gets_english_wording_and_keeps_its_own_words(street):
    context = street("nl", audio=False)
    german = replace(context, cleared=context.cleared.model_copy(update={"language": "de"}), language="en")
    drafts = write(german)
    assert any(draft.text.startswith("# Plan") for draft in drafts["plan"])
    assert all(draft.language in {"en", "de"} for each in drafts.values() for draft in each)
