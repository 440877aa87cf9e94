"""No pattern takes for ever on a line that was made to hurt: a sentence of a deck must never stop a night's batch."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.children import builder_environment
from language.files import read_yaml

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("content", "language", "rules", "topics", "generators", "gates", "extractors", "flows", "desk")
#: Seconds for one pattern on all lines: thousands of times what it needs, and far less than a backtracking one.
_LIMIT = 8
_WORDS = ["the", "we", "have", "been", "told", "that", "he", "and", "she", "or", "it", "was", "not", "in", "a", "from", "of", "people", "three", "12", "43,000", "to", "be", "who", "would"]
_LONG = " ".join(_WORDS * 6)


def lines() -> list[str]:
    """Lines that begin what many patterns look for, and never end it."""
    starts = ["", '"', "“", "‘", "(", "[", "**", "£", "not ", "3 "]
    return [*(start + _LONG for start in starts), _LONG.replace(" ", ", "), _LONG.title(), _LONG + "!", "a " * 120, "1" * 200,
            "1," * 120, "ab-" * 120, "A" * 250, " " * 250, "and " * 120, "3 " * 120, "- " * 120, "x's " * 90, ". " * 90, "a.b." * 60]


def written(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every string of a data file that is a pattern, with where it stands."""
    if isinstance(value, str) and re.search(r"[\\(|\[+*]", value):
        yield where, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from written(each, f"{where}.{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from written(each, f"{where}[{number}]")


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a name of a module holds, in tuples and tables too."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from compiled(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from compiled(each)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of all data files and those that modules compile, with where they stand."""
    found = []
    for file in sorted(file for folder in _FOLDERS for file in (_ROOT / folder).rglob("*.yaml")):
        for where, text in written(read_yaml(file), str(file.relative_to(_ROOT))):
            try:
                found.append((where, re.compile(text, re.IGNORECASE)))
            except re.error:
                continue  # prose with a bracket
    for file in sorted(file.relative_to(_ROOT) for folder in _FOLDERS for file in (_ROOT / folder).rglob("*.py")):
        module = importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
        found += [(f"{file}:{name}", each) for name, value in vars(module).items() for each in compiled(value)]
    return found


def main() -> None:
    """Say which pattern is at work, so that whoever waits knows on which it hangs."""
    import signal

    hard = lines()
    for where, pattern in patterns():
        print(where, flush=True)
        signal.alarm(_LIMIT)
        for line in hard:
            pattern.search(line)
        signal.alarm(0)
    print("done", flush=True)


def run(code: str) -> str:
    """The last line that such a check printed before it ended or was ended."""
    done = subprocess.run([sys.executable, "-P", "-c", code], env=builder_environment(), capture_output=True, text=True,
                          check=False)
    assert done.stdout, done.stderr
    return done.stdout.splitlines()[-1]


def test_a_pattern_that_backtracks_for_ever_is_seen():
    code = "import signal, re\nsignal.alarm(2)\nprint('here', flush=True)\nre.search('(?:a+ ?)+b', 'a' * 60)\nprint('done')"
    assert run(code) == "here"


def test_patterns_are_found_wherever_they_are_looked_for_from(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = [where for where, _ in patterns()]
    assert len([where for where in found if ".yaml" in where]) > 1500
    assert len([where for where in found if ".py:" in where]) > 400
    assert {"language/proofread.py:_MADE", "rules/goes_with.py:_PERSON"} <= set(found), "tables of patterns count too"


@pytest.mark.slow
def test_no_pattern_takes_for_ever():
    assert run(f"import sys, runpy; sys.path.insert(0, {str(_ROOT)!r}); runpy.run_path({__file__!r}, run_name='attack')['main']()") == "done"
