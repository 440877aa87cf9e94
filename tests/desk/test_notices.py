"""Notices arrive at a real mail server and a real web address, say no word of a document, and are tried again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select

from content.errors import BadSettings, Fault
from content.settings import Notices, load_settings
from desk.services import approvals, notices, sending
from desk.services.office import reading
from store.tables import Outbox
from tests.desk import releasing


@dataclass
class Mailbox:
    """A mail server on this machine: what it took, and how many times it says no before it takes something."""

    port: int = 0
    refuse: int = 0
    mails: list[tuple[list[str], str]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        to: list[str] = []
        while line := (await reader.readline()).decode().strip():
            word = line.split(":")[0].split()[0].upper()
            if word == "MAIL" and self.refuse:
                self.refuse -= 1
                writer.write(b"451 later\r\n")
            elif word == "RCPT":
                to.append(line.partition("<")[2].partition(">")[0])
                writer.write(b"250 ok\r\n")
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                body = b""
                while (row := await reader.readline()) != b".\r\n":
                    body += row
                self.mails.append((to, body.decode()))
                writer.write(b"250 taken\r\n")
            else:
                writer.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
                to = [] if word in ("MAIL", "RSET") else to
            await writer.drain()
            if word == "QUIT":
                break
        writer.close()


@pytest.fixture
def mailbox():
    made, loop = Mailbox(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(made.serve, "127.0.0.1", 0))
    made.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield made

    async def close() -> None:
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(close(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture
def hook():
    taken: list[tuple[bytes, str]] = []
    codes: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            code = codes.pop(0) if codes else 204
            if code < 300:
                taken.append((body, self.headers.get("x-deckprism-signature", "")))
            self.send_response(code)
            if code == 302:
                self.send_header("location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.taken, server.codes, server.address = taken, codes, f"http://127.0.0.1:{server.server_port}/hook"
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def ready(tmp_path, monkeypatch):
    for name in (sending.USER, sending.PASSWORD, sending.SECRET):
        monkeypatch.delenv(name, raising=False)
    made = releasing.make_ready(tmp_path, monkeypatch)
    yield made
    made.work.stop()
    made.office.engine.dispose()


def _with(ready, **given):
    settings = ready.office.settings.model_copy(update={"notices": Notices(**given)})
    ready.office = replace(ready.office, settings=settings)
    return ready.office


def _approve(ready) -> list[Outbox]:
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    with reading(ready.office.engine) as session:
        return list(session.scalars(select(Outbox).where(Outbox.kind == "notice").order_by(Outbox.id)))


def _deliver(office, work: Outbox) -> None:
    notices.deliver(office, work.subject, work.key.split(":", 2)[2])


def test_nothing_is_told_unless_it_is_set_up(ready):
    assert _approve(ready) == []


def test_a_mail_goes_to_those_whose_turn_it_is_and_quotes_no_document(ready, mailbox):
    office = _with(ready, smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_tls="none", address="http://desk.invalid")
    put = _approve(ready)
    assert len(put) == 1
    _deliver(office, put[0])
    to, mail = mailbox.mails[0]
    assert to == ["pia@desk.invalid"]
    assert "Subject: How notes travel is approved" in mail
    assert f"http://desk.invalid/pieces/{ready.id}" in mail
    assert ready.id in mail
    for word in ("train", "talk.pptx", "answers sooner"):
        assert word not in mail


def test_the_webhook_gets_signed_json(ready, hook, monkeypatch):
    monkeypatch.setenv(sending.SECRET, "a shared secret")
    office = _with(ready, webhook=hook.address)
    _deliver(office, _approve(ready)[0])
    body, signature = hook.taken[0]
    assert json.loads(body)["event"] == "approved"
    assert set(json.loads(body)) == {"event", "submission", "title", "link", "text"}
    assert signature == "sha256=" + hmac.new(b"a shared secret", body, hashlib.sha256).hexdigest()


def test_what_does_not_arrive_is_tried_again_by_the_work(ready, hook, mailbox):
    mailbox.refuse, hook.codes[:] = 1, [500]
    office = _with(ready, webhook=hook.address, smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_tls="none")
    put = _approve(ready)
    assert len(put) == 2
    for each in put:
        with pytest.raises(Fault):
            _deliver(office, each)
    for each in put:
        _deliver(office, each)
    assert (len(hook.taken), len(mailbox.mails)) == (1, 1)


def test_the_work_gives_a_failed_notice_back_with_a_wait(ready, hook, monkeypatch):
    from desk.services.worker import local_work

    hook.codes[:] = [503]
    office = _with(ready, webhook=hook.address)
    _approve(ready)
    work = local_work(office)
    work.drain()
    with reading(office.engine) as session:
        row = session.scalar(select(Outbox).where(Outbox.kind == "notice"))
    assert (row.attempts, row.error, row.done_at) == (1, "Fault", None)
    assert row.leased_until > row.put_at
    work.stop()


def test_a_redirect_is_not_followed(ready, hook):
    hook.codes[:] = [302]
    with pytest.raises(Fault, match="answered 302"):
        sending.post(Notices(webhook=hook.address), {"event": "approved"})


def test_a_server_that_is_away_is_a_fault_without_its_address(ready):
    with pytest.raises(Fault) as caught:
        sending.mail(Notices(smtp_host="127.0.0.1", smtp_port=9, smtp_tls="none"), ["a@b.invalid"], "s", "t", "n")
    assert "127.0.0.1" not in str(caught.value)


def test_a_password_never_goes_over_an_open_line_to_another_machine(monkeypatch):
    monkeypatch.setenv(sending.USER, "u")
    monkeypatch.setenv(sending.PASSWORD, "p")
    with pytest.raises(Fault, match="ValueError"):
        sending.mail(Notices(smtp_host="mail.invalid", smtp_tls="none"), ["a@b.invalid"], "s", "t", "n")


def test_a_line_break_in_a_title_makes_no_header(mailbox):
    wanted = Notices(smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_tls="none")
    sending.mail(wanted, ["a@b.invalid"], "one\r\nBcc: x@y.invalid", "t", "n")
    assert "\nBcc:" not in mailbox.mails[0][1]


def test_only_the_events_asked_for_are_told_and_no_event_twice_in_a_row(ready):
    _with(ready, webhook="http://127.0.0.1:9/", events=("released",))
    assert _approve(ready) == []
    office = _with(ready, webhook="http://127.0.0.1:9/")
    from desk.services.office import writing

    with writing(office.engine) as session:
        for _ in range(2):
            notices.told(office, session, "decided", ready.id)
        assert len(session.scalars(select(Outbox).where(Outbox.kind == "notice")).all()) == 1


def test_the_settings_refuse_what_is_no_address(tmp_path):
    file = tmp_path / "deckprism.toml"
    file.write_text('[notices]\nwebhook = "ftp://x"\n')
    with pytest.raises(BadSettings, match="webhook"):
        load_settings(file)
