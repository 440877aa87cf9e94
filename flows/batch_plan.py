"""Which files of a batch need work, and what becomes of copies: the arithmetic of resuming, without Prefect.

A file needs no work when a pack of the same bytes, made with the same configuration, lies in the output folder whole.
Nothing here makes a pack.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from content.settings import load_settings
from flows.case import file_digest

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.batches import Item, NewItem, Run

#: A half-written pack older than this belongs to a process that is gone: packs are written in one go.
_STALE = 60.0
#: How an item ended that has to be tried again when only failures are.
_UNDONE = frozenset({"failed", "quarantined", "waiting", "running"})


def plan(engine: Engine, batch_id: str, out: Path, configuration: str, retry_quarantined: bool = False,
         failed_only: bool = False) -> int:
    """Mark what needs no work: unchanged files with their pack in place, and copies. Returns how many files wait.

    With `failed_only` everything is left alone but what failed, was put aside or had no end in the last batch.
    """
    from store.batches import change, items, last_states, made_before
    from store.database import reading, writing

    with reading(engine) as session:
        todo = items(session, batch_id, "waiting")
        before = {item.sha256: made_before(session, str(out), item.sha256, configuration) for item in todo}
        last = last_states(session, str(out), batch_id) if failed_only else {}
    changed: list[Item] = []
    first: dict[str, Item] = {}
    for item in todo:
        known = before[item.sha256]
        if item.sha256 in first:
            changed.append(replace(item, state="skipped", same_as=first[item.sha256].id))
            continue
        first[item.sha256] = item
        if failed_only and last.get(item.path, "") not in _UNDONE:
            changed.append(_left_alone(item, known, out))
            continue
        if known is None:
            continue
        if known.state == "quarantined":
            if not retry_quarantined:
                changed.append(replace(item, state="quarantined", code=known.code, reason=known.reason))
        elif pack_in_place(out / known.folder, item.sha256):
            changed.append(replace(item, state="skipped", pack_state=known.state, folder=known.folder,
                                   figures=known.figures))
    with writing(engine) as session:
        for item in changed:
            change(session, item)
    return len(todo) - len(changed)


def places(batch: Run, waiting: int) -> int:
    """How many workers of this machine a batch has; none when Dask makes its files."""
    options = json.loads(batch.options)
    settings = options["settings"]
    if load_settings(Path(settings) if settings is not None else None).scale.runner == "dask":
        return 0
    return min(waiting, int(options["workers"]) or os.cpu_count() or 1)


def in_turn(waiting: Sequence[Item], count: int) -> tuple[Item, ...]:
    """The order in which files are made: by name, and the largest first where several are made at the same time.

    So the last ones are small, and no worker is done long before another one. It changes no pack.
    """
    return tuple(waiting) if count < 2 else tuple(sorted(waiting, key=lambda each: (-_size(each.path), each.number)))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _left_alone(item: Item, known: Item | None, out: Path) -> Item:
    """A file that did not fail, with its pack where it still has one."""
    kept = replace(item, state="skipped", reason="Left alone: only failures were asked for.")
    if known is None or not known.folder or not (out / known.folder / "pack.json").is_file():
        return kept
    return replace(kept, pack_state=known.state, folder=known.folder, figures=known.figures)


def link(engine: Engine, batch_id: str) -> None:
    """Give copies the pack, or the failure, of the file that they are copies of."""
    from store.batches import change, items
    from store.database import writing

    with writing(engine) as session:
        all_items = {item.id: item for item in items(session, batch_id)}
        for item in all_items.values():
            if item.same_as:
                twin = all_items[item.same_as]
                state = twin.state if twin.state in {"failed", "quarantined", "waiting", "running"} else "skipped"
                names = Path(item.path).name, Path(twin.path).name
                reason = f"{names[0]}: the same content as {names[1]}, which could not be used." if twin.code else ""
                change(session, replace(item, state=state, pack_state=twin.pack_state, folder=twin.folder,
                                        figures=twin.figures, code=twin.code, reason=reason))


def pack_in_place(folder: Path, sha256: str) -> bool:
    """Whether a pack of these bytes lies there whole: pack.json names the source, and every file it lists exists.

    Only the names are looked at: a draft that somebody edited by hand is theirs, and is not written over.
    """
    try:
        described = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        listed = [str(each["path"]) for each in described["artefacts"]]
        return described["source"]["sha256"] == sha256 and all((folder / path).is_file() for path in listed)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_item(path: Path) -> NewItem:
    """A file with its hash, or with the reason why it has none."""
    from store.batches import NewItem

    try:
        if not path.is_file():
            kind = "is a folder or a device" if path.exists() else "is not there any more"
            return NewItem(str(path), code="UnreadableFile", reason=f"{path.name}: {kind}. Check the path.")
        return NewItem(str(path), file_digest(path))
    except OSError as error:
        return NewItem(str(path), code="UnreadableFile",
                       reason=f"{path.name}: cannot be read ({error.strerror}). Check its permissions.")


def tidy(out: Path) -> None:
    """Take away half-written packs of processes that were killed, and put back what they had moved aside."""
    from gates.package import sweep

    sweep(out, _STALE)
