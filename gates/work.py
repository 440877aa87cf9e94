"""What the gates are handed: the drafts and files that would be released, and what they must be true to."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.cleared import ClearedDocument, Withheld
from content.draft import Artefact, Draft
from content.pack import Coverage
from content.settings import Profile
from language.source import SourceIndex


@dataclass(frozen=True, slots=True)
class Work:
    """Everything of one pack that a gate may read. `cleared` and `withheld` are None when the source is not at hand."""

    drafts: tuple[Draft, ...]
    artefacts: tuple[Artefact, ...] = ()
    cleared: ClearedDocument | None = None
    index: SourceIndex | None = None
    withheld: Withheld | None = None
    profile: Profile = field(default_factory=Profile)
    #: The account of what was used and left out, where there is one to judge.
    coverage: Coverage | None = None
    #: Name of the pack's folder, which is read by people too.
    slug: str = ""
