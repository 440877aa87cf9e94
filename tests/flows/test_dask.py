"""A batch on a Dask cluster of this machine: the same packs, the same account, and one clear line when it cannot be."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

from content.errors import BadSettings
from content.settings import Scale, load_settings
from flows import scale
from flows.batch import BatchOptions, run_batch
from flows.scale import check_scale
from flows.server import Server

HAS_DASK = importlib.util.find_spec("prefect_dask") is not None
needs_dask = pytest.mark.skipif(not HAS_DASK, reason="deckprism[scale] is not installed: no prefect-dask")


@needs_dask
@pytest.mark.prefect
@pytest.mark.slow
def test_two_processes_of_a_cluster_make_the_packs_that_this_process_makes(
        server: Server, tmp_path: Path, make_deck: Callable[..., Path]) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(3):
        make_deck(inside / f"deck{number}.pptx", f"idea{number}")
    (inside / "broken.pptx").write_bytes(b"PK\x03\x04 cut short")
    settings = tmp_path / "deckprism.toml"
    settings.write_text('[scale]\nrunner = "dask"\nprocesses = 2\n')
    # As a command: a cluster's processes are started by an import of the main module, which pytest is not made for.
    program = tmp_path / "program.py"
    program.write_text(
        "from pathlib import Path\nfrom flows.batch import BatchOptions, run_batch\n"
        "if __name__ == '__main__':\n"
        f"    outcome = run_batch([Path({str(inside)!r})], Path({str(tmp_path / 'far')!r}),\n"
        f"                        BatchOptions(settings=Path({str(settings)!r}), audio=False))\n"
        "    print(outcome.id, outcome.counts, [(row.file, row.code) for row in outcome.rows if row.code])\n")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    batch_id, told = done.stdout.strip().split(" ", 1)
    assert told == "{'clear': 0, 'held': 3, 'failed': 1, 'skipped': 0} [('broken.pptx', 'UnreadableFile')]"

    near = run_batch([inside], tmp_path / "near", BatchOptions(audio=False, compare=False))
    assert near.counts == {"clear": 0, "held": 3, "failed": 1, "skipped": 0}
    packs = sorted(path.parent.name for path in (tmp_path / "near").glob("*/pack.json"))
    assert len(packs) == 3
    for pack in packs:
        for file in sorted((tmp_path / "near" / pack).rglob("*")):
            if file.is_file():
                assert (tmp_path / "far" / file.relative_to(tmp_path / "near")).read_bytes() == file.read_bytes()

    named = FlowRunFilter(name=FlowRunFilterName(any_=[f"batch-{batch_id}"]))
    with get_client(sync_client=True) as client:
        tasks = client.read_task_runs(flow_run_filter=named)
    assert sorted(task.state.name for task in tasks if task.state) == ["Failed", "Held", "Held", "Held"]


def test_without_dask_the_setting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "find_spec", lambda _name: None)
    with pytest.raises(BadSettings, match=r"deckprism\[scale\]"):
        check_scale(Scale(runner="dask"))
    check_scale(Scale())


@needs_dask
def test_other_machines_need_a_store_that_they_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSettings, match="names no machine"):
        check_scale(Scale(runner="dask", address="scheduler"))
    with pytest.raises(BadSettings, match="PostgreSQL"):
        check_scale(Scale(runner="dask", address="tls://scheduler.example:8786"))
    check_scale(Scale(runner="dask", address="tcp://127.0.0.1:8786"))
    monkeypatch.setenv("DECKPRISM_DATABASE", "postgresql://store.example/deckprism")
    check_scale(Scale(runner="dask", address="tls://scheduler.example:8786"))


def test_a_runner_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deckprism.toml").write_text('[scale]\nrunner = "ray"\n')
    with pytest.raises(BadSettings, match=r"scale\.runner"):
        load_settings(tmp_path / "deckprism.toml")
