"""What comes out: the files, what the gates said of them, and how much of the source was used."""

from __future__ import annotations

from enum import StrEnum

from content.draft import Artefact, Draft
from content.frozen import Frozen
from content.model import ModelUse
from content.topic import Topic


class Status(StrEnum):
    """held: something is open. clear: nothing open, not yet approved. released: approved and handed out."""

    HELD = "held"
    CLEAR = "clear"
    RELEASED = "released"


class Suggestion(Frozen):
    """A slip that somebody may want to mend: offered to people, never applied."""

    #: Name of the draft it stands in.
    draft: str
    #: Ids of the source sentences of the words around it; () for what a person wrote at the desk.
    sources: tuple[str, ...] = ()
    #: The words as they stand.
    text: str
    #: The words around it, so that it is found.
    context: str = ""
    offers: tuple[str, ...] = ()
    why: str = ""


class GateResult(Frozen):
    """What one gate measured. `reasons` say what failed, where and what to do, never the withheld text."""

    gate: str
    passed: bool
    #: False when the gate could not be run (no source given, no means in this language): said, never taken for a pass.
    run: bool = True
    reasons: tuple[str, ...] = ()
    #: Things worth a look that refuse nothing.
    warnings: tuple[str, ...] = ()
    figures: dict[str, float] = {}
    #: Figures for each draft by its name.
    drafts: dict[str, dict[str, float]] = {}
    #: What might be mended, draft by draft.
    suggestions: tuple[Suggestion, ...] = ()
    #: Names of the drafts that this gate refuses.
    refused: tuple[str, ...] = ()
    #: What it would measure and could not, and why: said, never taken for a pass.
    not_measured: dict[str, str] = {}


class UnusedUnit(Frozen):
    """A unit that no piece uses, with a reason from a closed list."""

    unit: int
    reason: str


class Coverage(Frozen):
    """How much of the source the pieces use. `content_units` leaves out asides and withheld units."""

    content_units: tuple[int, ...] = ()
    used_units: tuple[int, ...] = ()
    unused: tuple[UnusedUnit, ...] = ()
    #: Unit number -> names of the drafts that use it.
    uses: dict[int, tuple[str, ...]] = {}

    @property
    def share(self) -> float:
        """Used content units divided by content units, 0 to 1; 1 when there are none."""
        return len(self.used_units) / len(self.content_units) if self.content_units else 1.0

    @property
    def unused_content(self) -> tuple[UnusedUnit, ...]:
        """Content units that no piece uses: with those that are used they make up all content units."""
        return tuple(each for each in self.unused if each.unit in set(self.content_units))

    @property
    def set_apart(self) -> tuple[UnusedUnit, ...]:
        """Units that are no content and in no piece: without content of their own, hidden, or taken out."""
        return tuple(each for each in self.unused if each.unit not in set(self.content_units))


class Pack(Frozen):
    """A finished pack before it is written: gates passed, hashes still to be taken from the artefacts."""

    slug: str
    status: Status
    held_because: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    drafts: tuple[Draft, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    gates: tuple[GateResult, ...] = ()
    coverage: Coverage = Coverage()
    #: Drafts that a gate refused and that are therefore not in the pack: name -> reason.
    refused: dict[str, str] = {}
    #: What a model wrote, where one was asked to.
    model: ModelUse | None = None
