"""Writes samples/decisions.json: what people might decide about every group of findings in the sample deck.

    python -m samples.decide [SCAN.json]

SCAN.json is what `deckprism scan samples/social-business.pptx --customers samples/customers.csv --json` prints; without
it the script runs that command. Only groups of medium or high severity are decided, and the few of low severity that
an editor would not leave as they are. It must not decide a category it does not know: then it stops and says so.
"""

from __future__ import annotations

import csv
import difflib
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).resolve().parent
DECK, CUSTOMERS = HERE / "social-business.pptx", HERE / "customers.csv"

#: What is said instead of a customer's name.
_INSTEAD = {
    "Halden Foods": "a food company", "Norwick Mutual Insurance": "an insurance company",
    "Oberholt Rail Freight": "a rail freight company", "Castellan Pharmacies": "a chain of pharmacies",
    "Pellworth Marine": "a shipping company", "Varndale Logistics": "a logistics company",
    "Kestrel & Vane Retail": "a retailer", "Tarnwick Energy": "an energy company",
    "Marchmont Lodge Hotels": "a group of hotels", "Lantern": "a software company",
}
_AUTHOR, _OWN = "Wilma Torvik", "Fernhollow"
_VISITOR = "Margaret Ellsworth"
_AT = "2025-11-10"


class Finding(TypedDict):
    """The fields of a finding that are used here."""

    id: str
    group: str
    category: str
    severity: str
    text: str
    unit: int
    part: str


class Decided(TypedDict, total=False):
    """One entry of the decisions file."""

    group: str
    action: str
    text: str
    reason: str
    by: str
    at: str


def main(arguments: list[str]) -> None:
    """Read the findings, decide, write the file and say how many decisions there are."""
    raw = Path(arguments[0]).read_text(encoding="utf-8") if arguments else _scan()
    decisions = decide(json.loads(raw)["findings"])
    (HERE / "decisions.json").write_text(json.dumps(decisions, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"decisions.json  {len(decisions)} decisions")


def decide(findings: list[Finding]) -> list[Decided]:
    """One decision for each group that needs one, in the order of the deck. Raises ValueError on an unknown category."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding["group"]].append(finding)
    names = _customer_names()
    decisions: list[Decided] = []
    for group, members in groups.items():
        if members[0]["category"] == "quality":
            continue
        if any(member["severity"] != "low" for member in members) or _is_consultancy(members):
            decisions.append({"group": group, **_decide_group(members, names), "at": _AT})
    return decisions


def _decide_group(members: list[Finding], names: dict[str, str]) -> Decided:
    category, texts = members[0]["category"], [member["text"] for member in members]
    if category == "customer":
        return {"action": "replace", "text": _INSTEAD[_customer(texts, names)], "by": "account owners"}
    if category == "organisation":
        if any(_OWN in text for text in texts):
            return {"action": "keep", "reason": "our own company, named as the speaker's employer", "by": "communication"}
        return {"action": "replace", "text": "a consultancy", "by": "communication"}
    if category == "person":
        if any(_AUTHOR.lower() in text.lower() for text in texts):
            return {"action": "keep", "reason": "the speaker, credited with her consent", "by": "HR"}
        visitor = any(_VISITOR.lower() in text.lower() for text in texts)
        return {"action": "replace", "text": "a visitor" if visitor else "a colleague", "by": "HR"}
    if category in ("contact", "identifier", "credential"):
        return {"action": "remove", "by": "IT security"}
    if category in ("confidential", "figures"):
        return {"action": "remove", "by": "legal and finance"}
    if category == "promise":
        return {"action": "remove", "by": "operations"}
    if category == "private":
        return {"action": "remove", "by": "HR"}
    if category == "reputation":
        return {"action": "drop_unit", "by": "communication"}
    if category == "injection":
        return {"action": "remove", "by": "IT security"}
    if category == "hidden":
        return _decide_hidden(members)
    if category == "unread":
        return {"action": "keep", "reason": "an old drawing of a workflow, opened and looked at by its author", "by": "IT security"}
    raise ValueError(f"group {members[0]['group']}: nobody has said what to do about {category!r}")


def _decide_hidden(members: list[Finding]) -> Decided:
    """A hidden slide goes as a whole; whatever else was out of sight never feeds a piece, and somebody has read it."""
    if all(member["part"] == "title" for member in members):
        return {"action": "drop_unit", "by": "IT security"}
    return {"action": "remove", "by": "IT security"}


def _is_consultancy(members: list[Finding]) -> bool:
    return members[0]["category"] == "organisation" and any("Consulting" in member["text"] for member in members)


def _customer_names() -> dict[str, str]:
    """Every known spelling of the customers that have a text here, reduced to letters -> name in the list."""
    known: dict[str, str] = {}
    with CUSTOMERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["name"] in _INSTEAD:
                for spelling in (row["name"], *row["aliases"].split(";"), row["code_name"], row["domain"]):
                    if spelling:
                        known[_letters(spelling)] = row["name"]
    return known


def _customer(texts: list[str], names: dict[str, str]) -> str:
    """The customer that the findings of a group are about. Raises ValueError when it is none of those known here."""
    for text in texts:
        near = difflib.get_close_matches(_letters(text), names, n=1, cutoff=0.85)
        if near:
            return names[near[0]]
    for text in texts:
        for spelling, name in names.items():
            if len(spelling) > 5 and spelling in _letters(text):
                return name
    raise ValueError("a group of findings is about a customer that this script does not know")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.replace("&", "and").lower())


def _scan() -> str:
    command = [sys.executable, "-m", "desk.command", "scan", str(DECK), "--customers", str(CUSTOMERS), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.strip() or "the scan failed")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
