"""All packs of a batch side by side: reads them once and asks the four questions of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flows.across.contradictions import Contradiction, contradictions
from flows.across.packs import PackText, read_pack
from flows.across.plan import Plan, make_plan
from flows.across.repeats import Repeat, repeats
from flows.across.versions import Versions, versions


@dataclass(frozen=True, slots=True)
class Across:
    """What is seen when the packs of a batch lie side by side. `packs` were compared, `unprinted` not for versions."""

    packs: int = 0
    unprinted: tuple[str, ...] = ()
    versions: tuple[Versions, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    plan: Plan = field(default_factory=lambda: Plan(()))


def compare_folders(out: Path, folders: Sequence[str], prints: Path, released: Sequence[PackText] = (),
                    start: date | None = None) -> Across:
    """Compare all packs of `out`, with each other and with what is out already.

    The packs named by `folders` come first, in that order: the first of two pieces that say the same is the one that is
    kept. Packs of `out` that are marked as released count as out.
    """
    names = dict.fromkeys((*folders, *sorted(account.parent.name for account in out.glob("*/pack.json"))))
    packs = [pack for name in names if (pack := read_pack(out / name, prints)) is not None]
    gone = [pack for pack in packs if pack.status == "released"]
    return compare([pack for pack in packs if pack.status != "released"], (*released, *gone), start)


def compare(packs: Sequence[PackText], released: Sequence[PackText] = (), start: date | None = None) -> Across:
    """The same for packs that were read already."""
    talks = versions(packs)
    talk_of = {name: talk.newest for talk in talks for name in (talk.newest, *(each.pack for each in talk.older))}
    own = {pack.folder for pack in packs}
    repeated = tuple(each for each in repeats((*released, *packs)) if each.pack in own)
    return Across(
        packs=len(packs), unprinted=tuple(pack.folder for pack in packs if pack.made_of is None), versions=talks,
        repeats=repeated, contradictions=contradictions(packs, released, talk_of),
        plan=make_plan((*released, *packs), repeated, talks, start))
