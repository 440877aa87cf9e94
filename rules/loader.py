"""Reads rule packs (YAML), checks them, compiles their patterns with google-re2 only.

A pack is a file with `rules: [...]`. What is wrong is said in one line with file and rule; nothing is half loaded.
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
from rules.rule import Rule
from rules.validators import VALIDATORS

if TYPE_CHECKING:
    from re2 import _Regexp as Regex

PACKS = Path(__file__).parent / "packs"
#: More than any honest pack; a YAML bomb is refused before it is parsed.
_MAX_BYTES = 1_000_000
_MAX_PATTERN = 6_000


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


def load_pack(path: Path) -> tuple[Rule, ...]:
    """Read and check one pack. Raises BadRule naming file and rule."""
    import yaml

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadRule(str(path), "is larger than 1 MB", "Split the pack")
        raw = path.read_text(encoding="utf-8")
        if re.search(r"(?m)^[^#'\"]*[\s:\[{,-][&*][A-Za-z]", raw):
            raise BadRule(str(path), "uses YAML anchors or aliases", "Write the values out")
        loaded = parse_yaml(raw)
    except OSError as error:
        raise BadRule(str(path), f"cannot be read ({error.strerror})", "Check the path") from None
    except UnicodeDecodeError:
        raise BadRule(str(path), "is not UTF-8", "Save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise BadRule(f"{path}{line}", "is not valid YAML", "Mend that line") from None
    entries = loaded.get("rules") if isinstance(loaded, dict) else None
    if not isinstance(entries, list):
        raise BadRule(str(path), "has no list of rules", "Begin with `rules:` and one entry for each rule")
    rules = tuple(_rule(path, number, entry) for number, entry in enumerate(entries, start=1))
    for rule in rules:
        compiled(rule)
    return rules


def _rule(path: Path, number: int, entry: object) -> Rule:
    named = entry.get("id", "") if isinstance(entry, dict) else ""
    where = f"{path}, rule {named or number}"
    if not isinstance(entry, dict):
        raise BadRule(where, "is not a mapping", "Write id, version, kind and so on under each other")
    if "examples" not in entry:
        raise BadRule(where, "has no examples", "Add examples: {match: [...], no_match: [...]}")
    try:
        return Rule.model_validate({**entry, "pack": path.stem})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(piece) for piece in first["loc"])
        what = first["msg"][:1].lower() + first["msg"][1:]
        raise BadRule(f"{where}, {key}" if key else where, what, "Mend that key; docs/adding.md shows a rule") from None


@lru_cache(maxsize=2048)
def _compile(pattern: str, ignore_case: bool) -> Regex:
    import re2

    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


def phrases(terms: tuple[str, ...]) -> str:
    """One pattern for a list of terms: whole words, any white space between words, `*` for the rest of a word."""
    joined = "|".join(
        r"\s+".join(re.escape(word).replace(r"\*", r"[\pL'-]*") for word in term.split())
        for term in sorted(terms, key=lambda term: (-len(term), term))
    )
    return rf"(?:^|[^\pL\pN_])(?P<hit>{joined})(?:$|[^\pL\pN_])"


@lru_cache(maxsize=1024)
def compiled(rule: Rule) -> Compiled:
    """The rule with everything compiled. Raises BadRule for a pattern that google-re2 refuses."""
    import re2

    where = f"{rule.pack}, rule {rule.id}"

    def build(pattern: str, ignore_case: bool = True) -> Regex:
        if len(pattern) > _MAX_PATTERN:
            raise BadRule(where, "has a pattern of more than 6,000 characters", "Split it")
        try:
            made = _compile(pattern, ignore_case)
        except re2.error:
            raise BadRule(where, "has a pattern that google-re2 refuses",
                          "Look-around and back references are not allowed; use exclude or requires") from None
        if made.search(b""):
            raise BadRule(where, "has a pattern that matches the empty text", "Make it need at least one character")
        return made

    if rule.validator and rule.validator not in VALIDATORS:
        raise BadRule(where, "has no validator of that name", f"Use one of {', '.join(sorted(VALIDATORS))}")
    patterns = [build(f"(?m){pattern}", rule.ignore_case) for pattern in rule.patterns]
    if rule.terms:
        patterns.append(build(f"(?m){phrases(rule.terms)}", rule.ignore_case))
    words = rule.hotwords
    return Compiled(
        rule,
        tuple(patterns),
        tuple(build(f"(?m){pattern}") for pattern in rule.requires),
        tuple(build(f"(?m){pattern}") for pattern in rule.exclude),
        tuple(build(rf"\A(?:{pattern})\z", rule.ignore_case) for pattern in rule.exclude_hit),
        build(phrases(words.more)) if words.more else None,
        build(phrases(words.less)) if words.less else None,
    )
