"""Keeps the sound of paragraphs between runs, so that a changed paragraph is the only one that is spoken again.

The key covers everything that shapes the sound: the spoken text, engine and versions, voice, rate, and the version of
our own rules. What is kept is cleared text only, readable by its owner alone, and bounded; the oldest goes first.
`DECKPRISM_SPEECH_CACHE` names another folder, or is `off`. Without a writable folder nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generators.speech.spoken import VERSION

#: Bytes of all sounds together; a ten-minute episode has 26 MB.
LIMIT = 256_000_000
VARIABLE = "DECKPRISM_SPEECH_CACHE"


@dataclass(frozen=True, slots=True)
class SoundCache:
    """A folder of WAV files by key; `folder` None keeps nothing."""

    folder: Path | None = None

    @staticmethod
    def key(spoken: str, versions: str, voice: str, speed: int) -> str:
        """The name of a sound: a digest of all that shapes it."""
        shape = json.dumps([spoken, versions, voice, speed, VERSION], ensure_ascii=True)
        return hashlib.sha256(shape.encode()).hexdigest()

    def get(self, key: str) -> bytes | None:
        """The WAV file of a key, None when there is none. The caller checks it like a fresh one."""
        if self.folder is None:
            return None
        try:
            return (self.folder / f"{key}.wav").read_bytes()
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep a WAV file. A folder that cannot be written (any more) is no error."""
        if self.folder is None:
            return
        # Several runs may share the folder: a name of its own, then one rename.
        fresh = self.folder / f"{key}.{os.getpid()}.part"
        try:
            fresh.write_bytes(data)
            fresh.replace(self.folder / f"{key}.wav")
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def drop(self, key: str) -> None:
        """Forget a sound that did not pass its check."""
        if self.folder is not None:
            with suppress(OSError):
                (self.folder / f"{key}.wav").unlink()

    def prune(self, limit: int = LIMIT) -> None:
        """Delete the oldest sounds until all together are within `limit` bytes."""
        if self.folder is None:
            return
        with suppress(OSError):
            found = sorted(((file.stat().st_mtime_ns, file.stat().st_size, file) for file in self.folder.glob("*.wav")),
                           key=lambda item: item[0], reverse=True)
            total = 0
            for _, size, file in found:
                total += size
                if total > limit:
                    file.unlink(missing_ok=True)


def open_cache() -> SoundCache:
    """The cache of this user, or one that keeps nothing when it is off or its folder cannot be written."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() == "off":
        return SoundCache()
    if named:
        folder = Path(named)
    else:
        from platformdirs import user_cache_path

        folder = user_cache_path("deckprism", appauthor=False) / "speech"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return SoundCache()
    return SoundCache(folder) if os.access(folder, os.W_OK) else SoundCache()
