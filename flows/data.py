"""Where Deckprism keeps what lasts between two commands, and which database it uses.

`DECKPRISM_DATA` names the data folder, `DECKPRISM_DATABASE` a database URL, `DECKPRISM_FILES` where originals lie; without
them it is the user's own data folder and SQLite in it. Everything below is private to the user (mode 0700): it holds
originals and work in progress.
"""

from __future__ import annotations

import os
from pathlib import Path

from content.errors import BadOutput


def data_folder() -> Path:
    """The data folder, made when it is missing. Raises BadOutput when it cannot be made or written."""
    return private(data_place())


def data_place() -> Path:
    """Where the data folder is or would be; nothing is made."""
    named = os.environ.get("DECKPRISM_DATA", "")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("deckprism", appauthor=False)


def database_url() -> str:
    """The database that the store uses: `DECKPRISM_DATABASE`, or `deckprism.db` in the data folder."""
    return os.environ.get("DECKPRISM_DATABASE", "") or f"sqlite:///{data_folder() / 'deckprism.db'}"


def files_url() -> str:
    """Where originals lie: `DECKPRISM_FILES` (a URL as fsspec takes it), or '' for the data folder."""
    return os.environ.get("DECKPRISM_FILES", "")


def cases_folder() -> Path:
    """Where the work of one document on its way through the stages lies until it is done."""
    return private(data_folder() / "cases")


def prints_folder() -> Path:
    """Where the prints of cleared documents lie, by which versions of a talk are recognised."""
    return private(data_folder() / "prints")


def prefect_folder() -> Path:
    """The home of the local Prefect server: its database, its state file and its log."""
    return private(data_folder() / "prefect")


def private(folder: Path) -> Path:
    """Make a folder that only its owner can enter, and check that it can be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(str(folder), f"the data folder cannot be made ({error.strerror})",
                        "Set DECKPRISM_DATA to a folder that you can write") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadOutput(str(folder), "the data folder cannot be written",
                        "Set DECKPRISM_DATA to a folder that you can write")
    return folder
