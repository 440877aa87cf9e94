"""What a generator is handed: the cleared text, its topics, the material of each topic, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from content.cleared import ClearedDocument
from content.draft import Draft
from content.errors import BadSettings
from content.settings import Profile
from content.topic import Topic
from generators.material import Material
from generators.own_templates import check_folder
from generators.prose import materials
from generators.render import languages, template_names
from language.source import SourceIndex, index

#: A profile that says nothing.
_NOBODY = Profile()
_Made = TypeVar("_Made")


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
    #: Folder of templates of one's own.
    templates: Path | None = None
    #: Slides whose own picture may stand in the pack instead of a drawing.
    own_pictures: frozenset[int] = frozenset()
    #: Names of drafts that are not in the pack after all: the others count and announce only those that are.
    left_out: frozenset[str] = frozenset()
    #: Those of them that a gate refused: what they tell goes to its author.
    refused: frozenset[str] = frozenset()
    #: What `once` keeps; a context that is changed (`replace`) starts with nothing.
    _made: dict[tuple[str, int], tuple[object, object]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, about: object, make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made once for this context: several generators ask the same of one topic, for every platform.

        `name` says what is made, `about` what it is made of beside the context (a material, or None): the very same object,
        which is kept so that no other one takes its place.
        """
        key = (name, id(about))
        if key not in self._made:
            self._made[key] = (about, make())
        return cast("_Made", self._made[key][1])


def prepare(cleared: ClearedDocument, topics: Sequence[Topic], profile: Profile | None = None, held: bool = False,
            audio: bool = True, templates: Path | None = None,
            own_pictures: frozenset[int] = frozenset()) -> Context:
    """Index a cleared document and build the material of its topics: everything that generators write from.

    `templates` is a folder of one's own. Raises BadSettings when the profile wants a language that has no templates, or
    the folder holds a template under a name that is never used.
    """
    source = index(cleared)
    check_folder(templates, template_names())
    return Context(cleared, source, tuple(topics), materials(cleared, topics, source, cleared.language),
                   profile or _NOBODY, _wording_language(cleared.language, profile or _NOBODY), held, (), audio, templates,
                   own_pictures)


def _wording_language(language: str, profile: Profile) -> str:
    """The document's language where there are templates for it and the profile allows it, then the profile's first."""
    known = languages()
    for each in profile.languages:
        if each not in known:
            raise BadSettings("profile.languages", f"names a language without templates ({each!r})",
                              f"Known: {', '.join(known)}")
    if language in known and (not profile.languages or language in profile.languages):
        return language
    return profile.languages[0] if profile.languages else "en"
