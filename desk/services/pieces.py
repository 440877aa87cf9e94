"""The pieces of a submission as they will be: what there is, where each sentence comes from, and what was changed by hand.

Text comes from the newest build's material; whether that is of today is said, never assumed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.draft import Draft, Origin, Sentence
from content.pack import UnusedUnit
from content.topic import Topic
from desk.rights import Actor, NotThere
from desk.services import builds
from desk.services.edits import Shaped, shaped
from desk.services.material import Material, scanned
from desk.services.office import Office, reading
from desk.services.submissions import display, found
from flows.editing import FIXED, segment_hash
from language.counting import count
from language.source import SourceIndex, index
from language.wordcount import words_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Kinds in the order of the page, with what they are called.
KINDS = {"blog": "Blog drafts", "social": "Posts", "audio": "Episode", "interview": "Interviews", "webchat": "Web chats",
         "card": "Cards", "carousel": "Carousel", "description": "Description", "plan": "Plan", "heads_up": "Heads-up",
         "outline": "Starters"}
#: How each unit of counting is called.
COUNTED = {"x_weighted": "characters as X counts them", "graphemes": "characters", "utf16": "characters",
           "mastodon": "characters as Mastodon counts them", "threads": "characters as Threads counts them"}
#: Reason -> numbers of units.
Reasons = tuple[tuple[str, tuple[int, ...]], ...]
#: Kinds whose text is Markdown.
MARKDOWN = frozenset(KINDS) - {"social", "card", "carousel"}


#: A picture in a text, seen from a folder of the pack; and the escapes of Markdown, which no description shows.
_SHOWS, _UNESCAPE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(\.\./(pictures/[\w.-]+)\)"), re.compile(r"\\(\W)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece in the list. `refused` says why a gate or a person left it out, '' when it is in."""

    name: str
    kind: str
    title: str
    topic: int = 0
    platform: str = ""
    over: bool = False
    refused: str = ""
    by_hand: bool = False

    @property
    def on(self) -> str:
        """The platform for people: "x", and for a thread on it "x thread"."""
        name, _, form = self.platform.partition(".")
        return f"{name} thread" if form == "thread" else name


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that somebody rewrote; `refused` says why it does not stand in its piece, None while it is judged."""

    id: int
    piece: str
    text: str
    by: str
    at: str
    refused: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence comes from: the slide, what stands there, and what is left of it after clearing."""

    unit: int
    text: str
    cleared: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a piece with its sources. `before` is the hash that an edit of it has to name."""

    number: int
    text: str
    before: str
    origin: str
    units: tuple[int, ...]
    places: tuple[Place, ...]
    editable: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the episode: where it starts, in seconds, and as people read it."""

    title: str
    start: float
    clock: str


@dataclass(frozen=True, slots=True)
class PiecePicture:
    """A picture that belongs to a piece: its path in the pack and its description."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece, whole."""

    entry: Entry
    segments: tuple[Sentence, ...]
    lines: tuple[Line, ...]
    #: What is counted: (unit, how much, ceiling).
    counts: tuple[tuple[str, int, int], ...]
    #: Paths of its pictures, and of what can be downloaded.
    pictures: tuple[PiecePicture, ...]
    files: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    changes: tuple[Change, ...]
    tags: tuple[str, ...] = ()
    #: Words that a reader reads or a listener hears; 0 for what is counted as its platform counts.
    words: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """All pieces of a submission and how they stand."""

    id: str
    title: str
    state: str
    owner: str
    version: int
    #: What a unit is called here: slide, page or section.
    unit: str
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    topics: tuple[Topic, ...]
    #: Number and title of every unit shown.
    units: tuple[tuple[int, str], ...]
    #: Reason -> numbers of the units with content that no piece uses, and of those that none had to use.
    unused: Reasons
    apart: Reasons
    #: How many units have content of their own, and how many of them are in a piece.
    content: int
    used: int
    shaped: Shaped
    #: Whether these pieces are of today's decisions; whether newer ones are on their way; id of the build shown.
    current: bool
    pending: bool
    build: str
    status: str
    content_hash: str
    failed: str


def overview(office: Office, actor: Actor, submission: str) -> Overview:
    """What there is. Raises NotThere before the document was read."""
    from store.tables_review import Intake, Job

    with reading(office.engine) as session:
        row = found(session, actor, submission)
        intake, job = session.get(Intake, submission), session.get(Job, submission)
        known = scanned(office, submission)
        build, today = builds.newest(session, submission), builds.current(office, session, submission)
        changes = _changes(session, known, submission, today is not None)
        cut = shaped(session, submission)
        pending = builds.pending(session, submission)
        title = (intake.title if intake else "") or row.name
    refused = dict(known.pack.refused) if known.pack is not None else {}
    units = known.document.content_units()
    return Overview(
        row.id, title, row.state, row.by, row.version, units[0].kind if units else "slide",
        (*(_entry(each) for each in known.drafts), *(_refused(name, why) for name, why in refused.items())),
        changes, known.topics, tuple((unit.number, unit.title) for unit in units), *_used(known), cut,
        today is not None, pending, build.id if build is not None else "", build.status if build is not None else "",
        build.content_hash if build is not None else "",
        job.reason if job is not None and job.state == "failed" and not pending else "")


def piece(office: Office, actor: Actor, submission: str, name: str, seen: Overview) -> Piece:
    """One piece whole. Raises NotThere when it is not among those of the newest build."""
    with reading(office.engine) as session:
        found(session, actor, submission)
    known = scanned(office, submission)
    draft = next((each for each in known.drafts if each.name == name), None)
    changes = tuple(each for each in seen.changes if each.piece == name)
    if draft is None:
        entry = next((each for each in seen.entries if each.name == name), None)
        if entry is None:
            raise NotThere("this piece", "is not among the pieces", "Take one of the list")
        return Piece(entry, (), (), (), (), (), (), changes)
    paths = [each.path for each in known.pack.artefacts] if known.pack is not None else []
    pictures = _pictures(draft, paths)
    own = tuple(path for path in paths if path.startswith("audio/")) if draft.kind == "audio" else tuple(
        path for path in paths if path == draft.path or path in {each.path for each in pictures})
    return Piece(_entry(draft), draft.segments, _lines(draft, known), _counts(draft), pictures, own,
                 _chapters(office, submission) if draft.kind == "audio" else (), changes,
                 tuple(each.text for each in draft.metadata.get("tags", ())), 0 if draft.limit else words_of(draft))


def _pictures(draft: Draft, paths: Sequence[str]) -> tuple[PiecePicture, ...]:
    """The shapes of a card, and the pictures of slides that a text shows, in its order: whoever approves it sees them."""
    if draft.kind == "card":
        alt = " ".join(each.text for each in draft.metadata.get("alt", ())) or draft.title.text
        shapes = [path for path in paths if path.endswith(".png") and path.startswith(draft.path.rsplit(".", 1)[0])]
        return tuple(PiecePicture(path, "The same card in its other shape" if place else alt)
                     for place, path in enumerate(shapes))
    return tuple(PiecePicture(path, _UNESCAPE.sub(r"\1", alt)) for alt, path in _SHOWS.findall(draft.text) if path in paths)


def file(office: Office, actor: Actor, submission: str, path: str) -> Path:
    """A file of the newest build, by its path in the pack. Raises NotThere for anything else."""
    with reading(office.engine) as session:
        found(session, actor, submission)
        build = builds.newest(session, submission)
    if build is None:
        raise NotThere("this file", "is not here", "Build the pieces first")
    folder = builds.folder(office, build)
    names = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file() and not each.is_symlink()}
    if path not in names:
        raise NotThere("this file", "is not here", "Look at the pieces again")
    return folder / path


def _entry(draft: Draft) -> Entry:
    return Entry(draft.name, draft.kind, draft.title.text, draft.topic or 0, draft.limit.key if draft.limit else "",
                 any(number > most for _, number, most in _counts(draft)),
                 by_hand=any(each.origin is Origin.EDITOR for each in draft.segments))


def _refused(name: str, why: str) -> Entry:
    head = name.split("/")[0]
    kind = {"cards": "card", "interviews": "interview", "heads-up": "heads_up"}.get(head, head)
    return Entry(name, kind if kind in KINDS else "description", name, refused=why)


def _changes(session: Session, known: Material, submission: str, current: bool) -> tuple[Change, ...]:
    from sqlalchemy import select

    from store.tables_review import Edit

    rows = session.scalars(select(Edit).where(Edit.submission == submission, Edit.undone_at.is_(None))
                           .order_by(Edit.id.desc())).all()
    return tuple(Change(row.id, row.piece, row.text, display(session, row.by), row.at,
                        known.edits.get(row.id) if current or row.id in known.edits else None) for row in rows)


def _lines(draft: Draft, known: Material) -> tuple[Line, ...]:
    """The sentences of a piece that come from somewhere, with what stands there."""
    cleared = index(known.cleared) if known.cleared is not None else SourceIndex({})
    original = index(known.document)
    made = []
    for number, each in enumerate(draft.segments):
        if each.origin is Origin.TEMPLATE or not each.text.strip():
            continue
        places = tuple(
            Place(cleared.by_id[name].unit, original.by_id[name].text if name in original.by_id else cleared.by_id[name].text,
                  cleared.by_id[name].text)
            for name in each.sources if name in cleared.by_id)
        made.append(Line(number, each.text.strip(), segment_hash(each.text), each.origin.value,
                         cleared.units(each.sources), places,
                         draft.kind not in FIXED and any(char.isalnum() for char in each.text)))
    return tuple(made)


def _counts(draft: Draft) -> tuple[tuple[str, int, int], ...]:
    if draft.limit is None:
        return ()
    text = draft.text.strip()
    return tuple((unit, int(count(text, unit)), most)
                 for unit, most in {draft.limit.unit: draft.limit.limit, **draft.limit.also}.items())


def _chapters(office: Office, submission: str) -> tuple[Chapter, ...]:
    with reading(office.engine) as session:
        build = builds.newest(session, submission)
    if build is None:
        return ()
    try:
        text = (builds.folder(office, build) / "audio" / "chapters.json").read_text(encoding="utf-8")
        raw = json.loads(text)["chapters"]
    except (OSError, ValueError, KeyError):
        return ()
    return tuple(Chapter(str(each["title"]), float(each["startTime"]), _clock(float(each["startTime"]))) for each in raw)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _used(known: Material) -> tuple[Reasons, Reasons, int, int]:
    """What no piece uses, what none had to use, how many units have content, and how many of them are used."""
    if known.pack is None:
        return (), (), 0, 0
    said = known.pack.coverage
    return _by_reason(said.unused_content), _by_reason(said.set_apart), len(said.content_units), len(said.used_units)


def _by_reason(unused: Sequence[UnusedUnit]) -> Reasons:
    reasons: dict[str, list[int]] = {}
    for each in unused:
        reasons.setdefault(each.reason, []).append(each.unit)
    return tuple(sorted((reason, tuple(units)) for reason, units in reasons.items()))
