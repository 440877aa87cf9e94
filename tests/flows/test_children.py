"""What the processes that we start are told."""

from __future__ import annotations

import os
import subprocess
import sys

from flows.children import builder_environment, module_path


def test_what_signs_in_elsewhere_is_not_told(monkeypatch):
    for name in ("DECKPRISM_TOKEN", "DECKPRISM_SMTP_PASSWORD", "DECKPRISM_WEBHOOK_SECRET", "PREFECT_API_KEY"):
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("DECKPRISM_OCR", "1")
    told = builder_environment()
    assert "s3cret" not in told.values()
    assert told["DECKPRISM_OCR"] == "1"
    assert told["OMP_NUM_THREADS"] == "1"


def test_our_modules_are_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert module_path().endswith(f"{os.pathsep}/elsewhere")
    done = subprocess.run([sys.executable, "-P", "-c", "import content.version"], cwd=tmp_path, env=builder_environment(),
                          check=False)
    assert done.returncode == 0
