"""Takes the print of a case that has its pack, so that versions of a talk are recognised later."""

from __future__ import annotations

from content.cleared import ClearedDocument
from content.document import Document
from flows.across.prints import keep
from flows.case import Case
from flows.data import prints_folder


def keep_print(case: Case) -> None:
    """Write down the print of a cleared case. Raises OSError when the data folder has no room."""
    keep(prints_folder(), case.get("cleared", ClearedDocument), case.get("document", Document).properties)
