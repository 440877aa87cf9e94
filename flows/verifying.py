"""Every gate again, on a pack as it lies on disk.

With the source (and the customer list, decisions and configuration it was made with) the text is cleared anew, so that
leak and trace are judged against the truth and not against what the pack says of itself. And the pack is made again: the
same input gives the same bytes, so whatever somebody wrote into it, hashes and account put right, stands out. What people at
a desk wrote is said and taken as it is (flows/by_people.py); all the rest is judged the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from content.cleared import ClearedDocument, Withheld
from content.draft import Artefact
from content.errors import BadSettings, PackRefused
from content.finding import Finding
from content.model import ModelUse
from content.pack import GateResult, Pack
from content.settings import load_settings
from content.topic import Topic
from content.version import VERSION
from flows.by_people import account_as_built, by_people, released, revision_in
from flows.case import Case, Request, open_case
from flows.model_writing import KEPT, not_kept
from flows.revision import Revision
from flows.steps import run_stage
from flows.unsought import CUSTOMERS, unsought
from gates import gates
from gates.reading import RELEASE_FILE, PackOnDisk, integrity, read_pack
from gates.work import Work
from language.source import index

_AGAIN = "made again"


def verify_pack(folder: Path, source: Path | None, customers: Path | None = None, decisions: Path | None = None,
                settings: Path | None = None, *, rules: Path | None = None, good_rules: bool = False,
                on: date | None = None, memory: bool = False, good_rows: bool = False,
                slide_pictures: str = "") -> tuple[GateResult, ...]:
    """All gate results, integrity first. Rules, day, memory and slide pictures are those of `flows.case.Request`.

    Without a source, leak and trace are not run and have not passed.

    Raises UnreadableFile when the folder is no pack, InputError when something given cannot be used.
    """
    pack = read_pack(folder)
    profile = load_settings(settings).profile
    first = integrity(pack)
    if source is None:
        work = Work(drafts=pack.drafts, artefacts=pack.artefacts, profile=profile, slug=folder.name)
        return _all(first, by_people(pack), released(pack), *(gate.check(work) for gate in gates()))
    spoken = any(each.path == "audio/episode.mp3" for each in pack.artefacts)
    case = open_case(Request(file=source, out=folder.parent, customers=customers, decisions=decisions, settings=settings,
                             audio=spoken, rules=rules, good_rules=good_rules, on=on, memory=memory,
                             good_rows=good_rows, slide_pictures=slide_pictures))
    for stage in ("extract", "scan", "clear"):
        run_stage(stage, case)
    cleared = case.get("cleared", ClearedDocument)
    reasons = list(first.reasons)
    if cleared.source.sha256 != pack.sha256:
        reasons.append("the pack was made from another file than the source that was given")
    elif cleared.clearing != pack.clearing:
        reasons.append("the pack was cleared with other decisions, policy or rules than those given now")
    first = first.model_copy(update={"reasons": tuple(reasons), "passed": not reasons})
    work = Work(drafts=pack.drafts, artefacts=pack.artefacts, cleared=cleared, index=index(cleared),
                withheld=case.get("withheld", Withheld), profile=profile, coverage=pack.coverage, slug=folder.name)
    again = _made_again(pack, case) if not reasons else GateResult(
        gate=_AGAIN, passed=False, run=False, reasons=("what it was made from is not at hand",))
    moved = case.has("revision") and bool(case.get("revision", Revision).topics_at)
    return _all(first, again, by_people(pack, moved), released(pack), *(gate.check(work) for gate in gates()))


def _all(*results: GateResult | None) -> tuple[GateResult, ...]:
    return tuple(each for each in results if each is not None)


def _made_again(pack: PackOnDisk, case: Case) -> GateResult:
    """Whether the source gives these very files. Not run for a pack of another release, whose files rightly differ."""
    if pack.version != VERSION:
        return GateResult(gate=_AGAIN, passed=False, run=False,
                          reasons=(f"it was made by version {pack.version}, this is {VERSION}: make the pack again",))
    _topics_again(pack, case)
    # Whether there was a list of customers is the pack's to say: who verifies it elsewhere need not have that list.
    without = unsought(case.get("findings", tuple[Finding, ...]), CUSTOMERS not in pack.not_measured)
    case.put("unsought", without, dict[str, str])
    if pack.by_model:
        case.request = replace(case.request, writer=KEPT)
    try:
        for stage in ("write", "render", "gate"):
            run_stage(stage, case)
    except BadSettings:
        if not pack.by_model:
            raise
        return GateResult(gate=_AGAIN, passed=False, run=False, reasons=(
            "a model wrote sentences of it, and neither settings nor environment name that model",))
    except PackRefused as error:
        return GateResult(gate=_AGAIN, passed=False, reasons=(f"{error.what}: it could not be made today",))
    if pack.by_model and not_kept(case.get("model", ModelUse)):
        return GateResult(gate=_AGAIN, passed=False, run=False, reasons=(
            "a model wrote sentences of it and its answers are not kept here: make it again where it was made",))
    wanted = {each.path: each.data for each in case.get("files", tuple[Artefact, ...])}
    present = {each.path: each.data for each in pack.artefacts if not (pack.release and each.path == RELEASE_FILE)}
    present["pack.json"] = account_as_built(pack, case.get("pack", Pack).status.value)
    reasons = [f"{path} is not in the pack" for path in sorted(set(wanted) - set(present))]
    reasons += [f"{path} does not come from this source" for path in sorted(set(present) - set(wanted))]
    differ = [path for path in sorted(set(wanted) & set(present)) if wanted[path] != present[path]]
    reasons += [f"{path} is not what this source and configuration give" for path in differ]
    return GateResult(gate=_AGAIN, passed=not reasons, reasons=tuple(reasons),
                      figures={"files": float(len(wanted)), "differ": float(len(reasons))})


def _topics_again(pack: PackOnDisk, case: Case) -> None:
    """The topics as the pack has them: as found, in the number somebody insisted on, or where people at a desk began them."""
    revision = revision_in(pack)
    case.put("revision", revision, Revision)
    run_stage("topics", case)
    if len(case.get("topics", tuple[Topic, ...])) != pack.topics:
        case.request = replace(case.request, topics=pack.topics)
        run_stage("topics", case)
    if tuple(each.first for each in case.get("topics", tuple[Topic, ...])) != pack.begins:
        case.request = replace(case.request, topics=None)
        case.put("revision", revision.model_copy(update={"topics_at": pack.begins}), Revision)
        run_stage("topics", case)
