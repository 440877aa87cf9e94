"""The stages put in order, as plain functions: file in, pack out. No Prefect, no terminal.

`build_pack` runs them all in memory; `run_stage` runs one on a case, which is how the flows call them. Each stage reads
what the one before it left in the case and knows nothing of the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content.cleared import ClearedDocument, Withheld
from content.decision import Decision, Policy
from content.document import Document
from content.draft import Artefact, Draft
from content.finding import Finding
from content.model import ModelUse
from content.pack import Pack, Status
from content.settings import Settings, load_settings
from content.topic import Topic
from flows.case import Case, Request, open_case
from flows.progress import Progress, quiet
from flows.revision import Revision, with_missed
from flows.unsought import unsought

if TYPE_CHECKING:
    from generators.context import Context
    from rules.customers import CustomerList

__all__ = ["STAGES", "Outcome", "Request", "build_pack", "open_case", "run_stage"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: figures and places, no text of it."""

    slug: str
    folder: Path
    status: Status
    #: Groups that somebody must decide about.
    open_findings: int
    #: Groups found, by category.
    findings: dict[str, int]
    #: Drafts made, by kind.
    pieces: dict[str, int]
    topics: int
    #: Share of the content units that the pieces use, 0 to 1.
    coverage: float
    held_because: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)
    unread: int = 0
    #: What a model wrote, where one was asked to.
    model: ModelUse | None = None
    #: Why the episode is shorter than it should be, where it is, in the language of its script.
    short: str = ""
    #: What the search for names went without -> why (flows.unsought).
    unsought: dict[str, str] = field(default_factory=dict)
    #: Why starters are no drafts, by how many.
    starters: dict[str, int] = field(default_factory=dict)
    #: Replacements that may still give away who is meant.
    doubts: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def extract(case: Case) -> None:
    """Read the file."""
    from extractors import extract as read

    settings = _settings(case)
    document = read(case.request.file, case.request.name)
    if settings.profile.language:
        document = document.model_copy(update={"language": settings.profile.language})
    case.put("document", document, Document)


def scan(case: Case) -> None:
    """Find what is risky."""
    import rules

    findings = rules.scan(case.get("document", Document), _customers(case), _settings(case))
    case.put("findings", findings, tuple[Finding, ...])


def clear(case: Case) -> None:
    """Apply what people decided, and mask what they did not."""
    import rules
    from flows.wording import without_wording

    given = rules.load_decisions(case.request.decisions) if case.request.decisions else _revision(case).decisions
    document, findings = case.get("document", Document), _findings(case)
    decisions = (*_recalled(case, document, findings, given), *given)
    result = rules.clear(document, findings, decisions, _settings(case), _customers(case))
    case.put("decisions", decisions, tuple[Decision, ...])
    case.put("cleared", result.cleared, ClearedDocument)
    case.put("withheld", without_wording(result.withheld), Withheld)
    case.put("open", result.open, tuple[Finding, ...])
    case.put("unused", len(result.unused), int)
    from flows.slide_pictures import allowed

    own = allowed(case.request.file, document, findings, decisions, result.cleared, result.withheld, _settings(case).policy)
    case.put("own_pictures", own, frozenset[int])


def topics(case: Case) -> None:
    """Split what is left into topics."""
    from topics import find_topics

    # Who moved a boundary at the desk has seen the pieces: that goes over what the command was given.
    begun = _revision(case).topics_at or case.request.topics_at
    found = find_topics(case.get("cleared", ClearedDocument), case.request.topics, begun)
    case.put("topics", found, tuple[Topic, ...])


def write(case: Case) -> None:
    """Write the drafts, and leave out those that a gate refuses."""
    from flows.model_writing import rewriter
    from flows.writing import write_drafts

    model = rewriter(case.request.writer, _settings(case))
    drafts, refused = write_drafts(_context(case), _withheld(case), _revision(case), model)
    case.put("drafts", drafts, tuple[Draft, ...])
    case.put("refused", refused, dict[str, str])
    if model is not None:
        case.put("model", model.account(drafts), ModelUse)


def render(case: Case) -> None:
    """Turn drafts into files, speech included."""
    from flows.slide_pictures import as_they_look
    from flows.writing import make_artefacts

    made = make_artefacts(_context(case), case.get("drafts", tuple[Draft, ...]))
    if own := _own_pictures(case):
        made = as_they_look(made, own, case.request.file, case.get("document", Document))
    case.put("artefacts", made, tuple[Artefact, ...])


def gate(case: Case) -> None:
    """Judge everything that would leave. Raises PackRefused when a gate does not let it."""
    from flows.gating import assemble

    pack, artefacts = assemble(_context(case), case.get("drafts", tuple[Draft, ...]),
                               case.get("artefacts", tuple[Artefact, ...]), case.get("refused", dict[str, str]),
                               _findings(case), case.get("open", tuple[Finding, ...]),
                               _withheld(case), case.get("decisions", tuple[Decision, ...]), case.request.shown,
                               case.get("model", ModelUse) if case.has("model") else None,
                               _unsought(case))
    case.put("pack", pack, Pack)
    case.put("files", artefacts, tuple[Artefact, ...])


def _unsought(case: Case) -> dict[str, str]:
    return case.get("unsought", dict[str, str]) if case.has("unsought") else unsought(
        _findings(case), bool(_customers(case)))


def publish(case: Case) -> None:
    """Let the pack's folder appear."""
    from gates.package import write_pack

    pack = case.get("pack", Pack)
    cleared = case.get("cleared", ClearedDocument)
    folder = write_pack(case.request.out, pack.slug, cleared.source.sha256, case.get("files", tuple[Artefact, ...]))
    case.put("folder", str(folder), str)


_STAGES: dict[str, Callable[[Case], None]] = {
    "extract": extract, "scan": scan, "clear": clear, "topics": topics, "write": write, "render": render,
    "gate": gate, "publish": publish,
}
STAGES: tuple[str, ...] = tuple(_STAGES)


def run_stage(name: str, case: Case) -> None:
    """Run one stage by its name on a case."""
    _STAGES[name](case)


def build_pack(request: Request, progress: Progress = quiet) -> Outcome:
    """The whole way for one file, in memory.

    Raises InputError when something given cannot be used, PackRefused when a gate refuses the pack as a whole.
    """
    case = open_case(request)
    check_request(request)
    seconds: dict[str, float] = {}
    for name in STAGES:
        started = time.perf_counter()
        run_stage(name, case)
        seconds[name] = time.perf_counter() - started
        progress.stage(name, seconds[name])
    for note in _customers(case).problems:
        progress.note(note)
    if unused := case.get("unused", int):
        progress.note(f"{unused} decision(s) name nothing that was found in this file.")
    for doubt in case.get("cleared", ClearedDocument).doubts:
        progress.note(f"{doubt.group}: {doubt.text}")
    return outcome(case, seconds)


def check_request(request: Request) -> None:
    """Fail early on what would only fail late: settings that cannot be read, an output folder that cannot be written."""
    from gates.package import check_folder

    settings = settings_of(request)
    check_settings(settings)
    if request.writer:
        from flows.model_writing import check_writer

        check_writer(request.writer, settings)
    check_folder(request.out)


def outcome(case: Case, seconds: dict[str, float]) -> Outcome:
    """What a finished case came to."""
    from flows.gating import groups_by_category

    pack = case.get("pack", Pack)
    findings = case.get("findings", tuple[Finding, ...])
    pieces = Counter(draft.kind for draft in pack.drafts)
    return Outcome(
        slug=pack.slug, folder=Path(case.get("folder", str)), status=pack.status,
        open_findings=len({each.group for each in case.get("open", tuple[Finding, ...])}),
        findings=groups_by_category(findings), pieces=dict(sorted(pieces.items())), topics=len(pack.topics),
        coverage=pack.coverage.share, held_because=pack.held_because, refused=pack.refused,
        unread=len(case.get("document", Document).unread), model=pack.model, seconds=seconds,
        unsought=_unsought(case), doubts=len(case.get("cleared", ClearedDocument).doubts), starters=dict(Counter(
            draft.why or "thin" for draft in pack.drafts if draft.kind == "outline").most_common()),
        short=" ".join(each.text for draft in pack.drafts for each in draft.metadata.get("short", ())))


def settings_of(request: Request) -> Settings:
    """What deckprism.toml says, with what the request says otherwise."""
    settings = load_settings(request.settings).with_rules(request.rules, request.good_rules).with_day(request.on)
    if request.slide_pictures:
        policy = Policy.model_validate({**settings.policy.model_dump(), "slide_pictures": request.slide_pictures})
        settings = settings.model_copy(update={"policy": policy})
    if request.minutes is None:
        return settings
    return settings.model_copy(update={"profile": settings.profile.model_copy(update={"minutes": request.minutes})})


def check_settings(settings: Settings) -> tuple[str, ...]:
    """What was left out of the rules, a line each.

    Raises BadRule or BadSettings when rules or allowances cannot be used.
    """
    packs, allow = settings.rules, settings.allow
    if packs.folder is None and not allow.texts and not allow.patterns:
        return ()
    from rules.allow import check_allow
    from rules.catalogue import catalogue_of

    known = catalogue_of(packs)
    check_allow(settings, known)
    return known.notes


def _settings(case: Case) -> Settings:
    if "settings" not in case.memory:
        case.memory["settings"] = settings_of(case.request)
    return case.get("settings", Settings)


def _recalled(case: Case, document: Document, findings: tuple[Finding, ...],
              given: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """What people decided before about the same words, where the request lets it act."""
    if not case.request.memory:
        return ()
    from flows.memory import load_memory
    from rules.remembered import recall

    memory = load_memory(_settings(case).on)
    return recall(findings, document, memory, given).decisions if memory is not None else ()


def _customers(case: Case) -> CustomerList:
    from flows.customers import read_customers, wants_good_rows
    from rules.customers import CustomerList

    if "customers" not in case.memory:
        good_rows = wants_good_rows(case.request.good_rows, _settings(case))
        case.memory["customers"] = read_customers(case.request.customers, good_rows)
    return case.get("customers", CustomerList)


def _revision(case: Case) -> Revision:
    """What people at the desk changed; nothing, for a file that never was at a desk."""
    return case.get("revision", Revision) if case.has("revision") else Revision()


def _findings(case: Case) -> tuple[Finding, ...]:
    """What the scan found and what reviewers marked besides."""
    return with_missed(case.get("document", Document), case.get("findings", tuple[Finding, ...]), _revision(case).missed)


def _withheld(case: Case) -> Withheld:
    return case.get("withheld", Withheld)


def _own_pictures(case: Case) -> frozenset[int]:
    return case.get("own_pictures", frozenset[int]) if case.has("own_pictures") else frozenset()


def _context(case: Case) -> Context:
    from generators.context import Context, prepare

    if "context" not in case.memory:
        cleared = case.get("cleared", ClearedDocument)
        case.memory["context"] = prepare(
            cleared, case.get("topics", tuple[Topic, ...]), _settings(case).profile,
            held=bool(case.get("open", tuple[Finding, ...])), audio=case.request.audio,
            templates=_settings(case).templates.folder, own_pictures=_own_pictures(case))
    return case.get("context", Context)
