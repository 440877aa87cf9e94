"""A pack of today is compared with what the desk has out: releases that are published and not withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.across.compare import compare_folders
from flows.across.packs import count_findings, read_findings, read_pack
from flows.across.released import released_packs
from store.database import open_database, writing
from store.submissions import receive
from store.tables_review import Build, Release

AT = "2026-11-0{}T10:00:00Z"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'store.db'}")


def pack_in(folder: Path, text: str, sha256: str = "a" * 64, status: str = "clear") -> Path:
    folder.mkdir(parents=True)
    draft = {"kind": "blog", "name": "blog/01", "path": "blog/01.md", "topic": 1, "title": {"text": f"On {folder.name}"},
             "segments": [{"text": "# ", "origin": "template"}, {"text": text, "sources": ["s3.b1.1", "s4.b2.1"]}]}
    (folder / "pack.json").write_text(json.dumps({
        "source": {"sha256": sha256}, "title": folder.name, "status": status, "language": "en", "clearing": "c",
        "drafts": [draft], "slug": folder.name}))
    return folder


def release(engine: Engine, number: int, published: bool = True, withdrawn: bool = False) -> str:
    with writing(engine) as session:
        receive(session, f"s{number}", f"{number}" * 64, 1, "x/y", f"{number}.pptx", "ana")
        session.add(Build(id=f"b{number}", submission=f"s{number}", number=1, basis="b", state="done", made_at=AT.format(1)))
        session.flush()
        session.add(Release(id=f"r{number}", submission=f"s{number}", build=f"b{number}", content_hash=f"{number}" * 64,
                            signature="x", audience="all", by="cy", at=AT.format(number),
                            published_at=AT.format(number) if published else None,
                            withdrawn_at=AT.format(9) if withdrawn else None))
    return f"r{number}"


def test_only_what_is_out_counts(engine: Engine, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    for number, (published, withdrawn) in enumerate([(True, False), (False, False), (True, True), (True, False)], start=1):
        pack_in(releases / release(engine, number, published, withdrawn) / f"talk-{number}", "Text.")
    release(engine, 5)  # its folder is gone
    found = released_packs(engine, releases)
    assert [(pack.folder, pack.status) for pack in found] == [
        ("talk-1 (released)", "released"), ("talk-4 (released)", "released")]


def test_a_pack_is_compared_with_what_is_out_at_the_desk_and_in_the_folder(engine: Engine, tmp_path: Path) -> None:
    form = "The harbour library lends {} maps a year to schools."
    pack_in(tmp_path / "releases" / release(engine, 1) / "old", form.format(290))
    pack_in(tmp_path / "out" / "older", "The castle library lends 12 globes a year to schools.", "c" * 64, "released")
    pack_in(tmp_path / "out" / "new", form.format(340), "d" * 64)
    pack_in(tmp_path / "out" / "newer", "The castle library lends 14 globes a year to schools.", "e" * 64)
    made = compare_folders(tmp_path / "out", ["newer"], tmp_path / "prints", released_packs(engine, tmp_path / "releases"))
    assert [(each.pack, each.other_pack, each.out) for each in made.contradictions] == [
        ("newer", "older", True), ("new", "old (released)", True)]
    assert {entry.pack for entry in made.plan.entries} == {"new", "newer"}
    assert made.unprinted == ("newer", "new")


def test_a_pack_is_read_back_without_its_template_wording(tmp_path: Path) -> None:
    pack = read_pack(pack_in(tmp_path / "talk", "Maps travel."))
    assert pack is not None
    (piece,) = pack.pieces
    assert [(said.text, said.units) for said in piece.said] == [("Maps travel.", (3, 4))]
    (tmp_path / "talk" / "pack.json").write_text("{")
    assert read_pack(tmp_path / "talk") is None
    assert read_pack(tmp_path / "nowhere") is None
    assert read_findings(tmp_path / "talk").severities == {}


def test_a_thing_counts_once_with_its_highest_severity() -> None:
    row = {"category": "person", "group": "g1", "rule": "entity.person", "severity": "low", "unit": 2, "open": False, "why": ""}
    found = count_findings([row, {**row, "severity": "high", "open": True}, {**row, "group": "g2"}])
    assert found.severities == {"person": {"high": 1, "low": 1}}
    assert found.held_by == {"person": {"entity.person": 1}}
