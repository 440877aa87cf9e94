"""The desk's own means: its database, key, files, folder and settings, opened once and handed to every service."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content.settings import Settings, load_settings
from store.database import now, open_database, reading, writing
from store.files import Files
from store.files_elsewhere import open_files
from store.privacy import load_key

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Office:
    """Everything a service needs. `folder` is the data folder; settings come from deckprism.toml."""

    engine: Engine
    key: bytes
    files: Files
    folder: Path
    settings: Settings = field(default_factory=Settings)
    settings_file: Path | None = None
    customers_file: Path | None = None
    #: Where releases are published to, when the operator named a folder.
    publish_to: Path | None = None
    #: Called after a transaction that put work in the outbox, so that it is done at once.
    wake: Callable[[], None] = field(default=lambda: None)
    #: The code of why work cannot be started, where somebody else does it; '' when it can.
    work_trouble: Callable[[], str] = field(default=lambda: "")

    def cases(self) -> Path:
        """Where work in progress lies, private."""
        from flows.data import private

        return private(self.folder / "cases")

    def pictures(self) -> Path:
        """Where pictures of pages and slides are kept, by the hash of the original, private."""
        from flows.data import private

        return private(self.folder / "pictures")

    def builds(self) -> Path:
        """Where builds lie until they are released or purged, private."""
        from flows.data import private

        return private(self.folder / "builds")


def open_office(settings_file: Path | None = None, customers: Path | None = None, publish_to: Path | None = None) -> Office:
    """Open the store of the data folder. Raises BadOutput or InputError when it cannot be used."""
    from flows.data import data_folder, database_url, files_url

    folder = data_folder()
    return Office(open_database(database_url()), load_key(folder), open_files(files_url(), folder), folder,
                  load_settings(settings_file), settings_file, customers, publish_to)


def setting(session: Session, name: str, default: str = "") -> str:
    """A value that administrators set on the page, as JSON text; `default` when nobody did."""
    from store.tables_people import Setting

    row = session.get(Setting, name)
    return row.value if row is not None else default


def set_setting(session: Session, name: str, value: object, by: str) -> None:
    """Keep a value under a name, as JSON."""
    from store.tables_people import Setting

    session.merge(Setting(name=name, value=json.dumps(value, sort_keys=True), by=by, at=now()))


__all__ = ["Office", "open_office", "reading", "set_setting", "setting", "writing"]
