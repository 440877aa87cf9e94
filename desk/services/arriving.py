"""Files that arrive in a watched folder, handed in at the desk: submissions of one named user, with their rights.

The same file at the same place is one submission, however often the folder is looked at, also after a restart. A file
that the desk refuses is told in one line and left where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from content.errors import DeckprismError, InputError
from desk.rights import Act, Actor, require
from desk.services.office import Office, open_office, reading
from desk.services.submissions import Intake, submit
from desk.services.uploads import Upload
from flows.progress import Progress
from flows.watch.packs import Handed
from flows.watch.taking import Copy

_PIECE = 1 << 20
_HEALING = frozenset({"NoRoom", "Fault"})


class Desk:
    """A sink that hands files in. The work itself is done by whatever serves the desk."""

    def __init__(self, owner: str, settings: Path | None) -> None:
        """`owner` is the name of a user who may hand in. Raises InputError, Forbidden, and what opening a store raises."""
        self._office: Office = open_office(settings)
        self._owner = owner
        require(self._actor(), Act.SUBMIT)

    def hand_on(self, copies: Sequence[Copy], mirror: Path, progress: Progress) -> Handed:
        """Hand copies in, one by one."""
        counts: Counter[str] = Counter()
        undone: list[Path] = []
        why = ""
        for each in copies:
            try:
                refused = self._one(each, mirror)
            except DeckprismError as error:
                why, refused = f"{error} It is tried again.", "again"
            except OSError as error:
                why, refused = f"A file could not be handed in ({error.strerror}). It is tried again.", "again"
            if refused == "again":
                undone.append(each.source)
                continue
            counts["failed" if refused else "handed in"] += 1
            progress.note(f"{each.source.name}: {refused or 'handed in'}")
        return Handed(counts, tuple(undone), why)

    def _one(self, copy: Copy, mirror: Path) -> str:
        """Hand one in: '' when it was taken, 'again' for a reason that goes away, else the reason in one line."""
        upload = Upload(self._office, copy.source.name)
        try:
            with copy.path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    upload.write(piece)
            # Where it lay and what it held: a second look at the same file finds the submission that is there.
            ticket = f"watch|{copy.source.parent}|{copy.source.name}"
            (result,) = submit(self._office, self._actor(), [upload], Intake(), ticket)
        finally:
            upload.drop()
        if result.refused is None:
            return ""
        return "again" if result.refused.code in _HEALING else result.refused.line

    def _actor(self) -> Actor:
        """The owner with the roles of this moment: rights that were taken away are gone at once."""
        from store import people

        with reading(self._office.engine) as session:
            person = people.person(session, self._owner)
        if person is None:
            raise InputError(f"user {self._owner}", "is not known at the desk", "`deckprism users list` shows all")
        return Actor(person)
