"""All rules by name: the built-in packs and those of a folder of somebody's own. Lists, tests and explains them.

A folder is read anew whenever one of its files changed: catalogues are kept by the content of their files, never by
their path. Every rule of a folder proves itself at loading: its own examples are tried with it alone (0.4 ms each,
against 15 ms through the whole engine, which is what `deckprism rules test` does).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadRule
from content.finding import Finding
from rules.loader import PACKS, Pack, load_built_in, read_pack
from rules.packfile import MOST_BYTES
from rules.rule import Example, Kind, Rule

if TYPE_CHECKING:
    from content.settings import Packs
    from rules.sieve import Sieve

_MOST_FILES = 100
_MOST_RULES = 5_000
_SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class Catalogue:
    """The rules in force, in the order of their packs. `notes` tell which rules of a folder were left out, and why."""

    all: tuple[Rule, ...]
    by_id: dict[str, Rule]
    notes: tuple[str, ...] = ()

    @cached_property
    def sieve(self) -> Sieve:
        """What tells which of the rules can find anything in a text."""
        from rules.sieve import Sieve

        return Sieve(self.all)

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


def catalogue(folder: Path | None = None, *, good_rules: bool = False) -> Catalogue:
    """The built-in rules, with those of a folder of somebody's own after them.

    Raises BadRule for the first rule that is broken, doubled or does not do what its examples say; with `good_rules`
    such rules are left out and told in `notes`.
    """
    if folder is None:
        return _built_in()
    return _with_folder(folder, folder_digest(folder), good_rules)


def catalogue_of(packs: Packs) -> Catalogue:
    """The catalogue that the settings ask for."""
    return catalogue(packs.folder, good_rules=packs.good_rules)


def pack_files(folder: Path) -> list[Path]:
    """The packs of a folder, by name. Raises BadRule when it is no folder or holds too many or none."""
    try:
        found = sorted(path for path in folder.iterdir()
                       if path.suffix.lower() in _SUFFIXES and not path.name.startswith("."))
    except NotADirectoryError:
        raise BadRule(str(folder), "is not a folder", "Name the folder that the packs are in") from None
    except OSError as error:
        raise BadRule(str(folder), f"cannot be read ({error.strerror})", "Check the path of the folder") from None
    if not found:
        raise BadRule(str(folder), "holds no pack of rules", "Put a file in it whose name ends in .yaml")
    if len(found) > _MOST_FILES:
        raise BadRule(str(folder), f"holds more than {_MOST_FILES} packs", "Join some of them")
    return found


def folder_digest(folder: Path) -> str:
    """SHA-256 over names and bytes of the packs of a folder. Raises BadRule when the folder cannot be read."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        digest.update(f"{path.name}\0{path.is_symlink()}\0".encode("utf-8", "surrogateescape"))
        try:
            if path.is_file() and path.stat().st_size <= MOST_BYTES:  # what is larger is refused unread
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise BadRule(str(path), f"cannot be read ({error.strerror})", "Check its rights") from None
    return digest.hexdigest()


@cache
def _built_in() -> Catalogue:
    by_id: dict[str, Rule] = {}
    for file in sorted(PACKS.glob("*.yaml")):
        for rule in load_built_in(file):
            if rule.id in by_id:
                raise BadRule(f"{file}, rule {rule.id}", "this id is taken", "Give it another id")
            by_id[rule.id] = rule
    return Catalogue(tuple(by_id.values()), by_id)


@lru_cache(maxsize=8)
def _with_folder(folder: Path, digest: str, good_rules: bool) -> Catalogue:
    """`digest` is that of the folder: it decides whether what was read before still holds."""
    by_id = dict(_built_in().by_id)
    notes: list[str] = []
    for file in pack_files(folder):
        try:
            pack = read_pack(file)
        except BadRule as error:
            if not good_rules:
                raise
            pack = Pack((), (error,))
        faults = list(pack.faults)
        for rule in pack.rules:
            fault = _taken(file, rule, by_id) or _unproven(file, rule)
            if fault is not None:
                faults.append(fault)
            elif len(by_id) < _MOST_RULES:
                by_id[rule.id] = rule
            else:
                raise BadRule(str(folder), f"holds more than {_MOST_RULES:,} rules", "Use fewer")
        if faults and not good_rules:
            raise faults[0]
        notes += [str(fault) for fault in faults]
    return Catalogue(tuple(by_id.values()), by_id, tuple(notes))


def _taken(file: Path, rule: Rule, by_id: dict[str, Rule]) -> BadRule | None:
    if rule.id not in by_id:
        return None
    return BadRule(_where(file, rule, "id"), "this id is taken", "Give it another id")


def _unproven(file: Path, rule: Rule) -> BadRule | None:
    """What is wrong with a rule whose examples do not do what they say; never the example's text."""
    from rules.trial import matches_alone

    both = (("match", True, rule.examples.match), ("no_match", False, rule.examples.no_match))
    for key, must_match, examples in both:
        for number, example in enumerate(examples):
            if matches_alone(rule, example) != must_match:
                what = f"example {number + 1} of {key} does{'' if not must_match else ' not'} match"
                return BadRule(_where(file, rule, "examples", key, number), what,
                               f"Mend the rule or the example; deckprism rules explain {rule.id} TEXT shows why")
    return None


def _where(file: Path, rule: Rule, *place: str | int) -> str:
    from rules.packfile import read_pack_file

    read = read_pack_file(file)
    entries = read.value["rules"] if isinstance(read.value, dict) else []
    number = next((at for at, entry in enumerate(entries) if entry.get("id") == rule.id), 0)
    return f"{file}, line {read.line(['rules', number, *place])}, rule {rule.id}"


def rules() -> tuple[Rule, ...]:
    """All built-in rules."""
    return catalogue().all


def explain(rule_id: str) -> Rule:
    """A rule with its why, suggestion and examples. Raises BadRule when there is none of that id."""
    return catalogue().rule(rule_id)


def test_rules(only: str = "", folder: Path | None = None, *, known: Catalogue | None = None) -> tuple[RuleTest, ...]:
    """Run the examples of every rule, or of one, through the same engine that scans documents."""
    known = known or catalogue(folder)
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
