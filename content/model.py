"""A model as writer: what the settings may say of it, and the account that a pack gives of what it did.

No key is here: it comes from the environment alone, so that it is in no file, no hash and no pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, model_validator

from content.frozen import Frozen


class Price(Frozen):
    """What a model costs for a million tokens, in the currency of the settings."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class WriterSettings(Frozen):
    """`[writer]` of deckprism.toml. It switches nothing on for a command: `--writer openai` does."""

    #: Whether the desk lets the model write. People at the desk do not choose; the operator does.
    allow: bool = False
    #: Base address of an OpenAI-compatible service, up to and with /v1; DECKPRISM_WRITER_URL comes first.
    url: str = ""
    model: str = ""
    #: Ceilings for one file: requests sent (repeated ones count), tokens in and out, and money.
    max_requests: int = Field(default=60, ge=1)
    max_tokens: int = Field(default=200_000, ge=1)
    max_cost: float | None = Field(default=None, ge=0)
    currency: str = "USD"
    #: Prices by the name of the model. Without the model's price there is no cost, and no ceiling for it.
    prices: dict[str, Price] = {}
    #: Seconds that one request may take from first to last byte.
    timeout: float = Field(default=120, gt=0, le=3600)
    #: Unencrypted HTTP to another machine: the cleared text and the key can then be read on the way.
    plain_http: bool = False
    #: Days after which an answer that nobody asked for again is deleted.
    keep_days: int = Field(default=30, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _no_key(cls, value: object) -> object:
        """The key in a file would be copied with it; say where it belongs instead of "extra input"."""
        if isinstance(value, Mapping) and any("key" in str(name).lower() for name in value):
            raise ValueError("a key does not belong in this file: put it in the environment as DECKPRISM_WRITER_KEY")
        return value


class ModelUse(Frozen):
    """What a model did for one pack. Figures are those of the answers used, whether just asked for or kept from before,
    so that the same answers give the same account.
    """

    model: str
    #: Host name of the service, without path or port.
    host: str
    #: Answers that were used or refused, and their tokens as the service counted them.
    answers: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    #: The service counted no tokens, so they are ours: a third of the characters.
    estimated: bool = False
    #: None when no price is known.
    cost: float | None = None
    currency: str = ""
    #: Sentences of the pack that the model wrote.
    sentences: int = 0
    #: Why sentences were refused, with how often. The author's own sentence stands in the place of each.
    refused: dict[str, int] = {}
    #: Pieces that stayed as they were, with the reason.
    unchanged: dict[str, str] = {}
    #: Why it was not asked any further, '' when it was asked for everything.
    stopped: str = ""
    #: Requests that were sent in this run and answers taken from before: for the person who waits, not for the pack.
    sent: int = 0
    kept: int = 0
