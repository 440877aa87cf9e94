"""The files of a pack that a person opens to read or hear a piece: never the form that is for machines."""

from __future__ import annotations

from content.draft import Draft

#: A file for machines -> the same for people.
_READABLE = {"social/posts.json": "social/posts.md"}
EPISODE = "audio/episode.mp3"


def readable(path: str) -> str:
    """The form for people of a file that is for machines; any other path as it is."""
    return _READABLE.get(path, path)


def opened(draft: Draft, spoken: bool = False) -> tuple[str, ...]:
    """The paths, the first one first; `spoken` says that the pack holds the spoken episode."""
    path = readable(draft.path)
    return (EPISODE, path) if spoken and draft.kind == "audio" else (path,)
