"""Speaks to an OpenAI-compatible service: one POST to /chat/completions, and nothing else.

No redirect is followed, no file is fetched, no tool is offered. An answer has a ceiling of bytes and of seconds from first
to last byte. What a service says when it refuses is never repeated: it may quote the request.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from generators.model.budget import Budget, Tokens
from generators.model.endpoint import Endpoint
from generators.model.prompt import SEED

if TYPE_CHECKING:
    import httpx

#: Bytes of an answer: the longest that is asked for has a few thousand tokens.
_MOST_BYTES = 1_000_000
_TRIES = 3
_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 529})
#: What services answer to a form of answer that they do not know: then the next form is tried.
_OTHER_FORM = frozenset({400, 415, 422, 501})
_WAIT, _LONGEST_WAIT = 1.0, 30.0
_CONNECT = 10.0


class NoAnswer(Exception):
    """There is no answer to this request. `final` says that asking for anything else is of no use either."""

    def __init__(self, why: str, final: bool = False) -> None:
        """`why` is for people and repeats nothing of request or answer."""
        super().__init__(why)
        self.why = why
        self.final = final


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of an answer and what it took."""

    text: str
    tokens: Tokens
    #: The service cut it off at the ceiling of tokens.
    cut: bool = False


@dataclass(slots=True)
class Client:
    """One connection for one file. `sleep` is there for tests."""

    endpoint: Endpoint
    budget: Budget
    sleep: Callable[[float], None] = time.sleep
    #: Which form of answer the service knows: 0 a JSON schema, 1 any JSON object, 2 nothing of the kind.
    form: int = 0
    _http: httpx.Client | None = field(default=None, repr=False)

    def ask(self, messages: list[dict[str, str]], schema: Mapping[str, object], longest: int) -> Answer:
        """The answer to messages, with at most `longest` tokens. Raises NoAnswer."""
        while True:
            body = request_body(self.endpoint, messages, longest) | _FORMS[self.form](schema)
            try:
                return self._tries(json.dumps(body, ensure_ascii=False).encode(), longest)
            except _Unknown:
                if self.form + 1 == len(_FORMS):
                    raise NoAnswer("the service does not take the request", final=True) from None
                self.form += 1

    def close(self) -> None:
        """Give up the connection."""
        if self._http is not None:
            self._http.close()

    def _tries(self, body: bytes, longest: int) -> Answer:
        import httpx

        wait = _WAIT
        for attempt in range(1, _TRIES + 1):
            if why := self.budget.refuses(len(body), longest):
                raise NoAnswer(why, final=True)
            self.budget.requests += 1
            try:
                return self._post(body, longest)
            except _Busy as busy:
                why, pause = busy.why, max(wait, busy.after)
            except httpx.TimeoutException:
                self.budget.spend(Tokens(len(body), longest))  # it may have been answered, and paid for, all the same
                why, pause = f"no answer in {self.endpoint.limits.timeout:g} seconds", wait
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
                why, pause = "the connection failed", wait
            if attempt < _TRIES:
                self.sleep(min(pause, _LONGEST_WAIT))
                wait *= 3
        raise NoAnswer(f"{why}, {_TRIES} times")

    def _post(self, body: bytes, longest: int) -> Answer:
        import httpx

        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        until = time.monotonic() + self.endpoint.limits.timeout
        with self._open().stream("POST", f"{self.endpoint.url}/chat/completions", content=body, headers=headers) as got:
            _check(got.status_code, got.headers.get("retry-after", ""))
            if got.headers.get("content-encoding", "identity") != "identity":
                raise NoAnswer("the answer is packed, which was not asked for", final=True)
            data = bytearray()
            for chunk in got.iter_raw():
                data += chunk
                if len(data) > _MOST_BYTES:
                    self.budget.spend(Tokens(len(body), longest))
                    raise NoAnswer("the answer is larger than any that was asked for")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("too slow")
        return _answer(bytes(data), body, self.budget)

    def _open(self) -> httpx.Client:
        import httpx

        if self._http is None:
            seconds = self.endpoint.limits.timeout
            # A proxy of the environment stands between machines, not between a machine and itself.
            self._http = httpx.Client(follow_redirects=False, trust_env=not self.endpoint.local,
                                      timeout=httpx.Timeout(seconds, connect=min(_CONNECT, seconds)))
        return self._http


class _Unknown(Exception):
    """The service does not know the form of answer that was asked for."""


class _Busy(Exception):
    """The service asks to try again, after so many seconds where it says so."""

    def __init__(self, why: str, after: float) -> None:
        super().__init__(why)
        self.why = why
        self.after = after


def request_body(endpoint: Endpoint, messages: list[dict[str, str]], longest: int) -> dict[str, object]:
    """Everything of a request that shapes its answer, but for the form in which it is asked for."""
    return {"model": endpoint.model, "messages": messages, "temperature": 0, "seed": SEED, "max_tokens": longest,
            "stream": False}


def _as_schema(schema: Mapping[str, object]) -> dict[str, object]:
    return {"response_format": {"type": "json_schema", "json_schema": {
        "name": "sentences", "strict": True, "schema": dict(schema)}}}


def _as_object(_: Mapping[str, object]) -> dict[str, object]:
    return {"response_format": {"type": "json_object"}}


def _as_text(_: Mapping[str, object]) -> dict[str, object]:
    return {}


_FORMS = (_as_schema, _as_object, _as_text)


def _check(status: int, after: str) -> None:
    if status == 200:
        return
    if status in _AGAIN:
        raise _Busy(f"the service answered {status}", float(after) if after.isdecimal() else 0.0)
    if status in _OTHER_FORM:
        raise _Unknown
    if 300 <= status < 400:
        raise NoAnswer("the service leads to another address, which is not followed", final=True)
    if status in {401, 403}:
        raise NoAnswer(f"the service does not accept the key ({status})", final=True)
    raise NoAnswer(f"the service answered {status}", final=True)


def _answer(data: bytes, body: bytes, budget: Budget) -> Answer:
    """The first choice of an answer. Tokens that the service does not count are a third of the bytes."""
    try:
        raw = json.loads(data)
        choice = raw["choices"][0]
        text = choice["message"]["content"]
        cut = choice.get("finish_reason") == "length"
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        budget.spend(Tokens(len(body) // 3, len(data) // 3, counted=False))
        raise NoAnswer("the answer is not one of a chat service") from None
    usage = cast("dict[str, object]", raw.get("usage")) if isinstance(raw.get("usage"), dict) else {}
    prompt, completion = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if _is_count(prompt) and _is_count(completion):
        tokens = Tokens(cast("int", prompt), cast("int", completion))
    else:
        tokens = Tokens(len(body) // 3, len(data) // 3, counted=False)
    budget.spend(tokens)
    return Answer(text if isinstance(text, str) else "", tokens, cut)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000_000
