"""A planted leak, a made-up number, a flipped negation and an over-long post each refuse the pack: nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.cleared import Withheld, WithheldString
from content.draft import Artefact, Draft, Limit, Origin, Sentence
from content.errors import PackRefused
from flows.case import Request, open_case
from flows.gating import assemble
from flows.steps import run_stage
from flows.writing import write_drafts

TEXT = ("# Asking in the open\n\nOf 412 questions, 61 were answered by people outside the team. "
        "The engineers did not wait for a manager. Answering takes twelve minutes a day.\n")


@pytest.fixture
def case(tmp_path):
    file = tmp_path / "note.md"
    file.write_text(TEXT)
    made = open_case(Request(file=file, out=tmp_path / "out", audio=False))
    for stage in ("extract", "scan", "clear", "topics"):
        run_stage(stage, made)
    return made


def judge(case, *drafts: Draft, withheld: Withheld | None = None, artefacts: tuple[Artefact, ...] = ()):
    from flows.steps import _context

    context = _context(case)
    return assemble(context, drafts, artefacts, {}, (), (), withheld or Withheld(), (), "note.md")


def sentence_about(case, word: str) -> tuple[str, str]:
    from flows.steps import _context

    return next((s.id, s.text) for s in _context(case).index.by_id.values() if word in s.text)


def draft(case, text: str, word: str, **more: object) -> Draft:
    source, _ = sentence_about(case, word)
    title, heading = sentence_about(case, "open")
    return Draft.model_validate({
        "kind": "blog", "name": "blog/01-a", "path": "blog/01-a.md", "title": Sentence(text=heading, sources=(title,)),
        "segments": (Sentence(text=text, sources=(source,)),), **more})


def test_a_true_draft_makes_a_pack(case):
    pack, files = judge(case, draft(case, "Of 412 questions, 61 were answered by people outside the team.", "412"))
    assert {gate.gate for gate in pack.gates} >= {"leak", "trace", "limits", "quality"}
    assert {each.path for each in files} >= {"report.html", "pack.json", "findings.json"}


@pytest.mark.parametrize(("text", "word", "gate"), [
    ("Of 512 questions, 61 were answered by people outside the team.", "412", "trace"),
    ("The engineers did wait for a manager.", "engineers", "trace"),
    ("The engineers of Orla Vint did not wait for a manager.", "engineers", "trace"),
])
def test_untrue_sentences_refuse_the_pack(case, text, word, gate):
    with pytest.raises(PackRefused, match=gate):
        judge(case, draft(case, text, word))


def test_an_over_long_post_refuses_the_pack(case):
    limit = Limit(key="x.post", limit=40, unit="x_weighted", hard=True, source="test", checked_on="2026-11-22")
    with pytest.raises(PackRefused, match="limits"):
        judge(case, draft(case, "Of 412 questions, 61 were answered by people outside the team.", "412", limit=limit))


@pytest.mark.parametrize("where", ["a file", "a file name", "a template"])
def test_a_planted_leak_refuses_the_pack_without_naming_it(case, where):
    withheld = Withheld(strings=(WithheldString(text="Halden Foods", group="customer-1"),))
    good = draft(case, "Answering takes twelve minutes a day.", "twelve")
    if where == "a template":
        good = good.model_copy(update={"segments": (*good.segments, Sentence(text=" for H\u200balden Foods", origin=Origin.TEMPLATE))})
    artefact = Artefact(path="halden-foods.md" if where == "a file name" else "notes.md",
                        data=b"made for halden foods" if where == "a file" else good.text.encode(), media_type="text/markdown")
    with pytest.raises(PackRefused, match="leak") as caught:
        judge(case, good, withheld=withheld, artefacts=(artefact,))
    assert "halden" not in str(caught.value).lower().replace("halden-foods.md", "")


def test_a_draft_that_a_gate_refuses_is_left_out_and_named(case, monkeypatch):
    from flows import writing
    from flows.steps import _context

    context = _context(case)
    bad = draft(case, "Of 512 questions, 61 were answered by people outside the team.", "412")
    monkeypatch.setattr(writing, "_write", lambda kinds, context: (bad,) if kinds and not kinds[0].after else ())
    kept, refused = write_drafts(context, Withheld())
    assert kept == () and "trace" in refused["blog/01-a"]


def test_nothing_is_written_when_the_pack_is_refused(tmp_path, monkeypatch):
    from flows import gating, steps

    file = tmp_path / "note.md"
    file.write_text(TEXT)
    real = gating.report_artefact

    def leaky(*args: object) -> Artefact:
        made = real(*args)  # type: ignore[arg-type]
        return made.model_copy(update={"data": made.data + b"{{ residue of Halden Foods }}"})

    monkeypatch.setattr(gating, "report_artefact", leaky)
    customers = tmp_path / "customers.csv"
    customers.write_text("name\nHalden Foods\n")
    file.write_text(TEXT + "\nHalden Foods asked first.\n")
    with pytest.raises(PackRefused):
        steps.build_pack(Request(file=Path(file), out=tmp_path / "out", customers=customers, audio=False))
    assert not list((tmp_path / "out").iterdir())
