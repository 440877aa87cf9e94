"""Every gate again, on a pack as it lies on disk.

With the source (and the customer list and decisions it was made with) the text is cleared anew, so that leak and trace
are judged against the truth and not against what the pack says of itself.
"""

from __future__ import annotations

from pathlib import Path

from content.cleared import ClearedDocument, Withheld
from content.pack import GateResult
from content.settings import load_settings
from flows.case import Request, open_case
from flows.steps import run_stage
from gates import gates
from gates.reading import integrity, read_pack
from gates.work import Work
from language.source import index


def verify_pack(folder: Path, source: Path | None, customers: Path | None = None, decisions: Path | None = None,
                settings: Path | None = None) -> tuple[GateResult, ...]:
    """All gate results, integrity first. Without a source, leak and trace are not run and have not passed.

    Raises UnreadableFile when the folder is no pack, InputError when something given cannot be used.
    """
    pack = read_pack(folder)
    profile = load_settings(settings).profile
    first = integrity(pack)
    if source is None:
        work = Work(drafts=pack.drafts, artefacts=pack.artefacts, profile=profile, slug=folder.name)
        return (first, *(gate.check(work) for gate in gates()))
    case = open_case(Request(file=source, out=folder.parent, customers=customers, decisions=decisions, settings=settings))
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
                withheld=case.get("withheld", Withheld), profile=profile, slug=folder.name)
    return (first, *(gate.check(work) for gate in gates()))
