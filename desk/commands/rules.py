"""`deckprism rules list | test | explain | guide`: what the scan knows, in words a colleague understands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk import terminal
from desk.commands.options import GoodRules, Rules

if TYPE_CHECKING:
    from rules.catalogue import Catalogue
    from rules.rule import Example, Rule

app = typer.Typer(help="The rules: list them, run their own examples, explain one, print them as guidelines.",
                  no_args_is_help=True, rich_markup_mode=None)

Config = Annotated[Path | None, typer.Option("--config", help="deckprism.toml; by default the one in this folder.")]
_MOST_TEXT = 20_000


def known_rules(folder: Path | None, good_rules: bool, config: Path | None) -> Catalogue:
    """The built-in rules and those of the folder that is given or configured; what is left out is told on stderr."""
    from content.settings import load_settings
    from desk.commands.run import found_config
    from rules.catalogue import catalogue_of

    known = catalogue_of(load_settings(found_config(config)).with_rules(folder, good_rules).rules)
    for note in known.notes:
        terminal.err(f"Left out: {note}")
    return known


@app.command(name="list")
def list_rules(folder: Rules = None, good_rules: GoodRules = False, config: Config = None) -> int:
    """List every rule."""
    known = known_rules(folder, good_rules, config)
    width = terminal.width()
    longest = max(len(rule.id) for rule in known.all)
    if width >= longest + 60:
        for rule in known.all:
            terminal.out(terminal.wrapped(rule.why, " " * (longest + 26),
                                          f"{rule.id:<{longest}}  {rule.severity.value:<8}{rule.category.value:<16}"))
    else:
        room = min(longest, width - 26)
        for rule in known.all:
            terminal.out(f"{rule.id:<{room}}  {rule.severity.value:<8}{rule.category.value}")
            terminal.out(terminal.wrapped(rule.why, "    "))
    return 0


@app.command()
def test(folder: Rules = None, good_rules: GoodRules = False, config: Config = None) -> int:
    """Run each rule on its own examples: those that must match and those that must not."""
    from rules.catalogue import test_rules

    results = test_rules(known=known_rules(folder, good_rules, config))
    failed = [result for result in results if not result.passed]
    for result in failed:
        wanted = "must match" if result.must_match else "must not match"
        terminal.out(terminal.wrapped(f"{result.rule}: {wanted}: {' '.join(result.text.split())}", "    ", ""))
    count = len({result.rule for result in results})
    terminal.out(f"{count} rules, {len(results) - len(failed)} of {len(results)} examples as they should be.")
    return 1 if failed else 0


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="The id of a rule, as deckprism rules list shows it.")],
    text: Annotated[str | None, typer.Argument(help="A text to try it on; - reads standard input.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of the text, en or nl.")] = None,
    folder: Rules = None,
    good_rules: GoodRules = False,
    config: Config = None,
) -> int:
    """Explain a rule: why it matters, what to write instead, what matches; with a text, why it matches or not."""
    known = known_rules(folder, good_rules, config)
    found = known.rule(rule)
    if text is not None:
        return _explain_text(found, text, language, known)
    terminal.out(f"{found.id} (version {found.version}): {found.category.value}, {found.severity.value}")
    terminal.out(terminal.wrapped(found.why, "  "))
    if found.suggestion:
        terminal.out(terminal.wrapped(found.suggestion, "  "))
    terminal.out("  Matches:")
    for example in found.examples.match:
        terminal.out(terminal.wrapped(_shown(example), "      ", "    + "))
    terminal.out("  Does not match:")
    for example in found.examples.no_match:
        terminal.out(terminal.wrapped(_shown(example), "      ", "    - "))
    return 0


def _explain_text(rule: Rule, text: str, language: str | None, known: Catalogue) -> int:
    """Print the steps for every place. Exit 0 whether or not the rule finds something: that is the answer."""
    from content.errors import InputError
    from language.detect import language_of
    from rules.explaining import account

    said = sys.stdin.buffer.read(_MOST_TEXT * 4).decode("utf-8", "replace") if text == "-" else text
    said = said.strip()[:_MOST_TEXT]
    if not said:
        raise InputError("the text", "is empty", "Give a text, or - and pipe it in")
    for each in account(rule, said, known, language or language_of(said)):
        verdict = "is found" if each.found else "is not found"
        sure = ""
        if each.before is not None and each.after is not None:
            sure = f", certainty {each.after:.2f}" + (
                f" ({each.before:.2f} before the words near it)" if each.after != each.before else "")
        terminal.out(f"{rule.id} {verdict} here{sure}.")
        for step in each.steps:
            terminal.out(terminal.wrapped(step, "    ", "  - "))
    return 0


@app.command()
def guide(
    language: Annotated[str, typer.Option("--language", help="en or nl.")] = "en",
    folder: Rules = None,
    good_rules: GoodRules = False,
    config: Config = None,
) -> int:
    """Print the rules as friendly guidelines for staff."""
    from rules.guide import guide as text

    terminal.out(text(language, known_rules(folder, good_rules, config)))
    return 0


def _shown(example: Example) -> str:
    """An example in one line; one without text is about the file itself."""
    if example.text:
        return " ".join(example.text.split())
    return f"(a file called {example.file_name}, titled {example.title or 'nothing'})"
