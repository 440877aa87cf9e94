"""What a rule of somebody's own may ask for: enough for any honest rule, too little to stop the scan or fool a reader.

Linear time is google-re2's promise; these limits keep the constant small. Control characters in what is printed could
steer a terminal, and a mask is a text with plain {names} in it, never a format that reaches further.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator

from rules.loader import RuleFault, compiled
from rules.rule import Kind, Rule

#: In one file; a folder may have ten times as many.
MOST_RULES = 500
_MOST_TERMS = 2_000
_LONGEST_TERM = 200
_LONGEST_TEXT = 1_000
_MOST_EXAMPLES = 200
_LONGEST_EXAMPLE = 5_000
#: Instructions of a compiled pattern; the largest of the built-in ones has about 6,000.
_LARGEST_PATTERN = 20_000
#: Several patterns of one rule run one after the other.
_MOST_PATTERNS = 100


def check_rule(rule: Rule) -> None:
    """Raises RuleFault naming the key when a rule asks for too much, and for a pattern that google-re2 refuses."""
    if rule.kind is Kind.CODE:
        raise RuleFault("kind", "rules of this kind come with a detector", "Use pattern, phrase, validator or marking")
    for key, text in _shown(rule):
        if len(text) > _LONGEST_TEXT:
            raise RuleFault(key, f"has more than {_LONGEST_TEXT} characters", "Shorten it")
        if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text if char != "\n"):
            raise RuleFault(key, "holds a character that cannot be seen", "Write it anew as plain text")
    _check_lists(rule)
    _check_mask(rule)
    for regex in compiled(rule).all():
        if regex.programsize > _LARGEST_PATTERN or regex.reverseprogramsize > _LARGEST_PATTERN:
            raise RuleFault("patterns", "has a pattern that is too large once its repetitions are written out",
                            "Repeat fewer times, or use * and +")


def _check_lists(rule: Rule) -> None:
    words = rule.hotwords
    for key, terms in (("terms", rule.terms), ("hotwords.more", words.more), ("hotwords.less", words.less)):
        if len(terms) > _MOST_TERMS:
            raise RuleFault(key, f"has more than {_MOST_TERMS:,} terms", "Split the rule")
        for number, term in enumerate(terms):
            if not term.strip(" *"):
                raise RuleFault(f"{key}.{number}", "matches every word", "Write a word or part of one")
            if len(term) > _LONGEST_TERM:
                raise RuleFault(f"{key}.{number}", f"has more than {_LONGEST_TERM} characters", "Shorten it")
    if len(rule.patterns) + len(rule.requires) + len(rule.exclude) + len(rule.exclude_hit) > _MOST_PATTERNS:
        raise RuleFault("patterns", f"has more than {_MOST_PATTERNS} patterns", "Split the rule")
    for key, examples in (("examples.match", rule.examples.match), ("examples.no_match", rule.examples.no_match)):
        if len(examples) > _MOST_EXAMPLES:
            raise RuleFault(key, f"has more than {_MOST_EXAMPLES} examples", "Keep those that show most")
        for number, example in enumerate(examples):
            if len(example.text) > _LONGEST_EXAMPLE:
                raise RuleFault(f"{key}.{number}", f"has more than {_LONGEST_EXAMPLE:,} characters", "Shorten it")


def _check_mask(rule: Rule) -> None:
    groups = {name.decode() if isinstance(name, bytes) else name
              for regex in compiled(rule).patterns for name in regex.groupindex}
    try:
        pieces = list(string.Formatter().parse(rule.mask))
    except ValueError:
        raise RuleFault("mask", "has a brace too many or too few", "Write {name} for a group, or no braces") from None
    for _, name, form, conversion in pieces:
        if name is not None and (name not in groups or form or conversion):
            raise RuleFault("mask", "names a group that no pattern of the rule has",
                            "Write {name} for a group (?P<name>...) of the pattern, or no braces")


def _shown(rule: Rule) -> Iterator[tuple[str, str]]:
    """What people read of a rule, by key."""
    yield "why", rule.why
    yield "suggestion", rule.suggestion
    yield "mask", rule.mask
    if rule.nl is not None:
        yield "nl.why", rule.nl.why
        yield "nl.suggestion", rule.nl.suggestion
