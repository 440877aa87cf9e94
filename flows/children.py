"""What the processes that we start are told of their surroundings: where our modules are, and no more than they need.

Those that read files of others and make packs are not told what signs in elsewhere, and keep to one core each.
"""

from __future__ import annotations

import os
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent
_UNTOLD = ("PREFECT_", "DECKPRISM_TOKEN", "DECKPRISM_SMTP_", "DECKPRISM_WEBHOOK_")
#: Children share the cores between them, libraries must not.
_ONE_CORE = {**dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
             "TOKENIZERS_PARALLELISM": "false"}


def module_path() -> str:
    """The PYTHONPATH with which `-P -m` finds our modules, and what stood there before."""
    return os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH", ""))))


def builder_environment() -> dict[str, str]:
    """The environment of a process that makes packs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNTOLD)}
    return {**kept, **_ONE_CORE, "PYTHONPATH": module_path()}
