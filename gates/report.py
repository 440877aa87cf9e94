"""report.html: one page that says what was found, what was made, from which slides, and what was left out and why.

It is self-contained but for the episode that lies beside it, runs no script, and shows findings masked only. Like every
other file of the pack it goes through the leak gate.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from content import look
from content.cleared import ClearedDocument
from content.draft import Artefact, Draft, Origin
from content.finding import Category, Severity
from content.pack import Pack
from content.topic import Topic
from content.version import VERSION
from gates.preview import FindingPreview
from language.numbers import runs_of
from language.source import SourceIndex

_TEMPLATES = Path(__file__).parent / "templates"
#: Ways to take a topic in, and the kinds of drafts that serve each.
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("read", ("blog",)), ("see", ("social", "card", "carousel")), ("listen", ("audio",)), ("talk", ("interview", "webchat")))
_KINDS = {"blog": "Blog drafts", "social": "Posts", "card": "Cards", "carousel": "Carousel", "audio": "Episode",
          "interview": "Interview sheets",
          "webchat": "Web chats", "description": "Description of the deck", "plan": "Plan", "heads_up": "Heads-up"}
_ORDER = ("description", "blog", "social", "audio", "interview", "webchat", "card", "carousel", "plan", "heads_up")


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit in the strip: its number, its topic (0: none), and what to say of it."""

    number: int
    topic: int
    hue: int
    aside: str
    flagged: bool
    used: bool
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one thing: how severe, where, why and what to do."""

    severity: Severity
    preview: str
    places: str
    count: int
    why: str
    suggestion: str
    open: bool


def report_artefact(pack: Pack, cleared: ClearedDocument, index: SourceIndex,
                    findings: tuple[FindingPreview, ...]) -> Artefact:
    """Draw the page."""
    kind = cleared.content_units()[0].kind if cleared.content_units() else "unit"
    text = _environment().get_template("report.html.j2").render(
        pack=pack, cleared=cleared, kind=kind, version=VERSION, fonts=fonts(),
        css=Markup(style_sheet()),  # noqa: S704 - our own style sheet, no text of a source in it
        cells=_cells(pack, cleared, findings), findings=_by_category(findings),
        open_count=len({each.group for each in findings if each.open}),
        group_count=len({each.group for each in findings}),
        matrix=_matrix(pack), ways=[name for name, _ in WAYS], pieces=_pieces(pack, index), kinds=_KINDS,
        left_out=_left_out(pack, kind), hue=look.hue, has_episode=any(
            each.path == "audio/episode.mp3" for each in pack.artefacts),
        words=sum(len(draft.text.split()) for draft in pack.drafts))
    return Artefact(path="report.html", data=text.encode(), media_type="text/html")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


@cache
def fonts() -> dict[str, str]:
    """The woff2 files as data URIs, by file name."""
    return {file.stem: "data:font/woff2;base64," + base64.b64encode(file.read_bytes()).decode()
            for file in sorted(look.FONTS.glob("*.woff2"))}


@cache
def style_sheet() -> str:
    """The style sheet with the colours of content.look filled in."""
    light = {"paper": look.PAPER, "ink": look.INK, "quiet": look.QUIET, "line": look.LINE, "accent": look.ACCENT,
             "cream": look.CREAM, **look.SEVERITY, **{f"t{i}": each for i, each in enumerate(look.TOPIC_HUES)}}
    dark = {"paper": look.DARK_PAPER, "ink": look.DARK_INK, "quiet": look.DARK_QUIET, "line": look.DARK_LINE,
            "accent": look.DARK_ACCENT, "cream": "#24201D", **look.DARK_SEVERITY,
            **{f"t{i}": each for i, each in enumerate(look.DARK_TOPIC_HUES)}}
    sheet = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    return (sheet.replace("/* light */", "".join(f"--{name}:{value};" for name, value in light.items()))
            .replace("/* dark */", "".join(f"--{name}:{value};" for name, value in dark.items())))


def _cells(pack: Pack, cleared: ClearedDocument, findings: tuple[FindingPreview, ...]) -> list[Cell]:
    flagged = {each.unit for each in findings if each.category is not Category.QUALITY and each.severity is not Severity.LOW}
    used = set(pack.coverage.uses)
    titles = {unit.number: unit.title for unit in cleared.units}
    numbers = sorted({unit.number for unit in cleared.content_units()} | set(cleared.left_out))
    cells = []
    for number in numbers:
        topic = next((each for each in pack.topics if each.first <= number <= each.last), None)
        aside = cleared.left_out.get(number) or (topic.asides.get(number, "") if topic else "")
        label = f"{number}. {titles.get(number) or aside or 'untitled'}"
        cells.append(Cell(number, topic.number if topic else 0, look.hue(topic.number) if topic else -1, aside,
                          number in flagged, number in used, label))
    return cells


def _by_category(findings: tuple[FindingPreview, ...]) -> list[tuple[str, list[Group]]]:
    groups: dict[tuple[str, str], list[FindingPreview]] = {}
    for each in findings:
        groups.setdefault((each.category.value, each.group), []).append(each)
    rows: dict[str, list[Group]] = {}
    for (category, _), places in groups.items():
        top = max(places, key=lambda each: each.severity.rank)
        units = sorted({each.unit for each in places})
        rows.setdefault(category, []).append(Group(
            top.severity, top.preview, ", ".join(str(unit) if unit else "file" for unit in units), len(places),
            top.why, top.suggestion, any(each.open for each in places)))
    ordered = sorted(rows.items(), key=lambda item: (-max(g.severity.rank for g in item[1]), item[0]))
    return [(category, sorted(each, key=lambda g: (not g.open, -g.severity.rank, -g.count))) for category, each in ordered]


def _matrix(pack: Pack) -> list[tuple[Topic, list[int]]]:
    """For each topic how many pieces there are for each way to take it in; 0 is a gap."""
    rows = []
    for topic in pack.topics:
        own = Counter(draft.kind for draft in pack.drafts if draft.topic == topic.number)
        # The episode has one draft for all topics: a topic is in it when a sentence of its units is.
        shared = [draft.kind for draft in pack.drafts if draft.topic is None and _touches(draft, topic, pack)]
        own.update(Counter(set(shared)))
        rows.append((topic, [sum(own[kind] for kind in kinds) for _, kinds in WAYS]))
    return rows


def _touches(draft: Draft, topic: Topic, pack: Pack) -> bool:
    return any(draft.name in names for unit, names in pack.coverage.uses.items() if topic.first <= unit <= topic.last)


def _pieces(pack: Pack, index: SourceIndex) -> list[tuple[str, list[dict[str, object]]]]:
    by_kind: dict[str, list[dict[str, object]]] = {}
    for draft in pack.drafts:
        units = sorted({unit for segment in draft.segments for unit in index.units(segment.sources)})
        said = [{"text": segment.text, "template": segment.origin is Origin.TEMPLATE,
                 "by_hand": segment.origin is Origin.EDITOR,
                 "units": ", ".join(str(unit) for unit in index.units(segment.sources))} for segment in draft.segments]
        by_kind.setdefault(draft.kind, []).append({
            "title": draft.title.text, "path": draft.path, "name": draft.name, "hue": look.hue(draft.topic or 1),
            "topic": draft.topic, "angle": draft.angle, "words": len(draft.text.split()),
            "units": _runs(units), "said": said, "platform": draft.limit.key if draft.limit else ""})
    known = [kind for kind in _ORDER if kind in by_kind] + sorted(set(by_kind) - set(_ORDER))
    return [(kind, by_kind[kind]) for kind in known]


def _left_out(pack: Pack, kind: str) -> list[tuple[str, str]]:
    reasons: dict[str, list[int]] = {}
    for each in pack.coverage.unused:
        reasons.setdefault(each.reason, []).append(each.unit)
    return [(reason, f"{kind}{'s' if len(units) > 1 else ''} {_runs(units)}") for reason, units in sorted(reasons.items())]


def _runs(units: Sequence[int]) -> str:
    """Numbers as people write them: 3, 5–7, 12."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs_of(units))
