"""What a generator is handed: the cleared text, its topics, the material of each topic, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.cleared import ClearedDocument
from content.draft import Draft
from content.settings import Profile
from content.topic import Topic
from generators.material import Material
from generators.prose import materials
from generators.render import languages
from language.source import SourceIndex, index

#: A profile that says nothing.
_NOBODY = Profile()


@dataclass(frozen=True, slots=True)
class Context:
    """One document ready to be written from."""

    cleared: ClearedDocument
    index: SourceIndex
    topics: tuple[Topic, ...]
    #: One for each topic, in the same order.
    materials: tuple[Material, ...]
    profile: Profile = _NOBODY
    #: Language of the templates: the document's where there are templates for it, English otherwise.
    language: str = "en"
    #: Something is still open: every artefact says so.
    held: bool = False
    #: The pieces of the other generators, for those that come after them.
    pieces: tuple[Draft, ...] = ()
    #: Whether speech may be rendered.
    audio: bool = True


def prepare(cleared: ClearedDocument, topics: Sequence[Topic], profile: Profile | None = None, held: bool = False,
            audio: bool = True) -> Context:
    """Index a cleared document and build the material of its topics: everything that generators write from."""
    source = index(cleared)
    templates = cleared.language if cleared.language in languages() else "en"
    return Context(cleared, source, tuple(topics), materials(cleared, topics, source, cleared.language),
                   profile or _NOBODY, templates, held, (), audio)
