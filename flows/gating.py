"""From drafts and files to a pack: all gates over everything, the report, and the account of it in pack.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from content.cleared import Withheld
from content.decision import Decision
from content.draft import Artefact, Draft
from content.errors import PackRefused
from content.finding import Finding
from content.model import ModelUse
from content.pack import GateResult, Pack, Status
from flows.told import told_in
from gates import gates
from gates.coverage import BOXES, coverage
from gates.leak import GATE as LEAK
from gates.package import findings_artefact, pack_artefact
from gates.preview import previews
from gates.report import report_artefact
from gates.work import Work
from generators.blog_pieces import planned
from generators.context import Context
from generators.naming import pack_slug


def assemble(context: Context, drafts: tuple[Draft, ...], artefacts: tuple[Artefact, ...], refused: dict[str, str],
             findings: tuple[Finding, ...], still_open: tuple[Finding, ...], withheld: Withheld,
             decisions: tuple[Decision, ...], name: str, model: ModelUse | None = None,
             unsought: Mapping[str, str] | None = None) -> tuple[Pack, tuple[Artefact, ...]]:
    """The pack and every file of it. Raises PackRefused, naming the file by `name`, when a gate refuses the whole.

    `unsought` is what the search went without (flows.unsought): the leak gate cannot vouch for that.
    """
    cleared = context.cleared
    slug = pack_slug(cleared)
    skipped = {unit: why for material in context.materials for unit, why in material.skipped.items()}
    skipped |= dict.fromkeys(planned(context).boxes, BOXES)
    shown = previews(findings, withheld, frozenset(each.group for each in still_open),
                     cleared.language, told_in(findings, cleared.language))
    files = (*artefacts, findings_artefact(shown))
    account_of_use = coverage(cleared, context.index, context.topics, drafts, skipped)
    work = Work(drafts=drafts, artefacts=files, cleared=cleared, index=context.index, withheld=withheld,
                profile=context.profile, coverage=account_of_use, slug=slug)
    results = tuple(each.model_copy(update={"not_measured": {**each.not_measured, **(unsought or {})}})
                    if each.gate == LEAK.name else each for each in _judge(work, name))
    pack = Pack(
        slug=slug, status=Status.HELD if still_open else Status.CLEAR, held_because=held_because(still_open),
        topics=context.topics, drafts=drafts, artefacts=files, gates=results, refused=refused, model=model,
        coverage=account_of_use)
    report = report_artefact(pack, cleared, context.index, shown)
    pack = pack.model_copy(update={"artefacts": (*files, report)})
    account = pack_artefact(pack, cleared, decisions, shown)
    # The report and the account are read by people too: the leak gate has the last word on them as well.
    _judge(Work(drafts=(), artefacts=(report, account), cleared=cleared, index=context.index, withheld=withheld,
                slug=slug), name)
    return pack, (*files, report, account)


def held_because(still_open: tuple[Finding, ...]) -> tuple[str, ...]:
    """Why a pack is held, one line a category: how many things are open."""
    return tuple(f"{category}: {count} open" for category, count in groups_by_category(still_open).items())


def groups_by_category(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many things were found of each category, however often each was found; sorted by category."""
    groups = Counter(category for category, _ in {(each.category.value, each.group) for each in findings})
    return dict(sorted(groups.items()))


def _judge(work: Work, name: str) -> tuple[GateResult, ...]:
    results = tuple(gate.check(work) for gate in gates())
    reasons = tuple(f"{result.gate}: {reason}" for result in results if result.run and not result.passed
                    for reason in result.reasons)
    if reasons:
        raise PackRefused(name, reasons)
    return results
