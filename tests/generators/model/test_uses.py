"""Who may ask for a model and how: the command, a batch, the desk; and that nobody else ever does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from content.settings import load_settings
from flows.case import Request, load_case, open_case
from flows.model_writing import digest_of, for_desk
from flows.worker import Builder, decode_request, encode_request

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def talk(tmp_path: Path, helpers) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(helpers.TALK)
    return file


@pytest.fixture
def named(service, monkeypatch) -> None:
    monkeypatch.setenv("DECKPRISM_WRITER_URL", service.url)
    monkeypatch.setenv("DECKPRISM_WRITER_MODEL", "quill-1")


def deckprism(*given: object, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from desk.command import main; sys.argv[0] = 'deckprism'; main()"
    return subprocess.run([sys.executable, "-P", "-c", code, *map(str, given)], capture_output=True, text=True, check=False,
                          cwd=environment.pop("cwd", None), env={**os.environ, "PYTHONPATH": str(ROOT), **environment})


def test_the_command_says_where_text_goes_and_what_came_of_it(named, service, talk, tmp_path):
    done = deckprism("run", talk, "-o", tmp_path / "out", "--no-audio", "--writer", "openai", cwd=str(tmp_path),
                     DECKPRISM_WRITER_KEY="sk-invented")
    assert done.returncode == 0, done.stderr
    assert "Cleared text goes to the model quill-1 at 127.0.0.1." in done.stderr
    said = " ".join(done.stdout.split())
    assert "Model: quill-1 at 127.0.0.1: wrote" in said and "cost not known" in said and "sk-invented" not in done.stdout + done.stderr
    assert service.headers[0]["Authorization"] == "Bearer sk-invented"


def test_a_command_without_a_service_stops_with_one_line(talk, tmp_path):
    done = deckprism("run", talk, "-o", tmp_path / "out", "--writer", "openai", cwd=str(tmp_path))
    assert done.returncode == 2 and done.stderr.strip().count("\n") == 0 and "DECKPRISM_WRITER_URL" in done.stderr
    done = deckprism("run", talk, "-o", tmp_path / "out", "--writer", "clippy", cwd=str(tmp_path))
    assert done.returncode == 2 and "clippy" in done.stderr and not (tmp_path / "out").exists()


def test_a_service_that_is_down_leaves_the_author_s_words(service, talk, tmp_path):
    done = deckprism("run", talk, "-o", tmp_path / "out", "--no-audio", "--writer", "openai", cwd=str(tmp_path),
                     DECKPRISM_WRITER_URL="http://127.0.0.1:9/v1", DECKPRISM_WRITER_MODEL="quill-1")
    assert done.returncode == 0 and "the connection failed" in done.stdout and "wrote 0 sentences" in done.stdout


def test_without_being_asked_nothing_of_it_is_even_imported(named, service, talk, tmp_path):
    code = ("import sys; from pathlib import Path; from flows.case import Request; from flows.steps import build_pack; "
            "build_pack(Request(file=Path(sys.argv[1]), out=Path(sys.argv[2]), audio=False)); "
            "print([each for each in sys.modules if each.startswith('generators.model.')])")
    done = subprocess.run([sys.executable, "-P", "-c", code, str(talk), str(tmp_path / "out")], capture_output=True, text=True,
                          check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.strip() == "[]" and service.raw == []


def test_a_request_keeps_its_writer_on_its_way_to_a_worker_and_into_a_case(tmp_path):
    sent = Request(tmp_path / "a.md", tmp_path / "out", writer="openai", topics_at=(3, 9))
    assert decode_request(encode_request(sent)) == sent
    case = open_case(sent, tmp_path / "cases")
    assert load_case(case.id, tmp_path / "cases").request.writer == "openai"


def test_a_batch_makes_packs_anew_for_another_model_and_counts_what_it_did(named, service, talk, tmp_path, monkeypatch):
    settings = load_settings(None)
    first = digest_of("openai", settings)
    monkeypatch.setenv("DECKPRISM_WRITER_MODEL", "quill-2")
    assert first != digest_of("openai", settings) != "" == digest_of("", settings)
    reply = Builder().build(Request(talk, tmp_path / "out", audio=False, writer="openai"))
    assert reply.code == "" and reply.figures["model:sentences"] > 0 and reply.figures["model:requests"] == len(service.raw)
    assert not any(name.startswith("model:") for name in Builder().build(Request(talk, tmp_path / "o", audio=False)).figures)


def test_a_summary_says_what_a_model_did():
    from flows.summary import rows_of
    from store.batches import Item

    figures = {"open": 0, "model:sentences": 7, "model:tokens": 900, "made:blog": 2, "found:person": 1}
    row = rows_of([Item("i1", 1, "/x/a.md", "0" * 64, "clear", figures=figures)], None)[0]
    assert row.model == {"sentences": 7, "tokens": 900} and row.pieces == 2 and row.findings == {"person": 1}


@pytest.mark.parametrize("allowed", [True, False])
def test_the_desk_asks_only_when_the_operator_allows_it(named, service, talk, tmp_path, allowed):
    from flows.local_child import BUILDING, READING, Ask, run, save
    from flows.revision import Revision

    config = tmp_path / "deckprism.toml"
    config.write_text(f"[writer]\nallow = {str(allowed).lower()}\n")
    assert for_desk(load_settings(config)) == ("openai" if allowed else "")
    folder = tmp_path / "case"
    folder.mkdir()
    save(folder, "revision", Revision(), Revision)
    for stages in (READING, BUILDING):
        made = run(Ask(str(folder), stages, str(talk), "talk.md", "", str(config), audio=False), Builder(), lambda event: None)
        assert made.code == "", made.reason
    pack = json.loads(next((folder / "pack").glob("*/pack.json")).read_text())
    assert bool(service.raw) == allowed == ("model" in pack)
    if allowed:
        assert pack["model"]["sentences"] > 0


def test_a_person_can_rewrite_what_a_model_wrote(named, service, talk, tmp_path):
    from content.draft import Draft, Origin
    from flows.editing import segment_hash
    from flows.revision import EditedSegment, Revision
    from flows.steps import STAGES, run_stage

    request = Request(talk, tmp_path / "out", audio=False, writer="openai")
    first = open_case(request)
    for stage in STAGES[:5]:
        run_stage(stage, first)
    draft, place = next((draft, n) for draft in first.get("drafts", tuple[Draft, ...]) if draft.kind == "blog"
                        for n, each in enumerate(draft.segments) if each.origin is Origin.MODEL)
    edit = EditedSegment(id=1, piece=draft.name, segment=place, before=segment_hash(draft.segments[place].text),
                         text="We took the oven of the last bakery.", by="Ilka")
    second = open_case(request)
    second.put("revision", Revision(edits=(edit,)), Revision)
    for stage in STAGES[:5]:
        run_stage(stage, second)
    again = next(each for each in second.get("drafts", tuple[Draft, ...]) if each.name == draft.name)
    assert again.segments[place].origin is Origin.EDITOR and again.segments[place].text == edit.text


def test_a_cliche_of_a_model_is_refused_where_the_author_may_use_one():
    from content.draft import Draft, Origin, Sentence
    from gates.quality import GATE
    from gates.work import Work

    title = Sentence(text="Bread for a whole street", sources=("s1.b1.1",))
    said = Sentence(text="The oven is a game-changer for the street.", sources=("s1.b2.1",))
    drafts = [Draft(kind="sentence", name=origin.value, path="", title=title, segments=(said.model_copy(update={"origin": origin}),))
              for origin in (Origin.SOURCE, Origin.MODEL)]
    result = GATE.check(Work(drafts=tuple(drafts)))
    assert result.refused == ("model",) and "what a model wrote holds a cliche" in result.reasons[0]
