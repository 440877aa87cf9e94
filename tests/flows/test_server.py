"""The local Prefect server: shared, private, and gone with the last command, however that ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from content.errors import Fault
from flows.server import Server, configured, prefect_server
from flows.server_process import LOOK_EVERY

_HOLD = """
import sys
from flows.server import prefect_server
with prefect_server() as server:
    print(server.pid, server.url, flush=True)
    sys.stdin.readline()
"""


def hold(data: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"DECKPRISM_DATA": str(data), "PREFECT_HOME": str(data / "none")}
    return subprocess.Popen([sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            env=environment)


def told(process: subprocess.Popen[str]) -> tuple[int, str]:
    assert process.stdout is not None
    pid, url = process.stdout.readline().split()
    return int(pid), url


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not alive(pid):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.prefect
def test_commands_share_a_server_that_outlives_the_first_and_ends_with_the_last(tmp_path: Path) -> None:
    with hold(tmp_path / "own") as first:
        pid, url = told(first)
        with hold(tmp_path / "own") as second:
            assert told(second) == (pid, url)
            first.send_signal(signal.SIGKILL)
            first.wait()
            time.sleep(2 * LOOK_EVERY + 0.5)
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                assert answer.status == 200
            second.communicate("\n", timeout=30)
            assert second.returncode == 0
    assert gone_within(pid, 30)
    assert not (tmp_path / "own" / "prefect" / "server.json").exists()


@pytest.mark.prefect
def test_the_server_wants_its_password(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(f"{server.url}/version", timeout=5)
    refused.value.close()


@pytest.mark.prefect
def test_its_files_are_private(server: Server, prefect_home: Path) -> None:
    assert (prefect_home / "prefect").stat().st_mode & 0o077 == 0
    assert (prefect_home / "prefect" / "server.json").stat().st_mode & 0o077 == 0


def test_a_configured_server_is_found_without_importing_prefect(tmp_path: Path,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("PREFECT_PROFILE", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    assert configured() == ""
    (tmp_path / "profiles.toml").write_text(
        'active = "team"\n[profiles.team]\nPREFECT_API_URL = "http://prefect.example/api"\n')
    assert configured() == "http://prefect.example/api"
    monkeypatch.setenv("PREFECT_API_URL", "http://other.example/api")
    assert configured() == "http://other.example/api"
    code = "import sys; import flows.server, flows.batch, flows.run; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_configured_server_that_is_away_gets_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with pytest.raises(Fault, match="does not answer"), prefect_server():
        pass
