"""Makes rules of packs (YAML), checks them, compiles their patterns with google-re2 only.

A pack is a file with `rules: [...]`. What is wrong is said in one line with file, line, rule and what to do; nothing is
half loaded unless somebody asked for the good rules alone. The built-in packs are read by the short way; a pack of
somebody's own is looked at more closely (rules/packfile.py, rules/limits.py), because a slip there must not cost the
machine its memory or the scan its night.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from content.errors import BadRule
from language.files import parse_yaml
from rules.packfile import PackFile, read_pack_file
from rules.rule import Rule
from rules.validators import VALIDATORS

if TYPE_CHECKING:
    from re2 import Options
    from re2 import _Regexp as Regex

PACKS = Path(__file__).parent / "packs"
_MAX_PATTERN = 6_000
#: Made of lists of words, which have limits of their own.
_LISTS = frozenset({"terms", "hotwords.more", "hotwords.less"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule's patterns, ready to run over UTF-8 bytes."""

    rule: Rule
    patterns: tuple[Regex, ...]
    requires: tuple[Regex, ...]
    exclude: tuple[Regex, ...]
    exclude_hit: tuple[Regex, ...]
    more: Regex | None
    less: Regex | None

    def all(self) -> tuple[Regex, ...]:
        """Every pattern, whatever it is for."""
        words = tuple(each for each in (self.more, self.less) if each is not None)
        return (*self.patterns, *self.requires, *self.exclude, *self.exclude_hit, *words)


class RuleFault(Exception):
    """What is wrong with one rule, before anybody knows where it stands: the key, what, and what to do."""

    def __init__(self, key: str, what: str, todo: str) -> None:
        """`key` is a key of the rule ("patterns"), or "" for the whole."""
        self.key, self.what, self.todo = key, what, todo
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one file, and what was wrong with those that are not among them."""

    rules: tuple[Rule, ...]
    faults: tuple[BadRule, ...] = ()


def load_pack(path: Path) -> tuple[Rule, ...]:
    """Read and check a pack of somebody's own. Raises BadRule naming file, line, rule and what to do."""
    pack = read_pack(path)
    if pack.faults:
        raise pack.faults[0]
    return pack.rules


def load_built_in(path: Path) -> tuple[Rule, ...]:
    """Read a pack of this project: the same rules, without what only a stranger's file needs.

    Patterns are compiled when a text may hold them (rules/sieve.py), which saves half of a start.
    """
    loaded = parse_yaml(path.read_text(encoding="utf-8"))
    entries = loaded.get("rules") if isinstance(loaded, dict) else None
    if isinstance(entries, list):
        try:
            return tuple(_made(path, entry) for entry in entries)
        except RuleFault:
            pass  # said again below, with the line
    return load_pack(path)


def read_pack(path: Path) -> Pack:
    """Read a pack of somebody's own, rule by rule. Raises BadRule when the file as a whole cannot be used."""
    from rules.limits import MOST_RULES, check_rule

    file = read_pack_file(path)
    entries = file.value.get("rules") if isinstance(file.value, dict) else None
    if not isinstance(entries, list):
        raise BadRule(f"{path}, line {file.line(['rules'])}", "has no list of rules",
                      "Begin with `rules:` and one entry for each rule")
    if isinstance(file.value, dict) and len(file.value) > 1:
        other = next(key for key in file.value if key != "rules")
        raise BadRule(f"{path}, line {file.line([other])}", "has something beside its list of rules", "Take it out")
    if len(entries) > MOST_RULES:
        raise BadRule(str(path), f"holds more than {MOST_RULES} rules", "Split the pack")
    rules: dict[str, Rule] = {}
    faults: list[BadRule] = []
    for number, entry in enumerate(entries):
        try:
            rule = _made(path, entry)
            check_rule(rule)
            if rule.id in rules:
                raise RuleFault("id", "this id is taken by an earlier rule of the file", "Give it another id")
            rules[rule.id] = rule
        except RuleFault as fault:
            faults.append(_placed(path, file, number, entry, fault))
    return Pack(tuple(rules.values()), tuple(faults))


def _placed(path: Path, file: PackFile, number: int, entry: object, fault: RuleFault) -> BadRule:
    keys = fault.key.split(".") if fault.key else []
    place = ["rules", number, *(int(key) if key.isdigit() else key for key in keys)]
    named = entry.get("id") if isinstance(entry, dict) else None
    known = isinstance(named, str) and re.fullmatch(r"[\w.]{1,80}", named)
    where = f"{path}, line {file.line(place)}, rule {named if known else number + 1}"
    key = "".join(char for char in fault.key[:80] if char.isprintable())
    return BadRule(f"{where}, {key}" if key else where, fault.what, fault.todo)


def _made(path: Path, entry: object) -> Rule:
    if not isinstance(entry, dict):
        raise RuleFault("", "is not a mapping", "Write id, version, kind and so on under each other")
    if "examples" not in entry:
        raise RuleFault("", "has no examples", "Add examples: {match: [...], no_match: [...]}")
    try:
        return Rule.model_validate({**entry, "pack": path.stem})
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        what = first["msg"].removeprefix("Value error, ")
        known = first["type"] != "extra_forbidden"
        raise RuleFault(".".join(str(piece) for piece in first["loc"]),
                        what[:1].lower() + what[1:] if known else "there is no such key",
                        "Mend that key; docs/adding.md shows a rule") from None


@lru_cache(maxsize=2048)
def _compile(pattern: str, ignore_case: bool) -> Regex:
    import re2

    return re2.compile(pattern.encode(), options_of(ignore_case))


def options_of(ignore_case: bool) -> Options:
    """How patterns are compiled."""
    import re2

    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    return options


def sources(rule: Rule) -> tuple[str, ...]:
    """What a rule looks for, as patterns: those of its own, then its terms as one."""
    terms = (phrases(rule.terms),) if rule.terms else ()
    return tuple(f"(?m){pattern}" for pattern in (*rule.patterns, *terms))


def phrases(terms: tuple[str, ...]) -> str:
    """One pattern for a list of terms: whole words, any white space between words, `*` for the rest of a word."""
    joined = "|".join(
        r"\s+".join(re.escape(word).replace(r"\*", r"[\pL'-]*") for word in term.split())
        for term in sorted(terms, key=lambda term: (-len(term), term))
    )
    return rf"(?:^|[^\pL\pN_])(?P<hit>{joined})(?:$|[^\pL\pN_])"


@lru_cache(maxsize=4096)
def compiled(rule: Rule) -> Compiled:
    """The rule with everything compiled. Raises RuleFault for a pattern that google-re2 refuses."""
    return _compiled(rule, sources(rule))


def conditions(rule: Rule) -> Compiled:
    """The rule without its patterns, for one who has them: only what is asked of the places where they match."""
    return _compiled(rule, ())


def _compiled(rule: Rule, wanted: tuple[str, ...]) -> Compiled:
    import re2

    def build(key: str, pattern: str, ignore_case: bool = True) -> Regex:
        if len(pattern) > _MAX_PATTERN and key not in _LISTS:
            raise RuleFault(key, "has a pattern of more than 6,000 characters", "Split it")
        try:
            made = _compile(pattern, ignore_case)
        except re2.error:
            raise RuleFault(key, "has a pattern that google-re2 refuses",
                            "Look-around, back references and more than 1,000 repetitions are not allowed; "
                            "use exclude or requires") from None
        if made.search(b""):
            raise RuleFault(key, "has a pattern that matches the empty text", "Make it need at least one character")
        return made

    if rule.validator and rule.validator not in VALIDATORS:
        raise RuleFault("validator", "has no validator of that name", f"Use one of {', '.join(sorted(VALIDATORS))}")
    keys = [*(f"patterns.{number}" for number in range(len(rule.patterns))), "terms"]
    patterns = [build(key, pattern, rule.ignore_case) for key, pattern in zip(keys, wanted, strict=False)]
    words = rule.hotwords
    return Compiled(
        rule,
        tuple(patterns),
        tuple(build(f"requires.{number}", f"(?m){each}") for number, each in enumerate(rule.requires)),
        tuple(build(f"exclude.{number}", f"(?m){each}") for number, each in enumerate(rule.exclude)),
        tuple(build(f"exclude_hit.{number}", rf"\A(?:{each})\z", rule.ignore_case)
              for number, each in enumerate(rule.exclude_hit)),
        build("hotwords.more", phrases(words.more)) if words.more else None,
        build("hotwords.less", phrases(words.less)) if words.less else None,
    )
