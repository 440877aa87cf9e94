"""LibreOffice, where it is installed, as a program that one file is handed to: for old files, and for decks as they look.

It gets a profile and a folder of its own that are thrown away, limits on time and memory, and no network where the system
can take it away. Links out of the file are never followed and macros never run. It ends when its caller does, also when
the caller is killed, and the folder goes with it (`libreoffice_child`). Nothing here judges what kind of file it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

_PROGRAMS = ("soffice", "libreoffice")
#: Seconds that the child has to end LibreOffice after its time is up, before the child itself is ended.
_GRACE = 10
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
    return _run([*_alone(), program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                 "--nolockcheck", "--convert-to", wanted, "--outdir", str(folder / "out"), str(source)], folder, seconds)


def _run(command: list[str], folder: Path, seconds: int) -> str:
    """Run a command under a child that sees to its end: its input is a pipe which closes when we are gone."""
    child = Path(__file__).with_name("libreoffice_child.py")
    with _AT_ONCE, subprocess.Popen(  # noqa: S603 - our own interpreter, an installed program, a file name of our own
        [sys.executable, "-I", "-S", str(child), str(folder), str(seconds), *command], cwd=folder, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
    ) as process:
        try:
            code = process.wait(seconds + _GRACE)
        except subprocess.TimeoutExpired:
            code = 3
            process.kill()
        except BaseException:
            assert process.stdin is not None
            process.stdin.close()  # the child ends what it runs, then itself
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
            process.kill()
            raise
    return f"did not finish it in {seconds} seconds" if code == 3 else ""


@cache
def _alone() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not allow that."""
    command = (shutil.which("unshare") or "", "--map-root-user", "--net", "--")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False) if command[0] else None  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done is not None and done.returncode == 0 else ()
