"""The words for why an audience did not see a text that is in the file. They stand in a block's `where`."""

from __future__ import annotations

SWITCHED_OFF = "switched off"
BESIDE = "beside the slide"
COVERED = "covered by another shape"
SAME_COLOUR = "of the colour of its background"
NO_COLOUR = "of no colour"
TINY = "under 4 points"
DELETED = "deleted but still in the file"
MERGED = "a cell that another one covers"
OLD_PROGRAMS = "shown by old programs only"
HIDDEN = "hidden text"
