"""Whether an episode is spoken yet, and if not, when it will be or how: said wherever the desk shows one."""

from __future__ import annotations

from collections.abc import Collection

from content.length import Length


def made_of_it(spoken: int) -> str:
    """What there is: "episode of 8:38", or "audio script" without a spoken file (0 seconds)."""
    return f"episode of {Length(spoken, True).clock}" if spoken else "audio script"


def unspoken(status: str, wanted: bool) -> str:
    """Why there is a script alone. `status` is that of the pieces (held, clear), `wanted` whether sound was asked for."""
    if not wanted:
        return ("The episode is a script alone, since sound was not asked for; deckprism say speaks a script: "
                "deckprism say script.md.")
    if status == "held":
        return "The episode is a script so far: it is spoken when nothing is open any more."
    return "The episode is a script alone: no voice for its language is installed here. deckprism doctor says what to do."


def asked_for(channels: Collection[str]) -> bool:
    """Whether a submission wants sound: one that names no channel wants all of them."""
    return not channels or "audio" in channels
