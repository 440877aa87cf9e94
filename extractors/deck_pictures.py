"""A whole deck as PDF by LibreOffice, so that its slides can be shown as they look. Only for eyes that may see the deck.

LibreOffice is a program of its own: it gets a profile and a folder that are thrown away, limits on time and memory, and no
network where the system can take it away; links out of the deck are never followed. Nothing should wait for this: it takes
seconds to minutes. The pictures are of the file as it is, so they never enter a pack.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from extractors import legacy

#: Media type -> suffix that LibreOffice knows it by, and the filter that writes the PDF.
_IMPRESS = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_KINDS = {
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.ms-powerpoint": "ppt",
}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""


def possible(media_type: str) -> bool:
    """Whether decks of this kind can be drawn here."""
    return media_type in _KINDS and bool(legacy.program())


def deck_pdf(deck: Path, media_type: str, target: Path) -> bool:
    """Write the deck as PDF, hidden slides and all, to `target` by one rename. False when nothing came of it."""
    suffix = _KINDS.get(media_type)
    if suffix is None or not legacy.program():
        return False
    with tempfile.TemporaryDirectory(prefix="deckprism-") as name:
        folder = Path(name)
        source = folder / f"deck.{suffix}"
        shutil.copyfile(deck, source)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        legacy.run([*_alone(), legacy.program(), profile, "--headless", "--norestore", "--nolockcheck",
                    "--convert-to", _IMPRESS, "--outdir", str(folder / "out"), str(source)], name)
        made = folder / "out" / "deck.pdf"
        if not made.is_file() or not made.stat().st_size:
            return False
        partial = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
        try:
            shutil.copyfile(made, partial)
            partial.chmod(0o600)
            os.replace(partial, target)  # noqa: PTH105 - the same call on every system
        except OSError:
            partial.unlink(missing_ok=True)
            return False
    return True


@cache
def _alone() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not allow that."""
    command = (shutil.which("unshare") or "", "--map-root-user", "--net", "--")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False) if command[0] else None  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done is not None and done.returncode == 0 else ()
