"""What report.html prints, as plain rows: the strip, the findings by category, the pieces of each topic, the figures.

Everything is already masked or cleared when it comes here; nothing here reads a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from content import look
from content.cleared import ClearedDocument
from content.draft import Draft
from content.finding import Category, Severity
from content.pack import Pack, UnusedUnit
from content.topic import Topic
from gates.preview import FindingPreview
from gates.wording import Wording
from language.numbers import spans
from language.source import SourceIndex
from language.subjects import subjects

#: Ways to take a topic in, and the kinds of drafts that serve each.
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("read", ("blog",)), ("see", ("social", "card", "carousel")), ("listen", ("audio",)), ("talk", ("interview", "webchat")))
ORDER = ("description", "blog", "outline", "social", "audio", "interview", "webchat", "card", "carousel", "plan", "heads_up")
#: What was left out in clearing -> the name of the reason.
_GONE = {"dropped": "dropped by a reviewer", "waiting": "waits for a decision"}


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


@dataclass(frozen=True, slots=True)
class Way:
    """How many pieces a topic has for each way to take it in (0 is a gap), and the pieces of it as anchor and title.

    `strength` says what there is to write from and what that suits; '' for a topic that was not weighed.
    """

    topic: Topic
    strength: str
    counts: tuple[int, ...]
    pieces: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    #: What the topic is about: those of its keyphrases that name something, best first.
    about: tuple[str, ...] = ()


def cells(pack: Pack, cleared: ClearedDocument, findings: tuple[FindingPreview, ...], words: Wording) -> list[Cell]:
    """The strip."""
    flagged = {each.unit for each in findings if each.category is not Category.QUALITY and each.severity is not Severity.LOW}
    used = set(pack.coverage.uses)
    titles = {unit.number: unit.title for unit in cleared.units}
    numbers = sorted({unit.number for unit in cleared.content_units()} | set(cleared.left_out))
    out = []
    for number in numbers:
        topic = next((each for each in pack.topics if each.first <= number <= each.last), None)
        aside = cleared.left_out.get(number) or (topic.asides.get(number, "") if topic else "")
        said = words.name("reason", _GONE.get(aside, aside)) if aside else ""
        label = f"{number}. {titles.get(number) or said or words.say('untitled')}"
        out.append(Cell(number, topic.number if topic else 0, look.hue(topic.number) if topic else -1, said,
                        number in flagged, number in used, label))
    return out


def by_category(findings: tuple[FindingPreview, ...], words: Wording) -> list[tuple[str, list[Group]]]:
    """The groups of findings of each category, the gravest first."""
    groups: dict[tuple[str, str], list[FindingPreview]] = {}
    for each in findings:
        groups.setdefault((each.category.value, each.group), []).append(each)
    rows: dict[str, list[Group]] = {}
    for (category, _), places in groups.items():
        top = max(places, key=lambda each: each.severity.rank)
        units = sorted({each.unit for each in places})
        rows.setdefault(category, []).append(Group(
            top.severity, top.preview, ", ".join(str(unit) if unit else words.say("unit_file") for unit in units),
            len(places), top.why, top.suggestion, any(each.open for each in places)))
    ordered = sorted(rows.items(), key=lambda item: (-max(g.severity.rank for g in item[1]), item[0]))
    return [(category, sorted(each, key=lambda g: (not g.open, -g.severity.rank, -g.count))) for category, each in ordered]


def held(findings: tuple[FindingPreview, ...]) -> list[tuple[str, int]]:
    """What holds the pack: how many things of each category wait for a decision."""
    waiting = Counter(category for category, _ in {(each.category.value, each.group) for each in findings if each.open})
    return sorted(waiting.items())


def matrix(pack: Pack, anchors: dict[str, str], words: Wording, cleared: ClearedDocument, index: SourceIndex) -> list[Way]:
    """For each topic the pieces that there are for each way to take it in; a piece of two topics is one of both."""
    rows = []
    for topic in pack.topics:
        own = [draft for draft in pack.drafts if draft.topic == topic.number
               or (draft.topic is not None and touches(draft, topic, pack))]
        # The episode has one draft for all topics: a topic is in it when a sentence of its units is.
        shared = {draft.kind: draft for draft in pack.drafts if draft.topic is None and touches(draft, topic, pack)}
        counts = Counter([draft.kind for draft in own] + list(shared))
        kinds = [kind for kind in ORDER if any(draft.kind == kind for draft in own)]
        pieces = tuple((words.name("kind", kind), tuple((anchors[draft.name], draft.title.text)
                                                        for draft in own if draft.kind == kind)) for kind in kinds)
        made = set(counts)
        ways = tuple(sum(counts[kind] for kind in kinds) for _, kinds in WAYS)
        said = [each.text for unit in range(topic.first, topic.last + 1) for each in index.by_unit.get(unit, ())]
        about = tuple(subjects(topic.keyphrases, said, cleared.language))
        rows.append(Way(topic, strength(topic, words, made), ways, pieces, about))
    return rows


def strength(topic: Topic, words: Wording, made: Container[str]) -> str:
    """What there is in a topic to write from, and what that suits where such a piece was made; '' when nobody weighed it."""
    known = topic.strength
    if not known.grade:
        return ""
    counted = [(known.words, "words"), (known.notes, "notes"), (known.examples, "examples"), (known.pictures, "pictures")]
    parts = ", ".join(words.say(f"strength_{name}", count=count) for count, name in counted if count)
    said = words.say("topic_strength", grade=words.name("grade", known.grade), parts=parts or words.say("strength_none"))
    return f"{said} {words.say('topic_suits', suits=words.name('suits', topic.suits))}" if topic.suits in made else said


def touches(draft: Draft, topic: Topic, pack: Pack) -> bool:
    """Whether a draft rests on a unit of a topic; the title page and the like belong to all topics."""
    return any(draft.name in names for unit, names in pack.coverage.uses.items()
               if topic.first <= unit <= topic.last and unit not in topic.asides)


def left_out(pack: Pack, kind: str, words: Wording) -> list[tuple[str, str]]:
    """The units with content that no piece uses, by reason."""
    return _by_reason(pack.coverage.unused_content, kind, words)


def set_apart(pack: Pack, kind: str, words: Wording) -> list[tuple[str, str]]:
    """The units that no piece had to use, by reason: without content of their own, hidden, or taken out by a reviewer."""
    return _by_reason(pack.coverage.set_apart, kind, words)


def _by_reason(unused: Sequence[UnusedUnit], kind: str, words: Wording) -> list[tuple[str, str]]:
    reasons: dict[str, list[int]] = {}
    for each in unused:
        reasons.setdefault(each.reason, []).append(each.unit)
    return [(words.name("reason", reason), f"{words.name('units' if len(units) > 1 else 'unit', kind)} {spans(units)}")
            for reason, units in sorted(reasons.items())]
