"""Options that the whole suite shares."""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """--update-golden writes golden files anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--update-golden"))


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a fresh database on PostgreSQL."""
    import psycopg

    name = f"t{secrets.token_hex(4)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this run's own; skips where none can be started."""
    folder = _binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: no initdb in /usr/lib/postgresql or on the path")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("the package psycopg is not installed, so the store cannot speak to PostgreSQL")
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("running as root and there is no user postgres to run the server")
        prefix = ["runuser", "-u", "postgres", "--"]
    with tempfile.TemporaryDirectory(prefix="dp-pg-") as place:
        Path(place).chmod(0o777)
        data, sockets = f"{place}/data", place
        run = {"cwd": place, "capture_output": True, "text": True, "timeout": 120}
        made = subprocess.run([*prefix, str(folder / "initdb"), "-D", data, "-A", "trust", "-U", "tester", "-N"], **run)
        if made.returncode:
            pytest.skip(f"initdb failed: {made.stderr.strip().splitlines()[-1]}")
        control = [*prefix, str(folder / "pg_ctl"), "-D", data, "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c fsync=off"
        started = subprocess.run([*control, "-l", f"{place}/log", "-o", options, "start"], **run)
        if started.returncode:
            pytest.skip("the PostgreSQL server did not start")
        try:
            yield f"postgresql://tester@/postgres?host={sockets}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)
            subprocess.run([*prefix, "rm", "-rf", data], **run)
