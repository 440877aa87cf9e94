"""A pack appears whole or not at all, and what lies on disk can be held against what was gated."""

from __future__ import annotations

import json

import pytest

from content.cleared import Doubt, Withheld, WithheldString
from content.draft import Artefact, Sentence
from content.errors import BadOutput, UnreadableFile
from content.finding import Category, Finding, Severity
from content.pack import Pack, Status
from gates.coverage import coverage
from gates.package import check_folder, pack_artefact, write_pack
from gates.preview import previews
from gates.reading import integrity, read_pack
from language.source import index

SHA = "d" * 64


def finding(**more: object) -> Finding:
    body = {"id": "f-1", "group": "customer-1", "rule": "customer.name", "category": Category.CUSTOMER,
            "severity": Severity.HIGH, "confidence": 1.0, "unit": 1, "part": "body", "text": "Halden Foods",
            "why": "Slide 1 names a customer (Halden Foods).", "suggestion": "Write 'a food company'."}
    return Finding.model_validate({**body, **more})


@pytest.fixture
def finished(cleared, write, tmp_path):
    said = write(Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)))
    files = (Artefact(path=said.path, data=b"---\ntitle: x\n---\nAnswering takes 12 minutes a day.\n", media_type="text/markdown"),)
    pack = Pack(slug="a-pack", status=Status.CLEAR, drafts=(said,), artefacts=files)
    account = pack_artefact(pack, cleared, (), ())
    return write_pack(tmp_path, "a-pack", SHA, (*files, account))


def test_a_pack_reads_back_and_is_whole(finished):
    assert integrity(read_pack(finished)).passed


@pytest.mark.parametrize("harm", ["change", "delete", "add"])
def test_any_change_on_disk_is_seen(finished, harm):
    file = finished / "blog" / "01-a.md"
    if harm == "change":
        file.write_text(file.read_text() + "One sentence more.\n")
    elif harm == "delete":
        file.unlink()
    else:
        (finished / "extra.md").write_text("hello")
    assert not integrity(read_pack(finished)).passed


def test_a_draft_that_is_not_in_its_file_is_seen(finished):
    account = json.loads((finished / "pack.json").read_text())
    account["drafts"][0]["segments"][0]["text"] = "Answering takes no time."
    (finished / "pack.json").write_text(json.dumps(account))
    assert any("does not hold" in reason for reason in integrity(read_pack(finished)).reasons)


@pytest.mark.parametrize(("alt", "whole"), [("Außerhalb fragt man früher.", True), ("Something else.", False)])
def test_the_words_of_a_picture_are_read_as_its_format_writes_them(cleared, write, tmp_path, alt, whole):
    from io import BytesIO

    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    about, data = PngInfo(), BytesIO()
    about.add_text("Description", alt)
    Image.new("RGB", (8, 8)).save(data, format="PNG", pnginfo=about)
    said = write(Sentence(text="Außerhalb fragt man früher.", sources=("s2.b2.1",)), kind="card", name="cards/01-a")
    said = said.model_copy(update={"path": "cards/01-a.png"})
    files = (Artefact(path=said.path, data=data.getvalue(), media_type="image/png"),)
    pack = Pack(slug="a-pack", status=Status.CLEAR, drafts=(said,), artefacts=files)
    folder = write_pack(tmp_path, "a-pack", SHA, (*files, pack_artefact(pack, cleared, (), ())))
    assert integrity(read_pack(folder)).passed is whole


def test_a_folder_without_an_account_is_no_pack(tmp_path):
    with pytest.raises(UnreadableFile, match="is not a pack"):
        read_pack(tmp_path)


def test_the_same_source_replaces_its_pack_and_nothing_else_is_touched(finished, tmp_path):
    again = write_pack(tmp_path, "a-pack", SHA, (
        Artefact(path="pack.json", data=json.dumps({"source": {"sha256": SHA}}).encode(), media_type=""),))
    assert [path.name for path in again.iterdir()] == ["pack.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-pack"]


@pytest.mark.parametrize("obstacle", ["file", "folder", "other pack", "link"])
def test_something_else_in_the_way_is_refused_and_kept(tmp_path, obstacle):
    target = tmp_path / "a-pack"
    if obstacle == "file":
        target.write_text("mine")
    elif obstacle == "link":
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    else:
        target.mkdir()
        (target / "pack.json").write_text('{"source": {"sha256": "other"}}' if obstacle == "other pack" else "{}")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(BadOutput, match="is in the way"):
        write_pack(tmp_path, "a-pack", SHA, ())
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_output_that_is_a_file_is_one_clear_line(tmp_path):
    file = tmp_path / "out"
    file.write_text("")
    with pytest.raises(BadOutput, match="output folder"):
        check_folder(file)


def test_previews_never_tell_what_was_found():
    withheld = Withheld(strings=(WithheldString(text="Halden Foods", group="customer-1"),))
    (shown,) = previews((finding(label="Halden Foods"),), withheld, frozenset({"customer-1"}))
    assert shown.preview == "H•••" and shown.open
    assert "halden" not in (shown.why + shown.suggestion).lower()
    assert shown.why == "Names a customer." and shown.suggestion == "Write 'a food company'."


def test_a_credential_shows_not_even_its_first_letter():
    (shown,) = previews((finding(category=Category.CREDENTIAL, text="Tiger42!", why="", suggestion=""),), Withheld(), frozenset())
    assert shown.preview == "•••"


def test_a_replacement_that_may_give_somebody_away_is_in_the_account(cleared):
    doubtful = cleared.model_copy(update={"doubts": (Doubt(group="customer-1", text="It fits one customer."),)})
    account = pack_artefact(Pack(slug="a-pack", status=Status.CLEAR), doubtful, (), ())
    assert json.loads(account.data)["doubts"] == [{"group": "customer-1", "text": "It fits one customer."}]


def test_coverage_counts_content_units_and_gives_reasons(cleared, write):
    said = write(Sentence(text="Answering takes 12 minutes a day.", sources=("s2.b2.1",)), title=Sentence(
        text="What it costs", sources=("s2.b1.1",)))
    left = cleared.model_copy(update={"left_out": {7: "dropped"}})
    result = coverage(left, index(cleared), (), (said,), {1: "code"})
    assert result.used_units == (2,) and result.share == 0.5
    assert [(each.unit, each.reason) for each in result.unused] == [(1, "code"), (7, "dropped by a reviewer")]
