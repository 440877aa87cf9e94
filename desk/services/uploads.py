"""Files on their way in: taken piece by piece into the file store's waiting room, judged by content, kept or gone.

The reader runs in a child process with limits; what it refuses leaves nothing behind. Nothing here knows who sends.
"""

from __future__ import annotations

from dataclasses import dataclass

from content.errors import BadOutput, DeckprismError, Fault, InputError
from desk.services.office import Office
from store.files import Incoming
from store.submissions import display_name

#: Bytes of one file, and files of one request.
LARGEST_FILE = 100 * 2**20
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not taken: a code for programs, and two half sentences for people."""

    code: str
    what: str
    todo: str

    @property
    def line(self) -> str:
        """The two as they are shown."""
        return f"It {self.what}. {self.todo}."


TOO_LARGE = Refusal("TooLarge", f"is larger than {LARGEST_FILE >> 20} MB",
                    "Split it, or make its pictures smaller, and hand it in again")
TOO_MANY = Refusal("TooMany", f"came as one of more than {MOST_FILES} files", f"Hand in {MOST_FILES} files at a time")
EMPTY = Refusal("Empty", "is empty", "Check that it is the right file and hand it in again")


class Upload:
    """One file while it comes in. `write` what arrives, then hand it to `submissions.submit`; `drop` it otherwise."""

    def __init__(self, office: Office, name: str) -> None:
        """`name` is what the sender calls it; it is shown cleaned and never touches the disk."""
        self.name = display_name(name.replace("\\", "/").rpartition("/")[2])
        self.refusal: Refusal | None = None
        self._incoming: Incoming | None = None
        try:
            self._incoming = office.files.incoming(self.name)
        except BadOutput as error:
            self._refuse(refusal_of(error))

    @property
    def size(self) -> int:
        """Bytes that were taken in."""
        return self._incoming.size if self._incoming is not None else 0

    def write(self, piece: bytes) -> None:
        """Take in some bytes; nothing happens once the file is refused. Never raises."""
        if self._incoming is None:
            return
        if self._incoming.size + len(piece) > LARGEST_FILE:
            self._refuse(TOO_LARGE)
            return
        try:
            self._incoming.write(piece)
        except BadOutput as error:
            self._refuse(refusal_of(error))

    def judge(self) -> tuple[str, int, str] | None:
        """Hash, bytes and media type of a file that can be read, or None: then `refusal` says why."""
        if self._incoming is None:
            return None
        from extractors import judge

        try:
            self._incoming.flush()
            if not self._incoming.size:
                self._refuse(EMPTY)
                return None
            document = judge(self._incoming.path, self.name)
        except DeckprismError as error:
            self._refuse(refusal_of(error))
            return None
        return self._incoming.sha256, self._incoming.size, document.source.media_type

    def keep(self) -> bool:
        """Give the file its place for good. False when the disk is full: then `refusal` says so."""
        if self._incoming is None:
            return False
        try:
            self._incoming.keep()
        except BadOutput as error:
            self._refuse(refusal_of(error))
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Do not take it, and drop what came in."""
        self._refuse(refusal)

    def drop(self) -> None:
        """Take away what was not kept."""
        if self._incoming is not None:
            self._incoming.drop()

    def _refuse(self, refusal: Refusal) -> None:
        self.refusal = self.refusal or refusal
        self.drop()
        self._incoming = None


def refusal_of(error: DeckprismError) -> Refusal:
    """One of our errors as the reason for a refusal."""
    if isinstance(error, BadOutput):
        return Refusal("NoRoom", "could not be stored, because the desk has no room on its disk",
                       "Nothing was kept; tell an administrator and hand it in again")
    if isinstance(error, Fault) or not isinstance(error, InputError):
        return Refusal("Fault", "could not be looked at just now", "Hand it in again in a minute")
    return Refusal(type(error).__name__, error.what, error.todo or "Hand in another file")
