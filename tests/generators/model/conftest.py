"""A chat service on this machine that answers as a test tells it, and a talk to write about. Every name is invented."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

TALK = """# Bread for a whole street

## A bakery without a shop

Three winters ago the last bakery in our street closed its door, and we took the oven. Nobody wanted to run a shop, but \
everybody wanted bread. Of 42 houses, 31 took a key in the first month. The oven stands in a shed behind the school, and it \
is warm there on every morning of the week. We did not ask for a permit, because the town gave one with the shed. Two people \
bake on each day, and they are never of the same house. A list on the door says who they are. You need to be there at six. \
A key is a promise that somebody will lock the door again. People think that an open door is an invitation to thieves. \
Instead the door was never left open in three years. A neighbour with a key is a colleague, and a neighbour without one is a \
guest. What is seen by all needs no guard. The children of the school bring the flour on a cart, and they stay for the first \
loaf. Some neighbours may stop baking in summer, when the shed is hot. In winter the queue for an hour at the oven is longer \
than the street. We count the hours at the oven and never the loaves. Counting loaves would make neighbours careful with \
each other.

## The dough has a diary

Write down the weather, the flour and the hour of every batch that you bake. On a warm day the dough needs four hours, on a \
cold one it needs nine. The diary has 900 pages now, and 60 of them are about mistakes that somebody made. In the second week \
80 loaves burnt because the baker was reading a letter. Everybody ate them as toast and nobody said a word about it. A mistake \
that is eaten together is forgiven faster than one that is hidden. Begin with ten houses and one evening a week. Never start \
with rules, start with bread. A page of the diary has room for one batch and one remark. The remark is the part that people \
read first. Young bakers read the winter pages before they dare to touch the dough on a cold day. The oldest page says that \
salt comes last. Everybody keeps to it in our shed. When two pages contradict each other, the colder day \
is right. The diary lies on the shelf above the flour, where dry hands find it. A copy of it goes to each street that wants to \
begin. So far nine streets have asked for one, and six of them bake today.
"""


@dataclass
class Reply:
    """What the service sends back to one request."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    #: Seconds before the first byte, and between bytes.
    delay: float = 0.0
    drip: float = 0.0


@dataclass
class Service:
    """The address, everything that was asked, and the rule by which it answers."""

    url: str = ""
    answer: Callable[[dict], Reply] = lambda asked: said([])
    asked: list[dict] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


def said(sentences: object, usage: object = None, finish: str = "stop") -> Reply:
    """A well-formed answer with these sentences (or, when it is a string, with this very text)."""
    text = sentences if isinstance(sentences, str) else json.dumps({"sentences": sentences})
    body = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}],
            "usage": {"prompt_tokens": 500, "completion_tokens": 100} if usage is None else usage}
    return Reply(body=json.dumps(body).encode())


def items(asked: dict) -> list[dict]:
    """The items that a request asks about, read from its data block as a service would."""
    data = asked["messages"][-1]["content"].splitlines()[1]
    return [item for paragraph in json.loads(data)["paragraphs"] for item in paragraph]


def shortened(item: dict) -> str:
    """An honest rewriting: a semicolon for each ", and", or an exclamation mark at the end."""
    text = item["text"].replace(", and ", "; ")
    return text if text != item["text"] else f"{text[:-1]}!"


def honest(asked: dict) -> Reply:
    return said([{"replaces": [each["item"]], "text": shortened(each), "sources": each["sources"]} for each in items(asked)])


def every(text: str) -> Callable[[dict], Reply]:
    """A service that writes the same for each item."""
    return lambda asked: said([{"replaces": [each["item"]], "text": text, "sources": each["sources"]}
                               for each in items(asked)])


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            made.raw.append(data)
            made.paths.append(self.path)
            made.headers.append(dict(self.headers))
            made.asked.append(json.loads(data))
            reply = made.answer(made.asked[-1])
            made.closing.wait(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if not reply.drip:
                    self.wfile.write(reply.body)
                for place in range(len(reply.body) if reply.drip else 0):
                    if made.closing.wait(reply.drip):
                        return
                    self.wfile.write(reply.body[place:place + 1])
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    made.answer = honest
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.closing.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, and nothing of a model in the environment."""
    monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "data"))
    for name in ("URL", "MODEL", "KEY"):
        monkeypatch.delenv(f"DECKPRISM_WRITER_{name}", raising=False)
    return tmp_path / "data"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that a client would make between two tries; it does not make them."""
    made: list[float] = []
    real = time.sleep
    monkeypatch.setattr("generators.model.client.time.sleep", lambda seconds: made.append(seconds) or real(0))
    return made


@pytest.fixture
def helpers():
    """The functions above, for test modules that cannot import a conftest."""
    import types

    return types.SimpleNamespace(TALK=TALK, Reply=Reply, said=said, items=items, shortened=shortened, honest=honest, every=every)
