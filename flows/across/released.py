"""What the desk has released and not withdrawn: read from the folders of its releases, by the rows in the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.across.packs import PackText, read_pack

if TYPE_CHECKING:
    from sqlalchemy import Engine


def released_packs(engine: Engine, releases: Path) -> tuple[PackText, ...]:
    """The packs of the desk's releases that are out, oldest first, each content once. Their names say that they are out.

    `releases` is the folder of the releases in the data folder; a release whose folder is gone is passed over.
    """
    from sqlalchemy import select

    from store.database import reading
    from store.tables_review import Release

    with reading(engine) as session:
        rows = list(session.execute(
            select(Release.id, Release.content_hash)
            .where(Release.published_at.is_not(None), Release.withdrawn_at.is_(None)).order_by(Release.at, Release.id)))
    found: dict[str, PackText] = {}
    for identity, content in rows:
        for account in sorted((releases / identity).glob("*/pack.json")):
            pack = read_pack(account.parent)
            if pack is not None:
                found.setdefault(content, replace(pack, folder=f"{pack.folder} (released)", status="released"))
    return tuple(found.values())
