"""Parses each file in a child process of its own, with limits, so that a hostile file harms nobody but itself.

A process without threads forks the child directly; one with threads asks a small warm fork server (this module run with
`python -m extractors.host`), because forking beside threads can deadlock. Either way the child gets a limit on memory,
CPU time, file size and open files, its own process group, no standard streams, and answers with size-capped JSON
through a pipe. The child never writes a file. Method: one child per document, as measured fit (18 ms a document).
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import gc
import importlib
import json
import os
import select
import signal
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from content.document import Document
from content.errors import DeckprismError, EncryptedFile, Fault, UnreadableFile
from extractors.base import InputFile, display_name

MEMORY = 1 << 30
CPU_SECONDS = 20
WALL_SECONDS = 60
LARGEST_FILE = 100 << 20
LARGEST_ANSWER = 64 << 20
OPEN_FILES = 64
_files = 0
_ROOT = Path(__file__).resolve().parent.parent
_ERRORS = {"UnreadableFile": UnreadableFile, "EncryptedFile": EncryptedFile}
_SPLIT = "Split it, or leave out what is largest, and try again"


def run(path: Path, name: str = "") -> Document:
    """Read the file in a child. Raises UnreadableFile or EncryptedFile; Fault when no child can be started."""
    name = display_name(name or path.name or str(path))
    _look_at(path, name)
    answer, status = _by_fork(path, name) if _alone() else _server.ask(path, name)
    if status == 0 and answer:
        if answer.startswith(b"D"):
            return Document.model_validate_json(answer[1:])
        raise _error(answer[1:], name)
    raise _died(name, status)


def _look_at(path: Path, name: str) -> None:
    """Refuse what is no plain file of a usable size before a child is started."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise UnreadableFile(name, "does not exist", "Check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the path is not valid"
        raise UnreadableFile(name, f"cannot be opened ({reason})", "Check the path and its permissions") from None
    if stat.S_ISDIR(found.st_mode):
        raise UnreadableFile(name, "is a folder, not a file", "Name a file, or use deckprism batch for a folder")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFile(name, "is not a plain file", "Name a file")
    if found.st_size == 0:
        raise UnreadableFile(name, "is empty", "Send the file again")
    if found.st_size > LARGEST_FILE:
        raise UnreadableFile(name, f"is larger than {LARGEST_FILE >> 20} MB", _SPLIT)
    if not os.access(path, os.R_OK):
        raise UnreadableFile(name, "cannot be opened (permission denied)", "Check its permissions")


def _error(body: bytes, name: str) -> DeckprismError:
    given = json.loads(body)
    kind = _ERRORS.get(given["kind"], UnreadableFile)
    return kind(given["where"] or name, given["what"], given["todo"])


def _died(name: str, status: int) -> DeckprismError:
    """A clear line for a child that ended without an answer. `status` is a signal number, or 0."""
    if status in (signal.SIGXCPU, signal.SIGALRM):
        return UnreadableFile(name, "takes too long to read: it was stopped", _SPLIT)
    if status == signal.SIGKILL:
        return UnreadableFile(name, "takes too long or too much memory to read: it was stopped", _SPLIT)
    return UnreadableFile(name, "makes the reader fail: it was stopped",
                          "Save it again from the program it was made with and try again")


def _alone() -> bool:
    """Whether this process has one thread only, native ones included where that can be known."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return sys.platform != "darwin" and threading.active_count() == 1


def _by_fork(path: Path, name: str) -> tuple[bytes, int]:
    ours, theirs = os.pipe()
    _warm()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(path, name, theirs)
    os.close(theirs)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    try:
        answer, late = _drain(ours)
    finally:
        os.close(ours)
        _kill(child)
        _, status = os.waitpid(child, 0)
    return answer, signal.SIGALRM if late else _signal(status, answer)


def _warm() -> None:
    """From the second file on, import the parsers here once instead of in every child. One file alone pays nothing."""
    global _files
    _files += 1
    if _files == 2:
        _import_parsers()


def _import_parsers() -> None:
    import extractors.choose as choose

    for name in ("lxml.etree", "pikepdf", "pypdfium2"):
        importlib.import_module(name)

    choose.extractors()


def _signal(status: int, answer: bytes) -> int:
    """The signal that ended a child which had not answered; 0 when it had."""
    if answer:
        return 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else signal.SIGABRT


def _drain(pipe: int) -> tuple[bytes, bool]:
    """Read one answer (8 bytes of length, then the body). Incomplete ones come back empty; True when time was up."""
    end = time.monotonic() + WALL_SECONDS
    chunks: list[bytes] = []
    have, want = 0, -1
    while want < 0 or have < want:
        ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b"", True
        chunk = os.read(pipe, 1 << 20)
        if not chunk:
            return b"", False
        chunks.append(chunk)
        have += len(chunk)
        if want < 0 and have >= 8:
            chunks = [b"".join(chunks)]
            want = 8 + min(struct.unpack(">Q", chunks[0][:8])[0], LARGEST_ANSWER)
    return b"".join(chunks)[8:want], False


def _kill(child: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(child, signal.SIGKILL)


def _child(path: Path, name: str, pipe: int) -> None:
    """Everything the child does; never returns."""
    code = 0
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        faulthandler.disable()  # the caller's handler would print our stack into the caller's terminal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        limit()
        gc.disable()  # the child ends before collecting would pay
        body = _work(path, name)
        view = memoryview(struct.pack(">Q", len(body)) + body)
        while view:
            view = view[os.write(pipe, view[:1 << 20]):]
    except BaseException:  # the child must never come back into the caller's code
        code = 1
    finally:
        os._exit(code)


def _work(path: Path, name: str) -> bytes:
    """Read the file and answer: D and the Document, or E and the error, as JSON."""
    try:
        from extractors.choose import read

        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        body = b"D" + read(InputFile(name, data)).model_dump_json(exclude_defaults=True).encode("utf-8", "replace")
        if len(body) > LARGEST_ANSWER:
            raise UnreadableFile(name, "holds more text than can be worked on", _SPLIT)
        return body
    except DeckprismError as error:
        kind, where, what, todo = type(error).__name__, error.where, error.what, error.todo
    except MemoryError:
        kind, where, what, todo = "UnreadableFile", name, "needs more memory to read than is allowed", _SPLIT
    except RecursionError:
        kind, where, what, todo = "UnreadableFile", name, "is nested too deep to read", _SPLIT
    except OSError as error:
        kind, where, what, todo = "UnreadableFile", name, f"cannot be opened ({error.strerror})", "Check the path"
    except Exception as error:  # parsers raise anything on broken files; the type helps us, the text may be secret
        kind, where, todo = "UnreadableFile", name, "Open it in the program it was made with and save it again"
        what = f"is damaged in a way that the reader does not understand ({type(error).__name__})"
    return b"E" + json.dumps({"kind": kind, "where": where, "what": what, "todo": todo}).encode()


def limit() -> None:
    """Take the limits of a reader upon this process and all that it starts: memory, CPU, open files, no files written."""
    import resource

    mapped = 0
    with contextlib.suppress(OSError, ValueError):
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    # What the parent had mapped before the fork costs no memory of its own, so it does not count.
    for which, most in ((resource.RLIMIT_AS, MEMORY + (mapped if mapped > MEMORY // 4 else 0)),
                        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_CORE, 0)):
        _set(which, most)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, CPU_SECONDS - 2 + int(spent.ru_utime + spent.ru_stime))


def _set(which: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(which, (most, most if which != resource.RLIMIT_CPU else most + 1))


class _Server:
    """The caller's end of the fork server: started at the first use, one per process, ended with it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, path: Path, name: str) -> tuple[bytes, int]:
        """Have a file read; gives the answer and the signal that ended the child (0 when it answered)."""
        ours, theirs = os.pipe()
        try:
            self._send(path, name, theirs)
            os.close(theirs)
            theirs = -1
            answer, late = _drain(ours)
            if late:
                return b"", signal.SIGALRM
            # An answer of one byte S and a number is the server's word on a child that died.
            if answer.startswith(b"S"):
                return b"", int(answer[1:])
            return answer, 0
        finally:
            os.close(ours)
            if theirs >= 0:
                os.close(theirs)

    def _send(self, path: Path, name: str, pipe: int) -> None:
        message = os.fsencode(path.absolute()) + b"\0" + name.encode()
        with self._lock:
            for attempt in (1, 2):
                line = self._start()
                try:
                    socket.send_fds(line, [message], [pipe])
                    return
                except OSError:
                    self._stop()
                    if attempt == 2:
                        raise Fault("extractors", "the reading process cannot be reached", "Try again") from None

    def _start(self) -> socket.socket:
        if self._line is not None and self._owner == os.getpid() and self._process and self._process.poll() is None:
            return self._line
        if self._owner == os.getpid():
            self._stop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "extractors.host", str(theirs.fileno())], pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                env={"PYTHONPATH": paths, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"})
        self._line, self._owner = ours, os.getpid()
        atexit.register(self._stop)
        return ours

    def _stop(self) -> None:
        """End the server: closing the line is enough, it leaves when nobody can ask any more."""
        if self._owner != os.getpid():
            return
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        atexit.unregister(self._stop)


_server = _Server()


def serve(line: socket.socket) -> None:
    """The server's loop: one child per request, none waited for; ends when the caller closes the line."""
    _import_parsers()
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken)
    children: dict[int, tuple[int, float]] = {}
    asked = line.fileno()
    while True:
        ready, _, _ = select.select([asked, wake], [], [], 1.0 if children else None)
        if wake in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(wake, 4096)
        _reap(children)
        if asked not in ready:
            continue
        message, fds, _, _ = socket.recv_fds(line, 1 << 16, 1)
        if not message or not fds:
            break
        child = os.fork()
        if child == 0:
            line.close()
            signal.set_wakeup_fd(-1)
            for other, _ in children.values():
                os.close(other)
            path, _, name = message.partition(b"\0")
            _child(Path(os.fsdecode(path)), name.decode(), fds[0])
        children[child] = (fds[0], time.monotonic() + WALL_SECONDS)
    for child in children:
        _kill(child)


def _reap(children: dict[int, tuple[int, float]]) -> None:
    for child, (pipe, end) in list(children.items()):
        if time.monotonic() > end:
            _kill(child)
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _kill(child)
            if os.WIFSIGNALED(status) or os.WEXITSTATUS(status):
                word = b"S%d" % (os.WTERMSIG(status) if os.WIFSIGNALED(status) else signal.SIGABRT)
                with contextlib.suppress(OSError):
                    os.write(pipe, struct.pack(">Q", len(word)) + word)
            os.close(pipe)
            del children[child]


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
