"""All rules by name: the built-in packs and those of a user's folder. Lists, tests and explains them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content.errors import BadRule
from content.finding import Finding
from rules.loader import PACKS, load_pack
from rules.rule import Example, Kind, Rule


@dataclass(frozen=True)
class Catalogue:
    """The rules in force, in the order of their packs."""

    all: tuple[Rule, ...]
    by_id: dict[str, Rule]

    def rule(self, name: str) -> Rule:
        """The rule of an id. Raises BadRule when there is none."""
        try:
            return self.by_id[name]
        except KeyError:
            raise BadRule(name, "there is no such rule", "`deckprism rules list` shows all") from None

    def of_kind(self, *kinds: Kind) -> tuple[Rule, ...]:
        """The rules of some kinds."""
        return tuple(rule for rule in self.all if rule.kind in kinds)


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One example, tried. `passed` tells whether the rule did what the example says."""

    rule: str
    text: str
    must_match: bool
    passed: bool


@cache
def catalogue(folder: Path | None = None) -> Catalogue:
    """The built-in rules, with those of a user's folder after them. Raises BadRule for a broken or doubled one."""
    files = sorted(PACKS.glob("*.yaml"))
    if folder is not None:
        files += sorted(folder.glob("*.yaml"))
    by_id: dict[str, Rule] = {}
    for file in files:
        for rule in load_pack(file):
            if rule.id in by_id:
                raise BadRule(f"{file}, rule {rule.id}", "this id is taken", "Give it another id")
            by_id[rule.id] = rule
    return Catalogue(tuple(by_id.values()), by_id)


def rules() -> tuple[Rule, ...]:
    """All built-in rules."""
    return catalogue().all


def explain(rule_id: str) -> Rule:
    """A rule with its why, suggestion and examples. Raises BadRule when there is none of that id."""
    return catalogue().rule(rule_id)


def explain_text(rule_id: str, text: str) -> tuple[Finding, ...]:
    """Why a rule matches a text: its findings there, empty when it finds nothing."""
    explain(rule_id)
    return tuple(found for found in _try(Example(text=text), catalogue()) if found.rule == rule_id)


def test_rules(only: str = "", folder: Path | None = None) -> tuple[RuleTest, ...]:
    """Run the examples of every rule, or of one, through the same engine that scans documents."""
    known = catalogue(folder)
    wanted = (known.rule(only),) if only else known.all
    results: list[RuleTest] = []
    for rule in wanted:
        for must_match, examples in ((True, rule.examples.match), (False, rule.examples.no_match)):
            for example in examples:
                hit = any(found.rule == rule.id for found in _try(example, known))
                results.append(RuleTest(rule.id, example.text, must_match, hit == must_match))
    return tuple(results)


# pytest collects what is called test_*; this is the command's function and no test.
test_rules.__test__ = False  # type: ignore[attr-defined]


def _try(example: Example, known: Catalogue) -> tuple[Finding, ...]:
    from rules.trial import try_example

    return try_example(example, known)
