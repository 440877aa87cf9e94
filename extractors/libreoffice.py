"""LibreOffice, where it is installed, as a program that one file is handed to: for old files, and for decks as they look.

It gets a profile and a folder of its own that are thrown away, and runs within the bounds of `child`: no network, limits,
ended with its caller, and the folder goes with it. Links out of the file are never followed and macros never run. Nothing
here judges what kind of file it is.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from pathlib import Path

from extractors import child

_PROGRAMS = ("soffice", "libreoffice")
#: It takes a core and some hundred MB, and many may ask at once: those that wait have their time still before them.
_AT_ONCE = threading.BoundedSemaphore(2)
#: Settings that nothing in a file can change: nothing in it is run, no link out of it is followed. LibreOffice still asks
#: for the linked pictures of old Word files, hence the proxy that is not there (port 9 of this machine discards).
_SETTINGS = (
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{kind}Proxy{what}", value) for kind in ("HTTP", "HTTPS", "FTP")
      for what, value in (("Name", "127.0.0.1"), ("Port", "9"))),
)
_PROFILE = "\n".join((
    '<?xml version="1.0" encoding="UTF-8"?>', '<oor:items xmlns:oor="http://openoffice.org/2001/registry">',
    *(f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
      for path, name, value in _SETTINGS),
    "</oor:items>\n",
))


def program() -> str:
    """The path of LibreOffice, '' where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), "")


def convert(source: Path, wanted: str, folder: Path, seconds: int) -> str:
    """Convert a file that lies in `folder`; what is made lies in `folder / "out"`.

    `wanted` is LibreOffice's word for the new format, with the options of its filter. Says what went wrong, '' when
    nothing is known to; whether something was made is for the caller to see. `folder` is to be one that may be thrown
    away whole: should the caller die first, it is.
    """
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
               "--nolockcheck", "--convert-to", wanted, "--outdir", str(folder / "out"), str(source)]
    with _AT_ONCE:
        done = child.run(command, seconds, folder=folder, environment={"HOME": str(folder), "TMPDIR": str(folder)})
    return f"did not finish it in {seconds} seconds" if done.late else ""


def renderer() -> str:
    """A short name of the installed LibreOffice that changes with it, '' where there is none. Starts nothing."""
    found = program()
    if not found:
        return ""
    try:
        said = Path(found).resolve().stat()
    except OSError:
        return ""
    return hashlib.sha256(f"{found} {said.st_size} {said.st_mtime_ns}".encode()).hexdigest()[:12]
