"""One pack, and every place in it that says a number: they say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from content.draft import Draft
from content.length import length_of
from flows.steps import Request, build_pack
from language.wordcount import words_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("numbers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(folder / "data"))
        return build_pack(Request(file=SAMPLES / "kennis-delen.pptx", out=folder / "out", audio=False)).folder


@pytest.fixture(scope="module")
def account(pack) -> dict:
    return json.loads((pack / "pack.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(pack) -> str:
    return (pack / "report.html").read_text(encoding="utf-8")


def drafts(account: dict) -> list[Draft]:
    return [Draft.model_validate(each) for each in account["drafts"]]


def test_words_are_the_same_in_report_table_account_and_json_ld(pack, account, report):
    trace = next(gate for gate in account["gates"] if gate["gate"] == "trace")
    blogs = [draft for draft in drafts(account) if draft.kind == "blog"]
    assert blogs
    for draft in blogs:
        words = words_of(draft)
        assert trace["drafts"][draft.name]["words"] == words
        body = json.loads((pack / draft.path).with_suffix(".json").read_text(encoding="utf-8"))
        assert body["json_ld"]["wordCount"] == words
        row = re.search(rf'>{re.escape(draft.name)}</a></th><td>(\d+)</td>', report)
        assert row and int(row[1]) == words
    said = [int(each) for each in re.findall(r'<span class="meta">[^<]*?(\d+) woorden', report)]
    assert sorted(said) == sorted(words_of(draft) for draft in drafts(account))


def test_the_script_says_its_own_words_and_estimate(account, report):
    (script,) = [draft for draft in drafts(account) if draft.kind == "audio"]
    found = re.search(r"naar schatting (\d+) min (\d+) s, (\d+) woorden", script.text)
    assert found and int(found[3]) == words_of(script)
    length = length_of([script], ())
    assert length and length.seconds == script.seconds == 60 * int(found[1]) + int(found[2]) and not length.measured
    assert f"{length.clock} volgens het script, een schatting" in report


def test_slides_are_those_of_the_file_and_add_up(account, report):
    strip = report.count("<li class=", report.index('<ol class="strip"'), report.index("</ol>", report.index('<ol class="strip"')))
    total = int(re.search(r"<dt>dia&#39;s[^<]*</dt><dd>(\d+)</dd>", report)[1])
    assert strip == total
    figures = next(gate["figures"] for gate in account["gates"] if gate["gate"] == "coverage")
    said = account["coverage"]
    assert figures["content"] == len(said["content_units"]) == figures["used"] + figures["left_out"]
    assert figures["left_out"] + figures["set_apart"] == len(said["unused"])
    assert f"Het bestand heeft {total} dia" in report


def test_nothing_sends_people_to_the_form_for_machines(pack, report):
    for name in ("plan.md", "heads-up.md"):
        assert "posts.json" not in (pack / name).read_text(encoding="utf-8")
    assert 'href="social/posts.md"' in report and 'href="social/posts.json"' not in report
    for target in set(re.findall(r'href="([a-z][^"#:]*)"', report)):
        assert (pack / target).is_file(), target


def test_every_file_that_can_be_posted_alone_says_that_it_is_held(pack, account):
    assert account["status"] == "held"
    silent = [file.relative_to(pack).as_posix() for file in pack.rglob("*")
              if file.suffix in {".md", ".html", ".json", ".xml", ".srt", ".vtt"}
              and "Niet publiceren" not in file.read_text(encoding="utf-8")]
    assert sorted(silent) == ["findings.json"]


def test_drafts_are_drawn_and_their_sentences_lead_to_their_slides(report):
    texts = re.findall(r'<div class="text( lines)?"[^>]*>(.*?)</div>', report, re.DOTALL)
    assert len(texts) > 20
    drawn = [re.sub(r"<[^>]+>", "", text) for lines, text in texts if not lines]
    assert drawn and not any(re.search(r"^#+ |\*\*|<!--", text, re.MULTILINE) for text in drawn)
    assert all("\U0010ff00" <= char <= "\U0010ff02" for char in ()) and not re.search("[\U0010ff00-\U0010ff02]", report)
    assert all('<span class="s"' in text for _, text in texts)
    assert re.search(r'<h4><span class="s" tabindex="0">[^<]+<span class="from"> <b>dia \d+', report)
    assert ">X-draad · " in report or ">X-draad" in report
