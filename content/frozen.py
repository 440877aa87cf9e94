"""The one base of all nouns: immutable, closed to unknown fields, compared by value."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that never changes after it was made, so stages can share it without copying."""

    model_config = ConfigDict(frozen=True, extra="forbid")
