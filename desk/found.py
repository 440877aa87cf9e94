"""The findings of a scan as a table that a colleague understands: what, where, how sure, why, what to write instead.

Grouped by weight and by thing; an explanation that several rows share is printed once below them. Secrets are named by
what they are, never by their value.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from content.document import Document, Unread
from content.finding import Category, Finding, Severity
from content.sizes import size_of
from desk import terminal

if TYPE_CHECKING:
    from rules.remembered import Kept

_COLOURS = {Severity.HIGH: "31", Severity.MEDIUM: "33", Severity.LOW: "32"}
_ICONS = {Severity.HIGH: "▲", Severity.MEDIUM: "◆", Severity.LOW: "●"}
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
_ACTIONS = {"replace": "replaced", "remove": "removed", "keep": "kept", "drop_unit": "left out with its slide"}
#: Their words are never shown.
_SECRET = frozenset({Category.CREDENTIAL, Category.IDENTIFIER})
_MOST_UNREAD = 10


class Places(Protocol):
    """How a scan says where something stands."""

    def where(self, places: Sequence[Finding]) -> str:
        """Where these findings are, in a few words: "slides 3, 7 and 12"."""
        ...

    def excerpts(self, places: Sequence[Finding]) -> list[str]:
        """The words around them, a line each; none where a document has pages to look at."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """All findings that are one thing."""

    top: Finding
    places: tuple[Finding, ...]
    #: What was decided about it before, when that is known.
    before: Kept | None = None

    @property
    def sure(self) -> str:
        """How sure the scan is, in a word."""
        return certainty(max(item.confidence for item in self.places))

    @property
    def what(self) -> str:
        """The thing itself in a few words."""
        return " ".join((self.top.label or self.top.text or self.top.rule.rpartition(".")[2].replace("_", " ")).split())

    @property
    def explanation(self) -> tuple[str, str, str]:
        """Why, what instead, and what was decided before: rows that share all three are explained once."""
        before = f"Decided before{_said_by(self.before)}: {_ACTIONS[self.before.action.value]}" + (
            f" by '{self.before.text}'" if self.before.text else "") + "." if self.before else ""
        return (self.top.why.strip(), self.top.suggestion.strip(), before)


def certainty(confidence: float) -> str:
    """`sure` from .8, `likely` from .5, `possible` below."""
    return "sure" if confidence >= 0.8 else ("likely" if confidence >= 0.5 else "possible")


def rows_of(findings: Sequence[Finding], known: Mapping[str, Kept] = MappingProxyType({})) -> list[Row]:
    """One row for each group, the weightiest first, then in the order of the document."""
    groups: dict[str, list[Finding]] = {}
    for item in findings:
        groups.setdefault(item.group, []).append(item)
    made = []
    for places in groups.values():
        top = max(places, key=lambda item: (item.severity.rank, item.confidence))
        before = known.get(top.id) if all(item.id in known for item in places) else None
        made.append(Row(top, tuple(places), before))
    order = {category: number for number, category in enumerate(Category)}
    return sorted(made, key=lambda row: (-row.top.severity.rank, order[row.top.category], row.places[0].unit))


def show(rows: Sequence[Row], places: Places) -> None:
    """Print the rows as a table."""
    width = terminal.width()
    narrow = width < 60
    room = 0 if narrow else (width - 33) * 55 // 100
    if rows and not narrow:
        terminal.out(_line("", "About", "What", "Where", "How sure", room, width - 33 - room))
    for severity in _SEVERITIES:
        own = [row for row in rows if row.top.severity is severity]
        if not own:
            continue
        terminal.out("")
        clusters: dict[tuple[Category, tuple[str, str, str]], list[Row]] = {}
        for row in own:
            clusters.setdefault((row.top.category, row.explanation), []).append(row)
        for cluster in clusters.values():
            for row in cluster:
                _show_row(row, places, room, width)
            _explain(cluster[0])


def _show_row(row: Row, places: Places, room: int, width: int) -> None:
    severity, category = row.top.severity, row.top.category.value
    head = f"{_ICONS[severity]} {severity.value}"
    where = places.where(row.places)
    if not room:
        said = terminal.wrapped(f"{head} {category}, {row.sure}: {_short(row.what, 40)}", "  ", "")
        terminal.out(said.replace(head, terminal.colour(head, _COLOURS[severity]), 1))
        terminal.out(terminal.wrapped(where, "  "))
    else:
        other = width - 33 - room
        what = textwrap.wrap(_short(row.what, 2 * room - 6), room - 1) or [""]
        place = textwrap.wrap(where, other - 1, break_on_hyphens=False) or [""]
        for number in range(max(len(what), len(place))):
            first = number == 0
            text = _line(head if first else "", category if first else "", what[number] if number < len(what) else "",
                         place[number] if number < len(place) else "", row.sure if first else "", room, other)
            terminal.out(text.replace(head, terminal.colour(head, _COLOURS[severity]), 1) if first else text)
    for excerpt in places.excerpts(row.places):
        terminal.out(terminal.wrapped(excerpt, "    ", "    "))


def _line(head: str, about: str, what: str, where: str, sure: str, room: int, other: int) -> str:
    return f"{head:<10}{about:<14}{what:<{room}}{where:<{other}}{sure}".rstrip()


def _explain(row: Row) -> None:
    why, instead, before = row.explanation
    terminal.out(terminal.wrapped(why, "    "))
    if instead:
        terminal.out(terminal.wrapped(instead, "      ", "    → "))
    if before:
        terminal.out(terminal.wrapped(before, "      ", "    ✓ "))


def closing(rows: Sequence[Row], document: Document, unread: Sequence[Unread], settled: int, typed: bool) -> None:
    """Totals, what was not read, what was settled before, and the next step."""
    kind, size = kind_of(document), size_of(document)
    count = size.units
    hidden = f", {size.hidden} of them hidden" if size.hidden else ""
    terminal.out("")
    totals = []
    for severity in _SEVERITIES:
        own = [row for row in rows if row.top.severity is severity]
        if own:
            by_category = Counter(row.top.category.value for row in own)
            each = ", ".join(f"{many} {name}" for name, many in by_category.most_common())
            totals.append(f"{len(own)} {severity.value} ({each})")
    where = "in your text" if typed else f"in {count} {kind}{'' if count == 1 else 's'}{hidden}"
    terminal.out(terminal.wrapped(f"Found {where}: {'; '.join(totals)}." if totals
                                  else "Nothing was found that anybody would have to decide about.", "  ", ""))
    if settled:
        terminal.out(f"{settled} {'finding was' if settled == 1 else 'findings were'} settled before: "
                     f"deckprism scan --all shows {'it' if settled == 1 else 'them'}.")
    for item in unread[:_MOST_UNREAD]:
        terminal.out(terminal.wrapped(f"Not read: {item.where}: {item.why}", "  ", ""))
    if len(unread) > _MOST_UNREAD:
        terminal.out(f"Not read: {len(unread) - _MOST_UNREAD} more parts; deckprism extract shows them.")
    heavy = any(row.top.severity is not Severity.LOW and row.top.category is not Category.QUALITY for row in rows)
    if heavy and typed:
        terminal.out("Next: change these words, and check the text again before you post it.")
    elif heavy:
        terminal.out(terminal.wrapped("Next: change these in the file and scan it again; or run deckprism run FILE -o "
                                      "out, which masks them until somebody has decided.", "  ", ""))


def kind_of(document: Document) -> str:
    """What the units of a document are called."""
    units = document.content_units()
    return units[0].kind if units else "slide"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most - 3].rstrip() + "..."


def _said_by(kept: Kept) -> str:
    return f" by {kept.by}" if kept.by else ""


class InDocument:
    """Places in a file that has slides, pages or sections to look at."""

    def __init__(self, document: Document) -> None:
        """Units are called what the document calls them."""
        self._kind = kind_of(document)

    def where(self, places: Sequence[Finding]) -> str:
        """The units, and how many places when there are more of these."""
        units = sorted({item.unit for item in places if item.unit})
        if not units:
            return "the file itself"
        said = f"{self._kind}{'s' if len(units) > 1 else ''} {terminal.numbers(units)}"
        return f"{said} ({len(places)} places)" if len(places) > len(units) else said

    def excerpts(self, places: Sequence[Finding]) -> list[str]:
        """None: whoever holds the file looks there."""
        return []


class InText:
    """Places in a text that was typed or piped: lines, and the words around."""

    _AROUND = 28
    _MOST = 3

    def __init__(self, document: Document, text: str, findings: Sequence[Finding] = ()) -> None:
        """`text` is what came in; blocks are found in it again by their letters and digits, in their order.

        `findings` are all that were found: a secret among them stays hidden in the excerpts of others too.
        """
        self._secrets = [item for item in findings if item.category in _SECRET]
        self._blocks = {block.id: block.text for _, block in document.blocks()}
        letters: list[str] = []
        self._lines: list[int] = []
        for number, line in enumerate(text.split("\n"), start=1):
            kept = [char for char in line if char.isalnum()]
            letters += kept
            self._lines += [number] * len(kept)
        joined, self._starts, cursor = "".join(letters), {}, 0
        for _, block in document.blocks():
            own = "".join(char for char in block.text if char.isalnum())
            at = joined.find(own, cursor) if own else -1
            if at >= 0:
                self._starts[block.id] = at
                cursor = at + len(own)

    def line(self, item: Finding) -> int:
        """The line of the text that a finding begins in; 0 when it is about the text as a whole."""
        if item.block not in self._starts or item.end <= item.start:
            return 0
        before = sum(char.isalnum() for char in self._blocks[item.block][:item.start])
        at = self._starts[item.block] + before
        return self._lines[at] if at < len(self._lines) else 0

    def where(self, places: Sequence[Finding]) -> str:
        """The lines, and how many places when there are more of these."""
        lines = sorted({line for item in places if (line := self.line(item))})
        if not lines:
            return "the text as a whole"
        said = f"line{'s' if len(lines) > 1 else ''} {terminal.numbers(lines)}"
        return f"{said} ({len(places)} places)" if len(places) > len(lines) else said

    def excerpts(self, places: Sequence[Finding]) -> list[str]:
        """The first few places with the words around them; a secret is shown as stars."""
        made: list[str] = []
        for item in places:
            line = self.line(item)
            excerpt = self._excerpt(item) if line else ""
            if excerpt and not (excerpt.startswith("»") and excerpt.endswith("«")):  # all of a line is named above
                made.append(f"{line}: {excerpt}")
        made = list(dict.fromkeys(made))
        more = len(made) - self._MOST
        return made[:self._MOST] + ([f"and {more} more"] if more > 0 else [])

    def _excerpt(self, item: Finding) -> str:
        text = self._hidden(item)
        start, end = max(0, item.start - self._AROUND), min(len(text), item.end + self._AROUND)
        if start > 0:
            start = text.find(" ", start, item.start) + 1 or start
        if end < len(text):
            found = text.rfind(" ", item.end, end)
            end = found if found > 0 else end
        said = _short(text[item.start:item.end], 80)
        flat = " ".join(f"{text[start:item.start]}»{said}«{text[item.end:end]}".split())
        return f"{'... ' if start > 0 else ''}{flat}{' ...' if end < len(text) else ''}"

    def _hidden(self, item: Finding) -> str:
        """The block's text, its secrets as stars of the same length."""
        text = self._blocks[item.block]
        for secret in self._secrets:
            if secret.block == item.block:
                text = text[:secret.start] + "*" * (secret.end - secret.start) + text[secret.end:]
        return text
