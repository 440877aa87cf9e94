"""Templates of users: used in the place of ours, held to the same rule, and stopped when they go too far."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from content.draft import Origin
from content.errors import BadSettings
from content.settings import Profile, load_settings
from flows.writing import make_artefacts, write_drafts
from generators import generators
from generators import own_templates as module
from generators.heads_up import GENERATOR as HEADS_UP
from generators.interview import GENERATOR as INTERVIEW
from generators.own_templates import BadTemplate, check_folder, own_templates
from generators.render import TEMPLATES, template_names


def sheets(street, folder, language="en"):
    """The interview sheets of a small talk with the templates of a folder."""
    with own_templates(folder):
        return INTERVIEW.drafts(street(language))


def refusal(street, folder, text):
    (folder / "interview.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(BadTemplate) as caught:
        sheets(street, folder)
    said = str(caught.value)
    assert said.startswith("interview.md.j2") and "\n" not in said and "Traceback" not in said
    return said


def test_a_template_of_ones_own_is_used_and_its_sentences_keep_their_sources(street, tmp_path):
    (tmp_path / "interview.md.j2").write_text(
        "Our sheet: {{ title }}\n{% for question in questions %}\n{{ loop.index }}. {{ question.ask }} {{ question.fact.sentence }}\n"
        "{% endfor %}\n", encoding="utf-8")
    (draft, *_) = sheets(street, tmp_path)
    assert draft.text.startswith("Our sheet: ") and "Why we ask" not in draft.text
    traced = [segment for segment in draft.segments if segment.sources]
    assert len(traced) >= 6
    assert all((segment.origin is Origin.TEMPLATE) != bool(segment.sources) for segment in draft.segments)


def test_the_folder_of_a_language_comes_first_and_others_keep_ours(street, tmp_path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "interview.md.j2").write_text("Eigen blad: {{ title }}\n", encoding="utf-8")
    assert sheets(street, tmp_path, "nl")[0].text.startswith("Eigen blad: ")
    assert sheets(street, tmp_path)[0].text.startswith("# Video interview: ")


@pytest.mark.parametrize("file", ["interview.md.j2", "en/interview.md.j2"])
def test_a_folder_may_be_named_from_where_one_is(street, tmp_path, monkeypatch, file):
    (tmp_path / "mine" / "en").mkdir(parents=True)
    (tmp_path / "mine" / file).write_text("Our sheet: {{ title }}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert sheets(street, Path("mine"))[0].text.startswith("Our sheet: ")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_copy_of_our_templates_prints_what_ours_print(street, tmp_path, language):
    shutil.copytree(TEMPLATES / language, tmp_path / language)
    shutil.rmtree(tmp_path / language / "social")  # a process for each of the posts
    context = street(language)
    for generator in generators():
        if generator.kind in {"interview", "webchat", "blog", "description"}:
            with own_templates(tmp_path):
                copied = generator.drafts(context)
            assert [draft.text for draft in copied] == [draft.text for draft in generator.drafts(context)]


@pytest.mark.parametrize("attack", [
    "{{ ().__class__ }}",
    "{{ ().__class__.__mro__[1].__subclasses__() }}",
    "{{ title.model_copy(update={'text': 'Invented'}) }}",
    "{{ title.text.__class__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ questions.append(1) }}",
    "{{ title.text.format(title) }}",
])
def test_what_a_template_may_not_have_it_does_not_get(street, tmp_path, attack):
    refusal(street, tmp_path, f"One\n{attack}\n")


@pytest.mark.parametrize("untraced", ["{{ title.text }}", "{{ title.text|upper }}", "{{ title.text|plain }}", "{{ 'a' ~ title.text }}",
                                      "{{ title.text|replace('a', 'b') }}", "{% set all = title.text %}{{ all }}"])
def test_text_without_a_source_is_not_printed(street, tmp_path, untraced):
    said = refusal(street, tmp_path, f"One\nTwo\n{untraced}\n")
    assert "source" in said


def test_a_mistake_is_told_with_its_line(street, tmp_path):
    assert "line 3" in refusal(street, tmp_path, "One\nTwo\n{% if %}\n")
    assert "not there" in refusal(street, tmp_path, "{{ nothing_of_the_kind }}\n")
    assert "not there" in refusal(street, tmp_path, "{% include '../../../etc/passwd' %}\n")
    assert "/etc" not in refusal(street, tmp_path, "{% include '/etc/passwd' %}\n").replace("(/etc/passwd)", "")


@pytest.mark.parametrize("endless", [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% if a == b %}{% endif %}{% endfor %}{% endfor %}",
    "{% set x = 9 ** (9 ** 9) %}",
])
def test_a_loop_without_an_end_is_stopped(street, tmp_path, endless, monkeypatch):
    monkeypatch.setattr(module, "CPU_SECONDS", 2)
    started = time.monotonic()
    assert "stopped" in refusal(street, tmp_path, endless)
    assert time.monotonic() - started < module.WALL_SECONDS


@pytest.mark.parametrize("flood", [
    "{% for a in range(99999) %}{% for b in range(99999) %}more and more {% endfor %}{% endfor %}",
    "{% set x = 'x' * 1000000000 %}{% if x == x[:1] %}{% endif %}{{ title }}",
    "{% set x = ('x' * 100000000) * 20 %}{{ title }}",
])
def test_a_flood_is_stopped(street, tmp_path, flood):
    said = refusal(street, tmp_path, flood)
    assert "stopped" in said or "1 MB" in said


def test_a_file_of_another_name_is_pointed_at(tmp_path):
    (tmp_path / "intervieuw.md.j2").write_text("x", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"intervieuw\.md\.j2.*interview\.md\.j2"):
        check_folder(tmp_path, template_names())
    check_folder(None, template_names())


def test_the_folder_comes_from_the_settings_and_reaches_the_drafts(street, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "heads_up.md.j2").write_text("Ours: {{ title }}\n", encoding="utf-8")
    config = tmp_path / "deckprism.toml"
    config.write_text('[templates]\nfolder = "mine"\n', encoding="utf-8")
    folder = load_settings(config).templates.folder
    assert folder == tmp_path / "mine"
    from content.cleared import Withheld

    context = street(templates=folder, profile=Profile(pieces=dict.fromkeys(("blog", "social", "audio", "card"), 0)))
    drafts, _ = write_drafts(context, Withheld())
    assert next(draft for draft in drafts if draft.kind == HEADS_UP.kind).text.startswith("Ours: ")
    made = {artefact.path: artefact.data for artefact in make_artefacts(replace(context), drafts)}
    assert made["heads-up.md"].startswith(b"Ours: ")
    config.write_text('[templates]\nfolder = "nowhere"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match=r"templates\.folder: is not a folder"):
        load_settings(config)
