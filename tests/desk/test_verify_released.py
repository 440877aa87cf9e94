"""`deckprism verify` on a pack that a desk let out: what people wrote is named, everything else is held against the source."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from desk.commands.run import verify
from desk.services import approvals, edits, outgoing, releases
from desk.services.office import reading, writing
from flows.local_results import hash_of
from flows.verifying import verify_pack
from store.tables import Submission
from store.tables_review import Shape
from tests.desk import releasing

SAMPLES = Path(__file__).parents[2] / "samples"
WRITTEN = "Teams that write things down find answers sooner."


def _downloaded(ready, folder: Path) -> tuple[Path, Path]:
    """(pack, source): approved, let out to everybody, downloaded and unpacked."""
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    _, _, data = outgoing.download(ready.office, ready.people["pia"], made.id)
    with zipfile.ZipFile(io.BytesIO(b"".join(data))) as held:
        held.extractall(folder)
    with reading(ready.office.engine) as session:
        document = session.get(Submission, ready.id).document
    source = folder / "talk.pptx"
    shutil.copyfile(ready.office.files.path(document), source)
    return next(each for each in folder.iterdir() if each.is_dir()), source


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """A released pack with a sentence of a person's, and without one post."""
    folder = tmp_path_factory.mktemp("edited")
    with pytest.MonkeyPatch.context() as patch:
        # A talk that holds quotations: those are drawn, and nobody edits them.
        ready = releasing.make_ready(folder / "desk", patch, content=(SAMPLES / "clean.pptx").read_bytes())
        piece, segment, before, _ = ready.sentence()
        edits.edit(ready.office, ready.people["ana"], ready.id, piece, segment, before, WRITTEN)
        post = ready.sentence("social")[0]
        edits.leave_out(ready.office, ready.people["ana"], ready.id, post, 0)
        ready.work.drain()
        ready.work.stop()
        try:
            yield (*_downloaded(ready, folder / "got"), piece, post)
        finally:
            ready.office.engine.dispose()


def test_what_people_wrote_is_named_and_the_rest_is_made_again(edited):
    pack, source, piece, post = edited
    results = {each.gate: each for each in verify_pack(pack, source)}
    assert all(each.passed for each in results.values()), results
    assert results["made again"].run and results["made again"].figures["files"] > 8
    said = "\n".join(results["by people"].reasons)
    assert f"{piece}.md holds 1 sentence written by people" in said and f"{post} was left out by people" in said
    assert WRITTEN not in said
    assert results["release"].passed
    alone = {each.gate: each for each in verify_pack(pack, None)}
    assert alone["by people"].reasons == results["by people"].reasons and alone["integrity"].passed


def test_the_command_says_where_to_look_and_ends_with_1(edited, capsys):
    pack, source, piece, _ = edited
    assert verify(pack, source=source) == 1
    said = capsys.readouterr().out
    assert "REFUSED" not in said and "not run" not in said and piece in said
    assert "1 sentence of it is people's own" in said


def test_without_changes_of_people_it_ends_with_0(tmp_path, monkeypatch, capsys):
    ready = releasing.make_ready(tmp_path / "desk", monkeypatch)
    pack, source = _downloaded(ready, tmp_path / "got")
    ready.office.engine.dispose()
    assert verify(pack, source=source) == 0
    said = capsys.readouterr().out
    assert "by people" not in said and said.endswith("Every gate passed.\n")


def test_topics_that_people_began_elsewhere_are_begun_there_again(tmp_path, monkeypatch):
    ready = releasing.make_ready(tmp_path / "desk", monkeypatch)
    with writing(ready.office.engine) as session:
        session.add(Shape(submission=ready.id, topics_at="[1, 4]", left_out="[]", version=1, by="ana", at="2027-01-04"))
    edits.build_again(ready.office, ready.people["ana"], ready.id)
    ready.work.drain()
    ready.work.stop()
    pack, source = _downloaded(ready, tmp_path / "got")
    ready.office.engine.dispose()
    assert [each["first"] for each in json.loads((pack / "pack.json").read_text())["topics"]] == [1, 4]
    results = {each.gate: each for each in verify_pack(pack, source)}
    assert all(each.passed for each in results.values()), results
    assert results["by people"].reasons == ("topics begin where people put them",)


def _account(pack: Path, change) -> None:
    """Put every account of a pack right after something was written into it: all but the desk's signature."""
    body = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    change(body)
    for each in body["artefacts"]:
        data = (pack / each["path"]).read_bytes()
        each["sha256"], each["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
    files = {file.relative_to(pack).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
             for file in sorted(pack.rglob("*")) if file.is_file()
             and file.name not in {"pack.json", "report.html", "release.json"}}
    told = json.loads((pack / "release.json").read_text(encoding="utf-8"))
    told["files"], told["content_hash"] = files, hash_of(files)
    body["release"]["content_hash"] = told["content_hash"]
    for name, value in (("pack.json", body), ("release.json", told)):
        (pack / name).write_text(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n", encoding="utf-8")


def _sentence(pack: Path) -> None:
    """A sentence of the source, written anew without a word of who did it."""
    def change(body) -> None:
        draft = next(each for each in body["drafts"] if each["kind"] == "blog")
        old = next(each for each in draft["segments"] if each.get("sources") and each.get("origin") != "editor")
        file = pack / draft["path"]
        file.write_text(file.read_text(encoding="utf-8").replace(old["text"], "Our profit rose.", 1), encoding="utf-8")
        old["text"] = "Our profit rose."
    _account(pack, change)


def _figure(pack: Path) -> None:
    (pack / "plan.md").write_text((pack / "plan.md").read_text(encoding="utf-8") + "Our profit rose.\n", encoding="utf-8")
    _account(pack, lambda body: None)


def _card(pack: Path) -> None:
    """A quotation cannot be edited, whatever its account says."""
    def change(body) -> None:
        next(each for each in body["drafts"] if each["kind"] == "card")["segments"][0]["origin"] = "editor"
    _account(pack, change)


def _list(pack: Path) -> None:
    told = json.loads((pack / "release.json").read_text(encoding="utf-8"))
    told["files"].popitem()
    (pack / "release.json").write_text(json.dumps(told), encoding="utf-8")


def _unsaid(pack: Path) -> None:
    (pack / "release.json").unlink()


@pytest.mark.parametrize("harm", [_sentence, _figure, _card, _list, _unsaid])
def test_whatever_else_was_written_into_it_is_refused(edited, tmp_path, harm):
    source = edited[1]
    pack = tmp_path / edited[0].name
    shutil.copytree(edited[0], pack)
    harm(pack)
    assert not all(each.passed for each in verify_pack(pack, source))
