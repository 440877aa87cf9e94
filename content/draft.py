"""What generators write: text of which every character is either traced to the source or template wording."""

from __future__ import annotations

from enum import StrEnum

from pydantic import ConfigDict

from content.frozen import Frozen

#: What stands around a sentence while a text is rendered or drawn: open, middle, close. No text that is read keeps them.
#: Plane 16 private use: PowerPoint's symbol fonts use that of the basic plane.
MARKS = ("\U0010ff00", "\U0010ff01", "\U0010ff02")


class Origin(StrEnum):
    """Who put a sentence there."""

    SOURCE = "source"
    TEMPLATE = "template"
    MODEL = "model"
    #: A person at the desk wrote it over what stood there; the sources are those of what it replaced.
    EDITOR = "editor"


class Sentence(Frozen):
    """A run of text with the ids of the source sentences it rests on.

    A source sentence's id is `<block id>.<n>`, n counted from 1 in its block ("s12.b3.2").
    """

    text: str
    sources: tuple[str, ...] = ()
    origin: Origin = Origin.SOURCE
    #: Said to be word for word in the source: the trace gate refuses it otherwise.
    quotation: bool = False


class Limit(Frozen):
    """A platform's limit, from the dated data file."""

    key: str
    limit: int
    #: How it is counted, one of language.counting.UNITS ("x_weighted", "graphemes", "utf16", ...).
    unit: str
    hard: bool
    source: str
    checked_on: str
    #: Second ceilings of the same field, by unit ("bytes": 3000, "hashtags": 5, "links": 5).
    also: dict[str, int] = {}


class Draft(Frozen):
    """One piece of writing. `segments` joined are exactly `text`; template wording is a segment with no sources."""

    kind: str
    #: Unique in the pack ("blog/01-why-people-share", "social/01/x").
    name: str
    #: The file of the pack that carries it ("blog/01-why-people-share.md", "social/posts.json").
    path: str
    topic: int | None = None
    title: Sentence
    language: str = "en"
    segments: tuple[Sentence, ...] = ()
    #: The ceiling that a platform puts on this text, where it has one.
    limit: Limit | None = None
    #: Traced values that stand outside the text: front matter, tags, alt text.
    metadata: dict[str, tuple[Sentence, ...]] = {}
    #: The angle of the piece (number, question, contrast, how-to, example, myth, story), where it has one.
    angle: str = ""
    #: Why it is no draft, of a starter: thin, lists, jotted, trainer, half, nameless, faulty, remarks, torn, long,
    #: answers, refused or rest.
    why: str = ""
    #: Estimated length of a script when it is spoken, in whole seconds; 0 for what is read.
    seconds: int = 0

    @property
    def text(self) -> str:
        """The whole text as a reader gets it."""
        return "".join(segment.text for segment in self.segments)

    @property
    def told(self) -> tuple[Sentence, ...]:
        """The segments without those that only say where the piece stands among others (`metadata["frame"]`)."""
        around = {each.sources for each in self.metadata.get("frame", ())}
        return tuple(segment for segment in self.segments if not segment.sources or segment.sources not in around)


class Artefact(Frozen):
    """A file of a pack: path inside the pack, its bytes and its media type."""

    # A case writes its artefacts down as JSON between two stages; sound and pictures are no UTF-8.
    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    path: str
    data: bytes
    media_type: str
