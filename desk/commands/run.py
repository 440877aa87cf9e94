"""`deckprism run` and `deckprism verify`: the whole way for a file, and the gates again on a finished pack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from content.errors import DeckprismError, InputError
from desk import terminal
from desk.commands.customers import GoodRows, NoCustomers, chosen
from desk.commands.options import GoodRules, On, Rules, TopicAt, Writer, day

if TYPE_CHECKING:
    from content.length import Length
    from flows.steps import Outcome, Request

Customers = Annotated[Path | None, typer.Option("--customers", help="Customer list, CSV or XLSX.")]
Decisions = Annotated[Path | None, typer.Option("--decisions", help="JSON list of decisions.")]
Config = Annotated[Path | None, typer.Option("--config", help="deckprism.toml; by default the one in this folder.")]


SlidePictures = Annotated[str, typer.Option(
    "--slide-pictures", metavar="never|kept|all",
    help="Slides as they look instead of drawings, where nothing was withheld: those without pictures or with pictures that "
         "somebody kept, or all.")]


def asked_pictures(said: str) -> str:
    """The option as it is; raises InputError for another word."""
    if said not in ("", "never", "kept", "all"):
        raise InputError("--slide-pictures", "is never, kept or all", "Take kept unless you know every picture of the deck")
    return said


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(run)
    app.command()(verify)


def found_config(given: Path | None) -> Path | None:
    """The configuration to use: the one given, or deckprism.toml of this folder where there is one."""
    here = Path("deckprism.toml")
    return given if given is not None else (here if here.is_file() else None)


def run(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Decks and documents.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the packs.")],
    customers: Customers = None,
    no_customers: NoCustomers = False,
    good_rows: GoodRows = False,
    decisions: Decisions = None,
    config: Config = None,
    topics: Annotated[int | None, typer.Option("--topics", min=1, help="How many topics, if you insist.")] = None,
    topic_at: TopicAt = None,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Render the episode.")] = True,
    minutes: Annotated[int | None, typer.Option("--minutes", min=1, max=120, help="Length of the episode.")] = None,
    prefect: Annotated[bool, typer.Option("--prefect", help="Go through a Prefect flow and be seen there.")] = False,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
    on: On = None,
    writer: Writer = "",
    slide_pictures: SlidePictures = "",
) -> int:
    """Make a pack of each file: the whole pipeline, no server."""
    from flows.steps import Request, check_settings, settings_of

    if topic_at and len(files) > 1:
        raise InputError("--topic-at", "is about the slides of one file, and there are several", "Run them one by one")
    known = chosen(customers, no_customers)
    requests = [Request(file=file, out=output, customers=known, decisions=decisions, settings=found_config(config),
                        audio=audio, topics=topics, topics_at=tuple(topic_at or ()), rules=rule_folder,
                        good_rules=good_rules, on=day(on), memory=True, good_rows=good_rows, writer=writer,
                        slide_pictures=asked_pictures(slide_pictures))
                for file in files]
    for note in check_settings(settings_of(requests[0])):
        terminal.err(f"Left out: {note}")
    if writer:
        terminal.err(asked(writer, requests[0]))
    # With a server the runs share it; without one prefect is never imported.
    codes = _seen_in_prefect(requests) if prefect or os.environ.get("PREFECT_API_URL") else [_one(each) for each in requests]
    return _worst(codes)


def _worst(codes: list[int]) -> int:
    """The exit code of several files: one bad file of many asks for a look, and does not make the rest unusable."""
    if len(codes) == 1 or 3 in codes or all(code == 2 for code in codes):
        return max(codes)
    return int(any(codes))


def _one(request: Request) -> int:
    from flows.steps import STAGES, build_pack

    terminal.err(request.file.name)
    try:
        with terminal.StageLines(STAGES) as lines:
            result = build_pack(request, lines)
    except DeckprismError as error:
        return _report(error)
    return _report(result)


def _seen_in_prefect(requests: list[Request]) -> list[int]:
    from flows.run import run_all

    with terminal.StageLines() as lines:
        results = run_all(requests, lines)
    codes = []
    for request, result in zip(requests, results, strict=True):
        terminal.err(request.file.name)
        codes.append(_report(result))
    return codes


def _report(result: Outcome | Exception) -> int:
    """Print what came of a file and give its exit code. Raises what is no error of ours to explain."""
    if isinstance(result, DeckprismError):
        terminal.err(str(result))
        return result.exit_code
    if isinstance(result, Exception):
        raise result
    terminal.out("\n".join(closing(result)))
    return 1 if result.status.value == "held" else 0


def _looks(doubts: int) -> str:
    return "one replacement wants a look" if doubts == 1 else f"{doubts} replacements want a look"


def asked(writer: str, request: Request) -> str:
    """Who is going to be sent what. Raises InputError when the writer cannot be used."""
    from flows.model_writing import check_writer
    from flows.steps import settings_of

    service = check_writer(writer, settings_of(request))
    return f"Cleared text goes to the model {service.model} at {service.host}."


def closing(outcome: Outcome) -> list[str]:
    """Five lines: what was found, what was made, where to look, why it is held, what to do next."""
    silent = not (outcome.folder / "audio" / "episode.mp3").is_file()
    counted = {("script" if kind == "audio" and silent else kind): count for kind, count in outcome.pieces.items()}
    pieces = dict(sorted(counted.items(), key=lambda item: (_ORDER.index(item[0]) if item[0] in _ORDER else 99)))
    length = _spoken(outcome.folder)
    named = {(f"episode of {length.clock}" if kind == "audio" and length else _kind(kind, count)): count
             for kind, count in pieces.items()}
    made = _most(named, ranked=True)
    lines = [
        f"Found: {_most(outcome.findings) if outcome.findings else 'nothing that anybody would have to decide about.'}",
        f"Made: {made} From {outcome.topics} topics and {outcome.coverage:.0%} of the content." if pieces else
        "Made: no piece; it holds no text to write from (pictures, program text, or labels and figures alone). "
        "report.html lists what was left.",
        f"Look: {outcome.folder / 'report.html'}",
    ]
    if starters := outcome.pieces.get("outline", 0):
        lines.insert(2, f"{_counted('blog', outcome.pieces.get('blog', 0))}, {_counted('outline', starters)} "
                        f"({_reasons(outcome.starters)}).")
    if (outcome.folder / "audio" / "no-episode.txt").is_file():
        lines.append("Episode: missing, since no voice for this language is installed; audio/no-episode.txt says what to do.")
    elif silent and outcome.pieces.get("audio"):
        lines.append(f"Episode: a script, not spoken yet; deckprism say {outcome.folder / 'audio' / 'script.md'} speaks it.")
    if outcome.short:
        lines.append("Episode: short, since the source says little in whole sentences; audio/script.md says how short.")
    if outcome.model is not None:
        from flows.model_writing import said_of

        lines.append(f"Model: {said_of(outcome.model)}")
    lines += _unsought(outcome.unsought)
    if outcome.held_because:
        waiting = {row.partition(":")[0]: int(row.split()[-2]) for row in outcome.held_because}
        lines.append(f"Held: {_most(waiting).rstrip('.')} wait for a decision, masked until then.")
        lines.append("Next: decide on the groups in findings.json, and run again with --decisions FILE.")
    else:
        lines.append("Clear: nothing is open; somebody still has to approve it." if not outcome.doubts else
                     f"Nothing is open; {_looks(outcome.doubts)}: report.html lists which. Somebody still has to approve it.")
        lines.append("Next: read the drafts, then release what you would put your name to.")
    if outcome.refused:
        lines.append(f"Left out: {len(outcome.refused)} piece(s) that a gate refused; report.html says why.")
    return lines


def _unsought(unsought: dict[str, str]) -> list[str]:
    """A line for each thing that the search for names went without."""
    said = {"customers": "customers by name, since no customer list was given; --customers FILE names one",
            "names": f"people and organisations by more than lists and cues, since {unsought.get('names', '')}"}
    return [f"Not looked for: {said[what]}." for what in unsought if what in said]


def _spoken(folder: Path) -> Length | None:
    """The length of the episode as its file was measured; None where there is none."""
    from content.length import CHAPTERS, measured

    try:
        return measured((folder / CHAPTERS).read_bytes())
    except OSError:
        return None


def _most(counts: dict[str, int], ranked: bool = False) -> str:
    """The largest three (or, when they come ranked, the first three) of some counts, and how many more there are."""
    rows = list(counts.items()) if ranked else sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    said = [f"{count} {name}" for name, count in rows[:3]]
    rest = sum(count for _, count in rows[3:])
    if rest:
        return f"{', '.join(said)} and {rest} more."
    return (" and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)) + "."


_ORDER = ("blog", "outline", "social", "audio", "script", "card", "interview", "webchat", "description", "carousel", "plan",
          "heads_up")
_KINDS = {"blog": "blog draft", "social": "post", "interview": "interview sheet", "webchat": "web-chat plan",
          "audio": "episode", "script": "audio script", "heads_up": "heads-up", "outline": "starter"}


def _reasons(starters: dict[str, int]) -> str:
    """Why starters are no drafts, with how many of each where there are several reasons."""
    from gates.wording import wording

    return ", ".join(wording("en").name("why", why) + (f": {count}" if len(starters) > 1 else "")
                     for why, count in starters.items())


def _counted(kind: str, count: int) -> str:
    return f"{count} {_kind(kind, count)}"


def _kind(kind: str, count: int) -> str:
    name = _KINDS.get(kind, kind)
    return name if count == 1 else f"{name}s"


def verify(
    pack: Annotated[Path, typer.Argument(help="Folder of a finished pack.")],
    source: Annotated[Path | None, typer.Option("--source", help="The file that it was made from.")] = None,
    customers: Customers = None,
    no_customers: NoCustomers = False,
    good_rows: GoodRows = False,
    decisions: Decisions = None,
    config: Config = None,
    rule_folder: Rules = None,
    good_rules: GoodRules = False,
    on: On = None,
    slide_pictures: SlidePictures = "",
) -> int:
    """Run every gate again on a finished pack. Exit 1: a gate refused it, or people wrote in it and must look."""
    from desk.words import count
    from flows.by_people import WRITTEN
    from flows.verifying import verify_pack

    if source is None and (customers or decisions):
        raise InputError("verify", "was given a customer list or decisions but no source", "Add --source FILE")
    known = chosen(customers, no_customers) if source is not None else None
    results = verify_pack(pack, source, known, decisions, found_config(config), rules=rule_folder,
                          good_rules=good_rules, on=day(on), memory=True, good_rows=good_rows,
                          slide_pictures=asked_pictures(slide_pictures))
    for result in results:
        state = "passed" if result.passed else ("REFUSED" if result.run else "not run")
        figures = ", ".join(f"{format(value, ',.0f' if value == int(value) else 'g')} {name.replace('_', ' ')}"
                            for name, value in sorted(result.figures.items()))
        terminal.out(f"{result.gate:<14}{state:<9}{figures}".rstrip())
        for reason in result.reasons[:20]:
            terminal.out(terminal.wrapped(reason, "    "))
        for what, why in sorted(result.not_measured.items()):
            terminal.out(terminal.wrapped(f"not measured: {what} ({why})", "    "))
        for warning in result.warnings[:20]:
            terminal.out(terminal.wrapped(f"to look at: {warning}", "    "))
    good = all(result.passed for result in results)
    written = sum(int(result.figures.get(WRITTEN, 0)) for result in results)
    if not good:
        terminal.out("Not every gate passed: do not publish this pack as it is.")
    elif written:
        terminal.out(f"Every gate passed. {count(written, 'sentence')} of it {'is' if written == 1 else 'are'} people's own: "
                     "read what is listed under \"by people\".")
    else:
        terminal.out("Every gate passed.")
    return 0 if good and not written else 1
