"""`deckprism rules list | test | explain | guide`: what the scan knows, in words a colleague understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk import terminal

if TYPE_CHECKING:
    from rules.rule import Example

app = typer.Typer(help="The rules: list them, run their own examples, explain one, print them as guidelines.",
                  no_args_is_help=True, rich_markup_mode=None)


@app.command(name="list")
def list_rules() -> int:
    """List every rule."""
    from rules.catalogue import rules

    for rule in rules():
        terminal.out(f"{rule.id:<36}{rule.severity.value:<8}{rule.category.value:<14}{rule.why}"[:200])
    return 0


@app.command()
def test() -> int:
    """Run each rule on its own examples: those that must match and those that must not."""
    from rules.catalogue import test_rules

    results = test_rules()
    failed = [result for result in results if not result.passed]
    for result in failed:
        wanted = "must match" if result.must_match else "must not match"
        terminal.out(terminal.wrapped(f"{result.rule}: {wanted}: {' '.join(result.text.split())}", "    ", ""))
    count = len({result.rule for result in results})
    terminal.out(f"{count} rules, {len(results) - len(failed)} of {len(results)} examples as they should be.")
    return 1 if failed else 0


@app.command()
def explain(rule: Annotated[str, typer.Argument(help="The id of a rule, as deckprism rules list shows it.")]) -> int:
    """Explain a rule: why it matters, what to write instead, what matches and what does not."""
    from rules import catalogue

    found = catalogue.explain(rule)
    terminal.out(f"{found.id} (version {found.version}): {found.category.value}, {found.severity.value}")
    terminal.out(terminal.wrapped(found.why, "  "))
    terminal.out(terminal.wrapped(found.suggestion, "  "))
    terminal.out("  Matches:")
    for example in found.examples.match:
        terminal.out(terminal.wrapped(_shown(example), "      ", "    + "))
    terminal.out("  Does not match:")
    for example in found.examples.no_match:
        terminal.out(terminal.wrapped(_shown(example), "      ", "    - "))
    return 0


@app.command()
def guide(language: Annotated[str, typer.Option("--language", help="en or nl.")] = "en") -> int:
    """Print the rules as friendly guidelines for staff."""
    from rules.guide import guide as text

    terminal.out(text(language))
    return 0


def _shown(example: Example) -> str:
    """An example in one line; one without text is about the file itself."""
    if example.text:
        return " ".join(example.text.split())
    return f"(a file called {example.file_name}, titled {example.title or 'nothing'})"
