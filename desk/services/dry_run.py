"""Tries a pack of rules on the documents that were handed in: what it would have raised, and what people said of that.

Nothing is stored and nothing changes. Only what is on the disk still can be tried: purged documents are not.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadRule, DeckprismError, InputError
from content.finding import Finding
from desk.rights import Act, Actor, require
from desk.services.material import ready, scanned
from desk.services.office import Office, reading
from rules.rule import Rule

if TYPE_CHECKING:
    from rules.catalogue import Catalogue

#: Documents that are tried at most, the newest first, and characters of a pack.
MOST_DOCUMENTS, MOST_CHARACTERS = 100, 200_000
_SHOWN = 50
_CHANGED = frozenset({"replaced", "removed", "unit_dropped"})


@dataclass(frozen=True, slots=True)
class Raised:
    """A place that a rule would have raised. `before` says what became of what was found there: '' when nothing was."""

    rule: str
    submission: str
    title: str
    unit: int
    before: str


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule would have raised, and what people had said of the same places."""

    rule: str
    raised: int
    kept: int
    changed: int
    new: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """What came of a dry run. `failing` are rules whose own examples do not do what they say."""

    documents: int
    rules: tuple[RuleCount, ...]
    places: tuple[Raised, ...]
    failing: tuple[str, ...]

    @property
    def raised(self) -> int:
        """How many places in all."""
        return sum(each.raised for each in self.rules)

    @property
    def kept(self) -> int:
        """How many of them people had kept as they were."""
        return sum(each.kept for each in self.rules)


def dry_run(office: Office, actor: Actor, text: str) -> DryRun:
    """Try a pack (YAML) on past documents. Raises Forbidden, and BadRule naming the rule and what to do."""
    from content.settings import Settings
    from rules.catalogue import catalogue
    from rules.customers import CustomerList
    from rules.engine import run
    from rules.trial import try_example

    require(actor, Act.ADMINISTER)
    pack = check_pack(text)
    known = _with(catalogue(), pack)
    wanted = {rule.id for rule in pack}
    failing = tuple(rule.id for rule in pack if not all(
        any(found.rule == rule.id for found in try_example(example, known)) is must
        for must, examples in ((True, rule.examples.match), (False, rule.examples.no_match)) for example in examples))
    counts: dict[str, Counter[str]] = {rule.id: Counter() for rule in pack}
    places: list[Raised] = []
    tried = 0
    for submission, title in _past(office):
        try:
            if not ready(office, submission):
                continue
            document = scanned(office, submission).document
        except DeckprismError:  # a case that cannot be read is not this page's to mend
            continue
        tried += 1
        raised = [each for each in run(document, CustomerList.empty(), Settings(), known, names=False)
                  if each.rule in wanted]
        if not raised:
            continue
        before = _states(office, submission)
        for each in raised:
            said = _before(each, before)
            counts[each.rule][said or "new"] += 1
            places.append(Raised(each.rule, submission, title, each.unit, said))
    rows = tuple(RuleCount(rule, count.total(), count["kept"], sum(count[each] for each in _CHANGED), count["new"])
                 for rule, count in counts.items())
    return DryRun(tried, rows, tuple(places[:_SHOWN]), failing)


def check_pack(text: str) -> tuple[Rule, ...]:
    """The rules of a pack, checked as those of a file are. Raises BadRule."""
    from rules.loader import load_pack

    if len(text) > MOST_CHARACTERS:
        raise InputError("the pack", "is larger than 200 kB", "Try a part of it")
    with tempfile.TemporaryDirectory(prefix="deckprism-pack-") as folder:
        file = Path(folder) / "pack.yaml"
        file.write_text(text, encoding="utf-8", errors="replace")
        try:
            return load_pack(file)
        except BadRule as error:
            raise BadRule(error.where.replace(str(file), "the pack"), error.what, error.todo) from None


def _with(known: Catalogue, pack: tuple[Rule, ...]) -> Catalogue:
    from rules.catalogue import Catalogue

    by_id = dict(known.by_id)
    for rule in pack:
        if rule.id in by_id:
            raise BadRule(f"rule {rule.id}", "this id is taken", "Give it another id")
        by_id[rule.id] = rule
    return Catalogue((*known.all, *pack), by_id)


def _past(office: Office) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from store.tables import Submission
    from store.tables_review import Intake

    with reading(office.engine) as session:
        return [(row.id, row.title or row.name) for row in session.execute(
            select(Submission.id, Submission.name, Intake.title).outerjoin(Intake, Intake.submission == Submission.id)
            .where(Submission.purged_at.is_(None)).order_by(Submission.received_at.desc()).limit(MOST_DOCUMENTS))]


_Place = tuple[str, int, int, str]


def _states(office: Office, submission: str) -> list[_Place]:
    from sqlalchemy import select

    from store.tables import Finding as Row

    with reading(office.engine) as session:
        return [(row.block, row.start, row.end, row.state) for row in session.execute(
            select(Row.block, Row.start, Row.end, Row.state).where(Row.submission == submission, Row.end > Row.start))]


def _before(found: Finding, before: list[_Place]) -> str:
    """What became of what was found in the same place before: decided beats open."""
    states = {state for block, start, end, state in before
              if block == found.block and start < found.end and end > found.start}
    return next((each for each in ("kept", *sorted(_CHANGED), "open") if each in states), "")
