"""Document to findings, and document with decisions to a ClearedDocument.

One file per kind of detector (`DETECTOR`), rules as data in `packs/*.yaml`. Nothing here writes a draft or a file. Heavy
libraries are imported when a function is called, so that importing this package costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content.decision import Decision
    from content.document import Document
    from content.finding import Finding
    from content.settings import Settings
    from rules.clearing import Clearing
    from rules.customers import CustomerList

__all__ = ["clear", "clear_text", "load_customers", "load_decisions", "scan", "scan_text"]


def scan(document: Document, customers: CustomerList, settings: Settings) -> tuple[Finding, ...]:
    """Find what is risky in a document: findings sorted by unit, block and place, ids stable for the same bytes."""
    from rules.engine import scan as run

    return run(document, customers, settings)


def scan_text(text: str, customers: Sequence[str] = ()) -> list[Finding]:
    """Find what is risky in a bare text. `start` and `end` of the findings count its characters."""
    from rules.engine import scan_text as run

    return run(text, customers)


def load_customers(path: Path, good_rows: bool = False) -> CustomerList:
    """Read a customer list (CSV or XLSX). Raises BadCustomers naming file, row and what to do.

    With `good_rows` rows that cannot be used are left out, and the list's `problems` say which.
    """
    from rules.customers import load_customers as run

    return run(path, good_rows)


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a decisions file (JSON list). Raises BadDecisions naming file, entry and what to do."""
    from rules.decisions import load_decisions as run

    return run(path)


def clear(document: Document, findings: Sequence[Finding], decisions: Sequence[Decision], settings: Settings,
          customers: CustomerList) -> Clearing:
    """Apply decisions, mask what nobody decided: the only way to a ClearedDocument."""
    from rules.clearing import clear as run

    return run(document, findings, decisions, settings, customers)


def clear_text(text: str, customers: Sequence[str] = ()) -> str:
    """A bare text with every finding of weight masked."""
    from rules.clearing import clear_text as run

    return run(text, customers)
