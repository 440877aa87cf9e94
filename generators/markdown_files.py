"""The files of a kind whose drafts are read as they stand: one Markdown file a draft."""

from __future__ import annotations

from collections.abc import Sequence

from content.draft import Artefact, Draft
from generators.context import Context


class MarkdownFiles:
    """What such a generator makes of its drafts."""

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """One Markdown file a draft, in their order."""
        return tuple(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts)
